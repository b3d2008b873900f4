"""Signs of life of the running agent, one row a component. No business of the journal's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from state.database import json_text, utc_text
from state.model import Heartbeat
from state.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Pulse:
    _ledger: Ledger

    def beat(self, heartbeat: Heartbeat) -> None:
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "insert into pulse (component, at, state, detail) values (?, ?, ?, ?) on conflict do update "
                "set at = excluded.at, state = excluded.state, detail = excluded.detail",
                heartbeat.component,
                utc_text(heartbeat.at),
                heartbeat.state,
                json_text(dict(heartbeat.detail)),
            )

    def forget(self, component: str) -> None:
        """Say that a component has ended."""
        with self._ledger.database.transaction():
            self._ledger.database.write("delete from pulse where component = ?", component)

    def forget_silent(self, prefix: str, before: datetime) -> None:
        """Forget the components of this kind that have given no sign since `before`: they died."""
        with self._ledger.database.transaction():
            self._ledger.database.write(
                "delete from pulse where substr(component, 1, length(?1)) = ?1 and at < ?2", prefix, utc_text(before)
            )

    def all(self) -> dict[str, Heartbeat]:
        """The last sign of every component, by its name."""
        return self._ledger.records.heartbeats()

    def read(self, component: str) -> Heartbeat | None:
        """The last sign of life; None if there was none."""
        return self._ledger.records.heartbeat(component)
