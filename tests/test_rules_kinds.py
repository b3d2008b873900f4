"""The rights of a mail are those that scoring each of its sentences would give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inbox_agent.rules import kinds, model
from inbox_agent.rules.context import reading
from inbox_agent.rules.corpus import parse_corpus, raw_mail
from inbox_agent.rules.features import Sentence, read_sentences
from inbox_agent.rules.kinds import Kinds
from inbox_agent.rules.model import SAID, SAID_WEIGHT
from inbox_agent.rules.parse import parse
from inbox_agent.rules.rows import Finder

CORPUS = Path(__file__).parent / "corpus"
COLLECTION = Path(__file__).parents[2] / "shared" / "mail"
SHIPPED = model.shipped()
FINDER = Finder({name: group.rows for name, group in SHIPPED.groups.items()})
KINDS = Kinds(SHIPPED, FINDER)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.txt")), ids=lambda path: path.stem)
def test_a_labelled_mail_has_the_rights_of_all_its_sentences(path: Path) -> None:
    """Every mail of the evaluation and of the training, request or not."""
    assert _unlike(raw_mail(one) for one in parse_corpus(path.read_text(encoding="utf-8"))) == []


@pytest.mark.skipif(not COLLECTION.is_dir(), reason="the collection of strange mails is not here")
def test_a_strange_mail_has_the_rights_of_all_its_sentences() -> None:
    """What other projects met."""
    assert _unlike(path.read_bytes() for path in sorted(COLLECTION.glob("*/*"))) == []


def _unlike(raws: Iterator[bytes]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The rights of the mails that differ, as they are found and as all sentences give them."""
    pairs = []
    for raw in raws:
        read = reading(parse(raw))
        own = read_sentences(read)
        if len(own) > kinds._FEW:  # else all are scored anyway
            found = FINDER.of_mail(read, own)
            pairs.append((KINDS.among(KINDS.over(found, own)), _all_scored(found, own)))
    return [(one, other) for one, other in pairs if one != other]


def _all_scored(found: model.Rows, own: list[Sentence]) -> tuple[str, ...]:
    heads = tuple(head for head in SHIPPED.heads if SAID + head in SHIPPED.heads)
    whole = SHIPPED.scores(found, heads)
    said = tuple(SAID + head for head in heads)
    alone = [SHIPPED.scores(FINDER.of_sentence(own, at), said) for at in range(len(own))]
    over = {
        kind: whole[kind] + SAID_WEIGHT * max(one[SAID + kind] for one in alone) - SHIPPED.thresholds.kinds[kind]
        for kind in heads
    }
    return tuple(kind for kind in heads if over[kind] > 0 or over[kind] == max(over.values()))
