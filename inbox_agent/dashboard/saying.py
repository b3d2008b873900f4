"""Saying what should happen: the line of a screen, understood, shown as a form or answered, and done on Enter again.

Owns the two Enters. A question is answered at once; a deed is shown filled in first, with what the law says of it,
and done only where the same line is confirmed. Approving a letter keeps its own deliberate key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.content import Content

from inbox_agent.dashboard.answers import Answers
from inbox_agent.dashboard.context import Context, DeskScreen
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.naming import Act, here
from inbox_agent.dashboard.safe import mail_line, own
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.dashboard.widgets.line import CommandLine
from inbox_agent.phrasing import commands as phrasing
from inbox_agent.phrasing.command_findings import finding
from inbox_agent.phrasing.command_words import title
from inbox_agent.rules.commands.model import Intent, Place, Said
from inbox_agent.rules.commands.understanding import deciding_words, understand
from inbox_agent.texts import gettext as _

_APART = 3  # cells between two acts in a list of them


class SayingScreen(DeskScreen):
    """A screen with a line. What it can answer and do, its subclass says."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.answers = Answers(context)
        self._confirming: tuple[str, tuple[Said, ...]] = ("", ())
        self.said_line = ""  # the line whose deeds are being done, as it was written
        self._offered: tuple[Said, ...] = ()  # what the last line may have meant, picked by its number
        self._worded = ""  # the last line in words, of which a number only picks a meaning
        self._listing = False  # whether the acts stand over the line

    def line(self) -> CommandLine:
        """The line for the screen's layout."""
        return CommandLine(self.context.history, self.names)

    @property
    def place(self) -> Place:
        """Where the person says it."""
        return Place.LIST

    def hush(self) -> None:
        """Leave the line: the focus goes back to where the person was."""
        raise NotImplementedError

    async def answer(self, said: Said) -> Content:
        """Answer a question; reading only."""
        return await self.answers.answer(said)

    def judged(self, said: Said) -> Said:
        """What the law says of it here, where more is known than the line."""
        return said

    def instead(self, said: Said) -> str:
        """What a person does instead where this deed is not to be had here and now; empty where it is."""
        raise NotImplementedError

    async def do(self, said: Said) -> bool:
        """Carry out a confirmed deed; False where the rest should not be done either. Runs in a worker. Raises NotDone,
        which ends the line with its sentence.
        """
        raise NotImplementedError

    # -- the line -----------------------------------------------------------------------------------

    def action_say(self, text: str = "") -> None:
        self.query_one(CommandLine).write(text)

    def action_name_act(self) -> None:
        self.action_say("/")

    @on(CommandLine.GivenUp)
    def on_given_up(self) -> None:
        line = self.query_one(CommandLine)
        if line.field.value or self._confirming[1]:
            line.write("")
            line.tell(Content(""))
        else:
            line.tell(Content(""))
            self.hush()
        self._confirming = ("", ())
        self._offered = ()

    @on(CommandLine.Edited)
    def on_edited(self, event: CommandLine.Edited) -> None:
        """Another text is another order: what waited for its second Enter waits no longer."""
        line = self.query_one(CommandLine)
        if self._confirming[1] and event.text != self._confirming[0]:
            self._confirming = ("", ())
            line.tell(Content(""))
        if event.text.startswith("/"):
            line.tell(self._listed(event.text[1:]))
        elif self._listing:
            line.tell(Content(""))
        self._listing = event.text.startswith("/")

    @on(CommandLine.Submitted)
    def on_submitted(self, event: CommandLine.Submitted) -> None:
        if event.text.startswith("/"):
            self._by_name(event.text[1:])
        elif self._confirming[1] and event.text == self._confirming[0]:
            self._carry_out(self._confirming[1])
        elif event.text.strip() in self._numbers():
            self.pick(event.text)
        else:
            self.understand(event.text)

    def _numbers(self) -> list[str]:
        return [str(number + 1) for number in range(len(self._offered))]

    @work(exclusive=True, group="saying")
    async def pick(self, text: str) -> None:
        """Show the one of the choices that was picked, as if it had been said."""
        picked = self._offered[int(text) - 1]
        await self._show_said(text, [self.judged(picked)])

    @work(exclusive=True, group="saying")
    async def understand(self, text: str) -> None:
        """Show what a line says: answers at once, deeds as forms that wait for Enter again."""
        self._worded = text
        await self._show_said(text, [self.judged(one) for one in understand(text, self.context.now(), self.place)])

    async def _show_said(self, text: str, said: Sequence[Said]) -> None:
        self._offered = tuple(choice for one in said for choice in one.choices)
        parts = [await self._told(one) for one in said]
        understood = not any(one.left_out for one in said)  # else nothing of the line waits for a second Enter
        deeds = tuple(
            one
            for one in said
            if understood and one.must_confirm and one.intent is not Intent.UNSAFE and not self.instead(one)
        )
        self._confirming = (text, deeds)
        if any(one.must_confirm or one.intent is Intent.NONE for one in said):
            parts.append(self._why(text))
        if deeds:
            parts.append(own(_("Enter again does it, Esc gives up."), "bold $text-accent"))
        self.query_one(CommandLine).tell(told.joined(parts), awaits=bool(deeds))

    def _why(self, text: str) -> Content:
        """The words that made a deed of the line, or nothing: which of them to change where it was taken wrongly."""
        words = deciding_words(text, self.context.now(), self.place)
        return mail_line(phrasing.decided_by(words)).stylize(FAINT) if words else Content("")

    async def _told(self, said: Said) -> Content:
        if not said.must_confirm:
            try:
                return await self.answer(said)
            except NotDone as error:
                return own("\n".join(error.lines), "$text-error")
        instead = self.instead(said)
        return told.joined((_form(said), own(f"▸ {instead}", "$text-warning") if instead else Content("")))

    @work(exclusive=True, group="carrying-out")
    async def _carry_out(self, deeds: Sequence[Said]) -> None:
        self.said_line, self._confirming = self._worded, ("", ())
        line = self.query_one(CommandLine)
        line.field.value = ""
        line.tell(Content(""))
        self.hush()  # what was done is told with the key that takes it back
        try:
            for deed in deeds:
                if not await self.do(deed):
                    return
        except NotDone as error:  # a deed also reads and asks the store on its way to its window
            self.complain(error)

    # -- by name --------------------------------------------------------------------------------------

    def names(self) -> Iterable[str]:
        """The acts that have a key here and now, by name."""
        return [act.name for act in here(self, self.app)]

    def _listed(self, wanted: str) -> Content:
        """The acts that are meant so far, each with its key."""
        found = [act for act in here(self, self.app) if act.name.casefold().startswith(wanted.casefold())]
        if not found:
            return own(_("There is no such act here. / alone lists them."), "$text-warning")
        return _filled(
            [_with_key(act) for act in found], self.query_one("#told-text").size.width or self.size.width - 3
        )

    def _by_name(self, wanted: str) -> None:
        """The sure way: an act by its name, or the list of all."""
        acts = here(self, self.app)
        found = [act for act in acts if wanted and act.name.casefold().startswith(wanted.casefold())]
        exact = [act for act in acts if act.name.casefold() == wanted.casefold()]
        line = self.query_one(CommandLine)
        if len(exact or found) != 1:
            line.tell(self._listed(wanted))
            return
        [act] = exact or found
        line.field.value = ""
        line.tell(Content(""))
        self.hush()
        self.run_worker(self.app.run_action(act.action, act.node))


def _with_key(act: Act) -> Content:
    return Content.assemble((act.key, "bold $text-primary"), " ", act.name)


def _filled(parts: Sequence[Content], width: int) -> Content:
    """Parts beside one another, as many in a line as fit; none is broken."""
    lines: list[Content] = []
    for part in parts:
        if lines and lines[-1].cell_length + _APART + part.cell_length <= width:
            lines[-1] += Content(" " * _APART) + part
        else:
            lines.append(part)
    return Content("\n").join(lines)


def _form(said: Said) -> Content:
    """What was understood, filled in, and the law's word before anything."""
    rows = [own(f"  {label}: ", FAINT) + mail_line(value) for label, value in phrasing.form(said)]
    findings = [own(f"▲ {finding(code)}", "$text-warning") for code in said.findings]
    return told.joined((own(title(said.intent), "bold"), *rows, *findings))
