"""Words of the mails that commands take for slips of others: `python -m tests.training.ordinary [LEAST]`.

Whoever reviews them puts those that are no slips into `inbox_agent/lexicon/commands/ordinary.toml`. Most that are told
are right: another form of the same word ("kirjoititte"), which has its meaning.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from inbox_agent.rules.commands.vocabulary import vocabulary
from inbox_agent.rules.fold import fold

MAILS = Path(__file__).parents[1] / "corpus" / "training"
LEAST = 3  # files: a word of fewer may be a slip itself


def candidates(least: int = LEAST) -> Iterator[str]:
    """The words of at least so many files, the most frequent first, each with what it is taken for."""
    words = Counter[str]()
    for path in sorted(MAILS.glob("*.txt")):
        words.update(set(re.findall(r"[^\W\d_]+", fold(path.read_text(encoding="utf-8")))))
    for word, count in words.most_common():
        if count >= least and vocabulary().is_a_slip(word):
            yield f"{word}: {', '.join(sorted(vocabulary().tags(word)))}"


def main() -> int:
    """Print them, a line each."""
    print("\n".join(candidates(int(sys.argv[1]) if len(sys.argv) > 1 else LEAST)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
