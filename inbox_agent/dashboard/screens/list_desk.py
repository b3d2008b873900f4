"""What the parts of the first screen share: the list in view, its place, its shelf and its filter.

Owns reading and showing them. A list longer than its window is read piece by piece as the chosen line moves.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from textual import on, work
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, OptionList, Tab, Tabs

from inbox_agent.dashboard.context import Context
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.messages import ProfileChanged
from inbox_agent.dashboard.narrowing import told
from inbox_agent.dashboard.pulse import another
from inbox_agent.dashboard.readings import LIMIT, Asked, Overview, Shelf, before, overview
from inbox_agent.dashboard.row_bars import RowBars
from inbox_agent.dashboard.safe import SafeStatic, own
from inbox_agent.dashboard.saying import SayingScreen
from inbox_agent.dashboard.widgets.banner import Banner
from inbox_agent.dashboard.widgets.chosen import ChosenLine
from inbox_agent.dashboard.widgets.line import CommandLine
from inbox_agent.dashboard.widgets.lines import case_line, mail_row
from inbox_agent.dashboard.widgets.preview import Preview
from inbox_agent.dashboard.widgets.rows import LINES, RowList, TwoRows
from inbox_agent.rules.presence import people
from inbox_agent.texts import gettext as _
from state.model import CaseKey, MessageKey
from state.views import MailPlace, Narrowing, Place

FILTER_AFTER = 0.15  # seconds without typing
NEAR = 50  # lines from the edge of the window at which it moves along


class ListDesk(SayingScreen):
    """The lists. `asked` is what is in view."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.asked = Asked()
        self._seen: Overview | None = None
        self._read_for: Asked | None = None  # what the list was last read for
        self._places: dict[Shelf, str] = {}  # the chosen line of each shelf
        self._coming_to: Shelf | None = None  # the shelf that was changed to, until all of it is shown
        self._opened: CaseKey | None = None  # the case that was opened, until the list is seen again
        self._typing: Timer | None = None
        self._bars = RowBars(context)

    # -- reading ----------------------------------------------------------------------------------

    def opens(self, case: CaseKey) -> None:
        """A case is opened, from here or from elsewhere: who comes back stands on its line, where it has one."""
        self._opened = case

    @property
    def at_rest(self) -> bool:
        """Whether nobody is writing here: another desk may take the place of this one."""
        return self.is_active and self._rows.has_focus and not self.query_one(CommandLine).field.value

    def continue_from(self, asked: Asked, chosen: CaseKey | None) -> None:
        """Show what another desk showed, with the case that was chosen there."""
        if (asked.shelf, asked.wanted) != (self.shelf, self.asked.wanted):
            self.narrow(asked.shelf, asked.wanted)
        if chosen:
            self.opens(chosen)

    def on_screen_resume(self) -> None:
        self.read()

    @work(exclusive=True, group="reading")
    async def read(self) -> None:
        """Read the shelf in view and show it, keeping the place. At the very first, a screenful shows at once."""
        try:
            # A screenful shows at once; a list that is longer follows. What is on the screen stays in its place.
            known, asked = self._read_for, self.asked
            if known is None or replace(known, start=asked.start) != asked:
                screenful = self.app.size.height // LINES + 1
                first = await self._overview(screenful)
                self._read_for = asked  # not before: a second look that cuts this one short begins anew
                self._show(first)
                if len(first.cases or first.mails) < screenful:
                    self._arrived()
                    return
                await self._painted()
            found = await self._overview(LIMIT)
            self._read_for = asked
            self._show(found)
            self._arrived()
        except NotDone as error:
            self.complain(error)

    def _arrived(self) -> None:
        """All of the list is shown: from now on the person's own moves count."""
        self._coming_to = None
        if self.is_current:
            self._opened = None

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
        """Show another list from its beginning; another shelf with the line that was chosen in it."""
        self._coming_to = shelf if shelf is not self.shelf else self._coming_to
        self.asked = Asked(shelf, wanted)
        self._head(told(wanted))
        self.read()

    def _head(self, said: Content) -> None:
        """Say above the list what it does not show."""
        line = self.query_one("#narrowed", SafeStatic)
        line.show(said)
        line.display = bool(said)

    def _show(self, found: Overview) -> None:
        if not self.query(Banner):  # the desk was closed meanwhile
            return
        self._seen = found
        self._bars.look_again(found.last_event, self.context.today())
        self.query_one(Banner).signs = found.signs
        if mark := another(found.signs.beats, self.context.profile):
            self.app.post_message(ProfileChanged(mark))
        self._label_shelves(found)
        lines = self._lines(found)
        self._rows.show_rows(lines)
        if self._coming_to is not None:
            self._rows.choose_or_first(self._places.get(self._coming_to, ""))
        if self._opened is not None and self.is_current:
            self._rows.choose(f"case-{self._opened}")
        empty = self.query_one("#empty", SafeStatic)
        empty.display = not lines
        nothing = _("Nothing matches the filter.") if self.asked.wanted != Narrowing() else _empty_words()[self.shelf]
        empty.show(own(nothing))
        self._preview_chosen()
        self._judge()
        self.refresh_bindings()

    def on_scrolled(self) -> None:
        self._judge()

    @work(exclusive=True, group="judging")
    async def _judge(self) -> None:
        """Tell of the letters in view which of them are not to be approved as they stand."""
        cases, rows = (self._seen.cases if self._seen else ()), self._rows
        first = int(rows.scroll_y) // LINES
        try:
            await self._bars.judge(cases[first : first + rows.size.height // LINES + 1])
        except NotDone:  # who reads the list is told of it there
            return
        if self._seen and self.is_attached:
            rows.show_rows(self._lines(self._seen))
            self._preview_chosen()

    def _lines(self, found: Overview) -> dict[str, TwoRows]:
        today = self.context.today()
        others = people(found.signs.beats, self.context.now(), self.context.desk)
        cases = {
            f"case-{row.key}": case_line(row, today, others.get(row.key, ()), self._bars.of(row)) for row in found.cases
        }
        return cases or {f"mail-{row.key}": mail_row(row) for row in found.mails}

    def _label_shelves(self, found: Overview) -> None:
        counts = found.signs.counts
        numbers = {Shelf.ASIDE: counts.set_aside, Shelf.QUARANTINE: counts.quarantined}
        for key_number, (shelf, name) in enumerate(shelf_names().items(), start=1):
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

    def neighbour(self, case: CaseKey, step: int) -> CaseKey | None:
        """Choose the case that stands so many lines after this one in the list; None where there is none."""
        shown = [row.key for row in self._seen.cases] if self._seen else []
        at = shown.index(case) + step if case in shown else -1
        if not 0 <= at < len(shown):
            return None
        self._rows.choose(f"case-{shown[at]}")
        return shown[at]

    @on(OptionList.OptionHighlighted, "#rows")
    def on_highlighted(self) -> None:
        if self._rows.chosen and self._coming_to is None:
            self._places[self.shelf] = self._rows.chosen
        self._follow()
        self._preview_chosen()
        self.refresh_bindings()

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

    # -- a list longer than its window --------------------------------------------------------------

    def _follow(self) -> None:
        """Move the window along where the chosen line comes near its edge."""
        rows, at = (self._seen.rows if self._seen else ()), self._rows.highlighted
        if at is None or self._read_for != self.asked or len(rows) < LIMIT // 2:
            return
        if at >= len(rows) - NEAR and len(rows) == LIMIT:
            self._move(rows[LIMIT // 2].place)
        elif at < NEAR and self.asked.start is not None:
            self._move_up(rows[0].place)

    def _move(self, start: Place | MailPlace | None) -> None:
        self.asked = replace(self.asked, start=start)
        self.read()

    @work(exclusive=True, group="reading")
    async def _move_up(self, first: Place | MailPlace) -> None:
        """Half a window up."""
        await self._show_from(await self._before(first))

    @on(RowList.Edge)
    @work(exclusive=True, group="reading")
    async def on_edge(self, event: RowList.Edge) -> None:
        """The very first line or the very last one, beyond the window."""
        if self._seen is None or (self.asked.start is None and len(self._seen.rows) < LIMIT):
            return
        if await self._show_from(await self._before(None) if event.last else None):
            self._rows.highlighted = self._rows.option_count - 1 if event.last else 0

    async def _before(self, first: Place | MailPlace | None) -> Place | MailPlace | None:
        asked, today = self.asked, self.context.today()
        return await self.look(lambda views: before(views, today, asked, first))

    async def _show_from(self, start: Place | MailPlace | None) -> bool:
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
        line, at, seen = self.query_one(ChosenLine), self._rows.highlighted, self._seen
        if seen is None or at is None or at >= len(seen.rows):
            line.show_nothing()
        elif seen.cases:
            line.show_case(seen.cases[at], self._bars.of(seen.cases[at]))
        else:
            line.show_mail(seen.mails[at])

    # -- the filter -------------------------------------------------------------------------------

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

    def narrow(self, shelf: Shelf, wanted: Narrowing) -> Content:
        """Show in the list what a line asked for, with its words in the filter; the list is the answer."""
        with self.prevent(Input.Changed, Tabs.TabActivated):
            self._filter.value = wanted.text
            self.query_one("#shelves", Tabs).active = shelf
        self._filter.display = bool(wanted.text)
        self._ask(shelf, wanted)
        self.query_one(CommandLine).field.value = ""
        self._rows.focus()
        return Content("")


def shelf_names() -> dict[Shelf, str]:
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
