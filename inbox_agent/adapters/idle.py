"""Waiting for mail on one IMAP connection: IDLE (RFC 2177), or NOOP now and then where a server has none.

Runs on the connection's own thread. Every wait ends when mail is announced, when a byte arrives on the wake
socket, or when its time is over; it always leaves the connection ready for a command, or raises what the
connection raised. An announcement is only a hint to look: what is there, a search tells.

`IMAPClient.idle_check` is not used. It cannot be interrupted, it does not see lines that imaplib has read
already (a mail that arrives just before IDLE is announced together with "+ idling"), and on a connection
that the server has closed it returns at once, for ever. So this module, alone, looks into imaplib's buffers.
"""

from __future__ import annotations

import select
import socket
import ssl
import time

from imapclient import IMAPClient

_EXISTS = "EXISTS"  # what announces mail (RFC 3501, 7.3.1)
NOOP_EVERY = 5.0  # seconds between looks at a server without IDLE: our choice
SLEEP_NOTICED_AFTER = 15.0  # seconds: the system counts a wait only while the machine is awake
_AWAKE_OR_ASLEEP = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # Linux has one that goes on in a sleep


def wait_for_mail(client: IMAPClient, wake: socket.socket, seconds: float) -> bool:
    """Whether mail was announced within `seconds`. False also when `wake` became readable; it is drained."""
    if announced(client):
        return True
    look = _idle if client.has_capability("IDLE") else _noop
    deadline = passed() + seconds
    woken = _woken(wake)
    while not woken and (left := deadline - passed()) > 0:
        woken = look(client, wake, left)
        if announced(client):
            return True
    return False


def passed() -> float:
    """Seconds of a clock that nobody sets, those of a sleeping machine among them where the system counts them."""
    return time.clock_gettime(_AWAKE_OR_ASLEEP)


def announced(client: IMAPClient) -> bool:
    """Whether the server has said EXISTS since this was last asked, in answer to whatever command."""
    return client._imap.untagged_responses.pop(_EXISTS, None) is not None  # noqa: SLF001


def _idle(client: IMAPClient, wake: socket.socket, seconds: float) -> bool:
    """One IDLE; whether it was ended by `wake`."""
    _begin(client)
    told = _EXISTS in client._imap.untagged_responses or _buffered(client)  # noqa: SLF001
    woken = not told and _ready(client, wake, seconds)
    # Reads every pending line, and is what notices a closed or silent server: EOF or a timeout is raised here.
    client.idle_done()
    return woken


def _begin(client: IMAPClient) -> None:
    """Enter IDLE. Unlike `IMAPClient.idle`, accepts announcements before the server's "+"."""
    imap = client._imap  # noqa: SLF001
    client._idle_tag = tag = imap._command("IDLE")  # noqa: SLF001
    while imap._get_response() is not None:  # noqa: SLF001
        if imap.tagged_commands[tag] is not None:
            raise imap.abort("IDLE refused")


def _buffered(client: IMAPClient) -> bool:
    """Whether lines were read from the socket already, which polling it would never report."""
    imap, wire = client._imap, client.socket()  # noqa: SLF001
    if hasattr(imap, "_readbuf"):  # Python 3.14 and later
        return any(imap._readbuf) or (isinstance(wire, ssl.SSLSocket) and wire.pending() > 0)  # noqa: SLF001
    patience = wire.gettimeout()
    wire.settimeout(0)
    try:
        return bool(imap.file.peek(1))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        wire.settimeout(patience)


def _noop(client: IMAPClient, wake: socket.socket, seconds: float) -> bool:
    """Ask once, after a pause; whether the pause was ended by `wake`."""
    woken = _ready(client, wake, min(seconds, NOOP_EVERY))
    client.noop()
    return woken


def _ready(client: IMAPClient, wake: socket.socket, seconds: float) -> bool:
    """Sleep until either socket has something to read or `seconds` are over; whether `wake` had.

    After a sleep of the machine the server is long gone: the wait is over soon, not when the rest of it has passed.
    """
    poll = select.poll()
    poll.register(client.socket().fileno(), select.POLLIN)
    poll.register(wake.fileno(), select.POLLIN)
    deadline = passed() + seconds
    while (left := deadline - passed()) > 0 and not poll.poll(min(left, SLEEP_NOTICED_AFTER) * 1000):
        pass
    return _woken(wake)


def _woken(wake: socket.socket) -> bool:
    """Drain the wake socket (non-blocking); whether there was anything in it."""
    try:
        return bool(wake.recv(4096))
    except BlockingIOError:
        return False
