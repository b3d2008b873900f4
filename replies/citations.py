"""Provisions of law: written out for a letter, and found again in a text that a person edited.

Owns the notation (`GDPR 17(3)(e)`, `1336/1997 2:10` for an Act's chapter and section, `1050/2018 34(1)(2)` for a
section's subsection and paragraph) and the formal citation in Finnish, Swedish and English. Refuses to say what a
provision means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

_NBSP = "\u00a0"  # keeps a section mark with its number

_GDPR = re.compile(r"GDPR (\d+)(?:\((\d+)\))?(?:\(([a-z])\))?")
_OF_ACT = re.compile(r"(?<=\d/\d{4}),\s(?=\d)")
_NUMBERED = re.compile(
    r"(?P<article>\d+(?:-\d+)?)(?P<paragraph>\(\d+\)(?:-\(\d+\))?)?(?P<point>\([a-z]\)(?:-\([a-z]\))?)?"
)
_RECITAL = re.compile(r"GDPR recital (\d+)")
_ACT = re.compile(
    r"(?P<number>\d+/\d{4}) (?:(?P<chapter>\d+):)?(?P<section>\d+)(?:\((?P<subsection>\d)\)\((?P<item>\d)\))?"
)


@dataclass(frozen=True, slots=True)
class _Act:
    """An Act's name in each language as a citation inflects it, and the stem that survives all inflections."""

    fi: str
    sv: str
    en: str
    fi_stem: str
    sv_stem: str
    en_stem: str


_ACTS = MappingProxyType(
    {
        "1336/1997": _Act(
            "kirjanpitolain",
            "bokföringslagen",
            "the Accounting Act",
            "kirjanpitolai",
            "bokföringslag",
            "Accounting Act",
        ),
        "1050/2018": _Act(
            "tietosuojalain",
            "dataskyddslagen",
            "the Data Protection Act",
            "tietosuojalai",
            "dataskyddslag",
            "Data Protection Act",
        ),
    }
)

_ARTICLE = MappingProxyType(
    {
        "fi": re.compile(r"\b(\d+)\s+artikla", re.IGNORECASE),
        "sv": re.compile(r"\bartikel\s+(\d+)", re.IGNORECASE),
        "en": re.compile(r"\bArticle\s+(\d+)", re.IGNORECASE),
    }
)


def cite(reference: str, language: str) -> str:
    """The formal citation, in Finnish in the nominative: letters put it in brackets.

    Raises ValueError for what is not in the notation and KeyError for an Act that is not in the table.
    """
    if match := _GDPR.fullmatch(reference):
        return _article(language, match[1], match[2], match[3])
    if match := _RECITAL.fullmatch(reference):
        return _recital(language, match[1])
    if match := _ACT.fullmatch(reference):
        return _section(language, match)
    raise ValueError(reference)


def short(source: str, language: str) -> str:
    """A list of provisions as a form or a screen names them, the regulation being understood: "12 artiklan 3 kohta".

    The notation is that of `cite`, further articles without "GDPR" and ranges too: "GDPR 12(3), 15(1)(a)-(h)". What is
    in another stays as it is.
    """
    found, ours = [], False
    for part in _OF_ACT.sub(" ", source).split(", "):
        ours = part.startswith("GDPR ") or (ours and _NUMBERED.fullmatch(part) is not None)
        found.append(_short(part.removeprefix("GDPR "), language) if ours else _other(part, language))
    return ", ".join(found)


def _short(part: str, language: str) -> str:
    if recital := re.fullmatch(r"recital (\d+)", part):
        return {"fi": "johdanto-osan {} kappale", "sv": "skäl {}", "en": "recital {}"}[language].format(recital[1])
    numbered = _NUMBERED.fullmatch(part)
    if numbered is None:
        return part
    article, paragraph, point = (_range(numbered[level]) for level in ("article", "paragraph", "point"))
    if language == "fi":
        return _finnish_article(article, paragraph, point)
    if language == "sv":
        return f"artikel {article}" + (f".{paragraph}" if paragraph else "") + (f" {point}" if point else "")
    several = "Articles" if "–" in article else "Article"
    levels = (f"({level.replace('–', ')–(')})" for level in (paragraph, point) if level)
    return f"{several} {article}{''.join(levels)}"


def _range(said: str | None) -> str:
    return re.sub(r"[()]", "", said).replace("-", "–") if said else ""


def _other(part: str, language: str) -> str:
    act = _ACT.fullmatch(part)
    return _section(language, act) if act and act["number"] in _ACTS else part


def provision(reference: str) -> str:
    """What of a reference is looked for in a text: the article without its paragraphs, the section with its Act."""
    match = _GDPR.fullmatch(reference)
    return f"GDPR {match[1]}" if match else reference.partition("(")[0]


def cited(text: str, language: str) -> frozenset[str]:
    """Every provision named in a text, in the form that `provision` gives."""
    return frozenset(mentions(text, language))


def mentions(text: str, language: str) -> tuple[str, ...]:
    """The same, each as often as the text names it."""
    articles = (f"GDPR {match[1]}" for match in _ARTICLE[language].finditer(text))
    sections = (
        f"{number} {match['chapter'] + ':' if match['chapter'] else ''}{match['section']}"
        for number, act in _ACTS.items()
        for match in re.finditer(_section_pattern(language, number, act), text, re.IGNORECASE)
    )
    return (*articles, *sections)


def _article(language: str, article: str, paragraph: str | None, point: str | None) -> str:
    if language == "fi":
        return "EU:n yleisen tietosuoja-asetuksen " + _finnish_article(article, paragraph, point)
    if language == "sv":
        number = article + (f".{paragraph}" if paragraph else "") + (f" {point}" if point else "")
        return f"artikel {number} i EU:s allmänna dataskyddsförordning"
    number = article + (f"({paragraph})" if paragraph else "") + (f"({point})" if point else "")
    return f"Article {number} of the EU General Data Protection Regulation"


def _finnish_article(article: str, paragraph: str | None, point: str | None) -> str:
    """Finnish inflects every level above the last one: "17 artiklan 3 kohdan e alakohta"."""
    if not paragraph:
        return f"{article} artikla"
    if not point:
        return f"{article} artiklan {paragraph} kohta"
    return f"{article} artiklan {paragraph} kohdan {point} alakohta"


def _recital(language: str, number: str) -> str:
    if language == "fi":
        return f"EU:n yleisen tietosuoja-asetuksen johdanto-osan {number} kappale"
    if language == "sv":
        return f"skäl {number} i EU:s allmänna dataskyddsförordning"
    return f"recital {number} of the EU General Data Protection Regulation"


def _section(language: str, reference: re.Match[str]) -> str:
    number, chapter, section = reference["number"], reference["chapter"], reference["section"]
    act, item = _ACTS[number], _item(language, reference["subsection"], reference["item"])
    if language == "fi":
        return f"{act.fi} ({number}) {f'{chapter} luvun ' if chapter else ''}{section}{_NBSP}§{item}"
    if language == "sv":
        return f"{f'{chapter} kap. ' if chapter else ''}{section}{_NBSP}§{item} i {act.sv} ({number})"
    return f"{f'chapter {chapter}, ' if chapter else ''}section {section}{item} of {act.en} ({number})"


def _item(language: str, subsection: str | None, item: str | None) -> str:
    """What follows a section's number where one paragraph of it is meant."""
    if not subsection:
        return ""
    said = {"fi": ":n {} momentin {} kohta", "sv": " {} mom. {} punkten", "en": "({})({})"}
    return said[language].format(subsection, item)


def _section_pattern(language: str, number: str, act: _Act) -> str:
    if language == "fi":
        return rf"{act.fi_stem}\w*\s+(?:\({number}\)\s+)?(?:(?P<chapter>\d+)\s+luvun\s+)?(?P<section>\d+)\s*§"
    if language == "sv":
        item = r"(?:\s+\d\s+mom\.\s+\d\s+punkten)?"
        return rf"(?:(?P<chapter>\d+)\s+kap\.\s+)?(?P<section>\d+)\s*§{item}\s+i\s+{act.sv_stem}"
    return rf"(?:chapter\s+(?P<chapter>\d+),\s+)?section\s+(?P<section>\d+)(?:\(\d\))*\s+of\s+the\s+{act.en_stem}"
