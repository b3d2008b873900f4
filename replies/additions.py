"""What a person wrote into a letter beyond what its facts gave: sentences that rest on nothing but that person's word.

Owns the comparison with the letter as it was composed. Refuses to judge what they say: no list of words knows that, so
that each of them is named once, for the person to answer for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from replies import choices, strangers, wording
from replies.lens import Lens
from replies.pairs import GIVING
from replies.wording import Required
from state.model import Letter, RequestKind

_STOPPING = (RequestKind.OBJECTION, RequestKind.MARKETING_OBJECTION, RequestKind.CONSENT_WITHDRAWAL)
_ACTS: tuple[tuple[RequestKind, ...], ...] = (
    (RequestKind.ERASURE,),
    (RequestKind.RECTIFICATION,),
    (*_STOPPING, RequestKind.RESTRICTION),
    (RequestKind.RESTRICTION,),
    (RequestKind.PORTABILITY, RequestKind.RECTIFICATION, RequestKind.ERASURE, RequestKind.RESTRICTION),
)
"""The rights whose answer states an act, in the order of the rule's patterns."""

Written = tuple[tuple[tuple[int, int], str], ...]
"""Sentences of a letter, each with its place."""


def sentences(read: Lens, known: str) -> Written:
    """The sentences of the letter that do not stand in the text that is known."""
    return tuple(_foreign(read.body, known, lambda text: wording.same_sentence(text, read.language)))


def own(read: Lens, rules: Mapping[str, Required], written: Written) -> Iterator[tuple[Required, tuple[int, int]]]:
    """Each sentence that the letter as it was composed does not hold, courtesies aside, with the rule that says best
    what its writer answers for. A day counts: who changes one says something else.
    """
    known, gaps, claims = _known_anyway(read), _gaps(read), _unstated(read, rules["act_unstated"])
    for span, text in written:
        if not _courteous(text, known, rules["own_sentence"]):
            yield rules[_rule(read, text, gaps, claims)], span


def naming(read: Lens, written: Written) -> Iterator[tuple[int, int]]:
    """The sentences that somebody wrote into the letter and that name another person by their whole name."""
    strange = strangers.people(read)
    for span, text in written if strange else ():
        said = " ".join(text.split())
        if any(name in said for name in strange):
            yield span


def filled_in(read: Lens, written: Written) -> Iterator[tuple[int, int]]:
    """The sentences that a person's words in a form made; what they wrote into the letter itself is `added`."""
    if read.around.template:
        by_hand = {span for span, _ in written}
        yield from (span for span, _ in sentences(read, read.around.template) if span not in by_hand)


def added(read: Lens) -> Written:
    """The sentences that the letter as it was composed does not hold; none where nobody knows how that was."""
    if not read.around.composed:
        return ()
    return tuple(_foreign(read.body, read.around.composed, lambda text: _compared(read, text)))


def _foreign(body: str, known: str, compare: Callable[[str], str]) -> Iterator[tuple[tuple[int, int], str]]:
    """The sentences of a text that are not known, whatever the line breaks that a mail program put into them."""
    same = {compare(text) for _, text in wording.sentences(known)}
    whole = {compare(text) for _, text in wording.sentences(_unwrapped(known))}
    broken = [span for span, text in wording.sentences(_unwrapped(body)) if compare(text) in whole]
    begins = [start for start, _ in broken]
    for span, text in wording.sentences(body):
        within = bisect_right(begins, span[0]) - 1
        if compare(text) not in same and (within < 0 or span[1] > broken[within][1]):
            yield span, text


def _unwrapped(text: str) -> str:
    """A text with its paragraphs on one line each, every word in its place."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def _compared(read: Lens, text: str) -> str:
    """A sentence as it is compared. The line with the case's number bears the letter's own day, whichever that is."""
    return wording.same_sentence(text, read.language) if read.context.case_number in text else " ".join(text.split())


def _known_anyway(read: Lens) -> frozenset[str]:
    """The words of whoever writes, of whoever reads, and of what the case is called."""
    context = read.context
    ours = f"{strangers.our_whereabouts(read)} {context.signature} {context.recipient_name} "
    ours += f"{choices.SUBJECT_WORDS[read.language]} {context.case_number}"
    return frozenset(re.findall(r"\w+", ours))


def _courteous(text: str, known: Set[str], rule: Required) -> bool:
    """Whether a line only greets, thanks, offers help, or says who writes to whom."""
    courtesy, greeting = rule.patterns
    said = text.strip(" \t.,!:–-")
    return bool(courtesy.fullmatch(said)) or set(re.findall(r"\w+", greeting.sub("", said))) <= known


def _rule(read: Lens, text: str, gaps: Sequence[re.Pattern[str]], claims: Sequence[re.Pattern[str]]) -> str:
    if read.letter is Letter.EXTENSION:
        return "extension_reason_unchecked"
    if not read.identified and not any(gap.fullmatch(" ".join(text.split())) for gap in gaps):
        return "own_sentence_before_identity"
    return "act_unstated" if any(claim.search(text) for claim in claims) else "own_sentence"


def _gaps(read: Lens) -> tuple[re.Pattern[str], ...]:
    """The letter's own sentences with a gap in them filled in, whatever with, such as why an answer is late."""
    known = (re.split(r"\[[^\]\n]*\]", " ".join(text.split())) for _, text in wording.sentences(read.around.composed))
    return tuple(re.compile(".+".join(map(re.escape, parts))) for parts in known if len(parts) > 1)


def _unstated(read: Lens, acts: Required) -> tuple[re.Pattern[str], ...]:
    """How the acts are worded that no answer of this letter states."""
    return tuple(pattern for pattern, kinds in zip(acts.patterns, _ACTS, strict=True) if not _stated(read, kinds))


def _stated(read: Lens, kinds: tuple[RequestKind, ...]) -> bool:
    stopped = read.letter is Letter.MARKETING_STOPPED
    return any(
        part.kind in kinds
        and (part.outcome in GIVING or (part.kind is RequestKind.MARKETING_OBJECTION and (stopped or part.outcome)))
        for part in read.parts
    )
