"""No letter points at another person, by half a name or as whose they are to its reader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inbox_agent.rules.personal import half_names, whole_names
from replies.album import specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.lens import Around
from replies.linter import lint

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}


def edited(language: str, sentence: str) -> bool:
    """Whether the sentence, written into an answer, names somebody."""
    letter = ALBUM[language, "rectification granted"]
    body = f"{letter.text.body}\n{sentence}\n"
    around = Around(people=whole_names(body), half_names=half_names(body), composed=letter.text.body)
    return "person_named" in {one.code for one in lint(body, letter.text.subject, letter.context, around)}


def filled(language: str, title: str, **facts: str) -> bool:
    """Whether the facts of an answer name somebody."""
    context = ALBUM[language, title].context
    [part] = context.parts
    context = replace(context, parts=(replace(part, facts={**part.facts, **facts}),))
    text = compose(context)
    around = Around(people=whole_names(text.body), half_names=half_names(text.body))
    return "person_named" in {one.code for one in lint(text.body, text.subject, context, around)}


POINTING = {
    "fi": [
        "Tiedon antoi rouva Virtanen.",
        "Tiedon antoi P. Virtanen.",
        "Entinen puolisonne on asiakkaamme.",
        "Sisarenne Liisa on myös asiakkaamme.",
        "Äitinne soitti meille 3.3.2026.",
        "Naapurinne kertoi osoitteen.",
        "Esimiehenne ilmoitti poissaolonne.",
        "Saimme osoitteen äidiltänne.",
        "Miehenne mukaan osoite on vanha.",
        "Osoitteen vahvisti isännöitsijänne.",
        "Herra Korhonen allekirjoitti sopimuksen.",
        "Vuokranantajanne on kertonut muutosta.",
        "Vaimonne tilasi tuotteen.",
        "Rouva Virtanen soitti asiakaspalveluumme.",
        "Äitinne kertoi, että soittaa, jos osoite muuttuu.",
    ],
    "sv": [
        "Hr Andersson gav uppgiften.",
        "Din mor ringde oss.",
        "Uppgiften gavs av din granne.",
        "Din tidigare make är vår kund.",
        "B. Lindholm bekräftade adressen.",
        "Enligt din chef var du borta.",
    ],
    "en": [
        "Mr Smith told us so.",
        "Your mother called us.",
        "Your former husband is also our customer.",
        "The address was given to us by your neighbour.",
        "We heard it from your sister.",
        "J. Smith confirmed the address.",
        "According to your landlord, you have moved.",
    ],
}
NAMELESS = {
    "fi": [
        "Tiedon antoi asiakaspalvelijamme.",
        "Lähetimme jäljennöksen valtuutetulle puolisollenne.",
        "Lapsenne tiedot ovat liitteenä.",
        "Voitte pyytää myös puolisoanne lukemaan vastauksen.",
        "Naapurikiinteistön tietoja meillä ei ole.",
        "Osoitteen vahvisti Posti.",
        "Lasku on lähetetty työnantajallenne.",
        "Liite A. Jäljennös on liitteessä B. Sopimus on liitteessä C.",
        "Korjauksen vahvisti Aino Esimerkki.",
        "Rouva Esimerkki, kiitos viestistänne.",
        "Isännöintitoimisto ilmoitti uuden osoitteen.",
        "Toinen asiakas soitti samasta asiasta.",
        "Isänpäivän kampanjan viestit loppuivat.",
        "Rekisteröimme muutoksen 17.3.2026.",
        "Osoite on nyt Esimerkkikatu 2.",
        "Päätöksen teki ihminen.",
        "Tohtorikoulutuksen tiedot on oikaistu.",
        "Työterveyslääkärin lausuntoa meillä ei ole.",
        "Kerroimme muutoksesta Lähetti Vinha Oy:lle.",
        "Ystävällisin terveisin",
        "Jos lapsenne on asiakkaamme, pyyntö hänen tiedoistaan tehdään erikseen.",
        "Lääkärinne antoi lausunnon, jonka itse toimititte meille.",
        "Postin toimitti R. Posti.",
        "Jäljennöksen kokosi tietosuojavastaavamme M. Mallila.",
        "Asiakaspalvelustamme teitä auttaa rouva Virtanen.",
        "Tietosuojavastaavamme on Liisa Virtanen.",
    ],
    "sv": [
        "Uppgiften gavs av vår kundtjänst.",
        "Dina barns uppgifter finns i bilagan.",
        "Vi skickade kopian till din befullmäktigade make.",
        "Bilaga A. Kopian finns i bilaga B. Avtalet finns i bilaga C.",
        "En annan kund ringde om samma sak.",
        "Adressen bekräftades av posten.",
        "Du kan be din make läsa svaret.",
        "Grannfastighetens uppgifter har vi inte.",
        "Din arbetsgivare betalade fakturan.",
        "Vi berättade om ändringen för Lähetti Vinha Oy.",
        "Om din make är vår kund, gör han en egen begäran.",
        "Fru Andersson vid vår kundtjänst hjälper dig.",
        "Vårt dataskyddsombud är Anna Lindholm.",
    ],
    "en": [
        "The detail was given by our customer service.",
        "Your child's data is attached.",
        "We sent the copy to your authorised representative.",
        "Annex A. The copy is in Annex B. The contract is in Annex C.",
        "Another customer called about the same matter.",
        "You may ask your husband to read the answer.",
        "Your employer paid the invoice.",
        "We told Lähetti Vinha Oy of the change.",
        "The post confirmed the address.",
        "The decision was made by a human being.",
        "Mr Virtanen of our customer service will help you.",
        "Our data protection officer is Anna Lindholm.",
        "If your husband is our customer, he asks for his own data himself.",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_own_sentence_points_at_another_person(language: str) -> None:
    """Half a name, or whose they are, is as good as a whole one to its reader (GDPR 15(4), 5(1)(f))."""
    assert [said for said in POINTING[language] if not edited(language, said)] == []
    assert [said for said in NAMELESS[language] if edited(language, said)] == []


GIVEN = {
    "fi": (
        "rectification refused data_accurate",
        [
            "P. Virtanen vahvisti tiedon",
            "entinen miehenne vahvisti tiedon",
            "naapurinne kertoi toisin",
            "rouva Virtanen kertoi toisin",
        ],
        ["osoite on sama kuin 3.2.2026 tehdyssä sopimuksessa", "asiakaspalvelumme tarkisti tiedon 3.2.2026"],
    ),
    "sv": (
        "rectification refused data_accurate",
        ["hr Andersson bekräftade uppgiften", "din granne berättade något annat"],
        ["adressen är densamma som i avtalet 3.2.2026"],
    ),
    "en": (
        "rectification refused data_accurate",
        ["Mr Smith confirmed it", "your neighbour told us otherwise"],
        ["the address is the one in the contract of 3 February 2026"],
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reason_points_at_who_told(language: str) -> None:
    title, pointing, free = GIVEN[language]
    assert [said for said in pointing if not filled(language, title, explained=said)] == []
    assert [said for said in free if filled(language, title, explained=said)] == []


PROTECTED = {
    "fi": (
        [
            "rouva Virtasen viestit teistä",
            "entisen puolisonne viestit teistä",
            "Virtasen viestit teistä",
            "Pirkon kertomus",
            "naapurienne valitukset",
        ],
        [
            "toisen asiakkaan viestit samassa keskustelussa",
            "puhelutallenne, jolla puhuu myös toinen henkilö",
            "Teams-keskustelut, joissa on muita työntekijöitä",
            "Zef Oy:n kyselyn vastaukset",
            "Lahden toimipisteen viestit toisista asiakkaista",
            "esimiehenne viestit muista työntekijöistä",
        ],
    ),
    "sv": (
        ["fru Anderssons meddelanden om dig", "din tidigare makes meddelanden", "Lindholms meddelanden"],
        ["en annan kunds meddelanden i samma samtal", "inspelningen där också en annan person talar"],
    ),
    "en": (
        ["Mrs Smith's messages about you", "your former husband's messages"],
        ["another customer's messages in the same conversation", "the recording in which another person also speaks"],
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["left_out", "explained"])
def test_what_protects_somebody_does_not_tell_whom(language: str, name: str) -> None:
    """The letter never names the one whose rights it stands on, nor whose they are to its reader (GDPR 15(4))."""
    telling, free = PROTECTED[language]
    assert [said for said in telling if not filled(language, "access partly", **{name: said})] == []
    assert [said for said in free if filled(language, "access partly", **{name: said})] == []
