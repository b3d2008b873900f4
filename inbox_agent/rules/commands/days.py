"""Days and times as people say them: "torstaina", "viikon päästä", "4. maaliskuuta klo 8", "i övermorgon".

Owns the reading of one mention into a day that may lie ahead or behind; which of both is meant, the intent knows.
Refuses to guess: "viime viikolla" is no day, and none is made of it. Days are plain dates in Helsinki.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from inbox_agent.rules.commands.feasts import feast
from inbox_agent.rules.commands.numbers import number

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
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
_SHORT_SURE = frozenset({"ma", "ti", "ke", "pe"})
_MONTHS = (
    ("tammikuu", "januari", "january"),
    ("helmikuu", "februari", "february"),
    ("maaliskuu", "mars", "march"),
    ("huhtikuu", "april"),
    ("toukokuu", "maj", "may"),
    ("kesakuu", "juni", "june"),
    ("heinakuu", "juli", "july"),
    ("elokuu", "augusti", "august"),
    ("syyskuu", "september"),
    ("lokakuu", "oktober", "october"),
    ("marraskuu", "november"),
    ("joulukuu", "december"),
)
_SHORT_MONTHS = {"feb": 2, "apr": 4, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12}
_NEAR = (
    (("ylihuom", "overmorgon"), 2),
    (("huomen", "huomis", "imorgon", "tomorrow"), 1),
    (("tanaan", "tanapaivana", "tanaaamuna", "idag", "imorse", "today", "thismorning"), 0),
    (("toissapaiv", "forrgar"), -2),
    (("eilen", "eilis", "eilei", "eile", "igar", "yesterday"), -1),
)
_NEXT = frozenset({"ensi", "ens", "tuleva", "tulevana", "seuraava", "seuraavana", "nasta", "next", "ensimmaisena"})
_LAST = frozenset({"viime", "viimeksi", "forra", "last", "menneena", "i"})
_THIS = frozenset({"tana", "taman", "tan", "talla", "tassa", "denna", "this", "nyt"})
_UNTIL_AFTER = frozenset({"asti", "saakka", "mennessa", "loppuun", "loppuunmennessa"})
_UNTIL_BEFORE = frozenset({"until", "till", "by", "ennen", "before", "innan", "senast", "viimeistaan", "tills"})
_FROM_AFTER = frozenset({"alkaen", "lahtien", "alkain"})
_FROM_BEFORE = frozenset({"from", "fran", "since", "sedan"})
_AHEAD = frozenset({"paasta", "kuluttua", "sisalla", "kulut", "paast", "sisaan", "perasta"})
_AGO = frozenset({"sitten", "ago", "sedan", "aiemmin"})
_PLAIN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_CLOCK = re.compile(r"([01]?\d|2[0-3])(?:[.:]([0-5]\d))?")
_HOURS = (
    "yhdelta",
    "kahdelta",
    "kolmelta",
    "neljalta",
    "viidelta",
    "kuudelta",
    "seitsemalta",
    "kahdeksalta",
    "yhdeksalta",
    "kymmenelta",
)
_SPOKEN_HOURS = {"seiskalta": 7, "seiskaks": 7, "kasilta": 8, "kasiks": 8, "ysilta": 9, "ysiks": 9, "kympilta": 10}
_ORDINALS = (
    ("ensimma", 1),
    ("toise", 2),
    ("toinen", 2),
    ("kolman", 3),
    ("kolmas", 3),
    ("viiden", 5),
    ("kymmenen", 10),
    ("viidentoista", 15),
)
_WITHIN = frozenset({"viikossa", "kuukaudessa", "viikkoon", "kuukauteen", "paivassa", "paivaan"})
TERMS = frozenset({"viikossa", "kuukaudessa"})
"""Words of a mention that may be a mere term: "ei pysty kuukaudessa" names no day."""
_OF_MONTH = frozenset({"paiva", "paivana", "paivaan", "pvna", "pva", "st", "nd", "rd", "th"})
_LONGEST = 400  # units: what is farther away is no date that a person plans with


@dataclass(frozen=True, slots=True)
class Mention:
    """A day that was said, over the words `start` up to `end`. `ahead`: read as still to come; `behind`: as past.

    `until` and `since`: said as an end or a beginning. `time` is HH:MM.
    """

    start: int
    end: int
    ahead: date
    behind: date
    time: str = ""
    until: bool = False
    since: bool = False
    month: bool = False  # a whole month, `ahead` and `behind` its first day

    def day(self, *, past: bool) -> date:
        return self.behind if past else self.ahead


Reader = Callable[[Sequence[str], int, date], Mention | None]


def mentions(forms: Sequence[str], today: date) -> tuple[Mention, ...]:
    """Every day said in these folded words, in order."""
    return tuple(_joined(list(_mentions(forms, today)), forms))


def _mentions(forms: Sequence[str], today: date) -> Iterator[Mention]:
    at = 0
    while at < len(forms):
        for reader in _READERS:
            try:
                found = reader(forms, at, today)
            except (ValueError, OverflowError):  # 31.2. is no day
                found = None
            if found:
                found = _bounded(found, forms)
                yield found
                at = found.end
                break
        else:
            at += 1


def _joined(found: list[Mention], forms: Sequence[str]) -> Iterator[Mention]:
    """Put a clock time to the day it stands near; a time without a day is left out."""
    times = [(at, time, end) for at, time, end in _times(forms) if not any(m.start <= at < m.end for m in found)]
    for order, mention in enumerate(found):
        if order == len(found) - 1 and times:
            yield replace(mention, time=times[0][1])
        else:
            yield mention


def _times(forms: Sequence[str]) -> Iterator[tuple[int, str, int]]:
    for at, form in enumerate(forms):
        following = forms[at + 1] if at + 1 < len(forms) else ""
        if form in {"klo", "kello", "kl", "klockan", "at", "klo."} and (clock := _CLOCK.fullmatch(following)):
            yield at, _clock(clock), at + 2
        elif form in {"kello", "klo", "klockan"} and 0 < (number(following) or 0) <= 12:
            yield at, f"{number(following):02}:00", at + 2
        elif (hour := _hour(form)) is not None:
            yield at, f"{hour:02}:00", at + 1
        elif ":" in form and (clock := _CLOCK.fullmatch(form)):
            yield at, _clock(clock), at + 1
        elif following in {"am", "pm"} and form.isdigit() and 1 <= int(form) <= 12:
            yield at, f"{int(form) % 12 + (12 if following == 'pm' else 0):02}:00", at + 2


def _hour(form: str) -> int | None:
    """As in "kahdeksalta", "aamukasilta"."""
    bare = form.removeprefix("aamu")
    return _HOURS.index(bare) + 1 if bare in _HOURS else _SPOKEN_HOURS.get(bare)


def _clock(match: re.Match[str]) -> str:
    return f"{int(match[1]):02}:{match[2] or '00'}"


def _bounded(mention: Mention, forms: Sequence[str]) -> Mention:
    """See whether the mention is said as an end or a beginning."""
    before = forms[mention.start - 1] if mention.start else ""
    after = forms[mention.end] if mention.end < len(forms) else ""
    last = forms[mention.end - 1]
    until = mention.until or after in _UNTIL_AFTER or before in _UNTIL_BEFORE or last.endswith("taihin")
    since = mention.since or after in _FROM_AFTER or before in _FROM_BEFORE or (after == "-" and not until)
    before_dash = before == "-" or (mention.start > 1 and before in {"och", "to"} and forms[mention.start - 2] == "")
    end = mention.end + 1 if after in _UNTIL_AFTER or after in _FROM_AFTER else mention.end
    return replace(mention, until=until or before_dash, since=since, end=end)


def _plain(forms: Sequence[str], at: int, today: date) -> Mention | None:
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
    near = [date(y, month, day) for y in range(today.year - 1, today.year + 2) if _exists(y, month, day)]
    ahead = [d for d in near if d >= today]
    behind = [d for d in near if d <= today]
    if not ahead or not behind:
        raise ValueError
    return Mention(start, end, min(ahead), max(behind))


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _in_words(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """4. maaliskuuta, 4 mars, March 4, maaliskuun 4."""
    here, nxt = forms[at].rstrip("."), forms[at + 1] if at + 1 < len(forms) else ""
    after = forms[at + 2] if at + 2 < len(forms) else ""
    if here.isdigit() and (month := _month(nxt)) and 1 <= int(here) <= 31:
        year = after if re.fullmatch(r"20\d\d", after) else None
        return _yearless((at, at + 2 + bool(year)), int(here), month, year, today)
    alone = at > 0 and forms[at - 1] == "den" and not _month(nxt)  # "den 12"
    if here.isdigit() and (nxt in _OF_MONTH or alone) and 1 <= int(here) <= 31:
        return _of_month(at, int(here), today, at + 1 + (nxt in _OF_MONTH))
    ordinal = next((day for stem, day in _ORDINALS if nxt.startswith(stem)), None)
    if (month := _month(forms[at])) and ordinal:
        return _yearless((at, at + 2), ordinal, month, None, today)
    figure = nxt.rstrip(".").removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd")
    if (month := _month(forms[at])) and figure.isdigit() and 1 <= int(figure) <= 31:
        return _yearless((at, at + 2), int(figure), month, None, today)
    return None


def _of_month(at: int, day: int, today: date, end: int) -> Mention:
    """The nearest month before and after that has this day."""
    months = [_moved(today.replace(day=1), "month", count) for count in range(-2, 3)]
    near = [month.replace(day=day) for month in months if _exists(month.year, month.month, day)]
    return Mention(at, end, min(d for d in near if d >= today), max(d for d in near if d <= today))


def _month(form: str) -> int | None:
    for index, stems in enumerate(_MONTHS, start=1):
        if any(form == stem or (len(stem) > 4 and form.startswith(stem)) for stem in stems):
            return index
    return _SHORT_MONTHS.get(form)


def _whole_month(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "elokuussa", "maaliskuun loppuun": the first day of the month, or its last where its end is meant."""
    month = _month(forms[at])
    if month is None:
        return None
    following = forms[at + 1] if at + 1 < len(forms) else ""
    year = int(following) if re.fullmatch(r"20\d\d", following) else None
    ahead = year or (today.year if month >= today.month else today.year + 1)
    behind = year or (today.year if month <= today.month else today.year - 1)
    if following.startswith("lop"):
        last = date(ahead, month, calendar.monthrange(ahead, month)[1])
        return Mention(at, at + 2, last, last, until=following in {"loppuun", "loppu"})
    return Mention(at, at + 1 + bool(year), date(ahead, month, 1), date(behind, month, 1), month=True)


def _near(forms: Sequence[str], at: int, today: date) -> Mention | None:
    two = f"{forms[at]}{forms[at + 1]}" if at + 1 < len(forms) and forms[at] in {"i", "tana", "this"} else ""
    for stems, days in _NEAR:
        for form, end in ((two, at + 2), (forms[at], at + 1)):
            if form and form.startswith(stems):
                if form.startswith(("paiv", "huomenta", "huomenia")):
                    continue  # "hyvää huomenta"
                day = today + days * _DAY
                return Mention(at, end, day, day)
    if forms[at] == "i" and forms[at + 1 : at + 2] == ["overmorgon"]:
        return Mention(at, at + 2, today + 2 * _DAY, today + 2 * _DAY)
    return None


def _weekday(forms: Sequence[str], at: int, today: date) -> Mention | None:
    index = _weekday_index(forms, at)
    if index is None:
        return None
    before = forms[at - 1] if at else ""
    two_before = forms[at - 2] if at > 1 else ""
    ahead = today + ((index - today.weekday() - 1) % 7 + 1) * _DAY
    behind = today - ((today.weekday() - index - 1) % 7 + 1) * _DAY
    start, end = at, at + 1
    monday = today - today.weekday() * _DAY
    if before.startswith("viiko") or before in {"vecka", "veckas", "week"}:
        start = at - 2 if at > 1 else at - 1
        if two_before in _NEXT:
            ahead = behind = monday + _WEEK + index * _DAY
        elif two_before in _LAST:
            ahead = behind = monday - _WEEK + index * _DAY
        elif two_before in _THIS:
            ahead = behind = monday + index * _DAY
    elif before in _LAST and before != "i":
        ahead = behind
        start = at - 1
    elif before in _NEXT:
        behind = ahead
        start = at - 1
    return Mention(max(start, 0), end, ahead, behind)


def _weekday_index(forms: Sequence[str], at: int) -> int | None:
    form = forms[at]
    for index, stems in enumerate(_WEEKDAYS):
        if form.startswith(stems):
            return index
    if form in _SHORT_WEEKDAYS:
        following = forms[at + 1] if at + 1 < len(forms) else ""
        before = forms[at - 1] if at else ""
        if (form in _SHORT_SURE and at) or following in {"klo", "asti", "mennessa"} or before in _NEXT | _LAST - {"i"}:
            return _SHORT_WEEKDAYS.index(form)
    return None


def _counted(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "kolmen päivän päästä", "viikon kuluttua", "två veckor", "in 3 days", "kaksi viikkoa sitten"."""
    count, unit_at = _count(forms, at)
    unit = _unit(forms[unit_at]) if unit_at < len(forms) else None
    if unit is None or not 0 < count <= _LONGEST:
        return None
    after = forms[unit_at + 1] if unit_at + 1 < len(forms) else ""
    before = forms[at - 1] if at else ""
    before = forms[at - 2] if before == "ett" and at > 1 else before
    if after in _AGO and (after != "sedan" or before == "for"):
        day = _moved(today, unit, -count)
        return Mention(at, unit_at + 2, day, day)
    if after in _AHEAD or before in {"in", "om", "within", "inom"} or forms[unit_at] in _WITHIN:
        day = _moved(today, unit, count)
        end = unit_at + 2 if after in _AHEAD else unit_at + 1
        return Mention(at, end, day, day)
    return None


def _count(forms: Sequence[str], at: int) -> tuple[int, int]:
    if _unit(forms[at]):
        return 1, at
    if forms[at] in {"a", "en", "ett", "yhden", "one"}:
        return 1, at + 1
    value = number(forms[at])
    return (value, at + 1) if value is not None else (0, len(forms))


def _unit(form: str) -> str | None:
    if form.startswith(("viiko", "viikk", "vecko", "vecka", "week")) or form in {"vk", "vko", "vkon", "vkoa"}:
        return "week"
    if form.startswith(("kuukau", "kuukaus", "manad", "month")) or form in {"kk", "kuun"}:
        return "month"
    if form.startswith(("paiva", "paivi", "dag", "day")) or form in {"pv", "pvn", "paivan"}:
        return "day"
    return None


def _moved(today: date, unit: str, count: int) -> date:
    if unit == "day":
        return today + count * _DAY
    if unit == "week":
        return today + count * _WEEK
    months = today.year * 12 + today.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _span(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """As in "ensi viikolla" is its Monday, "viikon loppuun" its Sunday, "kuun loppuun" the month's last day."""
    here = forms[at]
    following = forms[at + 1] if at + 1 < len(forms) else ""
    after = forms[at + 2] if at + 2 < len(forms) else ""
    monday = today - today.weekday() * _DAY
    week = following.startswith(("viiko", "vecka", "week", "viikko"))
    if here in _NEXT | {"ensi", "ens"} and week:
        if _weekday_index(forms, at + 2) is not None if at + 2 < len(forms) else False:
            return None
        if after.startswith("lop") or after == "viimeinen":
            day = monday + 13 * _DAY
            return Mention(at, at + 3, day, day, until=True)
        day = monday + _WEEK
        return Mention(at, at + 2, day, day)
    if (here.startswith("viikon") and following.startswith("loppu")) or here in {"viikonloppuna", "viikonloppuun"}:
        day = monday + 6 * _DAY
        return Mention(at, at + (2 if following.startswith("loppu") else 1), day, day, until=True)
    if here in {"kuun", "kuukauden"} and following.startswith("lop"):
        day = date(today.year, today.month, calendar.monthrange(today.year, today.month)[1])
        return Mention(at, at + 2, day, day, until=True)
    if here in {"vuoden", "utgangen", "slutet", "end"} and (year := _year(forms, at)):
        return Mention(at, year[1], date(year[0], 12, 31), date(year[0], 12, 31), until=True)
    if here in {"end", "slutet", "utgangen"} and (unit := _ended(forms, at)):
        return Mention(at, unit[0], unit[1](today), unit[1](today), until=True)
    if here == "vuoden" and following.startswith("lop"):
        day = date(today.year, 12, 31)
        return Mention(at, at + 2, day, day, until=True)
    if here in _NEXT and following.startswith(("kuu", "manad", "month")):
        day = date(today.year + today.month // 12, today.month % 12 + 1, 1)
        return Mention(at, at + 2, day, day)
    return None


def _ended(forms: Sequence[str], at: int) -> tuple[int, Callable[[date], date]] | None:
    """What ends ("end of the month", "slutet av veckan"): where that is said, and its last day."""
    ends: dict[str, Callable[[date], date]] = {
        "week": lambda today: today + (6 - today.weekday()) * _DAY,
        "month": lambda today: date(today.year, today.month, calendar.monthrange(today.year, today.month)[1]),
    }
    for near in range(at + 1, min(at + 4, len(forms))):
        if (unit := _unit(forms[near])) in ends:
            return near + 1, ends[unit]
        if month := _month(forms[near]):
            return near + 1, lambda today: _month_end(today, month)
        if forms[near] in {"year", "aret", "aaret"}:
            return near + 1, lambda today: date(today.year, 12, 31)
    return None


def _month_end(today: date, month: int) -> date:
    """The last day of the next such month."""
    year = today.year if month >= today.month else today.year + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _year(forms: Sequence[str], at: int) -> tuple[int, int] | None:
    """The year whose end is said ("vuoden 2032 loppuun", "utgången av 2033", "end of 2033"), and where that ends."""
    for near in (at + 1, at + 2):
        form = forms[near] if near < len(forms) else ""
        if re.fullmatch(r"20\d\d", form):
            ended = near + 1 < len(forms) and forms[near + 1].startswith("lop")
            if forms[at] != "vuoden" or ended:
                return int(form), near + 1 + ended
    return None


def _feast(forms: Sequence[str], at: int, today: date) -> Mention | None:
    """A feast said as an end or a beginning; else it is only spoken of."""
    around = {*forms[max(at - 2, 0) : at], *forms[at + 1 : at + 2]}
    bounds = _UNTIL_AFTER | _UNTIL_BEFORE | _FROM_AFTER | _FROM_BEFORE | {"jalkeen", "after", "efter"}
    found = feast(forms[at], today) if around & bounds else None
    return Mention(at, at + 1, *found) if found else None


_READERS: tuple[Reader, ...] = (_plain, _in_words, _whole_month, _span, _near, _weekday, _counted, _feast)
