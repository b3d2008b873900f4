"""Recordings are found by their words, however those are written; a text without them is not searched long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules import recordings
from tests.bench.bench import corpus

WORDS = (
    "puhelutallenne", "TALLENTEET", "tallennetta", "nauhoitus", "äänitteestä", "ÄÄNITYKSET", "valvontakameran",
    "kamerakuvia", "kameravalvonta", "LOKİTİEDOT", "lokıtiedoista", "ſamtalſinſpelningar", "övervakningskameror",
    "kameraövervakningen", "logguppgifter", "Recording", "CCTV", "video security footage", "camera footage",
    "access logs", "tallennetut tiedot", "kamera", "asiakastiedot", "record",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=6).map(" ".join))
def test_a_text_that_is_spared_the_search_names_none(text: str) -> None:
    searched = dict.fromkeys(match[0].casefold() for match in recordings._words().named.finditer(text))
    assert recordings.named(text) == tuple(searched)[: recordings._MOST]


def test_of_the_evaluation_mails_each_names_what_a_whole_search_finds() -> None:
    texts = [raw.decode("utf-8", "replace") for raw in corpus("evaluation/*.txt")]
    found = [any(recordings._words().named.finditer(text)) for text in texts]
    assert [bool(recordings.named(text)) for text in texts] == found
    assert any(found)


@pytest.mark.parametrize(("text", "named"), [("Puhelutallenne ja nauhoite", ("puhelutallenne", "nauhoite")), ("", ())])
def test_they_are_named_in_the_texts_own_words(text: str, named: tuple[str, ...]) -> None:
    assert recordings.named(text) == named
