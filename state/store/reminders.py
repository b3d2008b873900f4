"""Reminders that were made, so that none is made twice, whatever happened in between.

A reminder is claimed before it is sent: a crash in between costs that one, never a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from state.database import json_text, utc_text
from state.errors import StaleWrite
from state.journal import Entity
from state.model import Act, CaseKey, Event
from state.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Reminders:
    _ledger: Ledger

    def claim(self, case: CaseKey | None, rung: str, on: date, event: Event) -> bool:
        """Claim one reminder (`case` None: about no case); False if it was claimed before."""
        with self._ledger.database.transaction():
            columns = {"case_id": case, "rung": rung, "on_date": on.isoformat(), "claimed_at": utc_text(event.at)}
            if self._find(case, rung, on) is not None:
                return False
            key = self._ledger.database.insert("reminders", columns)
            facts = {"rung": rung, "on": on.isoformat()}
            self._ledger.remark(Entity.REMINDER, key, case, Act.REMINDER_CLAIMED, event, facts=facts)
            return True

    def sent(self, case: CaseKey | None, rung: str, on: date, event: Event) -> None:
        """Record that a claimed reminder has left. Raises StaleWrite where it was not claimed or has left already."""
        with self._ledger.database.transaction():
            key = self._find(case, rung, on)
            touched = self._ledger.database.write(
                "update reminders set sent_at = ? where id = ? and sent_at is null", utc_text(event.at), key
            )
            if key is None or touched == 0:
                raise StaleWrite("reminder", f"{rung} {on}", "claimed")
            facts = {"rung": rung, "on": on.isoformat()}
            self._ledger.remark(Entity.REMINDER, key, case, Act.REMINDER_SENT, event, facts=facts)

    def claimed(self, case: CaseKey | None) -> frozenset[tuple[str, date]]:
        """The rungs and days that were claimed for a case (None: those about no case)."""
        rows = self._ledger.database.rows(
            "select rung, on_date from reminders where coalesce(case_id, 0) = coalesce(?, 0)", case
        )
        return frozenset((row["rung"], date.fromisoformat(row["on_date"])) for row in rows)

    def claimed_of(self, cases: Collection[CaseKey]) -> Mapping[CaseKey, frozenset[tuple[str, date]]]:
        """The same of several cases at once; those for which none was claimed are left out."""
        rows = self._ledger.database.rows(
            "select case_id, rung, on_date from reminders"
            " where coalesce(case_id, 0) in (select value from json_each(?))",
            json_text(list(cases)),
        )
        found: defaultdict[CaseKey, set[tuple[str, date]]] = defaultdict(set)
        for row in rows:
            found[CaseKey(row["case_id"])].add((row["rung"], date.fromisoformat(row["on_date"])))
        return {case: frozenset(claims) for case, claims in found.items()}

    def _find(self, case: CaseKey | None, rung: str, on: date) -> int | None:
        row = self._ledger.database.row(
            "select id from reminders where coalesce(case_id, 0) = coalesce(?, 0) and rung = ? and on_date = ?",
            case,
            rung,
            on.isoformat(),
        )
        return None if row is None else int(row["id"])
