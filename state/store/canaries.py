"""Test mails that we send through the public contact address, and their coming back: evidence that the way in works.

A canary is claimed before it is sent and arrives once. Refuses to judge how long one may take: `rules.canary` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from state.database import instant, utc_text
from state.errors import StaleWrite
from state.journal import Entity
from state.model import Act, Canary, CanaryKey, Event
from state.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Canaries:
    _ledger: Ledger

    def claim(self, token: str, event: Event) -> CanaryKey:
        """Note a canary that is about to be sent."""
        with self._ledger.database.transaction():
            columns = {"token": token, "claimed_at": utc_text(event.at)}
            key = self._ledger.database.insert("canaries", columns)
            self._ledger.remark(Entity.CANARY, key, None, Act.CANARY_CLAIMED, event)
            return CanaryKey(key)

    def sent(self, key: CanaryKey, event: Event) -> None:
        """The server took it. Raises StaleWrite where that was recorded already."""
        with self._ledger.database.transaction():
            touched = self._ledger.database.write(
                "update canaries set sent_at = ? where id = ? and sent_at is null", utc_text(event.at), key
            )
            if touched == 0:
                raise StaleWrite("canary", key, "claimed")
            self._ledger.remark(Entity.CANARY, key, None, Act.CANARY_SENT, event)

    def arrived(self, token: str, received_at: datetime, folder: str, event: Event) -> bool:
        """Record that a canary lies in a mailbox; False where nobody sent this one. Only its first arrival counts."""
        with self._ledger.database.transaction():
            row = self._ledger.database.row("select id, arrived_at from canaries where token = ?", token)
            if row is None:
                return False
            if row["arrived_at"] is None:
                self._ledger.database.write(
                    "update canaries set arrived_at = ?, folder = ? where id = ?",
                    utc_text(received_at),
                    folder,
                    row["id"],
                )
                facts = {"received_at": utc_text(received_at)}
                self._ledger.remark(Entity.CANARY, row["id"], None, Act.CANARY_ARRIVED, event, facts=facts)
            return True

    def last(self) -> Canary | None:
        """The one sent last."""
        row = self._ledger.database.row("select * from canaries order by id desc limit 1")
        if row is None:
            return None
        times = {name: instant(row[name]) if row[name] else None for name in ("sent_at", "arrived_at")}
        claimed_at = instant(row["claimed_at"])
        return Canary(CanaryKey(row["id"]), row["token"], claimed_at, folder=row["folder"], **times)
