"""What a person does from the lists: open, make a mail a case, record one that came by no mail, say who is away."""

from __future__ import annotations

from textual import on, work
from textual.widgets import OptionList

from inbox_agent.dashboard.messages import CaseWanted
from inbox_agent.dashboard.screens.duties import DueListScreen
from inbox_agent.dashboard.screens.hands import AwayWindow
from inbox_agent.dashboard.screens.kinds import ChooseKinds
from inbox_agent.dashboard.screens.list_desk import ListDesk
from inbox_agent.dashboard.screens.mail import MailWindow
from inbox_agent.dashboard.screens.month import MonthScreen
from inbox_agent.dashboard.screens.numbers import NumbersScreen
from inbox_agent.dashboard.screens.record import NOTHING_TOLD, RecordWindow, Told
from inbox_agent.dashboard.screens.remember import propose_lesson
from inbox_agent.texts import gettext as _
from state.model import Absence, CaseKey, MessageKey


class ListActs(ListDesk):
    """Each act asks where it must, and is one call of `services.review`."""

    @on(OptionList.OptionSelected, "#rows")
    def on_selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        if (case := self.chosen_case) is not None:
            self.app.post_message(CaseWanted(case))
        elif (mail := self.chosen_mail) is not None:
            self._look_at(mail)

    @work
    async def _look_at(self, mail: MessageKey) -> None:
        message = await self.look(lambda views: views.message(mail))
        if message is None:
            return
        if await self.app.push_screen_wait(MailWindow(message)):
            self._make_case(mail)

    def action_make_case(self) -> None:
        if (mail := self.chosen_mail) is not None:
            self._make_case(mail)

    @work
    async def _make_case(self, mail: MessageKey) -> None:
        """Ask for the rights and make the mail a case; its clock runs from the mail's own receipt."""
        kinds = await self.app.push_screen_wait(ChooseKinds(_("Which rights does the mail exercise?"), ()))
        if kinds is None:
            return
        made: list[CaseKey] = []
        if await self.act(
            lambda review: made.append(review.cases.make_case(mail, kinds)), _("The mail is now a case.")
        ):
            await propose_lesson(self, lambda learning: learning.lesson(mail))
            self.app.post_message(CaseWanted(made[0]))

    @work
    async def action_record(self) -> None:
        await self._record(NOTHING_TOLD)

    async def _record(self, known: Told) -> None:
        """Record a request that came by no mail, and open it. Runs in a worker."""
        told = await self.app.push_screen_wait(RecordWindow(self.context.today(), known))
        if told is None:
            return
        made: list[CaseKey] = []
        if await self.act(lambda review: made.append(review.on_paper.record(told)), _("Recorded; its deadline runs.")):
            self.app.post_message(CaseWanted(made[0]))

    def action_duties(self) -> None:
        self.app.push_screen(DueListScreen(self.context))

    @work
    async def action_away(self) -> None:
        await self._away(self._seen.signs.absences if self._seen else ())

    async def _away(self, found: tuple[Absence, ...]) -> None:
        """Say when the contact person is away, so that everybody knows who answers. Runs in a worker."""
        contact = self.context.profile.contact
        window = AwayWindow(contact.name, contact.deputy_name, found, self.context.today())
        absences = await self.app.push_screen_wait(window)
        if absences is not None:
            await self.act(lambda review: review.hands.away(absences), _("Recorded."))

    def action_numbers(self) -> None:
        self.app.push_screen(NumbersScreen(self.context))

    def action_month(self) -> None:
        self.app.push_screen(MonthScreen(self.context))
