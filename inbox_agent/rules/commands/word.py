"""One word of a line."""

from __future__ import annotations

from dataclasses import dataclass, field

from inbox_agent.rules.commands.vocabulary import Tags


@dataclass(frozen=True, slots=True)
class Word:
    """One token: its place in the line, its text, its folded form, its kind and meanings. `phrases` cover it too."""

    start: int
    end: int
    text: str
    form: str
    kind: str
    tags: Tags
    phrases: Tags = field(default=frozenset())

    def means(self, tag: str) -> bool:
        return tag in self.tags
