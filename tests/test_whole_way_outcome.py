"""From a mail that asks for a copy and an erasure to the answer and the tasks that remain, on real servers.

The person's part is done with the commands, each a process of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from state.model import CaseStatus, DutyKind, IdentityLevel, ProofKind, RequestKind, RequestStatus
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer
from tests.whole_way import Company

PROCESSING = """
[processing]
processors = ["Kirjepalvelu Oy"]
recipients = ["Lähetti Vinha Oy"]
systems = ["asiakasrekisteri"]
backups_days = 90
"""
ASKS = (
    "Hei,\n\nkäytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista henkilötiedoistani, myös puhelutallenteista.\n"
    "Pyydän sen jälkeen poistamaan kaikki henkilötietoni.\n\nTerveisin\nMaija Mallikas\n"
)
FACTS = (
    "access.delivery=secure_mail",
    "access.purposes=tilausten toimittaminen",
    "access.categories=nimi ja tilaukset",
    "access.retention=kaksi vuotta",
    "access.sources=tilauslomake",
    "access.automated_decisions=none",
    "access.transfers=none",
    "erasure.erased=asiakaskortti",
    "erasure.erased_from=asiakasrekisteri",
    "erasure.suppression=none",
    "erasure.kept=laskut vuodelta 2025",
    "erasure.ground=accounting_law",
    "erasure.explained=laskut kuuluvat kirjanpitoon",
    "erasure.newest_on=2025-11-20",
)


@pytest.fixture
def company(tmp_path: Path, account: Account, smtp_server: SmtpServer) -> Company:
    return Company.found(tmp_path, account, smtp_server, outgoing=PROCESSING)


def done(company: Company, *words: str) -> str:
    """Run a command that must succeed; what it printed."""
    run = company.command(*words)
    assert run.returncode == 0, run.stderr
    return run.stdout


def tasks(company: Company) -> dict[str, dict[str, Any]]:
    lines = done(company, "duties", "--json").splitlines()
    return {task["kind"]: task for task in map(json.loads, lines)}


async def test_a_copy_and_an_erasure_end_as_one_letter_and_the_tasks_it_brings(
    company: Company, mail: Callable[..., bytes]
) -> None:
    """The copy stands first and the erasure is ticked only after the letter has left."""
    company.receives(mail(body=ASKS))
    with company.store() as store:
        await company.agent(store).once()
        [case] = store.cases.open_cases()
        assert {request.kind for request in case.requests} == {RequestKind.ACCESS, RequestKind.ERASURE}
        assert set(tasks(company)) == {DutyKind.FREEZE_RECORDINGS, DutyKind.COLLECT_DATA}
        company.review(store).who_asks.prove(
            case.key, ProofKind.OTHER, IdentityLevel.L2, "soitto tiedossa olleeseen numeroon"
        )

        facts = [word for fact in FACTS for word in ("--fact", fact)]
        rights = ("--right", "erasure=partly", "--right", "access=granted", "--proposals")
        written = json.loads(done(company, "outcome", case.number, *rights, *facts, "--json"))
        assert [found["code"] for found in written["findings"]] == ["uncollected", "own_ground", "own_ground"]
        assert company.command("approve", case.number, "--yes").returncode == 1
        done(company, "duties", "--done", str(tasks(company)[DutyKind.COLLECT_DATA]["task"]))
        company.command("duties", case.number, "--add", "erase", "--due", "2026-12-31")
        own = tasks(company)[DutyKind.ERASE]["task"]
        assert company.command("duties", "--done", str(own)).returncode == 1
        done(company, "approve", case.number, "--yes", "--mine")
        await company.agent(store).once()

        answer = company.letters_outside()[-1].get_content()
        assert answer.index("1. Tietojen saaminen") < answer.index("2. Tietojen poistaminen")
        assert "vasta, kun jäljennös on toimitettu teille" in answer
        assert "31.12." in answer  # how long vouchers are kept: the end of a calendar year
        closed = store.cases.get(case.key)
        assert closed.status is CaseStatus.CLOSED
        assert {request.status for request in closed.requests} == {RequestStatus.ANSWERED}
        remaining = tasks(company)
        assert set(remaining) == {
            DutyKind.FREEZE_RECORDINGS,
            DutyKind.INSTRUCT_PROCESSORS,
            DutyKind.TELL_RECIPIENTS,
            DutyKind.ERASE,
        }
        assert remaining[DutyKind.TELL_RECIPIENTS]["about"] == "Lähetti Vinha Oy"
        every = [json.loads(line)["task"] for line in done(company, "duties", "--json").splitlines()]
        done(company, "duties", *(word for key in every for word in ("--done", str(key))))
        assert tasks(company) == {}
        store.journal.verify()


async def test_a_recording_in_a_doubtful_mail_is_frozen_before_anybody_has_judged_it(
    company: Company, mail: Callable[..., bytes]
) -> None:
    """It would be overwritten while the mail waits for a person. Confirmed it is one task, dismissed none."""
    ask = "Hei, soitin teille viime viikolla. Onko se puhelutallenne vielä kuultavissa jossain?\n{}\n"
    for name in ("Kerttu", "Aulis"):
        company.receives(mail("Puhelu", ask.format(name), sender=f"{name} <{name.lower()}@posti.example>"))
    with company.store() as store:
        await company.agent(store).once()
        confirmed, dismissed = store.cases.open_cases()
        assert {confirmed.status, dismissed.status} == {CaseStatus.CANDIDATE}
        assert [duty.about for case in (confirmed, dismissed) for duty in store.duties.of_case(case.key)] == [
            "puhelutallenteet",
            "puhelutallenteet",
        ]

        review = company.review(store)
        review.cases.confirm(confirmed.key)
        review.cases.dismiss(dismissed.key)
        await company.agent(store).once()
        found = [json.loads(line) for line in done(company, "duties", "--json").splitlines()]
        assert [each["case"] for each in found if each["kind"] == DutyKind.FREEZE_RECORDINGS] == [confirmed.number]
        assert {each["case"] for each in found} == {confirmed.number}
        store.journal.verify()


async def test_a_letter_of_the_authority_is_a_task_with_its_own_day(
    company: Company, mail: Callable[..., bytes]
) -> None:
    """It is never set aside in silence; dismissed as no request, it is still to be answered."""
    body = "Pyydämme selvitystä viimeistään 15.1.2099 tietosuojalain 18 §:n nojalla.\n"
    company.receives(mail("Selvityspyyntö dnro 1/182/26", body, sender="Toimisto <tietosuoja@om.fi>"))
    with company.store() as store:
        await company.agent(store).once()
        [case] = store.cases.open_cases()
        assert "from_authority" in case.flags
        company.review(store).cases.dismiss(case.key)
        assert tasks(company)[DutyKind.ANSWER_OMBUDSMAN]["due"] == "2099-01-15"
        assert company.letters_outside() == []
