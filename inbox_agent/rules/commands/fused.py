"""Which pieces of a line say one thing together: a deed told on, a list of places, a refusal and why.

Owns what goes back to the piece before it once the joints are set (`joints`). Refuses what each piece means.
"""

from __future__ import annotations

from collections.abc import Iterator

from inbox_agent.rules.commands.clauses import LISTING, tags_of
from inbox_agent.rules.commands.heard import Heard, Hearing
from inbox_agent.rules.commands.joints import pieces
from inbox_agent.rules.commands.model import ASKING, Intent
from inbox_agent.rules.commands.parts import orders

_ONE = frozenset(
    {Intent.MERGE, Intent.RECORD_IDENTITY, Intent.SET_OUTCOME, Intent.EXTEND, Intent.FEE, Intent.ADD_PAPER_REQUEST}
    | {Intent.REOPEN, Intent.MARK_NOT_REQUEST, Intent.ASK_IDENTITY}
)
"""What is said once in a line, however many clauses tell it."""
_OF_ONE_LANGUAGE = "edit_draft.lang"


def fused(hearing: Hearing) -> Iterator[tuple[int, int]]:
    """The clauses of each command, first and behind the last; neighbours that say one thing together are one."""
    found = list(_told_on(hearing))
    start, end = found[0]
    for first, last in found[1:]:
        one, other = hearing.of(start, end), hearing.of(first, last)
        alike = one.intent is other.intent in _ONE or one.label == other.label == _OF_ONE_LANGUAGE
        alike = alike or _looks_on(hearing, one, (other, first, last)) or _searched_on(hearing, one, first)
        alike = alike or _tells_on(hearing, one, (other, first, last)) or _sends_along(hearing, one, (first, last))
        alike = alike or _lists_a_right(hearing, (start, end), (other, first)) or _gives_reason(hearing, one, first)
        alike = alike or _lists_a_thing(hearing, (start, end, one), (other, first))
        if alike or _hangs(hearing, (start, one), (first, other)):
            end = last
            continue
        yield start, end
        start, end = first, last
    yield start, end


def _told_on(hearing: Hearing) -> Iterator[tuple[int, int]]:
    """The pieces, where the first clause of one belongs to the piece before: "ei poisteta, vuokra on maksamatta,
    muistuta perjantaina", "katsottiin koeajot ja huolto. Anna asia Villelle".
    """
    found = list(pieces(hearing))
    (start, end), behind = found[0], found[1:]
    for first, last in behind:
        one = hearing.of(start, end)
        moves = last - first > 1 and (_grounds(hearing, one, first) or _searched_on(hearing, one, first))
        yield start, (first + 1 if moves else end)
        start, end = (first + 1 if moves else first), last
    yield start, end


def _grounds(hearing: Hearing, one: Heard, first: int) -> bool:
    """Whether a clause behind a refusal only tells its ground."""
    tags = tags_of(hearing.line, hearing.words(first, first + 1))
    acts = any(tag.startswith(("v_", "done.", "right.", "q_")) for tag in tags)
    return one.args.get("outcome") in _DENYING and not acts and any(tag.startswith("ground.") for tag in tags)


def _gives_reason(hearing: Hearing, one: Heard, first: int) -> bool:
    """As in "jatka kuukaudella, aineisto on laaja": why more time is needed."""
    tags = tags_of(hearing.line, hearing.words(first, first + 1))
    acts = any(tag.startswith(("v_", "done.", "right.", "q_")) for tag in tags)
    return one.intent is Intent.EXTEND and not acts and any(tag.startswith("reason.") for tag in tags)


_DENYING = frozenset({"refused", "partly"})


def _sends_along(hearing: Hearing, one: Heard, behind: tuple[int, int]) -> bool:
    """As in "annetaan tiedot, pdf oheen": what goes with an answer is no order of its own."""
    tags = tags_of(hearing.line, hearing.words(*behind))
    deedless = not any(tag.startswith("v_") for tag in tags)
    return one.intent is Intent.SET_OUTCOME and "n_attachment" in tags and deedless


def _lists_a_right(hearing: Hearing, before: tuple[int, int], behind: tuple[Heard, int]) -> bool:
    """As in "oikaisu ja markkinointikielto hyväksytään": a bare right before another's answer is answered with it."""
    other, first = behind
    told = [word for word in hearing.line.words[slice(*hearing.words(*before))] if word.kind == "word"]
    bare = [word for word in told if word.form not in LISTING]
    listed = len(bare) == 1 and any(tag.startswith("right.") for tag in bare[0].tags)
    return listed and other.intent is Intent.SET_OUTCOME and hearing.clauses[first].joiner in LISTING


def _lists_a_thing(hearing: Hearing, before: tuple[int, int, Heard], behind: tuple[Heard, int]) -> bool:
    """As in "työhakemus ja portfolio tuhottu": a bare thing before another's deed is done with it."""
    start, end, one = before
    other, first = behind
    told = [word for word in hearing.line.words[slice(*hearing.words(start, end))] if word.kind == "word"]
    bare = len(told) == 1 and not any(tag.startswith(_DEEDS) for tag in told[0].tags)
    sounds = one.intent in {Intent.MARK_NOT_REQUEST, Intent.CHANGE_KIND, Intent.NONE, Intent.SEARCH}
    return bare and sounds and other.intent is Intent.SET_OUTCOME and hearing.clauses[first].joiner in LISTING


_DEEDS = ("v_", "done.", "right.", "cheap_", "q_")


def _looks_on(hearing: Hearing, one: Heard, behind: tuple[Heard, int, int]) -> bool:
    """As in "avaa Ylösen asia ja näytä sen kirjeet": the case that was just named, looked at in one way."""
    other, first, last = behind
    named = {"name", "num", "n_next", "n_prev"} & tags_of(hearing.line, hearing.words(first, last))
    asked = other.args.get("what") == "next_steps"  # "..., what's the next step": no next case
    return one.intent is other.intent is Intent.SHOW_CASE and "what" not in one.args and (asked or not named)


def _tells_on(hearing: Hearing, one: Heard, behind: tuple[Heard, int, int]) -> bool:
    """As in "kirjeitse saapunut, allekirjoittajana Onni Rautalahti" and "kirjaa että hän soitti ja oli vihainen": what
    is told of a request or in a note goes on, and orders nothing.
    """
    other, first, last = behind
    clause, told = hearing.clauses[first], tags_of(hearing.line, hearing.words(first, last))
    deedless = not any(tag.startswith("v_") for tag in told)
    if one.intent is Intent.ASK_IDENTITY and clause.joiner in LISTING:
        return deedless and other.intent is not Intent.ASK_IDENTITY and any(tag.startswith("fact.") for tag in told)
    if one.intent is Intent.ASSIGN:
        noted = bool({"v_note", "v_note_word"} & told)
        return other.intent in _WITH_IT and bool({"cover_note", "that_word"} & told) and not noted
    if one.intent is Intent.ADD_PAPER_REQUEST:
        return other.intent in _NO_STORY and deedless
    quoted = any("that_word" in word.tags for word in hearing.line.words[: clause.start])
    return one.intent is Intent.NOTE and quoted and clause.joiner in LISTING and not orders(hearing.line, clause)


_WITH_IT = frozenset({Intent.EDIT_DRAFT, Intent.NOTE, Intent.RECORD_DUTY, Intent.ASK_IDENTITY, Intent.NONE})
"""What a word for the one who takes over sounds like: "kerro että hän haluaa vastauksen englanniksi"."""
_NO_STORY = frozenset({Intent.EDIT_DRAFT, Intent.CHANGE_KIND, Intent.SET_OUTCOME, Intent.SHOW_CASE})


def _searched_on(hearing: Hearing, one: Heard, first: int) -> bool:
    """As in "inga uppgifter, sökte i kassan och i kalendern": another place where was looked, and no deed."""
    clause = hearing.clauses[first]
    deedless = not any(tag.startswith(("v_", "q_")) for tag in tags_of(hearing.line, (clause.start, clause.end)))
    return one.label == _NOTHING_FOUND and clause.joiner in LISTING and deedless


_NOTHING_FOUND = "set_outcome.no_data"


def _hangs(hearing: Hearing, before: tuple[int, Heard], behind: tuple[int, Heard]) -> bool:
    """As in "jos ei ole vastannut viikon päästä, muistuta": the reminder and on what it hangs are one piece."""
    for (first, one), (_, other) in ((before, behind), (behind, before)):
        opening = hearing.line.words[hearing.clauses[first].start]
        if other.intent is Intent.REMIND_ME and one.intent in ASKING and "cond_word" in opening.tags:
            return True
    return False
