"""Learn the scored reader of commands from the labelled ones: `python tests/training/commands.py [--check]`.

One linear machine a label (`learning.learn`): the same corpus and the same code give the same file, bit for bit;
`--check` says whether the shipped one is it, `--figures` how each set fares with everything learned from the others.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from inbox_agent.rules.commands.clues import clues, weight  # noqa: E402
from inbox_agent.rules.commands.labels import label  # noqa: E402
from inbox_agent.rules.commands.model import Intent  # noqa: E402
from inbox_agent.rules.commands.reading import read  # noqa: E402
from inbox_agent.rules.commands.scores import Scores, pack  # noqa: E402
from inbox_agent.rules.commands.vocabulary import vocabulary  # noqa: E402
from inbox_agent.rules.deadlines import helsinki_date  # noqa: E402
from tests.commands_figures import HOME, MEASURED, Labelled, labelled  # noqa: E402
from tests.training.learning import Row, Told, Values, learn  # noqa: E402

LEXICON = ROOT / "inbox_agent" / "lexicon" / "commands"
OUTPUT = LEXICON / "scores.bin"
RARE = 2  # a clue of fewer commands is not learned
STEP = 1 / 64  # of a stored weight
QUIET = 2  # steps: weights below are left out, which keeps the file small and costs nothing


@dataclass(frozen=True, slots=True)
class Example:
    """The clues of one stretch, its label and the set that it comes from."""

    found: frozenset[str]
    label: str
    source: str


def main(argv: Sequence[str] | None = None) -> int:
    """Learn and write, or (`--check`) say whether the shipped file is what learning gives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the shipped file differs")
    parser.add_argument("--figures", action="store_true", help="how each set fares, learned from the others")
    arguments = parser.parse_args(argv)
    examples = list(read_examples())
    if arguments.figures:
        print_figures(examples)
        return 0
    packed = pack(learn_scores(examples, digest()))
    if arguments.check:
        return 0 if OUTPUT.read_bytes() == packed else 1
    OUTPUT.write_bytes(packed)
    print(f"{OUTPUT.relative_to(ROOT)}: {len(packed)} bytes, {len(examples)} examples")
    return 0


def digest() -> str:
    """What the weights depend on besides the code: the commands and the lexicon."""
    hashed = hashlib.sha256()
    for path in [
        *(path for folder in _sets() for path in sorted(folder.glob("*.txt"))),
        *sorted(LEXICON.glob("*.toml")),
    ]:
        hashed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hashed.hexdigest()


def _sets() -> list[Path]:
    return sorted(path for path in HOME.iterdir() if path.is_dir() and path.name not in MEASURED)


def read_examples() -> Iterator[Example]:
    """Every command with one intent, of every set that is learned from."""
    for folder in _sets():
        for command in labelled(folder):
            if len(command.intents) == 1:
                yield _example(command, folder.name)


def _example(command: Labelled, source: str) -> Example:
    line = read(command.text, vocabulary(), helsinki_date(command.now))
    name, args = command.intents[0]
    return Example(clues(line, ((0, len(line.words)),), command.place), label(Intent(name), args), source)


def learn_scores(examples: Sequence[Example], corpus: str, workers: int = 2) -> Scores:
    """The weights of all labels, rounded and without those that hardly say anything."""
    counts = Counter(clue for one in examples for clue in one.found)
    names = sorted(clue for clue, count in counts.items() if count >= RARE)
    rows = dict(zip(names, range(len(names)), strict=True))
    told = [_row(one.found, rows) for one in examples]
    labels = sorted({one.label for one in examples})
    jobs = [(told, [1 if one.label == name else -1 for one in examples], len(names) + 1) for name in labels]
    with ProcessPoolExecutor(workers) as pool:
        heads = list(pool.map(_learn, jobs))
    return _rounded(labels, names, heads, corpus)


def _row(found: Iterable[str], rows: dict[str, int]) -> Row:
    """The clues of one example, of unit length; the bias as a last one of value 1."""
    known = sorted((rows[clue], weight(clue)) for clue in found if clue in rows)
    length = math.sqrt(math.fsum(value * value for _, value in known)) or 1.0
    places = [*(place for place, _ in known), len(rows)]
    return np.array(places, np.intp), np.array([*(value / length for _, value in known), 1.0])


def _learn(job: tuple[Sequence[Row], Sequence[int], int]) -> Values:
    told, signs, size = job
    return learn([Told(row, sign, 1.0) for row, sign in zip(told, signs, strict=True)], size)


def _rounded(labels: Sequence[str], names: Sequence[str], heads: Sequence[Values], corpus: str) -> Scores:
    steps = np.stack([np.clip(np.rint(head / STEP), -127, 127).astype(np.int8) for head in heads], axis=1)
    steps[np.abs(steps) < QUIET] = 0
    kept, starts, said, weights = [], array("I", [0]), bytearray(), array("b")
    for at, name in enumerate(names):
        if len(speaking := np.flatnonzero(steps[at])):
            kept.append(name)
            said += bytes(speaking.tolist())
            weights.extend(steps[at][speaking].tolist())
            starts.append(len(said))
    bias = tuple(round(float(head[-1]), 4) for head in heads)
    return Scores(
        tuple(labels), bias, STEP, dict(zip(kept, range(len(kept)), strict=True)), starts, bytes(said), weights, corpus
    )


def print_figures(examples: Sequence[Example]) -> None:
    """How many of each set get their intent and their label, learned from all other sets."""
    for source in sorted({one.source for one in examples}):
        learned = learn_scores([one for one in examples if one.source != source], "")
        left_out = [one for one in examples if one.source == source]
        found = [max((margin, name) for name, margin in learned.margins(one.found).items())[1] for one in left_out]
        pairs = list(zip(found, left_out, strict=True))
        intents = sum(name.partition(".")[0] == one.label.partition(".")[0] for name, one in pairs)
        print(f"{source}: {intents} of {len(pairs)} intents, {sum(name == one.label for name, one in pairs)} labels")


if __name__ == "__main__":
    sys.exit(main())
