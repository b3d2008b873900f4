"""A register behind a command of the company's own: asked by JSON on stdin, answered by JSON objects on stdout.

The command is run without a shell and with bounded time and output; what the mail says reaches it as data only.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from inbox_agent.adapters.customers.rows import entry
from inbox_agent.errors import CustomersUnreadable
from inbox_agent.profile import Customers
from inbox_agent.rules.customers import MOST, Entry
from state.model import Party

_MOST_OUTPUT = 10_000_000


@dataclass(frozen=True, slots=True)
class CommandCustomers:
    folder: Path
    settings: Customers

    def find(self, asked: Party) -> tuple[Entry, ...]:
        """What the command answers: one JSON object a line, or one list. Raises CustomersUnreadable."""
        question = json.dumps({"name": asked.name, "address": asked.address}, ensure_ascii=False)
        try:
            done = subprocess.run(  # noqa: S603  # the profile's own command, without a shell
                self.settings.command,
                input=question.encode(),
                capture_output=True,
                cwd=self.folder,
                timeout=self.settings.timeout_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise CustomersUnreadable("command", "too_slow", f"{self.settings.timeout_seconds:g} s") from None
        except OSError as error:
            raise CustomersUnreadable("command", "unreadable", error.strerror or "") from None
        if done.returncode != 0:
            raise CustomersUnreadable("command", "failed", str(done.returncode))
        return self._read(done.stdout[:_MOST_OUTPUT])

    def _read(self, answer: bytes) -> tuple[Entry, ...]:
        try:
            text = answer.decode().strip()
            rows = (
                json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines() if line]
            )
        except ValueError:
            raise CustomersUnreadable("command", "no_json") from None
        return tuple(entry(row, self.settings) for row in rows[: MOST * 4] if isinstance(row, dict))
