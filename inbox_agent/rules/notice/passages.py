"""Passages of a notice as values and as quotes: what stands under a heading, in the notice's own words.

Owns that a quote is one stretch of the notice, and that neither value nor quote is longer than a reader bears.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from itertools import accumulate

from inbox_agent.rules.notice import marks
from inbox_agent.rules.notice.document import Document, Section, Sentence
from inbox_agent.rules.notice.facts import SURE, Field
from inbox_agent.rules.notice.placeholders import is_placeholder
from inbox_agent.rules.notice.topics import Topic
from inbox_agent.rules.notice.wording import words

MORE = " …"
"""What ends a text of which the notice has more."""

_LONGEST = 700
_NEAR, _NEARER = 30, 12  # characters that tell a place from others
_LONGEST_DATE = 80
_DATED = words("how.dated")
_SPACE_BEFORE = re.compile(r"\s+(?=[.,;](?:\s|$))")


def told(document: Document, topics: tuple[Topic, ...], only: Sequence[Sentence] | None = None) -> Field | None:
    """What stands under these headings as one text, its quote one stretch of it."""
    kept = None if only is None else frozenset(only)
    sentences = [
        each
        for each in document.under(*topics)
        if not (is_placeholder(each.text) or _dates_the_notice(each.text)) and (kept is None or each in kept)
    ]
    if not sentences:
        return None
    return Field(prose(sentences), stretch(document, sentences), SURE)


def _dates_the_notice(text: str) -> bool:
    """Whether a sentence only says of when the notice is: it stands under whatever heading is the last."""
    return len(text) <= _LONGEST_DATE and _DATED.search(text) is not None and any(marks.dates(text))


def prose(sentences: Iterable[Sentence]) -> str:
    """Sentences and items of lists as one text of bearable length: `MORE` ends what leaves out the last of them."""
    texts = [_SPACE_BEFORE.sub("", each.text) for each in sentences]
    ended = [text if text.endswith((".", "!", "?", ";", ":", ",")) else f"{text};" for text in texts[:-1]]
    told = [*ended, *texts[-1:]]
    lengths = accumulate(len(text) + 1 for text in told)
    kept = [text for text, length in zip(told, lengths, strict=True) if length <= _LONGEST]
    whole = " ".join(kept or [textwrap.shorten(told[0], _LONGEST, placeholder="")])
    return whole if len(kept) == len(told) else f"{whole}{MORE}"


def stretch(document: Document, sentences: Sequence[Sentence]) -> str:
    """The notice's own words from the first of these to the last that stands with it, if that is not too much."""
    section = document.sections[sentences[0].section]
    whole = " ".join(section.lines)
    together = [each.text for each in sentences if each.section == sentences[0].section]
    start, last = whole.find(together[0]), whole.rfind(together[-1])
    end = last + len(together[-1])
    return whole[start:end] if 0 <= start <= last and end - start <= _LONGEST else together[0]


def line_at(section: Section, start: int) -> str:
    """The line that a place in the section's text lies on; of a long one, the sentence."""
    begin = section.text.rfind("\n", 0, start) + 1
    end = section.text.find("\n", start)
    line = section.text[begin : end if end >= 0 else None]
    near = section.text[start : start + _NEAR].split("\n")[0]
    parts = (near, near[:_NEARER])  # a sentence before may begin a word alike
    sentence = next((each.text for part in parts for each in section.sentences if part in each.text), line)
    return line if len(line) <= len(sentence) else sentence


def line_of(document: Document, words: str) -> str:
    first = words.strip().split("\n")[0]
    return next((each.text for each in document.sentences if first in each.text), first)
