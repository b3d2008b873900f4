"""Outcomes as people say them, several in one breath.

"Hylkää laskujen osalta kirjanpitolain takia, muut poistettu eilen" is one right, granted in part: what is kept, why,
and when the rest was done. Refuses to supply a ground: without words there is none.
"""

from __future__ import annotations

from typing import Any

from inbox_agent.rules.commands.clauses import Clause, cause_at
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.kept import kept_thing
from inbox_agent.rules.commands.labels import SEVERAL
from inbox_agent.rules.commands.outcome_facts import channels_said, explain, receiver, searched
from inbox_agent.rules.commands.outcome_kind import NO_GROUNDS, TOLD, outcome_of, right_of_deed, right_of_undone
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.statutes import named_act


def outcomes(spoken: Spoken, kind: str | None = None) -> list[dict[str, Any]]:
    """The outcomes of a part, each with what was said of it; `kind`: what all of them are, where that is known."""
    pieces = [piece for span in sorted(spoken.spans) for piece in [Spoken(spoken.line, (span,))]]
    found: list[dict[str, Any]] = []
    leading: list[Spoken] = []  # told before the outcome: "haettu crm:stä, ei osumia"
    listed: list[Spoken] = []
    for piece in pieces:
        told_on = found and (_only_after(piece) or _only_why(piece, found[-1]) or _carries_out(piece, found[-1]))
        told_on = told_on or _leaves_out(piece, spoken)
        one = None if told_on else _one(piece)
        if one is not None and not (found and (_only_hides(piece) or _only_sent_along(piece))):
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
    found = _of_kind(_with_what_stays(_together(found, spoken)), leading, pieces, kind)
    for one in found:
        _complete(one, spoken, alone=len(found) == 1)
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
    if kind in {None, SEVERAL} or withheld or (kind == "partly" and _of_everything(found, everything)):
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


def _only_sent_along(piece: Spoken) -> bool:
    """As in "portability ok, file boat.json": a file by name, and nothing done with it."""
    named = any(word.kind == "file" for word in piece.words)
    return named and not any(tag.startswith(("v_", "right.", "done.")) for tag in piece.tags)


def _leaves_out(piece: Spoken, whole: Spoken) -> bool:
    """As in "kuvassa näkyy naapuri, se kohta leikattu pois": left out of a copy for others' sake, and no erasure."""
    of_others = "ground.others_rights" in whole.tags and "ground.others_rights" not in piece.tags
    left = {"v_away", "v_partly", "done.erasure"} & piece.tags
    return of_others and bool(left) and not any(tag.startswith("right.") or tag in _SAID_OF for tag in piece.tags)


_SAID_OF = frozenset({"data_word", "rest", "v_give", "v_send"})


def _only_hides(piece: Spoken) -> bool:
    """Whether a clause only tells what is hidden, and for whom: "muiden tiedot jätetään pois"."""
    others = {"ground.others_rights", "v_away"} <= piece.tags and not {"v_grant", "v_refuse"} & piece.tags
    return "redact" in piece.tags or others


def _carries_out(piece: Spoken, before: dict[str, Any]) -> bool:
    """As in "vastustus ok, otettu pois eilen": how an objection was carried out, no second answer."""
    granted = before["outcome"] == "granted" and before["right"] in CARRIED_OUT
    return granted and carries_out(piece.tags)


CARRIED_OUT = frozenset({"objection", "marketing_objection", "consent_withdrawal", "automated_decision"})
"""Rights whose answer is a deed that another right's answer may be, too: a picture taken away, a decision changed."""


def carries_out(tags: frozenset[str]) -> bool:
    """Whether a clause tells of a deed, and neither of a right nor of the data."""
    done = any(tag.startswith("done.") or tag in {"v_away", "v_change"} for tag in tags)
    return done and not any(tag.startswith(("right.", "ground.")) or tag in {"data_word", "rest"} for tag in tags)


def _only_why(piece: Spoken, before: dict[str, Any]) -> bool:
    """Whether a clause behind a refusal only tells its ground: "emme voi poistaa, kirjanpitolaki estää"."""
    grounded = any(tag.startswith("ground.") for tag in piece.tags - NO_GROUNDS)
    answers = {"v_grant", "v_refuse", "v_give", "v_send", "v_remove", "no_deed", "rest", "kept", "v_correct"}
    acts = answers & piece.tags or any(tag.startswith(("done.", "right.")) for tag in piece.tags)
    return before["outcome"] == "refused" and grounded and not acts


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
    named = dict.fromkeys(right for piece in leading for right in _also(piece))
    return [{**found[0], "right": right} for right in named if right != found[0]["right"]]


def _only_after(piece: Spoken) -> bool:
    """Whether a clause only tells when: "mutta vasta kun kopio on toimitettu"."""
    deeds = any(tag.startswith("v_") for tag in piece.tags)
    first = bool({"right.access", "done.access", "identity"} & piece.tags)
    return "after_that" in piece.tags and first and not deeds


_NO_LIST = ("v_", "q_", "done.", "ident", "fact.", "channel.", "duty.", "reason.", "about.", "not", "dont")


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
    if outcome == "partly" and not one.get("ground") and _withholds(piece):
        one["ground"] = "others_rights"
    return one


def _together(found: list[dict[str, Any]], spoken: Spoken) -> list[dict[str, Any]]:
    """A refusal for some data and a deed for the rest are one right, granted in part."""
    if any(one["outcome"] == "art11" for one in found):
        found = [one for one in found if one["outcome"] != "not_identified"]  # told as the reason of article 11
    found = [one for one in found if not one.get("_yes")] or found  # "joo, annetaan tiedot"
    if len(found) == 2:
        first, second = found
        kept, done = (first, second) if first["outcome"] == "refused" else (second, first)
        about = {first.get("right"), second.get("right")} - {None, "all"}
        partly = (
            kept["outcome"] == "refused"
            and done["outcome"] in {"granted", "partly"}
            and (first["_rest"] or second["_rest"] or kept.get("_keeps") or kept.get("ground") == "others_rights")
        )
        if partly and done.get("right") == "restriction":
            return [done]  # what is restricted is kept (article 18(2))
        if partly and len(about) < 2:
            joined = {**done, **{k: v for k, v in kept.items() if v is not None}, "outcome": "partly"}
            joined["right"] = next(iter(about), None)
            joined["kept"] = kept.get("_kept") or done.get("_kept")
            return [joined]
        if first.get("right") and first.get("right") == second.get("right") and first["outcome"] == second["outcome"]:
            return [{**first, **{k: v for k, v in second.items() if v is not None}}]
    if len(found) > 1 and len({one["outcome"] for one in found}) == 1:
        bare = [one for one in found if one.get("right") is None]
        named = [one for one in found if one.get("right") is not None]
        if bare:
            joined = {}
            for one in found:
                guessed = one.get("_guess") and one is not found[0]
                joined |= {k: v for k, v in one.items() if v is not None and not (k == "right" and guessed)}
            return [joined] if len(named) < 2 else named
    return found


def _with_what_stays(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As in "tiedot annettu, tiedostot poistettu, laskut jää kirjanpitolain vuoksi": an erasure told beside what is
    kept, of which no right is named, is one in part.
    """
    erased = [one for one in found if one.get("right") == "erasure" and one["outcome"] in {"granted", "partly"}]
    stays = [one for one in found if one.get("right") is None and one["outcome"] == "refused" and one.get("_keeps")]
    if (
        len(found) < len(("erased", "stays", "another"))
        or len(erased) != 1
        or len(stays) != 1
        or not stays[0].get("ground")
    ):
        return found
    told = {name: value for name, value in stays[0].items() if value is not None}
    joined = {**erased[0], **told, "outcome": "partly", "right": "erasure", "kept": told.get("_stays")}
    return [joined if one is erased[0] else one for one in found if one is not stays[0]]


def _stays(spoken: Spoken) -> str | None:
    """What a clause of its own says to stay beside an erasure: "kortti poistettu, reseptit jäävät"."""
    for span in sorted(spoken.spans):
        piece = Spoken(spoken.line, (span,))
        if (
            "kept" in piece.tags
            and not {"v_remove", "v_destroy", "done.erasure", "not", "dont", *_OF_A_LETTER} & piece.tags
        ):
            return kept_thing(piece)
    return None


_OF_A_LETTER = frozenset({"hold_word", "n_letter", "v_answer"})


def _complete(one: dict[str, Any], spoken: Spoken, *, alone: bool) -> None:
    if one.get("_after") and "after" not in one and "right.access" in spoken.tags and one.get("right") == "erasure":
        one["after"] = "access"
    if alone:
        _in_part(one, spoken)
    if one["outcome"] == "no_data" and alone and (places := searched(spoken)):
        one["searched"] = places
    if one["outcome"] in {"partly", "refused"} and not one.get("ground"):
        one["ground"] = named_act(spoken.words)
    if one["outcome"] == "partly":
        _complete_part(one, spoken)
    if one["outcome"] == "granted":
        one["ground"] = None
        if one.get("right") == "marketing_objection" and alone and (channels := list(channels_said(spoken))):
            one["channels"] = list(dict.fromkeys(channels))


def _complete_part(one: dict[str, Any], spoken: Spoken) -> None:
    """What is kept of what is granted in part, and for whose sake."""
    if one.get("right") == "restriction" and not one.get("ground"):
        one["outcome"] = "granted"  # what is restricted is kept (article 18(2))
        return
    if not one.get("ground") and _withholds(spoken):
        one["ground"] = "others_rights"
    one["kept"] = one.get("kept") or one.get("_kept") or kept_thing(spoken)
    others = one.get("ground") == "others_rights" and one.get("right") is None
    if others or ("redact" in spoken.tags and one.get("right") in {None, "rectification"}):
        one["right"] = "access"  # whose copy is given without what is other people's (article 15(4))


def _withholds(spoken: Spoken) -> bool:
    """As in "toisen omistajan nimi mustattiin", "everything except the neighbour's number"."""
    return bool({"redact", "except"} & spoken.tags) and "somebody_elses" in spoken.tags


def _gives_the_rest(one: dict[str, Any], spoken: Spoken) -> bool:
    """As in "vaimon tietoja ei anneta, omat on annettu": others' rights keep back their own part alone."""
    return one.get("right") in {None, "access"} and "rest" in spoken.tags


def _in_part(one: dict[str, Any], spoken: Spoken) -> None:
    """What sounds like a refusal or a grant of everything, and is one of a part."""
    done = any(tag.startswith("done.") for tag in spoken.tags)
    if one["outcome"] == "refused" and ((one.get("_rest") and done) or (one.get("_kept") and "osalta" in spoken.text)):
        one["outcome"] = "partly"  # refused for what is named; of the rest nothing is said
    elif one["outcome"] == "granted" and one.get("right") == "erasure" and (kept := _stays(spoken)):
        one["outcome"], one["kept"] = "partly", kept
    elif one.get("ground") == "others_rights" and (one["outcome"] == "granted" or _gives_the_rest(one, spoken)):
        one["outcome"] = "partly"
