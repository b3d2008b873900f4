"""Finding Finnish personal identity codes (henkilötunnus) in running text, so that they can be masked.

Owns the code's form (Government Decree 690/2022 amending 128/2010): DDMMYY, a century sign, three digits and a check
character. Refuses to read anything out of a code: a person is never looked up, dated or sexed by it.

A code with a right check character is found however it is spaced. A near miss is found too, because a mistyped code
still points at its bearer, unless it rather looks like a phone or order number (our choice).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_DASHES = "\\-+\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0b\uff0d"
_CENTURIES = "A-FU-Ya-fu-y"

_SHAPE = re.compile(
    r"(?P<day>[0-9](?<![0-9][0-9])[0-9])[ .]?(?P<month>[0-9]{2})[ .]?(?P<year>[0-9]{2})"
    rf"(?P<sign>\s{{0,2}}(?:[{_DASHES}]{{1,2}}|[{_CENTURIES}])\s{{0,2}}|[^\w\n]|[\s_]?)"
    r"(?P<number>[0-9]\s?[0-9]\s?[0-9])\s?(?P<check>[0-9A-Za-z])(?![0-9])"
)
# Forms that no register writes and people do: each figure apart, the year in four figures (as in Sweden), no check
# character where the number is called a personal identity code.
_UNUSUAL = re.compile(
    rf"(?<![0-9])(?<![0-9] )(?:[0-9] ){{5}}[0-9] ?[{_DASHES}{_CENTURIES}] ?(?:[0-9] ){{2}}[0-9] ?[0-9A-Za-z](?![0-9])"
    rf"|(?<![0-9])(?:(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])[0-3][0-9]|[0-3][0-9](?:0[1-9]|1[0-2])(?:19|20)[0-9]{{2}})"
    rf"[{_DASHES}][0-9]{{3}}(?:[A-Za-z](?![^\W\d_])|[0-9](?![0-9]))"
    rf"|(?<![0-9])[0-3][0-9](?:0[1-9]|1[0-2])[0-9]{{2}}[{_DASHES}][0-9]{{3}}(?![0-9A-Za-z])"
)
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # full-width forms, one letter each
_WIDE_SIGN = re.compile("[\uff01-\uff5e]")
_SIX_FIGURES = re.compile(r"[0-9](?:[ .]?[0-9]){5}")  # with which every code begins; most texts hold none
_SIGN = re.compile(f"[{_DASHES}{_CENTURIES}]")
_DASH = re.compile(f"[{_DASHES}]")
_NOT_DIGIT = re.compile(r"[^0-9]")
_NAMED = re.compile(r"hetu|henkil|sotu|tunnus|personb|personn|identity|\bssn\b|\bid\b", re.IGNORECASE)
_OTHER_NUMBER = re.compile(
    r"puh|tel|gsm|phone|mobil|tila|order|best|lasku|invoice|faktura|viite|ref|asiakas|kund|customer|tuote|artik|"
    r"sarja|serial|product|varaus|lähetys|seuranta|iban|tili|konto|account",
    re.IGNORECASE,
)
_PHONE = re.compile(r"0(?:[45]0|41)")  # mobile prefixes that could also be days and months
_CONTEXT = 30  # characters before the number in which its name is looked for


def find_identity_codes(text: str) -> list[tuple[int, int]]:
    """The spans [start, end) of personal identity codes and their near misses, in order, not overlapping."""
    if _WIDE_SIGN.search(text):
        text = text.translate(_WIDE)
    if not _SIX_FIGURES.search(text):
        return []
    spans = list(_ordinary(text))
    unusual = (match.span() for match in _UNUSUAL.finditer(text) if _is_unusual(match, text))
    taken = [span for span in unusual if not any(span[0] < end and start < span[1] for start, end in spans)]
    return sorted([*spans, *taken])


def _ordinary(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    while match := _SHAPE.search(text, position):
        found = _is_code(match, text)
        if found:
            yield match.span()
        # A rejected reading must not swallow a code that begins inside it.
        position = match.end() if found else match.start() + 1


def _is_unusual(match: re.Match[str], text: str) -> bool:
    return match[0][-1].isalpha() or bool(_NAMED.search(_line_before(match, text)))


def _line_before(match: re.Match[str], text: str) -> str:
    """What stands before a number on its line, where its name would be."""
    return text[max(match.start() - _CONTEXT, 0) : match.start()].rpartition("\n")[2]


def _is_code(match: re.Match[str], text: str) -> bool:
    if not (1 <= int(match["day"]) <= 31 and 1 <= int(match["month"]) <= 12):
        return False
    signed = bool(_SIGN.search(match["sign"]))
    check = match["check"].upper()
    if _CHECK_CHARACTERS[_nine_digits(match) % 31] == check:
        return signed or check.isalpha() or bool(_NAMED.search(_line_before(match, text)))
    return signed and _is_near_miss(match, text)


def _nine_digits(match: re.Match[str]) -> int:
    return int(match["day"] + match["month"] + match["year"] + _NOT_DIGIT.sub("", match["number"]))


def _is_near_miss(match: re.Match[str], text: str) -> bool:
    """A code with a wrong check character: called one, or written as one word and not called anything else."""
    start, end = match.span()
    before = _line_before(match, text)
    if _NAMED.search(before):
        return True
    if text[end : end + 1].isalnum() or before[-1:].isalpha():
        return False
    compact = end - start == len("DDMMYY-NNNC")
    if match["check"].isalpha():
        return compact or bool(_DASH.search(match["sign"]))
    return compact and not _PHONE.match(match[0]) and not _OTHER_NUMBER.search(before)
