r"""The copies of our own letters: the mailbox's Sent folder.

Opens a short connection of its own for each question, so that a letter's sending never waits for the
connection that watches the mailbox.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from inbox_agent.adapters.imap import ImapMailbox
from inbox_agent.adapters.secrets import Secret
from inbox_agent.errors import FolderMissing
from inbox_agent.profile import Mailbox
from inbox_agent.rules.folders import sent_folder


@dataclass(frozen=True, slots=True)
class ImapSentFolder:
    """`wanted` is the profile's `smtp.sent_folder`: a name, or "auto". Raises the errors of `adapters.imap`,
    FolderMissing also where "auto" finds none.
    """

    server: Mailbox
    secret: Secret = field(repr=False)
    wanted: str

    async def contains(self, message_id: str) -> bool:
        """Whether a copy of this Message-ID lies there."""
        async with ImapMailbox.open(self.server, self.secret) as mailbox:
            return await mailbox.contains(await self._folder(mailbox), message_id)

    async def save(self, raw: bytes) -> None:
        r"""Keep a copy, marked \Seen."""
        async with ImapMailbox.open(self.server, self.secret) as mailbox:
            await mailbox.append(await self._folder(mailbox), raw, (r"\Seen",))

    async def _folder(self, mailbox: ImapMailbox) -> str:
        there = await mailbox.folders()
        folder = sent_folder(there, self.wanted)
        if folder is None:
            raise FolderMissing(self.wanted, [info.name for info in there])
        return folder
