"""From what a person chose to what a letter may say: facts that follow by law, proposals, and what goes before what.

Owns the dates that are computed and never typed (Accounting Act 2:10), the values that a form begins with, those that a
person must confirm, and the order of copy and erasure. Refuses to choose: a proposal is something to correct, and
grants nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from inbox_agent.profile import ControllerProfile, Duties, Told
from inbox_agent.rules import accounting, calendar_fi, deadlines, duties, plain_mail, retention
from replies import catalogue, filters, refusals, years
from replies.context import NO_FACTS
from replies.days import LINK_DAYS
from replies.facts import Fact, numbered, without
from replies.pairs import outcomes_for
from state.lifecycle import COPIES, known_enough
from state.model import Case, Channel, Duty, DutyKind, DutyStatus, Outcome, Request, RequestKind, RequestStatus

_GIVEN = frozenset({Outcome.GRANTED, Outcome.PARTLY})
_UNPROTECTED = frozenset({"attached"})
"""The ways of delivery that bear nothing in a mail that others may not read (GDPR 9, 32)."""
_NOBODY = frozenset({"no_recipients"})


def asked(
    case: Case, request: Request, profile: ControllerProfile, laid: Sequence[Duty] = ()
) -> Mapping[Outcome, tuple[Fact, ...]]:
    """What a form asks about each outcome of a right. What must not go in plain mail is offered for none that does, and
    that nobody else has the data not while it is to be found out (`laid`: the tasks) who processes it (GDPR 4(9), 19).
    """
    by_mail = bool(case.subject.address) or case.channel is Channel.MAIL
    withheld = {
        "delivery": _UNPROTECTED if by_mail and plain_mail.barred(profile) else frozenset(),
        "notified": _NOBODY if duties.processors_unknown(request, profile, laid) else frozenset(),
    }
    return {
        outcome: tuple(
            without(fact, withheld[fact.name]) if fact.name in withheld else fact
            for fact in catalogue.facts_needed(request.kind, outcome)
        )
        for outcome in outcomes_for(request.kind)
    }


def untold(case: Case, request: Request) -> frozenset[Outcome]:
    """How a right may not end before it is known who asks: that nothing was found under a name is no answer to a ban of
    just anybody (`state.lifecycle.known_enough`).
    """
    if request.kind is not RequestKind.MARKETING_OBJECTION:
        return frozenset()
    nothing = replace(request, outcome=Outcome.NO_DATA)
    return frozenset() if known_enough(case, [nothing]) else frozenset({Outcome.NO_DATA})


def completed(facts: Mapping[str, str]) -> dict[str, str]:
    """The facts with what follows from them by law, whatever stood there before."""
    computed = {numbered(name, number) for name in ("kept_until", "oldest_until") for number in refusals.NUMBERS}
    given = {name: said for name, said in facts.items() if name not in computed}
    return given | {name: day.isoformat() for number in refusals.NUMBERS for name, day in _ends(given, number)}


def _ends(facts: Mapping[str, str], number: int) -> Iterator[tuple[str, date]]:
    """Until when the accounting material that is kept on the ground of that number is kept."""
    newest, oldest = (_kept_until(facts, name, number) for name in ("newest_on", "oldest_on"))
    if newest is None:
        return
    yield numbered("kept_until", number), newest
    # Material of several financial years ends with each of them by itself.
    if oldest and oldest < newest:
        yield numbered("oldest_until", number), oldest


def _kept_until(facts: Mapping[str, str], name: str, number: int) -> date | None:
    """The last day on which the material of that day must be kept; None where the facts do not give it."""
    day, material, year = (facts.get(numbered(one, number), "") for one in (name, "material", "financial_year_end"))
    on, ends = _day(day), accounting.day_and_month(year)
    if on is None or ends is None or not material:
        return None
    return accounting.kept_until(material, accounting.year_end(on, ends))


def copy_first(case: Case) -> bool:
    """Whether an erasure is decided while somebody's copy is not: its letter would go before the copy (GDPR 15(3))."""
    erased = any(
        request.kind is RequestKind.ERASURE and request.status is RequestStatus.DECIDED and request.outcome in _GIVEN
        for request in case.requests
    )
    return erased and any(request.kind in COPIES and request.status is RequestStatus.OPEN for request in case.requests)


def more_held(case: Case) -> bool:
    """Whether another right was answered out of data that is no voucher: nobody bans marketing, withdraws consent or
    corrects a card where nothing but vouchers is held. A copy may be of the vouchers alone.
    """
    vouchers_too = {RequestKind.ERASURE, RequestKind.ACCESS}
    return any(request.kind not in vouchers_too and request.outcome in _GIVEN for request in case.requests)


def proposals(
    request: Request,
    profile: ControllerProfile,
    today: date,
    language: str,
    known: Mapping[str, str] = NO_FACTS,
    *,
    tasks: Iterable[Duty] = (),
) -> dict[str, str]:
    """Values to begin with, by fact: an earlier decision's, else what follows from the case and the profile.

    `language` is the letter's: what the profile says in it goes before its own words. `known` is what
    the case's mails and letters say: the scope of access, when and why who asks was doubted. Of an earlier decision the
    day on which a request was to be passed on is none while that is a task of the case (`tasks`). Dates are ISO.
    """
    own = {**_from_profile(request.kind, profile, language), **_translated(profile, language)}
    undone = any(
        (task.kind, task.request, task.status) == (DutyKind.FORWARD, request.key, DutyStatus.OPEN) for task in tasks
    )
    decided = {name: said for name, said in request.decision.items() if not (undone and name == "forwarded_on")}
    return {**_dates(profile, today), **known, **_done_on(request.kind, profile, today), **own, **decided}


def to_confirm(profile: ControllerProfile, language: str) -> dict[str, str]:
    """Where data may have been searched or erased, by fact: acts of a person, which a letter tells only once that
    person has said that they were done. Never among `proposals`, save as an earlier decision's.
    """
    own = profile.replies.language == language
    told: Told = getattr(profile.processing, language)
    systems = (() if own else told.systems) or profile.processing.systems
    found = {
        "searched": filters.listed(systems, language),
        "erased_from": filters.listed((*systems, *(profile.processing.processors or ())), language),
    }
    return {name: value for name, value in found.items() if value}


def fitting(
    facts: Iterable[Fact], proposed: Mapping[str, str], said: Mapping[str, str] = NO_FACTS, *, language: str = ""
) -> dict[str, str]:
    """Those of the proposals that these facts ask for and can have. What was said of one ground is no proposal for the
    other that somebody chose (`said`), nor a day of what was kept for what is kept now, whose years they named in
    `language`.
    """
    asked = (fact for fact in facts if not fact.computed and fact.read(proposed) is not None)
    of_this = (fact for fact in asked if not _of_another_ground(fact, proposed, said))
    return {
        fact.name: proposed[fact.name] for fact in of_this if not _of_other_material(fact, proposed, said, language)
    }


def _of_another_ground(fact: Fact, proposed: Mapping[str, str], said: Mapping[str, str]) -> bool:
    chosen = numbered("ground", fact.number)
    return fact.base in _OF_ONE_GROUND and said.get(chosen, "") not in {"", proposed.get(chosen, "")}


def _of_other_material(fact: Fact, proposed: Mapping[str, str], said: Mapping[str, str], language: str) -> bool:
    """Whether a day that accounting material was counted from is of other years than the words that name it anew."""
    kept, day = said.get(numbered("kept", fact.number), ""), _day(proposed[fact.name])
    if (
        fact.base not in _OF_THE_MATERIAL
        or day is None
        or kept in {"", proposed.get(numbered("kept", fact.number), "")}
    ):
        return False
    named = years.named(kept, language)
    if fact.base == "oldest_on":
        open_ended = years.without_beginning(kept, language) or years.goes_on(kept, language)
        return not open_ended and (len(set(named)) <= 1 or day.year != min(named))
    ends = accounting.day_and_month(proposed.get(numbered("financial_year_end", fact.number), ""))
    into_next = ends not in {None, (12, 31)}  # a year that goes on past the calendar's may be called by either
    return bool(named) and not 0 <= day.year - max(named) <= into_next


_OF_THE_MATERIAL = frozenset({"newest_on", "oldest_on"})
_OF_ONE_GROUND = frozenset({"explained", "until_event", "other_law", "safeguards", "limit"})
"""The facts of a refusal that hold for its own ground alone."""


def _done_on(kind: RequestKind, profile: ControllerProfile, today: date) -> dict[str, str]:
    """The day on which a right was carried out: none where others must still be instructed. An erasure may be told
    beforehand, and a ban's letter names the day of its duties.
    """
    others = duties.instructed_by(kind, profile, today)
    if others is None or kind is RequestKind.MARKETING_OBJECTION:
        return {"done_on": today.isoformat()}
    return {"done_on": others.isoformat()} if kind is RequestKind.ERASURE else {}


def _dates(profile: ControllerProfile, today: date) -> dict[str, str]:
    review = today + timedelta(days=profile.duties.restriction_review_days)
    found = {
        "trace_until": retention.told_until(today, profile.retention),
        "review_on": review,
        "available_until": today + LINK_DAYS,
        "forwarded_on": calendar_fi.add_working_days(today, deadlines.AT_ONCE),
    }
    if profile.processing.backups_days:
        found["backups_until"] = today + timedelta(days=profile.processing.backups_days)
    return {name: day.isoformat() for name, day in found.items()}


def at_most(profile: ControllerProfile, today: date) -> dict[str, date]:
    """Until when a letter of today may say that something is kept, by fact: what the profile says of a closed case, and
    of backups; where it says nothing of these, a year.
    """
    backups = profile.processing.backups_days
    return {
        "trace_until": retention.told_until(today, profile.retention),
        "backups_until": today + timedelta(days=_BACKUPS_DAYS if backups is None else backups),
    }


_BACKUPS_DAYS = 365  # our choice: an older copy is an archive


def _from_profile(kind: RequestKind, profile: ControllerProfile, language: str) -> dict[str, str]:
    month, day = profile.accounting.financial_year_end
    told = profile.processing
    used = (*profile.duties.electronic, *profile.duties.other)
    recipients = _all_recipients(told.recipients, profile)
    found = {
        "purposes": told.purposes,
        "categories": told.categories,
        "recipients": filters.listed(recipients, language),
        "retention": told.retention,
        "sources": told.sources,
        "transfers_explained": told.transfers,
        "channels": filters.listed(used, language),
        "notified_named": ", ".join(recipients),
        **{numbered("material", number): "vouchers" for number in refusals.NUMBERS},
        **{numbered("financial_year_end", number): f"{day}.{month}." for number in refusals.NUMBERS},
    }
    if told.transfers:
        found["transfers"] = "made"
    if found["notified_named"] and kind in {RequestKind.RECTIFICATION, RequestKind.ERASURE, RequestKind.RESTRICTION}:
        found["notified"] = "to_be_told"
    if told.backups_days is not None:
        found["backups"] = "overwritten" if told.backups_days else "none"
    return {name: value for name, value in found.items() if value}


def _all_recipients(named: Iterable[str], profile: ControllerProfile) -> tuple[str, ...]:
    """Whoever the data is disclosed to, a third party or not: those who process for us or with us too (GDPR 4(9)). They
    are told of in access (15(1)(c)) and of what is corrected, erased or restricted (19).
    """
    return tuple(dict.fromkeys((*named, *(profile.processing.processors or ()), *profile.controller.joint)))


def _translated(profile: ControllerProfile, language: str) -> dict[str, str]:
    """What the profile says in another language than its own, in place of what it proposes there. The usual channels
    are known in each.
    """
    if language == profile.replies.language:
        return {"channels": filters.listed(channels(profile, language), language)}
    told: Told = getattr(profile.processing, language)
    recipients = _all_recipients(told.recipients, profile) if told.recipients else ()
    said = {
        "purposes": told.purposes,
        "categories": told.categories,
        "recipients": filters.listed(recipients, language),
        "retention": told.retention,
        "sources": told.sources,
        "transfers_explained": told.transfers,
        "channels": filters.listed(channels(profile, language), language),
        "notified_named": ", ".join(recipients),
    }
    return {name: value for name, value in said.items() if value}


def own_words(profile: ControllerProfile, language: str) -> tuple[str, ...]:
    """What the profile says of our processing, item by item and whole: in a letter's language, and in its own words."""
    told, other = profile.processing, getattr(profile.processing, language)
    lists = (told.purposes, other.purposes, told.categories, other.categories, told.sources, other.sources)
    ends = (told.retention, other.retention)
    names = (*told.systems, *other.systems, *other.recipients, *_all_recipients(told.recipients, profile))
    items = (item.strip() for said in lists for item in _BETWEEN.split(said))
    return tuple(dict.fromkeys(filter(None, (*lists, *ends, *names, *items))))


_BETWEEN = re.compile(r",|\s(?:ja|sekä|och|samt|and)\s")

_CHANNELS: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "sähköposti": "e-post",
        "tekstiviestit": "textmeddelanden",
        "puhelin": "telefon",
        "posti": "post",
        "etämyynti": "distansförsäljning",
        "markkina- ja mielipidetutkimus": "marknads- och opinionsundersökningar",
    },
    "en": {
        "sähköposti": "e-mail",
        "tekstiviestit": "text messages",
        "puhelin": "telephone",
        "posti": "post",
        "etämyynti": "distance selling",
        "markkina- ja mielipidetutkimus": "market and opinion research",
    },
}
"""The channels that a profile names unless it names others, and what notices promise of a ban in the repealed law's
words (HetiL 30 §): promised, it is kept.
"""


def channels(profile: ControllerProfile, language: str) -> tuple[str, ...]:
    """The channels of the profile's marketing, in the language of a letter."""
    told: Told | None = getattr(profile.processing, language) if language != profile.replies.language else None
    if told and told.channels:
        return tuple(told.channels)
    known = _CHANNELS.get(language, {})
    return tuple(known.get(channel, channel) for channel in (*profile.duties.electronic, *profile.duties.other))


def banned_too(profile: ControllerProfile, language: str) -> tuple[str, ...]:
    """What a ban covers besides the channels that everybody's marketing has, as far as the profile names more."""
    usual = {*Duties().electronic, *Duties().other}
    named = (*profile.duties.electronic, *profile.duties.other)
    told = channels(profile, language)
    if len(told) != len(named):  # the other language's own list: nobody knows which of them is which
        return ()
    return tuple(said for said, channel in zip(told, named, strict=True) if channel not in usual)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
