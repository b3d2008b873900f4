"""Addresses, towns and phone numbers in a text: masked for whoever has a turvakielto (non-disclosure for safety).

Owns the shapes of Finnish and Swedish addresses and numbers. Refuses to know whose they are: whoever asks says what
may stand, such as the controller's own. A town that stands alone is a word like any other and is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MASK = "▮▮▮"

_STREET = (
    r"[A-ZÅÄÖ][\wåäöÅÄÖé-]*"
    r"(?:katu|kadun|tie|tien|kuja|polku|väylä|kaari|rinne|ranta|tori|penger|bulevardi|raitti|mäki|aukio|laituri"
    r"|gatan|gata|vägen|väg|stigen|gränden|gränd|torget|allén|esplanaden)"
    r"\s+\d{1,4}\b(?:\s?[A-Za-z](?![a-zåäö]))?(?:\s?\d{1,4}\b)?"
)
_FOREIGN_STREET = r"\b\d{1,4}\s+[A-Z][a-z]+\s+(?:Street|Road|Lane|Avenue|Way|Close)\b"
_BOX = r"\b(?:PL|PB|P\.?\s?O\.?\s?Box)\s?\d{1,5}\b"
_TOWN = r"\b(?:FI-|AX-)?\d{5}\s+[A-ZÅÄÖ][\wåäöÅÄÖé-]+"
_PHONE = r"(?<![\w.-])(?:\+\d{1,3}[ -]?(?:\(0\))?|0)\d(?:[ -]?\d){5,11}(?![\w-])"
_SHAPES = re.compile("|".join((_STREET, _FOREIGN_STREET, _BOX, _TOWN, _PHONE)))


def places(text: str, allowed: str = "") -> Iterator[tuple[int, int]]:
    """Where a text names an address, a town with its code, or a phone number that `allowed` does not."""
    known = " ".join(allowed.split())
    for match in _SHAPES.finditer(text):
        if " ".join(match[0].split()) not in known:
            yield match.span()


def masked(text: str, allowed: str = "") -> str:
    """The text with every such place masked."""
    kept, position = [], 0
    for start, end in places(text, allowed):
        kept += [text[position:start], MASK]
        position = end
    return "".join([*kept, text[position:]])
