"""The arguments of an intent, from the words that its part of the line holds.

Owns which reader reads which intent, and the order: the words first, then what the scored reader settles and what the
reader of excerpts finds (`own_words`), then the law (`law`). Refuses to add what was not said: an argument without
words is absent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from inbox_agent.rules.commands import asked, law, letters, outcomes, records
from inbox_agent.rules.commands.awaited import awaited, copy_first, reserved
from inbox_agent.rules.commands.excerpts import shipped
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.given import Given
from inbox_agent.rules.commands.grammar import Rule
from inbox_agent.rules.commands.heard import Heard
from inbox_agent.rules.commands.labels import ABSENT, FREE
from inbox_agent.rules.commands.marketing_channels import channels_named
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.commands.outcome_facts import OF_ITS_OWN_END
from inbox_agent.rules.commands.outcome_kind import right_of_undone
from inbox_agent.rules.commands.own_reasons import reasoned
from inbox_agent.rules.commands.own_words import in_own_words
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.receivers import company
from inbox_agent.rules.commands.settled import settled


def said(line: Line, rule: Rule, spans: Sequence[tuple[int, int]], heard: Heard | None = None) -> Said:
    """The intent of one part with its arguments, judged by the law; `heard` sets those of few values right."""
    spoken = Spoken(line, tuple(spans))
    told = by_words(spoken, rule.intent, rule.args)
    given = told
    if heard:
        given = in_own_words(line, spans, rule.intent, settled(rule.intent, told, heard), shipped())
    given = _waiting(spoken, _called_by_number(given))
    _date(spoken, given.get("outcomes", ()), heard)
    given = _after_another(given)
    _keep_its_own(spoken, given.get("outcomes", ()))
    _to_the_company(spoken, given.get("outcomes", ()))
    given = reasoned(spoken, _of_advertising(spoken, given))
    _name_channels(spoken, given.get("outcomes", ()))
    if _says_nothing(rule.intent, given) or _only_names(spoken, given):
        return Said(Intent.NONE, {"reason": "unclear"})
    args, findings = law.judged(rule.intent, given)
    # Whatever the words of a letter are cut to, what was told is judged.
    if rule.intent is Intent.EDIT_DRAFT and (of_the_told := law.judged(rule.intent, told)[1]):
        args, findings = {**args, "lawful": False}, of_the_told
    return Said(rule.intent, args, findings)


def _called_by_number(given: Given) -> Given:
    """As in "check who he is by calling the old number": the number that is called is no fact that is asked for."""
    if given.get("method") != "call_back" or "facts" not in given:
        return given
    facts = [fact for fact in given["facts"] if not any(stem in fact for stem in _NUMBERS)]
    return {**{name: value for name, value in given.items() if name != "facts"}, **({"facts": facts} if facts else {})}


_NUMBERS = (" number", " numero", " nummer", " numret")


def by_words(spoken: Spoken, intent: Intent, fixed: Mapping[str, Any]) -> Given:
    """The arguments that the words tell by rules; `fixed` are known beforehand."""
    given = _READERS[intent](spoken, fixed)
    return {name: value for name, value in given.items() if value not in (None, [], "")}


def _says_nothing(intent: Intent, given: Given) -> bool:
    """Whether a deed is left without what makes it one: no outcome, no right, no language to write in."""
    match intent:
        case Intent.SET_OUTCOME:
            return not given.get("outcomes")
        case Intent.CHANGE_KIND:
            return not any(given.get(how) for how in ("set", "add", "remove"))
        case Intent.EDIT_DRAFT:
            return given.get("change") in _OF_A_VALUE and "value" not in given
    return False


_SURE = 0.1
"""How far "no day" must be behind."""


def _only_names(spoken: Spoken, given: Given) -> bool:
    """As in "vaihda kieli": what is to be replaced, and nothing to stand instead."""
    words = [word for word in spoken.words if word.kind != "mark"]
    return given.get("change") == "replace" and len(words) == 2 and "v_change" in spoken.tags


_OF_A_VALUE = frozenset({"lang", "replace", "recipient", "add"})
"""Changes of a letter that are none without what is put in."""


def _date(spoken: Spoken, outcomes_said: Sequence[dict[str, Any]], heard: Heard | None) -> None:
    """A day that no word told to be that of the deed, but that is heard as it; one until which something is kept."""
    value, gap = heard.slots.get("done_on", (ABSENT, 0.0)) if heard else (ABSENT, 0.0)
    if len(outcomes_said) != 1 or {"done_on", "kept_until", "after"} & outcomes_said[0].keys():
        return
    (one,) = outcomes_said
    until = next((mention for mention in spoken.mentions if mention.until), None)
    day = next((mention for mention in spoken.mentions if not mention.month and not mention.until), None)
    if until and one["outcome"] in {"partly", "refused"} and one.get("ground") not in OF_ITS_OWN_END:
        one["kept_until"] = str(until.ahead)
    elif day and value == FREE and gap > _SURE:
        one["done_on"] = str(day.behind)


def _waiting(spoken: Spoken, given: Given) -> Given:
    """What is granted for later waits for the moment named, or for the person who says so."""
    said = list(given.get("outcomes", ()))
    if len(said) != 1 or {"done_on", "late"} & said[0].keys() or said[0]["outcome"] != "granted":
        return given
    stretch = (spoken.indices[0], spoken.indices[-1] + 1)
    if said[0].get("right") == "erasure" and copy_first(spoken.line, stretch):
        return {**given, "outcomes": [{**said[0], "after": "access"}]}
    if reserved(spoken.line, stretch):
        return {**given, "hold": True}
    if "after" in said[0]:
        return given
    done = {"carried_out"} & spoken.tags or any(tag.startswith("done.") for tag in spoken.tags)
    moment = None if done else awaited(spoken.line, stretch)
    return {**given, "outcomes": [{**said[0], "after": moment}]} if moment else given


def _after_another(given: Given) -> Given:
    """As in "poisto vasta kun hän on saanut kopion": the copy that is waited for is no answer of its own."""
    told = given.get("outcomes", ())
    waiting = any(one.get("right") == "erasure" and one.get("after") == "access" for one in told)
    kept = [one for one in told if not (waiting and one.get("right") == one.get("after") == "access")]
    return {**given, "outcomes": kept} if len(kept) < len(told) else given


def _left_undone(spoken: Spoken) -> str | None:
    """As in "ei tunnistettu, joten emme anna tietoja": what is not done for that."""
    for start, end in spoken.spans:
        at = next((at for at in range(start, end) if {"not", "no_deed"} & spoken.line.words[at].tags), end)
        behind = Spoken(spoken.line, ((at, min(at + _NEAR, end)),)) if at < end else None
        if behind and (right := right_of_undone(behind)) and (right != "access" or "data_word" in behind.tags):
            return right
    return None


_NEAR = 5  # words


def _keep_its_own(spoken: Spoken, outcomes_said: Sequence[dict[str, Any]]) -> None:
    """An outcome of the whole request has no right of its own; one that denies nothing has no ground."""
    for one in outcomes_said:
        if one["outcome"] in _OF_NO_MARKETING:
            one.pop("right", None)
        if one["outcome"] == "not_identified" and (right := _left_undone(spoken)):
            one["right"] = right
        if one["outcome"] not in _GROUNDED:
            one.pop("ground", None)
        if one.get("ground") == "others_rights":
            one.setdefault("right", "access")  # which alone it stands against (article 15(4))
        if one.get("ground") == "human_decided":
            one.setdefault("right", "automated_decision")  # likewise (article 22(1))
        if one.get("right") == "portability" and not str(one.get("to", ""))[:1].isupper():
            one.pop("to", None)  # "toiselle palveluntarjoajalle" names nobody


_GROUNDED = frozenset({"refused", "partly", "art11"})


def _to_the_company(spoken: Spoken, outcomes_said: Sequence[dict[str, Any]]) -> None:
    """What is forwarded goes to the company that is named, whatever else is called a controller beside it."""
    for one in outcomes_said:
        if one["outcome"] == "forwarded" and "to" in one:
            one["to"] = _OWNED.sub("", str(one["to"]))
    named = company(spoken)
    for one in outcomes_said if named else ():
        if one["outcome"] == "forwarded" and str(named).split()[0] not in str(one.get("to", "")):
            one["to"] = named


_OWNED = re.compile(r"(?::s|['’]s)$")
"""As in "inte vår kund utan Sportlife Ab:s"."""


def _of_advertising(spoken: Spoken, given: Given) -> Given:
    """An objection beside the advertising that it ends is that against marketing, told once."""
    told = [one for one in given.get("outcomes", ()) if one.get("right") in {"objection", "marketing_objection"}]
    if not told or not any(part in word.form for word in spoken.words for part in FUNCTION.advertising):
        return given
    first = {**{name: value for one in reversed(told) for name, value in one.items()}, "right": "marketing_objection"}
    at = given["outcomes"].index(told[0])
    kept = [first if nth == at else one for nth, one in enumerate(given["outcomes"]) if nth == at or one not in told]
    return {**given, "outcomes": kept} if len({one["outcome"] for one in told}) == 1 else given


def _name_channels(spoken: Spoken, outcomes_said: Sequence[dict[str, Any]]) -> None:
    """A marketing ban that was heard, not told by its name, names the channels said; other rights have none."""
    for one in outcomes_said:
        banned = one.get("right") == "marketing_objection"
        if banned and (told := list(dict.fromkeys(channels_named(spoken)))) and set(one.get("channels", ())) < {*told}:
            one["channels"] = told
        elif one.get("right") in _OF_NO_CHANNEL or one["outcome"] in _OF_NO_MARKETING:
            one.pop("channels", None)


_OF_NO_MARKETING = frozenset({"no_data", "not_identified", "art11", "forwarded"})
_OF_NO_CHANNEL = frozenset({"rectification", "access", "erasure", "restriction", "portability"})


_READERS: Mapping[Intent, Callable[[Spoken, Mapping[str, Any]], Given]] = {
    Intent.SHOW_DUE: asked.show_due,
    Intent.SHOW_CASE: asked.show_case,
    Intent.SEARCH: asked.search,
    Intent.EXPLAIN_VERDICT: asked.explain_verdict,
    Intent.EXPLAIN_DEADLINE: asked.explain_deadline,
    Intent.ASK_IDENTITY: letters.ask_identity,
    Intent.ASK_MORE_INFO: letters.ask_more_info,
    Intent.SET_OUTCOME: lambda spoken, fixed: {"outcomes": outcomes.outcomes(spoken, fixed.get("outcome"))},
    Intent.EXTEND: letters.extend,
    Intent.FEE: letters.fee,
    Intent.MARK_NOT_REQUEST: records.mark_not_request,
    Intent.REOPEN: records.reopen,
    Intent.APPROVE: letters.approve,
    Intent.EDIT_DRAFT: letters.edit_draft,
    Intent.ASSIGN: records.assign,
    Intent.REMIND_ME: records.remind_me,
    Intent.NOTE: records.note,
    Intent.ADD_PAPER_REQUEST: records.add_paper_request,
    Intent.MERGE: records.merge,
    Intent.CHANGE_KIND: records.change_kind,
    Intent.RECORD_IDENTITY: records.record_identity,
    Intent.STATS: asked.stats,
    Intent.UNDO: records.only_fixed,
    Intent.HELP: asked.handbook,
    Intent.EXPORT: asked.export,
    Intent.RECORD_DUTY: records.record_duty,
    Intent.UNSAFE: records.unsafe,
    Intent.NONE: records.only_fixed,
}
