"""What is put down of a case: who has it, what was established, done or is to be remembered, and what it is not.

Refuses to add what was not said: an argument without words is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from inbox_agent.rules.commands import names, takers, texts, topics
from inbox_agent.rules.commands.asked import case
from inbox_agent.rules.commands.base_forms import base_form
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.given import Given
from inbox_agent.rules.commands.inflection import left_undone
from inbox_agent.rules.commands.mention import Mention
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.speaking import is_finnish


def mark_not_request(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    return {
        "route": fixed.get("route") or next(iter(spoken.values("route")), None),
        "reply": True
        if "reply_anyway" in spoken.tags or spoken.says("vastaa", "vastataan", "svara", "reply")
        else None,
        "cases": list(spoken.numbers),
    }


def reopen(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    aside, closed = "set_aside_word" in spoken.tags, "closed_word" in spoken.tags
    told = "set_aside" if aside else "closed"
    origin = told if aside is not closed else fixed.get("from") or ("set_aside" if _was_aside(spoken) else None)
    return {**case(spoken), "from": origin, "reason": texts.rest(spoken)}


def _was_aside(spoken: Spoken) -> bool:
    return bool({"set_aside_word", "is_request"} & spoken.tags)


def assign(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    to = fixed.get("to")
    if name := takers.name_of_who_takes(spoken) or spoken.full_name:
        to = name
    elif "deputy" in spoken.tags:
        to = "deputy"
    elif role := next((w for w in spoken.words if "role" in w.tags), None):
        to = takers.base_role(role.text) if is_finnish(spoken.line.words) else role.text
    elif to is None:
        unknown = spoken.locative
        me = takers.oneself(spoken) or {"v_take", "v_assign_word"} <= spoken.tags or "to_me" in spoken.tags
        to = _called(unknown) if unknown else takers.one_who_takes(spoken)
        to = to or ("me" if me else takers.one_told_to(spoken))
    everything = "scope.all" in spoken.tags or ("all" in spoken.tags and {"to_name", "v_deputise"} & spoken.tags)
    scope = "new" if "scope.new" in spoken.tags else "all" if everything else None  # else it is of the open case
    return {"to": to, "scope": scope, "note": takers.assign_note(spoken), **spoken.before_what_is_told.range}


def _called(receiver: str) -> str:
    """An unknown receiver in base form: a role where it has no capital ("vuoroesimiehelle"), else a name."""
    role = takers.base_role(receiver) if receiver.islower() else receiver
    return role if role != receiver else names.base_form(receiver)


def remind_me(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    days = [mention for mention in spoken.mentions if not mention.month]
    mention = (days[-1] if fixed.get("move") else days[0]) if days else None  # "torstain sijaan perjantaina"
    return {
        "when": spoken.moment(mention) if mention else spoken.today_at or spoken.next_time,
        "condition": topics.condition(spoken),
        "about": None if fixed else topics.about(spoken),
        **fixed,
    }


def note(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    return {"text": texts.noted(spoken)}


def add_paper_request(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
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


def merge(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    numbers = tuple(dict.fromkeys(spoken.numbers))
    if len(numbers) > 1:
        return {"cases": list(numbers)}
    if numbers:
        return {"with": numbers[0]}
    if spoken.name:
        return {"with": spoken.name}
    return {"with": "previous"} if "n_prev" in spoken.tags else {}


def change_kind(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
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


def record_identity(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    tags = spoken.tags
    told = "failed" if "ident_failed" in tags else "not_arrived" if "not_arrived" in tags else "ok"
    said = {"ok": "ident_ok" in tags and "not" not in tags, "failed": "ident_failed" in tags and "ident_ok" not in tags}
    result = told if said.get(told) else fixed.get("result", told)
    facts = [f for f in spoken.values("fact") if f not in {"address", "phone"}]
    facts = [named for fact in facts if (named := _shown(spoken) if fact == "id_copy" else fact)]
    methods = [*filter(None, (_electronic(spoken),)), *spoken.values("method"), *facts]
    if not methods and "called_done" in tags and spoken.says("numeroon", "numeron", "numret", "number"):
        methods = ["call_back"]
    methods = methods or topics.numbers_named(spoken) or list(filter(None, (_by_its_own_name(spoken),)))
    on = next((m for m in spoken.mentions if not m.month), None)
    return {"result": result, "method": methods[0] if methods else None, "on": str(on.behind) if on else None}


def _shown(spoken: Spoken) -> str | None:
    """A document by its own name ("näytti ajokortin"); the copy of one is a copy, a bare "id" no document."""
    if any(word.form.startswith(_COPIES) or word.form.endswith(_COPIES) for word in spoken.words):
        return "id_copy"
    for word in spoken.words:
        for stem, called in FUNCTION.documents.items():
            if "fact.id_copy" in word.tags and word.form.startswith(stem) and _ASKS not in word.form:
                return called.replace("_", " ")
    return "id card" if {"id", "card"} <= {word.form for word in spoken.words} else None


_ASKS = "kysy"  # "henkkarikysymys"
_COPIES = ("kopio", "kopia", "copy", "copies", "scan", "kuva", "foto", "photo", "picture", "bild", "kuvan")


def _by_its_own_name(spoken: Spoken) -> str | None:
    """As in "rekkari täsmäs": a fact that only the company calls so, before the word that says how it was."""
    for before, word in pairwise(spoken.words[:_FIRST]):
        told = {"ident_ok", "ident_failed"} & word.tags
        if told and before.kind == "word" and not before.tags and before is spoken.words[0]:
            return base_form(before.text.lower())
    return None


_FIRST = 3  # words


def _electronic(spoken: Spoken) -> str | None:
    """An electronic identification by its name: "pankkitunnuksilla", "med bank-id"."""
    for word in spoken.words:
        for stem, called in FUNCTION.identifications.items():
            if word.form.startswith(stem):
                return called
    return None


def record_duty(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
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
    denied = any("not" in word.tags and word.form not in _LEST for word in spoken.words)
    undone = denied or any(left_undone(word.form) for word in spoken.words)
    untold = False if undone else None  # an order says nothing of what was done
    over = any(mention.behind < spoken.line.today for mention in spoken.mentions)
    nobody_told = undone and not over and duty in _TELLING
    done = True if _is_done(spoken) and not nobody_told else untold
    on = next((m for m in spoken.mentions if not m.month), None) or _same_day(spoken)
    return {"duty": duty, "done": done, "on": str(on.behind) if on else None}


_LEST = frozenset({"ettei", "etteivat", "etta"})
"""As in "jäädytä tallenteet, etteivät ne katoa": what the duty is to prevent."""
_TELLING = frozenset({"tell_before_lifting", "joint_told", "recipients_told", "processors_told"})
"""Duties to tell, of which a "not" says that nobody was told: "alihankkijalle ei vielä kerrottu"."""


def _is_done(spoken: Spoken) -> bool:
    """Whether a duty is told as done, or ordered."""
    if "told_undone" in spoken.tags:
        return False
    told = {"done_word", "told_done"} & spoken.tags or any(m.behind < spoken.line.today for m in spoken.mentions)
    return bool(told) or any(
        tag.startswith("duty.") and word.form.endswith(_DONE_ENDS) for word in spoken.words for tag in word.tags
    )


_DONE_ENDS = ("ttu", "tty", "tiin", "tu", "ty", "ats", "ades", "tin", "in")


def _same_day(spoken: Spoken) -> Mention | None:
    """The day told before a part that says "samana päivänä"."""
    before = [m for m in spoken.line.mentions if not m.month and m.end <= spoken.indices[0]]
    return before[-1] if before and "same_day" in spoken.tags else None


def unsafe(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    return dict(fixed)


def only_fixed(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    return dict(fixed)
