"""What is said of a proof decides whether it is one: what is not plainly a proof of its kind is asked about."""

from __future__ import annotations

import re

import pytest

from inbox_agent import texts
from inbox_agent.phrasing import command_words, usage
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.levels import L1, L2, L3, L4
from inbox_agent.rules.proof_seen import refused
from state.model import IdentityLevel, ProofKind
from tests.said import each

P = ProofKind
JOINT = ("Routa Oy", "Esimerkki Palvelut Oy")

CODES = each("""
    henkilötunnuksen loppuosa täsmäsi | kertoi hetunsa ja nimen, hetu täsmäsi | uppgav sin personbeteckning | gave
    the identity code | sanoi 131052-952K | personnumret stämde | de fyra sista siffrorna stämde | tunnuksen
    loppuosa A123 oikein | syntymäaika ja loppuosa oikein | sosiaaliturvatunnus täsmäsi | tarkistusmerkki oikein |
    neljä viimeistä merkkiä täsmäsi | sista siffrorna rätt | personnummerslutet stämde | last four digits matched |
    the ID number was right | national insurance number matched | SSN matched | henkilötunnus täsmäsi, kopiota ei
    otettu
""")
COPIES = each("""
    lähetti kuvan passista sähköpostilla | ajokortin kopio tuli postissa | skickade en bild på passet | PDF:nä |
    sent a copy of her passport | selfie passin kanssa | videopuhelussa näytti passin | näytti ajokortin Teamsissä |
    passin skannaus nähty | kuvakaappaus henkilökortista | valokuva ajokortista | skärmdump av legitimationen |
    visade passet i ett videosamtal | kopia av körkortet | showed the passport in a video call | a scan of the
    driving licence | photo of the ID card | picture of an identity document | näytti passin etänä
""")
UNCLEAR: dict[tuple[ProofKind, IdentityLevel | None], tuple[str, ...]] = {
    (P.ID_SHOWN, None): each("""
        – | kävi | kirjastokortti | näytti kirjastokortin | näytti Kela-kortin tiskillä | sanoi näyttäneensä passin
        | ei näyttänyt passia | passi jäi kotiin | puoliso näytti passin | näytti passin WhatsAppissa |
        Facebook-profiili nähty | visade bibliotekskortet | visade inte passet | hustrun visade sitt pass | visade
        passet på Zoom | sade att passet visats | showed a library card | did not show the passport | her husband
        showed the passport | showed the passport on Skype | showed a student card at the desk | näytti passin
        numeron | lähetti passin | käyntikortti | ajokortti kuvattu | passi lähetetty sähköpostilla | näytti
        puhelimestaan kuvan ajokortista | mobiiliajokortti sovelluksessa | näytti ajokortin kollegalle toisessa
        yrityksessä | vanhentunut passi nähty | opiskelijakortti | työkaverin mukaan näytti passin | henkilökortti
        numero 123456 | passport photo emailed | ID uploaded to portal | körkort inskickat | visade upp en kopia av
        pass | passi kuulemma nähty
    """),
    (P.STRONG, None): each("""
        – | vahva tunnistautuminen nähty | Facebook-kirjautuminen | verkkopankin kuvakaappaus | ei ollut |
        Google-tili | sanoi tunnistautuneensa Suomi.fi:ssä | ei tunnistautunut pankkitunnuksilla | Microsoft
        Authenticator | puolison pankkitunnukset | LinkedIn | sähköpostin vahvistuslinkki | Google-konto | stark
        autentisering sedd | sade sig ha BankID | makens BankID | inloggning med Facebook | Apple ID | strong
        identification seen | said that she had used Suomi.fi | not Suomi.fi | his wife's bank codes | online bank
        statement | PayPal | Suomi.fi ei toiminut | pankkitunnukset luvattu | tunnistautuu myöhemmin Suomi.fi:ssä |
        Suomi.fi-viesti | Suomi.fi-valtuus | puolison mobiilivarmenne | pankkitunnukset sähköpostissa | Visa-kortti
        | DocuSign | sähköinen allekirjoitus | BankID inte använt | kuva Suomi.fi-tunnistuksesta
    """),
    (P.LOG_IN, None): each("""
        – | nähty | tili | kirjautui | loki | inloggad | konto | logged in | account | loki, tili | pyyntö tuli
        verkkokaupasta | the request came from the web shop | sanoi kirjautuneensa | kertoi kirjautuneensa tililleen
        | ei kirjautunut | kirjautui Facebookiin | kirjautui sähköpostiinsa | kirjautui puolisonsa tilille | lupasi
        kirjautua | käyttäjätunnus täsmäsi | sade att hon loggat in | loggade in på Facebook | loggade in på makens
        konto | loggade inte in | said she had logged in | logged in to Facebook | did not log in | logged in to her
        husband's account | knew the user name | kirjautui joku | kirjautui meidän tunnuksilla | kirjautui Googlella
        | logged in with a colleague's password | tunnukset löytyivät | kirjautui eilen tai toissapäivänä jonkun
        tilille
    """),
    (P.CALL_BACK, None): each("""
        – | nähty | soitettu | puhelu | vastasi | soitettu 10.11. | called back | ringde tillbaka | svarade | called
        back, confirmed the request | rekisterissä | hän vahvisti | hon ringde numret i registret | soitti itse
        meille | asiakas soitti | soitto asiakkaalta | soitettu meille | hän soitti takaisin | soitin hänen
        antamaansa numeroon | soitin viestissä olleeseen numeroon | soitin uuteen numeroon | puolisonsa vastasi | ei
        vastannut | jätin vastaajaan viestin | soitti meille rekisterin numerosta | kunden ringde | hon ringde oss |
        hon ringde tillbaka | ringde numret i mejlet | vi ringde det nya numret | kunden ringde upp | the customer
        called | she called us | she called back | called the number in the message | called the new number | her
        husband answered | no answer | soitin, ei vastannut | soitin vaimon numeroon | soitin Facebookista
        löytyneeseen numeroon | tyttärensä vastasi soittooni | soitto vastaajaan | rekisterin numero ei toiminut |
        soitin numeroon 040 1234567 | vi ringde, maken svarade | called the number from Google
    """),
    (P.KNOWN_FACTS, None): each("""
        knew the sum of the last invoice | visste summan på senaste fakturan | tiesi laskun summan | – | nähty |
        osasi osoitteensa | osoite ja syntymäaika | tiesi puhelinnumeronsa ja osoitteensa | nimi ja sähköposti |
        tiesi asiakasnumeron | äidin tyttönimi ja osoite | adress och födelsedatum | visste sin telefon och adress |
        kundnumret stämde | address and date of birth | knew her phone number and e-mail | name and address | the
        customer number | tiesi laskun summan ja sukunimensä | osasi kertoa oman nimen ja asuinpaikan | äidin nimi
        ja koiran nimi | laskun summa viestistä ja tilausnumero viestistä | tiesi kaiken
    """),
    (P.OTHER, L2): each("""
        kirje palautui rekisterin osoitteesta | tekstiviesti palautui rekisterin numerosta | kirje palautui
        rekisterissä olevasta osoitteesta | brev till adressen i registret kom tillbaka | letter to the address on
        file came back | koodi lähetetty kirjeenä rekisterin osoitteeseen, kirje palautui | sms till numret i
        registret kom tillbaka | text message to the number on file came back | . | tunnistin äänestä | osasi
        osoitteensa | samannäköinen kuin LinkedInissä | tuttu ääni, henkilötunnusta ei kysytty | syntymäaika täsmäsi
        | asiakasnumero täsmäsi | tuntui oikealta | kirjoitustyyli tuttu | vastasi nopeasti | Facebook-kaveri |
        soitti meille | kände igen rösten | adressen stämde | födelsedagen stämde | kundnumret stämde | verkade äkta
        | hon ringde | recognised the voice | knew the address | the date of birth matched | the customer number
        matched | seemed genuine | koodi lähetettiin uuteen osoitteeseen | code sent to the new address | tunsi
        kollegan | kertoi osoitteen ja asiakasnumeron | postimerkki oikeasta kaupungista | allekirjoitus täsmäsi |
        LinkedIn-profiili | kirje tuli oikeasta osoitteesta | vastasi koodilla uudesta numerosta | näytti tutulta
        videolla
    """),
    (P.OTHER, L4): each("""
        tuttu asiakas vuosien takaa | Suomi.fi | näytti passin käynnillä
    """),
    (P.OTHER, L3): each("""
        kirjautui tililleen
    """),
    (P.JOINT_CONTROLLER, L2): each("""
        totesi henkilöllisyyden | Joku Oy totesi henkilöllisyyden | – | Routa Oy arveli häneksi
    """),
    (P.JOINT_CONTROLLER, L4): each("""
        Routa Oy | Routa Oy totesi henkilöllisyyden | Routa Oy tunnisti Facebookilla | Routa Oy soitti | Routa Oy
        identifierade kunden | Routa Oy tunnisti, kirjautui tililleen
    """),
}
PLAIN: dict[tuple[ProofKind, IdentityLevel | None], tuple[str, ...]] = {
    (P.ID_SHOWN, None): each("""
        Matti näytti passinsa toimistolla | Liisa Virtanen kävi toimistolla ja näytti henkilökortin | passi nähty,
        tarkasti Anna | passport shown in person, photo matched | Maja visade sitt pass i receptionen |
        legitimation visad på plats | kontrollerade hennes pass på besöket | hän toi passin näytille | passport seen
        at reception on Monday | näytti passin | kävi, ajokortti nähty | kävi paikalla ja näytti henkilökortin |
        käynti 3.11.2026, ajokortti nähty, kopiota ei otettu | kävi, kuvallinen henkilökortti nähty, hetu
        131052-952K | ajokortti nähty, hetu 131052-952K | henkilökortti nähty | esitti voimassa olevan passin Turun
        toimipisteessä | näytti ajokortin tiskillä Liisalle | tarkistin henkilöllisyystodistuksen vastaanotolla |
        henkkarit nähty kassalla tänään | näytti ajokortin noutaessaan | oleskelulupakortti nähty käynnillä | visade
        sitt pass | körkortet sågs vid besöket | visade upp giltig legitimation på kontoret i Vasa | identitetskort
        sett på plats, ingen kopia togs | kunden kom till vår mottagning och visade körkortet | passet
        kontrollerades i kassan den 3.11.2026 | showed her passport | driving licence seen on a visit | presented a
        valid identity card at our desk | ID card checked in person, no copy taken | came to the office and showed a
        photo ID | residence permit shown to us yesterday | näytti ajokorttinsa Kalajoen toimistolla | asiakas kävi
        9.11. ja näytti passin | tarkistin passin asiakaspalvelupisteessä | henkilöllisyys todettu passista | kävi
        toimistollamme, henkilökortti tarkastettu | esitti kuvallisen henkilökortin | ajokortti nähty toimistolla
        9.11.2026 klo 14 | passi, kävi paikan päällä | körkort visades på kontoret | visade legitimation i
        receptionen | showed driving licence in the office | passport checked at reception on 9.11.2026
    """),
    (P.STRONG, None): each("""
        pankkitunnistus | verkkopankkitunnistautuminen | legitimerade sig med BankID | vahva tunnistautuminen OP:n
        tunnuksilla | identified with Finnish bank IDs |
        Suomi.fi | pankkitunnukset | Suomi.fi-tunnistus nähty | tunnistautui pankkitunnuksilla 3.11.2026 |
        mobiilivarmenteella asiointipalvelussamme | vahva sähköinen tunnistautuminen Suomi.fi:ssä | allekirjoitti
        pyynnön pankkitunnuksilla | Telia Tunnistus, pankkitunnukset | varmennekortti | BankID | identifierade sig
        med bankkoder | Freja eID+ | stark autentisering via Suomi.fi | mobilcertifikat | loggade in med BankID i
        vår e-tjänst | Mobile ID | strong electronic identification by Suomi.fi | identified themselves with bank
        codes | authenticated with a mobile certificate | Smart-ID | bank credentials seen today | vahva tunnistus
        pankkitunnuksilla | Suomi.fi-tunnistautuminen 9.11.2026 | tunnistautui mobiilivarmenteella | pankkitunnukset
        (Nordea) | stark autentisering med BankID | Suomi.fi identification | strong authentication with bank codes
    """),
    (P.LOG_IN, None): each("""
        kirjautui omille sivuille ja lähetti pyynnön sieltä | the request was sent from the customer's account |
        begäran skickades från kundens konto | kirjautui asiakastililleen | kirjautui omalle tililleen | pyyntö tuli
        kirjautuneena asiakasportaalista | teki pyynnön Omat sivut -palvelussa | kirjautui verkkokauppaan omilla
        tunnuksillaan 3.11.2026 | lähetti pyynnön tililtään | lokin mukaan kirjautunut sisään | jätti pyynnön
        sovelluksessa | loggade in på sitt konto | skickade begäran inloggad | gjorde begäran från sitt kundkonto |
        inloggningen syns i loggen | logged in to their own account | made the request while logged in | sent from
        the customer portal | log-in seen in the log | kirjautui omalle asiakastililleen | lähetti pyynnön
        kirjautuneena verkkokauppaan | pyyntö tehty kirjautuneena Oma asiointi -palvelussa | inloggad på sitt konto
        | logged in to her own account
    """),
    (P.CALL_BACK, None): each("""
        soitin rekisterissä olevaan numeroon, hän vahvisti | ringde numret i kundregistret, hon bekräftade |
        soitimme tiedossa olevaan numeroon, asiakas vahvisti itse | called the number on file, he confirmed | soitin
        rekisterin numeroon | soitto tiedossa olleeseen numeroon | rekisterin numeroon | soitin hänelle takaisin
        asiakasrekisterissä olevaan numeroon | soitimme vanhaan numeroon, vahvisti pyynnön | takaisinsoitto tuttuun
        numeroon eilen | soitto tiedossa olevaan numeroon, maanantaina 23.11.2026 | soitettu sopimuksessa olevaan
        numeroon klo 14.30 | vi ringde numret i kundregistret | jag ringde upp det nummer som vi har | uppringning
        till numret i registret | samtal till ett nummer i registret, måndag 23.11.2026 | ringde tillbaka till det
        registrerade numret | a call to a number on file, on Monday 23.11.2026 | called back to the number in our
        register | we called the number on file | I called the known number | soitin hänelle rekisterissä olevaan
        numeroon | soitin takaisin asiakasrekisterin numeroon, vahvisti pyynnön | soitettu 9.11. tiedossamme olevaan
        numeroon | soitimme asiakkaalle CRM:n numeroon | vi ringde upp kunden på numret i registret | I called the
        number on file and she confirmed
    """),
    (P.KNOWN_FACTS, None): each("""
        visste senaste fakturans summa och kursens namn | knew the sum of the last invoice and the date of the visit
        | osasi kertoa tilausnumeron ja maksutavan | visste numret på beställningen och summan på senaste fakturan |
        kunde beställningsnumret och betalningssättet | told the order number and the payment method | knew the name
        of the course and the total of the invoice | kolme asiaa, jotka vain asiakas tietää | tiesi viimeisen laskun
        summan ja valmentajan | asiakasnumero ja viimeisin tilaus täsmäsivät | kertoi laskun numeron ja maksun
        päivän | muisti varauksen ajan ja ohjaajan | tilausnumero ja summa oikein | visste fakturans nummer och
        senaste besök | kundnummer och senaste beställningens summa stämde | två saker som bara kunden vet | knew
        the last invoice's sum and the order number | customer number and last visit matched | three things only the
        customer knows | tiesi viimeisen tilauksen numeron ja laskun summan | kertoi valmentajansa nimen ja
        viimeisen käynnin päivän | osasi kertoa asiakasnumeron ja viimeisimmän laskun loppusumman | knew the order
        number and the sum of the last invoice
    """),
    (P.OTHER, L2): each("""
        soitto tiedossa olleeseen numeroon | tekstiviestillä rekisterin numeroon lähetetty koodi palautui | kirje
        rekisterin osoitteeseen, vastasi koodilla | vastasi rekisterissä olevasta sähköpostiosoitteesta | tunnen
        asiakkaan henkilökohtaisesti, kävi toimistolla | näytti ajokortin tiskillä | sms till numret i registret,
        svarade | koden skickades per brev till adressen i registret och kom tillbaka | vi ringde numret i registret
        | code sent by text message to the number on file came back | replied from the e-mail address on file | we
        know her, came to the office | vahvistuskoodi tekstiviestillä rekisterin numeroon, palautti koodin |
        lähetimme koodin rekisterissä olevaan osoitteeseen, koodi palautui | tuttu asiakas, kävi toimistolla
    """),
    (P.OTHER, L1): each("""
        tuttu ääni, henkilötunnusta ei kysytty | tunnistin äänestä | osasi osoitteensa | asiakasnumero täsmäsi |
        olemme tavanneet messuilla viime vuonna | syntymäaika täsmäsi | kände igen rösten | adressen stämde |
        recognised the voice | knew the address and birthday
    """),
    (P.JOINT_CONTROLLER, L2): each("""
        Esimerkki Palvelut Oy totesi henkilöllisyyden | Routa Oy tunnisti, soitin rekisterin numeroon | Routa Oy
        identifierade kunden | Routa Oy has verified the identity
    """),
    (P.JOINT_CONTROLLER, L3): each("""
        Routa Oy tunnisti, kirjautui tililleen
    """),
    (P.JOINT_CONTROLLER, L4): each("""
        Routa Oy tunnisti Suomi.fi:llä | Routa Oy totesi henkilöllisyyden, näytti passin käynnillä
    """),
    (P.SIGNED_LETTER, None): each("""
        kirje allekirjoitettu | skannattu kirje, allekirjoitus | signed letter, a scan
    """),
    (P.AUTHORITY, None): each("""
        valtakirja nähty | valtakirjan kopio nähty | fullmakten sedd | näytti otteen
    """),
}


@pytest.mark.parametrize("words", CODES)
@pytest.mark.parametrize("kind", [P.OTHER, P.CALL_BACK, P.KNOWN_FACTS])
@pytest.mark.parametrize("level", [L1, L2])
def test_an_identity_code_proves_nobody_at_any_level(kind: ProofKind, level: IdentityLevel, words: str) -> None:
    """Identifying by a code or its end is forbidden, whatever is said beside it (1050/2018, 29)."""
    assert refused(kind, level, words) == "proof_by_identity_code"


@pytest.mark.parametrize("words", CODES)
@pytest.mark.parametrize("kind", [P.ID_SHOWN, P.STRONG, P.LOG_IN])
def test_nor_does_a_code_where_a_document_could_bear_it(kind: ProofKind, words: str) -> None:
    assert refused(kind, None, words)


@pytest.mark.parametrize("words", COPIES)
@pytest.mark.parametrize("kind", [P.ID_SHOWN, P.OTHER, P.KNOWN_FACTS])
def test_a_document_that_was_not_seen_itself_proves_nobody(kind: ProofKind, words: str) -> None:
    """Anybody may have a picture of it (EDPB Guidelines 01/2022, 73-79)."""
    assert refused(kind, L1 if kind is P.OTHER else None, words) == "proof_by_copy"


@pytest.mark.parametrize(
    ("kind", "level", "words"), [(kind, level, words) for (kind, level), said in UNCLEAR.items() for words in said]
)
def test_words_that_do_not_plainly_tell_a_proof_are_asked_about(
    kind: ProofKind, level: IdentityLevel | None, words: str
) -> None:
    assert refused(kind, level, words, JOINT)


@pytest.mark.parametrize(
    ("kind", "level", "words"), [(kind, level, words) for (kind, level), said in PLAIN.items() for words in said]
)
def test_words_that_plainly_tell_a_proof_are_taken(kind: ProofKind, level: IdentityLevel | None, words: str) -> None:
    assert refused(kind, level, words, JOINT) == ""


@pytest.mark.parametrize("document", sorted(set(FUNCTION.documents.values())))
def test_every_document_that_the_line_understands_is_one(document: str) -> None:
    """What the desk fills in of what was said is not refused by the window that it is filled into."""
    assert refused(P.ID_SHOWN, None, command_words.named(document) or document) == ""


@pytest.mark.parametrize("service", sorted(set(FUNCTION.identifications.values())))
def test_every_service_that_the_line_understands_is_one(service: str) -> None:
    assert refused(P.STRONG, None, command_words.named(service) or service) == ""


EXAMPLES = {
    "id_shown_needs_document": (P.ID_SHOWN, None),
    "strong_needs_service": (P.STRONG, None),
    "log_in_unclear": (P.LOG_IN, None),
    "call_back_unclear": (P.CALL_BACK, None),
    "facts_unclear": (P.KNOWN_FACTS, None),
    "proof_other_unclear": (P.OTHER, L2),
    "joint_unclear": (P.JOINT_CONTROLLER, L4),
}


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("code", EXAMPLES)
def test_the_words_that_a_refusal_proposes_are_taken(code: str, language: str) -> None:
    """Whoever is told what to say is not refused again for saying it."""
    kind, level = EXAMPLES[code]
    texts.use(language)
    told = " ".join(usage.lines(code, "2026-0001"))
    [said] = re.findall(r"[“”](.+?)”", told)
    assert refused(kind, level, f"{JOINT[0]} {said}" if kind is P.JOINT_CONTROLLER else said, JOINT) == ""
