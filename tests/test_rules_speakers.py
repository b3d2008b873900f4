"""Who speaks for whom, in three languages; and what must not be taken for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inbox_agent.rules.corpus import parse_corpus
from inbox_agent.rules.quotes import split_quotes
from inbox_agent.rules.speakers import Circumstance, Heard, Role

CORPUS = Path(__file__).parent / "corpus" / "training"

SPOKEN = [
    ("Edustan Voitto Karppia, valtakirja liitteenä. Päämieheni pyytää tietojaan.", Role.LAWYER),
    ("Vi har fått fullmakt av vår huvudman, som begär sina uppgifter.", Role.LAWYER),
    ("I represent Mr Joseph Mensah, whose authority is annexed.", Role.LAWYER),
    ("Olen äitini Hilja Niskakankaan edunvalvoja ja pyydän hänen tietonsa.", Role.GUARDIAN),
    ("Jag är intressebevakare för Olga och begär hennes uppgifter.", Role.GUARDIAN),
    ("I was appointed guardian for Mrs Aune Kallio.", Role.GUARDIAN),
    ("Pyydän poikani Onnin tiedot kerhosta. Huoltajana haluan lukea kaiken, mitä hänestä on kirjattu.", Role.CUSTODIAN),
    ("Eetu Virta on 9-vuotias, ja olen hänen äitinsä. Lähettäisittekö Eetun tiedot.", Role.CUSTODIAN),
    ("Elsa är nio år och jag är hennes mor. Kan ni skicka Elsas uppgifter?", Role.CUSTODIAN),
    ("Elsa is nine and I am her mother. Would you send me Elsa's data?", Role.CUSTODIAN),
    ("Jag är Elis vårdnadshavare och vill ha hans uppgifter.", Role.CUSTODIAN),
    ("My son is in your kindergarten; as his father I want to read his file.", Role.CUSTODIAN),
    ("Vaimoni ei osaa suomea. Lähettäkää minulle hänen tietonsa.", Role.SPOUSE),
    ("My husband cannot write, so send me his data.", Role.SPOUSE),
    ("Isäni Arvi kuoli helmikuussa. Poistakaa hänen tietonsa.", Role.ESTATE),
    ("Vår far avled i december. För dödsboet.", Role.ESTATE),
    ("My father passed away in January; please delete his profile.", Role.ESTATE),
    ("We are writing on behalf of our user, who has authorised us as her authorised agent.", Role.PORTAL),
    ("Edustamme käyttäjäämme Saara Sola. Pyydämme poistamaan hänen tietonsa.", Role.PORTAL),
    ("Vi företräder vår användare Saara Sola, som vill bli raderad.", Role.PORTAL),
    ("Luottamusmiehenä ja Tarjan suostumuksella pyydän hänen huomautuksensa.", Role.WORKS_COUNCIL),
    ("Pyydän häntä koskevat tiedot valtakirjalla.", Role.AGENT),
    ("Lähettäkää minulle sekä omat tietoni että vaimoni tiedot, hän ei osaa suomea.", Role.SPOUSE),
    ("Send me my data and my husband's details too; he cannot write.", Role.SPOUSE),
]


@pytest.mark.parametrize(("text", "role"), SPOKEN)
def test_who_speaks_for_whom_is_recognised(text: str, role: Role) -> None:
    assert Heard(text).said().role is role


@pytest.mark.parametrize(
    "text",
    [
        "Pyydän saada tietää, mitä tietoja teillä on minusta.",
        "Otan yhteyttä lakimieheeni, jos ette vastaa.",
        "Vaimo sanoo, että teillä on meistä kaikenlaista. Näyttäkää minun tietoni.",
        "Jag vill ha mina uppgifter. Min fru hälsar.",
        "My sister told me about you. Please delete my account.",
        "Muutan tyttäreni naapuriin, uusi osoitteeni on Satakielenkuja 3.",
        "My partner and I joined your tour. I would like a copy of the personal data you have about me.",
        "Olin mieheni kanssa risteilyllänne. Pyydän kaikki henkilötietoni.",
        "Äitini suositteli teitä. Mitä tietoja teillä on minusta?",
        "Jag reste med min man. Jag begär ut mina personuppgifter.",
        "Min syster är kund hos er. Vilka uppgifter har ni om mig?",
        "Veljeni sanoo, että olette pyytäneet häneltä minun yhteystietojani. Onko teillä minusta jotakin?",
    ],
)
def test_who_writes_for_themselves_is_asked_for_no_authority(text: str) -> None:
    assert Heard(text).said().role is None


@pytest.mark.parametrize(
    ("text", "circumstance"),
    [
        ("Minulla on turvakielto, joten varovasti.", Circumstance.PROTECTED),
        ("Jag har spärrmarkering.", Circumstance.PROTECTED),
        ("Ex-mieheni yrittää saada osoitteeni.", Circumstance.DISPUTE),
        ("Osoitteeni on muuttunut, korjatkaa se.", Circumstance.CONTACT_CHANGE),
        ("Uusi tilinumeroni on FI21 1234 5600 0007 85.", Circumstance.CONTACT_CHANGE),
        ("Sukunimeni on kirjoitettu väärin, korjatkaa.", Circumstance.SPELLING),
        ("Vastatkaa osoitteeseen toinen@muualla.example", Circumstance.ANSWER_ELSEWHERE),
        ("Please send the answer to other@elsewhere.example", Circumstance.ANSWER_ELSEWHERE),
        ("Olen vanha työntekijänne ja haluan tietoni.", Circumstance.EMPLOYMENT),
        ("Olin teillä kesätöissä 2019. Pyydän tietoni.", Circumstance.EMPLOYMENT),
        ("Hain teille töihin keväällä ja haluan arvioinnit.", Circumstance.EMPLOYMENT),
        ("Jag jobbade hos er i fjol och vill ha mina uppgifter.", Circumstance.EMPLOYMENT),
        ("I used to work for you and want a copy.", Circumstance.EMPLOYMENT),
        ("Olen 14-vuotias ja haluan tietoni. Äiti ei saa tietää.", Circumstance.MINOR),
        ("Jag är 14 år och vill ha mina uppgifter.", Circumstance.MINOR),
        ("I am 14 years old and want my data.", Circumstance.MINOR),
    ],
)
def test_circumstances_are_recognised(text: str, circumstance: Circumstance) -> None:
    assert circumstance in Heard(text, "aino@posti.example").said().circumstances


@pytest.mark.parametrize(
    "text",
    [
        "Työntekijänne lupasi lähettää tietoni.",
        "Olen ollut asiakkaanne 14 vuotta ja haluan tietoni.",
        "Olen 14 v ollut asiakas.",
        "Yksi työntekijöistänne soitti minulle töihin.",
        "Jag har varit kund i 14 år.",
        "I have been a customer for 14 years and talked to your employee.",
        "Tilaus 14 ei tullut, äiti ei saanut viestiä.",
    ],
)
def test_a_customer_is_neither_staff_nor_a_child(text: str) -> None:
    assert {Circumstance.EMPLOYMENT, Circumstance.MINOR}.isdisjoint(Heard(text).said().circumstances)


def test_to_be_answered_at_the_own_address_is_nothing_odd() -> None:
    said = Heard("Vastatkaa osoitteeseen Aino@posti.example.", "aino@posti.example").said()
    assert said.circumstances == ()


def test_most_of_the_training_mails_that_speak_for_others_are_found_and_few_others_taken_for_them() -> None:
    """Measured on the invented mails that teach the recogniser: three quarters found, one in thirty others taken."""
    speaks = re.compile(r"\b(representative|guardian|estate|portal|union)\b")
    tells = re.compile(r"\b(parent|spouse|third_person|deceased|lawyer|representative|guardian|estate|portal|union)\b")
    found, missed, others, taken = 0, 0, 0, 0
    for path in sorted(CORPUS.glob("*.txt")):
        for mail in parse_corpus(path.read_text(encoding="utf-8")):
            traits, verdict = " ".join(mail.traits), str(mail.verdict)
            text = f"{mail.subject}\n{split_quotes(mail.body).own}"
            if verdict == "not_request":
                continue
            role = Heard(text).said().role
            if speaks.search(traits):
                found, missed = found + bool(role), missed + (not role)
            elif not tells.search(traits):
                others, taken = others + 1, taken + bool(role)
    assert found / (found + missed) >= 0.75
    assert taken / others <= 0.03


@pytest.mark.parametrize("text", ["a" * 20_000, "aa " * 6000, "osoitteeseen " * 1500, "@" * 20_000, "\n" * 20_000])
def test_long_texts_cost_no_more_than_their_length(text: str) -> None:
    assert Heard(text).said().role is None


@pytest.mark.parametrize(
    "text",
    [
        "Nimeni on kirjoitettu väärin: oikea on Väinö eikä Vaino.",
        "Korjatkaa sukunimeni oikeaan muotoon.",
        "Mitt efternamn är felstavat, det ska vara Åström.",
        "My surname is misspelt, please put it right.",
    ],
)
def test_the_spelling_of_a_name_alone_is_recognised(text: str) -> None:
    assert Circumstance.SPELLING in Heard(text).said().circumstances


@pytest.mark.parametrize(
    "text",
    [
        "Nimeni on kirjoitettu väärin. Myös syntymäaikani on väärä.",
        "Korjatkaa sukunimeni ja laskutukseni tiedot.",
        "Nimessäni on kirjoitusvirhe, ja potilastiedoissa lukee väärä diagnoosi.",
        "Korjatkaa nimeni: minut on sekoitettu toiseen asiakkaaseen, muutkin tiedot ovat väärin.",
        "Mitt efternamn är felstavat, och födelsedatumet är också fel.",
        "My surname is misspelt and my date of birth is wrong.",
        "Please correct my name and the invoice.",
    ],
)
def test_what_else_is_to_be_corrected_does_not_ride_on_the_spelling_of_a_name(text: str) -> None:
    """A name's spelling asks for less proof: nobody is taken over by it; by the rest somebody might be."""
    assert Circumstance.SPELLING not in Heard(text).said().circumstances


@pytest.mark.parametrize(
    "text",
    [
        "Tilinumeroni on väärin. Korjatkaa se.",
        "Sähköpostiosoitteeni on vanhentunut.",
        "Mitt kontonummer har ändrats, rätta det.",
        "My e-mail address has changed, please write the new one down.",
        "My account number is wrong.",
    ],
)
def test_a_change_of_contact_details_is_recognised_however_it_is_told(text: str) -> None:
    """It is verified over the old channel: whoever takes over the address takes over the person."""
    assert Circumstance.CONTACT_CHANGE in Heard(text).said().circumstances
