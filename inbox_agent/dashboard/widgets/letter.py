"""The letter beside the conversation: whom it goes to, its text to edit, what is wrong with it.

Owns the unsaved text. Saves nothing and approves nothing: the case's screen does, through the gateway. What
somebody else changes meanwhile never overwrites what is being typed; it is said instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Selection as Marked  # not a list's

from inbox_agent.dashboard import keys
from inbox_agent.dashboard.context import Context
from inbox_agent.dashboard.difference import difference
from inbox_agent.dashboard.readings import Dossier, Post
from inbox_agent.dashboard.safe import SafeButton, SafeInput, SafeStatic, SafeTextArea, exact, mail_line, own
from inbox_agent.dashboard.steps import NO_BLOCKS, Blocks, blocks
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.phrasing import words
from inbox_agent.rules import letters
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.surroundings import Surroundings
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from replies.linter import Finding, lint
from replies.template_words import template_words
from replies.wording import Severity
from state.model import Draft, DraftStatus

LINT_AFTER = 0.3  # seconds without typing
TICK = 1.0  # seconds: the time to undo is counted down


@dataclass(frozen=True, slots=True)
class Written:
    """Subject and body as they stand in the fields."""

    subject: str
    body: str


def findings(context: Context, found: Dossier, post: Post, written: Written) -> tuple[Finding, ...]:
    """What the linter says of the text as it stands. A text that was let go is read as if its reader were known."""
    draft = post.draft
    let_go = post.let_go and written == Written(draft.subject, draft.body)
    against = letters.as_written(found.case, draft, context.profile, context.today(), found.duties, let_go=let_go)
    template = template_words(against, draft.original_body, helsinki_date(draft.created_at))
    # What stands in the fields is harmless for a terminal: what it is compared with is made so, too.
    shown = replace(draft, original_body=exact(draft.original_body))
    beside = Surroundings(found.case, context.profile, found.others, found.sent, found.known.messages, found.notes)
    around = beside.around(shown, written.body, exact(template), context.today())
    return lint(written.body, written.subject, against, around)


def barred(context: Context, found: Dossier, post: Post | None) -> Blocks:
    """What stands in the way of approving a letter as it is stored."""
    if post is None or post.draft.status is not DraftStatus.PROPOSED:
        return NO_BLOCKS
    written = Written(exact(post.draft.subject), exact(post.draft.body))
    return blocks(post, written.body, findings(context, found, post, written))


class LetterPane(VerticalScroll):
    """One letter with its fields."""

    class Changed(Message):
        """The text in the fields changed, or was replaced."""

    def __init__(self, context: Context) -> None:
        super().__init__(id="letter")
        self._with = context
        self._found: Dossier | None = None
        self._post: Post | None = None
        self._typing: Timer | None = None
        self._place = ""
        self._offered: tuple[str, ...] = ()
        self._writing = False  # else the letter is read, and every key does what it does in the conversation
        self.overtaken = False  # somebody else changed the letter while it was being edited here

    def compose(self) -> ComposeResult:
        yield SafeStatic(id="recipient")
        yield SafeStatic(id="letter-state")
        yield SafeInput(id="subject")
        yield SafeTextArea(id="letter-text")
        yield SafeStatic(id="letter-difference")
        yield SafeStatic(id="findings")
        with Vertical(id="no-letter"):
            yield SafeStatic(own(_("No letter is waiting."), FAINT))
            yield Vertical(id="acts")

    def on_mount(self) -> None:
        self.set_interval(TICK, self._show_state)
        self._show_fields()

    # -- what is shown ----------------------------------------------------------------------------

    @property
    def post(self) -> Post | None:
        return self._post

    def show(self, found: Dossier, post: Post | None, number: int = 0) -> None:
        """Show this letter, number `number` of the case's. Unsaved text of the same letter stays."""
        self._place = f" {number + 1}/{len(found.letters)} (m)" if len(found.letters) > 1 else ""
        same = self._post is not None and post is not None and self._post.draft.key == post.draft.key
        self._found = found
        if same and self.dirty:
            changed = post is not None and self._post is not None and post.draft.text_hash != self._post.draft.text_hash
            self.overtaken = self.overtaken or changed
            if not changed:
                self._post = post
        else:
            self.overtaken = False
            self._post = post
            self._fill()
        self._show_fields()

    def reload(self, post: Post) -> None:
        """Throw the unsaved text away and show the stored one."""
        self._post, self.overtaken = post, False
        self._fill()
        self._show_fields()

    def _fill(self) -> None:
        if self._post is None:
            return
        draft = self._post.draft
        with self.prevent(Input.Changed, TextArea.Changed):
            self.query_one("#subject", Input).value = exact(draft.subject)
            area = self.query_one("#letter-text", TextArea)
            if area.text != exact(draft.body):
                area.load_text(exact(draft.body))

    def _show_fields(self) -> None:
        post = self._post
        for part in self.query("#recipient, #letter-state, #subject, #letter-text, #letter-difference, #findings"):
            part.display = post is not None
        self.query_one("#no-letter").display = post is None
        if post is None:
            return
        editable = post.draft.status is DraftStatus.PROPOSED
        self.query_one("#subject", Input).disabled = not editable
        self.query_one("#letter-text", TextArea).read_only = not (editable and self._writing)
        postal = self._found.case.postal if self._found else ""
        self.query_one("#recipient", SafeStatic).show(recipient(post.draft, postal))
        self._show_state()
        self._show_judgement()

    def _show_state(self) -> None:
        if self._post is None:
            return
        what = f"{words.letter(self._post.draft.letter)}{self._place}"
        parts = [own(what, "bold"), told.letter_state(self._post, self._with.now())]
        if self.overtaken:
            parts.append(own(_("▲ Somebody else has changed this letter. Ctrl+R shows theirs."), "$text-warning"))
        elif self.dirty:
            parts.append(own(_("✎ Changes not saved yet (Ctrl+S)"), "$text-warning"))
        self.query_one("#letter-state", SafeStatic).show(told.joined(parts))

    def _show_judgement(self) -> None:
        if self._post is None or self._found is None:
            return
        draft = self._post.draft
        self.query_one("#letter-difference", SafeStatic).show(_changed(draft, self.written))
        editable = draft.status is DraftStatus.PROPOSED
        remarks = findings(self._with, self._found, self._post, self.written) if editable else ()
        self.query_one("#findings", SafeStatic).show(told.findings(remarks) if editable else Content(""))

    async def offer(self, acts: Sequence[Binding]) -> None:
        """Where no letter waits, offer what else may be done, for the mouse and for learning the keys."""
        offered = tuple(act.action for act in acts)
        if offered == self._offered:
            return
        self._offered = offered
        holder = self.query_one("#acts", Vertical)
        await holder.remove_children()
        await holder.mount_all(
            SafeButton(
                Content.assemble((f" {keys.shown(act)} ", "bold $footer-key-foreground"), f" {act.description}"),
                id=f"act-{act.action}",
                action=f"screen.{act.action}",
            )
            for act in acts
        )

    # -- the text ---------------------------------------------------------------------------------

    @property
    def written(self) -> Written:
        subject = self.query_one("#subject", Input).value
        return Written(subject, self.query_one("#letter-text", TextArea).text)

    @property
    def dirty(self) -> bool:
        """Whether the fields hold something else than the store."""
        if self._post is None or self._post.draft.status is not DraftStatus.PROPOSED:
            return False
        draft = self._post.draft
        return self.written != Written(draft.subject, draft.body)

    def focus_text(self, *, writing: bool) -> None:
        """Go to the text, to write or only to read; where there is none, to the pane itself."""
        self._writing = writing
        self._show_fields()
        area = self.query_one("#letter-text", TextArea)
        (area if area.display else self).focus()

    def go_to_fault(self) -> None:
        """Mark the first place in the text that the linter calls wrong; what is typed takes its place."""
        if self._post is None or self._found is None or not self.query_one("#letter-text", TextArea).display:
            return
        found = findings(self._with, self._found, self._post, self.written)
        spans = [each.span for each in found if each.severity is Severity.ERROR and each.span]
        if spans and self._post.draft.status is DraftStatus.PROPOSED:
            area = self.query_one("#letter-text", TextArea)
            text = area.text
            area.selection = Marked(*(_location(text, place) for place in spans[0]))
            area.scroll_cursor_visible()

    @property
    def has_focus_within(self) -> bool:
        """Whether the person is in the letter."""
        return self.has_focus or any(part.has_focus for part in self.query("#subject, #letter-text"))

    def replace_body(self, body: str) -> None:
        """Put another text into the field, as if typed."""
        self.query_one("#letter-text", TextArea).text = exact(body)

    def on_click(self, event: Click) -> None:
        """Who clicks into the text writes there."""
        if event.widget is self.query_one("#letter-text"):
            self.focus_text(writing=True)

    @on(Input.Changed, "#subject")
    @on(TextArea.Changed, "#letter-text")
    def on_text_changed(self) -> None:
        self._show_state()
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(LINT_AFTER, self._show_judgement)
        self.post_message(self.Changed())


def _location(text: str, place: int) -> tuple[int, int]:
    """Line and column of a place in a text."""
    before = text[:place].split("\n")
    return len(before) - 1, len(before[-1])


def recipient(draft: Draft, postal: str = "") -> Content:
    """To, large: a letter in the wrong hands cannot be called back. One on paper goes to the `postal` address."""
    to, label = draft.envelope.to, _("TO  ")
    name = [mail_line(to.name).stylize("bold")] if to.name else []
    written = [line for line in postal.splitlines() if line.strip()] if draft.on_paper else [to.address]
    address = (mail_line(line).stylize("bold $text-primary") for line in written)
    how = own(_("on paper, delivered by a person"), FAINT if written else "bold $text-primary")
    first, *rest = (*name, *address, *([how] if draft.on_paper else []))
    return told.joined((own(label, "bold") + first, *(own(" " * len(label)) + line for line in rest)))


def _changed(draft: Draft, written: Written) -> Content:
    found = difference(exact(draft.original_body), written.body)
    if not found:
        return own(_("{letter}: as the template gave it").format(letter=words.letter(draft.letter)), FAINT)
    added = ngettext("{n} line added", "{n} lines added", found.added).format(n=found.added)
    removed = ngettext("{n} line removed", "{n} lines removed", found.removed).format(n=found.removed)
    return own(_("Changed from the template: {added}, {removed}").format(added=added, removed=removed), "$text-accent")
