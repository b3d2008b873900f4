"""Acts by name: what can be done where the person is, each with its key, so that the key is learned on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.dom import DOMNode

from inbox_agent.dashboard import keys

_KEY = 9  # cells for a key


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done: its name, its key, and what the key does on which node."""

    name: str
    key: str
    action: str
    node: DOMNode

    @property
    def line(self) -> Content:
        return Content.assemble((f"{self.key:<{_KEY}}", "$text-primary"), self.name)


def here(screen: DOMNode, app: DOMNode) -> list[Act]:
    """The acts of a screen, then those of everywhere."""
    return [
        Act(binding.description, keys.shown(binding), binding.action, node)
        for node in (screen, app)
        for binding in keys.named(node)
    ]


def matching(acts: Iterable[Act], wanted: str) -> list[Act]:
    """Those whose name has every word of it, the ones that begin with it first."""
    said = wanted.casefold().split()
    found = [act for act in acts if all(word in act.name.casefold() for word in said)]
    return sorted(found, key=lambda act: not act.name.casefold().startswith(wanted.casefold()))
