"""One case: the conversation, and beside it (or under a key) the letter that waits.

Owns the reading, the keys and what is where. The acts stand in `letter_acts` and `case_acts`; which of them
are offered is `acts`' to say.
"""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Footer

from inbox_agent.dashboard import steps
from inbox_agent.dashboard.acts import NAMES, offers
from inbox_agent.dashboard.context import Context
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.keys import key, quiet
from inbox_agent.dashboard.messages import StoreChanged
from inbox_agent.dashboard.readings import Dossier, dossier
from inbox_agent.dashboard.safe import own
from inbox_agent.dashboard.widgets.casehead import CaseHead
from inbox_agent.dashboard.widgets.conversation import Conversation
from inbox_agent.dashboard.widgets.letter import LetterPane
from inbox_agent.texts import gettext as _
from state.model import CaseKey


class CaseScreen(DeskScreen):
    """Conversation and letter of one case."""

    def __init__(self, context: Context, case: CaseKey) -> None:
        super().__init__(context)
        self.case_key = case
        self.found: Dossier | None = None
        self._quotes = False
        self._letter_number = 0

    def keys(self) -> list[Binding]:
        return [
            key("a,f8", "approve", _("Approve")),
            key("u", "take_back", _("Take back")),
            key("g", "settle", _("Did it leave?")),
            key("v", "confirm", _("It is a request")),
            key("o", "outcome", _("Outcome")),
            key("e", "edit", _("Edit")),
            key("d", "dismiss_candidate", _("Not a request")),
            quiet("d", "dismiss_case", _("Not a request")),
            key("w", "write", _("Letter")),
            key("ctrl+s", "save", _("Save"), "Ctrl+S"),
            key("tab", "switch", _("Switch"), "Tab"),
            quiet("ctrl+e", "editor", _("Edit in your own editor")),
            quiet("ctrl+r", "reload", _("Show the stored letter")),
            quiet("x", "reject", _("Reject the letter")),
            quiet("q", "ask", _("Ask for more information")),
            quiet("p", "extend", _("Extend the deadline")),
            quiet("i", "identity", _("Identity established")),
            quiet("n", "note", _("Note")),
            quiet("c", "close", _("Close the case")),
            quiet("r", "reopen", _("Open the case again")),
            quiet("m", "next_letter", _("The other letter")),
            quiet("z", "quotes", _("Show or hide quotes")),
            quiet("t", "difference", _("Changes from the template")),
            key("escape", "back", _("Back"), "Esc"),
        ]

    def compose(self) -> ComposeResult:
        yield CaseHead(self.context)
        with Horizontal(id="case"):
            yield Conversation()
            yield LetterPane(self.context.now)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(Conversation).focus()
        self.read()

    # -- reading ----------------------------------------------------------------------------------

    @on(StoreChanged)
    def on_store_changed(self) -> None:
        self.read()

    @work(exclusive=True, group="reading")
    async def read(self) -> None:
        """Read the case and show it; what is being typed stays."""
        try:
            found = await self.context.gateway.read(lambda views: dossier(views, self.case_key))
        except NotDone as error:
            self.complain(error)
            return
        await self._show(found)

    async def _show(self, found: Dossier) -> None:
        self.found = found
        self.query_one(CaseHead).show(found.case)
        post = self.post
        step = steps.of_case(found.case, post.draft if post else None, self.context.today())
        proposal = own(f"▸ {steps.say(step, post.draft.letter if post else None)}", "bold $text-primary")
        await self.query_one(Conversation).show(found, quotes=self._quotes, proposal=proposal)
        self._pane.show(found.case, post, len(found.letters), self._letter_number % max(len(found.letters), 1))
        offered = offers(found, post)
        await self._pane.offer([binding for binding in self.keys() if binding.action in offered])
        self.refresh_bindings()

    @property
    def _pane(self) -> LetterPane:
        return self.query_one(LetterPane)

    @property
    def post(self) -> Post | None:
        """The letter in view."""
        if not self.found or not self.found.letters:
            return None
        return self.found.letters[self._letter_number % len(self.found.letters)]

    # -- what may be done now ---------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "save":
            return self._pane.dirty
        if action not in NAMES:
            return True
        return self.found is not None and action in offers(self.found, self.post)

    # -- the letter -------------------------------------------------------------------------------

    @work
    async def action_approve(self) -> None:
        """Save what was typed, show all of it once more, and approve exactly that."""
        if not await self._saved():
            return
        found, post = self.found, self.post
        if found is None or post is None:
            return
        draft = post.draft
        remarks = findings(found.case, draft, self._pane.written)
        hold = self.context.profile.replies.hold_seconds
        approved = await self.app.push_screen_wait(ApproveWindow(draft, remarks, hold))
        if approved is not None:
            await self.act(lambda review: review.approve(draft.key, approved))

    async def _saved(self) -> bool:
        """Store the typed text; True where the store now holds what the fields show."""
        post, pane = self.post, self._pane
        if post is None or not pane.dirty:
            return True
        if pane.overtaken:
            tell(self, _("Somebody else has changed this letter. Ctrl+R shows theirs."), severity="warning")
            return False
        written, draft = pane.written, post.draft
        done = await self.act(
            lambda review: review.edit(draft.key, written.subject, written.body, draft.text_hash), _("Saved.")
        )
        if done:
            self.found = await self.context.gateway.read(lambda views: dossier(views, self.case_key))
            if self.post is not None:
                pane.reload(self.post)
        return done

    @work
    async def action_save(self) -> None:
        await self._saved()

    @work
    async def action_take_back(self) -> None:
        if post := self.post:
            await self.act(
                lambda review: review.withdraw_approval(post.draft.key), _("The approval is taken back. Nothing left.")
            )

    @work
    async def action_reject(self) -> None:
        if not (post := self.post):
            return
        asked = Confirm(_("Reject this letter?"), _("It is not sent. The case stays open."), _("Reject"))
        if await self.app.push_screen_wait(asked):
            await self.act(lambda review: review.reject(post.draft.key), _("The letter is rejected."))

    @work
    async def action_settle(self) -> None:
        if not (post := self.post):
            return
        was_sent = await self.app.push_screen_wait(SettleWindow(post))
        if was_sent is not None:
            await self.act(lambda review: review.settle(post.draft.key, was_sent=was_sent))

    def action_edit(self) -> None:
        self._turn_to_letter(shown=True)

    def action_switch(self) -> None:
        """From the conversation to the letter, or back."""
        self._turn_to_letter(shown=not self._pane.has_focus_within)

    def _turn_to_letter(self, *, shown: bool) -> None:
        self.set_class(shown, "-letter")
        if shown:
            self._pane.focus_text()
        else:
            self.query_one(Conversation).focus()

    @work
    async def action_editor(self) -> None:
        """Let the person's own program change the text; the fields take it over."""
        if self.post is None:
            return
        command = editor.command()
        try:
            with self.app.suspend():
                text = editor.edited(self._pane.written.body, command)
        except SuspendNotSupported:
            tell(self, _("This terminal cannot lend itself to another program."), severity="warning")
        except editor.NoEditor as error:
            said = _("The editor {command} did not work. Set EDITOR to the program you want.")
            tell(self, said.format(command=error.command), severity="error")
        else:
            self._pane.replace_body(text.rstrip() + "\n")
            await self._saved()

    def action_reload(self) -> None:
        if self.post:
            self._pane.reload(self.post)

    def action_next_letter(self) -> None:
        self._letter_number += 1
        self.read()

    @work
    async def action_difference(self) -> None:
        if post := self.post:
            await self.app.push_screen_wait(DifferenceWindow(post.draft.original_body, self._pane.written.body))

    # -- the case ---------------------------------------------------------------------------------

    @work
    async def action_confirm(self) -> None:
        if self.found is None:
            return
        proposed = tuple(request.kind for request in live_requests(self.found.case))
        kinds = await self.app.push_screen_wait(ChooseKinds(_("Which rights does the mail exercise?"), proposed))
        if kinds is not None:
            await self.act(
                lambda review: review.confirm(self.case_key, None if set(kinds) == set(proposed) else kinds),
                _("It is a request. The assistant proposes the first letter."),
            )

    @work
    async def action_dismiss_case(self) -> None:
        consequence = _(
            "Its deadlines end, proposed letters are withdrawn, and its mails go to those set aside."
            " The case can be opened again."
        )
        if await self.app.push_screen_wait(Confirm(_("Not a request?"), consequence, _("Not a request"))):
            await self.act(lambda review: review.dismiss(self.case_key), _("Set aside as no request."))

    def action_dismiss_candidate(self) -> None:
        self.action_dismiss_case()

    @work
    async def action_outcome(self) -> None:
        if self.found is None:
            return
        requests = live_requests(self.found.case)
        proposals = {
            request.key: facts.proposals(request, self.found.turns, self.context.profile, self.context.today())
            for request in requests
        }
        choices = await self.app.push_screen_wait(OutcomeWindow(requests, proposals))
        if choices is not None:
            await self.act(
                lambda review: review.choose_outcomes(self.case_key, choices), _("The answer is written. Read it.")
            )

    @work
    async def action_ask(self) -> None:
        window = WriteWindow(
            _("Ask for more information"),
            _("What should the person specify? This becomes the question of the letter."),
            _("Write the letter"),
        )
        question = await self.app.push_screen_wait(window)
        if question is not None:
            await self.act(
                lambda review: review.propose(self.case_key, Letter.MORE_INFORMATION, question=question),
                _("The letter is written. Read it."),
            )

    @work
    async def action_extend(self) -> None:
        if self.found is None:
            return
        extension = await self.app.push_screen_wait(ExtensionWindow(self.found.case, self.context.today()))
        if extension is not None:
            await self.act(
                lambda review: review.propose_extension(self.case_key, extension.reason, extension.explained),
                _("The notice is written. The dates move when it has been sent."),
            )

    @work
    async def action_write(self) -> None:
        """Another letter: acknowledgement, identity question, a ban's confirmation, or the answer anew."""
        if self.found is None:
            return
        letter = await self.app.push_screen_wait(LetterWindow(_letters(self.found)))
        if letter is not None:
            await self.act(lambda review: review.propose(self.case_key, letter), _("The letter is written. Read it."))

    @work
    async def action_identity(self) -> None:
        if self.found is None:
            return
        identified = await self.app.push_screen_wait(IdentityWindow(self.found.case))
        if identified is not None:
            await self.act(
                lambda review: review.record_identity(self.case_key, identified.level, identified.method),
                _("Recorded."),
            )

    @work
    async def action_note(self) -> None:
        window = WriteWindow(
            _("Note"), _("For us only. The person may ask to see it: write so that they can."), _("Keep it")
        )
        text = await self.app.push_screen_wait(window)
        if text is not None:
            await self.act(lambda review: review.note(self.case_key, text), _("Noted."))

    @work
    async def action_close(self) -> None:
        asked = Confirm(_("Close the case?"), _("It leaves the list. It can be opened again."), _("Close it"))
        if await self.app.push_screen_wait(asked):
            await self.act(lambda review: review.close(self.case_key), _("Closed."))

    @work
    async def action_reopen(self) -> None:
        await self.act(lambda review: review.reopen(self.case_key), _("The case is open again."))

    @on(LetterPane.Changed)
    def on_letter_changed(self) -> None:
        self.refresh_bindings()

    # -- looking ----------------------------------------------------------------------------------

    def action_quotes(self) -> None:
        self._quotes = not self._quotes
        self.read()

    @work
    async def action_back(self) -> None:
        """From the letter to the conversation; from there to the list, what was typed being saved."""
        if self.has_class("-letter") or self._pane.has_focus_within:
            self._turn_to_letter(shown=False)
            return
        if self._pane.overtaken or await self._saved():
            self.dismiss()


def _letters(found: Dossier) -> tuple[Letter, ...]:
    """The letters that may be written by choice alone; an answer only where an outcome was decided."""
    decided = any(request.status is RequestStatus.DECIDED for request in found.case.requests)
    marketing = any(request.kind is RequestKind.MARKETING_OBJECTION for request in found.case.requests)
    return (
        *((Letter.OUTCOME,) if decided else ()),
        Letter.ACKNOWLEDGEMENT,
        Letter.IDENTITY_QUESTION,
        *((Letter.MARKETING_STOPPED,) if marketing else ()),
    )
