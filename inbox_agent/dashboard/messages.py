"""What parts of the dashboard tell each other."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from state.model import CaseKey


class StoreChanged(Message):
    """Somebody wrote to the store, or a new day began: what is shown should be read again."""


@dataclass
class ProfileChanged(Message):
    """The agent works by another profile than this desk: the one that bears this mark."""

    mark: str


@dataclass
class CaseWanted(Message):
    """The person wants to see this case; `line` is what they said of it, to be confirmed there."""

    case: CaseKey
    line: str = ""


@dataclass
class NeighbourWanted(Message):
    """The person wants to see the case after this one in the list (`step` 1), or before it (-1), in its place."""

    case: CaseKey
    step: int
