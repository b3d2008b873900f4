"""What the controller chose: letters, deadlines, reminders, tasks, what its notice says, alarms, retention.

Owns the sections on choices; where one follows a choice that the law leaves, its default is the cautious reading.
Refuses to compute a day: that is `rules.deadlines` and its like.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from inbox_agent.profile.values import Address, DayAndMonth, Form, Language, Name, Processors, Section


class Replies(Section):
    language: Language = "fi"
    languages: tuple[Language, ...] = ("fi", "sv", "en")
    form: Form = Form.TE
    signature: str = ""
    hold_seconds: int = Field(default=10, ge=0)  # between approval and sending: the time to undo
    acknowledge: bool = True


class Deadlines(Section):
    count_from: Literal["receipt", "sending"] = "receipt"  # "sending": the controller's notice promised it
    # The time of answer that the controller's notice promises, where it is shorter than the month of GDPR 12(3).
    # A change counts for the rights opened from then on: what was promised is kept.
    answer_days: int | None = Field(default=None, ge=1, le=31)
    answer_working_days: int | None = Field(default=None, ge=1, le=22)


class Reminders(Section):
    """Working days before the target, and a daily reminder after the promise (our choice)."""

    ladder: tuple[Annotated[int, Field(ge=0, le=60)], ...] = (10, 5, 2, 1, 0)
    first_draft_day: int = Field(default=10, ge=1, le=60)
    extension_at: int = Field(default=7, ge=0, le=60)
    hour: int = Field(default=8, ge=0, le=23)  # local time from which a day's reminders are sent


class Duties(Section):
    """Within how many days what must be done besides answering is done. The law says "without undue delay"; the
    numbers are our choice. `electronic` and `other` are the channels that a ban on direct marketing stops.
    """

    electronic: tuple[str, ...] = ("sähköposti", "tekstiviestit")
    other: tuple[str, ...] = ("puhelin", "posti")
    electronic_days: int = Field(default=1, ge=0, le=20)  # working days
    other_days: int = Field(default=3, ge=0, le=20)  # working days
    recordings_days: int = Field(default=1, ge=0, le=20)  # working days: short-lived data is frozen
    processors_days: int = Field(default=3, ge=0, le=20)  # working days: processors and joint controllers are told
    recipients_days: int = Field(default=5, ge=0, le=20)  # working days from the answer (GDPR 19)
    restriction_review_days: int = Field(default=30, ge=1, le=366)  # days until a restriction is looked at again


class Told(Section):
    """What a letter in another language says in place of the profile's own words; names stand as they are."""

    purposes: str = ""
    categories: str = ""
    recipients: tuple[str, ...] = ()
    retention: str = ""
    sources: str = ""
    transfers: str = ""
    systems: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()  # in place of `duties.electronic` and `duties.other`


class Processing(Section):
    """What the controller's notice says of its processing: proposals for answers, never said unread."""

    purposes: str = ""
    categories: str = ""
    recipients: tuple[str, ...] = ()  # by name (GDPR 15(1)(c))
    processors: Processors = None  # by name: those who are instructed (GDPR 28); (): there are none; None: not known
    retention: str = ""
    sources: str = ""
    transfers: str = ""  # where to and under which safeguards; empty: none
    systems: tuple[str, ...] = ()  # where a person's data is looked for
    recordings: tuple[str, ...] = ()  # short-lived data that an access request freezes
    backups_days: int | None = Field(default=None, ge=0, le=3660)  # until backups are overwritten; 0: there are none
    fi: Told = Told()
    sv: Told = Told()
    en: Told = Told()


class Promises(Section):
    """What the controller's notice promises beyond the law. It is kept: what people were told is owed (our choice)."""

    tell_source: bool = False  # who gave the wrong data hears of its correction (HetiL 29 §, repealed; voluntary today)
    pick_up: Name = ""  # where an answer may be picked up: a choice beside the electronic way, never the only one


class Accounting(Section):
    """When the controller's financial year ends: (month, day). Vouchers are kept by it (Accounting Act 2:10)."""

    financial_year_end: DayAndMonth = (12, 31)


class Alarms(Section):
    """When silence is suspicious (our choice). Told in the dashboard, by `check --alive` and, if `mail`, by mail."""

    mail: bool = True  # to the contact person and the deputy
    silent_minutes: int = Field(default=30, ge=1, le=1440)  # without one look at the mailbox that succeeded
    emptied_from: int = Field(default=10, ge=0)  # a folder that held so many mails and is empty; 0: never


class Canary(Section):
    """A test mail through the public contact address, so that a dead way in is noticed by us first. Off by default."""

    every_days: int = Field(default=0, ge=0, le=366)  # 0: never
    address: Address | None = None  # the public one; by default that of our letters
    within_minutes: int = Field(default=60, ge=1, le=10_080)  # it must be found by then


class Retention(Section):
    """How long an ended case keeps its personal data. No statute says; these are our choice."""

    closed_months: int = Field(default=36, ge=1, le=1200)
    closed_days: int | None = Field(default=None, ge=1, le=36_500)  # where given, instead of the months
    dismissed_days: int = Field(default=90, ge=1, le=36_500)
    aside_days: int = Field(default=365, ge=1, le=36_500)  # mail that became no case


class Recognition(Section):
    """What recognition knows besides what the program ships."""

    own_phrases: str = "own-phrases.toml"  # the controller's own phrases, relative to the profile's folder


class Storage(Section):
    path: str = "inbox-agent.db"  # relative to the profile's folder
