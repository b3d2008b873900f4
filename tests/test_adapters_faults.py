"""What IMAP servers do wrong, each fault played by a scripted server: nothing is lost, nothing hangs, nothing spins."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox_agent.adapters import idle
from inbox_agent.adapters.fetch import BATCH_BYTES, BATCH_MAILS, batches
from inbox_agent.adapters.imap import ImapMailbox
from inbox_agent.adapters.session import Patience
from inbox_agent.errors import InboxAgentError, LoginRefused, MailboxUnreachable
from inbox_agent.profile import Mailbox
from tests.servers.scripted_imap import ScriptedImap, Wire
from tests.servers.waiting import until

PATIENT = Patience(connect=5, read=5, close=0.3)
HASTY = Patience(connect=0.3, read=0.3, close=0.3)
SOON = 3.0  # seconds within which what happens "at once" has happened, also on a busy machine


def _open(
    server: ScriptedImap,
    patience: Patience = PATIENT,
    secret: str = "sala sana",  # noqa: S107  # invented
) -> AbstractAsyncContextManager[ImapMailbox]:
    profile = Mailbox(host="127.0.0.1", port=server.port, tls="none", user="tietosuoja@yritys.example")
    return ImapMailbox.open(profile, secret, patience)


@pytest.fixture
async def mailbox(scripted_imap: ScriptedImap) -> AsyncIterator[ImapMailbox]:
    async with _open(scripted_imap) as opened:
        await opened.select("INBOX")
        yield opened


# -- IDLE -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answers",
    [
        [b"+ idling\r\n* 7 EXISTS\r\n"],
        [b"* 7 EXISTS\r\n+ idling\r\n"],
        [b"+ idling\r\n", b"* 7 EXISTS\r\n"],
        [b"+ idling\r\n", b"* 7 EXI", b"STS\r\n"],
        [b"+ idling\r\n* OK still here\r\n* 7 EXI", b"STS\r\n"],
    ],
    ids=["with the leave to idle", "before it", "after it", "in halves", "half of it after another line"],
)
async def test_an_announcement_is_heard_however_it_is_cut(
    scripted_imap: ScriptedImap, mailbox: ImapMailbox, answers: Sequence[bytes]
) -> None:
    def announce(wire: Wire, tag: bytes, _arguments: bytes) -> None:
        for part in answers:
            wire.send_raw(part)
        assert wire.line() == b"DONE"
        wire.send(tag + b" OK done")

    scripted_imap.on(b"IDLE", announce)
    async with asyncio.timeout(SOON):
        assert await mailbox.wait(60)


async def test_signs_of_life_do_not_end_the_wait(scripted_imap: ScriptedImap, mailbox: ImapMailbox) -> None:
    """They only renew it."""

    def chat(wire: Wire, tag: bytes, _arguments: bytes) -> None:
        last = scripted_imap.times(b"IDLE") == 3
        wire.send(b"+ idling", b"* 7 EXISTS" if last else b"* OK still here")
        wire.line()
        wire.send(tag + b" OK done")

    scripted_imap.on(b"IDLE", chat)
    async with asyncio.timeout(SOON):
        assert await mailbox.wait(60)
    assert scripted_imap.times(b"IDLE") == 3


@pytest.mark.parametrize("farewell", [b"", b"* BYE going down\r\n"])
async def test_a_connection_closed_in_idle_is_noticed_at_once(
    scripted_imap: ScriptedImap, mailbox: ImapMailbox, farewell: bytes
) -> None:
    """Without the thousands of empty answers a second that look like a quiet mailbox."""

    def leave(wire: Wire, _tag: bytes, _arguments: bytes) -> None:
        wire.send_raw(b"+ idling\r\n" + farewell)
        wire.close()

    scripted_imap.on(b"IDLE", leave)
    worked = time.process_time()
    async with asyncio.timeout(SOON):
        with pytest.raises(MailboxUnreachable):
            await mailbox.wait(60)
    assert time.process_time() - worked < 0.5


@pytest.mark.parametrize("last", [b"", b"* 7 EXI"], ids=["silence", "half a line"])
async def test_a_server_that_falls_silent_in_idle_is_given_up(scripted_imap: ScriptedImap, last: bytes) -> None:
    def fall_silent(wire: Wire, _tag: bytes, _arguments: bytes) -> None:
        wire.send_raw(b"+ idling\r\n" + last)
        wire.hang()

    scripted_imap.on(b"IDLE", fall_silent)
    async with _open(scripted_imap, HASTY) as mailbox:
        await mailbox.select("INBOX")
        async with asyncio.timeout(SOON):
            with pytest.raises(MailboxUnreachable, match="timeout"):
                await mailbox.wait(0.1)


async def test_a_server_that_refuses_to_idle_is_unreachable(scripted_imap: ScriptedImap, mailbox: ImapMailbox) -> None:
    scripted_imap.on(b"IDLE", lambda wire, tag, _: wire.send(tag + b" NO not today"))
    async with asyncio.timeout(SOON):
        with pytest.raises(MailboxUnreachable, match="IDLE refused"):
            await mailbox.wait(60)


async def test_an_announcement_during_another_command_is_kept(
    scripted_imap: ScriptedImap, mailbox: ImapMailbox
) -> None:
    """Mail that comes while others are read will not be announced again: the next wait ends at once."""
    scripted_imap.mails = {1: b"Subject: eka\r\n\r\n"}

    def fetch(wire: Wire, tag: bytes, arguments: bytes) -> None:
        wire.send(b"* 2 EXISTS")
        scripted_imap.fetch(wire, tag, arguments)

    scripted_imap.on(b"UID FETCH", fetch)
    uids = await mailbox.uids(0, None)
    assert [len(batch.mails) async for batch in mailbox.fetch(uids)] == [1]
    async with asyncio.timeout(SOON):
        assert await mailbox.wait(60)
    assert scripted_imap.times(b"IDLE") == 0
    assert not await mailbox.wait(0.05)


async def test_an_announcement_that_a_search_has_answered_is_none(
    scripted_imap: ScriptedImap, mailbox: ImapMailbox
) -> None:
    """Else every look would be followed by another."""
    scripted_imap.mails = {1: b"Subject: eka\r\n\r\n"}

    def fetch(wire: Wire, tag: bytes, arguments: bytes) -> None:
        wire.send(b"* 2 EXISTS")
        scripted_imap.fetch(wire, tag, arguments)

    scripted_imap.on(b"UID FETCH", fetch)
    assert [len(batch.mails) async for batch in mailbox.fetch([1])] == [1]
    await mailbox.uids(1, None)
    assert not await mailbox.wait(0.05)


async def test_without_idle_the_mailbox_is_asked_now_and_then(
    scripted_imap: ScriptedImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle, "NOOP_EVERY", 0.02)
    scripted_imap.capabilities = b"IMAP4REV1"

    def third_time(wire: Wire, tag: bytes, _arguments: bytes) -> None:
        if scripted_imap.times(b"NOOP") == 3:
            wire.send(b"* 2 EXISTS")
        wire.send(tag + b" OK done")

    scripted_imap.on(b"NOOP", third_time)
    async with _open(scripted_imap) as mailbox, asyncio.timeout(SOON):
        await mailbox.select("INBOX")
        assert await mailbox.wait(60)
        monkeypatch.setattr(idle, "NOOP_EVERY", 60)
        threading.Timer(0.05, mailbox.wake).start()
        assert not await mailbox.wait(60)


# -- logging in and closing -----------------------------------------------------------------------


@pytest.mark.parametrize("capabilities", [b"IMAP4REV1", b"IMAP4REV1 AUTH=PLAIN"])
async def test_a_refusal_is_told_from_everything_else(scripted_imap: ScriptedImap, capabilities: bytes) -> None:
    """Only a refusal may stop the agent from trying again."""
    scripted_imap.capabilities = capabilities
    command = b"AUTHENTICATE" if b"AUTH" in capabilities else b"LOGIN"

    scripted_imap.on(command, lambda wire, tag, _: wire.send(tag + b" NO [AUTHENTICATIONFAILED] who are you"))
    with pytest.raises(LoginRefused, match="who are you"):
        await _opens(scripted_imap)
    scripted_imap.on(command, lambda wire, tag, _: wire.send(tag + b" NO [UNAVAILABLE] try later"))
    with pytest.raises(MailboxUnreachable, match="try later"):
        await _opens(scripted_imap)
    scripted_imap.on(command, lambda wire, _tag, _: wire.close())
    with pytest.raises(MailboxUnreachable):
        await _opens(scripted_imap)
    scripted_imap.on(command, lambda wire, _tag, _: wire.hang())
    with pytest.raises(MailboxUnreachable, match="timeout"):
        await _opens(scripted_imap)


async def test_a_password_that_login_cannot_carry_is_refused(scripted_imap: ScriptedImap) -> None:
    """As a fault of the password, not of the connection."""
    with pytest.raises(LoginRefused, match="ASCII"):
        async with _open(scripted_imap, secret="pääsysana"):
            pass


async def _opens(server: ScriptedImap) -> None:
    async with asyncio.timeout(SOON), _open(server, HASTY):
        pass


@pytest.mark.parametrize("greeting", [b"* BYE too many connections", b"220 posti.example ESMTP"])
async def test_what_is_no_ready_imap_server_is_unreachable(scripted_imap: ScriptedImap, greeting: bytes) -> None:
    scripted_imap.greeting = greeting
    with pytest.raises(MailboxUnreachable):
        await _opens(scripted_imap)


async def test_giving_up_a_connection_that_never_comes_is_bounded(scripted_imap: ScriptedImap) -> None:
    """Its thread ends by itself."""
    scripted_imap.on(b"CAPABILITY", lambda wire, _tag, _: wire.hang())
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1), _open(scripted_imap, Patience(connect=1.5, close=0.1)):
            pass
    assert time.monotonic() - began < 1
    await asyncio.to_thread(until, lambda: not any(t.name.startswith("imap-") for t in threading.enumerate()))


async def test_the_system_watches_for_dead_peers(mailbox: ImapMailbox) -> None:
    """A connection that a NAT has forgotten is else as quiet as a mailbox without mail."""
    connection = mailbox._session._client.socket()  # type: ignore[union-attr]
    assert connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 60


# -- reading --------------------------------------------------------------------------------------


async def test_a_mail_left_out_of_a_batch_is_asked_for_alone(scripted_imap: ScriptedImap, mailbox: ImapMailbox) -> None:
    scripted_imap.mails = {uid: b"Subject: %d\r\n\r\n" % uid for uid in (1, 2, 3)}

    def forgetful(wire: Wire, tag: bytes, arguments: bytes) -> None:
        scripted_imap.withheld = {2} if arguments.startswith(b"1,2,3 (BODY") else set()
        scripted_imap.fetch(wire, tag, arguments)

    scripted_imap.on(b"UID FETCH", forgetful)
    [batch] = [batch async for batch in mailbox.fetch([1, 2, 3])]
    assert [message.place.uid for message in batch.mails] == [1, 2, 3]


DATE = b'INTERNALDATE "02-Mar-2026 10:00:00 +0200"'
MAIL = b"Subject: (moi) {3}\r\n\r\n)\r\nA1 OK done\r\n"


@pytest.mark.parametrize("piece", [0, 1, 7])
@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH (UID 7 %b BODY[] {%d}\r\n%b)\r\n" % (DATE, len(MAIL), MAIL),
        b"* 1 FETCH (BODY[] {%d}\r\n%b UID 7 %b)\r\n" % (len(MAIL), MAIL, DATE),
        b"* 9 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 7 BODY[] {%d}\r\n%b FLAGS () %b)\r\n* 2 EXPUNGE\r\n"
        % (len(MAIL), MAIL, DATE),
        b"* 1 FETCH (UID 7 FLAGS (\\Seen))\r\n* 1 FETCH (UID 7 %b BODY[] {%d}\r\n%b)\r\n" % (DATE, len(MAIL), MAIL),
        b"* 1 FETCH (UID 7 INTERNALDATE {26}\r\n02-Mar-2026 10:00:00 +0200 BODY[] {%d}\r\n%b)\r\n" % (len(MAIL), MAIL),
    ],
    ids=["date first", "date last", "flags between", "flags apart", "date as a literal"],
)
async def test_a_mail_is_read_however_its_answer_is_laid_and_cut(
    scripted_imap: ScriptedImap, answer: bytes, piece: int
) -> None:
    """Its text holds what looks like a literal, the end of the answer and the next tag: the count alone tells."""
    scripted_imap.piece = piece
    scripted_imap.mails = {7: MAIL}

    def fetch(wire: Wire, tag: bytes, arguments: bytes) -> None:
        if b"BODY" not in arguments:
            scripted_imap.fetch(wire, tag, arguments)
        else:
            wire.send_raw(answer + tag + b" OK done\r\n")

    scripted_imap.on(b"UID FETCH", fetch)
    async with _open(scripted_imap) as mailbox:
        await mailbox.select("INBOX")
        [batch] = [batch async for batch in mailbox.fetch([7])]
    assert [(mail.place.uid, mail.raw, mail.received_at.hour) for mail in batch.mails] == [(7, MAIL, 8)]


async def test_folders_are_found_though_their_names_are_literals(scripted_imap: ScriptedImap) -> None:
    """As some servers write a name with quotes or a backslash in it."""

    def folders(wire: Wire, tag: bytes, _arguments: bytes) -> None:
        names = (b"INBOX", b'Tieto"suoja', b"A\\B", b"Pyynn&APY-t ", b"x{3}", b"")
        wire.send(
            *(b'* LIST (\\HasNoChildren) "/" {%d}\r\n%b' % (len(name), name) for name in names), tag + b" OK done"
        )

    scripted_imap.on(b"LIST", folders)
    scripted_imap.piece = 1
    async with _open(scripted_imap) as mailbox:
        names = [info.name for info in await mailbox.folders()]
    assert names == ["INBOX", 'Tieto"suoja', "A\\B", "Pyynnöt ", "x{3}"]


@pytest.mark.parametrize("refusal", ["left out", "NO"])
async def test_a_mail_that_is_never_given_is_named_beside_the_others(
    scripted_imap: ScriptedImap, mailbox: ImapMailbox, refusal: str
) -> None:
    """It holds up none of the others, and is not passed over in silence."""
    scripted_imap.mails = {uid: b"Subject: %d\r\n\r\n" % uid for uid in (1, 2, 3, 4)}
    scripted_imap.withheld = {3}

    def refuse(wire: Wire, tag: bytes, arguments: bytes) -> None:
        numbers = arguments.split(b" ")[0].split(b",")
        if b"3" in numbers and b"BODY" in arguments:
            wire.send(tag + b" NO [SERVERBUG] broken mail")
        else:
            scripted_imap.fetch(wire, tag, arguments)

    if refusal == "NO":
        scripted_imap.on(b"UID FETCH", refuse)
    fetched = [batch async for batch in mailbox.fetch([1, 2, 3, 4])]
    assert [message.place.uid for batch in fetched for message in batch.mails] == [1, 2, 4]
    assert [uid for batch in fetched for uid in batch.withheld] == [3]


async def test_a_mail_without_a_date_of_receipt_is_not_given(scripted_imap: ScriptedImap, mailbox: ImapMailbox) -> None:
    """The receipt starts a legal clock: none is invented."""
    scripted_imap.mails = {1: b""}

    def undated(wire: Wire, tag: bytes, _arguments: bytes) -> None:
        wire.send(b"* 1 FETCH (UID 1 INTERNALDATE NIL BODY[] {2}\r\nhi)", tag + b" OK done")

    scripted_imap.on(b"UID FETCH", undated)
    [batch] = [batch async for batch in mailbox.fetch([1])]
    assert (batch.mails, batch.withheld) == ((), (1,))


async def test_a_break_names_the_mails_that_were_being_read(scripted_imap: ScriptedImap, mailbox: ImapMailbox) -> None:
    """One of them may be what breaks the server: they are to be read alone."""
    scripted_imap.mails = {uid: b"Subject: %d\r\n\r\n" % uid for uid in (1, 2)}

    def break_off(wire: Wire, tag: bytes, arguments: bytes) -> None:
        if b"BODY" in arguments:
            wire.close()
        else:
            scripted_imap.fetch(wire, tag, arguments)

    scripted_imap.on(b"UID FETCH", break_off)
    with pytest.raises(MailboxUnreachable) as raised:
        [batch async for batch in mailbox.fetch([1, 2])]
    assert raised.value.reading == (1, 2)


async def test_a_server_that_cannot_measure_one_mail_still_gives_the_others(
    scripted_imap: ScriptedImap, mailbox: ImapMailbox
) -> None:
    scripted_imap.mails = {uid: b"Subject: %d\r\n\r\n" % uid for uid in (1, 2)}

    def unmeasured(wire: Wire, tag: bytes, arguments: bytes) -> None:
        if b"RFC822.SIZE" in arguments:
            wire.send(tag + b" NO [SERVERBUG] no size")
        else:
            scripted_imap.fetch(wire, tag, arguments)

    scripted_imap.on(b"UID FETCH", unmeasured)
    found = [message.place.uid async for batch in mailbox.fetch([1, 2]) for message in batch.mails]
    assert found == [1, 2]


async def test_a_server_that_drips_is_given_up(scripted_imap: ScriptedImap) -> None:
    """Each byte comes in time and the answer never ends: no patience for the line, but one for the act."""
    stop = threading.Event()

    def drip(wire: Wire, _tag: bytes, _arguments: bytes) -> None:
        wire.send_raw(b"* SEARCH")
        while not stop.wait(0.02):
            wire.send_raw(b" 1")

    scripted_imap.on(b"UID SEARCH", drip)
    try:
        async with _open(scripted_imap, Patience(connect=5, read=5, act=0.3, close=0.3)) as mailbox:
            await mailbox.select("INBOX")
            async with asyncio.timeout(SOON):
                with pytest.raises(MailboxUnreachable, match="timeout"):
                    await mailbox.uids(0, None)
    finally:
        stop.set()


async def test_without_a_next_uid_a_folder_is_read_all_the_same(scripted_imap: ScriptedImap) -> None:
    """RFC 3501 lets a server leave it out."""
    scripted_imap.on(
        b"EXAMINE", lambda wire, tag, _: wire.send(b"* 0 EXISTS", b"* OK [UIDVALIDITY 1]", tag + b" OK selected")
    )
    async with _open(scripted_imap) as mailbox:
        assert (await mailbox.select("INBOX")).uidnext == 0


async def test_an_error_never_quotes_a_mail(scripted_imap: ScriptedImap, mailbox: ImapMailbox) -> None:
    """A server that miscounts lets a mail's text be read as its answer."""
    scripted_imap.mails = {1: b""}

    def miscount(wire: Wire, _tag: bytes, _arguments: bytes) -> None:
        wire.send(b"* 1 FETCH (UID 1 BODY[] {4}\r\nhenk", b"ilotunnukseni on 010190-900P")
        wire.send(b"ja osoitteeni Kuja 1", b"ja")

    scripted_imap.on(b"UID FETCH", miscount)
    with pytest.raises(MailboxUnreachable) as raised:
        [batch async for batch in mailbox.fetch([1])]
    assert "900P" not in str(raised.value)
    assert "Kuja" not in str(raised.value)
    assert raised.value.__suppress_context__


async def test_no_log_holds_a_mail(
    scripted_imap: ScriptedImap, mailbox: ImapMailbox, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even at the level at which imapclient writes down whatever it receives."""
    caplog.set_level(logging.DEBUG)
    scripted_imap.mails = {1: b"Subject: salaisuus\r\n\r\nsalaisuus\r\n"}
    assert [len(batch.mails) async for batch in mailbox.fetch([1])] == [1]
    assert "salaisuus" not in caplog.text
    assert "sala sana" not in caplog.text


_ODD = st.binary(max_size=60).map(lambda data: data.replace(b"{", b"(")) | st.sampled_from(
    [b"* FLAGS", b"* 1 EXISTS", b"* OK [UIDVALIDITY x]", b"* SEARCH 1 x", b"* 1 FETCH (", b"* 1 FETCH ((((", b"* LIST"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(_ODD, max_size=4), status=st.sampled_from([b"OK", b"NO", b"BAD"]))
async def test_nonsense_is_an_error_of_ours_whatever_it_is(
    scripted_imap: ScriptedImap, lines: list[bytes], status: bytes
) -> None:
    def nonsense(wire: Wire, tag: bytes, _arguments: bytes) -> None:
        wire.send(*lines, tag + b" " + status + b" done")

    for command in (b"EXAMINE", b"UID SEARCH", b"UID FETCH", b"LIST"):
        scripted_imap.on(command, nonsense)
    acts: list[Callable[[ImapMailbox], Any]] = [
        lambda mailbox: mailbox.select("INBOX"),
        lambda mailbox: mailbox.uids(0, None),
        lambda mailbox: anext(mailbox.fetch([1])),
        lambda mailbox: mailbox.folders(),
    ]
    for act in acts:
        async with asyncio.timeout(SOON), _open(scripted_imap, HASTY) as mailbox:
            mailbox._session._client._imap.state = "SELECTED"  # type: ignore[union-attr]
            [found] = await asyncio.gather(act(mailbox), return_exceptions=True)
        assert not isinstance(found, BaseException) or isinstance(found, InboxAgentError | StopAsyncIteration), found


async def test_a_folder_whose_name_nobody_can_read_hides_no_other(scripted_imap: ScriptedImap) -> None:
    """What some program wrote as it is ("R&D") is no name (RFC 3501, 5.1.3): the mailbox is read all the same."""

    def folders(wire: Wire, tag: bytes, _arguments: bytes) -> None:
        names = (b"INBOX", b'"R&D"', b'"&!!-"', b"NIL", b'"L&AOQ-hetetyt"')
        wire.send(*(b'* LIST () "/" ' + name for name in names), tag + b" OK done")

    scripted_imap.on(b"LIST", folders)
    async with _open(scripted_imap) as mailbox:
        assert [info.name for info in await mailbox.folders()] == ["INBOX", "Lähetetyt"]
        assert (await mailbox.select("INBOX")).uidvalidity == 1


# -- pure -----------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 2 * BATCH_BYTES), max_size=200))
def test_batches_keep_order_and_bounds(sizes: list[int]) -> None:
    """Every mail is in exactly one; a batch over the bounds holds one mail; no batch could take its successor."""
    by_uid = dict(enumerate(sizes))
    cut = list(batches(by_uid))
    assert [uid for batch in cut for uid in batch] == list(by_uid)
    for batch in cut:
        assert 1 <= len(batch) <= BATCH_MAILS
        assert len(batch) == 1 or sum(map(by_uid.__getitem__, batch)) <= BATCH_BYTES
    for batch, following in pairwise(cut):
        fuller = sum(map(by_uid.__getitem__, [*batch, following[0]]))
        assert len(batch) == BATCH_MAILS or fuller > BATCH_BYTES
