"""The demo's mail servers on loopback: pymap speaks IMAP, aiosmtpd takes mail and delivers it.

Plays the company's incoming server (stamps Received and Authentication-Results, files spam into Junk) and
the world outside (keeps what our letters' recipients got). Touches nothing beyond loopback and its folder.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import SMTP
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING

from imapclient import IMAPClient

from inbox_agent.demo.mails import AUTH_HEADER, FOLDER_HEADER
from inbox_agent.errors import UsageProblem

if TYPE_CHECKING:
    from aiosmtpd.smtp import Envelope, Session

DOMAIN = "retket.example"
MAILBOX = f"tietosuoja@{DOMAIN}"
PASSWORD = "metsapolku"  # noqa: S105  # of a mailbox in memory, on loopback, for minutes
AUTHSERV_ID = f"mx.{DOMAIN}"
LOOPBACK = "127.0.0.1"
_PATIENCE = 15.0  # seconds for a server to come up


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@dataclass
class Servers:
    """Both servers, as a context manager. `outside` holds the mails that left the company, in order."""

    folder: Path
    imap_port: int = field(default_factory=_free_port)
    smtp_port: int = field(default_factory=_free_port)
    outside: list[Message] = field(default_factory=list)
    arrived: Event = field(default_factory=Event)

    def __enter__(self) -> Servers:
        try:  # an extra: loaded only where the demo is shown
            from aiosmtpd.controller import Controller  # noqa: PLC0415
            from pymap import main as _pymap  # noqa: F401, PLC0415
        except ImportError:
            raise UsageProblem("demo_extra") from None
        self._imap = _start_imap(self.imap_port)
        _wait_for_port(self.imap_port)
        self._admin = IMAPClient(LOOPBACK, self.imap_port, ssl=False, timeout=10)
        self._admin.login(MAILBOX, PASSWORD)
        for name in ("Junk", "Sent"):
            self._admin.create_folder(name)
        self._smtp = Controller(self, hostname=LOOPBACK, port=self.smtp_port)
        self._smtp.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._smtp.stop()
        with suppress(Exception):
            self._admin.logout()
        end(self._imap)

    async def handle_DATA(self, server: object, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail (aiosmtpd's handler method): ours into the mailbox, others' out into the world."""
        raw = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        mail = message_from_bytes(raw, policy=SMTP)
        if all(recipient.endswith(f"@{DOMAIN}") for recipient in envelope.rcpt_tos):
            self._deliver(mail)
        else:
            self._leave(mail)
        return "250 2.0.0 taken"

    def _deliver(self, mail: Message) -> None:
        """File a mail as the company's server would; this server believes the Date, so that weeks can pass at once."""
        folder, auth = str(mail[FOLDER_HEADER] or "INBOX"), str(mail[AUTH_HEADER] or "none")
        del mail[FOLDER_HEADER], mail[AUTH_HEADER]
        received_at = parsedate_to_datetime(mail["Date"])
        stamped = _stamps(mail, auth).encode() + mail.as_bytes()
        self._admin.append(folder, stamped, msg_time=received_at)

    def _leave(self, mail: Message) -> None:
        self.outside.append(mail)
        number = len(self.outside)
        (self.folder / f"delivered-{number:02}.eml").write_bytes(mail.as_bytes())
        self.arrived.set()


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end; one that does not is killed."""
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _stamps(mail: Message, auth: str) -> str:
    domain = parseaddr(str(mail["From"]))[1].rpartition("@")[2]
    results = {
        "pass": f"{AUTHSERV_ID}; dmarc=pass header.from={domain}; spf=pass smtp.mailfrom={domain}",
        "fail": f"{AUTHSERV_ID}; dmarc=fail header.from={domain}; spf=fail smtp.mailfrom={domain}",
    }.get(auth, f"{AUTHSERV_ID}; none")
    return (
        f"Authentication-Results: {results}\r\n"
        f"Received: from mail.{domain} by {AUTHSERV_ID} with ESMTPS; {mail['Date']}\r\n"
    )


def _start_imap(port: int) -> subprocess.Popen[bytes]:
    user = ["--demo-user", MAILBOX, "--demo-password", PASSWORD]
    address = ["--host", LOOPBACK, "--port", str(port), "--no-tls"]
    return subprocess.Popen(  # noqa: S603  # our own interpreter, our own words
        [sys.executable, "-c", "from pymap.main import main; main()", *address, "dict", *user],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_for_port(port: int) -> None:
    """Return once somebody listens there. Loopback answers or refuses at once, so trying again is enough."""
    pause, waited = Event(), 0.0
    while waited < _PATIENCE:
        with suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
            return
        pause.wait(0.05)
        waited += 0.05
    raise TimeoutError(f"nobody listens on port {port}")
