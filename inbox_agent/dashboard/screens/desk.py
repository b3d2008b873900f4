"""The first screen: what must be done, by deadline; what was set aside, and why.

Owns the choice of shelf, the filter and the place in the list. What a case looks like inside is
`screens.case`; the lines are `widgets.lines`.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, OptionList, Tab, Tabs

from inbox_agent.dashboard.context import Context
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.keys import key, quiet
from inbox_agent.dashboard.messages import CaseWanted
from inbox_agent.dashboard.narrowing import falling_due, searched, told
from inbox_agent.dashboard.readings import LIMIT, SCREENFUL, Asked, Overview, Shelf, before, dossier, overview
from inbox_agent.dashboard.safe import SafeInput, SafeStatic, own
from inbox_agent.dashboard.saying import SayingScreen
from inbox_agent.dashboard.screens.duties import DueListScreen
from inbox_agent.dashboard.screens.hands import AwayWindow
from inbox_agent.dashboard.screens.kinds import ChooseKinds
from inbox_agent.dashboard.screens.mail import MailWindow
from inbox_agent.dashboard.screens.month import MonthScreen
from inbox_agent.dashboard.screens.numbers import NumbersScreen
from inbox_agent.dashboard.screens.record import NOTHING_TOLD, RecordWindow, Told
from inbox_agent.dashboard.screens.remember import propose_lesson
from inbox_agent.dashboard.widgets.banner import Banner
from inbox_agent.dashboard.widgets.keybar import KeyBar
from inbox_agent.dashboard.widgets.line import CommandLine
from inbox_agent.dashboard.widgets.lines import case_line, mail_row
from inbox_agent.dashboard.widgets.preview import Preview
from inbox_agent.dashboard.widgets.rows import RowList, TwoRows
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.presence import people
from inbox_agent.texts import gettext as _
from state.model import Absence, CaseKey, Channel, MessageKey, RequestKind
from state.views import Narrowing, Place

FILTER_AFTER = 0.15  # seconds without typing
NEAR = 50  # lines from the edge of the window at which it moves along
_MAILS = frozenset({Shelf.ASIDE, Shelf.QUARANTINE})
_OF_A_CASE = frozenset({Intent.EXPLAIN_VERDICT, Intent.EXPLAIN_DEADLINE})


class MainScreen(SayingScreen):
    """The lists, the filter, and beside them (where there is room) the chosen case."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.asked = Asked()
        self._seen: Overview | None = None
        self._read_for: Asked | None = None  # what the list was last read for
        self._places: dict[Shelf, str] = {}  # the chosen line of each shelf
        self._typing: Timer | None = None

    def keys(self) -> list[Binding]:
        shelves = [
            quiet(f"{number}", f"shelf('{shelf}')", name)
            for number, (shelf, name) in enumerate(_shelf_names().items(), start=1)
        ]
        return [
            *shelves,
            key("t", "make_case", _("Make a case")),
            key("s", "say", _("Say")),
            key("slash", "filter", _("Filter"), "/"),
            key("n", "record", _("By letter, call or visit")),
            key("c", "month", _("Month")),
            quiet("d", "duties", _("Tasks")),
            quiet("y", "numbers", _("The year in numbers")),
            quiet("l", "away", _("Holidays and deputy")),
            quiet("escape", "clear_filter", _("Clear the filter")),
            quiet("left", "next_shelf(-1)"),
            quiet("right", "next_shelf(1)"),
            quiet("j", "move('cursor_down')"),
            quiet("k", "move('cursor_up')"),
        ]

    def compose(self) -> ComposeResult:
        yield Banner(self.context.profile, self.context.now)
        # Numbered from the start: a label that grew would leave the line under it behind for a moment.
        named = enumerate(_shelf_names().items(), start=1)
        yield Tabs(*(Tab(own(f"{number} {name}"), id=str(shelf)) for number, (shelf, name) in named), id="shelves")
        with Horizontal(id="desk"):
            with Vertical(id="lists"):
                yield SafeStatic(id="narrowed")
                yield SafeStatic(id="empty")
                yield RowList(id="rows")
            yield Preview(self.context, id="preview")
        yield SafeInput(placeholder=_("Name, address or case number"), id="filter")
        yield self.line()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#shelves").can_focus = False
        self._filter.display = False
        self.query_one("#narrowed").display = False
        self._rows.focus()
        self.read()

    # -- reading ----------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        self.read()

    @work(exclusive=True, group="reading")
    async def read(self) -> None:
        """Read the shelf in view and show it, keeping the place. At the very first, a screenful shows at once."""
        try:
            # A screenful shows at once; a list that is longer follows. What is on the screen stays in its place.
            known, self._read_for = self._read_for, self.asked
            if known is None or replace(known, start=self.asked.start) != self.asked:
                first = await self._overview(SCREENFUL)
                self._show(first)
                if len(first.cases or first.mails) < SCREENFUL:
                    return
                await self._painted()
            self._show(await self._overview(LIMIT))
        except NotDone as error:
            self.complain(error)

    async def _painted(self) -> None:
        """Wait until what was shown stands on the screen: the long list must not hold the first lines up."""
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        await painted.wait()

    async def _overview(self, limit: int) -> Overview:
        asked, today = self.asked, self.context.today()
        return await self.context.gateway.read(lambda views: overview(views, today, asked, limit))

    @property
    def shelf(self) -> Shelf:
        return self.asked.shelf

    def _ask(self, shelf: Shelf, wanted: Narrowing) -> None:
        """Show another list from its beginning."""
        self.asked = Asked(shelf, wanted)
        line, only = self.query_one("#narrowed", SafeStatic), told(wanted)
        line.show(only)
        line.display = bool(only)
        self.read()

    def _show(self, found: Overview) -> None:
        if not self.query(Banner):  # the desk was closed meanwhile
            return
        self._seen = found
        self.query_one(Banner).signs = found.signs
        self._label_shelves(found)
        lines = self._lines(found)
        self._rows.show_rows(lines)
        empty = self.query_one("#empty", SafeStatic)
        empty.display = not lines
        nothing = _("Nothing matches the filter.") if self.asked.wanted != Narrowing() else _empty_words()[self.shelf]
        empty.show(own(nothing))
        self._preview_chosen()
        self.refresh_bindings()

    def _lines(self, found: Overview) -> dict[str, TwoRows]:
        today = self.context.today()
        others = people(found.signs.beats, self.context.now(), self.context.desk)
        cases = {f"case-{row.key}": case_line(row, today, others.get(row.key, ())) for row in found.cases}
        return cases or {f"mail-{row.key}": mail_row(row) for row in found.mails}

    def _label_shelves(self, found: Overview) -> None:
        counts = found.signs.counts
        numbers = {Shelf.ASIDE: counts.set_aside, Shelf.QUARANTINE: counts.quarantined}
        for key_number, (shelf, name) in enumerate(_shelf_names().items(), start=1):
            number = f" ({numbers[shelf]})" if shelf in numbers else ""
            self.query_one(f"#shelves #{shelf}", Tab).label = own(f"{key_number} {name}{number}")

    # -- the list ---------------------------------------------------------------------------------

    @property
    def _rows(self) -> RowList:
        return self.query_one("#rows", RowList)

    @property
    def _filter(self) -> Input:
        return self.query_one("#filter", Input)

    @property
    def chosen_case(self) -> CaseKey | None:
        """The highlighted case; on the shelves of mails, the dismissed case that the mail was set aside with."""
        kind, _dash, number = (self._rows.chosen or "").partition("-")
        if kind == "case":
            return CaseKey(int(number))
        rows = self._seen.mails if self._seen else ()
        return next((row.case for row in rows if kind == "mail" and row.key == int(number)), None)

    @property
    def chosen_mail(self) -> MessageKey | None:
        """The highlighted mail, on the shelves of mails, where it has no case that could be opened again."""
        kind, _dash, number = (self._rows.chosen or "").partition("-")
        return MessageKey(int(number)) if kind == "mail" and self.chosen_case is None else None

    @on(OptionList.OptionHighlighted, "#rows")
    def on_highlighted(self) -> None:
        if self._rows.chosen:
            self._places[self.shelf] = self._rows.chosen
        self._follow()
        self._preview_chosen()
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#rows")
    def on_selected(self) -> None:
        self.action_open()

    # -- a list longer than its window --------------------------------------------------------------

    def _follow(self) -> None:
        """Move the window along where the chosen line comes near its edge."""
        rows, at = (self._seen.cases if self._seen else ()), self._rows.highlighted
        if at is None or self._read_for != self.asked or len(rows) < LIMIT // 2:
            return
        if at >= len(rows) - NEAR and len(rows) == LIMIT:
            self._move(rows[LIMIT // 2].place)
        elif at < NEAR and self.asked.start is not None:
            self._move_up(rows[0].place)

    def _move(self, start: Place | None) -> None:
        self.asked = replace(self.asked, start=start)
        self.read()

    @work(exclusive=True, group="reading")
    async def _move_up(self, first: Place) -> None:
        """Half a window up."""
        await self._show_from(await self._before(first))

    @on(RowList.Edge)
    @work(exclusive=True, group="reading")
    async def on_edge(self, event: RowList.Edge) -> None:
        """The very first line or the very last one, beyond the window."""
        if self._seen is None or (self.asked.start is None and len(self._seen.cases) < LIMIT):
            return
        if await self._show_from(await self._before(None) if event.last else None):
            self._rows.highlighted = self._rows.option_count - 1 if event.last else 0

    async def _before(self, first: Place | None) -> Place | None:
        asked, today = self.asked, self.context.today()
        return await self.look(lambda views: before(views, today, asked, first))

    async def _show_from(self, start: Place | None) -> bool:
        """Show the list from another place on; False, with the reason told, where it could not be read."""
        asked, today = replace(self.asked, start=start), self.context.today()
        found = await self.look(lambda views: overview(views, today, asked, LIMIT))
        if found is None:
            return False
        self.asked = self._read_for = asked
        self._show(found)
        return True

    def _preview_chosen(self) -> None:
        self.query_one(Preview).show_for(self.chosen_case, self.chosen_mail)

    # -- acts -------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "make_case":
            return self.chosen_mail is not None
        return True

    def action_open(self) -> None:
        if (case := self.chosen_case) is not None:
            self.app.post_message(CaseWanted(case))
        elif (mail := self.chosen_mail) is not None:
            self._look_at(mail)

    @work
    async def _look_at(self, mail: MessageKey) -> None:
        message = await self.look(lambda views: views.message(mail))
        if message is None:
            return
        if await self.app.push_screen_wait(MailWindow(message)):
            self._make_case(mail)

    def action_make_case(self) -> None:
        if (mail := self.chosen_mail) is not None:
            self._make_case(mail)

    @work
    async def _make_case(self, mail: MessageKey) -> None:
        """Ask for the rights and make the mail a case; its clock runs from the mail's own receipt."""
        kinds = await self.app.push_screen_wait(ChooseKinds(_("Which rights does the mail exercise?"), ()))
        if kinds is None:
            return
        made: list[CaseKey] = []
        if await self.act(
            lambda review: made.append(review.cases.make_case(mail, kinds)), _("The mail is now a case.")
        ):
            await propose_lesson(self, lambda learning: learning.lesson(mail))
            self.app.post_message(CaseWanted(made[0]))

    @work
    async def action_record(self) -> None:
        await self._record(NOTHING_TOLD)

    async def _record(self, known: Told) -> None:
        """Record a request that came by no mail, and open it. Runs in a worker."""
        told = await self.app.push_screen_wait(RecordWindow(self.context.today(), known))
        if told is None:
            return
        made: list[CaseKey] = []
        if await self.act(lambda review: made.append(review.on_paper.record(told)), _("Recorded; its deadline runs.")):
            self.app.post_message(CaseWanted(made[0]))

    def action_shelf(self, name: str) -> None:
        self.query_one("#shelves", Tabs).active = Shelf(name)

    def action_next_shelf(self, step: int) -> None:
        shelves = list(Shelf)
        self.action_shelf(shelves[(shelves.index(self.shelf) + step) % len(shelves)])

    @on(Tabs.TabActivated, "#shelves")
    def on_shelf(self, event: Tabs.TabActivated) -> None:
        shelf = Shelf(event.tab.id or Shelf.OPEN)
        if shelf is not self.shelf:
            self._ask(shelf, self.asked.wanted)

    def action_duties(self) -> None:
        self.app.push_screen(DueListScreen(self.context))

    @work
    async def action_away(self) -> None:
        await self._away(self._seen.signs.absences if self._seen else ())

    async def _away(self, found: tuple[Absence, ...]) -> None:
        """Say when the contact person is away, so that everybody knows who answers. Runs in a worker."""
        contact = self.context.profile.contact
        window = AwayWindow(contact.name, contact.deputy_name, found, self.context.today())
        absences = await self.app.push_screen_wait(window)
        if absences is not None:
            await self.act(lambda review: review.hands.away(absences), _("Recorded."))

    def action_numbers(self) -> None:
        self.app.push_screen(NumbersScreen(self.context))

    def action_month(self) -> None:
        self.app.push_screen(MonthScreen(self.context))

    def action_move(self, way: str) -> None:
        getattr(self._rows, f"action_{way}")()

    # -- saying -----------------------------------------------------------------------------------

    def hush(self) -> None:
        self._rows.focus()

    async def answer(self, said: Said) -> Content:
        if said.intent is Intent.SEARCH:
            return self._search(said)
        if said.intent is Intent.SHOW_DUE and said.args.get("period") != "next":
            return self._narrow(Shelf.OPEN, falling_due(said, self.context.today()))
        if said.intent is Intent.SHOW_CASE or (said.intent in _OF_A_CASE and said.args.get("case")):
            return await self._open_said(said)
        if said.intent in _OF_A_CASE and (case := self.chosen_case) is not None:
            found = await self.context.gateway.read(lambda views: dossier(views, case))
            return await self.answers.answer(said, found)
        return await self.answers.answer(said)

    def instead(self, said: Said) -> str:
        if said.intent is Intent.ADD_PAPER_REQUEST or (said.intent is Intent.REOPEN and self.chosen_mail is not None):
            return ""
        if _absence(said) is not None:
            return ""
        if said.intent is Intent.ASSIGN and said.args.get("scope"):
            return _("Cases are handed over one by one. When you are away, say so over the list: Ctrl+P names it.")
        if self.chosen_case is None and not _case_of(said):
            return _("Choose a case first.")
        return ""

    async def do(self, said: Said) -> bool:
        """Of one case: it is opened, and the line confirmed there, where the case is in view."""
        if said.intent is Intent.ADD_PAPER_REQUEST:
            await self._record(_told(said))
            return False
        if said.intent is Intent.REOPEN and (mail := self.chosen_mail) is not None:
            self._make_case(mail)
            return False
        if (away := _absence(said)) is not None:
            await self._away((away,))
            return True
        wanted = _case_of(said)
        case = await self.answers.find(wanted) if wanted else self.chosen_case
        if case is None:
            self.query_one(CommandLine).tell(own(_("No single open case is meant by that."), "$text-warning"))
        else:
            self.app.post_message(CaseWanted(case, self.context.history.newest))
        return False

    def _search(self, said: Said) -> Content:
        """Choose the shelf and the filter; the list shows what was found."""
        status = str(said.args.get("status", ""))
        shelf = {"set_aside": Shelf.ASIDE, "closed": Shelf.CLOSED}.get(status, Shelf.OPEN)
        return self._narrow(shelf, replace(searched(said), text=str(said.args.get("query", ""))))

    def _narrow(self, shelf: Shelf, wanted: Narrowing) -> Content:
        """Show in the list what a line asked for, with its words in the filter; the list is the answer."""
        with self.prevent(Input.Changed, Tabs.TabActivated):
            self._filter.value = wanted.text
            self.query_one("#shelves", Tabs).active = shelf
        self._filter.display = bool(wanted.text)
        self._ask(shelf, wanted)
        self.query_one(CommandLine).field.value = ""
        self._rows.focus()
        return Content("")

    async def _open_said(self, said: Said) -> Content:
        wanted = str(said.args.get("case", ""))
        case = await self.answers.find(wanted) if wanted else self.chosen_case
        if case is None:
            return own(_("No single open case is meant by that."), "$text-warning")
        if said.args.get("what"):
            found = await self.context.gateway.read(lambda views: dossier(views, case))
            return await self.answers.answer(said, found)
        self.app.post_message(CaseWanted(case))
        return Content("")

    # -- the filter -------------------------------------------------------------------------------

    def action_filter(self) -> None:
        self._filter.display = True
        self._filter.focus()

    def action_clear_filter(self) -> None:
        self._narrow(self.shelf, Narrowing())

    @on(Input.Changed, "#filter")
    def on_typing(self) -> None:
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(FILTER_AFTER, self._filter_by)

    def _filter_by(self) -> None:
        self._ask(self.shelf, replace(self.asked.wanted, text=self._filter.value))

    @on(Input.Submitted, "#filter")
    def on_filtered(self) -> None:
        self._rows.focus()


def _absence(said: Said) -> Absence | None:
    """The days on which the deputy does everything: said over the list, that is an absence, not one case's."""
    args = said.args
    if said.intent is not Intent.ASSIGN or args.get("to") != "deputy" or "from" not in args or "until" not in args:
        return None
    first, last = (date.fromisoformat(args[end]) for end in ("from", "until"))
    return Absence(first, last) if first <= last else None


def _case_of(said: Said) -> str:
    """The case that a deed names; of several that are to be joined the first."""
    return str(said.args.get("case") or next(iter(said.args.get("cases", ())), ""))


_CHANNELS = {"phone": Channel.CALL, "visit": Channel.VISIT}


def _told(said: Said) -> Told:
    """What a line tells of a request that came by no mail."""
    args = said.args
    return Told(
        channel=_CHANNELS.get(args.get("channel", ""), Channel.LETTER),
        name=str(args.get("name", "")),
        day=date.fromisoformat(args["received"]) if "received" in args else None,
        kinds=tuple(RequestKind(right) for right in args.get("rights", ())),
    )


def _shelf_names() -> dict[Shelf, str]:
    return {
        Shelf.OPEN: _("Open cases"),
        Shelf.ASIDE: _("Set aside"),
        Shelf.QUARANTINE: _("Quarantine"),
        Shelf.CLOSED: _("Closed"),
    }


def _empty_words() -> dict[Shelf, str]:
    return {
        Shelf.OPEN: _("No open cases. A new request shows here as soon as it arrives."),
        Shelf.ASIDE: _("Nothing has been set aside."),
        Shelf.QUARANTINE: _("The quarantine is empty: every mail could be read."),
        Shelf.CLOSED: _("No closed cases yet."),
    }
