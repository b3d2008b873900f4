"""Who is named in a sentence as somebody who may have data: organisations, known services, categories.

Owns the names and the order. Refuses whether the sentence gives them anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox_agent.rules.notice import names
from inbox_agent.rules.notice.abroad import SERVICES
from inbox_agent.rules.notice.categories import SAYS_WHAT, categories
from inbox_agent.rules.notice.wording import words

NOT_DISCLOSED = words("receivers.not_disclosed")
"""What says of itself that nobody gets data."""

# A service that data comes from is a source: "LinkedInistä".
_FROM_IT = re.compile(r":?\w{0,2}(?:sta|stä|lta|ltä)\b")
_IS_IT = re.compile(r"^[a-zåäö][a-zåäö\s-]{3,40}\s(?:on|är|is)\s(?P<it>[A-ZÅÄÖ]\w{2,}(?:\s[A-ZÅÄÖ]\w+)?)\W*$")
_KEPT_AT = re.compile(
    r"\b(?:on|ovat|säilytetään|tallennetaan|käytössä|pyörii|toimii|hoituu|hoituvat)\s+(?:[a-zåäö-]+\s+)?(?-i:(?P<kept>[A-ZÅÄÖ]\w{3,})-(?:palvelu|järjestelmä|ohjelma)\w*"
    r"|(?P<at>[A-ZÅÄÖ][a-zåäö]{3,})n\s+(?:palvelim\w+|pilve\w+|pilvipalvelu\w*|järjestelmä\w*))"
)
# A name without a company's form, behind the word that says what it is: "ompelimo Neula", "Kursgården Solstranden".
_NAMED_KIND = re.compile(
    rf"\b(?P<kind>(?:{words('receivers.kinds').pattern}))\s(?P<name>(?-i:[A-ZÅÄÖ][\w&'’-]+(?:\s[A-ZÅÄÖ][\w&'’-]+){{0,2}}))"
    r"(?!\s(?-i:Oyj?|Ab|AB|Ky|Ay|ry|rf|Tmi|Inc|Ltd|AG|GmbH)\b)",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(r"(?<=[aeiouyäö])lle$")
_BRACKET = re.compile(r"\S{0,4}\s*\((?:[a-zåäö:]+\s+){0,3}")


def receivers_in(text: str) -> Iterator[str]:
    """Named receivers in a sentence, in its order: organisations, known services, categories."""
    if NOT_DISCLOSED.fullmatch(text):
        return
    taken: list[tuple[int, int]] = []
    hits: list[tuple[int, str]] = []
    for name, start in names.organisations(text):
        taken.append((start, start + len(name)))
        hits.append((start, name))
    for found in _NAMED_KIND.finditer(text):
        begin = found.start() if found["kind"][0].isupper() else found.start("name")
        if not any(start < found.end() and begin < end for start, end in taken):
            taken.append((begin, found.end()))
            hits.append((begin, _nominative(text[begin : found.end()], found["kind"])))
    services = [found for found in SERVICES.finditer(text) if not _FROM_IT.match(text, found.end())]
    told = [start for start, _ in taken] + [found.start() for found in services]
    named = [(found, found[0]) for found in services]
    named += [(found, found["kept"] or found["at"]) for found in _KEPT_AT.finditer(text)]
    named += [(found, found["it"]) for found in _IS_IT.finditer(text)]
    named += [
        (found, name)
        for name, pattern in categories().items()
        for found in pattern.finditer(text)
        if not any(SAYS_WHAT.fullmatch(text, found.end(), start) for start in told if start > found.end())
    ]
    for found, name in named:
        if not any(start <= found.start() < end for start, end in taken):
            hits.append((found.start(), name))
    providers = [(start, name) for start, name in hits if name not in categories()]
    yield from dict.fromkeys(name for start, name in sorted(hits) if not _same_as_before(text, start, providers))


def _nominative(named: str, kind: str) -> str:
    """A name behind its kind without the ending that says to whom: "Tilitoimisto Nutturalle"."""
    return named if kind.endswith(("lle", "llemme")) else _TO_WHOM.sub("", named)


def _same_as_before(text: str, start: int, hits: list[tuple[int, str]]) -> bool:
    """Whether a name in brackets only says who provides the service named before them, or which service it is."""
    return any(_BRACKET.fullmatch(text, place + len(name), start) for place, name in hits if place < start)
