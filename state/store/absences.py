"""When the contact person is away, so that everybody knows who answers."""

from __future__ import annotations

from dataclasses import dataclass

from state.journal import Entity
from state.model import Absence, Event
from state.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Absences:
    _ledger: Ledger

    def all(self) -> tuple[Absence, ...]:
        """By date, those that are over included."""
        return self._ledger.records.absences()

    def set(self, absences: tuple[Absence, ...], event: Event) -> None:
        """Replace what was set before. Raises ValueError for one that ends before it begins."""
        if any(absence.last < absence.first for absence in absences):
            raise ValueError("an absence that ends before it begins")
        with self._ledger.database.transaction():
            self._ledger.database.write("delete from absences")
            for absence in absences:
                columns = {"first_on": absence.first.isoformat(), "last_on": absence.last.isoformat()}
                self._ledger.database.insert("absences", columns)
            said = ", ".join(f"{absence.first}/{absence.last}" for absence in absences)
            self._ledger.remark(Entity.DESK, 0, None, event.act, event, facts={"away": said})
