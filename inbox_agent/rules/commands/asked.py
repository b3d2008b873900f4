"""What a question asks for: which cases, which days, which figures.

Owns the arguments of the intents that change nothing. Refuses to add what was not said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inbox_agent.rules.commands import names, topics
from inbox_agent.rules.commands.given import Given
from inbox_agent.rules.commands.mention import Mention
from inbox_agent.rules.commands.part import Spoken, month_end


def show_due(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
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


def case(spoken: Spoken) -> Given:
    if number := spoken.numbers:
        return {"case": number[0]}
    if name := spoken.name:
        return {"case": name}
    return {}


def show_case(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    given: Given = {**case(spoken), **fixed}
    if "what" not in given and spoken.says(*_STEPS):
        given["what"] = "next_steps"
    if "case" not in given and any(word.form.startswith(("eilin", "eilis")) for word in spoken.words):
        given["case"] = "eilinen"
    elif "case" not in given and "what" not in given:
        if "n_next" in spoken.tags:
            given["case"] = "next"
        elif "n_prev" in spoken.tags:
            given["case"] = "previous"
        elif unknown := spoken.unknown(after=("v_open", "v_show", "n_case")):
            given["case"] = spoken.base_name(unknown)
    return given


_STEPS = ("step", "steps", "askel", "askeleet", "steg", "steget", "stegen")
_STATUS = {
    "open_word": "open",
    "closed_word": "closed",
    "waiting_us": "waiting_us",
    "waiting_them": "waiting_them",
    "set_aside_word": "set_aside",
}


def search(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    status = next((value for tag, value in _STATUS.items() if tag in spoken.tags), None)
    if status == "closed" and "not" in spoken.tags:
        status = "open"
    address = next((word.text for word in spoken.words if word.kind == "email"), None)
    given: Given = {
        "right": next(iter(spoken.values("right")), None),
        "status": status,
        "lang": next(iter(spoken.values("lang")), None),
        "query": address or spoken.name or topics.word_named(spoken),
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
            given["query"] = topics.sought(spoken)
    return given | dict(fixed)


def explain_verdict(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    denied = {"q_why", "n_request", "not"} <= spoken.tags and not spoken.values("right")
    return {**case(spoken), **fixed, **({"about": "set_aside"} if denied else {})}


def explain_deadline(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    about = next((a for a in ("holidays", "identity_pause", "target") if f"about.{a}" in spoken.tags), None)
    return {**case(spoken), "about": about, **fixed}


def stats(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    measures = spoken.values("measure")
    told = (m for m in ("identity_asked", "late", "days") if m in measures)
    measure: str | None = fixed.get("measure") or next(told, None)
    if measure is None:
        measure = "count" if "q_howmany" in spoken.tags else "report"
    return {"period": spoken.period, "measure": measure, "right": next(iter(spoken.values("right")), None)}


def handbook(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    return {"topic": topics.topic(spoken)}


def export(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    whats = spoken.values("what")
    return {"what": fixed.get("what") or (whats[0] if whats else None)}
