"""The reasons for which a letter extends the time, asks a fee, refuses or leaves recipients untold: whether they say
what the controller has to show.

Owns where such a reason stands and what is missing of it (GDPR 12(3)-(5), 19; EDPB Guidelines 01/2022, 162, 175).
Refuses to know the words: those are `replies.wording`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from replies import filters, wording
from replies.grounds import ACCOUNTING_ACT, EXCESSIVE, NATIONAL_LIMIT
from replies.lens import Lens
from replies.wording import Required
from state.model import Letter

_WORDS_OF_REASON = 2  # "sata puhelua" says what and how much
_FEE_SMALL, _FEE_AT_MOST = 50, 200  # euros (our choice)


def vague(read: Lens) -> Iterator[tuple[int, int]]:
    """Where a reason to extend says nothing."""
    yield from (place for place in _explained(read) if _says_nothing(read, place))


def uncounted(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where a reason claims that there is much, or that there are several requests, and not how many."""
    for place in _explained(read):
        claimed = _shows_how_many(read, rule, place[0])
        if claimed and not _says_nothing(read, place) and not _shown(read, place, claimed):
            yield place


def unmeasured(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where any other reason does not tell how much there is to go through."""
    claims = wording.required(read.language)["extension_uncounted"]
    for place in _explained(read):
        claimed = _shows_how_many(read, claims, place[0])
        if not claimed and not _says_nothing(read, place) and not _shown(read, place, rule.patterns):
            yield place


def few(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where a reason tells of no more than a handful."""
    handful, more = rule.patterns
    for place in _explained(read):
        if not _says_nothing(read, place) and _shown(read, place, (handful,)) and not _shown(read, place, (more,)):
            yield place


def of_our_own(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where what a reason counts is neither the reader's material nor their requests, but work of our own (EDPB
    Guidelines 01/2022, 162-164).
    """
    reader, material, ours = rule.patterns
    rules = wording.required(read.language)
    counted = {*uncounted(read, rules["extension_uncounted"]), *unmeasured(read, rules["extension_unmeasured"])}
    for place in _explained(read):
        said = read.body[slice(*place)]
        theirs = (reader.search(said) or material.search(said)) and not ours.search(said)
        if not theirs and place not in counted and not _says_nothing(read, place):
            yield place


def _explained(read: Lens) -> Iterator[tuple[int, int]]:
    reason = wording.required(read.language)["extension_reason_missing"]
    place = _extension_explained(read, reason) if read.letter is Letter.EXTENSION else None
    yield from (place,) if place else ()


def _says_nothing(read: Lens, place: tuple[int, int]) -> bool:
    return len(re.findall(r"\w{2,}", read.body[slice(*place)])) < _WORDS_OF_REASON


def _shown(read: Lens, place: tuple[int, int], patterns: tuple[re.Pattern[str], ...]) -> bool:
    return any(pattern.search(read.body[slice(*place)]) for pattern in patterns)


def _extension_explained(read: Lens, reason: Required) -> tuple[int, int] | None:
    """Where a letter says what makes the request complex: after the colon, or the rest of the line that names the
    lawful reason. None where it names none.
    """
    words = "|".join(one.pattern for one in reason.patterns)
    named = re.search(rf"(?:{words})\w*", read.body, re.IGNORECASE)
    if named is None:
        return None
    ends = read.body.find("\n", named.end())
    ends = ends if ends >= 0 else len(read.body)
    colon = read.body.find(":", named.end(), ends)
    return (colon + 1 if colon >= 0 else named.end()), ends


def _shows_how_many(read: Lens, rule: Required, begins: int) -> tuple[re.Pattern[str], ...]:
    """What would show that there is much to go through, or that there are several requests, where the line of the
    reason that begins there claims so; nothing where it claims neither.
    """
    claiming = read.body[read.body.rfind("\n", 0, begins) + 1 : begins]
    pairs = zip(rule.patterns[::2], rule.patterns[1::2], strict=True)
    return tuple(shown for claim, shown in pairs if claim.search(claiming))


def asked_after_work(read: Lens) -> bool:
    """Whether a fee is asked for work that has begun: it is told before, so that its reader may withdraw."""
    return read.letter is Letter.FEE and any(part.begun for part in read.parts)


def number_alone(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where a fee or a refusal calls a request excessive and tells of nothing but how many there were (GDPR 12(5))."""
    excessive, reason, shown, no_sign, numbers = rule.patterns
    if read.letter is Letter.FEE and excessive.search(read.body):
        yield from (found.span(1) for found in reason.finditer(read.body) if not _shows(found[1], shown, no_sign))
    for refusal in read.refused if read.letter is Letter.OUTCOME else ():
        said = filters.phrase(refusal.facts.get("explained", ""))
        if refusal.facts.get("ground") != EXCESSIVE or _shows(said, shown, no_sign):
            continue
        if numbers.search(said):
            yield from read.shows(said)


def _shows(said: str, shown: re.Pattern[str], no_sign: re.Pattern[str]) -> bool:
    """Whether a reason tells of the same data, or how soon. What another person asked, or years ago, shows neither."""
    return bool(shown.search(said)) and not no_sign.search(said)


def effort_alone(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where recipients are left untold for no more than that it is a trouble: that it is impossible, or out of
    proportion to what it would serve, has to be shown (GDPR 19). Who forgot whom they told has to find it out (5(2)).
    """
    trouble, shown, forgotten = rule.patterns
    for part in read.parts if read.letter is Letter.OUTCOME else ():
        said = filters.phrase(part.facts.get("not_notified_why", ""))
        little = trouble.search(said) or len(said.split()) <= _WORDS_OF_REASON
        if said and (forgotten.search(said) or (little and not shown.search(said))):
            yield from read.shows(said)


def disproportionate(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where a fee is higher than any administrative cost is likely to be."""
    return (place for place, euros in _amounts(read, rule) if euros > _FEE_AT_MOST)


def fee_uncounted(read: Lens, _: Required) -> Iterator[tuple[int, int]]:
    """Where a fee is so high that its basis has to show, in hours or pieces, what it is made of, and does not."""
    rule = wording.required(read.language)["fee_disproportionate"]
    for place, euros in _amounts(read, rule):
        if _FEE_SMALL < euros <= _FEE_AT_MOST and not re.search(r"\d", _basis(read, rule, place[0])):
            yield place


def _basis(read: Lens, rule: Required, amount: int) -> str:
    """What the letter says of the fee beside its amount: after the colon, or the rest of a paragraph without one."""
    paragraph = read.body[read.body.rfind("\n", 0, amount) + 1 :].partition("\n\n")[0]
    return paragraph.partition(":")[2] or rule.patterns[0].sub("", paragraph, count=1)


def _amounts(read: Lens, rule: Required) -> Iterator[tuple[tuple[int, int], int]]:
    """Each amount of money where a letter tells its fee, in whole euros."""
    money, lead = rule.patterns
    for line in lead.finditer(read.body) if read.letter is Letter.FEE else ():
        for said in money.finditer(read.body, line.start(), line.end()):
            yield said.span(), int(re.sub(r"\D", "", said[1]))


def untold(read: Lens) -> bool:
    """Whether a refusal keeps its reasons to itself: that is for where they would tell what the limit protects."""
    limited = (one for one in read.refused if one.facts.get("ground") == NATIONAL_LIMIT)
    return read.letter is Letter.OUTCOME and any(not filters.phrase(one.facts.get("explained", "")) for one in limited)


def law_alone(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where what is said of this very case only says again what the law says of every case (GDPR 12(4)). What stands on
    the Accounting Act has its own words: `replies.keeping`. Which other basis the processing has is of this case.
    """
    [law] = rule.patterns
    for refusal in read.refused if read.letter is Letter.OUTCOME else ():
        said = filters.phrase(refusal.facts.get("explained", ""))
        chosen = refusal.ground
        if not said or (chosen and (ACCOUNTING_ACT in chosen.provisions or chosen.code == "wrong_basis")):
            continue
        if not re.search(r"\w{3,}", law.sub(" ", said)):
            yield from read.shows(said)
