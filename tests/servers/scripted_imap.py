"""An IMAP server that behaves well until it is told not to: for faults that no real server shows on order.

It knows one folder, INBOX, with the mails given. A test replaces what it does at a command by an `Act`.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from tests.servers.waiting import until


class Wire:
    """One client's connection, from the server's side."""

    def __init__(self, connection: socket.socket, piece: int = 0) -> None:
        self._connection = connection
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._piece = piece  # bytes of a packet; 0: whatever is sent at once
        self.idling = False
        self.told = 0  # mails that the client knows of
        self._lines = connection.makefile("rb")

    def send(self, *lines: bytes) -> None:
        """Send whole lines, all in one packet."""
        self.send_raw(b"".join(line + b"\r\n" for line in lines))

    def send_raw(self, data: bytes) -> None:
        for start in range(0, len(data), self._piece or len(data) or 1):
            self._connection.sendall(data[start : start + (self._piece or len(data))])

    def line(self) -> bytes:
        """The client's next line; empty when it is gone."""
        return self._lines.readline().strip()

    def close(self) -> None:
        """Send FIN; what the client sends later is not read."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def hang(self) -> None:
        """Say nothing more, but keep the connection until the client ends it."""
        while self.line():
            pass

    def release(self) -> None:
        self.close()
        self._lines.close()
        self._connection.close()


Act = Callable[[Wire, bytes, bytes], None]  # the connection, the command's tag, its arguments


class ScriptedImap:
    """The server. Change its attributes and acts at will; `commands` are all that clients have sent."""

    def __init__(self) -> None:
        self.capabilities = b"IMAP4REV1 IDLE UIDPLUS"
        self.greeting = b"* OK ready"
        self.greet: Callable[[], bytes] = lambda: self.greeting
        self.mails: dict[int, bytes] = {}
        self.uidvalidity = 1
        self.withheld: set[int] = set()  # UIDs that FETCH passes over
        self.piece = 0  # bytes of a packet, for connections to come
        self.commands: list[bytes] = []
        self._acts: dict[bytes, Act] = {
            b"CAPABILITY": self.capability,
            b"LIST": self.folders,
            b"SELECT": self.select,
            b"EXAMINE": self.examine,
            b"UID SEARCH": self.search,
            b"UID FETCH": self.fetch,
            b"IDLE": self.idle,
            b"NOOP": self.noop,
            b"LOGOUT": self.logout,
        }
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._wires: list[Wire] = []
        self._threads: list[threading.Thread] = []

    def on(self, command: bytes, act: Act) -> None:
        """From now on do this at `command` (b"IDLE", b"UID FETCH", ...)."""
        self._acts[command] = act

    def act(self, command: bytes) -> Act:
        """What it does at `command` now."""
        return self._acts.get(command, self.ok)

    def nudge(self) -> None:
        """Announce mail to whoever idles."""
        for wire in self._wires:
            if wire.idling:
                with suppress(OSError):
                    wire.send(b"* %d EXISTS" % len(self.mails))

    def wait_for(self, command: bytes, times: int = 1, seconds: float = 10.0) -> None:
        """Return when clients have sent `command` so often."""
        until(lambda: self.times(command) >= times, seconds, f"{command!r} {times} times")

    @property
    def connected(self) -> int:
        """How many clients have come."""
        return len(self._wires)

    def times(self, command: bytes) -> int:
        return sum(sent.upper().startswith(command) for sent in self.commands)

    def start(self) -> None:
        self._run(self._accept)

    def stop(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for wire in self._wires:
            wire.close()
        for thread in self._threads:
            thread.join(10)
        for wire in self._wires:
            wire.release()

    # -- good behaviour ---------------------------------------------------------------------------

    def ok(self, wire: Wire, tag: bytes, _arguments: bytes) -> None:
        wire.send(tag + b" OK done")

    def capability(self, wire: Wire, tag: bytes, _arguments: bytes) -> None:
        wire.send(b"* CAPABILITY " + self.capabilities, tag + b" OK done")

    def logout(self, wire: Wire, tag: bytes, _arguments: bytes) -> None:
        wire.send(b"* BYE until next time", tag + b" OK done")

    def folders(self, wire: Wire, tag: bytes, _arguments: bytes) -> None:
        wire.send(b'* LIST () "/" INBOX', tag + b" OK done")

    def idle(self, wire: Wire, tag: bytes, _arguments: bytes) -> None:
        wire.idling = True
        wire.send(b"+ idling")
        done = wire.line()
        wire.idling = False
        if done:
            wire.send(tag + b" OK done")

    def noop(self, wire: Wire, tag: bytes, _arguments: bytes) -> None:
        """Tell how many mails there are, where that is news."""
        if wire.told != len(self.mails):
            wire.told = len(self.mails)
            wire.send(b"* %d EXISTS" % wire.told)
        wire.send(tag + b" OK done")

    def select(self, wire: Wire, tag: bytes, _arguments: bytes) -> None:
        self._opened(wire, tag, b"READ-WRITE")

    def examine(self, wire: Wire, tag: bytes, _arguments: bytes) -> None:
        self._opened(wire, tag, b"READ-ONLY")

    def _opened(self, wire: Wire, tag: bytes, how: bytes) -> None:
        wire.told = len(self.mails)
        wire.send(
            b"* %d EXISTS" % wire.told,
            b"* 0 RECENT",
            b"* FLAGS (\\Seen)",
            b"* OK [UIDVALIDITY %d]" % self.uidvalidity,
            b"* OK [UIDNEXT %d]" % (max(self.mails, default=0) + 1),
            tag + b" OK [%b] selected" % how,
        )

    def search(self, wire: Wire, tag: bytes, arguments: bytes) -> None:
        """Only what our client asks: "UID n" and "UID n:*", which names the last mail also below n."""
        first, last = re.findall(rb"UID (\d+)(:\*)?", arguments)[0]
        found = {uid for uid in self.mails if uid == int(first) or (last and uid > int(first))}
        if last and self.mails:
            found.add(max(self.mails))
        wire.send(b" ".join([b"* SEARCH", *(b"%d" % uid for uid in sorted(found))]), tag + b" OK done")

    def fetch(self, wire: Wire, tag: bytes, arguments: bytes) -> None:
        numbers = [int(number) for number in arguments.split(b" ")[0].split(b",")]
        for uid in numbers:
            if uid in self.mails and uid not in self.withheld:
                wire.send_raw(self._fetched(uid, arguments) + b"\r\n")
        wire.send(tag + b" OK fetched")

    def _fetched(self, uid: int, arguments: bytes) -> bytes:
        raw = self.mails[uid]
        start = b"* %d FETCH (UID %d " % (list(self.mails).index(uid) + 1, uid)
        if b"RFC822.SIZE" in arguments:
            return start + b"RFC822.SIZE %d)" % len(raw)
        date = b'INTERNALDATE "02-Mar-2026 10:00:00 +0200" '
        return start + date + b"BODY[] {%d}\r\n%b)" % (len(raw), raw)

    # -- the conversation -------------------------------------------------------------------------

    def _run(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="scripted-imap", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                wire = Wire(self._listener.accept()[0], self.piece)
                self._wires.append(wire)
                self._run(lambda wire=wire: self._converse(wire))

    def _converse(self, wire: Wire) -> None:
        with suppress(OSError, ValueError):
            if greeting := self.greet():
                wire.send(greeting)
            while line := wire.line():
                tag, _, rest = line.partition(b" ")
                self.commands.append(rest)
                words = rest.upper().split(b" ")
                command = b" ".join(words[:2]) if words[0] == b"UID" else words[0]
                arguments = rest[len(command) + 1 :]
                self._acts.get(command, self.ok)(wire, tag, arguments)
