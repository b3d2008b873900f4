"""What stands over the columns of a table: which words only say what a column holds, and name nobody."""

from __future__ import annotations

from collections.abc import Sequence

from inbox_agent.rules.notice.wording import words

_HEADS = words("heads.of_columns")


def is_head(cell: str) -> bool:
    """Whether a cell says nothing but what stands below it: "Säilytysaika", "Who"."""
    return cell[:1].isupper() and _HEADS.fullmatch(cell) is not None


def are_heads(cells: Sequence[str]) -> bool:
    """Whether a row says what the columns hold: at least half of its cells do."""
    return sum(map(is_head, cells)) * 2 >= len(cells)
