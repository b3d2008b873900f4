"""Why a letter says that it is late: in the fact that a form gave, or in a person's own words in the letter.

Owns where a sentence gives such a cause. Refuses to judge it: which words are a fault in one is `data/fields.toml`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from replies import wording
from replies.lens import Lens
from replies.pairs import SILENT_ON_DELAY


def told(read: Lens) -> Iterator[str]:
    """The cause that each sentence of the letter gives, which is all of it where nothing leads to it."""
    if read.letter in SILENT_ON_DELAY:
        return
    for _, sentence in wording.sentences(read.body):
        if wording.required(read.language)["late_reason_missing"].said_in(sentence):
            _, cause = parted(read, sentence)
            yield cause or sentence


def parted(read: Lens, sentence: str) -> tuple[str, str]:
    """What leads to a cause, and the cause: "The reason for the delay: …"; ("", "") of any other sentence."""
    if not wording.required(read.language)["late_reason_missing"].said_in(sentence):
        return "", ""
    lead, _, cause = sentence.partition(":")
    return (lead, cause.strip()) if cause.strip() else ("", "")
