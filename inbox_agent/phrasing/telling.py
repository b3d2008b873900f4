"""One case told as lines: its clocks, its conversation, what was done. For terminals without the dashboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from inbox_agent.phrasing import days, duties, explaining, mails, paper, words
from inbox_agent.phrasing.listing import safe
from inbox_agent.rules.duties import day_unknown
from inbox_agent.rules.identity import signs
from inbox_agent.rules.visible import masked, visible
from inbox_agent.texts import gettext as _
from state.model import Case, Channel, Draft, Duty, DutyStatus, Message, Request
from state.views import Turn

_HELSINKI = ZoneInfo("Europe/Helsinki")


def case(told: Case, turns: Sequence[Turn], tasks: Sequence[Duty], today: date) -> tuple[str, ...]:
    """Tell a case from its first mail to its newest letter. Mail texts come out sanitised and masked."""
    address = f"<{safe(told.subject.address)}>" if told.subject.address else ""
    person = f"{safe(told.subject.name)} {address}".strip()
    head = _("Case {number}: {person} – {status}").format(
        number=told.number, person=person, status=words.case_status(told.status)
    )
    unread = any(duty.status is DutyStatus.OPEN and day_unknown(duty) for duty in tasks)
    clocks = [
        _clock(request, words.matter((request.kind,), told.flags, told.status), today, unread=unread)
        for request in told.requests
    ]
    came = [] if told.channel is Channel.MAIL else [_("Came {how}").format(how=paper.channel(told.channel))]
    flags = [_("Attention: {flag}").format(flag=mails.flag(flag)) for flag in signs.still_flagged(told)]
    to_do = [
        _("To be done: {task}").format(task=duties.line(duty, today))
        for duty in tasks
        if duty.status is DutyStatus.OPEN
    ]
    return (head, *came, *clocks, *to_do, *flags, *(line for turn in turns for line in _turn(turn)))


def _clock(request: Request, right: str, today: date, *, unread: bool) -> str:
    """One right with its days. `unread`: its day stands in a letter, and nobody has read it there yet."""
    due = request.current
    if unread:
        return _("{right}: {status}; its day stands in the letter").format(
            right=right, status=words.request_status(request.status)
        )
    return _("{right}: {status}; answer by {promise} ({left}), target {target}").format(
        right=right,
        status=words.request_status(request.status),
        promise=days.numeric(due.promise),
        left=words.days_left((due.promise - today).days),
        target=days.numeric(due.target),
    )


def _turn(turn: Turn) -> Iterable[str]:
    yield ""
    if turn.message:
        yield from _mail(turn.message)
    elif turn.draft:
        yield from _letter(turn.draft, turn.at)
        if turn.delivery and turn.delivery.unseen:
            yield f"  ▲ {paper.unseen()}"
    else:
        said = duties.happened(turn.event.event) if turn.event else ""
        yield f"{_local(turn.at)}  {': '.join(filter(None, (said, masked(visible(turn.text)))))}"


def _mail(message: Message) -> Iterable[str]:
    yield f"{_local(message.received_at)}  {safe(message.sender.address)}: {safe(message.subject)}"
    yield from _lines(str(message.analysis.get("message", {}).get("new_text", "")))
    if message.analysis:
        yield from (f"  {line}" for line in explaining.why(message.analysis))


def _letter(draft: Draft, at: datetime) -> Iterable[str]:
    yield f"{_local(at)}  {words.letter(draft.letter)} – {words.draft_status(draft.status)}"
    yield from _lines(draft.body)


def _lines(text: str) -> Iterable[str]:
    return (f"  {line}" for line in masked(visible(text)).splitlines())


def _local(at: datetime) -> str:
    return at.astimezone(_HELSINKI).strftime("%Y-%m-%d %H:%M")
