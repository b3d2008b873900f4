"""Picks the implementations and puts them together from a profile; nothing else does. No logic."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from inbox_agent import profile as profiles
from inbox_agent.adapters import lock, pdf, supervisor, where_it_was
from inbox_agent.adapters.attached import AttachedFiles
from inbox_agent.adapters.beside import ReadersBeside
from inbox_agent.adapters.clock import FixedClock, SystemClock
from inbox_agent.adapters.customers.opening import open_register
from inbox_agent.adapters.google import Google
from inbox_agent.adapters.imap import ImapMailbox
from inbox_agent.adapters.microsoft import Microsoft
from inbox_agent.adapters.offered import ImapDrafts
from inbox_agent.adapters.phrasebook import Phrasebook
from inbox_agent.adapters.profile_file import ProfileFile
from inbox_agent.adapters.secrets import AccessToken, Password, Renewable, resolve
from inbox_agent.adapters.sent import ImapSentFolder
from inbox_agent.adapters.smtp import SmtpPatience, SmtpSender
from inbox_agent.adapters.start_note import StartNote
from inbox_agent.adapters.theme_file import ThemeFile
from inbox_agent.adapters.token_cache import TokenCache
from inbox_agent.profile import ControllerProfile, Mailbox, Reachable, Server
from inbox_agent.rules import ageing
from inbox_agent.rules.alarms import NOTICES
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.own_phrases import Taught
from inbox_agent.services.alarm import Alarming
from inbox_agent.services.canary import Canarying
from inbox_agent.services.checking import Checking
from inbox_agent.services.draft import Drafting
from inbox_agent.services.identifying import Identifying, Register
from inbox_agent.services.learning import Learning
from inbox_agent.services.mailwatch import Connect
from inbox_agent.services.notices import Notices
from inbox_agent.services.offer import Offering
from inbox_agent.services.purge import Purging
from inbox_agent.services.remind import Reminding
from inbox_agent.services.rereading import Rereading
from inbox_agent.services.review import Keep, Press, Review
from inbox_agent.services.send import Sending
from inbox_agent.services.starting import Starting
from inbox_agent.services.succession import Succession
from inbox_agent.services.taking import Taking
from inbox_agent.services.watch import Agent
from inbox_agent.services.way_out import Door, WayOut
from replies.sheet import Sheet
from state.store.store import Store
from state.views import Views

Now = Callable[[], datetime]
THEME = "dashboard-theme"
_AT_A_START = SmtpPatience(step=10.0, text=20.0)  # whoever supervises it waits a minute and a half for a start


@dataclass(frozen=True, slots=True)
class Desk:
    """What the dashboard works with. Each factory opens its own connection, in the thread that calls it."""

    open_views: Callable[[], Views]
    open_review: Callable[[], Review]
    theme: ThemeFile


def clock(instant: datetime | None = None) -> Now:
    """The world's clock, or one that stands still at `instant` (aware)."""
    return FixedClock(instant).now if instant else SystemClock().now


def database(profile: ControllerProfile, profile_path: Path) -> Path:
    """Where the store is: as the profile says, relative to the profile's own folder."""
    return profile_path.parent / profile.storage.path


def store(profile: ControllerProfile, profile_path: Path) -> Store:
    """The store that is there. Raises DatabaseLost, NoDatabase."""
    return _open(database(profile, profile_path), profile_path)


def first_store(profile: ControllerProfile, profile_path: Path) -> Store:
    """The same, made where there has never been one. Raises DatabaseLost."""
    path = database(profile, profile_path)
    opened = _open(path, profile_path, create=True)
    where_it_was.remember(path, profile_path)
    return opened


def _open(path: Path, profile_path: Path, *, create: bool = False) -> Store:
    where_it_was.refuse_lost(path, profile_path)
    return Store.open(path, create=create)


def _looked_into(path: Path, profile_path: Path) -> Store:
    """For a look that changes nothing: one that was not made yet holds nothing. Raises DatabaseLost."""
    where_it_was.refuse_lost(path, profile_path)
    return Store.open(path if path.exists() else ":memory:", create=False)


def only_agent(profile: ControllerProfile, profile_path: Path) -> AbstractContextManager[None]:
    """Be the one agent of this database while it lasts."""
    return lock.only_agent(database(profile, profile_path))


def review(profile: ControllerProfile, opened: Store, now: Now, person: str | None = None) -> Review:
    """A person's hands; the contact person's unless somebody else is named."""
    return Review(opened, profile, now, person or profile.contact.name)


def learner(
    profile: ControllerProfile, profile_path: Path, opened: Store, now: Now, person: str | None = None
) -> Learning:
    """What a person's corrections may teach. The recogniser is loaded when first asked."""
    who = person or profile.contact.name
    return Learning(opened, profile, phrasebook(profile, profile_path), cache(Recogniser.load), now, who)


def desk(profile: ControllerProfile, profile_path: Path, now: Now, person: str | None = None) -> Desk:
    path = database(profile, profile_path)
    folder = path.absolute().parent  # its person is told where a file lies, wherever they stand

    def open_review() -> Review:
        opened = _open(path, profile_path)
        learning = learner(profile, profile_path, opened, now, person)
        mine = review(profile, opened, now, person)
        return replace(mine, press=press(folder), keep=keep(folder), learning=learning)

    theme = ThemeFile(path.parent / THEME)
    return Desk(open_views=lambda: Views.open(path), open_review=open_review, theme=theme)


def press(folder: Path) -> Press:
    """Saves letters on paper beside the database, in a folder of their own, readable by its owner only."""
    letters = folder / "letters"

    def save(sheet: Sheet, name: str) -> Path:
        letters.mkdir(mode=0o700, parents=True, exist_ok=True)
        return pdf.printable(sheet, letters, name)

    return save


def keep(folder: Path) -> Keep:
    """Saves reports beside the database, in a folder of their own."""
    return lambda name, text: pdf.write(folder / "reports" / name, text.encode())


def token_cache(profile: Reachable, profile_path: Path) -> TokenCache:
    return TokenCache(profile_path.parent / profile.sign_in.cache)


def google(profile: Reachable, profile_path: Path) -> Google:
    return Google(profile.sign_in, token_cache(profile, profile_path), SystemClock().now)


def microsoft(profile: Reachable, profile_path: Path) -> Microsoft:
    return Microsoft(profile.sign_in, token_cache(profile, profile_path))


def secret(server: Server, profile: Reachable, profile_path: Path) -> Renewable:
    """What logs in at a server: looked up, or refreshed, at each connection."""
    kept = token_cache(profile, profile_path).path
    match server.sign_in:
        case "google":
            return AccessToken(server.user, google(profile, profile_path).fresh, kept)
        case "microsoft":
            return AccessToken(server.user, microsoft(profile, profile_path).fresh, kept)
        case "password":
            return Password(server.secret, SystemClock().now)


def connect(profile: ControllerProfile, profile_path: Path) -> Connect:
    """How one connection to a mailbox of the profile is opened."""
    return _opening(_secrets_of(profile, profile_path))


def _secrets_of(profile: ControllerProfile, profile_path: Path) -> Mapping[Mailbox, Renewable]:
    """One for each mailbox, whatever opens it: what was refused to one connection is not shown by another."""
    return {server: secret(server, profile, profile_path) for server in profile.mailboxes}


def _opening(secrets_of: Mapping[Mailbox, Renewable]) -> Connect:
    return lambda server: ImapMailbox.open(server, secrets_of[server])


def register(profile: ControllerProfile, profile_path: Path) -> Register | None:
    """The customers' register of the profile. Raises SecretMissing."""
    return open_register(profile.customers, profile_path.parent)


def phrasebook(profile: ControllerProfile, profile_path: Path) -> Phrasebook:
    """The controller's own phrases, beside the profile."""
    return Phrasebook(profile_path.parent / profile.recognition.own_phrases)


def recogniser(profile: ControllerProfile, profile_path: Path) -> Taught:
    """What recognises mails, the own phrases of the moment included. Raises BrokenPhrases."""
    return hearing(phrasebook(profile, profile_path))


def hearing(book: Phrasebook) -> Taught:
    """The same, of a book that others look into as well. Raises BrokenPhrases."""
    book.read()
    return Taught(Recogniser.load(), book.current)


def readers_beside(profile: ControllerProfile, book: Phrasebook) -> ReadersBeside:
    """What reads along where a mailbox holds many new mails. `book` is the recogniser's own: of a file that has broken
    meanwhile, another one would not know what it said before.
    """
    return ReadersBeside(profile, lambda: bool(book.current().phrase))


@cache
def attached_files() -> AttachedFiles:
    """What opens attached documents for a command that reads mails; the agent has its own, which ends with it."""
    return AttachedFiles()


def agent(profile: ControllerProfile, profile_path: Path, opened: Store, now: Now) -> Agent:
    """The running assistant. Raises SecretMissing at once where a password is missing."""
    for server in (*profile.mailboxes, *([profile.smtp] if profile.smtp.user else [])):
        if server.sign_in == "password":
            resolve(server.secret)
    sender = _smtp(profile, profile_path)
    secrets_of = _secrets_of(profile, profile_path)
    sent_secret = secrets_of[profile.mailbox]
    sent_folder = ImapSentFolder(profile.mailbox, sent_secret, profile.smtp.sent_folder)
    sending = Sending(opened, sender, sent_folder, profile, now, message_ids(profile))
    drafts = ImapDrafts(profile.mailbox, sent_secret, profile.smtp.drafts_folder, profile.smtp.sent_folder)
    wanted = drafts.open if profile.smtp.drafts_folder else None
    reads = AttachedFiles()  # of this agent alone: told to stop, it reads nothing more
    book = phrasebook(profile, profile_path)
    knows, program = hearing(book), version("inbox-agent")
    notices = Notices(sender, profile, now, message_ids(profile), WayOut(opened, now, NOTICES))
    return Agent(
        connect=_opening(secrets_of),
        store=opened,
        recogniser=knows,
        profile=profile,
        identifying=Identifying(opened, profile, register(profile, profile_path), now, program),
        drafting=Drafting(opened, profile, now),
        sending=sending,
        reminding=Reminding(opened, sender, profile, now, message_ids(profile)),
        purging=Purging(opened, profile, now),
        door=Door(opened, now, sender.renewed),
        alarming=Alarming(opened, notices, profile, now),
        offering=Offering(opened, wanted, sending.compose, profile, now, message_ids(profile)),
        canarying=Canarying(opened, sender, profile, now, lambda: secrets.token_hex(16)),
        rereading=Rereading(opened, Taking(opened, knows, profile, now, reads), program),
        now=now,
        tell=supervisor.alive,
        reads=reads,
        beside=readers_beside(profile, book),
        give_up=reads.give_up,
        phrases_whole=book.whole,
        renewed=lambda server, since: secrets_of[server].renewed(since),
    )


def succession(profile_path: Path, opened: Store, now: Now) -> Succession:
    """The running assistant, whatever becomes of its profile meanwhile. Raises as `agent`, and BrokenProfile."""
    file = ProfileFile(profile_path)
    return Succession(file, file.read(), lambda profile: agent(profile, profile_path, opened, now), now)


def checking(profile: ControllerProfile, profile_path: Path, now: Now) -> Checking:
    """Everything `inbox-agent check` looks at."""
    return Checking(
        profile=profile,
        open_store=lambda: _looked_into(database(profile, profile_path), profile_path),
        connect=connect(profile, profile_path),
        prober=lambda: _smtp(profile, profile_path),
        facts=ageing.facts(),
        now=now,
        read_phrases=phrasebook(profile, profile_path).read,
        open_register=lambda: register(profile, profile_path),
        refuse_unnoted=lambda: where_it_was.refuse_unnoted(database(profile, profile_path), profile_path),
    )


def starting(profile_path: Path, now: Now) -> Starting | None:
    """What tells by mail that the agent does not start, whatever is wrong with its profile. None where that does not
    say whom to tell and how, or wants no such mail.
    """
    profile = profiles.reachable(profile_path)
    if profile is None or not profile.alarms.mail:
        return None
    sender = replace(_smtp(profile, profile_path), patience=_AT_A_START)
    return Starting(Notices(sender, profile, now, message_ids(profile), None), StartNote.beside(profile_path), now)


def _smtp(profile: Reachable, profile_path: Path) -> SmtpSender:
    return SmtpSender(profile.smtp, secret(profile.smtp, profile, profile_path) if profile.smtp.user else None)


def message_ids(profile: Reachable) -> Callable[[], str]:
    """Mint Message-IDs that nobody can guess, in the domain that sends (RFC 5322, 3.6.4)."""
    domain = profile.smtp.sender.rpartition("@")[2]
    return lambda: f"<{secrets.token_hex(16)}@{domain}>"
