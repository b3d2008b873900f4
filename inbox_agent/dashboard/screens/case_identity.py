"""Recording in an open case who asks: by key, or filled in with what was said of it."""

from __future__ import annotations

from textual import work

from inbox_agent.dashboard.readings import judge
from inbox_agent.dashboard.screens.case_desk import CaseDesk
from inbox_agent.dashboard.screens.who_asks import Identified, SaidProof, WhoAsksWindow
from inbox_agent.rules.joint import proposed
from inbox_agent.services.who_asks import WhoAsks
from inbox_agent.texts import gettext as _
from state.model import CaseKey


class CaseIdentity(CaseDesk):
    """The act of recording is one, whichever way it was begun."""

    @work
    async def action_identity(self) -> None:
        await self.record_identity()

    async def record_identity(self, said: SaidProof | None = None) -> bool:
        """Ask what was seen of who asks, beginning with what was `said` of it already; whether something was recorded.
        Runs in a worker.
        """
        if self.found is None:
            return False
        judged = judge(self.found, self.context.profile, self.context.today())
        earlier = proposed(self.found.case, self.found.known.messages)
        joint = self.context.profile.controller.joint
        asked = WhoAsksWindow(*judged, earlier, said, case=self.found.case.number, joint=joint)
        identified = await self.app.push_screen_wait(asked)
        return identified is not None and await self.act(
            lambda review: _record(review.who_asks, self.case_key, identified), _("Recorded.")
        )


def _record(who: WhoAsks, case: CaseKey, said: Identified) -> None:
    """What a person says of who asks, in the order in which it bears on one another; all of it or nothing."""
    with who.store.transaction():
        if said.earlier:
            who.received_earlier(case, said.earlier.on, said.earlier.by)
        if said.on_file:
            who.on_file(case, said.on_file)
        if said.kind is not None:
            who.prove(case, said.kind, said.level, said.words)
        if said.new_code:
            who.send_code(case)
