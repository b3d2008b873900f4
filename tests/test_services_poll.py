"""Intake against servers that fail: every mail ends in the store or in front of a person, and none holds up another."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from inbox_agent.adapters import fetch
from inbox_agent.adapters.imap import ImapMailbox
from inbox_agent.adapters.session import Patience
from inbox_agent.commands.opening import specimen
from inbox_agent.errors import FolderReadOnly, MailboxUnreachable
from inbox_agent.phrasing.syncing import sync_report
from inbox_agent.profile import ControllerProfile
from inbox_agent.profile import Mailbox as Server
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.folders import survey
from inbox_agent.services.poll import TRIES, TRY_AGAIN_AFTER, TRY_QUARANTINED_AFTER, Poll
from inbox_agent.services.report import SyncReport
from state.model import Cursor, FolderInfo, MessageStatus, Reason
from state.store.store import Store
from state.views import Views
from tests.servers.dovecot import Account
from tests.servers.scripted_imap import ScriptedImap, Wire

Build = Callable[..., bytes]
BEGIN = datetime(2026, 3, 6, 9, tzinfo=UTC)


class Clinic:
    """One mailbox on a server that can be made ill, and a store. Time passes between looks."""

    def __init__(self, server: Server, secret: str = "sala sana") -> None:  # noqa: S107  # invented
        self.profile: ControllerProfile = specimen().model_copy(update={"mailbox": server})
        self.server, self.secret = server, secret
        self.store, self.time = Store.open(":memory:"), BEGIN
        self.recogniser = Recogniser.load()

    async def look(self, *folders: str) -> SyncReport:
        """One look over a connection of its own. Raises what the wire raises."""
        self.time += TRY_AGAIN_AFTER + timedelta(seconds=1)
        async with ImapMailbox.open(self.server, self.secret, Patience(connect=5, read=2, close=0.3)) as mailbox:
            there = survey(await mailbox.folders(), self.server)
            poll = Poll(
                mailbox, self.server, self.store, self.recogniser, self.profile, lambda: self.time, there.move_to
            )
            return await poll.sync(folders or there.read)

    async def reconcile(self) -> SyncReport:
        """Compare the books with the mailbox."""
        async with ImapMailbox.open(self.server, self.secret, Patience(connect=5, read=2, close=0.3)) as mailbox:
            poll = Poll(mailbox, self.server, self.store, self.recogniser, self.profile, lambda: self.time)
            return await poll.reconcile(["INBOX"])

    async def looks(self, times: int) -> None:
        """Look so often, as the agent does: a broken wire ends one look, never the looking."""
        for _ in range(times):
            try:
                await self.look()
            except MailboxUnreachable:
                continue

    @property
    def stored(self) -> dict[int, tuple[MessageStatus, Reason | None]]:
        """Where each mail ended, by UID."""
        rows = self.store._database.rows(
            "select uid, status, reason from messages join sightings on sightings.message_id = messages.id"
        )
        return {
            row["uid"]: (MessageStatus(row["status"]), Reason(row["reason"]) if row["reason"] else None) for row in rows
        }


@pytest.fixture
def clinic(scripted_imap: ScriptedImap, mail: Build) -> Clinic:
    """Five mails on a scripted server."""
    scripted_imap.mails = {uid: mail(message_id=f"<{uid}@posti.example>") for uid in range(1, 6)}
    return Clinic(Server(host="127.0.0.1", port=scripted_imap.port, tls="none", user="t@yritys.example"))


EACH_LOOK = ["CAPABILITY", "LOGIN", "LIST", "EXAMINE", "UID FETCH", "CAPABILITY", "UID SEARCH", "LOGOUT"]


def named(command: bytes) -> str:
    words = command.decode().split(" ")
    return " ".join(words[:2] if words[0] == "UID" else words[:1])


async def test_an_unchanged_folder_costs_the_same_few_commands_however_much_lies_in_it(
    scripted_imap: ScriptedImap, clinic: Clinic, mail: Build
) -> None:
    """Of the mails that were read only the newest is looked at: a hundred thousand of them cost no more than five."""
    asked = []
    for held in (5, 100_000):
        scripted_imap.mails = dict.fromkeys(range(1, held), b"Subject: x\r\n\r\n")
        scripted_imap.mails[held] = mail(message_id=f"<newest-of-{held}@posti.example>")
        clinic.store.reading.save_cursor(Cursor(clinic.profile.account, "INBOX", 1, held - 1, None, held))
        await clinic.look("INBOX")
        scripted_imap.commands.clear()
        report = await clinic.look("INBOX")
        asked.append([named(command) for command in scripted_imap.commands])

        assert report == SyncReport()
    assert asked == [EACH_LOOK] * 2


# -- a mail that is not given ---------------------------------------------------------------------


async def test_a_mail_that_is_not_given_holds_up_no_other_and_ends_in_quarantine(
    scripted_imap: ScriptedImap, clinic: Clinic, mail: Build
) -> None:
    """Newer mails of its folder go on at once; after bounded tries a person sees it, once, by its place."""
    scripted_imap.withheld = {3}
    await clinic.look()
    assert sorted(clinic.stored) == [1, 2, 4, 5]

    scripted_imap.mails[6] = mail(message_id="<6@posti.example>")
    await clinic.looks(TRIES + 2)
    assert clinic.stored[6] == (MessageStatus.FILED, None)
    assert clinic.stored[3] == (MessageStatus.QUARANTINED, Reason.NOT_GIVEN)
    assert len(clinic.stored) == 6
    [row] = [row for row in Views(clinic.store._database).quarantined() if row.reason is Reason.NOT_GIVEN]
    assert "3" in row.subject
    assert "INBOX" in row.subject
    fetched = scripted_imap.times(b"UID FETCH 3 (BODY.PEEK[] ")
    await clinic.looks(2)
    assert scripted_imap.times(b"UID FETCH 3 (BODY.PEEK[] ") == fetched


async def test_a_withheld_mail_that_is_given_later_is_taken_in_like_any_other(
    scripted_imap: ScriptedImap, clinic: Clinic
) -> None:
    scripted_imap.withheld = {3}
    await clinic.look()
    scripted_imap.withheld = set()
    report = await clinic.look()

    assert (report.fetched, report.withheld) == (1, 0)
    assert clinic.stored[3] == (MessageStatus.FILED, None)
    assert clinic.store.reading.cursor(clinic.server.account, "INBOX") == Cursor(
        clinic.server.account, "INBOX", 1, 5, None, 5
    )


async def test_a_mail_in_quarantine_that_is_given_later_is_taken_in_once(
    scripted_imap: ScriptedImap, clinic: Clinic
) -> None:
    """Hours later the server is mended: the mail becomes its case by itself, and what stood for it closes itself."""
    scripted_imap.withheld = {3}
    await clinic.looks(TRIES + 1)
    assert clinic.stored[3] == (MessageStatus.QUARANTINED, Reason.NOT_GIVEN)
    clinic.time += TRY_QUARANTINED_AFTER
    await clinic.look()
    assert clinic.stored[3] == (MessageStatus.QUARANTINED, Reason.NOT_GIVEN)

    scripted_imap.withheld = set()
    clinic.time += TRY_QUARANTINED_AFTER
    reports = [await clinic.look() for _ in range(3)]
    await clinic.reconcile()

    assert [report.fetched for report in reports] == [1, 0, 0]
    assert clinic.stored[3] == (MessageStatus.FILED, None)
    assert Views(clinic.store._database).quarantined() == ()
    rows = clinic.store._database.rows("select status from messages where reason = 'given_at_last'")
    assert [row["status"] for row in rows] == ["set_aside"]
    events = clinic.store._database.rows("select act from events where act = 'message_set_aside'")
    assert len(events) == 1
    assert clinic.store._database.rows("select 1 from withheld") == []


async def test_a_withheld_mail_that_was_deleted_meanwhile_is_let_go(
    scripted_imap: ScriptedImap, clinic: Clinic
) -> None:
    """Somebody removed it before anybody could read it: there is nothing to show."""
    scripted_imap.withheld = {3}
    await clinic.look()
    del scripted_imap.mails[3]
    await clinic.looks(TRIES + 1)
    assert sorted(clinic.stored) == [1, 2, 4, 5]


async def test_the_header_of_a_mail_that_is_not_given_tells_whose_it_is(
    scripted_imap: ScriptedImap, clinic: Clinic
) -> None:
    """Where the server gives at least that, the person sees sender, subject and day of receipt."""

    def only_heads(wire: Wire, tag: bytes, arguments: bytes) -> None:
        if arguments.startswith(b"3 (BODY.PEEK[HEADER]"):
            head = b"From: Aino <aino@posti.example>\r\nSubject: Tietoni\r\n\r\n"
            date = b'INTERNALDATE "02-Mar-2026 10:00:00 +0200"'
            wire.send_raw(b"* 3 FETCH (UID 3 %b BODY[HEADER] {%d}\r\n%b)\r\n" % (date, len(head), head))
            wire.send(tag + b" OK fetched")
        else:
            scripted_imap.fetch(wire, tag, arguments)

    scripted_imap.withheld = {3}
    scripted_imap.on(b"UID FETCH", only_heads)
    await clinic.looks(TRIES + 1)

    [row] = [row for row in Views(clinic.store._database).quarantined() if row.reason is Reason.NOT_GIVEN]
    assert (row.sender.address, row.subject) == ("aino@posti.example", "Tietoni")
    assert row.received_at == datetime(2026, 3, 2, 8, tzinfo=UTC)


async def test_a_mail_that_breaks_the_server_holds_up_no_other(scripted_imap: ScriptedImap, clinic: Clinic) -> None:
    """Whenever mail 3 is asked for the connection breaks: the others are stored, it ends in quarantine."""

    def break_off(wire: Wire, tag: bytes, arguments: bytes) -> None:
        if b"BODY" in arguments and b"3" in arguments.split(b" ")[0].split(b","):
            wire.close()
        else:
            scripted_imap.fetch(wire, tag, arguments)

    scripted_imap.on(b"UID FETCH", break_off)
    await clinic.looks(TRIES + 2)

    assert clinic.stored[3] == (MessageStatus.QUARANTINED, Reason.NOT_GIVEN)
    assert {uid for uid, (status, _) in clinic.stored.items() if status is MessageStatus.FILED} == {1, 2, 4, 5}


async def test_an_ordinary_break_costs_no_mail_and_no_quarantine(scripted_imap: ScriptedImap, clinic: Clinic) -> None:
    """The wire breaks once in the middle of a batch: the next look has everything."""

    def once(wire: Wire, tag: bytes, arguments: bytes) -> None:
        if b"BODY" in arguments:
            scripted_imap.on(b"UID FETCH", scripted_imap.fetch)
            wire.close()
        else:
            scripted_imap.fetch(wire, tag, arguments)

    scripted_imap.on(b"UID FETCH", once)
    await clinic.looks(2)
    assert {status for status, _ in clinic.stored.values()} == {MessageStatus.FILED}
    assert sorted(clinic.stored) == [1, 2, 3, 4, 5]


# -- the first look -------------------------------------------------------------------------------


async def test_a_first_look_that_was_broken_off_keeps_its_beginning(
    account: Account, mail: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What had been received before `since` is not read by the look that goes on either."""
    monkeypatch.setattr(fetch, "BATCH_MAILS", 1)
    clinic = Clinic(account.profile(since=date(2026, 3, 1)), account.password)
    for day, name in ((3, "a"), (4, "b"), (5, "c")):
        account.append(mail(message_id=f"<{name}@x.example>"), received_at=datetime(2026, 3, day, 9, tzinfo=UTC))
    account.append(mail(message_id="<old@x.example>"), received_at=datetime(2025, 3, 3, 9, tzinfo=UTC))

    take_in, batches = Poll.take_in, iter(range(9))

    def broken(poll: Poll, *arguments: object) -> SyncReport:
        if next(batches) == 1:
            raise MailboxUnreachable("h", 1, "gone")
        return take_in(poll, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Poll, "take_in", broken)
    with pytest.raises(MailboxUnreachable):
        await clinic.look("INBOX")
    await clinic.look("INBOX")
    await clinic.look("INBOX")

    assert sorted(clinic.stored) == [1, 2, 3]
    cursor = clinic.store.reading.cursor(clinic.server.account, "INBOX")
    assert cursor is not None
    assert (cursor.last_uid, cursor.since) == (4, None)


async def test_where_the_next_uid_is_not_told_a_first_look_still_reaches_back_only_so_far(
    scripted_imap: ScriptedImap, clinic: Clinic
) -> None:
    scripted_imap.on(
        b"EXAMINE", lambda wire, tag, _: wire.send(b"* 5 EXISTS", b"* OK [UIDVALIDITY 1]", tag + b" OK selected")
    )
    await clinic.looks(2)
    asked = [command for command in scripted_imap.commands if command.startswith(b"UID SEARCH")]
    assert all(b"SINCE" in command for command in asked)
    assert sorted(clinic.stored) == [1, 2, 3, 4, 5]


# -- folders --------------------------------------------------------------------------------------


async def test_a_folder_that_is_suddenly_empty_is_told_until_there_is_mail_again(
    scripted_imap: ScriptedImap, clinic: Clinic, mail: Build
) -> None:
    """Nothing is concluded from it, and one look more does not make it ordinary."""
    clinic.profile = clinic.profile.model_copy(
        update={"alarms": clinic.profile.alarms.model_copy(update={"emptied_from": 5})}
    )
    assert (await clinic.look()).emptied == ()
    mails, scripted_imap.mails = scripted_imap.mails, {}
    for _ in range(2):
        [emptied] = (await clinic.look()).emptied
        assert (emptied.folder, emptied.had) == ("INBOX", 5)
    scripted_imap.mails = {6: mail(message_id="<6@posti.example>")}
    assert (await clinic.look()).emptied == ()
    assert sorted(clinic.stored) == sorted([*mails, 6])


async def test_a_folder_with_few_mails_may_be_emptied_in_silence(scripted_imap: ScriptedImap, clinic: Clinic) -> None:
    """A person who files every mail away is not alarmed daily."""
    await clinic.look()
    scripted_imap.mails = {}
    assert (await clinic.look()).emptied == ()


async def test_where_the_folder_to_move_to_is_missing_mails_are_read_and_stay(account: Account, mail: Build) -> None:
    """The mails are stored all the same, nothing on the server is changed, and what is missing is named."""
    clinic = Clinic(account.profile(move_to="Käsitellyt"), account.password)
    account.append(mail(message_id="<a@x.example>"))
    await clinic.look()

    assert len(clinic.stored) == 1
    assert len(account.mails()) == 1
    there = [FolderInfo("INBOX", ""), FolderInfo("Junk", "\\Junk")]
    missing = survey(there, clinic.server).missing
    assert missing is not None
    assert missing.folder == "Käsitellyt"


@pytest.mark.parametrize("ways", [b"IMAP4REV1 UIDPLUS MOVE", b"IMAP4REV1 UIDPLUS"])
async def test_a_folder_that_takes_no_mail_keeps_nobody_from_reading_on(
    scripted_imap: ScriptedImap, mail: Build, ways: bytes
) -> None:
    """A full mailbox: what was read stays where it came, the next batch follows at once, and it is told."""
    scripted_imap.capabilities = ways
    scripted_imap.mails = {uid: mail(message_id=f"<{uid}@posti.example>") for uid in range(1, 121)}
    for command in (b"UID MOVE", b"UID COPY"):
        scripted_imap.on(command, lambda wire, tag, _: wire.send(tag + b" NO [OVERQUOTA] no room"))
    scripted_imap.on(
        b"LIST",
        lambda wire, tag, _: wire.send(b'* LIST () "/" INBOX', b'* LIST () "/" Luettu', tag + b" OK done"),
    )
    clinic = Clinic(
        Server(host="127.0.0.1", port=scripted_imap.port, tls="none", user="t@yritys.example", move_to="Luettu")
    )
    report = await clinic.look()

    assert (report.fetched, len(clinic.stored)) == (120, 120)
    assert report.unmoved is not None
    assert "OVERQUOTA" in report.unmoved.answer
    assert scripted_imap.times(b"LOGIN") == 1


@pytest.mark.parametrize(("clock", "doubted"), [(2010, True), (1970, True), (2031, True), (2026, False)], ids=str)
async def test_a_first_look_with_a_wrong_clock_takes_in_the_month_before_the_newest_mail(
    account: Account, mail: Build, clock: int, doubted: bool
) -> None:
    """Neither none, as a clock far ahead would, nor everything that was ever there; and it is said."""
    for number, received in enumerate((datetime(2019, 3, 1, tzinfo=UTC), datetime(2026, 1, 10, tzinfo=UTC)), start=1):
        account.append(mail(message_id=f"<{number}@posti.example>"), received_at=received)
    clinic = Clinic(account.profile(), account.password)
    clinic.time = datetime(clock, 2, 3, 9, tzinfo=UTC)
    report = await clinic.look()

    assert list(clinic.stored) == [2]
    assert (report.doubted is not None) is doubted
    assert any("10.1.2026" in line for line in sync_report(report)) is doubted
    clinic.time += timedelta(days=1)
    assert (await clinic.reconcile()).recovered == 0  # what was left out then is not missing


async def test_where_the_profile_says_since_when_no_clock_is_asked(account: Account, mail: Build) -> None:
    account.append(mail(), received_at=datetime(2026, 1, 10, tzinfo=UTC))
    clinic = Clinic(account.profile(since=date(2026, 2, 1)), account.password)
    assert (await clinic.look()).doubted is None
    assert clinic.stored == {}


async def test_a_mailbox_that_may_only_be_read_is_read_though_its_mails_are_to_be_moved(
    account: Account, mail: Build
) -> None:
    """A shared mailbox to which our user has no more rights: nothing is lost, and it is told what was not done."""
    account.append(mail(message_id="<1@posti.example>"), mail(message_id="<2@posti.example>"))
    clinic = Clinic(account.profile(move_to="Archive"), account.password)
    with account.may_only_be_read():
        report = await clinic.look()

    assert (report.fetched, len(clinic.stored)) == (2, 2)
    assert isinstance(report.unmoved, FolderReadOnly)
    assert len(account.mails()) == 2


async def test_a_folder_that_vanished_keeps_nobody_from_reading_the_others(account: Account, mail: Build) -> None:
    clinic = Clinic(account.profile(folders=("INBOX", "Pyynnöt")), account.password)
    account.append(mail(message_id="<a@x.example>"))
    report = await clinic.look("Pyynnöt", "INBOX")

    assert report.fetched == 1
    assert report.missing is not None
    assert report.missing.folder == "Pyynnöt"


# -- numbering ------------------------------------------------------------------------------------


async def test_a_new_numbering_takes_nothing_in_twice_and_loses_nothing(
    scripted_imap: ScriptedImap, clinic: Clinic, mail: Build
) -> None:
    """The mailbox was made anew (UIDVALIDITY): old UIDs now name other mails, old mails have other UIDs."""
    scripted_imap.withheld = {2}
    await clinic.look()
    old = scripted_imap.mails
    new = mail(message_id="<uusi@posti.example>", subject="Uusi")
    scripted_imap.mails, scripted_imap.uidvalidity = {1: new, 2: old[1], 3: old[2], 4: old[4]}, 2
    scripted_imap.withheld = set()
    report = await clinic.look()
    await clinic.looks(2)

    assert (report.fetched, report.known) == (4, 2)
    [row] = clinic.store._database.rows("select count(*) as n from messages")
    assert row["n"] == 6
    assert clinic.store._database.rows("select 1 from withheld") == []


async def test_a_mailbox_restored_from_a_backup_is_read_anew(
    scripted_imap: ScriptedImap, clinic: Clinic, mail: Build
) -> None:
    """UIDs go on from where the backup ended, under the same UIDVALIDITY: new mails bear the numbers of old ones."""
    await clinic.look()
    assert sorted(clinic.stored) == [1, 2, 3, 4, 5]
    scripted_imap.mails = {uid: raw for uid, raw in scripted_imap.mails.items() if uid <= 2}
    scripted_imap.mails[3] = mail(body="Poistakaa tietoni.", message_id="<uusi@posti.example>")
    reports = [await clinic.look(), await clinic.look()]

    assert [(report.fetched, report.known) for report in reports] == [(3, 2), (0, 0)]
    assert clinic.store.reading.cursor(clinic.profile.account, "INBOX") == Cursor(
        clinic.profile.account, "INBOX", 1, 3, None, 3
    )
    new = clinic.store.intake.known(hashlib.sha256(scripted_imap.mails[3]).hexdigest())
    assert new is not None
    assert clinic.store.mails.get(new).place.uid == 3
    rows = clinic.store._database.rows("select id from messages")
    assert len([clinic.store.mails.get(row["id"]) for row in rows]) == 6
    clinic.store.verify()


async def test_a_restored_mailbox_that_has_caught_up_with_our_cursor_is_read_anew_too(
    scripted_imap: ScriptedImap, clinic: Clinic, mail: Build
) -> None:
    """As many new mails have come as were lost, and one more: the next number tells nothing, the mails do."""
    await clinic.look()
    for uid in (3, 4, 5, 6):
        scripted_imap.mails[uid] = mail(body="Poistakaa tietoni.", message_id=f"<uusi{uid}@posti.example>")
    for _ in range(2):
        await clinic.look()

    taken = [clinic.store.intake.known(hashlib.sha256(raw).hexdigest()) for raw in scripted_imap.mails.values()]
    assert None not in taken
    [row] = clinic.store._database.rows("select count(*) as n from messages")
    assert row["n"] == 9
    clinic.store.verify()


async def test_a_mailbox_may_be_restored_again_and_again(
    scripted_imap: ScriptedImap, clinic: Clinic, mail: Build
) -> None:
    """What the backup kept bears its number each time."""
    await clinic.look()
    for time in range(3):
        scripted_imap.mails = {uid: raw for uid, raw in scripted_imap.mails.items() if uid <= 2}
        for uid in (3, 4, 5):
            scripted_imap.mails[uid] = mail(body="Poistakaa tietoni.", message_id=f"<{time}-{uid}@posti.example>")
        await clinic.look()
        taken = [clinic.store.intake.known(hashlib.sha256(raw).hexdigest()) for raw in scripted_imap.mails.values()]
        assert None not in taken
    rows = clinic.store._database.rows("select id from messages")
    assert len([clinic.store.mails.get(row["id"]) for row in rows]) == 14


@pytest.mark.parametrize(
    "date", [b"01-Jan-0001 00:30:00 +0200", b"31-Dec-9999 23:30:00 -0200", b"00-Jan-0000 00:00:00 +0000"]
)
async def test_a_mail_whose_date_no_clock_knows_holds_up_no_other(
    scripted_imap: ScriptedImap, clinic: Clinic, date: bytes
) -> None:
    """A migration wrote it so. The others are read; it ends before a person."""

    def fetch(wire: Wire, tag: bytes, arguments: bytes) -> None:
        numbers = [int(number) for number in arguments.split(b" ")[0].split(b",")]
        for uid in numbers:
            told = scripted_imap._fetched(uid, arguments)
            wire.send_raw((told.replace(b"02-Mar-2026 10:00:00 +0200", date) if uid == 3 else told) + b"\r\n")
        wire.send(tag + b" OK fetched")

    scripted_imap.on(b"UID FETCH", fetch)
    await clinic.looks(TRIES + 2)

    assert set(clinic.stored) == {1, 2, 3, 4, 5}
    assert {uid for uid, (status, _) in clinic.stored.items() if status is MessageStatus.FILED} >= {1, 2, 4, 5}


@pytest.mark.parametrize("left", [{1, 2, 3, 4}, set()])
async def test_a_newest_mail_that_somebody_deleted_makes_nothing_be_read_anew(
    scripted_imap: ScriptedImap, clinic: Clinic, left: set[int]
) -> None:
    await clinic.look()
    scripted_imap.mails = {uid: raw for uid, raw in scripted_imap.mails.items() if uid in left}
    scripted_imap.on(
        b"EXAMINE",
        lambda wire, tag, _: wire.send(b"* 4 EXISTS", b"* OK [UIDVALIDITY 1]", b"* OK [UIDNEXT 6]", tag + b" OK done"),
    )
    assert (await clinic.look()).fetched == 0


async def test_two_different_mails_with_one_message_id_are_both_kept(
    scripted_imap: ScriptedImap, clinic: Clinic, mail: Build
) -> None:
    """Some programs use one again and again; one is not dropped for the other."""
    scripted_imap.mails = {
        1: mail(message_id="<sama@posti.example>"),
        2: mail(message_id="<sama@posti.example>", sender="Aino <aino@posti.example>"),
    }
    await clinic.look()
    assert sorted(clinic.stored) == [1, 2]


async def test_mails_without_a_message_id_are_taken_in_once(
    scripted_imap: ScriptedImap, clinic: Clinic, mail: Build
) -> None:
    """Read again and again, under a new numbering too, they stay the same mails."""
    scripted_imap.mails = {uid: mail(subject=f"Kysymys {uid}") for uid in (1, 2)}
    await clinic.looks(2)
    scripted_imap.uidvalidity = 2
    await clinic.looks(2)
    [row] = clinic.store._database.rows("select count(*) as n from messages")
    assert row["n"] == 2


async def test_a_mail_that_somebody_has_read_is_fetched_all_the_same(account: Account, mail: Build) -> None:
    r"""`\\Seen` is no list of work: a mail opened in another program is read here too."""
    account.append(mail(message_id="<luettu@x.example>"))
    with account.client() as client:
        client.add_flags(client.search("ALL"), [b"\\Seen"])
    clinic = Clinic(account.profile(since=date(2020, 1, 1)), account.password)
    assert (await clinic.look("INBOX")).fetched == 1


async def test_what_a_cursor_passed_in_silence_is_found_again(scripted_imap: ScriptedImap, clinic: Clinic) -> None:
    """A mail that is in no book, however it came about, is missed by no search for new ones: the books are compared."""
    await clinic.look()
    hidden = {2: scripted_imap.mails.pop(2)}
    with clinic.store.transaction():
        clinic.store._database.write("delete from sightings where uid = 2")
        clinic.store._database.write("delete from raw_messages where message_id = 2")
    scripted_imap.mails = dict(sorted({**scripted_imap.mails, **hidden}.items()))
    scripted_imap.mails[2] = scripted_imap.mails[2].replace(b"<2@", b"<uusi@")
    assert (await clinic.look()).fetched == 0
    report = await clinic.reconcile()

    assert (report.recovered, report.fetched) == (1, 1)
    assert clinic.stored[2] == (MessageStatus.FILED, None)
    assert (await clinic.reconcile()).recovered == 0


async def test_cancelled_anywhere_a_look_leaves_whole_batches(clinic: Clinic, scripted_imap: ScriptedImap) -> None:
    """What was being read when the agent was told to stop is read by the next."""
    began, asked = asyncio.Event(), asyncio.get_running_loop()

    def hang(wire: Wire, tag: bytes, arguments: bytes) -> None:
        if b"BODY" in arguments:
            asked.call_soon_threadsafe(began.set)
            wire.hang()
        else:
            scripted_imap.fetch(wire, tag, arguments)

    scripted_imap.on(b"UID FETCH", hang)
    looking = asyncio.create_task(clinic.look())
    await began.wait()
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking
    scripted_imap.on(b"UID FETCH", scripted_imap.fetch)
    await clinic.look()
    assert sorted(clinic.stored) == [1, 2, 3, 4, 5]
