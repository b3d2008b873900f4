"""One day told of several answers at once: "tiedot annettu ja nimi korjattu, molemmat maanantaina".

Owns what no clause tells of its own answer alone. Refuses to give a day to what is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from inbox_agent.rules.commands.clauses import Clause
from inbox_agent.rules.commands.model import Said
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.reading import Line


def told_together(line: Line, clauses: Sequence[Clause], said: Said) -> Said:
    """The outcomes with the day that these clauses tell of both: each deed that has none of its own was done then."""
    told: Sequence[Mapping[str, Any]] = said.args.get("outcomes", ())
    of_both = (one for one in (Spoken(line, ((each.start, each.end),)) for each in clauses) if one.says(*_BOTH))
    day = next((m for piece in of_both for m in piece.mentions if not (m.month or m.until)), None)
    if day is None or len(told) < len(("one", "another")):
        return said
    dated = [{"done_on": str(day.behind), **one} if one["outcome"] in _DONE else one for one in told]
    return replace(said, args={**said.args, "outcomes": dated})


_BOTH = ("molemmat", "kumpikin", "kummatkin", "bada", "bagge", "both")
_DONE = frozenset({"granted", "partly"})
