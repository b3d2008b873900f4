"""A register in a database (the extra "sql"): one SELECT of the company's own, over a connection that only reads.

The query gets `:address` and `:name` as bound values, never as text. Whatever it does is rolled back.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inbox_agent.adapters.customers.rows import entry
from inbox_agent.errors import CustomersUnreadable
from inbox_agent.profile import Customers
from inbox_agent.rules.customers import Entry
from state.model import Party

if TYPE_CHECKING:
    from sqlalchemy import Connection

_READ_ONLY = {  # how each database is told; the profile's own check of the query stands before it
    "sqlite": "pragma query_only = on",
    "postgresql": "set transaction read only",
    "mysql": "set transaction read only",
    "mariadb": "set transaction read only",
}


@dataclass(frozen=True, slots=True)
class SqlCustomers:
    url: str
    settings: Customers

    def find(self, asked: Party) -> tuple[Entry, ...]:
        """What the query gives. Raises CustomersUnreadable; its words hold neither URL nor values."""
        try:
            from sqlalchemy import create_engine, exc, text  # noqa: PLC0415  # an extra: only where a profile asks
            from sqlalchemy.pool import NullPool  # noqa: PLC0415
        except ImportError:
            raise CustomersUnreadable("sql", "not_installed", "sql") from None
        try:
            engine = create_engine(self.url, poolclass=NullPool, hide_parameters=True)
            with engine.connect() as connection:
                _only_read(connection)
                values = {"address": asked.address.strip(), "name": asked.name.strip()}
                wanted = text(self.settings.query)
                rows = connection.execute(wanted, {name: values[name] for name in values if f":{name}" in str(wanted)})
                found = tuple(entry(dict(row), self.settings) for row in rows.mappings())
                connection.rollback()
                return found
        except exc.NoSuchModuleError:
            raise CustomersUnreadable("sql", "no_driver") from None
        except ImportError as error:
            raise CustomersUnreadable("sql", "no_driver", error.name or "") from None
        except exc.SQLAlchemyError as error:
            raise CustomersUnreadable("sql", "unreadable", type(error).__name__) from None


def _only_read(connection: Connection) -> None:
    from sqlalchemy import exc, text  # noqa: PLC0415

    statement = _READ_ONLY.get(connection.dialect.name)
    if statement:
        with suppress(exc.NotSupportedError):
            connection.execute(text(statement))
