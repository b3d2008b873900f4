"""What a person does with a case: confirm, dismiss, decide, ask, extend, note, close."""

from __future__ import annotations

from collections.abc import Mapping

from textual import work

from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.screens.asking import LetterWindow, WriteWindow
from inbox_agent.dashboard.screens.duties import DutiesWindow
from inbox_agent.dashboard.screens.hands import HandOverWindow
from inbox_agent.dashboard.screens.kinds import ChooseKinds
from inbox_agent.dashboard.screens.letter_acts import LetterActs
from inbox_agent.dashboard.screens.outcome import FactsWindow, OutcomeWindow
from inbox_agent.dashboard.screens.window import Confirm
from inbox_agent.errors import UsageProblem
from inbox_agent.rules import letters
from inbox_agent.rules.letters import live_requests
from inbox_agent.texts import gettext as _
from replies.catalogue import letter_facts
from state.model import CaseStatus, Letter


class CaseActs(LetterActs):
    """Each act asks where it must, and is one call of `services.review`."""

    # -- the case ---------------------------------------------------------------------------------

    @work
    async def action_confirm(self) -> None:
        if self.found is None:
            return
        proposed = tuple(request.kind for request in live_requests(self.found.case))
        kinds = await self.app.push_screen_wait(ChooseKinds(_("Which rights does the mail exercise?"), proposed))
        if kinds is not None:
            await self.correct(
                lambda review: review.cases.confirm(self.case_key, None if set(kinds) == set(proposed) else kinds),
                _("It is a request. The assistant proposes the first letter."),
            )

    @work
    async def action_rights(self) -> None:
        """Other rights than the assistant took the mail for: those no longer meant are dropped."""
        if self.found is None:
            return
        live = tuple(request.kind for request in live_requests(self.found.case))
        window = ChooseKinds(_("Which rights does the mail exercise?"), live, _("Change the rights"))
        kinds = await self.app.push_screen_wait(window)
        if kinds is not None and set(kinds) != set(live):
            await self.correct(
                lambda review: review.cases.change_rights(self.case_key, kinds), _("The rights are changed.")
            )

    @work
    async def action_dismiss_case(self) -> None:
        consequence = _(
            "Its deadlines end, proposed letters are withdrawn, and its mails go to those set aside."
            " The case can be opened again."
        )
        if await self.app.push_screen_wait(Confirm(_("Not a request?"), consequence, _("Not a request"))):
            await self.correct(lambda review: review.cases.dismiss(self.case_key), _("Set aside as no request."))

    def action_dismiss_candidate(self) -> None:
        self.action_dismiss_case()

    @work
    async def action_outcome(self) -> None:
        if self.found is None:
            return
        requests = live_requests(self.found.case)
        try:
            asked = await self.context.gateway.act(lambda review: review.outcomes.asked(self.case_key))
            proposals = await self.context.gateway.act(lambda review: review.outcomes.proposals(self.case_key))
            to_confirm = await self.context.gateway.act(lambda review: review.outcomes.to_confirm(self.case_key))
        except NotDone as error:
            self.complain(error)
            return
        window = OutcomeWindow(requests, self.offered(asked), proposals, to_confirm, once=self.owed_once)
        choices = await self.app.push_screen_wait(window)
        if choices is not None:
            await self.write_answer(choices)

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
                lambda review: review.letters.propose(self.case_key, Letter.MORE_INFORMATION, question=question),
                _("The letter is written. Read it."),
            )

    @work
    async def action_extend(self) -> None:
        await self.ask_extension({})

    @work
    async def action_write(self) -> None:
        """Another letter: acknowledgement, identity question, a ban's confirmation, or the answer anew."""
        if self.found is None:
            return
        if letters.of_authority(self.found.case):
            self.complain(NotDone(UsageProblem("to_authority", self.found.case.number)))
            return
        found, today = self.found, self.context.today()
        possible = tuple(letter for letter in _WRITTEN if not letters.obstacle(found.case, letter, today, found.duties))
        letter = await self.app.push_screen_wait(LetterWindow(possible))
        if letter is None:
            return
        facts: Mapping[str, str] | None = {}
        if any(fact.required and not fact.computed for fact in letter_facts(letter)):
            try:
                proposed = await self.context.gateway.act(
                    lambda review: review.letters.proposals(self.case_key, letter)
                )
            except NotDone as error:
                self.complain(error)
                return
            facts = await self.app.push_screen_wait(FactsWindow(letter, proposed, late=self.late))
        if facts is not None:
            said = facts
            await self.act(
                lambda review: review.letters.propose(self.case_key, letter, facts=said),
                _("The letter is written. Read it."),
            )

    @work
    async def action_note(self) -> None:
        window = WriteWindow(
            _("Note"), _("For us only. The person may ask to see it: write so that they can."), _("Keep it")
        )
        text = await self.app.push_screen_wait(window)
        if text is not None:
            await self.act(lambda review: review.cases.note(self.case_key, text), _("Noted."))

    @work
    async def action_hand_over(self) -> None:
        """Give the case to a colleague, with a note; everybody sees whose it is."""
        handed = await self.app.push_screen_wait(HandOverWindow(self.context.profile.contact.deputy_name))
        if handed is not None:
            await self.act(
                lambda review: review.hands.hand_over(self.case_key, handed.to, handed.note),
                _("The case is handed over."),
            )

    @work
    async def action_duties(self) -> None:
        """Tick what was done, take a tick back, or lay down another task."""
        if self.found is None:
            return
        window = DutiesWindow(self.found.case, self.found.duties, self.context.today())
        changes = await self.app.push_screen_wait(window)
        if changes is not None and await self.saved():  # the letter may be written anew by what was done
            await self.act(lambda review: changes.carry_out(review, self.case_key), _("Recorded."))

    @work
    async def action_close(self) -> None:
        asked = Confirm(_("Close the case?"), _("It leaves the list. It can be opened again."), _("Close it"))
        if await self.app.push_screen_wait(asked):
            await self.act(lambda review: review.cases.close(self.case_key), _("Closed."))

    @work
    async def action_reopen(self) -> None:
        dismissed = self.found is not None and self.found.case.status is CaseStatus.DISMISSED
        reopen = self.correct if dismissed else self.act
        await reopen(lambda review: review.cases.reopen(self.case_key), _("The case is open again."))


# The letters that may be written by choice; the question and the extension have windows of their own.
_WRITTEN = (
    Letter.OUTCOME,
    Letter.ACKNOWLEDGEMENT,
    Letter.IDENTITY_QUESTION,
    Letter.IDENTITY_CODE,
    Letter.AUTHORITY_QUESTION,
    Letter.MARKETING_STOPPED,
    Letter.FEE,
    Letter.LATE_NOTICE,
    Letter.LATE_DELIVERY,
    Letter.FOLLOW_UP,
    Letter.RESTRICTION_LIFTED,
    Letter.NOT_A_REQUEST,
)
