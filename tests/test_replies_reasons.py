"""The reasons that a letter gives: which are none in law, and what shows that there is one (GDPR 12(3)-(5))."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inbox_agent.rules import extending
from replies.album import part, specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.linter import lint
from replies.wording import Severity
from state.model import Outcome, RequestKind

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}


def found(language: str, title: str, explained: str) -> set[str]:
    """The codes of what is wrong with a notice of an extension that says this of its reason."""
    context = replace(ALBUM[language, title].context, extension_explained=explained)
    text = compose(context)
    return {one.code for one in lint(text.body, text.subject, context)}


EFFORT = [
    ("fi", "se on vaivalloista", True),
    ("fi", "vaivalloista", True),
    ("fi", "emme ehdi soittaa kaikille", True),
    ("fi", "vaatisi kohtuuttomasti työtä", True),
    ("fi", "kohtuuton vaiva: luettelo meni 4 000 messuvieraalle, joiden nimiä emme kirjanneet", False),
    ("fi", "vastaanottaja Halla Oy on lopettanut toimintansa", False),
    ("sv", "det är för besvärligt", True),
    ("sv", "det vore orimligt, för katalogen gick till 4 000 besökare", False),
    ("en", "it is too much trouble", True),
    ("en", "disproportionate: the list went to 4,000 visitors whose names were not kept", False),
]


@pytest.mark.parametrize(("language", "why", "wrong"), EFFORT)
def test_that_it_is_a_trouble_is_no_reason_to_leave_recipients_untold(language: str, why: str, wrong: bool) -> None:
    """GDPR 19 excuses what is impossible or out of proportion; the letter says what makes it so."""
    corrected = part(language, RequestKind.RECTIFICATION, Outcome.GRANTED, notified="not_possible")
    told = replace(corrected, facts={**corrected.facts, "not_notified_why": why})
    context = replace(ALBUM[language, "rectification granted"].context, parts=(told,))
    text = compose(context)
    assert ("effort_alone" in {one.code for one in lint(text.body, text.subject, context)}) is wrong


NO_REASONS = [
    ("fi", "palvelimemme on ollut alhaalla kaksi viikkoa"),
    ("fi", "tietojärjestelmän vika"),
    ("fi", "asiakasjärjestelmämme on ollut rikki 5.4.2026 alkaen"),
    ("fi", "sähköpostiohjelmamme ei toiminut"),
    ("fi", "arkistojärjestelmässämme on palvelinhäiriö"),
    ("fi", "odotamme lakimiehemme lausuntoa"),
    ("fi", "emme ole saaneet asianajajamme kantaa 300 sopimukseen"),
    ("fi", "tietosuojavastaavamme on hoitovapaalla"),
    ("fi", "yhteyshenkilömme on vielä perhevapaalla"),
    ("fi", "paljon pyyntöjä muiltakin asiakkailta"),
    ("fi", "muiden asiakkaiden pyynnöt ovat jonossa ennen teitä"),
    ("fi", "olemme saaneet poikkeuksellisen paljon tietopyyntöjä"),
    ("sv", "vår server har legat nere i två veckor"),
    ("sv", "ett fel i vårt datasystem"),
    ("sv", "e-postprogrammet fungerade inte"),
    ("sv", "vi väntar på vår jurists utlåtande"),
    ("sv", "vårt dataskyddsombud är föräldraledig"),
    ("sv", "andra kunders begäranden går före"),
    ("sv", "många begäranden från andra kunder"),
    ("sv", "vi har fått många begäranden"),
    ("en", "our server has been down for two weeks"),
    ("en", "a fault in our information system"),
    ("en", "the mail software did not work"),
    ("en", "we are waiting for our lawyer's opinion"),
    ("en", "our data protection officer is on parental leave"),
    ("en", "other people's requests come first"),
    ("en", "many requests from other customers too"),
    ("en", "we have received a lot of requests"),
]


@pytest.mark.parametrize(("language", "explained"), NO_REASONS)
def test_trouble_absence_opinions_and_others_requests_are_no_reasons(language: str, explained: str) -> None:
    """The notice is not even written (EDPB Guidelines 01/2022, 162-164)."""
    assert extending.unlawful(explained, language)


REASONS = [
    ("fi", "300 lomaketta, joissa on ruuhkamaksuja"),
    ("fi", "200 puhelua, joissa on muiden asiakkaiden tietoja"),
    ("fi", "60 viestiä, joista pitää poistaa muiden pyynnöt ja nimet"),
    ("fi", "esimiehen 40 muistiinpanoa, joissa johto arvioi muita työntekijöitä"),
    ("fi", "henkilö on jo eläkkeellä, ja aineistoa on 30 vuodelta"),
    ("fi", "400 viestiä, joita on vaihdettu lakimiehen kanssa"),
    ("fi", "tietojärjestelmän vikailmoituksia on 120"),
    ("fi", "kuuden vuoden poissaolotiedot ja 40 hoitovapaahakemusta"),
    ("fi", "kahdeksan kuukauden sähköpostit, 3 000 viestiä"),
    ("fi", "sata tuntia tallenteita kuudesta sovelluksesta"),
    ("fi", "olette tehnyt viisi pyyntöä, ja tiedot ovat palvelimella, joka ei ole meidän: 900 tiedostoa"),
    ("sv", "200 samtal där andra kunder förekommer"),
    ("sv", "60 meddelanden där andra kunders begäranden nämns"),
    ("sv", "400 meddelanden med vår advokat"),
    ("sv", "uppgifterna finns på tre servrar och i 600 e-postmeddelanden"),
    ("en", "200 calls with other customers in them"),
    ("en", "60 e-mails in which other customers' requests are quoted"),
    ("en", "400 messages with our lawyer"),
    ("en", "120 system failure reports"),
    ("en", "e-mails of the past eight months on three servers"),
]


@pytest.mark.parametrize(("language", "explained"), REASONS)
def test_what_the_material_is_about_is_no_reason_of_ours(language: str, explained: str) -> None:
    assert found(language, "extension, complexity", explained) == set()


AMOUNT, NUMBER = "extension, complexity", "extension, number_of_requests"
UNCOUNTED = [
    ("fi", AMOUNT, "kaksi viestiä"),
    ("fi", AMOUNT, "asian selvittäminen vie kuusi viikkoa"),
    ("fi", AMOUNT, "viestejä 5.4.2026"),
    ("fi", NUMBER, "yksi pyyntö"),
    ("fi", NUMBER, "1 pyyntö, jonka käsittely kestää kolme viikkoa"),
    ("sv", AMOUNT, "två meddelanden"),
    ("sv", AMOUNT, "arbetet tar sex veckor"),
    ("sv", NUMBER, "en begäran"),
    ("en", AMOUNT, "two messages"),
    ("en", AMOUNT, "the work takes six weeks"),
    ("en", NUMBER, "one request"),
]


@pytest.mark.parametrize(("language", "title", "explained"), UNCOUNTED)
def test_much_and_many_are_shown_by_a_number_of_what_there_is(language: str, title: str, explained: str) -> None:
    """Neither by one of weeks, nor by a day, nor by a number that is not many (GDPR 5(2))."""
    assert found(language, title, explained) == {"extension_uncounted"}


COUNTED = [
    ("fi", AMOUNT, "kaksikymmentä sopimusta"),
    ("fi", AMOUNT, "viestejä vuosilta 2009–2026"),
    ("fi", AMOUNT, "puhelutallenteita vuodesta 2011"),
    ("fi", AMOUNT, "1200 riviä"),
    ("fi", NUMBER, "kolme pyyntöä, jotka koskevat eri palveluja"),
    ("fi", NUMBER, "5.3.2026 ja 20.3.2026 saamamme pyynnöt"),
    ("fi", NUMBER, "tarkastus- ja siirtopyyntö"),
    ("sv", AMOUNT, "meddelanden från 2009–2026"),
    ("sv", NUMBER, "tre begäranden"),
    ("sv", NUMBER, "begäran om insyn och rättelse"),
    ("en", AMOUNT, "messages from eight months"),
    ("en", NUMBER, "three requests about different services"),
    ("en", NUMBER, "requests for a copy and for correction"),
]


@pytest.mark.parametrize(("language", "title", "explained"), COUNTED)
def test_a_number_of_what_there_is_shows_that_it_is_much(language: str, title: str, explained: str) -> None:
    assert found(language, title, explained) == set()


@pytest.mark.parametrize(
    ("language", "explained"),
    [
        ("fi", "kaksi pyyntöä, jotka koskevat eri palveluja"),
        ("fi", "2 pyyntöä, jotka saimme 2.3.2026 ja 5.3.2026"),
        ("sv", "två begäranden"),
        ("en", "two requests about different services"),
    ],
)
def test_two_requests_are_hardly_a_number(language: str, explained: str) -> None:
    """They may be large ones: it is remarked on (EDPB Guidelines 01/2022, 162-164)."""
    assert found(language, NUMBER, explained) == {"extension_few"}


RECORDED = [
    ("fi", AMOUNT, "nauhoitteita on 120 tuntia"),
    ("fi", "extension, complexity, others", "muiden osallistujien puhe, 120 tuntia"),
    ("sv", AMOUNT, "inspelningarna är 120 timmar långa"),
    ("en", AMOUNT, "the recordings are 120 hours long"),
]


@pytest.mark.parametrize(("language", "title", "explained"), RECORDED)
def test_hours_of_recordings_are_an_amount(language: str, title: str, explained: str) -> None:
    """What there is to hear; how long somebody takes to hear it is no such number."""
    assert found(language, title, explained) == set()


@pytest.mark.parametrize(
    ("language", "explained"),
    [
        ("fi", "nauhoitteiden kuuntelu vie 120 tuntia"),
        ("sv", "inspelningarna tar 120 timmar"),
        ("en", "the recordings take us 120 hours"),
    ],
)
def test_hours_of_our_work_are_none(language: str, explained: str) -> None:
    assert found(language, AMOUNT, explained) == {"extension_uncounted"}


WAITS = [
    ("fi", "käymme läpi 200 puhelua, kunhan Sanna palaa tammikuussa"),
    ("fi", "käymme läpi 200 viestiä, ja joulun pyhät tulevat väliin"),
    ("fi", "aineistoa on kahdessa arkistossa, 200 kansiota, ja toinen niistä on kiinni vuoden alkuun"),
    ("fi", "200 puhelua, jotka saamme auki vasta tammikuussa"),
    ("sv", "200 samtal, som vi går igenom så snart Sanna är tillbaka"),
    ("sv", "200 mappar i arkivet, som är stängt till nyår"),
    ("en", "200 calls, which we go through once Sanna returns"),
    ("en", "200 folders in the archive, which is closed until January"),
]


@pytest.mark.parametrize(("language", "explained"), WAITS)
def test_a_number_carries_no_reason_that_is_a_wait(language: str, explained: str) -> None:
    """Neither a day nor somebody's return makes the request complex (EDPB Guidelines 01/2022, 162-164)."""
    assert found(language, AMOUNT, explained) == {"extension_waits"}


@pytest.mark.parametrize(
    ("language", "explained"),
    [
        ("fi", "200 pyhäpäivälisää kuudelta vuodelta"),
        ("fi", "200 sopimusta, joita on muutettu joulukuussa 2024"),
        ("sv", "200 anteckningar om stängda konton"),
        ("en", "200 closed accounts and their 900 e-mails"),
    ],
)
def test_what_the_material_is_of_is_no_wait(language: str, explained: str) -> None:
    assert found(language, AMOUNT, explained) == set()


@pytest.mark.parametrize(
    ("language", "explained", "small"),
    [
        ("fi", "aineistoa on 3 viestiä", True),
        ("fi", "kahdeksan puhelua", True),
        ("fi", "8 puhelua, yhteensä 40 tuntia", False),
        ("fi", "kahdeksan sopimusta", False),
        ("sv", "tre meddelanden", True),
        ("sv", "tre meddelanden och 600 bilagor", False),
        ("en", "five e-mails", True),
        ("en", "five e-mails with 300 attachments", False),
    ],
)
def test_a_handful_is_asked_about(language: str, explained: str, small: bool) -> None:
    """It stands in nobody's way: what makes few hard the person may know (GDPR 5(2))."""
    assert found(language, AMOUNT, explained) == ({"extension_few"} if small else set())


def refused(language: str, title: str, **facts: str) -> set[str]:
    """The codes of what is wrong with a refusal that says this of its ground."""
    context = ALBUM[language, title].context
    [part] = context.parts
    context = replace(context, parts=(replace(part, facts={**part.facts, **facts}),))
    text = compose(context)
    return {one.code for one in lint(text.body, text.subject, context)}


COMPELLING = "objection refused compelling_grounds"
MARKETED = [
    ("fi", "suoramarkkinointi on meille tärkeää", True),
    ("fi", "asiakastietoja tarvitaan uutiskirjeeseen", True),
    ("fi", "emme voi lopettaa sähköpostimarkkinointia", True),
    ("fi", "emme käytä tietoja markkinointiin, vaan väärinkäytösten estämiseen", False),
    ("fi", "suoramarkkinoinnin lopetimme jo, mutta kirjautumistiedot estävät väärinkäytöksiä", False),
    ("sv", "direktmarknadsföringen är viktig för oss", True),
    ("sv", "uppgifterna används inte för marknadsföring utan för att hindra missbruk", False),
    ("en", "direct marketing is important to us", True),
    ("en", "the data is not used for marketing but to prevent misuse", False),
]


@pytest.mark.parametrize(("language", "explained", "wrong"), MARKETED)
def test_marketing_is_no_compelling_ground_against_an_objection(language: str, explained: str, wrong: bool) -> None:
    """What is a ban on direct marketing is never refused (GDPR 21(2)-(3))."""
    expected = {"marketing_no_compelling_ground"} if wrong else set()
    assert refused(language, COMPELLING, explained=explained) == expected


LAWS = [
    ("fi", "laki", True),
    ("fi", "verotusmenettelylaki", True),
    ("fi", "verotusmenettelylain (1558/1995) 13 c §", False),
    ("fi", "arpajaislain 5 artikla", False),
    ("sv", "lagen", True),
    ("sv", "3 kap. 5 a § i exempellagen", False),
    ("en", "the law", True),
    ("en", "Section 13 of the Example Act", False),
]


@pytest.mark.parametrize("title", ["access refused other_act", "erasure refused legal_obligation"])
@pytest.mark.parametrize(("language", "law", "wrong"), LAWS)
def test_another_act_limits_a_right_only_with_its_section(title: str, language: str, law: str, wrong: bool) -> None:
    """That the law forbids it says nothing that somebody could look up (GDPR 12(4), 23(2))."""
    assert refused(language, title, other_law=law) == ({"other_law_unnamed"} if wrong else set())


def charged(language: str, ground: str = "excessive", begun: bool = False, **facts: str) -> set[str]:
    """The codes of what is wrong with a fee that says this of itself."""
    context = ALBUM[language, f"fee, {ground}"].context
    parts = tuple(replace(part, begun=begun) for part in context.parts)
    context = replace(context, parts=parts, facts={**context.facts, **facts})
    text = compose(context)
    return {one.code for one in lint(text.body, text.subject, context)}


BASES = [
    ("fi", "henkilöllisyyden tarkistaminen", True),
    ("fi", "tulostus ja asiakkaan tunnistaminen", True),
    ("fi", "tulostus, työntekijän palkka ja kate", True),
    ("fi", "postitus ja pieni voitto", True),
    ("fi", "tulostus, postitus ja tunnin työ", False),
    ("fi", "tulostus; emme veloita henkilöllisyyden tarkistamisesta emmekä ota katetta", False),
    ("fi", "kirjattu kirje, joka luovutetaan henkilöllisyystodistusta vastaan", False),
    ("fi", "juristin palkkio", True),
    ("fi", "tulostus ja lakimies, 2 tuntia", True),
    ("fi", "asianajokulut", True),
    ("fi", "kopiot lakimiehen kirjeistä ja postitus", False),
    ("sv", "advokatarvode", True),
    ("sv", "kopior av advokatens brev", False),
    ("en", "our lawyer's fee", True),
    ("en", "legal advice and postage", True),
    ("en", "copies of the lawyer's letters", False),
    ("sv", "kontroll av din identitet", True),
    ("sv", "utskrift, arbete och vinst", True),
    ("sv", "utskrift och porto, ingen vinst", False),
    ("en", "checking your identity", True),
    ("en", "printing, work and our margin", True),
    ("en", "printing and postage, without any profit", False),
]


@pytest.mark.parametrize(("language", "basis", "wrong"), BASES)
def test_a_fee_covers_neither_who_asks_nor_a_profit(language: str, basis: str, wrong: bool) -> None:
    """Administrative costs alone (GDPR 12(5)); finding out who asks is the controller's own duty (GDPR 12(6))."""
    assert charged(language, fee_basis=basis) == ({"fee_basis_unlawful"} if wrong else set())


AMOUNTS = [
    ("fi", "18 euroa", "postitus", set()),
    ("fi", "49,90 €", "tulostus ja postitus", set()),
    ("fi", "80 euroa", "tulostus ja työ", {"fee_uncounted"}),
    ("fi", "80 euroa", "työ 2 tuntia, 40 euroa tunnilta", set()),
    ("fi", "120 euroa", "työ ja tulostus, 60 euroa kumpikin", set()),
    ("fi", "2500 euroa", "työ 50 tuntia", {"fee_disproportionate"}),
    ("fi", "2 500 €", "työ 50 tuntia", {"fee_disproportionate"}),
    ("sv", "80 euro", "arbete", {"fee_uncounted"}),
    ("sv", "900 euro", "arbete 20 timmar", {"fee_disproportionate"}),
    ("en", "€18", "postage", set()),
    ("en", "€1,200", "30 hours of work", {"fee_disproportionate"}),
    ("en", "80 euros", "work", {"fee_uncounted"}),
]


@pytest.mark.parametrize(("language", "amount", "basis", "wrong"), AMOUNTS)
def test_a_fee_is_in_proportion_to_what_the_answer_costs(
    language: str, amount: str, basis: str, wrong: set[str]
) -> None:
    """Reasonable by its administrative cost (GDPR 12(5), 15(3)): a high one is counted, a very high one is an error."""
    assert charged(language, fee_amount=amount, fee_basis=basis) == wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fee_is_counted_where_its_letter_counts_it(language: str) -> None:
    """A draft may be older than the record of its basis; what its reader sees decides."""
    context = ALBUM[language, "fee, excessive"].context
    priced = {"fi": ("80 euroa", "työ 2 x 40"), "sv": ("80 euro", "arbete 2 x 40"), "en": ("80 euros", "work 2 x 40")}
    amount, basis = priced[language]
    text = compose(replace(context, facts={**context.facts, "fee_amount": amount, "fee_basis": basis}))
    unrecorded = replace(context, facts={name: said for name, said in context.facts.items() if name != "fee_basis"})
    assert "fee_uncounted" not in {one.code for one in lint(text.body, text.subject, unrecorded)}
    vague = text.body.replace("2 x 40", "")
    assert "fee_uncounted" in {one.code for one in lint(vague, text.subject, unrecorded)}


REPEATED = [
    ("fi", "erasure refused legal_claim", "tietoja tarvitaan oikeusvaateen esittämiseen", True),
    ("fi", "erasure refused legal_claim", "17 artiklan 3 kohdan e alakohta", True),
    ("fi", "erasure refused legal_claim", "tilauksesta 44 on vireillä reklamaatio", False),
    ("fi", "erasure refused contract_needed", "sopimuksenne on voimassa", False),
    ("fi", "erasure refused legal_claim", "vaadimme saatavaamme oikeudessa", False),
    ("fi", "erasure refused legal_claim", "Syyttäjä tarvitsee tietoja", False),
    ("fi", "erasure refused legal_claim", "meillä on syy vaatia oikeuksiamme", True),
    ("fi", "erasure refused still_needed", "olette yhä asiakkaamme", False),
    ("fi", "erasure refused still_needed", "tietoja tarvitaan vielä asiassa", True),
    ("fi", "erasure refused contract_needed", "Olette muuttanut sopimusta 12.3.2026", False),
    ("fi", "erasure refused contract_needed", "lainanne vuoksi", False),
    ("fi", "erasure refused contract_needed", "saamme säilyttää muut tiedot", True),
    ("fi", "erasure refused contract_needed", "tietoa tarvitaan sopimuksen täyttämiseen", True),
    ("fi", "rectification refused data_accurate", "tiedot ovat oikein", True),
    ("fi", "rectification refused data_accurate", "syntymävuosi on sama kuin passissa", False),
    ("fi", "objection refused compelling_grounds", "meillä on huomattavan tärkeä ja perusteltu syy", True),
    ("sv", "erasure refused legal_claim", "uppgifterna behövs för att fastställa rättsliga anspråk", True),
    ("sv", "erasure refused legal_claim", "en reklamation om beställning 44 pågår", False),
    ("en", "erasure refused legal_claim", "the data is needed for the establishment of legal claims", True),
    ("en", "erasure refused legal_claim", "a complaint about order 44 is pending", False),
]


@pytest.mark.parametrize(("language", "title", "explained", "wrong"), REPEATED)
def test_a_refusal_says_more_of_the_case_than_the_law_does(
    language: str, title: str, explained: str, wrong: bool
) -> None:
    """The facts of this very case are owed (GDPR 12(4)); the law is cited anyway."""
    context = ALBUM[language, title].context
    [refused_part] = context.parts
    told = replace(refused_part, facts={**refused_part.facts, "explained": explained})
    context = replace(context, parts=(told,))
    text = compose(context)
    assert {one.code for one in lint(text.body, text.subject, context)} == ({"refusal_unexplained"} if wrong else set())


NUMBERS = [
    ("fi", "pyyntö on kolmas tänä vuonna", True),
    ("fi", "pyyntö on kolmas kahden viikon kuluessa, eivätkä tiedot ole muuttuneet", False),
    ("fi", "sama pyyntö tuli jo kolmannen kerran", False),
    ("fi", "pyyntö on jo toinen tänä vuonna", True),
    ("sv", "begäran är den tredje i år", True),
    ("sv", "begäran är den tredje på två veckor", False),
    ("en", "this is the third request this year", True),
    ("en", "this is the third request for the same data", False),
]


@pytest.mark.parametrize(("language", "explained", "wrong"), NUMBERS)
def test_how_many_requests_there_were_shows_no_excess_by_itself(language: str, explained: str, wrong: bool) -> None:
    """How often the data changes and how soon somebody asks again does (EDPB Guidelines 01/2022, 185)."""
    assert charged(language, fee_explained=explained) == ({"fee_number_alone"} if wrong else set())


def test_a_fee_on_a_number_alone_stands_in_the_way_of_approval() -> None:
    """Once a year is no excess (GDPR 12(5)): whoever charges for the second request gives a reason."""
    context = ALBUM["fi", "fee, excessive"].context
    context = replace(context, facts={**context.facts, "fee_explained": "pyyntö on jo toinen tänä vuonna"})
    text = compose(context)
    assert [one.severity for one in lint(text.body, text.subject, context)] == [Severity.ERROR]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ground", ["unfounded", "excessive", "further_copy"])
def test_a_fee_is_asked_before_the_work(language: str, ground: str) -> None:
    """So that its reader may withdraw before anything costs (EDPB Guidelines 01/2022, 31, 194)."""
    assert charged(language, ground) == set()
    assert charged(language, ground, begun=True) == {"fee_after_work"}


OWN_LOAD = [
    ("fi", "hoidamme samaan aikaan 40 muuta asiaa ja käymme läpi 300 viestiä"),
    ("fi", "meillä on nyt pulaa ihmisistä, ja viestejä on 300"),
    ("fi", "olemme vain kolme ihmistä, ja viestejä on 300"),
    ("fi", "toimistossamme on vain kaksi työntekijää, ja viestejä on 300"),
    ("fi", "IT-osasto on ylikuormittunut, ja viestejä on 300"),
    ("fi", "järjestelmätoimittajamme on hidas, ja viestejä on 300"),
    ("fi", "tietohallinto ei ole vielä toimittanut 300 viestiä"),
    ("fi", "teemme tätä muiden töiden ohessa, ja viestejä on 300"),
    ("fi", "asiaa hoitava henkilö on vaihtunut, ja viestejä on 300"),
    ("fi", "asiaa hoitava Matti jäi eläkkeelle, ja viestejä on 300"),
    ("fi", "henkilökuntaa on vähän, ja viestejä on 300"),
    ("fi", "lakiosastomme arvio 300 viestistä on kesken"),
    ("sv", "vi är få, och meddelandena är 300"),
    ("sv", "vi är underbemannade, och meddelandena är 300"),
    ("sv", "systemet är långsamt, och meddelandena är 300"),
    ("sv", "handläggaren har bytts ut, och meddelandena är 300"),
    ("en", "we are understaffed, and there are 300 messages"),
    ("en", "we are a small team, and there are 300 messages"),
    ("en", "the system is slow, and there are 300 messages"),
    ("en", "the colleague who dealt with it has left, and there are 300 messages"),
    ("en", "we do this besides our other work, and there are 300 messages"),
]
OF_THE_REQUEST = [
    ("fi", "pyyntö koskee 40 puhelua, joissa puhutaan hitaasta yhteydestä"),
    ("fi", "300 viestiä, joista osa on kolmen eläkkeelle jääneen työntekijän kirjoittamia"),
    ("fi", "120 tiedostoa on vanhassa järjestelmässä, josta ne on purettava luettavaan muotoon"),
    ("fi", "samassa ketjussa on 80 viestiä, joissa käsitellään muiden asiakkaiden asioita"),
    ("fi", "200 työaikakirjausta, joissa on muiden työntekijöiden tietoja"),
    ("sv", "begäran gäller 200 meddelanden i ett gammalt system"),
    ("en", "the request covers 200 messages in an old system"),
]


@pytest.mark.parametrize(
    ("language", "explained", "unlawful"),
    [(*one, True) for one in OWN_LOAD] + [(*one, False) for one in OF_THE_REQUEST],
)
def test_our_own_load_is_no_reason_however_much_there_is(language: str, explained: str, unlawful: bool) -> None:
    """Few people, slow systems, other work and changed staff extend nothing (EDPB Guidelines 01/2022, 162-164)."""
    context = replace(ALBUM[language, "extension, complexity"].context, extension_explained=explained)
    text = compose(context)
    found = {finding.code for finding in lint(text.body, text.subject, context)}
    assert found == ({"extension_reason_unlawful"} if unlawful else set())


OURS = [
    ("fi", "Pekka hoitaa 300 asiaa yksin", True),
    ("fi", "meillä on 250 avointa reklamaatiota", True),
    ("fi", "tilintarkastus koskee 900 tositetta", True),
    ("fi", "lähetimme 5 000 laskua tällä viikolla", True),
    ("fi", "toimittajamme 40 muuta asiakasta ovat ensin", True),
    ("fi", "pyyntönne tuli kesken 120 hengen koulutuksen", True),
    ("fi", "verkkokauppamme 10 000 tilausta", True),
    ("fi", "tietoja on 4 000 sähköpostissa vuosilta 2019–2026, ja niistä on peitettävä muiden nimet", False),
    ("fi", "tiedot ovat kuudessa järjestelmässä ja 320 puhelutallenteessa", False),
    ("fi", "pyyntönne koskee 14 vuoden asiakkuutta ja 2 600 viestiä", False),
    ("fi", "osa aineistosta on 800 sivua paperilla arkistossa", False),
    ("fi", "teistä on 900 tositetta kuudelta tilikaudelta", False),
    ("fi", "reklamaatioitanne on 90, ja niissä on muiden nimiä", False),
    ("fi", "40 hoitokäyntiä ja niiden kertomukset", False),
    ("fi", "sinusta on 300 laskua kahdessa yhtiössä", False),
    ("sv", "revisorn granskar 900 verifikationer", True),
    ("sv", "vi har 250 öppna reklamationer", True),
    ("sv", "4 000 e-postmeddelanden från 2019–2026", False),
    ("sv", "dina 300 fakturor finns i två bolag", False),
    ("en", "our auditor is checking 900 vouchers", True),
    ("en", "we have 250 open complaints", True),
    ("en", "Pekka handles 300 matters alone", True),
    ("en", "4,000 e-mails from 2019-2026, in which other names must be covered", False),
    ("en", "your 300 invoices are with two companies", False),
]


def test_what_a_reason_counts_is_the_readers_and_not_work_of_ours() -> None:
    """However large the number is, it makes nobody's request complex (EDPB Guidelines 01/2022, 162-164)."""
    for language, explained, wrong in OURS:
        assert ("extension_own_work" in found(language, AMOUNT, explained)) is wrong, explained


EXCESS = [
    ("fi", "kysytte samaa asiaa kuin vaimonne", True),
    ("fi", "tiedot ovat samat kuin vuosi sitten", True),
    ("fi", "samalla vaivalla kieltäytyisimme", True),
    ("fi", "sama pyyntö on tehty kuukaudessa kaksi kertaa", False),
    ("fi", "sama pyyntö joka viikko neljä kertaa", False),
    ("fi", "tiedot ovat samat kuin viime viikolla", False),
    ("sv", "du frågar samma sak som din fru", True),
    ("sv", "samma begäran fyra gånger i veckan", False),
    ("en", "you ask the same thing as your wife", True),
    ("en", "the same request every week", False),
]


def test_only_the_same_thing_asked_again_soon_is_excessive() -> None:
    for language, explained, wrong in EXCESS:
        assert charged(language, fee_explained=explained) == ({"fee_number_alone"} if wrong else set()), explained


REFUSED_BY_NUMBER = [
    ("fi", "tietojanne on yli 4 000 sivua", True),
    ("fi", "pyyntö on jo kolmas", True),
    ("fi", "olette pyytänyt tietoja monta kertaa", True),
    ("fi", "pyysitte samoja tietoja kolmesti tässä kuussa, eivätkä ne ole muuttuneet", False),
    ("fi", "lupasitte 3.3.2026 perua pyynnön, jos maksamme teille 500 euroa", False),
    ("fi", "pyynnöt on tehty häirintätarkoituksessa, 40 viestiä yhdessä yössä", False),
    ("sv", "det här är din tredje begäran", True),
    ("sv", "samma begäran tre gånger i veckan", False),
    ("en", "there are 4,000 pages", True),
    ("en", "the same request three times a week", False),
]


def test_a_refusal_rests_on_a_number_no_more_than_a_fee_does() -> None:
    """The same ground wants the same to be shown (GDPR 12(5))."""
    for language, explained, wrong in REFUSED_BY_NUMBER:
        codes = refused(language, "access refused unfounded_or_excessive", explained=explained)
        assert ("fee_number_alone" in codes) is wrong, explained
