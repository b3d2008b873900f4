"""What of a notice becomes a profile's setting: who stands in, who is instructed, what is promised, what is not."""

from __future__ import annotations

import pytest

from inbox_agent.rules.notice.proposal import Setting, proposal
from inbox_agent.rules.notice.reader import facts, read


def proposed(text: str) -> dict[str, Setting]:
    document = read(text)
    return {one.key: one.value for one in proposal(document, facts(document))}


@pytest.mark.parametrize(
    "line",
    [
        "Aino Laine, aino.laine@kelmu.example. Varahenkilö: Eero Salo, eero.salo@kelmu.example",
        "Aino Laine, aino.laine@kelmu.example. Hänen poissa ollessaan Eero Salo, eero.salo@kelmu.example",
        "Varahenkilö Eero Salo, eero.salo@kelmu.example\nAino Laine, aino.laine@kelmu.example",
        "Aino Laine, aino.laine@kelmu.example\nEero Salo (sijainen), eero.salo@kelmu.example",
    ],
)
def test_who_stands_in_is_the_deputy_and_not_the_contact(line: str) -> None:
    told = proposed(f"Rekisterinpitäjä\nKelmu Oy\n\nYhteyshenkilö\n{line}\n")

    assert (told["name"], told["email"]) == ("Aino Laine", "aino.laine@kelmu.example")
    assert (told["deputy_name"], told["deputy_email"]) == ("Eero Salo", "eero.salo@kelmu.example")


def test_a_deputy_alone_makes_no_contact_person() -> None:
    told = proposed("Rekisterinpitäjä\nKelmu Oy\n\nYhteyshenkilö\ntietosuoja@kelmu.example (varahenkilö Eero Salo)\n")

    assert (told["name"], told["deputy_name"]) == (None, "Eero Salo")


@pytest.mark.parametrize("line", ["Aino Laine, myymäläpäällikkö", "Aino Laine. Kesällä puhelimeen vastaa Eero Salo."])
def test_a_name_without_that_role_is_no_deputy(line: str) -> None:
    assert "deputy_name" not in proposed(f"Rekisterinpitäjä\nKelmu Oy\n\nYhteyshenkilö\n{line}\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "Korjauksesta ilmoitamme myös sille koululle, josta tieto on peräisin.",
        "Kun oikaisemme tiedon, kerromme siitä taholle, jolta sen saimme.",
        "Om vi rättar en uppgift meddelar vi den från vilken vi fick den.",
        "When we correct data we also inform the party from whom we received it.",
    ],
)
def test_a_promise_to_tell_the_source_is_kept(sentence: str) -> None:
    assert proposed(f"Rekisteröidyn oikeudet\n\n{sentence}\n")["tell_source"] is True


@pytest.mark.parametrize(
    "sentence",
    [
        "Kerromme pyynnöstä, mistä tieto on saatu.",
        "Korjatusta tiedosta emme kerro sille, jolta se saatiin.",
        "Oikaisemme virheelliset tiedot, jotka olemme saaneet sinulta.",
    ],
)
def test_no_promise_to_tell_the_source_is_invented(sentence: str) -> None:
    assert "tell_source" not in proposed(f"Rekisteröidyn oikeudet\n\n{sentence}\n")


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Palkka Apu Oy (palkanlaskenta, käsittelijä), Verohallinto", ("Palkka Apu Oy",)),
        ("Henkilötietojen käsittelijöinä toimivat Palkka Apu Oy ja Pilvi Oy.", ("Palkka Apu Oy", "Pilvi Oy")),
        ("Our processors are Palkka Apu Oy and Pilvi Oy.", ("Palkka Apu Oy", "Pilvi Oy")),
        ("Vakuutus Oy (itsenäinen rekisterinpitäjä), Pilvi Oy (käsittelijä)", ("Pilvi Oy",)),
    ],
)
def test_who_is_said_to_be_instructed_is_a_processor(sentence: str, named: tuple[str, ...]) -> None:
    assert proposed(f"Rekisterinpitäjä\nKelmu Oy\n\nVastaanottajat\n\n{sentence}\n")["processors"] == named


@pytest.mark.parametrize(
    "sentence",
    ["Tietoja saavat Palkka Apu Oy ja Verohallinto.", "Palkka Apu Oy on itsenäinen rekisterinpitäjä, ei käsittelijä."],
)
def test_no_processor_is_invented(sentence: str) -> None:
    assert "processors" not in proposed(f"Rekisterinpitäjä\nKelmu Oy\n\nVastaanottajat\n\n{sentence}\n")


def test_what_takes_a_right_away_stands_in_no_letter() -> None:
    """A profile's purposes and retention are told in every answer to a request for access."""
    told = proposed(
        "Käsittelyn tarkoitus\n\nTilausten toimittaminen. Mainoksia ei voi kieltää tilauksen aikana.\n\n"
        "Säilytysaika\n\nTilaustiedot säilytetään kaksi vuotta. Tietojen poistuttua menetät oikeutesi.\n"
    )
    assert told["purposes"] == "Tilausten toimittaminen."
    assert told["retention"] == "Tilaustiedot säilytetään kaksi vuotta."


def test_where_data_comes_from_is_no_purpose() -> None:
    told = proposed("Käsittelyn tarkoitus\n\nMatkojen järjestäminen.\n\nTiedot saamme sinulta ja matkatoimistolta.\n")

    assert told["purposes"] == "Matkojen järjestäminen."
