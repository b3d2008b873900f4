"""A mail's rows in the model are those of its features' names, whichever way they are found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules import model
from inbox_agent.rules.context import reading
from inbox_agent.rules.corpus import parse_corpus, raw_mail
from inbox_agent.rules.features import GROUPS, Reading, features, read_sentences, said
from inbox_agent.rules.parse import parse
from inbox_agent.rules.rows import Finder

CORPUS = Path(__file__).parent / "corpus"
SHIPPED = model.shipped()
FINDER = Finder({name: group.rows for name, group in SHIPPED.groups.items()})
WORDS = st.sampled_from(
    [
        "poistakaa",
        "tietoni",
        "kaikki",
        "mitä",
        "teillä",
        "on",
        "minusta",
        "En",
        "jaksa",
        "enää",
        "s",
        "S.",
        "Radera",
        "mina",
        "uppgifter",
        "please",
        "delete",
        "my",
        "data",
        "15",
        "artikla",
        "!",
        ".",
        "\n\n",
        "–",
        "tilaus",
        "lasku",
        "uutiskirje",
        "perukaa",
        "suostumukseni",
        "äöå",
        "voisitteko",
    ]
)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*_1.txt")), ids=lambda path: path.stem)
def test_a_mail_is_found_as_its_features_are_named(path: Path) -> None:
    """Labelled mails of every hand."""
    for read in _mails(path):
        _alike(read)


@given(
    st.lists(WORDS, max_size=90),
    st.lists(WORDS, max_size=9),
    st.lists(WORDS, max_size=9),
    st.sampled_from(["fi", "sv", "en"]),
)
def test_whatever_is_written_is_found_as_it_is_named(
    words: list[str], quoted: list[str], subject: list[str], language: str
) -> None:
    """Any words in any order, long sentences and none."""
    texts = (" ".join(part) for part in (subject, words, quoted))
    _alike(Reading(*texts, language, reply=bool(quoted), forwarded=False, one_click=False, attachments=False))


def _mails(path: Path) -> Iterator[Reading]:
    for mail in parse_corpus(path.read_text(encoding="utf-8")):
        yield reading(parse(raw_mail(mail)))


def _alike(read: Reading) -> None:
    own = read_sentences(read)
    spelled = FINDER.spelled(own)
    pairs = [(SHIPPED.rows(features(read, own)), FINDER.of_mail(read, spelled).rows)]
    pairs += [(SHIPPED.rows(said(one.sentence)), FINDER.of_sentence(one).rows) for one in spelled]
    for named, found in pairs:
        assert {name: sorted(named[name]) for name in GROUPS} == {name: sorted(found[name]) for name in GROUPS}
