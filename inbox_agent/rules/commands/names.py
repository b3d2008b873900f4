"""Names in their base form: "Korhoselle", "Matilta", "Lindströmin" -> Korhonen, Matti, Lindström.

Owns Finnish case endings of names and the gradation behind them. A name that stands in `names.toml` is surely one;
any other word is one only where its place says so, and keeps its letters where no rule is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from inbox_agent.rules.commands.inflection import weakened
from inbox_agent.rules.fold import fold
from inbox_agent.rules.lexicon_files import table

_LOCAL = ("lle", "lta", "lla", "sta", "ssa", "lt", "ll", "l")  # the later ones as they are spoken
_OTHER = ("een", "seen", "en", "in", "n", "ta", "a", "ksi", "s")
_STRONG = (
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("t", "d"),
    ("nk", "ng"),
    ("nt", "nn"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("p", "v"),
    ("k", ""),
)
_FOREIGN = (
    "man",
    "berg",
    "strom",
    "blom",
    "borg",
    "kvist",
    "quist",
    "stedt",
    "th",
    "lak",
    "qvist",
    "holm",
    "lund",
    "sson",
    "son",
    "gren",
    "dahl",
    "fors",
    "roos",
    "ov",
    "ev",
    "er",
    "as",
    "en",
)
_SHORTEST = 3


@cache
def known() -> dict[str, str]:
    """Folded base form -> the name as it is written."""
    tables = table("commands/names.toml")
    return {fold(name): name for part in ("first", "last") for name in str(tables.get(part, "")).split()}


def surely(text: str) -> str | None:
    """The base form of a word that is a known name in any case, else None."""
    form = fold(text)
    lower = text[:1].islower()
    found = (
        known().get(form)
        or (_of_the_nens(form) if not lower or form.endswith(("sen", "selle", "selta", "sella")) else None)
        or next((known()[base] for base in _bases(form, plain=lower) if base in known()), None)
    )
    return found if found and _dotted_alike(text, found) else None


_OF_NEN = ("selle", "selta", "sella", "sesta", "sessa", "seen", "sena", "sen", "sta", "set", "siin", "sia", "silla")


def _of_the_nens(form: str) -> str | None:
    """As in "Virtasta", "Virtasen": of Virtanen, since Virta would be "Virrasta", "Virran"."""
    bare = next((form.removesuffix(ending) for ending in _OF_NEN if form.endswith(ending)), "")
    return known().get(f"{bare}nen") if len(bare) >= _SHORTEST - 1 else None


def _dotted_alike(text: str, base: str) -> bool:
    """As in "lähti" is not Lahti; "mäkinen" may be written without its dots."""
    plain = fold(text)
    return not any(
        mark != bare and base[at : at + 1].lower() == bare
        for at, (mark, bare) in enumerate(zip(text.lower(), plain, strict=False))
    )


def base_form(text: str, *, genitive: bool = False) -> str:
    """The likeliest base form of a word that its place says is a name; `genitive` where the place says that too."""
    if sure := surely(text):
        return sure
    if text.endswith(("'s", "’s")):
        return base_form(text[:-2])
    if "-" in text and (last := surely(text.rpartition("-")[2])):
        return f"{text.rpartition('-')[0]}-{last}"  # "Hanna-Riikalle"
    form = fold(text)
    if any(text.lower().endswith(f"{head}n") for head in _HEADS):
        return _cased(_base_of_stem(text[:-1]))  # "Jylhärannan"
    if _OWNED.search(form):
        return _cased(_base_of_stem(text[:-1]))  # "Turkkilan", "Hakosen": no name of ours ends so
    if form.endswith("nen") and len(form) > _SHORTEST + 2:
        return _cased(text)  # "Ahvenainen": no name has an ending behind it
    for ending in (*_LOCAL[:5], *(("n",) if genitive else ())):
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST:
            return _cased(_base_of_stem(text[: len(text) - len(ending)]))
    return _cased(text)


def in_order(given: Sequence[str]) -> list[str]:
    """Two names as written with the family first and in the genitive ("Kinnusen Lempi"), given name first."""
    if len(given) == len(("family", "given")) and _GENITIVE.search(given[0]):
        family, first = (base_form(name, genitive=True) for name in given)
        told = fold(family) in family_names() or fold(first) in given_names()
        if told and fold(first) not in family_names() and fold(family) not in given_names():
            return [first, family]
    return list(given)


_GENITIVE = re.compile(r"[a-zåäö]n$")


@cache
def given_names() -> frozenset[str]:
    """Folded given names, in base form."""
    return frozenset(fold(str(table("commands/names.toml")["first"])).split())


@cache
def family_names() -> frozenset[str]:
    """Folded family names, in base form."""
    return frozenset(fold(str(table("commands/names.toml")["last"])).split())


def owned(text: str) -> str:
    """A name in a Swedish or English line: only an owner has an ending ("Hartwell's")."""
    return _cased(re.sub(r"['’]s$", "", text))


def uninflected(text: str) -> str:
    """A name before another, as it stands ("Aulis Kempille"), unless a known one is sure ("Korhosen Matti")."""
    sure = surely(text)
    return sure if sure and fold(text).endswith(("sen", "lle", "lta", "lla")) else _cased(text)


_OWNED = re.compile(r"...(?:la|[aiouy]se)n$")
_HEADS = {
    "järve": "järvi",
    "nieme": "niemi",
    "koske": "koski",
    "lahde": "lahti",
    "paade": "paasi",
    "vuore": "vuori",
    "saare": "saari",
    "lamme": "lampi",
    "mäe": "mäki",
    "joe": "joki",
    "kankaa": "kangas",
    "lehdo": "lehto",
    "ranna": "ranta",
    "rintee": "rinne",
    "salme": "salmi",
    "kaske": "kaski",
    "lehde": "lehti",
    "pello": "pelto",
    "luhda": "luhta",
    "kive": "kivi",
    "mutka": "mutka",
    "virra": "virta",
    "honga": "honka",
    "harju": "harju",
    "laakso": "laakso",
    "suo": "suo",
    "aho": "aho",
    "oja": "oja",
    "kallio": "kallio",
    "metsä": "metsä",
    "kangas": "kangas",
    "maa": "maa",
    "salo": "salo",
    "kari": "kari",
    "lampi": "lampi",
    "korve": "korpi",
    "turve": "turve",
    "hauda": "hauta",
    "kivilahde": "kivilahti",
    "lauta": "lauta",
    "taipalee": "taipale",
}
"""Later parts of surnames whose stem is not their base form."""


def _base_of_stem(stem: str) -> str:
    form = fold(stem)
    for head, base in _HEADS.items():
        if stem.lower().endswith(head):
            return stem[: len(stem) - len(head)] + base
    if form.endswith("se"):
        return stem[:-2] + "nen"
    if form.endswith("i") and form[:-1].endswith(_FOREIGN):
        return stem[:-1]
    return stem


def _cased(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bases(form: str, *, plain: bool) -> Iterator[str]:
    """Without a capital only the endings that ordinary words rarely share are believed."""
    for ending in (*_LOCAL[:5], "sen", "n") if plain else (*_LOCAL, *_OTHER):
        stem = form.removesuffix(ending)
        if stem != form and len(stem) >= _SHORTEST - 1:
            yield from _stem_bases(stem)


def _stem_bases(stem: str) -> Iterator[str]:
    yield stem
    if stem.endswith(("se", "s")):
        yield stem.removesuffix("e").removesuffix("s") + "nen"
    if stem.endswith("ee"):
        yield weakened(stem[:-1])  # "Rinteelle"
    if stem.endswith("e"):
        yield stem[:-1] + "i"
        yield stem[:-1]
    if stem.endswith("i"):
        yield stem[:-1]
    if stem.endswith("kse"):
        yield stem[:-3] + "s"
    for strong, weak in _STRONG:
        head, last = stem[:-1], stem[-1:]
        if head.endswith(weak) and len(head) >= _SHORTEST - 1:
            stronger = head[: len(head) - len(weak)] + strong
            yield stronger + last
            if last == "e":
                yield stronger + "i"
