"""An earlier receipt elsewhere: read out of a mail that came by a colleague or a joint controller.

The clock runs from the first receipt by the company, whichever of its addresses it was, or by any joint controller
(GDPR 12(3), 26(3)). Owns the recognition of who passed a request on and when it had been written. Refuses to move a
date: what a forwarded text says anybody could have typed, so it is proposed to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from inbox_agent.profile import Controller
from inbox_agent.rules import deadlines
from inbox_agent.rules.addresses import ADDRESS, domain_of, within
from inbox_agent.rules.commands import days
from inbox_agent.rules.fold import fold
from inbox_agent.rules.forwards import Forwarded
from inbox_agent.rules.headers import date_of
from state.lifecycle import LIVE_REQUESTS
from state.model import Case, Message, Request

JOINT_RECEIPT = "joint_receipt"
"""The flag of a case whose request seems to have reached us elsewhere, or a joint controller, on an earlier day."""

_LONGEST = 300  # characters of a date as written


@dataclass(frozen=True, slots=True)
class EarlierReceipt:
    """Who seems to have got it first, by the profile's name, and the day, in Helsinki."""

    by: str
    on: date


def earlier_receipt(passed_on: Forwarded | None, controller: Controller, before: date) -> EarlierReceipt | None:
    """What a forwarded mail says of an earlier receipt: by the joint controller that it names, else by ourselves where
    one of us passed it on. None where it names nobody or no day `before`.
    """
    if passed_on is None:
        return None
    named = next((name for who in passed_on.through for name in _named(who, controller)), None)
    ours = within(domain_of(passed_on.by), controller.domains)
    by, on = named or (controller.name if ours else None), _day(passed_on.sent, before)
    return EarlierReceipt(by, on) if by and on and on < before else None


def proposed(case: Case, messages: Iterable[Message]) -> EarlierReceipt | None:
    """The earliest receipt that a case's mails tell of, while it is earlier than the one that counts: the case's own,
    or that of a right which such a mail added.
    """
    found = [(one, message) for message in messages if (one := _told(message))]
    open_ones = [one for one, message in found if one.on < case.received_on or any(_later(case, message, one.on))]
    return min(open_ones, key=lambda one: one.on, default=None)


def later_rights(case: Case, messages: Iterable[Message], on: date) -> tuple[Request, ...]:
    """The live rights that a joint controller seems to have received on this day, by the mails that passed them on."""
    told = [message for message in messages if (one := _told(message)) and one.on <= on]
    keys = {request.key for message in told for request in _later(case, message, on)}
    return tuple(request for request in case.requests if request.key in keys)


def _told(message: Message) -> EarlierReceipt | None:
    one = message.analysis.get("joint_receipt")
    return EarlierReceipt(one["by"], date.fromisoformat(one["on"])) if one else None


def _later(case: Case, message: Message, on: date) -> Iterator[Request]:
    """The live rights that this mail exercises and whose clock runs from a later day."""
    live = (request for request in case.requests if request.status in LIVE_REQUESTS)
    return (one for one in live if one.received_on > on and one.kind in message.analysis.get("types", ()))


def _named(who: str, controller: Controller) -> Iterator[str]:
    """The joint controllers that a sender or a recipient, as written, belongs to; never ourselves."""
    domains = [domain_of(address) for address in ADDRESS.findall(who)]
    said = f" {_words(ADDRESS.sub(' ', who))} "
    others = [name for name in controller.joint if _words(name) != _words(controller.name)]
    # The longest name first: one may begin with another's.
    for name in sorted(others, key=len, reverse=True):
        own = controller.joint_domains.get(name, ())
        if f" {_words(name)} " in said or any(within(domain, own) for domain in domains):
            yield name


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _day(written: str, today: date) -> date | None:
    """The day in a date as mail programs write it, in a header or in words."""
    if instant := date_of(written.encode("latin-1", "replace")):
        return deadlines.helsinki_date(instant)
    forms = [form.strip("(),;<>") for form in fold(written[:_LONGEST]).split()]
    # A weekday alone says less than the figures beside it.
    dated = (one for one in days.mentions(forms, today) if any(map(str.isdigit, "".join(forms[one.start : one.end]))))
    found = next(dated, None)
    return found.day(past=True) if found else None
