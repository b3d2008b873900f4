"""The whole way on real servers: a delivered mail becomes a case, a draft, an approved letter that arrives once."""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from inbox_agent import bootstrap
from inbox_agent.rules.alarms import connection
from state.model import CaseStatus, DraftStatus, MessageStatus, Reason, RequestKind
from tests.conftest import build_mail
from tests.faults.world import locked
from tests.servers.dovecot import Account, Dovecot
from tests.servers.scripted_imap import ScriptedImap
from tests.servers.smtpd import Fault, SmtpServer, Stage
from tests.servers.waiting import until
from tests.whole_way import PASSWORD_VARIABLE, Company, parsed, proposed

Build = Callable[..., bytes]
REQUEST_ID = "<pyynto-1@posti.example>"
ASKS = "käytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista henkilötiedoista, joita minusta käsittelette."


@pytest.fixture
def company(tmp_path: Path, account: Account, smtp_server: SmtpServer) -> Company:
    return Company.found(tmp_path, account, smtp_server)


@pytest.fixture
def request_mail(mail: Callable[..., bytes]) -> bytes:
    return mail(body=f"Hei,\n\n{ASKS}\n\nTerveisin\nMaija Mallikas\n", message_id=REQUEST_ID)


async def test_a_request_becomes_a_case_with_clock_and_draft(company: Company, request_mail: bytes) -> None:
    """One pass turns a delivered request into an open case with its right, its dates and a proposed letter."""
    company.receives(request_mail)
    with company.store() as store:
        report = await company.agent(store).once()
        [case] = store.cases.open_cases()

        assert report.cases == 1
        assert [request.kind for request in case.requests] == [RequestKind.ACCESS]
        assert case.subject.address == "maija.mallikas@posti.example"
        assert [draft.envelope.to.address for draft in proposed(store)] == ["maija.mallikas@posti.example"]


async def test_nothing_on_the_server_is_changed(company: Company, request_mail: bytes) -> None:
    """Reading leaves the mailbox as it was: the mail is there, unread, unflagged."""
    company.receives(request_mail)
    with company.store() as store:
        await company.agent(store).once()

    assert len(company.account.mails()) == 1
    assert company.account.flags() == [set()]


async def test_a_second_pass_takes_nothing_in_again(company: Company, request_mail: bytes) -> None:
    """Passes are idempotent: the same mailbox read twice gives the same one case."""
    company.receives(request_mail)
    with company.store() as store:
        await company.agent(store).once()
        again = await company.agent(store).once()

        assert (again.fetched, again.cases) == (0, 0)
        assert len(store.cases.open_cases()) == 1


async def test_an_approved_letter_arrives_once_threaded_and_is_kept(company: Company, request_mail: bytes) -> None:
    """Approval sends the exact text, as an answer to the request, once; a copy lies in Sent."""
    company.receives(request_mail)
    with company.store() as store:
        agent = company.agent(store)
        await agent.once()
        draft = company.approve_the_letter(store)
        await agent.once()
        await agent.once()

        [letter] = company.letters_outside()
        assert letter["In-Reply-To"] == REQUEST_ID
        assert letter["References"].split() == [REQUEST_ID]
        assert letter.get_content().splitlines() == draft.body.splitlines()
        assert store.drafts.get(draft.key).status is DraftStatus.SENT
        [copy] = company.account.mails("Sent")
        assert parsed(copy)["Message-ID"] == letter["Message-ID"]


async def test_nothing_leaves_without_approval(company: Company, request_mail: bytes) -> None:
    """However often the agent passes, an unapproved letter stays where it is."""
    company.receives(request_mail)
    with company.store() as store:
        for _ in range(3):
            await company.agent(store).once()

        assert company.letters_outside() == []
        assert len(proposed(store)) == 1


async def test_an_answer_joins_its_case_and_a_stranger_does_not(
    company: Company, request_mail: bytes, mail: Callable[..., bytes]
) -> None:
    """Right references from the data subject join the case; from somebody else they become a candidate to look at."""
    company.receives(request_mail)
    with company.store() as store:
        agent = company.agent(store)
        await agent.once()
        company.approve_the_letter(store)
        await agent.once()
        [letter] = company.letters_outside()
        answer = {"in_reply_to": letter["Message-ID"], "references": f"{REQUEST_ID} {letter['Message-ID']}"}
        company.receives(mail("Re: Omat tietoni", "Numeroni on 4411.\n", message_id="<v1@posti.example>", **answer))
        company.receives(
            mail(
                "Re: Omat tietoni",
                "Lähettäkää tiedot minulle.\n",
                sender="Joku Toinen <joku@muualla.example>",
                message_id="<v2@muualla.example>",
                **answer,
            )
        )
        await agent.once()

        cases = sorted(store.cases.open_cases(), key=lambda case: case.key)
        assert len(store.mails.of_case(cases[0].key)) == 2
        assert [(case.status, "other_sender_in_thread" in case.flags) for case in cases[1:]] == [
            (CaseStatus.CANDIDATE, True)
        ]


async def test_junk_is_read_too(company: Company, request_mail: bytes) -> None:
    """A request that the server took for spam opens a case like any other."""
    company.account.append(request_mail, folder="Junk")
    with company.store() as store:
        await company.agent(store).once()
        [case] = store.cases.open_cases()

        assert store.mails.of_case(case.key)[0].place.folder == "Junk"


async def test_every_mail_ends_in_exactly_one_place(company: Company, mail: Callable[..., bytes]) -> None:
    """Requests are filed, the rest is set aside with its reason; the sum is what was delivered."""
    automatic = {"message_id": "<c@posti.example>", "auto_submitted": "auto-replied"}
    company.receives(mail(body=ASKS, message_id="<a@posti.example>"))
    company.receives(
        mail(
            "Huone",
            "Hei, voiko huoneeseen tulla jo aamulla, ja onko teillä parkkipaikka?\n",
            message_id="<b@posti.example>",
        )
    )
    company.receives(mail("Poissa", "Olen lomalla.\n", **automatic))
    with company.store() as store:
        report = await company.agent(store).once()
        known = [store.intake.known(hashlib.sha256(raw).hexdigest()) for raw in company.account.mails()]
        ended = {(mail.status, mail.reason) for mail in map(store.mails.get, filter(None, known))}

        assert (report.cases, report.set_aside, report.quarantined) == (1, 2, 0)
        assert ended == {
            (MessageStatus.FILED, None),
            (MessageStatus.SET_ASIDE, Reason.NOT_A_REQUEST),
            (MessageStatus.SET_ASIDE, Reason.AUTOMATIC),
        }


def test_the_agent_as_a_process_sees_new_mail_and_ends_when_told(company: Company, request_mail: bytes) -> None:
    """`inbox-agent run` takes in what is delivered while it waits, and SIGTERM ends it at once, with exit code 0."""
    agent = company.start("run")
    try:
        until(lambda: _beats(company), what="the agent's first sync")
        company.receives(request_mail)
        until(lambda: _cases(company) == 1, what="the case")
    finally:
        agent.send_signal(signal.SIGTERM)

    assert agent.wait(5) == 0


def test_told_to_stop_in_the_middle_of_a_long_look_it_ends_and_goes_on_later(
    company: Company, mail: Callable[..., bytes]
) -> None:
    """SIGTERM during the first look: what is stored is whole, the rest is taken in by the next start, nothing twice."""
    for number in range(400):
        company.account.append(
            mail("Tilaus", f"Missä tilaukseni {number} on?\n", message_id=f"<{number}@posti.example>")
        )
    agent = company.start("run")
    try:
        until(lambda: _stored(company) > 0, what="the first batch")
    finally:
        agent.send_signal(signal.SIGTERM)

    assert agent.wait(5) == 0
    assert company.command("run", "--once").returncode == 0
    assert _stored(company) == 400


def test_told_to_stop_while_somebody_holds_the_database_it_ends_and_goes_on_later(
    company: Company, request_mail: bytes
) -> None:
    """SIGTERM while the agent waits for a lock, deaf to all else: it ends before the lock does, and loses nothing."""
    agent = company.start("run")
    try:
        until(lambda: _beats(company), what="the agent's first sync")
        with locked(bootstrap.database(company.profile, company.profile_path)):
            company.receives(request_mail)
            log = company.folder / "agent.log"
            until(lambda: "StoreBusy" in log.read_text(encoding="utf-8"), 30, "the lock that was met")
            agent.send_signal(signal.SIGTERM)
            assert agent.wait(5) == 0
    finally:
        agent.kill()
    assert company.command("run", "--once").returncode == 0
    assert _cases(company) == 1


KILLED_AT: list[Stage] = ["EHLO", "MAIL", "RCPT", "DATA", "TEXT"]


@pytest.mark.parametrize("stage", KILLED_AT)
def test_killed_while_sending_it_never_sends_twice(company: Company, request_mail: bytes, stage: Stage) -> None:
    """Killed (-9) between the claim and the answer: at most one letter leaves, and a person is told."""
    company.receives(request_mail)
    assert company.command("run", "--once").returncode == 0
    with company.store() as store:
        draft = company.approve_the_letter(store)
    company.smtp.on(stage, Fault.SILENCE)
    agent = company.start("run", "--once")
    company.smtp.wait_for(stage)
    agent.kill()
    agent.wait(10)
    company.smtp.on(stage, None)

    for _ in range(2):
        assert company.command("run", "--once").returncode == 0

    with company.store() as store:
        assert store.drafts.get(draft.key).status is DraftStatus.UNCERTAIN
    assert len(company.letters_outside()) <= 1


def _beats(company: Company) -> bool:
    with company.store() as store:
        beat = store.pulse.read(connection(company.profile.account))
        return beat is not None and beat.state == "connected"


def _cases(company: Company) -> int:
    with company.store() as store:
        return len(store.cases.open_cases())


def _stored(company: Company) -> int:
    mails = company.account.mails()
    with company.store() as store:
        return sum(store.intake.known(hashlib.sha256(raw).hexdigest()) is not None for raw in mails)


def test_a_second_agent_on_the_same_database_is_refused(company: Company) -> None:
    """`run --once` beside `run` says who is there and touches nothing; when the first has ended it works."""
    agent = company.start("run")
    try:
        until(lambda: _beats(company), what="the agent's first sync")
        second = company.command("run", "--once")
    finally:
        agent.terminate()
        agent.wait(10)

    assert second.returncode == 1
    assert "inbox-agent.db" in second.stderr
    assert company.command("run", "--once").returncode == 0


def test_a_faulty_letter_is_not_approved_from_the_command_line(company: Company, request_mail: bytes) -> None:
    """What the linter holds for an error stands in the way, in words; the letter as proposed does not."""
    company.receives(request_mail)
    assert company.command("run", "--once").returncode == 0
    with company.store() as store:
        [draft] = proposed(store)
        number = store.cases.get(draft.case).number
        faulty = f"{draft.body}\nLähettäkää kopio henkilökortistanne ja henkilötunnuksenne.\n"
        company.review(store).letters.edit(draft.key, draft.subject, faulty, draft.text_hash)
        refused = company.command("approve", number, "--yes")
        [edited] = proposed(store)
        company.review(store).letters.edit(edited.key, edited.subject, draft.body, edited.text_hash)
        approved = company.command("approve", number, "--yes")

    assert (refused.returncode, approved.returncode) == (1, 0)
    assert len(refused.stderr.strip().splitlines()) >= 3


async def test_mails_are_moved_only_if_asked_and_only_once_stored(
    tmp_path: Path, account: Account, smtp_server: SmtpServer, request_mail: bytes
) -> None:
    """With `move_to` a stored mail goes to that folder; without it nothing moves (tested above)."""
    company = Company.found(tmp_path, account, smtp_server, mailbox='move_to = "Archive"')
    company.receives(request_mail)
    with company.store() as store:
        await company.agent(store).once()
        await company.agent(store).once()

        assert len(store.cases.open_cases()) == 1
    assert (len(account.mails()), len(account.mails("Archive"))) == (0, 1)


def test_a_supervisor_learns_from_the_exit_status_how_the_agent_is(company: Company) -> None:
    """Never started, at work, killed and silent for a while: 0 only while it works; no mail server is asked."""
    assert company.command("check", "--alive").returncode == 7
    agent = company.start("run")
    try:
        until(lambda: _beats(company), what="the agent's first sync")
        assert company.command("check", "--alive").returncode == 0
        agent.kill()
        agent.wait(10)
        later = (bootstrap.clock()() + timedelta(minutes=1)).isoformat()
        dead = company.command("check", "--alive", "--now", later)
        assert dead.returncode == 7
        assert "inbox-agent run" in dead.stdout
    finally:
        agent.kill()
    assert company.command("run", "--once").returncode == 0
    assert company.command("check", "--alive").returncode == 0


def test_before_the_first_look_check_says_what_it_will_take_in(company: Company, request_mail: bytes) -> None:
    """Nobody is surprised by a first import; looking takes nothing in and changes nothing."""
    company.receives(request_mail)
    assert "1 viesti otetaan mukaan" in company.command("check").stdout
    assert _cases(company) == 0
    assert company.account.flags() == [set()]
    assert company.command("run", "--once").returncode == 0
    assert "tehty jo" in company.command("check").stdout


def test_two_mailboxes_are_read_by_one_agent(tmp_path: Path, dovecot: Dovecot, smtp_server: SmtpServer) -> None:
    """The same mail in both is one mail; a folder that is missing in one is told and hides no other."""
    first, second = dovecot.new_account(), dovecot.new_account("rekry")
    company = Company.found(tmp_path, first, smtp_server)
    text = company.profile_path.read_text(encoding="utf-8")
    more = (
        f'[[more_mailboxes]]\nhost = "127.0.0.1"\nport = {dovecot.imap}\ntls = "none"\nuser = "{second.address}"\n'
        f'secret = "env:{PASSWORD_VARIABLE}"\nfolders = ["INBOX", "Hakijat"]\n'
    )
    company.profile_path.write_text(text + more, encoding="utf-8")
    both = build_mail(body=f"Hei,\n\n{ASKS}\n", message_id="<1@posti.example>")
    first.append(both)
    second.append(both, build_mail(body=f"Hei,\n\n{ASKS}\n", sender="Ville <ville@posti.example>", message_id="<2@x>"))

    done = company.command("run", "--once")
    assert done.returncode == 4
    assert "Hakijat" in done.stderr
    assert _cases(company) == 2
    with second.client() as client:
        client.create_folder("Hakijat")
    assert company.command("run", "--once").returncode == 0
    assert _cases(company) == 2


STOPPED_AT: list[tuple[Stage, DraftStatus]] = [
    ("EHLO", DraftStatus.APPROVED),
    ("MAIL", DraftStatus.APPROVED),
    ("RCPT", DraftStatus.APPROVED),
    ("DATA", DraftStatus.APPROVED),
    ("TEXT", DraftStatus.UNCERTAIN),
]


@pytest.mark.parametrize(("stage", "status"), STOPPED_AT)
def test_told_to_stop_while_a_letter_is_on_its_way(
    company: Company, request_mail: bytes, stage: Stage, status: DraftStatus
) -> None:
    """SIGTERM before the text was offered: it leaves after the next start, once. After it: a person is asked."""
    company.receives(request_mail)
    assert company.command("run", "--once").returncode == 0
    with company.store() as store:
        draft = company.approve_the_letter(store)
    company.smtp.on(stage, Fault.SILENCE)
    agent = company.start("run")
    company.smtp.wait_for(stage)
    agent.send_signal(signal.SIGTERM)

    assert agent.wait(5) == 0
    with company.store() as store:
        assert store.drafts.get(draft.key).status is status
    company.smtp.on(stage, None)
    assert company.command("run", "--once").returncode == 0
    assert len(company.letters_outside()) == 1


@pytest.mark.parametrize("silent_at", [b"GREETING", b"CAPABILITY", b"EXAMINE", b"UID FETCH", b"IDLE"])
def test_told_to_stop_it_waits_for_no_dead_server(  # noqa: PLR0917  # fixtures
    tmp_path: Path,
    account: Account,
    smtp_server: SmtpServer,
    scripted_imap: ScriptedImap,
    mail: Build,
    silent_at: bytes,
) -> None:
    """SIGTERM while the mail server says nothing more, at whatever step: the process ends within five seconds."""
    company = Company.found(tmp_path, account, smtp_server)
    text = company.profile_path.read_text(encoding="utf-8")
    company.profile_path.write_text(
        text.replace(f"port = {account.dovecot.imap}", f"port = {scripted_imap.port}"), encoding="utf-8"
    )
    scripted_imap.mails = {1: mail(message_id="<1@posti.example>")}
    if silent_at == b"GREETING":
        scripted_imap.greeting = b""
    else:
        scripted_imap.on(silent_at, lambda wire, _tag, _arguments: wire.hang())
    agent = company.start("run")
    if silent_at == b"GREETING":
        until(lambda: scripted_imap.connected > 0)
    else:
        scripted_imap.wait_for(silent_at)
    agent.send_signal(signal.SIGTERM)
    assert agent.wait(5) == 0
