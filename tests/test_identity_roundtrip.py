"""The round trip with real mails: a code counts once, from the right person, in time, and raises the level itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inbox_agent.rules import waiting
from state.model import (
    Act,
    CaseStatus,
    DraftStatus,
    IdentityLevel,
    Letter,
    Outcome,
    ProofKind,
    RequestStatus,
)
from tests.identity_world import AINO, ASKS, ON_FILE, OTHER, QUOTED, STRANGER, World, acts, asked_world, reply

L0, L1, L2, L3, L4 = IdentityLevel


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Aino is on file, has asked for her data, and the identity question has left."""
    return asked_world(lambda: World(tmp_path, ON_FILE))


@pytest.mark.parametrize(
    "write",
    [
        lambda code: code,
        lambda code: f"Hei, tässä koodi: {code}\n\nAino",
        lambda code: code.lower().replace("-", " "),
        lambda code: code.replace("-", ""),
        lambda code: f"koodi on {code.replace('-', ' - ')} kiitos",
        lambda code: f"Koodi alla.\n\n{QUOTED}> vastaukseen koodi {code}. Se toimii kerran\n",
        lambda code: f"{QUOTED}> vastaukseen koodi {code}.\n\nTässä vastaus, olen oma itseni.\n",
        lambda code: f"{QUOTED}> vastaukseen koodi {code[:9]}\n> {code[10:]}. Se toimii kerran\n\nJuu.\n",
    ],
    ids=["bare", "greeted", "small and spaced", "run together", "spaced", "top-posted", "below the quote", "wrapped"],
)
def test_a_code_that_comes_back_raises_the_level_by_itself(world: World, write: Callable[[str], str]) -> None:
    assert (world.only.identity_level, world.only.status) == (L1, CaseStatus.WAITING)
    reply(world, write(world.code()))
    assert (world.only.identity_level, world.only.status) == (L2, CaseStatus.OPEN)
    assert acts(world).count(Act.CODE_RETURNED) == 1


def test_a_code_typed_letter_by_letter_wrong_raises_nothing_and_five_stop_it(world: World) -> None:
    right = world.code()
    for wrong in ("A2BB-3CDD-EFGH", "B2BB-3CDD-EFGH", "C2BB-3CDD-EFGH", "D2BB-3CDD-EFGH", "E2BB-3CDD-EFGH"):
        assert wrong != right
        reply(world, f"koodi {wrong}")
        assert world.only.identity_level is L1
    reply(world, right)
    assert world.only.identity_level is L1
    assert acts(world).count(Act.CODE_WRONG) == 5


def test_a_code_works_once_and_another_mail_with_it_adds_nothing(world: World) -> None:
    code = world.code()
    reply(world, code)
    world.review.who_asks.doubt(world.only.key, "epäilen")
    reply(world, code)
    assert acts(world).count(Act.CODE_RETURNED) == 1


def test_a_doubted_code_does_not_count_any_more(world: World) -> None:
    reply(world, world.code())
    world.review.who_asks.doubt(world.only.key, "soittaja ei tiennyt pyynnöstä")
    assert world.only.identity_level < world.only.identity_required


def test_an_old_code_raises_nothing(world: World) -> None:
    code = world.code()
    world.later(days=7)
    reply(world, code)
    assert world.only.identity_level is L1


def test_a_newer_code_ends_the_older_one(world: World) -> None:
    old = world.code()
    world.review.who_asks.send_code(world.only.key)
    world.send_all()
    reply(world, old)
    assert world.only.identity_level is L1
    reply(world, world.code())
    assert world.only.identity_level is L2


def test_an_absence_notice_that_quotes_our_letter_proves_nothing(world: World) -> None:
    reply(world, f"Olen lomalla.\n\n{QUOTED}> koodi {world.code()}\n", headers="Auto-Submitted: auto-replied\r\n")
    assert world.only.identity_level is L1


@pytest.mark.parametrize(
    "trick",
    [
        {"sender": STRANGER},
        {"sender": "aino@p0sti.example"},
        {"authentic": False},
        {"headers": f"Reply-To: <{STRANGER}>\r\n"},
        {"name": f"{AINO}", "sender": STRANGER},
    ],
    ids=["stranger", "look-alike", "forged", "reply-to elsewhere", "name trick"],
)
def test_the_right_code_in_a_mail_that_is_not_believed_is_flagged_and_raises_nothing(
    world: World, trick: dict[str, object]
) -> None:
    """Right references, right code, wrong sender: it neither joins nor advances the case."""
    reply(world, f"koodi {world.code()}", **trick)  # type: ignore[arg-type]
    first, second = world.cases
    assert (first.identity_level, first.status) == (L1, CaseStatus.WAITING)
    assert "code_from_stranger" in first.flags
    assert second.status is CaseStatus.CANDIDATE


def test_an_answer_that_is_asked_elsewhere_advances_nothing(world: World) -> None:
    reply(world, f"koodi {world.code()}. Pyydän, että lähetätte tietoni osoitteeseen {STRANGER}")
    assert world.cases[0].identity_level is L1
    assert len(world.cases) == 2


def test_a_code_of_another_case_raises_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, ON_FILE + f"Kettu Esimerkki;{STRANGER};;1002;;\n")
    world.arrive(world.mail(ASKS))
    world.arrive(world.mail(ASKS, STRANGER, name="Kettu Esimerkki"))
    world.send_all()
    aino, kettu = world.cases
    letters = {draft.case: draft for draft in world.drafts(DraftStatus.SENT)}
    world.arrive(world.mail(world.code(letters[kettu.key]), answers=world.asked(letters[aino.key])))
    assert [case.identity_level for case in world.cases] == [L1, L1]


def test_the_same_mail_twice_is_one_mail(world: World) -> None:
    raw = world.mail(world.code(), answers=world.asked())
    world.arrive(raw)
    world.arrive(raw)
    assert acts(world).count(Act.CODE_RETURNED) == 1


def test_a_code_to_somebody_who_is_not_on_file_proves_only_that_mailbox(tmp_path: Path) -> None:
    world = asked_world(lambda: World(tmp_path, ""))
    reply(world, world.code())
    assert world.only.identity_level is L0


def test_once_the_contact_on_file_is_known_an_earlier_code_counts(tmp_path: Path) -> None:
    """A company without a connected register looks by hand, before or after the code."""
    world = asked_world(lambda: World(tmp_path, None))
    reply(world, world.code())
    assert world.only.identity_level is L1
    world.review.who_asks.on_file(world.only.key, AINO)
    assert world.only.identity_level is L2


def test_the_code_goes_to_the_address_on_file_and_so_does_the_answer(tmp_path: Path) -> None:
    """She writes from a new address; the old one is on file. Whoever reads the new one gets nothing."""
    world = asked_world(lambda: World(tmp_path, f"Aino Esimerkki;{OTHER};;1001;;\n"))
    world.review.who_asks.on_file(world.only.key, OTHER, "Aino Esimerkki")
    [letter] = world.drafts(DraftStatus.PROPOSED)
    assert (letter.letter, letter.envelope.to.address) == (Letter.IDENTITY_CODE, OTHER)
    assert world.code() not in letter.subject
    world.send_all()
    world.arrive(world.mail(world.code(), OTHER, answers=world.asked()))
    assert world.only.identity_level is L2
    assert world.answer(world.only.key)
    assert OTHER in str(world.outgoing.mails[-1]["To"])


def test_nothing_that_tells_of_data_leaves_before_the_code_came_back(world: World) -> None:
    assert not world.answer(world.only.key)
    reply(world, world.code())
    assert world.answer(world.only.key)


def test_silence_is_answered_in_time_and_a_late_proof_opens_the_case_again(world: World) -> None:
    """The final letter is drafted three working days before the target; a code after it resumes the old clock."""
    world.later(days=20)
    world.work()
    assert not world.drafts(DraftStatus.PROPOSED)
    world.later(days=6)  # Tue 31 March; the target is Thu 2 April
    world.work()
    [letter] = world.drafts(DraftStatus.PROPOSED)
    assert {request.outcome for request in world.only.requests} == {Outcome.NOT_IDENTIFIED}
    assert letter.envelope.to.address == AINO
    world.send_all()
    assert world.only.status is CaseStatus.CLOSED
    reply(world, "Hei, soittakaa minulle niin todistan kuka olen. Koodi vanheni jo.")
    assert world.only.status is CaseStatus.OPEN
    assert {request.status for request in world.only.requests} == {RequestStatus.OPEN}
    assert {request.due.promise.isoformat() for request in world.only.requests} == {"2026-04-05"}


def test_a_proof_takes_the_drafted_refusal_back(world: World) -> None:
    world.later(days=26)
    world.work()
    world.review.who_asks.prove(world.only.key, ProofKind.LOG_IN, None, "kirjautui asiakastililleen")
    assert {request.status for request in world.only.requests} == {RequestStatus.OPEN}
    assert not world.drafts(DraftStatus.PROPOSED)


def test_a_doubt_takes_back_the_code_that_is_out(world: World) -> None:
    code = world.code()
    world.review.who_asks.doubt(world.only.key, "soittaja ei tiennyt pyynnöstä")
    reply(world, code)
    assert world.only.identity_level is L1
    assert Act.CODE_RETURNED not in acts(world)


def test_after_a_doubt_a_new_code_counts(world: World) -> None:
    world.review.who_asks.doubt(world.only.key, "epäilen")
    world.review.who_asks.send_code(world.only.key)
    world.send_all()
    reply(world, world.code())
    assert world.only.identity_level is L2


def test_a_refusal_and_the_clock_know_one_day_of_asking_the_first(world: World) -> None:
    """Who was asked twice was asked in time or not by the first question; the form and the assistant say the same."""
    world.arrive(world.mail(ASKS))
    world.send_all()
    asked = world.now.date()
    world.later(days=5)
    world.review.who_asks.send_code(world.only.key)
    world.send_all()
    (facts,) = world.review.outcomes.proposals(world.only.key).values()
    sent = world.store.drafts.with_deliveries(world.only.key)
    assert facts["asked_on"] == asked.isoformat()
    assert waiting.first_asked_on(sent) == asked


def test_an_address_that_came_round_in_an_earlier_case_is_known_in_the_next(tmp_path: Path) -> None:
    world = asked_world(lambda: World(tmp_path, "Joku Muu;muu@posti.example;;9;;\n"))
    world.review.who_asks.on_file(world.only.key, AINO)
    reply(world, world.code())
    assert world.only.identity_level is L2
    assert world.answer(world.only.key)
    world.later(days=40)
    world.arrive(world.mail("Pyydän poistamaan kaikki henkilötietoni rekisteristänne.", subject="Poistopyyntö"))
    first, second = world.cases
    assert second.identity_level is L1
    assert second.identity_required is L2
    world.review.who_asks.doubt(first.key, "Aino soitti: hän ei ole pyytänyt mitään")
    assert world.review.who_asks.assessment(second.key).level is L0


def twice_asked(tmp_path: Path, again: str) -> World:
    """Aino has proved herself by a code in an answered case, and asks again, and a stranger asks too."""
    world = asked_world(lambda: World(tmp_path, "Joku Muu;muu@posti.example;;9;;\n", "contact_card"))
    world.review.who_asks.on_file(world.only.key, AINO)
    reply(world, world.code())
    assert world.answer(world.only.key)
    world.later(days=40)
    world.arrive(world.mail(again, subject="Toinen pyyntö"))
    return world


def test_a_doubt_lowers_the_person_s_other_open_cases_at_once(tmp_path: Path) -> None:
    """An answer that was approved on the strength of the earlier proof does not leave any more."""
    world = twice_asked(tmp_path, "Pyydän poistamaan kaikki henkilötietoni rekisteristänne.")
    first, second = world.cases
    assert (second.identity_level, second.identity_required) == (L1, L1)
    world.review.who_asks.doubt(first.key, "Aino soitti: hän ei ole pyytänyt mitään")
    assert world.case(second.key).identity_level is L0
    assert not world.answer(second.key)


def test_a_proof_raises_the_person_s_other_open_cases_at_once_and_nobody_else_s(tmp_path: Path) -> None:
    world = twice_asked(tmp_path, "Pyydän poistamaan kaikki henkilötietoni rekisteristänne.")
    world.arrive(world.mail(ASKS, STRANGER, name="Kettu Esimerkki"))
    first, second, stranger = world.cases
    world.review.who_asks.doubt(first.key, "epäilen")
    levels = {case.key: case.identity_level for case in world.cases}
    world.review.who_asks.prove(first.key, ProofKind.ID_SHOWN, None, "kävi, ajokortti nähty")
    assert world.case(second.key).identity_level is L1
    assert world.case(stranger.key).identity_level is levels[stranger.key]


def test_a_code_from_an_address_that_is_not_on_file_is_no_second_channel(tmp_path: Path) -> None:
    """Beside a call to the number on file it adds nothing: one known channel is L2, and L3 is needed."""
    world = asked_world(lambda: World(tmp_path, "", sensitivity="sensitive"))
    reply(world, world.code())
    world.review.who_asks.prove(world.only.key, ProofKind.CALL_BACK, None, "rekisterin numeroon")
    assert world.only.identity_level is L2
    assert not world.answer(world.only.key)


def test_what_another_mailbox_proved_lends_an_address_nothing_in_the_next_case(tmp_path: Path) -> None:
    """The code came back from the old address on file; the new one has proved nothing, then or now."""
    world = asked_world(lambda: World(tmp_path, f"Aino Esimerkki;{OTHER};;1001;;\n", sensitivity="contact_card"))
    world.review.who_asks.on_file(world.only.key, OTHER, "Aino Esimerkki")
    world.send_all()
    world.arrive(world.mail(world.code(), OTHER, answers=world.asked()))
    assert world.answer(world.only.key)
    world.later(days=2)
    world.arrive(world.mail(ASKS))
    later = world.cases[-1]
    assert later.identity_level is L0
    assert not world.answer(later.key)


def test_among_many_cases_of_one_address_the_code_of_the_case_that_is_answered_counts(tmp_path: Path) -> None:
    """Whoever writes in her name can make her cases many, but not push her own code out of what is tested."""
    world = World(tmp_path, ON_FILE)
    for place in range(7):
        world.arrive(world.mail(f"{ASKS} Numero {place}.", authentic=place == 0, subject=f"Pyyntö {place}"))
    for case in world.cases[1:]:
        if case.status is CaseStatus.CANDIDATE:
            world.review.cases.confirm(case.key)
    world.work()
    world.send_all()
    letters = {draft.case: draft for draft in world.drafts(DraftStatus.SENT)}
    first = world.cases[0]
    world.arrive(world.mail(world.code(letters[first.key]), answers=world.asked(letters[first.key])))
    assert world.case(first.key).identity_level is L2


def test_a_code_of_its_own_that_proved_nothing_lends_a_new_address_nothing_either(tmp_path: Path) -> None:
    """The new mailbox sent its own code back before the old one, which is on file, sent the one that proved her."""
    world = asked_world(lambda: World(tmp_path, f"Aino Esimerkki;{OTHER};;1001;;\n", sensitivity="contact_card"))
    reply(world, world.code())
    world.review.who_asks.on_file(world.only.key, OTHER, "Aino Esimerkki")
    world.send_all()
    world.arrive(world.mail(world.code(), OTHER, answers=world.asked()))
    assert world.only.identity_level is L2
    world.arrive(world.mail("Pyydän poistamaan kaikki henkilötietoni rekisteristänne.", subject="Asia"))
    assert world.cases[-1].identity_level is L0


def found(world: World) -> set[str]:
    return {str(one.code) for one in world.review.who_asks.assessment(world.only.key).findings}


def test_a_code_that_counts_no_more_is_told_so_that_nobody_waits_in_vain(world: World) -> None:
    """One wrong code, five, seven days gone; of one that came back, or of a new one, nothing is told."""
    assert not {"code_wrong", "code_stopped", "code_expired"} & found(world)
    reply(world, "koodi A2BB-3CDD-EFGH")
    assert "code_wrong" in found(world)
    for wrong in ("B2BB-3CDD-EFGH", "C2BB-3CDD-EFGH", "D2BB-3CDD-EFGH", "E2BB-3CDD-EFGH"):
        reply(world, f"koodi {wrong}")
    assert {"code_wrong", "code_stopped"} & found(world) == {"code_stopped"}
    world.review.who_asks.send_code(world.only.key)
    world.send_all()
    assert not {"code_wrong", "code_stopped"} & found(world)
    world.later(days=8)
    assert "code_expired" in found(world)
    world.review.who_asks.send_code(world.only.key)
    world.send_all()
    reply(world, world.code())
    assert not {"code_wrong", "code_stopped", "code_expired"} & found(world)
