"""What may be said before the reader is identified: a closed list, for nobody can list what must not be.

Owns the reading of `data/harmless.toml`. Refuses to know what any other sentence means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cache
from typing import Literal, cast

from replies.data_files import table

_Where = Literal["any", "of_a_ban"]


def says_nothing(said: str, language: str, known: Set[str], *, of_a_ban: bool) -> bool:
    """Whether a sentence says nothing of its reader, however it is read: each of its words is one of the closed list,
    or a name or number of ours (`known`). `of_a_ban`: it stands in a letter that confirms a ban on marketing.
    """
    left = _listed(language, of_a_ban=of_a_ban).sub(" ", said)
    return all(word in known and not word.islower() for word in re.findall(r"\w+", left))


@cache
def _listed(language: str, *, of_a_ban: bool) -> re.Pattern[str]:
    listed = (*_data()["any"][language], *(_data()["of_a_ban"][language] if of_a_ban else ()))
    return re.compile(rf"\b(?:{'|'.join(sorted(listed, key=len, reverse=True))})\b", re.IGNORECASE)


@cache
def _data() -> Mapping[_Where, Mapping[str, list[str]]]:
    return cast("Mapping[_Where, Mapping[str, list[str]]]", table("harmless.toml"))
