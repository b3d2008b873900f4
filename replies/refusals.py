"""What a part owes that is refused, wholly or in what was left out: which data, on which ground, why here, until when.

Owns the facts of a refusal (GDPR 12(4)). Refuses to know the grounds, which are `replies.grounds`'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from replies import facts
from replies.facts import Fact
from replies.grounds import GROUNDS, Ends, carrying
from state.model import Outcome, RequestKind


def refusal(kind: RequestKind, outcome: Outcome) -> tuple[Fact, ...]:
    """What a refusal owes: what stays undone, on which ground, why in this case, until when (GDPR 12(4))."""
    return (
        *_undone(kind, outcome),
        facts.on_grounds(
            "ground", "GDPR 12(4)", {ground.code: ", ".join(ground.provisions) for ground in carrying(kind, outcome)}
        ),
        # The reasons are told unless telling would defeat the purpose of the limit (Data Protection Act, 34 §).
        replace(facts.text("explained", "GDPR 12(4)"), withheld_if=("ground", frozenset({"national_limit"}))),
        *_conditional(kind, outcome),
    )


def _undone(kind: RequestKind, outcome: Outcome) -> tuple[Fact, ...]:
    if kind is RequestKind.ERASURE:
        return (facts.text("kept", "GDPR 12(4)"),)
    return (facts.text("left_out", "GDPR 12(4)"),) if outcome is Outcome.PARTLY else ()


def _conditional(kind: RequestKind, outcome: Outcome) -> Iterable[Fact]:
    """What only some grounds want said; a right whose grounds never want it has no such fact.

    The Accounting Act keeps vouchers and books, so that it refuses the whole only where nothing else is held.
    """
    grounds = GROUNDS[kind]
    dated = [ground.code for ground in grounds if ground.ends is Ends.ON_A_DATE]
    wanted = {
        facts.choice("material", "1336/1997, 2:10", "vouchers", "books"): dated,
        facts.day("newest_on", "1336/1997, 2:10"): dated,
        facts.day("oldest_on", "1336/1997, 2:10", required=False): dated,
        facts.text("financial_year_end", "1336/1997, 2:10"): dated,
        replace(facts.day("kept_until", "GDPR 12(4)"), computed=True): dated,
        replace(facts.day("oldest_until", "GDPR 12(4)", required=False), computed=True): dated,
        facts.choice("nothing_else", "1336/1997, 2:10", "so"): dated if outcome is Outcome.REFUSED else [],
        facts.text("until_event", "GDPR 12(4)"): [
            ground.code for ground in grounds if ground.ends is Ends.WITH_AN_EVENT
        ],
        facts.text("other_law", "GDPR 12(4)"): [ground.code for ground in grounds if ground.other_law],
        facts.text("safeguards", "GDPR 22(2)-(3)"): [ground.code for ground in grounds if ground.safeguards],
    }
    return (facts.when(fact, "ground", *codes) for fact, codes in wanted.items() if codes)
