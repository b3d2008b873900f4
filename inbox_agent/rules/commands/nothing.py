"""Why nothing was understood: small talk, another matter, keys struck at random, or not clear enough."""

from __future__ import annotations

import re

from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.word import Word

_VOWELS = re.compile(r"[aeiouyäöå]")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}")
_FEW = 3  # words
_ASKING = ("q_what", "q_who", "q_when", "q_how", "q_where", "q_howmany", "q_why", "q_may")
_OF_TALK = frozenset({"small", "this", "is", "not", "also", "n_prev", "cheap_yes", "that_word", "all", "only"})


def reason(line: Line, told: str) -> str:
    """`told` is what a rule said of it, if any: it stands only where nothing of ours was named beside it."""
    words = [word for word in line.words if word.kind == "word"]
    if told == "smalltalk":
        return "smalltalk" if not any(_of_work(word) for word in words) else "unclear"
    if told:
        return told
    if not words or all(_random(word) for word in words):
        return "nonsense"
    if any(_ours(word) for word in words):
        return "unclear"
    asks = any(tag in word.tags for word in words for tag in _ASKING)
    unknown = [word for word in words if not word.tags or word.tags <= {"name", "known"}]
    return "off_topic" if asks and unknown else "unclear"


def _ours(word: Word) -> bool:
    return "small" not in word.phrases and bool(word.tags - _OF_TALK - set(_ASKING) - {"name", "dont", "known", "q_is"})


_WORK = ("v_", "right.", "fact.", "n_case", "n_letter", "n_deadline", "n_request", "due", "task", "duty.", "done.")


def _of_work(word: Word) -> bool:
    """Whether a word beside small talk names a deed or a thing of ours."""
    return "small" not in word.phrases and any(tag.startswith(_WORK) for tag in word.tags)


def _random(word: Word) -> bool:
    form = word.form
    if word.tags or len(form) < _FEW:
        return False
    if form.startswith(("qwe", "asd", "zxc")):
        return True
    return not _VOWELS.search(form) or bool(_CONSONANTS.search(form)) or len(set(form)) <= len(form) // 3
