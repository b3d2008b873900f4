"""What is told of several answers at once: one day of them all, and what stays beside what was erased.

Owns what no clause tells of its own answer alone. Refuses to give a day to what is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from inbox_agent.rules.commands.clauses import Clause
from inbox_agent.rules.commands.kept import kept_thing
from inbox_agent.rules.commands.model import Said
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.reading import Line

Outcomes = Sequence[Mapping[str, Any]]


def told_together(line: Line, clauses: Sequence[Clause], said: Said) -> Said:
    """The outcomes with what these clauses tell of more than one of them."""
    told: Outcomes = said.args.get("outcomes", ())
    if len(told) < len(("one", "another")):
        return said
    pieces = [Spoken(line, ((clause.start, clause.end),)) for clause in clauses]
    return replace(said, args={**said.args, "outcomes": _dated(pieces, _with_what_stays(pieces, told))})


def _dated(pieces: Sequence[Spoken], told: Outcomes) -> list[Mapping[str, Any]]:
    """As in "..., molemmat maanantaina", "båda i går": one day for every deed that has none of its own."""
    of_both = (piece for piece in pieces if piece.says(*_BOTH))
    day = next((m for piece in of_both for m in piece.mentions if not (m.month or m.until)), None)
    if day is None:
        return list(told)
    return [{"done_on": str(day.behind), **one} if one["outcome"] in _DONE else one for one in told]


_BOTH = ("molemmat", "kumpikin", "kummatkin", "bada", "bagge", "both")
_DONE = frozenset({"granted", "partly"})


def _with_what_stays(pieces: Sequence[Spoken], told: Outcomes) -> list[Mapping[str, Any]]:
    """As in "tiedot annettu, profiili poistettu, laskut jää kirjanpitolain vuoksi": the erasure is one in part."""
    erased = [one for one in told if one.get("right") == "erasure" and one["outcome"] == "granted"]
    stays = [one for one in told if one.get("right") is None and one["outcome"] == "refused" and one.get("ground")]
    kept = next((piece for piece in pieces if "kept" in piece.tags), None)
    if len(erased) != 1 or len(stays) != 1 or kept is None:
        return list(told)
    thing = kept_thing(kept)
    named = {"kept": thing} if thing else {}
    joined = {**erased[0], **stays[0], **named, "right": "erasure", "outcome": "partly"}
    return [joined if one is erased[0] else one for one in told if one is not stays[0]]
