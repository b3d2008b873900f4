"""The one door through which text reaches the terminal.

Owns the turning of text into `Content`. Text from mails goes through `mail`, `mail_line` or `exact`;
texts of the interface go through `own`. The widgets here refuse a plain `str`, because Textual would read
markup in it: a mail with `[@click=...]` would act, one with a stray `[/]` would end the program.
"""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Paste
from textual.geometry import Size
from textual.notifications import SeverityLevel
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, OptionList, Select, SelectionList, Static, TextArea
from textual.widgets._select import SelectCurrent, SelectOverlay
from textual.widgets.option_list import Option

from inbox_agent.dashboard.hanging import LISTED, hung
from inbox_agent.rules.visible import masked, visible, visible_line

Value = TypeVar("Value")


def mail(text: str) -> Content:
    """Text of a mail, made harmless, with personal identity codes masked."""
    return Content(plain(text))


def mail_line(text: str) -> Content:
    """One line of a mail's text: a name, an address, a subject, a file's name."""
    return Content(plain_line(text))


def plain(text: str) -> str:
    """The same as a string, for widgets that read no markup (an editor) and for further styling."""
    return masked(visible(text))


def plain_line(text: str) -> str:
    return masked(visible_line(text))


def exact(text: str) -> str:
    """Our own letter for reading and editing: harmless, but nothing masked, since it is sent as it stands."""
    return visible(text)


def own(text: str, style: str = "") -> Content:
    """A text of the interface itself, taken literally all the same."""
    return Content.styled(text, style) if style else Content(text)


def checked(content: object) -> Content:
    """Let only `Content` through, and of it only what is harmless: the last door before the terminal.

    Whoever made it should have sanitised its texts; where something slipped through, the styles are lost instead.
    """
    if not isinstance(content, Content):
        raise TypeError(f"only Content may be shown, not {type(content).__name__}")
    harmless = visible(content.plain)
    return content if harmless == content.plain else Content(harmless)


class SafeStatic(Static):
    """A `Static` that shows `Content` and nothing else; the lines of a list (`SIGNS`) hang under their beginning."""

    SIGNS = LISTED

    def __init__(self, content: Content = Content(""), *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002, B008  # Textual's own name; Content is immutable
        super().__init__(checked(content), id=id, classes=classes, markup=False)

    def show(self, content: Content) -> None:
        """Replace what is shown."""
        self.update(checked(content))

    def render(self) -> Content:
        return self._hung(self.content_size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._hung(width).get_height(self.styles.get_rules(), width) if width else 0

    def _hung(self, width: int) -> Content:
        content = checked(self.content)
        return hung(content, width, self.SIGNS) if width else content


class SafeButton(Button):
    """A button whose label is `Content`."""

    def __init__(self, label: Content, *, id: str, classes: str | None = None, action: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(checked(label), id=id, classes=classes, action=action, compact=True)


class SafeOption(Option):
    """One line of a list of choices."""

    def __init__(self, prompt: Content, id: str | None = None, *, disabled: bool = False) -> None:  # noqa: A002  # Textual's own name
        super().__init__(checked(prompt), id=id, disabled=disabled)


class _Leafed(OptionList):
    """A list that is leafed through once it is drawn: before that Textual knows none of its lines, and fails."""

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        if self._lines:
            super()._move_page(direction)


class SafeOptionList(_Leafed):
    """A list of choices that reads no markup."""

    def __init__(self, *options: SafeOption, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(*options, id=id, classes=classes, markup=False)


TICKED, UNTICKED = "☑", "☐"
"""The signs say it, the colour only repeats it."""


class TickList(SelectionList[Value], _Leafed):
    """A list to tick."""

    def render_line(self, y: int) -> Strip:
        left, *parts = super().render_line(y)
        index = left.style.meta.get("option") if left.style else None
        if index is None:
            return Strip([left, *parts])
        _inner, _right, gap, *line = parts
        ticked = self.get_option_at_index(index).value in self.selected
        sign = (gap.style or Style()) + Style(bold=ticked, meta={"option": index})
        return Strip([Segment(f"{TICKED if ticked else UNTICKED}   ", sign), *line])


class _Choices(SelectOverlay, _Leafed):
    """What a `SafeSelect` opens."""


class SafeSelect(Select[Value]):
    """One choice of several, closed until it is asked for."""

    def compose(self) -> ComposeResult:
        yield SelectCurrent(self.prompt)
        yield _Choices(type_to_search=self._type_to_search).data_bind(compact=Select.compact)


class SafeCheckbox(Checkbox):
    """A yes or no whose label is `Content`, with the signs of a `TickList`."""

    BUTTON_LEFT = BUTTON_RIGHT = ""

    def __init__(self, label: Content, *, id: str) -> None:  # noqa: A002  # Textual's own name
        super().__init__(checked(label), id=id, compact=True)

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802  # Textual's own name
        return TICKED if self.value else UNTICKED


class SafeInput(Input):
    """A field of one line; what it begins with and what is pasted into it is made harmless first."""

    def __init__(self, value: str = "", **more: Any) -> None:  # noqa: ANN401  # whatever Textual's own takes
        super().__init__(visible_line(value), **more)

    def on_paste(self, event: Paste) -> None:
        event.text = visible_line(event.text)


class SafeTextArea(TextArea):
    """A field of several lines; what it begins with and what is pasted is made harmless first. Tab leaves it."""

    def __init__(self, text: str = "", *, id: str | None = None, compact: bool = False) -> None:  # noqa: A002  # Textual's own name
        super().__init__(visible(text), id=id, soft_wrap=True, tab_behavior="focus", compact=compact)

    def on_paste(self, event: Paste) -> None:
        event.text = visible(event.text)

    def on_resize(self) -> None:
        """Draw it anew: it may have been drawn in its new width before its lines were broken for that (Textual 8.2).
        What is being written stays in view, however low the field has become.
        """
        self.refresh()
        if self.has_focus:
            self.call_after_refresh(self.scroll_cursor_visible)


def tell(widget: Widget, text: str, *, severity: SeverityLevel = "information", seconds: float = 5) -> None:
    """Show a passing notice; its text may name a person."""
    widget.notify(plain(text), severity=severity, timeout=seconds, markup=False)
