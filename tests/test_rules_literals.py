"""Patterns are spared texts that cannot match them, and none that can; the sums of lanes are the sums of weights."""

from __future__ import annotations

import re
from array import array
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox_agent.rules import speakers
from inbox_agent.rules.columns import together
from inbox_agent.rules.lanes import Lane, Lanes, Layout
from inbox_agent.rules.literals import Openers, longest, needed
from inbox_agent.rules.speakers import Heard
from tests.bench.mails import mails

CORPUS = Path(__file__).parent / "corpus"
PATTERNS = tuple(speakers._numbers())


OPENERS = Openers(PATTERNS)


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"\bedunvalvoja(na|nsa)?\b", [{"edunvalvoja"}]),
        (r"\b(aiti|isa)ni\b.{0,9}\b(kuollut|menehtynyt)", [{"aitini", "isani"}, {"kuollut", "menehtynyt"}]),
        (r"\b(about|on|of) (him|her)\b", [{"him", "her"}]),
        (r"\buu(si|den)\b.?(osoit|osote)\w*", [{"uusi", "uuden"}, {"osoit", "osote"}]),
        (r"(tieto(ni|ja\w*)|tili)a?", [{"tieto", "tili"}]),
        (r"(lupa)?kirje", [{"kirje"}]),
        (r"\bon (eri )*mielta\b", [{"mielta"}]),
        (r"(?=.{0,50}profiil)tie", [{"profiil"}, {"tie"}]),
        (r"(?!pojan)ai", []),
        (r"aiti|\d+", []),
        (r"\d{4}", []),
    ],
)
def test_the_letters_that_a_pattern_cannot_do_without(pattern: str, letters: list[set[str]]) -> None:
    assert list(needed(pattern)) == letters


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"\bmy ex\b", "my ex"),
        (r"\bfi\d\d( ?\d{4}){3}", "fi"),
        (r"\b(aiti|isa)ni\b.{0,9}kuollut", "kuollut"),
        (r"(vaikka)?", ""),
        (r"aiti|isa", ""),
    ],
)
def test_the_characters_that_stand_in_every_match(pattern: str, letters: str) -> None:
    assert longest(pattern) == letters


@settings(suppress_health_check=list(HealthCheck), max_examples=600, deadline=None)
@given(st.data())
def test_whatever_a_pattern_matches_opens_it(data: st.DataObject) -> None:
    """Texts made from the lexicon's own patterns, with anything before and behind."""
    number = data.draw(st.integers(0, len(PATTERNS) - 1))
    text = data.draw(st.from_regex(re.compile(PATTERNS[number], re.DOTALL)))

    assert OPENERS.opened(text) & OPENERS.masks[number] == OPENERS.masks[number]
    assert longest(PATTERNS[number]) in text


def test_who_speaks_is_read_as_if_every_pattern_were_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [raw.decode("latin-1") for raw in mails(60, small=True)]
    texts += [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*/*_1.txt"))]
    spared = [Heard(text).said() for text in texts]
    monkeypatch.setattr(Openers, "opened", lambda *_: -1)
    monkeypatch.setattr(speakers, "longest", lambda _: "")
    speakers._patterns.cache_clear()

    assert [Heard(text).said() for text in texts] == spared


@given(st.data())
def test_the_sums_of_lanes_are_those_of_the_weights(data: st.DataObject) -> None:
    """Of more rows than one lane has room for, too, of the least and the greatest weights, of any number of heads and
    in any order, of rows added and others taken away, and of one head alone.
    """
    size, heads = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 9))
    weight = st.integers(-128, 127) | st.sampled_from([-128, 127])
    columns = [array("b", data.draw(st.lists(weight, min_size=size, max_size=size))) for _ in range(heads)]
    rows = data.draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=20)) * data.draw(st.integers(1, 40))
    further = data.draw(st.lists(st.integers(0, size - 1), max_size=20)) * data.draw(st.integers(1, 40))
    rarity, asked = data.draw(st.binary(min_size=size, max_size=size)), data.draw(st.permutations(range(heads)))

    layout = Layout(heads)
    lanes = Lanes(layout, together(columns), rarity)
    *sums, low, high = layout.reader(asked)(lanes.tally(rows + further) - lanes.tally(further))
    assert sums == [sum(columns[head][row] for row in rows) for head in asked]
    assert low + 256 * high == sum(rarity[row] ** 2 for row in rows)
    squares = array("H", [one**2 for one in rarity])
    assert Lane(columns[asked[0]], squares).sums(rows) == (sums[0], low + 256 * high)
