"""Windows with facts to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on

from inbox_agent.dashboard.screens.window import Answer, Window
from inbox_agent.dashboard.widgets.form import FactField, FactForm, still_needed
from inbox_agent.texts import gettext as _
from replies.facts import Fact


class FillingWindow(Window[Answer]):
    """A window with forms: it says how much is left to fill in, and what comes next, from the first moment on."""

    _begun = False  # whether the cursor was brought to what is asked first
    _answered: Sequence[Mapping[str, str]] | None = None  # what stood in the forms when it was last handed in

    @property
    def lacking(self) -> tuple[Fact, ...]:
        return tuple(fact for form in self.query(FactForm) for fact in form.lacking)

    @on(FactForm.Filled)
    def on_filled(self) -> None:
        """News of what was filled in may come after the answer to it, which stands until something else is there."""
        if self.is_attached and self._values != self._answered:
            self.remark(still_needed(self.lacking))
            self._begin()

    @property
    def begins_in_a_field(self) -> bool:
        """Whether a field is asked first; else something is to be chosen before."""
        return True

    def _begin(self) -> None:
        """Once, when its fields are there: go to the first that is still to be filled in."""
        first = self.lacking[:1]
        fields = [field for field in self.query(FactField) if field.fact in first]
        if fields and self.begins_in_a_field and not self._begun:
            self._begun = True
            fields[0].focus_field()

    def action_submit(self) -> None:
        self._answered = self._values
        super().action_submit()

    @property
    def _values(self) -> list[dict[str, str]]:
        return [form.values for form in self.query(FactForm)]

    def incomplete(self) -> None:
        """Say that it cannot be done yet, for what is missing."""
        self.problem(still_needed(self.lacking) or _("Something that the law requires is missing."))
