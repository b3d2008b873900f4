"""What is granted in part: a refusal for some data beside a deed for the rest, and what is kept of it.

Owns which answers of one line are one, and what is still missing from each. Refuses to supply a ground.
"""

from __future__ import annotations

from typing import Any

from inbox_agent.rules.commands.kept import kept_thing
from inbox_agent.rules.commands.marketing_channels import channels_said
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.places_searched import searched
from inbox_agent.rules.commands.statutes import named_act


def together(found: list[dict[str, Any]], spoken: Spoken) -> list[dict[str, Any]]:
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


def with_what_stays(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
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


def complete(one: dict[str, Any], spoken: Spoken, *, alone: bool) -> None:
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
    if not one.get("ground") and withholds(spoken):
        one["ground"] = "others_rights"
    one["kept"] = one.get("kept") or one.get("_kept") or kept_thing(spoken)
    others = one.get("ground") == "others_rights" and one.get("right") is None
    if others or ("redact" in spoken.tags and one.get("right") in {None, "rectification"}):
        one["right"] = "access"  # whose copy is given without what is other people's (article 15(4))


def withholds(spoken: Spoken) -> bool:
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
