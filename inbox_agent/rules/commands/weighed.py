"""One line as the scored reader hears it: its pieces, each with the intent that is loudest.

Owns the arguments' way to the fields where no rule of the grammar was met, and what must not happen. Refuses to choose
between this reading and the grammar's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from inbox_agent.rules.commands.answers import each_right
from inbox_agent.rules.commands.clauses import tags_of
from inbox_agent.rules.commands.fused import fused
from inbox_agent.rules.commands.heard import Heard, Hearing, Piece
from inbox_agent.rules.commands.labels import ABSENT, FREE, of_intent
from inbox_agent.rules.commands.marketing_channels import channels_named
from inbox_agent.rules.commands.model import ASKING, Intent, Said
from inbox_agent.rules.commands.opposites import ALREADY
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.parts import Part
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
    found = [_piece(hearing, first, end) for first, end in fused(hearing)]
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
