"""The reminder's words: what is asked for, by when, and nothing more about anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from inbox_agent.phrasing.reminders import body, subject, why
from inbox_agent.rules import deadlines, letters
from inbox_agent.rules.reminders import Reminder, Rung
from state.model import CaseStatus, IdentityLevel, NewCase, NewRequest, Party, RequestKind

RECEIVED = date(2026, 3, 5)


def a_reminder(
    rung: Rung = Rung.TARGET, name: str = "Aino Esimerkki", number: str = "2026-0007", left: int = 3
) -> Reminder:
    due = deadlines.compute(RECEIVED).due
    levels = (IdentityLevel.L2, IdentityLevel.L2)
    at = datetime(2026, 3, 5, 9, tzinfo=UTC)
    request = NewRequest(RequestKind.ACCESS, RECEIVED, due)
    new = NewCase(CaseStatus.OPEN, Party(name, "aino@posti.example"), "fi", at, RECEIVED, *levels, (), (request,))
    return Reminder(replace(letters.preview(new), number=number), rung, RECEIVED, due, left)


@pytest.mark.parametrize("rung", list(Rung))
def test_every_rung_says_what_it_asks_for(rung: Rung) -> None:
    assert why(a_reminder(rung)).endswith(".")
    assert "{" not in why(a_reminder(rung))


def test_no_two_rungs_ask_for_the_same() -> None:
    assert len({why(a_reminder(rung)) for rung in Rung}) == len(Rung)


def test_a_candidate_is_first_to_be_confirmed() -> None:
    reminder = a_reminder()
    candidate = replace(reminder, case=replace(reminder.case, status=CaseStatus.CANDIDATE))
    assert why(candidate) == "Say first whether this is a request at all."


def test_the_mail_in_words() -> None:
    late, near = a_reminder(Rung.OVERDUE, "Erkki Esimerkki", "2026-0003", -2), a_reminder()
    assert subject([near]) == "Reminder: 1 data protection request (3 days left)"
    assert subject([near, late]) == "Reminder: 2 data protection requests (the most pressing one: 2 days late)"
    assert body([near, late]).split("\n\n")[1:3] == [
        "2026-0003  Erkki Esimerkki\n"
        "  2 days late; answer at the latest on Sunday 5.4.2026\n"
        "  The answer is late: answer today, apologise and give the reason.",
        "2026-0007  Aino Esimerkki\n"
        "  3 days left; answer at the latest on Sunday 5.4.2026\n"
        "  The target for the answer is Thursday 2.4.2026.",
    ]


@pytest.mark.parametrize("name", ["Aino\nBcc: x@y.example", "Aino \x1b[31m", "Aino\u202eoniA"])
def test_a_name_from_a_mail_cannot_break_out_of_its_line(name: str) -> None:
    lines = body([a_reminder(name=name)]).splitlines()
    assert len(lines) == len(body([a_reminder()]).splitlines())
    assert not any(sign in "".join(lines) for sign in "\x1b\u202e")


def test_a_person_without_a_name_is_their_number_alone() -> None:
    assert "aino@posti.example" not in body([a_reminder(name="")])
    assert "2026-0007\n" in body([a_reminder(name="")])
