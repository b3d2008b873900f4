"""One line as the grammar reads it: its parts, their intents in the order said, and what must not happen.

Owns negation ("älä hylkää vaan myönnä"), the holding back of a letter, clauses that only explain the one before, and
the honest nothing. A line that is not surely understood is `none`; nothing here acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from inbox_agent.rules.commands import fields, leftover, nothing
from inbox_agent.rules.commands.clauses import Clause, cause_at, tags_of
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.grammar import Rule, rules
from inbox_agent.rules.commands.heard import Heard
from inbox_agent.rules.commands.model import ASKING, Intent, Said
from inbox_agent.rules.commands.negation import conditions
from inbox_agent.rules.commands.parts import Part
from inbox_agent.rules.commands.reading import Line

_HELD = frozenset({Intent.SET_OUTCOME, Intent.ASK_IDENTITY})
_HOLDING = frozenset({Intent.APPROVE})


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the grammar makes of a line, at least one intent. `guarded`: it hears a deed that must not be done."""

    said: tuple[Said, ...]
    guarded: bool = False


def by_rules(line: Line, parts: Sequence[Part]) -> Ruled:
    """What the grammar makes of a line in parts (`grounded`)."""
    done = [part for part in parts if not part.negated and part.intent is not Intent.NONE]
    if any(_only_told(line, part) for part in done):
        return Ruled((Said(Intent.NONE, {"reason": "undecided" if _open_still(line) else "unclear"}),), guarded=True)
    if done and _doubted(line, done):
        return Ruled((Said(Intent.NONE, {"reason": "undecided"}),), guarded=True)
    if any(part.intent is Intent.UNSAFE for part in done):
        done = [part for part in done if part.intent is Intent.UNSAFE or part.intent in ASKING]
    negated = [part for part in parts if part.negated]
    if not done:
        return Ruled((_nothing(line, parts, negated),), guarded=bool(negated))
    if any(part.intent is Intent.APPROVE for part in done) and any(part.intent is Intent.APPROVE for part in negated):
        done = _postponed(done, negated, line)
        if not done:
            return Ruled((_nothing(line, parts, negated),), guarded=True)
    if skipped := _skipped(line, done, negated):
        return Ruled((fields.said(line, skipped, done[0].spans),), guarded=True)
    hold = held_back(line, parts)
    said = [filled_in(line, part, hold=hold) for part in done]
    return Ruled(tuple(once(said)), guarded=any(part.intent is Intent.UNSAFE for part in done))


def held_back(line: Line, parts: Sequence[Part]) -> bool:
    """Whether a part says that nothing is to be sent or closed yet."""
    negated = (part for part in parts if part.negated)
    said = any(part.intent in _HOLDING or _closes(line, part) for part in negated) or _waits(line, parts)
    return said or _stays_open(line)


def _stays_open(line: Line) -> bool:
    """As in "jätä asia kuitenkin auki", "saa jäädä sulkematta", "mitään ei nyt suljeta"; "lasku on auki" is no such."""
    if any("undecided" in word.tags | word.phrases for word in line.words):
        return False
    for at, word in enumerate(line.words):
        before = list(takewhile(lambda one: one.kind != "mark", reversed(line.words[max(at - _NEAR, 0) : at])))
        staying = any(one.form.startswith(_STAYING) for one in before)
        if word.form in FUNCTION.open_still and (staying or word.form.endswith("matta")):
            return True
        if "v_close" in word.tags and any({"not", "dont"} & one.tags for one in before):
            return True
    return False


_NEAR = 4  # words
_STAYING = ("jat", "jaa", "pide", "pida", "pysy", "leav", "keep", "stay", "remain", "hall", "lamna", "forbli")


def filled_in(line: Line, part: Part, heard: Heard | None = None, *, hold: bool) -> Said:
    """A part with its arguments, and what of its words they leave out."""
    said = fields.said(line, part.rule, part.spans, heard)
    said = _held(said) if hold else said
    return replace(said, findings=(*said.findings, *leftover.findings(line, part, said)))


def grounded(line: Line, part: Part) -> Part:
    """A deed denied ("ei poisteta") refuses where it names its ground; without one it only forbids."""
    given = any(tag.startswith("ground.") or tag == "bad_ground" for span in part.spans for tag in tags_of(line, span))
    given = given or any(cause_at(line, Clause(*span, "")) < span[1] for span in part.spans)
    return replace(part, negated=True) if part.rule.uses("no_deed") and not given else part


def _skipped(line: Line, done: Sequence[Part], negated: Sequence[Part]) -> Rule | None:
    """The rule of what must not be left out, where one clause sends and another leaves it out."""
    what = (
        "skip_identity"
        if _skips_identity(line, done, negated)
        else "skip_approval"
        if _unread(line, done)
        else "disclose"
        if _for_another(line, done)
        else ""
    )
    return next((rule for rule in rules() if rule.args.get("what") == what), None) if what else None


def _unread(line: Line, done: Sequence[Part]) -> bool:
    """As in "lähetä suoraan, en jaksa lukea": a letter is to leave that nobody has read."""
    sends = any(part.intent is Intent.APPROVE for part in done)
    return sends and any("no_reading" in word.tags for word in line.words)


def _for_another(line: Line, done: Sequence[Part]) -> bool:
    """As in "naapuri haluaa tietää, lähetä sille": somebody else asks, and something is to leave."""
    leaving = [part for part in done if part.intent in {Intent.SET_OUTCOME, Intent.APPROVE}]
    gives = [part for part in leaving if {"v_send", "v_give", "v_inform"} & tags_of(line, part.spans[0])]
    asks = any(
        "outsider" in word.tags and any(_WANTING & one.tags for one in line.words[at + 1 : at + 5])
        for at, word in enumerate(line.words)
    )
    return bool(gives) and asks and not any("fact.authorisation" in word.tags for word in line.words)


_WANTING = frozenset({"they_want", "asked_past"})


def _skips_identity(line: Line, done: Sequence[Part], negated: Sequence[Part]) -> bool:
    """As in "älä kysy henkilöllisyyttä, lähetä tiedot": nobody is to be asked, yet something is to leave."""
    unasked = [part for part in negated if part.intent is Intent.ASK_IDENTITY]
    bare = [part for part in unasked if not any(t.startswith("fact.") for t in tags_of(line, part.spans[0]))]
    leaving = [part for part in done if part.intent in {Intent.SET_OUTCOME, Intent.APPROVE}]
    beforehand = any("no_identity" in word.tags for word in line.words) and any(
        {"v_send", "v_give"} & tags_of(line, part.spans[0]) for part in leaving
    )
    return bool(leaving) and (bool(bare) or beforehand)


def once(said: Sequence[Said]) -> list[Said]:
    """Said twice in other words ("liian pitkä, tiivistä") is said once."""
    told = [(one.intent, one.args) for one in said]
    last = [
        one.intent is Intent.APPROVE and told[at] in told[at + 1 :] for at, one in enumerate(said)
    ]  # "hyvä. ... lähetä"
    return [one for at, one in enumerate(said) if not last[at] and (told[at] not in told[:at] or any(last[:at]))]


_TOLD_OF_THEM = frozenset({Intent.SET_OUTCOME, Intent.APPROVE, Intent.EXTEND, Intent.FEE, Intent.UNDO, Intent.ASSIGN})
_UNCONDITIONAL = frozenset({Intent.REMIND_ME, Intent.NOTE, Intent.ADD_PAPER_REQUEST}) | ASKING


def _only_told(line: Line, part: Part) -> bool:
    """Whether an act is only thought of, hangs on a condition, or is what somebody else wants."""
    if part.intent in _UNCONDITIONAL:
        return False
    said = tags_of(line, part.spans[0])
    thought = "tentative" in said and "polite_wish" not in said
    if thought or any(conditions(line, at) for at in range(part.spans[0][1])):
        return True
    told = cause_at(line, Clause(*part.spans[0], ""))  # what follows is the reason
    wanted = [line.words[at] for at in range(part.spans[0][0], told) if "they_want" in line.words[at].tags]
    if part.intent in _TOLD_OF_THEM | {Intent.ASK_IDENTITY} and _told_by_them(line, part):
        return True
    own_words = part.rule.uses("they_want") or any("v_grant" in word.phrases for word in wanted)
    own_words = own_words or _granted_as_wanted(line, part)
    return part.intent in _TOLD_OF_THEM and bool(wanted) and not own_words


def _granted_as_wanted(line: Line, part: Part) -> bool:
    """As in "suostutaan kaikkeen mitä se pyytää": what is wanted only says what is granted."""
    words = line.words[slice(*part.spans[0])]
    granted = next((at for at, word in enumerate(words) if "v_grant" in word.tags), len(words))
    asked = next((at for at, word in enumerate(words) if "they_want" in word.tags), len(words))
    return granted < asked and any({"q_what", "all", "that_word"} & word.tags for word in words[granted:asked])


def _told_by_them(line: Line, part: Part) -> bool:
    """Whether the deed is what somebody else said or promised: "hän lupasi lähettää asiakasnumeron"."""
    words = line.words[slice(*part.spans[0])]
    told = next((at for at, word in enumerate(words) if "they_say" in word.tags), None)
    if told is None or "polite_wish" in tags_of(line, part.spans[0]):
        return False
    return any(tag.startswith("v_") for word in words[told + 1 :] for tag in word.tags) and not any(
        tag.startswith("v_") for word in words[:told] for tag in word.tags
    )


def _doubted(line: Line, done: Sequence[Part]) -> bool:
    """Whether a doubt comes after the deed ("hylkää, tai emmä tiedä"); one before it may be why it is done."""
    if any(part.intent in _UNCONDITIONAL - {Intent.HELP} for part in done):
        return False
    last = max(part.spans[0][0] for part in done)
    return any("undecided" in word.phrases and "hold_word" not in word.phrases for word in line.words[last:])


def _open_still(line: Line) -> bool:
    """Whether it is only thought of, or hangs on a condition."""
    thought = any("tentative" in word.tags for word in line.words)
    return thought or any(conditions(line, at) for at in range(len(line.words)))


def _postponed(done: Sequence[Part], negated: Sequence[Part], line: Line) -> list[Part]:
    """Approved now, not to leave before Monday: approved for Monday. Without a day the "not" has the last word."""
    span = next(part.spans[0] for part in negated if part.intent is Intent.APPROVE)
    if any(span[0] <= mention.start < span[1] for mention in line.mentions):
        return [replace(part, spans=(*part.spans, span)) if part.intent is Intent.APPROVE else part for part in done]
    return [part for part in done if part.intent is not Intent.APPROVE]


def _waits(line: Line, parts: Sequence[Part]) -> bool:
    """Whether a part says that its letter is to wait ("pidä kirje vielä")."""
    return any("hold_word" in tags_of(line, span) for part in parts for span in part.spans)


def _nothing(line: Line, parts: Sequence[Part], negated: Sequence[Part]) -> Said:
    if negated:
        named = _named(line, next((part for part in negated if part.intent not in ASKING), negated[0]))
        return Said(Intent.NONE, {"reason": "negated", **({"negated": named} if named else {})})
    if forbidden := _forbidden(line):
        return Said(Intent.NONE, {"reason": "negated", "negated": forbidden})
    told = next((str(part.rule.args["reason"]) for part in parts if part.intent is Intent.NONE), "")
    return Said(Intent.NONE, {"reason": nothing.reason(line, told)})


_DEEDS = {
    "v_ask": Intent.ASK_IDENTITY,
    "v_send": Intent.APPROVE,
    "v_move": Intent.ASSIGN,
    "v_extend": Intent.EXTEND,
    "v_give": Intent.ASSIGN,
    "v_approve": Intent.APPROVE,
    "v_out": Intent.APPROVE,
    "v_remove": Intent.SET_OUTCOME,
    "v_grant": Intent.SET_OUTCOME,
    "v_refuse": Intent.SET_OUTCOME,
    "v_merge": Intent.MERGE,
    "v_remind": Intent.REMIND_ME,
    "v_undo": Intent.UNDO,
    "v_fee": Intent.FEE,
}


def _forbidden(line: Line) -> str:
    """What a line forbids whose deed no rule names whole: "älä pyydä mitään"."""
    at = next((i for i, word in enumerate(line.words) if "dont" in word.tags), None)
    if at is None:
        return ""
    later = (tag for word in line.words[at:] for tag in sorted(word.tags))
    return next((str(_DEEDS[tag]) for tag in later if tag in _DEEDS), "")


def _named(line: Line, part: Part) -> str:
    return "close" if _closes(line, part) else str(part.intent)


def _closes(line: Line, part: Part) -> bool:
    tags = tags_of(line, part.spans[0])
    return "v_close" in tags and part.intent in {Intent.SET_OUTCOME, Intent.UNSAFE, Intent.NONE}


def _held(said: Said) -> Said:
    return replace(said, args={**said.args, "hold": True}) if said.intent in _HELD else said
