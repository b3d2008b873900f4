"""Which of a mail's parts a person reads, and what is said where they disagree."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from inbox_agent.rules.bodies import ENCRYPTED, MAX_TEXT, Reading, read_bodies
from inbox_agent.rules.mime import split


def reading(*parts: tuple[str, str], kind: str = "alternative") -> Reading:
    """Read a multipart of text parts, each a subtype and its text."""
    message = EmailMessage(policy=SMTP)
    message.set_type(f"multipart/{kind}")
    for subtype, text in parts:
        part = EmailMessage(policy=SMTP)
        part.set_content(text, subtype=subtype)
        message.attach(part)
    return read_bodies(split(message.as_bytes())[0])


@pytest.mark.parametrize(
    ("plain", "html", "shown", "flags"),
    [
        ("Poistakaa tietoni", "<p>Poistakaa tietoni</p>", "Poistakaa tietoni", set()),
        ("", "<p>Poistakaa tietoni</p>", "Poistakaa tietoni", set()),
        ("Poistakaa tietoni", "<p></p>", "Poistakaa tietoni", set()),
        ("Poistakaa tietoni", "<img src=x>", "Poistakaa tietoni", set()),
        ("Kiitos tilauksesta", "<p>Poistakaa tietoni</p>", "Poistakaa tietoni", {"parts_contradict"}),
        ("Poistakaa kaikki tietoni", "<p>Hei</p>", "Hei", {"parts_contradict"}),
        ("Hei", "<p>Hei Poistakaa tietoni</p>", "Hei Poistakaa tietoni", set()),
        ("En halua poistoa", "<p>Halua poistoa en</p>", "En halua poistoa", set()),
        ("En halua poistoa", "<p>Halua poistoa</p>", "Halua poistoa", set()),
        ("Katso www <https://a.example/b>", "<p>Katso www</p>", "Katso www <https://a.example/b>", set()),
        ("Hei", "<p>Hei</p><p style='display:none'>Voitit palkinnon</p>", "Hei", {"hidden_text"}),
        ("Hei Aino", "<p>Hei Aino</p><p style='display:none'>Hei Aino</p>", "Hei Aino", set()),
    ],
)
def test_people_see_what_their_client_shows(plain: str, html: str, shown: str, flags: set[str]) -> None:
    """HTML wins where both differ, the other part where one is empty; contradiction and hidden words are flagged."""
    found = reading(("plain", plain), ("html", html))
    assert (found.body.text, found.flags) == (shown, flags)


@pytest.mark.parametrize(
    ("plain", "html", "unseen"),
    [
        ("Poistakaa kaikki tietoni", "<p>Hei</p>", "Poistakaa kaikki tietoni"),
        ("Hei Aino", "<p>Hei Aino</p><p hidden>Aino</p>", ""),
        ("Hei Aino", "<p>Hei Aino</p><p hidden>Voitit</p>", "Voitit"),
        ("Hei Aino Aalto", "<p>Moi Bo</p><p hidden>Voitit</p>", "Hei Aino Aalto\nVoitit"),
        ("", "<p hidden>Poistakaa tietoni</p>", "Poistakaa tietoni"),
    ],
)
def test_what_only_another_client_shows_is_kept(plain: str, html: str, unseen: str) -> None:
    """The part that contradicts, or all there is of a mail that shows nothing; not what hides beside words."""
    assert reading(("plain", plain), ("html", html)).unseen == unseen


@pytest.mark.parametrize("subtype", ["markdown", "x-moji", "x-amp-html", "enriched"])
def test_text_of_any_kind_is_text(subtype: str) -> None:
    """A kind of text that no reader knows is read as plain (RFC 2046, 4.1.4)."""
    assert reading((subtype, "Poistakaa tietoni"), kind="mixed").body.text == "Poistakaa tietoni"


@pytest.mark.parametrize("subtype", ["calendar", "vcard", "css", "csv", "vnd.toinen.email-reaction+json"])
def test_data_for_programs_is_no_text(subtype: str) -> None:
    """Calendars, cards and tables are files, whatever their type begins with."""
    found = reading((subtype, "x"), kind="mixed")
    assert (found.body.text, len(found.files)) == ("", 1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hei,\n\n-----BEGIN PGP MESSAGE-----\n\nhQEMA7\n-----END PGP MESSAGE-----\n\nAino", "Hei,\n\n\n\nAino"),
        ("-----BEGIN PGP MESSAGE-----\n\nhQEMA7\n", ""),
        (
            "-----BEGIN PGP MESSAGE-----\nVersion: 2\n\nhQEMA7\n=aB3d\n\nPoistakaa tietoni.\nAino",
            "Poistakaa tietoni.\nAino",
        ),
    ],
)
def test_what_is_encrypted_in_a_text_is_a_file(text: str, shown: str) -> None:
    """Nobody can read it there: it is as much attached as what S/MIME encloses."""
    found = reading(("plain", text), kind="mixed")
    assert (found.body.text, [file.content_type for file in found.files]) == (shown, [ENCRYPTED])


def test_alternatives_with_names_are_the_mail() -> None:
    """Some clients name every part; what is offered as one form of the mail is no file for it."""
    raw = (
        b"Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; name=mail.txt\r\n\r\nPoistakaa tietoni\r\n"
        b"--b\r\nContent-Type: text/html; name=mail.html\r\n\r\n<p>Poistakaa tietoni</p>\r\n--b--\r\n"
    )
    found = read_bodies(split(raw)[0])
    assert (found.body.text, found.files) == ("Poistakaa tietoni", [])


def test_several_texts_are_read_below_one_another() -> None:
    """Mail clients put pictures between pieces of text; all pieces are the letter."""
    assert reading(("plain", "Alku"), ("html", "<p>Loppu</p>"), kind="mixed").body.text == "Alku\n\nLoppu"


def test_files_are_not_read_as_text() -> None:
    """A text file that is attached is a file; one that is all there is is the letter."""
    message = EmailMessage(policy=SMTP)
    message.set_content("Hei")
    message.add_attachment("liitteen teksti", filename="a.txt")
    found = read_bodies(split(message.as_bytes())[0])
    assert (found.body.text, len(found.files)) == ("Hei", 1)
    alone = b"Content-Type: text/plain; name=mail.txt\r\n\r\nPoistakaa tietoni"
    found = read_bodies(split(alone)[0])
    assert (found.body.text, found.files) == ("Poistakaa tietoni", [])


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (b"Content-Type: text/plain", b"<html><body>Hei<br>Aino</body></html>", "Hei\nAino"),
        (b"Content-Type: text/html", '<meta charset="iso-8859-15"><p>ä €'.encode("iso-8859-15"), "ä €"),
        (b"Content-Type: text/html", "<p>ä".encode("latin-1"), "ä"),
        (b"X-Nothing: x", "Hei äiti".encode(), "Hei äiti"),
    ],
)
def test_mislabelled_text_is_read(head: bytes, body: bytes, text: str) -> None:
    """HTML that is called plain, charsets that only the HTML names, no type at all."""
    assert read_bodies(split(head + b"\r\n\r\n" + body)[0]).body.text == text


def test_the_text_is_bounded() -> None:
    """What is longer than the bound is cut and said so."""
    found = read_bodies(split(b"\r\n" + b"a " * MAX_TEXT)[0])
    assert len(found.body.text) == MAX_TEXT
    assert found.defects == {"text_too_long"}


@pytest.mark.parametrize("parts", [("a " * MAX_TEXT + "loppu",), ("a" * (MAX_TEXT - 9), "b" * 99, "loppu")])
def test_the_end_of_a_long_text_is_read(parts: tuple[str, ...]) -> None:
    """What somebody wants may stand below all that they tell."""
    text = reading(*(("plain", part) for part in parts), kind="mixed").body.text
    assert text.endswith("loppu")
    assert len(text) <= MAX_TEXT
