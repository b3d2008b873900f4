"""What recognition promises about mails that nobody trained it on. Every sentence here was made for this file."""

from __future__ import annotations

from email.message import EmailMessage
from functools import cache
from itertools import product

import pytest

from inbox_agent.rules.classify import Classification, Recogniser, Under
from inbox_agent.rules.courtesies import core
from inbox_agent.rules.parse import parse
from state.model import Verdict


@cache
def recogniser() -> Recogniser:
    """The shipped one, loaded once."""
    return Recogniser.load()


def classify(
    body: str, subject: str = "", under: Under | None = None, to: str = "tietosuoja@yritys.example", **headers: str
) -> Classification:
    """Decide about a mail with this body."""
    message = EmailMessage()
    message["From"] = "Saimi Kallio <saimi.kallio@posti.example>"
    message["To"] = to
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return recogniser().classify(parse(message.as_bytes(), own_domains=("yritys.example",)), under)


EVERYDAY = (
    (
        """Hei, lasku 5512 on maksettu kahteen kertaan. Voitteko palauttaa rahat?
Moi, en enää jatka salilla. Avainkortti jäi kaappiin.
Hei, pesukone hajosi taas ja takuu on voimassa. Milloin huolto tulee?
Hei, perun huomisen ajan, en pääse. Maksan peruutusmaksun.""",
        """Poistakaa kaikki tietoni.
Pyydän myös kopion kaikista tiedoistani.
Samalla poistakaa minua koskevat tiedot.
Poistattehan samalla kaikki henkilötietoni.
Korjatkaa samalla tietoni.""",
    ),
    (
        """Hej, jag avbokar tiden i morgon. Jag betalar avgiften.
Hej, jag slutar på gymmet. Nyckelkortet lämnade jag i skåpet.""",
        """Radera alla mina uppgifter.
Jag vill ha en kopia av alla mina uppgifter.
Radera samtidigt mina personuppgifter.""",
    ),
    (
        """Hi, invoice 5512 was paid twice. Could you pay it back?
Hi, I am leaving the gym. The key card is in the locker.""",
        """Delete all my data.
I want a copy of all my data.
Please also erase my personal data.""",
    ),
)
"""Everyday matters, a line each, and demands that name the own data, in each language."""


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Pyydän jäljennöksen kaikista minua koskevista henkilötiedoista.", "access"),
        ("Poistakaa kaikki tietoni rekisteristänne.", "erasure"),
        ("poistakaa kaikki tietoni rekisteristanne", "erasure"),
        ("POISTAKAA KAIKKI TIETONI REKISTERISTÄNNE", "erasure"),
        ("Nimeni on kirjattu teille väärin, korjatkaa tiedot oikeiksi.", "rectification"),
        ("En halua enää mainoksianne, lopettakaa niiden lähettäminen.", "marketing_objection"),
        ("Peruutan suostumukseni tietojeni käsittelyyn.", "consent_withdrawal"),
        ("Haluan tietoni koneluettavassa muodossa, jotta voin siirtää ne toiselle yhtiölle.", "portability"),
        ("Rajoittakaa tietojeni käsittelyä, kunnes asia on selvitetty.", "restriction"),
        ("Vastustan tietojeni käsittelyä ja profilointia.", "objection"),
        ("Automaattinen päätös hylkäsi hakemukseni, vaadin että ihminen käsittelee sen.", "automated_decision"),
        ("Jag vill veta vilka uppgifter ni har om mig.", "access"),
        ("Radera alla mina personuppgifter, tack.", "erasure"),
        ("Please delete all personal data you hold about me.", "erasure"),
        ("What personal data do you hold about me? Send me a copy.", "access"),
    ],
)
def test_a_plain_request_is_one_and_says_why(body: str, kind: str) -> None:
    """The plain wording of each right is never missed, and the phrase shown stands in the mail."""
    found = classify(body)
    assert found.verdict is not Verdict.NOT_REQUEST
    assert kind in found.kinds
    assert found.evidence
    assert all(evidence.phrase in body for evidence in found.evidence)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("poistakaa mut", "erasure"),
        ("Voitteko poistaa tilini?", "erasure"),
        ("Korjatkaa osoitteeni.", "rectification"),
        ("Peruutan suostumukseni.", "consent_withdrawal"),
        ("ei mainoksia kiitos", "marketing_objection"),
        ("radera mig", "erasure"),
        ("Rätta min adress, tack.", "rectification"),
        ("delete me", "erasure"),
    ],
)
def test_a_mail_that_says_nothing_but_its_request_is_one(body: str, kind: str) -> None:
    """Two words are enough where no other stands beside them, and no other mail is answered with them."""
    found = classify(body)
    assert (found.verdict, found.kinds) == (Verdict.REQUEST, (kind,))


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        (
            "Kampanja",
            "Lopettakaa mainosten painaminen, hinta on väärin. Uusi taitto tulee huomenna, lasku vanhaan osoitteeseen.",
        ),
        (
            "Slides for Friday",
            "The agenda is fine. Please correct my name on slide 14, and the invoice number on slide 15, today.",
        ),
    ],
)
def test_plain_words_that_name_no_data_are_set_aside_where_the_mail_weighs_far_against_them(
    subject: str, body: str
) -> None:
    """A printer, a fair: another matter, as the whole mail tells."""
    assert classify(body, subject).verdict is Verdict.NOT_REQUEST


@pytest.mark.parametrize(
    ("matter", "demand"),
    [
        (matter, demand)
        for matters, demands in EVERYDAY
        for matter in matters.splitlines()
        for demand in demands.splitlines()
    ],
)
def test_plain_words_that_name_data_come_before_a_person_however_far_the_mail_weighs_against_them(
    matter: str, demand: str
) -> None:
    """One sentence about the data in a mail about another matter."""
    assert classify(f"{matter}\n\n{demand}", matter.split()[1]).verdict is not Verdict.NOT_REQUEST


@pytest.mark.parametrize(
    ("subject", "body"),
    [("Varaus 12.5.", "poistakaa mut"), ("asiaa", "Poistakaa mut vuorosta")],
)
def test_two_words_about_another_matter_are_not_certain(subject: str, body: str) -> None:
    """A booking in the subject, a further word: a person looks at most."""
    assert classify(body, subject).verdict is not Verdict.REQUEST


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Kokeilu", "Terve.\n\nMinusta poistoon.\n"),
        ("Testing the program", "Hello\nThis is a program test\n\nSo there.\n\nMe.\n"),
        ("Testing outlook", "Hello\nThis is an outlook test\n\nSo there.\n\nMe.\n"),
        ("Prov", "Hej\n\nOm mig.\n"),
        ("x", "remove\n\nkzzt qwrt\n"),
    ],
)
def test_a_mail_of_hardly_any_known_words_is_never_sure(subject: str, body: str) -> None:
    """Too little is said to be sure of a right: at most a person is asked."""
    assert classify(body, subject).verdict is not Verdict.REQUEST


@pytest.mark.parametrize(
    "body",
    [
        "Paketti ei ole tullut perille, missä se viipyy?",
        "Voisitteko siirtää huoltoaikani ensi viikon tiistaihin?",
        "Laskussa 4471 on väärä summa, lähettäkää uusi lasku.",
        "En pääse kirjautumaan, salasana ei kelpaa.",
        "Fakturan är redan betald, kan ni kontrollera det?",
        "Could you send me the price list for the garden furniture?",
    ],
)
def test_everyday_mail_is_not_taken_for_a_request(body: str) -> None:
    """Orders, invoices, appointments and log-ins are somebody else's work."""
    assert classify(body).verdict is not Verdict.REQUEST


@pytest.mark.parametrize("word", ["EI", "STOP", "Lopeta", "pois", "Sluta", "unsubscribe"])
def test_a_bare_stop_is_a_ban_under_our_marketing_only(word: str) -> None:
    """The same word means a ban under a newsletter and nothing of the kind under an order."""
    assert classify(word, under=Under.NEWSLETTER).kinds == ("marketing_objection",)
    assert classify(word, under=Under.NEWSLETTER).verdict is Verdict.REQUEST
    assert classify(word, under=Under.ORDER).verdict is Verdict.NOT_REQUEST


def test_the_quoted_newsletter_shows_what_the_stop_is_about() -> None:
    """Without the store's help the quoted text tells the threads apart."""
    newsletter = "Lopeta\n\n> Syksyn tarjoukset! Peruuta uutiskirjeen tilaus tästä.\n"
    meeting = "Ei\n\n> Sopisiko kokous torstaina kello kymmenen?\n"
    assert classify(newsletter, "Re: Syksyn kirje").kinds == ("marketing_objection",)
    assert classify(meeting, "Re: Kokous").verdict is Verdict.NOT_REQUEST


def test_a_bare_stop_out_of_nowhere_goes_to_a_person() -> None:
    """No thread, no guess."""
    assert classify("STOP").verdict is Verdict.UNSURE


GREETINGS = {
    "fi": ["", "Hei,\n\n", "Hei\n", "Moi! ", "Hyvä vastaanottaja,\n", "Hei ", "Päivää,\n\n"],
    "sv": ["", "Hej\n\n", "Hej! ", "God dag,\n", "Hej alla,\n\n"],
    "en": ["", "Hello,\n\n", "Hi ", "Dear Sir or Madam,\n", "Good morning\n"],
}
ENDINGS = {
    "fi": [
        "",
        "\nTerveisin Otto",
        " t. Otto",
        "\n\nOtto Ojala",
        "\nOtto",
        "\n\nYstävällisin terveisin\nOtto Ojala\n040 123 4567",
        " Terv. otto",
        "\n\nKiittäen\nOtto Ojala",
    ],
    "sv": [
        "",
        "\n\nHälsningar\nOtto",
        "\n\nMed vänlig hälsning\nBo Ek",
        " Mvh Bo",
        "\nBo Ek",
        "\n\nBästa hälsningar Bo",
    ],
    "en": ["", "\n\nBest regards,\nOtto Ojala", "\nKind regards Otto", "\n\nOtto", "\n\nYours sincerely\nBo Ek"],
}
DEVICES = ["", "\n\nLähetetty iPhonesta", "\n\nSkickat från min iPhone", "\n\nSent from my iPhone"]
BARE_NOES = {"fi": ["Ei kiitos.", "ei", "Lopettakaa!"], "sv": ["Nej tack.", "Sluta"], "en": ["No thanks.", "Stop."]}


@pytest.mark.parametrize("language", GREETINGS)
def test_a_bare_no_is_heard_whatever_greets_and_signs_it(language: str) -> None:
    """It is one under our own newsletter, and never lost without a thread: a no forbids it (GDPR 21(3))."""
    lost = []
    for no, greeting, ending in product(BARE_NOES[language], GREETINGS[language], ENDINGS[language]):
        body = f"{greeting}{no}{ending}"
        alone, under = classify(body, "Re: Syksyn tarjous"), classify(body, under=Under.NEWSLETTER)
        if alone.kinds != ("marketing_objection",) or alone.verdict is Verdict.NOT_REQUEST:
            lost.append(body)
        if under.verdict is not Verdict.REQUEST:
            lost.append(f"under our newsletter: {body}")
    assert lost == []


@pytest.mark.parametrize("device", DEVICES)
def test_the_line_of_a_device_is_not_the_writers(device: str) -> None:
    for body in (
        "Hei,\n\nei kiitos.\n\nOtto Ojala",
        "Hej\n\nNej tack.\n\nHälsningar\nOtto",
        "Hi\nNo thanks.\nBest regards Otto",
    ):
        assert classify(f"{body}{device}").kinds == ("marketing_objection",)


@pytest.mark.parametrize(
    "body",
    [
        "Hei,\n\nei sovi tiistaina.\n\nOtto",
        "Hei,\n\nei ole tullut pakettia.\n\nTerveisin\nOtto Ojala",
        "Hej\n\nNej, mötet passar inte.\n\nMvh Bo",
        "Hello,\n\nno problem at all, see you there.\n\nBest regards\nOtto",
    ],
)
def test_a_no_that_says_more_is_no_bare_one(body: str) -> None:
    assert classify(body).verdict is not Verdict.REQUEST
    assert core(body) not in {"ei", "nej", "no"}


def test_what_is_asked_below_a_closing_is_not_cut() -> None:
    """Only a name goes with it."""
    asking = ["Ei, ystävällisesti pyydän tiedot", "Ei. Ystävällisesti pyydän tietoni", "Poistakaa t paidat"]
    asking += ["Lopeta. Kiittäen odotan vastausta", "Nej, vänligen skicka uppgifterna", "No. Best, send my data"]
    assert [core(one) for one in asking] == asking
    assert [core(one) for one in ["Ei kiitos, t. otto", "Ei. Terveisin Ville", "Ei\n\nyst terv\notto"]] == [
        "Ei kiitos,",
        "Ei.",
        "Ei",
    ]
    said = "Ei kiitos. Terveisin Otto. Ps. Poistakaa kaikki tietoni."
    assert core(said) == said
    assert "erasure" in classify(said).kinds


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("Ei.\n\n> Jätetäänkö tietosi talteen uutta tilausta varten?", Verdict.UNSURE),
        ("Sluta nu.\n\n> Nu är det dags att sätta höstens lökar.", Verdict.UNSURE),
        ("Ei.\n\n> Laitetaanko asennus kalenteriin ensi tiistaille?", Verdict.NOT_REQUEST),
        (
            "Ei jatketa.\n\nLankala (uutiset@yritys.example) kirjoitti:\n> Saammeko kirjoittaa ensi vuonnakin?",
            Verdict.REQUEST,
        ),
    ],
)
def test_a_no_answers_a_question_and_a_stop_that_is_not_clear_goes_to_a_person(body: str, verdict: Verdict) -> None:
    assert classify(body).verdict is verdict


@pytest.mark.parametrize("body", ["Joo.", "Sopii, toimikaa niin.", "Kyllä kiitos"])
def test_a_bare_yes_accepts_what_we_offered(body: str) -> None:
    """Yes under our offer to erase is a request to erase."""
    quoted = f"{body}\n\n> Haluatteko, että poistamme tietonne asiakasrekisteristä?\n"
    found = classify(quoted, "Re: Tietonne")
    assert (found.verdict, found.kinds) == (Verdict.REQUEST, ("erasure",))


@pytest.mark.parametrize(
    "offer", ["Haluatteko kopion tiedoistanne?", "Haluatteko kopion tiedoistanne? Vai poistetaanko tietonne?"]
)
@pytest.mark.parametrize("body", ["Poistakaa tietoni.", "Poistakaa kaikki minua koskevat tietonne."])
def test_who_is_offered_a_copy_and_says_delete_is_not_sent_one(offer: str, body: str) -> None:
    """Another wish than the one we offered is no yes to it."""
    found = classify(f"{body}\n\n> {offer}\n", "Re: Tietonne")
    assert "access" not in found.kinds
    assert "erasure" in found.kinds


def test_a_bare_yes_to_a_meeting_is_a_meeting() -> None:
    """Yes under anything else is not a request."""
    assert classify("Joo, sopii.\n\n> Nähdäänkö torstaina?\n", "Re: Kokous").verdict is Verdict.NOT_REQUEST


def test_a_one_click_unsubscribe_is_a_ban() -> None:
    """What a mail program sends for its user counts as the user's word (RFC 2369)."""
    found = classify("", "unsubscribe", to="unsubscribe@yritys.example")
    assert (found.verdict, found.kinds) == (Verdict.REQUEST, ("marketing_objection",))


def test_an_auto_reply_is_none_whatever_it_says() -> None:
    """A machine exercises no right."""
    found = classify("Poistakaa kaikki tietoni.", "Poissa", Auto_Submitted="auto-replied")
    assert found.verdict is Verdict.NOT_REQUEST


def test_the_subject_alone_is_read() -> None:
    """An empty mail with a telling subject is not lost."""
    found = classify("", "Henkilötietojen poistopyyntö")
    assert found.verdict is not Verdict.NOT_REQUEST


def test_a_footer_asks_nothing() -> None:
    """A sender's own privacy footer does not make an offer of dates a request."""
    body = (
        "Tiistai käy hyvin, tuon näytteet mukanani.\n\n-- \nAimo Rasku, Rasku Oy\n"
        "Sinulla on oikeus tarkastaa tietosi ja pyytää niiden poistamista: www.rasku.example/tietosuoja\n"
    )
    assert classify(body, "Re: Tapaaminen").verdict is not Verdict.REQUEST


def test_a_request_and_an_unsure_mail_show_both_sides() -> None:
    """What spoke for it and what spoke against it are both shown, verbatim."""
    body = "Lasku on maksettu. Lopetan tilauksen ja samalla pyydän poistamaan kaikki tietoni järjestelmästänne."
    found = classify(body)
    assert found.verdict is not Verdict.NOT_REQUEST
    assert found.evidence
    assert found.against
    assert all(evidence.phrase in body for evidence in found.evidence + found.against)


def test_the_same_mail_gets_the_same_answer() -> None:
    """Nothing of one mail is remembered for the next."""
    body = "Kertokaa mistä saitte numeroni ja poistakaa se."
    first = classify(body)
    classify("Aivan muuta asiaa.")
    assert classify(body) == first


@pytest.mark.parametrize(
    "body",
    [
        "tieto" * 600_000,
        "poistakaa " * 300_000,
        '"' * 1_000_000,
        "> " * 1_000_000,
        "a\u0301" * 500_000,
        "\u202e\ufdfa\U0001f6d1" * 300_000,
        "." * 3_000_000,
        "x. " * 1_000_000,
    ],
    ids=["one word", "one line", "quotation marks", "quote marks", "combining", "bidi", "dots", "sentences"],
)
def test_hostile_text_is_answered(body: str) -> None:
    """Three million letters in one line end like any other mail."""
    assert classify(body).verdict in set(Verdict)


def test_the_work_on_a_long_mail_is_bounded() -> None:
    """A mail a hundred times as long gives no more features than the part that is read."""
    short, long = (classify("Poistakaa tietoni heti. " * times, "x") for times in (2_000, 100_000))
    assert (short.verdict, short.kinds) == (long.verdict, long.kinds)


def test_a_mail_longer_than_any_that_was_learned_from_is_sure_only_by_its_words() -> None:
    """Hundreds of loud words make a candidate; one sentence that asks outright among them makes a request."""
    loud = "Poistakaa haitat ja lopettakaa mainokset, kieltäkää seuranta ja peruuttakaa suostumus. " * 60
    asks = "Pyydän, että poistatte kaikki henkilötietoni."

    assert classify(loud).verdict is Verdict.UNSURE
    assert classify(f"{loud}\n\n{asks}").verdict is Verdict.REQUEST


def test_a_mail_whose_link_names_its_reader_was_written_by_a_program() -> None:
    """An advert may be as loud as a request: a person decides, and what asks outright is a request all the same."""
    loud = "Lopettakaa mainokset! Stop adware, remove it and stop the ads now. No more ads?"
    link = "\nhttps://lista.example/pois/?osoite=tietosuoja%40yritys.example\n"
    asks = "Pyydän, että poistatte kaikki henkilötietoni."

    assert classify(loud).verdict is Verdict.REQUEST
    assert classify(loud + link).verdict is Verdict.UNSURE
    assert classify(loud + link.replace("tietosuoja%40yritys", "saimi.kallio%40posti")).verdict is Verdict.REQUEST
    assert classify(asks + link).verdict is Verdict.REQUEST


@pytest.mark.parametrize(
    "body",
    [
        "Vaimoni ei osaa suomea. Lähettäkää minulle hänen henkilötietonsa.",
        "Isäni Arvi kuoli helmikuussa. Pyydän poistamaan hänen henkilötietonsa.",
        "Pyydän Aino Esimerkkiä koskevat henkilötiedot valtakirjalla.",
        "Pyydän oikaisemaan tilinumeroni.",
    ],
)
def test_what_is_asked_for_another_or_mended_of_the_own_is_never_set_aside_in_silence(body: str) -> None:
    """Whether they may ask for another, or are who they say, is put to them; a person sees the mail."""
    assert classify(body).verdict is not Verdict.NOT_REQUEST
