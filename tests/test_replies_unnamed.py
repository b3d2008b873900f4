"""Why nobody can be singled out, and by what they could be: before identity, of the material and kinds of facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.album import specimens
from replies.drafting import compose
from replies.lens import Around
from replies.linter import Finding, lint
from replies.template_words import template_words
from replies.wording import Severity
from tests.said import each

ALBUM = {(language, one.title): one.context for language in ("fi", "sv", "en") for one in specimens(language, "te")}

TOLD = {
    "fi": each("""
        tallenteessa näkyy tuttu kasvo, mutta nimeä ei ole | lomakkeessa on sähköposti, joka ei ole teidän | lokissa
        ei ole muita kuin kanta-asiakkaita | kyselyssä ei ole vastauksia siltä kylältä | lokissa on vain yksi rivi
        siltä päivältä | kameran kuvassa näkyy vakiokävijä, mutta nimeä ei ole | vieraskirjassa on vain yhden suvun
        nimiä | sukunimellä löytyi vain miesasiakas | sähköpostiosoitteellanne on kirjattu äiti ja tytär |
        sähköpostiosoitteenne ei täsmää asiakkaan Meri tietoihin | kaksi eri henkilöä vastaa hakua | samasta
        osoitteesta on kaksi tilausta eri nimillä | nimellänne löytyy useampi rivi rekisteristämme | rekisterissämme
        on kaksi Maija Meriä | Maija Meriä on meillä useampia | hakutulos ei ollut yksiselitteinen | löysimme lähes
        samannimisen asiakkaan | rekisterissämme on Maija Meri, mutta eri sähköpostilla | nimeänne ei ole
        rekisterissämme | sähköpostiosoitettanne ei ole tiedossamme | olette asiakkaamme vain puhelinnumerolla |
        etunimi täsmää mutta sukunimi ei | puhelinnumeronne kuuluu toiselle asiakkaalle | osoitteessanne asuu
        asiakas | tallenteessa ei ole nimiä, mutta nimellänne löytyi tilaus | meillä on yksi Meri Kalajoella |
        vanhempi ja lapsi käyttävät samaa numeroa | pariskunta on rekisterissä yhdellä nimellä | tunnistimme äänestä
        mahdollisen asiakkaan | hakuehdot tuottivat liikaa osumia | kaimanne on asiakkaamme | tietojärjestelmä
        ehdottaa kahta vaihtoehtoa | tallenteella näkyy naapurinne | kameran kuvassa ei ole nimiä, mutta
        kanta-asiakaskortti viittaa kahteen perheenjäseneen | uutiskirjeen tilaajissa on vain yksi Meri |
        tallenteella on vain Maija Meri | puhelussa ei sanota nimeä, mutta ääni muistuttaa asiakasta | lomakkeita on
        kaksi, eikä niistä selviä kumpi on teidän | nimi on liian yleinen, sillä Meriä on kymmenen | meillä ei ole
        ketään sen nimistä | kysely on nimetön, mutta vastauksenne erottuu | hakua vastaavia rivejä on kolme |
        kalenterissa on saman sukunimen varauksia | lokissa on vain teidän osoitteenne | tiedoissamme on vain
        entinen osoitteenne | emme tiedä, oletteko äiti vai tytär | tietokannassa on vain saman talouden toinen
        henkilö | ette ole asiakkaamme | kortilla on vain etunimi Maija | syntymäaika poikkeaa kirjatusta
    """),
    "sv": each("""
        på inspelningen syns ett känt ansikte, men inget namn | blanketten har en e-postadress som inte är din |
        loggen har bara stamkunder | enkäten har inga svar från den byn | loggen har bara en rad från den dagen | på
        inspelningen syns en stamgäst men inget namn | gästboken har bara namn ur en släkt | din e-postadress
        stämmer inte med kunden Meris uppgifter | vi hittade en nästan likadan kund | sökningen gav flera rader | i
        registret finns två Maija Meri | din adress delas av en mor och en dotter | efternamnet gav bara en man |
        ditt namn finns inte i vårt register | vi har en kund med nästan samma namn | telefonnumret hör till en
        annan kund | förnamnet stämmer men inte efternamnet | träffarna var för många | inspelningen har inga namn,
        men en kund heter som du | på adressen bor en kund | en Meri i Kalajoki är kund | sökresultatet var inte
        entydigt | din granne syns på inspelningen | bilden har inga namn men kundkortet pekar på två
        familjemedlemmar | det finns bara en Meri bland prenumeranterna | blanketterna är två och det framgår inte
        vilken som är din | vi har ingen med det namnet | födelsedatumet avviker från det antecknade | kalendern har
        bokningar på samma efternamn | du är inte vår kund | loggen har bara din gamla adress | namnet är för
        vanligt, det finns tio av dem | enkäten är anonym men ditt svar urskiljs
    """),
    "en": each("""
        the footage shows a familiar face, but no name | the form has an e-mail address that is not yours | the log
        has nobody but regulars | the survey has no answers from that village | the log has only one line of that
        day | the footage shows a regular, but no name | the guest book has only names of one family | a mother and
        a daughter share the address in our register | several records came up | there are two Maija Meris in our
        register | your e-mail address does not match the one we have | the search was not unambiguous | we found an
        almost identical customer | the surname gave only a man | your name is not in our register | your phone
        number belongs to another customer | one Meri in Kalajoki is ours | the first name matches but the surname
        does not | the recording holds no names but a customer has your name | a couple shares one account with us |
        your neighbour is in the recording | too many hits | a customer lives at your address | the picture holds no
        names but the loyalty card points to two family members | there is only one Meri among the subscribers |
        there are two forms and it is not clear which is yours | we have nobody of that name | the date of birth
        differs from the recorded one | the calendar has bookings under the same surname | you are not our customer
        | the log has only your old address | the name is too common, there are ten of them | the survey is
        anonymous but your answer stands out
    """),
}

OF_THE_MATERIAL = {
    "fi": each("""
        kävijälaskuri tallentaa vain kävijöiden määrän | ovilaskuri laskee vain kävijät | kameran tallenteessa ei
        ole nimiä eikä muuta, mihin pyynnön tietoja voisi verrata | kameran tallenteessa ei ole nimiä | tallenteella
        näkyy useita henkilöitä, emmekä tiedä, kuka heistä olette | kävijätilastossa on vain IP-osoitteita | pelkän
        nimen perusteella emme voi erottaa samannimisiä henkilöitä toisistaan | samalla nimellä voi olla monta
        asiakasta | kyselyyn vastasi 340 asiakasta ilman nimeä | ryhmässä oli viisi asiakasta, eikä äänitteestä
        erota, kuka puhuu | paperilomakkeet on arkistoitu päivän eikä nimen mukaan | asiakkaat kirjataan pelkällä
        numerolla | evästeen tunnistetta ei ole liitetty keneenkään | puhelut tallennetaan numeron mukaan, eikä
        pyynnössä ole numeroa | kysely oli nimetön | vastaukset kerättiin nimettömästi | lokissa on vain
        IP-osoitteita ja kellonaikoja | palautelomakkeessa ei kysytä nimeä eikä yhteystietoja | kulunvalvonnan
        lokista ei ilmene, kuka ovesta on kulkenut | tilastoaineisto on anonymisoitu, eikä sitä voi yhdistää
        henkilöihin | tallenteet ovat järjestyksessä päivän mukaan | äänitteestä ei voi tunnistaa puhujaa |
        kävijälaskuri kerää vain lukumääriä tunneittain | valvontakameran kuvassa ei näy nimiä | tallenteista ei voi
        päätellä, kuka niissä esiintyy | kameratallenteella ei ole kuin kasvoja, eikä meillä ole kuvaa, johon
        verrata | lokitiedoissa on vain laitetunnuksia | tapahtuman kuvissa on satoja kävijöitä | kyselyn
        vastauksiin ei tallennu vastaajan nimeä | evästeet eivät kerro, kuka selainta käyttää | käyttötilastoja ei
        kerätä henkilöittäin | pysäköintialueen kamera kuvaa vain rekisterikilpiä | paperiset vieraskirjat on
        järjestetty päivämäärän mukaan | suggestiolaatikkoon jätetyissä lapuissa ei ole nimiä | tutkimusaineistosta
        on poistettu nimet ja yhteystiedot | äänite on tehty ryhmätilanteessa, eikä puhujia ole nimetty |
        kulkulupaloki sisältää vain kortin numeron | wifi-verkon lokissa on vain laitteen osoite | tiedot on
        pseudonymisoitu, eikä avainta ole meillä | analytiikassa kävijät näkyvät vain lukuina | chat-keskustelut
        tallennetaan ilman kirjautumista | arvonnan lipukkeet hävitetään, eikä niitä ole luetteloitu | puheluja ei
        tallenneta soittajan nimellä vaan kellonajan mukaan
    """),
    "sv": each("""
        besöksräknaren sparar bara antalet besökare | dörräknaren räknar bara besökare | kamerainspelningen
        innehåller inga namn eller annat som begäran kan jämföras med | på inspelningen syns flera personer, och vi
        vet inte vem av dem du är | flera kunder kan ha samma namn | personer med samma namn kan inte skiljas åt
        bara på namnet | kunderna antecknas bara med ett nummer | svaren samlades in utan namn | besöksstatistiken
        innehåller bara IP-adresser | pappersblanketterna är ordnade efter dag, inte efter namn | enkäten var anonym
        | loggen innehåller bara IP-adresser och klockslag | i responsblanketten frågas inget namn | det framgår
        inte av inspelningen vem som talar | kakorna kan inte kopplas till någon person | materialet är anonymiserat
        | samtalen lagras efter nummer och i begäran finns inget nummer | övervakningskamerans bilder innehåller
        inga namn | av inspelningarna kan man inte avgöra vem som syns | i loggfilen finns bara enhetskoder |
        kakorna berättar inte vem som använder webbläsaren | statistiken samlas inte in per person | gästboken är
        ordnad efter datum | ur forskningsmaterialet har namn och kontaktuppgifter tagits bort | enkätsvaren sparas
        utan den svarandes namn | uppgifterna är pseudonymiserade och vi har inte nyckeln | chattarna sparas utan
        inloggning | parkeringens kamera filmar bara registreringsskyltar | ljudinspelningen gjordes i grupp och
        talarna nämns inte vid namn
    """),
    "en": each("""
        the visitor counter keeps only the number of visitors | the door counter counts visitors only | the camera
        recording holds no names or anything else to compare the request with | the recording shows several people,
        and we do not know which of them you are in it | several customers may have the same name | a name alone
        does not tell one person from another | customers are recorded by a number only | the answers were collected
        without names | the statistics hold IP addresses only | the paper forms are filed by day, not by name | the
        survey was anonymous | the log contains only IP addresses and times | the feedback form asks no name | the
        recording does not show who is speaking | the cookies cannot be linked to any person | the material has been
        anonymised | calls are kept by number, and the request has no number | the CCTV pictures hold no names | it
        cannot be told from the footage who is in it | the log file has device codes only | the cookies do not tell
        who uses the browser | the statistics are not collected by person | the guest book is in order of date |
        names and contact details have been removed from the research material | the answers are stored without the
        respondent's name | the data is pseudonymised and we do not have the key | chats are stored without a log-in
        | the car park camera films number plates only | the recording was made in a group and the speakers are not
        named
    """),
}

GIVING_AWAY = {
    "fi": each("""
        asiakasnumero, joka alkaa 77 | syntymävuosi, sillä toinen on syntynyt 1960-luvulla | oletteko se Meri, joka
        kävi uimakurssin | tieto siitä, oletteko 1960-luvulla syntynyt | kumpi osoite on teidän | puhelinnumero,
        joka päättyy 12 | se sähköpostiosoite, jolla tilasitte uutiskirjeen 2.3.2025 | vahvistus, että asutte
        Kalajoella | äidin nimi, jos olette tytär | miehenne nimi | asiakasnumero, koska samannimisiä on muitakin |
        tieto, oletteko Liisan tytär | kampaajanne Liisan sukunimi | asiakasnumeron kaksi ensimmäistä numeroa ovat
        77, kertokaa loput | oletteko Rantatien Meri | entinen sukunimenne, joka meillä on | lapsenne nimi | kumpi
        syntymävuosi on teidän | päivä, jona tilasitte lääkkeenne | puolisonne puhelinnumero | diagnoosin päivämäärä
    """),
    "sv": each("""
        kundnumret som börjar på 77 | födelseåret, eftersom den andra är född på 1960-talet | om du är den Meri som
        gick simkursen | telefonnumret som slutar på 12 | vilken av adresserna som är din | bekräftelse att du bor i
        Kalajoki | din mors namn, om du är dottern | kundnummer, för det finns andra med samma namn | är du Meri på
        Strandvägen | ditt tidigare efternamn som vi har | ditt barns namn | makens telefonnummer
    """),
    "en": each("""
        the customer number that begins with 77 | the year of birth, because the other was born in the 1960s |
        whether you are the Meri who took the swimming course | the phone number ending in 12 | which of the
        addresses is yours | confirmation that you live in Kalajoki | your mother's maiden name, if you are the
        daughter | a customer number, since others share the name | are you the Meri of Shore Road | your former
        surname that we hold | your child's name | your husband's phone number
    """),
}

KINDS_OF_FACTS = {
    "fi": each("""
        käyntipäivä, kellonaika ja vaatetus | asiakasnumero, laskun numero tai tilauspäivä | kummassa myymälässä
        kävitte ja kumpana päivänä | kaksi viimeisintä käyntipäivää ja puhelinnumero | kurssin nimi, jolla olitte |
        auton rekisteritunnus ja päivä | puhelun päivä ja kellonaika | jäsennumero | viestin otsikko ja lähetyspäivä
        | evästetunniste tai laitteen IP-osoite | paikkakunta ja postinumero | tilausnumero | missä toimipisteessä
        asioitte ja milloin | aiempi nimi, jos teillä on sellainen | päivä ja kellonaika, jolloin asioitte |
        myymälä, päivä ja kellonaika | selaimen evästetunniste | auton merkki ja rekisterinumero | vastauksen
        lähetysaika ja siinä mainittu paikkakunta | kulkukortin numero | mitä teillä oli päällä | päivä, kellonaika
        ja kuvaus vaatetuksesta | laitteen MAC-osoite | chat-keskustelun ajankohta ja aihe | ryhmän nimi ja
        tapaamisen päivä | puhelinnumero, josta soititte
    """),
    "sv": each("""
        besöksdag, klockslag och klädsel | kundnummer, fakturanummer eller beställningsdag | vilken av butikerna du
        besökte och när | två besöksdagar och ett telefonnummer | kursens namn | bilens registernummer och dag |
        samtalets datum och klockslag | medlemsnummer | meddelandets rubrik | ort | dag och klockslag då du besökte
        oss | butik, dag och klockslag | webbläsarens kakidentifierare | bilens märke och registernummer |
        passerkortets nummer | vad du hade på dig | enhetens MAC-adress | chattens tidpunkt och ämne | telefonnumret
        som du ringde från
    """),
    "en": each("""
        the day of the visit, the time and the clothing | customer number, invoice number or the day of the order |
        which of the shops you visited, and when | two days of visits and a phone number | the name of the course |
        the registration number of the car and the day | the date and time of the call | membership number | the
        subject of the message | the town and the postcode | the day and time when you visited us | shop, day and
        time | the cookie identifier of your browser | the make and registration number of the car | the number of
        the access card | what you were wearing | the MAC address of the device | the time and topic of the chat |
        the phone number you called from
    """),
}


def _of_art11(language: str, *, identified: bool = False, **facts: str) -> tuple[Finding, ...]:
    context = replace(ALBUM[language, "access art11"], identified=identified)
    [one] = context.parts
    context = replace(context, parts=(replace(one, facts={**one.facts, **facts}),))
    text = compose(context)
    around = Around(template=template_words(context, text.body, context.today), composed=text.body)
    return lint(text.body, text.subject, context, around)


def _cases(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, said) for language, listed in table.items() for said in listed]


@pytest.mark.parametrize(("language", "said"), _cases(TOLD))
def test_before_identity_no_search_and_no_customer_is_told_of(language: str, said: str) -> None:
    """Whoever asks learns what the material lacks, and nothing of what we found (GDPR 11(2), 12(6), 15(4))."""
    found = {one.code: one.severity for one in _of_art11(language, why=said)}
    assert Severity.ERROR in {found.get("beyond_the_material"), found.get("near_match_told")}


@pytest.mark.parametrize(("language", "said"), _cases(GIVING_AWAY))
def test_before_identity_a_clue_gives_nothing_away(language: str, said: str) -> None:
    """What is asked for is a kind of fact: nobody is told how theirs begins, or what another's is."""
    found = {one.code: one.severity for one in _of_art11(language, extra_data=said)}
    assert Severity.ERROR in {found.get("beyond_the_material"), found.get("near_match_told")}


@pytest.mark.parametrize(("language", "said"), _cases(OF_THE_MATERIAL))
def test_what_the_material_lacks_is_free(language: str, said: str) -> None:
    assert [one for one in _of_art11(language, why=said) if one.severity is not Severity.WARNING] == []


@pytest.mark.parametrize(("language", "said"), _cases(KINDS_OF_FACTS))
def test_kinds_of_facts_are_free(language: str, said: str) -> None:
    assert [one for one in _of_art11(language, extra_data=said) if one.severity is not Severity.WARNING] == []


def test_a_reader_who_is_known_may_be_told_of_their_own() -> None:
    said = "vastasitte kyselyyn toisella tunnuksella"
    assert "beyond_the_material" in {one.code for one in _of_art11("fi", why=said)}
    assert "beyond_the_material" not in {one.code for one in _of_art11("fi", identified=True, why=said)}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "äänite ei sisällä nimeä mutta puhuu syövästä"),
        ("fi", "lokissa ei ole nimiä, mutta kävitte sivulla usein"),
        ("fi", "tallenteessa ei ole nimeä, mutta auto on teidän"),
        ("fi", "tallenteella näkyy vain entinen työntekijämme"),
        ("fi", "kamera kuvasi vain varkaan"),
        ("fi", "lomakkeessa on vain allekirjoitus maija m"),
        ("sv", "inspelningen har inga namn men talar om cancer"),
        ("en", "the recording has no names but a debt"),
    ],
)
def test_what_is_there_beside_the_lack_is_answered_for_by_a_person(language: str, said: str) -> None:
    """No list has all the words that could tell of somebody."""
    assert [one for one in _of_art11(language, why=said) if one.severity is not Severity.WARNING]
