"""How much of access a mail asks for: narrowed only by words that say so, never for anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from inbox_agent.phrasing import explaining
from inbox_agent.rules.scope import logic, narrowed
from replies.choices import SCOPES
from state.model import DraftStatus, Letter, ProofKind
from tests.identity_world import ON_FILE, World

NARROW = [
    ("En tarvitse kopioita, haluan vain tietää, kenelle olette luovuttaneet tietojani.", "recipients"),
    ("Kenelle olette antaneet tietojani viimeisen vuoden aikana?", "recipients"),
    ("Till vilka företag har ni lämnat ut mina uppgifter?", "recipients"),
    ("I only want to know who has received my data.", "recipients"),
    ("Haluan tietää vain tietojeni käsittelystä: mihin käytätte niitä. Jäljennöstä en tarvitse.", "information"),
    ("Minulle riittää tieto siitä, käsittelettekö tietojani.", "information"),
    ("Mistä saitte numeroni ja mihin käytätte sitä?", "information"),
    ("Mitä tietoja teillä on minusta? Kopioita en tarvitse.", "information"),
    ("Jag behöver inga kopior, jag vill bara veta varför ni behandlar mina uppgifter.", "information"),
    ("I do not need a copy. Why do you process my details, and how long do you keep them?", "information"),
    ("Pyydän jäljennöksen 3.2. käydyn puhelun tallenteesta.", "certain"),
    ("Haluaisin vain vuoden 2024 laskut.", "certain"),
    ("Jag vill ha en kopia av inspelningen från den 3 februari.", "certain"),
    ("Please send me only the recording of our call on 3 February.", "certain"),
]

WHOLE = [
    "Pyydän saada tiedon siitä, mitä henkilötietoja teillä on minusta, ja jäljennöksen niistä.",
    "Haluan vain tietää, mitä kaikkea teillä on minusta.",
    "Haluan kopion kaikista tiedoistani ja tiedon siitä, kenelle niitä on luovutettu.",
    "Pyydän 15 artiklan mukaisesti tietoni. Kenelle olette luovuttaneet niitä?",
    "En tarvitse apua, haluan vain tietoni.",
    "Lähettäkää puhelun tallenne ja kertokaa, kenelle olette antaneet numeroni.",
    "Skicka en kopia av alla uppgifter ni har om mig. Till vem har ni lämnat dem?",
    "Send me a copy of all my data, including the recording of our call.",
    "Just send me everything you have on me.",
    "Mitä teillä on minusta?",
]


@pytest.mark.parametrize(("text", "scope"), NARROW)
def test_words_that_ask_for_less_are_heard_and_shown(text: str, scope: str) -> None:
    found = narrowed("Kysymys", text)
    assert found is not None
    assert (found.scope, found.phrase in " ".join(text.split())) == (scope, True)
    assert scope in SCOPES


@pytest.mark.parametrize("text", WHOLE)
def test_nothing_is_narrowed_for_whoever_may_ask_for_everything(text: str) -> None:
    """Access is all of article 15 unless its person says otherwise (EDPB Guidelines 01/2022, 35)."""
    assert narrowed("Tietopyyntö", text) is None


def test_a_long_mail_is_narrowed_only_by_words_that_say_so() -> None:
    """Among much else a question is hardly all that is asked."""
    question = "Kenelle olette antaneet osoitteeni? "
    assert narrowed("", question) is not None
    assert narrowed("", question + "Kirjoitan teille, koska asia on vaivannut minua. " * 8) is None


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        (
            "Pyydän saada tiedon siitä, käsittelettekö henkilötietojani ja mihin. Jäljennöstä en tarvitse.",
            "mutta ette pyydä niistä jäljennöstä",
            "ja saada niistä jäljennöksen",
        ),
        (
            "Henkilötietopyyntö: pyydän teiltä jäljennöksen 3.2. käydyn puhelun tallenteesta, joka koskee minua.",
            "haluatte saada ne henkilötietonne, jotka pyynnössä mainitsette",
            "jäljennö",
        ),
    ],
)
def test_no_letter_before_the_answer_speaks_of_a_copy_that_nobody_asked_for(
    tmp_path: Path, text: str, said: str, unsaid: str
) -> None:
    """What is written first says how the request was understood, and the form of the answer begins with it."""
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(text, subject="Kysymys"))
    [asked] = world.drafts(DraftStatus.PROPOSED)
    [opening] = world.store.mails.of_case(world.only.key)
    assert opening.analysis["scope"]["phrase"] in " ".join(explaining.why(opening.analysis))
    assert (said in asked.body, unsaid in asked.body) == (True, False)
    assert world.review.approval.findings(asked.key) == ()
    world.review.who_asks.prove(world.only.key, ProofKind.CALL_BACK, None, "soitin rekisterin numeroon")
    world.work()
    [receipt] = world.drafts(DraftStatus.PROPOSED)
    assert receipt.letter is Letter.ACKNOWLEDGEMENT
    assert (said in receipt.body, unsaid in receipt.body) == (True, False)
    [proposed] = world.review.outcomes.proposals(world.only.key).values()
    assert proposed["scope"] == receipt.facts["scope"]


def test_a_further_mail_that_asks_for_everything_takes_the_narrowing_back(tmp_path: Path) -> None:
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail("Kenelle olette luovuttaneet henkilötietojani?", subject="Kysymys"))
    [first] = world.drafts(DraftStatus.PROPOSED)
    assert first.facts["scope"] == "recipients"
    world.arrive(world.mail("Pyydän myös jäljennöksen kaikista minua koskevista tiedoista.", subject="Kysymys"))
    known = [facts for case in world.cases for facts in world.review.outcomes.proposals(case.key).values()]
    assert [facts.get("scope") for facts in known] in ([None], ["recipients", None])


ABOUT_MACHINES = [
    "Haluan tietoni. Kertokaa myös, tekeekö jokin kone minusta päätöksiä.",
    "Pyydän pääsyä tietoihini ja tiedon siitä, käytättekö automaattista päätöksentekoa tai profilointia.",
    "Lähettäkää tietoni ja kertokaa, miten luottopisteeni lasketaan.",
    "Jag vill ha mina uppgifter. Använder ni automatiserat beslutsfattande?",
    "Send me my data and tell me how my credit score is worked out.",
]


@pytest.mark.parametrize("text", ABOUT_MACHINES)
def test_who_asks_how_it_is_decided_about_them_is_heard(text: str) -> None:
    """Beside access it is information that the answer owes (GDPR 15(1)(h))."""
    assert logic("Tietopyyntö", text) in text
    assert logic("Tietopyyntö", text) != ""


@pytest.mark.parametrize(
    "text", ["Haluan nähdä tietoni.", "Miten voin muuttaa tilaustani?", "Poistakaa tietoni koneelta."]
)
def test_nobody_is_said_to_ask_about_machines_who_does_not(text: str) -> None:
    assert logic("Kysymys", text) == ""


def test_a_question_about_automatic_decisions_is_shown_and_not_taken_for_a_contest_alone(tmp_path: Path) -> None:
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ABOUT_MACHINES[0], subject="Tietopyyntö"))
    [opening] = world.store.mails.of_case(world.only.key)
    assert opening.analysis["logic"]["phrase"] in " ".join(explaining.why(opening.analysis))
    [asked] = world.drafts(DraftStatus.PROPOSED)
    assert "kysytte automaattisista päätöksistä tai pyydätte ihmistä käsittelemään sellaisen uudelleen" in asked.body
