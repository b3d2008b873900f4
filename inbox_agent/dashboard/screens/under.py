"""Which case is meant, putting a mail under it and taking it out: all is shown before anything is done.

Owns the windows and which cases are likely; what follows is `services.judging`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, SelectionList
from textual.widgets.selection_list import Selection

from inbox_agent.dashboard import times
from inbox_agent.dashboard.safe import (
    SafeInput,
    SafeOption,
    SafeOptionList,
    SafeStatic,
    TickList,
    checked,
    mail_line,
    own,
)
from inbox_agent.dashboard.screens.window import Window, labelled
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets.told import joined, mail_heading, party
from inbox_agent.phrasing import words
from inbox_agent.rules.letters import live_requests
from inbox_agent.texts import gettext as _
from state.errors import NotFound
from state.model import CASE_NUMBER, Case, CaseStatus, Message, MessageKey, Party, RequestKind
from state.views import Narrowing, Page, Views

_MOST = 6  # cases that are proposed
_CONFIRMED = frozenset({CaseStatus.OPEN, CaseStatus.WAITING})


def likely(views: Views, today: date, who: Party, named_in: str = "") -> tuple[Case, ...]:
    """The cases that may be meant: those whose number a text names, then the open ones of the same address."""
    found: dict[str, Case] = {}
    for number in re.findall(CASE_NUMBER, named_in):
        with suppress(NotFound):
            case = views.by_number(number)
            found[case.number] = case
    if who.address:
        for row in views.queue(today, Narrowing(text=who.address), Page(_MOST)):
            found.setdefault(row.number, views.case(row.key))
    usable = (case for case in found.values() if case.status is not CaseStatus.PURGED and case.joined_to is None)
    return tuple(usable)[:_MOST]


class WhichCaseWindow(Window[str]):
    """Answers which case is meant: one of those proposed, or a number, or a name that only one open case bears."""

    def __init__(self, heading: str, proposed: Sequence[Case] = ()) -> None:
        super().__init__()
        self.heading = heading
        self.submit_label = _("Show both")
        self._proposed = tuple(proposed)

    def body(self) -> Iterable[Widget]:
        if self._proposed:
            yield SafeOptionList(
                *(SafeOption(joined(case_lines(case)), case.number) for case in self._proposed), id="letters"
            )
        yield labelled(_("Its number, or the person's name"))
        yield SafeInput(placeholder="2026-0012", id="which", compact=True)

    def answer(self) -> str | None:
        if named := self.query_one("#which", Input).value.strip():
            return named
        for cases in self.query(OptionList):
            if cases.highlighted is not None:
                return self._proposed[cases.highlighted].number
        self.problem(_("Write something first."))
        return None

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def on_entered(self) -> None:
        self.action_submit()


class PutUnderWindow(Window[tuple[RequestKind, ...]]):
    """Answers which rights the mail adds to a case, mostly none. Whose address is another's is warned about."""

    read_first = True

    def __init__(self, message: Message, case: Case) -> None:
        super().__init__()
        self.heading = _("Does this mail belong to this case?")
        self.submit_label = _("Put it there")
        self._message, self._case = message, case
        live = {request.kind for request in live_requests(case)}
        self._kinds = tuple(kind for kind in RequestKind if kind not in live) if case.status in _CONFIRMED else ()

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(mail_heading(self._message))
        yield SafeStatic(joined((own(_("goes under"), "bold"), *case_lines(self._case))), classes="apart")
        if not self._message.sender.shares_address(self._case.subject):
            other = _(
                "▲ It did not come from this case's address. Put it there only if you are sure that it belongs there;"
                " letters go to the case's own address alone."
            )
            yield SafeStatic(own(other, "$text-warning"), classes="apart")
        yield SafeStatic(own(_follows(self._case), FAINT), classes="apart")
        if self._kinds:
            yield labelled(_("Which further rights does it exercise? Mostly none."))
            yield TickList[RequestKind](
                *(Selection(checked(own(words.types([str(kind)]))), kind, id=str(kind)) for kind in self._kinds),
                id="kinds",
            )

    def answer(self) -> tuple[RequestKind, ...]:
        chosen = self.query_one("#kinds", SelectionList).selected if self._kinds else ()
        return tuple(kind for kind in self._kinds if kind in chosen)


class TakeOutWindow(Window[MessageKey]):
    """Answers which mail that a person put under the case goes out again. `placed`: the newest placing first."""

    def __init__(self, placed: Sequence[Message], case: Case) -> None:
        super().__init__()
        self.heading = _("Does this mail not belong to this case?")
        self.submit_label = _("Take it out")
        self._placed, self._case = tuple(placed), case

    def body(self) -> Iterable[Widget]:
        if len(self._placed) > 1:
            yield SafeOptionList(*(SafeOption(mail_heading(mail)) for mail in self._placed), id="letters")
        else:
            yield SafeStatic(mail_heading(self._placed[0]))
        yield SafeStatic(joined((own(_("stands under"), "bold"), *case_lines(self._case))), classes="apart")
        rest = _(
            "It goes back where it lay. The rights, tasks and signs of who asks that it brought go with it; other"
            " deadlines stay as they are. A proposed letter that rests on it is written anew, and a case that it had"
            " opened again ends again, unless something was done in it since."
        )
        yield SafeStatic(own(rest, FAINT), classes="apart")

    def answer(self) -> MessageKey:
        for mails in self.query(OptionList):
            return self._placed[mails.highlighted or 0].key
        return self._placed[0].key


def case_lines(case: Case) -> Iterable[Content]:
    """One case in two lines: whose, and what is asked since when."""
    kinds = words.types([str(request.kind) for request in case.requests])
    yield Content.assemble((f"  {case.number}  ", "bold"), mail_line(party(case.subject)))
    yield own("  " + _("{kinds}, received {day}").format(kinds=kinds, day=times.full_day(case.received_on)))


def _follows(case: Case) -> str:
    match case.status:
        case CaseStatus.CLOSED | CaseStatus.DISMISSED:
            return _("The case has ended: it is opened again.")
        case CaseStatus.WAITING:
            return _("The case waits for the person: it is your turn then.")
        case _:
            return _("It stands in the conversation then; deadlines stay as they are.")
