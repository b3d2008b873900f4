"""The one door through which letters leave.

Order of things (SMTP cannot be rolled back): the claim with its Message-ID is recorded first, then the
wire is touched, then the server's answer is recorded. A crash in between leaves a claimed letter, which
is looked up in the Sent folder and else shown to a person; it is never sent again by itself.
Sends only what a person approved: the store refuses a claim unless the text's hash is the approved one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import MappingProxyType
from typing import Protocol

import structlog

from inbox_agent.errors import (
    NOT_OFFERED,
    GrantExpired,
    InboxAgentError,
    SendingDeferred,
    SendingRefused,
    SendingUncertain,
)
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import leaving
from inbox_agent.rules.alarms import COPIES, OUTGOING
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.services import settle
from inbox_agent.services.way_out import AT_ANY_TIME, NOT_LET_IN, WayOut
from state.errors import IllegalTransition, NotAuthorised, NotIdentified, StaleWrite, StateError
from state.model import (
    AGENT,
    Act,
    Delivery,
    Draft,
    DraftKey,
    DraftStatus,
    Event,
    Heartbeat,
)
from state.store.store import Store

log = structlog.get_logger()

_TAKEN_BACK = MappingProxyType(
    {StaleWrite: "text_changed", NotIdentified: "less_identified", NotAuthorised: "speaks_for_another"}
)
"""Why the store refuses to claim an approved letter, as the case's history says it."""

RETRY_AFTER = timedelta(minutes=5)
RETRY_LOGIN_AFTER = timedelta(hours=1)


class Sender(Protocol):
    """What sending needs of an SMTP server: its answer, or SendingRefused, SendingDeferred, SendingUncertain,
    LoginRefused.
    """

    async def send(self, message: EmailMessage, sender: str, recipient: str) -> str: ...


class SentFolder(Protocol):
    """Where the copies of our letters lie."""

    async def contains(self, message_id: str) -> bool: ...

    async def save(self, raw: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Sending:
    store: Store
    sender: Sender
    sent_folder: SentFolder | None  # None: no mailbox at hand, or the server has no such folder
    profile: ControllerProfile
    now: Callable[[], datetime]
    new_message_id: Callable[[], str]
    # What the server said of letters that it took while nothing could be written: known as long as this process lives.
    _unrecorded: dict[DraftKey, tuple[str, EmailMessage]] = field(default_factory=dict, init=False, repr=False)

    async def send_approved(self, *, unseen: bool = False, anew: bool = False) -> int:
        """Send every approved letter whose time to undo is over; return how many were taken. `unseen`: the mailbox
        cannot be read at this time, which each delivery then says. `anew`: somebody has started us, or put right what
        logs in, so what waits for a log-in that was refused is tried at once.
        """
        waiting = self._due(self.now(), anew=anew)
        taken = sum([await self._send(draft.key, unseen=unseen, anew=anew) for draft in waiting])
        if not waiting and not self.store.drafts.ready(AT_ANY_TIME):
            self.way_out.rests()  # one that was deferred may have been taken back
        return taken

    @property
    def way_out(self) -> WayOut:
        return WayOut(self.store, self.now, OUTGOING)

    def _due(self, at: datetime, *, anew: bool) -> list[Draft]:
        """The letters whose time has come; with `anew` those too that only wait as our log-in was refused."""
        shut_out = (draft for draft in self.store.drafts.ready(AT_ANY_TIME) if anew and self._shut_out(draft))
        return list({draft.key: draft for draft in (*self.store.drafts.ready(at), *shut_out)}.values())

    def _shut_out(self, draft: Draft) -> bool:
        made = self.store.drafts.delivery(draft.key)
        # One that was approved again since then has its own time to undo.
        tried = made is not None and draft.approved_at is not None and draft.approved_at <= made.claimed_at
        return tried and made is not None and made.answer in {error.__name__ for error in NOT_LET_IN}

    async def settle_interrupted(self, claimed_since: datetime | None = None) -> None:
        """Look up the letters of which nobody knows whether they left: those that a crash left claimed, and the
        uncertain ones. Found in Sent: sent. Else a person must say. `claimed_since` leaves earlier ones to that person.
        """
        for draft, delivery in self.store.drafts.in_flight():
            if draft.key in self._unrecorded:
                await self._record(draft)
                continue
            if claimed_since is not None and delivery.claimed_at < claimed_since:
                continue
            found = await self._arrived(delivery)
            with suppress(IllegalTransition, StaleWrite):  # settled by a person while we looked
                if (not found or not self._settled(draft)) and draft.status is DraftStatus.SENDING:
                    self.store.drafts.uncertain(draft.key, "interrupted", self._event(Act.SENDING_UNCERTAIN))

    async def _record(self, draft: Draft) -> None:
        """Write down that the server took a letter, now that it may be possible, with what follows."""
        answer, message = self._unrecorded[draft.key]
        try:
            if not self._settled(draft, answer):
                self.store.drafts.uncertain(draft.key, answer, self._event(Act.SENDING_UNCERTAIN))
        except (IllegalTransition, StaleWrite) as error:
            # A person, or a second agent that took it for interrupted, has settled it meanwhile: so it stays.
            log.warning("settled_elsewhere", error=str(error))
        del self._unrecorded[draft.key]
        await self._keep_copy(message)
        self.way_out.works()

    def _settled(self, draft: Draft, answer: str = "found in the Sent folder") -> bool:
        """Record that a letter left, with what follows; False where our own code fails on that: a person is shown it as
        uncertain, and the others go on.
        """
        try:
            settle.sent(self.store, self.profile, draft, answer, self._event(Act.DRAFT_SENT))
        except StateError:
            raise
        except Exception:  # a bug of ours
            log.exception("not_settled", draft=draft.key)
            return False
        return True

    async def _arrived(self, delivery: Delivery) -> bool:
        if self.sent_folder is None:
            return False
        try:
            return await self.sent_folder.contains(delivery.message_id)
        except InboxAgentError as error:
            log.warning("sent_folder_not_read", why=type(error).__name__)
            return False

    async def _send(self, key: DraftKey, *, unseen: bool, anew: bool) -> bool:
        claimed = self._claim(key, unseen=unseen, anew=anew)
        if claimed is None:
            return False
        try:
            return await self._hand_over(*claimed)
        except (IllegalTransition, StaleWrite) as error:
            # A person, or a second agent that took it for interrupted, has settled it meanwhile: so it stays.
            log.warning("settled_elsewhere", error=str(error))
            return False

    def _claim(self, key: DraftKey, *, unseen: bool, anew: bool) -> tuple[Draft, EmailMessage] | None:
        """Claim a letter as it stands now, and write just that. While others were sent, a person may have taken it
        back or approved another text, or a second agent may have claimed it: then None.
        """
        event = self._event(Act.SENDING_CLAIMED)
        with self.store.transaction():
            draft = next((draft for draft in self._due(event.at, anew=anew) if draft.key == key), None)
            if draft is None:
                return None
            if why := self._not_any_more(draft, event):
                self._take_back(draft, why)
                return None
            try:
                # A letter that was deferred keeps its Message-ID, so that a second try is the same mail.
                delivery = self.store.drafts.claim(key, self.new_message_id(), event, unseen=unseen)
            except (StaleWrite, NotIdentified, NotAuthorised) as error:
                # Another text than the approved one, or the person is less surely identified than at the approval, or
                # turned out to write for another.
                self._take_back(draft, _TAKEN_BACK[type(error)])
                return None
            try:
                return draft, self.compose(draft, delivery.message_id, event.at)
            except (ValueError, LookupError, MessageError) as error:
                # Its address or its text fits into no mail: a person must see that, and the others must go on.
                log.error("not_a_mail", draft=key, error=type(error).__name__)
                self.store.drafts.refused(key, "it cannot be written as a mail", self._event(Act.DRAFT_REFUSED))
                return None

    def _take_back(self, draft: Draft, why: str) -> None:
        """A person sees it as a proposal again, and in the case's history why (a code of a UsageProblem)."""
        log.error("not_as_approved", draft=draft.key, error=why)
        facts = {"why": why, "number": self.store.cases.get(draft.case).number}
        self.store.drafts.withdraw_approval(draft.key, replace(self._event(Act.APPROVAL_WITHDRAWN), facts=facts))

    def _not_any_more(self, draft: Draft, event: Event) -> str:
        """Why an approved letter may not leave now, though it might when it was approved: another address is on file
        since, its reader is known to be protected, the time for its extension is over, or the day is past for which it
        announces something.
        """
        case, contact = self.store.cases.get(draft.case), self.store.identification.contact(draft.case)
        if self.store.identification.let_go(draft):
            wrong = leaving.protected_since(case, contact)
        else:
            wrong = leaving.misaddressed(case, draft, contact)
        today = helsinki_date(event.at)
        return wrong or leaving.past_extension(case, draft, today) or leaving.past_announcement(case, draft, today)

    async def _hand_over(self, draft: Draft, message: EmailMessage) -> bool:
        try:
            answer = await self.sender.send(message, self.profile.smtp.sender, draft.envelope.to.address)
        except SendingDeferred as error:
            self._defer(draft, error.answer, RETRY_AFTER)
            self.way_out.defers(error.answer)
        except NOT_LET_IN as error:
            # Certainly not taken; tried again late, because repeated wrong passwords lock accounts.
            again = RETRY_AFTER if isinstance(error, GrantExpired) else RETRY_LOGIN_AFTER
            self._defer(draft, type(error).__name__, again)
            self.way_out.shuts_out(str(error))
        except SendingRefused as error:
            self.store.drafts.refused(draft.key, str(error), self._event(Act.DRAFT_REFUSED))
        except SendingUncertain as error:
            self.store.drafts.uncertain(draft.key, error.answer, self._event(Act.SENDING_UNCERTAIN))
        except asyncio.CancelledError as error:  # told to stop: what had not left yet leaves after the next start
            if NOT_OFFERED in error.args:
                self._defer(draft, NOT_OFFERED, timedelta())
            else:
                self.store.drafts.uncertain(draft.key, "stopped", self._event(Act.SENDING_UNCERTAIN))
            raise
        except Exception as error:  # a bug of ours after the claim: nobody knows how far it came
            log.exception("sending_failed", draft=draft.key)
            self.store.drafts.uncertain(draft.key, type(error).__name__, self._event(Act.SENDING_UNCERTAIN))
        else:
            self._unrecorded[draft.key] = answer, message
            await self._record(draft)
            return True
        return False

    def compose(self, draft: Draft, message_id: str, date: datetime) -> EmailMessage:
        """Put the approved text into a mail, threaded under the request (RFC 5322, 3.6.4)."""
        message = EmailMessage(policy=SMTP)
        message["From"] = _address(self.profile.controller.name, self.profile.smtp.sender)
        message["To"] = _address(draft.envelope.to.name, draft.envelope.to.address)
        message["Subject"] = draft.subject
        message["Date"] = format_datetime(date)
        message["Message-ID"] = message_id
        if draft.envelope.in_reply_to:
            message["In-Reply-To"] = draft.envelope.in_reply_to
            message["References"] = " ".join(draft.envelope.references)
        message.set_content(draft.body)
        return message

    def _defer(self, draft: Draft, answer: str, pause: timedelta) -> None:
        event = self._event(Act.SENDING_DEFERRED)
        self.store.drafts.deferred(draft.key, answer, event.at + pause, event)

    async def _keep_copy(self, message: EmailMessage) -> None:
        """Save our copy. Failing costs the copy, never a second sending: the letter is recorded as sent."""
        if self.sent_folder is None or self.profile.smtp.server_saves_sent:
            return
        try:
            if not await self.sent_folder.contains(message["Message-ID"]):
                await self.sent_folder.save(message.as_bytes())
        except InboxAgentError as error:
            log.warning("sent_copy_not_saved", why=type(error).__name__)
            self._beat_copies("failing", str(error))
        else:
            self._beat_copies("kept")

    def _beat_copies(self, state: str, why: str = "") -> None:
        self.store.pulse.beat(Heartbeat(COPIES, self.now(), state, {"why": why}))

    def _event(self, act: Act) -> Event:
        return Event(self.now(), AGENT, act)


def _address(name: str, address: str) -> Address:
    """A header value that cannot inject another. Quotes a local part that other mail programs let pass (`a..b@`)."""
    local, _, domain = address.rpartition("@")
    return Address(display_name=name, username=local, domain=domain)
