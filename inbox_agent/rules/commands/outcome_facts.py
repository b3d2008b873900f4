"""What a clause tells beside an outcome: ground, day, what is kept and sent along, channels, where it was looked for.

Refuses to supply a ground: without words there is none.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from inbox_agent.rules.commands.base_forms import base_form
from inbox_agent.rules.commands.clauses import Clause, cause_at
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.kept import kept_thing
from inbox_agent.rules.commands.law import stands_for
from inbox_agent.rules.commands.mention import Mention
from inbox_agent.rules.commands.outcome_kind import NO_GROUNDS
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.statutes import named_act
from inbox_agent.rules.commands.word import Word
from inbox_agent.rules.fold import fold


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


_BY_ACT = frozenset({None, "legal_obligation"})
"""Grounds that an Act says better by its name."""
_DENYING = frozenset({"partly", "refused"})
_OF_CHANNELS = frozenset({None, "all", "marketing_objection", "objection", "consent_withdrawal"})


def _ground(one: dict[str, Any], piece: Spoken) -> str | None:
    """The ground said, first one that the right knows; that a contract runs is often only told beside another."""
    said = [code for code in piece.values("ground") if f"ground.{code}" not in NO_GROUNDS]
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


def company(spoken: Spoken) -> str | None:
    """A company by its whole name ("Porvoon Kylpylä Oy"), if one is named."""
    at = next((at for at, word in enumerate(spoken.words) if "company" in word.tags), 0)
    start = at
    while start and spoken.words[start - 1].kind == "word" and spoken.words[start - 1].text[:1].isupper():
        start -= 1
    suffix = spoken.words[at].text.partition(":")[0] if at else ""
    return " ".join([*(word.text for word in spoken.words[start:at]), suffix]) if start < at else None


def receiver(piece: Spoken) -> str | None:
    """The other controller: a company by name, else the word that says to whom."""
    if "company" in piece.tags and piece.full_name:
        return piece.full_name
    named = [word for word in piece.words if "other_controller" in word.tags | word.phrases]
    given = [word for word in named if word.form.endswith(("lle", "aan", "een", "iin"))]
    if not named or any(_proper(piece, at) for at in range(1, len(piece.words))):
        return _to_whom(piece)
    word = (given or named)[-1]
    before = piece.words[max(piece.words.index(word) - 1, 0)]
    owner = before.text if before.text.istitle() and before.form.endswith("n") and before is not word else ""
    return f"{owner} {_base(word)}".strip()


def _proper(piece: Spoken, at: int) -> bool:
    """As in "Autotuonti Lakeudelle": to whom, by name."""
    return piece.words[at].text[:1].isupper() and piece.words[at].form.endswith("lle")


def _to_whom(piece: Spoken) -> str | None:
    """As in "ohjattu Suomen Kepparikeskusliitolle": the last word that says to whom, with the name before it."""
    at = max((i for i, word in enumerate(piece.words) if word.kind == "word" and word.form.endswith("lle")), default=-1)
    at = max((i for i in range(1, len(piece.words)) if _proper(piece, i)), default=at)
    if at < 0 or {"v_send", "known"} & piece.words[at].tags:
        return piece.full_name
    start = at
    while start and piece.words[start - 1].kind == "word" and piece.words[start - 1].text[:1].isupper():
        start -= 1
    before = [word.text for word in piece.words[start:at] if start or word is not piece.words[0]]
    last = _base(piece.words[at])
    return " ".join([*before, last.title() if piece.words[at].text[:1].isupper() else last])


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
        or any(tag.startswith("done.") for tag in piece.tags)
    )
    told = (word.form.endswith(_TOLD) or word.form in FUNCTION.told_done for word in piece.words)
    granted = one["outcome"] in {"granted", "partly"}
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


_TOLD = (
    "imme",
    "gavs",
    "nut",
    "nyt",
    "ttu",
    "tty",
    "tiin",
    "ats",
    "ades",
    "ade",
    "rts",
    "eted",
    "ased",
    "rected",
    "kna",
)
"""How a deed done ends in Finnish and Swedish."""


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


def channels_said(piece: Spoken) -> Iterator[str]:
    """The channels of marketing that a clause names."""
    if "right.marketing_objection" not in piece.tags and "done.marketing_objection" not in piece.tags:
        marketing = any(w.form.startswith(("sahkop", "teksti", "puhel", "sms")) for w in piece.words)
        if not marketing or {"v_send", "n_letter", "data_word"} & piece.tags:
            return
    yield from channels_named(piece)


def channels_named(piece: Spoken) -> Iterator[str]:
    """Every channel that is named, whatever it is named for."""
    for at, word in zip(piece.indices, piece.words, strict=True):
        if "done.marketing_objection" in word.tags or _goes_on(piece.line.words[at + 1 :]):
            continue
        yield from itertools.islice(_channels(word.form), 1)


def _channels(form: str) -> Iterator[str]:
    """The channel that a word names by its beginning, or behind "mainos-" and the like: "tarjouspuhelut"."""
    before = sorted(one for one in FUNCTION.advertising | _OFFERING if form.startswith(one))
    for named in (form, *(form.removeprefix(one) for one in before)):
        yield from (channel for stem, channel in FUNCTION.channels.items() if named.startswith(stem))


_OFFERING = frozenset({"tarjous", "myynti", "kampanja", "kampanj"})


def _goes_on(behind: Sequence[Word]) -> bool:
    """As in "sähköposti saa jatkua", "email may go on": what is not ended."""
    clause = takewhile(lambda word: word.kind == "word", behind)
    return any(word.form in FUNCTION.going_on for word in clause)


def searched(piece: Spoken) -> str | None:
    """Where it was looked for: the words in "-sta" behind "haettu"."""
    looked = [at for at, word in enumerate(piece.words) if "looked" in word.tags]
    if not looked:
        return _gone_through(piece) or _not_there(piece)
    found = []
    if before_it := _looked_through(piece, looked[0]):
        return before_it
    before = piece.words[looked[0] - 1] if looked[0] else None
    if before is not None and before.kind == "word" and not before.tags and looked[0] == 1:
        return before.text.lower()  # "crm katsottu"
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


def _gone_through(piece: Spoken) -> str | None:
    """As in "kaikki mapit on käännetty, eikä löytynyt mitään": a thing done to places before nothing was found."""
    for at, word in enumerate(piece.words[:-1]):
        if at and word.form in FUNCTION.helping and piece.words[at + 1].form.endswith(_TOLD):
            return _looked_through(piece, at + 1)
        if "not" in word.tags or word.kind == "mark":
            break
    return None


def _not_there(piece: Spoken) -> str | None:
    """As in "jäsenrekisteristä ja maksuista ei löytynyt merkintöjä", "ei löydy crm:stä"."""
    if "no_data" not in piece.tags:
        return None
    inside = next((at for at, word in enumerate(piece.words) if word.form in {"in", "i"} and at > 1), None)
    if inside is not None and (words := list(takewhile(lambda one: one.kind == "word", piece.words[inside + 1 :]))):
        return piece.line.text[words[0].start : words[-1].end].removeprefix("the ")
    named = [word for word in piece.words if word.kind == "word" and word.form.endswith(_FROM_PLACES)]
    named = [word for word in named if any(stem in word.form for stem in FUNCTION.records)]
    return " ja ".join(_place(word) for word in named) or None


_FROM_PLACES = ("sta", "lta", "ssa")


def _looked_through(piece: Spoken, at: int) -> str | None:
    """As in "kerholuettelo ja leiriarkisto on käyty läpi": the places stand before the verb."""
    end = at
    while end and piece.words[end - 1].form in FUNCTION.helping:
        end -= 1
    words = piece.words[:end]
    named = [word for word in words if word.kind == "word" and word.form not in _JOINED]
    if (
        (end == at and at + 1 < len(piece.words))
        or not named
        or len(named) > _PLACES
        or any(t.startswith("v_") for w in named for t in w.tags)
    ):
        return None
    return piece.line.text[words[0].start : words[-1].end].lower()


_JOINED = frozenset({"ja", "seka", "och", "and"})
_PLACES = 5  # words


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
    return base_form(word.text.lower())


def _base(word: Word) -> str:
    text = word.text.lower()
    for ending in ("lle", "lta", "lla", "n", "en"):
        if text.endswith(ending):
            stem = text.removesuffix(ending)
            weak = next((end for end in FUNCTION.strong if stem.endswith(end)), "")
            return stem.removesuffix(weak) + FUNCTION.strong.get(weak, "")
    return text
