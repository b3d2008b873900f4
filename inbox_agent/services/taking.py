"""Taking one mail in: understood, decided on, stored with all that follows, inside the caller's transaction.

Whatever a mail holds, it ends in the store: what our own code cannot understand or decide on is quarantined, and
costs no other mail. Fetches nothing: that is `services.poll`. Decides nothing: that is `rules.intake`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from inbox_agent.phrasing.syncing import where_it_lies
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import canary, deadlines
from inbox_agent.rules.analysis import analysis, not_understood
from inbox_agent.rules.attached import ReadingEnded, ReadsFile
from inbox_agent.rules.intake import Join, OpenCase, Quarantine, SetAside, decide
from inbox_agent.rules.own_phrases import Classifies
from inbox_agent.rules.understand import Understood, understand
from inbox_agent.services import codes, identifying, obliging
from inbox_agent.services.report import SyncReport
from state.errors import STORE_FAILS, StaleWrite
from state.model import AGENT, Act, Arrival, Event, MessageKind, Party, Place, RawMessage, Reason, Verdict
from state.store.store import Store

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Taking:
    """How mails of one controller are taken in."""

    store: Store
    recogniser: Classifies
    profile: ControllerProfile
    now: Callable[[], datetime]
    reads: ReadsFile | None = None

    def understand(self, mail: RawMessage) -> Understood | None:
        """None where our own code failed on the mail: it is quarantined, the others go on. Raises ReadingEnded."""
        try:
            return understand(mail.raw, self.recogniser, self.profile, self.reads)
        except ReadingEnded:
            raise
        except Exception:  # a bug of ours must cost neither this mail nor the batch
            log.exception("mail_not_understood", uid=mail.place.uid)
            return None

    def store_or_quarantine(self, mail: RawMessage, understood: Understood | None) -> SyncReport:
        try:
            with self.store.transaction():
                return self._store(mail, understood)
        except STORE_FAILS:
            raise
        except Exception:  # the same: what we cannot decide on is quarantined, the others go on
            log.exception("mail_not_understood", uid=mail.place.uid)
            return self._store(mail, None)

    def _store(self, mail: RawMessage, understood: Understood | None) -> SyncReport:
        intake = self.store.intake
        if intake.seen(mail.place):
            return SyncReport(known=1)
        content_hash = _hash(mail.raw)
        if (known := intake.known(content_hash)) is not None:
            intake.sighted(known, mail.place, self.event(Act.MESSAGE_SEEN_AGAIN))
            return SyncReport(known=1)
        if (token := canary.token_of(mail.raw)) and self.store.canaries.arrived(
            token, mail.received_at, mail.place.folder, self.event(Act.CANARY_ARRIVED)
        ):
            arrival = _arrival(mail, content_hash, understood, self.profile) if understood else None
            event = self.event(Act.MESSAGE_SET_ASIDE)
            intake.set_aside(arrival or _unreadable(mail, content_hash), Reason.CANARY, event)
            return SyncReport(set_aside=1)
        if understood is None:
            intake.quarantine(_unreadable(mail, content_hash), Reason.UNREADABLE, self.event(Act.MESSAGE_QUARANTINED))
            return SyncReport(quarantined=1)
        return self._carry_out(_arrival(mail, content_hash, understood, self.profile), understood)

    def _carry_out(self, arrival: Arrival, understood: Understood) -> SyncReport:
        message, intake = understood.message, self.store.intake
        threads = self.store.threads.known(understood.pointers, understood.subject.address)
        understood = codes.read(self.store, understood, threads, self.now())  # nothing, where it has been read before
        arrival = codes.without_codes(arrival, understood.brought)
        match decide(understood, arrival.raw.received_at, threads, self.profile):
            case OpenCase(case):
                opened = intake.open_case(arrival, case, self.event(Act.CASE_OPENED))
                obliging.authority_wrote(self.store, opened, message, case.received_on, self.event(Act.DUTY_OPENED))
                obliging.before_confirmed(self.store, self.profile, opened, self.event(Act.DUTY_OPENED))
                pointed = tuple(thread for thread in threads if thread.by_reference or thread.number in message.subject)
                identifying.notice_stray_code(self.store, pointed, understood, self.event(Act.CASE_FLAGGED))
                return SyncReport(cases=1)
            case Join(case_key, requests, undelivered):
                if undelivered:
                    self.store.cases.reopen(case_key, self.event(Act.CASE_REOPENED))
                intake.follow_up(arrival, case_key, requests, self.event(Act.MESSAGE_FILED))
                came_on = deadlines.helsinki_date(arrival.raw.received_at)
                obliging.authority_wrote(self.store, case_key, message, came_on, self.event(Act.DUTY_OPENED))
                identifying.heed(self.store, self.profile, case_key, understood, self.event(Act.CASE_FLAGGED))
                event = self.event(Act.CODE_RETURNED)
                identifying.code_came_back(self.store, self.profile, case_key, understood, event)
                return SyncReport(joined=1)
            case SetAside(reason):
                intake.set_aside(arrival, reason, self.event(Act.MESSAGE_SET_ASIDE))
                return SyncReport(set_aside=1)
            case Quarantine(reason):
                intake.quarantine(arrival, reason, self.event(Act.MESSAGE_QUARANTINED))
                return SyncReport(quarantined=1)

    def take_again(self, mail: RawMessage, understood: Understood | None) -> SyncReport:
        """Take in a mail that lies unread in quarantine, as understood now: its receipt stays what it was. It stays
        there where it still cannot be read or decided on.
        """
        if understood is None or "unreadable" in understood.message.defects:
            return SyncReport()
        try:
            with self.store.transaction():
                return self._carry_out(_arrival(mail, _hash(mail.raw), understood, self.profile), understood)
        except STORE_FAILS:
            raise
        except StaleWrite:  # a person was quicker
            return SyncReport()
        except Exception:  # a bug of ours keeps it where it is, before a person
            log.exception("mail_not_understood", uid=mail.place.uid)
            return SyncReport()

    def quarantine_unseen(self, place: Place, head: RawMessage | None) -> SyncReport:
        """Put a mail that the server does not give before a person: what is known of it, if it be only its place."""
        mail = head or RawMessage(place, self.now(), b"")
        # No bytes of its own that could be known again: it is the one at this place.
        content_hash = _hash_of(place)
        understood = self.understand(mail) if head else None
        known = _arrival(mail, content_hash, understood, self.profile) if understood else None
        arrival = known or _unreadable(mail, content_hash, where_it_lies(place))
        if self.store.intake.seen(place) or self.store.intake.known(content_hash) is not None:
            return SyncReport()
        self.store.intake.quarantine(arrival, Reason.NOT_GIVEN, self.event(Act.MESSAGE_QUARANTINED))
        return SyncReport(quarantined=1)

    def make_way(self, place: Place) -> None:
        """A mail that a person saw in quarantine by its place is given after all, and about to be taken in."""
        if (stand_in := self.store.intake.known(_hash_of(place))) is not None:
            self.store.intake.make_way(stand_in, place, self.event(Act.MESSAGE_SET_ASIDE))

    def event(self, act: Act) -> Event:
        return Event(self.now(), AGENT, act)


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _hash_of(place: Place) -> str:
    return _hash(repr(place).encode())


def _arrival(mail: RawMessage, content_hash: str, understood: Understood, profile: ControllerProfile) -> Arrival:
    message = understood.message
    received_at = deadlines.receipt(mail.received_at, message.received_at)
    received_on = deadlines.receipt_date(received_at, message.sent_at, profile.deadlines.count_from)
    return Arrival(
        raw=replace(mail, received_at=received_at),
        content_hash=content_hash,
        message_id=message.message_id,
        sender=message.sender,
        subject=message.subject,
        sent_at=message.sent_at,
        kind=message.kind,
        language=message.language,
        verdict=understood.classification.verdict,
        analysis=analysis(understood, received_on, profile.deadlines),
    )


def _unreadable(mail: RawMessage, content_hash: str, subject: str = "") -> Arrival:
    return Arrival(
        raw=mail,
        content_hash=content_hash,
        message_id=None,
        sender=Party("", ""),
        subject=subject,
        sent_at=None,
        kind=MessageKind.MAIL,
        language="fi",
        verdict=Verdict.UNSURE,
        analysis=not_understood(),
    )
