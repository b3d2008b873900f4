"""How far back the first look into a folder reaches: as the profile says, unless our clock and its mails disagree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from inbox_agent.profile import Mailbox as Server
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.folders import is_named
from state.model import FolderState, RawMessage

MAY_BE_AHEAD = timedelta(days=1)  # of our clock, a mail server's: more is no drift any more
_LAST_FEW = 100  # numbers among which the newest mail is looked for


class Selected(Protocol):
    """What it needs of a mail server, in the folder that is selected."""

    async def uids(self, after: int, since: date | None) -> list[int]: ...

    async def head(self, uid: int) -> RawMessage | None: ...


@dataclass(frozen=True, slots=True)
class FirstLook:
    """How far back a first look reaches, a legal date in Helsinki. `doubted`: the newest mail's receipt, from which it
    is counted where that and our clock do not go together.
    """

    since: date
    doubted: datetime | None = None


async def first_look(mailbox: Selected, folder: str, there: FolderState, server: Server, now: datetime) -> FirstLook:
    """How far back a first look into the selected folder reaches. A clock that is wrong would take in none of its
    mails, or all that were ever there: what of them is of the last month, the newest one tells.
    """
    if not isinstance(server.since, timedelta):
        return FirstLook(server.since)
    since, newest = helsinki_date(now) - server.since, await _newest(mailbox, there)
    # That nothing came to the junk folder for a month says nothing of our clock.
    quiet = newest is not None and is_named(folder, server.folders) and helsinki_date(newest) < since
    if newest is None or not (quiet or newest - now > MAY_BE_AHEAD):
        return FirstLook(since)
    return FirstLook(helsinki_date(newest) - server.since, newest)


async def _newest(mailbox: Selected, there: FolderState) -> datetime | None:
    if not there.exists or not there.uidnext:
        return None
    last = await mailbox.uids(max(there.uidnext - 1 - _LAST_FEW, 0), None)
    head = await mailbox.head(last[-1]) if last else None
    return head.received_at if head else None
