"""What the acts of a case's screen share: the case, the letter in view, and reading them anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from inbox_agent.dashboard.context import Context, DeskScreen
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.readings import Dossier, Post
from inbox_agent.dashboard.screens.asking import ExtensionWindow
from inbox_agent.dashboard.screens.remember import propose_lesson
from inbox_agent.dashboard.screens.window import Confirm
from inbox_agent.dashboard.widgets.letter import LetterPane
from inbox_agent.rules import letters, outcomes
from inbox_agent.rules.duties import TOLD
from inbox_agent.services.deciding import Choice
from inbox_agent.services.review import Review
from inbox_agent.texts import gettext as _
from replies.drafting import IDENTITY
from replies.errors import MissingFacts
from replies.facts import Fact
from state.model import CaseKey, DutyStatus, Letter, Outcome, RequestKey


class CaseDesk(DeskScreen):
    """One case on the screen. `found` is None until it has been read."""

    def __init__(self, context: Context, case: CaseKey) -> None:
        super().__init__(context)
        self.case_key = case
        self.found: Dossier | None = None
        self.letter_number = 0

    async def correct(self, do: Callable[[Review], object], said: str) -> bool:
        """Do it; then propose what it teaches of the mail that opened the case. Whether it was done."""
        if not await self.act(do, said):
            return False
        await propose_lesson(self, lambda learning: learning.lesson_of_case(self.case_key))
        return True

    async def write_answer(self, choices: tuple[Choice, ...]) -> bool:
        """Write the answer of these outcomes. Where it would tell of data too early, ask whether it is written all
        the same: it cannot be approved then before somebody lets it go. Whether it was written.
        """
        error = await self.tried(lambda review: review.outcomes.choose(self.case_key, choices))
        if error is None:
            return self.ended(None, await self._answer_written())
        if not (isinstance(error.cause, MissingFacts) and IDENTITY in error.cause.names):
            return self.ended(error)
        early = _(
            "Who asks is not established well enough for this answer. It can be written now, but not approved"
            " before the identity is established (i), or you let it go with a reason (Shift+L)."
        )
        if not await self.app.push_screen_wait(Confirm(_("Write it all the same?"), early, _("Write it"))):
            return False
        return await self.act(
            lambda review: review.outcomes.choose(self.case_key, choices, unidentified=True),
            _("The answer is written. Read it."),
        )

    async def _answer_written(self) -> str:
        """That it is there; and why it promises what the person may have done already."""
        said = _("The answer is written. Read it.")
        try:
            laid = await self.context.gateway.read(lambda views: views.duties(self.case_key))
        except NotDone:  # a busy store: the letter tells it, too
            return said
        if not any(duty.kind in TOLD and duty.status is DutyStatus.OPEN for duty in laid):
            return said
        return _(
            "The answer is written. Read it: it promises what is an open task (k), and tells as done what you tick."
        )

    def offered(
        self, asked: Mapping[RequestKey, Mapping[Outcome, tuple[Fact, ...]]]
    ) -> Mapping[RequestKey, Mapping[Outcome, tuple[Fact, ...]]]:
        """Those of the outcomes that may be told to whoever asks, as far as that is known."""
        requests = {request.key: request for request in self.found.case.requests} if self.found else {}
        return {
            key: {
                outcome: facts
                for outcome, facts in each.items()
                if self.found is None or outcome not in outcomes.untold(self.found.case, requests[key])
            }
            for key, each in asked.items()
        }

    async def ask_extension(self, said: Mapping[str, str]) -> bool:
        """Ask for the reason of an extension, what was said of it filled in; whether its notice was written. Runs in a
        worker.
        """
        if self.found is None:
            return False
        try:
            proposed = await self.context.gateway.act(
                lambda review: review.letters.proposals(self.case_key, Letter.EXTENSION)
            )
        except NotDone as error:
            self.complain(error)
            return False
        known = said if any(said.values()) else proposed
        facts = await self.app.push_screen_wait(ExtensionWindow(self.found.case, self.context.today(), known))
        return facts is not None and await self.act(
            lambda review: review.letters.propose(self.case_key, Letter.EXTENSION, facts=facts),
            _("The notice is written. The dates move when it has been sent."),
        )

    @property
    def late(self) -> bool:
        """Whether the day promised in the case in view has passed."""
        return self.found is not None and letters.late(self.found.case, self.context.today())

    @property
    def owed_once(self) -> tuple[Fact, ...]:
        """What the answer of the case in view tells once, whatever its rights."""
        if self.found is None:
            return ()
        return letters.owed_once(self.found.case, self.context.today(), self.found.known.contact)

    @property
    def pane(self) -> LetterPane:
        return self.query_one(LetterPane)

    @property
    def post(self) -> Post | None:
        """The letter in view."""
        if not self.found or not self.found.letters:
            return None
        return self.found.letters[self.letter_number % len(self.found.letters)]
