"""Labelled notices and how a reading is scored against them (tests/corpus_notices/LABELS.md).

`python -m tests.notice_corpus [-v]` prints the figures of the README; `-v` each miss.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inbox_agent.rules.notice.document import Document
from inbox_agent.rules.notice.facts import Facts, Name, Value
from inbox_agent.rules.notice.reader import facts, read

FOLDER = Path(__file__).parent / "corpus_notices"
SETS = ("develop", "apart")
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

    @property
    def document(self) -> Document:
        return read(self.source)


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


def main(arguments: Sequence[str]) -> None:
    for which in SETS:
        judged = wrong = invented = 0
        for notice in labelled(which):
            judged += len(Name) - len(notice.unjudged)
            for name, wanted, value in misses(notice, facts(notice.document)):
                wrong += 1
                invented += wanted is None
                if "-v" in arguments:
                    print(f"{which}/{notice.name}: {name}: wanted {wanted!r}, read {value!r}")
        print(f"{which}: fields {judged - wrong} of {judged} as labelled, {invented} invented")


if __name__ == "__main__":
    main(sys.argv[1:])
