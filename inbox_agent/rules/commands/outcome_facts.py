"""What a clause tells beside an outcome: ground, day, what is kept and sent along, in which order.

Refuses to supply a ground: without words there is none.
"""

from __future__ import annotations

from typing import Any

from inbox_agent.rules.commands.clauses import Clause, cause_at
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.kept import kept_thing
from inbox_agent.rules.commands.law import stands_for
from inbox_agent.rules.commands.marketing_channels import channels_said
from inbox_agent.rules.commands.mention import Mention
from inbox_agent.rules.commands.outcome_kind import DONE_ENDINGS, NO_GROUNDS
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.receivers import receiver
from inbox_agent.rules.commands.statutes import named_act


def explain(one: dict[str, Any], piece: Spoken) -> None:
    """Put to an outcome what a clause says of it."""
    tags = piece.tags
    ground = _ground(one, piece)
    if ground is None and one["outcome"] in _DENYING and _is_unpaid(piece):
        ground = "open_invoice"
    if ground in _BY_ACT and one["outcome"] in _DENYING:
        ground = named_act(piece.words) or ground
    if ground is not None and one.pop("_words", False):
        one["ground"] = ground  # the law's own ground, told after other words
    if ground is None and ("bad_ground" in tags or _gives_reason(piece)):
        ground = _reason_words(piece)
        one["_words"] = one.get("ground") is None
    one["ground"] = one.get("ground") or ground
    _date(one, piece)
    _mark(one, piece)
    _order(one, piece)
    if "except" in tags and one["outcome"] == "granted" and one.get("right") == "erasure":
        one["outcome"] = "partly"
    if one.get("right") in _OF_CHANNELS and (channels := list(channels_said(piece))):
        one["channels"] = list(dict.fromkeys([*one.get("channels", []), *channels]))
    if one["outcome"] == "forwarded":
        one["to"] = one.get("to") or receiver(piece)


_BY_ACT = frozenset({None, "legal_obligation", "contract_needed"})
"""Grounds that an Act says better by its name."""
_DENYING = frozenset({"partly", "refused"})
_OF_CHANNELS = frozenset({None, "all", "marketing_objection", "objection", "consent_withdrawal"})


def _ground(one: dict[str, Any], piece: Spoken) -> str | None:
    """The ground said, first one that the right knows; that a contract runs is often only told beside another."""
    tags = [tag for word in piece.words if not named_act((word,)) for tag in sorted(word.tags - NO_GROUNDS)]
    said = list(dict.fromkeys(tag.removeprefix("ground.") for tag in tags if tag.startswith("ground.")))
    if one["outcome"] != "refused":
        said = [code for code in said if code != "unfounded_or_excessive"]
    said.sort(key=lambda code: (not stands_for(code, one.get("right")), code == "contract_needed"))
    return next(iter(said), None)


def _is_unpaid(piece: Spoken) -> bool:
    """As in "kyytilasku on yhä auki", "huoltolaskut ovat avoinna"."""
    invoices = any(word.form.endswith(FUNCTION.invoices) for word in piece.words)
    return invoices and any(word.form in FUNCTION.open_still for word in piece.words)


def _gives_reason(piece: Spoken) -> bool:
    """Whether a refusal names its reason with "koska": then its words are the ground said."""
    start, end = piece.spans[0]
    return bool({"v_refuse", "no_deed"} & piece.tags) and cause_at(piece.line, Clause(start, end, "")) < end


def _date(one: dict[str, Any], piece: Spoken) -> None:
    until = next((m for m in piece.mentions if m.until), None)
    kept = until is not None and ("kept" in piece.tags or one.get("ground") not in {None, *OF_ITS_OWN_END})
    day = next((m for m in piece.mentions if not m.month and not (kept and m is until)), None)
    if until and kept:
        one["kept_until"] = str(until.ahead)
        if day is None:
            return
    done = (
        one.get("_done")
        or {"carried_out", "granted_word", "ended", "given_out", "marketing_mail"} & piece.tags
        or any(tag.startswith("done.") or tag == "duty.marketing_stopped" for tag in piece.tags)
    )
    told = (word.form.endswith(DONE_ENDINGS) or word.form in FUNCTION.told_done for word in piece.words)
    granted = one["outcome"] in {"granted", "partly", "forwarded"} or "rest" in piece.tags
    done = done or (granted and (any(told) or (day is not None and _is_over(piece, day))))
    day = day or _same_day(piece)
    one["_done"] = done
    if done and day and day.behind <= day.ahead and "done_on" not in one:
        one["done_on"] = str(day.behind)
    elif done and not day and piece.says(*FUNCTION.just_now):
        one["done_on"] = str(piece.line.today)


OF_ITS_OWN_END = frozenset({"contract_needed", "legal_claim", "open_invoice"})
"""Grounds with which the day until which something stands is theirs: the contract's end, not that of the keeping."""


def _is_over(piece: Spoken, day: Mention) -> bool:
    """As in "eilen", "viime maanantaina": a day that can only lie behind."""
    return day.ahead == day.behind <= piece.line.today


def _same_day(piece: Spoken) -> Mention | None:
    """The day told before a clause that says "samana päivänä"."""
    if "same_day" not in piece.tags or piece.mentions:
        return None
    told = (m for m in reversed(piece.line.mentions) if m.end <= piece.indices[0] and not (m.month or m.until))
    return next(told, None)


def _mark(one: dict[str, Any], piece: Spoken) -> None:
    tags = piece.tags
    if "n_attachment" in tags:
        named = next((word.text for word in piece.words if word.kind == "file"), None)
        one["attachment"] = named or one.get("attachment") or True
    kept = next((word for word in piece.words if word.form in FUNCTION.kept or "kept_thing" in word.tags), None)
    if kept is not None:
        one["_kept"] = FUNCTION.kept.get(kept.form, kept.text.lower())
    if "kept" in tags or "osalta" in piece.text:
        one["_keeps"] = True
        one["_stays"] = one.get("_stays") or kept_thing(piece)
    if "rest" in tags:
        one["_rest"] = True
    if any(_LATE & word.tags and (word.form != "sent" or _LATE & word.phrases) for word in piece.words):
        one["late"] = True  # "sent" alone is English


_LATE = frozenset({"overdue", "measure.late"})


def _order(one: dict[str, Any], piece: Spoken) -> None:
    """Erasure only after the copy; data only when it is sure who asks."""
    if ({"once_word", "after_that"} & piece.tags and {"identity", "ident_ok"} & piece.tags) or _once_known(piece):
        one["after"] = "identity"
    if "after_that" in piece.tags and piece.says(
        "vasta", "sedan", "then", "jalkeen", "kun", "once", "after", "when", "nar"
    ):
        one["_after"] = True
        if "right.access" in piece.tags and one.get("right") in {None, "erasure", "access"}:
            one["after"] = "access"


def _once_known(piece: Spoken) -> bool:
    """As in "poista kun on tunnistettu", "give it when we know who she is"."""
    at = next((at for at, word in enumerate(piece.words) if word.form in FUNCTION.moments), len(piece.words))
    behind = frozenset(tag for word in piece.words[at + 1 :] for tag in word.tags)
    return bool({"ident_ok", "identity", "q_who"} & behind)


def _reason_words(piece: Spoken) -> str | None:
    line = piece.line
    start, end = piece.spans[0]
    at = cause_at(line, Clause(start, end, ""))
    words = line.words[at + 1 : end] if at < end else [w for w in piece.words if "v_refuse" not in w.tags]
    return line.text[words[0].start : words[-1].end].strip(" .,!") if words else None
