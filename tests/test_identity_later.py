"""What a later mail of a case says of who asks raises what is needed; what is proven takes needless questions back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inbox_agent.errors import UsageProblem
from state.model import (
    Act,
    CaseStatus,
    DraftStatus,
    IdentityLevel,
    Letter,
    Outcome,
    ProofKind,
    RequestKind,
    RequestStatus,
)
from tests.identity_world import ASKS, ON_FILE, World, asked_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return asked_world(lambda: World(tmp_path, ON_FILE))


def writes(world: World, text: str) -> None:
    world.arrive(world.mail(text, subject="Vs: Asia", answers=world.asked()))


def test_a_turvakielto_told_later_counts_from_then_on(world: World) -> None:
    """She proves herself, then tells; an answer approved in between does not leave, and a code is not enough."""
    writes(world, world.code())
    assert world.only.identity_required is IdentityLevel.L2
    writes(world, "Unohdin mainita: minulla on turvakielto, joten osoitettani ei saa kertoa missään.")
    assert "protected" in world.only.flags
    assert world.only.identity_required is IdentityLevel.L4
    assert not world.answer(world.only.key)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Entinen puolisoni saattaa kysyä tietojani nimissäni, olemme riidoissa ja hän vainoaa minua.", "dispute"),
        ("Osoitteeni on muuttunut, päivittäkää uusi osoite: Esimerkkikatu 5.", "contact_change"),
    ],
)
def test_what_calls_for_care_is_heeded_whenever_it_is_said(world: World, text: str, flag: str) -> None:
    writes(world, text)
    assert flag in world.cases[0].flags


def test_a_later_mail_lowers_nothing(world: World) -> None:
    before = world.only.identity_required
    writes(world, "Nimessäni on kirjoitusvirhe, korjatkaa se samalla. Ja lähettäkää tietoni.")
    assert world.only.identity_required >= before


def test_our_own_letter_quoted_under_an_answer_says_nothing_of_its_writer(world: World) -> None:
    [asked] = world.drafts(DraftStatus.SENT)
    quoted = "\n".join(f"> {line}" for line in asked.body.splitlines())
    writes(world, f"Kiitos, palaan asiaan.\n\nto 5. maaliskuuta 2026 Esimerkki Oy kirjoitti:\n{quoted}\n")
    assert set(world.only.flags) <= {"identity_code"}


def test_who_is_identified_is_asked_nothing_more(tmp_path: Path) -> None:
    """The question that nobody approved yet goes, and the acknowledgement comes in its place."""
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ASKS))
    assert [draft.letter for draft in world.drafts(DraftStatus.PROPOSED)] == [Letter.IDENTITY_QUESTION]
    world.review.who_asks.prove(world.only.key, ProofKind.CALL_BACK, None, "soitin rekisterin numeroon")
    assert world.drafts(DraftStatus.PROPOSED) == []
    world.work()
    assert [draft.letter for draft in world.drafts(DraftStatus.PROPOSED)] == [Letter.ACKNOWLEDGEMENT]


def test_a_proof_that_is_not_enough_leaves_the_question(tmp_path: Path) -> None:
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ASKS))
    world.review.who_asks.prove(world.only.key, ProofKind.SIGNED_LETTER, None, "allekirjoitettu kirje")
    assert [draft.letter for draft in world.drafts(DraftStatus.PROPOSED)] == [Letter.IDENTITY_QUESTION]


def test_every_question_has_its_reason_in_the_journal(tmp_path: Path) -> None:
    """The reasonable doubt is shown later too (GDPR 5(2), 12(6)): by whom it was asked, why, and what for."""
    world = asked_world(lambda: World(tmp_path, ON_FILE))
    world.review.who_asks.send_code(world.only.key)
    events = [stored.event for stored in world.store.journal.events(world.only.key)]
    proposed = [event for event in events if event.act is Act.DRAFT_PROPOSED]
    assert [(event.actor, event.facts["letter"], event.facts["doubt"], event.facts["asked"]) for event in proposed] == [
        ("agent", "identity_question", "address_not_enough", "L2"),
        ("person:Helmi", "identity_code", "address_not_enough", "L2"),
    ]


@pytest.mark.parametrize(
    ("forged", "said"),
    [
        ({}, "koska sähköpostiosoite ei yksin osoita, kuka viestin kirjoitti."),
        ({"authentic": False}, "koska sähköpostin tekninen tarkistus ei vahvistanut, että viesti lähti osoitteesta"),
        ({"sender": "info@posti.example"}, "koska osoitetta, josta viesti tuli, voi käyttää useampi kuin yksi ihminen"),
    ],
)
def test_who_is_asked_and_who_is_refused_for_it_reads_the_doubt_that_the_journal_holds(
    tmp_path: Path, forged: dict[str, Any], said: str
) -> None:
    """A reasonable doubt of this very case, not of every case (GDPR 12(6))."""
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ASKS, **forged))
    [asked] = world.drafts(DraftStatus.PROPOSED)
    assert said in asked.body
    assert world.review.approval.findings(asked.key) == ()
    world.send_all()
    world.later(days=25)
    world.work()
    [refused] = world.drafts(DraftStatus.PROPOSED)
    assert f"Pyysimme varmistusta 5.3.2026, {said}" in refused.body
    events = [stored.event for stored in world.store.journal.events(world.only.key)]
    [told] = [event.facts["told"] for event in events if event.act is Act.DRAFT_PROPOSED and "told" in event.facts]
    assert told == asked.facts["doubt"]


@pytest.mark.parametrize("ask", [Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE])
def test_without_a_doubt_nobody_may_be_asked(world: World, ask: Letter) -> None:
    writes(world, world.code())
    with pytest.raises(UsageProblem) as refused:
        world.review.letters.propose(world.only.key, ask)
    assert refused.value.code == "no_doubt"
    with pytest.raises(UsageProblem):
        world.review.who_asks.send_code(world.only.key)
    world.review.who_asks.doubt(world.only.key, "soittaja ei tiennyt pyynnöstä")
    assert world.review.letters.propose(world.only.key, ask)


def test_a_bounce_that_quotes_the_person_says_nothing_of_who_asks(world: World) -> None:
    """Servers return what they could not deliver; what stands in it nobody has said now."""
    text = "Undeliverable.\r\n\r\nMinulla on turvakielto, ja entinen puolisoni vainoaa minua."
    headers = "X-Failed-Recipients: aino@posti.example\r\nAuto-Submitted: auto-replied\r\n"
    world.arrive(world.mail(text, "mailer-daemon@posti.example", answers=world.asked(), headers=headers))
    assert len(world.store.mails.of_case(world.only.key)) == 2
    assert not {"protected", "dispute"} & set(world.only.flags)
    assert world.only.identity_required is IdentityLevel.L2


def test_a_late_proof_revives_a_right_while_another_of_its_case_goes_on(world: World) -> None:
    """Access was answered "not identified", the ban on marketing is still to be told: one code opens the access."""
    world.later(days=26)
    world.work()
    world.review.cases.change_rights(world.only.key, (RequestKind.ACCESS, RequestKind.MARKETING_OBJECTION))
    world.send_all()
    access = world.only.requests[0]
    assert (access.status, access.outcome) == (RequestStatus.ANSWERED, Outcome.NOT_IDENTIFIED)
    assert world.only.status is not CaseStatus.CLOSED
    world.review.who_asks.prove(world.only.key, ProofKind.ID_SHOWN, None, "kävi, ajokortti nähty")
    assert world.only.requests[0].status is RequestStatus.OPEN


def test_another_correction_told_later_does_not_ride_on_that_of_a_name(tmp_path: Path) -> None:
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail("Nimeni on kirjoitettu väärin rekisterissänne, oikaiskaa se: Aino eikä Anio."))
    assert (world.only.identity_required, world.only.flags) == (IdentityLevel.L1, ("spelling",))
    number = world.only.number
    text = "Oikaiskaa lisäksi syntymäaikani, se on väärin rekisterissänne. Pyydän tietojeni oikaisua."
    world.arrive(world.mail(text, subject=f"Vs: Asia {number}"))
    assert "spelling" not in world.only.flags
    assert world.only.identity_required is IdentityLevel.L2
