"""Letting one answer go although its reader is not identified: what is missing, what leaves, and why all the same.

The first of two looks; the approval, which shows the letter again, is the second. The answer carries the hash of this
very text, so that a changed one needs a new look. Enter and Ctrl+S do nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Select

from inbox_agent.dashboard.safe import (
    SafeButton,
    SafeInput,
    SafeSelect,
    SafeStatic,
    exact,
    own,
)
from inbox_agent.dashboard.screens.approve import LEAST_REASON
from inbox_agent.dashboard.screens.window import Window, keyed, labelled
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets.letter import recipient
from inbox_agent.phrasing import identity as phrases
from inbox_agent.rules.identity.assessment import Assessment
from inbox_agent.services.who_asks import REASONS
from inbox_agent.texts import gettext as _
from state.model import Draft

CONFIRM_KEY = "f9"  # no letter and not Enter: both are typed while the reason is written


@dataclass(frozen=True, slots=True)
class LetGo:
    """The hash of the text that was shown, one of `REASONS`, and the person's own words."""

    text_hash: str
    reason: str
    words: str


class LetGoWindow(Window[LetGo]):
    """One letter and what is not known of its reader."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(CONFIRM_KEY, "let_go", show=False, priority=True)]

    def __init__(self, draft: Draft, found: Assessment, postal: str = "") -> None:
        super().__init__()
        self._postal = postal
        self.heading = _("Let it go without identification?")
        self._draft = draft
        self._found = found

    def body(self) -> Iterable[Widget]:
        yield labelled(_("What is missing"))
        for line in phrases.lacking(self._found):
            yield SafeStatic(own(line, "$text-warning"))
        wrong = _("An answer in the wrong hands is a personal data breach (72 hours, Article 33).")
        yield SafeStatic(own(wrong, "bold $text-error"))
        yield labelled(_("Why it leaves all the same"))
        reasons = [(own(phrases.override_reason(reason)), reason) for reason in REASONS]
        yield SafeSelect(reasons, prompt=_("choose"), id="reason", compact=True)
        yield SafeInput(placeholder=_("in your own words; it is recorded"), id="why", compact=True)
        yield labelled(_("What leaves"))
        yield SafeStatic(recipient(self._draft, self._postal), id="recipient")
        yield SafeStatic(Content.assemble((_("Subject: "), FAINT), (exact(self._draft.subject), "bold")))
        with Vertical(id="approved-text"):
            yield SafeStatic(Content(exact(self._draft.body)))

    def buttons(self) -> Iterable[Widget]:
        yield SafeButton(keyed(_("Let it go"), "F9"), id="let-go", action="screen.let_go")
        yield SafeButton(keyed(_("Not yet"), "Esc"), id="cancel", action="screen.leave")

    def on_mount(self) -> None:
        self.query_one("#body").can_focus = True  # the letter may be longer than the window
        self.query_one("#reason").focus()

    def action_submit(self) -> None:
        """Ctrl+S of other windows: lets nothing go."""

    def action_let_go(self) -> None:
        if (said := self.answer()) is not None:
            self.dismiss(said)

    def answer(self) -> LetGo | None:
        reason, why = self.query_one("#reason", Select).value, self.query_one("#why", Input).value.strip()
        if reason not in REASONS or len(why) < LEAST_REASON:
            self.problem(
                _("Choose a reason and write in a few words why."), "#reason" if reason not in REASONS else "#why"
            )
            return None
        return LetGo(self._draft.text_hash, str(reason), why)
