"""Which folders of a mailbox are read, and where sent letters are kept.

Found by their attribute (RFC 6154) or, where a server announces none, by their usual Finnish, Swedish and
English names; a name in the profile wins. Junk is read too: a request lost there is not an excuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from inbox_agent.errors import FolderMissing
from inbox_agent.profile import Mailbox
from inbox_agent.profile.servers import meant_by

_JUNK_NAMES = ("junk", "spam", "roskaposti", "skräppost", "junk e-mail", "junk email", "bulk mail")
_SENT_NAMES = ("sent", "sent items", "sent messages", "lähetetyt", "lähetetyt viestit", "skickat", "skickade objekt")

_DRAFTS_NAMES = ("drafts", "draft", "luonnokset", "luonnos", "utkast")


class Folder(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def special_use(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Survey:
    """What of the folders that a profile names is there: those to `read`, in order, the one to move to ("" for none),
    and the first that is missing. One that is missing keeps nobody from reading the others. What is moved is not read
    again where it went, be it the junk folder.
    """

    read: tuple[str, ...]
    move_to: str
    missing: FolderMissing | None


def survey(there: Sequence[Folder], mailbox: Mailbox) -> Survey:
    """Look for every folder that the profile names, the junk folder and the one to move to included."""
    names = [folder.name for folder in there]
    named = [*mailbox.folders, *([mailbox.junk] if mailbox.junk not in {"", "auto"} else [])]
    listed = {folder: as_listed(folder, names) for folder in [*named, mailbox.move_to] if folder}
    found = [name for folder in named if (name := listed[folder]) is not None]
    junk = junk_folder(there, "auto") if mailbox.junk == "auto" else None
    move_to = listed.get(mailbox.move_to) or ""
    missing = [folder for folder, name in listed.items() if name is None]
    return Survey(
        read=tuple(dict.fromkeys([*found, *([junk] if junk and junk != move_to else [])])),
        move_to=move_to,
        missing=FolderMissing(missing[0], names) if missing else None,
    )


def as_listed(wanted: str, names: Iterable[str]) -> str | None:
    """A folder as the server writes its name; None for one that it does not list. INBOX need not be listed.

    Exactly so, or the only one that a person could mean by it.
    """
    there = ["INBOX", *names]
    meant = list(dict.fromkeys(name for name in there if meant_by(name) == meant_by(wanted)))
    return wanted if wanted in there else meant[0] if len(meant) == 1 else None


def is_named(folder: str, wanted: Iterable[str]) -> bool:
    """Whether a folder, as the server writes its name, is one of those that the profile wants."""
    return any(as_listed(one, [folder]) == folder for one in wanted)


def watched(there: Sequence[Folder], mailbox: Mailbox) -> list[str]:
    """The folders to read, in order. Raises FolderMissing for one that the profile names and the server lacks."""
    found = survey(there, mailbox)
    if found.missing is not None:
        raise found.missing
    return list(found.read)


def junk_folder(there: Sequence[Folder], wanted: str) -> str | None:
    """The junk folder's name; None where the profile wants none or there is none."""
    return _find(there, wanted, "\\Junk", _JUNK_NAMES)


def sent_folder(there: Sequence[Folder], wanted: str) -> str | None:
    """The folder that keeps sent mail; None where there is none."""
    return _find(there, wanted, "\\Sent", _SENT_NAMES)


def drafts_folder(there: Sequence[Folder], wanted: str) -> str | None:
    """The folder that keeps drafts; None where the profile wants none or there is none."""
    return _find(there, wanted, "\\Drafts", _DRAFTS_NAMES)


def _find(there: Sequence[Folder], wanted: str, attribute: str, names: tuple[str, ...]) -> str | None:
    names_there = [folder.name for folder in there]
    if not wanted:
        return None
    if wanted != "auto":
        if (listed := as_listed(wanted, names_there)) is None:
            raise FolderMissing(wanted, names_there)
        return listed
    by_attribute = [folder.name for folder in there if folder.special_use.casefold() == attribute.casefold()]
    by_name = [folder.name for folder in there if _last(folder.name) in names]
    return next(iter(by_attribute + by_name), None)


def _last(name: str) -> str:
    """The folder's own name: servers part their folders' names with "/" or "." (INBOX.Sent)."""
    return re.split(r"[/.]", name)[-1].casefold()
