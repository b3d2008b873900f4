"""Proposed letters in the mailbox's own Drafts folder, for a person who prefers to send from there (an option).

Puts them there, takes back only what it put there and nobody changed, and notices what a person sent: then the
letter is recorded in the words that left, by that person, and never sent by us as well. Decides nothing about letters.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.errors import MessageError
from email.message import EmailMessage
from itertools import islice
from typing import Protocol

import structlog

from inbox_agent.errors import FolderMissing, InboxAgentError, NotKept
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import by_hand
from inbox_agent.rules.alarms import OFFERS
from inbox_agent.services import settle
from state.errors import IllegalTransition, NotAuthorised, NotIdentified, StaleWrite
from state.model import AGENT, MAIL_CLIENT, Act, Draft, DraftKey, DraftStatus, Event, Heartbeat, Offer
from state.store.store import Store

log = structlog.get_logger()

TRY_AGAIN_AFTER = timedelta(hours=1)  # where the folder took none (our choice)
A_FEW = 50
"""Letters that are put there at one look: the connection is held no longer, and the rest comes with the next look."""

_OPEN = frozenset({DraftStatus.PROPOSED, DraftStatus.APPROVED})


class Drafts(Protocol):
    """What this needs of the mailbox while a connection lasts."""

    async def put(self, raw: bytes) -> None: ...

    async def take_back(self, message_id: str, ours: Callable[[bytes], bool]) -> None: ...

    async def sent_answers(self, to: str | None, naming: str) -> list[bytes]: ...


@dataclass(frozen=True, slots=True)
class Offering:
    """`open_drafts` opens the folder; None: the profile wants none."""

    store: Store
    open_drafts: Callable[[], AbstractAsyncContextManager[Drafts]] | None
    compose: Callable[[Draft, str, datetime], EmailMessage]
    profile: ControllerProfile
    now: Callable[[], datetime]
    new_message_id: Callable[[], str]
    _at_it: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False, compare=False)

    async def look(self) -> None:
        """Notice what was sent, take back what is stale, put what is new; ask the server only if there is any of it.

        One look at a time: two would put the same letter there twice, and only one copy would be taken back.
        """
        if self.open_drafts is not None:
            async with self._at_it:
                await self._look(self.open_drafts)

    async def _look(self, open_drafts: Callable[[], AbstractAsyncContextManager[Drafts]]) -> None:
        offers = self.store.offers.all()
        if not offers and next(self._proposed(), None) is None:
            return
        try:
            async with open_drafts() as drafts:
                for offer in offers:
                    await self._notice(drafts, offer)
                for offer in self.store.offers.all():
                    await self._take_back(drafts, offer)
                await self._put_some(drafts)
        except FolderMissing as error:
            self._beat("failing", str(error))
            raise

    async def before_sending(self) -> bool:
        """Where a letter is about to leave that also lay there: look first whether a person sent it. False where the
        mailbox cannot be asked: the approval stands, and whoever sends says so beside it.
        """
        offered = {offer.draft for offer in self.store.offers.all()}
        if offered & {draft.key for draft in self.store.drafts.ready(self.now())}:
            try:
                await self.look()
            except InboxAgentError as error:
                log.warning("drafts_not_read", error=type(error).__name__)
                return False
        return True

    def _proposed(self) -> Iterator[Draft]:
        """Proposed letters that do not lie there yet. What tells of data too early lies nowhere it could be sent."""
        return (each for each in self.store.offers.missing() if self._may_lie_there(each) and not each.on_paper)

    def _may_lie_there(self, draft: Draft) -> bool:
        return draft.status is DraftStatus.PROPOSED and not self.store.drafts.too_early(draft)

    # -- noticing ---------------------------------------------------------------------------------

    async def _notice(self, drafts: Drafts, offer: Offer) -> None:
        draft, left = self.store.drafts.get(offer.draft), self.store.drafts.delivery(offer.draft)
        number = self.store.cases.get(draft.case).number
        unseen = left is not None and left.unseen  # what a person sent before ours left is told all the same
        if draft.status not in _OPEN and not unseen:
            return
        for raw in await drafts.sent_answers(draft.envelope.in_reply_to, number):
            copy = by_hand.read(raw)
            if copy is None or (left and copy.message_id == left.message_id):
                continue
            if by_hand.belongs(copy, draft, number):
                self._record(draft, copy)

    def _record(self, draft: Draft, copy: by_hand.SentCopy) -> None:
        event = Event(self.now(), AGENT, Act.SENT_COPY_NOTICED)
        try:
            with self.store.transaction():
                first = self.store.offers.noticed(draft.case, copy.message_id, event)
                if first and draft.status in _OPEN and by_hand.same_letter(copy, draft):
                    person = Event(event.at, MAIL_CLIENT, Act.DRAFT_APPROVED)
                    self.store.drafts.sent_by_hand(draft.key, copy.subject, copy.text, copy.message_id, person)
                    left = replace(person, act=Act.DRAFT_SENT)
                    settle.sent(self.store, self.profile, draft, "found in the Sent folder", left)
        except (IllegalTransition, StaleWrite, NotIdentified, NotAuthorised) as error:
            # It left all the same: a person sees it in the case, and settles the letter.
            log.warning("sent_copy_not_settled", error=type(error).__name__)
            self.store.offers.noticed(draft.case, copy.message_id, event)

    # -- the folder -------------------------------------------------------------------------------

    async def _take_back(self, drafts: Drafts, offer: Offer) -> None:
        """Take away a copy whose letter is sent, changed, held back or gone. One that a person changed stays theirs."""
        draft = self.store.drafts.get(offer.draft)
        if self._may_lie_there(draft) and draft.text_hash == offer.text_hash:
            return
        await drafts.take_back(offer.message_id, lambda raw: _is_ours(raw, offer))
        self.store.offers.withdrawn(offer.draft, Event(self.now(), AGENT, Act.OFFER_WITHDRAWN))

    async def _put_some(self, drafts: Drafts) -> None:
        """Where the folder takes none, a person is told, and the mailbox is read and letters leave all the same."""
        last = self.store.pulse.read(OFFERS)
        if last and last.state == "failing" and timedelta() <= self.now() - last.at < TRY_AGAIN_AFTER:
            return
        waiting = list(islice(self._proposed(), A_FEW))
        try:
            for draft in waiting:
                await self._put(drafts, draft.key)
        except NotKept as error:
            log.warning("draft_not_kept", why=error.answer)
            self._beat("failing", error.answer)
        else:
            if waiting or last:
                self._beat("kept")

    def _beat(self, state: str, why: str = "") -> None:
        self.store.pulse.beat(Heartbeat(OFFERS, self.now(), state, {"why": why}))

    async def _put(self, drafts: Drafts, key: DraftKey) -> None:
        """As it is now: while others were put there, somebody may have changed or approved it. Raises NotKept.

        Note it first: a copy that a crash leaves there twice would be worse than one that is missing.
        """
        draft = self.store.drafts.get(key)
        if not self._may_lie_there(draft):
            return
        offer = Offer(draft.key, draft.text_hash, self.new_message_id(), by_hand.digest(draft.body))
        try:
            raw = self.compose(draft, offer.message_id, self.now()).as_bytes()
        except (ValueError, LookupError, MessageError) as error:
            log.warning("draft_not_a_mail", error=type(error).__name__)
            return
        self.store.offers.offered(offer, Event(self.now(), AGENT, Act.DRAFT_OFFERED))
        try:
            await drafts.put(raw)
        except NotKept:
            self.store.offers.withdrawn(draft.key, Event(self.now(), AGENT, Act.OFFER_WITHDRAWN))
            raise


def _is_ours(raw: bytes, offer: Offer) -> bool:
    copy = by_hand.read(raw)
    return copy is not None and by_hand.digest(copy.text) == offer.digest
