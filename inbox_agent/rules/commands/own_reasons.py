"""Why something is refused, where a clause of its own tells it in the person's words and names no ground of the law.

As in "markkinointikielto hylätään, asiakas on meille tärkeä": the law is to judge these words, not to miss a ground.
Refuses a clause that does, asks, dates or sends anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from inbox_agent.rules.commands.excerpt_clues import Stretch
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.given import Given
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.texts import trimmed

_ANSWERING = frozenset({"v_refuse", "no_deed", "cheap_no", "ban_ignored"})
_OTHER = (
    "v_",
    "done.",
    "duty.",
    "q_",
    "done_word",
    "hold_word",
    "undecided",
    "n_attachment",
    "overdue",
    "measure.",
    "cheap_",
    "cond_word",
    "no_data",
    "not_identified",
    "tentative",
    "n_letter",
    "n_case",
    "they_want",
    "kept",
    "rest",
    "ground.",
    "right.",
)
_FEWEST = 3  # words


def reasoned(spoken: Spoken, given: Given) -> Given:
    """A refusal that named no ground, with the words of the one clause that tells why."""
    told = given.get("outcomes", ())
    if len(told) != 1 or told[0]["outcome"] != "refused" or told[0].get("ground") or given.get("hold"):
        return given
    why = _why(spoken.line.text, [Spoken(spoken.line, (span,)) for span in _clauses(spoken)])
    return {**given, "outcomes": [{**told[0], "ground": why}]} if why else given


def _clauses(spoken: Spoken) -> Sequence[Stretch]:
    """The spans, cut at their marks."""
    found = []
    for start, end in sorted(spoken.spans):
        marks = [at for at in range(start, end) if spoken.line.words[at].kind == "mark"]
        found += [(a, b) for a, b in zip((start, *(at + 1 for at in marks)), (*marks, end), strict=True) if a < b]
    return found


def _why(text: str, clauses: Sequence[Spoken]) -> str | None:
    answers = [at for at, clause in enumerate(clauses) if _ANSWERING & clause.tags or _denied(clause)]
    others = [at for at in range(len(clauses)) if at not in answers]
    if len(answers) != 1 or len(others) != 1 or not _tells(clauses[others[0]]):
        return None
    words = clauses[others[0]].words
    return trimmed(text[words[0].start : words[-1].end])


def _denied(clause: Spoken) -> bool:
    """As in "not giving him a copy"."""
    return "not" in clause.tags and any(tag.startswith(("v_", "right.")) for tag in clause.tags)


def _tells(clause: Spoken) -> bool:
    """Whether a clause only tells how things are."""
    words = [word for word in clause.words if word.kind == "word"]
    told = len(words) >= _FEWEST and not clause.mentions and any(word.form in FUNCTION.telling for word in words)
    return told and not any(tag.startswith(_OTHER) for tag in clause.tags)
