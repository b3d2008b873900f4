"""What must be done besides answering, each with its own date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from state.model.keys import CaseKey, DutyKey, RequestKey
from state.model.requests import RequestKind


class DutyKind(StrEnum):
    """What must be done besides answering. The first five come with the right, the next four with its outcome (the
    first of them with a right to a copy already), the others with the letter that told it; `ANSWER_OMBUDSMAN` comes
    with a letter of the authority. The last two come from nobody's law: a person asked to be reminded.
    """

    STOP_MARKETING = "stop_marketing"  # GDPR 21(3)
    STOP_PROCESSING = "stop_processing"  # what rested on a withdrawn consent: GDPR 7(3)
    FREEZE_RECORDINGS = "freeze_recordings"  # what would vanish before it is answered: GDPR 15(3), 5(2)
    COLLECT_DATA = "collect_data"  # from those who process for us or with us, for the copy: GDPR 26(3), 28(3)(e)
    CONSIDER_RESTRICTION = "consider_restriction"  # while an objection is weighed: GDPR 18(1)(d)
    FIND_PROCESSORS = "find_processors"  # where nobody has said who they are: GDPR 28(3), 5(2)
    INSTRUCT_PROCESSORS = "instruct_processors"  # GDPR 28(3)(e)
    INFORM_JOINT_CONTROLLERS = "inform_joint_controllers"  # GDPR 26(3)
    FORWARD = "forward"  # a request that another controller answers: GDPR 28(3)(e)
    TELL_RECIPIENTS = "tell_recipients"  # GDPR 19
    TELL_SOURCE = "tell_source"  # no law asks it: where the controller's notice promises it
    TELL_CONTROLLERS = "tell_controllers"  # of data made public: GDPR 17(2)
    ERASE = "erase"  # what a letter promised to erase once its copy has arrived: GDPR 17(1)
    TELL_BEFORE_LIFTING = "tell_before_lifting"  # GDPR 18(3)
    TELL_OF_DELAY = "tell_of_delay"  # an answer on paper that was brought late and does not say so: GDPR 12(3)-(4)
    ANSWER_OMBUDSMAN = "answer_ombudsman"  # Data Protection Act 1050/2018, section 18
    REMINDER = "reminder"
    AWAIT_REPLY = "await_reply"  # a reminder unless the person has written before


REMINDERS = frozenset({DutyKind.REMINDER, DutyKind.AWAIT_REPLY})
"""What a person asked to be reminded of: it owes nobody a reason, and keeps nobody's data longer than their time."""


class DutyStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"  # its reason went away: the right was dropped, its outcome taken back


class Counting(StrEnum):
    """How a duty's date follows from its first day."""

    ON = "on"  # that very day
    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """From what a duty's date was counted, so that it can be counted again: `days` of `counting` after `start`."""

    counting: Counting
    start: date
    days: int = 0


@dataclass(frozen=True, slots=True)
class NewDuty:
    """Something to be done by `due_on`. `request` is the right it follows from (None: from the case as a whole);
    `about` whom or what it concerns, in words that a purge erases.
    """

    kind: DutyKind
    due_on: date
    reckoning: Reckoning
    request: RequestKey | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A task of a case with its own date. `right`: of what kind the request is that it came with. `settled_at` is when
    it was done or cancelled.
    """

    key: DutyKey
    case: CaseKey
    request: RequestKey | None
    kind: DutyKind
    status: DutyStatus
    due_on: date
    reckoning: Reckoning
    about: str
    opened_at: datetime
    settled_at: datetime | None
    right: RequestKind | None = None
