"""The words by which a notice is read, from the reviewed list of `lexicon/notice_words.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias, cast

from inbox_agent.rules.lexicon_files import table

_Table: TypeAlias = Mapping[str, "list[str] | Mapping[str, list[str]]"]


def words(name: str) -> re.Pattern[str]:
    """The pattern of one list, named `module.list`."""
    module, _, key = name.partition(".")
    return _compiled(cast("list[str]", _lists()[module][key]))


def families(name: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a table of lists, named `module.table`, in its order."""
    module, _, key = name.partition(".")
    table = cast("Mapping[str, list[str]]", _lists()[module][key])
    return {family: _compiled(alternatives) for family, alternatives in table.items()}


def _compiled(alternatives: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


@cache
def _lists() -> Mapping[str, _Table]:
    return table("notice_words.toml")
