"""Why a letter says that it is late: in the fact that a form gave, or in a person's own words in the letter.

Owns where a sentence gives such a cause, whether a later letter does, and whether a form's tells of a thing or a deed
of ours. Refuses to know which words are a fault in one: that is `data/fields.toml`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from replies import clauses, filters, known, wording
from replies.data_files import shared
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


def told_afterwards(body: str, concern: str, language: str) -> bool:
    """Whether a letter says in one sentence that our answer was late, and why (GDPR 12(3)-(4)). `concern`: what its
    reader wrote, which it only repeats.
    """
    own = body
    for line in filter(None, filters.phrase(filters.plain(concern)).split("; ")):
        own = re.sub(r"\s+".join(map(re.escape, line.split())), "", own, count=1, flags=re.IGNORECASE)
    said = (" ".join(sentence.split()) for _, sentence in wording.sentences(own))
    return any(_says_late(sentence, language) for sentence in said)


def _says_late(sentence: str, language: str) -> bool:
    """What the cause denies ("because it was not collected") denies no delay."""
    caused = wording.required(language)["late_reason_missing"]
    pieces = caused.patterns[0].split(sentence)
    late = re.compile(shared(language)["late_answer"], re.IGNORECASE)
    return caused.said_in(sentence) and any(late.search(clauses.affirmed(piece, language)) for piece in pieces)


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
