"""What a person wrote into a letter beyond what its facts gave: sentences that rest on nothing but that person's word.

Owns the comparison with the letter as it was composed. Refuses to judge what they say: no list of words knows that, so
that each of them is named once, for the person to answer for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from replies import causes, choices, clauses, filters, harmless, persons, promises, strangers, wording
from replies.filters import DATE_PATTERN
from replies.lens import Lens
from replies.pairs import GIVING, OF_EVERY_RIGHT
from replies.wording import Required
from state.model import ExtensionReason, Letter, RequestKind

_STOPPING = (RequestKind.OBJECTION, RequestKind.MARKETING_OBJECTION, RequestKind.CONSENT_WITHDRAWAL)
_ACTS: tuple[tuple[RequestKind, ...], ...] = (
    (RequestKind.ERASURE,),
    (RequestKind.RECTIFICATION,),
    (*_STOPPING, RequestKind.RESTRICTION),
    (RequestKind.RESTRICTION,),
    (RequestKind.PORTABILITY, RequestKind.RECTIFICATION, RequestKind.ERASURE, RequestKind.RESTRICTION),
)
"""The rights whose answer states an act, in the order of the rule's patterns."""

_FOLLOWED = (RequestKind.CONSENT_WITHDRAWAL, RequestKind.OBJECTION, RequestKind.ERASURE)

# The letters that ask their reader something.
_ASKING = frozenset(
    {Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE, Letter.AUTHORITY_QUESTION, Letter.MORE_INFORMATION, Letter.FEE}
)

_OF_A_REFUSAL = ("kept", "left_out", "explained")

_BY_NUMBER = str(ExtensionReason.NUMBER_OF_REQUESTS)

_TOO_EARLY = "own_sentence_before_identity"

Written = tuple[tuple[tuple[int, int], str], ...]
"""Sentences of a letter, each with its place."""


def sentences(read: Lens, known: str) -> Written:
    """The sentences of the letter that do not stand in the text that is known."""
    return tuple(_foreign(read.body, known, lambda text: wording.same_sentence(text, read.language)))


def own(read: Lens, rules: Mapping[str, Required], written: Written) -> Iterator[tuple[Required, tuple[int, int]]]:
    """Each sentence that the letter as it was composed does not hold, courtesies aside, with the rule that says best
    what its writer answers for. A day counts: who changes one says something else.
    """
    known, claims = _known_anyway(read), _unstated(read, rules["act_unstated"])
    for span, text in written:
        if not _courteous(text, known, rules["own_sentence"]):
            yield rules[_rule(read, text, rules, claims)], span


def naming(read: Lens, written: Written) -> Iterator[tuple[int, int]]:
    """The sentences that somebody wrote into the letter and that name another person by their whole name or half of it,
    or as whose they are to the reader.
    """
    strange = strangers.people(read, read.around.composed)
    for span, text in written:
        said = " ".join(text.split())
        named = persons.without_ours(read, said)
        if any(name in named for name in strange) or persons.pointed_at(read, said):
            yield span


def filled_in(read: Lens, written: Written) -> Iterator[tuple[int, int]]:
    """The sentences that a person's words in a form made; what they wrote into the letter itself is `added`."""
    if read.around.template:
        by_hand = {span for span, _ in written}
        yield from (span for span, _ in sentences(read, read.around.template) if span not in by_hand)


def of_refusals(read: Lens, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of the sentences that say in a person's words what is refused and why: the burden is ours (GDPR 12(5))."""
    refused = read.refused if read.letter is Letter.OUTCOME else ()
    said = [refusal.facts.get(name, "") for refusal in refused for name in _OF_A_REFUSAL]
    shown = [place for words in said if filters.phrase(words) for place in read.shows(words)]
    for begins, ends in spans:
        if any(start < ends and begins < end for start, end in shown):
            yield begins, ends


def of_form(read: Lens, rules: Mapping[str, Required], span: tuple[int, int]) -> str:
    """By which rule a person answers for what they wrote into a form before the reader is identified. The cause of a
    delay is told to whoever asks, and so is how many requests they made; a ban is confirmed to anybody, and what an
    answer that says nothing of data has to tell is only to be true; all else may tell whether there is data.
    """
    text = read.body[slice(*span)]
    if _of_a_ban(read):
        return "own_words_before_identity"
    # A cause begins as a sentence does: its first word, written large, is nobody's name.
    cause = ". ".join(filter(None, causes.parted(read, text)))
    apart = (cause, _question(read, text), _number(read, text, rules["form_words_before_identity"]))
    fit = any(said and not _telling(read, said, rules) for said in apart)
    return "own_sentence" if fit or _silent(read) else "form_words_before_identity"


def _question(read: Lens, text: str) -> str:
    """The sentence where it is of the question about the request, such as of which years and places it is (GDPR recital
    63); "" where it is another.
    """
    asked = f"{read.context.question}\n{read.context.facts.get('question', '')}"
    return text if read.letter is Letter.MORE_INFORMATION and text.strip(" \n.?") in asked else ""


def _number(read: Lens, text: str, counted: Required) -> str:
    """What an extension says of how many requests its reader made, which they know: without how many, and when. "" of
    any other sentence.
    """
    reason = filters.phrase(read.context.extension_explained)
    by_number = read.letter is Letter.EXTENSION and read.context.extension_reason == _BY_NUMBER
    if not by_number or not reason or reason not in " ".join(text.split()):
        return ""
    [how_many] = counted.patterns
    return "– " + how_many.sub(" ", re.sub(DATE_PATTERN[read.language], " ", reason))


def _of_a_ban(read: Lens) -> bool:
    """Whether the letter only confirms that marketing ends, which it does to anybody."""
    return {part.kind for part in read.parts} == {RequestKind.MARKETING_OBJECTION}


def _silent(read: Lens) -> bool:
    """Whether it is a letter that nobody can write without words of their own and that tells of no data."""
    outcomes = {part.outcome for part in read.parts}
    needs_words = bool(outcomes) and outcomes <= OF_EVERY_RIGHT
    return read.letter is Letter.NOT_A_REQUEST or (read.letter is Letter.OUTCOME and needs_words)


def added(read: Lens) -> Written:
    """The sentences that the letter as it was composed does not hold; none where nobody knows how that was."""
    if not read.around.composed:
        return ()
    return tuple(_foreign(read.body, read.around.composed, lambda text: _compared(read, text)))


def deleted(read: Lens) -> Written:
    """The sentences of the letter as it was composed that it does not hold any more, each with its place there."""
    return tuple(_foreign(read.around.composed, read.body, lambda text: _compared(read, text)))


def affirmed(read: Lens) -> Lens:
    """The letter without what a person's own sentences deny: that no court hears it tells of no way to a court."""
    said, position = [], 0
    for (begins, ends), text in added(read):
        said += [read.body[position:begins], clauses.affirmed(text, read.language)]
        position = ends
    return replace(read, body="".join([*said, read.body[position:]]))


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


def _rule(read: Lens, text: str, rules: Mapping[str, Required], claims: Sequence[re.Pattern[str]]) -> str:
    if read.letter is Letter.EXTENSION:
        return "extension_reason_unchecked"
    said = " ".join(text.split())
    claimed = any(claim.search(text) for claim in claims) and not _follows(read, said, rules["act_unstated"])
    if not read.identified and (claimed or not _harmless(read, said)) and not _fills_a_gap(read, said, rules):
        return _TOO_EARLY
    return "act_unstated" if claimed else "own_sentence"


def _harmless(read: Lens, said: str) -> bool:
    """Whether a sentence tells nothing of the reader, in whatever words: only a closed list knows that."""
    known, asks = _known_anyway(read), read.letter in _ASKING
    return harmless.says_nothing(_undated(read, said), read.language, known, of_a_ban=_of_a_ban(read), asks=asks)


def _undated(read: Lens, said: str) -> str:
    """A sentence without the days, with their weekdays in brief, on which the answer may come: they tell of nobody."""
    last = promises.last(read)

    def kept(found: re.Match[str]) -> str:
        day = filters.read_day(found[1], read.language)
        return " " if day and read.context.today <= day <= last else found[0]

    return re.sub(rf"(?:\b\w{{2,3}} )?({DATE_PATTERN[read.language]})", kept, said)


def _fills_a_gap(read: Lens, text: str, rules: Mapping[str, Required]) -> bool:
    """Whether a sentence is the letter's own with a gap filled in, by a day or by words that tell nothing of data."""
    day = re.compile(DATE_PATTERN[read.language])
    found = (gap.fullmatch(text) for gap in _gaps(read))
    return any(
        match and not any(_telling(read, said, rules) for said in match.groups() if not day.fullmatch(said))
        for match in found
    )


def _telling(read: Lens, said: str, rules: Mapping[str, Required]) -> bool:
    """Whether words that a letter has a place for tell of data or of the reader, or name somebody; who writes and who
    reads may be named. What goes on beside a ban, as invoices do, is told without saying whose.
    """
    known = _known_anyway(read)
    nothing, of_data, *telling = rules[_TOO_EARLY].patterns
    telling += [] if _of_a_ban(read) else [of_data]
    left = nothing.sub(" ", said.replace(read.context.sender.contact_phone or " ", " "))
    found = (match for pattern in telling for match in pattern.finditer(left))
    return any(match[0] not in known for match in found)


def _gaps(read: Lens) -> tuple[re.Pattern[str], ...]:
    """The letter's own sentences with a gap in them filled in, whatever with, such as why an answer is late."""
    known = (re.split(r"\[[^\]\n]*\]", " ".join(text.split())) for _, text in wording.sentences(read.around.composed))
    return tuple(re.compile("(.+)".join(map(re.escape, parts))) for parts in known if len(parts) > 1)


def _unstated(read: Lens, acts: Required) -> tuple[re.Pattern[str], ...]:
    """How the acts are worded that no answer of this letter states."""
    *worded, _ = acts.patterns
    return tuple(pattern for pattern, kinds in zip(worded, _ACTS, strict=True) if not _stated(read, kinds))


def _follows(read: Lens, said: str, acts: Required) -> bool:
    """Whether an act on a picture, a newsletter or a profile comes of what is granted (GDPR 17(1)(b)-(c), 7(3))."""
    return _stated(read, _FOLLOWED) and acts.patterns[-1].search(said) is not None


def _stated(read: Lens, kinds: tuple[RequestKind, ...]) -> bool:
    stopped = read.letter is Letter.MARKETING_STOPPED
    # Data may be used again as it has been corrected: the answer to that right is another letter.
    if read.letter is Letter.RESTRICTION_LIFTED and kinds == (RequestKind.RECTIFICATION,):
        return True
    return any(
        part.kind in kinds
        and (part.outcome in GIVING or (part.kind is RequestKind.MARKETING_OBJECTION and (stopped or part.outcome)))
        for part in read.parts
    )
