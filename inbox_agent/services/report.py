"""What one pass over the mailboxes brought: counts, and what about it a person should hear of. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from inbox_agent.errors import FolderMissing, MailboxEmptied, NotKept


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one pass over the folders brought: counts, since when a first pass looked back, when the earliest and the
    latest mail that was fetched had been received, and the folders that are suddenly empty. `doubted`: the receipt of
    the newest mail, where a first pass looked back from that and not from our clock.
    """

    fetched: int = 0
    cases: int = 0
    joined: int = 0
    set_aside: int = 0
    quarantined: int = 0
    known: int = 0
    withheld: int = 0
    recovered: int = 0  # mails below the cursor that were in no book
    first_since: date | None = None
    doubted: datetime | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    emptied: tuple[MailboxEmptied, ...] = ()
    missing: FolderMissing | None = None  # a folder that the profile names, or that vanished meanwhile
    sent: int = 0  # letters that left in the same pass
    unmoved: NotKept | None = None  # mails stay where they are: the folder to move them to took none

    def __add__(self, other: SyncReport) -> SyncReport:
        return SyncReport(
            self.fetched + other.fetched,
            self.cases + other.cases,
            self.joined + other.joined,
            self.set_aside + other.set_aside,
            self.quarantined + other.quarantined,
            self.known + other.known,
            self.withheld + other.withheld,
            self.recovered + other.recovered,
            self.first_since or other.first_since,
            self.doubted or other.doubted,
            min((at for at in (self.earliest, other.earliest) if at), default=None),
            max((at for at in (self.latest, other.latest) if at), default=None),
            self.emptied + other.emptied,
            self.missing or other.missing,
            self.sent + other.sent,
            self.unmoved or other.unmoved,
        )
