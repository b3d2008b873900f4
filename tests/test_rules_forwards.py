"""Mail that a colleague passes on, and mail whose matter is in an attachment."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.attachments import safe_name
from inbox_agent.rules.parse import InboundMessage, parse

OWN = ("yritys.example",)
COLLEAGUE = "Kaija <kaija@yritys.example>"
REQUEST = "Hei, poistakaa kaikki tietoni.\n\nTerveisin Aino"
BLOCKS = {
    "outlook_fi": "Lähettäjä: {}\nLähetetty: ma 5.10.2026 9.00\nVastaanottaja: myynti\nAihe: Tietoni\n",
    "outlook_sv": "Från: {}\nSkickat: den 5 oktober 2026 9:00\nTill: myynti\nÄmne: Mina uppgifter\n",
    "outlook_en": "From: {}\nSent: Monday 9:00 AM\nTo: Sales\nSubject: My data\n",
    "gmail_fi": "---------- Välitetty viesti ---------\nLähettäjä: {}\nDate: ma 5.10.\nSubject: x\n",
    "gmail_en": "---------- Forwarded message ---------\nFrom: {}\nDate: Mon\nSubject: x\nTo: y\n",
    "apple": "Begin forwarded message:\n\nFrom: {}\nSubject: x\nDate: 5 Oct 2026\nTo: y\n",
    "thunderbird": "-------- Välitetty viesti --------\nAihe: x\nPäiväys: ma 5.10.\nLähettäjä: {}\n",
}
BLOCKS = {client: block.format("Aino <aino@posti.example>") for client, block in BLOCKS.items()}
BLOCKS["outlook_old"] = BLOCKS["outlook_en"].replace("<aino@posti.example>", "[mailto:aino@posti.example]")


def mail(body: str, subject: str = "VL: Tietoni", sender: str = COLLEAGUE) -> InboundMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, "tietosuoja@yritys.example", subject
    message.set_content(body)
    return parse(message.as_bytes(), (), OWN)


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("note", ["Mitä tälle tehdään?\n\nKaija\n\n", ""])
def test_a_colleagues_forward_names_the_original_sender(block: str, note: str) -> None:
    """Whatever client passed it on, with or without a note: the writer, their words, and who passed them on."""
    message = mail(f"{note}{BLOCKS[block]}\n{REQUEST}\n")
    assert message.forwarded is not None
    assert message.forwarded.by == "kaija@yritys.example"
    assert message.forwarded.subject_address == "aino@posti.example"
    assert message.forwarded.text == REQUEST
    assert message.new_text == note.strip()


def test_a_forward_attached_as_a_mail_is_read() -> None:
    """An attached mail is a forward too; its text is shown and quoted, its file listed."""
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["Subject"] = "Aino <aino@posti.example>", "Tietoni"
    inner.set_content(REQUEST)
    outer = EmailMessage(policy=SMTP)
    outer["From"], outer["Subject"] = COLLEAGUE, "Kuuluuko tämä sinulle?"
    outer.set_content("Katso liite.")
    inner.add_attachment(b"x", maintype="application", subtype="pdf", filename="valtakirja.pdf")
    outer.add_attachment(inner)
    message = parse(outer.as_bytes(), (), OWN)
    assert message.forwarded is not None
    assert (message.forwarded.subject_address, message.forwarded.text) == ("aino@posti.example", REQUEST)
    assert REQUEST in message.text
    assert REQUEST in message.quoted
    assert message.new_text == "Katso liite."
    assert [attachment.name for attachment in message.attachments] == ["attachment.eml", "valtakirja.pdf"]


def test_a_forward_attached_within_an_attached_forward_is_read() -> None:
    """Two colleagues passed it on, each with the mail attached: it is the request of the person outside."""
    mails = [
        ("Aino <aino@posti.example>", REQUEST),
        ("Bo <bo@yritys.example>", "Ks. liite."),
        (COLLEAGUE, "Tuli Bolta."),
    ]
    outer: EmailMessage | None = None
    for sender, words in mails:
        message = EmailMessage(policy=SMTP)
        message["From"], message["Subject"] = sender, "VL: Tietoni"
        message.set_content(words)
        if outer:
            message.add_attachment(outer)
        outer = message
    assert outer
    read = parse(outer.as_bytes(), (), OWN)
    assert read.forwarded is not None
    assert (read.forwarded.subject_address, read.forwarded.text) == ("aino@posti.example", REQUEST)
    assert REQUEST in read.quoted


def test_a_forwarded_matter_may_lie_in_an_attachment_alone() -> None:
    """A colleague's note does not hide that the person outside wrote nothing but "see the attachment"."""
    body = f"Mitä tälle tehdään? Tuli eilen myyntiin.\n\n{BLOCKS['outlook_fi']}\nPyyntö liitteenä.\n\nAino"
    message = with_attachment(body, "VL: Tietoni", "a.pdf", sender=COLLEAGUE)
    assert (message.forwarded is not None, message.attachment_only) == (True, True)


def test_the_first_outsider_of_a_chain_is_meant() -> None:
    """A request that went through several colleagues still belongs to the person outside."""
    chain = (
        "From: Bo <bo@yritys.example>\nSent: Monday\nTo: Kaija\nSubject: FW: Tietoni\n\nKuuluu sinulle.\n\n"
        f"{BLOCKS['outlook_fi']}\n{REQUEST}\n"
    )
    forwarded = mail(chain).forwarded
    assert forwarded is not None
    assert forwarded.subject_address == "aino@posti.example"


def test_an_original_sender_without_an_address_stays_unknown() -> None:
    """Where the block shows a name only, no address is invented."""
    forwarded = mail(BLOCKS["outlook_fi"].replace(" <aino@posti.example>", "") + f"\n{REQUEST}").forwarded
    assert forwarded is not None
    assert (forwarded.subject_address, forwarded.text) == ("", REQUEST)


@pytest.mark.parametrize(
    ("subject", "sender"),
    [
        ("VL: Tietoni", "Bo <bo@posti.example>"),
        ("VL: Tietoni", "Bo <bo@eiyritys.example>"),
        ("VS: Tietoni", COLLEAGUE),
        ("Re: Tietoni", COLLEAGUE),
    ],
)
def test_strangers_and_replies_forward_nothing(subject: str, sender: str) -> None:
    """A stranger's forward and a colleague's reply that quotes are not requests passed on to us."""
    assert mail(f"Hei\n\n{BLOCKS['outlook_fi']}\n{REQUEST}", subject, sender).forwarded is None


def with_attachment(
    body: str,
    subject: str,
    name: str,
    kind: str = "application/pdf",
    sender: str = "Aino <aino@posti.example>",
    **more: str,
) -> InboundMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = sender, subject
    message.set_content(body)
    maintype, subtype = kind.split("/")
    message.add_attachment(b"x", maintype=maintype, subtype=subtype, filename=name, **more)
    return parse(message.as_bytes(), (), OWN)


@pytest.mark.parametrize(
    ("body", "subject", "name", "expected"),
    [
        ("", "Tietopyyntö", "skannaus.pdf", True),
        ("", "", "IMG_2031.jpg", True),
        ("Hei,\n\npyyntö liitteenä.\n\nTerveisin\nAino Esimerkki", "Tietoni", "a.pdf", True),
        ("Ks. liite.", "x", "a.docx", True),
        ("Hej!\nSe bifogad begäran.\nMvh Aino", "Begäran", "a.pdf", True),
        ("Please see the attached letter.\n\nAino", "Request", "a.pdf", True),
        ("Lähetetty iPhonesta", "", "kuva.heic", True),
        ("", "Hei", "winmail.dat", True),
        ("Uusi faksi numerosta 09 000 000. Sivuja 1.", "Faksi", "fax0001.tif", True),
        ("Sinulle on uusi vastaajaviesti numerosta 040 000 0000.", "Vastaajaviesti", "viesti.wav", True),
        ("Hei, ohessa.", "x", "pyyntö.html", True),
        ("Ohessa lasku.", "Lasku 123", "lasku.pdf", False),
        ("", "Lasku 123", "lasku_123.pdf", False),
        ("", "Tilausvahvistus", "order.pdf", False),
        ("Liitteenä työhakemukseni avoimeen paikkaan.", "Hakemus", "cv.pdf", False),
        ("Poistakaa kaikki minua koskevat tiedot rekisteristänne.", "x", "a.pdf", False),
        ("Ohessa kuva viasta, pesukone vuotaa lattialle jatkuvasti.", "Vika", "a.jpg", False),
        ("Lähettäkää tietoni, valtakirja liitteenä.", "Tietoni", "valtakirja.pdf", False),
        ("", "Tietopyyntö", "ohjelma.exe", False),
    ],
)
def test_a_matter_in_an_attachment_alone_is_said(body: str, subject: str, name: str, expected: bool) -> None:
    """No own words, or words that only point there; invoices, orders and letters with own matter are not meant."""
    kind = "image/jpeg" if name.endswith("jpg") else "application/octet-stream"
    assert with_attachment(body, subject, name, kind).attachment_only is expected


def test_a_picture_in_the_text_is_no_attached_matter() -> None:
    """A signature's logo is not where somebody's request stands."""
    assert not with_attachment("", "Hei", "logo.png", "image/png", disposition="inline", cid="<a@b>").attachment_only


@pytest.mark.parametrize(
    ("words", "size", "expected"),
    [
        ("Lähetetty iPhonesta", 120_000, True),
        ("", 120_000, True),
        ("Lähetetty iPhonesta", 4_000, False),
        ("Pesukone vuotaa lattialle jatkuvasti, voisitteko soittaa.", 120_000, False),
    ],
)
def test_a_photographed_letter_that_a_telephone_put_into_the_text_is_the_matter(
    words: str, size: int, expected: bool
) -> None:
    """There is no attachment to be seen and no word to be read; only a person can tell what the picture shows."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"], message["Message-ID"] = "Aino <aino@posti.example>", "", "<1@posti.example>"
    message.set_content(f'<html><body><img src="cid:a1"><br>{words}</body></html>', subtype="html")
    message.add_related(b"x" * size, "image", "jpeg", cid="<a1>", filename="image0.jpeg", disposition="inline")

    assert parse(message.as_bytes(), (), OWN).attachment_only is expected


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Users\\aino\\pyyntö.pdf", "C__Users_aino_pyyntö.pdf"),
        ("tieto\u202efdp.exe", "tieto\ufffdfdp.exe"),
        ("a\r\nb\x1b[31m.pdf", "a b\ufffd[31m.pdf"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
        ("", "attachment.pdf"),
        ("...", "attachment.pdf"),
    ],
)
def test_file_names_are_made_safe(name: str, safe: str) -> None:
    """No path, no control, no reversed ending, bounded, never empty."""
    assert safe_name(name, "application/pdf") == safe


@given(st.text(max_size=300))
def test_any_file_name_is_one_plain_name(name: str) -> None:
    """Whatever a sender calls a file, it is shown as one short name."""
    safe = safe_name(name)
    assert 0 < len(safe) <= 120
    assert not set(safe) & set("/\\\n\r\t\0:\u202e")
