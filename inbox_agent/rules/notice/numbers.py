"""Spans of time as notices write them: in digits or words, in days, weeks, months or years."""

from __future__ import annotations

import re

# Stems of the numerals in the cases that occur: yhden, kahdessa, kolmen, viittä.
_WORDS = {
    "yhde": 1, "yksi": 1, "yhtä": 1, "kahde": 2, "kaksi": 2, "kahta": 2, "kolme": 3, "neljä": 4, "viide": 5, "viisi": 5,
    "viittä": 5, "kuude": 6, "kuusi": 6, "kuutta": 6, "seitsemä": 7, "kahdeksa": 8, "yhdeksä": 9, "kymmene": 10,
    "kahdentoista": 12, "kaksitoista": 12, "neljäntoista": 14, "neljätoista": 14, "viidentoista": 15, "viisitoista": 15,
    "kahdenkymmene": 20, "kaksikymmen": 20, "kolmenkymmene": 30, "kolmekymmen": 30, "neljänkymmene": 40,
    "neljäkymmen": 40, "viidenkymmene": 50, "viisikymmen": 50, "kuudenkymmene": 60, "kuusikymmen": 60,
    "seitsemänkymmen": 70, "kahdeksankymmen": 80, "yhdeksänkymmen": 90, "sata": 100, "sada": 100, "satoja": 100,
}  # fmt: skip
_EXACT = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twelve": 12,
    "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100,
    "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "tio": 10, "tolv": 12,
    "fjorton": 14, "femton": 15, "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70,
    "åttio": 80, "nittio": 90, "hundra": 100,
}  # fmt: skip
_NUMBER = (
    rf"(?P<number>\d{{1,3}}(?:\s?[-–]\s?\d{{1,3}})?|(?:{'|'.join(_EXACT)})\b"
    rf"|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})[a-zåäö]*)?"
)
_SPAN = re.compile(
    rf"\b{_NUMBER}\s*(?:\(\d+\)\s*)?\b(?:(?P<years>v\b|vuo(?:tta|den|dessa|si|deksi|teen)|years?\b|år\b)"
    r"|(?P<months>kk\b|kuukau[a-zåäö]+|kuukaut[a-zåäö]*|months?\b|månad(?:en|er)?\b)"
    r"|(?P<weeks>viiko[a-zåäö]*|viikkoa|vk\b|weeks?\b|veck(?:a|an|or)\b)"
    r"|(?P<days>(?P<working>(?:(?:arki|työ)päiv|(?:working|business) day|(?:arbets|var)dag)[a-zåäö]*)"
    r"|päiv[a-zåäö]+|days?\b|dagar\b|dygn\b|pv\b|vrk\b|vuorokau[a-zåäö]+))",
    re.IGNORECASE,
)


def years(text: str) -> int | None:
    """The longest number of years that a text names; None where it names none."""
    found = [_value(match["number"]) for match in _SPAN.finditer(text) if match["years"] and match["number"]]
    return max(found, default=None)


def is_numbered(text: str) -> bool:
    """Whether a text names a span with its number."""
    return any(match["number"] for match in _SPAN.finditer(text))


def spans(text: str) -> list[tuple[int, bool]]:
    """Every span as days, and whether they are working days; a month is 31 days, an unnumbered month or week is one."""
    found: list[tuple[int, bool]] = []
    for match in _SPAN.finditer(text):
        number = _value(match["number"]) if match["number"] else 1
        if match["months"]:
            found.append((number * 31, False))
        elif match["weeks"]:
            found.append((number * 7, False))
        elif match["days"] and match["number"]:
            found.append((number, match["working"] is not None))
    return found


def _value(number: str) -> int:
    digits = [int(part) for part in re.findall(r"\d+", number)]
    if digits:
        return max(digits)
    lower = number.lower()
    if lower in _EXACT:
        return _EXACT[lower]
    return _WORDS[max((stem for stem in _WORDS if lower.startswith(stem)), key=len)]
