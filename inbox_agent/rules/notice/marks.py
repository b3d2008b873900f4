"""What can be told by its shape: addresses, numbers, dates.

Owns the spellings in use, obfuscated ones too. Refuses templates' leftovers: `etunimi.sukunimi@yritys.fi` is nobody's
address. The supervisory authority's own contact details are not the controller's, so they are left out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_AT = r"(?:@|\s?[(\[{<]\s?(?:a|at|ät|@|miu|miukumauku)\s?[)\]}>]\s?|\s(?:at|ät|@|miukumauku)\s)"
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|piste|\.)\s?[)\]}]\s?|\s(?:piste|dot)\s)"
_EMAIL = re.compile(
    rf"(?<![\w.+-])([\w.+-]{{1,64}}?){_AT}((?:[\w-]{{1,63}}{_DOT}){{1,4}}[a-z]{{2,10}})(?![\w@])", re.IGNORECASE
)
_TEMPLATE_EMAIL = re.compile(
    r"^(?:etunimi|sukunimi|nimi|first\w*|firstname|esimerkki|example|sähköposti|email)\b|xxx", re.IGNORECASE
)
_AUTHORITY_EMAIL = re.compile(r"@(?:om\.fi|tietosuoja\.fi|oikeus\.fi)$")

BUSINESS_ID = re.compile(
    r"(?:(?<![\d-])|\bFI\s?)(?:(\d{6,7})\s?[-‑–−]\s?(\d)|(?<=FI)(\d{7})(\d)|(?<=FI\s)(\d{7})(\d))(?![\d-])"
)
"""The shape of a Finnish business id, right or wrong; as a VAT number it has `FI` before it and no hyphen."""

_PHONE = re.compile(r"(?<![\w/-])(\(?(?:\+|00)?\d{1,4}\)?(?:[ \u00a0-]{0,3}\(?\d{1,5}\)?){1,6})(?![\w/-]|\.\d)")
_OPEN_BRACKET = re.compile(r"\s*\(\d{0,5}$")
_PHONE_LABEL = re.compile(
    r"(?:puh(?:elin(?:numero)?)?|gsm|tel|tfn|matka(?:puhelin)?|vaihde|phone|soita|numero(?:ssa|on|sta)|\bp)\s?[.:/]?\s?(?:puh\.)?\s*$",
    re.IGNORECASE,
)
_AUTHORITY_PHONE = re.compile(r"0?29\s?56\s?6\s?\d|0?10\s?36\s?6")

_STREET = (
    r"(?P<street>[A-ZÅÄÖ][\w.:'’-]{2,40}(?:[ ](?:[A-ZÅÄÖ][\w-]{1,25}|[a-zåäö]{3,20}(?=\s\d))){0,2}"
    r"\s+\d{1,4}(?!\d)(?:\s?[-–]\s?\d{1,4}(?!\d))?"
    r"(?:\s?[a-zA-Z](?![\w]))?(?:\s?(?:as\.?\s?)?\d{1,3}(?!\d))?(?:\s?(?:krs|kerros)\.?)?)"
)
_ADDRESS = re.compile(
    rf"(?:{_STREET}|(?P<box>(?:PL|PB|P\.O\. ?Box|Postilokero)\s*\d{{1,5}}))"
    r"(?:\s*[,;/\n]?\s*\(?(?:Postinumero|Postiosoite)?:?\s*(?:FI-|FIN-)?(?P<code>\d{5})\b,?\s*(?:\n?\s*Postitoimipaikka:\s*)?"
    r"(?P<town>[A-ZÅÄÖ][A-Za-zÅÄÖåäö-]{2,25})?)"
)
# What says that an address follows: "Osoite: ", "Käyntiosoite Katu 1".
_LABELLED = re.compile(
    r"^(?:[^:]{2,20}:\s*|(?:\w*osoite|\w*adress|(?:postal |visiting |street )?address|toimipaikka|toimisto)\s+(?=\w))",
    re.IGNORECASE,
)
_AUTHORITY_PLACE = re.compile(r"Lintulahdenkuja|Ratapihantie 9|Albertinkatu 25|Fågelviksgränden|P[LB] ?(?:800|315)\b")

_DAY = re.compile(
    r"(?<![\d.])([0-3]?\d)\s?\.\s?([01]?\d)\s?\.\s?((?:19|20)\d\d)(?!\d)|(?<!\d)((?:19|20)\d\d)-([01]\d)-([0-3]\d)(?!\d)"
)
_MONTHS = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")
_WORDED = re.compile(
    rf"(?:(?<!\d)([0-3]?\d)\.?\s*)?\b({'|'.join(_MONTHS)})kuu(?:ta|n|ssa)?\s+((?:19|20)\d\d)\b", re.IGNORECASE
)
_MONTHS_EN = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ENGLISH = re.compile(
    rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?P<month>{'|'.join(_MONTHS_EN)})\s+(?P<year>(?:19|20)\d\d)\b"
    rf"|\b(?P<month_first>{'|'.join(_MONTHS_EN)})\s+(?P<day_last>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<year_last>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_MONTHS_SV = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_SWEDISH = re.compile(rf"(?:(?<!\d)([0-3]?\d)\s+)?\b({'|'.join(_MONTHS_SV)})\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_EN = re.compile(rf"\b({'|'.join(_MONTHS_EN)})\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_DAY_LAST = re.compile(
    rf"\b({'|'.join(_MONTHS)})kuun\s+([0-3]?\d)\.?\s*(?:p:?nä|päivänä|päivä|pnä)\s+((?:19|20)\d\d)\b", re.IGNORECASE
)
_MONTH = re.compile(r"(?<![\d./])([01]?\d)\s?[/.]\s?((?:19|20)\d\d)(?!\d)")


def emails(text: str) -> Iterator[tuple[str, int]]:
    """The addresses in a text, as one would type them, each with its place."""
    for found in _EMAIL.finditer(text):
        domain = re.sub(_DOT, ".", found[2], flags=re.IGNORECASE)
        address = f"{found[1]}@{domain}".lower().strip(".")
        if not _TEMPLATE_EMAIL.search(address) and not _AUTHORITY_EMAIL.search(address):
            yield address, found.start()


def phones(text: str) -> Iterator[tuple[str, int]]:
    """The telephone numbers in a text as printed. Other numbers (dates, postal codes, ids) are told apart by shape."""
    taken = [found.span() for pattern in (BUSINESS_ID, _DAY) for found in pattern.finditer(text)]
    for found in _PHONE.finditer(text):
        number = found[1].strip(" -\u00a0")
        number = _OPEN_BRACKET.sub("", number)  # what begins to be told of it: "(8,35 snt/puhelu)"
        within = (
            number[:1] == "(" and number.find(")") == len(number) - 1
        )  # brackets of the sentence, not of the number
        number = number.strip("()") if within or number.count("(") != number.count(")") else number
        digits = re.sub(r"\D", "", number)
        labelled = bool(_PHONE_LABEL.search(text, max(0, found.start() - 30), found.start()))
        if any(start < found.end() and found.start() < end for start, end in taken) or _AUTHORITY_PHONE.search(number):
            continue
        if 6 <= len(digits) <= 13 and (labelled or ((digits[0] == "0" or number[0] == "+") and len(digits) >= 7)):
            yield " ".join(number.split()), found.start()


def addresses(text: str) -> Iterator[tuple[str, int]]:
    """Postal addresses as `Katu 1 A 2, 00100 Helsinki`, whatever parts them in the text (lines, commas, labels)."""
    for found in _ADDRESS.finditer(text):
        place = " ".join((found["street"] or found["box"]).split())
        town = found["town"] or ""
        town = town.title() if town.isupper() else town
        place = _LABELLED.sub("", place)
        if not _AUTHORITY_PLACE.search(f"{place} {found['code']}"):
            yield f"{place}, {found['code']} {town}".strip(), found.start()


def dates(text: str) -> Iterator[tuple[str, int]]:
    """Dates in ISO form; a month without a day as `2024-11`."""
    for found in _DAY.finditer(text):
        day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        if iso := _iso(year, month, day):
            yield iso, found.start()
    for found in _WORDED.finditer(text):
        month = str(_MONTHS.index(found[2].lower()) + 1)
        if iso := _iso(found[3], month, found[1]):
            yield iso, found.start()
    for found in _DAY_LAST.finditer(text):
        month = str(_MONTHS.index(found[1].lower()) + 1)
        if iso := _iso(found[3], month, found[2]):
            yield iso, found.start()
    yield from _english_dates(text)
    yield from _swedish_dates(text)
    for found in _apart_from(_DAY, _MONTH, text):
        if iso := _iso(found[2], found[1], None):
            yield iso, found.start()


def _apart_from(whole: re.Pattern[str], part: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The months that are no part of a whole date."""
    taken = [found.span() for found in whole.finditer(text)]
    for found in part.finditer(text):
        if not any(start < found.end() and found.start() < end for start, end in taken):
            yield found


def _english_dates(text: str) -> Iterator[tuple[str, int]]:
    for found in _ENGLISH.finditer(text):
        named = (found["month"] or found["month_first"]).lower()
        year, day = found["year"] or found["year_last"], found["day"] or found["day_last"]
        if iso := _iso(year, str(_MONTHS_EN.index(named) + 1), day):
            yield iso, found.start()
    for found in _apart_from(_ENGLISH, _MONTH_EN, text):
        if iso := _iso(found[2], str(_MONTHS_EN.index(found[1].lower()) + 1), None):
            yield iso, found.start()


def _swedish_dates(text: str) -> Iterator[tuple[str, int]]:
    """Dates with a Swedish month; where it has the English spelling too, once."""
    for found in _SWEDISH.finditer(text):
        month = found[2].lower()
        if month not in _MONTHS_EN and (iso := _iso(found[3], str(_MONTHS_SV.index(month) + 1), found[1])):
            yield iso, found.start()


def _iso(year: str, month: str, day: str | None) -> str | None:
    try:
        whole = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat() if day else whole.isoformat()[:7]
