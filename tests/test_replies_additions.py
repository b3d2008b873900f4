"""What a person writes into a letter that no fact of the case states is theirs to answer for (GDPR 5(1)(a), 5(2))."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from datetime import date, timedelta

import pytest

from replies.album import VOICES, specimens
from replies.choices import EXTENSION_IN, LANGUAGES, SUBJECT_WORDS
from replies.drafting import compose
from replies.lens import Around
from replies.linter import lint
from replies.template_words import template_words
from replies.wording import Severity

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}
ACCESS, ERASURE = "access granted", "erasure granted"
WITHHELD = "access partly national_limit, reasons withheld"
ATTACHED = "delivery attached"


def found(language: str, title: str, sentence: str) -> set[str]:
    """The codes of what is wrong with a letter of the album into which a person wrote this sentence."""
    letter = ALBUM[language, title]
    body = letter.text.body
    edited = f"{body}\n{sentence}\n"
    return {one.code for one in lint(edited, letter.text.subject, letter.context, Around(composed=body))}


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_a_letter_as_it_was_composed_adds_nothing(language: str, form: str) -> None:
    for one in specimens(language, form):
        found = lint(one.text.body, one.text.subject, one.context, Around(composed=one.text.body))
        expected = {WITHHELD: {"reasons_untold"}, ATTACHED: {"copy_in_plain_mail"}}.get(one.title, set())
        assert {finding.code for finding in found} == expected, one.title


EXTENDED = [
    ("fi", "Jatkamme määräaikaa kahdella kuukaudella.", True),
    ("fi", "Vastausaikaa pidennetään 5.6.2026 asti.", True),
    ("fi", "Tarvitsemme vielä kuukauden lisäajan.", True),
    ("fi", "Emme jatka määräaikaa.", False),
    ("fi", "Kuten ilmoitimme 5.4.2026, jatkoimme määräaikaa.", False),
    ("fi", "Jatkamme uutiskirjeen lähettämistä vasta, kun pyydätte sitä.", False),
    ("sv", "Vi förlänger tidsfristen med två månader.", True),
    ("sv", "Tidsfristen förlängs inte.", False),
    ("en", "We are extending the deadline by two months.", True),
    ("en", "We will not extend the deadline.", False),
]


@pytest.mark.parametrize(("language", "sentence", "wrong"), EXTENDED)
def test_an_extension_is_told_in_its_own_notice_alone(language: str, sentence: str, wrong: bool) -> None:
    """In any other letter it would go round the gate of article 12(3)."""
    assert ("extension_elsewhere" in found(language, ACCESS, sentence)) is wrong


ACTS = [
    ("fi", ACCESS, "Poistimme samalla kaikki tietonne.", True),
    ("fi", ACCESS, "Olemme lopettaneet kaiken markkinoinnin.", True),
    ("fi", ACCESS, "Tietonne on nyt oikaistu.", True),
    ("fi", ACCESS, "Välitimme tietonne tilitoimistolle.", True),
    ("fi", ACCESS, "Poistimme liitteestä muiden ihmisten tiedot.", False),
    ("fi", ACCESS, "Emme ole poistaneet mitään.", False),
    ("fi", ACCESS, "Poistamme tiedot, kun säilytysaika päättyy.", False),
    ("fi", ERASURE, "Olemme siis poistaneet tietonne.", False),
    ("fi", ERASURE, "Olemme lopettaneet kaiken markkinoinnin.", True),
    ("fi", "marketing_stopped", "Olemme lopettaneet kaiken markkinoinnin.", False),
    ("sv", ACCESS, "Vi raderade samtidigt alla dina uppgifter.", True),
    ("sv", ACCESS, "Vi har upphört med all marknadsföring.", True),
    ("sv", ACCESS, "Vi raderade andras uppgifter ur bilagan.", False),
    ("sv", ERASURE, "Vi har alltså raderat uppgifterna.", False),
    ("en", ACCESS, "We have also erased all your data.", True),
    ("en", ACCESS, "We stopped all marketing.", True),
    ("en", ACCESS, "We have not erased anything.", False),
    ("en", ACCESS, "The data has not been transferred to anybody.", False),
    ("en", ERASURE, "So we have erased your data.", False),
    ("fi", "consent_withdrawal granted", "Kuvanne on poistettu Instagramista.", False),
    ("fi", "consent_withdrawal granted", "Kaikki tietonne on poistettu.", True),
    ("fi", ERASURE, "Uutiskirjeen lähetys on lopetettu.", False),
    ("fi", "objection granted", "Mainosprofiili on poistettu.", False),
    ("fi", ACCESS, "Kuvanne on poistettu Instagramista.", True),
    ("sv", "consent_withdrawal granted", "Bilden har raderats.", False),
    ("en", "consent_withdrawal granted", "The picture has been deleted.", False),
]


@pytest.mark.parametrize(("language", "title", "sentence", "wrong"), ACTS)
def test_an_act_that_no_answer_states_is_said_to_be_one(language: str, title: str, sentence: str, wrong: bool) -> None:
    """Any other sentence is its writer's to answer for, too: no list knows all that a sentence can claim."""
    [code] = found(language, title, sentence)
    assert (code == "act_unstated") is wrong


OWN = [
    ("fi", "Lapsenne Ella on myös rekisterissä."),
    ("fi", "Soititte meille viime viikolla."),
    ("fi", "Liitteenä on naapurinne Matti Meikäläisen lähettämä valitus."),
    ("fi", "Rekisteri tyhjennettiin kohdaltanne."),
    ("fi", "Teidän ei kannata valittaa asiasta."),
    ("fi", "Kiitos naapurinne valituksesta."),
    ("fi", "Hyvä Ella Esimerkki"),
    ("sv", "Du ringde oss förra veckan."),
    ("sv", "Tack för grannens klagomål."),
    ("en", "You called us last week."),
    ("en", "Thank you for telling us about your son."),
]


@pytest.mark.parametrize(("language", "sentence"), OWN)
def test_whatever_somebody_adds_to_an_answer_is_named_as_their_own(language: str, sentence: str) -> None:
    """Whom it tells of and how it is worded is no matter; each is named once, with its words."""
    letter = ALBUM[language, ACCESS]
    body = letter.text.body
    edited = body.replace("\n\n", f"\n\n{sentence}\n\n", 1)
    said = lint(edited, letter.text.subject, letter.context, Around(composed=body))
    assert [(one.sentence, one.severity) for one in said if one.sentence] == [(sentence, Severity.OWN)]


COURTEOUS = [
    ("fi", "Kiitos yhteydenotostanne ja kärsivällisyydestänne!"),
    ("fi", "Hyvää viikonloppua!"),
    ("fi", "Pahoittelemme viivästystä."),
    ("fi", "Jos teillä on kysyttävää, autamme mielellämme."),
    ("fi", "Hei"),
    ("fi", "Terveisin"),
    ("fi", "---"),
    ("sv", "Tack för ditt meddelande!"),
    ("sv", "Med vänliga hälsningar"),
    ("en", "Thank you for your patience."),
    ("en", "Have a nice day!"),
    ("en", "Kind regards"),
]


@pytest.mark.parametrize(("language", "sentence"), COURTEOUS)
def test_a_courtesy_asks_nothing_of_its_writer(language: str, sentence: str) -> None:
    assert found(language, ACCESS, sentence) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_writes_and_to_whom_is_said_freely(language: str) -> None:
    letter = ALBUM[language, ACCESS].context
    hello = {"fi": "Hei", "sv": "Hej", "en": "Dear"}[language]
    for line in (letter.sender.name, letter.sender.contact_phone, f"{hello} {letter.recipient_name}"):
        assert found(language, ACCESS, line) == set(), line


def test_a_day_that_somebody_changes_is_their_own_word() -> None:
    """Another day is another statement; the letter's own day moves by itself."""
    letter = ALBUM["fi", ERASURE]
    body, around = letter.text.body, Around(composed=letter.text.body)
    [kept] = [line for line in body.splitlines() if "varmuuskopio" in line.casefold()]
    changed = re.sub(r"\d{1,2}\.\d{1,2}\.20\d\d", "1.1.2030", kept)
    said = lint(body.replace(kept, changed), letter.text.subject, letter.context, around)
    assert [one.sentence for one in said if "1.1.2030" in one.sentence] != []
    moved = re.sub(r"(?m)^(Asia [\d-]+, ).*$", r"\g<1>6.4.2026", body)
    assert moved != body
    assert lint(moved, letter.text.subject, letter.context, around) == ()


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_line_breaks_that_a_program_puts_in_are_nobodys_sentence(language: str, form: str) -> None:
    """A text that was wrapped to be shown or edited says what it said; a word added within its lines does not."""
    for one in specimens(language, form):
        body = one.text.body
        broken = "\n\n".join("\n".join(textwrap.wrap(part, 60, break_on_hyphens=False)) for part in body.split("\n\n"))
        around = Around(composed=body)
        owned = [found.code for found in lint(broken, one.text.subject, one.context, around) if found.sentence]
        assert owned == (["copy_in_plain_mail"] if one.title == ATTACHED else [])
    said = lint(broken.replace(" ", " eikö ", 1), one.text.subject, one.context, around)
    assert [found for found in said if "eikö" in found.sentence] != []


EXTENSION = "extension, complexity"
BESIDE = [
    ("fi", "IT-osastomme selvittää asiaa."),
    ("fi", "Esihenkilömme palaa töihin kesällä."),
    ("sv", "Vår it-avdelning utreder saken."),
    ("en", "Our IT department is looking into it."),
]


@pytest.mark.parametrize(("language", "sentence"), BESIDE)
def test_beside_its_checked_reason_an_extension_gives_none(language: str, sentence: str) -> None:
    """What else is said there is an error, however it is worded: only a reason that is recorded lets it leave."""
    assert "extension_reason_unchecked" in found(language, EXTENSION, sentence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_to_extend_that_measures_nothing_is_an_error(language: str) -> None:
    """That the IT department looks into it says nothing of the request (EDPB Guidelines 01/2022, 162-164)."""
    said = {
        "fi": "IT-osastomme selvittää asiaa",
        "sv": "vår it-avdelning utreder saken",
        "en": "our IT department is looking into it",
    }[language]
    letter = ALBUM[language, EXTENSION]
    for wherein in EXTENSION_IN:
        facts = {**letter.context.facts, "extension_in": wherein}
        text = compose(replace(letter.context, extension_explained=said, facts=facts))
        stopped = [one for one in lint(text.body, text.subject, letter.context) if one.severity is Severity.ERROR]
        assert stopped, wherein


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_somebody_adds_before_the_reader_is_known_is_theirs_to_answer_for(language: str) -> None:
    letter = ALBUM[language, "identity_question"]
    body = letter.text.body
    context = replace(letter.context, identified=False)
    said = lint(f"{body}\nIban 77.\n", letter.text.subject, context, Around(template=body, composed=body))
    assert [(one.code, one.sentence) for one in said] == [("own_sentence_before_identity", "Iban 77.")]
    hello = f"{body}\n{context.sender.name}\n{SUBJECT_WORDS[language]} {context.case_number}\n"
    assert lint(hello, letter.text.subject, context, Around(template=body, composed=body)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", [EXTENSION, "extension, number_of_requests", "fee, excessive", "fee, unfounded"])
def test_the_ground_of_an_extension_or_a_fee_is_its_writers_to_answer_for(language: str, title: str) -> None:
    """However it is worded: no list knows every reason of our own (EDPB Guidelines 01/2022, 162-164, 175-195)."""
    letter = ALBUM[language, title]
    body, context = letter.text.body, replace(letter.context, identified=True)
    around = Around(template=template_words(context, body, context.today), composed=body)
    said = lint(body, letter.text.subject, context, around)
    assert {(one.code, one.severity) for one in said} == {("own_ground", Severity.OWN)}
    explained = context.facts.get("fee_explained") or context.extension_explained
    assert any(explained.rstrip(".") in one.sentence for one in said)


NAMED = [
    ("fi", "Osoitteen ilmoitti Matti Virtanen.", True),
    ("fi", "Osoitteen ilmoitti työntekijämme.", False),
    ("sv", "Adressen uppgavs av Matti Virtanen.", True),
    ("en", "The address was given by Matti Virtanen.", True),
]


@pytest.mark.parametrize(("language", "sentence", "wrong"), NAMED)
def test_another_persons_whole_name_in_a_sentence_of_ones_own_is_an_error(
    language: str, sentence: str, wrong: bool
) -> None:
    """The rights of others stand in its way (GDPR 15(4)); the reader's own name and the controller's may stand."""
    letter = ALBUM[language, ACCESS]
    body, reader = letter.text.body, letter.context.recipient_name
    around = Around(people=("Matti Virtanen", reader), composed=body)
    said = lint(f"{body}\n{sentence} {reader}.\n", letter.text.subject, letter.context, around)
    errors = [one.sentence for one in said if one.severity is Severity.ERROR]
    assert bool(errors) is wrong
    assert {one.code for one in said if one.severity is Severity.ERROR} <= {"person_named"}


FINE = [
    ("fi", "Pyyntöä ei tarvitse allekirjoittaa."),
    ("fi", "Sopimus on allekirjoitettu 3.4.2020."),
    ("fi", "Laskutamme teitä tilauksistanne kuukausittain."),
    ("fi", "Pyynnön voi tehdä myös lomakkeella."),
    ("fi", "Emme ole saaneet valitustanne."),
    ("fi", "Tiedot poistetaan vuoden kuluttua."),
    ("sv", "Du behöver inte underteckna begäran."),
    ("sv", "Du kan använda blanketten."),
    ("en", "You may use our form."),
    ("en", "You may lodge a complaint."),
]


@pytest.mark.parametrize(("language", "sentence"), FINE)
def test_what_is_offered_or_told_is_no_demand(language: str, sentence: str) -> None:
    assert found(language, ACCESS, sentence) == {"own_sentence"}


@pytest.mark.parametrize(("on_paper", "days", "wrong"), [(True, 1, True), (True, 7, False), (False, 1, False)])
def test_a_restriction_is_lifted_only_after_the_notice_can_have_come(on_paper: bool, days: int, wrong: bool) -> None:
    """The person is told before, not with, the lifting (GDPR 18(3)); the post takes its time."""
    letter = ALBUM["fi", "restriction_lifted"]
    today = date.fromisoformat(letter.context.facts["lifted_on"]) - timedelta(days=days)
    context = replace(letter.context, today=today, on_paper=on_paper)
    codes = {one.code for one in lint(letter.text.body, letter.text.subject, context)}
    assert ("lifted_too_soon" in codes) is wrong


@pytest.mark.parametrize(("day", "wrong"), [("2026-03-20", False), ("2026-04-05", False), ("2026-04-06", True)])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_fee_asks_for_its_choice_before_the_answer_is_due(language: str, day: str, wrong: bool) -> None:
    """The time runs on while we wait for it: who may choose after the promised day is promised two things."""
    context = ALBUM[language, "fee, excessive"].context
    context = replace(context, facts={**context.facts, "reply_by": day})
    text = compose(context)
    found = [one for one in lint(text.body, text.subject, context) if one.code == "reply_too_late"]
    assert (bool(found), all(one.span for one in found)) == (wrong, True)


UNLAWFUL = [
    ("fi", "Vastauksemme on lopullinen, eikä asiasta voi enää valittaa.", "complaint_denied"),
    ("fi", "Kaikki pyynnöt on tehtävä verkkolomakkeella.", "form_demanded"),
    ("fi", "Seuraavasta pyynnöstä joudumme veloittamaan.", "fee_unlawful"),
    ("fi", "Olisi hyvä, jos allekirjoittaisitte pyynnön.", "signature_demanded"),
    ("fi", "Pyyntö on uusittava vuoden kuluttua.", "once_a_year"),
    ("fi", "Emme ota vastaan ruotsinkielisiä pyyntöjä.", "language_refused"),
    ("fi", "Jos valitatte tietosuojavaltuutetulle, lopetamme asiakkuutenne.", "threat"),
    ("fi", "Naapurinne Pekka ilmoitti uuden osoitteen.", "person_named"),
    ("fi", "Tietonne on nyt poistettu kaikista järjestelmistämme.", "act_unstated"),
    ("fi", "Tietojanne ei ole luovutettu kenellekään.", "recipients_contradict"),
    ("sv", "Vårt svar är slutgiltigt.", "complaint_denied"),
    ("sv", "Du får begära detta på nytt först om ett år.", "once_a_year"),
    ("sv", "Om du klagar avslutar vi ditt avtal.", "threat"),
    ("sv", "Det vore bra om du undertecknar begäran.", "signature_demanded"),
    ("sv", "Din granne Kalle meddelade den nya adressen.", "person_named"),
    ("sv", "Dina uppgifter har raderats överallt.", "act_unstated"),
    ("sv", "Ingen har fått dina uppgifter.", "recipients_contradict"),
    ("en", "We will charge EUR 20 for your next request.", "fee_unlawful"),
    ("en", "You may ask again only after one year.", "once_a_year"),
    ("en", "If you complain, we will end your contract.", "threat"),
    ("en", "Your neighbour John told us the new address.", "person_named"),
    ("en", "Your data has been erased everywhere.", "act_unstated"),
    ("en", "No one has received your data.", "recipients_contradict"),
]


@pytest.mark.parametrize(("language", "sentence", "code"), UNLAWFUL)
def test_who_breaks_the_law_in_an_own_sentence_needs_a_reason(language: str, sentence: str, code: str) -> None:
    """It is an error, which a tick that the sentence is true does not cover (GDPR 12, 77)."""
    letter = ALBUM[language, "rectification granted"]
    [part] = letter.context.parts
    told = {**part.facts, "notified": "told", "notified_named": "Zef Oy"}
    context = replace(letter.context, parts=(replace(part, facts=told),))
    body, subject = (text := compose(context)).body, text.subject
    found = lint(f"{body}\n{sentence}\n", subject, context, Around(composed=body))
    assert {one.code for one in found if one.severity is Severity.ERROR} == {code}
