"""Why a letter says that it is late: in the fact that a form gave, or in a person's own words in the letter.

Owns where a sentence gives such a cause, and whether a form's tells of a thing or a deed of ours. Refuses to know which
words are a fault in one: that is `data/fields.toml`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from replies import filters, known, wording
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


def unclear(read: Lens) -> Iterator[tuple[int, int]]:
    """Where the cause that a form gave tells plainly of no thing and of no deed of ours, but maybe of somebody's lot
    (GDPR 5(1)(c)).
    """
    given = (read.context.facts, *(part.facts for part in read.parts))
    for said in dict.fromkeys(filters.phrase(filters.plain(facts.get("late_reason", ""))) for facts in given):
        if said and not known.plain("late_reason", said, read.language, read.around.ours):
            yield from read.shows(said)
