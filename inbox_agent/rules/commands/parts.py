"""A line in parts, each with one intent, in the order said.

Owns the choice of a rule for each clause, clauses that only explain or lead up to another, and which clause forbids
what it says. Refuses to say what is done about it: that is `understanding`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from inbox_agent.rules.commands.clauses import Clause, clauses, tags_of
from inbox_agent.rules.commands.grammar import Rule, best
from inbox_agent.rules.commands.matching import QUESTIONS, SURE, match
from inbox_agent.rules.commands.model import ASKING, Intent, Place
from inbox_agent.rules.commands.negation import forbids
from inbox_agent.rules.commands.reading import Line

_ONE = frozenset(Intent) - {
    Intent.ASSIGN,
    Intent.EDIT_DRAFT,
    Intent.EXPORT,
    Intent.NONE,
    Intent.RECORD_DUTY,
    Intent.REMIND_ME,
}


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


def parts_of(line: Line, place: Place) -> Iterator[Part]:
    """The parts of a line; none where nothing is understood."""
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
    rule, end = match(line, whole, place)
    if rule is None or rule.weak or rule.score < SURE:
        return []
    return [Part(rule, ((whole.start, whole.end),), "", forbids(line, whole, rule, end))]


_DOING = frozenset(
    {"v_ask", "v_send", "v_grant", "v_refuse", "v_move", "v_extend", "v_remind", "v_merge", "v_change", "v_note_word"}
)


def _one_story(line: Line) -> bool:
    """A request from outside the mail told in pieces: a channel, a name and a right, and no other deed."""
    tags = tags_of(line, (0, len(line.words)))
    kinds = {tag.partition(".")[0] for tag in tags}
    return {"channel", "right", "name"} <= kinds and not _DOING & tags and "done" not in kinds


def _told_together(line: Line) -> Iterator[Clause]:
    """As in "Laine soitti ja kysyi tietojaan" is one story: who came or wrote, and what was asked."""
    held: Clause | None = None
    if _one_story(line):
        yield Clause(0, len(line.words), "")
        return
    for clause in clauses(line):
        tags = tags_of(line, (clause.start, clause.end))
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
    """Put one clause where it belongs: to the part before it, to a part of its own, or to what waits for one."""
    previous = parts[-1] if parts else None
    if previous and _goes_with(line, previous, clause):
        parts[-1] = _longer(previous, clause)
        return
    rule, end = match(line, clause, place)
    if previous and _other_object(line, previous, rule, clause):
        parts[-1] = _redirected(previous, clause)
        return
    if rule is None and clause.joiner == "vaan" and loose and previous is None:
        clause = Clause(loose.pop().start, clause.end, "")
        rule, end = match(line, clause, place)
    if rule is None:
        _wait(line, place, clause, parts, loose)
        return
    if previous and _closed_unidentified(line, previous, clause):
        told = best({"not_identified", "v_close"}, place)
        parts[-1] = replace(_longer(previous, clause), rule=told or previous.rule)
        return
    negated = forbids(line, clause, rule, end)
    if loose and previous is None and not negated:
        clause, rule, end = _with_what_waits(line, place, loose, (clause, rule, end))
    said_nothing = previous and _chatters(line, previous.rule, previous.spans[0]) and rule.intent is not Intent.NONE
    if previous and not negated and (said_nothing or _led_up(previous, rule, clause)):
        parts[-1] = replace(_longer(previous, clause), rule=rule, spans=((clause.start, clause.end), *previous.spans))
    elif previous and not previous.negated and not negated and _belongs(line, previous, rule, clause):
        parts[-1] = _merged(previous, rule, clause)
    else:
        parts.append(Part(rule, ((clause.start, clause.end),), clause.joiner, negated))


def _closed_unidentified(line: Line, previous: Part, clause: Clause) -> bool:
    """As in "henkilöllisyyttä ei saatu varmistettua, asia päätetään": that nobody was identified is the outcome."""
    told = previous.intent is Intent.RECORD_IDENTITY and "not_identified" in tags_of(line, previous.spans[0])
    return told and "v_close" in tags_of(line, (clause.start, clause.end))


def _goes_with(line: Line, previous: Part, clause: Clause) -> bool:
    """Whether a clause only tells on: the word that goes with a handing over, the text of a note."""
    if previous.negated:
        return False
    tags = tags_of(line, (clause.start, clause.end))
    tells_on = "cover_note" in tags or ("that_word" in tags and not {"v_note", "v_note_word"} & tags)
    if previous.intent is Intent.ASSIGN and tells_on:
        return True
    return previous.intent in _FREE_TEXT and not orders(line, clause)


def _other_object(line: Line, previous: Part, rule: Rule | None, clause: Clause) -> bool:
    """As in "älä pyydä hetua vaan asiakasnumero": the order goes on with another object."""
    deedless = not any(tag.startswith("v_") for tag in tags_of(line, (clause.start, clause.end)))
    weak = rule is None or (rule.weak and previous.intent is not Intent.NONE)
    return clause.joiner == "vaan" and deedless and weak


def _redirected(previous: Part, clause: Clause) -> Part:
    if previous.negated:
        return replace(previous, spans=((clause.start, clause.end),), negated=False)
    return _longer(previous, clause)


_TOLD_BEFORE = frozenset(
    {Intent.SET_OUTCOME, Intent.UNSAFE, Intent.EXTEND, Intent.FEE, Intent.ASK_MORE_INFO, Intent.MERGE}
)


def _with_what_waits(
    line: Line, place: Place, loose: list[Clause], found: tuple[Clause, Rule, int]
) -> tuple[Clause, Rule, int]:
    """As in "pyyntö kuuluu emoyhtiölle, lähetä se sinne": what was told first makes another act of the order."""
    clause, rule, _end = found
    whole = Clause(loose[0].start, clause.end, "")
    wider, end = match(line, whole, place)
    kinds = _TOLD_BEFORE | ({Intent.CHANGE_KIND} if rule.intent is Intent.EDIT_DRAFT else set())
    if wider is None or (rule.weak and wider.weak) or wider.intent not in kinds or wider.score < rule.score + 1:
        return found
    loose.clear()
    return whole, wider, end


def _wait(line: Line, place: Place, clause: Clause, parts: list[Part], loose: list[Clause]) -> None:
    """A clause that says nothing by itself goes to the part before it, or waits until those that wait say something."""
    if parts:
        parts[-1] = _longer(parts[-1], clause)
        return
    loose.append(clause)
    if len(loose) > 1 and (told := _all_in_all(line, place, Clause(loose[0].start, clause.end, ""))):
        parts += told
        loose.clear()


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
    start, end = previous.spans[0]
    if previous.intent is Intent.APPROVE and rule.intent is Intent.SET_OUTCOME and end - start == 1:
        return not previous.negated  # "sopii, myönnetään"
    joined = clause.joiner == "," or previous.rule.score < 1  # a mere day leads up to whatever comes
    told = previous.rule.weak and previous.intent in _LEADING and not previous.negated
    led_to = rule.intent not in {Intent.NONE, previous.intent} and (
        rule.intent not in ASKING - {Intent.EXPLAIN_VERDICT} or previous.intent in ASKING
    )
    return told and led_to and (not rule.weak or previous.intent is Intent.SHOW_CASE) and joined


def _chatters(line: Line, rule: Rule, span: tuple[int, int]) -> bool:
    """Whether a clause only says what is not so ("en minä ruudulta näe"), though its words could ask for something."""
    words = [word for word in line.words[span[0] : span[1]] if word.kind == "word"]
    if rule.intent not in _LOOKED_UP or not words or line.text.rstrip().endswith("?"):
        return False
    asked = any(tag.startswith("q_") for tag in words[0].tags)
    return not asked and any("not" in word.tags and word.form.startswith(_I_DO_NOT) for word in words[:2])


_LOOKED_UP = ASKING - {Intent.NONE, Intent.EXPORT, Intent.HELP}


_I_DO_NOT = ("en", "ei", "emma", "emme")


def _belongs(line: Line, previous: Part, rule: Rule, clause: Clause) -> bool:
    if previous.intent is not Intent.NONE and _chatters(line, rule, (clause.start, clause.end)):
        return True
    if previous.intent is Intent.UNSAFE:
        return True
    if rule.intent is previous.intent and rule.intent in _ONE:
        return not _asks_another(previous.rule, rule)
    if previous.intent is Intent.NONE:
        return False
    if previous.intent is Intent.ADD_PAPER_REQUEST and _only_logs(line, rule, clause):
        return True
    if previous.intent is Intent.REMIND_ME and rule.intent in {Intent.UNDO, Intent.UNSAFE}:
        return not {"n_case", "n_cases", "database"} & tags_of(line, (clause.start, clause.end))  # "poista se"
    if rule.intent is Intent.NONE or (rule.intent is previous.intent is Intent.REMIND_ME and _dayless(line, clause)):
        return True
    # What is told behind a comma explains the order before it.
    if rule.weak and not previous.rule.weak:
        return not (rule.intent is previous.intent is Intent.EDIT_DRAFT and rule.args != previous.rule.args)
    return (
        clause.joiner in {",", "-", "–", ":"}
        and previous.intent not in ASKING
        and rule.intent in ASKING - {Intent.EXPORT}
        and (rule.weak or not _asks(line, clause))
    )


def _only_logs(line: Line, rule: Rule, clause: Clause) -> bool:
    """As in "... ja pyytää poistoa, kirjaa se": what is told of a caller goes on, and is to be written down."""
    if rule.intent is Intent.CHANGE_KIND:
        return rule.weak or bool({"they_want", "asked_past"} & tags_of(line, (clause.start, clause.end)))
    words = [word for word in line.words[clause.start : clause.end] if word.kind == "word"]
    noting = [word for word in words if not {"v_note", "v_note_word", "this", "known", "v_add"} & word.tags]
    return rule.intent in {Intent.NOTE, Intent.EDIT_DRAFT} and not noting


def _dayless(line: Line, clause: Clause) -> bool:
    """As in "palataan kahden viikon päästä, laita muistutus": one reminder, said twice."""
    return not any(clause.start <= mention.start < clause.end for mention in line.mentions)


def _asks_another(first: Rule, second: Rule) -> bool:
    """As in "montako päivää on jäljellä, ja lasketaanko pyhät": two questions about one date."""
    about = first.args.get("about"), second.args.get("about")
    return None not in about and about[0] != about[1] and not second.weak


_ASKED = frozenset({*QUESTIONS, "v_show", "v_search", "v_open", "v_go", "n_view", "help", "q_ground"})


def _asks(line: Line, clause: Clause) -> bool:
    """Whether something is asked in a clause, or only told ("jatka, mulla on liikaa töitä")."""
    return bool(_ASKED & tags_of(line, (clause.start, clause.end))) or line.text.rstrip().endswith("?")


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
    "pass",
    "hand",
    "give",
    "forward",
    "overlat",
)


_TOLD = ("pyydet", "kysytt", "pyysi", "kysyi", "siirret", "siirsi", "lahetti", "lahetet", "annet", "poistet", "muistut")


def orders(line: Line, clause: Clause) -> bool:
    """Whether a clause behind a note begins as an order of its own."""
    first = next((word.form for word in line.words[clause.start : clause.end] if word.kind == "word"), "")
    ordered = first.startswith(_ORDERS) and (not first.startswith(_TOLD) or first.startswith("muistut"))
    return ordered and not first.endswith(("nut", "nyt", "tu", "ty", "i"))
