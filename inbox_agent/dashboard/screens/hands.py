"""Handing a case over, and saying when the contact person is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from textual.widget import Widget
from textual.widgets import Input, TextArea

from inbox_agent.dashboard import times
from inbox_agent.dashboard.safe import SafeInput, SafeStatic, SafeTextArea, own
from inbox_agent.dashboard.screens.window import Window, labelled
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.rules.typed import typed_day
from inbox_agent.texts import gettext as _
from state.model import Absence


@dataclass(frozen=True, slots=True)
class HandOver:
    """To whom, and what they should know."""

    to: str
    note: str


class HandOverWindow(Window[HandOver]):
    """Answers to whom a case goes; the deputy to begin with."""

    def __init__(self, deputy: str) -> None:
        super().__init__()
        self.heading = _("Hand the case over")
        self.submit_label = _("Hand over")
        self._deputy = deputy

    def body(self) -> Iterable[Widget]:
        yield labelled(_("To whom"))
        yield SafeInput(self._deputy, placeholder=_("a colleague's name"), id="to", compact=True)
        yield labelled(_("What they should know"))
        yield SafeTextArea(id="words")

    def answer(self) -> HandOver | None:
        to = self.query_one("#to", Input).value.strip()
        if not to:
            self.problem(_("Write to whom."), "#to")
            return None
        return HandOver(to, self.query_one("#words", TextArea).text.strip())


class AwayWindow(Window[tuple[Absence, ...]]):
    """Answers when the contact person is away; both fields empty: not at all."""

    def __init__(self, name: str, deputy: str, found: tuple[Absence, ...], today: date) -> None:
        super().__init__()
        self.heading = _("When is {name} away?").format(name=name)
        self.submit_label = _("Record it")
        self._deputy = deputy
        self._now = next((one for one in found if one.last >= today), None)

    def body(self) -> Iterable[Widget]:
        answers = _("{deputy} answers meanwhile; the dashboard and the reminders say so.").format(deputy=self._deputy)
        nobody = _("The profile names no deputy: reminders go to the contact person alone.")
        empty = _("Both empty: no absence.")
        yield SafeStatic(own(f"{answers if self._deputy else nobody} {empty}", FAINT))
        for name, label, day in (
            ("first", _("First day away"), self._now.first if self._now else None),
            ("last", _("Last day away"), self._now.last if self._now else None),
        ):
            yield labelled(label)
            typed = times.as_typed(day.isoformat()) if day else ""
            yield SafeInput(typed, placeholder=_("day.month.year"), id=name, compact=True)

    def answer(self) -> tuple[Absence, ...] | None:
        written = [self.query_one(f"#{name}", Input).value.strip() for name in ("first", "last")]
        if not any(written):
            return ()
        first, last = (typed_day(text) for text in written)
        if first is None or last is None or last < first:
            self.problem(
                _("Two dates like 24.11.2026, the first before the last."), "#first" if first is None else "#last"
            )
            return None
        return (Absence(first, last),)
