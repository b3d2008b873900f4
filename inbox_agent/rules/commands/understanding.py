"""One line understood: its clauses, their intents in the order said, and what must not happen.

Owns negation ("älä hylkää vaan myönnä"), the holding back of a letter, clauses that only explain the one before, and
the honest nothing. A line that is not surely understood is `none`; nothing here acts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from inbox_agent.rules.commands import fields, nothing
from inbox_agent.rules.commands.clauses import Clause, cause_at, clauses, text_at
from inbox_agent.rules.commands.grammar import Rule, best, rules
from inbox_agent.rules.commands.model import ASKING, Intent, Place, Said
from inbox_agent.rules.commands.reading import Line, read
from inbox_agent.rules.commands.vocabulary import vocabulary
from inbox_agent.rules.deadlines import helsinki_date

_QUESTIONS = ("q_what", "q_why", "q_who", "q_howmany", "q_how", "q_where", "q_when", "q_may", "q_mean", "q_is")
_HELD = frozenset({Intent.SET_OUTCOME, Intent.ASK_IDENTITY})
_HOLDING = frozenset({Intent.APPROVE})
_ONE = frozenset(Intent) - {
    Intent.ASSIGN,
    Intent.EDIT_DRAFT,
    Intent.EXPORT,
    Intent.NONE,
    Intent.RECORD_DUTY,
    Intent.REMIND_ME,
}
_TELLING = frozenset({Intent.RECORD_IDENTITY, Intent.RECORD_DUTY, Intent.ADD_PAPER_REQUEST})
_SURE = 2.0
_TOLD_WHOLE = 4.5  # who, how, what and when are all there
_FREE_TEXT = frozenset({Intent.NOTE})


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the line with one intent. `spans` are word ranges; the first holds the head."""

    rule: Rule
    spans: tuple[tuple[int, int], ...]
    joiner: str
    negated: bool

    @property
    def intent(self) -> Intent:
        return self.rule.intent


def understand(text: str, now: datetime, place: Place = Place.CASE) -> tuple[Said, ...]:
    """What a line says, at least one intent. `now` (aware) is the moment that "huomenna" is counted from."""
    line = read(text, vocabulary(), helsinki_date(now))
    parts = [_grounded(line, part) for part in _parts(line, place)]
    done = [part for part in parts if not part.negated and part.intent is not Intent.NONE]
    if any(_only_told(line, part) for part in done):
        return (Said(Intent.NONE, {"reason": "undecided" if _tentative(line) else "unclear"}),)
    negated = [part for part in parts if part.negated]
    if not done:
        return (_nothing(line, parts, negated),)
    if any(part.intent is Intent.APPROVE for part in done) and any(part.intent is Intent.APPROVE for part in negated):
        done = _postponed(done, negated, line)
        if not done:
            return (_nothing(line, parts, negated),)
    if _skips_identity(line, done, negated):
        return (fields.said(line, _SKIPPING, done[0].spans, place),)
    hold = any(part.intent in _HOLDING or _closes(line, part) for part in negated) or _waits(line, done)
    said = [fields.said(line, part.rule, part.spans, place) for part in done]
    return tuple(_held(one) if hold else one for one in _once(said))


_SKIPPING = next(rule for rule in rules() if rule.args.get("what") == "skip_identity")


def _skips_identity(line: Line, done: Sequence[Part], negated: Sequence[Part]) -> bool:
    """As in "älä kysy henkilöllisyyttä, lähetä tiedot": nobody is to be asked, yet something is to leave."""
    unasked = [part for part in negated if part.intent is Intent.ASK_IDENTITY]
    bare = [part for part in unasked if not any(t.startswith("fact.") for t in _tags(line, part.spans[0]))]
    return bool(bare) and any(part.intent in {Intent.SET_OUTCOME, Intent.APPROVE} for part in done)


def _once(said: Sequence[Said]) -> list[Said]:
    """Said twice in other words ("liian pitkä, tiivistä") is said once."""
    return [one for at, one in enumerate(said) if one not in said[:at]]


_TOLD_OF_THEM = frozenset({Intent.SET_OUTCOME, Intent.APPROVE, Intent.EXTEND, Intent.FEE, Intent.UNDO, Intent.ASSIGN})
_UNCONDITIONAL = frozenset({Intent.REMIND_ME, Intent.NOTE, Intent.ADD_PAPER_REQUEST}) | ASKING


def _only_told(line: Line, part: Part) -> bool:
    """Whether an act is only thought of, hangs on a condition, or is what somebody else wants."""
    if part.intent in _UNCONDITIONAL:
        return False
    thought = any("tentative" in _tags(line, span) for span in part.spans)
    if thought or any(_conditions(line, at) for at in range(part.spans[0][1])):
        return True
    wanted = [line.words[at] for at in range(*part.spans[0]) if "they_want" in line.words[at].tags]
    own_words = part.rule.uses("they_want") or any("v_grant" in word.phrases for word in wanted)
    return part.intent in _TOLD_OF_THEM and bool(wanted) and not own_words


def _tentative(line: Line) -> bool:
    return any("tentative" in word.tags for word in line.words)


def _conditions(line: Line, at: int) -> bool:
    """The word "jos" and its like; the Swedish "om" only where a clause begins with it."""
    word = line.words[at]
    begins = at == 0 or line.words[at - 1].kind == "mark"
    return "cond_word" in word.tags and not word.phrases and (word.form != "om" or begins)


def _postponed(done: Sequence[Part], negated: Sequence[Part], line: Line) -> list[Part]:
    """Approved now, not to leave before Monday: approved for Monday. Without a day the "not" has the last word."""
    span = next(part.spans[0] for part in negated if part.intent is Intent.APPROVE)
    if any(span[0] <= mention.start < span[1] for mention in line.mentions):
        return [replace(part, spans=(*part.spans, span)) if part.intent is Intent.APPROVE else part for part in done]
    return [part for part in done if part.intent is not Intent.APPROVE]


def _waits(line: Line, parts: Sequence[Part]) -> bool:
    """Whether a part says that its letter is to wait ("pidä kirje vielä")."""
    return any("hold_word" in _tags(line, span) for part in parts for span in part.spans)


def _nothing(line: Line, parts: Sequence[Part], negated: Sequence[Part]) -> Said:
    if negated:
        named = _named(line, negated[0])
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
    tags = _tags(line, part.spans[0])
    return "v_close" in tags and part.intent in {Intent.SET_OUTCOME, Intent.UNSAFE, Intent.NONE}


def _held(said: Said) -> Said:
    return replace(said, args={**said.args, "hold": True}) if said.intent in _HELD else said


# -- parts of a line ---------------------------------------------------------------------------------


def _parts(line: Line, place: Place) -> Iterator[Part]:
    parts: list[Part] = []
    loose: list[Clause] = []  # clauses before the first that says something
    for clause in _told_together(line):
        _take(line, place, clause, parts, loose)
    if loose and not parts:
        parts = _all_in_all(line, place, Clause(0, len(line.words), ""))
    elif loose:
        first = parts[0]
        parts[0] = replace(first, spans=(*first.spans, *((c.start, c.end) for c in loose)))
    return iter(parts)


def _all_in_all(line: Line, place: Place, whole: Clause) -> list[Part]:
    """What no clause says by itself, all of them may: "en tajua mitä hän haluaa, kysy siltä"."""
    rule, end = _match(line, whole, place)
    if rule is None or rule.weak or rule.score < _SURE:
        return []
    return [Part(rule, ((whole.start, whole.end),), "", _negated(line, whole, rule, end))]


_DOING = frozenset(
    {"v_ask", "v_send", "v_grant", "v_refuse", "v_move", "v_extend", "v_remind", "v_merge", "v_change", "v_note_word"}
)


def _one_story(line: Line) -> bool:
    """A request from outside the mail told in pieces: a channel, a name and a right, and no other deed."""
    tags = _tags(line, (0, len(line.words)))
    kinds = {tag.partition(".")[0] for tag in tags}
    return {"channel", "right", "name"} <= kinds and not _DOING & tags and "done" not in kinds


def _told_together(line: Line) -> Iterator[Clause]:
    """As in "Laine soitti ja kysyi tietojaan" is one story: who came or wrote, and what was asked."""
    held: Clause | None = None
    if _one_story(line):
        yield Clause(0, len(line.words), "")
        return
    for clause in clauses(line):
        tags = _tags(line, (clause.start, clause.end))
        if held is not None and {"asked_past", "they_want", "sender", "arrived"} & tags:
            held = replace(held, end=clause.end)
            continue
        if held is not None:
            yield held
            held = None
        if any(tag.startswith("channel.") for tag in tags):
            held = clause
        else:
            yield clause
    if held is not None:
        yield held


def _take(line: Line, place: Place, clause: Clause, parts: list[Part], loose: list[Clause]) -> None:
    previous = parts[-1] if parts else None
    tags = _tags(line, (clause.start, clause.end))
    tells_on = "that_word" in tags and not {"v_note", "v_note_word"} & tags
    if previous and previous.intent is Intent.ASSIGN and not previous.negated and tells_on:
        parts[-1] = _longer(previous, clause)
        return
    if previous and previous.intent in _FREE_TEXT and not previous.negated and not _orders(line, clause):
        parts[-1] = _longer(previous, clause)
        return
    rule, end = _match(line, clause, place)
    deedless = not any(tag.startswith("v_") for tag in tags)
    if (
        previous
        and clause.joiner == "vaan"
        and deedless
        and (rule is None or (rule.weak and previous.intent is not Intent.NONE))
    ):
        # "älä pyydä hetua vaan asiakasnumero": the order goes on with another object.
        if previous.negated:
            parts[-1] = replace(previous, spans=((clause.start, clause.end),), negated=False)
        else:
            parts[-1] = _longer(previous, clause)
        return
    if rule is None and clause.joiner == "vaan" and loose and previous is None:
        whole = Clause(loose.pop().start, clause.end, "")
        rule, end = _match(line, whole, place)
        clause = whole
    if rule is None:
        if previous is None:
            loose.append(clause)
            if len(loose) > 1 and (told := _all_in_all(line, place, Clause(loose[0].start, clause.end, ""))):
                parts += told
                loose.clear()
        else:
            parts[-1] = _longer(previous, clause)
        return
    negated = _negated(line, clause, rule, end)
    if previous and not negated and _led_up(previous, rule, clause):
        parts[-1] = replace(_longer(previous, clause), rule=rule, spans=((clause.start, clause.end), *previous.spans))
        return
    if previous and not previous.negated and not negated and _belongs(line, previous, rule, clause):
        parts[-1] = _merged(previous, rule, clause)
        return
    parts.append(Part(rule, ((clause.start, clause.end),), clause.joiner, negated))


def _grounded(line: Line, part: Part) -> Part:
    """A deed denied ("ei poisteta") refuses where it names its ground; without one it only forbids."""
    given = any(tag.startswith("ground.") or tag == "bad_ground" for span in part.spans for tag in _tags(line, span))
    return replace(part, negated=True) if part.rule.uses("no_deed") and not given else part


def _longer(part: Part, clause: Clause) -> Part:
    return replace(part, spans=(*part.spans, (clause.start, clause.end)))


def _merged(previous: Part, rule: Rule, clause: Clause) -> Part:
    """The same thing said on; the rule that says more leads."""
    return replace(
        _longer(previous, clause),
        rule=rule if rule.intent is previous.intent and rule.args and not previous.rule.args else previous.rule,
    )


_LEADING = frozenset(
    {
        Intent.SHOW_CASE,
        Intent.MARK_NOT_REQUEST,
        Intent.SHOW_DUE,
        Intent.CHANGE_KIND,
        Intent.EXPLAIN_VERDICT,
        Intent.SEARCH,
    }
)


def _led_up(previous: Part, rule: Rule, clause: Clause) -> bool:
    """Whether what was told before a comma only led up to the order behind it."""
    told = previous.rule.weak and previous.intent in _LEADING and not previous.negated
    led_to = rule.intent not in {Intent.NONE, previous.intent} and (
        rule.intent not in ASKING or previous.intent in ASKING
    )
    return told and led_to and (not rule.weak or previous.intent is Intent.SHOW_CASE) and clause.joiner == ","


def _belongs(line: Line, previous: Part, rule: Rule, clause: Clause) -> bool:
    if (rule.intent is previous.intent and rule.intent in _ONE) or previous.intent is Intent.UNSAFE:
        return True
    if previous.intent is Intent.NONE:
        return False
    if rule.intent is Intent.NONE:
        return True
    # What is told behind a comma explains the order before it.
    if rule.weak and not previous.rule.weak:
        return True
    return (
        clause.joiner in {",", "-", "–", ":"}
        and previous.intent not in ASKING
        and rule.intent in ASKING - {Intent.EXPORT}
        and (rule.weak or not _asks(line, clause))
    )


_ASKED = frozenset({*_QUESTIONS, "v_show", "v_search", "v_open", "v_go", "n_view", "help", "q_ground"})


def _asks(line: Line, clause: Clause) -> bool:
    """Whether something is asked in a clause, or only told ("jatka, mulla on liikaa töitä")."""
    return bool(_ASKED & _tags(line, (clause.start, clause.end))) or line.text.rstrip().endswith("?")


def _match(line: Line, clause: Clause, place: Place) -> tuple[Rule | None, int]:
    """The clause's rule, and up to where it was looked for: its reason is looked at only where nothing else speaks."""
    story = best(_tags(line, (clause.start, clause.end)), place)
    if story is not None and story.intent is Intent.ADD_PAPER_REQUEST and story.score >= _TOLD_WHOLE:
        return story, clause.end
    given = text_at(line, clause)
    if given < clause.end:
        told = best(_tags(line, (given, clause.end)), place)
        noted = "v_note_word" in _tags(line, (clause.start, given))
        if told is not None and told.intent in _TELLING and told.score >= _SURE and not noted:
            return told, clause.end
        return best(_tags(line, (clause.start, given)), place), given
    cause = cause_at(line, clause)
    front = best(_tags(line, (clause.start, cause)), place)
    whole = best(_tags(line, (clause.start, clause.end)), place)
    on = front is not None and whole is not None and {front.intent, whole.intent} <= _ANSWERED
    if front is not None and front.intent is not Intent.NONE and not (on and whole.score > front.score):
        return _unless_asked(line, clause, front, cause, place), cause
    return _unless_asked(line, clause, whole, clause.end, place), clause.end


_ANSWERED = ASKING - {Intent.NONE, Intent.EXPORT, Intent.HELP}


def _unless_asked(line: Line, clause: Clause, rule: Rule | None, end: int, place: Place) -> Rule | None:
    """A question is never the order it asks about."""
    if rule is None or rule.intent in ASKING:
        return rule
    opening = next(
        (
            w
            for w in line.words[clause.start : end]
            if w.kind == "word" and w.form not in {"no", "hei", "ja", "mutta", "siis", "joo", "oo"}
        ),
        None,
    )
    polite = "polite_wish" in _tags(line, (clause.start, clause.end))
    if opening is None or polite or not any(tag in opening.tags for tag in _QUESTIONS):
        return rule
    if rule.intent in {Intent.ASK_MORE_INFO, Intent.ADD_PAPER_REQUEST}:
        return rule
    tags = {tag for tag in _tags(line, (clause.start, end)) if not tag.startswith("v_")}
    return best(tags, place, ASKING) or best({"q_may"}, place)


def _tags(line: Line, span: tuple[int, int]) -> frozenset[str]:
    return frozenset(tag for word in line.words[span[0] : span[1]] for tag in word.tags)


_IDLE = frozenset({"not", "dont", "undecided", "hold_word", "small", "tentative"})
"""Phrases that do not take the sense out of a "not" inside them."""


def _negated(line: Line, clause: Clause, rule: Rule, end: int) -> bool:
    """Whether the clause forbids what its rule says. A "not" that belongs to the rule's own words forbids nothing."""
    if rule.intent is Intent.NONE and not rule.uses("v_close"):
        return False
    for at in range(clause.start, end):
        word = line.words[at]
        if not {"dont", "not"} & word.tags or word.phrases - _IDLE or _conditional(line, clause, at):
            continue  # a "not" inside another meaning ("ei täsmää") or behind "jos" forbids nothing
        if rule.uses("not") and "not" in word.tags:
            continue
        if "dont" in word.tags or (rule.intent not in ASKING and _denies(line, clause, at, end)):
            return True
    return False


def _conditional(line: Line, clause: Clause, at: int) -> bool:
    return any(_conditions(line, i) or "cond_word" in line.words[i].tags for i in range(clause.start, at))


_LATER_NOT = frozenset({"inte", "not", "ej", "inget", "ingenting", "inga", "nothing", "never", "aldrig"})


def _denies(line: Line, clause: Clause, at: int, end: int) -> bool:
    """Whether "en", "inte" or "not" stands with a deed: before it in Finnish and English, after it in Swedish."""
    deed = [i for i in range(clause.start, end) if any(tag.startswith("v_") for tag in line.words[i].tags)]
    return any(at < i for i in deed) or (line.words[at].form in _LATER_NOT and bool(deed))


_ORDERS = (
    "muistu",
    "siirr",
    "laheta",
    "pyyd",
    "kysy",
    "myonn",
    "hylka",
    "hyla",
    "jatka",
    "avaa",
    "tulosta",
    "vie",
    "yhdist",
    "hyvaksy",
    "peru",
    "lyhen",
    "kaann",
    "remind",
    "send",
    "påmin",
    "pamin",
    "skicka",
    "approve",
    "assign",
    "nayt",
    "sulje",
    "vaihda",
    "poista",
    "anna",
)
_TOLD = ("pyydet", "kysytt", "pyysi", "kysyi", "siirret", "siirsi", "lahetti", "lahetet", "annet", "poistet", "muistut")


def _orders(line: Line, clause: Clause) -> bool:
    """Whether a clause behind a note begins as an order of its own."""
    first = next((word.form for word in line.words[clause.start : clause.end] if word.kind == "word"), "")
    ordered = first.startswith(_ORDERS) and (not first.startswith(_TOLD) or first.startswith("muistuta"))
    return ordered and not first.endswith(("nut", "nyt", "tu", "ty", "i"))
