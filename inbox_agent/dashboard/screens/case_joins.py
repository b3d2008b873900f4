"""What belongs to a case: joining it with another, parting them again, taking a mail out that does not."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work

from inbox_agent.dashboard.messages import CaseWanted
from inbox_agent.dashboard.safe import tell
from inbox_agent.dashboard.saying import SayingScreen
from inbox_agent.dashboard.screens.case_desk import CaseDesk
from inbox_agent.dashboard.screens.joining import JoinWindow, PartWindow
from inbox_agent.dashboard.screens.under import TakeOutWindow, WhichCaseWindow, likely, others
from inbox_agent.texts import gettext as _
from state.model import Case, CaseKey


class CaseJoins(CaseDesk, SayingScreen):
    """By a key or by the line; both cases are shown before anything is done."""

    @work
    async def action_join(self) -> None:
        if self.found is None:
            return
        who, today, mine = self.found.case.subject, self.context.today(), self.found.case.number

        async def find(text: str) -> tuple[Case, ...]:
            found = await self.look(lambda views: others(views, today, text, likely(views, today, who)))
            return tuple(case for case in found or () if case.number != mine)

        named = await self.app.push_screen_wait(WhichCaseWindow(_("Join with which case?"), find))
        if named is not None:
            await self.join_with([named])

    async def join_with(self, named: Sequence[str]) -> bool:
        """With the case that was named; the one that goes on is opened. Runs in a worker."""
        if self.found is None:
            return False
        meant = {name: await self.answers.find(name) for name in named}
        if unknown := [name for name, case in meant.items() if case is None]:
            told = _("No single open case is meant by {names}.").format(names=", ".join(unknown))
            tell(self, told, severity="warning")
            return False
        further = {case for case in meant.values() if case is not None} - {self.case_key}
        if len(further) != 1:
            tell(self, _("Two cases are joined at a time: this one and one other."), severity="warning")
            return False
        [key] = further
        if (other := await self.look(lambda views: views.case(key))) is None:
            return False
        if not await self.app.push_screen_wait(JoinWindow(self.found.case, other)):
            return False
        kept: list[CaseKey] = []
        done = await self.act(
            lambda review: kept.append(review.cases.join(self.case_key, other.key)), _("The cases are joined.")
        )
        if done and kept != [self.case_key]:
            self.app.post_message(CaseWanted(kept[0]))
        return done

    @work
    async def action_part(self) -> None:
        """From the case that went over, or from the one that goes on: then the newest joining is undone."""
        if self.found is None:
            return
        gone = self.found.case if self.found.goes_on else self.found.took_in[-1]
        stays = self.found.goes_on or self.found.case
        if await self.app.push_screen_wait(PartWindow(stays, gone)):
            await self.act(lambda review: review.cases.part(gone.key), _("They are two cases again."))

    @work
    async def action_take_out(self) -> None:
        """A mail that a person put under this case by mistake goes back where it lay."""
        if self.found is None or not self.found.placed:
            return
        mail = await self.app.push_screen_wait(TakeOutWindow(self.found.placed, self.found.case))
        if mail is not None:
            await self.act(lambda review: review.cases.take_out(mail), _("The mail is out of the case again."))
