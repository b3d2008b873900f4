"""Who decides anew about an automated decision: whether that is a human being who may change it (GDPR 22(3)).

Owns the reading of `data/reviewers.toml`. Refuses to know names, which the caller finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from replies.data_files import table


@dataclass(frozen=True, slots=True)
class _Words:
    human: re.Pattern[str]
    machine: re.Pattern[str]
    nobody: re.Pattern[str]
    powerless: re.Pattern[str]


def no_human(said: str, language: str, names: Iterable[str]) -> bool:
    """Whether words name nobody, a machine and no human being beside it, or one who may change nothing."""
    words = _words(language)
    if words.nobody.search(said) or words.powerless.search(said):
        return True
    # What ends as a machine is one, whoever it is called after ("henkilöstöjärjestelmä").
    named = words.human.search(words.machine.sub(" ", said)) is not None or any(name in said for name in names)
    return not named and words.machine.search(said) is not None


@cache
def _words(language: str) -> _Words:
    given: Mapping[str, str] = table("reviewers.toml")[language]
    return _Words(**{name: re.compile(pattern, re.IGNORECASE) for name, pattern in given.items()})
