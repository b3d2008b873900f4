"""Who asks, kept up with what is learnt: the register looked into, codes that come back, proofs, and what follows.

Carries out; what a level is and what to ask next is decided in `rules.identity`. The register is read only, its answer
stays inside. Sends nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import structlog

from inbox_agent.errors import CustomersUnreadable
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import customers, deadlines, documents, speakers
from inbox_agent.rules.alarms import REGISTER
from inbox_agent.rules.customers import Entry, LookUp
from inbox_agent.rules.identity.assessment import Assessment, assess_case
from inbox_agent.rules.identity.evidence import Known
from inbox_agent.rules.joint import JOINT_RECEIPT, proposed
from inbox_agent.rules.levels import Sign
from inbox_agent.rules.speakers import Circumstance
from inbox_agent.rules.understand import Understood, read_mail, said_by
from inbox_agent.services import codes
from inbox_agent.services.one_by_one import Stumbled
from state.errors import CodeNotTaken, NotFound, StateError
from state.lifecycle import LIVE_CASES, WRONG_CODES, waiting_codes
from state.model import (
    AGENT,
    Act,
    Attempt,
    Case,
    CaseKey,
    CaseStatus,
    Code,
    Contact,
    DraftStatus,
    Event,
    Heartbeat,
    IdentityLevel,
    KnownThread,
    Letter,
    Match,
    Message,
    MessageKey,
    MessageKind,
    Outcome,
    Party,
    ProofKind,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store

log = structlog.get_logger()

PROTECTED_ON_FILE = "protected_on_file"
"""The flag of a case whose person has a turvakielto in the register; unlike the mail's own it changes no question."""

CODE_FROM_STRANGER = "code_from_stranger"
"""The flag of a case whose right code came back in a mail that is not believed to be its person's."""

_QUESTIONS = frozenset({Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE})
_RAISING = frozenset(map(str, (*speakers.RAISING, Sign.REPRESENTATIVE)))


class Register(Protocol):
    """The customers' register: the entries worth a look. Raises CustomersUnreadable."""

    def find(self, asked: Party) -> tuple[Entry, ...]: ...


@dataclass(frozen=True, slots=True)
class Identifying:
    """The agent's part: looks new people up, one after the other, outside every transaction. `version` names the
    program as it is now.
    """

    store: Store
    profile: ControllerProfile
    register: Register | None
    now: Callable[[], datetime]
    version: str
    _at_it: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False, compare=False)

    async def look_up_new(self, only: Collection[CaseKey] | None = None) -> int:
        """Look up everybody who has not been, or `only` whose cases these are; return how many were. A register that
        cannot be read stops nothing: the person is asked as if nobody had a register, it is tried again at the next
        look, and meanwhile alarmed. Of two looks at once each waits while the other asks for one person, and ends when
        all of its own have been looked up, by whichever: nobody is looked up twice, and no letter is written
        before. A bug of ours on one person keeps back none of the others, and is told after them: raises Stumbled.
        """
        if self.register is None:
            return 0
        looked, tried, failed = 0, set[CaseKey](), list[str]()
        # Whose mail came while others were looked up is looked up too.
        while new := self._not_looked_up(only, tried):
            for case in new:
                tried.add(case.key)
                try:
                    async with self._at_it:
                        looked += await self._look_up(case)
                except CustomersUnreadable as error:
                    log.warning("customers_unreadable", kind=error.kind, why=error.why)
                    self._register_is("unreadable", error.why)
                    return looked
                except StateError:
                    raise
                except Exception as error:  # noqa: BLE001  # a bug of ours on one person: the others go on
                    log.error("not_looked_up", case=case.number, error=type(error).__name__)
                    failed.append(case.number)
        self._register_is("readable")
        if failed:
            raise Stumbled(failed)
        return looked

    def _not_looked_up(self, only: Collection[CaseKey] | None, tried: Collection[CaseKey]) -> list[Case]:
        if only is None:
            return [case for case in self.store.cases.not_looked_up() if case.key not in tried]
        wanted = (key for key in only if key not in tried and not self.store.identification.looked_up(key))
        return [case for case in map(self.store.cases.get, wanted) if case.status in LIVE_CASES]

    def _register_is(self, state: str, why: str = "") -> None:
        """Tell when it cannot be read, and when it can again; not at every look, so that it is known since when. Nobody
        waits for a register in which nobody is to be looked up.
        """
        told = self.store.pulse.read(REGISTER)
        if (told.state if told else "readable") != state:
            self.store.pulse.beat(Heartbeat(REGISTER, self.now(), state, {"why": why}))

    async def _look_up(self, case: Case) -> bool:
        if self.register is None or self.store.identification.looked_up(case.key):
            return False
        said, found = self.store.identification.contact(case.key), list[Contact]()
        for asked in customers.worth_asking(case.subject, said):
            entries = await asyncio.to_thread(self.register.find, asked)
            found.append(customers.match(asked, entries).contact)
        return self._looked_up(case.key, said, found)

    def _looked_up(self, key: CaseKey, said: Contact | None, found: Sequence[Contact]) -> bool:
        """Record what was found, unless a person ended the case meanwhile. What a person says is on file stands, also
        where they said it only now: then it is looked up itself at the next look.
        """
        with self.store.transaction():
            if self.store.cases.get(key).status not in LIVE_CASES:
                return False
            stands, event = self.store.identification.contact(key), self._event(Act.CONTACT_RECORDED)
            asked_about_it = stands == said
            contact = customers.settled(stands, found, asked_about_it=asked_about_it)
            if asked_about_it or contact != stands:
                record_contact(self.store, self.profile, key, contact, event, looked_up=asked_about_it)
            return True

    def cut_documents(self) -> int:
        """Cut the copies of identity documents out of the mails that need them no more; return of how many: where the
        case has been decided, or the mail was set aside. In the mailbox nothing is changed.
        """
        return sum(self._cut(message) for message in self.store.mails.with_uncut_documents(self.version))

    def _cut(self, message: MessageKey) -> bool:
        try:
            raw = self.store.mails.raw(message)
        except NotFound:  # purged meanwhile
            return False
        try:
            rest = documents.without_documents(raw, said_by(read_mail(raw, self.profile)))
        except Exception as error:  # noqa: BLE001  # a bug of ours on one mail must not keep the other copies
            log.error("documents_not_cut", message=message, error=type(error).__name__)
            self.store.mails.tried(message, Attempt.CUT, self.version)
            return False
        self.store.mails.cut(message, rest, self._event(Act.MESSAGE_CUT))
        return True

    def mask_codes(self) -> int:
        """Take the one-time codes out of the letters that are never sent again, and out of mails that were stored with
        theirs; return of how many.
        """
        letters = codes.mask_left_over(self.store, self._event)
        return letters + codes.mask_stored(self.store, self.now(), self.version, self._event)

    def _event(self, act: Act) -> Event:
        return Event(self.now(), AGENT, act)


def look_up(register: Register, case: Case) -> LookUp:
    """Look one person up, for a person's eyes. Raises CustomersUnreadable."""
    return customers.match(case.subject, register.find(case.subject))


def known(store: Store, case: CaseKey) -> Known:
    """Everything that bears on who asks in a case."""
    file = store.identification
    return Known(
        store.mails.of_case(case), file.contact(case), file.codes(case), file.proofs(case), file.verified_earlier(case)
    )


def assessment(store: Store, profile: ControllerProfile, case: Case, now: datetime) -> Assessment:
    return assess_case(case, known(store, case.key), profile, deadlines.helsinki_date(now))


def reassess(store: Store, profile: ControllerProfile, key: CaseKey, event: Event) -> Assessment:
    """Judge a case anew and put the levels into it. Where the level is reached, what waited for it goes on.

    What is proven in one case counts a while in the person's others: where a proof came or was taken back, those are
    judged anew at once.
    """
    with store.transaction():
        before = store.cases.get(key).identity_level
        found = _judge(store, profile, key, event)
        if (before >= IdentityLevel.L2) is not (found.level >= IdentityLevel.L2):
            for other in store.cases.others_of_person(key):
                _judge(store, profile, other.key, event)
        return found


def _judge(store: Store, profile: ControllerProfile, key: CaseKey, event: Event) -> Assessment:
    found = assessment(store, profile, store.cases.get(key), event.at)
    store.identification.assess(key, found.level, found.required, _as(event, Act.IDENTITY_ASSESSED))
    if found.reached:
        _go_on(store, key, event)
    return found


def record_contact(
    store: Store, profile: ControllerProfile, key: CaseKey, contact: Contact, event: Event, *, looked_up: bool = True
) -> None:
    """Keep what is on file for a case's person, and what follows. `looked_up`: see `Identification.record_contact`."""
    with store.transaction():
        store.identification.record_contact(key, contact, _as(event, Act.CONTACT_RECORDED), looked_up=looked_up)
        store.identification.flag(key, PROTECTED_ON_FILE, contact.protected, _as(event, Act.CASE_FLAGGED))
        reassess(store, profile, key, event)


def record_proof(
    store: Store,
    profile: ControllerProfile,
    key: CaseKey,
    proof: tuple[ProofKind, IdentityLevel],
    *,
    words: str,
    event: Event,
) -> Assessment:
    """Record a proof that a person saw, and what follows from it."""
    with store.transaction():
        store.identification.record_proof(key, *proof, words, _as(event, Act.IDENTITY_RECORDED))
        return reassess(store, profile, key, event)


def code_came_back(
    store: Store, profile: ControllerProfile, key: CaseKey, understood: Understood, event: Event
) -> bool:
    """Take the one-time code in a mail that joined its case; count a wrong one. True where one was taken.

    The mail has been read against the case's codes, subject and quotes included: our letter quoted under an answer
    brings the code back too. Automatic mail proves nothing: an absence notice quotes whatever it answers.
    """
    if understood.message.kind is not MessageKind.MAIL:
        return False
    with store.transaction():
        waiting = waiting_codes(store.identification.codes(key), event.at)
        back = [code for code in waiting if code.key in understood.brought.right]
        for code in back:
            store.identification.redeem(code.key, _as(event, Act.CODE_RETURNED))
        if back:
            reassess(store, profile, key, event)
            return True
        for _ in understood.written.typed[:WRONG_CODES]:  # what the writer typed, not what our letters quote
            for code in waiting:  # each that it could have been meant for: two cases that were joined asked twice
                _miss(store, code, event)
    return False


def _miss(store: Store, code: Code, event: Event) -> None:
    try:
        store.identification.miss(code.key, _as(event, Act.CODE_WRONG))
    except CodeNotTaken:  # the fifth wrong one stopped it
        log.warning("code_stopped", case=code.case)


def heed(store: Store, profile: ControllerProfile, key: CaseKey, understood: Understood, event: Event) -> None:
    """Take in what a mail that joined its case says of who asks: a turvakielto, a dispute, somebody who speaks for
    them, an earlier receipt by a joint controller. It may raise what is needed, never lower it. Automatic mail says
    nothing: it quotes whatever it answers.
    """
    if understood.message.kind is not MessageKind.MAIL:
        return
    case, later = store.cases.get(key), speakers.read(understood.message, speakers.AT_ANY_TIME)
    said = [flag for flag in (*understood.said.flags, *later.flags) if flag in _RAISING]
    if understood.earlier and proposed(case, store.mails.of_case(key)):
        said.append(JOINT_RECEIPT)
    new = [flag for flag in dict.fromkeys(said) if flag not in case.flags]
    for flag in new:
        store.identification.flag(key, flag, True, _as(event, Act.CASE_FLAGGED))
    more = RequestKind.RECTIFICATION in understood.kinds and Circumstance.SPELLING not in understood.said.circumstances
    if more and Circumstance.SPELLING in case.flags:  # another correction does not ride on that of a name
        store.identification.flag(key, Circumstance.SPELLING, False, _as(event, Act.CASE_FLAGGED))
        new.append(Circumstance.SPELLING)
    if new:
        reassess(store, profile, key, event)


def raised_by(message: Message) -> tuple[str, ...]:
    """What was understood of a mail, when it came, of who asks: where a person puts it under a case it may raise what
    is needed there, never lower it.
    """
    flags = [str(flag) for flag in message.analysis.get("flags", [])] if message.kind is MessageKind.MAIL else []
    return tuple(flag for flag in flags if flag in _RAISING)


def notice_stray_code(store: Store, threads: tuple[KnownThread, ...], understood: Understood, event: Event) -> None:
    """A right code in a mail that is not believed to be its case's person's: nothing follows but a flag there."""
    right = understood.brought.right if understood.message.kind is MessageKind.MAIL else frozenset()
    for thread in threads if right else ():
        if any(code.key in right for code in waiting_codes(store.identification.codes(thread.case), event.at)):
            store.identification.flag(thread.case, CODE_FROM_STRANGER, True, _as(event, Act.CASE_FLAGGED))


def _go_on(store: Store, key: CaseKey, event: Event) -> None:
    """What waited for the identity: a case that waits or was answered "not identified", and such answers drafted.

    Who is identified is asked nothing more (GDPR 12(6)): a question that nobody has approved yet goes.
    """
    case = store.cases.get(key)
    for draft in store.drafts.for_case(key):
        if draft.status is DraftStatus.PROPOSED and draft.letter in _QUESTIONS:
            store.drafts.supersede(draft.key, _as(event, Act.DRAFT_SUPERSEDED))
    unidentified = [request for request in case.requests if request.outcome is Outcome.NOT_IDENTIFIED]
    if case.status is CaseStatus.CLOSED and unidentified:
        store.cases.reopen(key, _as(event, Act.CASE_REOPENED))
        return
    if case.status is CaseStatus.WAITING:
        store.cases.resume(key, _as(event, Act.CASE_RESUMED))
    for request in unidentified:
        if request.status is RequestStatus.ANSWERED:
            store.cases.revive(request.key, _as(event, Act.REQUEST_REOPENED))
        if request.status is RequestStatus.DECIDED:
            try:
                store.cases.undecide(request.key, _as(event, Act.REQUEST_UNDECIDED))
            except StateError:  # its letter is on its way: the case opens again when the person answers
                log.info("answer_on_its_way", request=request.key)


def chosen(entry: Entry) -> Contact:
    """An entry that a person says is the one who asks."""
    return customers.contact_of(entry, Match.CHOSEN)


def _as(event: Event, act: Act) -> Event:
    return replace(event, act=act)
