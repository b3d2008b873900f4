"""Which case is meant, putting a mail under it and taking it out: all is shown before anything is done.

Owns the windows and which cases are likely; what follows is `services.judging`'s.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date

from textual import on, work
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Input, OptionList, SelectionList
from textual.widgets.selection_list import Selection

from inbox_agent.dashboard import times
from inbox_agent.dashboard.keys import give, quiet
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
_FIELD = 2  # lines over the list of cases
_MOST_LISTED = 40  # cases among which one is chosen without typing more
Find = Callable[[str], Awaitable[tuple[Case, ...]]]

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


def others(views: Views, today: date, text: str, first: Sequence[Case] = ()) -> tuple[Case, ...]:
    """The open cases that a text finds by number or name, by deadline. Before them the one whose number it is, open or
    not; without a text those of `first`.
    """
    before = _numbered(views, text) if text else first
    found = {case.number: case for case in before}
    rows = views.queue(today, Narrowing(text=text), Page(_MOST_LISTED))
    return tuple({**found, **{row.number: views.case(row.key) for row in rows if row.number not in found}}.values())


def _numbered(views: Views, text: str) -> tuple[Case, ...]:
    try:
        case = views.by_number(text) if text.replace("-", "").isdigit() else None
    except NotFound:
        return ()
    return (case,) if case and case.status is not CaseStatus.PURGED else ()


class WhichCaseWindow(Window[str]):
    """Answers which case is meant, by its number: one of those that `find` gives for what is typed, the likely ones
    first. Where it gives none, what was typed.
    """

    def __init__(self, heading: str, find: Find) -> None:
        super().__init__()
        self.heading = heading
        self.submit_label = _("Show both")
        self._find = find
        self._read_for: str | None = None  # the text for which the cases in view were found
        self._cases: tuple[Case, ...] = ()

    def body(self) -> Iterable[Widget]:
        field = SafeInput(placeholder=_("a part of its number, or of the person's name"), id="which", compact=True)
        give(field, [quiet("up", "screen.move('up')"), quiet("down", "screen.move('down')")])
        yield field
        yield SafeOptionList(id="letters", classes="apart")

    def on_mount(self) -> None:
        self.query_one("#which").focus()
        self.list_cases()

    def on_resize(self, event: Resize) -> None:
        """The list scrolls, and nothing around it."""
        super().on_resize(event)
        for cases in self.query("#letters"):
            cases.styles.max_height = max(self._room - _FIELD, 1)

    @on(Input.Changed, "#which")
    @work(exclusive=True)
    async def list_cases(self) -> None:
        """The cases that may be meant by what is typed, the first one chosen."""
        self.problem("")
        typed = self._typed
        self._cases = await self._find(typed)
        self._read_for = typed
        cases = self.query_one("#letters", OptionList)
        cases.clear_options()
        cases.add_options([SafeOption(joined(case_lines(case))) for case in self._cases])
        cases.highlighted = 0 if self._cases else None
        if not self._cases:
            cases.add_option(SafeOption(own(_("No open case is found by that."), FAINT)))

    @property
    def _typed(self) -> str:
        return self.query_one("#which", Input).value.strip()

    def action_move(self, way: str) -> None:
        getattr(self.query_one("#letters", OptionList), f"action_cursor_{way}")()

    def answer(self) -> str | None:
        """What is in view counts only where it was found for what stands in the field."""
        at = self.query_one("#letters", OptionList).highlighted
        if self._read_for == self._typed and at is not None and at < len(self._cases):
            return self._cases[at].number
        if not self._typed:
            self.problem(_("Write something first."), "#which")
        return self._typed or None

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
            " deadlines stay as they are. A proposed letter that rests on it is written again, and a case that it had"
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
