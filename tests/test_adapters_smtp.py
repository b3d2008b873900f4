"""Sending over a real SMTP server: a letter is taken, refused, deferred or uncertain, and never said to be another."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from http.client import IncompleteRead
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox_agent.adapters.clock import SystemClock
from inbox_agent.adapters.imap import ImapMailbox
from inbox_agent.adapters.secrets import Password
from inbox_agent.adapters.smtp import SmtpPatience, SmtpSender
from inbox_agent.errors import LoginRefused, SendingDeferred, SendingRefused, SendingUncertain, UsageProblem
from inbox_agent.profile import Smtp
from tests.servers.dovecot import Account
from tests.servers.smtpd import Fault, SmtpServer, Stage

US, THEM = "tietosuoja@yritys.example", "maija.mallikas@posti.example"
HASTY = SmtpPatience(step=0.3, text=0.3)

Start = Callable[..., SmtpServer]


def _letter(body: str = "Hei Maija,\n\ntässä tietonne.\n", to: str = THEM) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = US, to, "Pyyntönne 2026-0007"
    message["Message-ID"] = "<kirje.1@yritys.example>"
    message.set_content(body)
    return message


async def _send(server: SmtpServer, patience: SmtpPatience = SmtpPatience(), to: str = THEM) -> str:  # noqa: B008
    return await SmtpSender(server.profile(), None, patience).send(_letter(to=to), US, to)


def _lines(raw: bytes) -> list[str]:
    """The text of a mail, without its line ends."""
    message = BytesParser(policy=SMTP).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    return str(message.get_content()).splitlines()


# -- taken ----------------------------------------------------------------------------------------


async def test_a_letter_is_taken_with_its_envelope_and_text(smtp_server: SmtpServer) -> None:
    assert await _send(smtp_server) == "250 2.0.0 taken"
    [taken] = smtp_server.mails
    assert (taken.sender, taken.recipients) == (US, (THEM,))
    assert _lines(taken.raw) == ["Hei Maija,", "", "tässä tietonne."]
    assert b"Message-ID: <kirje.1@yritys.example>\r\n" in taken.raw
    assert "BODY=8BITMIME" in taken.options


async def test_a_server_of_seven_bits_gets_seven_bits(smtp_server: SmtpServer) -> None:
    smtp_server.hides = {"8BITMIME"}
    await _send(smtp_server)
    [taken] = smtp_server.mails
    assert taken.raw.isascii()
    assert taken.options == ()
    assert _lines(taken.raw) == ["Hei Maija,", "", "tässä tietonne."]


_LINES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just("."), max_size=60), min_size=1
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=_LINES)
async def test_every_text_arrives_as_it_was_written(smtp_server: SmtpServer, lines: list[str]) -> None:
    """Lines that begin with dots or are lone dots too, which SMTP gives a meaning (RFC 5321, 4.5.2)."""
    body = "".join(f"{line}\n" for line in lines)
    await SmtpSender(smtp_server.profile(), None).send(_letter(body), US, THEM)
    assert _lines(smtp_server.mails[-1].raw) == lines


async def test_the_machine_is_not_named_to_the_server(smtp_server: SmtpServer) -> None:
    """What EHLO says stands in the letter for every reader."""
    await _send(smtp_server)
    assert smtp_server.greeted_as == ["[127.0.0.1]"]


# -- trust ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
async def test_a_letter_travels_encrypted_and_logged_in(start_smtp: Start, tls: str) -> None:
    server = start_smtp(tls=tls)
    await SmtpSender(server.profile(user=server.user), server.password).send(_letter(), US, THEM)
    [taken] = server.mails
    assert taken.encrypted
    assert taken.login == server.user


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
async def test_a_certificate_that_is_not_trusted_gets_no_letter(start_smtp: Start, tls: str) -> None:
    server = start_smtp(tls=tls)
    for distrusted in ({"ca_file": None}, {"host": "127.0.0.1"}):
        with pytest.raises(SendingDeferred, match=r"(?i)certificate"):
            await SmtpSender(server.profile(**distrusted), None).send(_letter(), US, THEM)
    assert server.mails == ()


async def test_a_server_without_starttls_gets_nothing_in_the_clear(smtp_server: SmtpServer) -> None:
    profile = smtp_server.profile(tls="starttls", host="localhost", user=smtp_server.user)
    with pytest.raises(SendingDeferred, match="STARTTLS"):
        await SmtpSender(profile, smtp_server.password).send(_letter(), US, THEM)
    assert smtp_server.attempts("AUTH") == 0


async def test_no_letter_crosses_a_network_in_the_clear() -> None:
    profile = Smtp(host="posti.example", port=25, tls="none", sender=US)
    with pytest.raises(UsageProblem, match="plain_text_wire"):
        await SmtpSender(profile, None).send(_letter(), US, THEM)


@pytest.mark.parametrize("method", ["PLAIN", "LOGIN"])
async def test_a_wrong_password_is_tried_once(smtp_server: SmtpServer, method: str) -> None:
    """By one method: each further wrong try brings the account nearer to its lock."""
    smtp_server.methods = {method}
    profile = smtp_server.profile(user=smtp_server.user)
    await SmtpSender(profile, smtp_server.password).send(_letter(), US, THEM)
    with pytest.raises(LoginRefused) as raised:
        await SmtpSender(profile, "väärä").send(_letter(), US, THEM)
    assert smtp_server.attempts("AUTH") == 2
    assert raised.value.answer.startswith("535")
    assert "väärä" not in repr(raised.value)


async def test_a_refused_password_is_not_shown_again_before_it_was_put_right(
    smtp_server: SmtpServer, tmp_path: Path
) -> None:
    """However many letters wait: the server is asked once, and again as soon as another one stands in its file."""
    file = tmp_path / "password"
    file.write_text("väärä", encoding="utf-8")
    file.chmod(0o600)
    wrong = SystemClock().now()
    sender = SmtpSender(smtp_server.profile(user=smtp_server.user), Password(f"file:{file}", SystemClock().now))
    for _ in range(3):
        with pytest.raises(LoginRefused):
            await sender.send(_letter(), US, THEM)
    assert smtp_server.attempts("AUTH") == 1
    assert not await sender.renewed(wrong)

    file.write_text(smtp_server.password, encoding="utf-8")
    assert await sender.renewed(wrong)
    assert (await sender.send(_letter(), US, THEM)).startswith("250")


async def test_a_probe_logs_in_and_sends_nothing(smtp_server: SmtpServer) -> None:
    profile = smtp_server.profile(user=smtp_server.user)
    await SmtpSender(profile, smtp_server.password).probe()
    with pytest.raises(LoginRefused):
        await SmtpSender(profile, "väärä").probe()
    assert smtp_server.attempts("AUTH") == 2
    assert smtp_server.attempts("MAIL") == 0


async def test_a_login_that_cannot_be_judged_now_is_tried_later(smtp_server: SmtpServer) -> None:
    smtp_server.on("AUTH", "454 4.7.0 Temporary authentication failure")
    with pytest.raises(SendingDeferred, match="454"):
        await SmtpSender(smtp_server.profile(user=smtp_server.user), "sana").send(_letter(), US, THEM)


async def test_a_server_that_offers_no_login_or_demands_one_blames_no_letter(smtp_server: SmtpServer) -> None:
    smtp_server.on("MAIL", "530 5.7.0 Authentication required")
    with pytest.raises(LoginRefused, match="530"):
        await _send(smtp_server)
    smtp_server.hides = {"AUTH"}
    with pytest.raises(LoginRefused, match="no log-in"):
        await SmtpSender(smtp_server.profile(user=smtp_server.user), "sana").send(_letter(), US, THEM)


# -- not taken ------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "TEXT"])
async def test_a_permanent_no_is_final_at_every_stage(smtp_server: SmtpServer, stage: Stage) -> None:
    smtp_server.on(stage, "550-5.1.1 no such\r\n550 5.1.1 \x1b[31muser")
    with pytest.raises(SendingRefused) as raised:
        await _send(smtp_server)
    assert raised.value.code == 550
    assert raised.value.answer == "5.1.1 no such 5.1.1 \N{REPLACEMENT CHARACTER}[31muser"
    assert smtp_server.mails == ()


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "TEXT"])
async def test_a_temporary_no_may_be_tried_again_at_every_stage(smtp_server: SmtpServer, stage: Stage) -> None:
    smtp_server.on(stage, "451 4.3.0 later")
    with pytest.raises(SendingDeferred, match=r"451 4\.3\.0 later"):
        await _send(smtp_server)
    smtp_server.on(stage, None)
    await _send(smtp_server)
    assert len(smtp_server.mails) == 1


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("stage", ["EHLO", "MAIL", "RCPT", "DATA"])
async def test_what_breaks_before_the_text_may_be_tried_again(
    smtp_server: SmtpServer, stage: Stage, fault: Fault
) -> None:
    """Up to the very last step before it: a server that has no text cannot have taken it."""
    smtp_server.on(stage, fault)
    async with asyncio.timeout(5):
        with pytest.raises(SendingDeferred):
            await _send(smtp_server, HASTY)
    assert smtp_server.mails == ()


async def test_a_server_that_does_not_want_us_blames_no_letter(smtp_server: SmtpServer) -> None:
    smtp_server.on("EHLO", "554 5.7.1 not you")
    with pytest.raises(SendingDeferred, match="554"):
        await _send(smtp_server)


async def test_a_server_that_is_not_there_may_be_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    profile = Smtp(host="127.0.0.1", port=port, tls="none", sender=US)
    with pytest.raises(SendingDeferred, match="connect"):
        await SmtpSender(profile, None).send(_letter(), US, THEM)


# -- unknown --------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [*Fault, "354 go on", "not SMTP at all"])
async def test_no_clear_word_on_the_text_is_uncertain(smtp_server: SmtpServer, fault: Fault | str) -> None:
    """Sometimes the server here has taken the mail, sometimes not: nobody can tell."""
    smtp_server.on("TEXT", fault)
    async with asyncio.timeout(5):
        with pytest.raises(SendingUncertain):
            await _send(smtp_server, HASTY)


async def test_a_letter_taken_is_taken_whatever_comes_after(smtp_server: SmtpServer) -> None:
    """The answer to QUIT is not waited for."""
    smtp_server.on("QUIT", Fault.SILENCE)
    async with asyncio.timeout(5):
        assert (await _send(smtp_server)).startswith("250")
        await asyncio.to_thread(smtp_server.wait_for, "QUIT")


# -- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "",
        "maija",
        "maija@",
        "a@b.example, c@d.example",
        "<a@b.example>",
        "a@b.example\r\nRCPT TO:<c@d.example>",
        "a b@c.example",
    ],
)
async def test_what_is_not_exactly_one_address_is_refused(smtp_server: SmtpServer, address: str) -> None:
    with pytest.raises(SendingRefused, match="not an address"):
        await SmtpSender(smtp_server.profile(), None).send(_letter(), US, address)
    assert smtp_server.attempts("EHLO") == 0


async def test_an_address_beyond_ascii_needs_a_server_that_can(start_smtp: Start) -> None:
    """RFC 6531."""
    mokki = "väinö@mökki.example"
    able, unable = start_smtp(), start_smtp(smtputf8=False)
    await _send(able, to=mokki)
    [taken] = able.mails
    assert taken.recipients == (mokki,)
    assert "SMTPUTF8" in taken.options
    with pytest.raises(SendingRefused, match="SMTPUTF8"):
        await _send(unable, to=mokki)


# -- the whole loop -------------------------------------------------------------------------------


async def test_what_is_sent_can_be_fetched_again(smtp_server: SmtpServer, account: Account) -> None:
    """By SMTP to the server, by LMTP into Dovecot, by IMAP back to us."""
    smtp_server.delivers_to = account.dovecot
    await _send(smtp_server, to=account.address)
    async with ImapMailbox.open(account.profile(), account.password) as mailbox:
        await mailbox.select("INBOX")
        [batch] = [batch async for batch in mailbox.fetch(await mailbox.uids(0, None))]
    assert _lines(batch.mails[0].raw) == ["Hei Maija,", "", "tässä tietonne."]


# -- what fails in our own hands ------------------------------------------------------------------


class Unwritable(EmailMessage):
    """A letter that no form of mail can hold."""

    def as_bytes(self, *_arguments: object, **_named: object) -> bytes:
        raise UnicodeEncodeError("ascii", "\u200b", 0, 1, "ordinal not in range(128)")


async def test_a_letter_that_cannot_be_written_is_refused_and_not_in_doubt(smtp_server: SmtpServer) -> None:
    """Nothing of it left: a person learns that at once, and is not asked to find out."""
    letter, before = Unwritable(policy=SMTP), len(smtp_server.mails)
    with pytest.raises(SendingRefused):
        await SmtpSender(smtp_server.profile(), None).send(letter, US, THEM)
    assert len(smtp_server.mails) == before


async def test_a_host_that_is_no_name_leaves_the_letter_waiting_and_not_in_doubt() -> None:
    """A typing error in the profile: whatever fails before the text is on its way, the server has nothing."""
    server = Smtp(host="mail..yritys.example", port=25, tls="none", sender=US)
    sender = SmtpSender(server.model_copy(update={"tls": "starttls"}), None, HASTY)
    with pytest.raises(SendingDeferred):
        await sender.send(_letter(), US, THEM)


async def test_a_provider_of_tokens_that_breaks_off_leaves_the_letter_waiting(smtp_server: SmtpServer) -> None:
    smtp_server.methods = {"XOAUTH2"}

    class Broken:
        def __call__(self) -> str:
            raise IncompleteRead(b"")

        def rejected(self) -> None: ...

    server = smtp_server.profile(user="t@yritys.example", sign_in="google")
    with pytest.raises(SendingDeferred):
        await SmtpSender(server, Broken(), HASTY).send(_letter(), US, THEM)
