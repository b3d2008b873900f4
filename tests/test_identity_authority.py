"""Whoever writes for another is not answered before their authority was seen; the data subject always may be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inbox_agent.rules.identity.evidence import Evidence
from inbox_agent.rules.levels import Sign
from inbox_agent.services.deciding import Choice
from state.errors import NotAuthorised
from state.model import Contact, DraftKey, DraftStatus, IdentityLevel, Match, Outcome, ProofKind
from tests.identity_world import ASKS, STRANGER, World

AINO = "aino@posti.example"
LAWYER = "laki@toimisto.example"
ASKS_FOR = "Edustan Aino Esimerkkiä. Pyydän päämiestäni koskevat henkilötiedot."
FACTS = {
    "searched": "asiakasrekisteri",
    "identifiers": "nimi",
    "trace_until": "2028-12-31",
    "data_subject": "Aino Esimerkki",
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A lawyer asks for a client, without an authorisation; nothing is on file."""
    world = World(tmp_path)
    world.arrive(world.mail(ASKS_FOR, LAWYER, name="Laki Toimisto"))
    if world.only.status == "candidate":
        world.review.cases.confirm(world.only.key)
    assert Sign.REPRESENTATIVE in world.only.flags
    return world


def answered(world: World) -> DraftKey:
    case = world.only
    facts = FACTS
    return world.review.outcomes.choose(
        case.key, (Choice(case.requests[0].key, Outcome.NO_DATA, facts),), unidentified=True
    )


def identified(world: World) -> None:
    """The lawyer has shown who they are: that says nothing of whom they may speak for."""
    world.review.who_asks.prove(world.only.key, ProofKind.ID_SHOWN, None, "ajokortti nähty")
    assert world.only.identity_level is IdentityLevel.L4


def test_an_identified_writer_without_authority_is_not_answered(world: World) -> None:
    identified(world)
    with pytest.raises(NotAuthorised):
        world.approve(answered(world))
    world.send()
    assert world.outgoing.mails == []


def test_nobody_can_let_such_an_answer_go(world: World) -> None:
    draft = world.store.drafts.get(answered(world))
    with pytest.raises(NotAuthorised):
        world.review.who_asks.let_go(draft.key, draft.text_hash, "known_in_person", "tunnen asianajajan")


@pytest.mark.parametrize(
    "settle",
    [
        lambda world: world.review.who_asks.prove(world.only.key, ProofKind.AUTHORITY, None, "valtakirja nähty"),
        lambda world: world.review.who_asks.mark(world.only.key, Sign.REPRESENTATIVE, on=False),
    ],
    ids=["authority seen", "asks for themselves after all"],
)
def test_with_the_authority_or_without_the_sign_the_writer_is_answered(
    world: World, settle: Callable[[World], object]
) -> None:
    identified(world)
    settle(world)
    world.approve(answered(world))
    world.send()
    assert LAWYER in world.outgoing.mails[-1]["To"]


def test_the_data_subject_is_answered_at_their_own_address_without_any_authority(world: World) -> None:
    identified(world)
    world.review.who_asks.choose_contact(world.only.key, Contact(Match.CHOSEN, "Aino Esimerkki", AINO))
    world.approve(answered(world))
    world.send()
    assert AINO in world.outgoing.mails[-1]["To"]
    assert "teitä koskevia henkilötietoja" in world.outgoing.mails[-1].get_content()


def test_the_writer_s_own_entry_in_the_register_makes_them_nobody_s_representative(world: World) -> None:
    identified(world)
    world.review.who_asks.on_file(world.only.key, LAWYER)
    with pytest.raises(NotAuthorised):
        world.approve(answered(world))


def test_an_approved_answer_stays_when_its_reader_turns_out_to_write_for_another(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.arrive(world.mail("Pyydän jäljennöksen henkilötiedoistani.", STRANGER, name="Kettu Esimerkki"))
    identified(world)
    draft = answered(world)
    world.approve(draft)
    world.review.who_asks.mark(world.only.key, Sign.THIRD_PERSON, on=True)
    world.send()
    assert world.store.drafts.get(draft).status is DraftStatus.PROPOSED
    assert world.outgoing.mails == []


def test_what_tells_nothing_goes_to_the_writer(world: World) -> None:
    world.work()
    world.send_all()
    world.later(days=26)
    world.work()
    world.send_all()
    assert [LAWYER in mail["To"] for mail in world.outgoing.mails] == [True, True]
    assert world.only.requests[0].outcome is Outcome.NOT_IDENTIFIED


@pytest.mark.parametrize(
    ("on_file", "told"),
    [
        ("aino.esimerkki@toimisto.example", "their own domain"),
        (LAWYER, "their own address"),
        ("paamies@muu.example", "named in their own mail"),
        (AINO, ""),
    ],
)
def test_an_address_on_file_that_the_writer_may_read_is_warned_about(tmp_path: Path, on_file: str, told: str) -> None:
    """A code that comes back from there would prove the writer, and nobody else; that is for a person's eyes."""
    world = World(tmp_path)
    world.arrive(world.mail(f"{ASKS_FOR} Hänen osoitteensa on paamies@muu.example.", LAWYER, name="Laki Toimisto"))
    world.review.who_asks.choose_contact(world.cases[0].key, Contact(Match.CHOSEN, "Aino Esimerkki", on_file))
    findings = world.review.who_asks.assessment(world.cases[0].key).findings
    assert (Evidence.NEAR_THE_WRITER in {one.code for one in findings}) is bool(told)


def test_whoever_writes_for_themselves_is_warned_about_nothing(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.arrive(world.mail(f"{ASKS} Vanha osoitteeni on aino.vanha@posti.example."))
    world.review.who_asks.on_file(world.cases[0].key, "aino.vanha@posti.example")
    findings = world.review.who_asks.assessment(world.cases[0].key).findings
    assert Evidence.NEAR_THE_WRITER not in {one.code for one in findings}


def test_what_was_let_go_stays_where_its_reader_turns_out_to_be_protected(tmp_path: Path) -> None:
    """A reason makes good a missing proof, never a turvakielto; it may come between the approval and the hour."""
    world = World(tmp_path)
    world.arrive(world.mail(ASKS, STRANGER))
    draft = world.store.drafts.get(answered(world))
    world.review.who_asks.let_go(draft.key, draft.text_hash, "known_in_person", "tunnen hakijan vuosien takaa")
    world.review.approval.approve(draft.key, draft.text_hash, anyway="luettu kokonaan")
    world.review.who_asks.mark(world.only.key, Sign.PROTECTED, on=True)
    world.later(hours=1)
    world.send()

    assert not [mail for mail in world.outgoing.mails if draft.body[:40] in mail.get_content()]
    assert world.store.drafts.get(draft.key).status is not DraftStatus.SENT
