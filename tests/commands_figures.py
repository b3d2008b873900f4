"""How well commands are understood: `python -m tests.commands_figures [FOLDER] [--misses]`.

A line of a set is right where all its intents are, in order, with the arguments that its label names. `None` and an
absent argument are one; free words (a note, a topic) are right where they hold the same words, a tone or a condition by
its name ("formal", "no_reply") or by the words said ("virallisempi"), what to be reminded of in either infinitive; in a
list of places what joins them does not tell; that a case is handed over is said of the open one ("scope": "this").
Told beside it: how many are right but for the wording of free words ("laskusta" for "lasku"), which a person who reads
the filled-in form would not call a misunderstanding.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from inbox_agent.rules.commands.base_forms import to_do
from inbox_agent.rules.commands.model import Intent, Place
from inbox_agent.rules.commands.reading import read
from inbox_agent.rules.commands.understanding import understand
from inbox_agent.rules.commands.vocabulary import vocabulary
from inbox_agent.rules.fold import fold

HOME = Path(__file__).parent / "corpus_commands"
MEASURED = frozenset({"nineteenth"})
"""Sets that nothing is learned from."""
_FREE = frozenset(
    {"topic", "text", "about", "reason", "note", "value", "searched", "kept", "to", "condition", "ground"}
)
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


def right(command: Labelled, *, worded: bool = True) -> bool:
    """Whether it is understood as its label says; not `worded`: whatever the wording of free words is."""
    got = understand(command.text, command.now, command.place)
    return len(got) == len(command.intents) and all(
        one.intent == name and _same(args, one.args, worded=worded)
        for one, (name, args) in zip(got, command.intents, strict=True)
    )


def _same(wanted: dict[str, Any], got: Any, *, worded: bool = True) -> bool:
    names = {name for name in {*wanted, *got} if wanted.get(name) is not None or got.get(name) is not None}
    toned = wanted.get("change") == "tone"
    return all(
        (toned and name == "value" and (not worded or _one_tone(wanted.get(name), got.get(name))))
        or _equal(name, wanted.get(name), got.get(name), worded=worded)
        for name in names
    )


def _one_tone(wanted: object, got: object) -> bool:
    """Whether both name one tone: the list of intents does not say whether by its name or by the word said."""
    return bool(wanted and got) and bool(_tones(str(wanted)) & _tones(str(got)))


def _tones(text: str) -> set[str]:
    tags = (tag for word in fold(text).split() for tag in vocabulary().tags(word))
    return {text} | {tag.removeprefix("tone.") for tag in tags if tag.startswith("tone.")}


def _equal(name: str, wanted: Any, got: Any, *, worded: bool = True) -> bool:
    if name == "outcomes":
        return len(wanted) == len(got or []) and all(
            _same(w, g, worded=worded) for w, g in zip(wanted, got, strict=True)
        )
    if name == "topic":
        return True
    if name == "scope":
        return _unless_this(wanted) == _unless_this(got)
    if name == "about" and isinstance(wanted, str) and isinstance(got, str):
        wanted, got = _called(wanted), _called(got)
    if name == "condition" and "no_reply" in (wanted, got):
        return _of_no_reply(wanted) and _of_no_reply(got)
    if name == "searched":
        return _places(wanted) == _places(got)
    if not worded and name in _FREE and isinstance(wanted, str) and isinstance(got, str):
        return _alike(fold(wanted).split(), fold(got).split())
    if isinstance(wanted, str) and isinstance(got, str) and name in _FREE:
        return set(fold(wanted).split()) <= set(fold(got).split()) or set(fold(got).split()) <= set(
            fold(wanted).split()
        )
    if name == "lawful" and (wanted is None or got is None):
        return wanted is got or wanted is None
    return bool(wanted == got)


def _unless_this(scope: object) -> object:
    """The open case is what is handed over where nothing else is said."""
    return None if scope == "this" else scope


def _called(deed: str) -> str:
    """A deed to be reminded of as it is called, where it was told in another infinitive ("soittamaan Matille")."""
    first, _, rest = deed.partition(" ")
    return f"{to_do(first)} {rest}".strip()


def _of_no_reply(condition: object) -> bool:
    """Whether a condition is that nobody has answered, by its name ("no_reply") or in words."""
    words = read(str(condition), vocabulary(), date.min).words if condition else ()
    return condition == "no_reply" or any("no_reply" in word.tags | word.phrases for word in words)


def _places(searched: object) -> set[str]:
    """The words of the places where was looked; what joins them does not tell."""
    return set(re.findall(r"\w+", fold(str(searched or "")))) - {"ja", "och", "and", "eller", "or", "seka", "the"}


_STEM = 4  # letters that tell a word, whatever its ending


def _alike(one: list[str], other: list[str]) -> bool:
    """Whether the shorter of two texts is in the other, word by word, by beginnings; a joining word may be missing."""
    if one == ["no_reply"] or other == ["no_reply"]:
        return True  # the notation of "jos ei vastaa"
    short, long = sorted((one, other), key=len)
    told = [word for word in short if len(word) > _STEM] or short
    return all(any(word[:_STEM] == near[:_STEM] for near in long) for word in told)


def main() -> int:
    """Print the figures of one folder or of all."""
    given = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    for folder in given or sorted(path for path in HOME.iterdir() if path.is_dir()):
        commands = list(labelled(folder))
        wrong = [command for command in commands if not right(command)]
        acted = [c for c in wrong if acts_wrongly(c)]
        share = 100 * (len(commands) - len(wrong)) / max(len(commands), 1)
        print(f"{folder.name}: {len(commands) - len(wrong)} of {len(commands)} right ({share:.1f} %)")
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
