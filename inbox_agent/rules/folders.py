"""Which folders of a mailbox are read, and where sent letters are kept.

Found by their attribute (RFC 6154) or, where a server announces none, by their usual Finnish, Swedish and
English names; a name in the profile wins. Junk is read too: a request lost there is not an excuse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from inbox_agent.errors import FolderMissing
from inbox_agent.profile import Mailbox

_JUNK_NAMES = ("junk", "spam", "roskaposti", "skräppost", "junk e-mail", "junk email", "bulk mail")
_SENT_NAMES = ("sent", "sent items", "sent messages", "lähetetyt", "lähetetyt viestit", "skickat", "skickade objekt")


class Folder(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def special_use(self) -> str: ...


def watched(there: Sequence[Folder], mailbox: Mailbox) -> list[str]:
    """The folders to read, in order. Raises FolderMissing for one that the profile names and the server lacks."""
    names = [folder.name for folder in there]
    for wanted in mailbox.folders:
        if wanted not in names and wanted.upper() != "INBOX":
            raise FolderMissing(wanted, names)
    junk = junk_folder(there, mailbox.junk)
    return [*mailbox.folders, *([junk] if junk and junk not in mailbox.folders else [])]


def junk_folder(there: Sequence[Folder], wanted: str) -> str | None:
    """The junk folder's name; None where the profile wants none or there is none."""
    return _find(there, wanted, "\\Junk", _JUNK_NAMES)


def sent_folder(there: Sequence[Folder], wanted: str) -> str | None:
    """The folder that keeps sent mail; None where there is none."""
    return _find(there, wanted, "\\Sent", _SENT_NAMES)


def _find(there: Sequence[Folder], wanted: str, attribute: str, names: tuple[str, ...]) -> str | None:
    if not wanted:
        return None
    if wanted != "auto":
        if wanted not in [folder.name for folder in there]:
            raise FolderMissing(wanted, [folder.name for folder in there])
        return wanted
    by_attribute = [folder.name for folder in there if folder.special_use.casefold() == attribute.casefold()]
    by_name = [folder.name for folder in there if _last(folder.name) in names]
    return next(iter(by_attribute + by_name), None)


def _last(name: str) -> str:
    """The folder's own name: servers part their folders' names with "/" or "." (INBOX.Sent)."""
    return re.split(r"[/.]", name)[-1].casefold()
