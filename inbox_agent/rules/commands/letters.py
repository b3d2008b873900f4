"""What a letter is to say or when it leaves: what is asked of the person, more time, a fee, changes to the text.

Refuses to add what was not said: a reason or a ground without words is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inbox_agent.rules.commands import texts, topics
from inbox_agent.rules.commands.given import Given
from inbox_agent.rules.commands.numbers import number
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.spans import TERMS


def ask_identity(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    ways = [word for word in spoken.words if not any(tag.startswith("fact.") for tag in word.phrases)]  # "zip code"
    methods = (tag.removeprefix("method.") for word in ways for tag in sorted(word.tags) if tag.startswith("method."))
    method = next(methods, None)
    asked = _behind_their_wish(spoken)
    facts = list(asked.wanted("fact") or asked.values("fact"))
    facts += [] if method else topics.numbers_named(asked)
    if not facts and method is None and {"ordered_word", "months_word"} & spoken.tags:
        facts = ["order_month"]
    if method:
        facts = [fact for fact in facts if fact not in {"address", "phone"}]
    if len(facts) > 1 and "address" in facts and spoken.says("osoitteeseen", "osoitteesta"):
        facts.remove("address")
    return {"facts": facts, "method": method, **fixed}


def _behind_their_wish(spoken: Spoken) -> Spoken:
    """As in "isä pyytää papereita, pyydä valtakirja": what they want is not what is asked of them."""
    for at, word in enumerate(spoken.words):
        asks = "v_ask" in word.tags and at and any({"they_want", "asked_past"} & one.tags for one in spoken.words[:at])
        rest = Spoken(spoken.line, ((spoken.indices[at], spoken.indices[-1] + 1),)) if asks else spoken
        if asks and rest.values("fact"):
            return rest
    return spoken


def ask_more_info(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    large = "ground.large_data" in spoken.tags or {"large_word", "material"} <= spoken.tags or _thousands(spoken)
    rights = [
        tag.removeprefix("right.")
        for w in spoken.words
        for tag in w.tags
        if tag.startswith("right.") and tag not in w.phrases
    ]
    one = rights[0] if len(set(rights)) == 1 else None
    why = False if "ask_why" in spoken.tags else None
    about = None if why is False else topics.question(spoken)
    if about is None and "right" not in fixed:
        about = topics.asked_about(spoken) or topics.narrowed(spoken)
    return {"ground": "large_data" if large else None, "right": one, "about": about, "lawful": why, **fixed}


def _thousands(spoken: Spoken) -> bool:
    """As in "we have 6000 rows on him"."""
    pairs = zip(spoken.words, spoken.words[1:], strict=False)
    return any((number(one.form) or 0) >= _MANY and thing.form.startswith(_SHEETS) for one, thing in pairs)


_MANY = 500
_SHEETS = ("row", "page", "record", "message", "email", "file", "siv", "riv", "viest", "tiedost", "kuv", "sid", "rad")


def extend(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
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


def fee(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    grounds = [code for ground, code in _FEE_GROUNDS if f"ground.{ground}" in spoken.tags]
    bare = next((int(n) for n in spoken.numbers if len(n) <= _FIGURES), None) if "v_fee" in spoken.tags else None
    if "first_copy" in spoken.tags:
        grounds, fixed = [], {"lawful": False}
    coins = next((float(word.form.replace(",", ".")) for word in spoken.words if word.kind == "money"), None)
    return {
        "amount": spoken.amount or bare or coins,
        "ground": fixed.get("ground") or (grounds[0] if grounds else None),
        "lawful": fixed.get("lawful"),
    }


_FIGURES = 3  # of a fee without its unit


_FEE_GROUNDS = (
    ("once_a_year", "once_a_year"),
    ("further_copy", "further_copy"),
    ("unfounded_or_excessive", "excessive"),
)


def approve(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    days = [mention for mention in spoken.mentions if not mention.month]
    if not days:
        return {"send_at": spoken.today_at}
    before = spoken.line.words[max(days[0].start - 2, 0) : days[0].start]
    mention = days[-1] if any({"not", "dont"} & word.tags for word in before) else days[0]  # "ei tänään vaan huomenna"
    return {"send_at": spoken.moment(mention)}


_TONES = ("polite", "friendly", "formal", "plain", "casual", "firm", "sinä", "te")


def edit_draft(spoken: Spoken, fixed: Mapping[str, Any]) -> Given:
    given = dict(fixed)
    match given["change"]:
        case "tone":
            given["value"] = next((tone for tone in _TONES if f"tone.{tone}" in spoken.tags), None)
            if given["value"] == "formal" and ({"not", "too_word"} & spoken.tags or spoken.says("less", "vahemman")):
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
