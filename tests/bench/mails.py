"""Ten thousand ordinary mails for the benchmarks: 2-60 KB, four charsets, half with HTML, some with attachments."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

_WORDS = [
    "asiakas",
    "tilaus",
    "toimitus",
    "lasku",
    "hinta",
    "sopimus",
    "kokous",
    "pöytäkirja",
    "liite",
    "kiitos",
    "terveisin",
    "huomenna",
    "viikko",
    "kuukausi",
    "vastaus",
    "kysymys",
    "osoite",
    "puhelin",
    "sähköposti",
    "palaute",
    "tuote",
    "varasto",
    "kuljetus",
    "maksu",
    "hyvitys",
    "tarjous",
    "käynti",
    "aika",
    "tieto",
    "rekisteri",
    "henkilötieto",
    "pyyntö",
    "tietosuoja",
    "oikeus",
    "poistaa",
    "tarkastaa",
    "suostumus",
    "markkinointi",
    "uutiskirje",
    "äiti",
    "yö",
    "öljy",
    "hyvä",
    "päivä",
    "työ",
    "ryhmä",
    "kurssi",
    "ohjelma",
    "matka",
    "retki",
]
_SUBJECTS = ("Tilaus", "Lasku 10/2026", "Kysymys toimituksesta", "VS: Kokouksen pöytäkirja", "Re: Tarjous", "Palaute")
_SENDERS = ("Aino Esimerkki", "Åke Öhman", "Liisa Mallikas", "John Sample")
_CHARSETS = ("utf-8", "iso-8859-1", "windows-1252", "iso-8859-15")
_START = datetime(2026, 10, 1, 8, tzinfo=UTC)


def mails(count: int, seed: int = 7, small: bool = False) -> Iterator[bytes]:
    """Yield raw mails, the same ones for the same seed; `small` ones have a few lines and no attachment."""
    dice = random.Random(seed)
    for number in range(count):
        yield _headers(dice, number) + _mail(dice, number, small).as_bytes()


def _mail(dice: random.Random, number: int, small: bool) -> EmailMessage:
    charset = dice.choices(_CHARSETS, [70, 12, 12, 6])[0]
    text = _text(dice, 300 if small else int(min(30_000, max(1_200, dice.lognormvariate(8.1, 0.7)))))
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((dice.choice(_SENDERS), f"user{number % 900}@posti{number % 40}.example"))
    mail["To"] = "tietosuoja@yritys.example"
    mail["Subject"] = f"{dice.choice(_SUBJECTS)} {number}"
    mail["Date"] = format_datetime(_START + timedelta(minutes=number))
    mail["Message-ID"] = f"<{number}.{dice.randrange(1 << 40)}@posti.example>"
    mail.set_content(text, charset=charset, cte=dice.choice(["quoted-printable", "base64", "8bit"]))
    if dice.random() < 0.55:
        paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        mail.add_alternative(f"<html><body>{paragraphs}</body></html>", "html", charset=charset, cte="quoted-printable")
    if not small and dice.random() < 0.12:
        mail.add_attachment(dice.randbytes(dice.randint(4_000, 28_000)), "application", "pdf", filename="päätös.pdf")
    return mail


def _text(dice: random.Random, length: int) -> str:
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        sentence = " ".join(dice.choice(_WORDS) for _ in range(dice.randint(6, 14))).capitalize() + ". "
        parts.append(sentence + ("\n\n" if dice.random() < 0.15 else ""))
    return "".join(parts)


def _headers(dice: random.Random, number: int) -> bytes:
    """What servers on the way add: three Received lines, results, a signature."""
    received = "".join(
        f"Received: from mx{hop}.posti.example (mx{hop}.posti.example [192.0.2.{hop}])\r\n"
        f"\tby relay{hop}.yritys.example (Postfix) with ESMTPS id {dice.randrange(1 << 40):X};\r\n"
        f"\t{format_datetime(_START + timedelta(minutes=number))}\r\n"
        for hop in range(3)
    )
    signature = base64.b64encode(dice.randbytes(96)).decode()
    return (
        "Authentication-Results: mx.yritys.example; spf=pass; dkim=pass header.d=posti.example; dmarc=pass\r\n"
        f"{received}DKIM-Signature: v=1; a=rsa-sha256; d=posti.example; s=s1; h=from:to:subject;\r\n\tb={signature}\r\n"
    ).encode()
