"""Outcomes as people say them, several in one breath.

"Hylkää laskujen osalta kirjanpitolain takia, muut poistettu eilen" is one right, granted in part: what is kept, why,
and when the rest was done. Refuses to supply a ground: without words there is none.
"""

from __future__ import annotations

from typing import Any

from inbox_agent.rules.commands.clauses import Clause, cause_at
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.in_part import complete, together, with_what_stays, withholds
from inbox_agent.rules.commands.labels import SEVERAL
from inbox_agent.rules.commands.outcome_facts import explain
from inbox_agent.rules.commands.outcome_kind import TOLD, outcome_of, right_of_deed, right_of_undone
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.receivers import receiver
from inbox_agent.rules.commands.told_on import (
    is_carried_out,
    leaves_out,
    only_after,
    only_hides,
    only_sent_along,
    only_why,
)


def outcomes(spoken: Spoken, kind: str | None = None) -> list[dict[str, Any]]:
    """The outcomes of a part, each with what was said of it; `kind`: what all of them are, where that is known."""
    pieces = [piece for span in sorted(spoken.spans) for piece in [Spoken(spoken.line, (span,))]]
    found: list[dict[str, Any]] = []
    leading: list[Spoken] = []  # told before the outcome: "haettu crm:stä, ei osumia"
    listed: list[Spoken] = []
    for piece in pieces:
        told_on = found and (only_after(piece) or only_why(piece, found[-1]) or is_carried_out(piece, found[-1]))
        told_on = told_on or leaves_out(piece, spoken)
        one = None if told_on else _one(piece)
        if one is not None and not (found and (only_hides(piece) or only_sent_along(piece))):
            listed = listed if found or _against(piece) else leading.copy()
            found += [{**one, "right": right} for right in _listed(piece)] or [one]
        elif found and found[-1]["outcome"] not in TOLD and (rights := _also(piece)):
            again = {k: v for k, v in found[-1].items() if k != "done_on" or not _has_its_day(piece)}
            found += [{**again, "right": right} for right in rights]
            explain(found[-1], piece)
        elif found:
            explain(found[-1], piece)
        else:
            leading.append(piece)
    found = _each_once(found)
    found = [*_listed_before(listed, found), *found]
    for piece in leading if found else ():
        explain(found[0], piece)
        acted = found[0]["outcome"] in {"granted", "refused", "partly"}
        if acted and found[0]["right"] is None and (rights := piece.values("right")):
            found[0]["right"] = rights[0]
    found = _of_kind(with_what_stays(together(found, spoken)), leading, pieces, kind)
    for one in found:
        if one["outcome"] == "forwarded" and not one.get("to"):
            told_of = (piece for piece in leading if "other_controller" in piece.tags)
            one["to"] = next((to for piece in told_of if (to := receiver(piece))), None)
        complete(one, spoken, alone=len(found) == 1)
    return [
        {name: value for name, value in one.items() if value is not None and not name.startswith("_")} for one in found
    ]


def _has_its_day(piece: Spoken) -> bool:
    """Whether a clause tells its own day or its own deed: "osoite korjattu eilen ja mainokset lopetettu"."""
    too = {"also", "so_too", "same_day"} & piece.tags or piece.says(*_AS_WELL)
    return bool(piece.mentions or ({"done_word", "carried_out", "ended"} & piece.tags and not too))


_AS_WELL = ("too", "also", "samalla", "molemmat", "kumpikin", "kaikki", "both", "bada", "samtidigt")


def _of_kind(
    found: list[dict[str, Any]], pieces: list[Spoken], everything: list[Spoken], kind: str | None
) -> list[dict[str, Any]]:
    """The outcomes, all of one kind where that is known; nothing is granted or refused beside them without a name."""
    named = [one for one in found if one.get("right") not in {None, "all"}]
    if len({one["right"] for one in named}) > 1 and len({one["outcome"] for one in named}) > 1:
        return named  # each right has its own answer, whatever the whole sounds like
    if named and len(named) < len(found):
        found = [one for one in found if one in named or one.get("ground") or one.get("to")]
    withheld = kind == "granted" and any(one["outcome"] == "partly" and one.get("ground") for one in found)
    ignored = kind == "granted" and any("ban_ignored" in piece.tags for piece in everything)
    if kind in {None, SEVERAL} or withheld or ignored or (kind == "partly" and _of_everything(found, everything)):
        return found
    alike = [one for one in found if one["outcome"] == kind]
    if alike:
        return alike
    one: dict[str, Any] = found[0] if found else {"outcome": kind, "right": None}
    for piece in pieces if not found else ():
        explain(one, piece)
        one["right"] = one["right"] or right_of_undone(piece) or right_of_deed(piece.tags)
        one["right"] = next(iter(piece.values("right")), one["right"])
    rights = dict.fromkeys(right for piece in pieces if not found for right in piece.values("right"))
    if len(rights) > 1 and kind in _OPPOSITE:
        return [{**one, "right": right, "outcome": kind} for right in rights]
    if kind == "forwarded" and not one.get("to"):
        one["to"] = next((to for piece in everything if (to := receiver(piece))), None)
    return [{**one, "outcome": kind}]


def _of_everything(found: list[dict[str, Any]], pieces: list[Spoken]) -> bool:
    """As in "hylkää muiden oikeuksien takia": a refusal of which no word says that it is one of a part."""
    refused = bool(found) and all(one["outcome"] == "refused" for one in found)
    return refused and not any(_IN_PART & piece.tags for piece in pieces)


_IN_PART = frozenset({"rest", "v_partly", "kept", "redact", "except", "v_away", "v_give", "v_send", "data_word", "not"})


def _each_once(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """No right has two answers: what is said of it again tells why ("poistoa ei tehdä. Poiston esteenä sopimus")."""
    answered: dict[str, dict[str, Any]] = {}
    kept = []
    for one in found:
        first = answered.setdefault(str(one["right"]), one) if one["right"] is not None else one
        if first is one or first["outcome"] == one["outcome"] or {first["outcome"], one["outcome"]} != _OPPOSITE:
            kept.append(one)
        elif first["outcome"] == "refused" and first.get("ground") is None and not one.get("_rest"):
            first["ground"] = one.get("ground")
        else:
            kept.append(one)
    return kept


_OPPOSITE = {"granted", "refused"}


def _listed(piece: Spoken) -> tuple[str, ...]:
    """Two rights answered in one breath: "myönnä sekä poisto että tarkastus"."""
    for first, joint, second in zip(piece.words, piece.words[1:], piece.words[2:], strict=False):
        rights = [
            tag.removeprefix("right.") for word in (first, second) for tag in sorted(word.tags)[-1:] if "right." in tag
        ]
        if joint.form in _JOINTS and len(set(rights)) == len(rights) == 2:
            return tuple(rights)
    return ()


_JOINTS = frozenset({"etta", "ja", "seka", "och", "and", "samt"})


def _against(piece: Spoken) -> bool:
    """As in "tarkastus onnistuu, mutta poistoa en hyväksy": what stands before a "but" is not answered behind it."""
    first = piece.indices[0]
    before = piece.line.words[first - 1].form if first else ""
    return bool({before, piece.words[0].form} & FUNCTION.reserving)


def _listed_before(leading: list[Spoken], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rights named before the one that is answered: "poisto ja tarkastus myönnetään"."""
    if not found or found[0]["outcome"] in TOLD or found[0]["right"] is None:
        return []
    named = {right: _own_day(piece) for piece in leading for right in _also(piece)}
    return [{**found[0], "right": right, **day} for right, day in named.items() if right != found[0]["right"]]


def _own_day(piece: Spoken) -> dict[str, str]:
    """As in "lähetin kopion maanantaina ja poistin muut tänään": the day of the deed that it is said of."""
    day = next((m for m in piece.mentions if not (m.month or m.until) and m.behind <= piece.line.today), None)
    return {"done_on": str(day.behind)} if day else {}


_NO_LIST = ("v_", "q_", "done", "ident", "fact.", "channel.", "duty.", "reason.", "about.", "not", "dont")


def _also(piece: Spoken) -> tuple[str, ...]:
    """The rights of a clause that only goes on a list: "myönnä tarkastus ja oikaisu"."""
    start, end = piece.spans[0]
    cause = cause_at(piece.line, Clause(start, end, ""))
    words = piece.line.words[start:cause]
    listed = not any(tag.startswith(_NO_LIST) for word in words for tag in word.tags - word.phrases)
    so_too = "so_too" in piece.tags
    return Spoken(piece.line, ((start, cause),)).values("right") if listed or so_too else ()


def _one(piece: Spoken) -> dict[str, Any] | None:
    tags = piece.tags
    outcome = outcome_of(tags)
    if outcome is None:
        return None
    undone = right_of_undone(piece) if "no_deed" in tags else None
    right = next(iter(piece.values("right")), None) if outcome != "forwarded" else None
    if right == "access" and right_of_deed(tags) == "erasure" and "after_that" in tags:
        right = "erasure"
    if "art11" in tags or outcome in {"no_data", "not_identified"}:
        right = None
    done = next(iter(piece.values("done")), None)
    one: dict[str, Any] = {
        "right": right
        or undone
        or done
        or right_of_deed(tags)
        or ("all" if outcome in {"granted", "refused"} and "all" in tags and not done else None),
        "outcome": outcome,
        "_rest": "rest" in tags,
        "_yes": "cheap_yes" in tags and not {"v_grant", "v_give", "v_send"} & tags and right is None,
        "_guess": right is None and done is None and right_of_deed(tags) is not None,
    }
    explain(one, piece)
    if outcome == "partly" and not one.get("ground") and withholds(piece):
        one["ground"] = "others_rights"
    return one
