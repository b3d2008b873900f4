"""Times to which an own sentence puts the answer to a known reader, in other words than days and months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from replies.drafting import compose
from replies.lens import Around
from replies.linter import lint
from tests.said import each
from tests.test_replies_promises import ALBUM, errors

BEYOND = {
    "fi": each("""
        Vastaamme keväällä. | Vastaamme vappuun mennessä. | Vastaamme kesälomien jälkeen. | Vastaamme parin
        kuukauden päästä. | Vastaus lähetetään toukokuun puolivälissä. | Palaamme asiaan 12.5. | Saatte tietonne
        kesäkuussa. | Toimitamme jäljennöksen kesäkuussa. | Vastaamme viikolla 25. | Määräaika alkaa, kun olette
        vastannut. | Vastaamme huhtikuussa. | Vastaamme 45 arkipäivän kuluessa. | Käsittelyaika on kolme kuukautta.
        | Saatte kopion juhannuksen jälkeen. | Lähetämme tietonne ennen joulua. | Vastauksen saatte syksyllä. |
        Käsittelyaikamme on noin kahdeksan viikkoa. | Vastaamme kahden kuukauden kuluttua. | Pyyntönne on vuorossa
        kesällä. | Vastaus on luvassa toukokuun alussa. | Tietonne ovat valmiina viikolla 20. | Postitamme
        jäljennöksen 2.6. | Kuukausi lasketaan vasta siitä, kun henkilöllisyytenne on varmistettu. | Vastausaikamme
        on 90 päivää. | Vastaamme muutaman kuukauden sisällä. | Toimitamme tiedot vuodenvaihteessa. | Vastaamme
        lomakauden jälkeen. | Käsittely alkaa vasta, kun olette vastannut. | Ratkaisemme asian loppukesästä. |
        Määräaika ei kulu ennen kuin vastaatte. | Saamme vastauksen valmiiksi toukokuun lopulla. | Voimme toimittaa
        aineiston vasta kesällä. | Vastauksemme valmistuu arviolta 15.6. | Pääsemme vastaamaan heinäkuussa. |
        Luvassa on vastaus ennen kesää. | Teemme vastauksen valmiiksi vappuna. | Annamme tiedot 8 viikossa. |
        Vastaamiseen menee kolme kuukautta. | Odotattehan vastausta juhannukseen asti. | Tiedot saatte, kun
        järjestelmä on päivitetty kesäkuussa. | Vastaamme koulujen alettua. | Aikaa meillä on kolme kuukautta. |
        Vastaamme seuraavan kvartaalin aikana. | Vastaamme kevään kuluessa. | Käsittelyjono on kymmenen viikkoa. |
        Ehdimme vastata toukokuussa. | Vastaus viipyy toukokuuhun. | Palaan asiaan lomani jälkeen. | Saatte
        jäljennöksen Q3:lla. | Vastaamme puolentoista kuukauden kuluessa saapumisesta. | Vastaamme kuukauden kuluessa
        tästä kirjeestä. | Vastaamme kuukauden sisällä tämän viestin päiväyksestä. | Vastaamme kuukauden kuluttua
        henkilöllisyyden varmistamisesta. | Kuukauden määräaika alkaa vasta, kun olemme lukeneet viestin. | Vastaamme
        puolen vuoden kuluessa. | Vastaus tulee 60 vuorokauden sisällä.
    """),
    "sv": each("""
        Vi svarar i vår. | Vi svarar efter semestrarna. | Du får uppgifterna i juni. | Vi svarar om ett par månader.
        | Handläggningstiden är tre månader. | Vi skickar kopian i mitten av maj. | Vi svarar före midsommar. | Du
        får kopian vecka 25. | Svaret kommer i slutet av april. | Vi återkommer den 12 maj. | Vi svarar den 12.5. |
        Svarstiden är 60 dagar. | Tidsfristen börjar när du har svarat. | I juni får du uppgifterna. | Vi svarar
        inom några månader. | Uppgifterna skickas i höst. | Svaret är klart till jul. | Månaden räknas från att du
        har bevisat vem du är. | Behandlingen börjar först när du svarar. | Vi lämnar ut uppgifterna i sommar. | Vi
        svarar i april. | Efter semestern får du svar. | Vi kan lämna uppgifterna först i sommar. | Svaret blir
        klart i juni. | Vi hinner svara i maj. | Du kan vänta dig svar efter midsommar. | Det tar tre månader att
        svara. | Vi har tre månader på oss. | Vi svarar när skolorna börjar. | Vi svarar inom ett halvår. | Köen är
        tio veckor. | Vi svarar inom en och en halv månad från mottagandet. | Vi svarar inom en månad från det här
        brevet. | Vi svarar inom en månad från i dag. | Månaden räknas från det att vi har läst din begäran. |
        Vi svarar om en månad efter att vi har bekräftat din identitet. | Svaret dröjer till juni. | Vi svarar under
        nästa kvartal. | Jag återkommer efter min semester.
    """),
    "en": each("""
        We will answer in the spring. | You will get the data in June. | We will send the copy in June. | Processing
        time is three months. | We will reply after the holidays. | The copy will be sent in mid-May. | You will
        receive your data in week 25. | We will answer by midsummer. | We will answer before Christmas. | We will
        come back to you on 12 May. | The answer will come at the end of April. | In June you will get the copy. |
        Our response time is 60 days. | The time limit starts when you have replied. | We will answer in a couple of
        months. | We will reply within a few months. | Your data will be ready in the autumn. | We will answer in
        April. | The month runs from your confirmation of identity. | Processing begins only when you have replied.
        | We will deliver the data in the summer. | Expect our answer in late May. | We can deliver the data only in
        the summer. | Our answer will be ready in June. | We hope to answer in May. | You can expect a reply after
        midsummer. | It takes three months to answer. | We have three months to answer. | We will answer within half
        a year. | We will answer within one and a half months of receipt. | We will answer within a month and a half. |
        We will answer within a month of this letter. | We will answer within one month from today. | The month starts
        when we have read your request. | We will answer in a month from verifying your identity. | The queue is ten
        weeks. | The answer will be delayed until June. | We will answer during the next
        quarter. | I will come back to you after my holiday. | You should hear from us by July.
    """),
}

IN_TIME = {
    "fi": each("""
        Vastaamme maaliskuun lopussa. | Vastaamme viikolla 13. | Vastaamme parin viikon kuluessa. | Palaamme asiaan
        20.3. | Saatte tietonne maaliskuussa. | Käsittelyaika on kaksi viikkoa. | Toimitamme jäljennöksen ensi
        viikolla. | Vastaamme muutaman päivän kuluessa. | Vastaamme 10 arkipäivän kuluessa. | Saatte kopion 3.4.
        mennessä. | Määräaika alkoi, kun saimme pyyntönne. | Kuukausi lasketaan pyynnön saapumisesta. | Vastaamme
        huhtikuun alussa. | Lähetämme laskun toukokuussa. | Kesällä toimistomme on suljettu. | Uimakoulu alkaa
        kesäkuussa. | Pyyntönne koskee kesäkuun tilauksia. | Käsittelemme myös vuoden 2025 kesäkuun tilaukset. |
        Vastaamme viikon päästä. | Saitte laskun 12.5. | Vastaus tulee sähköpostiinne. | Toimitamme tiedot
        PDF-muodossa. | Kurssinne alkaa viikolla 25. | Säilytämme tallenteet kolme kuukautta. | Käsittelemme kesällä
        2025 tehdyt tilaukset. | Saatte vastauksen viimeistään 5.4.2026. | Vastaamme tällä viikolla. | Tarkistimme
        tiedot 2.3. | Tallenne on tehty 12.5.2025. | Kiitos 8.3. lähettämästänne viestistä. | Vastaamme 8.3.
        tulleeseen viestiinne erikseen. | Asiakaspalvelu vastaa kesällä arkisin klo 9–15. | Vastaamme kyselyyn, joka
        tehtiin toukokuussa 2025. | Kurssi on toukokuussa, mutta vastaamme jo tällä viikolla. | Säilytysaika on
        kuusi vuotta tilikauden päättymisestä. | Tietonne säilyvät kesäkuuhun 2027. | Vuoden 2025 keväällä pidetyt
        kurssit kuuluvat pyyntöön. | Pyydätte tietoja ajalta tammikuu–toukokuu 2025. | Toimitamme tiedot vuosilta
        2024 ja 2025. | Vastaamme kahdessa osassa, ensimmäinen osa tulee 20.3. ja toinen 27.3. | Tallenteet
        poistuvat automaattisesti kolmen kuukauden kuluttua. | Tiedot ovat peräisin keväältä 2025. | Vastaamme
        teille sähköpostitse osoitteeseen, jonka annoitte. | Toivomme vastaustanne 20.3. mennessä. | Vastatkaa
        kahden viikon kuluessa. | Voitte valittaa tietosuojavaltuutetulle milloin tahansa. | Linkki tietoihin on
        voimassa 30 päivää. | Koodi on voimassa viikon. | Varmuuskopiot ylikirjoittuvat kuuden kuukauden kuluessa. |
        Kopion tiedoista saatte viimeistään 5.4. | Tietonne siirretään uuteen järjestelmään kesällä. |
        Yhteyshenkilönne on kesäkuussa lomalla. | Uusi jäsenkausi alkaa elokuussa. | Muutamme toimitilaa
        toukokuussa, uusi osoitteemme on Koulukatu 2. | Tietosuojavastaavamme vaihtuu 1.6. | Postin kulku kestää
        viikon. | Tietojen säilytysaika on kymmenen vuotta. | Olette ollut asiakkaamme vuodesta 2019. | Kerromme
        20.3., mitä tietoja löytyi. | Vastaamme puolentoista viikon kuluessa. | Vastaamme kahden viikon kuluessa tästä
        kirjeestä. | Vastaamme kuukauden kuluessa pyynnön saapumisesta. | Lähetämme vielä tällä viikolla luettelon. |
        Jatkamme asian selvittämistä ensi
        viikolla. | Vastaamme kuukauden kuluessa, kuten laki edellyttää.
    """),
    "sv": each("""
        Vi svarar i slutet av mars. | Vi svarar vecka 13. | Vi svarar inom ett par veckor. | Vi återkommer den 20
        mars. | Du får uppgifterna i mars. | Handläggningstiden är två veckor. | Vi skickar kopian nästa vecka. |
        Tidsfristen började när vi fick din begäran. | Månaden räknas från att begäran kom. | Vi skickar fakturan i
        maj. | I sommar är kontoret stängt. | Simskolan börjar i juni. | Begäran gäller beställningarna i juni. | Vi
        svarar i början av april. | Svaret kommer per e-post. | Kursen börjar vecka 25. | Vi bevarar inspelningarna
        i tre månader. | Du får kopian som PDF. | Vi återkommer inom några dagar. | Du får svar senast den 5 april
        2026. | Vi kontrollerade uppgifterna den 2.3. | Kundtjänsten svarar i sommar vardagar kl. 9–15. | Kursen är
        i maj, men vi svarar redan denna vecka. | Bevaringstiden är sex år. | Du ber om uppgifter för januari–maj
        2025. | Vi skickar uppgifterna från åren 2024 och 2025. | Vi svarar på enkäten från maj 2025. |
        Inspelningarna raderas automatiskt efter tre månader. | Uppgifterna är från våren 2025. | Svara gärna inom
        två veckor. | Vi hoppas på ditt svar senast den 20 mars. | Länken till uppgifterna gäller i 30 dagar. |
        Säkerhetskopiorna skrivs över inom sex månader. | Din kontaktperson är ledig i juni. | Vi flyttar i maj. |
        Uppgifterna sparas i tio år. | Du har varit kund sedan 2019. | Vi svarar inom en månad som lagen kräver. |
        Vi svarar inom en och en halv vecka. | Vi svarar inom två veckor från det här brevet. | Vi svarar inom en månad
        från det att begäran kom. | Vi berättar den 20 mars vilka uppgifter vi hittade.
    """),
    "en": each("""
        We will answer at the end of March. | We will answer in week 13. | We will answer within a couple of weeks.
        | We will come back to you on 20 March. | You will get the data in March. | Processing time is two weeks. |
        We will send the copy next week. | The time limit began when we received your request. | The month runs from
        receipt of your request. | We will send the invoice in May. | Our office is closed in the summer. | The
        course begins in June. | The request concerns the orders of last June. | We will answer at the beginning of
        April. | The answer will come by e-mail. | The course starts in week 25. | We keep recordings for three
        months. | You will get the copy as a PDF. | We may call you in June about your booking. | You will have our
        answer by 5 April 2026. | We checked the data on 2 March. | Customer service answers in the summer on
        weekdays. | The course is in May, but we will answer this week. | The retention period is six years. | You
        ask for data from January to May 2025. | We will send the data of 2024 and 2025. | We will answer the survey
        of May 2025. | Recordings are deleted automatically after three months. | The data is from the spring of
        2025. | Please reply within two weeks. | We hope for your reply by 20 March. | The link to the data is valid
        for 30 days. | The backups are overwritten within six months. | Your contact person is away in June. | We
        are moving in May. | Data is kept for ten years. | You have been a customer since 2019. | We will answer
        within a month as the law requires. | We will answer within one and a half weeks. | We will answer within two
        weeks of this letter. | We will answer within one month of receiving your request. | We will tell you on 20
        March which data we found.
    """),
}


def _cases(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, said) for language, listed in table.items() for said in listed]


@pytest.mark.parametrize(("language", "sentence"), _cases(BEYOND))
def test_no_season_feast_or_week_past_the_promise_is_named(language: str, sentence: str) -> None:
    """Received 5.3.2026, promised by 5.4.2026 (GDPR 12(3))."""
    assert "answer_beyond" in errors(language, "acknowledgement", sentence, identified=True)


@pytest.mark.parametrize(("language", "sentence"), _cases(IN_TIME))
def test_a_time_within_it_or_of_something_else_is_no_error(language: str, sentence: str) -> None:
    assert "answer_beyond" not in errors(language, "acknowledgement", sentence, identified=True)


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Vastauksemme on myöhässä, sillä järjestelmä oli rikki joulukuussa.", False),
        ("Vastaamme 12.12. tulleeseen viestiinne erikseen.", False),
        ("Tietojen haku kesti joulun yli.", False),
        ("Vastaamme viikolla 1.", False),
        ("Vastaamme 31.1.", False),
        ("Vastaamme helmikuussa.", True),
        ("Vastaamme viikolla 9.", True),
        ("Vastaamme joulun jälkeen.", False),
    ],
)
def test_in_january_december_is_the_last_one(sentence: str, wrong: bool) -> None:
    """Received 4.1.2027, promised by 4.2.2027."""
    assert _is_beyond("fi", sentence, date(2027, 1, 4), date(2027, 2, 4)) is wrong


@pytest.mark.parametrize(
    ("language", "sentence", "promise", "wrong"),
    [
        ("fi", "Vastaamme ennen vuodenvaihdetta.", date(2026, 12, 31), False),
        ("fi", "Vastaamme ennen vuodenvaihdetta.", date(2026, 12, 30), True),
        ("fi", "Vastaamme ennen joulua.", date(2026, 12, 24), False),
        ("fi", "Vastaamme ennen helmikuuta.", date(2027, 1, 31), False),
        ("fi", "Vastaamme ennen helmikuun loppua.", date(2027, 1, 31), True),
        ("fi", "Vastaamme ennen ensi vuotta.", date(2026, 12, 31), False),
        ("fi", "Vastaamme ennen ensi kuun loppua.", date(2026, 12, 31), True),
        ("fi", "Vastaamme viikolla 53.", date(2027, 1, 4), False),
        ("fi", "Vastaamme viikolla 54.", date(2027, 1, 4), True),
        ("fi", "Vastaamme teille 3 kk kuluessa.", date(2027, 1, 1), True),
        ("fi", "Vastaamme 3kk:n kuluessa.", date(2027, 1, 1), True),
        ("fi", "Vastaamme 2 vk:n kuluessa.", date(2027, 1, 1), False),
        ("sv", "Vi svarar före jul.", date(2026, 12, 24), False),
        ("sv", "Vi svarar före sommaren.", date(2027, 1, 1), True),
        ("sv", "Vi svarar före slutet av januari.", date(2027, 1, 1), True),
        ("sv", "Vi svarar inom 3 mån.", date(2027, 1, 1), True),
        ("en", "We will answer before Christmas.", date(2026, 12, 24), False),
        ("en", "We will answer before February.", date(2027, 1, 31), False),
        ("en", "We will answer before the end of February.", date(2027, 1, 31), True),
        ("en", "We will answer before the summer.", date(2027, 1, 1), True),
    ],
)
def test_what_comes_before_a_time_may_come_on_the_day_before_it(
    language: str, sentence: str, promise: date, wrong: bool
) -> None:
    """Received 1.12.2026; that year has 53 weeks (ISO 8601)."""
    assert _is_beyond(language, sentence, date(2026, 12, 1), promise) is wrong


def test_a_leap_day_is_found_in_its_year() -> None:
    assert _is_beyond("fi", "Vastaamme 29.2.", date(2028, 1, 10), date(2028, 2, 10))


def _is_beyond(language: str, sentence: str, received: date, promise: date) -> bool:
    letter = ALBUM[language, "acknowledgement"]
    today = received + timedelta(days=1)
    context = replace(letter.context, identified=True, received_on=received, promise=promise, today=today)
    body = compose(context).body
    said = lint(f"{body}\n{sentence}\n", letter.text.subject, context, Around(template=body, composed=body))
    return "answer_beyond" in {one.code for one in said}


@pytest.mark.parametrize(
    ("language", "sentence", "wrong"),
    [
        ("fi", "Vastaamme 31 päivän kuluessa.", True),
        ("fi", "Vastaamme kolmenkymmenenyhden päivän kuluessa.", True),
        ("fi", "Linkki tietoihin on voimassa 31 päivää.", False),
        ("fi", "Säilytämme tallenteet 31 päivää.", False),
        ("sv", "Vi svarar inom 31 dagar.", True),
        ("sv", "Vi svarar inom trettioen dagar.", True),
        ("sv", "Länken till uppgifterna gäller i 31 dagar.", False),
        ("en", "We will answer within 31 days.", True),
        ("en", "We will answer within thirty-one days.", True),
        ("en", "The link to the data is valid for 31 days.", False),
    ],
)
def test_a_month_is_no_number_of_days(language: str, sentence: str, wrong: bool) -> None:
    """It has from 28 to 31 of them, and the reader counts from the letter (Regulation 1182/71, 3(2)(c))."""
    found = errors(language, "acknowledgement", sentence, identified=True)
    assert bool(found & {"thirty_days", "answer_beyond"}) is wrong
