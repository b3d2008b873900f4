"""What bars, binds or undoes is found in all three languages, whatever its words; what is lawful beside it is free."""

from __future__ import annotations

import pytest

from replies.choices import LANGUAGES
from tests.test_replies_hindrances import ACCESS, ERASURE, found, lens

Row = tuple[str, str, str]

BARRED: dict[tuple[str, str], tuple[Row, ...]] = {
    ("left_out_of_granted", ACCESS): (
        ("Äänitettä ei voida luovuttaa.", "Ljudfilmen kan inte ges.", "The recording cannot be handed over."),
        (
            "Muistiot pysyvät vain sisäisessä käytössä, emme jaa niitä.",
            "Promemoriorna stannar inom företaget.",
            "The memos stay within the company.",
        ),
        (
            "Kameravideon näette tulemalla meille.",
            "Filmen kan du titta på när du besöker oss.",
            "You may view the footage when you come to us.",
        ),
        (
            "Puhelun kulku selviää litteroinnista.",
            "Vad som sades framgår av en utskrift av samtalet.",
            "What was said in the call is told in the enclosed transcript.",
        ),
        (
            "Sisäisiä sähköposteja emme luovuta.",
            "Interna mejl lämnar vi inte ut.",
            "Internal e-mails are not released.",
        ),
        ("Emme luovuta muistioita.", "Vi ger inte ut promemorior.", "We do not hand over our memos."),
        (
            "Tallenteet jäävät vain meidän käyttöömme.",
            "Inspelningarna stannar hos oss.",
            "The recordings stay with us.",
        ),
        (
            "Videota voitte katsoa vain myymälässämme.",
            "Videon får du bara se i vår butik.",
            "You may only watch the video in our shop.",
        ),
        (
            "Tallenteen voi kuunnella ainoastaan paikan päällä.",
            "Inspelningen kan du lyssna på endast på plats.",
            "The recording can only be listened to on site.",
        ),
        (
            "Puhelusta saatte yhteenvedon.",
            "Av samtalet får du en sammanfattning.",
            "Of the call you will get a summary.",
        ),
        (
            "Nauhoitteen sijaan annamme litteroinnin.",
            "I stället för inspelningen ger vi en utskrift.",
            "Instead of the recording we give you a transcript.",
        ),
        (
            "Viesteistä toimitamme selostuksen.",
            "Av meddelandena skickar vi ett referat.",
            "We send you an outline of the messages.",
        ),
    ),
    ("fee_unlawful", ACCESS): (
        (
            "Jokainen seuraava pyyntö on 15 euroa.",
            "Varje ny begäran är avgiftsbelagd.",
            "Every next request is charged.",
        ),
        ("Seuraava pyyntö maksaa 20 euroa.", "Nästa begäran kostar 20 euro.", "Your next request will cost 20 euros."),
        (
            "Uudesta pyynnöstä perimme 30 euroa.",
            "För en ny begäran tar vi 30 euro.",
            "We charge 30 euros for a new request.",
        ),
        (
            "Loput saatte, kun lasku 12 on maksettu.",
            "Resten får du när faktura 12 är betald.",
            "You will get the rest once invoice 12 is paid.",
        ),
        (
            "Tallenteen lähetämme maksun jälkeen.",
            "Inspelningen skickar vi efter betalningen.",
            "We send the recording after payment.",
        ),
    ),
    ("complaint_hindered", ACCESS): (
        ("Kantelu ei hyödytä teitä.", "Det lönar sig inte att klaga.", "A complaint is not worth it."),
        (
            "Olisimme iloisia, jos ette veisi asiaa valtuutetulle.",
            "Vi vore glada om du inte gick till dataombudsmannen.",
            "We would be glad if you did not turn to the Ombudsman.",
        ),
        (
            "Pyydämme teitä peruuttamaan kantelunne.",
            "Vi ber dig att dra tillbaka din anmälan.",
            "Please withdraw your complaint.",
        ),
        (
            "Toivomme, ettette kantele tietosuojavaltuutetulle.",
            "Vi hoppas att du inte klagar hos dataombudsmannen.",
            "We hope that you will not complain to the Ombudsman.",
        ),
        (
            "Toivottavasti ette vie asiaa valtuutetulle.",
            "Förhoppningsvis för du inte saken till dataombudsmannen.",
            "We would rather you did not take this to the Ombudsman.",
        ),
        (
            "Kehotamme teitä luopumaan valituksesta.",
            "Vi uppmanar dig att avstå från att klaga.",
            "We urge you to drop the complaint.",
        ),
        (
            "Suosittelemme, että harkitsette vielä kantelua.",
            "Vi rekommenderar att du tänker om innan du klagar.",
            "We recommend that you reconsider complaining.",
        ),
    ),
    ("told_others", ACCESS): (
        ("Puolisonne luki pyyntönne.", "Din fru har sett din begäran.", "Your husband has read your request."),
        (
            "Lähetimme pyyntönne tiedoksi isännöitsijällenne.",
            "Vi skickade din begäran till din hyresvärd.",
            "We sent your request to your landlord.",
        ),
        (
            "Kerroimme pyynnöstänne esihenkilöllenne.",
            "Vi berättade om din begäran för din chef.",
            "We mentioned your request to your manager.",
        ),
        (
            "Olemme ilmoittaneet tietopyynnöstä työnantajallenne.",
            "Vi har informerat din arbetsgivare om begäran.",
            "Your employer has been informed of the request.",
        ),
        (
            "Puhuimme pyynnöstänne vaimonne kanssa.",
            "Vi talade med din fru om din begäran.",
            "We spoke to your wife about your request.",
        ),
    ),
    ("told_others", ERASURE): (
        (
            "Pyynnöstänne on kerrottu pomollenne.",
            "Din chef har fått veta om din begäran.",
            "Your boss was told about your request.",
        ),
        (
            "Kantelustanne soitimme isännöitsijällenne.",
            "Vi ringde din hyresvärd om ditt klagomål.",
            "We called your landlord about your complaint.",
        ),
    ),
    ("granted_denied", ERASURE): (
        (
            "Tietonne ovat vielä myyjän puhelimessa.",
            "Dina uppgifter ligger kvar på säljarens telefon.",
            "Your data is on the seller's phone.",
        ),
        (
            "Paperikopio kortista jäi mappiin.",
            "En utskrift av kortet finns i pärmen.",
            "A photocopy of the card is in the binder.",
        ),
        (
            "Tunnuksen saatte takaisin pyytämällä.",
            "Du får kontot tillbaka om du ber om det.",
            "You can have the account back by asking.",
        ),
        (
            "Jäljennös tiedoista jäi myyntiin.",
            "En kopia av uppgifterna blev kvar hos säljarna.",
            "A copy of the data is with our sales.",
        ),
        ("Kopio on hallituksen puheenjohtajalla.", "Kopian finns hos ordföranden.", "Our chairman has a copy."),
        (
            "Myyjät näkevät tietonne edelleen.",
            "Säljarna ser fortfarande dina uppgifter.",
            "Our sellers still see your details.",
        ),
        (
            "Asiakaspalvelu pääsee vielä tietoihinne.",
            "Kundtjänsten kommer ännu åt dina uppgifter.",
            "Customer service can still access your data.",
        ),
        (
            "Pidämme yhteystietonne mahdollista tulevaa asiointia varten.",
            "Vi behåller dina kontaktuppgifter för eventuella kommande köp.",
            "We keep your contact details for possible future purchases.",
        ),
        (
            "Talletamme tietonne myöhempää tarvetta varten.",
            "Vi sparar dina uppgifter för senare behov.",
            "We store your data for later needs.",
        ),
        (
            "Tili palautuu, jos kirjaudutte uudelleen.",
            "Kontot aktiveras om du loggar in igen.",
            "The account comes back if you log in again.",
        ),
        (
            "Voitte avata tilin uudelleen 30 päivän ajan.",
            "Du kan återaktivera kontot inom 30 dagar.",
            "You can reactivate the account within 30 days.",
        ),
    ),
}

FREE: dict[str, tuple[Row, ...]] = {
    ACCESS: (
        (
            "Litterointia emme ole tehneet, vaan annamme itse äänitteen.",
            "Någon utskrift har vi inte gjort utan du får själva inspelningen.",
            "We have not made a transcript: you will get the recording itself.",
        ),
        (
            "Pyyntönne koski myös lapsenne tietoja, ja ne ovat mukana.",
            "Din begäran gällde också ditt barns uppgifter, och de är med.",
            "Your request also concerned your child's data, and it is included.",
        ),
        (
            "Videon lähetämme suojatun linkin kautta.",
            "Filmen skickar vi genom en skyddad länk.",
            "We send the footage through a protected link.",
        ),
        (
            "Kanteluun on lomake tietosuojavaltuutetun sivuilla.",
            "För klagomålet finns en blankett på dataombudsmannens webbplats.",
            "There is a form for the complaint on the Ombudsman's website.",
        ),
        (
            "Tallenteen lisäksi annamme siitä litteroinnin.",
            "Utöver inspelningen ger vi en utskrift av den.",
            "In addition to the recording we give you a transcript of it.",
        ),
        (
            "Saatte puhelusta tallenteen ja yhteenvedon.",
            "Av samtalet får du inspelningen och en sammanfattning.",
            "You will get the recording of the call and a summary.",
        ),
        (
            "Voitte halutessanne kuunnella tallenteen myös toimistollamme.",
            "Om du vill kan du också lyssna på inspelningen på vårt kontor.",
            "If you like, you may also listen to the recording at our office.",
        ),
        ("Uusi pyyntö ei maksa mitään.", "En ny begäran kostar ingenting.", "A new request costs nothing."),
        (
            "Lasku 12 on maksettu, eikä teillä ole velkaa.",
            "Faktura 12 är betald och du har ingen skuld.",
            "Invoice 12 is paid and you owe nothing.",
        ),
        (
            "Voitte kannella milloin tahansa, eikä teidän tarvitse perua kantelua.",
            "Du kan klaga när som helst och behöver inte ta tillbaka klagomålet.",
            "You can complain at any time and need not withdraw your complaint.",
        ),
        (
            "Jos olette tyytymätön, toivomme, että kerrotte siitä meillekin.",
            "Om du är missnöjd hoppas vi att du berättar det också för oss.",
            "If you are not satisfied, we hope that you tell us too.",
        ),
        (
            "Kerroimme pyynnöstänne tilitoimistollemme, jotta se antoi tiedot.",
            "Vi berättade om begäran för vår bokföringsbyrå så att den gav uppgifterna.",
            "We told our accountants about the request so that they gave the data.",
        ),
        (
            "Emme ole kertoneet pyynnöstänne työnantajallenne.",
            "Vi har inte berättat om din begäran för din arbetsgivare.",
            "We have not told your employer about your request.",
        ),
        (
            "Kuten pyysitte, kerroimme pyynnöstä puolisollenne.",
            "Som du bad berättade vi om begäran för din maka.",
            "As you asked, we told your wife about the request.",
        ),
        (
            "Emme luovuta tietojanne muille.",
            "Vi lämnar inte ut dina uppgifter till andra.",
            "We do not hand over your data to others.",
        ),
    ),
    ERASURE: (
        (
            "Tietonne oli tallennettu myös myyjän puhelimeen, ja ne poistettiin sieltä.",
            "Uppgifterna fanns också i säljarens telefon och raderades där.",
            "The data was also stored on the seller's phone and was erased there.",
        ),
        ("Tulosteet on silputtu.", "Utskrifterna är förstörda.", "The print-outs were shredded."),
        (
            "Voitte avata uuden tilin milloin tahansa.",
            "Du kan öppna ett nytt konto när som helst.",
            "You can open a new account at any time.",
        ),
        ("Kopio laskusta on liitteenä.", "En kopia av fakturan finns i bilagan.", "A copy of the invoice is enclosed."),
        (
            "Jäljennös tiedoista toimitettiin teille.",
            "En kopia av uppgifterna skickades till dig.",
            "A copy of the data was sent to you.",
        ),
        (
            "Jäljennös on ladattavissa suojatusta linkistä.",
            "En kopia kan laddas ner från en skyddad länk.",
            "You would like to have a copy of it, which is behind a link.",
        ),
        ("Myös kopiot on poistettu.", "Också kopiorna har raderats.", "The copies have been erased too."),
        (
            "Kukaan meillä ei enää näe tietojanne.",
            "Ingen hos oss ser längre dina uppgifter.",
            "Nobody with us sees your data any longer.",
        ),
        (
            "Tiliä ei voi palauttaa, mutta voitte avata uuden.",
            "Kontot kan inte återställas, men du kan öppna ett nytt.",
            "The account cannot be restored, but you can open a new one.",
        ),
        (
            "Säilytämme laskut kirjanpitolain vuoksi.",
            "Vi sparar fakturorna enligt bokföringslagen.",
            "We keep the invoices because of the Accounting Act.",
        ),
        (
            "Jos näette vielä mainoksiamme, kertokaa siitä.",
            "Om du fortfarande ser vår reklam, berätta det.",
            "If you still see our advertisements, please tell us.",
        ),
        (
            "Ilmoitimme poistosta esihenkilöllenne, jolle tiedot oli luovutettu.",
            "Vi underrättade din chef, som hade fått uppgifterna, om raderingen.",
            "We told your manager, who had received the data, of the erasure.",
        ),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "title"), BARRED)
def test_what_takes_from_the_reader_is_found_in_every_language(code: str, title: str, language: str) -> None:
    """The copy, its price, the way to the Ombudsman, secrecy, what was erased (GDPR 5(1)(f), 12(5), 15, 17, 77)."""
    said = [row[LANGUAGES.index(language)] for row in BARRED[code, title]]
    assert [one for one in said if code not in found(lens(language, title), one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", FREE)
def test_what_is_true_beside_it_is_free_in_every_language(title: str, language: str) -> None:
    read = lens(language, title)
    said = [row[LANGUAGES.index(language)] for row in FREE[title]]
    assert {one: found(read, one) for one in said if found(read, one)} == {}
