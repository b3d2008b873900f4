"""Learn the shipped weights from the corpus: `make train`, or `python tests/training/train.py [--check]`.

Plain Python on purpose: no library whose next version, thread count or processor would change a weight. The
same corpus and the same code give the same file, bit for bit; `--check` says whether the shipped one is it.

What is learned: per head (request or not; each right) a linear support vector machine with squared hinge
loss, by dual coordinate descent (Hsieh et al., 2008). Thresholds are chosen on scores of mails whose writer
was left out: `low` so that at most MISSED of the requests fall below it, `high` so that at most FALSE of the
other mails reach it. What lies between is unsure.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import random
import sys
from array import array
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from operator import itemgetter, mul
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from inbox_agent.commands.evaluate import table  # noqa: E402
from inbox_agent.rules.classify import Recogniser  # noqa: E402
from inbox_agent.rules.context import reading  # noqa: E402
from inbox_agent.rules.corpus import EITHER, OWN_DOMAINS, LabelledMail, parse_corpus, raw_mail  # noqa: E402
from inbox_agent.rules.evaluation import Answer, report  # noqa: E402
from inbox_agent.rules.features import GROUPS, Features, Reading, features, read_sentences  # noqa: E402
from inbox_agent.rules.model import GROUP_WEIGHTS, RARITY_STEP, VERDICT, Group, Model, Thresholds, pack  # noqa: E402
from inbox_agent.rules.parse import parse  # noqa: E402
from state.model import FOLLOW_UP, RequestKind  # noqa: E402

CORPUS = ROOT / "tests" / "corpus" / "training"
PHRASES = Path(__file__).parent
OUTPUT = ROOT / "inbox_agent" / "lexicon" / "model.bin"

KINDS = (*map(str, RequestKind), FOLLOW_UP)
HEADS = (VERDICT, *KINDS)
FOLDS = 6
MISSED, FALSE = 0.01, 0.03  # of requests, of other mails: the figures asked for
COST = 1.0
EPOCHS = 8
PHRASE_COST = 0.5  # a bare phrase weighs half a mail
RARE = 2  # a feature of fewer mails is not learned
SEED = 20260101

Row = tuple[tuple[int, ...], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Example:
    """One mail or phrase: its features and per head 1, -1 or 0 (says nothing). `fold` is -1 for phrases."""

    found: Features
    labels: dict[str, int]
    fold: int
    cost: float
    mail: LabelledMail | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Group -> name -> (row, rarity in steps)."""

    entries: dict[str, dict[str, tuple[int, int]]]
    size: int


def main(argv: Sequence[str] | None = None) -> int:
    """Train and write, or (`--check`) say whether the shipped file is what training gives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the shipped file differs")
    parser.add_argument("--figures", action="store_true", help="print how each writer fares, learned from the others")
    arguments = parser.parse_args(argv)
    examples, corpus = read_examples(), digest()
    left_out = learn_left_out(examples)
    thresholds = choose_thresholds(examples, left_out_scores(examples, left_out))
    packed = pack(to_model(*learn_all(examples), thresholds, corpus))
    if arguments.figures:
        print_figures(examples, left_out, thresholds)
    if arguments.check:
        return 0 if OUTPUT.read_bytes() == packed else 1
    OUTPUT.write_bytes(packed)
    print(f"{OUTPUT.relative_to(ROOT)}: {len(packed)} bytes")
    return 0


def digest() -> str:
    """What the weights depend on besides the code: corpus, phrases and lexicon."""
    hashed = hashlib.sha256()
    lexicon = ROOT / "inbox_agent" / "lexicon"
    for path in [
        *sorted(CORPUS.glob("*.txt")),
        *sorted(PHRASES.glob("phrases_*.txt")),
        *sorted(lexicon.glob("*.toml")),
    ]:
        hashed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hashed.hexdigest()


def read_examples() -> list[Example]:
    """Every mail of the training corpus, then every phrase."""
    writers = sorted({path.stem.rpartition("_")[0] for path in CORPUS.glob("fi_*.txt")})
    examples = []
    for path in sorted(CORPUS.glob("*.txt")):
        writer, _, number = path.stem.rpartition("_")
        # Finnish has many writers, the others too few to leave one out: there files are.
        fold = writers.index(writer) % FOLDS if writer in writers else int(number) % FOLDS
        examples += [_of_mail(mail, fold) for mail in parse_corpus(path.read_text(encoding="utf-8"))]
    for path in sorted(PHRASES.glob("phrases_*.txt")):
        examples += _phrases(path.read_text(encoding="utf-8"), path.stem.rpartition("_")[2])
    return examples


def _of_mail(mail: LabelledMail, fold: int) -> Example:
    read = reading(parse(raw_mail(mail), own_domains=OWN_DOMAINS))
    labels = {VERDICT: 0 if mail.verdict == EITHER else 1 if mail.verdict == "request" else -1}
    for kind in KINDS:
        told = mail.verdict == "request" and kind not in mail.optional
        labels[kind] = 0 if not told else 1 if kind in mail.required else -1
    return Example(features(read, read_sentences(read)), labels, fold, COST, mail)


def _phrases(text: str, language: str) -> list[Example]:
    """A line `[kind]` heads the phrases of that kind. The corpus holds the hard mails, these the plain ones."""
    found, kind = [], ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("["):
            kind = line.strip("[]")
        else:
            read = Reading("", line, "", language, reply=False, forwarded=False, one_click=False, attachments=False)
            labels = {VERDICT: 1} | {head: 1 if head == kind else -1 for head in KINDS}
            found.append(Example(features(read, read_sentences(read)), labels, -1, PHRASE_COST))
    return found


Learned = tuple[Vocabulary, dict[str, list[float]]]


def learn_left_out(examples: Sequence[Example], workers: int = 2) -> list[Learned]:
    """For each fold, what is learned from all the others (and the phrases)."""
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(learn_all, [[one for one in examples if one.fold != fold] for fold in range(FOLDS)]))


def print_figures(examples: Sequence[Example], left_out: Sequence[Learned], thresholds: Thresholds) -> None:
    """The figures of the whole recogniser on each writer, learned from the others; the honest estimate."""
    answers = []
    for fold, learned in enumerate(left_out):
        recogniser = Recogniser(to_model(*learned, thresholds, ""))
        for mail in (example.mail for example in examples if example.fold == fold and example.mail):
            found = recogniser.classify(parse(raw_mail(mail), own_domains=OWN_DOMAINS))
            answers.append(Answer(mail, found.verdict, frozenset(found.kinds)))
    for language in ("fi", "sv", "en"):
        of_language = report(answer for answer in answers if answer.mail.language == language)
        print(language, *islice(table(of_language), 5), sep="\n")
    print(*table(replace(report(answers), misses=())), sep="\n")


def learn_all(examples: Sequence[Example]) -> Learned:
    """Vocabulary and weights of every head."""
    vocabulary = learn_vocabulary(examples)
    rows = [to_row(example.found, vocabulary) for example in examples]
    return vocabulary, {head: learn(rows, examples, head, vocabulary.size) for head in HEADS}


def left_out_scores(examples: Sequence[Example], models: Sequence[Learned]) -> dict[int, dict[str, float]]:
    """The scores of each mail by the model that has not seen its writer; key: position in `examples`."""
    scores = {}
    for at, example in enumerate(examples):
        if example.fold >= 0:
            vocabulary, weights = models[example.fold]
            row = to_row(example.found, vocabulary)
            scores[at] = {head: score(row, weights[head]) for head in HEADS}
    return scores


def learn_vocabulary(examples: Sequence[Example]) -> Vocabulary:
    """Which features are known, and how rare each is (inverse document frequency, in whole steps)."""
    entries: dict[str, dict[str, tuple[int, int]]] = {}
    size = 0
    for group in GROUPS:
        counts = Counter(name for example in examples for name in example.found[group])
        known = sorted(name for name, count in counts.items() if count >= RARE)
        rarity = {name: round(math.log(len(examples) / counts[name]) / RARITY_STEP) for name in known}
        entries[group] = {name: (size + at, min(255, rarity[name])) for at, name in enumerate(known)}
        size += len(known)
    return Vocabulary(entries, size)


def to_row(found: Features, vocabulary: Vocabulary) -> Row:
    """The scaled vector of one example: unit length, and the bias as a last feature of value 1."""
    places: list[int] = []
    values: list[float] = []
    for group in GROUPS:
        entries = vocabulary.entries[group]
        known = sorted(entries[name] for name in found[group] if name in entries)
        share = GROUP_WEIGHTS[group] / math.sqrt(len(known)) if known else 0.0
        places += [place for place, _ in known]
        values += [share * RARITY_STEP * rarity for _, rarity in known]
    length = math.sqrt(math.fsum(value * value for value in values)) or 1.0
    return (*places, vocabulary.size), (*(value / length for value in values), 1.0)


def learn(rows: Sequence[Row], examples: Sequence[Example], head: str, size: int) -> list[float]:
    """The weights of one head, the bias last. Dual coordinate descent, squared hinge loss, fixed order by seed."""
    weights = [0.0] * (size + 1)
    told = [at for at, example in enumerate(examples) if example.labels[head]]
    alphas = [0.0] * len(rows)
    squares = {at: math.fsum(value * value for value in rows[at][1]) for at in told}
    order = random.Random(SEED)  # a fixed shuffle, not a secret
    for _ in range(EPOCHS):
        order.shuffle(told)
        for at in told:
            label, slack = examples[at].labels[head], 0.5 / examples[at].cost
            gradient = label * score(rows[at], weights) - 1.0 + slack * alphas[at]
            new = max(alphas[at] - gradient / (squares[at] + slack), 0.0)
            if step := (new - alphas[at]) * label:
                alphas[at] = new
                for place, value in zip(*rows[at], strict=True):
                    weights[place] += step * value
    return weights


def score(row: Row, weights: Sequence[float]) -> float:
    """The product of a row and the weights."""
    places, values = row
    found = itemgetter(*places)(weights) if len(places) > 1 else (weights[places[0]],)
    return sum(map(mul, found, values))


def choose_thresholds(examples: Sequence[Example], scores: dict[int, dict[str, float]]) -> Thresholds:
    """Both bars of the verdict and one bar a kind, on scores of left-out writers."""
    by_label: dict[int, list[float]] = {
        label: sorted(scores[at][VERDICT] for at in scores if examples[at].labels[VERDICT] == label)
        for label in (1, -1)
    }
    low = by_label[1][int(MISSED * len(by_label[1]))]
    high = by_label[-1][-1 - int(FALSE * len(by_label[-1]))]
    asked = [at for at in scores if examples[at].labels[VERDICT] == 1]
    bars = dict.fromkeys(KINDS, -0.3)
    for _ in range(3):
        for kind in KINDS:
            bars[kind] = max(
                (_exact(examples, scores, asked, bars | {kind: bar / 20}), -abs(bar), bar / 20)
                for bar in range(-18, 13)
            )[2]
    return Thresholds(round(low, 4), round(max(low, high), 4), bars)


def _exact(
    examples: Sequence[Example], scores: dict[int, dict[str, float]], asked: Sequence[int], bars: dict[str, float]
) -> int:
    """On how many requests exactly the right kinds clear their bars (the best one always does)."""
    right = 0
    for at in asked:
        over = {kind: scores[at][kind] - bars[kind] for kind in KINDS}
        best = max(over, key=over.__getitem__)
        right += all(
            not (label := examples[at].labels[kind]) or (label > 0) == (over[kind] > 0 or kind == best)
            for kind in KINDS
        )
    return right


def to_model(vocabulary: Vocabulary, weights: dict[str, list[float]], thresholds: Thresholds, corpus: str) -> Model:
    """Fold the rarity into the weights and keep each as one signed byte."""
    groups = {}
    for group in GROUPS:
        entries = vocabulary.entries[group]
        folded = {
            head: [weights[head][place] * rarity * RARITY_STEP for place, rarity in entries.values()] for head in HEADS
        }
        steps = {head: max(map(abs, folded[head]), default=0.0) / 127 or 1.0 for head in HEADS}
        groups[group] = Group(
            rows={name: at for at, name in enumerate(entries)},
            rarity=bytes(rarity for _, rarity in entries.values()),
            weights={head: array("b", (round(weight / steps[head]) for weight in folded[head])) for head in HEADS},
            steps=steps,
        )
    bias = {head: weights[head][-1] for head in HEADS}
    return Model(HEADS, groups, bias, thresholds, corpus)


if __name__ == "__main__":
    sys.exit(main())
