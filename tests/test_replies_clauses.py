"""A denial exempts the clause that it stands in, and no other."""

from __future__ import annotations

import pytest

from inbox_agent.rules import extending
from replies.wording import forbidden

FEE, DAYS, BAN, STOPPED, LAW = "fee_unlawful", "thirty_days", "marketing_goes_on", "stopped_goes_on", "repealed_law"


def found(language: str, code: str, text: str) -> bool:
    [rule] = [one for one in forbidden(language) if one.code == code]
    return any(True for _ in rule.places(text))


SAID = [
    ("fi", DAYS, "Lähetämme jäljennöksen 30 päivän kuluessa.", True),
    ("fi", DAYS, "Poistamme tiedot 30 päivän kuluessa.", True),
    ("fi", DAYS, "Tiedot säilyvät järjestelmässä 30 päivää.", False),
    ("fi", DAYS, "Tiedot säilyvät ennallaan, ja lähetämme ne 30 päivän kuluessa.", True),
    ("sv", DAYS, "Vi skickar kopian inom 30 dagar.", True),
    ("sv", DAYS, "Vi raderar uppgifterna inom 30 dagar.", True),
    ("en", DAYS, "We send you the copy within 30 days.", True),
    ("en", DAYS, "We will erase the data in 30 days.", True),
    ("fi", FEE, "Emme veloita viestistä, jäljennöksestä veloitamme käsittelymaksun.", True),
    ("fi", FEE, "Emme peri maksua viestistä,\nmutta jäljennöksestä perimme 30 euroa.", True),
    ("fi", FEE, "Emme veloita jäljennöksestä käsittelymaksua.", False),
    ("sv", FEE, "Svaret kostar inget, för kopian tar vi ut en avgift.", True),
    ("sv", FEE, "Vi tar inte ut någon avgift.", False),
    ("en", FEE, "We do not charge a fee for the message, only for the copy we charge a fee.", True),
    ("en", FEE, "We never charge a fee for the first page; the copy costs money and a handling fee applies.", True),
    ("en", FEE, "As you asked, we do not charge a fee.", False),
    ("fi", FEE, "Emme peri maksua viestistä ja jäljennöksestä perimme 30 euroa.", True),
    ("fi", FEE, "Emme peri käsittelymaksua ja kopiointikuluja.", False),
    ("fi", FEE, "Emme peri maksua vastauksestamme ja palvelustamme.", False),
    ("sv", FEE, "Svaret kostar inget och för kopian debiterar vi en avgift.", True),
    ("sv", FEE, "Vi tar inte ut avgifter och kostnader.", False),
    ("en", FEE, "We do not charge a fee and the next copy costs 30 euros.", True),
    ("en", FEE, "There is no fee and no handling charge.", False),
    ("fi", BAN, "Emme enää soita ja lähetämme tarjouksia kirjeitse.", True),
    ("fi", BAN, "Emme enää soita ja lähetä teille tarjouksia.", False),
    ("sv", BAN, "Vi ringer inte mer och skickar nyhetsbrev per post.", True),
    ("en", BAN, "We will not call you and we will send you our newsletter.", True),
    ("fi", BAN, "Emme enää soita, mutta lähetämme tarjouksia postitse.", True),
    ("fi", BAN, "Lähetämme tarjouksia kirjeitse emmekä soita.", True),
    ("fi", BAN, "Säilytämme osoitteen, jotta emme lähetä tarjouksia.", False),
    ("sv", BAN, "Vi slutar ringa men skickar nyhetsbrev.", True),
    ("sv", BAN, "Vi skickar inte nyhetsbrev.", False),
    ("en", BAN, "We will stop calling you but keep sending our newsletter.", True),
    ("en", BAN, "We will not send you offers.", False),
    ("fi", STOPPED, "Jatkamme tietojenne käsittelyä, eikä se pääty.", True),
    ("fi", STOPPED, "Jatkamme muiden tietojenne käsittelyä.", False),
    ("sv", STOPPED, "Vi fortsätter behandlingen på andra grunder.", True),
    ("en", STOPPED, "We continue to process your data on other grounds.", True),
    ("en", STOPPED, "We do not continue to process your data.", False),
    ("fi", LAW, "Henkilötietolaki on kumottu,\nmutta vastaamme silti sen 26 §:n nojalla.", True),
    ("fi", LAW, "Henkilötietolaki ei ole kumottu vaan sen 26 § velvoittaa teitä.", True),
    ("fi", LAW, "Viittaamanne henkilötietolaki, jota ei enää ole, on kumottu.", False),
    ("sv", LAW, "Personuppgiftslagen är inte upphävd.", True),
    ("en", LAW, "The Personal Data Act has not been repealed.", True),
    ("en", LAW, "The Personal Data Act was repealed,\nbut we answer under it.", True),
]


@pytest.mark.parametrize(("language", "code", "text", "wrong"), SAID)
def test_what_another_clause_denies_is_said_all_the_same(language: str, code: str, text: str, wrong: bool) -> None:
    assert found(language, code, text) is wrong


REASONS = [
    ("fi", "Pyyntö koskee juhannusviikon tallenteita kolmesta toimipisteestä.", False),
    ("fi", "Aineistoa kertyi pääsiäisviikolta 900 sivua.", False),
    ("fi", "Pyyntö koskee entisen yhteyshenkilömme vaihdon jälkeisiä viestejä, 2 000 kappaletta.", False),
    ("en", "Here we are two controllers and there are 2 000 messages.", False),
    ("sv", "Här är det 2 000 meddelanden och vi är två personuppgiftsansvariga.", False),
    ("fi", "Vastaus viivästyy juhannusviikon takia.", True),
    ("fi", "Yhteyshenkilömme vaihtui.", True),
    ("en", "We are only two.", True),
    ("en", "We are two people in the office.", True),
    ("sv", "Vi är bara två personer.", True),
]


@pytest.mark.parametrize(("language", "explained", "wrong"), REASONS)
def test_a_feast_or_a_change_that_the_request_is_about_is_no_trouble_of_ours(
    language: str, explained: str, wrong: bool
) -> None:
    assert bool(extending.unlawful(explained, language)) is wrong
