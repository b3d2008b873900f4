"""What can be told by its shape: addresses, numbers, dates, names of organisations and of persons.

Owns the spellings in use, obfuscated ones too. Refuses templates' leftovers: `etunimi.sukunimi@yritys.fi` is nobody's
address. The supervisory authority's own contact details are not the controller's, so they are left out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice, takewhile

from inbox_agent.rules.notice.wording import words

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

_FORMS = (
    r"Tmi|T:mi|Oyj|OYJ|oyj|Oy|OY|oy|Ab|AB|Ky|KY|ky|Kb|KB|Ay|ay|Osk|osk|ry|r\.y\.|r\.y|rf|r\.f\.|sr|rs"
    r"|Ltd|LLC|Inc|GmbH|AG|BV|PLC|B\.V\.|AS|A/S|ApS|SARL|SE|Abp|Avoin yhtiö"
)
_FORM = re.compile(rf"(?<=[\w)&’'\"”.-])\s+(?P<form>{_FORMS})(?![\w])(?P<more>\s+(?:Ab|LKV)\b)?")
_LEADING = re.compile(
    r"\b(?P<name>(?:Tmi|T:mi|[Tt]oiminimi|Osuuskunta|Asunto Oy|As Oy|As\. Oy|Kiinteistö Oy|Bostads Ab)"
    r"(?:[ ]+[A-ZÅÄÖ&][\w&'’-]*){1,5})"
)
_PUBLIC = re.compile(
    r"\b(?P<name>(?:[A-ZÅÄÖ][\w-]+\s){1,3}(?:kaupunki|kunta|kuntayhtymä|seurakunta|seurakuntayhtymä|hyvinvointialue|yliopisto|koulutuskuntayhtymä"
    r"|pelastuslaitos|poliisilaitos|ammattikorkeakoulu|hovioikeus|käräjäoikeus|sairaanhoitopiiri|maakuntaliitto"
    r"|säätiö|yhdistys|osuuskunta|liitto|seura))\b"
)
_SIGNS = frozenset({"&", "+", "-", "–"})
_LINKS = frozenset({"ja", "och", "and"})
_PLACES = frozenset({"i"})  # between a name and its place, in Swedish: "Matlådan i Nykarleby Ab"
_JOINERS = _LINKS | _PLACES
_STOPS = frozenset({",", ";", "(", '"', "”", "„", ":", "|"})
_TOKEN = re.compile(r"[^\s,;()\"”„:|]+|[,;(\"”„:|]")
_RUNNING = re.compile(r"[a-zåäö]\s+\Z")
_POSTAL_CODE = re.compile(r"\d{5}")
_OWN_NAME = re.compile(rf"^(?:{_FORMS}|Posti|Kela|Verohallinto|Google|Meta|Facebook|Microsoft|Matkahuolto|Kanta)$")
_ENDED = re.compile(r"(?:Oyj?|Ab|AB|Ky|Ay|ry|rf)\.")
_FAR = 120
_LONGEST_NAME = 7
_SMALL_WORDS = 3
_MOST = 200
_NO_NAMES = words("marks.no_names")
_NO_CAPITALS = words("marks.no_capitals")

_TITLE = words("marks.titles")
_WORD = r"[A-ZÅÄÖÜÉ][a-zåäöüéóáš]{1,20}(?:-[A-ZÅÄÖ][a-zåäö]{1,20})?"
_PERSON = re.compile(rf"(?<![\w@.-])({_WORD}(?:[ ]+(?:von|af|de)\b)?(?:[ ]+{_WORD}){{1,3}})(?![\w@-])")
_NO_PERSON = words("marks.no_person")
_NO_SURNAME = words("marks.no_surname")
_WHERE = re.compile(r"(?:ssa|ssä|lla|llä|sta|stä|lta|ltä)$")


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
        number = number if number.count("(") == number.count(")") else number.strip("()")
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
        place = re.sub(r"^[^:]{2,20}:\s*", "", place)
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
    if not _DAY.search(text):
        for found in _MONTH.finditer(text):
            if iso := _iso(found[2], found[1], None):
                yield iso, found.start()


def _english_dates(text: str) -> Iterator[tuple[str, int]]:
    for found in _ENGLISH.finditer(text):
        named = (found["month"] or found["month_first"]).lower()
        year, day = found["year"] or found["year_last"], found["day"] or found["day_last"]
        if iso := _iso(year, str(_MONTHS_EN.index(named) + 1), day):
            yield iso, found.start()
    if not _ENGLISH.search(text):
        for found in _MONTH_EN.finditer(text):
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


def organisations(text: str) -> list[tuple[str, int]]:
    """The organisations that a text names by their legal form, in its order; case endings and quotes are left out."""
    unique = dict[str, int]()
    for name, start in sorted(_mentions(text), key=lambda one: one[1]):
        unique.setdefault(name, start)
    return list(unique.items())


@lru_cache(maxsize=1024)
def _mentions(text: str) -> tuple[tuple[str, int], ...]:
    """Every mention of an organisation with its place; of an endless list its beginning."""
    found = [(match["name"].strip(), match.start()) for match in islice(_LEADING.finditer(text), _MOST)]
    spans = [(start, start + len(name)) for name, start in found]
    for match in islice(_FORM.finditer(text), _MOST):
        begin = _name_start(text, match.start())
        if begin is not None and not _within(match.start(), spans):
            name = f"{text[begin : match.start()]} {match['form']}{match['more'] or ''}"
            found.append((" ".join(name.split()), begin))
            spans.append((begin, match.end()))
    for match in islice(_PUBLIC.finditer(text), _MOST):
        parts = match["name"].split()
        while parts and _NO_CAPITALS.fullmatch(parts[0]):
            parts.pop(0)
        if len(parts) > 1 and not _within(match.start("name"), spans):
            found.append((" ".join(parts), match.start("name")))
    return tuple(found)


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _name_start(text: str, end: int) -> int | None:
    """Where the name before a legal form begins: back over capitals, and over small words that end the name."""
    first = max(text.rfind("\n", max(0, end - _FAR), end) + 1, end - _FAR, 0)
    begin: int | None = None
    capital_seen = False
    later: list[int] = []
    tokens = list(reversed(list(_TOKEN.finditer(text, first, end))))
    for steps, word in enumerate(tokens):
        token = word[0]
        if _POSTAL_CODE.fullmatch(token) and len(later) > 1:
            return later[-2]  # the code and its town end the address of the one named before
        later.append(word.start())
        if token.endswith("toimisto") and token[0].isupper() and begin is not None:
            return word.start()  # a capital before the name: its own word, or what it is
        if steps > _LONGEST_NAME or _is_no_part(token):
            break
        if capital_seen and token in _JOINERS:
            if not _joins(token, tokens[steps + 1 :], steps):
                break
        elif token[0].isupper() or token[0].isdigit():
            begin = word.start()
            capital_seen = (
                capital_seen or not token[0].isdigit()
            )  # a number ends what small words follow: "osasto 9 ry"
        elif not _may_link(token, capital_seen, steps):
            break
    return begin


def _is_no_part(token: str) -> bool:
    """Whether a token ends a name on its way back; the form of another name with a stop ends its sentence."""
    return token in _STOPS or bool(
        _NO_NAMES.fullmatch(token) or _NO_CAPITALS.fullmatch(token) or _ENDED.fullmatch(token)
    )


def _joins(link: str, before: Sequence[re.Match[str]], after: int) -> bool:
    """Whether a link stands within one name: one word follows it before the form ("Rantanen ja Mielonen Ky"), and what
    stands before is no organisation by itself, nor one word that only begins its sentence.
    """
    if after != 1 or not before or not before[0][0][0].isupper() or _OWN_NAME.fullmatch(before[0][0]):
        return False
    run = list(takewhile(lambda word: word[0][0].isupper() and not _NO_CAPITALS.fullmatch(word[0]), before))
    return link in _PLACES or len(run) > 1 or len(run) < len(before)


def _may_link(token: str, capital_seen: bool, steps: int) -> bool:
    """Whether a small word may stand in a name: signs anywhere, other words only at its end ("Kuoron ystävät ry")."""
    if token in _SIGNS:
        return True
    return not capital_seen and (token in _LINKS or steps <= _SMALL_WORDS)


def persons(text: str) -> Iterator[tuple[str, int]]:
    """Names of persons: two to four words with capitals that are no title, street or organisation."""
    companies = [(start, start + len(name)) for name, start in _mentions(text)]
    for found in _PERSON.finditer(text):
        if any(start <= found.start() < end for start, end in companies):
            continue
        parts = found[1].split()
        start = found.start()
        while parts and (_TITLE.search(parts[0]) or _NO_CAPITALS.fullmatch(parts[0])):
            start += len(parts[0]) + 1
            parts.pop(0)
        if len(parts) > 2 and _WHERE.search(parts[-1]):
            parts.pop()
        name = " ".join(parts)
        follows = text[found.end() : found.end() + 4]
        if (
            len(parts) < 2
            or _NO_PERSON.match(name)
            or any(_NO_SURNAME.search(word) for word in parts)
            or re.match(r"\s\d", follows)
        ):
            continue
        yield name, start
