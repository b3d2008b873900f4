"""Learn both readers of commands from the labelled ones: `python tests/training/commands.py [--check]`.

One linear machine a label (`learning.learn`): the same corpus and the same code give the same file, bit for bit;
`--check` says whether the shipped one is it. Where a line holds several commands nobody has marked which words are
whose: a reader that learned from the other lines cuts it, and what it hears on both sides of a joint teaches joints.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from inbox_agent.rules.commands import joints  # noqa: E402
from inbox_agent.rules.commands.clues import clues  # noqa: E402
from inbox_agent.rules.commands.excerpts import Excerpts  # noqa: E402
from inbox_agent.rules.commands.excerpts import pack as pack_texts  # noqa: E402
from inbox_agent.rules.commands.heard import Hearing  # noqa: E402
from inbox_agent.rules.commands.labels import label, meant, slot, slots, whole  # noqa: E402
from inbox_agent.rules.commands.model import Intent, Place  # noqa: E402
from inbox_agent.rules.commands.reading import Line, read  # noqa: E402
from inbox_agent.rules.commands.scores import Scores, pack  # noqa: E402
from inbox_agent.rules.commands.vocabulary import vocabulary  # noqa: E402
from inbox_agent.rules.deadlines import helsinki_date  # noqa: E402
from tests.commands_figures import HOME, MEASURED, labelled  # noqa: E402
from tests.training import excerpts  # noqa: E402
from tests.training.learning import Row, Told, Values, learn, learn_together  # noqa: E402

LEXICON = ROOT / "inbox_agent" / "lexicon" / "commands"
OUTPUT, TEXTS = LEXICON / "scores.bin", LEXICON / "excerpts.bin"
RARE = 2  # a clue of fewer commands is not learned
STEP = 1 / 64  # of a stored weight
QUIET = 3  # steps: weights below are left out, which keeps the file small and costs nothing
FOLDS = 2
JOINT_COST, JOINT_WEIGHT, JOINT_SHIFT = 0.1, 2.0, 0.1
"""What a mistake on a clause that goes on costs, how much more one on a new command, and what the latter is given."""

Signs = Sequence[int]  # 1, -1, or 0 for what a head does not learn from


@dataclass(frozen=True, slots=True)
class Command:
    """A read line of the corpus, and its intents with their arguments."""

    line: Line
    place: Place
    intents: tuple[tuple[Intent, Mapping[str, object]], ...]
    source: str

    @property
    def labels(self) -> list[str]:
        return [label(intent, args) for intent, args in self.intents]


@dataclass(frozen=True, slots=True)
class Example:
    """The clues of one stretch, its label, the slots of its intent, and where it stands."""

    found: frozenset[str]
    label: str
    slots: Mapping[str, str]
    told: excerpts.Told


def main(argv: Sequence[str] | None = None) -> int:
    """Learn and write, or (`--check`) say whether the shipped file is what learning gives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the shipped file differs")
    arguments = parser.parse_args(argv)
    scores, texts = learn_all(list(read_commands()), digest())
    written = {OUTPUT: pack(scores), TEXTS: pack_texts(texts)}
    if arguments.check:
        return 0 if all(path.read_bytes() == packed for path, packed in written.items()) else 1
    for path, packed in written.items():
        path.write_bytes(packed)
        print(f"{path.relative_to(ROOT)}: {len(packed)} bytes")
    return 0


def digest() -> str:
    """What the weights depend on besides the code: the commands and the lexicon."""
    hashed = hashlib.sha256()
    for path in [*(path for home in _sets() for path in sorted(home.glob("*.txt"))), *sorted(LEXICON.glob("*.toml"))]:
        hashed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hashed.hexdigest()


def _sets() -> list[Path]:
    return sorted(path for path in HOME.iterdir() if path.is_dir() and path.name not in MEASURED)


def read_commands(without: Collection[str] = ()) -> Iterator[Command]:
    """The commands of every set that is learned from; `without` those of some."""
    for home in _sets():
        for one in labelled(home) if home.name not in without else ():
            line = read(one.text, vocabulary(), helsinki_date(one.now))
            if line.words:
                yield Command(line, one.place, tuple((Intent(name), args) for name, args in one.intents), home.name)


def learn_all(commands: Sequence[Command], corpus: str) -> tuple[Scores, Excerpts]:
    """Everything that the two files hold."""
    examples = [example for one in commands if len(one.intents) == 1 for example in _examples(one, None)]
    told: list[tuple[Mapping[str, float], bool]] = []
    for fold in range(FOLDS):
        others = [one for at, one in enumerate(commands) if at % FOLDS != fold and len(one.intents) == 1]
        reader = learn_scores([example for one in others for example in _examples(one, None)], slots_too=False)
        for one in commands[fold::FOLDS]:
            told += _joints(one, reader)
            if len(one.intents) > 1:
                examples += _examples(one, reader)
    scores = replace(learn_scores(examples), joints=learn_joints(told), corpus=corpus)
    return scores, excerpts.learn_excerpts([one.told for one in examples], corpus)


def _examples(command: Command, reader: Scores | None) -> Iterator[Example]:
    """The pieces of a command; `reader` cuts it where it holds several."""
    cut = _cut(command, reader) if reader else [(0, len(command.line.words))]
    for span, (intent, args) in zip(cut, command.intents, strict=False):
        yield Example(
            clues(command.line, (span,), command.place),
            label(intent, args),
            dict(slots(intent, args)),
            excerpts.Told(command.line, span, intent, args),
        )


def _cut(command: Command, reader: Scores) -> list[tuple[int, int]]:
    hearing = Hearing(command.line, command.place, reader)
    return [hearing.words(*piece) for piece in _cut_clauses(command, hearing)]


def _cut_clauses(command: Command, hearing: Hearing) -> list[tuple[int, int]]:
    """The clauses of each intent: the cut at which all are loudest; none where there are too few."""
    count, labels = len(hearing.clauses), command.labels
    cuts = combinations(range(1, min(count, joints.MOST)), len(labels) - 1)
    pieces = [list(zip((0, *cut), (*cut, count), strict=True)) for cut in cuts]

    def loudness(cut: Sequence[tuple[int, int]]) -> float:
        return math.fsum(hearing.of(*piece).margins.get(one, -1.0) for piece, one in zip(cut, labels, strict=True))

    return max(pieces, key=loudness, default=[])


def _joints(command: Command, reader: Scores) -> Iterator[tuple[Mapping[str, float], bool]]:
    """The clues of each joint of a line, and whether another command begins there."""
    hearing = Hearing(command.line, command.place, reader)
    pieces = _cut_clauses(command, hearing)
    begins = {first for first, _ in pieces} - {0}
    start, count = 0, len(hearing.clauses)
    for at in range(1, min(count, joints.MOST)) if pieces else ():
        end = min((one for one in begins if one > at), default=count)
        yield joints.clues_of(hearing, start, at, end), at in begins
        start = at if at in begins else start


def learn_joints(told: Sequence[tuple[Mapping[str, float], bool]]) -> dict[str, float]:
    """The weight of each clue of a joint; "" is the bias."""
    names = sorted({name for found, _ in told for name in found})
    rows = dict(zip(names, range(len(names)), strict=True))
    learned = learn(
        [
            Told(_plain_row(found, rows), 1 if begins else -1, JOINT_COST * (JOINT_WEIGHT if begins else 1.0))
            for found, begins in told
        ],
        len(names) + 1,
    )
    weights = {name: round(float(learned[row]), 4) for name, row in rows.items()}
    return {**weights, "": round(float(learned[-1]) + JOINT_SHIFT, 4)}


def _plain_row(found: Mapping[str, float], rows: Mapping[str, int]) -> Row:
    known = sorted((rows[name], value) for name, value in found.items())
    return np.array([*(row for row, _ in known), len(rows)], np.intp), np.array([*(value for _, value in known), 1.0])


def learn_scores(examples: Sequence[Example], *, slots_too: bool = True) -> Scores:
    """The weights of all labels, rounded and without those that hardly say anything."""
    counts = Counter(clue for one in examples for clue in one.found)
    names = sorted(clue for clue, count in counts.items() if count >= RARE)
    rows = dict(zip(names, range(len(names)), strict=True))
    heads = dict(_heads(examples)) | (dict(_slot_heads(examples)) if slots_too else {})
    learned = _learned(heads, [_row(one.found, rows) for one in examples], len(names) + 1)
    return _rounded(list(heads), names, [learned[name] for name in heads])


def _learned(heads: Mapping[str, Signs], told: Sequence[Row], size: int) -> dict[str, Values]:
    """The weights of each head; those that learn from the same examples learn together."""
    alike: dict[bytes, list[str]] = {}
    for name, signs in heads.items():
        alike.setdefault(bytes(map(abs, signs)), []).append(name)
    learned = {}
    for of, names in alike.items():
        shown = np.flatnonzero(np.frombuffer(of, np.int8))
        labels = np.array([heads[name] for name in names], np.int8).T[shown]
        learned.update(zip(names, learn_together([told[at] for at in shown], labels, size).T, strict=True))
    return learned


def _heads(examples: Sequence[Example]) -> Iterator[tuple[str, Signs]]:
    for name in sorted({one.label for one in examples}):
        yield name, [1 if one.label == name else -1 for one in examples]
    for intent in sorted({meant(one.label)[0] for one in examples}):
        yield whole(intent), [1 if meant(one.label)[0] is intent else -1 for one in examples]


def _slot_heads(examples: Sequence[Example]) -> Iterator[tuple[str, Signs]]:
    """Each value of a slot against the other values, among the commands of its intent."""
    values: dict[tuple[str, str], Counter[str]] = {}
    for one in examples:
        for name, value in one.slots.items():
            values.setdefault((one.label.partition(".")[0], name), Counter())[value] += 1
    for (intent, name), counts in sorted(values.items()):
        known = sorted(value for value, count in counts.items() if count >= RARE)
        for value in known if len(known) > 1 else ():
            yield slot(Intent(intent), name, value), [_sign(one, intent, name, value, known) for one in examples]


def _sign(one: Example, intent: str, name: str, value: str, known: Collection[str]) -> int:
    said = one.slots.get(name) if one.label.partition(".")[0] == intent else None
    return 0 if said not in known else 1 if said == value else -1


def _row(found: Iterable[str], rows: Mapping[str, int]) -> Row:
    """The clues of one example, of unit length; the bias as a last one of value 1."""
    known = sorted(rows[clue] for clue in found if clue in rows)
    length = math.sqrt(len(known)) or 1.0
    return np.array([*known, len(rows)], np.intp), np.array([*(1.0 / length for _ in known), 1.0])


def _rounded(labels: Sequence[str], names: Sequence[str], heads: Sequence[Values]) -> Scores:
    steps = np.stack([np.clip(np.rint(head / STEP), -127, 127).astype(np.int8) for head in heads], axis=1)
    steps[np.abs(steps) < QUIET] = 0
    kept, starts, said, weights = [], array("I", [0]), array("H"), array("b")
    for at, name in enumerate(names):
        if len(speaking := np.flatnonzero(steps[at])):
            kept.append(name)
            said.extend(speaking.tolist())
            weights.extend(steps[at][speaking].tolist())
            starts.append(len(said))
    bias = tuple(round(float(head[-1]), 4) for head in heads)
    rows = dict(zip(kept, range(len(kept)), strict=True))
    return Scores(tuple(labels), bias, STEP, rows, starts, said, weights, {}, "")


if __name__ == "__main__":
    sys.exit(main())
