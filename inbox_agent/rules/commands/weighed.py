"""One line as the scored reader hears it: its pieces, each with the intent that is loudest.

Owns the arguments' way to the fields where no rule of the grammar was met, and what must not happen. Refuses to choose
between this reading and the grammar's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from inbox_agent.rules.commands.answers import each_right
from inbox_agent.rules.commands.clauses import LISTING, tags_of
from inbox_agent.rules.commands.heard import Heard, Hearing, Piece
from inbox_agent.rules.commands.joints import pieces
from inbox_agent.rules.commands.labels import ABSENT, FREE, of_intent
from inbox_agent.rules.commands.marketing_channels import channels_named
from inbox_agent.rules.commands.model import ASKING, Intent, Said
from inbox_agent.rules.commands.opposites import ALREADY
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.parts import Part, orders
from inbox_agent.rules.commands.ruled import filled_in, held_back, once
from inbox_agent.rules.commands.together import told_together


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is said; how far the second best is behind, and how loud it is, in the piece that is the least sure."""

    said: tuple[Said, ...]
    gap: float
    margin: float
    second: Said | None = None
    """Of a line in one piece: its next likely reading."""


def weighed(hearing: Hearing, parts: Sequence[Part], ruled: Sequence[Said]) -> Weighed:
    """The line in the scored reader's words. `parts` and `ruled`: what the grammar makes of it."""
    found = [_piece(hearing, first, end) for first, end in _fused(hearing, list(_told_on(hearing)))]
    gap, margin = min(piece.heard.gap for piece in found), min(piece.heard.margin for piece in found)
    done = [piece for piece in found if piece.heard.intent is not Intent.NONE]
    if any(piece.heard.intent is Intent.UNSAFE for piece in done):
        done = [piece for piece in done if piece.heard.intent is Intent.UNSAFE or piece.heard.intent in ASKING]
    hold = held_back(hearing.line, parts)
    second = _second(hearing, found[0], hold=hold) if len(found) == 1 and gap < NEAR else None
    if not done:
        return Weighed((_nothing(hearing, found, parts, ruled),), gap, margin, second)
    told = [
        each_right(hearing, piece, filled_in(hearing.line, _part(piece, parts), piece.heard, hold=hold))
        for piece in done
    ]
    said = [
        told_together(hearing.line, hearing.clauses[slice(*piece.clauses)], one)
        for piece, one in zip(done, told, strict=True)
        if one.intent is not Intent.NONE or len(done) == 1 or _orders_something(hearing, piece)
    ]
    answered = _with_the_ban(_taken_already(hearing, _noted_once(once(said))), _channels(hearing, done))
    return Weighed(tuple(_of_one_period(answered)), gap, margin, second)


def _orders_something(hearing: Hearing, piece: Piece) -> bool:
    """Whether words of a piece that came to nothing order; "vastaanottaja on ulkomaalainen" only tells why."""
    words = (hearing.line.words[slice(*span)] for span in piece.spans)
    return any(tag.startswith("v_") for stretch in words for word in stretch for tag in word.tags)


def _taken_already(hearing: Hearing, said: Sequence[Said]) -> list[Said]:
    """As in "poista muistutus, Mervi hoitaa jo": who has taken it is why it goes; nothing is handed over."""
    cancelled = any(one.args.get("cancel") for one in said)
    already = cancelled and any(word.form in ALREADY for word in hearing.line.words)
    return [one for one in said if not (already and one.intent is Intent.ASSIGN)]


def _channels(hearing: Hearing, done: Sequence[Piece]) -> list[str]:
    """The channels that a ban carried out is told of."""
    ban = next((piece for piece in done if piece.heard.intent is Intent.RECORD_DUTY), None)
    return list(dict.fromkeys(channels_named(Spoken(hearing.line, ban.spans)))) if ban else []


def _with_the_ban(said: Sequence[Said], channels: Sequence[str]) -> list[Said]:
    """As in "poisto evätty, mainokset lopetettu eilen": beside another answer the ban carried out is an answer, too."""
    at = next((i for i, one in enumerate(said) if one.intent is Intent.SET_OUTCOME), None)
    ban = next((i for i, one in enumerate(said) if _stopped(one)), None)
    if at is None or ban is None or any(it.get("right") == _BAN for it in said[at].args["outcomes"]):
        return list(said)
    on = said[ban].args.get("on")
    told: dict[str, Any] = {"right": _BAN, "outcome": "granted", **({"done_on": on} if on else {})}
    told |= {"channels": list(channels)} if channels else {}
    outcomes = [*said[at].args["outcomes"], told] if at < ban else [told, *said[at].args["outcomes"]]
    answered = replace(said[at], args={**said[at].args, "outcomes": outcomes})
    return [answered if i == at else one for i, one in enumerate(said) if i != ban]


_BAN = "marketing_objection"


def _stopped(one: Said) -> bool:
    duty = one.args.get("duty") == "marketing_stopped" and one.args.get("done") is True
    return one.intent is Intent.RECORD_DUTY and duty


def _noted_once(said: Sequence[Said]) -> list[Said]:
    """As in "Nora rang and wants her data, log that": the request that is recorded is no note besides."""
    recorded = any(one.intent is Intent.ADD_PAPER_REQUEST for one in said)
    told = [it for one in said for it in one.args.get("outcomes", ())]
    said = [one for one in said if not (recorded and one.intent is Intent.NOTE)]
    identified = any(one.intent is Intent.RECORD_IDENTITY for one in said)
    said = [one for one in said if not (identified and one.args.get("change") == "signature")]  # of an authority
    return [one for one in said if not any(_only_why(one, it) for it in told)]


def _only_why(one: Said, answer: Mapping[str, Any]) -> bool:
    """As in "no answer, can't tell who she is", "passin numero oli väärin, korjattu": no check is recorded besides."""
    why = {"not_arrived": answer["outcome"] == "not_identified", "failed": answer.get("right") == "rectification"}
    return one.intent is Intent.RECORD_IDENTITY and why.get(str(one.args.get("result")), False)


NEAR = 0.05
"""Where the next intent is as near, the line may mean either."""


def _second(hearing: Hearing, piece: Piece, *, hold: bool) -> Said:
    """The line as the next likely intent."""
    other = {intent: margin for intent, margin in piece.heard.by_intent.items() if intent is not piece.heard.intent}
    intent = max(other, key=lambda one: (other[one], one))
    ours = {label: margin for label, margin in piece.heard.margins.items() if of_intent(label, intent)}
    heard = Heard(ours)
    return filled_in(hearing.line, Part(heard.rule, piece.spans, "", negated=False), heard, hold=hold)


def _of_one_period(said: Sequence[Said]) -> Iterator[Said]:
    """Two figures asked for in one breath are of the period that was said once."""
    period = next((one.args["period"] for one in said if one.intent is Intent.STATS and "period" in one.args), None)
    for one in said:
        yield replace(one, args={"period": period, **one.args}) if period and one.intent is Intent.STATS else one


_ONE = frozenset(
    {Intent.MERGE, Intent.RECORD_IDENTITY, Intent.SET_OUTCOME, Intent.EXTEND, Intent.FEE, Intent.ADD_PAPER_REQUEST}
    | {Intent.REOPEN, Intent.MARK_NOT_REQUEST, Intent.ASK_IDENTITY}
)
"""What is said once in a line, however many clauses tell it."""
_OF_ONE_LANGUAGE = "edit_draft.lang"


def _fused(hearing: Hearing, found: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Neighbours that both say what is said once are one piece."""
    start, end = found[0]
    for first, last in found[1:]:
        one, other = hearing.of(start, end), hearing.of(first, last)
        alike = one.intent is other.intent in _ONE or one.label == other.label == _OF_ONE_LANGUAGE
        alike = alike or _looks_on(hearing, one, (other, first, last)) or _searched_on(hearing, one, first)
        alike = alike or _tells_on(hearing, one, (other, first, last)) or _sends_along(hearing, one, (first, last))
        alike = alike or _lists_a_right(hearing, (start, end), (other, first))
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


def _piece(hearing: Hearing, first: int, end: int) -> Piece:
    """The loudest clause first: it holds the verb."""
    heard = hearing.of(first, end)
    if heard.intent is Intent.NOTE:
        return Piece((hearing.words(first, end),), heard, (first, end))  # its text is one stretch, marks and all
    order = sorted(range(first, end), key=lambda at: (-hearing.of(at, at + 1).margins[heard.label], at))
    return Piece(tuple((hearing.clauses[at].start, hearing.clauses[at].end) for at in order), heard, (first, end))


def _part(piece: Piece, parts: Sequence[Part]) -> Part:
    """The piece as a part of the line; the grammar's own rule, where it hears the same intent in the same words."""
    words = {at for start, end in piece.spans for at in range(start, end)}
    alike = [
        part
        for part in parts
        if part.intent is piece.heard.intent and all(set(range(*span)) <= words for span in part.spans)
    ]
    if len(alike) != 1:
        return Part(piece.heard.rule, piece.spans, "", negated=False)
    (part,) = alike
    rule = replace(part.rule, args={**part.rule.args, **piece.heard.args})
    taken = {at for start, end in part.spans for at in range(start, end)}
    further = (span for span in piece.spans if not taken & set(range(*span)))
    return Part(rule, (*part.spans, *further), "", negated=False)


def _nothing(hearing: Hearing, found: Sequence[Piece], parts: Sequence[Part], ruled: Sequence[Said]) -> Said:
    if not _hopeless(ruled[0]) and any(piece.heard.args.get("reason") == ruled[0].args["reason"] for piece in found):
        return ruled[0]
    loudest = max(found, key=lambda piece: piece.heard.margin)
    reason = loudest.heard.args["reason"]
    if reason != "negated":
        return Said(Intent.NONE, {"reason": reason})
    told, _ = loudest.heard.slots.get("negated", (ABSENT, 0.0))
    acts = {intent: margin for intent, margin in loudest.heard.by_intent.items() if intent not in ASKING}
    named = told if told not in {ABSENT, FREE} else str(max(acts, key=lambda intent: acts[intent]))
    if "v_close" in tags_of(hearing.line, (0, len(hearing.line.words))):
        named = "close"
    return Said(Intent.NONE, {"reason": "negated", "negated": named})


def _hopeless(said: Said) -> bool:
    """Whether the grammar names nothing that could be forbidden."""
    return said.intent is not Intent.NONE or said.args.get("negated", "") in set(map(str, ASKING))
