"""Which rule a clause meets: with its reason or without, told or asked.

A question is never the order it asks about. Refuses what several clauses mean together: that is `parts`'.
"""

from __future__ import annotations

from inbox_agent.rules.commands.clauses import Clause, cause_at, tags_of, text_at
from inbox_agent.rules.commands.grammar import Rule, best
from inbox_agent.rules.commands.model import ASKING, Intent, Place
from inbox_agent.rules.commands.reading import Line

QUESTIONS = ("q_what", "q_why", "q_who", "q_howmany", "q_how", "q_where", "q_when", "q_may", "q_mean", "q_is")


SURE = 2.0


_TELLING = frozenset({Intent.RECORD_IDENTITY, Intent.RECORD_DUTY, Intent.ADD_PAPER_REQUEST})


_TOLD_WHOLE = 4.5  # who, how, what and when are all there


def match(line: Line, clause: Clause, place: Place) -> tuple[Rule | None, int]:
    """The clause's rule, and up to where it was looked for: its reason is looked at only where nothing else speaks."""
    story = best(tags_of(line, (clause.start, clause.end)), place)
    if story is not None and story.intent is Intent.ADD_PAPER_REQUEST and story.score >= _TOLD_WHOLE:
        return story, clause.end
    if story is not None and story.intent is Intent.UNSAFE and story.uses("backdate"):
        return story, clause.end  # whatever it is put as: "put down that it came on the 9th"
    given = text_at(line, clause)
    if given < clause.end:
        told = best(tags_of(line, (given, clause.end)), place)
        noted = bool({"v_note_word", "v_remind"} & tags_of(line, (clause.start, given)))
        if told is not None and told.intent in _TELLING and told.score >= SURE and not noted:
            return told, clause.end
        return best(tags_of(line, (clause.start, given)), place), given
    cause = cause_at(line, clause)
    front = best(tags_of(line, (clause.start, cause)), place)
    whole = best(tags_of(line, (clause.start, clause.end)), place)
    if front is not None and front.intent is not Intent.NONE and not _says_more(line, clause, front, whole):
        return _unless_asked(line, clause, front, cause, place), cause
    return _unless_asked(line, clause, whole, clause.end, place), clause.end


def _says_more(line: Line, clause: Clause, front: Rule, whole: Rule | None) -> bool:
    """Whether a clause says more with its reason than without: a question, or what hangs on another thing."""
    if whole is None or whole.score <= front.score:
        return False
    hanging = front.weak and not whole.weak
    asked_of = whole.intent in ASKING and "cond_word" in line.words[clause.start].tags
    return hanging or asked_of or {front.intent, whole.intent} <= _ANSWERED


_ANSWERED = ASKING - {Intent.NONE, Intent.EXPORT, Intent.HELP}


_ALLOWED = frozenset({"saa", "voi", "may", "can", "far", "kan"})


_MAY = frozenset({"q_may", "q_is", "q_why", "q_how"})


def _unless_asked(line: Line, clause: Clause, rule: Rule | None, end: int, place: Place) -> Rule | None:
    """A question is never the order it asks about."""
    if rule is None or (rule.intent in ASKING and rule.intent is not Intent.EXPORT):
        return rule
    opening = next(
        (
            w
            for w in line.words[clause.start : end]
            if w.kind == "word" and w.form not in {"no", "hei", "ja", "mutta", "siis", "joo", "oo"}
        ),
        None,
    )
    if rule.intent is Intent.EXPORT:  # only "how" is asked of the handbook: "saako tästä csv:n" is to be had
        how = opening is not None and "q_how" in opening.tags
        return best({"q_how", "deed"}, place, ASKING) if how else rule
    polite = "polite_wish" in tags_of(line, (clause.start, clause.end))
    inside = opening is not None and any(not tag.startswith("q_") for tag in opening.phrases)  # "finns inget om henne"
    if opening is None or polite or inside or not any(tag in opening.tags for tag in QUESTIONS):
        return rule
    if rule.intent in {Intent.ASK_MORE_INFO, Intent.ADD_PAPER_REQUEST} and "q_how" not in opening.tags:
        return rule
    may = bool(_MAY & opening.tags) or any(word.form in _ALLOWED for word in line.words[clause.start : end])
    if rule.intent is Intent.ASK_IDENTITY and "v_ask" in tags_of(line, (clause.start, end)) and not may:
        return rule  # "missä kuussa hän tilasi, kysy se"
    tags = {tag for tag in tags_of(line, (clause.start, end)) if not tag.startswith("v_")}
    return best(tags, place, ASKING) or best({"q_may"}, place)
