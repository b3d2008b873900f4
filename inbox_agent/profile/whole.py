"""The whole profile: every section, and what must hold between them."""

from __future__ import annotations

import hashlib
from typing import Self

from pydantic import model_validator

from inbox_agent.profile.choices import (
    Accounting,
    Alarms,
    Canary,
    Deadlines,
    Duties,
    Processing,
    Promises,
    Recognition,
    Reminders,
    Replies,
    Retention,
    Storage,
)
from inbox_agent.profile.people import Contact, Controller, Customers, Identity
from inbox_agent.profile.servers import Mailbox, SignIn, Smtp
from inbox_agent.profile.values import Section


class Reachable(Section):
    """How the people of a profile are told by mail: who they are, who tells them, and by which server."""

    controller: Controller
    contact: Contact
    smtp: Smtp
    sign_in: SignIn = SignIn()
    alarms: Alarms = Alarms()


class ControllerProfile(Reachable):
    """Everything configurable, checked and frozen."""

    mailbox: Mailbox
    more_mailboxes: tuple[Mailbox, ...] = ()  # read beside the first
    identity: Identity = Identity()
    customers: Customers = Customers()
    replies: Replies = Replies()
    deadlines: Deadlines = Deadlines()
    reminders: Reminders = Reminders()
    duties: Duties = Duties()
    processing: Processing = Processing()
    promises: Promises = Promises()
    accounting: Accounting = Accounting()
    canary: Canary = Canary()
    retention: Retention = Retention()
    recognition: Recognition = Recognition()
    storage: Storage = Storage()

    @property
    def mailboxes(self) -> tuple[Mailbox, ...]:
        """Every mailbox that is read; the first also keeps what we send."""
        return (self.mailbox, *self.more_mailboxes)

    @property
    def mark(self) -> str:
        """Tells two profiles apart, and nothing of what stands in them."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

    @property
    def account(self) -> str:
        return self.mailbox.account

    @model_validator(mode="after")
    def _no_account_twice(self) -> Self:
        accounts = [mailbox.account for mailbox in self.mailboxes]
        if len(set(accounts)) < len(accounts):
            raise ValueError("account_twice")
        return self

    @model_validator(mode="after")
    def _known_to_the_provider(self) -> Self:
        if not self.sign_in.client_id and any(server.sign_in != "password" for server in (*self.mailboxes, self.smtp)):
            raise ValueError("client_id")
        return self
