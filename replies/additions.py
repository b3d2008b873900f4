"""What a person wrote into a letter beyond what its facts gave: acts that no answer states, names that nobody gave.

Owns the comparison with the letter as it was composed. Refuses to judge: a person may know of what is not on record, so
that these are doubts for them to settle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from replies import strangers, wording
from replies.lens import Lens
from replies.wording import Required
from state.model import Letter, Outcome, RequestKind

_GIVING = frozenset({Outcome.GRANTED, Outcome.PARTLY})
_STOPPING = (RequestKind.OBJECTION, RequestKind.MARKETING_OBJECTION, RequestKind.CONSENT_WITHDRAWAL)
_ACTS: tuple[tuple[RequestKind, ...], ...] = (
    (RequestKind.ERASURE,),
    (RequestKind.RECTIFICATION,),
    (*_STOPPING, RequestKind.RESTRICTION),
    (RequestKind.RESTRICTION,),
    (RequestKind.PORTABILITY, RequestKind.RECTIFICATION, RequestKind.ERASURE, RequestKind.RESTRICTION),
)
"""The rights whose answer states an act, in the order of the rule's patterns."""
_SHORT = 4  # letters that stay of a name in any case


def sentences(read: Lens, known: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The sentences of the letter that do not stand in the text that is known, each with its place."""
    same = {wording.same_sentence(text, read.language) for _, text in wording.sentences(known)}
    for span, text in wording.sentences(read.body):
        if wording.same_sentence(text, read.language) not in same:
            yield span, text


def acts(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where somebody identified is told of an act that no answer of the letter states."""
    unstated = [pattern for pattern, kinds in zip(rule.patterns, _ACTS, strict=True) if not _stated(read, kinds)]
    for (begins, _), text in _added(read):
        for match in filter(None, (pattern.search(text) for pattern in unstated)):
            yield begins + match.start(), begins + match.end()


def names(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where somebody identified reads a name that neither the letter as it was composed nor its sender bears."""
    name, opening, other = rule.patterns
    told = f"{read.around.composed} {strangers.our_whereabouts(read)} {read.context.signature}"
    known = set(re.findall(r"\w+", f"{told} {read.context.recipient_name}"))
    for (begins, _), text in _added(read):
        for match in name.finditer(text):
            opens = not text[: match.start()].strip(' -*•"')
            if not (opens and opening.search(match[1])) and not other.search(match[1]) and not _known(match[1], known):
                yield begins + match.start(1), begins + match.end(1)


def _added(read: Lens) -> Iterator[tuple[tuple[int, int], str]]:
    return sentences(read, read.around.composed) if read.identified and read.around.composed else iter(())


def _known(name: str, words: set[str]) -> bool:
    """Whether each word of a name is among these, in whatever case of Finnish."""
    stems = (word[: max(_SHORT, len(word) - _SHORT)] for word in re.findall(r"\w+", name))
    return all(any(word.startswith(stem) for word in words) for stem in stems)


def _stated(read: Lens, kinds: tuple[RequestKind, ...]) -> bool:
    stopped = read.letter is Letter.MARKETING_STOPPED
    return any(
        part.kind in kinds
        and (part.outcome in _GIVING or (part.kind is RequestKind.MARKETING_OBJECTION and (stopped or part.outcome)))
        for part in read.parts
    )
