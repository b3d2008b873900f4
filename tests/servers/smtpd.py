"""A real SMTP server (aiosmtpd) in a thread of its own, that takes mails and can be told to fail at any step."""

from __future__ import annotations

import asyncio
import base64
import smtplib
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from inbox_agent.profile import Smtp
from tests.servers.certificate import Certificate
from tests.servers.dovecot import Dovecot
from tests.servers.waiting import until

Stage = Literal["EHLO", "AUTH", "MAIL", "RCPT", "DATA", "TEXT", "QUIT"]


class Fault(Enum):
    """What a server can do instead of answering."""

    DROP = "drop"  # break the connection
    SILENCE = "silence"  # say nothing, for ever
    LATE = "late"  # take the text, and say so when `speak` is called


@dataclass(frozen=True)
class Taken:
    """A mail whose text the server has had, whatever it said to it."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    options: tuple[str, ...]  # of MAIL
    login: str | None
    encrypted: bool


class SmtpServer:
    """One server on a free port of 127.0.0.1, from `start` to `stop`.

    At each stage it does as `on` said; TEXT is the answer to the text of the mail. With `delivers_to` it hands every
    mail for an account of that Dovecot on. `hides` are EHLO keywords it does not offer, `methods` the ways to log in
    that it does, `greeted_as` the names that clients gave themselves.
    """

    def __init__(
        self, certificate: Certificate, *, tls: Literal["implicit", "starttls", "none"] = "none", smtputf8: bool = True
    ) -> None:
        self.user, self.password = "tietosuoja@yritys.example", "sähköposti"
        self.port = 0
        self.hides: set[str] = set()
        self.methods = {"PLAIN", "LOGIN"}
        self.greeted_as: list[str] = []
        self.tokens: set[str] = set()  # that XOAUTH2 lets in
        self.delivers_to: Dovecot | None = None
        self._certificate, self._tls, self._smtputf8 = certificate, tls, smtputf8
        self._behaviour: dict[Stage, str | Fault] = {}
        self._taken: list[Taken] = []
        self._reached: list[Stage] = []
        self._spoken = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="smtp-server", daemon=True)

    # -- for tests --------------------------------------------------------------------------------

    def on(self, stage: Stage, behaviour: str | Fault | None) -> None:
        """From now on answer so at `stage` ("451 4.3.0 later"), fail so, or (None) behave well again."""
        self._behaviour.pop(stage, None)
        if behaviour is not None:
            self._behaviour[stage] = behaviour

    def speak(self) -> None:
        self._spoken.set()

    @property
    def mails(self) -> tuple[Taken, ...]:
        return tuple(self._taken)

    def attempts(self, stage: Stage) -> int:
        """How often a client has come to `stage`."""
        return self._reached.count(stage)

    def wait_for(self, stage: Stage, times: int = 1, seconds: float = 10.0) -> None:
        """Return when clients have come to `stage` so often."""
        until(lambda: self.attempts(stage) >= times, seconds, f"{stage} {times} times")

    def profile(self, **changes: Any) -> Smtp:
        """How a profile names it, with a log-in only if `user` is given."""
        host = "127.0.0.1" if self._tls == "none" else "localhost"
        usual = {"host": host, "port": self.port, "tls": self._tls, "sender": "tietosuoja@yritys.example"}
        return Smtp(**{**usual, "ca_file": str(self._certificate.cert), **changes})

    # -- its life ---------------------------------------------------------------------------------

    def start(self) -> None:
        self._thread.start()
        self._in_thread(self._listen())

    def stop(self) -> None:
        self._in_thread(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _in_thread(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        context = self._certificate.server_context() if self._tls == "implicit" else None
        self._server = await self._loop.create_server(self._protocol, "127.0.0.1", self.port, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _protocol(self) -> SMTP:
        context = self._certificate.server_context() if self._tls == "starttls" else None
        return _Connection(self, tls_context=context, enable_SMTPUTF8=self._smtputf8, loop=self._loop)

    def wait_until_spoken(self) -> None:
        self._spoken.wait(30)

    # -- what the connections ask -----------------------------------------------------------------

    def behaviour(self, stage: Stage) -> str | Fault | None:
        self._reached.append(stage)
        return self._behaviour.get(stage)

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        wanted = LoginPassword(self.user.encode(), self.password.encode())
        return AuthResult(success=data == wanted, handled=False, auth_data=data)

    def admit(self, credentials: bytes) -> bool:
        """XOAUTH2: whether they are our user's and bear a token that is let in."""
        return any(credentials == f"user={self.user}\1auth=Bearer {token}\1\1".encode() for token in self.tokens)

    async def take(self, mail: Taken) -> None:
        self._taken.append(mail)
        if self.delivers_to is not None:
            for recipient in filter(self.delivers_to.has, mail.recipients):
                with suppress(smtplib.SMTPException):
                    await asyncio.to_thread(self.delivers_to.deliver, mail.raw, recipient, mail.sender)


class _Connection(SMTP):
    """aiosmtpd's own protocol; before each step the test has its say."""

    def __init__(self, owner: SmtpServer, **settings: Any) -> None:
        self._owner = owner
        handler = _Handler(owner)
        super().__init__(
            handler, hostname="posti.example", auth_require_tls=False, authenticator=owner.authenticate, **settings
        )

    async def smtp_EHLO(self, arg: str) -> None:  # noqa: N802
        if not await self._answered("EHLO"):
            await super().smtp_EHLO(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        if not await self._answered("AUTH"):
            await super().smtp_AUTH(arg)

    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802
        if not await self._answered("QUIT"):
            await super().smtp_QUIT(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        if not await self._answered("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        if not await self._answered("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if not await self._answered("DATA"):
            await super().smtp_DATA(arg)

    async def _answered(self, stage: Stage) -> bool:
        match self._owner.behaviour(stage):
            case None:
                return False
            case Fault() as fault:
                await _fail(self, fault)
            case answer:
                await self.push(answer)
        return True


class _Handler:
    """What aiosmtpd leaves to its user: the EHLO keywords, and the answer to the text."""

    def __init__(self, owner: SmtpServer) -> None:
        self._owner = owner

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self._owner.greeted_as.append(hostname)
        offered = [line for line in responses if line[4:].split()[0] not in self._owner.hides]
        return [line if "AUTH" not in line else f"{line[:8]} {' '.join(self._owner.methods)}" for line in offered]

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        """Google's and Microsoft's way: a refusal first tells why, and waits for an empty line."""
        given = base64.b64decode(args[1])
        if not self._owner.admit(given):
            await server.challenge_auth(b'{"status":"401"}', encode_to_b64=True)
            return AuthResult(success=False, handled=False)
        user = given.partition(b"\1")[0].removeprefix(b"user=")
        return AuthResult(success=True, auth_data=LoginPassword(user, b""))

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        behaviour = self._owner.behaviour("TEXT")
        if not isinstance(behaviour, str):
            await self._owner.take(_taken(server, session, envelope))
        match behaviour:
            case None:
                return "250 2.0.0 taken"
            case Fault.LATE:
                await asyncio.to_thread(self._owner.wait_until_spoken)
                return "250 2.0.0 taken"
            case Fault():
                return await _fail(server, behaviour)
            case answer:
                return answer


async def _fail(server: SMTP, fault: Fault) -> str:
    """Never returns: the conversation is cancelled when the connection is gone."""
    if fault is Fault.DROP and server.transport is not None:
        server.transport.abort()
    return await asyncio.get_running_loop().create_future()


def _taken(server: SMTP, session: Session, envelope: Envelope) -> Taken:
    encrypted = server.transport is not None and server.transport.get_extra_info("sslcontext") is not None
    login = session.auth_data.login.decode() if session.authenticated else None
    raw = envelope.original_content or b""
    options = tuple(envelope.mail_options)
    return Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw, options, login, encrypted)
