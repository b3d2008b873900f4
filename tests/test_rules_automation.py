"""What sort of mail it is, from the signs that programs leave."""

from __future__ import annotations

import pytest

from inbox_agent.rules.parse import parse

HEAD = "From: Aino <aino@posti.example>\r\nTo: tietosuoja@yritys.example\r\nMessage-ID: <1@posti.example>\r\n"
REPORT = (
    "Return-Path: <>\r\nFrom: MAILER-DAEMON@posti.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/report; report-type={report}; boundary=b\r\n\r\n"
    "--b\r\n\r\nIlmoitus\r\n--b\r\nContent-Type: message/{report}\r\n\r\n{status}\r\n"
    "--b\r\nContent-Type: {returned}\r\n\r\nMessage-ID: <ours@yritys.example>\r\nSubject: x\r\n\r\nteksti\r\n--b--\r\n"
)
FAILED = "Final-Recipient: rfc822; x@posti.example\r\nAction: failed\r\nStatus: 5.1.1"


def kind(headers: str = "", subject: str = "Asia", body: str = "Hei") -> str:
    return str(parse(f"{HEAD}{headers}Subject: {subject}\r\n\r\n{body}".encode()).kind)


@pytest.mark.parametrize(
    ("headers", "subject", "body", "expected"),
    [
        ("", "Asia", "Hei", "mail"),
        ("Auto-Submitted: auto-replied\r\n", "Asia", "Hei", "auto_reply"),
        ("Auto-Submitted: auto-generated; x=y\r\n", "Asia", "Hei", "automatic"),
        ("Auto-Submitted: auto-generated\r\n", "Automaattinen vastaus: Asia", "Hei", "auto_reply"),
        ("Auto-Submitted: auto-generated\r\n", "Yhteydenotto", "Olen lomalla, mutta poistakaa tietoni", "automatic"),
        ("Auto-Submitted: auto-generated\r\nX-Inbox-Agent-Notice: yes\r\n", "Asia", "Hei", "auto_reply"),
        ("Auto-Submitted: no\r\n", "Asia", "Hei", "mail"),
        ("X-Autoreply: yes\r\n", "Asia", "Hei", "automatic"),
        ("X-Autoreply: yes\r\nIn-Reply-To: <a@b>\r\n", "Re: Asia", "Hei", "auto_reply"),
        ("X-Autoreply: yes\r\n", "Poissaoloilmoitus", "Hei", "auto_reply"),
        ("X-Autoreply: no\r\n", "Asia", "Hei", "mail"),
        ("Precedence: auto_reply\r\n", "Asia", "Hei", "auto_reply"),
        ("X-Auto-Response-Suppress: All\r\n", "Asia", "Poistakaa tietoni", "mail"),
        ("X-Auto-Response-Suppress: All\r\n", "Automaattinen vastaus: Asia", "Olen poissa", "auto_reply"),
        ("Return-Path: <>\r\n", "Autosvar: Ärende", "Hej", "auto_reply"),
        ("", "Automatic reply: Case", "I am out of the office until Monday.", "auto_reply"),
        ("", "Automaattinen vastaus: Asia", "Olen lomalla 19.-25.10.", "auto_reply"),
        ("", "Automaattinen vastaus: Asia", "Poistakaa tietoni", "mail"),
        ("", "VS: Automaattinen vastaus: Asia", "Olen lomalla, mutta poistakaa tietoni", "mail"),
        ("Disposition-Notification-To: aino@posti.example\r\n", "Asia", "Hei", "mail"),
        ("List-Unsubscribe: <https://a.example/u>\r\nList-Id: <n.example>\r\n", "Uutiset", "Ale!", "newsletter"),
        ("List-Unsubscribe: <mailto:u@a.example>\r\nPrecedence: bulk\r\n", "Uutiset", "Ale!", "newsletter"),
        ("Feedback-ID: a:b\r\nX-Campaign: c\r\n", "Uutiset", "Ale!", "newsletter"),
        ("Precedence: bulk\r\n", "Asia", "Hei", "mail"),
        ("Precedence: bulk\r\nFeedback-ID: a:b\r\nX-SG-EID: c\r\n", "Yhteydenotto", "Hei", "automatic"),
        ("List-Id: <l.example>\r\nList-Post: <mailto:l@a.example>\r\nList-Unsubscribe: <x>\r\n", "Asia", "Hei", "list"),
        ("List-Id: <l.example>\r\n", "Asia", "Hei", "list"),
        ("List-Id: <l>\r\nList-Unsubscribe: <x>\r\nIn-Reply-To: <a@b>\r\n", "Re: Asia", "Poistakaa tietoni", "list"),
        ("Content-Type: text/calendar; method=REQUEST\r\n", "Kutsu", "BEGIN:VCALENDAR", "calendar"),
        ("Return-Path: <>\r\n", "Mail delivery failed", "x", "bounce"),
        ("Return-Path: <>\r\nAuto-Submitted: auto-replied\r\n", "Ei toimitettavissa: Vastaus", "x", "bounce"),
        ("Return-Path: <>\r\n", "Meddelandet kan inte levereras", "x", "bounce"),
        ("Return-Path: <>\r\n", "Asia", "Hei", "mail"),
        ("X-Failed-Recipients: x@posti.example\r\n", "Asia", "x", "bounce"),
    ],
)
def test_kinds_follow_their_signs(headers: str, subject: str, body: str, expected: str) -> None:
    """Each sign decides what it proves and no more; a subject alone proves nothing."""
    assert kind(headers, subject, body) == expected


@pytest.mark.parametrize(
    ("report", "status", "returned", "expected", "bounced"),
    [
        ("delivery-status", FAILED, "message/rfc822", "bounce", ("<ours@yritys.example>",)),
        ("delivery-status", FAILED, "text/rfc822-headers", "bounce", ("<ours@yritys.example>",)),
        (
            "delivery-status",
            FAILED.replace("failed", "delayed"),
            "message/rfc822",
            "bounce",
            ("<ours@yritys.example>",),
        ),
        ("delivery-status", FAILED.replace("failed", "delivered"), "message/rfc822", "auto_reply", ()),
        ("disposition-notification", "Disposition: manual-action; displayed", "message/rfc822", "read_receipt", ()),
    ],
)
def test_reports_name_the_mail_they_are_about(
    report: str,
    status: str,
    returned: str,
    expected: str,
    bounced: tuple[str, ...],
) -> None:
    """A bounce names our mail's Message-ID; a receipt and good news are none."""
    message = parse(REPORT.format(report=report, status=status, returned=returned).encode())
    assert (str(message.kind), message.bounced) == (expected, bounced)


def test_a_bounce_in_plain_text_names_our_mail() -> None:
    """Mail servers that know no report quote the returned headers in their text."""
    raw = (
        "Return-Path: <>\r\nFrom: Mailer-Daemon@posti.example\r\nSubject: Mail delivery failed\r\n"
        "Message-ID: <theirs@posti.example>\r\n\r\nSorry.\r\n--- copy of your message ---\r\n"
        "> Message-Id: <ours@yritys.example>\r\n> Subject: x\r\n"
    )
    assert parse(raw.encode()).bounced == ("<ours@yritys.example>",)


def test_an_invitation_inside_alternatives_is_a_calendar_mail_and_an_attached_one_is_not() -> None:
    """A calendar file attached to a letter leaves it a letter."""
    invitation = (
        "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nKutsu\r\n"
        "--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n--b--\r\n"
    )
    attached = invitation.replace("alternative", "mixed").replace(
        "text/calendar; method=REQUEST",
        "text/calendar; method=REQUEST\r\nContent-Disposition: attachment",
    )
    assert parse((HEAD + invitation).encode()).kind == "calendar"
    assert parse((HEAD + attached).encode()).kind == "mail"


@pytest.mark.parametrize(
    ("to", "subject", "body", "expected"),
    [
        ("uutiset@yritys.example", "unsubscribe", "", True),
        ("uutiset@yritys.example", "Unsubscribe", "unsubscribe", True),
        ("uutiset@yritys.example", "unsubscribe a1b2c3", "\r\n", True),
        ("unsubscribe+a1b2@yritys.example", "", "", True),
        ("uutiset@yritys.example", "unsubscribe", "This message was automatically generated by Gmail.", True),
        ("uutiset@yritys.example", "Peruuta tilaus", "", True),
        ("uutiset@yritys.example", "unsubscribe", "En pääse kirjautumaan, auttakaa", False),
        ("uutiset@yritys.example", "", "", False),
        ("uutiset@yritys.example", "Re: uutiskirje", "unsubscribe", False),
        ("uutiset@yritys.example", "unsubscribed users report", "", False),
        ("uutiset@yritys.example", "Remove my data", "", False),
        ("uutiset@yritys.example", "unsubscribe me and delete my data", "", False),
    ],
)
def test_one_click_unsubscribing_is_known(to: str, subject: str, body: str, expected: bool) -> None:
    """What a click on a List-Unsubscribe link sends holds that word or nothing; a mail with own words is a letter."""
    raw = f"From: a@posti.example\r\nTo: {to}\r\nSubject: {subject}\r\n\r\n{body}"
    assert parse(raw.encode()).one_click_unsubscribe is expected
