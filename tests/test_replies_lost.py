"""What an answer says of acts, days and data cannot be deleted unnoticed; said in other words it may be."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest

from replies import additions, catalogue, filters, lost, wording
from replies.album import specimens
from replies.choices import LANGUAGES
from replies.facts import FactKind
from replies.lens import Around, Lens
from replies.linter import lint
from replies.pairs import REFUSING
from replies.wording import Severity, sentences
from state.model import Letter

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}
MISSING = {"told_missing", "left_out_missing", "reason_missing"}


def errors(language: str, title: str, body: str) -> set[str]:
    one = ALBUM[language, title]
    found = lint(body, one.text.subject, one.context, Around(composed=one.text.body))
    return {each.code for each in found if each.severity is Severity.ERROR}


def missed(language: str, title: str, body: str) -> set[str]:
    """The codes of what the letter says no more."""
    one = ALBUM[language, title]
    read = Lens(body, one.context, Around(composed=one.text.body))
    return set(lost.codes(read, wording.required(language)["left_out_missing"], additions.added(read)))


def without(body: str, said: str) -> str:
    """The letter without every sentence that says this."""
    for text in [text for _, text in sentences(body) if said.casefold() in " ".join(text.split()).casefold()]:
        body = body.replace(text, "")
    return body


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_fact_of_a_letter_is_deleted_unnoticed(language: str) -> None:
    """Whatever a person's words, or a day that had to be named, stood for is missed with its sentence."""
    looked_at = 0
    for (spoken, title), one in ALBUM.items():
        if spoken != language:
            continue
        context = one.context
        given = [(catalogue.letter_facts(context.letter), context.facts)]
        if context.letter is Letter.OUTCOME:
            given = [(catalogue.facts_needed(part.kind, part.outcome), part.facts) for part in context.parts]  # type: ignore[arg-type]
        for facts, said in given:
            for fact in facts:
                value = fact.read(said) if fact.applies(said) else None
                bound = fact.required or fact.kind is FactKind.TEXT
                if value is None or not bound or fact.kind is FactKind.CHOICE or fact.source == "our choice":
                    continue
                words = filters.day(value, language) if isinstance(value, date) else filters.phrase(value)
                for line in words.split("; "):
                    if line in one.text.body:
                        looked_at += 1
                        assert missed(language, title, without(one.text.body, line)), (title, fact.name)
    assert looked_at > 150


@pytest.mark.parametrize(
    ("title", "begins", "code"),
    [
        ("objection refused compelling_grounds", "Emme lopeta", "left_out_missing"),
        ("consent_withdrawal refused wrong_basis", "Käsittely jatkuu, vaikka", "left_out_missing"),
        ("automated_decision refused needed_for_contract", "Voitte aina vaatia", "told_missing"),
        ("automated_decision granted", "Voitte yhä kertoa", "told_missing"),
        ("follow_up, stands", "Voitte myös viedä", "remedy_missing"),
    ],
)
def test_the_no_of_a_refusal_and_what_the_law_lets_its_reader_do_are_not_deleted(
    title: str, begins: str, code: str
) -> None:
    body = ALBUM["fi", title].text.body
    [told] = [line for line in body.splitlines() if line.startswith(begins)]
    assert code in errors("fi", title, body.replace(told, ""))


LAWFUL = [
    ("fi", "rectification granted", "Olemme oikaisseet", "Uusi osoite on nyt kaikissa järjestelmissämme."),
    ("fi", "rectification granted", "Olemme oikaisseet", "Osoite oikaistiin tänään niin kuin pyysitte."),
    ("fi", "erasure granted", "Tästä asiasta jää merkintä", "Säilytämme tämän kirjeenvaihdon 19.3.2029 asti."),
    ("fi", "restriction granted", "Olemme rajoittaneet", "Osoitettanne ei käytetä nyt mihinkään."),
    ("fi", "objection granted", "Olemme lopettaneet", "Asiakasanalyysi päättyi osaltanne tänään."),
    ("fi", "access granted", "- Käsittelyn tarkoitukset", "- Mihin käytämme tietojanne: tilausten toimittamiseen."),
    ("fi", "access granted", "- Säilytysaika", "- Tiedot säilytetään kolme vuotta viimeisestä tilauksesta."),
    ("fi", "access granted", "Tietojenne käsittelystä kerromme", ""),
    ("fi", "access granted", "Ystävällisin terveisin", "Terveisin"),
    ("fi", "access granted", "Jos teillä on kysyttävää", "Kysykää meiltä, jos jokin jäi epäselväksi: 040 000 0000."),
    ("fi", "access partly", "Voitte rajata pyyntönne toisin", ""),
    ("fi", "erasure refused open_invoice", "Teidän asiassanne", "Lasku 1042 erääntyi jo tammikuussa."),
    ("fi", "objection refused compelling_grounds", "Emme lopeta", "Käsittely, jota vastustatte, jatkuu."),
    ("fi", "portability granted", "Tiedot säilyvät myös meillä", ""),
    ("fi", "marketing_stopped", "Jo lähtenyt viesti", ""),
    ("fi", "acknowledgement", "Jos meidän on vielä varmistettava", ""),
    (
        "fi",
        "automated_decision granted",
        "Näin automaattinen",
        "Päätös syntyi pisteytyksestä: maksuhäiriö painoi eniten.",
    ),
    ("sv", "rectification granted", "Den 17.3.2026", "Din nya adress finns nu i alla våra system."),
    ("sv", "restriction granted", "Vi har begränsat", "Din adress används nu inte till någonting."),
    ("sv", "objection granted", "Den 17.3.2026", "Kundanalysen upphörde i dag för din del."),
    ("sv", "access granted", "Om behandlingen av dina", ""),
    ("sv", "access partly", "Du kan avgränsa", ""),
    ("sv", "portability granted", "Uppgifterna finns kvar", ""),
    ("sv", "marketing_stopped", "Ett meddelande som redan", ""),
    ("en", "rectification granted", "We corrected", "Your new address is now in all our systems."),
    ("en", "restriction granted", "We have restricted", "Your address is not used for anything now."),
    ("en", "objection granted", "On 17 March", "The customer analysis ended today as far as you are concerned."),
    ("en", "access granted", "About the processing", ""),
    ("en", "access partly", "You can narrow", ""),
    ("en", "portability granted", "We also keep", ""),
    ("en", "marketing_stopped", "A message that was", ""),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_in_other_words_or_owed_to_nobody_is_not_missed(language: str) -> None:
    """Nor is a courtesy, a heading, an offer; nor what stands elsewhere or on other lines."""
    for spoken, title, begins, instead in LAWFUL:
        if spoken == language:
            body = ALBUM[spoken, title].text.body
            told = [line for line in body.splitlines() if line.startswith(begins)]
            assert told, (title, begins)
            assert not MISSING & errors(spoken, title, body.replace(told[0], instead)), (title, begins)
    for (spoken, title), one in ALBUM.items():
        if spoken != language or one.context.letter is not Letter.OUTCOME:
            continue
        paragraphs = one.text.body.split("\n\n")
        wrapped = "\n\n".join(textwrap.fill(each, 60) if "\n" not in each else each for each in paragraphs)
        moved = "\n\n".join([paragraphs[0], *paragraphs[2:], paragraphs[1]])
        assert not missed(spoken, title, wrapped), title
        assert not missed(spoken, title, moved), title


def test_a_complaint_told_elsewhere_in_other_words_is_told() -> None:
    """A shorter one at the end says the same (GDPR 77); so does a provision that an own sentence cites."""
    body = ALBUM["fi", "erasure refused open_invoice"].text.body
    begins = body.index("Jos olette tyytymätön")
    kept = body[:begins] + body[body.index("Tietosuojavaltuutetun toimisto", begins) :]
    told = "Voitte kannella meistä tietosuojavaltuutetulle tai viedä asian käräjäoikeuteen."
    assert errors("fi", "erasure refused open_invoice", f"{kept}\n{told}\n") == set()
    assert "complaint_missing" in errors("fi", "erasure refused open_invoice", kept)

    body = ALBUM["fi", "portability partly"].text.body
    [offer] = [line for line in body.splitlines() if line.startswith("Voitte pyytää tiedoistanne")]
    moved = (
        f"{body.replace(offer, '')}\nJäljennöksen saatte pyytämällä (EU:n yleisen tietosuoja-asetuksen 15 artikla).\n"
    )
    assert not MISSING & errors("fi", "portability partly", moved)
    assert "told_missing" in errors("fi", "portability partly", body.replace(offer, ""))


def test_an_answer_without_any_refusal_has_no_no() -> None:
    """The sentences that begin like one stand in other letters, too."""
    one = ALBUM["fi", "access no_data"]
    assert not any(part.outcome in REFUSING for part in one.context.parts)
    body = "\n".join(line for line in one.text.body.splitlines() if not line.startswith("Emme löytäneet"))
    assert "left_out_missing" not in errors("fi", "access no_data", body)
