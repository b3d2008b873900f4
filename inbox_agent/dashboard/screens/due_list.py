"""The open tasks of all cases by date: ticked, moved or cancelled where they stand, or their case opened.

Owns the list. A task ticked here stays in it, marked, until the person leaves: a slip is seen and taken back.
"""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList

from inbox_agent.dashboard import times
from inbox_agent.dashboard.context import Context, DeskScreen
from inbox_agent.dashboard.keys import give, key, quiet
from inbox_agent.dashboard.messages import CaseWanted
from inbox_agent.dashboard.safe import SafeOption, SafeOptionList, SafeStatic, mail_line, own
from inbox_agent.dashboard.screens.duties import MoveWindow
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets.keybar import KeyBar
from inbox_agent.dashboard.widgets.told import joined
from inbox_agent.phrasing import duties as phrasing
from inbox_agent.phrasing import words
from inbox_agent.rules.duties import came_late, days_left
from inbox_agent.services.review import Review
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from state.model import DutyKey, DutyStatus
from state.views import DutyRow

_DAY, _LEFT = 11, 22  # cells of a task's day and of how long it is until then
_BESIDE = 3  # cells of the list beside a line: its padding and its scrollbar


class DueListScreen(DeskScreen):
    """The open tasks of all cases by date, those of closed cases included."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: tuple[DutyRow, ...] = ()
        self._ticked: dict[DutyKey, DutyRow] = {}

    def keys(self) -> list[Binding]:
        return [quiet("k", "dismiss"), key("escape", "dismiss", _("Back"), "Esc")]

    def compose(self) -> ComposeResult:
        yield SafeStatic(own(_("Tasks by date"), "bold"), id="due-heading")
        yield SafeOptionList(id="due-list")
        yield KeyBar()

    def on_mount(self) -> None:
        tasks = self.query_one("#due-list")
        acts = [
            key("enter", "select", _("Open"), "Enter"),
            key("space", "screen.tick", _("Done, or not"), _("Space")),
            key("m", "screen.move(False)", _("Move")),
            key("x", "screen.move(True)", _("Not needed")),
        ]
        give(tasks, acts)
        tasks.focus()
        self.read()

    @work(exclusive=True, group="reading")
    async def read(self) -> None:
        today = self.context.today()
        rows = await self.look(lambda views: views.duties_due(today))
        if rows is not None:
            self._show(rows)

    def _show(self, still: tuple[DutyRow, ...]) -> None:
        """The task under the cursor stays under it; where it has gone, the next one is."""
        chosen, at = self._chosen, self.query_one("#due-list", OptionList).highlighted or 0
        self._ticked = {name: row for name, row in self._ticked.items() if name not in {one.duty.key for one in still}}
        rows = sorted((*still, *self._ticked.values()), key=lambda row: (row.duty.due_on, row.duty.key))
        self._rows = tuple(rows)
        tasks = self.query_one("#due-list", OptionList)
        tasks.clear_options()
        tasks.add_options([SafeOption(self._line(row)) for row in rows])
        same = [number for number, row in enumerate(rows) if chosen and row.duty.key == chosen.duty.key]
        tasks.highlighted = (same or [min(at, len(rows) - 1)])[0] if rows else None
        self.query_one("#due-heading", SafeStatic).show(self._heading(still))

    def _heading(self, still: tuple[DutyRow, ...]) -> Content:
        """What the list is; and of how many tasks the day had passed before anybody could know of them."""
        today = self.context.today()
        late = sum(came_late(row.duty) and days_left(row.duty, today) == 0 for row in still)
        head = own(_("Tasks by date") if self._rows else _("No tasks are open."), "bold")
        said = ngettext(
            "The day of {n} task had passed when it came to light: do it today.",
            "The day of {n} tasks had passed when they came to light: do them today.",
            late,
        )
        return joined((head, own(said.format(n=late), "$text-warning") if late else Content("")))

    def _line(self, row: DutyRow) -> Content:
        """The days in columns, as in the list of cases; under them what is to be done."""
        left = days_left(row.duty, self.context.today())
        ticked = row.duty.key in self._ticked
        said = f"✓ {words.duty_status(DutyStatus.DONE)}" if ticked else phrasing.left(row.duty, left)
        style = FAINT if ticked else "bold $text-error" if left < 0 else "bold $text-warning" if left == 0 else ""
        when = f"{times.short_day(row.duty.due_on):<{_DAY}}{said:<{_LEFT}}"
        who = Content.assemble((f"{row.number}  ", FAINT)) + mail_line(row.name or row.address).stylize(FAINT)
        task = mail_line(phrasing.task(row.duty))
        broken = (task.stylize(FAINT) if ticked else task).wrap(max(self._width - _DAY, 1))
        return joined((own(when, style) + who, *(own(" " * _DAY) + line for line in broken)))

    @property
    def _width(self) -> int:
        """Cells of a line of the list, whose padding and scrollbar stand beside it."""
        return self.app.size.width - _BESIDE

    def on_resize(self) -> None:
        self.read()

    @property
    def _chosen(self) -> DutyRow | None:
        """The task under the cursor."""
        at = self.query_one("#due-list", OptionList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @on(OptionList.OptionSelected, "#due-list")
    def action_open(self) -> None:
        if (row := self._chosen) is not None:
            self.app.post_message(CaseWanted(row.duty.case))

    @work
    async def action_tick(self) -> None:
        """Say that the task is done; once more, that it is not."""
        if (row := self._chosen) is None:
            return
        name = row.duty.key
        if name in self._ticked:
            if await self.act(lambda review: review.duties.reopen(name)):
                del self._ticked[name]
        elif await self.act(lambda review: review.duties.done(name), _("Done. Space takes the tick back.")):
            self._ticked[name] = row

    @work
    async def action_move(self, cancel: bool) -> None:
        """Ask for the task's new day, or why there is nothing to do after all."""
        if (row := self._chosen) is None or row.duty.key in self._ticked:
            return
        said = await self.app.push_screen_wait(MoveWindow(row.duty, cancel=cancel))
        if said is None:
            return

        def record(review: Review) -> None:
            if said.to is None:
                review.duties.cancel(row.duty.key, said.why)
            else:
                review.duties.move(row.duty.key, said.to, said.why)

        await self.act(record, _("Recorded."))
