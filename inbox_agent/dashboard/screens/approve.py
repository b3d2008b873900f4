"""The last look before a letter leaves: to whom, and every word of it.

What is shown is what is approved: the answer carries the hash of this very text, and the store refuses it
if the text has changed since. Enter does nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from inbox_agent.dashboard import times
from inbox_agent.dashboard.safe import SafeButton, SafeCheckbox, SafeInput, SafeStatic, exact, own
from inbox_agent.dashboard.screens.window import Window
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.dashboard.widgets.letter import recipient
from inbox_agent.texts import gettext as _
from replies.linter import Finding
from replies.wording import Severity
from state.model import Draft

LEAST_REASON = 10  # letters: a reason that somebody else understands later
CONFIRM_KEY = "A"  # Shift+A: the small letter opened this window, so pressing it twice approves nothing


@dataclass(frozen=True, slots=True)
class Approval:
    """The hash of the text that was shown; with linter errors also why it leaves all the same. `owned`: the person's
    own sentences in it are true and may be told.
    """

    text_hash: str
    anyway: str = ""
    owned: bool = False


class Mend(Enum):
    """The person goes back to the letter to put right what is wrong with it."""

    MEND = "mend"


class ApproveWindow(Window[Approval | Mend]):
    """Answers what was shown. With linter errors the person must write why the letter leaves all the same, or mends it
    first; their own sentences they must tick. `let_go`: what it lacks where its reader is not identified.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(CONFIRM_KEY, "approve", show=False),
        Binding("e", "mend", show=False),
    ]

    def __init__(
        self,
        draft: Draft,
        found: Sequence[Finding],
        hold_seconds: int,
        *,
        let_go: str = "",
        leaves_at: datetime | None = None,
        postal: str = "",
    ) -> None:
        super().__init__()
        self._postal = postal
        self._leaves_at = leaves_at
        self.heading = _("Send this letter?")
        self._draft = draft
        self._found = found
        self._hold_seconds = hold_seconds
        self._let_go = let_go
        self._errors = any(finding.severity is Severity.ERROR for finding in found)
        self._own = any(finding.severity is Severity.OWN for finding in found) and not self._errors

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(recipient(self._draft, self._postal), id="recipient")
        one = _("On paper: you print it and deliver it. No mail is sent.")
        mailed = _("To this one address. Nobody else gets a copy.")
        yield SafeStatic(own(one if self._draft.on_paper else mailed, FAINT))
        yield SafeStatic(
            Content.assemble((_("Subject: "), FAINT), (exact(self._draft.subject), "bold")), id="approved-subject"
        )
        if self._leaves_at:
            leaves = _("It leaves {moment}, in exactly these words; until then u in the case takes it back.")
            yield SafeStatic(own(leaves.format(moment=times.moment(self._leaves_at)), "bold $text-accent"))
        if self._let_go:
            yield SafeStatic(own(self._let_go, "$text-warning"))
        yield SafeStatic(told.findings(self._found), id="approved-findings")
        if self._errors:
            yield SafeStatic(
                own(_("To send it all the same, write below why. The reason is recorded."), "$text-warning")
            )
        if self._own:
            yield SafeCheckbox(own(_("My own sentences are true, and the reader may know them")), id="owned")
        with Vertical(id="approved-text"):
            yield SafeStatic(Content(exact(self._draft.body)))

    def buttons(self) -> Iterable[Widget]:
        if self._errors:
            yield SafeButton(Content.assemble(_("Correct the letter"), ("  e", FAINT)), id="mend", action="screen.mend")
            yield SafeInput(
                placeholder=_("why it leaves anyway, Enter"),
                id="anyway",
            )
        else:
            sending = (
                _("Approve, to be sent {moment}").format(moment=times.moment(self._leaves_at))
                if self._leaves_at
                else _("Approve, to be sent in {n} s").format(n=self._hold_seconds)
            )
            printing = _("Approve, to be printed")
            label = Content.assemble(printing if self._draft.on_paper else sending, ("  Shift+A", FAINT))
            yield SafeButton(label, id="approve", action="screen.approve")
        yield SafeButton(Content.assemble(_("Not yet"), ("  Esc", FAINT)), id="cancel", action="screen.leave")

    def on_mount(self) -> None:
        # Focus on the text, so that no key presses a button by accident.
        self.query_one("#body").can_focus = True
        self.query_one("#body").focus()

    def action_submit(self) -> None:
        """Ctrl+S of other windows: never approves."""

    def action_approve(self) -> None:
        if self._errors:
            return
        if self._own and not self.query_one("#owned", SafeCheckbox).value:
            said = _("Your own sentences stand in the letter: tick that they are true (space), or take them out.")
            self.problem(said, "#owned")
            return
        self.dismiss(Approval(self._draft.text_hash, owned=self._own))

    def action_mend(self) -> None:
        if self._errors:
            self.dismiss(Mend.MEND)

    @on(Input.Submitted, "#anyway")
    def on_anyway(self, event: Input.Submitted) -> None:
        why = event.value.strip()
        if len(why) >= LEAST_REASON:
            self.dismiss(Approval(self._draft.text_hash, why))
        else:
            self.problem(_("Write in a few words why, or correct the letter first."))
