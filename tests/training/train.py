"""Learn the shipped weights from the corpus: `make train`, or `python tests/training/train.py [--check]`.

No arithmetic whose last bits a library's version, the number of threads or the processor would change (`learning`).
The same corpus and the same code give the same file, bit for bit; `--check` says whether the shipped one is it.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from inbox_agent.commands.evaluate import table  # noqa: E402
from inbox_agent.rules.classify import Recogniser  # noqa: E402
from inbox_agent.rules.corpus import OWN_DOMAINS, raw_mail  # noqa: E402
from inbox_agent.rules.evaluation import Answer, report  # noqa: E402
from inbox_agent.rules.jury import Jury  # noqa: E402
from inbox_agent.rules.model import Thresholds, pack  # noqa: E402
from inbox_agent.rules.parse import parse  # noqa: E402
from tests.training.examples import CORPUS, FAIR, FOLDS, KINDS, PHRASES, Example, read_examples  # noqa: E402
from tests.training.jury import Chosen, choose, left_out_scores  # noqa: E402
from tests.training.learning import HEADS  # noqa: E402
from tests.training.whole import Learned, learn_all, to_model  # noqa: E402

__all__ = [
    "HEADS",
    "KINDS",
    "OUTPUT",
    "Jury",
    "Thresholds",
    "digest",
    "learn_all",
    "main",
    "pack",
    "read_examples",
    "to_model",
]

OUTPUT = ROOT / "inbox_agent" / "lexicon" / "model.bin"

_left_out_of: list[Example] = []  # what a worker learns from, given once


def main(argv: Sequence[str] | None = None) -> int:
    """Train and write, or (`--check`) say whether the shipped file is what training gives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the shipped file differs")
    parser.add_argument("--figures", action="store_true", help="print how each writer fares, learned from the others")
    arguments = parser.parse_args(argv)
    examples, corpus = read_examples(), digest()
    *left_out, whole = learn_each(examples)
    chosen = choose(examples, left_out_scores(examples, left_out))
    packed = pack(to_model(whole, chosen.thresholds, chosen.jury, corpus))
    if arguments.figures:
        print_figures(examples, left_out, chosen)
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
        *(lexicon / f"{language}.toml" for language in ("en", "fi", "sv")),
    ]:
        hashed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hashed.hexdigest()


def learn_each(examples: list[Example], workers: int = 2) -> list[Learned]:
    """What is learned from all but each fold, and at last from all."""
    with ProcessPoolExecutor(workers, initializer=_left_out_of.extend, initargs=(examples,)) as pool:
        return list(pool.map(_learn_without, range(FOLDS + 1)))


def _learn_without(fold: int) -> Learned:
    return learn_all([example for example in _left_out_of if example.fold != fold])


def print_figures(examples: Sequence[Example], left_out: Sequence[Learned], chosen: Chosen) -> None:
    """The figures of the whole recogniser on each writer, learned from the others; the honest estimate."""
    answers, fair = [], []
    for fold, learned in enumerate(left_out):
        recogniser = Recogniser(to_model(learned, chosen.thresholds, chosen.left_out[fold], ""))
        for example in examples:
            if example.fold == fold and example.mail:
                found = recogniser.classify(parse(raw_mail(example.mail), own_domains=OWN_DOMAINS))
                answers.append(Answer(example.mail, found.verdict, frozenset(found.kinds)))
                fair += answers[-1:] if example.hand in FAIR else []
    for language in ("fi", "sv", "en"):
        of_language = report(answer for answer in answers if answer.mail.language == language)
        print(language, *islice(table(of_language), 5), sep="\n")
    print("hands that the upper bar is set on", *islice(table(report(fair)), 5), sep="\n")
    print(*table(replace(report(answers), misses=())), sep="\n")


if __name__ == "__main__":
    sys.exit(main())
