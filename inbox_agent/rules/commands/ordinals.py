"""Days and months by their ordinal: "viidestoista", "kolmantena", "den tredje", "the twenty-first".

Owns the words for 1 to 31 in the three languages, folded. Refuses to say whether a day is meant: that is `dates`'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FINNISH = {
    "yhde": 1,
    "kahde": 2,
    "kolma": 3,
    "nelja": 4,
    "viide": 5,
    "kuude": 6,
    "seitsema": 7,
    "kahdeksa": 8,
    "yhdeksa": 9,
    "kymmene": 10,
}
_STEM = "|".join(sorted(_FINNISH, key=len, reverse=True))
_ENDING = r"(?:s|nne\w*?|nte\w*?|tta)"
_TEENS = re.compile(rf"({_STEM}){_ENDING}(toista)?")
_TENS = re.compile(rf"(kahde|kolma){_ENDING}kymmene{_ENDING}(\w*)")
_FIRST = re.compile(r"(?:ensimmai\w*|eka\w{0,3})")
_SECOND = re.compile(r"(?:toinen|toise\w*|toka\w{0,3})")
_PARTITIVE = re.compile(rf"(?:({_STEM})tta(?:toista)?|ensimmaista|toista)")
_OTHERS = (
    "forsta andra tredje fjarde femte sjatte sjunde attonde nionde tionde elfte tolfte trettonde fjortonde femtonde "
    "sextonde sjuttonde artonde nittonde tjugonde tjugoforsta tjugoandra tjugotredje tjugofjarde tjugofemte "
    "tjugosjatte tjugosjunde tjugoattonde tjugonionde trettionde trettioforsta",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first",
)
_NAMED = {word: day for words in _OTHERS for day, word in enumerate(words.split(), start=1)}
_MONTHS = 12


def ordinal(forms: Sequence[str], at: int) -> tuple[int, int] | None:
    """The number that the ordinal at a word stands for, and where it ends: ("kahdeskymmenes", "viides") is one."""
    form = forms[at].rstrip(".") if at < len(forms) else ""
    if day := _NAMED.get(form):
        return day, at + 1
    if form in {"twenty", "thirty"} and (day := _NAMED.get(f"{form}-{forms[at + 1]}" if at + 1 < len(forms) else "")):
        return day, at + 2
    if tens := _TENS.fullmatch(form):
        day, one = _FINNISH[tens[1]] * 10, finnish(tens[2])
        if one or at + 1 >= len(forms):
            return day + (one or 0), at + 1
        one = finnish(forms[at + 1])
        return (day + one, at + 2) if one and one < _FINNISH["kymmene"] else (day, at + 1)
    single = finnish(form)
    return (single, at + 1) if single else None


def finnish(form: str) -> int | None:
    """A Finnish ordinal up to nineteen in any case: "kolmas", "kolmantena", "kolmannelletoista"."""
    if found := _TEENS.fullmatch(form):
        return _FINNISH[found[1]] + (10 if found[2] else 0)
    return 1 if _FIRST.fullmatch(form) else 2 if _SECOND.fullmatch(form) else None


def month_by_number(form: str) -> int | None:
    """The month behind a day as it is said: "kymmenes neljättä" is the tenth of April."""
    found = _PARTITIVE.fullmatch(form)
    month = finnish(form) if found and found[1] else {"ensimmaista": 1, "toista": 2}.get(form) if found else None
    return month if month and month <= _MONTHS else None
