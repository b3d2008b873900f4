"""What several answers of one line tell together: one day of them all, and which two of them are one.

Owns what no clause tells of its own answer alone. Refuses to give a day to what is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from inbox_agent.rules.commands.clauses import LISTING, Clause
from inbox_agent.rules.commands.model import Said
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.reading import Line

Outcomes = Sequence[Mapping[str, Any]]


def told_together(line: Line, clauses: Sequence[Clause], said: Said) -> Said:
    """The outcomes with what these clauses tell of more than one of them."""
    told: Outcomes = said.args.get("outcomes", ())
    if len(told) < len(("one", "another")):
        return said
    pieces = [Spoken(line, ((clause.start, clause.end),)) for clause in clauses]
    dated = _reached(clauses, pieces, _each_once(pieces, told))
    return replace(said, args={**said.args, "outcomes": _in_order(pieces, _dated(pieces, dated))})


def _in_order(pieces: Sequence[Spoken], told: Outcomes) -> Outcomes:
    """As in "ensin kopio, sitten poisto": what is erased waits for the copy."""
    answered = [(one.get("right"), one["outcome"]) for one in told]
    copied_first = answered == [("access", "granted"), ("erasure", "granted")]
    first = any(word.form in _FIRST for word in pieces[0].words)
    then = any(word.form in _THEN for word in pieces[-1].words[:2]) or _behind_then(pieces[-1])
    if not (copied_first and first and then) or "done_on" in told[1]:
        return told
    return [told[0], {"after": "access", **told[1]}]


def _behind_then(piece: Spoken) -> bool:
    return piece.indices[0] > 0 and piece.line.words[piece.indices[0] - 1].form in _THEN


_FIRST = frozenset({"ensin", "eka", "ekana", "ekaks", "ensiksi", "first", "forst"})
_THEN = frozenset({"sitten", "sit", "vasta", "then", "sedan", "jalkeen", "afterwards"})


def _reached(clauses: Sequence[Clause], pieces: Sequence[Spoken], told: Outcomes) -> Outcomes:
    """As in "kirja annettu ja numero oikaistu eilen": a day behind deeds joined by "and" is that of each."""
    last = next((at for at, piece in enumerate(pieces) if piece.mentions), 0)
    day = next((m for m in pieces[last].mentions if not (m.month or m.until)), None)
    deeds = last if last and _only_a_day(pieces[last]) else last + 1  # "..., yesterday"
    joined = all(_joined(pieces[at].line, clauses[at]) for at in range(1, deeds))
    if not last or day is None or not joined or not all(_tells_a_deed(piece) for piece in pieces[:deeds]):
        return told
    behind = next((at for at, one in enumerate(told) if one.get("done_on") == str(day.behind)), 0)
    return [
        {**one, "done_on": str(day.behind)} if at < behind and one["outcome"] in _DONE and "done_on" not in one else one
        for at, one in enumerate(told)
    ]


def _only_a_day(piece: Spoken) -> bool:
    dated = {at for mention in piece.mentions for at in range(mention.start, mention.end)}
    return all(at in dated or piece.line.words[at].form in _BEFORE_A_DAY for at in piece.indices)


_BEFORE_A_DAY = frozenset({"on", "den", "i", "the", "at", "nyt", "jo"})


def _joined(line: Line, clause: Clause) -> bool:
    paused = clause.start > 1 and line.words[clause.start - 2].kind == "mark"
    return clause.joiner in LISTING and not paused


def _tells_a_deed(piece: Spoken) -> bool:
    return any(tag.startswith("done.") or tag in _CARRIED for tag in piece.tags)


_CARRIED = frozenset({"carried_out", "done_word", "given_out", "ended", "v_stop"})


def _dated(pieces: Sequence[Spoken], told: Outcomes) -> list[Mapping[str, Any]]:
    """As in "..., molemmat maanantaina", "båda i går": each deed that has no day of its own was done then."""
    of_both = [piece for piece in pieces if piece.says(*_BOTH) or (piece.says(*_ALL) and _only_when(piece))]
    days = [m for piece in of_both for m in piece.mentions if not (m.month or m.until)]
    if not days and any({"carried_out", "done_word"} & piece.tags for piece in of_both):
        days = [m for piece in pieces for m in piece.mentions if not (m.month or m.until)]  # "..., both done"
        days = days if len(days) == 1 else []
    if not days:
        return list(told)
    return [{"done_on": str(days[0].behind), **one} if one["outcome"] in _DONE else one for one in told]


def _only_when(piece: Spoken) -> bool:
    """As in "..., all yesterday"."""
    dated = {at for mention in piece.mentions for at in range(mention.start, mention.end)}
    told = [at for at in piece.indices if at not in dated]
    return not any(tag.startswith(("v_", "done.", "right.")) for tag in piece.tags) and len(told) <= _FEW


_FEW = 3  # words
_ALL = ("all", "kaikki", "alla", "allt")
_BOTH = ("molemmat", "kumpikin", "kummatkin", "bada", "bagge", "both")
_DONE = frozenset({"granted", "partly"})


def _each_once(pieces: Sequence[Spoken], told: Outcomes) -> list[Mapping[str, Any]]:
    """The answers without those that only tell how or why another was given."""
    named = {str(one.get("right")): one for one in told}
    for right, other, outcome, says in _ONE_ANSWER:
        first, second = named.get(right), named.get(other)
        if first and second and first["outcome"] == second["outcome"] == outcome and says(pieces, second):
            given = {name: value for name, value in first.items() if value is not None}
            named[right] = {**second, **given, "right": right}
            del named[other]
    return [named[str(one.get("right"))] for one in told if str(one.get("right")) in named]


def _only_profiled(pieces: Sequence[Spoken], profiled: Mapping[str, Any]) -> bool:
    """As in "vastustus hyväksytty, profilointi lopetettu": the profiling is what was objected to (article 21(1))."""
    return not any(word.form.startswith(_DECIDED) for piece in pieces for word in piece.words)


def _of_a_picture(pieces: Sequence[Spoken], erased: Mapping[str, Any]) -> bool:
    """As in "suostumus peruttu, kuva poistettu": how the withdrawal was carried out."""
    return any(part in word.form for piece in pieces for word in piece.words for part in _PICTURES)


def _without_consent(pieces: Sequence[Spoken], denied: Mapping[str, Any]) -> bool:
    """As in "siirtoa ei tehdä, koska perusteena ei ole suostumus": why nothing is ported (article 20(1))."""
    return bool(denied.get("ground") == "wrong_basis")


def _sent_along(pieces: Sequence[Spoken], handed: Mapping[str, Any]) -> bool:
    """As in "siirtotiedosto mukana, kama annettu": the data that were handed over are those that were ported."""
    return not any({"right.access", "data_word"} & piece.tags for piece in pieces)


_DECIDED = ("paatos", "paatok", "beslut", "decision", "ihmi", "manni", "human", "person", "robot", "automat")
_PICTURES = ("kuva", "kuvi", "valokuv", "video", "bild", "foto", "picture", "photo", "image")
_ONE_ANSWER = (
    ("objection", "automated_decision", "granted", _only_profiled),
    ("consent_withdrawal", "erasure", "granted", _of_a_picture),
    ("portability", "access", "granted", _sent_along),
    ("portability", "consent_withdrawal", "refused", _without_consent),
)
