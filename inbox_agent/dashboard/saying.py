"""Saying what should happen: the line of a screen, understood, shown as a form or answered, and done on Enter again.

Owns the two Enters. A question is answered at once; a deed is shown filled in first, with what the law says of it,
and done only where the same line is confirmed. Approving a letter keeps its own deliberate key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.content import Content

from inbox_agent.dashboard import keys
from inbox_agent.dashboard.answers import Answers
from inbox_agent.dashboard.context import Context, DeskScreen
from inbox_agent.dashboard.gateway import NotDone
from inbox_agent.dashboard.safe import mail_line, own
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.dashboard.widgets.line import CommandLine
from inbox_agent.phrasing import commands as phrasing
from inbox_agent.rules.commands.model import Intent, Place, Said
from inbox_agent.rules.commands.understanding import understand
from inbox_agent.texts import gettext as _


class SayingScreen(DeskScreen):
    """A screen with a line. What it can answer and do, its subclass says."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.answers = Answers(context)
        self._confirming: tuple[str, tuple[Said, ...]] = ("", ())

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

    @on(CommandLine.Edited)
    def on_edited(self, event: CommandLine.Edited) -> None:
        """Another text is another order: what waited for its second Enter waits no longer."""
        if self._confirming[1] and event.text != self._confirming[0]:
            self._confirming = ("", ())
            self.query_one(CommandLine).tell(Content(""))

    @on(CommandLine.Submitted)
    def on_submitted(self, event: CommandLine.Submitted) -> None:
        if event.text.startswith("/"):
            self._by_name(event.text[1:])
        elif self._confirming[1] and event.text == self._confirming[0]:
            self._carry_out(self._confirming[1])
        else:
            self.understand(event.text)

    @work(exclusive=True, group="saying")
    async def understand(self, text: str) -> None:
        """Show what a line says: answers at once, deeds as forms that wait for Enter again."""
        said = [self.judged(one) for one in understand(text, self.context.now(), self.place)]
        parts = [await self._told(one) for one in said]
        understood = not any(one.left_out for one in said)  # else nothing of the line waits for a second Enter
        deeds = tuple(
            one
            for one in said
            if understood and one.must_confirm and one.intent is not Intent.UNSAFE and not self.instead(one)
        )
        self._confirming = (text, deeds)
        if deeds:
            parts.append(own(_("Enter again does it, Esc gives up."), "bold $text-accent"))
        self.query_one(CommandLine).tell(told.joined(parts))

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
        self._confirming = ("", ())
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
        return [binding.description for node in (self, self.app) for binding in keys.named(node)]

    def _by_name(self, wanted: str) -> None:
        """The sure way: an act by its name, or the list of all."""
        found = [
            (node, binding)
            for node in (self, self.app)
            for binding in keys.named(node)
            if wanted and binding.description.casefold().startswith(wanted.casefold())
        ]
        line = self.query_one(CommandLine)
        exact = [pair for pair in found if pair[1].description.casefold() == wanted.casefold()]
        if len(exact or found) != 1:
            listed = [own(f"/{name}") for name in self.names() if name.casefold().startswith(wanted.casefold())]
            line.tell(
                told.joined(listed or [own(_("There is no such act here. / alone lists them."), "$text-warning")])
            )
            return
        node, binding = (exact or found)[0]
        line.field.value = ""
        line.tell(Content(""))
        self.hush()
        self.run_worker(self.app.run_action(binding.action, node))


def _form(said: Said) -> Content:
    """What was understood, filled in, and the law's word before anything."""
    rows = [own(f"  {label}: ", FAINT) + mail_line(value) for label, value in phrasing.form(said)]
    findings = [own(f"▲ {phrasing.finding(code)}", "$text-warning") for code in said.findings]
    return told.joined((own(phrasing.title(said.intent), "bold"), *rows, *findings))
