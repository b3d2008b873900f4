"""What mail servers do wrong while the agent reads: scripted faults, and a real Dovecot stopped, killed and frozen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from inbox_agent.adapters.secrets import REFUSED_FOR, AccessToken, Password
from tests.faults.world import Bench, Tally, World
from tests.servers import certificate
from tests.servers.scripted_imap import Act, ScriptedImap, Wire
from tests.servers.tokens import demanding
from tests.whole_way import PASSWORD_VARIABLE, parsed, proposed

Spoil = Callable[[World, threading.Event], None]


def once(imap: ScriptedImap, command: bytes, met: threading.Event, act: Act) -> None:
    """Misbehave the first time at `command`, and be well from then on."""
    good = imap.act(command)

    def spoiled(wire: Wire, tag: bytes, arguments: bytes) -> None:
        imap.on(command, good)
        met.set()
        act(wire, tag, arguments)

    imap.on(command, spoiled)


async def read_through(bench: Bench, spoil: Spoil, *, heal: Callable[[World], None] | None = None) -> Tally:
    """Five mails lie there, the fault is met, three more come, and everything must be found in the end."""
    with bench.world(scripted=True) as world, world.store() as store:
        world.script(5)
        met = threading.Event()
        spoil(world, met)
        async with world.running(store):
            await world.until(met.is_set)
            if heal is not None:
                heal(world)
            world.script(3)
            await world.until(lambda: _announced(world) and world.has_everything())
        return world.tally()


def _announced(world: World) -> bool:
    """What comes is announced to whoever listens by then."""
    world.imap.nudge()
    return True


def at(command: bytes, act: Act) -> Spoil:
    return lambda world, met: once(world.imap, command, met, act)


def _say_and_leave(*lines: bytes) -> Act:
    def act(wire: Wire, _tag: bytes, _arguments: bytes) -> None:
        wire.send_raw(b"".join(lines))
        wire.close()

    return act


def _say_and_hang(*lines: bytes) -> Act:
    def act(wire: Wire, _tag: bytes, _arguments: bytes) -> None:
        wire.send_raw(b"".join(lines))
        wire.hang()

    return act


def _refuse(words: bytes) -> Act:
    return lambda wire, tag, _arguments: wire.send(tag + b" NO " + words)


def _announce_at_once(world: World, met: threading.Event) -> None:
    """EXISTS in the same packet as the leave to idle."""

    def act(wire: Wire, tag: bytes, _arguments: bytes) -> None:
        world.script(1)
        wire.send(b"+ idling", b"* %d EXISTS" % len(world.imap.mails))
        if wire.line():
            wire.send(tag + b" OK done")

    once(world.imap, b"IDLE", met, act)


def _fetch(spoiled: Act) -> Spoil:
    """Misbehave at the first FETCH of mails' texts, not of their sizes."""

    def spoil(world: World, met: threading.Event) -> None:
        def act(wire: Wire, tag: bytes, arguments: bytes) -> None:
            if b"BODY" not in arguments or met.is_set():
                world.imap.fetch(wire, tag, arguments)
                return
            met.set()
            spoiled(wire, tag, arguments)

        world.imap.on(b"UID FETCH", act)

    return spoil


def _other_numbers(wire: Wire, tag: bytes, _arguments: bytes) -> None:
    """Mails that were asked for, each under its neighbour's number, and one that nobody asked for."""
    for number in range(1, 6):
        raw = b"From: a@posti.example\r\nSubject: %d\r\n\r\nhei" % number
        said = b'* %d FETCH (UID %d INTERNALDATE "01-Oct-2026 10:00:00 +0300" BODY[] {%d}' % (
            number,
            number + 90,
            len(raw),
        )
        wire.send(said, raw + b")")
    wire.send(tag + b" OK done")


def _wrong_literal(wire: Wire, _tag: bytes, _arguments: bytes) -> None:
    wire.send(b"* 1 FETCH (UID 1 BODY[] {4}\r\nSubj", b"ect: moi", b"", b"moi)")
    wire.close()


def _in_pieces(world: World, met: threading.Event) -> None:
    """Three bytes a packet; the folder's name is a literal, too."""

    def folders(wire: Wire, tag: bytes, _arguments: bytes) -> None:
        met.set()
        wire.send(b'* LIST () "/" {5}', b"INBOX", tag + b" OK done")

    world.imap.piece = 3
    world.imap.on(b"LIST", folders)


def _renumbered(world: World, met: threading.Event) -> None:
    """The mailbox is made anew between two connections: other UIDs, another UIDVALIDITY."""

    def act(wire: Wire, _tag: bytes, _arguments: bytes) -> None:
        world.imap.uidvalidity += 1
        world.imap.mails = {uid + 40: raw for uid, raw in world.imap.mails.items()}
        wire.close()

    once(world.imap, b"IDLE", met, act)


def _restored(kept: int, came: int) -> Spoil:
    """Between two connections the server comes back from a backup with its first mails alone, and gives the numbers of
    the lost ones to those that come: under the same UIDVALIDITY, so that nothing tells.
    """

    def spoil(world: World, met: threading.Event) -> None:
        def act(wire: Wire, _tag: bytes, _arguments: bytes) -> None:
            world.imap.mails = {uid: raw for uid, raw in world.imap.mails.items() if uid <= kept}
            world.script(came)
            wire.close()

        once(world.imap, b"IDLE", met, act)

    return spoil


def _vanished(world: World, met: threading.Event) -> None:
    once(world.imap, b"EXAMINE", met, _refuse(b"[NONEXISTENT] no such folder"))


def _throttled(world: World, met: threading.Event) -> None:
    """Too many connections: the server says goodbye instead of hello, three times."""
    left = iter(range(3))

    def greeting() -> bytes:
        if next(left, None) is None:
            met.set()
            return b"* OK ready"
        return b"* BYE [LIMIT] too many connections"

    world.imap.greet = greeting


def _no_capabilities(world: World, met: threading.Event) -> None:
    """Neither IDLE nor UIDPLUS, MOVE, CONDSTORE, SPECIAL-USE; no UIDNEXT either."""
    world.imap.capabilities = b"IMAP4REV1"
    once(world.imap, b"NOOP", met, world.imap.noop)


def _withheld(world: World, met: threading.Event) -> None:
    world.imap.withheld = {3}
    met.set()


async def withheld(bench: Bench) -> Tally:
    """A mail that is never given: the others at once, it in front of a person after bounded tries."""
    with bench.world(scripted=True) as world, world.store() as store:
        world.script(5)
        world.imap.withheld = {3}
        async with world.running(store):
            await world.until(lambda: world.stored() == 4)
            world.script(3)
            world.imap.nudge()
            await world.until(lambda: world.stored() == 7)
            while world.quarantined() == 0:
                world.shift += timedelta(minutes=6)
                looked = world.imap.times(b"UID SEARCH")
                await world.until(lambda: _announced(world) and world.imap.times(b"UID SEARCH") > looked)  # noqa: B023
        return world.tally()


async def login_refused(bench: Bench) -> Tally:
    """The server refuses the password, for an hour: so long it is not shown again; then everything is read."""
    with bench.world(scripted=True) as world, world.store() as store:
        world.secret = Password(f"env:{PASSWORD_VARIABLE}", world.now)
        world.script(3)
        world.imap.on(b"LOGIN", _refuse(b"[AUTHENTICATIONFAILED] no"))
        async with world.running(store):
            await world.until(lambda: "log-in refused" in world.shown)
            tries = world.imap.times(b"LOGIN")
            world.script(1)
            await world.until(lambda: any("log-in" in str(_subject(m.raw)) for m in world.smtp.mails))
            assert tries == world.imap.times(b"LOGIN") == 1
            world.shown.add("mail")
            world.imap.on(b"LOGIN", world.imap.ok)
            world.shift += REFUSED_FOR
            await world.until(world.has_everything)
        return world.tally()


async def token_ends(bench: Bench) -> Tally:
    """The access token ends in IDLE: the server says goodbye and lets in its successor alone."""
    google = {"mailbox": 'sign_in = "google"', "outgoing": '\n[sign_in]\nclient_id = "client"'}
    with bench.world(scripted=True, **google) as world, world.store() as store:
        given = ["token-1"]

        def fresh(_user: str, renew: bool) -> str:  # as providers of tokens are called
            given.extend([f"token-{len(given) + 1}"] * renew)
            return given[-1]

        world.secret = AccessToken(world.account.address, fresh)
        admitted = {"token-1"}
        demanding(world.imap, lambda: admitted, world.account.address)
        world.script(3)
        met = threading.Event()

        def expire(wire: Wire, _tag: bytes, _arguments: bytes) -> None:
            admitted.clear()
            admitted.add("token-2")
            wire.send(b"+ idling", b"* BYE Session expired, please log in again")
            wire.close()

        once(world.imap, b"IDLE", met, expire)
        async with world.running(store):
            await world.until(met.is_set)
            world.script(2)
            await world.until(lambda: _announced(world) and world.has_everything())
        assert given == ["token-1", "token-2"]
        assert "sign-in expired" not in world.shown
        return world.tally()


async def one_of_two_down(bench: Bench) -> Tally:
    """Two mailboxes on two servers: whichever is down, the other is read."""
    with bench.world(both=True) as world, world.store() as store:
        world.imap.greet = lambda: b"* BYE down"
        world.deliver(2)
        async with world.running(store):
            await world.until(world.has_everything)
            world.script(3)
            world.deliver(1)
            await world.until(lambda: world.stored() == 3)
            await world.until(world.connected)
            bench.dovecot.kill()
            world.imap.greet = lambda: b"* OK ready"
            await world.until(world.has_everything)
            bench.dovecot.start()
            world.deliver(1)
            await world.until(world.has_everything)
        return world.tally()


def _subject(raw: bytes) -> str:
    return str(parsed(raw)["Subject"])


# -- a real Dovecot -------------------------------------------------------------------------------


async def _dovecot(bench: Bench, break_it: Callable[[], None], mend_it: Callable[[], None]) -> Tally:
    with bench.world() as world, world.store() as store:
        world.deliver(3)
        async with world.running(store):
            await world.until(world.has_everything)
            await world.until(world.connected)
            break_it()
            await world.until(lambda: "no connection" in world.shown)
            mend_it()
            world.deliver(3)
            await world.until(world.has_everything)
        return world.tally()


async def dovecot_stopped(bench: Bench) -> Tally:
    return await _dovecot(bench, bench.dovecot.stop, bench.dovecot.start)


async def dovecot_killed(bench: Bench) -> Tally:
    return await _dovecot(bench, bench.dovecot.kill, bench.dovecot.start)


async def dovecot_restarted_while_read(bench: Bench) -> Tally:
    """In the middle of the first look at many mails."""
    with bench.world() as world, world.store() as store:
        world.account.append(*(world.mail() for _ in range(160)))
        async with world.running(store):
            await world.until(lambda: world.stored() > 0)
            bench.dovecot.kill()
            bench.dovecot.start()
            await world.until(world.has_everything)
        return world.tally()


async def certificate_expired(bench: Bench) -> Tally:
    """Nobody renewed the server's certificate in time; then somebody did."""
    with bench.world(tls=True) as world, world.store() as store:
        expired = certificate.make_expired(world.company.folder)
        with world.authorities.open("ab") as trusted:
            trusted.write(expired.cert.read_bytes())
        world.deliver(3)
        async with world.running(store):
            await world.until(world.has_everything)
            bench.dovecot.show(expired)
            await world.until(lambda: "certificate has expired" in world.why)
            world.deliver(2)
            bench.dovecot.show(bench.certificate)
            await world.until(world.has_everything)
        return world.tally()


async def password_changed(bench: Bench) -> Tally:
    """The administrator changes the mailbox's password; hours later the agent's copy of it is changed too. Nobody
    starts anything again, and the old one is shown once.
    """
    with bench.world() as world, world.store() as store:
        kept = world.company.folder / "password"
        kept.touch(0o600)
        kept.write_text(world.account.password, encoding="utf-8")
        world.secret = Password(f"file:{kept}", world.now)
        world.deliver(3)
        async with world.running(store):
            await world.until(world.has_everything)
            bench.dovecot.change_password(world.account, "uusi salasana")
            await world.until(lambda: "log-in refused" in world.shown)
            world.deliver(2)
            refusals = bench.dovecot.refusals(world.account)
            await world.until(lambda: any("log-in" in str(_subject(m.raw)) for m in world.smtp.mails))
            assert bench.dovecot.refusals(world.account) == refusals == 1
            kept.write_text("uusi salasana", encoding="utf-8")
            await world.until(world.has_everything)
        return world.tally()


async def dovecot_frozen(bench: Bench) -> Tally:
    """Its connections stay open and nothing answers: IDLE is as quiet as an empty mailbox."""
    with bench.world(mailbox="idle_minutes = 0.005") as world, world.store() as store:
        world.deliver(3)
        async with world.running(store):
            await world.until(world.has_everything)
            bench.dovecot.freeze()
            try:
                await world.until(lambda: "no connection" in world.shown)
            finally:
                bench.dovecot.thaw()
            world.deliver(3)
            await world.until(world.has_everything)
        return world.tally()


async def sent_folder_renamed(bench: Bench) -> Tally:
    """Somebody renames the Sent folder: letters leave all the same, once each, and that no copy is kept is told until
    it has its name again.
    """
    with bench.world(outgoing='sent_folder = "Copies"') as world, world.store() as store:
        world.deliver(1)
        with world.account.client() as client:
            client.create_folder("Copies")
        async with world.running(store):
            await world.until(lambda: world.answers_everything(store))
            with world.account.client() as client:
                client.rename_folder("Copies", "Copies of 2026")
            world.approve_all(store)
            await world.until(lambda: world.settled() and "no copy" in world.shown)
            with world.account.client() as client:
                client.rename_folder("Copies of 2026", "Copies")
            world.deliver(1)
            await world.until(lambda: world.answers_everything(store))
            world.approve_all(store)
            await world.until(lambda: world.settled() and len(world.account.mails("Copies")) == 1)
        return world.tally()


async def dovecot_filled(bench: Bench) -> Tally:
    """Over its quota: our copy cannot be kept, the letter is not sent again for it."""
    with bench.world(quota="3K") as world, world.store() as store:
        world.deliver(1)
        async with world.running(store):
            await world.until(world.has_everything)
            await world.until(lambda: bool(proposed(store)))
            world.account.append(world.mail() + b"x" * 1500)
            world.sent_in[-1:] = world.account.mails()[-1:]
            world.approve_all(store)
            await world.until(world.settled)
            await world.until(world.has_everything)
        return world.tally()


async def dovecot_filled_with_drafts(bench: Bench) -> Tally:
    """Over its quota: no letter lies among the drafts, mail is read and letters leave all the same."""
    with bench.world(quota="3K", outgoing='drafts_folder = "auto"') as world, world.store() as store:
        world.deliver(1)
        world.account.append(b"Subject: x\r\n\r\n" + b"x" * 1_800, folder="Archive")
        async with world.running(store):
            await world.until(world.has_everything)
            await world.until(lambda: "no draft" in world.shown)
            assert store.offers.all() == ()
            world.approve_all(store)
            await world.until(world.settled)
        return world.tally()


async def emptied(bench: Bench) -> Tally:
    """Somebody else empties the mailbox: what was taken in is kept, and it is told."""
    with bench.world(mailbox="sync_minutes = 0.005") as world, world.store() as store:
        world.deliver(12)
        async with world.running(store):
            await world.until(world.has_everything)
            with world.account.client() as client:
                client.delete_messages(client.search("ALL"))
                client.expunge()
            await world.until(lambda: "emptied" in world.shown)
        return world.tally()


SCRIPTED: dict[str, Spoil] = {
    "IMAP: end of the connection in IDLE": at(b"IDLE", _say_and_leave(b"+ idling\r\n")),
    "IMAP: BYE in IDLE": at(b"IDLE", _say_and_leave(b"+ idling\r\n* BYE going down\r\n")),
    "IMAP: half a line, then the end": at(b"IDLE", _say_and_leave(b"+ idling\r\n* 7 EXI")),
    "IMAP: half a line, then silence": at(b"UID SEARCH", _say_and_hang(b"* SEARCH 1")),
    "IMAP: silence in answer to a command": at(b"EXAMINE", _say_and_hang()),
    "IMAP: EXISTS in one packet with the leave to idle": _announce_at_once,
    "IMAP: every answer in pieces, names and mails as literals": _in_pieces,
    "IMAP: a wrong literal": _fetch(_wrong_literal),
    "IMAP: mails that nobody asked for in place of those": _fetch(_other_numbers),
    "IMAP: the end of the connection in a mail": _fetch(_say_and_leave(b"* 1 FETCH (UID 1 BODY[] {400}\r\nSubject: m")),
    "IMAP: another UIDVALIDITY": _renumbered,
    "IMAP: restored from a backup, numbers given again": _restored(kept=2, came=2),
    "IMAP: the same, and as many mails have come as were lost": _restored(kept=2, came=3),
    "IMAP: the folder vanished": _vanished,
    "IMAP: throttled, connections refused": _throttled,
    "IMAP: a command refused for now": at(b"UID SEARCH", _refuse(b"[UNAVAILABLE] later")),
    "IMAP: no IDLE, UIDPLUS, MOVE, SPECIAL-USE": _no_capabilities,
}
