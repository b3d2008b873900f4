"""How well commands are understood: `python -m tests.commands_figures [FOLDER] [--misses]`.

A line of a set is right where all its intents are, in order, with the arguments that its label names, as
corpus_commands/LABELS.md has it. Told beside it: what each convention written there moves; and how many are right but
for the wording of free words ("laskusta" for "lasku"), which a person who reads the filled-in form would not call a
misunderstanding.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from inbox_agent.rules.commands.model import Intent, Place, Said
from inbox_agent.rules.commands.understanding import understand
from tests.commands_same import ALL, Convention, same

HOME = Path(__file__).parent / "corpus_commands"
MEASURED = frozenset({"twentysixth", "twentyseventh"})
"""Sets that nothing is learned from."""
_ACTS = frozenset(Intent) - {Intent.NONE, Intent.SHOW_CASE, Intent.SHOW_DUE, Intent.SEARCH, Intent.STATS, Intent.HELP}


@dataclass(frozen=True)
class Labelled:
    """One command: what is said, where, when, and the intents with their arguments."""

    text: str
    place: Place
    now: datetime
    intents: tuple[tuple[str, dict[str, Any]], ...]


def labelled(folder: Path) -> Iterator[Labelled]:
    """Every command of a folder's *.txt files."""
    for path in sorted(folder.glob("*.txt")):
        now = datetime.fromisoformat("2026-03-11T09:00:00+02:00")
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("now:"):
                now = datetime.fromisoformat(line.removeprefix("now:").strip())
            elif " => " in line and not line.startswith("#"):
                yield _labelled(line, now)


def _labelled(line: str, now: datetime) -> Labelled:
    said, _, label = line.rpartition(" => ")
    place = Place.CASE
    if said.startswith("@"):
        name, _, said = said[1:].partition(" ")
        place = Place(name)
    intents = []
    for piece in label.split(" && "):
        name, _, args = piece.partition(" ")
        intents.append((name, json.loads(args)))
    return Labelled(said, place, now, tuple(intents))


@cache
def understood(text: str, now: datetime, place: Place) -> tuple[Said, ...]:
    """What a line is understood as. Lines of the sets are asked about more than once."""
    return understand(text, now, place)


def right(command: Labelled, *, worded: bool = True, by: frozenset[Convention] = ALL) -> bool:
    """Whether it is understood as its label says; not `worded`: whatever the wording of free words is."""
    got = understood(command.text, command.now, command.place)
    return len(got) == len(command.intents) and all(
        one.intent == name and same(args, one.args, command.text, worded=worded, by=by)
        for one, (name, args) in zip(got, command.intents, strict=True)
    )


def moved(commands: Iterable[Labelled]) -> Iterator[str]:
    """What each convention of LABELS.md moves: "deed +3" where three lines more are right by it, "warning -1"."""
    by_all = [(one, right(one)) for one in commands]
    for convention in Convention:
        change = sum(was - right(one, by=ALL - {convention}) for one, was in by_all)
        if change:
            yield f"{convention} {change:+d}"


def main() -> int:
    """Print the figures of one folder or of all."""
    given = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    for folder in given or sorted(path for path in HOME.iterdir() if path.is_dir()):
        commands = list(labelled(folder))
        wrong = [command for command in commands if not right(command)]
        acted = [c for c in wrong if acts_wrongly(c)]
        share = 100 * (len(commands) - len(wrong)) / max(len(commands), 1)
        print(f"{folder.name}: {len(commands) - len(wrong)} of {len(commands)} right ({share:.1f} %)")
        print(f"  by the conventions of LABELS.md: {', '.join(moved(commands)) or 'none moved'}")
        print(f"  but for the wording of free words: {sum(right(one, worded=False) for one in wrong)} more")
        print(f"  another intent: {sum(other_intent(c) for c in wrong)}; a wrong act proposed: {len(acted)}")
        print(f"  wrong by intent: {dict(Counter(c.intents[0][0] for c in wrong).most_common())}")
        if "--misses" in sys.argv:
            for command in wrong:
                got = understand(command.text, command.now, command.place)
                told = [(str(g.intent), dict(g.args)) for g in got]
                print(f"\n{command.text}\n  wanted {command.intents}\n  got    {told}")
    return 0


def other_intent(command: Labelled) -> bool:
    """Whether other intents are understood than were said."""
    got = understand(command.text, command.now, command.place)
    return [str(one.intent) for one in got] != [name for name, _args in command.intents]


def acts_wrongly(command: Labelled) -> bool:
    """Whether it proposes an act that was not said."""
    got = [str(one.intent) for one in understand(command.text, command.now, command.place) if one.must_confirm]
    return bool(set(got) - {name for name, _args in command.intents})


if __name__ == "__main__":
    raise SystemExit(main())
