"""Which register a profile means."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from inbox_agent.adapters.customers.command import CommandCustomers
from inbox_agent.adapters.customers.files import CsvCustomers, XlsxCustomers
from inbox_agent.adapters.customers.sql import SqlCustomers
from inbox_agent.adapters.secrets import resolve
from inbox_agent.profile import Customers
from inbox_agent.rules.customers import Entry
from state.model import Party

_REFERENCE = re.compile(r"(env|file|keyring):")


class Register(Protocol):
    """What a look-up needs: the entries worth a look. Raises CustomersUnreadable."""

    def find(self, asked: Party) -> tuple[Entry, ...]: ...


def open_register(settings: Customers, folder: Path) -> Register | None:
    """The profile's register; None where it names none. `folder` is the profile's, for relative paths.

    Raises SecretMissing.
    """
    match settings.kind:
        case "csv":
            return CsvCustomers(folder / settings.path, settings)
        case "xlsx":
            return XlsxCustomers(folder / settings.path, settings)
        case "sql":
            url = resolve(settings.url) if _REFERENCE.match(settings.url) else settings.url
            return SqlCustomers(url, settings)
        case "command":
            return CommandCustomers(folder, settings)
    return None
