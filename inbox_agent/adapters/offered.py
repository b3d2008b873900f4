"""The mailbox's Drafts folder, and the Sent folder seen from there: over one short connection for each look."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from inbox_agent.adapters.imap import ImapMailbox
from inbox_agent.adapters.secrets import Secret
from inbox_agent.errors import FolderMissing
from inbox_agent.profile import Mailbox
from inbox_agent.rules.folders import drafts_folder, sent_folder


@dataclass(frozen=True, slots=True)
class OpenDrafts:
    """Both folders while a connection lasts. Raises the errors of `adapters.imap`."""

    mailbox: ImapMailbox
    drafts: str
    sent: str | None

    async def put(self, raw: bytes) -> None:
        """Put a letter among the drafts."""
        await self.mailbox.append(self.drafts, raw, (r"\Draft", r"\Seen"))

    async def take_back(self, message_id: str, ours: Callable[[bytes], bool]) -> None:
        await self.mailbox.take_back(self.drafts, message_id, ours)

    async def sent_answers(self, to: str | None, naming: str) -> list[bytes]:
        """Sent mails that answer this Message-ID or name this in their subject."""
        return await self.mailbox.answers(self.sent, to, naming) if self.sent else []


@dataclass(frozen=True, slots=True)
class ImapDrafts:
    """`wanted` and `sent` are the profile's names for the two folders, or "auto"."""

    server: Mailbox
    secret: Secret = field(repr=False)
    wanted: str
    sent: str

    @asynccontextmanager
    async def open(self) -> AsyncIterator[OpenDrafts]:
        """Raises FolderMissing where there is no Drafts folder."""
        async with ImapMailbox.open(self.server, self.secret) as mailbox:
            there = await mailbox.folders()
            drafts = drafts_folder(there, self.wanted)
            if drafts is None:
                raise FolderMissing(self.wanted, [info.name for info in there])
            yield OpenDrafts(mailbox, drafts, sent_folder(there, self.sent))
