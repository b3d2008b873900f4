"""Where a letter goes against itself, or against what is done of what it tells.

Owns the comparison of a letter's parts with each other and with the case's open tasks. Refuses to know the words: those
are `replies.wording`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from replies import catalogue, choices, filters, together, wording
from replies.facts import settled
from replies.grounds import STILL_NEEDED
from replies.lens import Lens
from replies.pairs import GIVING, REFUSING
from replies.wording import Required
from state.model import Letter, Outcome, RequestKind

_STEM = 5  # of a channel's name, as languages inflect its end


def recipients(read: Lens, nobody: Required) -> Iterator[tuple[int, int] | None]:
    """Where one part of the letter names recipients, and another, or a sentence of it, says that there are none. That
    there are no others goes against nobody who is named.
    """
    said_nobody, *denied = nobody.patterns
    named = any(
        not said_nobody.search(part.facts["recipients"])
        for part in read.parts
        if part.facts.get("recipients", "").strip()
    )
    if named and any(part.facts.get("notified") == "no_recipients" for part in read.parts):
        yield None
    told = (part.facts for part in read.parts if part.facts.get("notified") in {"told", "to_be_told"})
    if named or any(facts.get("notified_named", "").strip() for facts in told):
        yield from (match.span() for pattern in denied for match in pattern.finditer(read.body))


def joint_untold(read: Lens) -> bool:
    """Whether an answer says that nobody has got the data, although others decide about it with us (GDPR 4(9), 26)."""
    return _denied(read, read.context.sender.joint)


def processors_untold(read: Lens) -> bool:
    """The same where the profile names who processes data for us: they may not have this person's (GDPR 4(9), 19)."""
    return _denied(read, read.around.processors) and not processors_denied(read)


def processors_denied(read: Lens) -> bool:
    """The same where the case's tasks name who has it: they are recipients, too (GDPR 4(9))."""
    return _denied(read, read.holders)


def _denied(read: Lens, holders: Sequence[str]) -> bool:
    """Whether an answer says that nobody else has the data, and names none of those who may."""
    nobody = wording.required(read.language)["recipients_contradict"].patterns[0]
    told = [part.facts.get("recipients", "") for part in read.parts]
    denied = any(nobody.search(said) and not any(name in said for name in holders) for said in told)
    return bool(holders) and (denied or any(part.facts.get("notified") == "no_recipients" for part in read.parts))


def answers_apart(read: Lens) -> bool:
    """Whether one answer of the letter denies what another speaks of."""
    answers = ((part.kind, part.outcome) for part in read.parts if part.outcome)
    return read.letter is Letter.OUTCOME and together.apart(answers) is not None


def restricted_erased(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where the letter restricts what it also erases: restricted data is stored, nothing else (GDPR 18(2))."""
    for restricted, erased in _restricted_and_erased(read):
        places = [place for one in together.both_named(restricted, erased, *rule.patterns) for place in read.shows(one)]
        yield from places[:1]


def restricted_beside_erased(read: Lens) -> Iterator[tuple[int, int]]:
    """Where it restricts one thing and erases another, as far as their names tell."""
    same = wording.required(read.language)["restricted_erased"].patterns
    for restricted, erased in _restricted_and_erased(read):
        if not any(together.both_named(restricted, erased, *same)):
            yield from read.shows(restricted)


def _restricted_and_erased(read: Lens) -> Iterator[tuple[str, str]]:
    if read.letter is not Letter.OUTCOME:
        return
    given = {part.kind: part.facts for part in read.parts if part.outcome in GIVING}
    restricted = given.get(RequestKind.RESTRICTION, {}).get("restricted", "")
    erased = given.get(RequestKind.ERASURE, {}).get("erased", "")
    if restricted.strip() and erased.strip():
        yield restricted, erased


def needed_for_stopped(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where data is kept as still needed for the very processing that the letter ends (GDPR 7(3), 17(1)(b)-(c))."""
    another_ground, general = rule.patterns
    for kept in _still_needed(read):
        stopped = any(together.shared(one, kept, general) for one in _stopped(read))
        if stopped and not another_ground.search(kept):
            yield from read.shows(kept)


def needed_beside_stopped(read: Lens) -> Iterator[tuple[int, int]]:
    """Where data is kept as still needed beside what the letter ends, and nothing shows for which other purpose."""
    another_ground, general = wording.required(read.language)["needed_for_stopped"].patterns
    for kept in _still_needed(read):
        for one in _stopped(read):
            if together.shared(one, kept, general) == bool(another_ground.search(kept)):
                yield from read.shows(kept)


def _still_needed(read: Lens) -> Iterator[str]:
    """Why, and until when, an answer keeps data that is still needed for what it was collected for."""
    for refusal in read.refused if read.letter is Letter.OUTCOME else ():
        if refusal.ground is not None and refusal.ground.code == STILL_NEEDED:
            yield filters.phrase(refusal.facts.get("explained", ""))


def _stopped(read: Lens) -> tuple[str, ...]:
    """The processing that its person ended by objecting to it or by taking their consent back."""
    ended = (part.facts.get("stopped", "") for part in read.parts if part.outcome in GIVING)
    return tuple(said for said in ended if said.strip())


def channels_left_out(read: Lens) -> Iterator[tuple[int, int]]:
    """Where a ban on marketing is confirmed for fewer channels than we use: its scope is all of them (GDPR 21(2))."""
    for part in read.parts if read.answers(frozenset({Outcome.GRANTED}), RequestKind.MARKETING_OBJECTION) else ():
        said = filters.phrase(part.facts.get("channels", ""))
        if said and not all(_named_in(said, channel) for channel in read.around.channels):
            yield from read.shows(said)


def _named_in(said: str, channel: str) -> bool:
    """Whether a channel is named, in whatever case; "post" is not in "e-post"."""
    return bool(re.search(rf"(?<![\w-]){re.escape(channel[:_STEM])}", said, re.IGNORECASE))


def undone_unsaid(read: Lens) -> bool:
    """Whether the letter tells of what is not done everywhere yet, and not by which day to come it will be."""
    said = read.undated
    days = (part.undone_until for part in read.parts if part.undone_until)
    return any(day < read.context.today or not filters.names_day(said, day, read.language) for day in days)


def afterwards(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where what is said to become of the data goes against the answer: that the processing which stopped goes on, that
    data was erased which another part keeps or we have still to reach, or is kept which another part erases.
    """
    goes_on, erased, kept = rule.patterns
    kinds = {part.outcome: part for part in read.parts if part.kind is RequestKind.ERASURE}
    for part in read.parts:
        said = filters.phrase(part.facts.get("afterwards", ""))
        if part.outcome not in GIVING or not said:
            continue
        against = [goes_on]
        if part.undone_here or not kinds.keys().isdisjoint(REFUSING):
            against.append(erased)
        if Outcome.GRANTED in kinds:
            against.append(kept)
        if any(pattern.search(said) for pattern in against):
            yield from read.shows(said)


def collected_in_part(read: Lens) -> bool:
    """Whether the letter gives a copy, or says that nothing is held, of data that has not been collected everywhere.

    What somebody asks of the processing alone, and of its recipients, needs no collecting (GDPR 15(1)).
    """
    if read.letter is not Letter.OUTCOME:
        return False
    waiting = (part for part in read.parts if part.uncollected)
    return any(
        part.outcome is Outcome.NO_DATA
        or (part.outcome in GIVING and choices.access_scope(part.facts) in choices.COPIED)
        for part in waiting
    )


def everywhere(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where data is said to be erased everywhere, or to be with nobody else, while nobody knows yet who processes it
    for us: they are recipients too (GDPR 4(9)).
    """
    if any(part.sought and part.outcome in GIVING for part in read.parts):
        yield from (match.span() for pattern in rule.patterns for match in pattern.finditer(read.body))


def nothing_else(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where the letter says that nothing but what is kept is held, and another right was answered out of more."""
    if read.around.more_held:
        yield from (match.span() for pattern in rule.patterns for match in pattern.finditer(read.body))


def never_asked(read: Lens) -> Iterator[tuple[int, int]]:
    """Where "not identified" tells of a question on a day on which none left from this case, or none can have."""
    for part in read.parts if read.answers(frozenset({Outcome.NOT_IDENTIFIED})) else ():
        facts = catalogue.facts_needed(part.kind, part.outcome) if part.outcome else ()
        day = settled(facts, part.facts).get("asked_on")
        if isinstance(day, date) and not _may_have_asked(read, day):
            yield from read.names(day)


def _may_have_asked(read: Lens, day: date) -> bool:
    known = read.around.asked_on
    return read.context.received_on <= day <= read.context.today and (known is None or day in known)
