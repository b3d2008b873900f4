"""Reminders that were made, so that none is made twice, whatever happened in between.

A reminder is claimed before it is sent: a crash in between costs that one, never a second. One that the mail server
certainly did not take is put off, and may be claimed again when its time has come, by whatever process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from state.database import json_text, utc_text
from state.errors import StaleWrite
from state.journal import Entity
from state.model import Act, CaseKey, Event
from state.store.ledger import Ledger

Claim = tuple[CaseKey, str, date]
"""A reminder about a case: of which rung, on which day."""


@dataclass(frozen=True, slots=True)
class Reminders:
    _ledger: Ledger

    def claim(self, case: CaseKey | None, rung: str, on: date, event: Event) -> bool:
        """Claim one reminder (`case` None: about no case); False if it was claimed before, unless it was put off until
        now.
        """
        with self._ledger.database.transaction():
            columns = {"case_id": case, "rung": rung, "on_date": on.isoformat(), "claimed_at": utc_text(event.at)}
            key = self._find(case, rung, on)
            if key is not None:
                again = "update reminders set again_at = null where id = ? and again_at <= ?"
                return bool(self._ledger.database.write(again, key, utc_text(event.at)))
            key = self._ledger.database.insert("reminders", columns)
            facts = {"rung": rung, "on": on.isoformat()}
            self._ledger.remark(Entity.REMINDER, key, case, Act.REMINDER_CLAIMED, event, facts=facts)
            return True

    def put_off(self, case: CaseKey | None, rung: str, on: date, until: datetime) -> None:
        """The mail server certainly did not take it: it may be claimed again from `until` on, and stands in the journal
        as claimed once. Raises StaleWrite where it was not claimed or has left.
        """
        with self._ledger.database.transaction():
            self._change("again_at = ?", utc_text(until), case, rung, on)

    def to_claim_again(self, now: datetime) -> frozenset[Claim]:
        """The reminders about cases that were put off until `now` or earlier."""
        rows = self._ledger.database.rows(
            "select case_id, rung, on_date from reminders where again_at <= ? and case_id is not null", utc_text(now)
        )
        return frozenset((CaseKey(row["case_id"]), row["rung"], date.fromisoformat(row["on_date"])) for row in rows)

    def waiting(self) -> bool:
        """Whether one about a case was put off and has not been claimed again."""
        return bool(self._ledger.database.row("select 1 from reminders where again_at > '' and case_id > 0 limit 1"))

    def bring_forward(self, now: datetime) -> None:
        """All that was put off may be claimed again from now on, for whatever reason it was: what kept a part of it
        back is gone, and the rest is offered to the server a little sooner.
        """
        with self._ledger.database.transaction():
            at = utc_text(now)
            self._ledger.database.write("update reminders set again_at = ? where again_at > ?", at, at)

    def let_lie(self, claims: Collection[Claim]) -> None:
        """What was put off and is due no more: claimed once, and never sent."""
        with self._ledger.database.transaction():
            for case, rung, on in claims:
                key = self._find(case, rung, on)
                self._ledger.database.write("update reminders set again_at = null where id = ?", key)

    def sent(self, case: CaseKey | None, rung: str, on: date, event: Event) -> None:
        """Record that a claimed reminder has left. Raises StaleWrite where it was not claimed or has left already."""
        with self._ledger.database.transaction():
            key = self._change("sent_at = ?", utc_text(event.at), case, rung, on)
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

    def _change(self, setting: str, value: str, case: CaseKey | None, rung: str, on: date) -> int:
        """Change a claimed reminder that has not left; return its key."""
        key = self._find(case, rung, on)
        statement = f"update reminders set {setting} where id = ? and sent_at is null"  # noqa: S608  # literals
        if key is None or not self._ledger.database.write(statement, value, key):
            raise StaleWrite("reminder", f"{rung} {on}", "claimed")
        return key

    def _find(self, case: CaseKey | None, rung: str, on: date) -> int | None:
        row = self._ledger.database.row(
            "select id from reminders where coalesce(case_id, 0) = coalesce(?, 0) and rung = ? and on_date = ?",
            case,
            rung,
            on.isoformat(),
        )
        return None if row is None else int(row["id"])
