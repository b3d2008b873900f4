"""The corpus of labelled mails: text in, labelled mails out, and each as the raw mail it stands for.

Owns the block format of `tests/corpus/LABELS.md`. Refuses files and folders: the commands read those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from state.model import FOLLOW_UP, RequestKind

EITHER = "either"
VERDICTS = frozenset({"request", "not_request", EITHER})
KINDS = frozenset({*RequestKind, FOLLOW_UP})
LANGUAGES = frozenset({"fi", "sv", "en"})
UNDER = frozenset(
    {
        "newsletter",
        "campaign_sms",
        "offer_to_erase",
        "finished_case",
        "identity_question",
        "acknowledgement",
        "quote",
        "invoice",
        "order",
        "other",
    }
)
_KEYS = frozenset(
    {"lang", "from", "to", "subject", "verdict", "kinds", "traits", "under", "attachment", "header", "reason"}
)
OWN_DOMAINS = ("yritys.example",)
"""The mail domains of the invented company."""

_DEFAULT_TO = "tietosuoja@yritys.example"
_DATE = "Mon, 05 Oct 2026 09:12:00 +0300"


class BrokenCorpus(ValueError):
    """A block that does not follow the format; the text says which and why."""


@dataclass(frozen=True, slots=True)
class LabelledMail:
    """One mail with its label. `required` and `optional` are kinds; `under` is a word of `UNDER` or empty."""

    id: str
    language: str
    sender: str
    to: str
    subject: str
    body: str
    verdict: str
    required: frozenset[str]
    optional: frozenset[str]
    traits: tuple[str, ...]
    under: str
    attachments: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    reason: str


def parse_corpus(text: str) -> Iterator[LabelledMail]:
    """Read the blocks of one file in their order. Raises BrokenCorpus at the first bad one."""
    block: list[str] = []
    for line in text.splitlines():
        if line.startswith("=== ") and block:
            yield _mail(block)
            block = []
        if block or line.startswith("=== "):
            block.append(line)
    if block:
        yield _mail(block)


def _mail(block: list[str]) -> LabelledMail:
    identifier = block[0].removeprefix("=== ").strip()
    try:
        cut = block.index("---")
    except ValueError:
        raise BrokenCorpus(f"{identifier}: no line ---") from None
    pairs = [_pair(identifier, line) for line in block[1:cut] if line.strip()]
    fields = dict(pairs)
    kinds = [kind.strip() for kind in fields.get("kinds", "").split(",") if kind.strip()]
    mail = LabelledMail(
        id=identifier,
        language=fields.get("lang", ""),
        sender=fields.get("from", ""),
        to=fields.get("to", _DEFAULT_TO),
        subject=fields.get("subject", ""),
        body="\n".join(block[cut + 1 :]).strip("\n") + "\n",
        verdict=fields.get("verdict", ""),
        required=frozenset(kind for kind in kinds if not kind.startswith("~")),
        optional=frozenset(kind[1:] for kind in kinds if kind.startswith("~")),
        traits=tuple(trait.strip() for trait in fields.get("traits", "").split(",") if trait.strip()),
        under=fields.get("under", ""),
        attachments=tuple(value for key, value in pairs if key == "attachment"),
        headers=tuple(_header(value) for key, value in pairs if key == "header"),
        reason=fields.get("reason", ""),
    )
    _check(mail, fields)
    return mail


def _pair(identifier: str, line: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon or key not in _KEYS:
        raise BrokenCorpus(f"{identifier}: what is {line!r}?")
    return key, value.strip()


def _header(value: str) -> tuple[str, str]:
    name, _, rest = value.partition(":")
    return name.strip(), rest.strip()


def _check(mail: LabelledMail, fields: Mapping[str, str]) -> None:
    wrong = [
        what
        for what, ok in (
            ("lang", mail.language in LANGUAGES),
            ("from", bool(mail.sender)),
            ("subject", "subject" in fields),
            ("verdict", mail.verdict in VERDICTS),
            ("kinds", mail.required | mail.optional <= KINDS),
            ("kinds of a request", bool(mail.required) == (mail.verdict == "request") or mail.verdict == EITHER),
            ("under", not mail.under or mail.under in UNDER),
        )
        if not ok
    ]
    if wrong:
        raise BrokenCorpus(f"{mail.id}: {', '.join(wrong)}")


def raw_mail(mail: LabelledMail) -> bytes:
    """Build the raw mail (RFC 5322, UTF-8) that a block stands for; the same bytes every time."""
    message = EmailMessage(policy=SMTP)
    own = {name.casefold() for name, _ in mail.headers}
    name, address = parseaddr(mail.sender)
    for header, value in (
        ("From", f'"{name.replace(chr(34), "")}" <{address}>' if name else mail.sender),
        ("To", mail.to),
        ("Subject", mail.subject),
        ("Date", _DATE),
        ("Message-ID", f"<{mail.id}@corpus.example>"),
        ("In-Reply-To", f"<{mail.under}.{mail.id}@yritys.example>" if mail.under else ""),
    ):
        if value and header.casefold() not in own:
            message[header] = value
    for header, value in mail.headers:
        message[header] = value
    message.set_content(mail.body, charset="utf-8", cte="base64")
    for attachment in mail.attachments:
        message.add_attachment(b"-", maintype="application", subtype="octet-stream", filename=attachment)
        message.set_boundary("=-corpus-=")  # else a random one
    return message.as_bytes()
