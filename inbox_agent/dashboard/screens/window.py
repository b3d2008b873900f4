"""Small windows over a screen: each asks one thing and hands back the answer, or None on Escape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widget import Widget

from inbox_agent.dashboard.safe import SafeButton, SafeStatic, own
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.texts import gettext as _

Answer = TypeVar("Answer")

_FRAME = 6  # lines of a window that are not its body: border, heading, buttons
_WIDTH = 84  # cells of a window, where there are so many
_SIDES = 4  # cells of it that are not text: border, padding


class Window(ModalScreen[Answer | None]):
    """A titled window with a body that scrolls and a row of buttons that does not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s", "submit", show=False, priority=True),
    ]

    heading = ""  # filled by each window, in the interface's language
    submit_label = ""
    read_first = False  # whether the body has the focus to begin with, so that the arrows scroll it
    _missing = Content("")  # what the person has not said yet

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield SafeStatic(own(self.heading, "bold"), id="heading")
            with VerticalScroll(id="body", can_focus=self.read_first) as body:
                body.styles.max_height = self._room  # from the first moment: no window is drawn without its buttons
                yield from self.body()
            yield SafeStatic(id="problem")
            with Horizontal(id="buttons"):
                yield from self.buttons()

    def on_mount(self) -> None:
        if self.read_first:
            self.query_one("#body").focus(scroll_visible=False)

    def on_resize(self, event: Resize) -> None:
        for body in self.query("#body"):  # a window that is closing may be resized when its parts are gone already
            body.styles.max_height = self._room

    @property
    def _room(self) -> int:
        """Lines for the body, which scrolls before the buttons leave the screen."""
        missing = -(-self._missing.cell_length // (min(self.app.size.width, _WIDTH) - _SIDES)) + 1
        return max(self.app.size.height - _FRAME - (missing if self._missing else 0), 1)

    def body(self) -> Iterable[Widget]:
        """The window's own widgets."""
        raise NotImplementedError

    def buttons(self) -> Iterable[Widget]:
        yield SafeButton(keyed(self.submit_label or _("Done"), "Ctrl+S"), id="submit", action="screen.submit")
        yield SafeButton(keyed(_("Cancel"), "Esc"), id="cancel", action="screen.leave")

    def answer(self) -> Answer | None:
        """What the person said; None, with `problem` shown, where something is missing."""
        raise NotImplementedError

    def action_submit(self) -> None:
        self.problem("")
        if (answer := self.answer()) is not None:
            self.dismiss(answer)

    def action_leave(self) -> None:
        self.dismiss(None)

    def problem(self, text: str, field: str = "") -> None:
        """Say what is missing, and go to the `field` (a selector) that lacks it; empty text takes it away."""
        self._say(own(text, "$text-error"))
        if field:
            self.query_one(field).focus()

    def remark(self, text: str) -> None:
        """Say in passing what is still to be done, in the place of a problem."""
        self._say(own(text, FAINT))

    def _say(self, content: Content) -> None:
        self._missing = content
        line = self.query_one("#problem", SafeStatic)
        line.show(self._missing)
        line.display = bool(content)
        self.query_one("#body").styles.max_height = self._room


def keyed(label: str, key: str) -> Content:
    """A button's label with the key that does the same."""
    return Content.assemble(label, "  ", (key, FAINT))


def labelled(text: str) -> SafeStatic:
    """The name of the field below it."""
    return SafeStatic(own(text, "bold"), classes="label")


class Confirm(Window[bool]):
    """A yes or no with its consequences said."""

    def __init__(self, heading: str, consequence: str, yes: str) -> None:
        super().__init__()
        self.heading = heading
        self.submit_label = yes
        self._consequence = consequence

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(own(self._consequence))

    def answer(self) -> bool:
        return True
