"""Passages of a notice as values and as quotes: what stands under a heading, in the notice's own words.

Owns that a quote is one stretch of the notice, and that neither value nor quote is longer than a reader bears.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.facts import SURE, Field
from inbox_agent.rules.notice.placeholders import is_placeholder
from inbox_agent.rules.notice.topics import Topic

_LONGEST = 700


def told(document: Document, topics: tuple[Topic, ...], only: Sequence[Sentence] | None = None) -> Field | None:
    """What stands under these headings as one text, its quote one stretch of it."""
    kept = None if only is None else frozenset(only)
    sentences = [
        each for each in document.under(*topics) if not is_placeholder(each.text) and (kept is None or each in kept)
    ]
    if not sentences:
        return None
    return Field(prose(sentences), stretch(document, sentences), SURE)


def prose(sentences: Iterable[Sentence]) -> str:
    """Sentences and items of lists as one text of bearable length."""
    texts = [each.text for each in sentences]
    ended = [text if text.endswith((".", "!", "?", ";", ":", ",")) else f"{text};" for text in texts[:-1]]
    return textwrap.shorten(" ".join((*ended, *texts[-1:])), _LONGEST, placeholder=" …")


def stretch(document: Document, sentences: Sequence[Sentence]) -> str:
    """The notice's own words from the first of these to the last that stands with it, if that is not too much."""
    section = document.sections[sentences[0].section]
    whole = " ".join(section.lines)
    together = [each.text for each in sentences if each.section == sentences[0].section]
    start, last = whole.find(together[0]), whole.rfind(together[-1])
    end = last + len(together[-1])
    return whole[start:end] if 0 <= start <= last and end - start <= _LONGEST else together[0]
