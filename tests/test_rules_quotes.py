"""Whose words stand in a mail: a table of how clients quote, and what must hold of any text."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.bodies import MAX_TEXT
from inbox_agent.rules.footers import without_footers
from inbox_agent.rules.forwards import announces_forward
from inbox_agent.rules.quotes import split_quotes

OWN = "Hei,\n\npoistakaa tietoni rekisteristänne.\n\nTerveisin\nAino Esimerkki"
OLD = "Kiitos viestistänne. Vastaamme kuukauden kuluessa."
MARKED = "> Kiitos viestistänne.\n> Vastaamme kuukauden kuluessa."

OUTLOOK_FI = f"""{OWN}

Lähettäjä: Tietosuoja <tietosuoja@yritys.example>
Lähetetty: maanantai 5. lokakuuta 2026 12.03
Vastaanottaja: Aino Esimerkki <aino@posti.example>
Kopio: Bo Malli <bo@posti.example>
Aihe: Pyyntönne

{OLD}
"""
OUTLOOK_SV = f"""{OWN}

________________________________
Från: Dataskydd <dataskydd@yritys.example>
Skickat: den 5 oktober 2026 12:03
Till: Aino Esimerkki <aino@posti.example>
Ämne: Er begäran

{OLD}
"""
OUTLOOK_EN = f"""{OWN}

From: Privacy <privacy@yritys.example>
Sent: Monday, October 5, 2026 12:03 PM
To: Aino Esimerkki <aino@posti.example>
Subject: Your request

{OLD}
"""
OUTLOOK_STARRED = OUTLOOK_EN.replace("From:", "*From:*").replace("Sent:", "*Sent:*").replace("Subject:", "*Subject:*")
OUTLOOK_OLD = f"{OWN}\n\n-----Alkuperäinen viesti-----\nLähettäjä: Tietosuoja\nAihe: Pyyntö\n\n{OLD}\n"
OUTLOOK_OLD_SV = f"{OWN}\n\n-----Ursprungligt meddelande-----\nFrån: Dataskydd\nTill: Aino\nÄmne: Begäran\n\n{OLD}\n"
SEPARATOR_ALONE = f"{OWN}\n\n-----Original Message-----\n{OLD}\n"
GMAIL_FI = f"{OWN}\n\nma 5. lokak. 2026 klo 12.03 Tietosuoja (tietosuoja@yritys.example) kirjoitti:\n\n{MARKED}\n"
GMAIL_WRAPPED = f"{OWN}\n\nma 5. lokak. 2026 klo 12.03 Tietosuoja\n<tietosuoja@yritys.example> kirjoitti:\n\n{MARKED}\n"
GMAIL_SV = f"{OWN}\n\nDen mån 5 okt. 2026 kl 12:03 skrev Dataskydd <dataskydd@yritys.example>:\n\n{MARKED}\n"
GMAIL_EN = f"{OWN}\n\nOn Mon, Oct 5, 2026 at 12:03 PM Privacy <privacy@yritys.example>\nwrote:\n\n{MARKED}\n"
GMAIL_OLD = f"{OWN}\n\n2026-10-05 12:03 GMT+03:00 Tietosuoja <tietosuoja@yritys.example>:\n\n{MARKED}\n"
APPLE_FI = f"{OWN}\n\n> Tietosuoja <tietosuoja@yritys.example> kirjoitti 5.10.2026 kello 12.03:\n> \n{MARKED}\n"
APPLE_SV = f"{OWN}\n\n5 okt. 2026 kl. 12:03 skrev Dataskydd <dataskydd@yritys.example>:\n\n{MARKED}\n"
APPLE_EN = f"{OWN}\n\nOn 5 Oct 2026, at 12:03, Privacy <privacy@yritys.example> wrote:\n\n{MARKED}\n"
THUNDERBIRD_FI = f"{OWN}\n\nTietosuoja kirjoitti 5.10.2026 klo 12.03:\n{MARKED}\n"
THUNDERBIRD_BOTTOM = f"Tietosuoja kirjoitti 5.10.2026 klo 12.03:\n{MARKED}\n\n{OWN}\n"
THUNDERBIRD_SV = f"Dataskydd skrev den 2026-10-05 kl. 12:03:\n{MARKED}\n\n{OWN}\n"
WITHOUT_MARKS = f"{OWN}\n\nma 5. lokak. 2026 klo 12.03 Tietosuoja (tietosuoja@yritys.example) kirjoitti:\n\n{OLD}\n"
ONLY_MARKS = f"{OWN}\n\n{MARKED}\n"
MOBILE = f"{OWN}\n\nLähetetty iPhonesta\n\nOn 5. lokak. 2026 klo 12.03, Tietosuoja wrote:\n{MARKED}\n"
MOBILE_OUTLOOK = f"{OWN}\n\nHanki Outlook for Android<https://aka.example/x>\n{OUTLOOK_SV.removeprefix(OWN)}"
FLATTENED = f"{OWN}\n\nLähettäjä: Tietosuoja Lähetetty: ma 12.00 Vastaanottaja: Aino Aihe: Pyyntö\n\n{OLD}\n"
ESTONIAN = f"{OWN}\n\nSaatja: T <t@yritys.example>\nSaadetud: 5. oktoober 2026 12:03\nTeema: Taotlus\n\n{OLD}\n"
RUSSIAN = f"{OWN}\n\nОт: T <t@yritys.example>\nОтправлено: 5 октября 2026 г. 12:03\nТема: Pyyntö\n\n{OLD}\n"
NORWEGIAN = f"{OWN}\n\n----- Opprinnelig melding -----\nFra: T <t@yritys.example>\nEmne: Pyyntö\n\n{OLD}\n"
SAMSUNG_SV = f"{OWN}\n\n-------- Originalmeddelande --------\nFrån: T\nDatum: 2026-10-05 12:03\nÄmne: B\n\n{OLD}\n"
KMAIL = f"{OWN}\n\n____ ursprüngliche Nachricht ____\nVon: T\nDatum: Mo\nBetr.: P\n\n{MARKED}\n\n-- \nA. E.\n040 00\n"
APPLE_BLOCK_SV = f"{OWN}\n\nFrån: T\nDatum: 5 oktober 2026 kl. 12.03.30 CEST\nTill: Aino\nÄmne: B\n\n{OLD}\n"
TICKET_FI = f"{OWN}\n\n##- Kirjoita vastauksesi tämän rivin yläpuolelle -##\n\n{OLD}\n"
TICKET_SV = f"{OWN}\n\n--- Skriv ditt svar ovanför denna rad ---\n{OLD}\n"
TICKET_EN = f"{OWN}\n\n##- Please type your reply above this line -##\n\n{OLD}\n"
ON_A_DAY = f"{OWN}\n\nFrån: Dataskydd\nSkickat: den 5 oktober 2026\nTill: Aino Esimerkki\nÄmne: Begäran\n\n{OLD}\n"
HOTMAIL = f"{OWN}\n\n> Subject: Pyyntö\n> From: tietosuoja@yritys.example\n> To: aino@posti.example\n{MARKED}\n"

STYLES = {name: text for name, text in globals().items() if name.isupper() and isinstance(text, str)}
del STYLES["OWN"], STYLES["OLD"], STYLES["MARKED"]


@pytest.mark.parametrize("style", STYLES)
def test_clients_quotations_leave_the_new_text(style: str) -> None:
    """However a client quotes, new text is the writer's words, all of them and in order, and nothing else."""
    split = split_quotes(STYLES[style])
    assert split.own == OWN
    assert "Vastaamme kuukauden kuluessa." in split.quoted


def test_answers_between_quotations_are_new_text() -> None:
    """Interleaved answers are the writer's own, in their order."""
    text = "Hei\n\nMatti kirjoitti:\n> Onko osoite oikea?\n\nEi ole.\n\n> Entä nimi?\nOn.\n\nAino"
    assert split_quotes(text).own == "Hei\n\nEi ole.\n\nOn.\n\nAino"


@pytest.mark.parametrize(
    "line",
    [
        "Asiakaspalvelijanne kirjoitti minulle 3.10.2026 näin:",
        "Asiakaspalvelijanne lupasi poiston 3.10.2026 ja kirjoitti:",
        "Soitin teille 3.10.2026 klo 14.30 ja kuten Matti kirjoitti:",
        "Lähetin 3.10.2026 viestin osoitteeseen tuki@yritys.example ja Matti kirjoitti:",
        "Matti kirjoitti minulle 3.10.2026:",
        "Kuten viime vuonna kirjoitin teille:",
        "He wrote the following to me:",
        "Ni skrev så här:",
        "Pyydän seuraavia tietoja:",
        "Aihe: tietopyyntö",
        "Vastaan teille kysymykseen, joka on rivin yläpuolella, ja",
    ],
)
def test_the_writers_own_sentences_are_no_introductions(line: str) -> None:
    """A sentence that merely resembles a client's introduction cuts nothing off."""
    text = f"Hei,\n\n{line}\npoistakaa tietoni heti."
    assert split_quotes(text).own == text


def test_a_letters_own_heading_is_not_taken_for_a_quotation() -> None:
    """A formal letter that names sender, date and subject at its top keeps its words."""
    text = (
        "Lähettäjä: Aino Esimerkki\nPäiväys: 5.10.2026\nVastaanottaja: Yritys Oy\nAihe: Tietopyyntö\n\nPyydän tietoni."
    )
    assert "Pyydän tietoni." in split_quotes(text).own
    assert split_quotes(f"Hei, ohessa pyyntöni.\n\n{text}").own == f"Hei, ohessa pyyntöni.\n\n{text}"


@pytest.mark.parametrize(
    "form",
    [
        "Lähettäjä: Aino Esimerkki\nPäivämäärä: 5.10.2026\nAihe: Tietopyyntö\n\nViesti:\nPyydän tietoni.",
        "Lähettäjä: Aino <aino@posti.example>\nAihe: Pyyntö\nPäivämäärä: 5.10.2026 12.03\nViesti: Pyydän tietoni.",
        "Från: Aino Exempel\nÄmne: Begäran\nDatum: 2026-10-05 12:03\nTelefon: 040\nMeddelande: Radera mina uppgifter.",
    ],
)
def test_what_is_typed_into_a_websites_form_is_new_text(form: str) -> None:
    """A form's fields look like a header that a client quotes; the request stands below them."""
    text = f"Uusi yhteydenotto verkkosivuilta\n\n{form}"
    assert split_quotes(text).own == text


def test_a_colleague_who_types_the_header_of_a_forward_forwards() -> None:
    """Where the subject announces a forward, a bare day will do."""
    text = "Hoidatko?\n\nLähettäjä: Aino <aino@posti.example>\nPvm: 5.10.2026\nAihe: Pyyntö\n\nPyydän tietoni."
    split = split_quotes(text, forwarded=True)
    assert (split.own, [mail.text for mail in split.mails]) == ("Hoidatko?", ["Pyydän tietoni."])


def test_a_quotation_without_own_words_has_no_new_text() -> None:
    """Where a client's marks say that everything is quoted, nothing is passed off as new."""
    assert split_quotes(f"Tietosuoja kirjoitti 5.10.2026:\n{MARKED}").own == ""


def test_a_text_below_an_unmarked_quotation_is_not_lost() -> None:
    """Without own words above and marks below, nobody can tell new from old: then nothing is cut."""
    text = OUTLOOK_FI.removeprefix(OWN) + "\nEn hyväksy tätä, poistakaa tietoni."
    assert "En hyväksy tätä" in split_quotes(text).own


def test_a_forward_without_own_words_keeps_them_empty_and_names_its_writer() -> None:
    """A mail that is only passed on holds the older mail, not new text."""
    text = (
        "---------- Välitetty viesti ---------\nLähettäjä: Aino <aino@posti.example>\nPäiväys: ma 5.10.2026 klo 9.00\n"
        "Aihe: Tietoni\nVastaanottaja: myynti@yritys.example\n\nPoistakaa tietoni.\n"
    )
    split = split_quotes(text)
    assert (split.own, split.forward) == ("", True)
    assert [(mail.sender, mail.text) for mail in split.mails] == [("Aino <aino@posti.example>", "Poistakaa tietoni.")]


def test_a_chain_of_mails_is_taken_apart() -> None:
    """Each older mail ends where the next one is introduced."""
    chain = (
        "Katso.\n\nFrom: Bo <bo@yritys.example>\nSent: Monday 12:03\nTo: Kaija\nSubject: FW\n\nKuuluu sulle.\n\n"
        "Lähettäjä: Aino <aino@posti.example>\nLähetetty: maanantai 9.00\nVastaanottaja: Bo\nAihe: x\n\nPoistakaa."
    )
    mails = split_quotes(chain, forwarded=True).mails
    assert [mail.text for mail in mails] == ["Kuuluu sulle.", "Poistakaa."]


def test_what_html_marks_as_quoted_is_quoted() -> None:
    """A client's mark in the HTML parts new from old where no words do; without words above it, it parts nothing."""
    text = "Poistakaa tietoni.\nVanha viesti\nviel&auml; vanhaa"
    assert split_quotes(text, rest=1).own == "Poistakaa tietoni."
    assert split_quotes(text, rest=0).own == text


@pytest.mark.parametrize(
    "footer",
    [
        "Lähetetty iPhonesta",
        "Lähetetty Samsung Galaxy -älypuhelimesta",
        "Skickat från min iPhone",
        "Sent from my Android phone",
        "Hanki Outlook for iOS<https://aka.example/o>",
        "Hae Outlook for Android<https://aka.example/o>",
        "Lähetetty Sparkista",
        "-- \nAino Esimerkki\np. 040 000 0000",
        "-- \nAino Esimerkki\nPlease remove us from your list if you no longer wish to get offers.",
        "-- \nAino Esimerkki\nJos viesti tuli väärään osoitteeseen, poistakaa viesti liitteineen.",
        "Yritys Oy | Tietosuojaseloste | Poistu listalta",
        "Tietosuojaseloste: https://toinen.example/tietosuoja",
        "Peruuta tilaus: https://toinen.example/pois",
        "Ajattele ympäristöä ennen kuin tulostat.",
        "Tämä viesti on luottamuksellinen ja vain vastaanottajalle. Jos sait sen vahingossa, poista viesti.",
        "Detta meddelande är konfidentiellt. Om du inte är rätt mottagare, radera det och meddela avsändaren.",
        "This e-mail is confidential and intended for the recipient only. If received in error, delete it.",
        "Käsittelemme henkilötietoja tietosuojaselosteemme mukaisesti: https://toinen.example/tietosuoja",
        "_______________________________________________\ntsv-lista postituslista\nlista@lista.example",
    ],
)
def test_footers_leave_the_new_text(footer: str) -> None:
    """Signatures, disclaimers and marketing footers are not the writer's words, alone or one below the other."""
    assert split_quotes(f"Saisinko lomakkeen?\n\nAino\n\n{footer}\n").own == "Saisinko lomakkeen?\n\nAino"
    assert split_quotes(f"Saisinko lomakkeen?\n\nAino\n\n{footer}\n\nLähetetty iPhonesta\n").own.endswith("Aino")


@pytest.mark.parametrize(
    "text",
    [
        "Hei\n\nTämä viesti on luottamuksellinen. Pyydän poistamaan tietoni ja ilmoittamaan, kun se on tehty.",
        "Hei\n\nTietosuojaselosteenne (https://yritys.example/t) lupaa vastauksen kuukaudessa. Missä vastaus viipyy?",
        "Hei\n\nunsubscribe",
        "Hei\n--\nPS. Haluan nähdä myös tietoni.",
        "Hei!\n--\nPoistakaa kaikki asiakastiedot rekisteristänne, kiitos.\nAino",
        "Tämä viesti voi sisältää luottamuksellista tietoa. Poista se, jos et ole oikea vastaanottaja.",
    ],
)
def test_a_letter_that_sounds_like_a_footer_is_kept(text: str) -> None:
    """A writer's own request stays, even in a footer's words; a footer that is all there is stays too."""
    assert split_quotes(text).own == text


def test_a_mobile_clients_line_alone_is_no_text() -> None:
    """A mail that holds only its client's line says nothing."""
    assert without_footers(["", "Lähetetty iPhonesta", ""]) == ""


@given(st.lists(st.sampled_from([*OUTLOOK_FI.split("\n"), *GMAIL_FI.split("\n"), *HOTMAIL.split("\n"), "-- ", ">"])))
def test_every_line_stays_somewhere(lines: list[str]) -> None:
    """Splitting invents nothing and reorders nothing: new and quoted lines are lines of the text, in its order."""
    text = "\n".join(lines)
    split = split_quotes(text)
    for part in (split.own, split.quoted):
        position = 0
        for line in filter(str.strip, part.split("\n")):
            position = text.index(line.strip(), position)


@given(st.text(alphabet="> \n:-_<@.abkirjotLähet", max_size=300), st.booleans())
def test_new_text_is_empty_only_where_something_is_quoted(text: str, forwarded: bool) -> None:
    """No text vanishes: what has words has new text or quoted text."""
    split = split_quotes(text, forwarded=forwarded)
    assert bool(text.strip()) == bool(split.own or split.quoted)


@pytest.mark.parametrize(
    "unit",
    [
        "x",
        ">",
        "> \n",
        "> a\nb\n",
        "a kirjoitti:\n",
        "kirjoitti ",
        "1.1.2026 12.00 <a@b.example> kirjoitti:\n",
        "1.1.2026\nkirjoitti\n",
        "From: a\n",
        "From: a\nSent: b\nTo: c\n",
        "Lähettäjä: a Aihe: b ",
        "-----Original Message-----\n",
        "-- \nx\n",
        "_" * 40 + "\n",
        "Lähetetty iPhonesta\n",
        "Tämä viesti on luottamuksellinen, vastaanottaja poista ilmoita\n\n",
        "Tietosuojaseloste: ",
    ],
)
def test_hostile_texts_take_linear_time(unit: str) -> None:
    """The longest text that is read is split within two seconds, whatever it repeats."""
    text = (unit * MAX_TEXT)[:MAX_TEXT]
    started = time.process_time()
    split_quotes(text)
    assert time.process_time() - started < 2


def _training_threads() -> Iterator[tuple[str, str, str]]:
    for path in sorted((Path(__file__).parent / "corpus" / "training").glob("fi_threads_*.txt")):
        for mail in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            head, _, body = mail.partition("\n---\n")
            subject = re.search(r"(?m)^subject: *(.*)$", head)
            yield head.partition("\n")[0], subject[1] if subject else "", body


def test_threads_of_the_corpus_keep_their_own_words_only() -> None:
    """In the training threads every mail with words has new text, and no client's introduction is in it."""
    left = re.compile(r"(?m)^(?:>|Lähettäjä:|Från:|From:|Lähetetty:|-----|.*\b(?:kirjoitti|skrev|wrote)\b.*:$)")
    wrong = []
    for name, subject, body in _training_threads():
        split = split_quotes(body, forwarded=announces_forward(subject))
        if left.search(split.own) or (body.strip() and not split.own and not announces_forward(subject)):
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize(
    "said",
    [
        "Lopettakaa mainokset.", "Mainokset seis!", "No more marketing, thanks.", "Tili kiinni ja tiedot pois.",
        "Kindly erase my account data.", "Mitä tietoja teillä on?", "Vilka uppgifter har ni?", "poistakaa mut",
        "POISTAKAA TILI", "Tietojen poisto, kiitos.",
    ],
)  # fmt: skip
def test_what_is_asked_below_a_mark_under_a_quotation_is_not_lost(said: str) -> None:
    """Only a name and how to reach it are a signature: any other word there may be the whole request."""
    body = f"Kiitos vastauksesta.\n\n> Hei,\n> saimme viestinne.\n\n--\n{said}\n"

    assert said in split_quotes(body).own
