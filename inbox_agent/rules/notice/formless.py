"""Controllers whose names show no legal form: what a sentence calls the controller, or its writer's own business.

Owns where such a name begins and ends. Refuses common nouns ("Yhdistys on rekisterinpitäjä") and what only begins a
sentence: a name has a second word, and its capital stands within the sentence, or an id or an address beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox_agent.rules.notice import marks, names
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.wording import words

_NO_BARE_NAME = words("who.no_bare_name")
_NO_CAPITALS = words("marks.no_capitals")
_OWN_FIRM = words("who.own_firm")
_NAME = r"(?P<name>[A-ZÅÄÖ][\w&'’-]+(?:\s[\w&'’-]+){1,4}?)"
_BRACKET = r"(?:\s*\([^()]*\)|,\s*(?:Y-tunnus|FO-nummer|business ID)\s[^,]*(?=,))?,?"
_CONTROLLER_FI = r"(?:(?:henkilö)?tietojesi\s+|(?:näiden\s+|henkilö)?tietojen\s+)?rekisterin ?pitäjä(?:nä)?\b"
_NAME_ENDS = r"(?=\s*(?:[,.(;]|\Z|(?:ja|joka|och|som|and|who|which)\b))"
_BEFORE = (
    re.compile(rf"\W*{_NAME}{_BRACKET}\s+(?:on|toimii)\s+{_CONTROLLER_FI}"),
    re.compile(rf"\W*{_NAME}{_BRACKET}\s+är\s+(?:\w+\s+)?personuppgiftsansvarig\b"),
    re.compile(rf"\W*{_NAME}{_BRACKET}\s+is\s+(?:the\s+|a\s+)?(?:data\s+)?controller\b"),
)
"""The name begins the sentence, so that its capital tells nothing."""
_BEHIND = (
    re.compile(rf"\b[Rr]ekisterin ?pitäjä(?:nä)?\s+(?:on|toimii)\s+{_NAME}{_NAME_ENDS}"),
    re.compile(rf"\b[Tt]ie(?:doistasi|doista|tojesi\s+käsittelystä)\s+vastaa\s+{_NAME}{_NAME_ENDS}"),
    re.compile(rf"\b[Pp]ersonuppgiftsansvarig\s+(?:för\s+\w+\s+)?är\s+{_NAME}{_NAME_ENDS}"),
    re.compile(rf"\b[Cc]ontroller\s+(?:of\s+(?:your|the)\s+(?:personal\s+)?data\s+)?is\s+{_NAME}{_NAME_ENDS}"),
    re.compile(
        rf"\b(?:[Ff]irma|[Yy]ritykse|[Ll]iikkee|[Pp]aja|[Vv]erstaa|[Kk]auppa|[Tt]ila)(?:ni|mme)\s+nimi\s+on\s+{_NAME}{_NAME_ENDS}"
    ),
    re.compile(rf"\btoiminimellä\s+{_NAME}{_NAME_ENDS}"),
)
_WHERE = re.compile(r"(?:ssa|ssä|lla|llä|sta|stä|lta|ltä|een|aan)\Z")
_WHOSE = re.compile(r"(?:n|s)\Z")  # "Kivirannan kartano", "Strandens bageri"


def formless(document: Document) -> Iterator[tuple[str, str]]:
    """Each such name with the sentence that gives it."""
    for sentence in document.sentences:
        yield from ((name, sentence.text) for name in (*_own_firm(sentence), *_named(sentence)))


def _own_firm(sentence: Sentence) -> Iterator[str]:
    """A name right behind what its owner calls it: "Firmani on toiminimi Hiomo Terä"."""
    for name, start in names.organisations(sentence.text):
        if _OWN_FIRM.search(sentence.text[:start]):
            yield name


def _named(sentence: Sentence) -> Iterator[str]:
    for pattern in _BEHIND:
        if (found := pattern.search(sentence.text)) and _is_name(found["name"]):
            yield found["name"]
    for pattern in _BEFORE:
        found = pattern.match(sentence.text)
        if found and _is_name(found["name"]) and (_in_capitals(found["name"]) or _is_reached(sentence.text)):
            yield found["name"]


def _is_name(name: str) -> bool:
    """Capitals alone, or one noun behind whose it is; nothing that is a place, or a word of every notice."""
    first, *rest = name.split()
    small = [word for word in rest if word[:1].islower()]
    if _NO_CAPITALS.fullmatch(first) or _NO_BARE_NAME.search(name) or _WHERE.search(first):
        return False
    return not small or (len(small) == 1 and rest[-1] == small[0] and _WHOSE.search(first) is not None)


def _in_capitals(name: str) -> bool:
    return all(word[:1].isupper() for word in name.split())


def _is_reached(text: str) -> bool:
    """Whether a sentence gives an id or an address beside the name, as one that presents somebody does."""
    return bool(marks.BUSINESS_ID.search(text)) or any(marks.addresses(text)) or any(marks.emails(text))
