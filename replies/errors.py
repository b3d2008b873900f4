"""What can go wrong when a letter is composed: facts only."""

from __future__ import annotations

from collections.abc import Sequence


class RepliesError(Exception):
    """Root of this package's errors."""


class NoTemplate(RepliesError):
    """The catalogue has no letter for these; a test proves that this cannot happen for lawful pairs."""

    def __init__(self, letter: str, language: str) -> None:
        super().__init__(f"no template for {letter} in {language}")
        self.letter = letter
        self.language = language


class MissingFacts(RepliesError):
    """The letter would say something that no fact supports; `names` are the facts still needed."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"missing facts: {', '.join(names)}")
        self.names = tuple(names)


class UnsafeSubject(RepliesError):
    """A case number that would break the subject line (a line break, NUL or another control character)."""

    def __init__(self, number: str) -> None:
        super().__init__(f"no subject line can hold {number!r}")
        self.number = number
