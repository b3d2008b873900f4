"""A corrected mail as anonymised training material: one block of the corpus (`tests/corpus/LABELS.md`).

Owns what stands in place of what may point at a person, and the text of a block. Only the person's own new words are
given out: no quotes, no header but a subject, no attachment's name. Finding is `rules.personal`'s, and it is no proof:
somebody reads the result before it leaves the house.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from inbox_agent.rules.corpus import LANGUAGES, LabelledMail
from inbox_agent.rules.parse import InboundMessage
from inbox_agent.rules.personal import Found, What, personal
from inbox_agent.rules.proposed_phrases import names_in
from inbox_agent.rules.visible import visible, visible_line
from state.model import Judgement, Verdict

FEWEST_WORDS = 3
"""A mail of fewer words means nothing without the mail it answers, and that is not given out."""

_GIVEN = ("Aino", "Eino", "Kaino", "Helmi", "Taimi", "Väinö", "Lempi", "Oiva")
_FAMILY = ("Esimerkki", "Mallikas", "Näyte", "Kuvitelma")
_CODE = "010190-900P"  # of the artificial range (individual number 900-999)
_LONGEST = 12_000  # characters
_DIGIT = re.compile(r"[0-9]")
_LETTER = re.compile(r"[^\W\d_]")
_BLOCK = re.compile(r"^(?==== )", re.MULTILINE)


def labelled(identifier: str, number: int, message: InboundMessage, judgement: Judgement) -> LabelledMail | None:
    """The mail without its people, labelled as a person judged it; None where too little is left to mean anything.

    `number` chooses the invented sender: the same number, the same sender.
    """
    words = message.new_text
    if message.forwarded is not None:
        words = f"{words}\n\n{message.forwarded.text}"
    names = names_in(message)
    subject, body = anonymised(message.subject, names), anonymised(words[:_LONGEST], names)
    if len(body.split()) < FEWEST_WORDS:
        return None
    sender = f"{_GIVEN[number % len(_GIVEN)]} {_FAMILY[number // len(_GIVEN) % len(_FAMILY)]}"
    return LabelledMail(
        id=identifier,
        language=message.language if message.language in LANGUAGES else "fi",
        sender=f"{sender} <kirjoittaja{number}@posti.example>",
        to="tietosuoja@yritys.example",
        subject=visible_line(subject),
        body=visible(body).strip("\n") + "\n",
        verdict=str(judgement.verdict),
        required=frozenset(judgement.kinds) if judgement.verdict is Verdict.REQUEST else frozenset(),
        optional=frozenset(),
        traits=("corrected",),
        under="",
        attachments=(),
        headers=(),
        reason="corrected by the contact person",
    )


def anonymised(text: str, names: Collection[str]) -> str:
    """The text with something invented in place of whatever may point at a person."""
    pieces: list[str] = []
    position = 0
    for one in personal(text, names):
        pieces += (text[position : one.start], _instead(text[one.start : one.end], one))
        position = one.end
    return "".join((*pieces, text[position:]))


def block(mail: LabelledMail) -> str:
    """The mail as the corpus holds it; `rules.corpus.parse_corpus` reads it back."""
    head = [
        f"=== {mail.id}",
        f"lang: {mail.language}",
        f"from: {mail.sender}",
        f"subject: {mail.subject}",
        f"verdict: {mail.verdict}",
        f"kinds: {', '.join(sorted(mail.required))}",
        f"traits: {', '.join(mail.traits)}",
        f"reason: {mail.reason}",
        "---",
    ]
    return "\n".join(head) + "\n" + _BLOCK.sub(" ", mail.body) + "\n"


def _instead(written: str, found: Found) -> str:
    match found.what:
        case What.CODE:
            return _CODE
        case What.MAIL:
            return "nimi@posti.example"
        case What.LINK:
            return "https://sivu.example"
        case What.STREET:
            return "Esimerkkitie 0"
        case What.NUMBER:
            return _LETTER.sub("X", _DIGIT.sub("0", written))
        case What.NAME:
            return f"{_GIVEN[2]} {_FAMILY[0]}" if len(written.split()) > 1 else _GIVEN[2]
