"""Joining two cases, and parting them: both are shown, and what would come of it, before anything is done."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from inbox_agent.dashboard.safe import SafeStatic, own
from inbox_agent.dashboard.screens.under import case_lines
from inbox_agent.dashboard.screens.window import Window
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets.told import joined
from inbox_agent.texts import gettext as _
from state.model import Case


class JoinWindow(Window[bool]):
    """Answers whether these two become one. Who is not the same by their address is warned about."""

    def __init__(self, one: Case, other: Case) -> None:
        super().__init__()
        self.heading = _("One matter of one person?")
        self.submit_label = _("Join them")
        self._staying, self._leaving = sorted((one, other), key=lambda case: (case.received_at, case.key))

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(joined((own(_("It goes on as"), "bold"), *case_lines(self._staying))))
        yield SafeStatic(joined((own(_("and takes in"), "bold"), *case_lines(self._leaving))), classes="apart")
        if not self._staying.subject.shares_address(self._leaving.subject):
            other = _(
                "▲ The addresses differ. Join them only if you are sure that it is one person: the other address's"
                " mails will stand in this case. Letters go to the first address alone."
            )
            yield SafeStatic(own(other, "$text-warning"), classes="apart")
        rest = _(
            "Mails, rights, tasks and notes go over; of a right in both the earlier receipt counts. The other case is"
            " closed and keeps its letters. Shift+J separates them again, until a letter, a decision or a"
            " proof stands on the joined case."
        )
        yield SafeStatic(own(rest, FAINT), classes="apart")

    def answer(self) -> bool:
        return True


class PartWindow(Window[bool]):
    """Answers whether a joining is undone."""

    def __init__(self, stays: Case, gone: Case) -> None:
        super().__init__()
        self.heading = _("Two matters after all?")
        self.submit_label = _("Separate them")
        self._stays, self._gone = stays, gone

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(joined((own(_("By itself again"), "bold"), *case_lines(self._gone))))
        yield SafeStatic(joined((own(_("It had gone on as"), "bold"), *case_lines(self._stays))), classes="apart")
        rest = _(
            "What went over goes back: mails, rights with their own dates, tasks, notes. Mails that came since from the"
            " other address go along; the rest stays where it is. A proposed letter is written again."
        )
        yield SafeStatic(own(rest, FAINT), classes="apart")

    def answer(self) -> bool:
        return True
