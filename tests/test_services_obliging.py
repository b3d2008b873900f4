"""What is laid down before a person has said that a mail is a request, and what becomes of it then."""

from __future__ import annotations

from pathlib import Path

import pytest

from state.model import CaseStatus, Duty, DutyKind, DutyStatus
from tests.identity_world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A bare "no" to a campaign, with nothing that points to it."""
    world = World(tmp_path)
    world.arrive(world.mail("EI", subject="Re: Syksyn tarjous"))
    assert world.only.status is CaseStatus.CANDIDATE
    return world


def stops(world: World) -> list[Duty]:
    return [duty for duty in world.store.duties.of_case(world.only.key) if duty.kind is DutyKind.STOP_MARKETING]


def test_a_bare_no_to_a_campaign_brings_its_task_at_once(world: World) -> None:
    """A ban is acted on without undue delay (GDPR 21(3)); stopping harms nobody who meant something else."""
    assert stops(world)
    assert {duty.status for duty in stops(world)} == {DutyStatus.OPEN}


def test_the_task_is_not_laid_down_twice_once_a_person_confirms(world: World) -> None:
    before = stops(world)
    world.review.cases.confirm(world.only.key)
    assert stops(world) == before


def test_the_task_goes_where_a_person_says_that_it_is_no_request(world: World) -> None:
    world.review.cases.dismiss(world.only.key)
    assert {duty.status for duty in stops(world)} == {DutyStatus.CANCELLED}
