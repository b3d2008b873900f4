"""Mail text on the screen: nothing in it acts on the terminal or on the program."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import OptionList, SelectionList
from textual.widgets.selection_list import Selection

import inbox_agent.dashboard
from inbox_agent.dashboard import safe
from inbox_agent.dashboard.safe import SafeOption, SafeOptionList, SafeSelect, TickList, own
from inbox_agent.dashboard.widgets.told import underlined
from state.model import RequestKind
from tests.dashboard_desk import Desk, press, screen_text, settled
from tests.dashboard_hostile import HOSTILE, IDENTITY_CODE
from tests.dashboard_terminal import CSI, in_a_terminal

SOURCES = sorted(Path(inbox_agent.dashboard.__file__).parent.rglob("*.py"))
# Widgets that read markup in a plain `str`, pass what is pasted into them on as it is, or fail at an early key.
RAW = {
    "Select",
    "SelectionList",
    "Static",
    "Label",
    "Button",
    "Option",
    "OptionList",
    "TextArea",
    "Input",
    "Markdown",
    "Link",
    "Log",
    "RichLog",
}
RAW |= {
    "Collapsible",
    "TabPane",
    "DataTable",
    "Tree",
    "ListItem",
    "Checkbox",
    "RadioButton",
    "Digits",
    "MarkdownViewer",
}
LABELLED = {"Tab", "Selection"}  # Textual's own, allowed with a label made by `own`
ACTING = ("from_markup", "from_ansi", "from_text")

CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
POINTER = "\x1b]22;default\x07"  # Textual's own: the shape of the mouse pointer


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    """Every call in the dashboard but those of the safe room itself."""
    for source in SOURCES:
        if source.name == "safe.py":
            continue
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                yield source, node, name


def test_no_widget_that_reads_markup_is_made_outside_the_safe_room() -> None:
    assert [(source.name, node.lineno) for source, node, name in calls() if name in RAW | set(ACTING)] == []


def test_labels_of_textuals_own_widgets_are_content() -> None:
    wrong = [
        (source.name, node.lineno)
        for source, node, name in calls()
        if name in LABELLED
        and not (isinstance(node.args[0], ast.Call) and ast.unparse(node.args[0].func) in {"own", "checked"})
    ]
    assert wrong == []


def test_notices_go_through_the_safe_room() -> None:
    assert [(source.name, node.lineno) for source, node, name in calls() if name == "notify"] == []


def test_markup_is_never_switched_on() -> None:
    switched = [keyword for _, node, _ in calls() for keyword in node.keywords if keyword.arg == "markup"]
    assert switched == []
    titles = re.compile(r"\.(border_title|border_subtitle|tooltip|loading)\s*=")
    assert [source.name for source in SOURCES if titles.search(source.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("widget", [safe.SafeStatic, lambda text: safe.SafeButton(text, id="b"), safe.SafeOption])
def test_a_plain_string_is_refused(widget: object) -> None:
    with pytest.raises(TypeError):
        widget("[@click=app.exit]here[/]")  # type: ignore[operator]


@given(st.text())
def test_whatever_is_shown_holds_no_control_character(text: str) -> None:
    for made in (safe.mail(text), safe.mail_line(text), safe.own(text), safe.checked(Content(text))):
        assert not CONTROLS.search(safe.checked(made).plain)
    assert "\n" not in safe.mail_line(text).plain


@given(st.text(), st.lists(st.text(min_size=1), max_size=5))
def test_underlining_changes_no_letter(text: str, phrases: list[str]) -> None:
    shown = safe.plain(text)
    assert underlined(shown, phrases).plain == Content(shown).plain


def test_hostile_mails_reach_the_terminal_as_letters_only(tmp_path: Path) -> None:
    """Every screen, driven in a real terminal: no sequence, no control, no turned text of theirs comes through."""
    status, written = in_a_terminal([sys.executable, "-m", "tests.dashboard_hostile", str(tmp_path)])
    assert status == 0, written[-2000:]
    assert "not shown: []" in written
    rest = CSI.sub("", written.replace(POINTER, ""))
    assert "poistakaa tietoni" in rest  # their words did come through
    assert "\x1b[38;5;123m" not in written
    assert [(found[0], rest[max(found.start() - 60, 0) : found.end()]) for found in CONTROLS.finditer(rest)][:3] == []
    assert IDENTITY_CODE not in written


def test_the_attack_is_worth_the_name() -> None:
    """The hostile text holds every kind of character that must not come through."""
    assert len(set(CONTROLS.findall(HOSTILE))) > 10
    assert all(attack in HOSTILE for attack in ("[/]", "[@click=", "\x1b]52", "\x9b", "\u202e"))


class Lists(App[None]):
    """Every kind of list, none of it drawn."""

    def compose(self) -> ComposeResult:
        yield SafeOptionList(SafeOption(own("a")), id="options")
        yield SafeSelect([(own("a"), 1), (own("b"), 2)], value=2)
        yield TickList(Selection(own("a"), 1))

    def on_mount(self) -> None:
        for widget in self.query(Widget):
            widget.styles.display = "none"


async def test_a_key_that_comes_before_a_list_is_drawn_ends_nothing() -> None:
    """A hand is quicker than a busy machine: lists that are leafed through too early stay where they are."""
    async with Lists().run_test() as pilot:
        for found in pilot.app.query(OptionList):
            found.highlighted = 0
            found._clear_caches()
            found.action_page_down()
            found.action_page_up()
        assert len(pilot.app.query(OptionList)) == 3


async def test_a_tick_is_a_sign_and_not_a_colour_alone(tmp_path: Path) -> None:
    """What is ticked and what is not differ in their letters, for eyes that tell no colours apart."""
    app = Desk(tmp_path / "inbox.db").app()
    async with app.run_test(size=(80, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        app.screen.query_one("#kinds", SelectionList).select(RequestKind.ERASURE)
        await settled(pilot)
        shown = screen_text(app)
    assert "☑   erasure" in shown
    assert "☐   rectification" in shown


class OneField(App[None]):
    CSS = "SafeTextArea { border: none; padding: 0; }"

    def compose(self) -> ComposeResult:
        yield safe.SafeTextArea("yksi kaksi kolme neljä")


def rows(app: App[None]) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


async def test_a_field_that_was_drawn_before_its_lines_were_broken_anew_is_drawn_again() -> None:
    """Else words of a letter vanish from sight: the line with the cursor is drawn anew, those below it are not."""
    app = OneField()
    async with app.run_test(size=(20, 5)) as pilot:
        area = app.query_one(safe.SafeTextArea)
        area.wrapped_document.wrap(12)
        area.move_cursor((0, 3))
        await pilot.pause()
        assert rows(app)[:2] == ["yksi kaksi", "kolme neljä"]
        area.post_message(Resize(area.size, area.virtual_size))
        await pilot.pause()
        assert rows(app)[:2] == ["yksi kaksi kolme", "neljä"]
