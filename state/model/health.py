"""Signs of life: of the agent itself, and of the way to the public contact address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from state.model.keys import CanaryKey


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The agent's last sign of life. `state` is a closed word of services.watch; `detail` its facts."""

    component: str
    at: datetime
    state: str
    detail: Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Canary:
    """One test mail through the public contact address. `arrived_at` is the server's own time of receipt."""

    key: CanaryKey
    token: str
    claimed_at: datetime
    sent_at: datetime | None
    arrived_at: datetime | None
    folder: str | None  # where it was found
