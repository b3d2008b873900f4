"""The arguments of an intent, from the words that its part of the line holds.

Owns what is taken from where, one function an intent. Refuses to add what was not said: an argument without words
is absent. What the law says of them stands in `law`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from inbox_agent.rules.commands import law, names, outcomes, texts
from inbox_agent.rules.commands.grammar import Rule
from inbox_agent.rules.commands.heard import Heard
from inbox_agent.rules.commands.mention import Mention
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.commands.numbers import number
from inbox_agent.rules.commands.outcome_facts import channels_said
from inbox_agent.rules.commands.part import Spoken, month_end
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.settled import settled
from inbox_agent.rules.commands.spans import TERMS

Given = dict[str, Any]


def said(line: Line, rule: Rule, spans: Sequence[tuple[int, int]], heard: Heard | None = None) -> Said:
    """The intent of one part with its arguments, judged by the law; `heard` sets those of few values right."""
    spoken = Spoken(line, tuple(spans))
    given = {
        name: value for name, value in _READERS[rule.intent](spoken, rule.args).items() if value not in (None, [], "")
    }
    given = settled(rule.intent, given, heard) if heard else given
    for one in given.get("outcomes", ()):
        if (
            one.get("right") == "marketing_objection"
            and "channels" not in one
            and (told := list(channels_said(spoken)))
        ):
            one["channels"] = list(dict.fromkeys(told))
    if rule.intent is Intent.SET_OUTCOME and not given.get("outcomes"):
        return Said(Intent.NONE, {"reason": "unclear"})
    args, findings = law.judged(rule.intent, given)
    return Said(rule.intent, args, findings)


def _show_due(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    if "overdue" in spoken.tags:
        return {"period": "overdue"}
    if until := next((m for m in spoken.mentions if m.until or not spoken.values("period")), None):
        if until.month and until.ahead == spoken.line.today.replace(day=1):
            return {"period": "this_month"}
        whole = until.month or _next_month(spoken, until)
        return {"until": str(month_end(until.ahead) if whole else until.ahead)}
    if spoken.values("period"):
        return {"period": spoken.values("period")[0]}
    if "n_next" in spoken.tags or spoken.says("kiireisin", "kiireellisin"):
        return {"period": "next"}
    if "all" in spoken.tags:
        return {"period": "all"}
    if spoken.says("viikon", "veckans", "week"):
        return {"period": "this_week"}
    return dict(fixed)


def _next_month(spoken: Spoken, mention: Mention) -> bool:
    """As in "ensi kuussa", of which all is meant where it is asked what falls due."""
    last = spoken.line.words[mention.end - 1].form
    return mention.ahead.day == 1 and last.startswith(("kuu", "manad", "month"))


def _case(spoken: Spoken) -> Given:
    if number := spoken.numbers:
        return {"case": number[0]}
    if name := spoken.name:
        return {"case": name}
    return {}


def _show_case(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    given: Given = {**_case(spoken), **fixed}
    if "case" not in given and "what" not in given:
        if "n_next" in spoken.tags:
            given["case"] = "next"
        elif "n_prev" in spoken.tags:
            given["case"] = "previous"
        elif word := next((w for w in spoken.words if w.form.startswith("eili")), None):
            given["case"] = word.text.lower()
        elif unknown := spoken.unknown(after=("v_open", "v_show", "n_case")):
            given["case"] = spoken.base_name(unknown)
    return given


_STATUS = {
    "open_word": "open",
    "closed_word": "closed",
    "waiting_us": "waiting_us",
    "waiting_them": "waiting_them",
    "set_aside_word": "set_aside",
}


def _search(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    status = next((value for tag, value in _STATUS.items() if tag in spoken.tags), None)
    if status == "closed" and "not" in spoken.tags:
        status = "open"
    address = next((word.text for word in spoken.words if word.kind == "email"), None)
    given: Given = {
        "right": next(iter(spoken.values("right")), None),
        "status": status,
        "lang": next(iter(spoken.values("lang")), None),
        "query": address or spoken.name or texts.word_named(spoken),
        **(spoken.between or spoken.past_period),
    }
    if not any(given.values()):
        if quoted := spoken.quoted:
            given["query"] = quoted
        elif numbers := spoken.numbers:
            given["query"] = numbers[0]
        elif unknown := spoken.unknown(after=("v_search",)):
            given["query"] = unknown if unknown.islower() and not names.surely(unknown) else names.base_form(unknown)
        else:
            given["query"] = texts.sought(spoken)
    return given | dict(fixed)


def _explain_verdict(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    return {**_case(spoken), **fixed}


def _explain_deadline(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    about = next((a for a in ("holidays", "identity_pause", "target") if f"about.{a}" in spoken.tags), None)
    return {**_case(spoken), "about": about, **fixed}


def _ask_identity(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    method = next(iter(spoken.values("method")), None)
    facts = list(spoken.wanted("fact") or spoken.values("fact"))
    if not facts and method is None:
        facts = texts.numbers_named(spoken)
    if not facts and "ordered_word" in spoken.tags:
        facts = ["order_month"]
    if method:
        facts = [fact for fact in facts if fact not in {"address", "phone"}]
    if len(facts) > 1 and "address" in facts and spoken.says("osoitteeseen", "osoitteesta"):
        facts.remove("address")
    return {"facts": facts, "method": method, **fixed}


def _ask_more_info(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    large = "ground.large_data" in spoken.tags or {"large_word", "material"} <= spoken.tags
    rights = [
        tag.removeprefix("right.")
        for w in spoken.words
        for tag in w.tags
        if tag.startswith("right.") and tag not in w.phrases
    ]
    one = rights[0] if len(set(rights)) == 1 else None
    about = None if "right" in fixed else texts.asked_about(spoken)
    why = False if "ask_why" in spoken.tags else None
    return {"ground": "large_data" if large else None, "right": one, "about": about, "lawful": why, **fixed}


def _extend(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    until = next((m for m in spoken.mentions if not m.month and spoken.line.words[m.start].form not in TERMS), None)
    half = spoken.says("puoli", "puol", "half", "halvt") and spoken.says("vuotta", "vuosi", "year", "ar")
    months = _HALF_A_YEAR if half or spoken.says("halvar") else spoken.counted("months_word")
    again = "again" in spoken.tags
    reason = fixed.get("reason") or next((r for r in _REASONS if f"reason.{r}" in spoken.tags), None)
    reason = "complexity" if reason == "complexity_told" else reason
    if reason is None and "same_from" in spoken.tags and {"n_request", "n_cases"} & spoken.tags:
        reason = "number_of_requests"
    if reason is None and _several_requests(spoken):
        reason = "number_of_requests"
    return {
        "months": None if until and not months else months,
        "until": str(until.ahead) if until and not months else None,
        "reason": reason,
        "second": True if again else None,
    }


_HALF_A_YEAR = 6  # months


def _several_requests(spoken: Spoken) -> bool:
    """As in "hän lähetti yhdeksän pyyntöä", "pyyntöjä on kymmenen"."""
    for at, word in enumerate(spoken.words):
        if {"n_request", "n_cases"} & word.tags:
            near = spoken.words[max(at - 2, 0) : at] + spoken.words[at + 1 : at + 3]
            if any((number(one.form) or 0) > 1 and "month" not in one.tags for one in near):
                return True
    return False


# In which order they count where two are said: the number of requests is lawful whatever stands beside it.
_REASONS = ("number_of_requests", "complexity", "holiday", "staff", "technical", "workload", "complexity_told")


def _fee(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    grounds = [code for ground, code in _FEE_GROUNDS if f"ground.{ground}" in spoken.tags]
    bare = next((int(n) for n in spoken.numbers if len(n) <= _FIGURES), None) if "v_fee" in spoken.tags else None
    coins = next((float(word.form.replace(",", ".")) for word in spoken.words if word.kind == "money"), None)
    return {
        "amount": spoken.amount or bare or coins,
        "ground": fixed.get("ground") or (grounds[0] if grounds else None),
    }


_FIGURES = 3  # of a fee without its unit
_FEE_GROUNDS = (
    ("once_a_year", "once_a_year"),
    ("further_copy", "further_copy"),
    ("unfounded_or_excessive", "excessive"),
)


def _mark_not_request(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    return {
        "route": fixed.get("route") or next(iter(spoken.values("route")), None),
        "reply": True
        if "reply_anyway" in spoken.tags or spoken.says("vastaa", "vastataan", "svara", "reply")
        else None,
        "cases": list(spoken.numbers),
    }


def _reopen(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    origin = fixed.get("from") or (
        "set_aside"
        if {"set_aside_word", "is_request"} & spoken.tags
        else "closed"
        if "closed_word" in spoken.tags
        else None
    )
    reason = texts.rest(spoken)
    if origin is None and reason:
        origin = "closed"
    return {**_case(spoken), "from": origin, "reason": reason if origin == "closed" else None}


def _approve(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    days = [mention for mention in spoken.mentions if not mention.month]
    if not days:
        return {}
    before = spoken.line.words[max(days[0].start - 2, 0) : days[0].start]
    mention = days[-1] if any({"not", "dont"} & word.tags for word in before) else days[0]  # "ei tänään vaan huomenna"
    return {"send_at": spoken.moment(mention)}


_TONES = ("polite", "friendly", "formal", "plain", "casual", "firm", "sinä", "te")


def _edit_draft(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    given = dict(fixed)
    match given["change"]:
        case "tone":
            given["value"] = next((tone for tone in _TONES if f"tone.{tone}" in spoken.tags), None)
            if given["value"] == "formal" and {"not", "too_word"} & spoken.tags:
                given["value"] = "casual"
        case "lang":
            given["value"] = next(reversed(spoken.wanted("lang") or spoken.values("lang")), None)
        case "add":
            given["value"] = texts.added(spoken)
        case "remove":
            given["value"] = texts.removed(spoken)
        case "replace":
            given["value"] = texts.replaced(spoken)
        case "signature":
            given["value"] = spoken.full_name or texts.after(spoken, "signature")
        case "recipient":
            given["value"] = next((w.text for w in spoken.words if w.kind == "email"), None) or spoken.full_name
    return given


def _assign(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    to = fixed.get("to")
    if name := spoken.full_name:
        to = name
    elif "deputy" in spoken.tags:
        to = "deputy"
    elif role := next((w for w in spoken.words if "role" in w.tags), None):
        to = texts.base_role(role.text)
    elif to is None:
        unknown = spoken.locative
        to = names.base_form(unknown) if unknown else texts.one_who_takes(spoken)
    everything = "scope.all" in spoken.tags or ("all" in spoken.tags and {"to_name", "v_deputise"} & spoken.tags)
    this = "this" if "scope.this" in spoken.tags else None
    scope = "new" if "scope.new" in spoken.tags else "all" if everything else this
    return {"to": to, "scope": scope, "note": texts.assign_note(spoken), **spoken.range}


def _remind_me(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    days = [mention for mention in spoken.mentions if not mention.month]
    mention = (days[-1] if fixed.get("move") else days[0]) if days else None  # "torstain sijaan perjantaina"
    return {
        "when": spoken.moment(mention) if mention else None,
        "condition": texts.condition(spoken),
        "about": None if fixed else texts.about(spoken),
        **fixed,
    }


def _note(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    return {"text": texts.noted(spoken)}


def _add_paper_request(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    channels = spoken.values("channel")
    channel = fixed.get("channel") or next((c for c in ("phone", "visit", "other", "letter") if c in channels), None)
    received = next((m for m in spoken.mentions if not m.month), None)
    just = spoken.line.today if "just_now" in spoken.tags else None
    return {
        "channel": channel,
        "received": str(received.behind) if received else str(just) if just else None,
        "name": spoken.full_name,
        "rights": _told_rights(spoken) or _wanted(spoken.tags),
    }


def _told_rights(spoken: Spoken) -> list[str]:
    """The rights named; "vastustaa suoramarkkinointia" is the ban, "vastustaa profilointia" the objection."""
    rights = list(spoken.values("right"))
    objects = any(word.form.startswith(_OBJECTING) for word in spoken.words)
    lost = {"marketing_objection": "objection", "automated_decision": "automated_decision"} if objects else {}
    return [one for one in rights if one not in {gone for sign, gone in lost.items() if sign in rights}]


_OBJECTING = ("vastust", "motsat", "invand", "object")


def _wanted(tags: frozenset[str]) -> list[str]:
    """The right that a caller's wish tells by its verb: "vaati että tiedot pitää poistaa"."""
    return [
        right for verb, right in (("v_remove", "erasure"), ("v_move", "portability")) if {verb, "data_word"} <= tags
    ]


def _merge(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    numbers = spoken.numbers
    if len(numbers) > 1:
        return {"cases": list(numbers)}
    if numbers:
        return {"with": numbers[0]}
    if spoken.name:
        return {"with": spoken.name}
    return {"with": "previous"} if "n_prev" in spoken.tags else {}


def _change_kind(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    how = "add" if "add_too" in spoken.tags else str(fixed.get("how", "set"))
    if both := _added_and_removed(spoken):
        return both
    wanted, denied = spoken.rights_said
    if not wanted:
        return {"remove": denied}
    if how == "remove" and denied and "v_remove" not in spoken.tags:
        return {"set": wanted}  # "it's access not erasure"
    if how == "set" and "v_change" in spoken.tags and len(wanted) > 1:
        wanted = [spoken.goal] if spoken.goal else wanted
    if how == "set" and "also" in spoken.tags and "only" not in spoken.tags and not denied:
        how = "add"
    return {how: wanted}


def _added_and_removed(spoken: Spoken) -> Given:
    """As in "lisää poisto ja poista siirto": each clause with its own verb."""
    found: dict[str, list[str]] = {}
    for span in sorted(spoken.spans):
        piece = Spoken(spoken.line, (span,))
        how = "remove" if "v_remove" in piece.tags else "add" if "v_add" in piece.tags else ""
        if how and (rights := piece.rights_said[0]):
            found.setdefault(how, []).extend(rights)
    return dict(found) if len(found) > 1 else {}


def _record_identity(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    tags = spoken.tags
    told = "failed" if "ident_failed" in tags else "not_arrived" if "not_arrived" in tags else "ok"
    result = fixed.get("result", told)
    whole = result == "failed" and "identity" in tags  # the identification failed; the fact only tells why
    facts = [f for f in spoken.values("fact") if f not in {"address", "phone"} and not whole]
    methods = [*spoken.values("method"), *facts]
    if not methods and "called_done" in tags and spoken.says("numeroon", "numeron", "numret", "number"):
        methods = ["call_back"]
    on = next((m for m in spoken.mentions if not m.month), None)
    return {"result": result, "method": methods[0] if methods else None, "on": str(on.behind) if on else None}


_PERIODS = ("this_year", "last_year", "this_month", "last_month", "this_week", "last_week", "today", "next_week")


def _stats(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    measures = spoken.values("measure")
    told = (m for m in ("identity_asked", "late", "days") if m in measures)
    measure: str | None = fixed.get("measure") or next(told, None)
    if measure is None:
        measure = "count" if "q_howmany" in spoken.tags else "report"
    named = {str(spoken.line.today.year): "this_year", str(spoken.line.today.year - 1): "last_year"}
    period = named.get(str(spoken.period), spoken.period)
    return {"period": period, "measure": measure, "right": next(iter(spoken.values("right")), None)}


def _help(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    return {"topic": texts.topic(spoken)}


def _export(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    whats = spoken.values("what")
    return {"what": fixed.get("what") or (whats[0] if whats else None)}


def _record_duty(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    duties = spoken.values("duty")
    order = (
        "tell_before_lifting",
        "joint_told",
        "recipients_told",
        "processors_told",
        "restriction_lifted",
        "marketing_stopped",
        "freeze",
    )
    duty = fixed.get("duty") or next((d for d in order if d in duties), "freeze")
    if duty == "restriction_lifted" and "in_advance" in spoken.tags:
        duty = "tell_before_lifting"
    untold = False if "not" in spoken.tags else None  # an order says nothing of what was done
    done = True if texts.is_done(spoken) else untold
    on = next((m for m in spoken.mentions if not m.month), None) or _same_day(spoken)
    return {"duty": duty, "done": done, "on": str(on.behind) if on else None}


def _same_day(spoken: Spoken) -> Mention | None:
    """The day told before a part that says "samana päivänä"."""
    before = [m for m in spoken.line.mentions if not m.month and m.end <= spoken.indices[0]]
    return before[-1] if before and "same_day" in spoken.tags else None


def _unsafe(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    return {**_case(spoken), **fixed} if fixed["what"] == "delete_case" else dict(fixed)


def _only_fixed(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    return dict(fixed)


_READERS: Mapping[Intent, Callable[[Spoken, Mapping[str, Any]], Given]] = {
    Intent.SHOW_DUE: _show_due,
    Intent.SHOW_CASE: _show_case,
    Intent.SEARCH: _search,
    Intent.EXPLAIN_VERDICT: _explain_verdict,
    Intent.EXPLAIN_DEADLINE: _explain_deadline,
    Intent.ASK_IDENTITY: _ask_identity,
    Intent.ASK_MORE_INFO: _ask_more_info,
    Intent.SET_OUTCOME: lambda spoken, fixed: {"outcomes": outcomes.outcomes(spoken, fixed.get("outcome"))},
    Intent.EXTEND: _extend,
    Intent.FEE: _fee,
    Intent.MARK_NOT_REQUEST: _mark_not_request,
    Intent.REOPEN: _reopen,
    Intent.APPROVE: _approve,
    Intent.EDIT_DRAFT: _edit_draft,
    Intent.ASSIGN: _assign,
    Intent.REMIND_ME: _remind_me,
    Intent.NOTE: _note,
    Intent.ADD_PAPER_REQUEST: _add_paper_request,
    Intent.MERGE: _merge,
    Intent.CHANGE_KIND: _change_kind,
    Intent.RECORD_IDENTITY: _record_identity,
    Intent.STATS: _stats,
    Intent.UNDO: _only_fixed,
    Intent.HELP: _help,
    Intent.EXPORT: _export,
    Intent.RECORD_DUTY: _record_duty,
    Intent.UNSAFE: _unsafe,
    Intent.NONE: _only_fixed,
}
