"""Answers that a writer puts among our words, with no mark but a colour: a person sees them."""

from __future__ import annotations

import pytest

from inbox_agent.rules.context import reading
from inbox_agent.rules.parse import parse
from state.model import Verdict
from tests.test_rules_recognition_promises import classify

HEAD = {
    "fi": "Lähettäjä: Tuki <tuki@yritys.example>\nLähetetty: ma 2.11.2026 9.15\nVastaanottaja: Saimi\nAihe: Asiakkuus",
    "sv": "Från: Kundtjänst <k@yritys.example>\nSkickat: den 2 november 2026 09:15\nTill: Saimi\nÄmne: Kundskap",
    "en": "From: Service <s@yritys.example>\nSent: Monday, November 2, 2026 9:15 AM\nTo: Saimi\nSubject: Customer",
}
ASKED = {
    "fi": "Haluatko jatkaa uutiskirjeen tilaajana?\nEN HALUA, POISTAKAA KAIKKI TIETONI REKISTERISTÄNNE",
    "sv": "Vill du fortsätta prenumerera?\nNEJ, RADERA ALLA MINA PERSONUPPGIFTER UR ERT REGISTER",
    "en": "Would you like to go on with the newsletter?\nNO, PLEASE DELETE ALL MY PERSONAL DATA",
}
MET = {
    "fi": "Onko seuraava kokous teille sopiva?\nTiistai käy hyvin",
    "sv": "Passar nästa möte er?\nTisdag går bra",
    "en": "Does the next meeting suit you?\nTuesday is fine",
}
NOTES = [
    ("fi", "Hei, vastaukset alla punaisella."),
    ("fi", "Moi!\n\nKommentit tekstin seassa.\n\nSaimi"),
    ("fi", "Vastasin kysymyksiin väliin."),
    ("sv", "Hej! Mina svar finns i rött."),
    ("sv", "Svaren står i texten nedan."),
    ("en", "Hi, please see my answers below in red."),
    ("en", "Replies inline."),
]


@pytest.mark.parametrize(("language", "note"), NOTES)
def test_a_request_among_our_own_words_goes_to_a_person(language: str, note: str) -> None:
    """Where a note says that the answers stand below, what is quoted is read, and nobody but a person is sure of it."""
    found = classify(f"{note}\n\n{HEAD[language]}\n\n{ASKED[language]}\n", "VS: Asiakkuus")
    assert found.verdict is Verdict.UNSURE


@pytest.mark.parametrize(("language", "note"), NOTES)
def test_answers_about_another_matter_are_no_request(language: str, note: str) -> None:
    """The note alone asks for nothing."""
    found = classify(f"{note}\n\n{HEAD[language]}\n\n{MET[language]}\n", "VS: Kokous")
    assert found.verdict is Verdict.NOT_REQUEST


def test_without_such_a_note_what_we_wrote_is_not_theirs() -> None:
    """Our own words below a short answer are context, as before."""
    body = f"Kiitos, tiistai käy.\n\n{HEAD['fi']}\n\n{ASKED['fi']}\n"
    read = reading(parse(b"Content-Type: text/plain; charset=utf-8\n\n" + body.encode()))
    assert read.words == "Kiitos, tiistai käy."
    assert "POISTAKAA" in read.quoted
