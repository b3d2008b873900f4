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
from inbox_agent.dashboard.steps import Blocks
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.dashboard.widgets.clock import clock_lines
from inbox_agent.dashboard.widgets.letter import barred
from inbox_agent.phrasing import words
from inbox_agent.rules.intake import FROM_AUTHORITY
from state.model import CaseKey, Message, MessageKey
from state.views import Views

_Chosen = tuple[CaseKey | None, MessageKey | None]  # the case or the mail of the chosen line


class Preview(VerticalScroll):
    """What the chosen case or mail is about. Reads again whenever it is told to show."""

    def __init__(self, context: Context, *, id: str) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id, can_focus=False)
        self._with = context
        self._wanted: _Chosen = (None, None)
        self._showing: _Chosen = (None, None)

    def compose(self) -> ComposeResult:
        yield SafeStatic(id="previewed")

    def on_show(self) -> None:
        """The terminal was widened: there is room for it now."""
        self.show_for(*self._wanted)

    @work(exclusive=True, group="preview")
    async def show_for(self, case: CaseKey | None, mail: MessageKey | None) -> None:
        """Read and show one of both, or nothing."""
        self._wanted = case, mail
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
            # Judged in the store's thread: a letter that has much wrong with it must not hold the cursor up.
            return case_content(*await self._with.gateway.read(lambda views: self._judged(views, case)), self._with)
        if mail is not None:
            return mail_content(await self._with.gateway.read(lambda views: views.message(mail)))
        return Content("")

    def _judged(self, views: Views, case: CaseKey) -> tuple[Dossier, Blocks]:
        found = dossier(views, case)
        return found, barred(self._with, found, found.letters[0] if found.letters else None)


def case_content(found: Dossier, bars: Blocks, context: Context) -> Content:
    """Clock, identity, what to do now, and the newest mail."""
    case, today = found.case, context.today()
    head = Content.assemble((case.number, "bold"), "  ", (words.case_status(case.status), FAINT))
    post = found.letters[0] if found.letters else None
    step = steps.of_case(found, post, today, bars)
    mails = [turn.message for turn in found.turns if turn.message]
    newest = (told.mail_in_full(mails[-1]),) if mails else ()
    return told.joined(
        (
            head,
            mail_line(told.party(case.subject)),
            Content(" "),
            own(f"▸ {steps.say_whole(step, post.draft.letter if post else None, bars)}", "bold $text-primary"),
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
