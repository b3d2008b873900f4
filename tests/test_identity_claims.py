"""Who is answered, whole ways: representatives, takeovers of contact details, a turvakielto, the clock meanwhile."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from inbox_agent.errors import UsageProblem
from inbox_agent.rules import calendar_fi, paper, roundtrip, waiting
from inbox_agent.rules.identity.ways import OwnStep
from inbox_agent.rules.speakers import Role
from inbox_agent.services.deciding import Choice
from inbox_agent.services.on_paper import Recorded
from state.model import (
    CaseStatus,
    Channel,
    Contact,
    DraftStatus,
    IdentityLevel,
    Letter,
    Match,
    Outcome,
    ProofKind,
    RequestKind,
)
from tests.identity_world import AINO, ASKS, ON_FILE, STRANGER, World

L0, L1, L2, L3, L4 = IdentityLevel
WRITER = "kirjoittaja@muualla.example"
FACTS = {"searched": "asiakasrekisteri", "identifiers": "nimi", "trace_until": "2028-12-31"}


# -- representatives ------------------------------------------------------------------------------

SPEAKS = {
    Role.LAWYER: (
        "Edustan Aino Esimerkkiä, valtakirja liitteenä. Päämieheni pyytää jäljennöksen tiedoistaan.",
        "päämies",
    ),
    Role.GUARDIAN: ("Olen Aino Esimerkin edunvalvoja ja pyydän hänen tietonsa nähtäväksi.", "dunvalvontamääräys"),
    Role.CUSTODIAN: ("Pyydän tyttäreni Ainon tiedot. Huoltajana haluan lukea kaiken, mitä hänestä on.", "huoltaja"),
    Role.SPOUSE: ("Vaimoni ei osaa suomea. Lähettäkää minulle hänen henkilötietonsa.", "Suomi.fi-valtuus"),
    Role.ESTATE: ("Isäni Arvi kuoli helmikuussa. Pyydän poistamaan hänen henkilötietonsa.", "edesmennyttä"),
    Role.PORTAL: (
        "We are writing on behalf of our user Aino Esimerkki, who has authorised us as her authorised agent. "
        "She requests a copy of all her personal data.",
        "",
    ),
    Role.WORKS_COUNCIL: (
        "Luottamusmiehenä ja Ainon suostumuksella pyydän jäljennöksen häntä koskevista henkilötiedoista.",
        "henkilöstön edustajana",
    ),
    Role.AGENT: ("Pyydän Aino Esimerkkiä koskevat henkilötiedot valtakirjalla.", "valtakirja"),
}


LIVING = [role for role in SPEAKS if role is not Role.ESTATE]


@pytest.fixture
def spoken(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[World, Role]:
    """Somebody who speaks for another has asked, from an address of their own."""
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(SPEAKS[request.param][0], WRITER, name="Kirjo Kirjoittaja"))
    if world.only.status is CaseStatus.CANDIDATE:
        world.review.cases.confirm(world.only.key)
        world.work()
    return world, request.param


def answered(world: World) -> Choice:
    return Choice(world.only.requests[0].key, Outcome.NO_DATA, FACTS)


@pytest.mark.parametrize("spoken", list(SPEAKS), ids=str, indirect=True)
def test_whoever_speaks_for_another_is_recognised_and_asked_what_is_theirs_to_show(spoken: tuple[World, Role]) -> None:
    """The authority that this role has, and nobody's identity document; the deceased are explained."""
    world, role = spoken
    assert str(role) in world.only.flags
    [letter] = world.drafts(DraftStatus.PROPOSED)
    assert (letter.letter, letter.envelope.to.address) == (Letter.AUTHORITY_QUESTION, WRITER)
    assert SPEAKS[role][1] in letter.body
    assert roundtrip.candidates(letter.body) == ()  # a code would prove the writer's mailbox, and nothing else


@pytest.mark.parametrize("spoken", LIVING, ids=str, indirect=True)
def test_an_authority_is_recorded_by_who_saw_it_and_opens_the_way_with_an_identity(spoken: tuple[World, Role]) -> None:
    world, _role = spoken
    key, who = world.only.key, world.review.who_asks
    who.prove(key, ProofKind.ID_SHOWN, None, "henkilökortti nähty")
    found = who.assessment(key)
    assert (found.reached, found.own) == (True, OwnStep.ASK_AUTHORITY)  # who they are is no doubt, for whom is
    assert not world.answer(key)
    who.prove(key, ProofKind.AUTHORITY, None, "valtuus nähty")
    assert [(proof.kind, proof.actor) for proof in world.store.identification.proofs(key)] == [
        (ProofKind.ID_SHOWN, "person:Helmi"),
        (ProofKind.AUTHORITY, "person:Helmi"),
    ]
    assert who.assessment(key).own is None
    assert world.answer(key)
    assert WRITER in str(world.outgoing.mails[-1]["To"])


@pytest.mark.parametrize("spoken", [Role.ESTATE], ids=str, indirect=True)
def test_no_authority_brings_the_data_of_somebody_who_has_died(spoken: tuple[World, Role]) -> None:
    """The GDPR is about the living (recital 27): their estate is asked in what capacity it writes."""
    world, _role = spoken
    world.review.who_asks.prove(world.only.key, ProofKind.AUTHORITY, None, "perukirja nähty")
    with pytest.raises(UsageProblem, match="about_deceased"):
        world.review.outcomes.choose(world.only.key, (answered(world),))


@pytest.mark.parametrize("spoken", LIVING, ids=str, indirect=True)
def test_the_data_subject_is_answered_directly_once_their_own_code_came_back(spoken: tuple[World, Role]) -> None:
    """A code to the address on file, and the answer to that address: the writer gets neither."""
    world, _role = spoken
    key, who = world.only.key, world.review.who_asks
    who.choose_contact(key, Contact(Match.CHOSEN, "Aino Esimerkki", AINO))
    [code] = [draft for draft in world.drafts(DraftStatus.PROPOSED) if draft.letter is Letter.IDENTITY_CODE]
    assert code.envelope.to.address == AINO
    world.approve(code.key)
    world.send()
    world.arrive(world.mail(world.code(code), AINO, answers=world.asked(code)))
    assert world.case(key).identity_level is L2
    who.prove(key, ProofKind.KNOWN_FACTS, None, "kolme asiaa, jotka vain asiakas tietää")
    before = len(world.outgoing.mails)
    assert world.answer(key)
    assert [str(mail["To"]) for mail in world.outgoing.mails[before:]] == [f"Aino Esimerkki <{AINO}>"]


# -- takeovers ------------------------------------------------------------------------------------

TAKEOVERS = {
    "address": "Olen muuttanut. Korjatkaa uusi osoitteeni: Esimerkkikatu 5, 00100 Helsinki.",
    "e-mail": f"Sähköpostiosoitteeni on muuttunut. Korjatkaa uusi sähköpostiosoitteeni {STRANGER} tietoihini.",
    "bank account": "Pyydän oikaisemaan tilinumeroni. Uusi tilinumeroni on FI21 1234 5600 0007 85.",
}


@pytest.mark.parametrize("text", TAKEOVERS.values(), ids=TAKEOVERS)
@pytest.mark.parametrize("sender", [AINO, STRANGER], ids=["from the old address", "from a new one"])
def test_a_change_of_contact_details_is_verified_over_the_old_channel(tmp_path: Path, text: str, sender: str) -> None:
    """Whoever writes, the code goes to the address on file, and only from there it counts."""
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(text, sender, subject="Tietojen oikaiseminen"))
    key = world.only.key
    if world.only.status is CaseStatus.CANDIDATE:
        world.review.cases.confirm(key, (RequestKind.RECTIFICATION,))
        world.work()
    assert "contact_change" in world.only.flags
    assert world.only.identity_required >= L2
    world.send_all()
    world.arrive(world.mail(world.code(), STRANGER, answers=world.asked()))
    assert world.case(key).identity_level < L2
    assert not world.answer(key)
    for draft in world.drafts(DraftStatus.PROPOSED):
        world.review.letters.reject(draft.key)
    who = world.review.who_asks
    asked = who.on_file(key, AINO, "Aino Esimerkki") if sender == STRANGER else who.send_code(key)
    assert asked is not None
    world.approve(asked)
    world.send()
    letter = world.store.drafts.get(asked)
    assert letter.envelope.to.address == AINO
    world.arrive(world.mail(world.code(letter), AINO, answers=world.asked(letter)))
    assert world.case(key).identity_level is L2


@pytest.mark.parametrize(
    "trick",
    [
        {"sender": STRANGER, "name": "Aino Esimerkki"},
        {"sender": "aino@p0sti.example", "name": "Aino Esimerkki"},
        {"authentic": False},
        {"headers": f"Reply-To: <{STRANGER}>\r\n"},
    ],
    ids=["wrong sender", "look-alike", "forged", "replies elsewhere"],
)
def test_a_hijacked_thread_never_joins_or_moves_the_case(tmp_path: Path, trick: dict[str, object]) -> None:
    """Right references, right subject, right words: a case of its own, for a person; the first stays as it was."""
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ASKS))
    world.send_all()
    before = world.only
    text = "Lisäys pyyntööni: lähettäkää kaikki tietoni. Voitte vastata tähän."
    world.arrive(world.mail(text, subject=f"Vs: Asia {before.number}", answers=world.asked(), **trick))  # type: ignore[arg-type]
    first, second = world.cases
    assert (first.status, first.identity_level, first.requests) == (
        before.status,
        before.identity_level,
        before.requests,
    )
    assert second.status is CaseStatus.CANDIDATE
    assert [mail.case for mail in world.store.mails.of_case(first.key)] == [first.key]


def test_no_letter_of_ours_goes_where_replies_are_asked(tmp_path: Path) -> None:
    """Neither the question with its code, nor a new code, nor the last letter: only to who wrote, or is on file."""
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ASKS, headers=f"Reply-To: <{STRANGER}>\r\n"))
    if world.only.status is CaseStatus.CANDIDATE:
        world.review.cases.confirm(world.only.key)
        world.work()
    world.send_all()
    world.review.who_asks.send_code(world.only.key)
    world.send_all()
    world.later(days=26)
    world.work()
    world.send_all()
    assert [AINO in str(mail["To"]) for mail in world.outgoing.mails] == [True, True, True]
    assert all(STRANGER not in mail.as_string() for mail in world.outgoing.mails)


@pytest.mark.parametrize("first", [AINO, STRANGER], ids=["hers came first", "the stranger's came first"])
def test_two_cases_that_a_person_joins_by_mistake_lend_each_other_no_proof(tmp_path: Path, first: str) -> None:
    """What Aino proved lets nothing go to the stranger, whichever of the two goes on."""
    world = World(tmp_path, ON_FILE)
    for sender in (first, STRANGER if first == AINO else AINO):
        world.arrive(world.mail(ASKS, sender))
        world.later(hours=1)
    hers = next(case for case in world.cases if case.subject.address == AINO)
    world.review.who_asks.prove(hers.key, ProofKind.ID_SHOWN, None, "kävi, ajokortti nähty")
    stays = world.review.cases.join(*(case.key for case in world.cases))
    assert world.answer(stays) is (first == AINO)
    told = [mail for mail in world.outgoing.mails if "Tietoja ei ole." in mail.get_content()]
    assert [AINO in str(mail["To"]) for mail in told] == ([True] if first == AINO else [])


@pytest.mark.parametrize("which", [0, 1], ids=["of the one that goes on", "of the other"])
def test_of_two_joined_cases_the_code_of_either_letter_counts(tmp_path: Path, which: int) -> None:
    """She asked twice and was asked twice; whichever letter she answers, she has answered. A doubt takes both back."""
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ASKS))
    world.arrive(world.mail("Pyydän poistamaan kaikki henkilötietoni rekisteristänne.", subject="Tietojeni poisto"))
    world.send_all()
    letters = world.drafts(DraftStatus.SENT)
    stays = world.review.cases.join(*(case.key for case in world.cases))
    raw = world.mail(world.code(letters[which]), answers=world.asked(letters[which]))
    world.arrive(raw)
    assert world.case(stays).identity_level is L2
    [*_, mail] = world.store.mails.of_case(stays)
    assert roundtrip.MASK in mail.analysis["message"]["text"]
    world.review.who_asks.doubt(stays, "soittaja ei tiennyt pyynnöstä")
    world.arrive(world.mail(world.code(letters[1 - which]), answers=world.asked(letters[1 - which])))
    assert world.case(stays).identity_level is L1


def test_five_wrong_codes_stop_the_code_of_each_of_two_joined_cases(tmp_path: Path) -> None:
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ASKS))
    world.arrive(world.mail("Pyydän poistamaan kaikki henkilötietoni rekisteristänne.", subject="Tietojeni poisto"))
    world.send_all()
    letters = world.drafts(DraftStatus.SENT)
    stays = world.review.cases.join(*(case.key for case in world.cases))
    for wrong in "ABCDE":
        world.arrive(world.mail(f"koodi {wrong}2BB-3CDD-EFGH", answers=world.asked(letters[0])))
    for letter in letters:
        world.arrive(world.mail(world.code(letter), answers=world.asked(letter)))
    assert world.case(stays).identity_level is L1


# -- proofs ---------------------------------------------------------------------------------------


def test_of_a_proof_only_that_it_was_seen_is_kept(tmp_path: Path) -> None:
    """By whom, when and how, in the person's own words; an identity code among them is masked."""
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ASKS))
    key, who = world.only.key, world.review.who_asks
    who.prove(key, ProofKind.ID_SHOWN, None, "ajokortti nähty, hetu 131052-952K")
    who.doubt(key, "131052-952K ei ole hänen")
    notes = [row["text"] for row in world.store._database.rows("select text from notes order by event_seq")]
    assert "ajokortti nähty" in notes[0]
    assert "952K" not in "".join(notes)


# -- turvakielto ----------------------------------------------------------------------------------


def test_where_a_protected_person_lives_stands_on_no_sheet(tmp_path: Path) -> None:
    world = World(tmp_path)
    told = Recorded(
        Channel.LETTER,
        "Aino Esimerkki",
        world.now.date(),
        (RequestKind.ACCESS,),
        postal="Esimerkkikatu 5\n00100 Helsinki",
    )
    key = world.review.on_paper.record(told)
    draft = world.store.drafts.get(world.review.letters.propose(key, Letter.ACKNOWLEDGEMENT))

    def reader() -> tuple[str, ...]:
        return paper.sheet(world.case(key), draft, world.profile, world.now.date()).reader

    assert reader() == ("Aino Esimerkki", "Esimerkkikatu 5", "00100 Helsinki")
    world.review.who_asks.mark(key, "protected", on=True)  # type: ignore[arg-type]
    assert reader() == ("Aino Esimerkki",)


def test_a_protected_person_is_answered_at_l4_only_and_the_reader_of_the_letter_is_warned(tmp_path: Path) -> None:
    world = World(tmp_path, f"Aino Esimerkki;{AINO};040 000 0001;1001;kyllä;\n")
    world.arrive(world.mail(ASKS))
    key, who = world.only.key, world.review.who_asks
    seen = {
        ProofKind.CALL_BACK: "soitin rekisterin numeroon",
        ProofKind.KNOWN_FACTS: "laskun summa ja tilausnumero",
        ProofKind.LOG_IN: "kirjautui tililleen",
    }
    for kind, words in seen.items():
        who.prove(key, kind, None, words)
        assert not world.answer(key)
    who.prove(key, ProofKind.STRONG, None, "Suomi.fi-tunnistus nähty")
    draft = world.review.outcomes.choose(key, (answered(world),))
    assert "protected_person" in {finding.code for finding in world.review.approval.findings(draft)}
    world.approve(draft)
    world.send()
    assert AINO in str(world.outgoing.mails[-1]["To"])


# -- the clock meanwhile --------------------------------------------------------------------------


def test_the_clock_runs_while_the_person_is_asked_and_ends_in_not_identified_in_time(tmp_path: Path) -> None:
    """Asked within the profile's days; the promise does not move; a proof shows a later day."""
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ASKS))
    key, due = world.only.key, world.only.requests[0].due

    def waited() -> waiting.Wait:
        sent, trail = world.store.drafts.with_deliveries(key), world.store.journal.events(key)
        return waiting.wait(world.case(key), sent, trail, world.profile, world.now.date())

    days = world.profile.identity.ask_within_working_days
    assert waited().ask_by == calendar_fi.add_working_days(world.only.received_on, days)
    world.send_all()
    assert waited().asked_on == world.now.date() <= waited().ask_by
    world.later(days=10)
    assert (world.only.requests[0].due, waited().fallback) == (due, None)
    world.review.who_asks.prove(key, ProofKind.CALL_BACK, None, "soitin rekisterin numeroon")
    fallback = waited().fallback
    assert fallback is not None
    assert (fallback.on, fallback.paused_days) == (due.promise + timedelta(days=10), 10)
    assert world.only.requests[0].due == due
    world.review.who_asks.doubt(key, "numero olikin väärä")
    world.later(days=16)
    world.work()
    [letter] = world.drafts(DraftStatus.PROPOSED)
    assert {request.outcome for request in world.only.requests} == {Outcome.NOT_IDENTIFIED}
    assert letter.created_at.date() < due.target


@pytest.mark.parametrize(
    "text",
    [
        "Hei, lähetämme tämän käyttäjämme Aino Esimerkin puolesta. Hän pyytää henkilötietojensa poistamista.",
        "Palvelumme lähettää pyynnön käyttäjämme puolesta: hän on valtuuttanut meidät pyytämään tietonsa poistamista.",
    ],
)
def test_whoever_writes_for_many_is_never_set_aside_unseen(tmp_path: Path, text: str) -> None:
    """Their turns of phrase are nobody's whom we have learned from: a person sees them, as a candidate at least."""
    world = World(tmp_path)
    world.arrive(world.mail(text, "pyynnot@portaali.example", name="Portaali"))
    assert {"portal", "representative"} <= set(world.only.flags)
    assert world.only.status is CaseStatus.CANDIDATE


@pytest.mark.parametrize(
    "text",
    [
        "Tilinumeroni on vaihtunut, uusi on FI21 1234 5600 0007 85. Pyydän oikaisemaan sen rekisteriinne.",
        "Muutin, ja osoitteeni on muuttunut: Uusikatu 3, 00100 Helsinki. Korjatkaa se rekisteriinne.",
    ],
)
def test_a_change_of_contact_details_in_the_register_is_seen_and_needs_the_old_channel(
    tmp_path: Path, text: str
) -> None:
    """However it is put: it is a candidate at least, and the authentic address alone does not do."""
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(text, subject="Tilinumero"))
    assert [request.kind for request in world.only.requests] == [RequestKind.RECTIFICATION]
    assert "contact_change" in world.only.flags
    assert world.only.identity_level < world.only.identity_required
