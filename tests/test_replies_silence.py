"""Nobody's silence closes a request, in whichever order and words that is told (GDPR 12(3)-(4))."""

from __future__ import annotations

import pytest

from tests.said import each
from tests.test_replies_promises import errors

CLOSES = {
    "fi": each("""
        Ilman vastaustanne pyyntö hylätään. | Vastausaikaa on kaksi päivää, minkä jälkeen asia raukeaa. | Mikäli
        vastausta ei tule, asia on loppuun käsitelty. | Vastaamatta jättäminen päättää asian käsittelyn. | Jos emme
        kuule teistä, suljemme asian. | Asia suljetaan, ellette vastaa. | Pyyntönne raukeaa, jos vastausta ei kuulu.
        | Suljemme asian ilman eri ilmoitusta, jos ette vastaa. | Hiljaisuutenne tulkitaan pyynnön perumiseksi. |
        Vastauksen puuttuessa katsomme pyynnön peruutetuksi. | Viikon kuluttua asia suljetaan, ellei vastausta ole
        tullut. | Jos vastausta ei saada, pyyntö mitätöidään. | Vastaamattomuus johtaa pyynnön hylkäämiseen. |
        Vastatkaa 20.3. mennessä, muuten pyyntö raukeaa. | Vastatkaa viikossa tai suljemme asian. | Jos ette palaa
        asiaan, pidämme sitä loppuun käsiteltynä. | Ilman lisätietoja lopetamme käsittelyn. | Vastausta odotetaan
        viikko, sitten käsittely päättyy. | Vastauksen viivästyessä pyyntö lopetetaan. | Jollei vastausta kuulu,
        pyyntö jää sikseen. | Jos vastauksenne ei ole perillä 20.3., asia on käsitelty. | Mikäli olette hiljaa,
        oletamme ettei asialla ole väliä. | Muistattehan vastata, tai pyyntö poistuu jonosta. | Kun vastausta ei ole
        viikkoon tullut, asia katsotaan päättyneeksi. | Emme jatka asian käsittelyä ilman vastausta.
    """),
    "sv": each("""
        Om du inte svarar förfaller din begäran. | Svarar du inte anser vi att begäran har återtagits. | Hör vi
        inget avslutar vi ärendet. | Utan svar avslutas ärendet. | Uteblir svaret läggs ärendet ner. | Din begäran
        förfaller om vi inte hör av dig. | I brist på svar avskrivs ärendet. | Får vi inget svar stänger vi ärendet.
        | Svara senast den 20 mars, annars förfaller begäran. | Ditt ärende avslutas såvida du inte svarar. | Vi
        betraktar ärendet som avslutat om inget svar kommer. | Tystnad tolkas som att begäran återtas. | Du har två
        dagar på dig att svara, därefter avslutas ärendet. | Ett uteblivet svar innebär att begäran avslås. | Hörs
        du inte av läggs ärendet åt sidan. | När svar inte har kommit inom en vecka är ärendet avslutat. | Vi
        fortsätter inte behandlingen utan svar. | Om svaret dröjer stryks din begäran.
    """),
    "en": each("""
        Without a reply from you the request lapses. | No reply within a week means the request is closed. | If we
        hear nothing, the case is closed. | Should you not reply, we will close the matter. | Your request lapses
        unless you reply. | In the absence of a reply we treat the request as withdrawn. | Failing an answer the
        case will be archived. | Reply by 20 March, otherwise the request expires. | Silence is taken as withdrawal
        of the request. | You have two days to reply, after which the case is closed. | We will drop the matter if
        there is no answer. | Lack of response ends the processing of your request. | Unless we hear from you, your
        request will be rejected. | No answer, no further processing of your request. | If your reply does not
        arrive, the request falls away. | We do not continue with the case without a reply. | Once a week has passed
        without reply, the case is over. | If you stay silent, we take it the matter is settled.
    """),
}

CLOSES_NOT = {
    "fi": each("""
        Jos ette vastaa, vastaamme silti määräajassa. | Pyyntö käsitellään, vaikka ette vastaisi. | Asia on nyt
        loppuun käsitelty. | Ilman vastaustanne käsittelemme kaikki tiedot. | Jos emme saa vastausta, kerromme, mitä
        emme voineet varmistaa. | Vastauksenne ei ole välttämätön. | Suljemme toimiston perjantaina. | Asia
        suljetaan, kun olette saanut vastauksen. | Tili suljetaan pyyntönne mukaan. | Jos ette vastaa, lähetämme
        kaikki tiedot postitse. | Voitte vastata milloin vain. | Jos ette halua kopiota, kertokaa siitä. | Lopetamme
        profiloinnin tänään. | Pyyntöä ei hylätä, vaikka vastaus viipyisi. | Jos ette vastaa, käsittelemme pyynnön
        niillä tiedoilla, jotka meillä on. | Jos vastaus puuttuu, voimme soittaa teille. | Ilman vastausta emme voi
        tietää, mitä kurssia tarkoitatte, mutta annamme kaikki tiedot. | Kun olette vastannut, jatkamme käsittelyä.
        | Jos ette tarvitse kopiota, voimme päättää asian, kun kerrotte siitä. | Kun tilauksenne päättyy, käsittely
        lakkaa. | Jos sopimus päättyy, poistamme tiedot pyyntönne mukaan. | Ellette halua sähköpostia, lähetämme
        vastauksen postitse.
    """),
    "sv": each("""
        Om du inte svarar, svarar vi ändå i tid. | Begäran behandlas även om du inte svarar. | Ärendet är nu
        avslutat. | Utan ditt svar behandlar vi alla uppgifter. | Får vi inget svar berättar vi vad vi inte kunde
        säkerställa. | Ärendet avslutas när du har fått svaret. | Kontot stängs enligt din begäran. | Du kan svara
        när som helst. | Om du inte vill ha en kopia, säg till. | Hör gärna av dig. | Om du inte svarar behandlar vi
        begäran med de uppgifter vi har. | Utan svar vet vi inte vilken kurs du menar, men vi ger alla uppgifter. |
        När du har svarat fortsätter vi behandlingen. | Om du inte vill ha e-post skickar vi svaret per brev.
    """),
    "en": each("""
        If you do not reply, we will answer all the same in time. | The request is handled even if you do not reply.
        | The case is now closed. | Without your reply we process all the data. | The account is closed as you
        asked. | If we get no answer, we tell you what we could not establish. | The case is closed when you have
        had the answer. | You may reply at any time. | If you do not want a copy, let us know. | Your request will
        not be rejected for a late reply. | If you do not reply, we handle the request with the data that we have. |
        Without a reply we do not know which course you mean, but we give all data. | When you have replied, we
        continue with the request. | If you do not want e-mail, we send the answer by post. | We handled the request
        when the contract ended.
    """),
}


def _cases(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, said) for language, listed in table.items() for said in listed]


@pytest.mark.parametrize("title", ["access granted", "more_information"])
@pytest.mark.parametrize(("language", "sentence"), _cases(CLOSES))
def test_no_silence_closes_a_request(language: str, title: str, sentence: str) -> None:
    assert "silence_closes" in errors(language, title, sentence, identified=True)


@pytest.mark.parametrize(("language", "sentence"), _cases(CLOSES_NOT))
def test_what_goes_on_all_the_same_or_ends_by_itself_is_no_error(language: str, sentence: str) -> None:
    assert "silence_closes" not in errors(language, "access granted", sentence, identified=True)
