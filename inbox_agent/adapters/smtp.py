"""Sending one letter to one recipient over SMTP (RFC 5321), and saying exactly how it ended.

Four endings, because a letter must neither be lost nor sent twice: taken, refused for good, certainly not taken
(it may be tried again), and unknown. Unknown is only what breaks after the text was on its way: before the
server asks for the text it cannot have taken it, and after a clear answer there is no doubt.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.policy import EmailPolicy

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPStatus,
)

from inbox_agent.adapters import wire
from inbox_agent.adapters.secrets import Secret, revealed
from inbox_agent.errors import (
    NO_LOG_IN,
    NOT_OFFERED,
    GrantExpired,
    InboxAgentError,
    LoginRefused,
    MailboxUnreachable,
    SendingDeferred,
    SendingRefused,
    SendingUncertain,
)
from inbox_agent.profile import Smtp

# One mailbox, and nothing that could end the command it stands in (RFC 5321, 4.1.2).
_ADDRESS = re.compile(r"[^\s<>()@,;:\"\\\x00-\x1f\x7f]+@[^\s<>()@,;\"\\\x00-\x1f\x7f]+")
# What we refuse by ourselves bears the codes that servers give for it (RFC 5321, 4.2.3; RFC 6531, 3.5).
_NOT_AN_ADDRESS, _NEEDS_SMTPUTF8, _NOT_A_MAIL = 553, 550, 554
# Says nothing about our machine, which every reader of the letter could see (RFC 5321, 4.1.3).
_OURSELVES = "[127.0.0.1]"


@dataclass(frozen=True, slots=True)
class SmtpPatience:
    """How long a server is waited for, in seconds: at each step, and for its word on the text (RFC 5321, 4.5.3.2)."""

    step: float = 60.0
    text: float = 600.0


@dataclass(frozen=True, slots=True)
class SmtpSender:
    """Sends through one server, over a new connection for each letter. Logs in where the profile names a user."""

    server: Smtp
    secret: Secret | None = field(repr=False)
    patience: SmtpPatience = SmtpPatience()

    async def send(self, message: EmailMessage, sender: str, recipient: str) -> str:
        """Send to exactly one recipient; return the server's answer on one line ("250 ...").

        Raises SendingRefused (5xx), SendingDeferred (4xx, or no connection up to the text), SendingUncertain
        (no clear answer after it), LoginRefused, CancelledError(NOT_OFFERED), UsageProblem (see `wire.tls_context`).
        """
        for address in (sender, recipient):
            if not _ADDRESS.fullmatch(address):
                raise SendingRefused(_NOT_AN_ADDRESS, wire.one_line(f"not an address: {address}"))
        async with self._session() as client:
            policy = _policy(client, sender + recipient)
            text = _written(message, policy)
            with _nothing_taken():
                await self._offer(client, policy, sender, recipient)
            # From here on nobody knows what the server has, whatever ends the wait for its word.
            return await _hand_over(client, text, self.patience.text)

    async def renewed(self, since: datetime) -> bool:
        """Whether what logs in has been put right since it was refused then: worth a try at once."""
        if self.secret is None or isinstance(self.secret, str):
            return False
        return await asyncio.to_thread(self.secret.renewed, since)

    async def probe(self) -> None:
        """Connect and log in, and send nothing. Raises SendingDeferred (no connection), LoginRefused, UsageProblem."""
        async with self._session():
            pass

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[SMTP]:
        """A connection that is greeted and logged in, left in the end."""
        client = self._client()
        try:
            with _nothing_taken():
                await client.connect()
                await client.ehlo()
                await self._log_in(client)
            yield client
        finally:
            _take_leave(client)

    def _client(self) -> SMTP:
        return SMTP(
            hostname=self.server.host,
            port=self.server.port,
            local_hostname=_OURSELVES,
            timeout=self.patience.step,
            use_tls=self.server.tls == "implicit",
            start_tls=self.server.tls == "starttls",
            tls_context=wire.tls_context(self.server),
        )

    async def _log_in(self, client: SMTP) -> None:
        """Log in by one method, once: `SMTP.login` tries one after the other, and wrong passwords lock accounts."""
        if not self.server.user:
            return
        methods = {"plain": client.auth_plain, "login": client.auth_login, "cram-md5": client.auth_crammd5}
        if self.server.sign_in != "password":
            methods = {"xoauth2": client.auth_xoauth2}
        offered = [methods[name] for name in methods if name in client.server_auth_methods]
        if not offered:
            raise self._login_refused(NO_LOG_IN)
        secret = await asyncio.to_thread(revealed, self.secret or "")
        try:
            await offered[0](self.server.user, secret)
        except SMTPAuthenticationError as error:
            if _permanent(error.code):
                raise self._login_refused(_words(error)) from None
            raise

    async def _offer(self, client: SMTP, policy: EmailPolicy[EmailMessage], sender: str, recipient: str) -> None:
        """The envelope, up to the server's asking for the text: MAIL, RCPT, DATA."""
        options = ["SMTPUTF8"] * policy.utf8 + ["BODY=8BITMIME"] * (policy.cte_type == "8bit")
        try:
            await client.mail(sender, options=options, encoding="utf-8")
            await client.rcpt(recipient, encoding="utf-8")
            await _data(client)
        except SMTPResponseException as error:
            if error.code == SMTPStatus.access_denied:  # it wants a log-in first: no fault of the letter
                raise self._login_refused(_words(error)) from None
            if _permanent(error.code):
                raise SendingRefused(error.code, wire.one_line(error.message)) from None
            raise

    def _login_refused(self, answer: str) -> LoginRefused:
        kind = LoginRefused if self.server.sign_in == "password" else GrantExpired
        refused = kind(self.server.host, self.server.user, answer)
        if self.secret is not None and not isinstance(self.secret, str):
            self.secret.rejected(refused)  # not shown again before it has changed: accounts get locked
        return refused


async def _data(client: SMTP) -> None:
    asked = await client.execute_command(b"DATA")
    if asked.code != SMTPStatus.start_input:
        raise SMTPResponseException(asked.code, asked.message)


async def _hand_over(client: SMTP, text: bytes, patience: float) -> str:
    """The text and the word on it. Only here can the letter's fate become unknown."""
    try:
        if client.protocol is None:
            raise SMTPServerDisconnected("connection lost")
        client.protocol.write(text)
        answer = await client.protocol.read_response(timeout=patience)
    except (SMTPException, OSError) as error:
        raise SendingUncertain(_words(error)) from error
    match answer.code // 100:
        case 2:
            return wire.one_line(str(answer))
        case 4:
            raise SendingDeferred(wire.one_line(str(answer)))
        case 5:
            raise SendingRefused(answer.code, wire.one_line(answer.message))
        case _:
            raise SendingUncertain(wire.one_line(str(answer)))


def _take_leave(client: SMTP) -> None:
    """QUIT, without waiting for the answer: the letter's fate is known, and nothing may put it in doubt again."""
    transport = client.transport
    if isinstance(transport, asyncio.WriteTransport):
        transport.write(b"QUIT\r\n")
        transport.abort()  # closing TLS in good order would wait for the server too
    client.close()


@contextmanager
def _nothing_taken() -> Iterator[None]:
    """While the server cannot have the text: whatever fails, be it our own code, may be tried again, unless it is
    refused for good.

    A cancellation says so: `CancelledError(NOT_OFFERED)`.
    """
    try:
        yield
    except asyncio.CancelledError:
        raise asyncio.CancelledError(NOT_OFFERED) from None
    except (SMTPException, OSError) as error:
        raise SendingDeferred(_words(error)) from error
    except MailboxUnreachable as error:  # the provider of our token
        raise SendingDeferred(str(error)) from None
    except InboxAgentError:
        raise
    except Exception as error:
        raise SendingDeferred(type(error).__name__) from error


def _policy(client: SMTP, addresses: str) -> EmailPolicy[EmailMessage]:
    """How this server wants the letter written (RFC 6152; RFC 6531). Raises SendingRefused."""
    utf8 = not addresses.isascii()
    if utf8 and not client.supports_extension("smtputf8"):
        raise SendingRefused(_NEEDS_SMTPUTF8, "the address needs SMTPUTF8, which is not offered")
    return SMTP_POLICY.clone(utf8=utf8, cte_type="8bit" if client.supports_extension("8bitmime") else "7bit")


def _written(message: EmailMessage, policy: EmailPolicy[EmailMessage]) -> bytes:
    """The letter's text for this server. Raises SendingRefused where no mail can hold it."""
    try:
        return _transparent(message.as_bytes(policy=policy))
    except (ValueError, LookupError, TypeError, AttributeError, MessageError) as error:
        raise SendingRefused(_NOT_A_MAIL, f"it cannot be written as a mail ({type(error).__name__})") from error


def _transparent(text: bytes) -> bytes:
    """The text as it goes through the wire: leading dots doubled, a lone dot at the end (RFC 5321, 4.5.2)."""
    ending = b"" if text.endswith(b"\r\n") else b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", text) + ending + b".\r\n"


def _permanent(code: int) -> bool:
    return code // 100 == 5


def _words(error: SMTPException | OSError) -> str:
    """What happened, on one line: the server's own words where there are any."""
    if isinstance(error, SMTPResponseException):
        return wire.one_line(f"{error.code} {error.message}")
    if isinstance(error, SMTPException):
        return wire.one_line(error.message)
    return wire.why(error)
