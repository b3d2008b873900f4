"""A request for another controller: its letter says that it went there only once somebody said so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from inbox_agent.errors import UsageProblem
from inbox_agent.services.deciding import Choice
from state.model import CaseKey, DraftKey, DutyKind, DutyStatus, Outcome, RequestKind
from tests.office import Office

DAY = "2026-03-06"


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.store.close()


def forwarded(office: Office, case: CaseKey, on: str) -> DraftKey:
    [request] = office.store.cases.get(case).requests
    facts = {"forwarded_to": "Kesätori Lumme ry", "forwarded_on": on}
    return office.review.outcomes.choose(case, (Choice(request.key, Outcome.FORWARDED, facts),))


def proposed(office: Office, case: CaseKey) -> str:
    [facts] = office.review.outcomes.proposals(case).values()
    return facts["forwarded_on"]


def test_the_day_by_which_it_was_to_go_is_not_told_after_it(office: Office) -> None:
    """What is approved later says what nobody did (GDPR 5(1)(a))."""
    case = office.case(RequestKind.ACCESS)
    draft = forwarded(office, case, DAY)
    office.now += timedelta(days=14)
    with pytest.raises(UsageProblem, match="announced_before_it_leaves"):
        office.review.approval.approve(draft, office.review.approval.dated(draft).text_hash)


def test_a_day_on_which_nobody_passed_it_on_is_not_proposed_again(office: Office) -> None:
    case = office.case(RequestKind.ACCESS)
    forwarded(office, case, DAY)
    office.now += timedelta(days=14)
    assert proposed(office, case) > "2026-03-16"
    body = office.store.drafts.get(forwarded(office, case, proposed(office, case))).body
    assert "Välitämme pyynnön sinne viimeistään" in body


def test_a_day_on_which_it_was_passed_on_is_proposed_again(office: Office) -> None:
    case = office.case(RequestKind.ACCESS)
    forwarded(office, case, DAY)
    [task] = [one for one in office.store.duties.of_case(case) if one.kind is DutyKind.FORWARD]
    office.review.duties.done(task.key)
    assert [one.status for one in office.store.duties.of_case(case) if one.key == task.key] == [DutyStatus.DONE]
    assert proposed(office, case) == DAY
