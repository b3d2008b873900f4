"""What an answer may not leave empty, and what may not go in plain e-mail: each with what is lawful beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.album import Specimen, specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.lens import Around
from replies.linter import lint
from state.model import Letter

ALBUM = {(language, one.title): one for language in LANGUAGES for one in specimens(language, "te")}


def codes(specimen: Specimen, *, on_paper: bool = False, sensitive: bool = False, **facts: str) -> set[str]:
    """What is found in the letter once its one part, or the letter itself, has these facts."""
    context = replace(specimen.context, on_paper=on_paper, sensitive=sensitive)
    if context.letter is Letter.OUTCOME:
        [part] = context.parts
        context = replace(context, parts=(replace(part, facts={**part.facts, **facts}),))
    else:
        context = replace(context, facts={**context.facts, **facts})
    text = compose(context)
    return {one.code for one in lint(text.body, text.subject, context, Around(abroad=("Google",)))}


ITEMS = [
    ("fi", {"recipients": "yhteistyökumppanit ja palveluntarjoajat"}, {"item_empty"}),
    ("fi", {"recipients": "kumppanit"}, {"item_empty"}),
    ("fi", {"recipients": "Tilitoimisto Lumi Oy ja muut palveluntarjoajat"}, set()),
    ("fi", {"recipients": "tietoja ei ole luovutettu"}, set()),
    ("fi", {"retention": "lain edellyttämän ajan"}, {"item_empty"}),
    ("fi", {"retention": "toistaiseksi"}, {"item_empty"}),
    ("fi", {"retention": "asiakkuuden ajan ja viisi vuotta viimeisestä palvelukontaktista"}, set()),
    ("fi", {"automated_decisions": "made", "automated_explained": "algoritmi"}, {"item_empty"}),
    ("fi", {"transfers": "made", "transfers_explained": "Yhdysvallat"}, {"transfer_unsafe"}),
    ("fi", {"transfers": "made", "transfers_explained": "Yhdysvallat, vakiolausekkeet"}, set()),
    ("fi", {"recipients": "Zef Oy ja Google"}, {"transfers_denied"}),
    ("sv", {"recipients": "samarbetspartner och tjänsteleverantörer"}, {"item_empty"}),
    ("sv", {"retention": "så länge lagen kräver"}, {"item_empty"}),
    ("sv", {"transfers": "made", "transfers_explained": "USA"}, {"transfer_unsafe"}),
    ("en", {"recipients": "partners and service providers"}, {"item_empty"}),
    ("en", {"retention": "as long as the law requires"}, {"item_empty"}),
    ("en", {"transfers": "made", "transfers_explained": "the United States"}, {"transfer_unsafe"}),
    ("en", {"transfers": "made", "transfers_explained": "the United States, standard contractual clauses"}, set()),
]


EMPTY = {
    "fi": {
        "purposes": ("katso tietosuojaselosteemme", "ks. www.yritys.example/tietosuoja", "liiketoiminta"),
        "categories": ("katso tietosuojaselosteemme", "teistä tallennetut tiedot", "henkilötiedot"),
        "retention": (
            "tietosuojaselosteen mukaisesti",
            "ikuisesti",
            "pitkään",
            "niin kauan kuin tarvitsemme",
            "kunnes emme enää tarvitse tietoja",
            "niin kauan kuin käyttötarkoitus edellyttää",
            "useita vuosia",
        ),
        "recipients": (
            "emme kerro",
            "tilitoimistomme",
            "pilvipalvelun tarjoaja",
            "markkinointikumppanit ja tilitoimisto",
            "alihankkijat EU:ssa",
        ),
        "sources": ("emme tiedä", "useat lähteet", "ks. https://yritys.example/seloste"),
        "automated_explained": ("järjestelmä pisteyttää hakemuksen automaattisesti", "algoritmi laskee"),
    },
    "sv": {
        "purposes": ("se vår dataskyddsbeskrivning", "affärsverksamhet"),
        "retention": (
            "enligt dataskyddsbeskrivningen",
            "för evigt",
            "så länge vi behöver",
            "tills vi inte längre behöver dem",
        ),
        "recipients": ("vår redovisningsbyrå", "molntjänstleverantörer", "marknadsföringspartner och bokföraren"),
        "sources": ("vi vet inte", "olika källor"),
        "automated_explained": ("systemet poängsätter ansökan automatiskt",),
    },
    "en": {
        "purposes": ("see our privacy notice", "business operations"),
        "retention": (
            "as in the privacy notice",
            "forever",
            "as long as we need it",
            "until we no longer need the data",
        ),
        "recipients": ("our accounting firm", "cloud services", "marketing partners and accountants"),
        "sources": ("we do not know", "various sources"),
        "automated_explained": ("the system scores the application automatically",),
    },
}
SAID = {
    "fi": {
        "purposes": ("asiakassuhteen hoito; lisää tietosuojaselosteessamme", "laskutus", "toimitusten kehittäminen"),
        "categories": ("nimi ja osoite", "henkilötiedot: nimi, puhelin", "tilaukset ja niihin tallennetut viestit"),
        "retention": (
            "asiakkuuden ajan",
            "10 vuotta kirjanpitolain perusteella",
            "kunnes perutte uutiskirjeen",
            "kaksi vuotta",
            "niin kauan kuin sopimus on voimassa",
            "takuuajan päättymiseen",
        ),
        "recipients": (
            "Tilitoimisto Lumi Oy",
            "Zef",
            "tilitoimisto (Lumi Oy) ja Kela",
            "Verohallinto",
            "tietoja ei ole luovutettu kenellekään",
            "Pilvipalvelu Routa Oy (palvelun tarjoaja)",
        ),
        "sources": ("te itse", "kaupparekisteri", "emme löytäneet merkintää siitä, mistä osoite on saatu"),
        "automated_explained": ("maksuhäiriömerkintä ja tulot ratkaisevat, hyväksytäänkö lasku",),
    },
    "sv": {
        "purposes": ("fakturering och leverans", "skötsel av kundförhållandet"),
        "retention": ("tre år efter den sista beställningen", "så länge avtalet gäller", "under garantitiden"),
        "recipients": ("Redovisningsbyrå Snö Ab", "FPA", "uppgifterna har inte lämnats ut till någon"),
        "sources": ("du själv", "handelsregistret"),
        "automated_explained": ("betalningsanmärkningar och inkomst avgör om fakturan beviljas",),
    },
    "en": {
        "purposes": ("invoicing and delivery", "looking after the customer relationship"),
        "retention": (
            "three years from the last order",
            "as long as the contract is in force",
            "for the warranty period",
        ),
        "recipients": ("Accounting Snow Ltd", "Kela", "the data has not been disclosed to anybody"),
        "sources": ("you yourself", "the Trade Register"),
        "automated_explained": ("payment defaults and income decide whether an invoice is allowed",),
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_of_words_that_say_nothing_is_empty_and_one_that_can_be_checked_is_not(language: str) -> None:
    """A pointer to the notice is no answer to who asks, nor is a trade a name (GDPR 15(1); C-154/21)."""
    letter = ALBUM[language, "access granted"]
    for table, found in ((EMPTY, {"item_empty"}), (SAID, set())):
        for item, values in table[language].items():
            made = {"automated_decisions": "made"} if item == "automated_explained" else {}
            for value in values:
                assert codes(letter, **made, **{item: value}) == found, value


REVIEWED = [
    ("fi", {"reviewer": "pisteytysohjelma"}, {"reviewed_by_machine"}),
    ("fi", {"reviewer": "sama järjestelmä uudelleen"}, {"reviewed_by_machine"}),
    ("fi", {"reviewer": "ChatGPT"}, {"reviewed_by_machine"}),
    ("fi", {"reviewer": "ei kukaan ihminen"}, {"reviewed_by_machine"}),
    ("fi", {"reviewer": "järjestelmäasiantuntija"}, set()),
    ("fi", {"reviewer": "uusi ihminen"}, set()),
    ("fi", {"reviewer": "toinen ihminen"}, set()),
    ("fi", {"logic": "maksuhäiriö ratkaisi päätöksen"}, set()),
    ("fi", {"logic": "osoite puuttui"}, set()),
    ("fi", {"logic": "ikä alle 18"}, set()),
    ("sv", {"reviewer": "en annan människa"}, set()),
    ("en", {"reviewer": "a new human"}, set()),
    ("fi", {"reviewer": "luottopäällikkö, joka ei ollut mukana ohjelman päätöksessä"}, set()),
    ("fi", {"logic": "algoritmi laskee"}, {"item_empty"}),
    ("fi", {"logic": "maksuhäiriömerkintä laski pisteet alle hyväksymisrajan"}, set()),
    ("sv", {"reviewer": "poängsättningsprogrammet"}, {"reviewed_by_machine"}),
    ("sv", {"reviewer": "kreditchefen"}, set()),
    ("sv", {"logic": "systemet beräknar resultatet automatiskt"}, {"item_empty"}),
    ("en", {"reviewer": "the scoring software"}, {"reviewed_by_machine"}),
    ("en", {"reviewer": "the software manager"}, set()),
    ("en", {"logic": "the algorithm calculates the result"}, {"item_empty"}),
]


def test_a_decision_is_reviewed_by_a_human_being_and_its_logic_told() -> None:
    for language, facts, found in REVIEWED:
        assert codes(ALBUM[language, "automated_decision granted"], **facts) == found, facts


@pytest.mark.parametrize(("language", "facts", "found"), ITEMS)
def test_an_item_of_access_says_something(language: str, facts: dict[str, str], found: set[str]) -> None:
    """Who has got the data by name, how long it is kept, by which logic, on what safeguard (GDPR 15(1)-(2))."""
    assert codes(ALBUM[language, "access granted"], **facts) == found


CORRECTED = [
    ("fi", "diagnoosi masennus (F32) on nyt ahdistuneisuushäiriö (F41)"),
    ("sv", "diagnosen depression (F32) är nu ångest (F41)"),
    ("en", "the diagnosis depression (F32) is now anxiety disorder (F41)"),
]


@pytest.mark.parametrize(("language", "corrected"), CORRECTED)
def test_no_diagnosis_goes_in_plain_mail(language: str, corrected: str) -> None:
    """On paper it may; a changed address may anywhere (GDPR 9, 32)."""
    letter = ALBUM[language, "rectification granted"]
    assert codes(letter, corrected=corrected) == {"sensitive_in_mail"}
    assert "sensitive_in_mail" not in codes(letter, corrected=corrected, on_paper=True)
    assert codes(letter) == set()


@pytest.mark.parametrize("name", ["Mielenterveys Oy", "Diabetesliitto ry"])
def test_what_the_controller_is_called_tells_nothing_of_the_reader(name: str) -> None:
    """Its name is its own; the same word said of the reader is theirs, on whichever line."""
    letter = ALBUM["fi", "rectification granted"]
    sender = replace(letter.context.sender, name=name)
    ours = replace(letter, context=replace(letter.context, sender=sender, signature=f"Essi Esimerkki, {name}"))
    assert codes(ours) == set()
    assert codes(ours, corrected=f"{name} korjasi: sairautenne on diabetes") == {"sensitive_in_mail"}


@pytest.mark.parametrize(
    ("name", "corrected"),
    [
        ("Diabetesliitto ry", "Diabetesliiton jäsenmaksu on merkitty maksetuksi"),
        ("Diabetesliitto ry", "jäsenyys Diabetesliitossa alkoi 3.2.2024"),
        ("Mielenterveys Oy", "osoite Mielenterveyden tilauksissa"),
    ],
)
def test_the_controllers_name_is_its_own_in_any_case(name: str, corrected: str) -> None:
    """Inflected and without its form of company; the illness written small stays the reader's."""
    letter = ALBUM["fi", "rectification granted"]
    ours = replace(letter, context=replace(letter.context, sender=replace(letter.context.sender, name=name)))
    assert codes(ours, corrected=corrected) == set()
    assert codes(ours, corrected="diabetes on poistettu") == {"sensitive_in_mail"}


@pytest.mark.parametrize("title", ["access granted", "late_delivery", "follow_up, stands"])
def test_no_mail_that_tells_of_their_data_tells_an_illness(title: str) -> None:
    """The answer, the apology that tells it again, and what follows it."""
    letter = ALBUM["fi", title]
    context = replace(letter.context, on_paper=False)
    body = f"{compose(context).body}\nDiagnoosinne masennus on kirjattu potilastietoihin.\n"
    assert "sensitive_in_mail" in {one.code for one in lint(body, letter.text.subject, context)}


HARMLESS = [
    ("access granted", {"codes": "K20 = perustili (K20), M10 = myyntitili"}),
    ("rectification granted", {"corrected": "nimessä oli hivenen kirjoitusvirhettä"}),
    ("rectification granted", {"corrected": "sairauspäivärahan hakemuspäivä on 5.3.2026"}),
    ("rectification granted", {"notified": "told", "notified_named": "Diabetesliitto ry"}),
    ("access no_data", {"searched": "sairauskertomusjärjestelmä"}),
]


@pytest.mark.parametrize(("title", "facts"), HARMLESS)
def test_a_word_that_only_looks_like_an_illness_stops_nothing(title: str, facts: dict[str, str]) -> None:
    assert "sensitive_in_mail" not in codes(ALBUM["fi", title], **facts)


ILL = ["HIV-testin tulos", "HIV on todettu", "sairaus on todettu"]


@pytest.mark.parametrize("corrected", ILL)
def test_an_illness_beside_a_harmless_recipient_stops_the_mail(corrected: str) -> None:
    """What one fact says of everybody excuses no other words on its line."""
    letter = ALBUM["fi", "rectification granted"]
    found = codes(letter, corrected=corrected, notified="told", notified_named="Diabetesliitto ry")
    assert "sensitive_in_mail" in found


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_copy_of_sensitive_data_is_never_just_attached(language: str) -> None:
    """Where the registers hold such data, or the copy does: a protected way passes."""
    letter = ALBUM[language, "access granted"]
    assert codes(letter, sensitive=True, delivery="attached") == {"sensitive_attached"}
    assert codes(letter, sensitive=True, delivery="protected_file") == set()
    assert codes(letter, delivery="attached") == {"copy_in_plain_mail"}
    health = {"fi": "nimi ja terveystiedot", "sv": "namn och hälsouppgifter", "en": "name and health data"}[language]
    assert codes(letter, delivery="attached", categories=health) == {"sensitive_attached"}


FORGOTTEN = [
    ("fi", "emme muista, kenelle tietoja on annettu", True),
    ("fi", "emme enää muista, kenelle 20 yrityksestä tietoja on annettu", True),
    ("fi", "vastaanottajia on liikaa", True),
    ("fi", "vastaanottajia on yli 4000, eikä yhteystietoja ole", False),
    ("sv", "vi minns inte vem som har fått uppgifterna", True),
    ("sv", "mottagarna är för många", True),
    ("en", "we do not remember who got the data", True),
    ("en", "there are too many recipients", True),
]


@pytest.mark.parametrize(("language", "why", "wrong"), FORGOTTEN)
def test_who_forgot_whom_they_told_has_no_ground_to_tell_nobody(language: str, why: str, wrong: bool) -> None:
    """That it is impossible, or out of proportion, is shown (GDPR 19, 5(2))."""
    letter = ALBUM[language, "rectification granted"]
    assert ("effort_alone" in codes(letter, notified="not_possible", not_notified_why=why)) is wrong


NO_CUSTOMER = [
    ("fi", "ette ole koskaan ollut asiakkaamme"),
    ("sv", "du har aldrig varit vår kund"),
    ("en", "you have never been our customer"),
]


@pytest.mark.parametrize(("language", "explained"), NO_CUSTOMER)
def test_no_fee_is_asked_of_who_is_no_customer(language: str, explained: str) -> None:
    """They are owed the answer that nothing is held, free of charge (GDPR 12(5))."""
    assert "fee_of_no_customer" in codes(ALBUM[language, "fee, unfounded"], fee_explained=explained)
    assert "fee_of_no_customer" not in codes(ALBUM[language, "fee, unfounded"])


FOREIGN = [
    ("en", "access granted", {"categories": "asiakkaan nimi, osoite ja puhelinnumero"}, {"field_in_other_language"}),
    ("en", "access granted", {"recipients": "Tilipalvelu Lumi Oy (kirjanpito)"}, set()),
    ("en", "access granted", {"recipients": "kirjanpito"}, {"field_in_other_language"}),
    ("fi", "access granted", {"recipients": "Posti, Customer service"}, set()),
    ("sv", "access granted", {"recipients": "Posti Oyj (toimitukset)"}, set()),
    (
        "en",
        "rectification granted",
        {"corrected": "asiakasnumero, mannerheimintie"},
        {"other_language", "act_in_own_words"},
    ),
    ("en", "access granted", {"categories": "name, address (osoite) and orders"}, {"other_language"}),
    ("en", "access granted", {"recipients": "Tilipalvelu Koivunoksa Oy"}, set()),
    ("sv", "access granted", {"purposes": "tilausten toimittaminen ja laskutus"}, {"field_in_other_language"}),
    ("sv", "access granted", {"categories": "name, address and orders"}, {"field_in_other_language"}),
    ("fi", "access granted", {"categories": "namn, adress och beställningar"}, {"field_in_other_language"}),
    ("en", "rectification granted", {"corrected": "sukunimi on korjattu"}, {"field_in_other_language"}),
    ("en", "access granted", {"categories": "loyalty programme"}, set()),
    ("en", "access granted", {"categories": "staff register"}, set()),
    ("sv", "access granted", {"categories": "order"}, set()),
    ("sv", "access granted", {"categories": "service"}, set()),
    ("fi", "access granted", {"categories": "data"}, set()),
]


@pytest.mark.parametrize(("language", "title", "facts", "expected"), FOREIGN)
def test_a_field_is_in_the_language_of_its_letter(
    language: str, title: str, facts: dict[str, str], expected: set[str]
) -> None:
    """A whole field in another is an error, a word of it a remark, a name neither (GDPR 12(1))."""
    assert codes(ALBUM[language, title], **facts) == expected


@pytest.mark.parametrize(
    ("language", "title", "facts", "found"),
    [
        ("en", "access granted", {"recipients": "none"}, True),
        ("fi", "access granted", {"recipients": "tietoja ei ole luovutettu"}, True),
        ("fi", "access granted", {"recipients": "Routa Oy; muille ei ole luovutettu"}, False),
        ("fi", "rectification granted", {"notified": "no_recipients"}, True),
        ("fi", "rectification granted", {"notified": "to_be_told"}, False),
    ],
)
def test_whoever_decides_with_us_has_the_data_too(
    language: str, title: str, facts: dict[str, str], found: bool
) -> None:
    """Joint controllers are recipients (GDPR 4(9), 26): no answer says that nobody has it."""
    letter = ALBUM[language, title]
    joint = replace(letter.context.sender, joint=("Routa Oy",))
    ours = replace(letter, context=replace(letter.context, sender=joint))
    assert ("joint_untold" in codes(ours, **facts)) is found
    assert "joint_untold" not in codes(letter, **facts)


@pytest.mark.parametrize(
    ("language", "title", "facts", "found"),
    [
        ("fi", "erasure granted", {"notified": "no_recipients"}, True),
        ("sv", "restriction granted", {"notified": "no_recipients"}, True),
        ("en", "access granted", {"recipients": "none"}, True),
        ("fi", "access granted", {"recipients": "Kirjepalvelu Oy; muille ei ole luovutettu"}, False),
        ("fi", "erasure granted", {"notified": "to_be_told"}, False),
    ],
)
def test_whoever_processes_for_us_is_remembered_where_nobody_is_said_to_have_the_data(
    language: str, title: str, facts: dict[str, str], found: bool
) -> None:
    """A remark: none of them may have this person's (GDPR 4(9), 19)."""
    context = ALBUM[language, title].context
    [part] = context.parts
    context = replace(context, parts=(replace(part, facts={**part.facts, **facts}),))
    text = compose(context)
    told = lint(text.body, text.subject, context, Around(processors=("Kirjepalvelu Oy",)))
    assert ([str(one.severity) for one in told if one.code == "processors_untold"] == ["warning"]) is found


HOLDERS = ("Kirjepalvelu Oy", "Facebook")


@pytest.mark.parametrize(
    ("language", "title", "facts", "codes"),
    [
        ("fi", "access granted", {"recipients": "Posti Oy"}, {"holders_left_out", "holders_abroad"}),
        ("sv", "access granted", {"recipients": "Posti Oy"}, {"holders_left_out", "holders_abroad"}),
        ("en", "access granted", {"recipients": "Posti Oy"}, {"holders_left_out", "holders_abroad"}),
        ("fi", "access granted", {"recipients": "Kirjepalvelu ja Facebook"}, set()),
        ("fi", "access granted", {"recipients": "tietoja ei ole luovutettu"}, {"processors_denied"}),
        ("sv", "access granted", {"recipients": "inga uppgifter har lämnats ut"}, {"processors_denied"}),
        ("en", "access granted", {"recipients": "not given to anyone"}, {"processors_denied"}),
        ("fi", "erasure granted", {"notified": "no_recipients"}, {"processors_denied"}),
        ("fi", "erasure granted", {"notified": "to_be_told"}, set()),
    ],
)
def test_who_has_the_data_by_the_cases_tasks_is_a_recipient(
    language: str, title: str, facts: dict[str, str], codes: set[str]
) -> None:
    """Left out, each is named for the person to answer for; denied, no letter leaves (GDPR 4(9), 15(1)(c), 19)."""
    context = ALBUM[language, title].context
    [part] = context.parts
    part = replace(part, facts={**part.facts, **facts}, holders=HOLDERS)
    context = replace(context, parts=(part,))
    text = compose(context)
    around = Around(processors=HOLDERS, abroad_for_us=("Facebook",))
    told = [one for one in lint(text.body, text.subject, context, around) if one.code in _OF_HOLDERS]
    assert {one.code for one in told} == codes
    assert {one.sentence for one in told if one.code == "holders_left_out"} == (
        set(HOLDERS) if "holders_left_out" in codes else set()
    )


_OF_HOLDERS = frozenset({"processors_denied", "processors_untold", "holders_left_out", "holders_abroad"})


TOLD = {
    "fi": [
        "koodi F32.1 on nyt F41.2",
        "merkintä homoseksuaalisuudesta on poistettu",
        "sydänsairaus on oikaistu verenpainetaudiksi",
        "työkyvyttömyyseläke on muutettu kuntoutustueksi",
        "puolueen jäsenyys on poistettu",
        "rikosrekisterimerkintä on oikaistu",
        "merkintä ehdottomasta vankeudesta on poistettu",
        "pähkinäallergia on poistettu",
    ],
    "sv": [
        "koden F32.1 är nu F41.2",
        "anteckningen om homosexualitet har raderats",
        "hjärtsjukdom har rättats till blodtryckssjukdom",
        "sjukpension har ändrats till rehabiliteringsstöd",
        "partimedlemskapet har strukits",
        "uppgiften i brottsregistret har rättats",
    ],
    "en": [
        "code F32.1 is now F41.2",
        "the note on homosexuality has been removed",
        "the heart disease is now high blood pressure",
        "the disability pension has been changed",
        "the party membership has been removed",
        "the criminal record entry has been corrected",
    ],
}
PLAIN = {
    "fi": [
        "sukunimi on nyt Esimerkki",
        "ohjelmaversio v10.2 on nyt v11.3",
        "tuotekoodi K20 on nyt K21",
        "puolueeton arvio on lisätty",
        "puolet hinnasta on hyvitetty",
        "tuomiokirkon vierasluettelo on oikaistu",
        "postinumero on nyt 00990",
        "eläkevakuutusyhtiön nimi on oikaistu",
        "kuntosalin jäsenyys jatkuu 3.2.2027 asti",
        "laskun eräpäivä on 3.2.2026",
        "vastausosoite on oikaistu",
        "tilauksen tila on nyt toimitettu",
        "käräjäoikeuden ja tuomioistuimen osoitteet on lisätty",
        "sairausloman päivät on oikaistu",
        "riitautitte laskun, ja se on oikaistu",
        "salin lautakunta on nyt hallitus",
    ],
    "sv": [
        "efternamnet är nu Esimerkki",
        "versionen v10.2 är nu v11.3",
        "partipriset har rättats",
        "fakturans förfallodag är 3.2.2026",
    ],
    "en": [
        "the surname is now Esimerkki",
        "version v10.2 is now v11.3",
        "the third party is now Zef Oy",
        "the due date is 3 February 2026",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_correction_tells_nothing_sensitive_in_plain_mail(language: str) -> None:
    """Health, orientation, party and crime by whatever word they hang on (GDPR 9, 10, 32)."""
    letter = ALBUM[language, "rectification granted"]
    found = {said: "sensitive_in_mail" in codes(letter, corrected=said) for said in (*TOLD[language], *PLAIN[language])}
    assert [said for said in TOLD[language] if not found[said]] == []
    assert [said for said in PLAIN[language] if found[said]] == []
