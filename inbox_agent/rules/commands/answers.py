"""Several rights answered in one line, clause by clause, where the words of the whole told fewer.

Owns which clause answers a right, which only tells of one answered before, and where each answer begins. Refuses to
answer a right of which no clause speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from inbox_agent.rules.commands import fields
from inbox_agent.rules.commands.clauses import LISTING, Clause, tags_of
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.heard import Heard, Hearing, Piece
from inbox_agent.rules.commands.labels import SEVERAL, is_label
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.commands.outcome_kind import NO_GROUNDS
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.told_on import CARRIED_OUT, carries_out, of_an_account

_NO_BASIS = "wrong_basis"
_CLEARLY = 0.0
"""The margin at which a clause alone answers a right, though the whole does not sound like several answers."""


def _only_unsent(hearing: Hearing, piece: Piece, said: Said) -> bool:
    """As in "mainoksia ei enää lähetetä": what is sent no more is the outcome, and holds nothing back."""
    rights = {one.get("right") for one in said.args.get("outcomes", ())}
    waits = any("hold_word" in tags_of(hearing.line, span) for span in piece.spans)
    return rights == {"marketing_objection"} and not waits


def _of_others(hearing: Hearing, piece: Piece, said: Said) -> bool:
    """As in "kuvassa näkyy naapuri, se kohta leikattu pois, loput annettu": one copy, of which a part is left out."""
    told = said.args.get("outcomes", ())
    named = {tag for span in piece.spans for tag in tags_of(hearing.line, span) if tag.startswith("right.")}
    return len(told) == 1 and told[0].get("ground") == "others_rights" and not named - {"right.access"}


def each_right(hearing: Hearing, piece: Piece, said: Said) -> Said:
    """Two rights answered differently, clause by clause, where the words of the whole told fewer."""
    if said.intent is Intent.SET_OUTCOME and _only_unsent(hearing, piece, said):
        said = replace(said, args={name: value for name, value in said.args.items() if name != "hold"})
    several = piece.heard.args.get("outcome") == SEVERAL
    known = {one["outcome"] for one in said.args.get("outcomes", ())}
    if piece.heard.intent is not Intent.SET_OUTCOME or len(known) > 1 or _of_others(hearing, piece, said):
        return said
    told: dict[str, Any] = {}
    findings: list[str] = []
    as_one = False
    for heard, spans in _answers(hearing, piece, several=several):
        one = fields.said(hearing.line, heard.rule, spans, heard)
        findings += () if any(map(_nothing_stays, one.args.get("outcomes", ()))) else one.findings
        for heard_so in one.args.get("outcomes", ()):
            outcome = _granted(heard_so) if _nothing_stays(heard_so) else heard_so
            if outcome["outcome"] == "granted" and (first := _carried_out(hearing, spans, told)):
                first |= {"done_on": outcome["done_on"]} if "done_on" in outcome else {}
                ways = list(dict.fromkeys([*first.get("channels", ()), *outcome.get("channels", ())]))
                first |= {"channels": ways} if ways else {}
                as_one = True
                continue
            told.setdefault(str(outcome.get("right")), outcome)
    told.pop("None", None)
    if as_one and len(told) == 1:
        return replace(said, args={**said.args, "outcomes": list(told.values())})
    if told.get("objection", {}).get("outcome") == "granted":
        told.pop("marketing_objection", None)  # taken off a list: how the objection was carried out
    if told.get("portability", {}).get("ground") == told.get("consent_withdrawal", {}).get("ground") == _NO_BASIS:
        told.pop("consent_withdrawal")  # "perustuu lakiin eikä suostumukseen": the consent is why
    kinds = {one["outcome"] for one in told.values()}
    if len(told) < 2 or (len(kinds) < 2 and not (several and len(known) < 2)):
        return said
    kept = {name: value for name, value in said.args.items() if name == "hold"}
    return Said(Intent.SET_OUTCOME, {"outcomes": list(told.values()), **kept}, tuple(dict.fromkeys(findings)))


def _nothing_stays(outcome: Mapping[str, Any]) -> bool:
    """As in "tiedot annettu ja loput poistettu": a part of which neither what stays is told nor why is the whole."""
    return outcome["outcome"] == "partly" and not outcome.get("kept") and not outcome.get("ground")


def _granted(outcome: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in outcome.items() if name not in {"ground", "lawful"}}
    return {**told, "outcome": "granted"}


Spans = tuple[tuple[int, int], ...]


def _carried_out(hearing: Hearing, spans: Spans, told: dict[str, Any]) -> dict[str, Any] | None:
    """The one right answered before, where these clauses only tell how ("suostumus peruttu, kuva poistettu eilen")."""
    answered = next(iter(told.items()), None) if len(told) == 1 else None
    if answered is None or answered[0] not in CARRIED_OUT or answered[1]["outcome"] != "granted":
        return None
    found: dict[str, Any] = answered[1]
    if any(of_an_account(hearing.line.words[slice(*span)]) for span in spans):
        return None
    return found if all(carries_out(tags_of(hearing.line, span)) for span in spans) else None


def _answers(hearing: Hearing, piece: Piece, *, several: bool) -> Iterator[tuple[Heard, Spans]]:
    """Each clause that answers a right, with those that only tell of it: the ground behind it, a list before it."""
    anchors = [at for at in range(*piece.clauses) if _answers_a_right(hearing, at, several=several)]
    for nth, at in enumerate(anchors):
        first = _begin(hearing, anchors, nth) if nth else piece.clauses[0]
        end = _begin(hearing, anchors, nth + 1) if nth + 1 < len(anchors) else piece.clauses[1]
        clauses = hearing.clauses[first:end]
        yield _as_answer(hearing.of(at, at + 1)), tuple((clause.start, clause.end) for clause in clauses)


def _as_answer(heard: Heard) -> Heard:
    """A clause of an outcome, heard as one outcome: what else it might be by itself is out of the question."""
    ours = {label: margin for label, margin in heard.margins.items() if Intent.SET_OUTCOME in label}
    if heard.args.get("duty") == "marketing_stopped":  # the ban carried out
        ours = {label: margin if label.endswith(".granted") else margin - _FAR for label, margin in ours.items()}
    return Heard({label: margin for label, margin in ours.items() if not label.endswith(f".{SEVERAL}")})


def _answers_a_right(hearing: Hearing, at: int, *, several: bool) -> bool:
    whole, clause = hearing.of(at, at + 1), hearing.clauses[at]
    if (at and _only_needs(hearing.line, clause)) or _only_grounds(hearing.line, clause):
        return False
    heard = _as_answer(whole)
    first, second = sorted((m for label, m in heard.margins.items() if is_label(label)), reverse=True)[:2]
    clear = whole.intent is Intent.SET_OUTCOME and (whole.margin > _CLEARLY or several)
    clear = clear or (several and whole.args.get("duty") == "marketing_stopped")
    if not clear and first - second < _APART:
        return False
    one = fields.said(hearing.line, heard.rule, ((clause.start, clause.end),), heard)
    refused = any(outcome["outcome"] == "refused" for outcome in one.args.get("outcomes", ()))
    if refused and not any(tag.startswith(_REFUSING) for tag in tags_of(hearing.line, (clause.start, clause.end))):
        return False  # "poisto ja tarkastus myönnetään": a right without a no is only listed
    return any(outcome.get("right") for outcome in one.args.get("outcomes", ()))


def _only_needs(line: Line, clause: Clause) -> bool:
    """As in "sopimus jatkuu ja tietoja tarvitaan": why nothing is erased, and no answer."""
    needed = any(word.form in FUNCTION.needing for word in line.words[clause.start : clause.end])
    return needed and not any(tag.startswith(_ANSWERING) for tag in tags_of(line, (clause.start, clause.end)))


def _only_grounds(line: Line, clause: Clause) -> bool:
    """As in "tiedot on todisteena oikeudessa, poisto hylätään": why another right is refused, and no answer."""
    tags = tags_of(line, (clause.start, clause.end)) - NO_GROUNDS - {"ground.data_accurate"}  # "nimi on nyt oikein"
    return any(tag.startswith("ground.") for tag in tags) and not any(tag.startswith(_SAYING) for tag in tags)


_SAYING = (
    "v_",
    "right.",
    "done.",
    "no_deed",
    "kept",
    "redact",
    "rest",
    "except",
    "given_out",
    "cheap_",
    "all",
    "art11",
)
_ANSWERING = ("v_refuse", "no_deed", "right.", "done.")


_FAR = 3.0  # of a margin: out of the question
_REFUSING = ("v_refuse", "no_deed", "cheap_no", "not", "dont", "ground.", "bad_ground")
_APART = 0.15
"""How far the next outcome must be behind."""


def _begin(hearing: Hearing, anchors: Sequence[int], nth: int) -> int:
    """Where an answer begins: at its clause, or at the right before it ("avslås, insyn och portabilitet bifalles")."""
    at = anchors[nth]
    listed = at - 1 > anchors[nth - 1] and hearing.clauses[at].joiner in LISTING
    return at - 1 if listed and hearing.clauses[at - 1].joiner not in LISTING else at
