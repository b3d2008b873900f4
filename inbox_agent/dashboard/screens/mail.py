"""One mail that became no case: what it says, why it was set aside, and the way to make it a case."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from inbox_agent.dashboard.safe import SafeStatic, own, plain_line
from inbox_agent.dashboard.screens.window import Window
from inbox_agent.dashboard.widgets.told import joined, mail_in_full, understood
from inbox_agent.phrasing import words
from inbox_agent.texts import gettext as _
from state.model import Message


class MailWindow(Window[bool]):
    """Answers True where the person wants the mail to be a case."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.heading = plain_line(message.subject) or _("(no subject)")
        self.submit_label = _("Make a case")
        self._message = message

    def body(self) -> Iterable[Widget]:
        reason = words.reason(self._message.reason) if self._message.reason else ""
        yield SafeStatic(joined((own(reason, "bold"), understood(self._message), own(" "))))
        yield SafeStatic(mail_in_full(self._message))

    def answer(self) -> bool:
        return True
