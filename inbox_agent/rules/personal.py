"""What in a text may point at a person: names, addresses, numbers, codes, links. Found, so that it can be left out.

Owns the finding, generously: a word too many costs a phrase its colour, a name too few costs a person their secrecy.
It is no proof of anonymity; whoever keeps or gives out what is left reads it first. Nothing is concluded from a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from inbox_agent.rules.addresses import ADDRESS
from inbox_agent.rules.fold import fold
from inbox_agent.rules.identity_codes import find_identity_codes
from inbox_agent.rules.lexicon_files import table


class What(StrEnum):
    """What was found."""

    CODE = "code"  # a personal identity code
    MAIL = "mail"  # an e-mail address
    LINK = "link"
    STREET = "street"  # with number, and with postal code and town where they follow
    NUMBER = "number"  # phone, customer, order, account, date: every number but a short one that stands alone
    NAME = "name"  # one name or several in a row


@dataclass(frozen=True, slots=True)
class Found:
    """Where it stands: [start, end)."""

    start: int
    end: int
    what: What


_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+|\b[\w-]{2,63}(?:\.[\w-]{2,63}){0,3}\.(?:fi|com|net|org|se|eu|ax|io|example)\b"
)
_TOWN = r"(?:\s*,?\s*(?:FI-)?[0-9]{5}\s+[^\W\d_]+)?"
_STREET = re.compile(
    r"\b[^\W\d_]{2,40}(?:tie|katu|kuja|polku|tori|kaari|raitti|väylä|penger|ranta|katan|gatan|vägen|gränden|stigen)"
    rf"\s+[0-9]{{1,4}}(?:\s*[a-zA-Z]\b)?(?:\s*[0-9]{{1,3}}\b)?{_TOWN}"
    rf"|\b(?:FI-)?[0-9]{{5}}\s+[A-ZÅÄÖ][^\W\d_]+",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![^\W_])[+(]?(?:[^\W\d_]{1,6}-)?[^\W_]{0,12}[0-9][^\W_]{0,30}"
    r"(?:[ \u00a0]?[-–/.:()]?[ \u00a0]?[0-9][^\W_]{0,30}){0,12}"
)
_SHORT = re.compile(r"[0-9]{1,2}")
_WORD = re.compile(r"[^\W\d_]+(?:['’´`-][^\W\d_]+)*")
_CAPITAL = r"([A-ZÅÄÖ][^\W\d_]+(?:-[A-ZÅÄÖ][^\W\d_]+)*)"
_PAIR = re.compile(rf"(?<![\w-])(?={_CAPITAL}[ \u00a0\n]{_CAPITAL}(?![\w-]))")
_BEGINS = re.compile(r"(?:^|[.!?:;…>\n*•-])[\s\"'”»(]*\Z")
_CLOSING = re.compile(
    r"(?:^|(?<=\s))(?:t|terv|yt|mvh|br)(?:\.|,|(?=[ \t]*$))"
    r"|^[ \t]*(?:terveis\w*|ystäväll\w*(?: terveis\w*)?|kunnioit\w*|med vänlig\w*(?: hälsning\w*)?|vänlig\w*"
    r"|hälsning\w*|(?:best |kind )?regards|yours \w+|sincerely|nimi|namn|name)\b",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNED = 4  # lines from a closing on in which every word may be a name, as long as they are short
_SIGNED_WORDS = 4
_TWO = 2
_LOOK_BACK = 8  # characters before a word in which a sentence's end would stand
# Capital letters that are no name: politeness, the law, and what English and Swedish always write so.
_NO_NAME = frozenset({
    "i", "gdpr", "eu", "ei", "te", "teidan", "teilla", "teille", "teilta", "teista", "teita", "teihin", "sina", "sinun",
    "hei", "moi", "moikka", "terve", "hej", "hello", "hi", "dear", "hyva", "ps", "ok", "it", "ni", "er", "ert", "era",
    "you", "oy", "oyj", "ab", "ky", "hetil", "tsv", "api", "pdf", "csv", "sms", "tv", "suomi", "suomen", "finland",
    "stop", "lopeta", "im", "ive", "ill", "id",
})  # fmt: skip
_ENDINGS = ("n", "a", "lle", "lla", "lta", "ssa", "sta", "han", "s", "kin", "an", "in", "en", "ia", "ta")


def personal(text: str, names: Collection[str]) -> tuple[Found, ...]:
    """Everything found, in order, not overlapping. `names`: whatever the mail says of who wrote it and to whom."""
    covered, taken = bytearray(len(text)), []
    for found in (*_marked(text), *_names(text, _parts(names))):
        if not any(covered[found.start : found.end]):
            covered[found.start : found.end] = b"x" * (found.end - found.start)
            taken.append(found)
    return tuple(_together(text, sorted(taken, key=lambda one: one.start)))


def whole_names(text: str) -> tuple[str, ...]:
    """The whole names of people that a text bears, in any case of Finnish, each once: a common given name before
    another name, or a common family name beside one. Two names of which neither is common are not found.
    """
    return tuple(dict.fromkeys(f"{match[1]} {match[2]}" for match in _PAIR.finditer(text) if _is_whole(match)))


def half_names(text: str) -> tuple[str, ...]:
    """The single words of a text that are common given or family names, in any case of Finnish, each once."""
    common = frozenset().union(*_common())
    words = (match[0] for match in _WORD.finditer(text) if match[0][0].isupper())
    return tuple(dict.fromkeys(word for word in words if _is_common(fold(word), common)))


def _is_common(form: str, common: Collection[str]) -> bool:
    """Whether a word is one of these names, its doubled consonant weakened or not: Pirkko, Pirkon."""
    doubled = re.sub(r"(?<![kpt])([kpt])(?=[aeiouyäö](?:n|lle|lla|lta|ssa|sta)$)", r"\1\1", form)
    return form not in _NO_NAME and (_of(form, common) or _of(doubled, common))


def _is_whole(pair: re.Match[str]) -> bool:
    first, last = fold(pair[1]), fold(pair[2])
    if {first, last} & _NO_NAME:
        return False
    given, family = _common()
    begins = _BEGINS.search(pair.string, max(0, pair.start() - _LOOK_BACK), pair.start())
    surname_first = _of(first, family) and _of(last, given)
    return _of(first, given) or surname_first or (_of(last, family) and not begins)


def _marked(text: str) -> Iterator[Found]:
    """What is known by its form, the longest forms first."""
    for pattern, what in ((ADDRESS, What.MAIL), (_LINK, What.LINK)):
        for match in pattern.finditer(text):
            yield Found(match.start(), match.start() + len(match[0].rstrip(".,;:!?)")), what)
    yield from (Found(start, end, What.CODE) for start, end in find_identity_codes(text))
    yield from (Found(*match.span(), What.STREET) for match in _STREET.finditer(text))
    yield from (Found(*match.span(), What.NUMBER) for match in _NUMBER.finditer(text) if not _SHORT.fullmatch(match[0]))


def _parts(names: Iterable[str]) -> frozenset[str]:
    """The single names of whole ones, folded; two letters are none."""
    return frozenset(part for name in names for part in re.split(r"[\W\d_]+", fold(name)) if len(part) > _TWO)


def _names(text: str, known: frozenset[str]) -> Iterator[Found]:
    shouted, signed = _is_shouted(text), _signed(text)
    for match in _WORD.finditer(text):
        form = fold(match[0])
        if form in _NO_NAME or len(form) < _TWO:
            continue
        named = form in known or signed[match.start()]
        if named or (match[0][0].isupper() and _is_name(match, form, text, known, shouted=shouted)):
            yield Found(*match.span(), What.NAME)


def _is_name(word: re.Match[str], form: str, text: str, known: frozenset[str], *, shouted: bool) -> bool:
    """Whether a word with a capital letter is a name: where no sentence begins it is, else if it is a known one."""
    if _of(form, known) or any(_of(form, usual) for usual in _common()):
        return True
    return not shouted and not _BEGINS.search(text, max(0, word.start() - _LOOK_BACK), word.start())


def _of(form: str, names: Collection[str]) -> bool:
    """Whether a word is one of these names, or one with an ending: Aino, Ainolle; Virtanen, Virtasen."""
    if form in names or any(form.endswith(end) and form[: -len(end)] in names for end in _ENDINGS):
        return True
    stem, _, _ending = form.rpartition("se")
    return bool(stem) and f"{stem}nen" in names


def _is_shouted(text: str) -> bool:
    """Whether capital letters tell nothing, because most letters are."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) * 2 > len(letters)


def _signed(text: str) -> bytearray:
    """A mark for each character that stands in a signature: after a closing, as long as the lines are short."""
    marks, reached = bytearray(len(text) + 1), 0
    for match in _CLOSING.finditer(text):
        end = match.end()
        for _ in range(_SIGNED if end >= reached else 0):
            line_end = text.find("\n", end) + 1 or len(text)
            if end == line_end or len(text[end:line_end].split()) > _SIGNED_WORDS:
                break
            end = line_end
        marks[match.end() : end] = b"x" * (end - match.end())
        reached = max(reached, end)
    return marks


@cache
def _common() -> tuple[frozenset[str], frozenset[str]]:
    """Given names and family names that are common, folded."""
    names = table("names.toml")
    return frozenset(names["given"].split()), frozenset(names["family"].split())


def _together(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Names in a row are one."""
    last: Found | None = None
    for one in found:
        if last and last.what is one.what is What.NAME and not text[last.end : one.start].strip(" \u00a0"):
            last = Found(last.start, one.end, What.NAME)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last
