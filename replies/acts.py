"""The facts that an act stands on, such as what was erased: whether they name things, all of them, and done.

Owns the reading of `data/acts.toml`: one shape for every act. Refuses to know which things there are, which is
`replies.known`'s, and whether it was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from replies import fields, filters, known
from replies.data_files import one_of, table
from replies.fields import Field
from replies.lens import Lens

Code = Literal["nothing_done", "act_in_own_words"]
_BY_ACT = ("instead", "own", "apart")


@dataclass(frozen=True, slots=True)
class _Shape:
    """How one language words what is no thing done. `instead`, `own` and `apart` by act."""

    nothing: re.Pattern[str]
    part: re.Pattern[str]
    later: re.Pattern[str]
    excepted: re.Pattern[str]
    wished: re.Pattern[str]
    besides: re.Pattern[str]
    rest: re.Pattern[str]
    relative: re.Pattern[str]
    instead: Mapping[str, re.Pattern[str]]
    own: Mapping[str, re.Pattern[str]]
    apart: Mapping[str, re.Pattern[str]]


def places(read: Lens) -> Iterator[tuple[Code, tuple[int, int]]]:
    """Where the fact of an act names no thing that it was wholly done to, or leaves that for a person to answer."""
    shape = _shape(read.language)
    for field in fields.filled(read):
        act = _acts().get(field.name)
        code = _code(read, shape, act, _of_it(shape, act, field)) if act else None
        if code:
            yield from ((code, span) for span in read.shows(field.said))


def _of_it(shape: _Shape, act: str, field: Field) -> Field:
    """The field without what it says of something else."""
    return replace(field, said=shape.apart[act].sub("", field.said)) if act in shape.apart else field


def _code(read: Lens, shape: _Shape, act: str, field: Field) -> Code | None:
    which = shape.relative.split(field.said, maxsplit=1)[0]
    if (
        _nothing(shape, act, field)
        or shape.later.search(which)
        or (not field.of[1] and _in_part(read, shape, act, field.said))
    ):
        return "nothing_done"
    return None if known.plain(act, field.said, read.language, read.around.ours) else "act_in_own_words"


def _nothing(shape: _Shape, act: str, field: Field) -> bool:
    """Whether nothing was done, or something else: "closed and erased" is erased."""
    said = field.said
    instead = act in shape.instead and shape.instead[act].search(said)
    done = act in shape.own and shape.own[act].search(said)
    return bool((shape.nothing.search(said) and not shape.besides.search(said)) or (instead and not done))


def _in_part(read: Lens, shape: _Shape, act: str, said: str) -> bool:
    """Whether all is said to be done, and is done to some: whoever gives in part says why not the rest."""
    excepted = act == "erased" and shape.excepted.search(said) and not shape.wished.search(said)
    in_part = shape.part.search(said) and not _rest_done(read, shape, said)
    return bool(in_part or excepted)


def _rest_done(read: Lens, shape: _Shape, said: str) -> bool:
    """Whether the rest was done as well, on a day that has come."""
    rest = shape.rest.search(said)
    on = filters.read_day(rest["on"], read.language) if rest else None
    return on is not None and on <= read.context.today


@cache
def _acts() -> Mapping[str, str]:
    """Of which act a field is."""
    named: Mapping[str, list[str]] = table("acts.toml")["of"]
    return {field: act for act, names in named.items() for field in names}


@cache
def _shape(language: str) -> _Shape:
    given: Mapping[str, Any] = table("acts.toml")[language]
    words = {name: _one(said, language) for name, said in given.items() if name not in _BY_ACT}
    instead, own, apart = ({act: _one(said, language) for act, said in given[name].items()} for name in _BY_ACT)
    return _Shape(**words, instead=instead, own=own, apart=apart)


def _one(said: str | list[str], language: str) -> re.Pattern[str]:
    return re.compile(one_of(said).replace("{date}", filters.DATE_PATTERN[language]), re.IGNORECASE)
