"""A company with real mail servers, for tests of the whole: Dovecot for its mailbox, aiosmtpd for what it sends."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from inbox_agent import bootstrap
from inbox_agent import profile as profiles
from inbox_agent.profile import ControllerProfile
from inbox_agent.services.review import Review
from inbox_agent.services.watch import Agent
from state.model import Draft, DraftStatus
from state.store.store import Store
from tests.bare_profile import BARE, setting
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer

PASSWORD_VARIABLE = "INBOX_AGENT_TEST_PASSWORD"


@dataclass(frozen=True)
class Company:
    """One controller with its profile in a folder of its own."""

    folder: Path
    account: Account
    smtp: SmtpServer

    @classmethod
    def found(cls, folder: Path, account: Account, smtp: SmtpServer, mailbox: str = "", outgoing: str = "") -> Company:
        os.environ[PASSWORD_VARIABLE] = account.password
        plain = 'tls = "none"'
        user, secret = f'user = "{account.address}"', f'secret = "env:{PASSWORD_VARIABLE}"'
        text = setting(BARE.replace("mail.example", "127.0.0.1"), "controller", 'domains = ["yritys.example"]')
        text = setting(text, "mailbox", f"port = {account.dovecot.imap}", plain, user, secret, mailbox)
        text = setting(text, "smtp", f"port = {smtp.port}", plain)
        text = f"[replies]\nhold_seconds = 0\n{text}{outgoing}\n"  # what goes on with the last section, or begins more
        (folder / "inbox-agent.toml").write_text(text, encoding="utf-8")
        return cls(folder, account, smtp)

    @property
    def profile_path(self) -> Path:
        return self.folder / "inbox-agent.toml"

    @property
    def profile(self) -> ControllerProfile:
        return profiles.read(self.profile_path)

    def store(self) -> Store:
        return bootstrap.first_store(self.profile, self.profile_path)

    def agent(self, store: Store, now: bootstrap.Now | None = None) -> Agent:
        return bootstrap.agent(self.profile, self.profile_path, store, now or bootstrap.clock())

    def review(self, store: Store) -> Review:
        return bootstrap.review(self.profile, store, bootstrap.clock())

    def receives(self, raw: bytes) -> None:
        """A mail comes as mails do: through the mail server's delivery, not by appending to the folder."""
        self.account.dovecot.deliver(raw, self.account.address)

    def approve_the_letter(self, store: Store) -> Draft:
        """The contact person approves the one letter that is proposed."""
        [draft] = proposed(store)
        approval = self.review(store).approval
        approval.approve(draft.key, approval.dated(draft.key).text_hash)
        return draft

    def letters_outside(self) -> list[EmailMessage]:
        """The letters that reached the world, without reminders to the contact person."""
        mails = [parsed(taken.raw) for taken in self.smtp.mails]
        return [mail for mail in mails if "helmi@yritys.example" not in str(mail["To"])]

    def command(self, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """Run one command of the program to its end."""
        return subprocess.run(self._words(*words), check=False, capture_output=True, text=True, timeout=60, **more)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start the program as a process of its own."""
        with (self.folder / "agent.log").open("ab") as log:
            return subprocess.Popen(self._words(*words), stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def _words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "inbox_agent", *words, "--profile", str(self.profile_path)]


def proposed(store: Store) -> list[Draft]:
    drafts = [draft for case in store.cases.open_cases() for draft in store.drafts.for_case(case.key)]
    return [draft for draft in drafts if draft.status is DraftStatus.PROPOSED]


def parsed(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
