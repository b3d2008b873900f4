"""Times of a day as people say them: "klo 8", "kahdeksalta", "kl. 14.30", "9 pm"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from inbox_agent.rules.commands.numbers import number

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
_DIALECT = {
    "yhelta": 1,
    "kahelta": 2,
    "seittemalta": 7,
    "seittamalta": 7,
    "kaheksalta": 8,
    "yheksalta": 9,
    "kymmeneltae": 10,
    "kuuelta": 6,
    "viielta": 5,
    "neljalt": 4,
    "kolmelt": 3,
    "kuudelt": 6,
}
_NOON = frozenset({"noon", "keskipaivalla", "puoliltapaivin", "middag"})
_MIDDAY = frozenset({("puolelta", "paivin"), ("puolilta", "paivin"), ("puolen", "paivan")})
_AFTERNOON = ("iltapaiv", "illalla", "illaks", "eftermiddag", "kvallen", "afternoon", "evening")
_EARLIEST = 7  # o'clock: an hour said before it in words is one of the afternoon
_NOON_HOUR = 12
_SPOKEN_HOURS = {"seiskalta": 7, "seiskaks": 7, "kasilta": 8, "kasiks": 8, "ysilta": 9, "ysiks": 9, "kympilta": 10}


_VERSION = "versio"  # also "versiosta", "version", "versionen"
_NUMBER_OF_A_VERSION = re.compile(r"\d+\.\d+")


def times(forms: Sequence[str]) -> Iterator[tuple[int, str, int]]:
    """Where a time begins, the time as HH:MM, and where it ends; "versio 3.14" is none, "versio klo 9" is one."""
    for begins, time, ends in _figures_of_time(forms):
        named = begins > 0 and forms[begins - 1].startswith(_VERSION)
        if not named or not _NUMBER_OF_A_VERSION.fullmatch(forms[begins]):
            yield begins, time, ends


def _figures_of_time(forms: Sequence[str]) -> Iterator[tuple[int, str, int]]:
    for at, form in enumerate(forms):
        following = forms[at + 1] if at + 1 < len(forms) else ""
        if noon := (form in _NOON) + 2 * ((form, following) in _MIDDAY):
            yield at, "12:00", at + noon
        elif form in {"klo", "kello", "kl", "klockan", "at", "klo."} and (clock := _CLOCK.fullmatch(following)):
            yield at, _of_figures(clock, forms[max(at - 1, 0) : at + 3]), at + 2
        elif form in {"half", "halv", "puoli", "puol"} and (half := _half(forms, at)):
            yield half
        elif form == "at" and 0 < (number(following) or 0) <= _NOON_HOUR:
            yield at, f"{_of_day(number(following) or 0, ()):02}:00", at + 2
        elif form in _HOUR_WORDS and (found := _in_words(forms, at)):
            yield found
        elif (hour := _hour(form)) is not None:
            yield at, f"{_of_day(hour, forms[max(at - 1, 0) : at + 2]):02}:00", at + 1
        elif (clock := _CLOCK.fullmatch(form)) and (":" in form or _no_date(form, following)):
            yield at, _clock(clock), at + 1
        elif following in _HALVES_OF_A_DAY and form.isdigit() and 1 <= int(form) <= 12:
            yield at, f"{int(form) % 12 + (12 if following.startswith('p') else 0):02}:00", at + 2


def _no_date(form: str, following: str) -> bool:
    """As in "16.30", which is no day of any month, and no price."""
    _, dot, minutes = form.partition(".")
    return bool(dot) and (int(minutes) > _MONTHS or minutes == "00") and not _PRICED.fullmatch(following)


_MONTHS = 12
_PRICED = re.compile(r"[€%].*|e|eur|euro\w*")


def ahead(forms: Sequence[str]) -> tuple[int, timedelta, int] | None:
    """As in "puolen tunnin päästä", "in two hours", "om en kvart": where it begins, how long, and where it ends."""
    for at, form in enumerate(forms):
        minutes = next((minutes for stems, minutes in _SHORT_UNITS if form.startswith(stems)), None)
        if minutes is None:
            continue
        start, count = _how_many(forms, at)
        led = forms[start - 1 : start] in (["in"], ["om"], ["within"], ["inom"])
        if led or forms[at + 1 : at + 2] in (["paasta"], ["kuluttua"], ["paast"], ["perasta"], ["piasta"]):
            return start - led, timedelta(minutes=round(minutes * count)), at + 1 + (not led)
    return None


def _how_many(forms: Sequence[str], at: int) -> tuple[int, float]:
    before = forms[at - 1] if at else ""
    if before in {"half", "puolen", "puolentoista"}:
        return at - 1, 1.5 if before == "puolentoista" else 0.5
    if before == "an" or (before == "a" and at > 1):
        halved = at > 1 and forms[at - 2] == "half"
        return (at - 2, 0.5) if halved else (at - 1, 1)
    count = number(before)
    return (at - 1, count) if count else (at, 1)


_SHORT_UNITS = (
    (("tunti", "tunni", "timm", "hour"), 60),
    (("halvtimme", "puoltunti"), 30),
    (("varti", "kvart", "quarter"), 15),
    (("minuut", "minut", "minute"), 1),
)


def alone(forms: Sequence[str]) -> str | None:
    """The first time that is said to be one ("kello neljä", "at four", "3 pm", "16.30"); "kahdelta" may be from two."""
    sure = (
        time
        for at, time, end in times(forms)
        if forms[at] in _HOUR_WORDS | _NOON | {"at"} or forms[end - 1] in _HALVES_OF_A_DAY or forms[at][0].isdigit()
    )
    return next(sure, None)


_HALVES_OF_A_DAY = frozenset({"am", "pm", "a.m", "p.m", "a.m.", "p.m."})


_HOUR_WORDS = frozenset({"kello", "klo", "klockan", "kl"})
_IS = frozenset({"on", "ar"})  # "kun kello on neljä"


def _in_words(forms: Sequence[str], at: int) -> tuple[int, str, int] | None:
    """As in "kello neljä", "klockan tre", "kun kello on kaksi"."""
    said = at + 2 if forms[at + 1 : at + 2] and forms[at + 1] in _IS else at + 1
    hour = number(forms[said]) if said < len(forms) else None
    if hour is None or not 0 < hour <= _NOON_HOUR:
        return None
    return at, f"{_of_day(hour, forms[max(at - 1, 0) : said + 2]):02}:00", said + 1


def _of_figures(clock: re.Match[str], around: Sequence[str]) -> str:
    """As in "klo 4", which is one of the afternoon; "klo 4.30" and "klo 04" are as they stand."""
    bare = not clock[2] and not clock[1].startswith("0")
    return f"{_of_day(int(clock[1]), around):02}:00" if bare and int(clock[1]) else _clock(clock)


def _half(forms: Sequence[str], at: int) -> tuple[int, str, int] | None:
    """As in "half past eight", and "puoli yhdeksältä", "halv nio", which are half an hour before."""
    past = forms[at + 1 : at + 2] == ["past"]
    said = at + 2 if past else at + 1
    form = forms[said] if said < len(forms) else ""
    hour = _hour(form) or number(form)
    if hour is None or not 0 < hour <= _NOON_HOUR or (forms[at] == "half") != past:
        return None
    hour = hour if past else hour - 1
    return at, f"{_of_day(hour, forms[max(at - 1, 0) : said + 1]):02}:30", said + 1


def _hour(form: str) -> int | None:
    """As in "kahdeksalta", "aamukasilta"."""
    bare = form.removeprefix("aamu")
    return _HOURS.index(bare) + 1 if bare in _HOURS else _SPOKEN_HOURS.get(bare) or _DIALECT.get(bare)


def _of_day(hour: int, around: Sequence[str]) -> int:
    """As in "kahdelta" is two in the afternoon, "kahdelta yöllä" at night."""
    late = any(form.startswith(_AFTERNOON) for form in around)
    early = any(form.startswith(("aamu", "yolla", "morgon", "morning")) for form in around)
    return hour + 12 if hour < 12 and (late or (hour < _EARLIEST and not early)) else hour


def _clock(match: re.Match[str]) -> str:
    return f"{int(match[1]):02}:{match[2] or '00'}"
