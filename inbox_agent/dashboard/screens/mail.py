"""One mail that became no case: what it says, why it was set aside, and the ways to make it one, or a part of one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from inbox_agent.dashboard.safe import SafeButton, SafeStatic, own, plain_line
from inbox_agent.dashboard.screens.window import Window, keyed
from inbox_agent.dashboard.widgets.told import joined, mail_in_full, understood, why_aside
from inbox_agent.texts import gettext as _
from state.model import Message


class Becomes(Enum):
    """What a mail is to be."""

    CASE = auto()
    PART_OF_A_CASE = auto()


class MailWindow(Window[Becomes]):
    """Answers what the person wants the mail to be."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "submit", show=False),  # the keys of the list
        Binding("j", "put_under", show=False),
    ]
    read_first = True

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.heading = plain_line(message.subject) or _("(no subject)")
        self.submit_label = _("Make a case")
        self._message = message

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(joined((why_aside(self._message), understood(self._message), own(" "))))
        yield SafeStatic(mail_in_full(self._message))

    def buttons(self) -> Iterable[Widget]:
        yield SafeButton(keyed(self.submit_label, "t"), id="submit", action="screen.submit")
        yield SafeButton(keyed(_("Put under a case"), "j"), id="under", action="screen.put_under")
        yield SafeButton(keyed(_("Close"), "Esc"), id="cancel", action="screen.leave")

    def answer(self) -> Becomes:
        return Becomes.CASE

    def action_put_under(self) -> None:
        self.dismiss(Becomes.PART_OF_A_CASE)
