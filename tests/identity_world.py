"""A company with a register, a mailbox and a person, in memory: real mails in, real letters out, no wire between."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import cast

from inbox_agent import profile as profiles
from inbox_agent.adapters.customers.opening import open_register
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import letters, roundtrip
from inbox_agent.rules.classify import Recogniser
from inbox_agent.services.draft import Drafting
from inbox_agent.services.identifying import Identifying
from inbox_agent.services.poll import Mailbox, Poll
from inbox_agent.services.review import Review
from inbox_agent.services.send import Sending
from state.errors import NotAuthorised, NotIdentified
from state.model import (
    Act,
    Case,
    CaseKey,
    Cursor,
    Draft,
    DraftKey,
    DraftStatus,
    Event,
    Letter,
    NewDraft,
    Outcome,
    Place,
    RawMessage,
    RequestStatus,
)
from state.store.store import Store
from tests.bare_profile import WITH_USER, setting

START = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
AINO, OTHER, STRANGER = "aino@posti.example", "aino.vanha@posti.example", "kettu@posti.example"
ASKS = "Pyydän saada tiedon siitä, mitä henkilötietoja teillä on minusta, ja jäljennöksen niistä."
ON_FILE = f"Aino Esimerkki;{AINO};040 000 0001;1001;;\n"
QUOTED = "torstai 5. maaliskuuta 2026 Esimerkki Oy kirjoitti:\n> Hyvä Aino Esimerkki\n>\n"
"""How an answer to our letter quotes its beginning."""
HEADER = "Nimi;Sähköposti;Puhelin;Asiakasnumero;Turvakielto;Muutettu\n"
PROFILE = setting(
    setting(
        setting(WITH_USER, "controller", 'domains = ["yritys.example"]', 'joint = ["Esimerkki Palvelut Oy"]'),
        "replies",
        "hold_seconds = 0",
    ),
    "identity",
    'trusted_authserv_ids = ["mx.yritys.example"]',
    'sensitivity = "{sensitivity}"',
    "{customers}",
)
CUSTOMERS = """
[customers]
kind = "csv"
path = "asiakkaat.csv"
name = "Nimi"
address = "Sähköposti"
phone = "Puhelin"
number = "Asiakasnumero"
protected = "Turvakielto"
changed_on = "Muutettu"
"""


@cache
def recogniser() -> Recogniser:
    return Recogniser.load()


@dataclass
class Outgoing:
    """What left, in order."""

    mails: list[EmailMessage] = field(default_factory=list)

    async def send(self, message: EmailMessage, sender: str, recipient: str) -> str:
        self.mails.append(message)
        return "250 ok"


class World:
    """`rows` are the register's lines; None: the profile names no register. Randomness is counted, so it repeats."""

    def __init__(self, folder: Path, rows: str | None = "", sensitivity: str = "ordinary") -> None:
        self.now = START
        self.uid = 0
        self.random = 0
        self.version = "1.0"
        self.mails: list[bytes] = []
        (folder / "asiakkaat.csv").write_text(HEADER + (rows or ""), encoding="utf-8")
        text = PROFILE.format(sensitivity=sensitivity, customers="" if rows is None else CUSTOMERS)
        self.profile: ControllerProfile = profiles.parse(text)
        self.store = Store.open(":memory:")
        self.outgoing = Outgoing()
        self.register = open_register(self.profile.customers, folder)

    def clock(self) -> datetime:
        return self.now

    def draw(self, count: int) -> bytes:
        self.random += 1
        return hashlib.sha512(str(self.random).encode()).digest()[:count]

    @property
    def review(self) -> Review:
        return Review(self.store, self.profile, self.clock, "Helmi", self.draw)

    # -- mail in ----------------------------------------------------------------------------------

    def mail(
        self,
        text: str,
        sender: str = AINO,
        *,
        name: str = "Aino Esimerkki",
        subject: str = "Tietopyyntö",
        answers: str = "",
        authentic: bool = True,
        headers: str = "",
    ) -> bytes:
        """One mail as our server received it. `authentic`: SPF, DKIM and DMARC passed for its From address."""
        self.uid += 1
        verdict = "pass" if authentic else "fail"
        refers = f"In-Reply-To: {answers}\r\nReferences: {answers}\r\n" if answers else ""
        return (
            f"Authentication-Results: mx.yritys.example; dmarc={verdict} header.from={sender.partition('@')[2]}\r\n"
            "Received: from mail.posti.example (mail.posti.example [203.0.113.7]) by mx.yritys.example with ESMTPS;"
            " Thu, 5 Mar 2026 11:00:00 +0200\r\n"
            f"From: {name} <{sender}>\r\nTo: tietosuoja@yritys.example\r\nSubject: {subject}\r\n"
            f"Message-ID: <{self.uid}@posti.example>\r\n{refers}{headers}"
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        ).encode()

    def arrive(self, raw: bytes) -> None:
        """The server gives us a mail; the agent takes it in and does what follows."""
        self.uid += 1
        self.mails.append(raw)
        account = self.profile.mailbox.account
        poll = Poll(cast("Mailbox", None), self.profile.mailbox, self.store, recogniser(), self.profile, self.clock)
        place = Place(account, "INBOX", 1, self.uid)
        poll.take_in([RawMessage(place, self.now, raw)], Cursor(account, "INBOX", 1, self.uid))
        self.work()

    def work(self) -> None:
        asyncio.run(Identifying(self.store, self.profile, self.register, self.clock, self.version).look_up_new())
        identifying = Identifying(self.store, self.profile, self.register, self.clock, self.version)
        identifying.cut_documents()
        identifying.mask_codes()
        drafting = Drafting(self.store, self.profile, self.clock, self.draw)
        drafting.propose_first_letters()
        drafting.propose_final_answers()

    # -- letters out ------------------------------------------------------------------------------

    def send_all(self) -> None:
        """Helmi approves every proposal that may be, and the agent sends them."""
        for draft in self.drafts(DraftStatus.PROPOSED):
            self.approve(draft.key)
        self.send()

    def approve(self, key: DraftKey) -> None:
        approval = self.review.approval
        approval.approve(key, approval.dated(key).text_hash, anyway="luettu kokonaan")

    def send(self) -> None:
        ids = iter(f"<ours-{self.uid}-{number}@yritys.example>" for number in range(1000))
        self.uid += 1
        sending = Sending(self.store, self.outgoing, None, self.profile, self.clock, lambda: next(ids))
        asyncio.run(sending.send_approved())

    def answer(self, key: CaseKey) -> bool:
        """Helmi tries to tell of data whatever it takes, short of an override; True where the letter left."""
        for request in self.case(key).requests:
            if request.status is RequestStatus.OPEN:
                self.store.cases.decide(
                    request.key, Outcome.NO_DATA, {}, Event(self.now, "person:Helmi", Act.REQUEST_DECIDED)
                )
        case = self.case(key)
        about = tuple(request.key for request in case.requests)
        contact = self.store.identification.contact(key)
        envelope = letters.envelope(case, self.store.mails.of_case(key), Letter.OUTCOME, contact)
        new = NewDraft(key, Letter.OUTCOME, "fi", "outcome", envelope, f"Asia {case.number}", "Tietoja ei ole.", about)
        draft = self.store.drafts.propose(new, Event(self.now, "person:Helmi", Act.DRAFT_PROPOSED))
        before = len(self.outgoing.mails)
        try:
            self.approve(draft)
        except (NotIdentified, NotAuthorised):
            return False
        self.send()
        return len(self.outgoing.mails) > before

    # -- looking ----------------------------------------------------------------------------------

    @property
    def cases(self) -> tuple[Case, ...]:
        rows = self.store._database.rows("select id from cases order by id")
        return tuple(self.store.cases.get(CaseKey(row["id"])) for row in rows)

    def case(self, key: CaseKey) -> Case:
        return self.store.cases.get(key)

    @property
    def only(self) -> Case:
        [case] = self.cases
        return case

    def drafts(self, *statuses: DraftStatus) -> list[Draft]:
        found = [draft for case in self.cases for draft in self.store.drafts.for_case(case.key)]
        return [draft for draft in found if not statuses or draft.status in statuses]

    def code(self, draft: Draft | None = None) -> str:
        """The code in the newest letter (or this one), as its reader sees it: what has left keeps it nowhere else."""
        read = [text for one in ([draft] if draft else self.drafts()) if roundtrip.candidates(text := self._read(one))]
        bare = roundtrip.candidates(read[-1])[0]
        return "-".join(bare[at : at + 4] for at in (0, 4, 8))

    def _read(self, draft: Draft) -> str:
        delivery = self.store.drafts.delivery(draft.key)
        left = [mail for mail in self.outgoing.mails if delivery and mail["Message-ID"] == delivery.message_id]
        return str(left[0].get_content()) if left else draft.body

    def asked(self, draft: Draft | None = None) -> str:
        """The Message-ID under which the newest letter (or this one) left."""
        key = (draft or self.drafts(DraftStatus.SENT)[-1]).key
        delivery = self.store.drafts.delivery(key)
        assert delivery is not None
        return delivery.message_id

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def flags(self) -> set[str]:
        return {flag for case in self.cases for flag in case.flags}


def asked_world(make: Callable[[], World], text: str = ASKS) -> World:
    """Aino has asked, and the identity question has left."""
    world = make()
    world.arrive(world.mail(text))
    world.send_all()
    assert [draft.letter for draft in world.drafts(DraftStatus.SENT)] == [Letter.IDENTITY_QUESTION]
    return world


def reply(world: World, text: str, sender: str = AINO, **more: object) -> None:
    """They answer the letter that asked."""
    world.arrive(world.mail(text, sender, subject="Vs: Asia", answers=world.asked(), **more))  # type: ignore[arg-type]


def acts(world: World) -> list[Act]:
    """What happened to the first case."""
    return [stored.event.act for stored in world.store.journal.events(world.cases[0].key)]
