"""The scored reader of commands: its file, and what it refuses."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from inbox_agent.rules.commands.clues import clues
from inbox_agent.rules.commands.labels import is_label, label, meant
from inbox_agent.rules.commands.model import Intent, Place
from inbox_agent.rules.commands.reading import read
from inbox_agent.rules.commands.scores import pack, shipped, unpack
from inbox_agent.rules.commands.understanding import understand
from inbox_agent.rules.commands.vocabulary import vocabulary
from tests.training.commands import digest

NOW = datetime(2026, 3, 11, 9, tzinfo=ZoneInfo("Europe/Helsinki"))


def margins(text: str) -> dict[str, float]:
    line = read(text, vocabulary(), NOW.date())
    return shipped().margins(clues(line, ((0, len(line.words)),), Place.CASE))


def test_the_shipped_scores_were_learned_from_the_corpus_that_is_here() -> None:
    """Whoever changes a command or a word of the lexicon runs `make train`."""
    assert shipped().corpus == digest()


def test_the_file_of_the_scores_holds_them_whole() -> None:
    """What is packed is what is read."""
    again = unpack(pack(shipped()))

    assert pack(again) == pack(shipped())
    assert again.margins(["t:v_remind"]) == shipped().margins(["t:v_remind"])


def test_every_label_names_an_intent_and_comes_back() -> None:
    """A label gives the intent and the argument that it was made of."""
    for one in shipped().labels:
        if not is_label(one):
            continue
        intent, args = meant(one)
        back = {Intent.SET_OUTCOME: {"outcomes": [args]}, Intent.CHANGE_KIND: {str(args.get("how")): []}}.get(
            intent, args
        )
        assert "several" in one or label(intent, back) == one


def test_clues_tell_a_day_and_a_name_by_kind_only() -> None:
    """Which day it is and who it is says nothing of what is asked."""
    assert margins("muistuta torstaina Korhosesta") == margins("muistuta maanantaina Virtasesta")


@pytest.mark.parametrize("text", ["", " ", "?", "\x00", "{{}}", "]" * 599, "a " * 300, "ja, " * 200, "🙂" * 50])
def test_hostile_text_is_heard_as_nothing(text: str) -> None:
    """Whatever is typed, something is understood or nothing; nothing breaks and nothing acts."""
    assert [one.intent for one in understand(text, NOW)] == [Intent.NONE]
