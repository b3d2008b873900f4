"""Choosing how each right ends, with the facts that the answer must tell.

Owns the form. What an outcome needs is `replies.catalogue`'s to say, and what is missing stops the form here,
before anything is decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Select

from inbox_agent.dashboard.safe import (
    SafeSelect,
    SafeStatic,
    own,
)
from inbox_agent.dashboard.screens.filling import FillingWindow
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets.form import FactForm
from inbox_agent.phrasing import outcomes, words
from inbox_agent.services.deciding import Choice
from inbox_agent.texts import gettext as _
from replies.catalogue import letter_facts, owed
from replies.facts import Fact
from replies.pairs import outcomes_for
from state.model import Letter, Outcome, Request, RequestKey


class RightSection(Vertical):
    """One right: its outcome, and the facts of that outcome."""

    def __init__(
        self,
        request: Request,
        asked: Mapping[Outcome, tuple[Fact, ...]],
        proposals: Mapping[str, str],
        to_confirm: Mapping[str, str],
        said: Outcome | None = None,
    ) -> None:
        super().__init__(classes="right")
        self.request, self._asked = request, asked
        self._proposals, self._to_confirm = proposals, to_confirm
        self._said = said if said in asked else None
        self._shown: Outcome | None = None

    def compose(self) -> ComposeResult:
        yield SafeStatic(own(words.types([str(self.request.kind)]), "bold $text-primary"))
        yield SafeSelect(
            [(own(outcomes.name(self.request.kind, outcome)), outcome) for outcome in self._asked],
            prompt=_("choose the outcome, or leave it for later"),
            value=self._said or (self.request.outcome if self.request.outcome in self._asked else None) or Select.NULL,
            compact=True,
            classes="outcome",
        )
        yield SafeStatic(classes="explained")
        yield Vertical(classes="form")

    async def on_mount(self) -> None:
        await self._show_form()

    @property
    def outcome(self) -> Outcome | None:
        value = self.query_one(".outcome", Select).value
        return value if isinstance(value, Outcome) else None

    @on(Select.Changed, ".outcome")
    async def on_outcome(self, event: Select.Changed) -> None:
        event.stop()
        if self.outcome is not self._shown:
            await self._show_form()

    async def _show_form(self) -> None:
        """Show the fields of the outcome, keeping what was already written in fields of the same name."""
        holder, self._shown = self.query_one(".form", Vertical), self.outcome
        self.query_one(".explained", SafeStatic).show(own(self._explained(), FAINT))
        written = dict(self._proposals)
        for form in self.query(FactForm):
            written |= form.values
        await holder.remove_children()
        self.post_message(FactForm.Filled())  # what is missing is another thing now
        if self._shown is not None:
            await holder.mount(FactForm(self._asked[self._shown], written, self._to_confirm))

    def _explained(self) -> str:
        """What the chosen outcome means, or why this right lacks some of them."""
        if self.outcome is not None:
            return outcomes.explained(self.outcome)
        kind = self.request.kind
        untold = tuple(outcomes.untold(kind, one) for one in outcomes_for(kind) if one not in self._asked)
        return "\n".join((*outcomes.left_out(kind), *untold))

    def choice(self) -> Choice | None:
        """What was chosen; None where nothing was."""
        if self.outcome is None:
            return None
        values = self.query_one(FactForm).values
        return Choice(self.request.key, self.outcome, values)

    def mark_missing(self) -> bool:
        """Mark what is missing; True where something is."""
        if self.outcome is None:
            return False
        form = self.query_one(FactForm)
        form.mark_missing(form.missing)
        return bool(form.missing)


class OutcomeWindow(FillingWindow[tuple[Choice, ...]]):
    """The outcomes of a case's live rights. At least one must be chosen; each chosen one must be complete.

    `asked`: what each outcome of each right wants said. `to_confirm`: what stands beside its field until the person
    ticks it. `said`: those that the person named already. `once`: what the answer tells once, whatever its rights,
    such as why it is late.
    """

    def __init__(
        self,
        requests: Iterable[Request],
        asked: Mapping[RequestKey, Mapping[Outcome, tuple[Fact, ...]]],
        proposals: Mapping[RequestKey, Mapping[str, str]],
        to_confirm: Mapping[str, str],
        said: Mapping[RequestKey, Outcome] = MappingProxyType({}),
        *,
        once: tuple[Fact, ...] = (),
    ) -> None:
        super().__init__()
        self._asked, self._said, self._once = asked, said, once
        self.heading = _("How is the request decided?")
        self.submit_label = _("Write the answer")
        self._requests = tuple(requests)
        self._proposals, self._to_confirm = proposals, to_confirm

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(own(_("The letter is written from these. You still read and approve it."), FAINT))
        for fact in self._once:
            earlier = (facts.get(fact.name, "") for facts in self._proposals.values())
            yield FactForm((fact,), {fact.name: next(filter(None, earlier), "")})
            yield SafeStatic(own(outcomes.asked_once(fact.name), FAINT), classes="once")
        for request in self._requests:
            proposed, said = self._proposals.get(request.key, {}), self._said.get(request.key)
            yield RightSection(request, self._asked[request.key], proposed, self._to_confirm, said)

    @property
    def begins_in_a_field(self) -> bool:
        return bool(self._said)

    @property
    def lacking(self) -> tuple[Fact, ...]:
        """Nothing is counted before a first outcome is chosen: until then that is what is to be done."""
        if not any(section.outcome for section in self.query(RightSection)):
            return ()
        return tuple(fact for fact in super().lacking if self._owes(fact))

    @on(FactForm.Filled)
    def show_what_is_owed_once(self) -> None:
        """What the outcomes chosen so far do not want said is not asked."""
        hints = self.query("#body > .once").results(SafeStatic)
        for fact, form, hint in zip(self._once, self._forms_once, hints, strict=True):
            form.display = hint.display = self._owes(fact)

    def _owes(self, fact: Fact) -> bool:
        """Whether the outcomes chosen so far want it said."""
        return owed(fact, ((section.request.kind, section.outcome) for section in self.query(RightSection)))

    def answer(self) -> tuple[Choice, ...] | None:
        sections = list(self.query(RightSection))
        chosen = tuple(choice for section in sections if (choice := section.choice()))
        if not chosen:
            self.problem(_("Choose the outcome of at least one right."), ".outcome")
            return None
        incomplete = [section for section in sections if section.mark_missing()]
        if self._once_missing() or incomplete:
            self.incomplete()
            return None
        return tuple(replace(choice, facts={**choice.facts, **self._told_once}) for choice in chosen)

    @property
    def _told_once(self) -> Mapping[str, str]:
        """What the answer tells once, as the person says it."""
        shown = (form for form in self._forms_once if form.display)
        return {name: value for form in shown for name, value in form.values.items()}

    @property
    def _forms_once(self) -> tuple[FactForm, ...]:
        """The forms that ask for it."""
        return tuple(form for form in self.query("#body > FactForm").results(FactForm))

    def _once_missing(self) -> bool:
        """Mark what of it is missing, and go to it."""
        lacking = {form: tuple(filter(self._owes, form.lacking)) for form in self._forms_once}
        for form, facts in lacking.items():
            form.mark_missing(fact.name for fact in facts)
        return any(lacking.values())


class FactsWindow(FillingWindow[Mapping[str, str]]):
    """The facts of one letter that is no answer: a fee, an apology, an answer to a further message, a courtesy."""

    def __init__(self, letter: Letter, proposals: Mapping[str, str], *, late: bool = False) -> None:
        super().__init__()
        self._asked = tuple(fact for fact in letter_facts(letter, late=late) if not fact.computed)
        self.heading = words.letter(letter)
        self.submit_label = _("Write the letter")
        self._letter = letter
        self._proposals = proposals

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(own(outcomes.explained(self._letter), FAINT))
        yield FactForm(self._asked, self._proposals)

    def answer(self) -> Mapping[str, str] | None:
        form = self.query_one(FactForm)
        form.mark_missing(form.missing)
        if form.missing:
            self.incomplete()
            return None
        return form.values
