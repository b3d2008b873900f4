"""Corrections: a person's word against what a mail was taken for. The mail's newest one holds.

Refuses text: what is kept are verdicts and rights, who said so and when; the mail itself is intake's, and a purge takes
it away. Refuses a correction by nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from state.database import json_text, utc_text
from state.errors import IllegalTransition
from state.journal import Entity, Facts
from state.mapping import correction_of
from state.model import AGENT, Act, Correction, Event, Judgement, Message, MessageKey, Verdict
from state.store.ledger import Columns, Ledger

_WITH_CASE = "select corrections.*, case_id from corrections join messages on messages.id = corrections.message_id"


@dataclass(frozen=True, slots=True)
class Corrections:
    _ledger: Ledger

    def all(self) -> tuple[Correction, ...]:
        """Every correction, oldest first."""
        return tuple(map(correction_of, self._ledger.database.rows(f"{_WITH_CASE} order by corrections.id")))

    def of_message(self, key: MessageKey) -> tuple[Correction, ...]:
        """The corrections of one mail, oldest first."""
        found = self._ledger.database.rows(
            f"{_WITH_CASE} where corrections.message_id = ? order by corrections.id", key
        )
        return tuple(map(correction_of, found))

    def judgement(self, message: Message) -> Judgement:
        """What a mail counts as now: as its newest correction says, else as it was recognised."""
        if corrected := self.of_message(message.key):
            return corrected[-1].after
        return Judgement(message.verdict, tuple(map(str, message.analysis.get("types", ()))))

    def record(self, message: MessageKey, after: Judgement, event: Event) -> bool:
        """Keep a person's word; False where the mail counts as just that already.

        Raises IllegalTransition where nobody says it, or says "unsure".
        """
        with self._ledger.database.transaction():
            stored = self._ledger.records.message(message)
            before = self.judgement(stored)
            if event.actor == AGENT or after.verdict is Verdict.UNSURE:
                raise IllegalTransition("message", before.verdict, after.verdict)
            if (before.verdict, set(before.kinds)) == (after.verdict, set(after.kinds)):
                return False
            columns: Columns = {
                "message_id": message,
                "verdict_before": before.verdict,
                "kinds_before": json_text(list(before.kinds)),
                "verdict_after": after.verdict,
                "kinds_after": json_text(list(after.kinds)),
                "actor": event.actor,
                "at": utc_text(event.at),
            }
            self._ledger.database.insert("corrections", columns)
            facts: Facts = {"before": before.verdict, "after": after.verdict}
            self._ledger.remark(Entity.MESSAGE, message, stored.case, Act.CORRECTED, event, facts=facts)
            return True

    def exported(self, message: MessageKey, event: Event) -> None:
        """Note that an anonymised copy of a corrected mail was given out, by whom and when."""
        with self._ledger.database.transaction():
            case = self._ledger.records.message(message).case
            self._ledger.remark(Entity.MESSAGE, message, case, Act.CORRECTION_EXPORTED, event)
