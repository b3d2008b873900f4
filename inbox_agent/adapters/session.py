r"""An IMAP session (RFC 3501) as plain, blocking acts. Used by one thread at a time; `adapters.imap` gives it one.

Owns logging in, the acts, and the translation of what the libraries raise into the program's errors. Folders
are opened read-only (EXAMINE) unless the profile asks for mails to be moved; no act here deletes a mail that it
has not copied before.

The libraries' errors quote what was received, so a mail's text could stand in them: of those only harmless
words are kept, and they are never chained to ours.
"""

from __future__ import annotations

import imaplib
import re
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from imapclient import DELETED, IMAPClient, SocketTimeout, imap_utf7
from imapclient.exceptions import LoginError, ProtocolError

from inbox_agent.adapters import fetch, idle, wire
from inbox_agent.errors import FolderMissing, FolderReadOnly, GrantExpired, LoginRefused, MailboxUnreachable, NotKept
from inbox_agent.profile import Mailbox
from state.model import FolderInfo, FolderState

# What RFC 6154 (2) and RFC 8457 (3) give to folders; other attributes say nothing about a folder's use.
_SPECIAL_USES = frozenset({"\\all", "\\archive", "\\drafts", "\\flagged", "\\important", "\\junk", "\\sent", "\\trash"})
_NOT_SELECTABLE = frozenset({"\\noselect", "\\nonexistent"})
# Answers to a log-in that say "not now" rather than "not you" (RFC 5530, 3).
_NOT_NOW = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")
MOST_ANSWERS = 20
LEAST_ASKED = 6  # characters of a Message-ID that tell it from others, more or less
_PLAIN = re.compile(r"[A-Za-z0-9@._+=-]+")
WINDOW = 5_000  # UIDs of one question
MOST_WINDOWS = 50
# A connection through a NAT dies unheard; the system asks the peer after a minute of silence (our choice).
_KEEPALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 20, "TCP_KEEPCNT": 3}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for, in seconds: to connect, for each line, for one whole act (a server that drips
    would else hold it for ever), and for its goodbye.
    """

    connect: float = 10.0
    read: float = 30.0
    act: float = 300.0
    close: float = 0.7


@contextmanager
def translated(server: Mailbox) -> Iterator[None]:
    """Turn what the libraries and the system raise into MailboxUnreachable."""
    try:
        yield
    except OSError as error:
        raise MailboxUnreachable(server.host, server.port, wire.why(error)) from None
    except imaplib.IMAP4.error as error:
        raise MailboxUnreachable(server.host, server.port, _harmless(error)) from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        # The libraries' parsers, given nonsense by the server.
        raise MailboxUnreachable(server.host, server.port, f"unreadable answer ({type(error).__name__})") from None


def _harmless(error: imaplib.IMAP4.error) -> str:
    """The server's words, without the raw line that some of the libraries' errors quote."""
    if isinstance(error, ProtocolError):
        return "unreadable answer"
    return wire.one_line(str(error).partition(": b")[0])


class Session:
    """A logged-in connection. Every act may raise what the libraries raise: call it within `translated`."""

    def __init__(self, client: IMAPClient, *, read_only: bool) -> None:
        self._client = client
        self._read_only = read_only
        self._selected = ""
        self._closed = False  # the selected folder may only be read, though we would change it
        self._uidnext = 0  # of the selected folder, where the server tells it

    @classmethod
    def open(cls, server: Mailbox, secret: str, patience: Patience) -> Session:
        """Connect and log in. Raises LoginRefused too, and UsageProblem (see `wire.tls_context`)."""
        context = wire.tls_context(server)
        client = IMAPClient(
            server.host,
            server.port,
            ssl=server.tls == "implicit",
            ssl_context=context,
            timeout=SocketTimeout(patience.connect, patience.read),
        )
        session = cls(client, read_only=not server.move_to)
        try:
            client.normalise_times = False  # else INTERNALDATE comes in the machine's zone, unmarked
            client._imap.debug = 0  # noqa: SLF001  # imapclient sets 5: every mail would be written out for a log
            _keep_alive(client.socket())
            if server.tls == "starttls":
                client.starttls(context)
            _log_in(client, server, secret)
        except BaseException:
            session.drop()
            raise
        return session

    def close(self) -> None:
        """Say goodbye and close. Raises nothing."""
        with suppress(imaplib.IMAP4.error, OSError, ValueError):
            self._client.logout()
        self.drop()

    def drop(self) -> None:
        """Close without a word. Raises nothing."""
        with suppress(OSError):
            self._client.shutdown()

    def cut(self) -> None:
        """Break the connection under the thread that waits for it, which then fails at once. From any thread."""
        with suppress(OSError):
            # Not SSLSocket.shutdown, which takes TLS apart while the other thread is inside it.
            socket.socket.shutdown(self._client.socket(), socket.SHUT_RDWR)

    def folders(self) -> tuple[FolderInfo, ...]:
        """Every folder that can hold mail. One whose name nobody can read keeps none of the others from being found:
        some program wrote "R&D" as it is (RFC 3501, 5.1.3).
        """
        self._client.folder_encode = False  # else imapclient fails on all of them
        try:
            listed = self._client.list_folders()
        finally:
            self._client.folder_encode = True
        named = ((_words(flags), _folder_name(name)) for flags, _, name in listed)
        return tuple(FolderInfo(name, _special_use(words)) for words, name in named if name and not _closed(words))

    def select(self, folder: str) -> FolderState:
        """Open a folder; the acts below are about it. Raises FolderMissing."""
        told = self._opened(folder)
        idle.announced(self._client)  # the number of mails in the answer announces none
        self._uidnext = told.get(b"UIDNEXT", 0)
        # Without UIDNEXT the next UID is not known (RFC 3501, 6.3.1).
        return FolderState(told[b"UIDVALIDITY"], self._uidnext, told[b"EXISTS"], self._closed)

    def _opened(self, folder: str) -> dict[bytes, Any]:
        """A folder of which we may change nothing is read all the same."""
        self._selected, self._closed = folder, False
        with self._known(folder):
            if not self._read_only:
                try:
                    return dict(self._client.select_folder(folder))
                except imaplib.IMAP4.readonly:
                    self._closed = True
            return dict(self._client.select_folder(folder, readonly=True))

    def uids(self, after: int, since: date | None) -> list[int]:
        """UIDs above `after`, ascending; with `since`, of all mails received on or after that day.

        The server compares days in the zone in which it noted each mail (RFC 3501, 6.4.4), which is not told:
        one day more is asked for, so that none is missed and some of the day before may come along.
        """
        idle.announced(self._client)  # what is announced from here on may be missing from the answer
        day: list[str | date] = [] if since is None else ["SINCE", since - timedelta(days=1)]
        found: list[int] = []
        for first, last in _windows(after + 1, self._uidnext):
            told = self._client.search(["UID", f"{first}:{last}", *day])
            # "n:*" names the last mail also where that is below n (RFC 3501, 6.4.8).
            found += sorted(uid for uid in told if uid >= first)
        return found

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        return fetch.sizes(self._client, uids)

    def read(self, batch: Sequence[int], sizes: Mapping[int, int]) -> tuple[list[fetch.Delivered], tuple[int, ...]]:
        return fetch.read(self._client, batch, sizes)

    def head(self, uid: int) -> fetch.Delivered | None:
        return fetch.head(self._client, uid)

    def wait(self, wake: socket.socket, seconds: float) -> bool:
        return idle.wait_for_mail(self._client, wake, seconds)

    def append(self, folder: str, raw: bytes, flags: Sequence[str]) -> None:
        """Put a mail into a folder. Raises FolderMissing, NotKept."""
        with self._taken_by(folder):
            self._client.append(folder, raw, flags)

    def contains(self, folder: str, message_id: str) -> bool:
        """Whether the folder, which is opened for it, holds a mail of this Message-ID. Raises FolderMissing."""
        self.select(folder)
        return bool(self._client.search(["HEADER", "Message-ID", message_id]))

    def answers(self, folder: str, to: str | None, naming: str) -> list[bytes]:
        """The newest mails of a folder, which is opened for it, that may answer a Message-ID, or name this in the
        subject. Raises FolderMissing.
        """
        self.select(folder)
        found = set(self._client.search(["HEADER", "Subject", naming]))
        if to is not None and (part := _askable(to)):
            found |= set(self._client.search(["HEADER", "In-Reply-To", part]))
        newest = sorted(found)[-MOST_ANSWERS:]
        fetched = self._client.fetch(newest, ["BODY.PEEK[]"]) if newest else {}
        return [fields[b"BODY[]"] for fields in fetched.values() if isinstance(fields.get(b"BODY[]"), bytes)]

    def take_back(self, folder: str, message_id: str, ours: Callable[[bytes], bool]) -> None:
        r"""Remove a mail that we put into a folder ourselves, by its Message-ID and only if `ours` says that it still
        is what we put there. Where just that one cannot be removed (no UIDPLUS), it stays. Raises FolderMissing.
        """
        if not self._client.has_capability("UIDPLUS"):
            return
        with self._known(folder):
            self._client.select_folder(folder)
        uids = self._client.search(["HEADER", "Message-ID", message_id])
        fetched = self._client.fetch(uids, ["BODY.PEEK[]"]) if uids else {}
        mine = [uid for uid, fields in fetched.items() if ours(fields.get(b"BODY[]") or b"")]
        if mine:
            self._client.add_flags(mine, [DELETED], silent=True)
            self._client.uid_expunge(mine)

    def move(self, uids: Sequence[int], folder: str) -> None:
        r"""Move mails of the selected folder (RFC 6851), or copy them and remove just those (RFC 4315).

        A server with neither keeps the originals, marked \Deleted: a plain EXPUNGE would remove what others marked.
        Raises FolderMissing, NotKept.
        """
        if self._closed:
            raise FolderReadOnly(self._selected)
        with self._taken_by(folder):
            if self._client.has_capability("MOVE"):
                self._client.move(uids, folder)
                return
            self._client.copy(uids, folder)
        self._client.add_flags(uids, [DELETED], silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)

    @contextmanager
    def _taken_by(self, folder: str) -> Iterator[None]:
        """Tell that a folder is missing, and that one which is there takes no mail, from all else."""
        try:
            with self._known(folder):
                yield
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise NotKept(folder, _harmless(error)) from None

    @contextmanager
    def _known(self, folder: str) -> Iterator[None]:
        """Tell a refusal because the folder is missing from all others."""
        try:
            yield
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            there = [info.name for info in self.folders()]
            if folder in there or folder.upper() == "INBOX":
                raise
            raise FolderMissing(folder, there) from None


def _windows(first: int, uidnext: int) -> Iterator[tuple[int, int | str]]:
    """Ranges of UIDs from `first` on, the last one open: the answer to one question about a hundred thousand mails
    would need much memory at once. One range where UIDNEXT tells of no more, at most MOST_WINDOWS where of many.
    """
    step = max(WINDOW, (uidnext - first) // MOST_WINDOWS + 1)
    while first + step < uidnext:
        yield first, first + step - 1
        first += step
    yield first, "*"


def _askable(message_id: str) -> str:
    """The longest part of a stranger's Message-ID that any server takes in a question, which asks for parts anyway
    (RFC 3501, 6.4.4): what looks like a literal, or is no ASCII, would break the connection. Empty for too little.
    """
    longest = max(_PLAIN.findall(message_id), key=len, default="")
    return longest if len(longest) >= LEAST_ASKED else ""


def _log_in(client: IMAPClient, server: Mailbox, secret: str) -> None:
    """Log in by password, or by the access token that `secret` is. Raises LoginRefused, for a token GrantExpired."""
    try:
        if server.sign_in != "password":
            _show_token(client, server, secret)
        # PLAIN carries any password (RFC 4616); LOGIN, as imaplib writes it, only ASCII.
        elif client.has_capability("AUTH=PLAIN"):
            client.plain_login(server.user, secret)
        else:
            client.login(server.user, secret)
    except LoginError as error:
        # imapclient calls everything during the log-in a LoginError, a broken connection too.
        cause = error.__context__
        if isinstance(cause, imaplib.IMAP4.abort):
            raise cause from None
        answer = _answer(cause or error)
        if answer.upper().startswith(_NOT_NOW):
            raise MailboxUnreachable(server.host, server.port, answer) from None
        refused = LoginRefused if server.sign_in == "password" else GrantExpired
        raise refused(server.host, server.user, answer) from None
    except UnicodeEncodeError:
        raise LoginRefused(server.host, server.user, "the server takes only ASCII passwords") from None


def _show_token(client: IMAPClient, server: Mailbox, token: str) -> None:
    if client.has_capability("AUTH=XOAUTH2"):
        client.oauth2_login(server.user, token)
    elif client.has_capability("AUTH=OAUTHBEARER"):
        client.oauthbearer_login(server.user, token)
    else:
        raise LoginRefused(server.host, server.user, "no log-in by XOAUTH2 is offered")


def _answer(error: BaseException) -> str:
    """The server's words on a log-in, which imaplib raises as text or as bytes."""
    words = error.args[0]
    return wire.one_line(words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words))


def _keep_alive(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in _KEEPALIVE.items():
        if hasattr(socket, option):  # macOS lacks some
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)


def _words(flags: Sequence[bytes]) -> dict[str, str]:
    """A folder's attributes: in lower case, by which they are compared, to as written."""
    written = [flag.decode("ascii", "replace") for flag in flags]
    return {word.casefold(): word for word in written}


def _folder_name(written: object) -> str:
    """Empty for one that is no modified UTF-7, or none at all."""
    try:
        return str(imap_utf7.decode(written)) if written else ""
    except UnicodeError:
        return ""


def _closed(words: Mapping[str, str]) -> bool:
    return not words.keys().isdisjoint(_NOT_SELECTABLE)


def _special_use(words: Mapping[str, str]) -> str:
    return next((words[word] for word in words if word in _SPECIAL_USES), "")
