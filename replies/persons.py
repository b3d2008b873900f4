"""Who in a text is pointed at without their whole name: by a title or an initial, or as whose they are to the reader.

Owns the reading of `data/persons.toml`. Refuses to know whole names, which the caller finds, and to judge: the linter
says what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from replies import naming, strangers
from replies.data_files import filled, named, table
from replies.lens import Lens

_A_PLACE = r"\s+(?:toimip|toimist|myymäl|kaupun|konttor|kunna|klinik|asema|liikke|kaupa|kontor|butik|office|shop|store)"


@dataclass(frozen=True, slots=True)
class _Ways:
    titled: re.Pattern[str]
    initial: re.Pattern[str]
    tells: re.Pattern[str]
    unless: re.Pattern[str]
    ours: re.Pattern[str]
    lot: str
    role: str
    source: tuple[re.Pattern[str], ...]
    close: re.Pattern[str]


def pointed_at(read: Lens, said: str) -> bool:
    """Whether words point at another person by half a name, or tell that somebody of the reader's told us something or
    is somebody with us. Who speaks for another may be told of that one.
    """
    sentence = " ".join(said.split())
    ways = _ways(read.language)
    told = not read.context.represented and not ways.unless.search(sentence)
    source = told and any(way.search(sentence) for way in ways.source)
    return source or any(True for _ in _titled(read, sentence))


def without_ours(read: Lens, said: str) -> str:
    """Words without the names that they tell to be of our own people: "tietosuojavastaavamme on Liisa Esimerkki"."""
    return _ways(read.language).ours.sub(" ", said)


def given_away(read: Lens, said: str) -> bool:
    """Whether words that protect somebody tell whom: by any name at all, or as whose they are to the reader."""
    sentence = " ".join(said.split())
    bare = (name for name in _others(read, read.around.half_names) if _named_in(sentence, name))
    return bool(_ways(read.language).close.search(sentence)) or pointed_at(read, said) or any(bare)


def blamed(read: Lens, said: str) -> bool:
    """Whether words that give a cause point at somebody, or tell by a first name alone whose doing or lot it was. A
    name without a deed may be a firm's: "Elisan verkko".
    """
    sentence, ways = " ".join(said.split()), _ways(read.language)
    names = (re.escape(name) for name in _others(read, read.around.half_names))
    tellings = (rf"(?<!\w){name}(?!\w) (?:\S+ ){{0,2}}?{ways.lot}|\b{ways.role} {name}(?!\w)" for name in names)
    return pointed_at(read, said) or any(re.search(telling, sentence) for telling in tellings)


def _titled(read: Lens, sentence: str) -> Iterator[str]:
    """Names behind a title or an initial, save of our own people. "Liite B. Sopimus" is none: it tells nothing, nor is
    it a common name.
    """
    ways = _ways(read.language)
    sentence = without_ours(read, sentence)
    yield from _others(read, (match["name"] for match in ways.titled.finditer(sentence)))
    named = (match["name"] for match in ways.initial.finditer(sentence))
    yield from _others(read, (one for one in named if one in read.around.half_names or ways.tells.search(sentence)))


def _others(read: Lens, names: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    """Those of the names that are neither the reader's nor ours."""
    ours = set(re.findall(r"\w+", f"{strangers.our_whereabouts(read)} {read.context.signature}".casefold()))
    reader = [re.compile(naming.stem(word), re.IGNORECASE) for word in read.context.recipient_name.split()]
    for name in names:
        if name.casefold() not in ours and not any(one.fullmatch(name) for one in reader):
            yield name


def _named_in(sentence: str, name: str) -> bool:
    """Whether a name stands there as a person's: a town's office is nobody."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)(?!{_A_PLACE})", sentence) is not None


@cache
def _ways(language: str) -> _Ways:
    given = cast("Mapping[str, Mapping[str, str | list[str]]]", table("persons.toml"))[language]
    words = named({name: cast("str", given[name]) for name in ("close", "near", "tells", "does")}, language)
    return _Ways(
        titled=re.compile(cast("str", given["titled"])),
        initial=re.compile(cast("str", given["initial"])),
        tells=re.compile(rf"\b{words['tells']}\b", re.IGNORECASE),
        unless=re.compile(filled(cast("str", given["unless"]), words), re.IGNORECASE),
        ours=re.compile(cast("str", given["ours"])),
        lot=cast("str", given["lot"]),
        role=cast("str", given["role"]),
        source=tuple(re.compile(filled(one, words), re.IGNORECASE) for one in given["source"]),
        close=re.compile(rf"\b{words['close']}\b", re.IGNORECASE),
    )
