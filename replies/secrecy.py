"""What must not go in plain e-mail: data of the special categories (GDPR 9, 32).

Owns where such data stands in a mail, and which copies would bring it. Refuses to know the words, which are
`replies.wording`'s. What goes on paper, or by a way of its own, is no such thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple

from replies import filters, naming, wording
from replies.context import Part
from replies.lens import Lens
from replies.pairs import GIVING
from state.model import TELLS_OUTCOMES, Letter

_OF_THE_PROCESSING = (
    *("purposes", "categories", "recipients", "retention", "sources", "transfers_explained"),
    *("searched", "erased_from", "notified_named"),
)
"""Facts that are said of everybody's data: they name kinds of data, registers and recipients, and nothing of anybody's
own.
"""

_OF_THEIR_DATA = TELLS_OUTCOMES | {Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED}
_FORMS = frozenset({"oy", "oyj", "ab", "ry", "rf", "rs", "ky", "ay", "tmi", "osk", "sr", "säätiö", "ltd"})


def in_the_mail(read: Lens, rule: wording.Required) -> Iterator[tuple[int, int]]:
    """Where a mail tells something of somebody's health, belief or the like."""
    if read.context.on_paper or read.letter not in _OF_THEIR_DATA:
        return
    general = [span for said in _general(read) for span in read.shows(said)]
    general += (found.span() for name in _our_name(read) for found in re.finditer(name, read.body))
    for pattern in rule.patterns:
        for match in pattern.finditer(read.body):
            if not any(begins <= match.start() and match.end() <= ends for begins, ends in general):
                yield match.span()


def in_plain_mail(read: Lens) -> Iterator[tuple[int, int]]:
    """Where the letter says that a copy goes unprotected with the mail, of data that may (GDPR 32)."""
    if _unprotected(read) and not attached(read):
        copy = wording.required(read.language)["copy_missing"]
        yield from (span for span, said in wording.sentences(read.body) if copy.said_in(said))


def _unprotected(read: Lens) -> list[Part]:
    """The parts whose copy goes unprotected with the mail."""
    if read.context.on_paper or read.letter is not Letter.OUTCOME:
        return []
    return [part for part in read.parts if part.outcome in GIVING and part.facts.get("delivery") == "attached"]


def attached(read: Lens) -> bool:
    """Whether a copy of what no mail bears goes unprotected with it."""
    plain = _unprotected(read)
    kinds = wording.required(read.language)["sensitive_attached"].patterns
    told = " ".join(part.facts.get(name, "") for part in plain for name in ("categories", "contents", "asked_data"))
    return bool(plain) and (read.context.sensitive or any(kind.search(told) for kind in kinds))


def _general(read: Lens) -> set[str]:
    """What is said of everybody, as the letter prints it, and who writes."""
    given = [part.facts.get(name, "") for part in read.parts for name in _OF_THE_PROCESSING]
    # Which disease a register fights is told of everybody in it (GDPR 17(3)(c)).
    given += [one.facts.get("explained", "") for one in read.refused if one.facts.get("ground") == "public_health"]
    ours = [said for said in astuple(read.context.sender) if isinstance(said, str)]
    printed = (*map(filters.phrase, given), *(filters.named(said, read.language) for said in given))
    return {said for said in (*printed, *ours, *read.context.signature.splitlines()) if said.strip()}


def _our_name(read: Lens) -> Iterator[str]:
    """The name of whoever writes, in any case of Finnish and without its form of company: Diabetesliiton."""
    if words := [word for word in read.context.sender.name.split() if word.casefold().strip(".,") not in _FORMS]:
        yield naming.inflected(" ".join(words))
