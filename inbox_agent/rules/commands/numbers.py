"""Small numbers, in figures or words of three languages and their cases."""

from __future__ import annotations

_WORDS = (
    (1, ("yksi", "yhde", "yhta", "yks", "yhte", "en", "ett", "one")),
    (8, ("kahdeks", "atta", "eight")),
    (9, ("yhdeks", "nio", "nine")),
    (2, ("kaksi", "kaks", "kahde", "kahta", "kahte", "kahe", "tva", "two", "pari", "parin", "paria", "par", "couple")),
    (3, ("kolm", "tre", "three")),
    (4, ("nelja", "neli", "fyra", "four")),
    (5, ("viisi", "viide", "viit", "fem", "five", "viis")),
    (6, ("kuusi", "kuude", "kuutta", "sex", "six", "kuutt")),
    (7, ("seitsem", "seitte", "sju", "seven")),
    (12, ("dozen", "tusina", "dussin")),
    (10, ("tenner", "tian", "kymppi", "kympin", "kymmen", "tio", "ten")),
    (11, ("eleven", "elva", "yksitoista")),
    (13, ("thirteen", "tretton")),
    (14, ("fourteen",)),
    (15, ("fifteen", "femton", "viisitoista")),
    (40, ("fyrtio", "forty")),
    (50, ("femtio", "fifty")),
    (60, ("sextio", "sixty")),
    (70, ("sjuttio", "seventy")),
    (80, ("attio", "eighty")),
    (90, ("nittio", "ninety")),
    (100, ("sata", "satane", "satase", "hundra", "hundred")),
    (12, ("kaksitoista", "tolv", "twelve")),
    (20, ("parikympp", "kaksikympp", "kakskympp", "kaksikymment", "kakskyt", "tjugo", "twenty")),
    (30, ("kolmekymment", "kolkyt", "kolokyt", "trettio", "tretti", "thirty")),
    (14, ("neljatoista", "fjorton", "fourteen")),
)
_NICKNAMES = (
    (1, ("ykkonen", "ykkos", "ettan")),
    (2, ("kakkonen", "kakkos", "kakkosta", "tvaan")),
    (3, ("kolmonen", "kolmos", "trean")),
    (4, ("nelonen", "nelos", "fyran")),
    (5, ("vitonen", "vitos", "viitos", "femman")),
    (6, ("kutonen", "kutos", "kuutos", "sexan")),
    (7, ("seiska", "sjuan")),
    (8, ("kasi", "kasin", "kasia", "attan")),
    (9, ("ysi", "ysin", "ysia", "nian")),
)
_EXACT = 4  # letters: shorter words must be met whole


_TEN = 10
_JOINTS = (("toista", 1), ("kymmenta", _TEN), ("kymmenen", _TEN), ("kyt", _TEN), ("kymp", _TEN))


def number(form: str) -> int | None:
    """The number that a folded word says, else None."""
    if form.isascii() and form.isdigit():
        return int(form[:9])
    for joint, times in _JOINTS:
        head, joined, tail = form.partition(joint)
        one = number(head) if joined and head else None
        if one is not None and one < _TEN:
            return (
                _TEN + one
                if times == 1
                else times * one + (number(tail) or 0 if len(tail) >= _EXACT or tail == "yks" else 0)
            )
    found = [
        (len(stem), value)
        for value, stems in _WORDS
        for stem in stems
        if (form == stem if len(stem) < _EXACT else form.startswith(stem))
    ]
    length, value = max(found, default=(0, None))
    return value if value is None else value + _beyond(value, form[length:].lstrip("-"))


def _beyond(tens: int, rest: str) -> int:
    """As in "thirty-five", "trettiofem": what is said beyond the tens."""
    unit = number(rest) if tens in _TENS and rest else None
    return unit if unit is not None and unit < _TEN else 0


_TENS = range(20, 100, _TEN)


def nickname(form: str) -> int | None:
    """The number of a thing by its nickname ("kutonen"), which counts nothing."""
    found = [
        value
        for value, stems in _NICKNAMES
        for stem in stems
        if form == stem or (len(stem) > 4 and form.startswith(stem))
    ]
    return found[0] if found else None
