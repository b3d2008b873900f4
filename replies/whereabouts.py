"""Where a letter tells, in a person's own words, where somebody is who has a turvakielto (non-disclosure for safety).

Owns the reading of `data/whereabouts.toml`. Refuses the shapes of addresses and numbers, which are
`replies.protection`'s: what those do not know, such as a town by itself, shows by the words beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from replies import naming, protection, strangers, towns, wording
from replies.data_files import table
from replies.filters import DATE_PATTERN
from replies.lens import Lens

# A name or a number, where a word of whereabouts stands beside it; what begins the sentence is a word like any other.
_NAMED = re.compile(r"(?<=[^\W_] )(?<![.!?] )[A-ZÅÄÖ][\w-]+|\d+")
_NO_PLACE = re.compile(r"(?:[A-ZÅÄÖ][\w-]+\s+){1,3}(?:Oy|Oyj|Ab|Ky|ry|rf|Ltd)\b(?::\w+)?|\b\d{1,2} [a-zA-Z]+ \d{4}\b")


def places(read: Lens) -> Iterator[tuple[int, int]]:
    """The places in a letter to a protected reader that tell an address, a town, a school or a number."""
    if not read.context.protected:
        return
    ours = strangers.our_whereabouts(read)
    yield from protection.places(read.body, ours)
    reviewed = {" ".join(said.split()) for _, said in wording.sentences(read.around.template)}
    for span, said in wording.sentences(read.body):
        # Whoever wrote it, where nobody knows what the template did: a sentence that tells where somebody is, is one.
        if " ".join(said.split()) not in reviewed and _tells(read, said, ours):
            yield span


def _tells(read: Lens, said: str, ours: str) -> bool:
    if read.context.case_number in said:
        return False
    undated = _NO_PLACE.sub(" ", re.sub(DATE_PATTERN[read.language], " ", said))
    placed = _words(read.language, "nowhere").sub(" ", undated)
    return any(not _ours(read, ours, name) for name in _placed(read.language, placed))


def _placed(language: str, said: str) -> Iterator[str]:
    """What may tell where somebody is: a town, and a name or a number beside a word of whereabouts."""
    yield from (said[slice(*span)] for span in towns.places(said, language))
    if _words(language, "about").search(said):
        numbered = _words(language, "numbered").search(said) is not None
        yield from (found[0] for found in _NAMED.finditer(said) if numbered or not found[0].isdigit())


def _ours(read: Lens, ours: str, name: str) -> bool:
    """Whether a name or number is of whoever writes or reads, in whichever case."""
    words = {*re.findall(r"\w+", f"{ours} {read.context.signature} {read.context.recipient_name}")}
    known = [re.compile(naming.stem(word), re.IGNORECASE) for word in words if word[0].isupper()]
    return name in words or any(one.fullmatch(part) for one in known for part in re.findall(r"\w+", name))


@cache
def _words(language: str, name: str) -> re.Pattern[str]:
    given: Mapping[str, Mapping[str, str]] = table("whereabouts.toml")
    return re.compile(given[language][name], re.IGNORECASE)
