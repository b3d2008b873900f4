"""What users of other programs that read mailboxes suffer from: each pain has tests here that would find it in ours.

Most stand in the rooms they belong to and are named in PAINS; those of a whole mailbox stand below.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from state.model import Reason
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer
from tests.whole_way import Company, proposed

Build = Callable[..., bytes]

PAINS = {
    "a mail that somebody has read elsewhere is never fetched": (
        "test_services_poll.test_a_mail_that_somebody_has_read_is_fetched_all_the_same",
        "test_whole_way.test_nothing_on_the_server_is_changed",
    ),
    "mails are skipped in silence": (
        "test_services_poll.test_what_a_cursor_passed_in_silence_is_found_again",
        "test_whole_way.test_every_mail_ends_in_exactly_one_place",
    ),
    "one mail that fails drops the newest of its batch": (
        "test_services_poll.test_a_mail_that_is_not_given_holds_up_no_other_and_ends_in_quarantine",
        "test_services_watch.test_a_mail_that_nobody_can_decide_on_is_quarantined_alone",
    ),
    "of two mails with one Message-ID one is dropped": (
        "test_services_poll.test_two_different_mails_with_one_message_id_are_both_kept",
    ),
    "a mail without a Message-ID comes in again and again": (
        "test_services_poll.test_mails_without_a_message_id_are_taken_in_once",
    ),
    "after a mailbox was made anew its mails count as known": (
        "test_services_poll.test_a_new_numbering_takes_nothing_in_twice_and_loses_nothing",
    ),
    "IDLE goes deaf": (
        "test_services_mailwatch.test_a_server_that_announces_nothing_is_found_out",
        "test_adapters_faults.test_a_server_that_falls_silent_in_idle_is_given_up",
    ),
    "a half-dead connection looks like a quiet mailbox": (
        "test_adapters_faults.test_the_system_watches_for_dead_peers",
        "test_rules_alarms.test_a_connection_that_hangs_is_silence_though_it_looks_connected",
    ),
    "reconnecting fails and ends the watching": (
        "test_services_watch.test_no_failure_of_one_task_ends_another",
        "test_faults.test_nothing_is_lost_and_nothing_doubled",
    ),
    "an expired grant goes unnoticed": (
        "test_services_mailwatch.test_an_expired_sign_in_is_loud_and_its_renewal_is_noticed",
    ),
    "one mailbox hangs until somebody restarts": (
        "test_services_mailwatch.test_a_mailbox_that_hangs_holds_up_no_other",
        "test_adapters_faults.test_a_server_that_drips_is_given_up",
    ),
    "the first look deletes the mailbox or writes to everybody in it": (
        "test_field_pains.test_a_first_look_at_an_old_mailbox_changes_nothing_and_writes_to_nobody",
        "test_whole_way.test_before_the_first_look_check_says_what_it_will_take_in",
    ),
    "a mail that could not be read is seen by nobody": (
        "test_rules_intake.test_bytes_that_are_no_mail_are_quarantined",
        "test_dashboard_aside.test_a_mail_that_nobody_could_read_becomes_a_case_too",
    ),
    "own replies thread nowhere": (
        "test_whole_way.test_an_approved_letter_arrives_once_threaded_and_is_kept",
        "test_whole_way.test_an_answer_joins_its_case_and_a_stranger_does_not",
    ),
    "a stranger's mail lands in another's case": (
        "test_rules_intake.test_references_and_sender_must_both_fit",
        "test_whole_way.test_an_answer_joins_its_case_and_a_stranger_does_not",
    ),
    "forged references open cases again": ("test_rules_intake.test_a_sender_that_is_not_believed_joins_nothing",),
    "answering machines answer one another": (
        "test_field_pains.test_answering_machines_are_never_answered",
        "test_rules_automation.test_kinds_follow_their_signs",
    ),
}


@cache
def functions_of(module: str) -> frozenset[str]:
    tree = ast.parse((Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("pain", PAINS)
def test_each_pain_has_its_tests(pain: str) -> None:
    """No test that is named here was renamed or removed without a look at what it guards."""
    for name in PAINS[pain]:
        module, _, test = name.partition(".")
        assert test in functions_of(module)


@pytest.fixture
def company(tmp_path: Path, account: Account, smtp_server: SmtpServer) -> Company:
    return Company.found(tmp_path, account, smtp_server)


async def test_a_first_look_at_an_old_mailbox_changes_nothing_and_writes_to_nobody(
    company: Company, mail: Build
) -> None:
    """Forty requests lie there: each becomes a case with a proposed letter; every mail stays as it is, and none of
    their writers hears anything.
    """
    for number in range(40):
        body = "Pyydän jäljennöksen kaikista henkilötiedoista, joita minusta käsittelette."
        company.receives(
            mail(sender=f"kirjoittaja{number}@posti.example", body=body, message_id=f"<{number}@x.example>")
        )
    before = sorted(company.account.mails())
    with company.store() as store:
        report = await company.agent(store).once()

        assert report.cases == 40
        assert len(proposed(store)) == 40
    assert sorted(company.account.mails()) == before
    assert company.account.flags() == [set()] * 40
    assert company.letters_outside() == []


@pytest.mark.parametrize(
    "sign",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "Return-Path: <>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
    ],
)
async def test_answering_machines_are_never_answered(company: Company, mail: Build, sign: str) -> None:
    """Whatever an automaton writes, twenty times over: no case, no letter, nothing leaves."""
    for number in range(20):
        raw = mail(
            "Automaattinen vastaus: tietopyyntö",
            "Olen lomalla. Poistakaa tietoni.\n",
            message_id=f"<{number}@x.example>",
        )
        company.receives(sign.encode() + b"\r\n" + raw)
    with company.store() as store:
        report = await company.agent(store).once()

        assert (report.set_aside, report.cases) == (20, 0)
        reasons = {row["reason"] for row in store._database.rows("select distinct reason from messages")}
        assert reasons == {Reason.AUTOMATIC}
    assert company.letters_outside() == []
