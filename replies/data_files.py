"""The files of this package's data as they are shipped, for a lawyer to review. Says nothing of what they mean."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


def table(name: str) -> dict[str, Any]:
    """One file of `replies/data`, read anew; `name` is its name there ("wording.toml")."""
    return tomllib.loads((resources.files("replies") / "data" / name).read_text(encoding="utf-8"))


def one_of(said: str | list[str]) -> str:
    """A pattern that is told in one piece or as a list of what may stand there."""
    return said if isinstance(said, str) else "|".join(said)


def whole(said: str) -> re.Pattern[str]:
    """What finds a pattern where it stands as words of its own, matched without regard to case."""
    return re.compile(rf"(?<![\w-])(?:{said})(?![\w-])", re.IGNORECASE)


def filled(pattern: str, words: Mapping[str, str]) -> str:
    """A pattern with the named words in it ("{near}"); counts such as {0,4} stay. Raises KeyError for another name."""
    return re.sub(r"\{([a-z_]+)\}", lambda found: words[found[1]], pattern)


@cache
def shared(language: str) -> Mapping[str, str]:
    """The words of `words.toml`, which several files speak with."""
    given: Mapping[str, str] = table("words.toml")[language]
    return given


def named(given: Mapping[str, str], language: str) -> Mapping[str, str]:
    """Named words, those that are shared first, each with those before it filled in."""
    words: dict[str, str] = {**shared(language)}
    for name, pattern in given.items():
        words[name] = filled(pattern, words)
    return words
