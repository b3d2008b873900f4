"""Single days: "4.3.", "4. maaliskuuta", "March 4", "huomenna", "ensi torstaina", "elokuussa".

Owns the names of days in three languages, folded. A date without a year lies nearest, ahead and behind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from inbox_agent.rules.commands.mention import Mention
from inbox_agent.rules.commands.ordinals import month_by_number, ordinal
from inbox_agent.rules.commands.units import DAY, WEEK, exists, last_of_month, month_named, moved

_WEEKDAYS = (
    ("maanantai", "mandag", "monday"),
    ("tiistai", "tisdag", "tuesday"),
    ("keskiviik", "onsdag", "wednesday"),
    ("torstai", "torsdag", "thursday"),
    ("perjantai", "fredag", "friday"),
    ("lauantai", "lordag", "saturday"),
    ("sunnuntai", "sondag", "sunday"),
)
_SHORT_WEEKDAYS = ("ma", "ti", "ke", "to", "pe", "la", "su")
_CUT_WEEKDAYS = {"mon": 0, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
_CUT_WEEKDAYS |= {"tis": 1, "ons": 2, "tors": 3, "fre": 4}
"""Days as they are typed in English and Swedish."""
_SHORT_SURE = frozenset({"ma", "ti", "ke", "pe"})
_REMINDED = ("muistut", "muista", "muistu")
_TOLD_OF = frozenset({"tuli", "puhelu", "soitti", "kavi", "annettu", "tehty", "poistettu", "viime", "saapui", "kirje"})
_PARTICIPLES = ("ttu", "tty", "tiin", "pois", "alas", "nut", "nyt")
_ENDING = frozenset({"", ",", "."})
_NEAR = (
    (("ylihuom", "overmorgon"), 2),
    (("huomen", "huomis", "huome", "imorgon", "tomorrow", "tommorow", "tomorow", "tommorrow", "tmrw", "tmw"), 1),
    (("tanaan", "tanaa", "tannaan", "tanapaivana", "tanaaamuna", "idag", "imorse", "today", "thismorning"), 0),
    (("toissapaiv", "forrgar"), -2),
    (("eilen", "eilis", "eilei", "eile", "igar", "yesterday", "yday"), -1),
)
NEXT = frozenset({"ensi", "ens", "tuleva", "tulevana", "seuraava", "seuraavana", "nasta", "next", "ensimmaisena"})
_LAST = frozenset({"viime", "viimeksi", "forra", "last", "menneena", "i"})
_THIS = frozenset({"tana", "taman", "tan", "talla", "tassa", "denna", "this", "nyt"})
_PLAIN = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MIDDLE = 15
_OF_MONTH = frozenset({"paiva", "paivana", "paivaan", "pvna", "pva", "st", "nd", "rd", "th"})


def plain(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "4.3.", "4.3.2026", "2026-03-04"."""
    if iso := _ISO.fullmatch(forms[at]):
        day = date(int(iso[1]), int(iso[2]), int(iso[3]))
        return Mention(at, at + 1, day, day)
    match = _PLAIN.fullmatch(forms[at])
    if not match:
        return None
    return _yearless((at, at + 1), int(match[1]), int(match[2]), match[3], today)


def _yearless(span: tuple[int, int], day: int, month: int, year: str | None, today: date) -> Mention:
    start, end = span
    if year:
        sure = date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
        return Mention(start, end, sure, sure)
    near = [date(y, month, day) for y in range(today.year - 1, today.year + 2) if exists(y, month, day)]
    ahead = [d for d in near if d >= today]
    behind = [d for d in near if d <= today]
    if not ahead or not behind:
        raise ValueError
    return Mention(start, end, min(ahead), max(behind))


def in_words(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """4. maaliskuuta, 4 mars, March 4, maaliskuun 4."""
    here, nxt = forms[at].rstrip("."), forms[at + 1] if at + 1 < len(forms) else ""
    named = _month_behind(forms, at + 1)
    if here.isdigit() and named and 1 <= int(here) <= 31:
        of_month, end = named
        year = forms[end] if end < len(forms) and re.fullmatch(r"20\d\d", forms[end]) else None
        return _yearless((at, end + bool(year)), int(here), of_month, year, today)
    alone = at > 0 and forms[at - 1] == "den" and not month_named(nxt)  # "den 12"
    if here.isdigit() and (nxt in _OF_MONTH or alone) and 1 <= int(here) <= 31:
        return _of_month(at, int(here), today, at + 1 + (nxt in _OF_MONTH))
    if worded := _by_ordinal(forms, at, today):
        return worded
    figure = nxt.rstrip(".").removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd")
    if (month := month_named(forms[at])) and figure.isdigit() and 1 <= int(figure) <= 31:
        return _yearless((at, at + 2), int(figure), month, None, today)
    return None


def _month_behind(forms: Sequence[str], at: int) -> tuple[int, int] | None:
    """The month behind a day, and where it ends: "4 maj", "3 rd of May"."""
    while at < len(forms) and forms[at] in _BEFORE_A_MONTH:
        at += 1
    month = month_named(forms[at]) if at < len(forms) else None
    return (month, at + 1) if month else None


_BEFORE_A_MONTH = frozenset({"of", "st", "nd", "rd", "th", "paiva", "paivana"})


def _by_ordinal(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "toukokuun viidentenätoista", "third of May", "kymmenes neljättä", "den femtonde", "viidestoista päivä"."""
    month, told = month_named(forms[at]), ordinal(forms, at + 1)
    if month and told:
        return _yearless((at, told[1]), told[0], month, None, today)
    told = ordinal(forms, at)
    if told is None or forms[at - 1 : at] == ["joka"]:
        return None  # "joka toinen päivä"
    day, end = told
    behind = forms[end] if end < len(forms) else ""
    if named := _month_behind(forms, end):
        return _yearless((at, named[1]), day, named[0], None, today)
    if by_number := month_by_number(behind):
        return _yearless((at, end + 1), day, by_number, None, today)
    before = forms[max(at - 2, 0) : at]
    led = before[-1:] == ["den"] or (before[-1:] == ["the"] and before[0] in _BEFORE_A_DAY)
    if (behind in _OF_MONTH or (led and behind in _BEHIND_A_DAY)) and day not in _ORDER:
        return _of_month(at, day, today, end + (behind in _OF_MONTH))
    return None


_ORDER = frozenset({1, 2})  # "by the first", "den andra": whatever was named so
_BEFORE_A_DAY = frozenset({"on", "by", "until", "till", "from", "before", "after", "for"})
_BEHIND_A_DAY = frozenset(
    {"", ".", ",", "!", "?", "om", "att", "klockan", "kl", "nar", "at", "about", "if", "to", "when", "by", "and", "och"}
)


def _of_month(at: int, day: int, today: date, end: int) -> Mention:
    """The nearest month before and after that has this day."""
    months = [moved(today.replace(day=1), "month", count) for count in range(-2, 3)]
    near = [month.replace(day=day) for month in months if exists(month.year, month.month, day)]
    return Mention(at, end, min(d for d in near if d >= today), max(d for d in near if d <= today))


def whole_month(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "elokuussa", "maaliskuun loppuun": the first day of the month, or its last where its end is meant."""
    month = month_named(forms[at])
    if month is None:
        return None
    following = forms[at + 1] if at + 1 < len(forms) else ""
    if following.startswith(("viimei", "viimes", "vika")):
        return None  # "syyskuun viimeisenä päivänä"
    year = int(following) if re.fullmatch(r"20\d\d", following) else None
    ahead = year or (today.year if month >= today.month else today.year + 1)
    behind = year or (today.year if month <= today.month else today.year - 1)
    if following.startswith(("alu", "puoliva")):
        middle = _MIDDLE if following.startswith("puoliva") else 1
        first = date(ahead, month, middle)
        return Mention(at, at + 2, first, date(behind, month, middle), until=following.endswith("vaaliin"))
    if following.startswith("lop"):
        last, before = (last_of_month(date(one, month, 1)) for one in (ahead, behind))
        before = before if year or before <= today else last_of_month(date(behind - 1, month, 1))
        return Mention(at, at + 2, last, before, until=following in {"loppuun", "loppu"})
    return Mention(at, at + 1 + bool(year), date(ahead, month, 1), date(behind, month, 1), month=True)


def near_day(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "huomenna", "i övermorgon", "this morning"."""
    two = f"{forms[at]}{forms[at + 1]}" if at + 1 < len(forms) and forms[at] in {"i", "tana", "this"} else ""
    for stems, days in _NEAR:
        for form, end in ((two, at + 2), (forms[at], at + 1)):
            if form and form.startswith(stems):
                if form.startswith(("paiv", "huomenta", "huomenia")):
                    continue  # "hyvää huomenta"
                day = today + days * DAY
                return Mention(at, end, day, day)
    if forms[at] == "day" and forms[at + 1 : at + 3] == ["after", "tomorrow"]:
        return Mention(at, at + 3, today + 2 * DAY, today + 2 * DAY)
    if forms[at] == "aamulla" and (at == 0 or not forms[at - 1].startswith(_OF_DAYS)):
        return Mention(at, at + 1, today + DAY, today)
    if forms[at] in {"tasta", "taman"} and "".join(forms[at + 1 : at + 2]).startswith(("paivasta", "paivan")):
        return Mention(at, at + 2, today, today)
    if forms[at] == "i" and forms[at + 1 : at + 2] == ["overmorgon"]:
        return Mention(at, at + 2, today + 2 * DAY, today + 2 * DAY)
    return None


_OF_DAYS = ("huom", "eile", "tana", "ylihuom", "viime", *(stems[0] for stems in _WEEKDAYS), "ma", "ti", "ke", "pe")


def weekday(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "torstaina", "ensi torstaina", "viime viikon torstaina"; a bare one is the next, or the last."""
    index = weekday_index(forms, at)
    if index is None:
        return None
    before = forms[at - 1] if at else ""
    two_before = forms[at - 2] if at > 1 else ""
    ahead = today + ((index - today.weekday() - 1) % 7 + 1) * DAY
    behind = today - ((today.weekday() - index - 1) % 7 + 1) * DAY
    start, end = at, at + 1
    monday = today - today.weekday() * DAY
    if before.startswith("viiko") or before in {"vecka", "veckas", "week"}:
        start = at - 2 if at > 1 else at - 1
        if two_before in NEXT:
            ahead = behind = monday + WEEK + index * DAY
        elif two_before in _LAST:
            ahead = behind = monday - WEEK + index * DAY
        elif two_before in _THIS:
            ahead = behind = monday + index * DAY
    elif (weeks := _week_behind(forms, at)) is not None:
        ahead = behind = monday + weeks * WEEK + index * DAY
        end = at + 3
    elif before in _LAST and before != "i":
        ahead = behind
        start = at - 1
    elif before in NEXT:
        behind = ahead
        start = at - 1
    return Mention(max(start, 0), end, ahead, behind)


def _week_behind(forms: Sequence[str], at: int) -> int | None:
    """As in "tisdag nästa vecka", "torstaina ensi viikolla", "Friday last week": how many weeks from this one."""
    which, week = (forms[i] if i < len(forms) else "" for i in (at + 1, at + 2))
    if not week.startswith(("viiko", "vecka", "week")):
        return None
    return next((count for words, count in ((NEXT, 1), (_LAST, -1), (_THIS, 0)) if which in words), None)


def weekday_index(forms: Sequence[str], at: int) -> int | None:
    """The number of a weekday named there, Monday 0."""
    form = forms[at]
    for index, stems in enumerate(_WEEKDAYS):
        if form.startswith(stems):
            return index
    if form in _CUT_WEEKDAYS:
        return _CUT_WEEKDAYS[form]
    if form in _SHORT_WEEKDAYS:
        following = forms[at + 1] if at + 1 < len(forms) else ""
        before = forms[at - 1] if at else ""
        past = before in _TOLD_OF or before.endswith(_PARTICIPLES)
        told = past and following in {"", ",", ".", "eiku", "eikun"}
        if (
            told
            or (form in _SHORT_SURE and at)
            or following in {"klo", "asti", "mennessa"}
            or before.startswith(_REMINDED)
            or (following in _ENDING and any(near.startswith(_REMINDED) for near in forms[max(at - 3, 0) : at]))
            or before in NEXT | _LAST - {"i"}
        ):
            return _SHORT_WEEKDAYS.index(form)
    return None
