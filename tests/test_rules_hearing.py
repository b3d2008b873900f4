"""Asked together, the heads hear what each would hear alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from inbox_agent.rules import model
from inbox_agent.rules.context import reading
from inbox_agent.rules.corpus import parse_corpus, raw_mail
from inbox_agent.rules.features import read_sentences
from inbox_agent.rules.hearing import Hearing
from inbox_agent.rules.jury import SAID_WEIGHT, VOTED_WEIGHT
from inbox_agent.rules.kinds import Kinds
from inbox_agent.rules.model import SAID
from inbox_agent.rules.network import Network
from inbox_agent.rules.parse import parse
from inbox_agent.rules.rows import Finder

EVALUATION = Path(__file__).parent / "corpus" / "evaluation"
SHIPPED = model.shipped()
FINDER = Finder({name: group.rows for name, group in SHIPPED.groups.items()})
RIGHTS = tuple(head for head in SHIPPED.heads if SAID + head in SHIPPED.heads)


@pytest.mark.parametrize("path", sorted(EVALUATION.glob("*.txt")), ids=lambda path: path.stem)
def test_a_right_is_as_far_over_its_bar_as_mail_loudest_sentence_and_network_say(path: Path) -> None:
    """Each right by itself, of the mail and of every one of its sentences."""
    for raw in map(raw_mail, parse_corpus(path.read_text(encoding="utf-8"))):
        read = reading(parse(raw))
        own = read_sentences(read)
        found = FINDER.of_mail(read, FINDER.spelled(own))
        alone = [FINDER.of_sentence(one).rows for one in FINDER.spelled(own)]
        whole = SHIPPED.scores(found.rows, RIGHTS)
        kinds = Kinds(SHIPPED)
        heard = Hearing(SHIPPED, FINDER.words).of(found)
        votes = Network(SHIPPED).votes(heard)
        over = kinds.over(kinds.spoken(heard, votes, found.known))
        for kind in RIGHTS:
            loudest = max(SHIPPED.scores(one, (SAID + kind,))[SAID + kind] for one in alone)
            told = whole[kind] + SAID_WEIGHT * loudest + VOTED_WEIGHT * votes[kind]
            assert over[kind] == pytest.approx(told - SHIPPED.thresholds.kinds[kind], abs=1e-9)


def test_of_a_mail_without_a_sentence_nothing_is_heard() -> None:
    """An empty mail: no sentence speaks of a right, and no unit hears one."""
    read = reading(parse(b"\n"))
    heard = Hearing(SHIPPED, FINDER.words).of(FINDER.of_mail(read, []))
    assert not heard.said
    assert set(heard.loudest) == {0.0}
