"""Each item of an answer says something that its reader could check, and a human being decides anew."""

from __future__ import annotations

import pytest

from tests.test_replies_fields import answer

ITEMS = {"item_empty", "item_unchecked"}
EMPTY = [
    ("fi", "purposes", "kuten selosteessa kerrotaan"),
    ("fi", "purposes", "se on meille hyödyllistä"),
    ("fi", "purposes", "eri tarpeet"),
    ("fi", "purposes", "yritystoiminta"),
    ("fi", "retention", "vaihtelee"),
    ("fi", "retention", "mahdollisimman lyhyen ajan"),
    ("fi", "retention", "liiketoiminnan tarpeiden mukaan"),
    ("fi", "recipients", "luotetut kumppanit"),
    ("fi", "recipients", "muutama yritys"),
    ("fi", "recipients", "perintäyhtiö"),
    ("fi", "recipients", "salassa pidettävä"),
    ("fi", "sources", "ostettu rekisteri"),
    ("fi", "sources", "yhteistyökumppani"),
    ("sv", "purposes", "framgår av integritetspolicyn"),
    ("sv", "retention", "varierar"),
    ("sv", "retention", "så kort tid som möjligt"),
    ("sv", "recipients", "betrodda partner"),
    ("sv", "recipients", "inkassobolaget"),
    ("sv", "sources", "köpt register"),
    ("en", "purposes", "as stated in the privacy notice"),
    ("en", "retention", "varies"),
    ("en", "retention", "as short a time as possible"),
    ("en", "recipients", "a few trusted partners"),
    ("en", "recipients", "a collection company"),
    ("en", "sources", "a purchased register"),
]


@pytest.mark.parametrize(("language", "item", "said"), EMPTY)
def test_words_that_say_nothing_are_no_item(language: str, item: str, said: str) -> None:
    """However they are joined (GDPR 12(1), 15(1))."""
    assert "item_empty" in answer(language, "access granted", **{item: said})


CHECKED = [
    ("fi", "purposes", "verkkokaupan ylläpito"),
    ("fi", "purposes", "palvelujen tuottaminen ja kehittäminen"),
    ("fi", "purposes", "asiakassuhteen hoito"),
    ("fi", "retention", "24 kuukautta"),
    ("fi", "retention", "asiakkuuden ajan ja kaksi vuotta sen jälkeen"),
    ("fi", "retention", "kunnes peruutatte uutiskirjeen"),
    ("fi", "retention", "jäsenyyden ajan"),
    ("fi", "recipients", "Posti ja Verohallinto"),
    ("fi", "recipients", "tietojanne ei ole luovutettu kenellekään"),
    ("fi", "recipients", "emoyhtiömme"),
    ("fi", "recipients", "perintätoimisto Saatava Oy"),
    ("fi", "sources", "te itse"),
    ("fi", "sources", "Väestörekisteri"),
    ("fi", "sources", "kaupparekisteri"),
    ("sv", "purposes", "kundservice och fakturering"),
    ("sv", "retention", "tills du säger upp medlemskapet"),
    ("sv", "retention", "ett år"),
    ("sv", "recipients", "uppgifterna har inte lämnats ut till någon"),
    ("sv", "recipients", "Posten och Skatteförvaltningen"),
    ("sv", "sources", "du själv"),
    ("en", "purposes", "invoicing and customer service"),
    ("en", "retention", "until you unsubscribe"),
    ("en", "retention", "as long as you have an account and one year after"),
    ("en", "recipients", "nobody"),
    ("en", "recipients", "Posti Ltd"),
    ("en", "sources", "you"),
]


@pytest.mark.parametrize(("language", "item", "said"), CHECKED)
def test_an_item_that_can_be_checked_is_asked_nothing(language: str, item: str, said: str) -> None:
    assert not answer(language, "access granted", **{item: said}) & ITEMS


@pytest.mark.parametrize(
    ("language", "item", "said"),
    [
        ("fi", "recipients", "isännöitsijä ja siivousliike"),
        ("fi", "retention", "tilikautemme mukaisesti"),
        ("sv", "recipients", "disponenten och städfirman"),
        ("sv", "retention", "enligt garantin"),
        ("en", "recipients", "the janitor and the cleaner"),
        ("en", "retention", "according to the warranty"),
    ],
)
def test_who_without_a_name_and_a_time_without_a_measure_are_answered_for(language: str, item: str, said: str) -> None:
    """They may be all there is (GDPR 15(1)(c)-(d))."""
    assert answer(language, "access granted", **{item: said}) & ITEMS == {"item_unchecked"}


NO_HUMAN = [
    ("fi", "Decision Engine"),
    ("fi", "riskimoottori Zeta"),
    ("fi", "järjestelmän toinen ajo"),
    ("fi", "automaatio"),
    ("fi", "Luottomalli Pro 3"),
    ("fi", "ei kukaan ihminen"),
    ("fi", "asiakaspalvelun harjoittelija, jolla ei ole oikeutta muuttaa päätöstä"),
    ("fi", "henkilöstöjärjestelmä"),
    ("fi", "asiakaspalvelijabotti"),
    ("fi", "kukaan muu kuin järjestelmä"),
    ("fi", "työntekijän hyväksymä järjestelmän tulos"),
    ("fi", "luottojohtaja ilman oikeutta muuttaa päätöstä"),
    ("sv", "personalsystemet"),
    ("sv", "ingen annan än systemet"),
    ("sv", "riskmotorn Zeta"),
    ("sv", "systemets andra körning"),
    ("sv", "ingen"),
    ("sv", "en handläggare som inte har rätt att ändra beslutet"),
    ("en", "Decision Engine"),
    ("en", "the second run of the system"),
    ("en", "the human resources software"),
    ("en", "our AI team's model"),
    ("en", "nobody but the system"),
    ("en", "nobody"),
    ("en", "a clerk who has no power to change the decision"),
]


@pytest.mark.parametrize(("language", "reviewer"), NO_HUMAN)
def test_a_machine_and_who_may_change_nothing_review_no_decision(language: str, reviewer: str) -> None:
    """The intervention is a human being's who may change it (GDPR 22(3))."""
    assert "reviewed_by_machine" in answer(language, "automated_decision granted", reviewer=reviewer)


HUMAN = [
    ("fi", "luottopäällikkö Robotti-tiimistä"),
    ("fi", "vuoropäällikkö"),
    ("fi", "toinen ihminen"),
    ("fi", "uusi ihminen"),
    ("fi", "HR-järjestelmän pääkäyttäjä"),
    ("fi", "järjestelmäasiantuntija Oras Malli"),
    ("fi", "asiakaspalvelun esihenkilö"),
    ("fi", "ohjelmapäällikkö"),
    ("fi", "toimitusjohtaja"),
    ("fi", "luottotyöryhmä"),
    ("fi", "henkilöstöjärjestelmän pääkäyttäjä"),
    ("sv", "personalchefen"),
    ("sv", "kreditchefen"),
    ("sv", "systemansvarig"),
    ("sv", "en annan människa"),
    ("sv", "programchefen"),
    ("en", "the credit manager"),
    ("en", "programme manager"),
    ("en", "a different human"),
    ("en", "the head of customer service"),
]


@pytest.mark.parametrize(("language", "reviewer"), HUMAN)
def test_a_human_being_with_a_task_is_asked_nothing(language: str, reviewer: str) -> None:
    found = answer(language, "automated_decision granted", reviewer=reviewer)
    assert not found & {"reviewed_by_machine", "reviewer_unclear"}


@pytest.mark.parametrize(
    ("language", "reviewer"),
    [
        ("fi", "kukaan muu kuin toimitusjohtaja"),
        ("sv", "ingen annan än kreditchefen"),
        ("en", "no one but the managing director"),
        ("en", "the software team"),
    ],
)
def test_nobody_but_a_human_being_is_no_machine(language: str, reviewer: str) -> None:
    assert "reviewed_by_machine" not in answer(language, "automated_decision granted", reviewer=reviewer)


@pytest.mark.parametrize(
    ("language", "reviewer"),
    [
        ("fi", "sama henkilö, joka sen alun perin teki"),
        ("fi", "asiakaspalvelu"),
        ("sv", "samma person som ursprungligen fattade det"),
        ("sv", "kundtjänsten"),
        ("en", "the same person who made it originally"),
        ("en", "customer service"),
    ],
)
def test_who_it_was_is_answered_for_where_words_do_not_tell(language: str, reviewer: str) -> None:
    found = answer(language, "automated_decision granted", reviewer=reviewer)
    assert found & {"reviewed_by_machine", "reviewer_unclear"} == {"reviewer_unclear"}


LOGIC = [
    ("fi", "emme voi kertoa mallin toimintaa", True),
    ("fi", "toimittaja ei ole kertonut sitä meille", True),
    ("fi", "monen tekijän summa", True),
    ("fi", "tekoäly harkitsi kokonaisuutta", True),
    ("fi", "osoite puuttui", False),
    ("fi", "hakija ei kertonut tulojaan", False),
    ("fi", "järjestelmä hylkäsi hakemuksen, koska maksuhäiriömerkintöjä oli kaksi", False),
    ("fi", "tulonne olivat alle 1 500 euroa kuukaudessa", False),
    ("sv", "vi kan inte berätta hur modellen fungerar", True),
    ("sv", "leverantören har inte berättat det", True),
    ("sv", "inkomsten var under 1 500 euro i månaden", False),
    ("sv", "adressen saknades", False),
    ("en", "we cannot disclose how the model works", True),
    ("en", "the vendor has not told us", True),
    ("en", "the income was below 1,500 euros a month", False),
    ("en", "the address was missing", False),
]


@pytest.mark.parametrize(("language", "logic", "wrong"), LOGIC)
def test_what_is_withheld_is_no_logic(language: str, logic: str, wrong: bool) -> None:
    """Its reader must be able to contest the decision (GDPR 22(3), C-203/22)."""
    assert ("item_empty" in answer(language, "automated_decision granted", logic=logic)) is wrong
