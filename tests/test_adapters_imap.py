"""The mailbox adapter against a real Dovecot: what intake, sending and watching rely on."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, date, datetime

import pytest
from imapclient import IMAPClient

from inbox_agent.adapters import fetch, idle, session
from inbox_agent.adapters.imap import ImapMailbox
from inbox_agent.adapters.sent import ImapSentFolder
from inbox_agent.adapters.session import Patience
from inbox_agent.errors import FolderMissing, FolderReadOnly, LoginRefused, MailboxUnreachable, UsageProblem
from inbox_agent.rules.folders import watched
from state.model import FolderInfo, Place, RawMessage
from tests.servers.dovecot import Account, Dovecot
from tests.servers.waiting import until

Build = Callable[..., bytes]

HASTY = Patience(connect=5, read=1, close=0.3)


@pytest.fixture
async def mailbox(account: Account) -> AsyncIterator[ImapMailbox]:
    async with ImapMailbox.open(account.profile(), account.password) as opened:
        yield opened


async def _all(mailbox: ImapMailbox, uids: Sequence[int]) -> list[RawMessage]:
    return [message async for batch in mailbox.fetch(uids) for message in batch.mails]


def _threads() -> int:
    return sum(thread.name.startswith("imap-") for thread in threading.enumerate())


# -- connecting -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
async def test_a_server_with_a_certificate_of_our_authority_is_trusted(account: Account, tls: str) -> None:
    profile = account.profile(tls=tls, host="localhost")
    async with ImapMailbox.open(profile, account.password) as mailbox:
        assert (await mailbox.select("INBOX")).exists == 0


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
async def test_a_certificate_of_an_unknown_authority_is_refused(account: Account, tls: str) -> None:
    profile = account.profile(tls=tls, host="localhost", ca_file=None)
    with pytest.raises(MailboxUnreachable, match="certificate"):
        async with ImapMailbox.open(profile, account.password):
            pass


async def test_a_certificate_for_another_name_is_refused(account: Account) -> None:
    with pytest.raises(MailboxUnreachable, match="certificate"):
        async with ImapMailbox.open(account.profile(tls="implicit", host="127.0.0.1"), account.password):
            pass


async def test_a_password_never_crosses_a_network_in_the_clear(account: Account) -> None:
    """Without TLS another machine is not even connected to."""
    with pytest.raises(UsageProblem) as raised:
        async with ImapMailbox.open(account.profile(tls="none", host="posti.example"), account.password):
            pass
    assert raised.value.code == "plain_text_wire"


async def test_an_unusable_authority_file_is_named(account: Account) -> None:
    with pytest.raises(UsageProblem, match="ca_file"):
        async with ImapMailbox.open(account.profile(tls="implicit", ca_file="/nowhere/ca.pem"), account.password):
            pass


async def test_a_refused_login_is_told_apart_and_holds_no_password(account: Account) -> None:
    with pytest.raises(LoginRefused) as raised:
        async with ImapMailbox.open(account.profile(), "väärä salasana"):
            pass
    assert raised.value.user == account.address
    assert "väärä" not in repr(raised.value)
    assert "AUTHENTICATIONFAILED" in raised.value.answer


async def test_a_password_may_hold_any_letters(dovecot: Dovecot) -> None:
    account = dovecot.new_account(password='pääsy"\\sana')
    async with ImapMailbox.open(account.profile(), account.password) as mailbox:
        assert await mailbox.folders()


async def test_a_server_that_is_not_there_is_unreachable(dovecot: Dovecot, account: Account) -> None:
    dovecot.stop()
    with pytest.raises(MailboxUnreachable, match="refused") as raised:
        async with ImapMailbox.open(account.profile(), account.password):
            pass
    assert (raised.value.host, raised.value.port) == ("127.0.0.1", dovecot.imap)


# -- folders --------------------------------------------------------------------------------------


async def test_folders_come_with_their_special_use_and_readable_names(account: Account, mailbox: ImapMailbox) -> None:
    with account.client() as client:
        client.create_folder("Käsitellyt")
    there = await mailbox.folders()
    assert FolderInfo("Sent", "\\Sent") in there
    assert FolderInfo("Junk", "\\Junk") in there
    assert FolderInfo("Käsitellyt", "") in there
    assert FolderInfo("INBOX", "") in there


@pytest.mark.parametrize(
    "name",
    [
        *("Pyynnöt ", 'Tieto"suoja', "A\\B", "Skräp\\", "R&D", "&", "Ä&Ö &- x", "Pyynnöt/2026", "INBOX/Lapsi"),
        *("2026", "NIL", "100%", "a*b", "(x) {5}", "𝄞 nuotti", '""'),
    ],
)
async def test_a_folder_of_any_name_is_read(account: Account, mail: Build, name: str) -> None:
    """Configured as it is written, listed, opened, read and written to, whatever quoting it takes."""
    with account.client() as client:
        client.create_folder(name)
    profile = account.profile(folders=(name,), junk=name)
    async with ImapMailbox.open(profile, account.password) as mailbox:
        assert watched(await mailbox.folders(), profile) == [name]
        await mailbox.append(name, mail(), ())
        await mailbox.select(name)
        assert [got.place.folder for got in await _all(mailbox, await mailbox.uids(0, None))] == [name]


async def test_selecting_tells_how_much_there_is(account: Account, mailbox: ImapMailbox, mail: Build) -> None:
    account.append(mail(), mail())
    state = await mailbox.select("INBOX")
    assert (state.exists, state.uidnext) == (2, 3)


async def test_a_missing_folder_is_named_with_those_that_are_there(mailbox: ImapMailbox) -> None:
    with pytest.raises(FolderMissing) as raised:
        await mailbox.select("Ei ole")
    assert raised.value.folder == "Ei ole"
    assert "INBOX" in raised.value.there
    assert (await mailbox.select("INBOX")).exists == 0


async def test_a_recreated_folder_has_another_uidvalidity(account: Account, mailbox: ImapMailbox, mail: Build) -> None:
    """Its old UIDs are void (RFC 3501, 2.3.1.1), and the places of its mails say so."""
    places = []
    for uidvalidity in (7, 8):
        with account.client() as client:
            if uidvalidity == 8:
                client.delete_folder("Vanha")
            client.create_folder("Vanha")
        account.append(mail(), folder="Vanha")
        state = await mailbox.select("Vanha")
        [message] = await _all(mailbox, [1])
        assert message.place.uidvalidity == state.uidvalidity
        places.append(message.place)
    assert places[0] != places[1]
    assert (places[0].folder, places[0].uid) == (places[1].folder, places[1].uid)


# -- reading --------------------------------------------------------------------------------------


async def test_only_uids_above_the_cursor_are_told(account: Account, mailbox: ImapMailbox, mail: Build) -> None:
    account.append(mail(), mail(), mail())
    await mailbox.select("INBOX")
    assert await mailbox.uids(0, None) == [1, 2, 3]
    assert await mailbox.uids(2, None) == [3]


async def test_nothing_new_is_nothing(account: Account, mailbox: ImapMailbox, mail: Build) -> None:
    """The server itself names the last mail for "n:*" however large n is (RFC 3501, 6.4.8)."""
    account.append(mail())
    await mailbox.select("INBOX")
    assert await mailbox.uids(1, None) == []
    assert await mailbox.uids(99, None) == []


@pytest.mark.parametrize("most", [1, 3, 50])
async def test_many_uids_are_asked_for_in_windows(
    account: Account, mailbox: ImapMailbox, mail: Build, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """However the questions are cut, each mail is told once and in order."""
    monkeypatch.setattr(session, "WINDOW", 2)
    monkeypatch.setattr(session, "MOST_WINDOWS", most)
    account.append(*(mail(message_id=f"<{number}@posti.example>") for number in range(8)))
    await mailbox.select("INBOX")
    assert await mailbox.uids(0, None) == list(range(1, 9))
    assert await mailbox.uids(4, None) == [5, 6, 7, 8]


async def test_no_mail_of_the_first_day_is_missed(account: Account, mailbox: ImapMailbox, mail: Build) -> None:
    """Half past midnight in Helsinki is the day before in the server's zone."""
    account.append(mail("a week before"), received_at=datetime(2026, 2, 23, 12, 0, tzinfo=UTC))
    account.append(mail("first minutes"), received_at=datetime(2026, 3, 1, 22, 30, tzinfo=UTC))
    account.append(mail("later"), received_at=datetime(2026, 3, 20, 12, 0, tzinfo=UTC))
    await mailbox.select("INBOX")
    assert await mailbox.uids(0, date(2026, 3, 2)) == [2, 3]


async def test_a_mail_comes_as_it_is_with_its_receipt_in_utc(
    account: Account, mailbox: ImapMailbox, mail: Build
) -> None:
    received_at = datetime(2026, 3, 2, 9, 15, 30, tzinfo=UTC)
    raw = mail("ääkköset", body="rivi\n" * 200)
    account.append(raw, received_at=received_at)
    state = await mailbox.select("INBOX")
    [message] = await _all(mailbox, [1])
    assert message == RawMessage(Place(account.profile().account, "INBOX", state.uidvalidity, 1), received_at, raw)
    assert message.received_at.tzinfo is UTC


async def test_reading_changes_nothing_on_the_server(account: Account, mailbox: ImapMailbox, mail: Build) -> None:
    account.append(mail())
    await mailbox.select("INBOX")
    assert len(await _all(mailbox, [1])) == 1
    assert account.flags() == [set()]


async def test_many_mails_come_in_bounded_batches_in_order(account: Account, mailbox: ImapMailbox, mail: Build) -> None:
    account.append(*(mail(f"numero {number}") for number in range(120)))
    await mailbox.select("INBOX")
    uids = await mailbox.uids(0, None)
    batches = [[message.place.uid for message in batch.mails] async for batch in mailbox.fetch(uids[::-1])]
    assert [len(batch) for batch in batches] == [50, 50, 20]
    assert [uid for batch in batches for uid in batch] == uids


async def test_sizes_are_asked_for_in_portions(
    account: Account, mailbox: ImapMailbox, mail: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox_agent.adapters.imap.SIZES_AT_ONCE", 4)
    account.append(*(mail(f"numero {number}") for number in range(10)))
    await mailbox.select("INBOX")
    assert [message.place.uid for message in await _all(mailbox, range(1, 11))] == list(range(1, 11))


async def test_a_mail_deleted_meanwhile_costs_no_other(account: Account, mailbox: ImapMailbox, mail: Build) -> None:
    account.append(*(mail(f"numero {number}") for number in range(4)))
    await mailbox.select("INBOX")
    uids = await mailbox.uids(0, None)
    with account.client() as client:
        client.delete_messages([2, 4])
        client.expunge()
    assert [message.place.uid for message in await _all(mailbox, uids)] == [1, 3]


async def test_of_a_huge_mail_the_beginning_is_read(
    account: Account, mailbox: ImapMailbox, mail: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "BATCH_BYTES", 400)
    monkeypatch.setattr(fetch, "LARGEST_MAIL", 500)
    huge = mail(body="x" * 70 + "\n" + "rivi\n" * 1000)
    account.append(mail(body="pieni"), huge, mail(body="toinen"))
    await mailbox.select("INBOX")
    messages = await _all(mailbox, [1, 2, 3])
    assert messages[1].raw == huge[:500]
    assert [message.raw for message in messages[::2]] == [mail(body="pieni"), mail(body="toinen")]


# -- changing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("capabilities", [(b"MOVE", b"UIDPLUS"), (b"UIDPLUS",)], ids=["MOVE", "COPY"])
async def test_moving_takes_just_those_mails(account: Account, mail: Build, capabilities: tuple[bytes, ...]) -> None:
    """Also where another client has marked one of the others as deleted."""
    first, marked, third = (mail(f"numero {number}") for number in range(3))
    account.append(first, marked, third)
    with account.client() as client:
        client.add_flags([2], [b"\\Deleted"])
    async with ImapMailbox.open(account.profile(move_to="Archive"), account.password) as mailbox:
        mailbox._session._client._cached_capabilities = capabilities  # type: ignore[union-attr]
        await mailbox.select("INBOX")
        await mailbox.move([1, 3], "Archive")
        await mailbox.move([], "Archive")
    assert account.mails("Archive") == [first, third]
    assert account.mails() == [marked]


async def test_moving_to_a_missing_folder_moves_nothing(account: Account, mail: Build) -> None:
    account.append(mail())
    async with ImapMailbox.open(account.profile(move_to="Ei ole"), account.password) as mailbox:
        await mailbox.select("INBOX")
        with pytest.raises(FolderMissing):
            await mailbox.move([1], "Ei ole")
    assert account.mails() == [mail()]


async def test_a_mailbox_that_may_only_be_read_is_read_and_nothing_moved_out_of_it(
    account: Account, mail: Build
) -> None:
    """Though the profile wants its mails moved: that is refused by its name, and a person told."""
    account.append(mail())
    wants = account.profile(move_to="Archive")
    with account.may_only_be_read():
        async with ImapMailbox.open(wants, account.password) as mailbox:
            there = await mailbox.select("INBOX")
            assert (there.exists, there.read_only) == (1, True)
            assert [message.raw for message in await _all(mailbox, [1])] == [mail()]
            with pytest.raises(FolderReadOnly):
                await mailbox.move([1], "Archive")
            assert not (await mailbox.select("Archive")).read_only
    assert (account.mails(), account.mails("Archive")) == ([mail()], [])


async def test_a_mail_is_put_into_a_folder_and_found_there(account: Account, mailbox: ImapMailbox, mail: Build) -> None:
    raw = mail(message_id="<kirje.1@yritys.example>")
    await mailbox.append("Sent", raw, (r"\Seen",))
    assert account.mails("Sent") == [raw]
    assert await mailbox.contains("Sent", "<kirje.1@yritys.example>")
    assert not await mailbox.contains("Sent", "<kirje.2@yritys.example>")
    with pytest.raises(FolderMissing):
        await mailbox.append("Ei ole", raw, ())


async def test_the_sent_folder_keeps_and_finds_our_copies(account: Account, mail: Build) -> None:
    sent = ImapSentFolder(account.profile(), account.password, "auto")
    raw = mail(message_id="<kirje.1@yritys.example>")
    assert not await sent.contains("<kirje.1@yritys.example>")
    await sent.save(raw)
    assert await sent.contains("<kirje.1@yritys.example>")
    assert account.mails("Sent") == [raw]
    assert account.flags("Sent") == [{b"\\Seen"}]


@pytest.mark.parametrize("wanted", ["Ei ole", ""])
async def test_a_mailbox_without_the_sent_folder_says_so(account: Account, wanted: str) -> None:
    with pytest.raises(FolderMissing):
        await ImapSentFolder(account.profile(), account.password, wanted).contains("<a@b.example>")


# -- waiting --------------------------------------------------------------------------------------


async def test_a_delivered_mail_ends_the_wait(
    dovecot: Dovecot, account: Account, mailbox: ImapMailbox, mail: Build
) -> None:
    await mailbox.select("INBOX")
    async with asyncio.timeout(10):
        waiting = asyncio.create_task(mailbox.wait(60))
        await asyncio.to_thread(dovecot.deliver, mail(), account.address)
        assert await waiting
    assert await mailbox.uids(0, None) == [1]


async def test_a_mail_that_came_just_before_is_not_slept_over(
    account: Account, mailbox: ImapMailbox, mail: Build
) -> None:
    """Its announcement comes in one packet with the server's leave to idle."""
    for number in range(5):
        await mailbox.select("INBOX")
        await mailbox.uids(0, None)
        account.append(mail(f"numero {number}"))
        async with asyncio.timeout(10):
            assert await mailbox.wait(60)


async def test_a_quiet_mailbox_lets_the_time_pass_without_work(mailbox: ImapMailbox) -> None:
    await mailbox.select("INBOX")
    began, worked = time.monotonic(), time.process_time()
    assert not await mailbox.wait(0.6)
    assert time.monotonic() - began >= 0.6
    assert time.process_time() - worked < 0.2
    assert not await mailbox.wait(0)


async def test_waking_ends_the_wait_and_the_connection_goes_on(mailbox: ImapMailbox) -> None:
    await mailbox.select("INBOX")
    for _ in range(3):
        waiting = asyncio.create_task(mailbox.wait(60))
        threading.Timer(0.05, mailbox.wake).start()
        async with asyncio.timeout(5):
            assert not await waiting
        assert await mailbox.uids(0, None) == []


async def test_a_call_to_wake_is_never_lost(mailbox: ImapMailbox) -> None:
    """Called while nobody waits, it ends the next wait; called often, it ends one."""
    await mailbox.select("INBOX")
    for _ in range(100_000):
        mailbox.wake()
    async with asyncio.timeout(5):
        assert not await mailbox.wait(60)


async def test_a_cancelled_wait_leaves_the_connection_usable(mailbox: ImapMailbox) -> None:
    await mailbox.select("INBOX")
    waiting = asyncio.create_task(mailbox.wait(60))
    await asyncio.sleep(0)
    waiting.cancel()
    async with asyncio.timeout(5):
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await mailbox.uids(0, None) == []


# -- breaking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["stop", "kill"])
async def test_the_end_of_the_server_ends_the_wait(dovecot: Dovecot, account: Account, mail: Build, end: str) -> None:
    """And a new connection after its restart finds everything."""
    async with ImapMailbox.open(account.profile(), account.password) as mailbox:
        await mailbox.select("INBOX")
        waiting = asyncio.create_task(mailbox.wait(60))
        await asyncio.to_thread(getattr(dovecot, end))
        async with asyncio.timeout(5):
            with pytest.raises(MailboxUnreachable):
                await waiting
        with pytest.raises(MailboxUnreachable, match="not connected"):
            await mailbox.select("INBOX")
    dovecot.start()
    account.append(mail())
    async with ImapMailbox.open(account.profile(), account.password) as mailbox:
        await mailbox.select("INBOX")
        assert await mailbox.uids(0, None) == [1]


async def test_a_server_that_stops_answering_is_given_up(dovecot: Dovecot, account: Account) -> None:
    async with ImapMailbox.open(account.profile(), account.password, HASTY) as mailbox:
        await mailbox.select("INBOX")
        dovecot.freeze()
        async with asyncio.timeout(5):
            with pytest.raises(MailboxUnreachable, match="timeout"):
                await mailbox.wait(0.1)


def _told_when_idle_sleeps(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """An event set once a connection is inside IDLE: a wake before that would end the wait without a word sent."""
    asleep, sleep = threading.Event(), idle._ready

    def tell(client: IMAPClient, wake: socket.socket, seconds: float) -> bool:
        asleep.set()
        return sleep(client, wake, seconds)

    monkeypatch.setattr(idle, "_ready", tell)
    return asleep


async def test_a_wait_is_over_soon_after_the_machine_slept(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system counts a wait only while the machine is awake; the server has gone on."""
    asleep, awake, night = _told_when_idle_sleeps(monkeypatch), idle.passed, 0.0
    monkeypatch.setattr(idle, "SLEEP_NOTICED_AFTER", 0.05)
    monkeypatch.setattr(idle, "passed", lambda: awake() + night)
    async with ImapMailbox.open(account.profile(), account.password, HASTY) as mailbox:
        await mailbox.select("INBOX")
        waiting = asyncio.create_task(mailbox.wait(240))
        await asyncio.to_thread(asleep.wait)
        night = 8 * 3600.0
        assert await asyncio.wait_for(waiting, 10) is False


@pytest.mark.parametrize("tls", ["none", "implicit"])
@pytest.mark.parametrize("idling", [True, False])
async def test_closing_is_bounded_when_the_server_is_dead(
    dovecot: Dovecot, account: Account, monkeypatch: pytest.MonkeyPatch, tls: str, *, idling: bool
) -> None:
    """Whether the thread idles or waits for an answer; and the thread ends."""
    patience = Patience(close=0.3)
    asleep = _told_when_idle_sleeps(monkeypatch)
    async with asyncio.timeout(5):
        async with ImapMailbox.open(account.profile(tls=tls), account.password, patience) as mailbox:
            await mailbox.select("INBOX")
            if not idling:
                dovecot.freeze()
            act = asyncio.create_task(mailbox.wait(60) if idling else mailbox.uids(0, None))
            await asyncio.sleep(0)
            if idling:
                await asyncio.to_thread(asleep.wait)
                dovecot.freeze()
        with pytest.raises(MailboxUnreachable):
            await act
    await asyncio.to_thread(until, lambda: _threads() == 0)


async def test_a_closed_connection_leaves_no_thread(account: Account) -> None:
    async with ImapMailbox.open(account.profile(), account.password) as mailbox:
        await mailbox.select("INBOX")
        assert _threads() == 1
        await mailbox.close()
        await mailbox.close()
        mailbox.wake()
    await asyncio.to_thread(until, lambda: _threads() == 0)
