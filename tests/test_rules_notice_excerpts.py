"""Single fields read from excerpts: one promise in the words of many writers (`excerpts*.toml` of the corpus)."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from inbox_agent.rules.notice.facts import Name
from inbox_agent.rules.notice.reader import facts, read
from tests.notice_corpus import FOLDER

_FILES = ("excerpts.toml", "excerpts_in_prose.toml", "excerpts_in_prose_again.toml")
_HELD: list[dict[str, Any]] = [tomllib.loads((FOLDER / name).read_text(encoding="utf-8")) for name in _FILES]
_FRAMES: dict[str, str] = _HELD[0].pop("frames")
_EXCERPTS = [(Name(field), each) for held in _HELD for field, listed in held.items() for each in listed]


@pytest.mark.parametrize(
    ("name", "excerpt"), _EXCERPTS, ids=lambda each: each.get("text") if type(each) is dict else each
)
def test_a_promise_is_read_whoever_words_it(name: Name, excerpt: dict[str, Any]) -> None:
    value = facts(read(_FRAMES.get(excerpt.get("frame", ""), "") + excerpt["text"] + "\n"))[name].value

    if holds := excerpt.get("holds"):
        assert str(holds).lower() in str(value).lower()
    elif told := excerpt.get("is"):
        assert value in told
    elif lists := excerpt.get("lists"):
        assert isinstance(value, tuple)
        assert len(value) == len(lists)
        assert all(any(item.lower() in one.lower() for one in value) for item in lists)
    else:
        assert value is None
