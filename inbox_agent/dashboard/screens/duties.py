"""The tasks of a case: to be ticked, moved, cancelled, and another one laid down.

Owns the windows. What follows from what is `rules.duties`'; that an erasure waits for its copy is the store's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Select, SelectionList
from textual.widgets.selection_list import Selection

from inbox_agent.dashboard import times
from inbox_agent.dashboard.safe import (
    SafeInput,
    SafeSelect,
    SafeStatic,
    TickList,
    checked,
    mail_line,
    own,
)
from inbox_agent.dashboard.screens.window import Window, labelled
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.phrasing import duties as phrasing
from inbox_agent.phrasing import words
from inbox_agent.rules import duties as rules
from inbox_agent.rules.typed import typed_day
from inbox_agent.services.review import Review
from inbox_agent.texts import gettext as _
from state.model import REMINDERS, Case, CaseKey, Duty, DutyKey, DutyKind, DutyStatus

_TICK = 4  # cells before a line that can be ticked


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task of the person's own choosing."""

    kind: DutyKind
    due: date
    about: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Another day for a task, or (None) that there is nothing to do after all; and why."""

    to: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a person said of a case's tasks."""

    done: tuple[DutyKey, ...]
    undone: tuple[DutyKey, ...]
    moved: Mapping[DutyKey, Moved]
    new: NewTask | None

    def carry_out(self, review: Review, case: CaseKey) -> None:
        """All of it or nothing."""
        with review.store.transaction():
            for duty in self.done:
                review.duties.done(duty)
            for duty in self.undone:
                review.duties.reopen(duty)
            for duty, said in self.moved.items():
                if said.to is None:
                    review.duties.cancel(duty, said.why)
                else:
                    review.duties.move(duty, said.to, said.why)
            if self.new is not None:
                review.duties.add(case, self.new.kind, self.new.due, self.new.about)


class MoveWindow(Window[Moved]):
    """One task: its new day, and why; or why there is nothing to do."""

    def __init__(self, duty: Duty, *, cancel: bool) -> None:
        super().__init__()
        self.heading = _("Nothing to do after all") if cancel else _("Move the task")
        self.submit_label = _("Cancel the task") if cancel else _("Move it")
        self._duty = duty
        self._cancel = cancel

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(mail_line(phrasing.task(self._duty)))
        yield SafeStatic(own(_("Its date: {day}").format(day=times.short_day(self._duty.due_on)), FAINT))
        if not self._cancel:
            yield SafeInput(placeholder=_("day.month.year"), id="to", compact=True)
        yield SafeInput(placeholder=_("why; it is kept with the case"), id="why", compact=True)

    def answer(self) -> Moved | None:
        to = None if self._cancel else typed_day(self.query_one("#to", Input).value)
        why = self.query_one("#why", Input).value.strip()
        if to is None and not self._cancel:
            self.problem(_("A date like 24.11.2026."), "#to")
        elif not why and self._duty.kind not in REMINDERS:
            self.problem(_("Write in a few words why."), "#why")
        else:
            return Moved(to, why)
        return None


class DutiesWindow(Window[Changes]):
    """The tasks of one case: Space ticks, m moves, x cancels, the fields below lay down another one. What was moved or
    cancelled shows in its line, and is not ticked; Ctrl+S records it all.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "move(False)", show=False),
        Binding("x", "move(True)", show=False),
    ]

    def __init__(self, case: Case, duties: Sequence[Duty], today: date) -> None:
        super().__init__()
        self.heading = _("Tasks of case {number}").format(number=case.number)
        self.submit_label = _("Record it")
        self._duties = [duty for duty in duties if duty.status is not DutyStatus.CANCELLED]
        self._today = today
        self._moved: dict[DutyKey, Moved] = {}

    def body(self) -> Iterable[Widget]:
        if self._duties:
            hint = _("Space ticks what you have done, or takes the tick back. m moves it, x cancels it.")
            yield SafeStatic(own(hint, FAINT))
            yield TickList[DutyKey](
                *(
                    Selection(
                        checked(self._line(duty)),
                        duty.key,
                        initial_state=duty.status is DutyStatus.DONE,
                    )
                    for duty in self._duties
                ),
                id="duties",
            )
            yield SafeStatic(id="whole-task")
        yield labelled(_("Another task (for instance the day that the ombudsman's letter names)"))
        options = [(own(words.duty(kind)), kind) for kind in DutyKind]
        yield SafeSelect(options, prompt=_("choose"), id="new-kind", compact=True)
        yield SafeInput(placeholder=_("day.month.year"), id="new-due", compact=True)
        yield SafeInput(placeholder=_("whom or what it concerns"), id="new-about", compact=True)

    def _line(self, duty: Duty) -> Content:
        """The date first: on a narrow screen the rest may be cut, and stands whole below."""
        days_left = rules.days_left(duty, self._today)
        late = duty.status is DutyStatus.OPEN and days_left < 0
        left = phrasing.left(duty, days_left)
        when = left if duty.status is DutyStatus.OPEN else words.duty_status(duty.status)
        if (said := self._moved.get(duty.key)) is not None:
            when = f"→ {times.short_day(said.to)}" if said.to else f"→ {words.duty_status(DutyStatus.CANCELLED)}"
        head = own(f"{times.short_day(duty.due_on)}, {when}  ", "bold $text-error" if late else "")
        return head + mail_line(phrasing.task(duty))

    def action_move(self, cancel: bool) -> None:
        """Ask for the new day, or why there is nothing to do, of the open task that the cursor is on."""
        ticks = self.query_one("#duties", SelectionList) if self._duties else None
        at = ticks.highlighted if ticks is not None and ticks.has_focus else None
        if ticks is None or at is None or self._duties[at].status is not DutyStatus.OPEN:
            return

        def keep(said: Moved | None) -> None:
            if said is not None:
                self._moved[self._duties[at].key] = said
                ticks.deselect(self._duties[at].key)
                self._show_line(at)

        self.app.push_screen(MoveWindow(self._duties[at], cancel=cancel), keep)

    @on(SelectionList.SelectionToggled, "#duties")
    def on_ticked(self, event: SelectionList.SelectionToggled[DutyKey]) -> None:
        """What is done is neither moved nor cancelled: what was said last counts."""
        if event.selection.value in event.selection_list.selected:
            self._moved.pop(event.selection.value, None)
            self._show_line(event.selection_index)

    @on(SelectionList.SelectionHighlighted, "#duties")
    def on_chosen(self, event: SelectionList.SelectionHighlighted[DutyKey]) -> None:
        """The task that the cursor is on, whole where its line is cut."""
        line, width = self._line(self._duties[event.selection_index]), event.selection_list.content_size.width
        whole = self.query_one("#whole-task", SafeStatic)
        whole.show(line)
        whole.display = line.cell_length + _TICK > width

    def _show_line(self, at: int) -> None:
        ticks = self.query_one("#duties", SelectionList)
        ticks.replace_option_prompt_at_index(at, checked(self._line(self._duties[at])))

    def answer(self) -> Changes | None:
        kind = self.query_one("#new-kind", Select).value
        new = None
        if isinstance(kind, DutyKind):
            due = typed_day(self.query_one("#new-due", Input).value)
            if due is None:
                self.problem(_("A date like 24.11.2026."), "#new-due")
                return None
            new = NewTask(kind, due, self.query_one("#new-about", Input).value.strip())
        ticked = set(self.query_one("#duties", SelectionList).selected) if self._duties else set()
        done = tuple(duty.key for duty in self._duties if duty.key in ticked and duty.status is DutyStatus.OPEN)
        undone = tuple(duty.key for duty in self._duties if duty.key not in ticked and duty.status is DutyStatus.DONE)
        return Changes(done, undone, self._moved, new)
