"""Letters in the mailbox's Drafts folder: put there once, taken back if unchanged, noticed when a person sends them."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent import bootstrap
from inbox_agent.errors import MailboxUnreachable
from inbox_agent.rules import by_hand
from inbox_agent.rules.alarms import Trouble, alarms, connection
from inbox_agent.rules.folders import drafts_folder, sent_folder
from inbox_agent.services.deciding import Choice
from inbox_agent.services.offer import TRY_AGAIN_AFTER, Drafts
from state.model import (
    MAIL_CLIENT,
    Act,
    CaseStatus,
    Draft,
    DraftStatus,
    FolderInfo,
    Heartbeat,
    Letter,
    Outcome,
    ProofKind,
)
from state.store.store import Store
from tests.servers.dovecot import Account, Dovecot
from tests.servers.smtpd import SmtpServer
from tests.whole_way import Company, parsed

ASKS = "käytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista henkilötiedoista, joita minusta käsittelette."
REQUEST_ID = "<pyynto-1@posti.example>"


@pytest.fixture
def company(tmp_path: Path, account: Account, smtp_server: SmtpServer, mail: Callable[..., bytes]) -> Company:
    """A company that wants drafts, with one request in its mailbox."""
    account.append(mail(body=f"Hei,\n\n{ASKS}\n\nTerveisin\nMaija Mallikas\n", message_id=REQUEST_ID))
    return Company.found(tmp_path, account, smtp_server, outgoing='drafts_folder = "auto"')


def in_the_drafts(company: Company) -> list[EmailMessage]:
    return [parsed(raw) for raw in company.account.mails("Drafts")]


def sends_by_hand(company: Company, text: str, subject: str = "Vs: Omat tietoni", **headers: str) -> str:
    """A person sends a letter from their own mail program, which keeps a copy; return its Message-ID."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "tietosuoja@yritys.example", "Maija Mallikas <Maija.Mallikas@posti.example>"
    message["Subject"], message["Message-ID"] = subject, "<oma-1@ohjelma.example>"
    for name, value in {"In-Reply-To": REQUEST_ID, **headers}.items():
        message[name] = value
    message.set_content(text)
    company.account.append(message.as_bytes(), folder="Sent")
    return str(message["Message-ID"])


async def passes(company: Company, store: Store, times: int = 1) -> None:
    for _ in range(times):
        await company.agent(store).once()


def only(store: Store) -> Draft:
    [draft] = [draft for case in store.cases.open_cases() for draft in store.drafts.for_case(case.key)]
    return draft


async def test_a_proposed_letter_lies_among_the_drafts_once(company: Company) -> None:
    """Ready to be sent from there, threaded under the request; nothing has left."""
    with company.store() as store:
        await passes(company, store, 3)
        draft = only(store)

    [copy] = in_the_drafts(company)
    assert copy["In-Reply-To"] == REQUEST_ID
    assert copy["To"].addresses[0].addr_spec == "maija.mallikas@posti.example"
    assert copy.get_content().split() == draft.body.split()
    assert company.account.flags("Drafts") == [{b"\\Draft", b"\\Seen"}]
    assert company.letters_outside() == []


async def test_an_answer_that_may_not_leave_yet_does_not_lie_where_it_could_be_sent(company: Company) -> None:
    """Written before its reader is identified it stays with us; it comes, and goes again, with the proof of it."""
    with company.store() as store:
        await passes(company, store)
        review = company.review(store)
        [case] = store.cases.open_cases()
        facts = {"searched": "asiakasrekisteri", "identifiers": "nimi", "trace_until": "2028-12-31"}
        review.outcomes.choose(case.key, (Choice(case.requests[0].key, Outcome.NO_DATA, facts),), unidentified=True)
        await passes(company, store, 2)
        told = [draft for draft in store.drafts.for_case(case.key) if draft.letter is Letter.OUTCOME]

        def lies_there() -> bool:
            return any(copy.get_content().split() == told[0].body.split() for copy in in_the_drafts(company))

        assert not lies_there()
        review.who_asks.prove(case.key, ProofKind.ID_SHOWN, None, "näytti passin paikalla")
        await passes(company, store, 2)
        assert lies_there()
        review.who_asks.doubt(case.key, "epäilen")
        await passes(company, store, 2)
        assert not lies_there()


async def test_a_full_mailbox_is_told_of_and_takes_the_letter_once_there_is_room(
    dovecot: Dovecot, tmp_path: Path, smtp_server: SmtpServer, mail: Callable[..., bytes]
) -> None:
    """No letter counts as lying there that does not; mail is read all the same, and the server is asked seldom."""
    account = dovecot.new_account(quota="8K")
    account.append(mail(body=f"Hei,\n\n{ASKS}\n", message_id=REQUEST_ID))
    account.append(mail(body="x" * 6_500), folder="Archive")
    company = Company.found(tmp_path, account, smtp_server, outgoing='drafts_folder = "auto"')
    with company.store() as store:
        await passes(company, store, 2)
        assert in_the_drafts(company) == []
        assert store.offers.all() == ()
        offered = [event for event in store.journal.events(only(store).case) if event.event.act is Act.DRAFT_OFFERED]
        assert len(offered) == 1
        told = alarms(store.pulse.all(), company.profile, bootstrap.clock()())
        assert [alarm.trouble for alarm in told] == [Trouble.NO_DRAFT]

        with account.client("Archive") as client:
            client.delete_messages(client.search())
            client.expunge()
        await company.agent(store, lambda: bootstrap.clock()() + TRY_AGAIN_AFTER).once()
        assert len(in_the_drafts(company)) == 1
        assert alarms(store.pulse.all(), company.profile, bootstrap.clock()() + TRY_AGAIN_AFTER) == ()


async def test_unless_it_is_wanted_nothing_is_put_there(
    tmp_path: Path, account: Account, smtp_server: SmtpServer, mail: Callable[..., bytes]
) -> None:
    company = Company.found(tmp_path, account, smtp_server)
    account.append(mail(body=ASKS, message_id=REQUEST_ID))
    with company.store() as store:
        await passes(company, store, 2)
    assert in_the_drafts(company) == []


async def test_a_letter_that_a_person_sent_is_recorded_in_their_words(company: Company) -> None:
    """As approved by a person, under a hash of their Message-ID; it is never sent by us, and leaves the drafts."""
    with company.store() as store:
        await passes(company, store)
        draft = only(store)
        sent_as = sends_by_hand(company, f"{draft.body}\nSoita, jos jokin jäi epäselväksi.\n\n> {ASKS}\n")
        await passes(company, store, 2)

        recorded, delivery = store.drafts.get(draft.key), store.drafts.delivery(draft.key)
        assert recorded.status is DraftStatus.SENT
        assert recorded.approved_by == MAIL_CLIENT
        assert "Soita, jos jokin jäi epäselväksi." in recorded.body
        assert delivery is not None
        assert delivery.message_id == f"sha256:{hashlib.sha256(sent_as.encode()).hexdigest()}"
        store.journal.verify()
    assert company.letters_outside() == []
    assert in_the_drafts(company) == []


async def test_an_approved_letter_that_a_person_sent_meanwhile_does_not_leave_twice(company: Company) -> None:
    """Approved at the desk, sent by hand: the Sent folder is looked at before the wire is touched."""
    with company.store() as store:
        await passes(company, store)
        draft = company.approve_the_letter(store)
        sends_by_hand(company, draft.body)
        agent = company.agent(store)
        await agent.offering.before_sending()
        await agent.sending.send_approved()
        await passes(company, store, 2)

        assert store.drafts.get(draft.key).status is DraftStatus.SENT
    assert company.letters_outside() == []


async def test_a_letter_that_leaves_while_the_mailbox_cannot_be_asked_says_so(company: Company) -> None:
    """The approval stands, the term runs: what a person sent from there meanwhile is noticed when it can be asked."""
    with company.store() as store:
        await passes(company, store)
        draft = company.approve_the_letter(store)
        sends_by_hand(company, draft.body)
        agent = company.agent(store)
        agent.offering = replace(agent.offering, open_drafts=gone)
        agent.store.pulse.beat(connected(company))
        await agent._settle_and_send()
        delivery = store.drafts.delivery(draft.key)
        assert delivery is not None
        assert delivery.unseen
        assert store.drafts.get(draft.key).status is DraftStatus.SENT

        await passes(company, store)
        trail = [stored.event.act for stored in store.journal.events(draft.case)]
        assert trail.count("sent_copy_noticed") == 1
    assert "▲" in company.command("case", store_number(company)).stdout
    assert len(company.letters_outside()) == 1


async def test_a_letter_that_leaves_beside_a_mailbox_that_is_read_has_nothing_to_say(company: Company) -> None:
    with company.store() as store:
        await passes(company, store)
        draft = company.approve_the_letter(store)
        agent = company.agent(store)
        agent.store.pulse.beat(connected(company))
        await agent._settle_and_send()
        delivery = store.drafts.delivery(draft.key)
        assert delivery is not None
        assert not delivery.unseen


async def test_no_letter_leaves_unremarked_while_the_mailbox_is_not_read(company: Company) -> None:
    """Nothing lies in Drafts; but a newer mail of the same person may lie unread."""
    with company.store() as store:
        await passes(company, store)
        draft = company.approve_the_letter(store)
        agent = company.agent(store)
        agent.offering = replace(agent.offering, open_drafts=None)
        agent.store.pulse.beat(connected(company, "disconnected"))
        await agent._settle_and_send()
        delivery = store.drafts.delivery(draft.key)
        assert delivery is not None
        assert delivery.unseen


def connected(company: Company, state: str = "connected") -> Heartbeat:
    return Heartbeat(connection(company.profile.account), bootstrap.clock()(), state, {})


def store_number(company: Company) -> str:
    with company.store() as store:
        [case] = store.cases.open_cases()
        return case.number


@asynccontextmanager
async def gone() -> AsyncIterator[Drafts]:
    raise MailboxUnreachable("127.0.0.1", 993, "gone")
    yield  # no mailbox is ever given


async def test_a_short_word_in_between_is_not_the_letter(company: Company, mail: Callable[..., bytes]) -> None:
    """It is noticed, so that an answer to it finds the case; the letter still waits for its person."""
    with company.store() as store:
        await passes(company, store)
        sent_as = sends_by_hand(company, "Hei, kiitos viestistä, palaan asiaan huomenna.\n")
        await passes(company, store, 2)
        draft = only(store)
        assert draft.status is DraftStatus.PROPOSED

        answer = mail("Re: Omat tietoni", "Selvä, kiitos.\n", message_id="<v1@posti.example>", in_reply_to=sent_as)
        company.account.append(answer)
        await passes(company, store)
        assert len(store.mails.of_case(draft.case)) == 2
        trail = [stored.event.act for stored in store.journal.events(draft.case)]
        assert trail.count("sent_copy_noticed") == 1


async def test_a_letter_to_somebody_else_is_none_of_this(company: Company) -> None:
    """The case's number in the subject is not enough."""
    with company.store() as store:
        await passes(company, store)
        draft = only(store)
        number = store.cases.get(draft.case).number
        company.account.append(
            b"From: tietosuoja@yritys.example\r\nTo: ict@yritys.example\r\nMessage-ID: <x@y.example>\r\n"
            + f"Subject: {number}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{draft.body}".encode(),
            folder="Sent",
        )
        await passes(company, store)
        assert only(store).status is DraftStatus.PROPOSED


async def test_a_letter_changed_at_the_desk_is_changed_there_too(company: Company) -> None:
    with company.store() as store:
        await passes(company, store)
        draft = only(store)
        company.review(store).letters.edit(draft.key, draft.subject, f"{draft.body}\nLisäys.\n", draft.text_hash)
        await passes(company, store, 2)

    [copy] = in_the_drafts(company)
    assert "Lisäys." in copy.get_content()


async def test_what_a_person_changed_among_the_drafts_stays_theirs(company: Company) -> None:
    """Our own copy may go; a text that somebody worked on is never deleted."""
    with company.store() as store:
        await passes(company, store)
        [offer] = store.offers.all()
        with company.account.client("Drafts") as client:
            client.delete_messages(client.search("ALL"))
            client.expunge()
        changed = f"Message-ID: {offer.message_id}\r\nSubject: Asia\r\n\r\nOmat sanani.\r\n".encode()
        company.account.append(changed, folder="Drafts")
        company.approve_the_letter(store)
        await passes(company, store, 2)

    assert len(company.letters_outside()) == 1
    assert [copy.get_content().strip() for copy in in_the_drafts(company)] == ["Omat sanani."]


async def test_once_we_have_sent_it_our_copy_is_taken_back(company: Company) -> None:
    """Nobody sends it a second time by mistake."""
    with company.store() as store:
        await passes(company, store)
        company.approve_the_letter(store)
        await passes(company, store, 2)

        assert store.offers.all() == ()
    assert len(company.letters_outside()) == 1
    assert in_the_drafts(company) == []


async def test_an_answer_by_hand_settles_what_follows_from_it(company: Company) -> None:
    """As if it had been sent from the desk: whose turn it is follows from the letter."""
    with company.store() as store:
        await passes(company, store)
        draft = only(store)
        before = store.cases.get(draft.case).status
        sends_by_hand(company, draft.body)
        await passes(company, store)
        after = store.cases.get(draft.case).status
        assert (draft.letter, before, after) == (Letter.IDENTITY_QUESTION, CaseStatus.OPEN, CaseStatus.WAITING)


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00\xff", b"Subject: x\r\n\r\nno id", b"Message-ID: <a@b>\r\nAuto-Submitted: auto-replied\r\n\r\nx"],
)
def test_what_no_person_sent_or_nobody_can_read_is_no_copy(raw: bytes) -> None:
    assert by_hand.read(raw) is None


@given(st.binary(max_size=300), st.text(max_size=60))
def test_any_bytes_in_the_sent_folder_can_be_looked_at(raw: bytes, text: str) -> None:
    by_hand.read(raw)
    by_hand.read(b"Message-ID: <a@b>\r\nContent-Type: text/plain; charset=" + text.encode() + b"\r\n\r\n" + raw)
    assert by_hand.digest(text) == by_hand.digest(text.replace("\n", "  \r\n"))


@pytest.mark.parametrize("name", ["Drafts", "Luonnokset", "INBOX.Luonnokset", "Utkast", "[Gmail]/Luonnokset"])
def test_drafts_are_found_by_their_usual_names(name: str) -> None:
    """Where a server announces no special use (RFC 6154)."""
    assert drafts_folder([FolderInfo("INBOX", ""), FolderInfo(name, "")], "auto") == name


@pytest.mark.parametrize(
    "name", ["Sent", "Sent Items", "Lähetetyt", "Lähetetyt viestit", "Skickat", "Skickade objekt", "INBOX/Sent"]
)
def test_sent_mail_is_found_by_its_usual_names(name: str) -> None:
    assert sent_folder([FolderInfo("INBOX", ""), FolderInfo(name, "")], "auto") == name
