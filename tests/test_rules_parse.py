"""One mail, read: every field of it, for ordinary mails, hostile ones and any bytes at all."""

from __future__ import annotations

import time
import tracemalloc
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox_agent.commands.opening import specimen
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.parse import Attachment, parse
from inbox_agent.rules.understand import understand
from state.model import MessageKind, Party

OWN = ("yritys.example",)
RECEIVED = "Received: from a (b [203.0.113.5]) by mx.yritys.example; Mon, 5 Oct 2026 12:00:00 +0300\r\n"
ORDINARY = (
    RECEIVED + "Message-ID: <2@posti.example>\r\n"
    "From: Aino Esimerkki <aino@posti.example>\r\n"
    "To: Tietosuoja <tietosuoja@yritys.example>\r\n"
    "Cc: Bo <bo@posti.example>\r\n"
    "Date: Mon, 5 Oct 2026 11:59:00 +0300\r\n"
    "Subject: =?utf-8?q?Tietopyynt=C3=B6?=\r\n"
    "In-Reply-To: <1@yritys.example>\r\n"
    "References: <0@posti.example> <1@yritys.example>\r\n"
    "Content-Type: text/plain; charset=iso-8859-1\r\n"
    "\r\n"
    "Hei, pyydän tietoni.\r\n\r\n> vanha\r\n"
)


def test_every_field_of_an_ordinary_mail_is_read() -> None:
    """The record holds what the mail says, decoded, in UTC, without duplicates."""
    message = parse(ORDINARY.encode("latin-1"), (), OWN)
    assert message.message_id == "<2@posti.example>"
    assert message.subject == "Tietopyyntö"
    assert message.sender == Party("Aino Esimerkki", "aino@posti.example")
    assert message.recipients == (Party("Tietosuoja", "tietosuoja@yritys.example"), Party("Bo", "bo@posti.example"))
    assert str(message.sent_at) == "2026-10-05 08:59:00+00:00"
    assert str(message.received_at) == "2026-10-05 09:00:00+00:00"
    assert message.in_reply_to == "<1@yritys.example>"
    assert message.references == ("<0@posti.example>", "<1@yritys.example>")
    assert (message.kind, message.language) == (MessageKind.MAIL, "fi")
    assert message.text == "Hei, pyydän tietoni.\n\n> vanha"
    assert (message.new_text, message.quoted) == ("Hei, pyydän tietoni.", "> vanha")
    assert (message.attachments, message.attachment_only, message.forwarded) == ((), False, None)
    assert (message.auth, message.address_authenticated, message.reply_to) == ("none", False, None)
    assert (message.one_click_unsubscribe, message.bounced) == (False, ())
    assert (message.defects, message.flags) == ((), ())


@pytest.mark.parametrize(
    ("headers", "references"),
    [
        ("In-Reply-To: <1@b>", ("<1@b>",)),
        ("References: <0@b> <1@b>\r\n <0@b>", ("<0@b>", "<1@b>")),
        ("References: <0@b>\r\nIn-Reply-To: <1@b>", ("<0@b>", "<1@b>")),
        ("In-Reply-To: Your message of Monday", ()),
        ("References: <a\r\n b>", ()),
    ],
)
def test_references_hold_the_answered_mail(headers: str, references: tuple[str, ...]) -> None:
    """Oldest first, the answered mail among them, each once, only what can be a header again."""
    assert parse(f"From: a@b.example\r\n{headers}\r\n\r\nhei".encode()).references == references


@pytest.mark.parametrize(
    ("raw", "defects", "flags"),
    [
        ("Message-ID: <1@b>\r\nDate: Mon, 5 Oct 2031 12:00:00 +0300\r\nFrom: a@b.example\r\n\r\nx", (), ()),
        (
            f"{RECEIVED}Message-ID: <1@b>\r\nDate: Mon, 5 Oct 2031 12:00:00 +0300\r\nFrom: a@b.example\r\n\r\nx",
            (),
            ("date_in_future",),
        ),
        ("From: a@b.example\r\nDate: eilen\r\n\r\nx", ("bad_date", "no_message_id"), ()),
        ("From: a@b.example\r\n\r\n\0x", ("no_date", "no_message_id", "nul"), ()),
        ("Subject: x\r\n\r\nx", ("no_date", "no_message_id"), ("no_from",)),
        ("From: a@b.example\r\n\r\ntunnus 010190-999x", ("no_date", "no_message_id"), ("identity_code",)),
        ("From: a@b.example\r\nSubject: 010190-999x\r\n\r\nx", ("no_date", "no_message_id"), ("identity_code",)),
    ],
)
def test_what_is_wrong_or_odd_is_said(raw: str, defects: tuple[str, ...], flags: tuple[str, ...]) -> None:
    """Defects name what was wrong with the bytes, flags what a person should look at."""
    message = parse(raw.encode())
    assert (message.defects, message.flags) == (defects, flags)


def test_of_several_senders_the_first_one_with_an_address_is_named() -> None:
    """Two From fields or two addresses in one: the first is shown, and the doubt is flagged."""
    message = parse(b"From: Aino\r\nFrom: Bo <bo@b.example>, c@d.example\r\n\r\nx")
    assert (message.sender, "several_from" in message.flags) == (Party("Bo", "bo@b.example"), True)


def test_attachments_are_listed_with_safe_names() -> None:
    """Name, kind and size of every file, without opening any."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "a@b.example"
    mail.set_content("Liitteenä kuva ja teksti.")
    mail.add_attachment(bytes(3000), maintype="image", subtype="png", filename="../kuva.png")
    first, *_ = parse(mail.as_bytes()).attachments
    assert (first.name, first.content_type) == ("_kuva.png", "image/png")
    assert abs(first.size - 3000) <= 2
    assert isinstance(first, Attachment)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 50,
        bytes(range(256)),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        b"From: a@b.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + bytes(range(256)),
    ],
)
def test_what_cannot_be_read_is_unreadable(raw: bytes) -> None:
    """Nothing and binary rubbish are reported, below a header too."""
    assert "unreadable" in parse(raw).defects


@pytest.mark.parametrize(
    "raw", [b"Poistakaa tietoni", b"From: a@b.example\r\n\r\n", "From: a@b.example\r\n\r\n👍".encode()]
)
def test_what_says_little_is_readable(raw: bytes) -> None:
    """A text without any header is a text; a mail without one, or with a sign in place of words, is a mail."""
    assert "unreadable" not in parse(raw).defects


def test_texts_are_safe_to_show() -> None:
    """No field carries what could act on a terminal or break a header."""
    raw = (
        "From: \x1b[31mAino\x07 <aino\x1b@posti.example>\r\nSubject: a\x1b]0;x\x07\u202eb\r\n"
        "Content-Type: text/html\r\n\r\n<p>a\x1b[2J&#27;[31m\u200bb&#8238;c</p>"
    )
    message = parse(raw.encode())
    shown = "".join((message.subject, message.sender.name, message.sender.address, message.text, message.new_text))
    assert not set(shown) & set("\x1b\x07\u202e\u200b")
    assert message.text == "a\ufffd[2J[31mb\ufffdc"


HEADERS = [
    b"From: a@b.example",
    b"From:",
    b"Subject: =?utf-8?q?=C3?= =?utf-8?q?=A4?=",
    b"Content-Type: multipart/mixed; boundary=b",
    b"Content-Type: text/html; charset=utf-16",
    b"Content-Type: message/rfc822",
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    b"Content-Transfer-Encoding: base64",
    b"Content-Disposition: attachment; filename*0*=x''%E4",
    b"Authentication-Results: mx; dkim=pass header.d=b.example",
    b"Received: from x by y; Mon, 5 Oct 2026 12:00:00 +0300",
    b"Date: Mon, 5 Oct 20266 12:00:00 +9999",
    b"References: <a@b> <<>>",
    b"",
    b"--b",
    b"--b--",
    b"Tietosuoja kirjoitti 5.10.2026:",
    b"> vanha",
    b"<div style='display:none'><blockquote>",
    b"\xff\xfe\x00",
]


@given(st.lists(st.one_of(st.sampled_from(HEADERS), st.binary(max_size=30)), max_size=25), st.booleans())
@settings(max_examples=300)
def test_any_bytes_are_read(lines: list[bytes], ours: bool) -> None:
    """Whatever arrives, there is a record, and it was not the parser that failed."""
    message = parse((b"\n" if ours else b"\r\n").join(lines), ("mx",), OWN)
    assert "parser_failed" not in message.defects


HOSTILE = {
    "one line": b"From: a@b.example\r\n\r\n" + b"x" * 3_000_000,
    "line ends": b"From: a@b.example\r\n\r\n" + b"\n" * 3_000_000,
    "quotes": b"From: a@b.example\r\n\r\n" + b"> a\nb\n" * 500_000,
    "blocks": b"From: a@b.example\r\n\r\n" + b"From: a\nSent: b\n" * 200_000,
    "fields": b"".join(b"X-%d: y\r\n" % i for i in range(5000)) + b"From: a@b.example\r\n\r\nhei",
    "million fields": b"X: y\r\n" * 600_000 + b"\r\nhei",
    "folding": b"X: y\r\n" + b" z\r\n" * 700_000 + b"\r\nhei",
    "encoded words": b"Subject: " + b"=?utf-8?q?=C3?= " * 180_000 + b"\r\n\r\nhei",
    "parentheses": b"From: " + b"(" * 3_000_000 + b"\r\n\r\nhei",
    "nested": b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(1000)),
    "nested mails": b"Content-Type: message/rfc822\r\n\r\n" * 1000,
    "parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 400_000,
    "misnested html": b"Content-Type: text/html\n\n" + b"".join(b"<font id=%d><p>x" % i for i in range(170_000)),
    "references": b"Content-Type: text/html\n\n" + b"&#1" * 1_000_000,
    "base64": b"Content-Transfer-Encoding: base64\n\n" + b"Q=F!" * 750_000,
    "uuencode": b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n" + b"M!!\n" * 750_000,
    "punycode": b"Content-Type: text/plain; charset=punycode\n\n" + b"a-9" * 1_000_000,
    "rubbish": bytes(range(256)) * 12_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_mails_take_bounded_time(what: str) -> None:
    """Three megabytes of anything are read within two seconds; where a bound was hit, it is said."""
    started = time.process_time()
    message = parse(HOSTILE[what], ("mx",), OWN)
    assert time.process_time() - started < 2
    assert "parser_failed" not in message.defects
    bounds = {"too_deep", "too_many_parts", "too_many_headers", "header_too_long", "text_too_long"}
    assert ("truncated" in message.flags) == bool(bounds & set(message.defects))


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    """One that has met a request, so that all it keeps is loaded."""
    loaded = Recogniser.load()
    understand(b"From: a@b.example\r\n\r\nPoistakaa tietoni.", loaded, specimen())
    return loaded


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_mails_take_bounded_memory(what: str, recogniser: Recogniser) -> None:
    """Three megabytes of anything are parsed and recognised within sixty megabytes more."""
    tracemalloc.start()
    try:
        understand(HOSTILE[what], recogniser, specimen())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 60_000_000


def test_five_thousand_fields_hide_nothing() -> None:
    """A mail with many fields is read whole."""
    message = parse(HOSTILE["fields"])
    assert (message.sender.address, message.text, message.flags) == ("a@b.example", "hei", ())
