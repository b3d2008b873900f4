"""Tables of what a person might say, for tests that ask the same of each."""

from __future__ import annotations


def each(table: str) -> tuple[str, ...]:
    """What stands between the bars, on one line each; a dash stands for no words."""
    return tuple("" if said.strip() == "–" else " ".join(said.split()) for said in table.split("|"))
