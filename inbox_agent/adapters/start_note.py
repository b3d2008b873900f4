"""What is known of failed starts of the agent, in a small file beside the profile: there may be no database then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from pathlib import Path

from inbox_agent.adapters import small_files
from inbox_agent.rules.starting import FailedStart


@dataclass(frozen=True, slots=True)
class StartNote:
    path: Path

    @classmethod
    def beside(cls, profile: Path) -> StartNote:
        return cls(profile.with_name(f"{profile.name}.not-started"))

    def read(self) -> Mapping[str, FailedStart]:
        """By the way they failed. A note that cannot be read knows nothing."""
        try:
            told = json.loads(self.path.read_text(encoding="utf-8"))
            return {way: _start(*one) for way, one in told.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def write(self, starts: Mapping[str, FailedStart]) -> None:
        """Raises OSError. Nothing to note leaves no file."""
        if not starts:
            self.path.unlink(missing_ok=True)
            return
        told = {way: [_text(one) for one in astuple(start)] for way, start in starts.items()}
        small_files.replace_text(self.path, json.dumps(told) + "\n")


def _text(one: date | bool | None) -> str | bool | None:
    return one.isoformat() if isinstance(one, date) else one


def _start(since: str | None, told_on: str | None, not_before: str | None, over: bool) -> FailedStart:
    return FailedStart(
        datetime.fromisoformat(since) if since else None,
        date.fromisoformat(told_on) if told_on else None,
        datetime.fromisoformat(not_before) if not_before else None,
        over,
    )
