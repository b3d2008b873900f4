"""After a correction: the phrases worth remembering, to be read, changed, accepted or let be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual import on, work
from textual.widget import Widget
from textual.widgets import TextArea

from inbox_agent.dashboard.context import DeskScreen
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.safe import SafeButton, SafeStatic, SafeTextArea, mail_line, own, plain_line
from inbox_agent.dashboard.screens.window import Window, keyed
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.errors import Problem
from inbox_agent.phrasing import corrections, mails, problems
from inbox_agent.rules.phrasebook import fault
from inbox_agent.services.learning import Learning, Lesson
from inbox_agent.texts import gettext as _
from state.model import Verdict

Texts = tuple[str, ...]


class RememberWindow(Window[Texts]):
    """Answers with the accepted phrases, one a line. `outlook` says what such a mail would be taken for with them."""

    def __init__(self, lesson: Lesson, outlook: Callable[[Texts], Awaitable[Verdict]]) -> None:
        super().__init__()
        self.heading = _("Shall I remember this?")
        self._lesson = lesson
        self._outlook = outlook

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(own(_meaning(self._lesson.judgement.verdict)))
        for wrong in self._lesson.wrong:
            said = _("Forgotten, because it said “{says}”: ").format(says=corrections.says(wrong))
            yield SafeStatic(own(said, "$text-warning") + mail_line(f"”{wrong.text}”"))
        yield SafeTextArea("\n".join(map(plain_line, self._lesson.phrases)), id="words")
        yield SafeStatic(id="outlook")
        yield SafeStatic(own(_("One phrase a line. … is up to three words, * any ending. No names."), FAINT))

    def buttons(self) -> Iterable[Widget]:
        yield SafeButton(keyed(_("Remember"), "Ctrl+S"), id="submit", action="screen.submit")
        yield SafeButton(keyed(_("Do not remember"), "Esc"), id="cancel", action="screen.leave")

    def on_mount(self) -> None:
        self.query_one("#words").focus()
        self._tell_outlook()

    @on(TextArea.Changed, "#words")
    def on_typing(self) -> None:
        self._tell_outlook()

    @work(exclusive=True)
    async def _tell_outlook(self) -> None:
        shown = self.query_one("#outlook", SafeStatic)
        texts = self._texts()
        if any(map(fault, texts)):
            shown.show(own(_problem_of(texts), "$text-warning"))
            return
        try:
            verdict = await self._outlook(texts)
        except NotDone as error:
            shown.show(own("\n".join(error.lines), "$text-error"))
            return
        told = _("From now on a mail like this: {verdict}").format(verdict=mails.verdict(verdict))
        shown.show(own(told, "bold $text-primary"))

    def answer(self) -> Texts | None:
        texts = self._texts()
        if any(map(fault, texts)) or not (texts or self._lesson.wrong):
            self.problem(_problem_of(texts))
            return None
        return texts

    def _texts(self) -> Texts:
        lines = (line.strip() for line in self.query_one("#words", TextArea).text.splitlines())
        return tuple(dict.fromkeys(filter(None, lines)))


async def propose_lesson(screen: DeskScreen, ask: Callable[[Learning], Lesson | None]) -> None:
    """Propose what a correction could teach; remember what the person accepts, and nothing else."""
    gateway = screen.context.gateway
    try:
        found = await gateway.act(lambda review: _asked(review.learning, ask))
    except NotDone as error:
        screen.complain(error)
        return
    if found is None:
        return
    learning, lesson = found

    async def outlook(texts: Texts) -> Verdict:
        return await gateway.act(lambda _review: learning.outlook(lesson, texts))

    accepted = await screen.app.push_screen_wait(RememberWindow(lesson, outlook))
    if accepted is not None:
        await screen.act(lambda _review: learning.remember(lesson, accepted), _("Remembered."))


def _asked(learning: Learning | None, ask: Callable[[Learning], Lesson | None]) -> tuple[Learning, Lesson] | None:
    """The teacher with the lesson, where there are both; used in the gateway's thread only."""
    lesson = ask(learning) if learning else None
    return (learning, lesson) if learning and lesson else None


def _meaning(verdict: Verdict) -> str:
    if verdict is Verdict.REQUEST:
        return _("A mail that says so rises one step towards a request, with the rights you chose.")
    return _("An unsure mail that says so is set aside, unless the rest of it asks for something. A request stays one.")


def _problem_of(texts: Texts) -> str:
    code = next(filter(None, map(fault, texts)), "phrase_short")
    return _("Not like this: {problem}").format(problem=problems.sentence(Problem(0, "phrase.text", code)))
