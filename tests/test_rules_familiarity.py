"""Who is written to as "sinä": whoever says it themselves, where the notice does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from inbox_agent.rules.familiarity import says_sina, written_so
from state.model import Message


@pytest.mark.parametrize(
    "text",
    [
        "Moi, onko sulla mun tietoja?",
        "Voisitko poistaa tietoni?",
        "Hei, lähetätkö tietoni",
        "Poista mun tiedot kiitos",
        "Kerrotko, mistä sait numeroni.",
        "Älä lähetä enää mainoksia",
        "Hei, anna minulle tietoni.",
        "Anna tietoni.\nTerveisin, Anna Korhonen",
        "Missä sun 3 vuotta vanhat mainokset on? Sun pitäisi tietää.",
    ],
)
def test_the_second_person_singular_is_heard(text: str) -> None:
    assert says_sina(text)


@pytest.mark.parametrize(
    "text",
    [
        "Pyydän saada tutustua itseäni koskeviin tietoihin. Kunnioittavasti OTM Pekka Laki",
        "Mitä tietoja teillä on minusta?",
        "Poistakaa mut listoilta",
        "Lähettäisittekö Eetun tiedot.",
        "Tietojen poista-nappi ei toimi, ovatko tietoni teillä?",
        "Mitä tietoja teillä on?\n\nYstävällisin terveisin\nAnna Virtanen",
        "Pyydän tietoni. Terveisin, Anna Korhonen",
        "Pyydän tietoni.\nterveisin\nanna virtanen",
        "Pyydän tietoni.\nt. Anna\npuhelin 040",
        "Hei, Anna Virtanen täällä. Mitä tietoja teillä on?",
        "Kiitos.\n\nOn Sun, 29 Nov 2026 at 10.00 Firma wrote:",
        "Kiitos.\nDate: Sun Nov 29 2026",
    ],
)
def test_neither_the_plural_nor_nobody_addressed_is_the_singular(text: str) -> None:
    assert not says_sina(text)


def test_a_colleagues_note_is_not_the_persons_word() -> None:
    """Somebody passes a mail on with "hoidatko tämän": its writer has said nothing of the kind."""
    analysis: dict[str, object] = {"message": {"new_text": "Voisitko hoitaa tämän?"}}
    own, passed_on = (
        cast("Message", SimpleNamespace(analysis={**analysis, "forwarded": by})) for by in (None, {"by": "Inka"})
    )
    assert written_so([own])
    assert not written_so([passed_on])
