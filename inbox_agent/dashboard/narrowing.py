"""Which cases a list shows: from what was said, and back into words above the list. Reads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from textual.content import Content

from inbox_agent.dashboard import times
from inbox_agent.dashboard.safe import own, plain_line
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.phrasing import words
from inbox_agent.rules.commands.model import Said
from inbox_agent.texts import gettext as _
from state.model import CaseStatus, RequestKind
from state.views import Narrowing, Span


def falling_due(said: Said, today: date) -> Narrowing:
    """The cases that a question about what falls due means: by their target, late ones by their promise."""
    monday = today - timedelta(days=today.weekday())
    if until := said.args.get("until"):
        return Narrowing(target=Span(date.min, date.fromisoformat(str(until))))
    match said.args.get("period"):
        case "today":
            return Narrowing(target=Span(date.min, today))  # what is late is due today too
        case "this_week":
            return Narrowing(target=Span(date.min, monday + timedelta(days=6)))
        case "next_week":
            return Narrowing(target=Span(monday + timedelta(days=7), monday + timedelta(days=13)))
        case "this_month":
            end = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            return Narrowing(target=Span(date.min, end))
        case "overdue":
            return Narrowing(promise=Span(date.min, today - timedelta(days=1)))
        case _:
            return Narrowing()


_STATUSES = {"waiting_us": (CaseStatus.CANDIDATE, CaseStatus.OPEN), "waiting_them": (CaseStatus.WAITING,)}


def searched(said: Said) -> Narrowing:
    """The cases that a search means; its words are the filter's."""
    first, last = (said.args.get(end) for end in ("from", "to"))
    days = Span(
        date.fromisoformat(str(first)) if first else date.min, date.fromisoformat(str(last)) if last else date.max
    )
    right = said.args.get("right")
    return Narrowing(
        statuses=_STATUSES.get(str(said.args.get("status", "")), ()),
        kind=RequestKind(right) if right in {str(kind) for kind in RequestKind} else None,
        language=str(said.args.get("lang", "")),
        received=days if first or last else None,
    )


def told(wanted: Narrowing) -> Content:
    """What a list is narrowed to, the filter's words first; nothing where it is whole."""
    said = " · ".join(_told(wanted))
    if not said:
        return own("")
    return Content.assemble((_("Only: {what}").format(what=said), "bold $text-accent"), ("  Esc", FAINT))


def _told(wanted: Narrowing) -> Iterator[str]:
    if sought := plain_line(wanted.text.strip()):
        yield f"”{sought}”"
    if wanted.kind is not None:
        yield words.types([str(wanted.kind)])
    if wanted.language:
        yield words.language(wanted.language)
    if wanted.statuses:
        ours = CaseStatus.WAITING not in wanted.statuses
        yield _("waits for us") if ours else _("waiting for the person")
    if wanted.received is not None:
        yield _("received {days}").format(days=_days(wanted.received))
    if wanted.target is not None:
        yield _("target {days}").format(days=_days(wanted.target))
    if wanted.promise is not None:
        yield _("promised {days}").format(days=_days(wanted.promise))


def _days(span: Span) -> str:
    """As 1.12.2026–31.12.2026, or with the one end that was said."""
    first, last = (times.as_typed(day.isoformat()) for day in span)
    if span.first == date.min:
        return _("by {day}").format(day=last)
    return _("from {day} on").format(day=first) if span.last == date.max else f"{first}–{last}"
