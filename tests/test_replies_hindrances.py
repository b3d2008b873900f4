"""No sentence of anybody's takes from its reader what is theirs; a true and harmless one beside it stays free."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from replies.album import specimens
from replies.choices import LANGUAGES
from replies.hindrances import places
from replies.lens import Around, Lens
from replies.linter import lint
from replies.template_words import template_words

ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}
ACCESS, ERASURE, CORRECTED = "access granted", "erasure granted", "rectification granted"
RESTRICTED, OBJECTED, WITHDRAWN = "restriction granted", "objection granted", "consent_withdrawal granted"


@cache
def lens(language: str, title: str) -> Lens:
    letter = ALBUM[language, title]
    words = template_words(letter.context, letter.text.body, letter.context.today)
    return Lens(letter.text.body, letter.context, Around(template=words, composed=letter.text.body))


def found(read: Lens, sentence: str) -> set[str]:
    return {code for code, _ in places(replace(read, body=f"{read.body}\n{sentence}\n"))}


HINDERING: dict[tuple[str, str], dict[str, list[str]]] = {
    ("further_request_hindered", ACCESS): {
        "fi": [
            "Emme vastaa enää uusiin pyyntöihinne.",
            "Jatkossa pyynnöt on lähetettävä kirjeitse.",
            "Jatkossa käsittelemme vain suomi.fi-tunnistautuneita pyyntöjä.",
            "Seuraavaan pyyntöönne emme vastaa.",
            "Tämän jälkeen emme ota vastaan uusia pyyntöjä.",
            "Pyynnöt otetaan vastaan ainoastaan lomakkeella.",
            "Tietopyyntö on tehtävä kirjallisesti.",
            "Vastaisuudessa pyyntönne tulee perustella.",
            "Tämä on viimeinen kerta, kun vastaamme pyyntöönne.",
            "Tulevat pyyntönne jätämme lukematta, emme siis vastaa niihin.",
        ],
        "sv": [
            "Vi svarar inte längre på dina begäranden.",
            "I fortsättningen ska begäran göras per brev.",
            "Vi behandlar endast begäranden som görs med bankkoder.",
            "Nya begäranden besvarar vi inte.",
            "Begäran måste motiveras.",
        ],
        "en": [
            "We will not answer further requests from you.",
            "In future, requests must be made by post.",
            "We only accept requests made through the portal.",
            "New requests will not be answered, as we no longer handle them.",
            "This is the last time we answer your request.",
        ],
    },
    ("complaint_hindered", ACCESS): {
        "fi": [
            "Ennen valitusta teidän on otettava yhteyttä meihin.",
            "Voitte valittaa 14 päivän kuluessa.",
            "Ottakaa ensin yhteyttä meihin, ja vasta sitten voitte kannella.",
            "Voitte maksua vastaan saattaa asian tietosuojavaltuutetun käsiteltäväksi.",
            "Voitte vasta oikeudenkäynnin jälkeen saattaa asian tietosuojavaltuutetun käsiteltäväksi.",
            "Tietosuojavaltuutettu ei ota asiaa käsiteltäväksi.",
            "Käräjäoikeus ei käsittele näitä asioita.",
            "Valitusaika on kuukausi.",
            "Valittaminen on turhaa.",
            "Kantelu tietosuojavaltuutetulle maksaa 50 euroa.",
            "Valittaa voitte vain kirjallisesti.",
        ],
        "sv": [
            "Innan du klagar måste du kontakta oss.",
            "Du kan klaga inom 14 dagar.",
            "Dataombudsmannen behandlar inte sådana ärenden.",
            "Du får klaga hos dataombudsmannen mot en avgift.",
            "Du kan bara klaga skriftligen.",
        ],
        "en": [
            "Before complaining you must contact us.",
            "You must first exhaust our own appeal.",
            "You can complain within 14 days.",
            "The Ombudsman does not take such matters.",
            "A complaint to the Ombudsman costs 50 euros.",
            "You may only complain in writing.",
        ],
    },
    ("reader_bound", ACCESS): {
        "fi": [
            "Tiedot ovat luottamuksellisia, ettekä saa julkaista niitä.",
            "Pyydämme teitä olemaan kertomatta tästä vastauksesta muille.",
            "Hyväksytte tämän vastauksen, jos ette vastaa viikossa.",
            "Ellette vastaa viikossa, katsomme, että hyväksytte vastauksen.",
            "Ette saa näyttää tätä kirjettä asianajajalle.",
            "Vastaanottamalla tiedot luovutte oikeudesta vaatia korvausta.",
            "Älkää kertoko vastauksestamme tiedotusvälineille.",
            "Sitoudutte käyttämään tietoja vain itse.",
        ],
        "sv": [
            "Du får inte publicera uppgifterna.",
            "Genom att ta emot kopian avstår du från din rätt till ersättning.",
            "Du godkänner svaret om du inte hör av dig inom en vecka.",
        ],
        "en": [
            "You must not publish this data.",
            "You accept this answer unless you reply within a week.",
            "Please do not share this answer with anyone.",
            "By opening the file you waive any claims.",
        ],
    },
    ("marketing_brought", ACCESS): {
        "fi": [
            "Samalla liitimme teidät uutiskirjeemme tilaajaksi.",
            "Olemme lisänneet osoitteenne postituslistallemme.",
            "Tutustukaa samalla syksyn tarjouksiimme!",
            "Tilatkaa uutiskirjeemme osoitteesta yritys.example.",
        ],
        "sv": ["Samtidigt prenumererar du nu på vårt nyhetsbrev.", "Vi lade till dig i vårt nyhetsbrev."],
        "en": ["We have added you to our newsletter.", "Subscribe to our newsletter!"],
    },
    ("left_out_of_granted", ACCESS): {
        "fi": [
            "Osa tiedoista on jätetty toimittamatta.",
            "Jäljennöksestä on jätetty pois kaikki sähköpostit.",
            "Emme toimita puhelutallenteita, koska ne ovat omaan käyttöömme.",
            "Muistiinpanoja emme anna.",
            "Jäljennöksestä puuttuvat vuoden 2021 viestit.",
        ],
        "sv": ["Vi lämnade bort alla e-postmeddelanden.", "En del av uppgifterna har utelämnats."],
        "en": ["We left out all e-mails.", "The call recordings are withheld.", "We do not provide internal notes."],
    },
    ("granted_denied", ERASURE): {
        "fi": [
            "Emme ole poistaneet tietojanne 17.3.2026.",
            "Tietonne piilotettiin järjestelmässä.",
            "Jätimme asiakaskortin vielä talteen.",
            "Harkitsemme poistavamme tietonne.",
            "Asiakaskorttianne ei voida poistaa.",
            "Tietonne arkistoitiin.",
            "Emme ilmoita poistosta kumppaneillemme.",
            "Todellisuudessa tiedot ovat yhä asiakasrekisterissä.",
            "Tiedot säilyvät vielä järjestelmässä.",
        ],
        "sv": [
            "Uppgifterna har bara dolts.",
            "Uppgifterna har inte raderats.",
            "Vi har inte raderat uppgifterna.",
            "Uppgifterna finns fortfarande i kundregistret.",
        ],
        "en": [
            "Your data was only hidden.",
            "We have not erased your data.",
            "Your account has been archived.",
            "We do not tell the recipients of the erasure.",
            "Your data is still in the customer register.",
        ],
    },
    ("granted_denied", CORRECTED): {
        "fi": ["Emme ole oikaisseet sukunimeä.", "Vanha tieto jää näkyviin.", "Emme kerro korjauksesta muille."],
        "sv": ["Namnet har inte rättats."],
        "en": ["We have not corrected your name."],
    },
    ("threat", ERASURE): {
        "fi": [
            "Asiakkuutenne päättyy, koska pyysitte poistoa.",
            "Jatkossa ette voi asioida meillä.",
            "Pyyntönne vuoksi irtisanomme palvelusopimuksen.",
        ],
        "sv": ["Kundförhållandet upphör eftersom du bad om radering."],
        "en": ["As you asked for erasure, you can no longer be our customer."],
    },
    ("restricted_goes_on", RESTRICTED): {
        "fi": ["Käytämme tietoja silti laskutukseen ja analyysiin.", "Tietoja voidaan silti luovuttaa kumppaneille."],
        "sv": ["Vi använder ändå uppgifterna för analys."],
        "en": ["We still use the data for our analyses."],
    },
    ("lifting_untold", RESTRICTED): {
        "fi": ["Rajoitus kestää kuukauden ja päättyy sitten."],
        "sv": ["Begränsningen gäller en månad."],
        "en": ["The restriction lasts one month."],
    },
    ("stopped_goes_on", OBJECTED): {
        "fi": ["Käsittely alkaa uudelleen vuoden päästä."],
        "sv": ["Behandlingen återupptas om ett år."],
        "en": ["The processing resumes after a year."],
    },
    ("stopped_goes_on", WITHDRAWN): {
        "fi": ["Siirryimme käyttämään perusteena oikeutettua etua."],
        "sv": ["Vi bytte grund till berättigat intresse."],
        "en": ["We switched the basis to our legitimate interests."],
    },
}

FREE: dict[str, dict[str, list[str]]] = {
    ACCESS: {
        "fi": [
            # of further requests
            "Voitte pyytää tietojanne maksutta uudelleen milloin tahansa.",
            "Jatkossa voitte lähettää pyynnöt suoraan tietosuojavastaavalle.",
            "Uuteen pyyntöön vastaamme kuukauden kuluessa.",
            "Pyyntöä ei tarvitse perustella.",
            "Pyyntönne koskee vain vuotta 2024.",
            "Ymmärsimme, että pyyntönne koskee vain laskuja.",
            "Emme vastaa pyyntöönne puhelimitse, koska lähetämme vastauksen salattuna.",
            "Pyyntönne mukaisesti emme enää käsittele tietojanne uutiskirjeissä.",
            "Pyyntöön on vastattava kuukauden kuluessa.",
            "Emme tarvitse uutta pyyntöä.",
            "Pyyntönne toimitettiin meille vasta 5.3.2026.",
            # of complaints
            "Voitte kannella asiasta tietosuojavaltuutetulle (tietosuojalain 21 §).",
            "Valittaminen ei maksa mitään.",
            "Teidän ei tarvitse ottaa meihin yhteyttä ennen valitusta.",
            "Voitte valittaa milloin tahansa.",
            "Jos ette ole tyytyväinen vastaukseemme, voitte kannella tietosuojavaltuutetulle.",
            "Olemme ilmoittaneet tietoturvaloukkauksesta tietosuojavaltuutetulle.",
            "Voitte valita, haluatteko tiedot myös paperilla.",
            "Jos tietosuojavaltuutettu ei käsittele asiaa kolmen kuukauden kuluessa, valitetaan hallinto-oikeuteen.",
            "Vahingonkorvauksesta päättää käräjäoikeus.",
            "Voitte lisäksi nostaa kanteen käräjäoikeudessa.",
            # of what binds
            "Älkää kertoko salasanaa muille.",
            "Emme saa kertoa toisten asiakkaiden tietoja.",
            "Saatte käyttää tietoja miten haluatte.",
            "Ette saa tätä vastausta salaamattomana, koska siinä on terveystietoja.",
            "Jos ette saa tiedostoa auki, soittakaa meille.",
            # of marketing
            "Voitte perua uutiskirjeen viestin lopussa olevasta linkistä.",
            "Lisäsimme osoitteenne markkinoinnin kieltolistalle.",
            "Tilasitte uutiskirjeemme 3.2.2024 messuilla.",
            "Uutiskirjeen tilaus on päättynyt 3.2.2025.",
            # of what is left out
            "Toisten asiakkaiden nimet on peitetty jäljennöksestä.",
            "Muiden henkilöiden viestit on jätetty pois jäljennöksestä.",
            "Emme luovuta tietojanne ulkopuolisille.",
            "Emme anna tietoja puhelimitse.",
            "Passinne kopiota emme ole säilyttäneet.",
            "PDF-tiedostoa emme lähetä.",
            "Terveyttänne koskevia tietoja meillä ei ole.",
            "Jäljennöksessä on 42 sivua.",
            "Henkilötunnuksenne on jäljennöksessä peitetty.",
            "Emme ole tallentaneet henkilötunnustanne.",
            # of another hand
            "Toimitamme myös markkinointilistat, joille lisäsimme teidät 3.2.2024.",
            "Jäljennös sisältää kampanjat, joihin teidät on lisätty vuosina 2023–2025.",
            "Liitimme mukaan myös uutiskirjeet, jotka lähetimme teille 2025.",
            "Tallenteita emme toimita, koska niitä ei ole.",
            "Voitte pyytää tietonne uudelleen milloin tahansa, vain pyyntö riittää.",
            "Valitusaika on rajaton.",
            "Laskusta voitte valittaa meille kuukauden kuluessa.",
            "Ennen valitusta voitte halutessanne soittaa meille.",
        ],
        "sv": [
            "Du kan begära uppgifterna gratis på nytt när som helst.",
            "En ny begäran besvarar vi inom en månad.",
            "Begäran behöver inte motiveras.",
            "Din begäran gäller bara år 2024.",
            "Du kan klaga hos dataombudsmannen.",
            "Det kostar inget att klaga hos dataombudsmannen.",
            "Du behöver inte kontakta oss innan du klagar.",
            "Du kan också väcka talan vid tingsrätten.",
            "Behandlar dataombudsmannen det inte inom tre månader kan du anföra besvär hos förvaltningsdomstolen.",
            "Berätta inte lösenordet för andra.",
            "Vi får inte berätta om andra kunder.",
            "Du får använda uppgifterna som du vill.",
            "Vi lade till adressen på spärrlistan.",
            "Du beställde vårt nyhetsbrev i februari 2024.",
            "Andra kunders namn har täckts över.",
            "Vi lämnar inte ut uppgifter till utomstående.",
            "Kopian har 42 sidor.",
            "Avtalet undertecknades den 3 februari 2024.",
            "Vi har inga hälsouppgifter om dig.",
            "Vi tar ingen avgift för svaret.",
        ],
        "en": [
            "You may ask again free of charge whenever you like.",
            "A new request is answered within a month.",
            "Your request need not be justified.",
            "Your request is only about the year 2024.",
            "You have the right to complain to the Data Protection Ombudsman.",
            "Complaining to the Ombudsman is free of charge.",
            "You do not have to contact us before complaining.",
            "You may also bring the matter before the District Court.",
            "Do not share the password with anyone.",
            "We may not tell you about other customers.",
            "You may use the data as you like.",
            "We added your address to the suppression list.",
            "You subscribed to our newsletter in 2024, and you can unsubscribe at any time.",
            "Other customers' names have been covered.",
            "We do not disclose your data to anyone else.",
            "The copy has 42 pages.",
            "We do not hold any health data about you.",
            "A copy of your signed contract is enclosed.",
            "We do not need your passport.",
            "The contract was signed on 3 February 2024.",
        ],
    },
    ERASURE: {
        "fi": [
            "Uutiskirjeiden lähetys loppui samalla.",
            "Pyysimme Zef Oy:tä poistamaan tietonne viimeistään 25.3.2026.",
            "Poisto ei vaikuta voimassa olevaan lahjakorttiinne.",
            "Voitte rekisteröityä myöhemmin uudelleen, jos haluatte.",
            "Lokitiedot poistuvat itsestään kuuden kuukauden kuluttua.",
            "Tietonne on anonymisoitu, ei poistettu.",
            "Kieltolistan merkintää emme poista.",
            "Muiden asiakkaiden tietoja emme ole poistaneet.",
            "Tätä viestiketjua emme poista vielä.",
            "Tietojanne ei enää ole järjestelmissämme.",
            "Poisto ei maksa mitään.",
            "Sopimuksenne on edelleen voimassa.",
            "Palvelun käyttäjätili poistui samalla, koska pyysitte poistoa.",
            "Ette voi enää kirjautua poistetulle tilille.",
            "Ilmoitamme poistosta tilitoimistollemme.",
            "Emme ilmoita teille erikseen, kun varmuuskopiot on korvattu.",
            "Tilillänne arkistoitu viesti poistettiin myös.",
            "Piilotetut kentät poistettiin samalla.",
            "Poistamme myös arkistoidut tiedot.",
            "Poistimme myös piilotetut kentät.",
            "Voitte pyytää poistoa uudelleen, jos jotain jäi poistamatta.",
            "Jos huomaatte, että jotain jäi järjestelmään, kertokaa meille.",
            "Emme ole poistaneet tietoja, joita emme käsittele.",
            "Kirjoittamianne julkisia arvosteluja ei poistettu, koska ette pyytänyt sitä.",
        ],
        "sv": [
            "Vi bad Zef Oy radera uppgifterna senast den 25 mars 2026.",
            "Presentkortet gäller fortfarande.",
            "Uppgifterna har anonymiserats.",
            "Spärrlistans anteckning raderar vi inte.",
            "Raderingen påverkar inte presentkortet.",
            "Arkiverade meddelanden raderades också; de hade arkiverats 2020.",
            "Om något inte har raderats, hör av dig.",
            "Vi har inte raderat uppgifter som vi inte har.",
        ],
        "en": [
            "We asked Zef Oy to erase your data by 25 March 2026.",
            "Your gift card remains valid.",
            "The erasure does not affect your gift card.",
            "The data has been anonymised.",
            "We do not erase the entry on the suppression list.",
            "Your data is no longer in our systems.",
            "The archived messages have been erased too.",
            "The hidden fields were erased too.",
            "If anything has not been erased, please tell us.",
        ],
    },
    RESTRICTED: {
        "fi": [
            "Lähetämme laskun 1050 tavalliseen tapaan, koska sopimus sitä vaatii ja annoitte siihen suostumuksen.",
            "Säilytämme tiedot edelleen, mutta emme käytä niitä.",
            "Rajoitus on voimassa, kunnes tarkistus on tehty.",
        ],
        "sv": ["Vi lagrar uppgifterna fortfarande men använder dem inte."],
        "en": ["We still store the data but do not use it."],
    },
    OBJECTED: {
        "fi": [
            "Laskutuksen tietojen käsittely ei muutu.",
            "Emme profiloi teitä enää.",
            "Laskujenne käsittely jatkuu sopimuksen perusteella.",
            "Tilauksenne käsittely jatkuu normaalisti.",
        ],
        "sv": ["Behandlingen för fakturering ändras inte.", "Behandlingen av dina beställningar fortsätter som förut."],
        "en": ["The processing for invoices does not change.", "The processing of your orders continues as before."],
    },
    CORRECTED: {
        "fi": [
            "Oikea puhelinnumeronne on nyt kaikissa järjestelmissämme.",
            "Kiitos, että huomasitte virheen.",
            "Muita tietoja emme muuttaneet.",
            "Laskujen loppusumma ei muuttunut.",
            "Emme ole muuttaneet asiakasnumeroanne.",
            "Oikaisimme myös tiedon, jota emme olleet korjanneet aiemmin.",
        ],
        "sv": ["Andra uppgifter har inte ändrats."],
        "en": ["Other data was not changed.", "Thank you for noticing the error."],
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "title"), HINDERING)
def test_no_sentence_takes_from_its_reader_what_is_theirs(code: str, title: str, language: str) -> None:
    """To ask again, to complain, to tell others, to be let be, to have what is granted (GDPR 12(2), 15(3), 17, 77)."""
    read = lens(language, title)
    missed = [said for said in HINDERING[code, title][language] if code not in found(read, said)]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", FREE)
def test_a_true_sentence_beside_it_stays_free(title: str, language: str) -> None:
    read = lens(language, title)
    assert {said: found(read, said) for said in FREE[title][language] if found(read, said)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_templates_hinder_nobody(language: str) -> None:
    """Whether or not anybody knows which sentences are the template's."""
    letters = {title: letter for (spoken, title), letter in ALBUM.items() if spoken == language}
    read = {title: Lens(one.text.body, one.context, Around()) for title, one in letters.items()}
    assert {title: list(places(one)) for title, one in read.items() if any(places(one))} == {}


GOES_ON = {
    "fi": ("Profilointi jatkuu entiseen tapaan.", "Laskujenne käsittely jatkuu sopimuksen perusteella."),
    "sv": ("Profileringen fortsätter som förut.", "Behandlingen av dina beställningar fortsätter som förut."),
    "en": ("The profiling continues as before.", "The processing of your orders continues as before."),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_stopped_does_not_go_on_and_the_orders_do(language: str) -> None:
    """Told once; an order and its bill rest on the contract (GDPR 6(1)(b), 21(1))."""
    letter, (wrong, free) = ALBUM[language, OBJECTED], GOES_ON[language]
    around = lens(language, OBJECTED).around
    read = (
        lint(f"{letter.text.body}\n{said}\n", letter.text.subject, letter.context, around) for said in (wrong, free)
    )
    assert [[one.code for one in found].count("stopped_goes_on") for found in read] == [1, 0]
