"""The language of short mails."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.language import language_of
from inbox_agent.rules.quotes import split_quotes


@pytest.mark.parametrize(
    ("text", "subject", "language"),
    [
        ("Poistakaa tietoni.", "", "fi"),
        ("poistakaa mut listalta", "", "fi"),
        ("Ta bort mina uppgifter.", "", "sv"),
        ("Jag vill veta vad ni har om mig.", "", "sv"),
        ("Delete my data please.", "", "en"),
        ("What do you know about me?", "", "en"),
        ("", "Begäran om registerutdrag", "sv"),
        ("", "Tietopyyntö", "fi"),
        ("", "Access request", "en"),
        ("", "", "fi"),
        ("12345", "", "fi"),
        ("漢字", "", "fi"),
        ("Hei, pyydän jäljennöksen. https://www.the-data-of-you.example/and/the/", "", "fi"),
    ],
)
def test_short_mails_are_told_apart(text: str, subject: str, language: str) -> None:
    """Few words are enough; where there are none, it is Finnish."""
    assert language_of(text, subject) == language


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_has_a_language(text: str, subject: str) -> None:
    """Every text is one of the three."""
    assert language_of(text, subject) in {"fi", "sv", "en"}


def test_the_training_corpus_is_told_apart() -> None:
    """Of the labelled training mails at least 98 in a hundred of each language are right."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for path in sorted((Path(__file__).parent / "corpus" / "training").glob("*.txt")):
        for mail in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            head, _, body = mail.partition("\n---\n")
            fields = dict(re.findall(r"(?m)^(lang|subject): *(.*)$", head))
            total[fields["lang"]] += 1
            right[fields["lang"]] += language_of(split_quotes(body).own, fields.get("subject", "")) == fields["lang"]
    assert {language: right[language] / total[language] >= 0.98 for language in total} == dict.fromkeys(total, True)
