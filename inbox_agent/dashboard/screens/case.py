"""One case: the conversation, and beside it (or under a key) the letter that waits.

Owns the reading, the keys and what is where. The acts stand in `letter_acts` and `case_acts`; which of them
are offered is `acts`' to say.
"""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus

from inbox_agent.dashboard import keys, steps
from inbox_agent.dashboard.acts import NAMES, offers
from inbox_agent.dashboard.context import Context
from inbox_agent.dashboard.keys import key, quiet
from inbox_agent.dashboard.messages import NeighbourWanted
from inbox_agent.dashboard.readings import Dossier, dossier, judge
from inbox_agent.dashboard.safe import own
from inbox_agent.dashboard.screens.case_acts import CaseActs
from inbox_agent.dashboard.screens.case_says import CaseSays
from inbox_agent.dashboard.screens.window import Confirm
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.dashboard.widgets.casehead import CaseHead
from inbox_agent.dashboard.widgets.conversation import Conversation
from inbox_agent.dashboard.widgets.keybar import KeyBar
from inbox_agent.dashboard.widgets.letter import LetterPane, barred
from inbox_agent.rules.commands.model import Place
from inbox_agent.rules.presence import people
from inbox_agent.texts import gettext as _
from state.model import CaseKey, CaseStatus


class CaseScreen(CaseActs, CaseSays):
    """Conversation and letter of one case."""

    def __init__(self, context: Context, case: CaseKey, line: str = "") -> None:
        super().__init__(context, case)
        self._quotes = False
        self._step = Content("")  # what to do now
        self._said = line  # what was said of this case over the list

    def keys(self) -> list[Binding]:
        return [
            key("a", "approve", _("Approve")),
            key("f8", "approve", _("Approve"), "F8"),
            key("P", "print", _("Print")),
            key("h", "delivered", _("Delivered")),
            key("u", "take_back", _("Take back")),
            key("g", "settle", _("Did it leave?")),
            key("v", "confirm", _("It is a request")),
            quiet("v", "rights", _("Change the rights")),
            key("o", "outcome", _("Outcome")),
            key("e", "edit", _("Edit")),
            key("d", "dismiss_candidate", _("Not a request")),
            quiet("d", "dismiss_case", _("Not a request")),
            key("w", "write", _("Letter")),
            key("ctrl+s", "save", _("Save"), "Ctrl+S"),
            key("s", "say", _("Say")),
            quiet("slash", "name_act"),
            key("tab", "switch", _("Conversation or letter"), "Tab"),
            quiet("f4,ctrl+e", "editor", _("Edit in your own editor")),
            quiet("ctrl+r", "reload", _("Show the stored letter")),
            quiet("x", "reject", _("Reject the letter")),
            quiet("T", "approve_later", _("Approve, to leave later")),
            quiet("L", "let_go", _("Let it go without identification")),
            quiet("q", "ask", _("Ask for more information")),
            quiet("p", "extend", _("Extend the deadline")),
            quiet("i", "identity", _("Who is asking")),
            quiet("f", "hand_over", _("Hand over")),
            quiet("N", "note", _("Note")),
            quiet("k", "duties", _("Tasks")),
            quiet("C", "close", _("Close the case")),
            quiet("r", "reopen", _("Open the case again")),
            quiet("j", "join", _("Join with another case")),
            quiet("J", "part", _("Separate joined cases again")),
            quiet("U", "take_out", _("Take a mail out of the case")),
            quiet("m", "next_letter", _("The other letter")),
            quiet("z", "quotes", _("Show or hide quotes")),
            quiet("D", "difference", _("Changes from the template")),
            key("greater_than_sign", "neighbour(1)", _("Next case"), ">"),
            quiet("less_than_sign", "neighbour(-1)", _("Previous case"), "<"),
            key("escape", "back", _("Back"), "Esc"),
        ]

    def compose(self) -> ComposeResult:
        yield CaseHead(self.context)
        with Horizontal(id="case"):
            yield Conversation()
            yield LetterPane(self.context)
        yield self.line()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Conversation).focus()
        self.read()

    # -- reading ----------------------------------------------------------------------------------

    @work(exclusive=True, group="reading")
    async def read(self) -> None:
        """Read the case and show it; what is being typed stays."""
        if found := await self.look(lambda views: dossier(views, self.case_key)):
            await self._show(found)

    async def _show(self, found: Dossier) -> None:
        before, in_letter = self.post, self.pane.has_focus_within
        self.found = found
        post = self.post
        others = people(found.beats, self.context.now(), self.context.desk).get(self.case_key, ())
        bars = barred(self.context, found, post)
        step = steps.of_case(found, post, self.context.today(), bars)
        self.pressing = steps.ACTS.get(step, "")
        self._step = own(f"▸ {steps.say_whole(step, post.draft.letter if post else None, bars)}", "bold $text-primary")
        self.query_one(CaseHead).show(found, post, self._with_key(), others)
        assessed, waited = judge(found, self.context.profile, self.context.today())
        asked = None if found.case.status is CaseStatus.CANDIDATE else waited  # nobody is asked before it is a request
        await self.query_one(Conversation).show(
            found,
            quotes=self._quotes,
            proposal=self._step,
            today=self.context.today(),
            who=told.who_asks(assessed, asked, whole=self._quotes),
        )
        self.pane.show(found, post, self.letter_number % max(len(found.letters), 1))
        offered = offers(found, post)
        await self.pane.offer([binding for binding in keys.named(self) if binding.action in offered])
        if before and not post and in_letter:
            self._turn_to_letter(shown=False)  # it has left, and stands at the end of the conversation
            self.call_after_refresh(self.query_one(Conversation).scroll_end, animate=False)
        self.refresh_bindings()
        if said := self._said:
            self._said = ""
            self.action_say(said)
            self.understand(said)

    def _with_key(self) -> Content:
        """What to do now with the key for it where the cursor is: where letters are written, no letter is a key."""
        named = [keys.shown(one) for one in keys.named(self) if one.action == self.pressing]
        works = [one.binding for one in self.active_bindings.values() if one.binding.action == self.pressing]
        pressed = keys.shown(works[0]) if works else f"Esc {named[0]}" if named else ""
        return Content.assemble(self._step, (f"  {pressed}" if pressed else "", FAINT))

    @on(DescendantFocus)
    def on_cursor_elsewhere(self) -> None:
        self.call_after_refresh(lambda: self.query_one(CaseHead).show_step(self._with_key()))

    @on(CaseHead.StepClicked)
    async def on_step_clicked(self) -> None:
        if self.pressing:
            await self.run_action(self.pressing)

    # -- saying -----------------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        return Place.DRAFT if self.has_class("-letter") else Place.CASE

    def hush(self) -> None:
        self._turn_to_letter(shown=self.has_class("-letter"))

    # -- what may be done now ---------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "save":
            return self.pane.dirty
        if action not in NAMES:
            return True
        return self.found is not None and action in offers(self.found, self.post)

    # -- looking ----------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """To the letter, and in it to what has to be mended before it can leave."""
        self._turn_to_letter(shown=True, writing=True)
        self.pane.go_to_fault()

    def action_switch(self) -> None:
        """From the conversation to the letter, or back."""
        self._turn_to_letter(shown=not self.pane.has_focus_within)

    def _turn_to_letter(self, *, shown: bool, writing: bool = False) -> None:
        self.set_class(shown, "-letter")
        if shown:
            self.pane.focus_text(writing=writing)
        else:
            self.query_one(Conversation).focus()
        self.refresh_bindings()
        self.on_cursor_elsewhere()

    @on(LetterPane.Changed)
    def on_letter_changed(self) -> None:
        self.refresh_bindings()

    def action_quotes(self) -> None:
        self._quotes = not self._quotes
        self.read()

    @work
    async def action_back(self) -> None:
        """From the letter to the conversation; from there to the list, what was typed being saved."""
        if self.has_class("-letter") or self.pane.has_focus_within:
            self._turn_to_letter(shown=False)
            return
        if await self._may_leave():
            self.dismiss()

    @work
    async def action_neighbour(self, step: int) -> None:
        """On to the next case of the list, or back to the one before, what was typed being saved."""
        if await self._may_leave():
            self.app.post_message(NeighbourWanted(self.case_key, step))

    async def _may_leave(self) -> bool:
        """Save what was typed; where somebody else was faster, ask whether ours is to be thrown away."""
        if not self.pane.overtaken:
            return await self.saved()
        lost = _("Somebody else has changed the letter meanwhile, so yours cannot be saved.")
        thrown = await self.app.push_screen_wait(Confirm(_("Discard your text?"), lost, _("Discard")))
        return thrown is True
