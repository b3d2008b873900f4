"""What a person does with the letter in view: save, approve, take back, reject, settle, edit elsewhere."""

from __future__ import annotations

from datetime import date, datetime

from textual import work
from textual.app import SuspendNotSupported

from inbox_agent.dashboard import editor
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.readings import dossier, judge
from inbox_agent.dashboard.safe import tell
from inbox_agent.dashboard.screens.approve import Approval, ApproveWindow, Mend
from inbox_agent.dashboard.screens.asking import DifferenceWindow, SettleWindow
from inbox_agent.dashboard.screens.case_desk import CaseDesk
from inbox_agent.dashboard.screens.later import LaterWindow
from inbox_agent.dashboard.screens.let_go import LetGoWindow
from inbox_agent.dashboard.screens.record import DeliveredWindow
from inbox_agent.dashboard.screens.window import Confirm
from inbox_agent.dashboard.widgets.letter import findings
from inbox_agent.phrasing import identity
from inbox_agent.phrasing.paper import recorded
from inbox_agent.texts import gettext as _
from state.errors import NotIdentified
from state.model import DraftKey


class LetterActs(CaseDesk):
    """Each act asks where it must, and is one call of `services.review`."""

    @work
    async def action_approve(self) -> None:
        await self.ask_approval()

    @work
    async def action_approve_later(self) -> None:
        if (moment := await self.app.push_screen_wait(LaterWindow(self.context.now()))) is not None:
            await self.ask_approval(moment)

    async def ask_approval(self, leaves_at: datetime | None = None) -> None:
        """Save what was typed, show all of it once more, and approve exactly that, to leave at once or at that time.
        Runs in a worker.
        """
        if not (await self.saved() and await self._dated(leaves_at)):
            return
        found, post = self.found, self.post
        if found is None or post is None:
            return
        draft = post.draft
        if post.held_back:
            case = found.case
            self.complain(NotDone(NotIdentified(case.number, case.identity_level, case.identity_required)))
            return
        remarks = findings(self.context, found, post, self.pane.written)
        hold = self.context.profile.replies.hold_seconds
        let_go = identity.let_go(found.case) if post.let_go else ""
        window = ApproveWindow(draft, remarks, hold, let_go=let_go, leaves_at=leaves_at, postal=found.case.postal)
        approved = await self.app.push_screen_wait(window)
        if approved is Mend.MEND:
            await self.run_action("edit")
        elif isinstance(approved, Approval):
            await self.act(
                lambda review: review.approval.approve(
                    draft.key, approved.text_hash, approved.anyway, leaves_at, owned=approved.owned
                )
            )

    @work
    async def action_let_go(self) -> None:
        """Let the letter in view go although its reader is not identified: a look of its own, before the approval's."""
        if not await self.saved():
            return
        found, post = self.found, self.post
        if found is None or post is None or not post.held_back:
            return
        found_out, _waited = judge(found, self.context.profile, self.context.today())
        said = await self.app.push_screen_wait(LetGoWindow(post.draft, found_out, found.case.postal))
        if said is not None:
            await self.act(
                lambda review: review.who_asks.let_go(post.draft.key, said.text_hash, said.reason, said.words),
                _("Recorded. It still needs your approval (a)."),
            )

    async def saved(self) -> bool:
        """Store the typed text; True where the store now holds what the fields show."""
        post, pane = self.post, self.pane
        if post is None or not pane.dirty:
            return True
        if pane.overtaken:
            tell(self, _("Somebody else has changed this letter. Ctrl+R shows theirs."), severity="warning")
            return False
        written, draft = pane.written, post.draft
        done = await self.act(
            lambda review: review.letters.edit(draft.key, written.subject, written.body, draft.text_hash), _("Saved.")
        )
        if done:
            await self._reread()
        return done

    async def _dated(self, leaves_at: datetime | None) -> bool:
        """Put the day of its leaving into the letter in view; False where it cannot leave then."""
        if (post := self.post) is None:
            return False
        before = post.draft
        try:
            after = await self.context.gateway.act(lambda review: review.approval.dated(before.key, leaves_at))
        except NotDone as error:
            self.complain(error)
            return False
        if after.text_hash != before.text_hash:
            await self._reread()
        return True

    async def _reread(self) -> None:
        if found := await self.look(lambda views: dossier(views, self.case_key)):
            self.found = found
            if self.post is not None:
                self.pane.reload(self.post)

    @work
    async def action_save(self) -> None:
        await self.saved()

    @work
    async def action_take_back(self) -> None:
        if post := self.post:
            await self.act(
                lambda review: review.approval.withdraw(post.draft.key), _("The approval is taken back. Nothing left.")
            )

    @work
    async def action_print(self) -> None:
        """Save the approved letter for the printer, and say where it is."""
        if not (post := self.post):
            return
        try:
            path = await self.context.gateway.act(lambda review: review.print_letter(post.draft.key))
        except NotDone as error:
            self.complain(error)
            return
        said = _("Saved: {path}. Print it, delete the file, and say with h when the letter was delivered.")
        tell(self, said.format(path=path), seconds=20)

    @work
    async def action_delivered(self) -> None:
        if not (post := self.post):
            return
        answer = await self.app.push_screen_wait(DeliveredWindow(self.context.today()))
        if answer is not None:
            how, on = answer
            await self._deliver(post.draft.key, how, on)

    async def _deliver(self, draft: DraftKey, how: str, on: date) -> None:
        try:
            past = await self.context.gateway.act(lambda review: review.on_paper.delivered(draft, how, on))
        except NotDone as error:
            self.ended(error)
            return
        self.ended(None)
        tell(self, recorded(past), severity="warning" if past else "information", seconds=20 if past else 5)

    @work
    async def action_reject(self) -> None:
        if not (post := self.post):
            return
        asked = Confirm(_("Reject this letter?"), _("It is not sent. The case stays open."), _("Reject"))
        if await self.app.push_screen_wait(asked):
            await self.act(lambda review: review.letters.reject(post.draft.key), _("The letter is rejected."))

    @work
    async def action_settle(self) -> None:
        if not (post := self.post):
            return
        was_sent = await self.app.push_screen_wait(SettleWindow(post))
        if was_sent is not None:
            await self.act(lambda review: review.letters.settle(post.draft.key, was_sent=was_sent))

    @work
    async def action_editor(self) -> None:
        """Let the person's own program change the text; the fields take it over."""
        if self.post is None:
            return
        try:
            text = self._edited(editor.command())
        except SuspendNotSupported:
            tell(self, _("This terminal cannot lend itself to another program."), severity="warning")
        except editor.NoEditor as error:
            said = _("The editor {command} did not work. Set EDITOR to the program you want.")
            tell(self, said.format(command=error.command), severity="error")
        else:
            self.pane.replace_body(text.rstrip() + "\n")
            await self.saved()

    def _edited(self, command: str) -> str:
        """What the person's own program makes of the text. Raises NoEditor, once the terminal is the desk's again:
        Textual (8.2) takes it back only from a block that ends well.
        """
        failed: editor.NoEditor | None = None
        text = ""
        with self.app.suspend():
            try:
                text = editor.edited(self.pane.written.body, command)
            except editor.NoEditor as error:
                failed = error
        if failed:
            raise failed
        return text

    @work
    async def action_reload(self) -> None:
        """The stored letter in the place of what was typed, which is thrown away only if the person says so."""
        if not self.post:
            return
        lost = _("What you typed and did not save is lost; the letter as it is stored takes its place.")
        if self.pane.dirty and not await self.app.push_screen_wait(
            Confirm(_("Discard your text?"), lost, _("Discard"))
        ):
            return
        self.pane.reload(self.post)

    def action_next_letter(self) -> None:
        self.letter_number += 1
        self.read()

    @work
    async def action_difference(self) -> None:
        if post := self.post:
            await self.app.push_screen_wait(DifferenceWindow(post.draft.original_body, self.pane.written.body))
