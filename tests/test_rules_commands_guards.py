"""Guards: a line that denies, doubts or sets a condition is never taken for the deed whose words it has."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.commands.understanding import understand

NOW = datetime(2026, 3, 11, 9, tzinfo=ZoneInfo("Europe/Helsinki"))


def heard(text: str) -> tuple[Said, ...]:
    return understand(text, NOW)


def intents(text: str) -> set[Intent]:
    return {one.intent for one in heard(text)}


def decided(said: tuple[Said, ...]) -> set[str]:
    return {it["outcome"] for one in said for it in one.args.get("outcomes", ())} & {"granted", "refused"}


@pytest.mark.parametrize(
    "text",
    [
        *("tämä on pyyntö", "tämä on selvästi pyyntö", "this is not spam", "not spam, it's a request"),
        *("tämä ei ole roskapostia", "ei tämä mainos ole", "roskapostia tämä ei ole", "detta är inte reklam"),
    ],
)
def test_a_request_is_not_set_aside_for_being_called_one(text: str) -> None:
    """Neither "this is a request" nor "this is not spam" dismisses it."""
    assert Intent.MARK_NOT_REQUEST not in intents(text)


@pytest.mark.parametrize("text", ["tämä on roskapostia", "ei ole pyyntö vaan mainos", "this is spam", "skräppost"])
def test_what_is_called_spam_is_still_heard(text: str) -> None:
    """The guard stands only before its opposite."""
    assert intents(text) == {Intent.MARK_NOT_REQUEST}


@pytest.mark.parametrize(
    "text",
    [
        *("the data has not been deleted", "data not deleted yet", "tiedot on poistamatta", "poisto tekemättä"),
        *("kopiota ei ole annettu", "kopio lähettämättä", "copy not given", "marketing not stopped yet"),
        *("markkinointi jatkuu yhä", "käsittelyä ei ole rajoitettu", "let's not refuse", "tätä ei voi hylätä"),
        *("we can't refuse this", "hylkäämistä ei nyt tehdä", "uppgifterna har inte raderats", "selvä"),
        "tietoja en ole lopetettu",
    ],
)
def test_what_is_not_done_is_not_heard_as_done(text: str) -> None:
    """A deed denied, left undone or still going on is no outcome."""
    assert decided(heard(text)) == set()


_DEEDS = ["poistettu", "annettu", "lähetetty", "rajoitettu", "oikaistu", "siirretty", "lopetettu", "varmistettu"]
_THINGS = ["tietoja", "kopiota", "käsittelyä", "markkinointia", "henkilöllisyyttä", "hänen tietojaan"]
_NOTS = ["ei ole", "ei ole vielä", "emme ole", "en ole"]


@given(st.sampled_from(_THINGS), st.sampled_from(_NOTS), st.sampled_from(_DEEDS), st.sampled_from(["", "vielä", "nyt"]))
def test_no_denied_deed_is_granted_refused_or_proved(thing: str, denied: str, deed: str, trailing: str) -> None:
    """Whatever the thing, the "not" and the deed."""
    said = heard(f"{thing} {denied} {deed} {trailing}".strip())

    assert decided(said) == set()
    assert not any(one.args.get("result") == "ok" for one in said)


@pytest.mark.parametrize(
    "text",
    [
        *("pidä muistutus", "keep the reminder", "reminder still needed", "thanks for the reminder"),
        *("sain muistutuksen", "en saanut muistutusta", "tehtävä ei ole tehty", "task not done", "tehtävä odottaa"),
        *("tehtävä myöhässä", "behåll påminnelsen", "älä poista muistutusta"),
    ],
)
def test_a_reminder_is_cancelled_only_by_a_word_that_cancels(text: str) -> None:
    """To name a reminder is not to cancel it."""
    assert not any(one.args.get("cancel") for one in heard(text))


@pytest.mark.parametrize(
    "text",
    [
        *("henkilöllisyys ei ole varmistettu", "henkilöllisyyttä ei ole vielä varmistettu", "henkilöllisyys puuttuu"),
        *("henkilöllisyys on epäselvä", "identity unverified", "I have not verified the identity", "selvä"),
        *("lähetetään vasta kun henkilöllisyys on selvä", "identiteten är inte styrkt", "henkilöllisyys varmistamatta"),
    ],
)
def test_an_identity_in_doubt_is_not_recorded_as_proved(text: str) -> None:
    """Denied, open, or what something else waits for."""
    assert not any(one.args.get("result") == "ok" for one in heard(text))


@pytest.mark.parametrize(
    "text",
    [
        *("fine, but wait for Pekka", "send it once Pekka has read it", "Pekka ei ehdi", "anyone but Pekka"),
        *("lähetä Matille", "jätä tämä", "menee"),
    ],
)
def test_a_name_beside_a_condition_hands_nothing_over(text: str) -> None:
    """A case is handed over where that was said, to somebody."""
    assert Intent.ASSIGN not in intents(text)


@pytest.mark.parametrize(
    "text",
    [
        *("kirje on ihan hyvä mutta nimi väärin", "näyttää hyvältä, mutta tarkista vielä päiväys"),
        *("lähetä vasta kun olen lukenut", "melkein valmis lähetettäväksi", "skicka först när hon svarat"),
        *("good, but the name is wrong", "send it once Pekka has read it", "nästan klart att skicka"),
    ],
)
def test_a_letter_with_a_stated_fault_is_not_approved(text: str) -> None:
    """What is to be mended first, or waited for, stands against the approval."""
    assert Intent.APPROVE not in intents(text)


@pytest.mark.parametrize(
    "text",
    [
        *("tämä on kiireellinen", "tämä on tärkeä", "this is a request", "it's ready to go", "vaihda kieli"),
        *("muuta sävyä", "brevet ska ligga"),
    ],
)
def test_a_deed_with_nothing_in_it_is_none(text: str) -> None:
    """No change of rights without a right, no other language without its name."""
    assert not intents(text) & {Intent.CHANGE_KIND, Intent.EDIT_DRAFT}


@pytest.mark.parametrize(
    "text",
    [
        *("jos hän kieltää mainokset, merkitse kielto", "mainoskielto hyväksytään jos hän vahvistaa sen"),
        *("if she objects to marketing, accept it", "poistetaan jos lasku on maksettu", "radera om fakturan är betald"),
        *("erase it if the invoice is paid", "merkitse hyväksytyksi jos hän maksaa, jätä asia auki"),
    ],
)
def test_what_hangs_on_a_condition_is_not_done(text: str) -> None:
    """Neither advertising ended nor a case left open nor a moment named takes the "if" out of a line."""
    assert Intent.SET_OUTCOME not in intents(text)


@pytest.mark.parametrize(
    "text",
    [
        *("poistetaanko kun lasku on maksettu?", "should we erase once she has paid?"),
        *("ska vi radera när fakturan är betald?", "voidaanko poistaa heti kun takuu päättyy"),
        *("hän haluaa että poistetaan kun lasku on maksettu", "ei poisteta vielä, jätä asia auki"),
    ],
)
def test_what_is_only_asked_wanted_or_put_off_is_not_done(text: str) -> None:
    """A moment told with a deed makes no order of a question, of another's wish, or of a "not yet"."""
    assert Intent.SET_OUTCOME not in intents(text)


@pytest.mark.parametrize(
    "text",
    [
        *("mainoksia ei enää lähetetä, mutta kieltoa ei hyväksytä", "no marketing ban for her"),
        *("markkinointikieltoa ei hyväksytä vielä, mainoksia ei lähetetä", "älä lopeta mainoksia"),
        *("the marketing objection is not accepted", "ei mainoskieltoa ennen kuin tunnistettu"),
    ],
)
def test_a_ban_on_advertising_that_is_denied_is_not_granted(text: str) -> None:
    """That nothing more is sent grants the objection only where the objection itself is not denied."""
    assert "granted" not in decided(heard(text))


@pytest.mark.parametrize(
    "text", ["Poisto myönnetään, mutta asiaa ei vielä suljeta.", "merkitse poistetuksi, älä sulje"]
)
def test_what_is_only_not_closed_is_still_granted(text: str) -> None:
    """The guard stands only before a denied deed, not before a denied closing."""
    (said,) = heard(text)

    assert said.args == {"outcomes": [{"right": "erasure", "outcome": "granted"}], "hold": True}


@pytest.mark.parametrize(
    "text",
    [
        "Personuppgiftsbiträdena är inte underrättade än.",
        "Käsittelijöille ei ole toistaiseksi annettu tietoa poistosta.",
    ],
)
def test_a_duty_denied_is_never_put_down_as_done(text: str) -> None:
    """Whatever the line sounds like, a "not" keeps the duty open."""
    assert not any(one.args.get("done") for one in heard(text))


@pytest.mark.parametrize(
    "order", ["laskuta 25 euroa", "jatka kuukaudella", "roskapostia", "yhdistä asiaan 4", "peru", "avaa uudelleen"]
)
@pytest.mark.parametrize("before", ["jos hän suostuu, ", "ehkä "])
def test_an_order_with_an_if_or_a_perhaps_before_it_is_not_given(before: str, order: str) -> None:
    """Whatever the deed, what hangs on a condition or is only thought of proposes nothing."""
    assert not any(one.must_confirm for one in heard(before + order))


@pytest.mark.parametrize("text", ["jos ehdit, pyydä asiakasnumero", "ask for her customer number, if you would"])
def test_an_if_that_is_only_polite_takes_nothing_back(text: str) -> None:
    """As in "if you would", which is no condition."""
    assert intents(text) == {Intent.ASK_IDENTITY}


@pytest.mark.parametrize(
    "text",
    [
        *("jos hän suostuu, sulje ja muistuta torstaina", "jos hän suostuu, laskuta 20 euroa ja muistuta torstaina"),
        *(
            "jos lasku on maksettu, poista tiedot ja muistuta maanantaina",
            "if she agrees, refuse and remind me thursday",
        ),
    ],
)
def test_a_reminder_beside_a_deed_takes_no_if_from_it(text: str) -> None:
    """Where a deed hangs on a condition, a reminder in the same line does not make it an order."""
    assert not intents(text) & {Intent.SET_OUTCOME, Intent.FEE, Intent.APPROVE}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("jos ei vastaa perjantaihin mennessä, muistuta", {Intent.REMIND_ME}),
        ("myönnä, ja jos ei vastaa viikossa, muistuta", {Intent.SET_OUTCOME, Intent.REMIND_ME}),
        ("myönnä tarkastus ja muistuta torstaina jos ei vastaa", {Intent.SET_OUTCOME, Intent.REMIND_ME}),
    ],
)
def test_an_if_of_a_reminder_leaves_the_deed_beside_it(text: str, meant: set[Intent]) -> None:
    """What hangs on no answer is the reminder alone."""
    assert intents(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("pitäisikö jatkaa kuukaudella", "pitäiskö laskuttaa 20 euroa", "pitäiskö siirtää Matille"),
        *("should we extend by a month", "jatketaan ehkä kuukaudella", "hylätään kai", "varmaan hylätään"),
        *("hylkää tai myönnä, en tiedä", "päätän tämän huomenna", "ei päätetä vielä mitään", "päätetään asia"),
        "mietin pitäisikö tämä siirtää Matille",
    ],
)
def test_what_is_asked_doubted_or_not_yet_decided_is_not_done(text: str) -> None:
    """Wherever in the line the question or the doubt stands."""
    assert not any(one.must_confirm for one in heard(text))


@pytest.mark.parametrize(
    "text",
    [
        "onks pakko tunnistaa? no kysy sitte se postinumero",
        "voisitko siirtää tän Matille",
        "hyväksytään mutta älä lähetä",
    ],
)
def test_an_order_behind_a_question_or_asked_politely_is_heard(text: str) -> None:
    """The guards stand only before the question itself."""
    assert any(one.must_confirm for one in heard(text))


def test_where_two_readings_are_near_both_are_offered_and_nothing_is_done() -> None:
    """Neither is guessed: the person picks one."""
    (said,) = heard("peru äskeinen muistutus")

    assert not said.must_confirm
    assert {one.intent for one in said.choices} == {Intent.UNDO, Intent.REMIND_ME}


def test_a_line_that_something_speaks_against_offers_nothing() -> None:
    """What is forbidden or hangs on a condition is no choice either."""
    assert not any(one.choices for text in ("älä peru äskeistä muistutusta", "jos ehtii, peru") for one in heard(text))


@pytest.mark.parametrize("text", ["onko tämä jo hyväksytty", "onks toi jo lähetetty", "oliko poisto hyväksytty"])
def test_whether_something_was_done_is_asked_and_not_ordered(text: str) -> None:
    """A line that begins by asking whether it was done does nothing."""
    assert not any(one.must_confirm for one in heard(text))


def test_a_question_before_its_own_order_is_heard_as_the_order() -> None:
    assert intents("onks pakko tunnistaa? no kysy sitte se postinumero") == {Intent.ASK_IDENTITY}


@pytest.mark.parametrize("text", ["pitikö tää lähettää jo eilen", "hyväksyn, lähetä eilen"])
def test_nothing_is_approved_for_a_day_that_is_over(text: str) -> None:
    assert Intent.APPROVE not in intents(text)


def test_a_letter_is_approved_for_the_hour_that_is_said_without_a_day() -> None:
    """It does not leave at once: an hour alone is one of today."""
    (said,) = heard("hyväksyn, lähetä kun kello on neljä")
    assert (said.intent, said.args) == (Intent.APPROVE, {"send_at": "2026-03-11T16:00"})


@pytest.mark.parametrize(
    "text", ["en ole hyväksynyt mitään", "emme ole poistaneet mitään", "muistaakseni tiedot annettiin jo"]
)
def test_what_the_speaker_has_not_done_or_does_not_know_is_no_outcome(text: str) -> None:
    assert Intent.SET_OUTCOME not in intents(text)


@pytest.mark.parametrize("text", ["en ole löytänyt mitään tietoja", "emme voi poistaa, kirjanpitolaki estää"])
def test_what_was_not_found_or_is_refused_by_the_speaker_is_an_outcome(text: str) -> None:
    assert intents(text) == {Intent.SET_OUTCOME}


@pytest.mark.parametrize(
    "text", ["soitin rekisterissä olevaan numeroon", "rang the number on file", "jag ringde numret i registret"]
)
def test_a_call_that_was_made_is_recorded_and_not_ordered(text: str) -> None:
    (said,) = heard(text)
    assert (said.intent, said.args["method"]) == (Intent.RECORD_IDENTITY, "call_back")


def test_a_call_that_is_ordered_is_still_asked_for() -> None:
    (said,) = heard("soita rekisterissä olevaan numeroon")
    assert (said.intent, said.args["method"]) == (Intent.ASK_IDENTITY, "call_back")


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Osoite oikaistu, markkinointi estetty, poistoa ei tehdä koska sopimus on voimassa.", "erasure"),
        ("mainokset estetty, poistoa ei tehdä koska sopimus on voimassa", "erasure"),
    ],
)
def test_what_is_denied_to_one_right_is_not_denied_to_the_ban_on_marketing(text: str, denied: str) -> None:
    (said,) = heard(text)
    answers = {one["right"]: one["outcome"] for one in said.args["outcomes"]}
    assert (answers["marketing_objection"], answers[denied]) == ("granted", "refused")


@pytest.mark.parametrize("text", ["en anna tätä Ristolle", "emme siirrä tätä Matille"])
def test_who_denies_the_handing_over_hands_nothing_over(text: str) -> None:
    assert Intent.ASSIGN not in intents(text)


@pytest.mark.parametrize("text", ["anna tämä Ristolle, mä en ehdi", "siirrä Matille, en itse osaa"])
def test_why_it_is_handed_over_denies_nothing(text: str) -> None:
    assert intents(text) == {Intent.ASSIGN}


@pytest.mark.parametrize("text", ["En toistaiseksi toivo muistutusta tästä asiasta.", "poistettiinko tämä jo"])
def test_what_is_not_wished_or_only_asked_does_nothing(text: str) -> None:
    assert not any(one.must_confirm for one in heard(text))


def test_a_word_for_the_one_who_takes_over_is_no_change_of_the_letter() -> None:
    (said,) = heard("Siirrä asia Tuomolle ja kerro että asiakas haluaa vastauksen sähköpostilla.")
    assert (said.intent, said.args["to"]) == (Intent.ASSIGN, "Tuomo")


def test_a_request_that_is_told_and_to_be_written_down_is_no_note_besides() -> None:
    assert intents("Nora Ashby rang yesterday and wants a copy of her data, log that please") == {
        Intent.ADD_PAPER_REQUEST
    }


@pytest.mark.parametrize(
    "text", ["kysy postinumero ja puhelinnumero", "kysy osoite ja puhelinnumero, ja muistuta mua tiistaina"]
)
def test_a_fact_that_is_asked_for_corrects_nothing(text: str) -> None:
    """Two facts of one question are one question: no correction is told as made."""
    assert Intent.SET_OUTCOME not in intents(text)


def test_a_fact_that_was_put_right_is_still_a_correction() -> None:
    assert decided(heard("osoite ja puhelinnumero korjattu eilen")) == {"granted"}


@pytest.mark.parametrize(
    "text", ["tietoja ei ole annettu", "kopiota ei ole vielä toimitettu", "uppgifterna har inte lämnats ut"]
)
def test_what_was_not_given_out_is_no_answer(text: str) -> None:
    assert "granted" not in decided(heard(text))


def test_luck_is_nobody_who_is_given_the_case() -> None:
    """It begins like a name ("onneksi"); a real one who takes the case is still heard."""
    assert Intent.ASSIGN not in intents("onneksi on perjantai")
    assert Intent.ASSIGN in intents("Onni hoitaa tämän perjantaina")


@pytest.mark.parametrize("text", ["Asiakas kysyi milloin hän saa tiedot.", "the customer asked when she gets the data"])
def test_what_somebody_asked_is_no_answer(text: str) -> None:
    assert Intent.SET_OUTCOME not in intents(text)


@pytest.mark.parametrize("text", ["vi raderar inte", "emme poista", "no, we won't erase"])
def test_who_decides_not_to_refuses(text: str) -> None:
    """A ground is asked for, and none invented."""
    (said,) = heard(text)
    assert [(one["right"], one["outcome"]) for one in said.args["outcomes"]] == [("erasure", "refused")]
    assert "ground" not in said.args["outcomes"][0]


@pytest.mark.parametrize(
    "text",
    ["älä poista", "don't erase", "ei poisteta vielä", "ei poisteta mitään nyt", "tietoja emme ole oikaistu"],
)
def test_who_forbids_or_waits_decides_nothing(text: str) -> None:
    assert not any(one.must_confirm for one in heard(text))


@pytest.mark.parametrize(
    "text", ["sent it today but we were late", "myöhässä mut annettu", "uppgifterna gavs idag men vi var sena"]
)
def test_a_late_answer_is_an_answer(text: str) -> None:
    (said,) = heard(text)
    assert [(one["outcome"], one["late"]) for one in said.args["outcomes"]] == [("granted", True)]


def test_until_when_somebody_has_it_takes_nothing_back() -> None:
    (said,) = heard("Esko hoitaa, mutta vain ensi maanantaihin")
    assert (said.args["to"], said.args["until"]) == ("Esko", "2026-03-16")


def test_what_stands_before_a_but_is_not_answered_behind_it() -> None:
    """No refusal of the rights that go through: those words are left out instead."""
    told = {
        one["right"]: one["outcome"]
        for said in heard("Tarkastus onnistuu ja siirtokin, mutta poistoa en voi hyväksyä kun lasku on auki.")
        for one in said.args["outcomes"]
    }
    assert told["erasure"] == "refused"
    assert "refused" not in {told.get("access"), told.get("portability")}


@pytest.mark.parametrize(
    "text",
    [
        "Can we charge her 60 euros, since the request is clearly excessive?",
        "Voimmeko veloittaa 60 euroa, koska pyyntö on kohtuuton?",
    ],
)
def test_why_it_is_asked_makes_no_deed_of_a_question(text: str) -> None:
    assert not any(one.must_confirm for one in heard(text))


def test_what_is_ordered_behind_a_question_is_ordered() -> None:
    assert Intent.EXTEND in intents("Voiko tätä jatkaa? No jatka kuukaudella, tietoja on paljon.")


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("passin numero oli väärin, korjasimma sen tännään", Intent.SET_OUTCOME),
        ("Poista muistutus, Mervi hoitaa jo.", Intent.REMIND_ME),
    ],
)
def test_why_it_is_done_is_no_deed_besides(text: str, only: Intent) -> None:
    assert intents(text) == {only}


@pytest.mark.parametrize("text", ["tehdään niin kuin viimeksi sovittiin", "as we agreed", "gör som förra gången"])
def test_what_was_agreed_before_is_no_answer(text: str) -> None:
    """The line does not say what it was, and an answer that nobody said is not shown."""
    assert not any(one.must_confirm for one in understand(text, NOW))


@pytest.mark.parametrize("text", ["radera inte än", "avslå inte än", "not deleting yet", "ei vielä poisteta mitään"])
def test_what_is_not_done_yet_is_neither_done_nor_refused(text: str) -> None:
    assert not any(one.must_confirm for one in understand(text, NOW))


def test_a_swedish_statement_with_its_object_first_asks_nothing() -> None:
    """As in "dem måste vi spara": the verb stands before its person in statements, too."""
    (one,) = understand("radera allt utom kvittona, dem måste vi ha kvar enligt bokföringslagen", NOW)
    (outcome,) = one.args["outcomes"]
    assert (outcome["outcome"], outcome["ground"]) == ("partly", "accounting_law")


def test_who_refuses_charges_nothing() -> None:
    """That somebody asks too often is a ground of both."""
    assert Intent.FEE not in {one.intent for one in understand("hylkää, hän pyytää samaa joka viikko", NOW)}
