"""The world that faults are played in: servers, one company, its agent, and the account of every mail and letter.

Owns what is the same for every fault: running the agent in this process with short patience and a clock that can be
moved, and counting afterwards. A fault only says what breaks, when, and when it is whole again.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from inbox_agent import bootstrap
from inbox_agent.adapters import idle
from inbox_agent.adapters.imap import ImapMailbox
from inbox_agent.adapters.secrets import Secret
from inbox_agent.adapters.session import Patience
from inbox_agent.adapters.smtp import SmtpPatience, SmtpSender
from inbox_agent.rules.alarms import Trouble, alarms, connection
from inbox_agent.services import mailwatch, watch
from inbox_agent.services.watch import Agent
from state.model import Draft, DraftStatus
from state.store.store import Store
from tests.servers.certificate import Certificate
from tests.servers.dovecot import Account, Dovecot
from tests.servers.scripted_imap import ScriptedImap
from tests.servers.smtpd import SmtpServer
from tests.whole_way import PASSWORD_VARIABLE, Company, proposed

AUTHORITIES = "authorities.pem"
HASTY = Patience(connect=2.0, read=0.7, act=2.0, close=0.3)
HASTY_SMTP = SmtpPatience(step=0.5, text=0.5)
SETTLES_WITHIN = 30.0  # seconds, on a busy machine
ASKS = "käytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista henkilötiedoista, joita minusta käsittelette."
# What each state of the connection shows a person who looks at the desk.
_WIRE_SHOWN = {
    "disconnected": "no connection",
    "login_refused": "log-in refused",
    "grant_expired": "sign-in expired",
}
# What each ending of a letter shows a person who looks at the desk.
_SHOWN = {
    DraftStatus.UNCERTAIN: "letter is uncertain",
    DraftStatus.REFUSED: "letter is refused",
    DraftStatus.APPROVED: "letter waits",
}


@dataclass(frozen=True)
class Tally:
    """One try, accounted for: how many mails and letters there were, how many of them are nowhere, how many twice, and
    what a person was shown.
    """

    things: int
    lost: int
    doubled: int
    shown: frozenset[str]


@dataclass(frozen=True)
class Bench:
    """The servers that tries share. Each try founds a company of its own."""

    certificate: Certificate
    dovecot: Dovecot

    @contextmanager
    def world(
        self,
        *,
        scripted: bool = False,
        both: bool = False,
        tls: bool = False,
        mailbox: str = "",
        outgoing: str = "",
        quota: str = "",
    ) -> Iterator[World]:
        """A company on Dovecot, or on a server that follows a script, or with a mailbox on each."""
        smtp, imap = SmtpServer(self.certificate), ScriptedImap()
        smtp.start()
        imap.start()
        try:
            with tempfile.TemporaryDirectory(prefix="fault-") as folder:
                account = self.dovecot.new_account(quota=quota)
                outgoing += _SECOND.format(port=imap.port, variable=PASSWORD_VARIABLE) if both else ""
                company = Company.found(Path(folder), account, smtp, mailbox=mailbox, outgoing=outgoing)
                if scripted:
                    _read_at(company, imap.port)
                if tls:
                    authorities = Path(folder) / AUTHORITIES
                    authorities.write_bytes(self.certificate.cert.read_bytes())
                    _read_at(company, self.dovecot.imaps, f'"implicit"\nca_file = "{authorities}"')
                yield World(company, imap)
        finally:
            imap.stop()
            smtp.stop()


_SECOND = """
[[more_mailboxes]]
host = "127.0.0.1"
port = {port}
tls = "none"
user = "rekry@yritys.example"
secret = "env:{variable}"
"""


def _read_at(company: Company, port: int, tls: str = '"none"') -> None:
    """Let the mailbox be read at another port."""
    text = company.profile_path.read_text(encoding="utf-8")
    before, mailbox, rest = text.partition(f"port = {company.account.dovecot.imap}")
    rest = rest.replace('"none"', tls, 1).replace("127.0.0.1", "localhost" if "implicit" in tls else "127.0.0.1", 1)
    company.profile_path.write_text(f"{before}port = {port}{rest}" if mailbox else text, encoding="utf-8")


@dataclass
class World:
    """One company, its servers, and what happened to them. `shift` moves the agent's clock."""

    company: Company
    imap: ScriptedImap
    shift: timedelta = timedelta()
    sent_in: list[bytes] = field(default_factory=list)
    letters: list[Draft] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    secret: Secret | None = None  # what the mailboxes are opened with, if not the account's password

    @property
    def account(self) -> Account:
        return self.company.account

    @property
    def smtp(self) -> SmtpServer:
        return self.company.smtp

    def now(self) -> datetime:
        return bootstrap.clock()() + self.shift

    # -- mails ------------------------------------------------------------------------------------

    def mail(self, says: str = ASKS) -> bytes:
        """A mail by a person of its own, who asks for something unless it says otherwise."""
        number = len(self.sent_in) + 1
        raw = (
            f"From: Aino {number} <aino{number}@posti.example>\r\nTo: tietosuoja@yritys.example\r\n"
            f"Subject: Omat tietoni {number}\r\nMessage-ID: <{number}@posti.example>\r\n"
            f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHei,\r\n\r\n{says}\r\n"
        ).encode()
        self.sent_in.append(raw)
        return raw

    def deliver(self, count: int = 1) -> None:
        """Mails come to Dovecot as mails do."""
        for _ in range(count):
            self.company.receives(self.mail())

    def script(self, count: int = 1) -> None:
        """Mails lie on the scripted server."""
        for _ in range(count):
            self.imap.mails = {**self.imap.mails, max(self.imap.mails, default=0) + 1: self.mail()}

    # -- the agent --------------------------------------------------------------------------------

    @property
    def database(self) -> Path:
        return bootstrap.database(self.company.profile, self.company.profile_path)

    @contextmanager
    def store(self, busy_timeout: float = 0.2) -> Iterator[Store]:
        with Store.open(self.database, busy_timeout=busy_timeout) as store:
            yield store

    def agent(self, store: Store) -> Agent:
        """The agent as it is put together for users, with short patience."""
        agent = self.company.agent(store, self.now)
        secret = self.secret or self.account.password
        agent.connect = lambda server: ImapMailbox.open(server, secret, HASTY)
        agent.sending = replace(
            agent.sending, sender=SmtpSender(self.company.profile.smtp, self.smtp.password, HASTY_SMTP)
        )
        return agent

    @asynccontextmanager
    async def running(self, store: Store) -> AsyncIterator[Agent]:
        """The agent at work, until the block ends."""
        with _impatient():
            agent = self.agent(store)
            work = asyncio.create_task(agent.run())
            try:
                yield agent
            finally:
                agent.stop()
                await asyncio.wait_for(work, SETTLES_WITHIN)

    async def until(self, condition: Callable[[], bool], within: float = SETTLES_WITHIN) -> None:
        """Wait for it, noting meanwhile what a person is shown."""
        async with asyncio.timeout(within):
            while not condition():  # servers in threads and another connection's writes announce nothing
                self.look()
                await asyncio.sleep(0.02)
        self.look()

    def look(self) -> None:
        """What the dashboard shows now."""
        try:
            with self.store() as store:
                beats = store.pulse.all()
        except Exception:  # noqa: BLE001  # the store is what is broken: the dashboard says so itself
            self.shown.add("database")
            return
        wire = beats.get(connection(self.company.profile.account))
        if wire is not None and wire.state in _WIRE_SHOWN:
            self.shown.add(_WIRE_SHOWN[wire.state])
        for alarm in alarms(beats, self.company.profile, self.now()):
            if alarm.trouble is Trouble.STORE_FAILS:
                self.shown.add("database")
            if alarm.trouble in {
                Trouble.CANNOT_SEND,
                Trouble.FOLDER_MISSING,
                Trouble.EMPTIED,
                Trouble.DEAF,
                Trouble.NO_SYNC,
                Trouble.NO_COPY,
                Trouble.NO_DRAFT,
            }:
                self.shown.add(str(alarm.trouble).replace("_", " "))

    @property
    def authorities(self) -> Path:
        """The certificates that a mailbox read by TLS trusts."""
        return self.company.folder / AUTHORITIES

    @property
    def why(self) -> str:
        """What is said of the connection."""
        with self.store() as store:
            beat = store.pulse.read(connection(self.company.profile.account))
        return str(beat.detail.get("why") or "") if beat else ""

    def notices(self) -> int:
        """Mails to the contact person of the profile."""
        return len(self.smtp.mails) - len(self.company.letters_outside())

    def told(self) -> list[str]:
        """Of which rungs the profile's people have been told."""
        with self.store(5.0) as store:
            return [row["rung"] for row in store._database.rows("select rung from reminders")]

    def stored(self) -> int:
        with self.store() as store:
            [row] = store._database.rows("select count(*) as n from messages where status <> 'quarantined'")
            return int(row["n"])

    def quarantined(self) -> int:
        with self.store() as store:
            [row] = store._database.rows("select count(*) as n from messages where status = 'quarantined'")
            return int(row["n"])

    def connected(self) -> bool:
        with self.store() as store:
            beat = store.pulse.read(connection(self.company.profile.account))
        return beat is not None and beat.state == "connected"

    def has_everything(self) -> bool:
        return self.stored() == len(self.sent_in)

    def answers_everything(self, store: Store) -> bool:
        """Whether each case has its first letter, too."""
        return self.has_everything() and not store.cases.without_letter()

    # -- letters ----------------------------------------------------------------------------------

    def approve_all(self, store: Store) -> None:
        """The person approves every letter that is proposed, what a wrong clock made it say of being late included."""
        for draft in proposed(store):
            approval = self.company.review(store).approval
            approval.approve(draft.key, approval.dated(draft.key).text_hash, anyway="luettu kokonaan")
            self.letters.append(draft)

    def statuses(self) -> list[DraftStatus]:
        with self.store() as store:
            return [store.drafts.get(draft.key).status for draft in self.letters]

    def settled(self) -> bool:
        return all(status not in {DraftStatus.APPROVED, DraftStatus.SENDING} for status in self.statuses())

    # -- the account ------------------------------------------------------------------------------

    def tally(self) -> Tally:
        """Count every mail and every letter of this try."""
        with self.store(5.0) as store:
            store.journal.verify()
            rows = store._database.rows(
                "select count(*) as n, min(status) as status from messages group by coalesce(message_id, id)"
            )
            quarantined = [row for row in rows if row["status"] == "quarantined"]
            cases = len(store.cases.open_cases())
            letters = self._letters(store)
        found = sum(row["n"] for row in rows)
        if quarantined:
            self.shown.add("quarantine")
        lost = max(len(self.sent_in) - len(rows), 0)
        doubled = (found - len(rows)) + max(cases - len(self.sent_in), 0)
        return Tally(
            len(self.sent_in) + len(self.letters), lost + letters[0], doubled + letters[1], frozenset(self.shown)
        )

    def _letters(self, store: Store) -> tuple[int, int]:
        """Letters that are nowhere, and letters that arrived more than once."""
        arrived = [str(mail["Message-ID"]) for mail in self.company.letters_outside() if mail["In-Reply-To"]]
        lost = doubled = 0
        for draft in self.letters:
            status, delivery = store.drafts.get(draft.key).status, store.drafts.delivery(draft.key)
            times = arrived.count(delivery.message_id) if delivery else 0
            doubled += max(times - 1, 0)
            lost += status is DraftStatus.SENT and times == 0
            if status in _SHOWN:
                self.shown.add(_SHOWN[status])
        doubled += max(len(arrived) - len(self.letters), 0)
        return lost, doubled


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program holds the database's write lock."""
    other = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        other.execute("begin immediate")
        yield
        other.execute("rollback")
    finally:
        other.close()


@contextmanager
def _impatient() -> Iterator[None]:
    """Tries must not wait for minutes: the same waits, shorter."""
    changes = [
        (mailwatch, "FIRST_DELAY", 0.05),
        (mailwatch, "LONGEST_DELAY", 0.3),
        (mailwatch, "LOOK_FOR_SECRET", 0.1),
        (watch, "LOOK_FOR_APPROVALS", 0.05),
        (watch, "LOOK_FOR_TROUBLE", 0.2),
        (watch, "LOOK_FOR_SENT", 0.2),
        (watch, "ALIVE_EVERY", 0.5),
        (idle, "NOOP_EVERY", 0.1),
    ]
    before = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, value in changes:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)
