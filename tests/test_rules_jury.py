"""The last vote: small trees that correct scores, what they look at, and how they are grown."""

from __future__ import annotations

import numpy as np
import pytest

from inbox_agent.rules.jury import FAR, RIGHT_WEIGHT, Jury, Spoken, Votes, facts_of_mail, facts_of_rights
from inbox_agent.rules.trees import Tree, read, say, told
from tests.training.forest import AT_LEAST, Size, grow

TWO = Tree(((0, 1.0, -1, 1), (1, 0.5, -2, -3)), (10.0, 20.0, 30.0))


@pytest.mark.parametrize(("facts", "said"), [((1.0, 9.0), 10.0), ((1.1, 0.5), 20.0), ((1.1, 0.6), 30.0)])
def test_a_tree_says_what_stands_in_the_leaf_of_the_facts(facts: tuple[float, ...], said: float) -> None:
    """At most the bound goes to the one side, more to the other."""
    assert say((TWO,), facts) == said


def test_trees_survive_their_file() -> None:
    """A tree of one leaf, too."""
    forest = (TWO, Tree((), (0.25,)))
    assert read(told(forest)) == forest
    assert say(forest, (0.0, 0.0)) == 10.25


SILENCE = Spoken([0.0, 0.0], [], [0.0, 0.0], 3)


def test_without_trees_the_votes_decide() -> None:
    """Linear score, network and a part of how far the nearest right is over its bar; one below takes nothing away."""
    assert Jury().of_mail(Votes(0.5, 0.25, [-1.0, 2.0], SILENCE)) == 0.75 + RIGHT_WEIGHT * 2.0
    assert Jury().of_mail(Votes(0.5, 0.25, [-1.0, -2.0], SILENCE)) == 0.75


def test_a_right_is_asked_where_its_corrected_sum_is_over_its_bar() -> None:
    """Whole mail, loudest sentence, network and trees together, less the bar; far below it the trees are not asked."""
    place = 7
    jury = Jury(rights=(Tree(((place, 0.5, -1, -2),), (0.0, 1.0)),), bars={"access": 0.25, "erasure": 0.25})
    spoken = Spoken([1.0, 1.0], [[0.5, 0.0], [0.0, 0.5]], [0.0, 1.0], 3)
    over = jury.of_rights(spoken, {"access": 0.0, "erasure": 0.0})
    assert over == pytest.approx({"access": 1.0, "erasure": 2.3})  # loudest in the first sentence, and in the last
    assert jury.of_rights(spoken, {"access": 0.0, "erasure": FAR}) == pytest.approx({"access": 1.0, "erasure": 1.3})


def test_what_the_trees_see_of_a_right() -> None:
    """Of itself, of its loudest sentence, of the other rights, of the mail, and which it is."""
    spoken = Spoken([1.0, 0.0], [[0.0, 1.0], [2.0, -1.0], [0.5, 0.0]], [0.0, -4.0], 9)
    (access,) = facts_of_rights(spoken, [0.2, -0.1], [0])
    assert spoken.sums == pytest.approx([2.0, -0.7])
    of_itself, beside, ranks, mail = (1.0, 2.0, 0.5, 5.5), (3.0, 1.0, 0.5, 0.5), (2.7, 3.5, 0.0), (3.0, 9.0, 2.0)
    network, over, voted, which = (0.0, 4.0), (0.2, -0.1), (0.0, -4.0), (1.0, 0.0)
    assert access == pytest.approx((*of_itself, *beside, *ranks, *mail, *network, *over, *voted, *which))


def test_a_mail_without_a_sentence_has_facts_like_any() -> None:
    """As many, so that the trees can be asked."""
    full, empty = Spoken([1.0, 0.0], [[0.0, 0.0]], [0.0, 0.0], 1), SILENCE
    seen = [facts_of_rights(one, [0.0, 0.0], [0, 1]) for one in (full, empty)]
    assert [len(one) for one in seen[0]] == [len(one) for one in seen[1]]
    assert len(facts_of_mail(Votes(0.0, 0.0, [0.0, 0.0], full))) == len(
        facts_of_mail(Votes(0.0, 0.0, [0.0, 0.0], empty))
    )


def test_grown_trees_find_what_no_sum_tells() -> None:
    """Two facts that mean yes where both or neither are there; on points that were not learned."""
    chance = np.random.RandomState(1)
    facts = chance.uniform(-1, 1, (40 * AT_LEAST, 3))
    labels = np.where(facts[:, 0] * facts[:, 1] > 0, 1.0, -1.0)
    seen = len(facts) // 2
    forest = grow(facts[:seen], np.zeros(seen), labels[:seen], 1.0, Size(60, 8))
    said = np.array([say(forest, one) for one in facts[seen:].tolist()])
    assert np.mean((said > 0) == (labels[seen:] > 0)) > 0.95


def test_where_nothing_is_wrong_the_trees_are_silent() -> None:
    """Scores far enough on their side are left alone."""
    facts, labels = np.arange(4.0 * AT_LEAST)[:, None], np.where(np.arange(4 * AT_LEAST) % 2, 1.0, -1.0)
    forest = grow(facts, 2.0 * labels, labels, 1.0, Size(60, 8))
    assert {say(forest, one) for one in facts.tolist()} == {0.0}
