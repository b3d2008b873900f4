"""Which words decided how a line was understood: those without which its intents are heard less clearly.

Owns the comparison. Refuses to weigh a rule of the grammar, which has no degrees.
"""

from __future__ import annotations

from collections.abc import Iterator

from inbox_agent.rules.commands.clues import clues
from inbox_agent.rules.commands.heard import Heard, Hearing
from inbox_agent.rules.commands.joints import pieces

_MOST = 3  # words a command
_TELLING = 0.08
"""How much quieter a command is without a word that tells something."""


def deciding(hearing: Hearing) -> tuple[str, ...]:
    """The words of a line that decided, in the order said."""
    found = [word for first, end in pieces(hearing) for word in _of_piece(hearing, first, end)]
    return tuple(hearing.line.words[at].text for at in sorted(found))


def _of_piece(hearing: Hearing, first: int, end: int) -> list[int]:
    intent, margin = hearing.of(first, end).intent, hearing.of(first, end).margin
    without = ((margin - one.by_intent[intent], at) for at, one in _each_left_out(hearing, *hearing.words(first, end)))
    return [at for told, at in sorted(without, reverse=True)[:_MOST] if told >= _TELLING]


def _each_left_out(hearing: Hearing, start: int, end: int) -> Iterator[tuple[int, Heard]]:
    for at in range(start, end):
        if hearing.line.words[at].kind != "mark":
            found = clues(hearing.line, ((start, at), (at + 1, end)), hearing.place)
            yield at, Heard(hearing.scores.margins(found))
