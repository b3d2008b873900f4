"""The chosen line of the first screen, told beside the list where the terminal is wide enough."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from inbox_agent.dashboard import steps
from inbox_agent.dashboard.context import Context
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.readings import Dossier, dossier
from inbox_agent.dashboard.safe import SafeStatic, mail_line, own
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.dashboard.widgets.clock import clock_lines
from inbox_agent.phrasing import words
from inbox_agent.rules.intake import FROM_AUTHORITY
from state.model import CaseKey, Message, MessageKey


class Preview(VerticalScroll):
    """What the chosen case or mail is about. Reads again whenever it is told to show."""

    def __init__(self, context: Context, *, id: str) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id, can_focus=False)
        self._with = context
        self._showing: tuple[CaseKey | None, MessageKey | None] = (None, None)

    def compose(self) -> ComposeResult:
        yield SafeStatic(id="previewed")

    @work(exclusive=True, group="preview")
    async def show_for(self, case: CaseKey | None, mail: MessageKey | None) -> None:
        """Read and show one of both, or nothing."""
        if not self.display:
            return
        if (case, mail) != self._showing:
            self.scroll_home(animate=False)
            self._showing = (case, mail)
        try:
            content = await self._content(case, mail)
        except NotDone as error:
            content = own("\n".join(error.lines), "$text-error")
        self.query_one("#previewed", SafeStatic).show(content)

    async def _content(self, case: CaseKey | None, mail: MessageKey | None) -> Content:
        if case is not None:
            found = await self._with.gateway.read(lambda views: dossier(views, case))
            return case_content(found, self._with)
        if mail is not None:
            return mail_content(await self._with.gateway.read(lambda views: views.message(mail)))
        return Content("")


def case_content(found: Dossier, context: Context) -> Content:
    """Clock, identity, what to do now, and the newest mail."""
    case, today = found.case, context.today()
    head = Content.assemble((case.number, "bold"), "  ", (words.case_status(case.status), FAINT))
    step = steps.of_case(found, found.letters[0].draft if found.letters else None, today)
    letter = found.letters[0].draft.letter if found.letters else None
    mails = [turn.message for turn in found.turns if turn.message]
    newest = (told.mail_in_full(mails[-1]),) if mails else ()
    return told.joined(
        (
            head,
            mail_line(told.party(case.subject)),
            Content(" "),
            own(f"▸ {steps.say(step, letter)}", "bold $text-primary"),
            Content(" "),
            *clock_lines(case, today),
            *(() if FROM_AUTHORITY in case.flags else (told.identity(case),)),
            Content(" "),
            *newest,
        )
    )


def mail_content(message: Message) -> Content:
    """A mail that became no case, with what the assistant thought of it."""
    return told.joined(
        (
            told.why_aside(message),
            told.understood(message),
            Content(" "),
            told.mail_in_full(message),
        )
    )
