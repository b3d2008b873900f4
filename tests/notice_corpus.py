"""Labelled notices and how a reading is scored against them (tests/corpus_notices/LABELS.md).

`python -m tests.notice_corpus [-v] [SET...]` prints the figures of docs/measured.md; `-v` each miss.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from inbox_agent.rules.notice.document import Document
from inbox_agent.rules.notice.facts import Facts, Name, Value
from inbox_agent.rules.notice.linter import lint
from inbox_agent.rules.notice.reader import facts, read

FOLDER = Path(__file__).parent / "corpus_notices"
SETS = (
    "develop",
    "apart",
    "further",
    "later",
    "last",
    "latest",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "shapes",
    "nineteenth",
    "twentieth",
    "twentyfirst",
    "twentysecond",
    "twentythird",
    "twentyfourth",
    "twentyfifth",
    "twentysixth",
    "twentyseventh",
    "twentyeighth",
    "twentyninth",
    "thirtieth",
    "thirtyfirst",
    "thirtysecond",
)
MEASURED = frozenset({"apart"})
"""Sets of which some fields are still misread: counted, and no test demands each of them."""
_CLAUSES = frozenset(
    {Name.PURPOSES, Name.SOURCES, Name.RETENTION, Name.RESPONSE_TIME, Name.FEE_CLAUSE, Name.IDENTITY_CLAUSE}
    | {Name.DPO, Name.ADDRESS}
)
_FALSE_IS_NULL = frozenset({Name.JOINT_CONTROLLERS, Name.SIGNATURE_REQUIRED, Name.COMPLAINT_BODY_PRESENT})


@dataclass(frozen=True)
class Labelled:
    """A notice with what a careful reader finds in it."""

    name: str
    source: str
    fields: dict[str, Any]
    unjudged: frozenset[str]
    must: frozenset[str]
    may: frozenset[str]

    @property
    def document(self) -> Document:
        return _read(self.source)[0]

    @property
    def facts(self) -> Facts:
        return _read(self.source)[1]


@cache
def _read(source: str) -> tuple[Document, Facts]:
    """A notice is read once, however much is asked of the reading."""
    document = read(source)
    return document, facts(document)


def labelled(which: str) -> list[Labelled]:
    labels = tomllib.loads((FOLDER / which / "labels.toml").read_text(encoding="utf-8"))
    return [_labelled(which, name, label) for name, label in labels.items()]


def _labelled(which: str, name: str, label: dict[str, Any]) -> Labelled:
    [path] = (FOLDER / which).glob(f"{name}.*")
    return Labelled(
        name=name,
        source=path.read_text(encoding="utf-8"),
        fields=label["fields"],
        unjudged=frozenset(label.get("unjudged", {}).get("fields", ())),
        must=frozenset(label["findings"].get("must", ())),
        may=frozenset(label["findings"].get("may", ())),
    )


def misses(notice: Labelled, found: Facts) -> Iterator[tuple[Name, Any, Value]]:
    """The judged fields that were not read as labelled: which, what was wanted, what was read."""
    for name in Name:
        wanted, value = notice.fields.get(name), found[name].value
        if name not in notice.unjudged and not _agrees(name, wanted, value):
            yield name, wanted, value


def _agrees(name: Name, wanted: Any, value: Value) -> bool:
    if name in _FALSE_IS_NULL:
        return bool(wanted) == bool(value)
    if wanted is None or value is None:
        return wanted is None and value is None
    if name is Name.RECIPIENTS and isinstance(value, tuple):
        return all(any(word.lower() in item.lower() for item in value) for word in wanted)
    if isinstance(value, tuple):
        return {item.lower() for item in wanted} == {item.lower() for item in value}
    return str(wanted).lower() in str(value).lower() if name in _CLAUSES else wanted == value


def codes(notice: Labelled) -> frozenset[str]:
    """What the linter finds in a notice."""
    return frozenset(finding.code for finding in lint(notice.document, notice.facts))


def main(arguments: Sequence[str]) -> None:
    asked = [which for which in arguments if which in SETS]
    for which in asked or SETS:
        notices = labelled(which)
        judged = sum(len(Name) - len(notice.unjudged) for notice in notices)
        wrong = [(notice.name, *miss) for notice in notices for miss in misses(notice, notice.facts)]
        missed = [(notice.name, code) for notice in notices for code in sorted(notice.must - codes(notice))]
        false = [(notice.name, code) for notice in notices for code in sorted(codes(notice) - notice.must - notice.may)]
        owed = sum(len(notice.must) for notice in notices)
        print(
            f"{which}: fields {judged - len(wrong)} of {judged} as labelled, "
            f"{sum(miss[2] is None for miss in wrong)} of the wrong ones invented; "
            f"findings {owed - len(missed)} of {owed}, {len(false)} false alarms"
        )
        if "-v" in arguments:
            print(*wrong, *(("missed", *miss) for miss in missed), *(("false", *alarm) for alarm in false), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
