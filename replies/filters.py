"""How facts look in a letter: dates, names, lists, and text that stays text.

Owns the small typography of Finnish, Swedish and English. Pure: knows neither the templates nor their engine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

_WEEKDAYS = MappingProxyType(
    {
        "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
        "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
        "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    }
)
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_AND = MappingProxyType({"fi": " ja ", "sv": " och ", "en": " and "})
_NUMERIC_DATE = r"\b\d{1,2}\.\d{1,2}\.\d{4}\b"
DATE_PATTERN = MappingProxyType(
    {"fi": _NUMERIC_DATE, "sv": _NUMERIC_DATE, "en": rf"\b\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}\b"}
)
"""A regular expression for a date as `day` writes it, by language."""

# What a privacy notice calls its reader in the third person, and how a letter says it to them: formally, familiarly.
_WHO = r"(?:rekisteröity|asiakas|henkilö|tilaaja|jäsen|työntekijä|hakija)"
_FROM_WHOM = r"(?:rekisteröidyltä|asiakkaalta|henkilöltä|tilaajalta|jäseneltä|työntekijältä|hakijalta)"
# Of another noun it is no reader ("the customer's employer", "the person who ordered"): only at the end of an item.
_READER_EN = r"(?:data subject|customer|person|member)"
_THEMSELVES = MappingProxyType(
    {
        "fi": {
            rf"\b{_WHO} itse\b": ("te itse", "sinä itse"),
            rf"\b{_FROM_WHOM} itseltään\b": ("teiltä itseltänne", "sinulta itseltäsi"),
        },
        "sv": {r"\b(?:den registrerade|kunden|personen|medlemmen) själv\b": ("du själv", "du själv")},
        "en": {
            rf"\bthe {_READER_EN}(?: (?:themsel\w+|him- or herself)\b|(?=\s*(?:[,;.:)]|and\b|or\b|$)))": ("you", "you")
        },
    }
)

_UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Co"})

_NAME_MOST = 60
_NAME = re.compile(r"(?:[^\W\d_]\.|[^\W\d_]+(?:[-'’][^\W\d_]+)*)(?: (?:[^\W\d_]\.|[^\W\d_]+(?:[-'’][^\W\d_]+)*)){0,5}")


def day(value: date, language: str) -> str:
    """A date without leading zeros: 5.4.2026; in English 5 April 2026."""
    if language == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.day}.{value.month}.{value.year}"


def read_day(text: str, language: str) -> date | None:
    """The date that `day` wrote so; None where there is no such day."""
    try:
        if language == "en":
            number, month, year = text.split()
            return date(int(year), _MONTHS.index(month.capitalize()) + 1, int(number))
        number, month, year = text.split(".")
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def names_day(text: str, value: date, language: str) -> bool:
    """Whether a text names this day as `day` writes it."""
    return re.search(rf"(?<!\d){re.escape(day(value, language))}(?!\d)", text) is not None


def promised_day(value: date, language: str) -> str:
    """A date that somebody is to count on, with its weekday in brief: su 5.4.2026."""
    return f"{_WEEKDAYS[language][value.weekday()]} {day(value, language)}"


def listed(items: Sequence[str], language: str) -> str:
    """`a, b ja c`."""
    return _AND[language].join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def named(text: str, language: str) -> str:
    """A fact that is a list of names parted by commas, as `listed`; one that has its last "and" already, as it is."""
    said = phrase(text)
    if _AND[language] in said or re.search(r"[();]", said):
        return said
    return listed([name.strip() for name in said.split(",") if name.strip()], language)


def plain(text: str) -> str:
    """Take control and formatting characters out of a text, save line breaks.

    No letter can hold NUL (the separator of what an approval binds), an escape sequence or a bidirectional override,
    whoever wrote it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in _UNPRINTED)


def printable(value: object) -> object:
    """What a template prints: texts made plain, other values as they are."""
    return plain(value) if isinstance(value, str) else value


def of_the_reader(text: str, language: str, form: str) -> str:
    """Where data comes from, as its reader is told: what a notice calls "rekisteröity itse" is "te itse" to them."""
    for pattern, said in _THEMSELVES[language].items():
        text = re.sub(pattern, said[form == "sina"], text, flags=re.IGNORECASE)
    return text


def phrase(text: str) -> str:
    """A fact inside a sentence: one line, its own lines joined by semicolons, without a final full stop."""
    lines = (" ".join(line.split()).strip(" -–•;") for line in text.splitlines())
    return "; ".join(filter(None, lines)).removesuffix(".")


def sentence(text: str) -> str:
    """A fact that is a sentence of its own: one line with its final stop."""
    said = phrase(text)
    return said if not said or said[-1] in "!?…" else f"{said}."


def capital(text: str) -> str:
    """What stands after a full stop: its first word with a capital letter, unless its own spelling is another (iPhone,
    an address).
    """
    begins = re.match(r"[\"'“”‘’«»(]*(?P<word>\S+)", text)
    if begins is None or not re.fullmatch(r"[^\W\d_A-ZÅÄÖ]+(?:[-'’][^\W\d_]+)*[.,;:!?]?", begins["word"]):
        return text
    at = begins.start("word")
    return text[:at] + text[at].upper() + text[at + 1 :]


def paragraphs(text: str) -> str:
    """A person's own words as they set them, without stray spaces and with single empty lines."""
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def one_line(text: str) -> str:
    """An address on one line, its own lines parted by commas."""
    return ", ".join(filter(None, (" ".join(line.split()).strip(" ,") for line in text.splitlines())))


def salutation_name(name: str) -> str:
    """The name to greet, or "" where what the mail gave is not plainly a person's name.

    The display name of a mail is the sender's free text: an address, a slogan or a link is not repeated in our
    letter. "Virtanen, Maija" is turned round.
    """
    said = unicodedata.normalize("NFC", name).strip().strip("\"'").strip()
    if len(said) > _NAME_MOST:
        return ""
    family, comma, given = said.partition(", ")
    if comma:
        said = f"{given} {family}"
    # The expression alone would take superscripts for letters.
    return said if _NAME.fullmatch(said) and all(sign.isalpha() or sign in " .-'’" for sign in said) else ""
