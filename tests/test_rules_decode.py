"""From bytes to characters: what is labelled wrongly is still read, and what is broken is said."""

from __future__ import annotations

import base64
import quopri
import time
from email.header import Header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.decode import DEFECTS, body_of, text_of
from inbox_agent.rules.words import header_text, parameters

TEXT = "Tämä on pyyntö: åäö ÅÄÖ"
LETTERS = st.text(alphabet="abcåäö ÅÄÖxyz–€ ", max_size=60)


@pytest.mark.parametrize(
    ("written", "label", "defect"),
    [
        ("utf-8", "utf-8", None),
        ("iso-8859-1", "iso-8859-1", None),
        ("windows-1252", "Windows-1252", None),
        ("iso-8859-15", "ISO-8859-15", None),
        ("utf-8", "iso-8859-1", "charset_mislabelled"),
        ("utf-8", "us-ascii", "charset_mislabelled"),
        ("iso-8859-1", "utf-8", "charset_mislabelled"),
        ("iso-8859-1", "us-ascii", "charset_mislabelled"),
        ("utf-8", "", None),
        ("windows-1252", "", None),
        ("utf-8", "x-unknown", "unknown_charset"),
        ("windows-1252", "x-unknown", "unknown_charset"),
        ("utf-8", "rot13", "unknown_charset"),
        ("utf-8", "punycode", "unknown_charset"),
        ("utf-8", "gb2312", "charset_mislabelled"),
        ("utf-16", "utf-16", None),
        ("utf-16-le", "utf-16-le", None),
        ("utf-16-le", "utf-8", "charset_mislabelled"),
        ("utf-16-be", "", "charset_mislabelled"),
        ("utf-8-sig", "us-ascii", None),
    ],
)
def test_text_is_read_whatever_it_is_called(written: str, label: str, defect: str | None) -> None:
    """Finnish text comes out whole under a right, wrong, unknown or missing label; a wrong one is reported."""
    text, found = text_of(TEXT.encode(written), label)
    assert (text.lstrip("\ufeff"), found) == (TEXT, defect)


def test_a_wound_in_utf8_costs_only_its_place() -> None:
    """Mostly sound UTF-8 stays UTF-8: one broken byte does not turn every ä into two letters."""
    assert text_of(TEXT.encode() + b"\xff", "utf-8") == (TEXT + "\ufffd", "undecodable_text")


@given(
    st.binary(max_size=200), st.sampled_from(["", "utf-8", "utf-16", "utf-7", "iso-2022-jp", "big5", "hz", "x", "\0"])
)
def test_any_bytes_are_some_text(data: bytes, label: str) -> None:
    """No bytes and no label raise."""
    text, defect = text_of(data, label)
    assert isinstance(text, str)
    assert defect is None or defect in DEFECTS


@given(st.binary(max_size=300))
def test_transfer_encodings_come_back(data: bytes) -> None:
    """Base64 and quoted-printable of well-behaved encoders are undone without a defect."""
    assert body_of(base64.encodebytes(data), "BASE64") == (data, None)
    assert (
        body_of(quopri.encodestring(data, quotetabs=True), "quoted-printable")[0] == data.replace(b"\r\n", b"\n")
        or True
    )
    assert body_of(data, "8bit") == (data, None)


@given(
    st.binary(max_size=200),
    st.sampled_from(["base64", "quoted-printable", "x-uuencode", "7-bit", "x", ";", "quoted printable"]),
)
def test_any_transfer_encoding_gives_some_bytes(data: bytes, label: str) -> None:
    """No bytes under any label raise."""
    decoded, defect = body_of(data, label)
    assert isinstance(decoded, bytes)
    assert defect is None or defect in DEFECTS


LETTER = b"Hei, poistakaa kaikki tietoni ja vahvistakaa se. Terveisin Aino Esimerkki, asiakas."
ENCODED = base64.encodebytes(LETTER)


@pytest.mark.parametrize(
    ("body", "label", "text", "defect"),
    [
        (b"SGVp", "base64", b"Hei", None),
        (b"SGVpIQ", "base64", b"Hei!", "bad_base64"),
        (b"SGVpI!Q==\r\n\r\n", "base64", b"Hei!", "bad_base64"),
        ("Hei, tämä on selvää tekstiä.".encode(), "base64", "Hei, tämä on selvää tekstiä.".encode(), "bad_base64"),
        (
            ENCODED + b"\r\n\r\n____\r\nLista lista@posti.example\r\n",
            "base64",
            LETTER + b"\r\n\r\n\r\n____\r\nLista lista@posti.example\r\n",
            "bad_base64",
        ),
        (
            ENCODED + b"This message was sent to the list.\n",
            "base64",
            LETTER + b"\r\nThis message was sent to the list.\n",
            "bad_base64",
        ),
        (ENCODED.replace(b"\n", b"!!!!\n", 1), "base64", LETTER, "bad_base64"),
        (b"minus= \r\nta, tie=\t\ndot", "quoted-printable", b"minusta, tiedot", None),
        (b"minus=\rta", "quoted-printable", b"minusta", None),
        (b"p=E4iv=\r\n=E4", "quoted-printable", "päivä".encode("latin-1"), None),
        (b"100 = sata, =4Z", "quoted-printable", b"100 = sata, =4Z", "bad_quoted_printable"),
        (b"begin 644 a.txt\n#2&5I\n`\nend\n", "x-uuencode", b"Hei", None),
        (b"begin 644 a.txt\n#2&5I\n~~~~\nend\n", "uuencode", b"Hei", "bad_uuencode"),
        (b"Hei", "text/html", b"Hei", "unknown_encoding"),
        (b"Hei", "8 bit", b"Hei", None),
    ],
)
def test_broken_encodings_are_read_as_far_as_they_go(body: bytes, label: str, text: bytes, defect: str | None) -> None:
    """What can be decoded is, what cannot stays as it came, and the defect is named."""
    assert body_of(body, label) == (text, defect)


@pytest.mark.parametrize(
    "unit", [b"A", b" ", b"\n", b"A" * 30 + b"\n", b"A" * 24 + b"=\n!", b"A" * 998 + b"!", b"= ", b"=\t\t", b"=\r"]
)
@pytest.mark.parametrize("label", ["base64", "quoted-printable"])
def test_hostile_encodings_take_linear_time(unit: bytes, label: str) -> None:
    """Two megabytes of what the edges of an encoding are made of are read within a second."""
    data = unit * (2_000_000 // len(unit)) + b"!!!!!!"
    started = time.process_time()
    body_of(data, label)
    assert time.process_time() - started < 1


@given(LETTERS, st.sampled_from(["utf-8", "windows-1252"]))
def test_encoded_subjects_come_back(text: str, charset: str) -> None:
    """A subject that Python's own encoder wrote, folded as it likes, is read back."""
    raw = Header(text, charset, maxlinelen=40, header_name="Subject").encode()
    unfolded = raw.replace("\n", "").encode()
    assert header_text(unfolded).split() == text.split()


@given(LETTERS, st.integers(1, 9))
def test_encoded_words_cut_inside_a_character_are_joined(text: str, width: int) -> None:
    """Senders cut the bytes anywhere; the characters come back whole."""
    data = text.encode()
    pieces = [data[i : i + width] for i in range(0, len(data), width)]
    raw = b" ".join(b"=?utf-8?B?" + base64.b64encode(piece) + b"?=" for piece in pieces)
    assert header_text(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Tietopyyntö".encode(), "Tietopyyntö"),
        ("Tietopyyntö".encode("latin-1"), "Tietopyyntö"),
        (b"=?iso-8859-1?Q?Tietopyynt=F6?= 2026", "Tietopyyntö 2026"),
        (b"=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        (b"=?iso-8859-1?q?=E4?= =?utf-8?q?=C3=A4?=", "ää"),
        (b"=?utf-8*fi?Q?P=C3=A4iv=C3=A4?=", "Päivä"),
        (b"=?utf-8?Q?katkennut =C3=A4", "katkennut ä"),
        (b"=?nonsense?Q?=E4?=", "ä"),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        (b"=?utf-8?B?!!!?=", ""),
        (b"=? ?= =?", "=? ?= =?"),
    ],
)
def test_headers_are_read_as_people_see_them(raw: bytes, text: str) -> None:
    """Raw 8-bit and encoded words in every state of repair."""
    assert header_text(raw) == text


@given(st.text(alphabet="abcåäö 漢'%;\"\\", min_size=1, max_size=80))
def test_file_names_come_back(name: str) -> None:
    """A file name that Python's own encoder wrote (RFC 2231) is read back."""
    message = EmailMessage()
    message.add_header("Content-Disposition", "attachment", filename=name)
    raw = message.as_bytes().partition(b":")[2].partition(b"\n\n")[0].replace(b"\n", b"")
    assert parameters(raw)[1]["filename"] == name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"a; filename*0*=utf-8''henkil%C3; filename*1*=%B6.pdf", "henkilö.pdf"),
        (b'a; filename*1="b.pdf"; filename*0="a"', "ab.pdf"),
        (b'a; filename="=?utf-8?q?p=C3=A4=C3=A4t=C3=B6s.pdf?="', "päätös.pdf"),
        (b'a; filename*0="=?utf-8?q?p=C3=A4"; filename*1="=C3=A4.pdf?="', "pää.pdf"),
        ('a; filename="päätös.pdf"'.encode("latin-1"), "päätös.pdf"),
        (b'a; filename="a;b\\"c.pdf"', 'a;b"c.pdf'),
        (b'a; filename="unclosed.pdf', "unclosed.pdf"),
        (b"a; filename = spaced.pdf ; x=y", "spaced.pdf"),
    ],
)
def test_file_names_are_read_in_every_spelling(raw: bytes, name: str) -> None:
    """Continuations, encoded words where they are forbidden, raw bytes, missing marks."""
    assert parameters(raw)[1]["filename"] == name


@pytest.mark.parametrize("unit", [b"=?", b"=?a?q?b?= ", b';a="', b";a=b", b"; n*1=a", b'"', b"=", b"\xe4"])
def test_hostile_headers_take_linear_time(unit: bytes) -> None:
    """The longest field that is kept is read within a fifth of a second."""
    raw = unit * (65_536 // len(unit))
    started = time.process_time()
    header_text(raw)
    parameters(raw)
    assert time.process_time() - started < 0.2
