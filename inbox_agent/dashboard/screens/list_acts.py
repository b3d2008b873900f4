"""What a person does from the lists: open, make a mail a case, record one that came by no mail, say who is away."""

from __future__ import annotations

from textual import on, work
from textual.widgets import OptionList

from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.messages import CaseWanted
from inbox_agent.dashboard.safe import tell
from inbox_agent.dashboard.screens.due_list import DueListScreen
from inbox_agent.dashboard.screens.hands import AwayWindow
from inbox_agent.dashboard.screens.kinds import ChooseKinds
from inbox_agent.dashboard.screens.list_desk import ListDesk
from inbox_agent.dashboard.screens.mail import Becomes, MailWindow
from inbox_agent.dashboard.screens.month import MonthScreen
from inbox_agent.dashboard.screens.numbers import NumbersScreen
from inbox_agent.dashboard.screens.record import NOTHING_TOLD, RecordWindow, Told
from inbox_agent.dashboard.screens.remember import propose_lesson
from inbox_agent.dashboard.screens.under import PutUnderWindow, WhichCaseWindow, likely, others
from inbox_agent.services.on_paper import Recorded
from inbox_agent.services.review import Review
from inbox_agent.texts import gettext as _
from state.model import Absence, Case, CaseKey, Message, MessageKey
from state.views import Views


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
        match await self.app.push_screen_wait(MailWindow(message)):
            case Becomes.CASE:
                self._make_case(mail)
            case Becomes.PART_OF_A_CASE:
                self._put_under(mail)

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

    def action_put_under(self) -> None:
        if (mail := self.chosen_mail) is not None:
            self._put_under(mail)

    @work
    async def _put_under(self, mail: MessageKey, named: str | None = None) -> None:
        """Ask under which case the mail belongs, unless it was named, show both, and put it there."""
        today = self.context.today()

        def read(views: Views) -> tuple[Message, tuple[Case, ...]]:
            message = views.message(mail)
            said = message.analysis.get("message", {}).get("text") or ""
            return message, likely(views, today, message.sender, f"{message.subject} {said}")

        if (found := await self.look(read)) is None:
            return
        message, proposed = found

        async def find(text: str) -> tuple[Case, ...]:
            return await self.look(lambda views: others(views, today, text, proposed)) or ()

        if named is None:
            named = await self.app.push_screen_wait(WhichCaseWindow(_("Under which case?"), find))
        if named is None or (key := await self._meant(named)) is None:
            return
        if (case := await self.look(lambda views: views.case(key))) is None:
            return
        kinds = await self.app.push_screen_wait(PutUnderWindow(message, case))
        if kinds is not None and await self.act(
            lambda review: review.cases.put_under(mail, key, kinds),
            _("The mail stands in the case now. Shift+U takes it out again."),
        ):
            self.app.post_message(CaseWanted(key))

    async def _meant(self, named: str) -> CaseKey | None:
        """The case that a number or a name means; told where it is none, or several."""
        try:
            key = await self.answers.find(named)
        except NotDone as error:
            self.complain(error)
            return None
        if key is None:
            told = _("No single open case is meant by {names}.").format(names=named)
            tell(self, told, severity="warning")
        return key

    @work
    async def action_record(self) -> None:
        await self._record(NOTHING_TOLD)

    async def _record(self, known: Told) -> None:
        """Record what came by no mail, and open its case. Runs in a worker."""
        from_making = self.context.profile.deadlines.count_from == "sending"
        told = await self.app.push_screen_wait(RecordWindow(self.context.today(), known, from_making=from_making))
        if told is None:
            return
        made: list[CaseKey] = []

        def record(review: Review) -> None:
            paper = review.on_paper
            made.append(paper.record(told) if isinstance(told, Recorded) else paper.from_authority(told))

        if await self.act(record, _("Recorded; its deadline runs.")):
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
