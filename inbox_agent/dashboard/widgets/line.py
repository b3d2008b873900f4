"""The line in which a person says what should happen, and above it what was understood.

Owns the field, its history and the completion of `/` names. Refuses to understand: that is `rules.commands`, and to
act: that is the screen's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from inbox_agent.dashboard import keys
from inbox_agent.dashboard.history import History
from inbox_agent.dashboard.safe import SafeInput, SafeStatic, own
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.rules.visible import visible
from inbox_agent.texts import gettext as _

LONGEST = 600  # characters, as the grammar reads


class _Names(Suggester):
    """Completes what begins with `/`."""

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=False)
        self._names = names

    async def get_suggestion(self, value: str) -> str | None:
        if not value.startswith("/") or len(value) < 2:  # a bare stroke says nothing
            return None
        wanted = value[1:].casefold()
        return next((f"/{name}" for name in self._names() if name.casefold().startswith(wanted)), None)


class LineInput(SafeInput):
    """The field itself."""

    def __init__(self, history: History, names: Callable[[], Iterable[str]]) -> None:
        super().__init__(
            placeholder=_("Say what should happen, or ask (/ lists the acts)"),
            id="line",
            max_length=LONGEST,
            suggester=_Names(names),
            compact=True,
        )
        self._history = history
        keys.give(
            self,
            [
                keys.quiet("up", "recall(-1)"),
                keys.quiet("down", "recall(1)"),
                keys.key("escape", "give_up", _("Leave the line"), "Esc"),
            ],
        )
        self.await_enter(doing=False)

    def await_enter(self, *, doing: bool) -> None:
        """Name Enter by what it does now: `doing`: the deed that was shown; else it tells the assistant."""
        keys.give(self, [keys.key("enter", "submit", _("Do it") if doing else _("Tell the assistant"), "Enter")])

    def validate_value(self, value: str) -> str:
        """Whatever way a text came here, it is harmless to show."""
        return visible(value).replace("\n", " ")

    def action_recall(self, by: int) -> None:
        self.value = self._history.step(by)
        self.cursor_position = len(self.value)

    def action_give_up(self) -> None:
        self.post_message(CommandLine.GivenUp())


class AllActs(SafeStatic):
    """For the mouse: every act that can be had here, by name."""

    def on_mount(self) -> None:
        self.show(own("≡ Ctrl+P", FAINT))

    async def on_click(self) -> None:
        await self.run_action("app.all_acts")


class CommandLine(Vertical):
    """What was understood, and the field."""

    class Submitted(Message):
        """Enter was pressed on a text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class GivenUp(Message):
        """Escape was pressed in the field."""

    class Edited(Message):
        """The text is another one now."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, history: History, names: Callable[[], Iterable[str]]) -> None:
        super().__init__(id="saying")
        self.history = history
        self._names = names

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="told", can_focus=False):
            yield SafeStatic(id="told-text")
        with Horizontal(id="line-row"):
            yield LineInput(self.history, self._names)
            yield AllActs(id="all-acts")

    def on_mount(self) -> None:
        self.query_one("#told").display = False

    @property
    def field(self) -> Input:
        return self.query_one("#line", Input)

    def tell(self, content: Content, *, awaits: bool = False) -> None:
        """Show what was understood or answered; nothing takes the space away. `awaits`: Enter does what is shown."""
        self.query_one(LineInput).await_enter(doing=awaits)
        self.screen.refresh_bindings()
        box = self.query_one("#told")
        box.display = bool(content)
        self.query_one("#told-text", SafeStatic).show(content)
        box.scroll_home(animate=False)

    def write(self, text: str) -> None:
        """Put a text into the field, as if typed, and go there."""
        self.field.value = text
        self.field.cursor_position = len(text)
        self.field.focus()

    @on(Input.Submitted, "#line")
    def on_line(self, event: Input.Submitted) -> None:
        event.stop()
        if text := event.value.strip():
            self.history.add(text)
            self.post_message(self.Submitted(text))

    @on(Input.Changed, "#line")
    def on_edited(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Edited(event.value.strip()))
