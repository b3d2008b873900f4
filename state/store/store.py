"""The store: what is true, kept in one SQLite file.

Composes its parts; every act stands in one of them. Every method that changes something takes its event
(who, when) and is one transaction: all of the act and its journal lines, or nothing and an error.

A store belongs to the thread that opened it. Processes and threads each open their own: writers wait for
one another (StoreBusy after the timeout), readers wait for nobody.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from state.database import BUSY_TIMEOUT, Database
from state.journal import Journal
from state.records import Records
from state.store.absences import Absences
from state.store.canaries import Canaries
from state.store.cases import Cases
from state.store.corrections import Corrections
from state.store.drafts import Drafts
from state.store.duties import Duties
from state.store.identification import Identification
from state.store.intake import Intake
from state.store.joining import Joining
from state.store.ledger import Ledger
from state.store.mails import Mails
from state.store.offers import Offers
from state.store.parting import Parting
from state.store.placing import Placing
from state.store.pulse import Pulse
from state.store.reading import Reading
from state.store.reminders import Reminders
from state.store.threads import Threads


class Store:
    def __init__(self, database: Database) -> None:
        self._database = database
        self.journal = Journal(database)
        ledger = Ledger(database, self.journal, Records(database))
        self.verify = ledger.verify
        self.reading = Reading(ledger)
        self.intake = Intake(ledger)
        self.mails = Mails(ledger)
        self.threads = Threads(ledger)
        self.absences = Absences(ledger)
        self.cases = Cases(ledger)
        self.drafts = Drafts(ledger)
        self.duties = Duties(ledger)
        self.identification = Identification(ledger)
        self.offers = Offers(ledger)
        self.canaries = Canaries(ledger)
        self.corrections = Corrections(ledger)
        self.reminders = Reminders(ledger)
        self.joining = Joining(ledger)
        self.parting = Parting(ledger)
        self.placing = Placing(ledger)
        self.pulse = Pulse(ledger)

    @classmethod
    def open(cls, path: Path | str, *, busy_timeout: float = BUSY_TIMEOUT, create: bool = True) -> Self:
        """Open or migrate the database at `path` (":memory:": one that dies with the store), and make one where there
        is none, unless `create` says not to.

        `busy_timeout` is in seconds. Raises NoDatabase, ForeignDatabase, NewerDatabase, StoreBusy, StoreFull,
        StoreUnusable.
        """
        return cls(Database.open(path, busy_timeout, create=create))

    def transaction(self) -> AbstractContextManager[None]:
        """Make several acts one: all of them or none. Never held across a wait for a wire."""
        return self._database.transaction()

    def data_version(self) -> int:
        """A number that changes when another connection wrote."""
        return self._database.data_version()

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
