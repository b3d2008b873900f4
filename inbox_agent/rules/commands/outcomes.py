"""Outcomes as people say them, several in one breath.

"Hylkää laskujen osalta kirjanpitolain takia, muut poistettu eilen" is one right, granted in part: what is kept, why,
and when the rest was done. Refuses to supply a ground: without words there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from inbox_agent.rules.commands.clauses import Clause, cause_at
from inbox_agent.rules.commands.law import stands_for
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.reading import Word
from inbox_agent.rules.fold import fold

_CHANNELS = {
    "sähköp": "email",
    "sahkop": "email",
    "email": "email",
    "e-mail": "email",
    "e-post": "email",
    "mail": "email",
    "tekst": "sms",
    "sms": "sms",
    "puhelin": "phone",
    "puhel": "phone",
    "soit": "phone",
    "telefon": "phone",
    "phone": "phone",
    "postit": "post",
    "posti": "post",
    "brev": "post",
    "kirje": "post",
}
_KEPT_BASE = {
    "laskujen": "laskut",
    "laskut": "laskut",
    "laskuja": "laskut",
    "laskutiedot": "laskut",
    "laskutustietoja": "laskutustiedot",
    "laskutustiedot": "laskutustiedot",
    "laskutustietojen": "laskutustiedot",
    "laskutietojen": "laskut",
    "tositteiden": "tositteet",
    "tositteet": "tositteet",
    "sopimuksen": "sopimus",
    "tilausten": "tilaukset",
    "tilaukset": "tilaukset",
    "kirjanpitoaineisto": "kirjanpitoaineisto",
    "kirjanpitoaineiston": "kirjanpitoaineisto",
    "kirjanpitoaineistoa": "kirjanpitoaineisto",
    "maksutietojen": "maksutiedot",
    "fakturor": "fakturor",
    "fakturorna": "fakturor",
    "invoices": "invoices",
    "kuitit": "kuitit",
    "kuittien": "kuitit",
    "ostotietojen": "ostotiedot",
    "palkkatietojen": "palkkatiedot",
}


def outcomes(spoken: Spoken) -> list[dict[str, Any]]:
    """The outcomes of a part, each with what was said of it."""
    pieces = [piece for span in sorted(spoken.spans) for piece in [Spoken(spoken.line, (span,))]]
    found: list[dict[str, Any]] = []
    leading: list[Spoken] = []  # told before the outcome: "haettu crm:stä, ei osumia"
    for piece in pieces:
        one = None if found and _only_after(piece) else _one(piece)
        if one is not None and not (found and "redact" in piece.tags):
            found.append(one)
        elif found and found[-1]["outcome"] not in _TOLD and (rights := _also(piece)):
            again = {k: v for k, v in found[-1].items() if k != "done_on" or not piece.mentions}
            found += [{**again, "right": right} for right in rights]
            _explain(found[-1], piece)
        elif found:
            _explain(found[-1], piece)
        else:
            leading.append(piece)
    for piece in leading if found else ():
        _explain(found[0], piece)
        acted = found[0]["outcome"] in {"granted", "refused", "partly"}
        if acted and found[0]["right"] is None and (rights := piece.values("right")):
            found[0]["right"] = rights[0]
    found = _together(found, spoken)
    for one in found:
        _complete(one, spoken, alone=len(found) == 1)
    return [
        {name: value for name, value in one.items() if value is not None and not name.startswith("_")} for one in found
    ]


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
    outcome = _outcome(tags)
    if outcome is None:
        return None
    undone = _undone(piece) if "no_deed" in tags else None
    right = next(iter(piece.values("right")), None) if outcome != "forwarded" else None
    if right == "access" and _given(tags) == "erasure" and "after_that" in tags:
        right = "erasure"
    if "art11" in tags or outcome in {"no_data", "not_identified"}:
        right = None
    done = next(iter(piece.values("done")), None)
    one: dict[str, Any] = {
        "right": right
        or undone
        or done
        or _given(tags)
        or ("all" if outcome in {"granted", "refused"} and "all" in tags and not done else None),
        "outcome": outcome,
        "_rest": "rest" in tags,
        "_guess": right is None and done is None and _given(tags) is not None,
    }
    _explain(one, piece)
    return one


_UNDONE = {
    "poist": "erasure",
    "rader": "erasure",
    "delet": "erasure",
    "oikai": "rectification",
    "korja": "rectification",
    "siirr": "portability",
    "siirt": "portability",
    "rajoi": "restriction",
    "anna": "access",
    "anne": "access",
    "luovut": "access",
    "give": "access",
    "hand": "access",
    "lamna": "access",
    "ger": "access",
    "eras": "erasure",
    "remov": "erasure",
    "bort": "erasure",
}


def _undone(piece: Spoken) -> str | None:
    """The right that a deed not done belongs to: "ei poisteta"."""
    return next((right for word in piece.words for stem, right in _UNDONE.items() if word.form.startswith(stem)), None)


def _given(tags: frozenset[str]) -> str | None:
    if "v_remove" in tags and {"data_word", "after_that", "except", "rest"} & tags:
        return "erasure"
    if {"v_give", "v_send"} & tags and "data_word" in tags:
        return "access"
    if {"v_move", "data_word"} <= tags:
        return "portability"
    return "access" if {"redact", "ground.others_rights"} <= tags else None


_TOLD = ("art11", "not_identified", "no_data")


def _outcome(tags: frozenset[str]) -> str | None:
    told = next((outcome for outcome in _TOLD if outcome in tags), None)
    if told is not None:
        return told
    if "forward" in tags and {"other_controller", "company"} & tags:
        return "forwarded"
    if "except" in tags and {"v_remove", "done.erasure"} & tags:
        return "partly"
    refused = {"v_refuse", "no_deed"} & tags or ("cheap_no" in tags and any(tag.startswith("right.") for tag in tags))
    if refused:
        return "partly" if "v_partly" in tags else "refused"
    if _refused_by_ground(tags):
        return "refused"
    if "v_partly" in tags or ("redact" in tags and {"ground.others_rights", "right.access"} & tags):
        return "partly"
    return "granted" if _grants(tags) else None


_NO_GROUNDS = frozenset({"ground.large_data", "ground.further_copy", "ground.once_a_year"})  # of a question or a fee


def _refused_by_ground(tags: frozenset[str]) -> bool:
    """A ground beside what is kept, or beside a right that is "not": "poistoa ei, koska juttu on käräjillä"."""
    grounded = any(tag.startswith("ground.") for tag in tags - _NO_GROUNDS)
    named = any(tag.startswith("right.") for tag in tags)
    kept = "kept" in tags and (grounded or "kept_thing" in tags) and "v_grant" not in tags
    denied = "not" in tags and named and grounded and not {"v_grant", "v_give"} & tags
    return kept or denied or {"ground.wrong_basis", "right.portability"} <= tags


def _grants(tags: frozenset[str]) -> bool:
    granting = {"v_grant", "v_approve", "v_give", "do_it", "cheap_yes"} & tags
    done = any(tag.startswith("done.") for tag in tags)
    sending = {"v_send", "data_word"} <= tags
    removing = "v_remove" in tags and {"data_word", "after_that", "rest"} & tags
    moving = {"v_move", "data_word"} <= tags
    carried_out = "carried_out" in tags and any(tag.startswith("right.") for tag in tags)
    return bool(granting or done or sending or removing or moving or carried_out)


def _explain(one: dict[str, Any], piece: Spoken) -> None:
    """Put to an outcome what a clause says of it."""
    tags = piece.tags
    ground = _ground(one, piece)
    if ground is None and ("bad_ground" in tags or _gives_reason(piece)):
        ground = _reason_words(piece)
    one["ground"] = one.get("ground") or ground
    _date(one, piece)
    _mark(one, piece)
    _order(one, piece)
    if "except" in tags and one["outcome"] == "granted" and one.get("right") == "erasure":
        one["outcome"] = "partly"
    if channels := list(_channels(piece)):
        one["channels"] = list(dict.fromkeys([*one.get("channels", []), *channels]))
    if one["outcome"] == "forwarded":
        one["to"] = one.get("to") or _receiver(piece)


def _ground(one: dict[str, Any], piece: Spoken) -> str | None:
    """The ground said, first one that the right knows; that a contract runs is often only told beside another."""
    said = [code for code in piece.values("ground") if f"ground.{code}" not in _NO_GROUNDS]
    if one["outcome"] != "refused":
        said = [code for code in said if code != "unfounded_or_excessive"]
    said.sort(key=lambda code: (not stands_for(code, one.get("right")), code == "contract_needed"))
    return next(iter(said), None)


def _gives_reason(piece: Spoken) -> bool:
    """Whether a refusal names its reason with "koska": then its words are the ground said."""
    start, end = piece.spans[0]
    return bool({"v_refuse", "no_deed"} & piece.tags) and cause_at(piece.line, Clause(start, end, "")) < end


def _receiver(piece: Spoken) -> str | None:
    """The other controller: a company by name, else the word that says to whom."""
    if "company" in piece.tags and piece.full_name:
        return piece.full_name
    named = [word for word in piece.words if "other_controller" in word.tags | word.phrases]
    given = [word for word in named if word.form.endswith(("lle", "aan", "een", "iin"))]
    if not named:
        return None
    word = (given or named)[-1]
    before = piece.words[max(piece.words.index(word) - 1, 0)]
    owner = before.text if before.text.istitle() and before.form.endswith("n") and before is not word else ""
    return f"{owner} {_base(word)}".strip()


def _date(one: dict[str, Any], piece: Spoken) -> None:
    day = next((m for m in piece.mentions if not m.month), None)
    until = next((m for m in piece.mentions if m.until), None)
    if until and ({"kept"} & piece.tags or one.get("ground")):
        one["kept_until"] = str(until.ahead)
        return
    done = one.get("_done") or "carried_out" in piece.tags or any(tag.startswith("done.") for tag in piece.tags)
    one["_done"] = done
    if done and day and day.behind <= day.ahead and "done_on" not in one:
        one["done_on"] = str(day.behind)


def _mark(one: dict[str, Any], piece: Spoken) -> None:
    tags = piece.tags
    if "n_attachment" in tags:
        named = next((word.text for word in piece.words if word.kind == "file"), None)
        one["attachment"] = named or one.get("attachment") or True
    kept = next((word for word in piece.words if word.form in _KEPT_BASE or "kept_thing" in word.tags), None)
    if kept is not None:
        one["_kept"] = _KEPT_BASE.get(kept.form, kept.text.lower())
    if "kept" in tags or "osalta" in piece.text:
        one["_keeps"] = True
    if "rest" in tags:
        one["_rest"] = True
    if {"overdue", "measure.late"} & tags:
        one["late"] = True


def _order(one: dict[str, Any], piece: Spoken) -> None:
    """Erasure only after the copy; data only when it is sure who asks."""
    if {"once_word", "after_that"} & piece.tags and {"identity", "ident_ok"} & piece.tags:
        one["after"] = "identity"
    if "after_that" in piece.tags and piece.says(
        "vasta", "sedan", "then", "jalkeen", "kun", "once", "after", "when", "nar"
    ):
        one["_after"] = True
        if "right.access" in piece.tags and one.get("right") in {None, "erasure", "access"}:
            one["after"] = "access"


def _reason_words(piece: Spoken) -> str | None:
    line = piece.line
    start, end = piece.spans[0]
    at = cause_at(line, Clause(start, end, ""))
    words = line.words[at + 1 : end] if at < end else [w for w in piece.words if "v_refuse" not in w.tags]
    return line.text[words[0].start : words[-1].end].strip(" .,!") if words else None


def _channels(piece: Spoken) -> Iterator[str]:
    if "right.marketing_objection" not in piece.tags and "done.marketing_objection" not in piece.tags:
        marketing = any(w.form.startswith(("sahkop", "teksti", "puhel", "sms")) for w in piece.words)
        if not marketing or {"v_send", "n_letter", "data_word"} & piece.tags:
            return
    for word in piece.words:
        for stem, channel in _CHANNELS.items():
            if word.form.startswith(stem) and "done.marketing_objection" not in word.tags:
                yield channel
                break


def _searched(piece: Spoken) -> str | None:
    """Where it was looked for: the words in "-sta" behind "haettu"."""
    looked = [at for at, word in enumerate(piece.words) if "looked" in word.tags]
    if not looked:
        return None
    found = []
    later = piece.words[looked[0] + 1 :]
    if not any(fold(word.text).endswith(("sta", "ssa")) for word in later[:1]):
        return _named_place(piece, later)
    for word in later:
        if word.text == "-":
            return None  # half of a compound ("myynti- ja ...") names no place
        if "no_data" in word.tags or word.kind == "mark":
            break
        if word.form not in {"ja", "seka"}:
            found.append(_place(word))
    return ", ".join(found) or None


def _named_place(piece: Spoken, later: Sequence[Word]) -> str | None:
    """The places as they were said ("sökte i kassasystemet"), up to the end of the clause."""
    kept = [word for at, word in enumerate(later) if at or word.form not in {"i", "in", "through", "fran", "the"}]
    ended = next((at for at, word in enumerate(kept) if word.kind == "mark" or "no_data" in word.tags), len(kept))
    kept = kept[:ended]
    if any(word.form in {"everywhere", "overallt", "kaikkialta"} for word in kept):
        return None
    halved = any(word.text == "-" for word in piece.words)  # half of a compound ("myynti- ja ...") names no place
    if not kept or halved or any("v_answer" in word.tags for word in kept):
        return None
    return piece.line.text[kept[0].start : kept[-1].end].removeprefix("the ")


def _place(word: Word) -> str:
    text = word.text.lower().split(":")[0]
    for ending in ("sta", "stä", "ssa", "ssä"):
        if text.endswith(ending) and len(text) > len(ending) + 2:
            stem = text.removesuffix(ending)
            return stem[:-3] + "s" if stem.endswith("kse") else stem
    return text


def _base(word: Word) -> str:
    text = word.text.lower()
    for ending in ("lle", "lta", "lla", "n", "en"):
        if text.endswith(ending):
            stem = text.removesuffix(ending)
            return f"{stem[:-2]}ki" if stem.endswith("ngi") else stem
    return text


def _together(found: list[dict[str, Any]], spoken: Spoken) -> list[dict[str, Any]]:
    """A refusal for some data and a deed for the rest are one right, granted in part."""
    if any(one["outcome"] == "art11" for one in found):
        found = [one for one in found if one["outcome"] != "not_identified"]  # told as the reason of article 11
    if len(found) == 2:
        first, second = found
        kept, done = (first, second) if first["outcome"] == "refused" else (second, first)
        about = {first.get("right"), second.get("right")} - {None, "all"}
        partly = (
            kept["outcome"] == "refused"
            and done["outcome"] in {"granted", "partly"}
            and (first["_rest"] or second["_rest"] or kept.get("_keeps"))
        )
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


def _complete(one: dict[str, Any], spoken: Spoken, *, alone: bool) -> None:
    if one.get("_after") and "after" not in one and "right.access" in spoken.tags and one.get("right") == "erasure":
        one["after"] = "access"
    if one["outcome"] == "refused" and alone and one.get("_rest") and any(t.startswith("done.") for t in spoken.tags):
        one["outcome"] = "partly"
    if one["outcome"] == "refused" and alone and one.get("_kept") and "osalta" in spoken.text:
        one["outcome"] = "partly"  # refused for what is named; of the rest nothing is said
    if one["outcome"] == "no_data" and alone and (searched := _searched(spoken)):
        one["searched"] = searched
    if one["outcome"] == "partly" and "kept" not in one:
        one["kept"] = one.get("_kept")
    if one["outcome"] == "granted" and alone and one.get("ground") == "others_rights":
        one["outcome"] = "partly"
    if one["outcome"] == "granted":
        one["ground"] = None
        if one.get("right") == "marketing_objection" and alone and (channels := list(_channels(spoken))):
            one["channels"] = list(dict.fromkeys(channels))
