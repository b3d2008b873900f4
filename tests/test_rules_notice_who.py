"""Who answers for the data and whom to turn to, wherever a notice names them."""

from __future__ import annotations

import pytest

from inbox_agent.rules.notice.facts import Facts, Name
from inbox_agent.rules.notice.linter import lint
from inbox_agent.rules.notice.reader import facts, read


def reading(text: str) -> Facts:
    return facts(read(text))


def ways(text: str) -> tuple[object, object, object]:
    found = reading(text)
    return found[Name.CONTACT_NAME].value, found[Name.CONTACT_EMAIL].value, found[Name.CONTACT_PHONE].value


@pytest.mark.parametrize(
    "sentence",
    [
        "Tietosuoja-asioissa auttaa Aino Vesaranta, aino@sorvi.example, puh. 040 000 0002.",
        "Yhteyshenkilönä on toimistopäällikkö Aino Vesaranta\n(aino@sorvi.example, 040 000 0002).",
        "Frågor om personuppgifter besvaras av butiksföreståndare Aino Vesaranta, aino@sorvi.example, 040 000 0002.",
        "Please write to the address above or to our office coordinator, Aino Vesaranta, at aino@sorvi.example "
        "(tel. 040 000 0002).",
        "The person in charge is Aino Vesaranta (aino@sorvi.example, 040 000 0002).",
    ],
)
def test_the_mailbox_beside_the_persons_name_is_theirs_whichever_stands_before(sentence: str) -> None:
    """A general mailbox above keeps nobody from the one that is told with the contact person."""
    told = (
        "Tietosuojaseloste\n\nRekisterinpitäjä\nSorvi Oy\nKatutie 3, 00100 Helsinki\ninfo@sorvi.example, 09 000 0001\n"
    )

    assert ways(f"{told}{sentence}\n") == ("Aino Vesaranta", "aino@sorvi.example", "040 000 0002")


def test_a_mailbox_beside_another_person_is_not_the_contact_persons() -> None:
    told = (
        "Tietosuojaseloste\n\nRekisterinpitäjä\nSorvi Oy, info@sorvi.example, 09 000 0001\n"
        "Tietosuoja-asioissa auttaa Aino Vesaranta ja tietosuojavastaavana on Eero Kivi, dpo@sorvi.example.\n"
    )

    assert ways(told)[:2] == ("Aino Vesaranta", "info@sorvi.example")


LETTER = "Hyvä jäsen!\n\nTässä on yhdistyksen tietosuojaseloste. Rekisterinpitäjänä on Soutajat ry.\n\n"


@pytest.mark.parametrize(
    "closing",
    [
        "Ystävällisin terveisin\n\nAino Vesaranta\ntoiminnanjohtaja\naino@soutajat.example",
        "Allekirjoittanut vastaa näistä.\n\nTerveisin Aino Vesaranta, sihteeri",
        "Med vänliga hälsningar,\nAino Vesaranta\n040 000 0001",
        "Kind regards,\n\nAino Vesaranta, secretary, 040 000 0001",
    ],
)
def test_whoever_signs_a_letter_with_a_way_to_reach_them_is_its_contact(closing: str) -> None:
    assert reading(LETTER + closing)[Name.CONTACT_NAME].value == "Aino Vesaranta"


def test_a_signature_alone_makes_nobody_the_contact() -> None:
    """A managing director signs much that others answer for."""
    assert reading(f"{LETTER}Terveisin\n\nAino Vesaranta\ntoimitusjohtaja")[Name.CONTACT_NAME].value is None


def test_a_title_that_no_list_has_is_no_part_of_the_name() -> None:
    assert reading("Yhteyshenkilö\nMeklari Kaarlo Vasara\n")[Name.CONTACT_NAME].value == "Kaarlo Vasara"
    assert reading("Yhteyshenkilö\nAnna Kaarina Vasara\n")[Name.CONTACT_NAME].value == "Anna Kaarina Vasara"


@pytest.mark.parametrize("name", ["Vihannesveljet Osuuskunta", "Osuuskunta Vihannesveljet", "Nordkusten Andelslag"])
def test_a_cooperative_is_a_controller_and_nobodys_name(name: str) -> None:
    told = reading(f"Me\n\nPuotia pyörittää {name}, y-tunnus 9472053-4, Kuormakatu 8 C, 20320 Turku.\n")

    assert told[Name.CONTROLLERS].value == (name,)
    assert told[Name.CONTACT_NAME].value is None


def test_a_name_in_bold_with_its_business_id_behind_it_is_no_label() -> None:
    told = reading(
        "## Yhteisrekisterinpitäjät\n\n**Sorvi Oy** (Y-tunnus 9100017-9)\nKatutie 3, 00100 Helsinki\n\n"
        "**Kelmu Oy** (Y-tunnus 9472053-4)\nKatutie 3, 00100 Helsinki\n\nYhtiöt päättävät yhdessä tarkoituksista.\n"
    )

    assert told[Name.CONTROLLERS].value == ("Sorvi Oy", "Kelmu Oy")


@pytest.mark.parametrize(
    "heading", ["Mistä olemme sopineet keskenämme", "Yhtiöiden keskinäinen järjestely", "Vastuunjako"]
)
def test_what_joint_controllers_agreed_is_told_below_a_heading_that_says_so(heading: str) -> None:
    document = read(
        "Tietosuojaseloste\n\nYhteisrekisterinpitäjät\nSorvi Oy ja Kelmu Oy\n\nTietolähteet\nAsiakas.\n\n"
        f"{heading}\nSorvi Oy hoitaa kirjeet, Kelmu Oy muun.\n"
    )

    assert "joint_essence_missing" not in {finding.code for finding in lint(document, facts(document))}


@pytest.mark.parametrize("register", ["tulorekisteriin", "kaupparekisteriin"])
def test_a_public_register_is_not_the_controllers_own(register: str) -> None:
    assert reading(f"Sorvi Oy:n tietosuoja\n\nPalkkiot ilmoitamme {register}.\n")[Name.REGISTER_NAMES].value is None


def test_a_company_said_to_be_no_controller_is_none_and_no_name_begins_with_an_id() -> None:
    named = reading(
        "Yhteisrekisterinpitäjät\n\nKuorma Oy, Y-tunnus 9202740-2 Varasto Oy, Y-tunnus 9682419-3\n\n"
        "Yhtiöiden emoyhtiö on Kuormayhtymä Oyj, joka ei ole rekisterinpitäjä."
    )[Name.CONTROLLERS].value

    assert named == ("Kuorma Oy", "Varasto Oy")
