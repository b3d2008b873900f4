"""Spans of time as Finnish notices write them: in digits or words, in days, weeks, months or years."""

from __future__ import annotations

import re

# Stems of the numerals in the cases that occur: yhden, kahdessa, kolmen, viittä.
_WORDS = {
    "yhde": 1, "yksi": 1, "yhtä": 1, "kahde": 2, "kaksi": 2, "kahta": 2, "kolme": 3, "neljä": 4, "viide": 5, "viisi": 5,
    "viittä": 5, "kuude": 6, "kuusi": 6, "kuutta": 6, "seitsemä": 7, "kahdeksa": 8, "yhdeksä": 9, "kymmene": 10,
    "kahdentoista": 12, "kaksitoista": 12, "neljäntoista": 14, "neljätoista": 14, "viidentoista": 15, "viisitoista": 15,
    "kahdenkymmene": 20, "kaksikymmen": 20, "kolmenkymmene": 30, "kolmekymmen": 30, "kuudenkymmene": 60,
    "kuusikymmen": 60, "yhdeksänkymmen": 90, "yhdeksänkymmene": 90,
}  # fmt: skip
_NUMBER = (
    rf"(?P<number>\d{{1,3}}(?:\s?[-–]\s?\d{{1,3}})?|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})[a-zåäö]*)?"
)
_SPAN = re.compile(
    rf"\b{_NUMBER}\s*(?:\(\d+\)\s*)?\b(?:(?P<years>v\b|vuo(?:tta|den|dessa|si|deksi|teen))|(?P<months>kk\b|kuukau[a-zåäö]+|kuukaut[a-zåäö]*)"
    r"|(?P<weeks>viiko[a-zåäö]*|viikkoa|vk\b)|(?P<days>(?:arki|työ)?päiv[a-zåäö]+|pv\b|vrk\b|vuorokau[a-zåäö]+))",
    re.IGNORECASE,
)


def years(text: str) -> int | None:
    """The longest number of years that a text names; None where it names none."""
    found = [_value(match["number"]) for match in _SPAN.finditer(text) if match["years"] and match["number"]]
    return max(found, default=None)


def longest_days(text: str) -> int | None:
    """The longest span in days, a month counted as 31; an unnumbered month or week is one."""
    spans: list[int] = []
    for match in _SPAN.finditer(text):
        number = _value(match["number"]) if match["number"] else 1
        if match["months"]:
            spans.append(number * 31)
        elif match["weeks"]:
            spans.append(number * 7)
        elif match["days"] and match["number"]:
            spans.append(number)
    return max(spans, default=None)


def _value(number: str) -> int:
    digits = [int(part) for part in re.findall(r"\d+", number)]
    if digits:
        return max(digits)
    lower = number.lower()
    return _WORDS[max((stem for stem in _WORDS if lower.startswith(stem)), key=len)]
