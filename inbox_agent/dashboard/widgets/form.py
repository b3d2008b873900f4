"""Fields for the facts of an answer: texts, dates and choices, each shown only where it applies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Mount
from textual.message import Message
from textual.widgets import Checkbox, Input, Select, TextArea

from inbox_agent.dashboard import times
from inbox_agent.dashboard.safe import (
    SafeCheckbox,
    SafeInput,
    SafeSelect,
    SafeStatic,
    SafeTextArea,
    own,
)
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.phrasing import facts
from inbox_agent.phrasing.provisions import beside
from inbox_agent.rules.outcomes import completed
from inbox_agent.rules.typed import typed_day
from inbox_agent.rules.visible import visible_line
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from replies.context import NO_FACTS
from replies.facts import Fact, FactKind, missing


class FactField(Vertical):
    """One fact: its question, its provision, its field. `to_confirm`: what the field says once the person ticks it."""

    def __init__(self, fact: Fact, proposal: str, to_confirm: str = "") -> None:
        super().__init__(classes="fact")
        self.fact = fact
        self._proposal = proposal
        self._to_confirm = to_confirm
        self._field = self._fitting()

    def compose(self) -> ComposeResult:
        yield SafeStatic(classes="fact-label")
        if self._to_confirm and not self._proposal:
            yield SafeStatic(own(_("proposal: {value}").format(value=visible_line(self._to_confirm)), FAINT))
            yield SafeCheckbox(own(_("Yes, everywhere there")), id="confirmed")
        yield self._field
        yield SafeStatic(classes="fact-problem")

    def _fitting(self) -> Select[str] | Input | TextArea:
        if self.fact.kind is FactKind.CHOICE:
            options = [(own(facts.choice(self.fact, value)), value) for value in self.fact.choices]
            given = self._proposal if self._proposal in self.fact.choices else Select.NULL
            return SafeSelect(options, prompt=_("choose"), value=given, compact=True)
        if self.fact.kind is FactKind.DATE:
            return SafeInput(times.as_typed(self._proposal), placeholder=_("day.month.year"), compact=True)
        if facts.is_long(self.fact):
            return SafeTextArea(self._proposal, compact=True)
        return SafeInput(self._proposal, compact=True)

    @on(Checkbox.Changed, "#confirmed")
    def on_confirmed(self, event: Checkbox.Changed) -> None:
        """Fill in what was confirmed; take it away again, save where the person wrote something else meanwhile."""
        event.stop()
        if event.value or self.value == self._to_confirm:
            self.fill(self._to_confirm if event.value else "")

    def fill(self, text: str) -> None:
        """Write into a field for words."""
        if isinstance(self._field, TextArea):
            self._field.text = text
        elif isinstance(self._field, Input):
            self._field.value = text

    @property
    def value(self) -> str:
        """As the catalogue wants it: text, a choice's code, or an ISO date where the typed one could be read."""
        field = self._field
        if not field.is_mounted:
            return self._proposal
        if isinstance(field, Select):
            return "" if field.value is Select.NULL else str(field.value)
        text = field.text if isinstance(field, TextArea) else field.value
        if self.fact.kind is FactKind.DATE:
            day = typed_day(text)
            return day.isoformat() if day else ""
        return text.strip()

    @property
    def unreadable(self) -> bool:
        """Whether something stands in it that is no date."""
        typed = isinstance(self._field, Input) and self._field.value.strip()
        return bool(self.display and typed and self.fact.kind is FactKind.DATE and not self.value)

    def ask(self, given: Mapping[str, str]) -> None:
        """Show it where it is asked, given the other answers, and whether it must be said."""
        self.display = self.fact.applies(given)
        free = (
            ("", "") if self.fact.needed(given) or not self.display else (_("  (if there is something to say)"), FAINT)
        )
        said = Content.assemble((facts.label(self.fact), "bold"), free, (beside(self.fact.source), FAINT))
        self.query_one(".fact-label", SafeStatic).show(said)

    def focus_field(self) -> None:
        self._field.focus()

    def mark(self, missing: bool) -> None:
        """Say that this one is missing, or that it is there."""
        needed = _("A date like 24.11.2026.") if self.fact.kind is FactKind.DATE else _("This is needed.")
        self.query_one(".fact-problem", SafeStatic).show(own(f"▲ {needed}" if missing else "", "$text-error"))
        self.set_class(missing, "missing")


class FactForm(Vertical):
    """The facts of one letter or of one right in it."""

    class Filled(Message):
        """The fields are there, or one of them has changed."""

    def __init__(
        self, asked: Iterable[Fact], proposals: Mapping[str, str], to_confirm: Mapping[str, str] = NO_FACTS
    ) -> None:
        super().__init__(classes="facts")
        self._asked = tuple(asked)
        self._proposals = proposals
        self._to_confirm = to_confirm
        self._made: dict[str, FactField | SafeStatic] = {}

    def compose(self) -> ComposeResult:
        first = (fact for fact in self._asked if fact.number == 1 or fact.base == "ground")
        yield from map(self._make, first)

    def _make(self, fact: Fact) -> FactField | SafeStatic:
        said, to_confirm = self._proposals.get(fact.name, ""), self._to_confirm.get(fact.name, "")
        made = SafeStatic(classes="computed") if fact.computed else FactField(fact, said, to_confirm)
        self._made[fact.name] = made
        return made

    async def _mount_further(self) -> None:
        """The fields of a further ground come with it: few answers have one, and every field takes time to make."""
        given = self._given()
        for chosen in (fact for fact in self._asked if fact.base == "ground" and given.get(fact.name)):
            coming = [fact for fact in self._asked if fact.number == chosen.number and fact.name not in self._made]
            await self.mount_all([self._make(fact) for fact in coming], after=self._made[chosen.name])

    @on(Mount)
    @on(Select.Changed)
    @on(Input.Changed)
    @on(TextArea.Changed)
    async def _show(self) -> None:
        """Hide what the other answers make needless; show what follows from them, and what is no longer missing."""
        await self._mount_further()
        given = self._given()
        lacking = self.lacking
        for field in self.query(FactField):
            field.ask(given)
            if field.has_class("missing"):
                field.mark(field.fact in lacking)
        for fact in self._computed:
            shown = self._made[fact.name]
            day = times.as_typed(completed(given).get(fact.name, "")) if fact.applies(given) else ""
            shown.display = bool(day)
            if isinstance(shown, SafeStatic):
                shown.show(Content.assemble((f"→ {facts.label(fact)}: {day}", "bold"), (beside(fact.source), FAINT)))
        self.post_message(self.Filled())

    @property
    def _computed(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self._asked if fact.computed and fact.name in self._made)

    def _given(self) -> dict[str, str]:
        return {field.fact.name: field.value for field in self.query(FactField)}

    @property
    def values(self) -> dict[str, str]:
        """What was filled in and what follows from it, by fact; what does not apply or is empty is left out."""
        given = completed(self._given())
        return {fact.name: given[fact.name] for fact in self._asked if given.get(fact.name) and fact.applies(given)}

    @property
    def missing(self) -> frozenset[str]:
        """The names of what must still be said, and of what cannot be read: nothing that was typed is passed over."""
        unreadable = (field.fact.name for field in self.query(FactField) if field.unreadable)
        return frozenset((*missing(self._asked, self.values), *unreadable))

    @property
    def lacking(self) -> tuple[Fact, ...]:
        """What the person must still say, or say in another way, in the order of the fields."""
        names = self.missing
        return tuple(fact for fact in self._asked if fact.name in names and not fact.computed)

    def mark_missing(self, names: Iterable[str]) -> None:
        """Mark the fields that are missing and go to the first of them."""
        wanted = set(names)
        marked = [field for field in self.query(FactField) if field.fact.name in wanted]
        for field in self.query(FactField):
            field.mark(field in marked)
        if marked:
            marked[0].focus_field()


def still_needed(lacking: Sequence[Fact]) -> str:
    """How much of a form is left, and what comes next in it; empty where it is complete."""
    if not lacking:
        return ""
    left = ngettext("{n} field left to fill in: {next}", "{n} fields left to fill in, next: {next}", len(lacking))
    return left.format(n=len(lacking), next=facts.label(lacking[0]))
