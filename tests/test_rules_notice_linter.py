"""The notice linter: every clause below the law is found, and a good notice is left in peace."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.phrasing.notice_advice import advice
from inbox_agent.rules.notice import rights
from inbox_agent.rules.notice.linter import Finding, examine, in_the_list, lint, questions, rules
from inbox_agent.rules.notice.reader import facts, read
from tests.notice_corpus import FOLDER, MEASURED, SETS, Labelled, codes, labelled

DEVELOP = [notice for which in SETS if which not in MEASURED for notice in labelled(which)]
IN_PROSE: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "clauses_in_prose.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", IN_PROSE)
def test_a_clause_is_found_in_prose_and_a_lawful_one_is_not_blamed(code: str) -> None:
    """First measured on 30.11.2026: 5 of 17 clauses found, 4 of 17 lawful ones blamed; the rules learned from it."""
    entry = IN_PROSE[code]
    heading = entry.get("heading", "Rekisteröidyn oikeudet")

    assert [each for each in entry["below"] if code not in found_or_asked(FRAME.format(heading, each))] == []
    assert [each for each in entry["lawful"] if code in found_or_asked(FRAME.format(heading, each))] == []


IN_TALK = [tomllib.loads((FOLDER / f"clauses_in_talk{lot}.toml").read_text(encoding="utf-8")) for lot in ("", "_again")]
TALKED = [
    pytest.param(code, clauses["frames"][language], entry, id=f"{code}-{language}-{lot}")
    for lot, clauses in enumerate(IN_TALK)
    for code, languages in clauses.items()
    if code != "frames"
    for language, entry in languages.items()
]


@pytest.mark.parametrize(("code", "frame", "entry"), TALKED)
def test_a_clause_is_heard_in_talk_without_headings(code: str, frame: str, entry: dict[str, list[str]]) -> None:
    """First measured on 30.11.2026: of the one lot 41 of 78 found, 8 of 76 lawful ones blamed; of the next, by rules
    that had learned from that, 7 of 40 found, 1 of 30 blamed. They learned from both.
    """
    assert [each for each in entry["below"] if code not in found_or_asked(f"{frame} {each}\n")] == []
    assert [each for each in entry["lawful"] if code in found_or_asked(f"{frame} {each}\n")] == []


LAWFUL: dict[str, list[str]] = tomllib.loads((FOLDER / "lawful_in_talk.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LAWFUL)
def test_lawful_talk_of_other_matters_is_not_blamed(language: str) -> None:
    frame = IN_TALK[0]["frames"][language]
    blamed = []
    for told in LAWFUL[language]:
        document = read(f"{frame} {told}\n")
        blamed += [(each.code, told) for each in examine(document, facts(document)) if told in (each.quote or "")]

    assert blamed == []


APART = labelled("apart")
CODES = [*(code for code in rules() if code != "rights_missing"), *(f"rights_missing:{right}" for right in rights.TOLD)]


def found(text: str) -> set[str]:
    document = read(text)
    return {finding.code for finding in lint(document, facts(document))}


def found_or_asked(text: str) -> set[str]:
    """Of a fragment everything is only asked: it is no whole notice that would have been understood."""
    document = read(text)
    return {finding.code for finding in examine(document, facts(document))}


@pytest.mark.parametrize("notice", DEVELOP, ids=lambda notice: notice.name)
def test_what_a_careful_reader_would_raise_is_found_and_nothing_else(notice: Labelled) -> None:
    found = codes(notice)

    assert notice.must - found == set()
    assert found - notice.must - notice.may == set()


def test_notices_that_no_rule_was_written_on_are_judged_too() -> None:
    """Of the notices kept apart nine findings of ten are made, and at most one alarm in twenty is false."""
    owed = sum(len(notice.must) for notice in APART)
    found = {notice.name: codes(notice) for notice in APART}
    missed = [code for notice in APART for code in notice.must - found[notice.name]]
    alarms = [code for notice in APART for code in found[notice.name] - notice.must - notice.may]

    assert len(missed) <= owed * 0.1
    assert len(alarms) <= owed * 0.05


@pytest.mark.parametrize("code", CODES)
def test_every_finding_has_its_advice_in_finnish(code: str) -> None:
    """What to write instead, what the assistant does meanwhile, and the source."""
    told = advice(code)

    assert told.write != code
    assert told.meanwhile
    assert "{" not in told.write + told.meanwhile
    assert rules()[code.partition(":")[0]].source
    assert not re.search(
        r"(?:^|[,;])\s*\(\d", rules()[code.partition(":")[0]].source
    )  # no paragraph without its article


@given(st.text())
def test_any_text_is_judged_without_complaint(text: str) -> None:
    assert found(text) <= set(CODES)


# A clause, and one like it that the law allows.
PAIRS = [
    ("repealed_law", "Rekisteriä pidetään henkilötietolain (523/1999) mukaan.", "Henkilötietolaki on kumottu."),
    ("once_a_year_fee", "Tiedot saa maksutta kerran vuodessa.", "Tiedot tarkistetaan kerran vuodessa."),
    ("signature_demanded", "Pyyntö on toimitettava allekirjoitettuna.", "Pyyntöä ei tarvitse allekirjoittaa."),
    (
        "written_form_demanded",
        "Pyyntö on tehtävä kirjallisesti.",
        "Pyyntö tehdään kirjallisesti esimerkiksi sähköpostilla.",
    ),
    (
        "in_person_only",
        "Tiedot voi tarkastaa henkilökohtaisesti toimistossa.",
        "Tiedot voi tarkastaa toimistossa henkilökohtaisesti tai saada suojatulla viestillä.",
    ),
    (
        "refusal_certificate",
        "Kieltäytymisestä annetaan kirjallinen todistus.",
        "Kieltäytymisestä annetaan kirjallinen vastaus.",
    ),
    (
        "identity_always",
        "Pyytäjän on aina todistettava henkilöllisyytensä.",
        "Tarvittaessa pyydämme todistamaan henkilöllisyyden.",
    ),
    (
        "must_specify_in_writing",
        "Voimme pyytää täsmentämään pyyntöä kirjallisesti.",
        "Voimme pyytää täsmentämään pyyntöä.",
    ),
    (
        "response_time_too_long",
        "Vastaamme pyyntöön 45 päivän kuluessa.",
        "Vastaamme pyyntöön kuukauden kuluessa; aikaa voidaan pidentää kahdella kuukaudella.",
    ),
    ("response_time_too_long", "Pyyntöön vastataan kahden kuukauden kuluessa.", "Pyyntöön vastataan 28 päivässä."),
    (
        "answer_by_plain_email",
        "Lähetämme kopion tiedoista sähköpostitse.",
        "Lähetämme kopion tiedoista salatulla sähköpostilla.",
    ),
    (
        "access_narrowed",
        "Rekisteröidyllä on oikeus tarkastaa vain nimensä ja osoitteensa.",
        "Rekisteröidyllä on oikeus tarkastaa tietonsa.",
    ),
    (
        "erasure_narrowed",
        "Asiakkaan tietoja ei voida poistaa.",
        "Tietoja ei voida poistaa, jos laki velvoittaa säilyttämään ne.",
    ),
    (
        "erasure_overpromised",
        "Poistamme pyynnöstä kaikki tietosi.",
        "Poistamme pyynnöstä kaikki tietosi, ellei laki vaadi säilyttämään niitä.",
    ),
    (
        "objection_narrowed",
        "Voit vastustaa käsittelyä, jos se on lainvastaista.",
        "Voit vastustaa käsittelyä, jos se perustuu oikeutettuun etuun.",
    ),
    (
        "portability_narrowed",
        "Saat tietosi koneluettavina, jos se on teknisesti mahdollista.",
        "Tiedot siirretään suoraan toiselle, jos se on teknisesti mahdollista.",
    ),
    (
        "marketing_as_restriction",
        "Voit pyytää rajoittamaan suoramarkkinointia.",
        "Voit kieltää suoramarkkinoinnin ja rajoittaa käsittelyä.",
    ),
]


@pytest.mark.parametrize(("code", "clause", "lawful"), PAIRS)
def test_a_clause_below_the_law_is_found_and_its_lawful_neighbour_is_not(code: str, clause: str, lawful: str) -> None:
    frame = "Rekisterinpitäjä\nKelmu Oy\n\nRekisteröidyn oikeudet\n\n{}\n"

    assert code in found(frame.format(clause))
    assert code not in found(frame.format(lawful))


CLAUSES: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "clauses.toml").read_text(encoding="utf-8"))
FRAME = "Rekisterinpitäjä\nKelmu Oy\n\n{}\n\n{}\n"


@pytest.mark.parametrize("code", CLAUSES)
def test_a_clause_is_found_however_it_is_worded_and_no_lawful_one_is(code: str) -> None:
    """First measured on 28.11.2026: 95 of 104 clauses found, 1 of 83 lawful ones blamed; the rules learned from it."""
    entry = CLAUSES[code]
    heading = entry.get("heading", "Rekisteröidyn oikeudet")

    assert [clause for clause in entry["below"] if code not in found(FRAME.format(heading, clause))] == []
    assert [clause for clause in entry["lawful"] if code in found(FRAME.format(heading, clause))] == []


WORDED: dict[str, dict[str, Any]] = tomllib.loads(
    (FOLDER / "clauses_in_three_languages.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("code", WORDED)
def test_a_clause_is_found_in_each_language(code: str) -> None:
    """First measured on 29.11.2026: 98 of 177 clauses found, 10 of 117 lawful ones blamed; it teaches since."""
    entry = WORDED[code]
    heading = entry.get("heading", "Rekisteröidyn oikeudet")

    assert [clause for clause in entry["below"] if code not in found(FRAME.format(heading, clause))] == []
    assert [clause for clause in entry["lawful"] if code in found(FRAME.format(heading, clause))] == []


WORDED_ANEW: dict[str, dict[str, Any]] = tomllib.loads(
    (FOLDER / "clauses_worded_anew.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("code", WORDED_ANEW)
def test_a_clause_worded_anew_is_found_or_asked_about_and_no_lawful_one_is(code: str) -> None:
    """First measured on 30.11.2026: 64 of 81 clauses found, 6 of 85 lawful ones blamed; the rules learned from it."""
    entry = WORDED_ANEW[code]
    heading = entry.get("heading", "Rekisteröidyn oikeudet")

    assert [each for each in entry["below"] if code not in found_or_asked(FRAME.format(heading, each))] == []
    assert [each for each in entry["lawful"] if code in found_or_asked(FRAME.format(heading, each))] == []


IN_CONTEXT: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "clauses_in_context.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", IN_CONTEXT)
def test_a_clause_is_judged_with_what_stands_beside_it(code: str) -> None:
    """In part written beside the rules that read them; the rest first measured on 30.11.2026: 26 of 37 clauses found, 3
    of 28 lawful ones blamed; the rules learned from it.
    """
    entry = IN_CONTEXT[code]
    heading = entry.get("heading", "Rekisteröidyn oikeudet")

    assert [each for each in entry.get("below", ()) if code not in found_or_asked(FRAME.format(heading, each))] == []
    assert [each for each in entry.get("lawful", ()) if code in found_or_asked(FRAME.format(heading, each))] == []


AT_THE_EDGE: dict[str, dict[str, Any]] = tomllib.loads(
    (FOLDER / "clauses_at_the_edge.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("code", AT_THE_EDGE)
def test_a_clause_is_told_from_a_lawful_one_close_by(code: str) -> None:
    """First measured on 30.11.2026: 29 of 32 clauses found, 2 of 41 lawful ones blamed; the rules learned from it."""
    entry = AT_THE_EDGE[code]
    heading = entry.get("heading", "Rekisteröidyn oikeudet")

    assert [each for each in entry.get("below", ()) if code not in found_or_asked(FRAME.format(heading, each))] == []
    assert [each for each in entry.get("lawful", ()) if code in found_or_asked(FRAME.format(heading, each))] == []


OTHER_MATTER: dict[str, dict[str, Any]] = tomllib.loads(
    (FOLDER / "clauses_of_another_matter.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("code", OTHER_MATTER)
def test_a_clause_is_told_from_one_of_another_matter(code: str) -> None:
    """First measured on 30.11.2026: 18 of 22 clauses found, 2 of 25 lawful ones blamed; the rules learned from it."""
    entry = OTHER_MATTER[code]
    heading = entry.get("heading", "Rekisteröidyn oikeudet")

    assert [each for each in entry["below"] if code not in found_or_asked(FRAME.format(heading, each))] == []
    assert [each for each in entry["lawful"] if code in found_or_asked(FRAME.format(heading, each))] == []


TAKING_AWAY: dict[str, dict[str, Any]] = tomllib.loads(
    (FOLDER / "clauses_that_take_away.toml").read_text(encoding="utf-8")
)
TAKING_MORE: dict[str, dict[str, Any]] = tomllib.loads(
    (FOLDER / "clauses_that_take_more.toml").read_text(encoding="utf-8")
)

TAKING_AGAIN: dict[str, dict[str, Any]] = tomllib.loads(
    (FOLDER / "clauses_that_take_again.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("clauses", [TAKING_AWAY, TAKING_MORE, TAKING_AGAIN], ids=["away", "more", "again"])
def test_a_clause_that_takes_away_a_right_is_found_by_what_it_speaks_of(clauses: dict[str, dict[str, Any]]) -> None:
    """First measured on 30.11.2026: of the one 2 of 40 clauses found, none of 60 lawful ones blamed; of the next, by
    rules that had learned from that, 17 of 40 found (4 before them), 1 of 57 blamed; of the last, by rules that had
    learned from both, 22 of 29 found, 3 of 33 blamed. They learned from all.
    """
    missed = [
        each
        for code, entry in clauses.items()
        for each in entry.get("below", ())
        if code not in found_or_asked(FRAME.format("Rekisteröidyn oikeudet", each))
    ]
    blamed = [
        each
        for entry in clauses.values()
        for each in entry["lawful"]
        if found_or_asked(FRAME.format("Rekisteröidyn oikeudet", each)) & set(clauses)
    ]

    assert missed == []
    assert blamed == []


KEEPING = [
    ("retention_missing", "", "Tiedot poistetaan vuoden kuluttua tilauksesta."),
    ("retention_vague", "Tietoja säilytetään niin kauan kuin on tarpeen.", "Säilytämme tiedot asiakassuhteen ajan."),
    (
        "retention_long",
        "Tiedot säilytetään 10 vuotta asiakkuuden päättymisestä.",
        "Kirjanpidot säilytetään kirjanpitolain mukaan 10 vuotta tilikauden päättymisestä.",
    ),
    (
        "retention_kpl_wrong",
        "Asiakastiedot säilytetään kirjanpitolain mukaan kuusi vuotta.",
        "Tositteet säilytetään kirjanpitolain mukaan kuusi vuotta.",
    ),
    (
        "retention_kpl_wrong",
        "Laskut säilytetään kirjanpitolain vaatimat 10 vuotta.",
        "Laskut säilytetään kirjanpitolain vaatimat 6 vuotta kalenterivuoden lopusta.",
    ),
]


@pytest.mark.parametrize(("code", "clause", "lawful"), KEEPING)
def test_periods_are_held_against_the_law(code: str, clause: str, lawful: str) -> None:
    frame = "Rekisterinpitäjä\nKelmu Oy\n\nSäilytysaika\n\n{}\n\nTietolähteet\n\nAsiakas\n"

    assert code in found_or_asked(frame.format(clause))
    assert code not in found_or_asked(frame.format(lawful))


def test_rights_told_in_plain_english_are_told() -> None:
    told = found(
        "Your rights\n\nYou have the right to access your data, to have it rectified or erased, "
        "to restrict or object to processing, and to data portability."
    )

    assert not {code for code in told if code.startswith("rights_missing")}


def test_days_within_which_data_goes_are_a_period() -> None:
    assert "retention_vague" not in found_or_asked(
        "Säilytysaika\n\nSäilytämme tilitiedot ja poistamme ne 90 päivän kuluessa tilin sulkemisesta."
    )


OTHER_MATTERS = [
    ("signature_demanded", "Oikeutesi\n\nVuokrasopimus on allekirjoitettava ennen avainten luovutusta."),
    (
        "signature_demanded",
        "Hyvä tietää\n\nAlennusta haetaan allekirjoitetulla hakemuksella; tietopyyntöä ei.",
    ),
    ("signature_demanded", "Your rights\n\nYou sign the lease at our desk, but a request may be made by phone."),
    ("in_person_only", "Löytötavarat\n\nEsineen luovutamme vain henkilökohtaisesti varikolla."),
    ("in_person_only", "Hittegods\n\nFöremål lämnas ut endast personligen på depån."),
    ("once_a_year_fee", "Hyvä tietää\n\nAsukas saa tuoda risuja maksutta kerran vuodessa."),
    ("written_form_demanded", "Peruutukset\n\nTilauksen peruutuspyyntö on tehtävä kirjallisesti."),
    ("refusal_certificate", "Kurssit\n\nOsallistuja saa kurssista kirjallisen todistuksen."),
    ("identity_always", "Noutaminen\n\nLääkkeen noutajan henkilöllisyys tarkistetaan aina."),
    ("repealed_law", "Seloste laadittiin vuonna 2011 henkilötietolain mukaan. Se on korvattu tällä."),
    ("old_authority_name", "Tietoja voidaan luovuttaa Kilpailu- ja kuluttajavirastolle."),
    ("special_category_basis_missing", "Tiedot\n\nOmistajan nimi; eläimen nimi ja diagnoosit."),
    ("retention_long", "How long\n\nBooks of account: ten years from the end of the financial year."),
]


@pytest.mark.parametrize(("code", "told"), OTHER_MATTERS)
def test_a_clause_about_another_matter_is_no_hurdle_to_a_request(code: str, told: str) -> None:
    assert code not in found(f"Rekisterinpitäjä\nKelmu Oy\n\n{told}\n")


def test_what_is_told_in_words_that_are_not_understood_is_asked_and_not_blamed() -> None:
    """A date that nothing calls the notice's own, an objection in a word of its own: they may be what is missing."""
    notice = next(each for each in labelled("develop") if each.name == "insurance_broker")
    dated = "Hallitus kokoontui 4.9.2025 ja puhui muustakin kuin siitä, mitä tässä lukee."
    document = read(notice.source.replace("Versio 3, 4.9.2025", dated))

    assert not lint(document, facts(document))
    assert [finding.code for finding in questions(document, facts(document))] == ["undated"]


def test_of_a_text_that_was_not_understood_nothing_is_said_to_be_missing() -> None:
    assert not found("Tervetuloa!\n\nKahvi maksaa kolme euroa ja pulla kaksi.\n")


NO_NOTICES = [
    "Toimitusehdot\n\nPeruutus\n\nPeruutus on tehtävä kirjallisesti ja allekirjoitettuna, vain henkilökohtaisesti "
    "myymälässä. Lue tietosuojaselosteemme.\n",
    "Terms of service\n\nRefunds\n\nRequests must be made in writing and signed. Read our privacy notice.\n",
    "Stadgar\n\nAnsökan ska göras skriftligen och undertecknas personligen på kontoret.\n",
]


@pytest.mark.parametrize("text", NO_NOTICES)
def test_what_is_no_privacy_notice_is_not_blamed(text: str) -> None:
    assert found(text) == set()


FALSE_ALARMS = [
    ("legal_basis_missing", "Oikeusperuste\n\nKäsittely perustuu yleistä etua koskevaan tehtävään."),
    ("legal_basis_missing", "Peruste\n\nKäsittely perustuu lakiin vapaasta sivistystyöstä (632/1998)."),
    ("rights_missing:access", "Dina rättigheter\n\nDu kan be om en kopia av dina uppgifter."),
    ("identity_always", "Oikeutesi\n\nPyytäjän henkilöllisyys tarkistetaan tarvittaessa."),
    ("recipients_unnamed", "Recipients\n\nWe share data with our accounting firm and the delivery company."),
    ("recipients_unnamed", "Kirjoitan muistiin nimesi ja numerosi enkä anna niitä kenellekään."),
    ("legal_basis_missing", "Käsittelemme tietoja tilausten toimittamiseksi (sopimus)."),
    ("legal_basis_missing", "We process your details on the lawful basis of our contract with you."),
    ("transfer_missing", "Mailchimp\n\nYour address is stored in the United States by Mailchimp."),
    ("controller_not_legal_person", "Kampaamo Hiuslaine on yhden naisen yritys."),
    ("response_time_too_long", "Your rights\n\nWe answer your request within one month."),
]


@pytest.mark.parametrize(("code", "told"), FALSE_ALARMS)
def test_what_is_told_in_other_words_raises_no_alarm(code: str, told: str) -> None:
    assert code not in found(told)


@pytest.mark.parametrize(
    ("days", "late"),
    [
        ("28 päivän", False),
        ("30 päivän", False),
        ("31 päivän", True),
        ("kuukauden (30 päivän)", False),
        ("20 arkipäivän", False),
        ("25 arkipäivän", True),
    ],
)
def test_more_days_than_a_month_has_are_too_many(days: str, late: bool) -> None:
    """Thirty days are what people call a month, though from 31 January they end after it (Regulation 1182/71)."""
    assert ("response_time_too_long" in found_or_asked(f"Rekisteröidyn oikeudet\n\nVastaamme {days} kuluessa.")) is late


def test_each_of_several_hurdles_in_one_sentence_is_found() -> None:
    told = found_or_asked(
        "Tarkastusoikeus\n\nPyyntö tehdään kirjallisesti ja allekirjoitettuna paikan päällä toimistossa."
    )

    assert {"signature_demanded", "written_form_demanded", "in_person_only"} <= told


def test_a_right_and_a_denial_told_in_english_are_told() -> None:
    told = found(
        "Privacy notice\n\nTransfers outside the EU/EEA\n\nNo data is transferred outside the EU or the EEA.\n\n"
        "Your rights\n\nYou may request access to or erasure of your data. We use Mailchimp."
    )

    assert not told & {"transfer_basis_missing", "transfer_missing", "rights_missing:access", "rights_missing:erasure"}


def test_a_year_without_a_number_is_a_period() -> None:
    assert "retention_missing" not in found_or_asked("Jäsentiedot poistetaan vuoden kuluttua eroamisesta.")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("placeholder_left", "Yhteyshenkilö\n\nTähän tarvittaessa henkilö, joka hoitaa rekisteriasiat."),
        ("placeholder_left", "Oikeusperuste\n\n– sopimus\n– laki (mikä)\n– julkisen tehtävän hoitaminen"),
        ("identity_always", "Tarkastusoikeus\n\nPyyntö tehdään kirjaamoon. Pyytäjän henkilöllisyys tarkistetaan."),
        ("written_form_demanded", "Your rights\n\nYour request must be made in writing."),
        ("identity_always", "Your rights\n\nYou must prove your identity with a copy of your passport."),
        ("once_a_year_fee", "Your rights\n\nThe first request each year is free of charge; later ones cost EUR 30."),
        ("written_form_demanded", "Dina rättigheter\n\nEn begäran ska alltid göras skriftligen."),
        (
            "portability_narrowed",
            "Your rights\n\nYou receive your data in a machine-readable form only if technically feasible.",
        ),
        ("once_a_year_fee", "Dina rättigheter\n\nInsynsrätten är avgiftsfri en gång om året."),
    ],
)
def test_what_forms_and_their_users_leave_is_found(code: str, told: str) -> None:
    assert code in found_or_asked(told)


def test_a_heading_that_asks_whether_one_is_content_tells_no_right_to_complain() -> None:
    """Only one that speaks of complaining, or of the authority, does."""
    assert "no_complaint_right" in found_or_asked("Entä jos en ole tyytyväinen?\n\nSoita meille, niin jutellaan.\n")
    assert "no_complaint_right" not in found("Valvontaviranomainen\n\nTietosuojavaltuutetun toimisto\n")


def test_where_the_ombudsman_is_found_does_not_widen_a_right_told_for_one_case() -> None:
    told = "Valittaminen\n\nJos kieltäydymme poistamasta tietojasi, voit valittaa tietosuojavaltuutetulle.\n"

    assert "complaint_narrowed" in found_or_asked(f"{told}Tietosuojavaltuutetun toimisto, PL 800, 00531 Helsinki\n")


ONE_WAY = [
    ("written_form_demanded", "Pyynnön voi lähettää tämän selosteen lopusta löytyvällä lomakkeella."),
    ("written_form_demanded", "Tietopyyntö on tehtävä yhtiön lomakkeella."),
    ("language_limited", "Tarkastuspyyntö tulee tehdä suomeksi tai englanniksi."),
    ("language_limited", "Requests must be made in English."),
    ("language_limited", "En begäran ska göras på finska."),
]
MANY_WAYS = [
    ("written_form_demanded", "Pyynnön voi lähettää sivuiltamme löytyvällä lomakkeella. Soittaakin voi."),
    ("written_form_demanded", "Lomake on sivuillamme, ja pyynnön voi tehdä sillä tai miten haluaa."),
    ("language_limited", "Palvelemme suomeksi ja englanniksi."),
    ("language_limited", "Pyyntö tulee tehdä suomeksi tai ruotsiksi."),
    ("language_limited", "Pyyntöä ei tarvitse tehdä vain suomeksi."),
]


@pytest.mark.parametrize(("code", "told"), ONE_WAY)
def test_an_own_form_or_language_that_must_be_used_is_found(code: str, told: str) -> None:
    """Seeds 002 and 003 (law.md f2): a form may be offered, and both national languages count (GDPR 12(2))."""
    assert code in found_or_asked(f"Rekisteröidyn oikeudet\n\nVoit tarkastaa tietosi. {told}")


@pytest.mark.parametrize(("code", "told"), MANY_WAYS)
def test_a_form_or_language_that_is_offered_is_not_blamed(code: str, told: str) -> None:
    assert code not in found_or_asked(f"Rekisteröidyn oikeudet\n\nVoit tarkastaa tietosi. {told}")


def test_the_sentence_that_leaves_no_choice_is_quoted_rather_than_the_one_that_offers_a_form() -> None:
    """Whoever mends the notice is shown what is to be mended: offering a form is lawful."""
    text = (
        "Rekisteröidyn oikeudet\n\nVoit tarkastaa tietosi. Pyynnön voi lähettää tämän selosteen lopusta löytyvällä "
        "lomakkeella. Kaikki tässä mainitut pyynnöt tulee toimittaa yllämainitulle yhteyshenkilölle."
    )
    document = read(text)
    [quote] = [one.quote for one in examine(document, facts(document)) if one.code == "written_form_demanded"]

    assert quote is not None
    assert quote.startswith("Kaikki tässä mainitut")


def test_the_right_to_obtain_information_is_the_right_of_access() -> None:
    """Many forms call it "tiedon saanti"."""
    assert "rights_missing:access" not in found_or_asked("Rekisteröidyn oikeudet\n\nTiedon saanti. Tiedon oikaisu.")


def test_recipients_named_within_a_paragraph_are_named() -> None:
    told = (
        "Tietosuojaseloste\n\nKuura Oy (1234567-1), info@kuura.example.\n\n"
        "Käsittelemme asiakkaiden nimiä sopimuksen täyttämiseksi. Tiedot saadaan asiakkaalta. "
        "Vastaanottajat: Posti Oyj. Säilytysaika on kaksi vuotta. Tietoja ei siirretä EU:n ulkopuolelle.\n"
    )
    assert "recipients_unnamed" not in found_or_asked(told)
    assert "recipients_unnamed" in found_or_asked(told.replace("Vastaanottajat: Posti Oyj. ", ""))


def test_an_officer_named_beside_the_contact_person_is_a_second_way_in() -> None:
    contact = "Rekisterinpitäjä: Kuura Oy\nYhteyshenkilö: Matti Mallinen, matti.mallinen@kuura.example\n"
    officer = "Tietosuojavastaava: Ella Esimerkki, ella.esimerkki@kuura.example\n"
    assert "single_contact" in found_or_asked(f"Tietosuojaseloste\n\n{contact}")
    assert "single_contact" not in found_or_asked(f"Tietosuojaseloste\n\n{contact}{officer}")


def test_whoever_rests_on_an_interest_is_told_that_one_objects_to_it() -> None:
    """Seed 002 lets a consent be withdrawn where a legitimate interest carries the processing (law.md f2)."""
    told = "Rekisteröidyllä on oikeutetun edun perusteella käsitellyistä tiedoista oikeus peruuttaa suostumuksensa."
    assert "legal_basis_wrong" in found_or_asked(f"Rekisteröidyn oikeudet\n\n{told}")
    assert "one objects" in advice("legal_basis_wrong").write


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_findings_of_one_listed_code_the_fault_goes_before_the_question(order: int) -> None:
    """What is certain is no question because something beside it is one."""
    asked, fault = Finding("identity_always", "a", "", asks=True), Finding("identity_code_demanded", "b", "")
    assert in_the_list([asked, fault][::order]) == (("identity_always", fault),)
