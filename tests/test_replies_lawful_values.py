"""A lawful value meets no error in the answer that it is a fact of, whatever true words its writer chose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.album import specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.lens import Around
from replies.linter import lint
from replies.template_words import template_words
from replies.wording import Severity

ALBUM = {(language, found.title): found.context for language in LANGUAGES for found in specimens(language, "te")}
ACCESS, ERASED, WITHDRAWN = "access granted", "erasure granted", "consent_withdrawal granted"
VOUCHERS = "erasure refused accounting_law"
YEARS = {"newest_on": "2025-11-20", "oldest_on": "2022-03-01", "kept_until": "2031-12-31", "oldest_until": "2028-12-31"}


def errors(language: str, title: str, **facts: str) -> set[str]:
    """The codes of the errors in an answer of the album whose only part has these facts."""
    context = next(one for (spoken, name), one in ALBUM.items() if spoken == language and name.startswith(title))
    [part] = context.parts
    context = replace(context, parts=(replace(part, facts={**part.facts, **facts}),))
    text = compose(context)
    around = Around(template=template_words(context, text.body, context.today), composed=text.body)
    return {one.code for one in lint(text.body, text.subject, context, around) if one.severity is Severity.ERROR}


GOES_ON = [
    ("fi", "uutiskirjeen lähettäminen; tilausvahvistukset jatkuvat, koska ne perustuvat sopimukseen"),
    ("fi", "uutiskirje, mutta laskut tulevat, koska kirjanpitolaki edellyttää ne"),
    ("fi", "kuvanne käyttö; asiakkuuden hoito jatkuu, koska se perustuu sopimukseen"),
    ("fi", "tarjousten lähettäminen; takuuseen liittyvät viestit tulevat edelleen, sillä takuu on voimassa"),
    ("sv", "utskicket av nyhetsbrevet; orderbekräftelser fortsätter eftersom de grundar sig på avtalet"),
    ("sv", "användningen av din bild; faktureringen fortsätter eftersom bokföringslagen kräver den"),
    ("sv", "nyhetsbrevet, men orderbekräftelserna fortsätter eftersom de hör till beställningen"),
    ("en", "the newsletter; order confirmations continue because they rest on the contract"),
    ("en", "the use of your picture; invoicing goes on because the law requires it"),
    ("en", "the newsletter, but delivery notices continue as they belong to the order"),
]


@pytest.mark.parametrize(("language", "stopped"), GOES_ON)
def test_what_rests_on_something_else_may_be_said_to_go_on(language: str, stopped: str) -> None:
    """A consent that is withdrawn ends what rested on it, and that only (GDPR 7(3))."""
    assert errors(language, WITHDRAWN, stopped=stopped) == set()


@pytest.mark.parametrize(
    ("language", "stopped"),
    [
        ("fi", "uutiskirje; tarjoukset jatkuvat, koska ne perustuvat sopimukseen"),
        ("fi", "uutiskirje; profilointi jatkuu, koska se perustuu sopimukseen"),
        ("fi", "uutiskirje; viestit jatkuvat, koska ne ovat meille tärkeitä"),
        ("fi", "uutiskirje; kaikki jatkuu"),
        ("sv", "nyhetsbrevet; erbjudandena fortsätter eftersom de grundar sig på avtalet"),
        ("sv", "nyhetsbrevet; utskicken fortsätter eftersom vi vill det"),
        ("en", "the newsletter; offers continue because they rest on the contract"),
        ("en", "the newsletter; messages continue because we like them"),
    ],
)
def test_what_was_to_end_does_not_go_on_under_another_name(language: str, stopped: str) -> None:
    assert "nothing_done" in errors(language, WITHDRAWN, stopped=stopped)


TO_NOBODY = [
    ("fi", "ei ketään; tietoja ei ole luovutettu"),
    ("sv", "inga; uppgifterna har inte lämnats ut"),
    ("sv", "ingen; vi har inte lämnat ut uppgifterna"),
    ("sv", "bokföringsbyrån Siffra Ab; meddelandena har inte lämnats ut"),
    ("en", "none; the data has not been disclosed"),
    ("en", "nobody; the messages were not given to anyone"),
    ("en", "the accountants Figures Ltd; the recording has not been provided"),
]


@pytest.mark.parametrize(("language", "recipients"), TO_NOBODY)
def test_what_nobody_received_is_not_left_out_of_the_copy(language: str, recipients: str) -> None:
    """The line of the recipients tells of them, not of what the reader gets (GDPR 15(1)(c))."""
    assert errors(language, ACCESS, recipients=recipients) == set()


@pytest.mark.parametrize(
    ("language", "fact", "said"),
    [
        ("sv", "recipients", "inga; inspelningen har utelämnats ur kopian"),
        ("sv", "retention", "två år; inspelningen har inte lämnats ut"),
        ("en", "recipients", "none; the recording was left out of the copy"),
        ("en", "retention", "two years; the recording has not been disclosed"),
    ],
)
def test_what_is_left_out_of_the_copy_is_found_in_any_line(language: str, fact: str, said: str) -> None:
    assert "left_out_of_granted" in errors(language, ACCESS, **{fact: said})


DONE = [
    ("fi", "asiakaskortti ja tilinne, joka suljettiin samalla"),
    ("fi", "verkkokaupan tili, joka ensin suljettiin, ja tilaushistoria"),
    ("fi", "suurin osa viesteistä jo 2.3.2026 ja loput 9.3.2026"),
    ("fi", "käyttäjätunnukset, jotka suljettiin 9.3.2026"),
    ("fi", "tili, joka oli lukittu jo vuonna 2024, ja sen viestit"),
    ("fi", "piilotetut kommentit ja arkistoidut tilaukset"),
    ("fi", "kaikki viestit, myös piilotetut"),
    ("fi", "suljettu tili ja sen muistiinpanot"),
    ("fi", "lukitut asiakirjat ja suljetut keskustelut"),
    ("sv", "kontona, som stängdes den 9.3.2026"),
    ("sv", "kontot, som redan hade låsts, och meddelandena"),
    ("sv", "dolda kommentarer och arkiverade beställningar"),
    ("sv", "alla meddelanden, också de dolda meddelandena"),
    ("sv", "det stängda kontot och dess anteckningar"),
    ("en", "the accounts that were closed on 9 March 2026"),
    ("en", "the account, which had already been locked, and the messages"),
    ("en", "hidden comments and archived orders"),
    ("en", "all messages, the hidden ones too"),
    ("en", "the closed account and its archived orders"),
    ("fi", "useimmat muistiinpanot 2.3.2026 sekä muut vasta 9.3.2026"),
    ("sv", "kundkortet och ditt konto, som samtidigt stängdes"),
    ("sv", "ditt konto, som stängdes samma dag, och meddelandena"),
    ("sv", "de flesta meddelandena den 2.3.2026 och resten den 9.3.2026"),
    ("en", "the card and your account, which was closed at the same time"),
    ("en", "your account, which was first closed, and the messages"),
    ("en", "most of the messages on 2 March 2026 and the rest on 9 March 2026"),
]


@pytest.mark.parametrize(("language", "erased"), DONE)
def test_what_was_erased_in_two_goes_or_closed_first_is_erased(language: str, erased: str) -> None:
    assert errors(language, ERASED, erased=erased) == set()


@pytest.mark.parametrize(
    ("language", "erased"),
    [
        ("fi", "asiakaskortti, joka siirrettiin arkistoon"),
        ("fi", "viestit on piilotettu"),
        ("fi", "kommentit piilotettu"),
        ("fi", "tilinne suljettiin 9.3.2026"),
        ("sv", "meddelandena är nu dolda"),
        ("sv", "kommentarerna har bara dolts"),
        ("sv", "kontot stängdes den 9.3.2026"),
        ("en", "the comments are hidden"),
        ("en", "your messages, now only hidden"),
        ("en", "the account was closed on 9 March 2026"),
        ("fi", "tili suljettiin"),
        ("fi", "suurin osa viesteistä 2.3.2026 ja loput 9.9.2026"),
        ("fi", "suurin osa viesteistä ja loput arkistoitiin 9.3.2026"),
        ("sv", "kontot stängdes"),
        ("sv", "de flesta meddelandena den 2.3.2026 och resten den 9.9.2026"),
        ("en", "the account was closed"),
        ("en", "most of the messages on 2 March 2026 and the rest on 9 September 2026"),
    ],
)
def test_what_was_only_closed_or_is_still_to_go_is_not_erased(language: str, erased: str) -> None:
    assert "nothing_done" in errors(language, ERASED, erased=erased)


ALL_OF_A_THING = [
    ("sv", "alla dina beställningar"),
    ("sv", "kontot och alla meddelanden"),
    ("sv", "samtliga bokningar"),
    ("en", "your account and all your orders"),
    ("en", "your account, all your course bookings and the notes of your coach"),
    ("en", "all the messages and the card"),
    ("en", "all your data except the suppression entry"),
    ("sv", "alla uppgifter om dig utom anteckningen på spärrlistan"),
    ("fi", "kaikki tietonne lukuun ottamatta kieltolistan merkintää"),
    ("fi", "kaikki tilaukset ja viestit"),
    ("fi", "asiakaskortti ja kaikki sen tiedot"),
    ("fi", "kaikki kurssivaraukset"),
    ("en", "the card and all photos"),
]


@pytest.mark.parametrize(("language", "erased"), ALL_OF_A_THING)
def test_all_of_one_thing_is_not_all(language: str, erased: str) -> None:
    """Beside the entry that a ban needs (GDPR 21(3)) all orders may well be erased."""
    assert errors(language, ERASED, erased=erased, suppression="kept") == set()


@pytest.mark.parametrize(
    ("language", "erased"),
    [
        ("fi", "kaikki teitä koskevat tiedot"),
        ("fi", "kaikki tietonne"),
        ("fi", "aivan kaikki, mitä meillä oli teistä"),
        ("sv", "alla dina uppgifter"),
        ("sv", "alla uppgifter om dig"),
        ("sv", "allt"),
        ("en", "all your data"),
        ("en", "all the personal data"),
        ("en", "everything"),
    ],
)
def test_all_data_is_not_erased_where_an_entry_is_kept(language: str, erased: str) -> None:
    assert "total_erasure_promised" in errors(language, ERASED, erased=erased, suppression="kept")


KEPT = [
    ("fi", "laskut, kuitit ja matkalaskut vuosilta 2022–2025", "ne ovat kirjanpidon tositteita"),
    ("fi", "laskut 301 ja 302 vuosilta 2022 ja 2025", "ne ovat kirjanpitomme tositteita"),
    ("fi", "markkinointipalvelun laskut vuodelta 2025", "ostitte markkinointipalvelun"),
    ("fi", "uutiskirjepalvelun laskut vuodelta 2025", "laskut kuuluvat vuoden 2025 kirjanpitoon"),
    ("fi", "laskunumerot 2019–2024", "laskut ovat kirjanpidossamme"),
    ("fi", "laskut numeroilla 2019 ja 2024", "laskut ovat kirjanpidossamme"),
    ("sv", "fakturorna, kvittona och reseräkningarna för åren 2022–2025", "de är verifikationer i bokföringen"),
    ("sv", "fakturorna för marknadsföringstjänsten 2025", "du köpte marknadsföringstjänsten"),
    ("sv", "fakturorna nummer 2019–2024", "fakturorna finns i bokföringen"),
    ("en", "the invoices, receipts and travel bills of 2022–2025", "they are vouchers of our accounting"),
    ("en", "the invoices for marketing services of 2025", "you bought marketing services"),
    ("en", "invoices numbers 2019–2024", "the invoices are in our accounts"),
]


@pytest.mark.parametrize(("language", "kept", "explained"), KEPT)
def test_vouchers_are_kept_that_are_named_whatever_they_were_of(language: str, kept: str, explained: str) -> None:
    """By year or by number, of a marketing service too: that they are vouchers is then a reason (Act 2:10)."""
    one_year = {} if "20" not in kept or "–" in kept or "2022" in kept else {"oldest_on": "", "oldest_until": ""}
    assert errors(language, VOUCHERS, **{**YEARS, **one_year}, kept=kept, explained=explained) == set()


@pytest.mark.parametrize(
    ("language", "kept", "explained", "code"),
    [
        ("fi", "laskut", "ne ovat kirjanpidon tositteita", "accounting_unexplained"),
        ("fi", "laskut vuosilta 2022–2025", "laki velvoittaa", "accounting_unexplained"),
        ("fi", "markkinointipalvelun asiakaskortti", "ostitte palvelun", "kept_beyond_accounting"),
        ("fi", "laskut ja markkinointitiedot 2025", "laskut ovat kirjanpidossa", "kept_beyond_accounting"),
        ("fi", "laskut vuosilta 2012–2025", "laskut ovat kirjanpidossa", "keeping_over"),
        ("fi", "lasku 77 vuodelta 2025", "markkinoimme jatkossakin", "marketing_no_ground"),
        ("sv", "fakturorna", "de är verifikationer i bokföringen", "accounting_unexplained"),
        ("sv", "fakturorna och marknadsföringsuppgifterna", "fakturorna är bokförda", "kept_beyond_accounting"),
        ("en", "the invoices", "they are vouchers of our accounting", "accounting_unexplained"),
        ("en", "the invoices and the marketing data", "they are in our accounts", "kept_beyond_accounting"),
        ("en", "invoices of 2012–2025", "the invoices are in our accounts", "keeping_over"),
    ],
)
def test_what_is_no_voucher_or_too_old_is_still_found(language: str, kept: str, explained: str, code: str) -> None:
    assert code in errors(language, VOUCHERS, **YEARS, kept=kept, explained=explained)


SHOWN = [
    ("fi", "merkintä uutiskirjeen suostumuksesta", "meidän on voitava osoittaa, että uutiskirjeeseen oli suostumus"),
    ("fi", "uutiskirjeen suostumuksen lokitieto ja peruutus", "suostumus uutiskirjeeseen on pystyttävä todistamaan"),
    ("fi", "todiste markkinointiluvasta", "näytämme sillä, että markkinointiin oli suostumuksenne"),
    (
        "sv",
        "anteckningen om samtycket till nyhetsbrevet",
        "vi måste kunna visa att det fanns samtycke till nyhetsbrevet",
    ),
    ("sv", "beviset på samtycket till reklam", "samtycket till reklam ska kunna styrkas"),
    ("en", "the record of the consent to the newsletter", "we must be able to show that there was consent to it"),
    ("en", "the proof of consent to marketing", "the consent to marketing has to be demonstrable: it is our evidence"),
]


@pytest.mark.parametrize("ground", ["legal_obligation", "legal_claim"])
@pytest.mark.parametrize(("language", "kept", "explained"), SHOWN)
def test_the_proof_of_a_consent_may_be_kept(language: str, kept: str, explained: str, ground: str) -> None:
    """The controller has to be able to show it (GDPR 7(1))."""
    found = errors(language, f"erasure refused {ground}", kept=kept, explained=explained)
    assert found & {"marketing_no_ground", "marketing_goes_on"} == set()


@pytest.mark.parametrize(
    ("language", "explained"),
    [
        ("fi", "suostumuksenne uutiskirjeeseen on kirjattu, joten lähetämme sen"),
        ("fi", "uutiskirje on meille tärkeä"),
        ("sv", "samtycket till nyhetsbrevet är antecknat och vi skickar det"),
        ("en", "your consent to the newsletter is on record, and we send it"),
    ],
)
def test_a_consent_that_is_on_record_sends_nothing_on(language: str, explained: str) -> None:
    assert "marketing_no_ground" in errors(language, "erasure refused legal_obligation", explained=explained)
