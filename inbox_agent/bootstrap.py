"""Picks the implementations and puts them together from a profile; nothing else does. No logic."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from inbox_agent.adapters import lock
from inbox_agent.adapters.clock import FixedClock, SystemClock
from inbox_agent.adapters.imap import ImapMailbox
from inbox_agent.adapters.secrets import resolve
from inbox_agent.adapters.sent import ImapSentFolder
from inbox_agent.adapters.smtp import SmtpSender
from inbox_agent.profile import ControllerProfile, Mailbox
from inbox_agent.rules.classify import Recogniser
from inbox_agent.services.alarm import Alarming
from inbox_agent.services.checking import Checking
from inbox_agent.services.draft import Drafting
from inbox_agent.services.mailwatch import Connection
from inbox_agent.services.notices import Notices
from inbox_agent.services.purge import Purging
from inbox_agent.services.remind import Reminding
from inbox_agent.services.review import Review
from inbox_agent.services.send import Sending
from inbox_agent.services.watch import Agent
from replies.authority import ombudsman
from state.store.store import Store
from state.views import Views

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the dashboard works with. Each factory opens its own connection, in the thread that calls it."""

    open_views: Callable[[], Views]
    open_review: Callable[[], Review]


def clock(instant: datetime | None = None) -> Now:
    """The world's clock, or one that stands still at `instant` (aware)."""
    return FixedClock(instant).now if instant else SystemClock().now


def database(profile: ControllerProfile, profile_path: Path) -> Path:
    """Where the store is: as the profile says, relative to the profile's own folder."""
    return profile_path.parent / profile.storage.path


def store(profile: ControllerProfile, profile_path: Path) -> Store:
    return Store.open(database(profile, profile_path))


def only_agent(profile: ControllerProfile, profile_path: Path) -> AbstractContextManager[None]:
    """Be the one agent of this database while it lasts."""
    return lock.only_agent(database(profile, profile_path))


def review(profile: ControllerProfile, opened: Store, now: Now, person: str | None = None) -> Review:
    """A person's hands; the contact person's unless somebody else is named."""
    return Review(opened, profile, now, person or profile.contact.name)


def desk(profile: ControllerProfile, profile_path: Path, now: Now, person: str | None = None) -> Desk:
    path = database(profile, profile_path)
    return Desk(
        open_views=lambda: Views.open(path),
        open_review=lambda: review(profile, Store.open(path), now, person),
    )


def connection(server: Mailbox) -> AbstractAsyncContextManager[Connection]:
    """One connection to a mailbox; the password is looked up anew for each."""
    return ImapMailbox.open(server, resolve(server.secret))


def agent(profile: ControllerProfile, opened: Store, now: Now) -> Agent:
    sender = _smtp(profile)
    sent_folder = ImapSentFolder(profile.mailbox, resolve(profile.mailbox.secret), profile.smtp.sent_folder)
    return Agent(
        connect=connection,
        store=opened,
        recogniser=Recogniser.load(),
        profile=profile,
        drafting=Drafting(opened, profile, now),
        sending=Sending(opened, sender, sent_folder, profile, now, message_ids(profile)),
        reminding=Reminding(opened, sender, profile, now, message_ids(profile)),
        purging=Purging(opened, profile, now),
        alarming=Alarming(opened, Notices(sender, profile, now, message_ids(profile)), profile, now),
        now=now,
    )


def checking(profile: ControllerProfile, profile_path: Path, now: Now) -> Checking:
    """Everything `inbox-agent check` looks at."""
    authority = ombudsman(profile.replies.language)
    return Checking(
        profile=profile,
        open_store=lambda: store(profile, profile_path),
        connect=connection,
        prober=lambda: _smtp(profile),
        facts_checked_on=authority.checked_on,
        facts_source=authority.source,
        now=now,
    )


def _smtp(profile: ControllerProfile) -> SmtpSender:
    return SmtpSender(profile.smtp, resolve(profile.smtp.secret) if profile.smtp.secret else None)


def message_ids(profile: ControllerProfile) -> Callable[[], str]:
    """Mint Message-IDs that nobody can guess, in the domain that sends (RFC 5322, 3.6.4)."""
    domain = profile.smtp.sender.rpartition("@")[2]
    return lambda: f"<{secrets.token_hex(16)}@{domain}>"
