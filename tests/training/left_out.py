"""How well a hand is understood that nothing was learned from: `python -m tests.training.left_out HAND... [--half]`.

Both readers learn from the other hands (with `--half` also from every other line of this one) and understand what was
left out. The rules know the hand, so that the figure is no first measurement; for a change of the readers it is what a
figure of lines learned from cannot be.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from unittest.mock import patch

from inbox_agent.rules.commands import excerpts, fields, scores, understanding
from tests.commands_figures import HOME, Labelled, acts_wrongly, labelled, other_intent, right
from tests.training.commands import learn_all, read_commands


def main() -> int:
    """Print the figure of each hand named."""
    half = "--half" in sys.argv
    for hand in (word for word in sys.argv[1:] if not word.startswith("-")):
        commands = list(labelled(HOME / hand))
        left_out = commands[1::2] if half else commands
        print(f"{hand}: {_measured(hand, left_out)}")
    return 0


def _measured(hand: str, left_out: Sequence[Labelled]) -> str:
    """The figures of the commands that were left out."""
    texts = {command.text for command in left_out}
    known = [one for one in read_commands() if one.source != hand or one.line.text not in texts]
    heard, cut = learn_all(known, "")
    heard, cut = scores.unpack(scores.pack(heard)), excerpts.unpack(excerpts.pack(cut))
    with patch.object(understanding, "shipped", lambda: heard), patch.object(fields, "shipped", lambda: cut):
        wrong = [command for command in left_out if not right(command)]
        others, acted = sum(map(other_intent, wrong)), sum(map(acts_wrongly, wrong))
    share = 100 * (1 - len(wrong) / len(left_out))
    return f"{share:.1f} % of {len(left_out)} right; another intent: {others}; a wrong act proposed: {acted}"


if __name__ == "__main__":
    raise SystemExit(main())
