"""Invented mails, cases and letters for the tests of the store. Everybody in them is made up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from state.model import (
    AGENT,
    Act,
    Arrival,
    CaseKey,
    CaseStatus,
    Counting,
    DraftKey,
    DueDates,
    DutyKind,
    Envelope,
    Event,
    IdentityLevel,
    Letter,
    MessageKind,
    NewCase,
    NewDraft,
    NewDuty,
    NewRequest,
    Outcome,
    Party,
    Place,
    ProofKind,
    RawMessage,
    Reckoning,
    RequestKey,
    RequestKind,
    Verdict,
)
from state.store.store import Store

KINDS = ("file", "memory")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
MONDAY = date(2026, 3, 2)
PERSON = "person:Maija Virtanen"
AINO = Party("Aino Esimerkki", "Aino.Esimerkki@posti.example")


def by_agent(act: Act, at: datetime = NOW) -> Event:
    return Event(at, AGENT, act)


def by_person(act: Act, at: datetime = NOW) -> Event:
    return Event(at, PERSON, act)


def due(received_on: date) -> DueDates:
    """Not the law's arithmetic: any that can be done again."""
    days = [received_on + timedelta(days=days) for days in (30, 32, 28)]
    return DueDates(*days)


def extended(received_on: date) -> DueDates:
    days = [received_on + timedelta(days=days) for days in (90, 92, 88)]
    return DueDates(*days)


def place(uid: int, folder: str = "INBOX", uidvalidity: int = 7) -> Place:
    return Place("tietosuoja@mail.example", folder, uidvalidity, uid)


def mail(uid: int, *, text: str = "Haluan tietoni.", sender: Party = AINO, received_at: datetime = NOW) -> Arrival:
    """A mail whose bytes, place and Message-ID follow from `uid`."""
    raw = f"Message-ID: <mail-{uid}@posti.example>\r\nSubject: Tietoni {uid}\r\n\r\n{text}".encode()
    return Arrival(
        raw=RawMessage(place(uid), received_at, raw),
        content_hash=hashlib.sha256(raw).hexdigest(),
        message_id=f"<mail-{uid}@posti.example>",
        sender=sender,
        subject=f"Tietoni {uid}",
        sent_at=received_at - timedelta(minutes=1),
        kind=MessageKind.MAIL,
        language="fi",
        verdict=Verdict.REQUEST,
        analysis={"message": {"new_text": text, "references": []}, "types": ["access"]},
    )


def right(kind: RequestKind = RequestKind.ACCESS, received_on: date = MONDAY) -> NewRequest:
    return NewRequest(kind, received_on, due(received_on))


def case(
    *kinds: RequestKind,
    status: CaseStatus = CaseStatus.OPEN,
    subject: Party = AINO,
    received_on: date = MONDAY,
) -> NewCase:
    return NewCase(
        status=status,
        subject=subject,
        language="fi",
        received_at=NOW,
        received_on=received_on,
        identity_level=IdentityLevel.L1,
        identity_required=IdentityLevel.L2,
        flags=("identity_code",),
        requests=tuple(right(kind, received_on) for kind in kinds or (RequestKind.ACCESS,)),
    )


def a_duty(
    request: RequestKey | None = None, kind: DutyKind = DutyKind.TELL_RECIPIENTS, about: str = "", days: int = 5
) -> NewDuty:
    """Something to be done so many days after Monday."""
    reckoning = Reckoning(Counting.DAYS, MONDAY, days)
    return NewDuty(kind, MONDAY + timedelta(days=days), reckoning, request, about)


def letter(
    of: CaseKey,
    body: str = "Hei,\n\nolemme saaneet pyyntönne.\n",
    *,
    kind: Letter = Letter.ACKNOWLEDGEMENT,
    about: tuple[RequestKey, ...] = (),
) -> NewDraft:
    envelope = Envelope(AINO, "<mail-1@posti.example>", ("<mail-0@posti.example>", "<mail-1@posti.example>"))
    return NewDraft(of, kind, "fi", f"fi/{kind}", envelope, "Tapaus 2026-0001", body, about, {"reason": "complexity"})


# -- steps that many tests begin with -------------------------------------------------------------


@contextmanager
def a_store(kind: str, folder: Path) -> Iterator[Store]:
    """A store of this kind; whatever a test did to it, its journal tells what it holds."""
    with Store.open(folder / "inbox.db" if kind == "file" else ":memory:") as store:
        yield store
        store.verify()


def opened(store: Store, *kinds: RequestKind, uid: int = 1, status: CaseStatus = CaseStatus.OPEN) -> CaseKey:
    return store.intake.open_case(mail(uid), case(*kinds, status=status), by_agent(Act.CASE_OPENED))


def proposed(store: Store, of: CaseKey, kind: Letter = Letter.ACKNOWLEDGEMENT) -> DraftKey:
    about = tuple(request.key for request in store.cases.get(of).requests)
    return store.drafts.propose(letter(of, kind=kind, about=about), by_agent(Act.DRAFT_PROPOSED))


def identified(store: Store, of: CaseKey, level: IdentityLevel = IdentityLevel.L4, words: str = "käynti") -> None:
    """Somebody saw a proof of this level, and the case stands at it; L4 is enough for every answer."""
    event = by_person(Act.IDENTITY_RECORDED)
    store.identification.record_proof(of, ProofKind.OTHER, level, words, event)
    required = store.cases.get(of).identity_required
    store.identification.assess(of, level, required, replace(event, act=Act.IDENTITY_ASSESSED))


def approved(store: Store, of: CaseKey, kind: Letter = Letter.ACKNOWLEDGEMENT) -> DraftKey:
    key = proposed(store, of, kind)
    if kind is Letter.OUTCOME:
        identified(store, of)
    store.drafts.approve(key, store.drafts.get(key).text_hash, NOW, by_person(Act.DRAFT_APPROVED))
    return key


def claimed(store: Store, of: CaseKey, kind: Letter = Letter.ACKNOWLEDGEMENT) -> DraftKey:
    key = approved(store, of, kind)
    store.drafts.claim(key, f"<letter-{key}@us.example>", by_agent(Act.SENDING_CLAIMED))
    return key


def told(store: Store, of: CaseKey) -> DraftKey:
    """A notice of extension that has left."""
    key = claimed(store, of, Letter.EXTENSION)
    store.drafts.sent(key, "250 OK", by_agent(Act.DRAFT_SENT))
    return key


def answered(store: Store, of: CaseKey) -> None:
    for request in store.cases.get(of).requests:
        store.cases.decide(request.key, Outcome.GRANTED, {"data": "liitteenä"}, by_person(Act.REQUEST_DECIDED))
        store.cases.answered(request.key, by_agent(Act.REQUEST_ANSWERED))


def closed(store: Store) -> CaseKey:
    key = opened(store)
    answered(store, key)
    store.cases.close(key, by_agent(Act.CASE_CLOSED, LATER))
    return key


def acts(store: Store, of: CaseKey) -> list[Act]:
    return [stored.event.act for stored in store.journal.events(of)]
