"""The deciding rules of identity as one table, from the very data that decide: README shows it, a test compares."""

from __future__ import annotations

from collections.abc import Iterable

from inbox_agent.phrasing import identity as phrases
from inbox_agent.phrasing import words
from inbox_agent.rules import levels
from inbox_agent.rules.levels import L1, Sign
from inbox_agent.texts import gettext as _
from state import lifecycle
from state.model import IdentityLevel, ProofKind


def table() -> tuple[str, ...]:
    """Markdown: what each right needs, what each proof gives, what raises the need, what is enforced."""
    return (
        *_rows((_("An answer to"), _("contact card"), _("ordinary"), _("sensitive")), _needs()),
        "",
        *_rows((_("Level"), _("Known how"), _("By itself from")), _gives()),
        "",
        _("One level more, never above L4, for any of these signs:"),
        "",
        *(f"* {phrases.sign(sign)}" for sign in Sign if sign is not Sign.PROTECTED),
        "",
        _("Turvakielto: L4 and nothing else. A ban on marketing: nobody's identity, whatever the signs."),
        "",
        _(
            "A one-time code counts once, for {days} days from its sending, only the newest, and only if it went to the"
            " contact on file; {wrong} wrong ones stop it, and a doubt takes it back."
        ).format(days=lifecycle.CODE_LIFE.days, wrong=lifecycle.WRONG_CODES),
        "",
        _(
            "Whoever writes for another is answered only after their authority was seen, whatever level they reached;"
            " the data subject may be answered directly at an address of their own."
        ),
    )


def _needs() -> Iterable[tuple[str, ...]]:
    for kind, row in levels.REQUIRED.items():
        yield (words.kind(kind), *row)
    yield (_("rectification of a name's or title's spelling only"), *levels.SPELLING)


def _gives() -> Iterable[tuple[str, ...]]:
    for level in IdentityLevel:
        proofs = [phrases.proof(kind) for kind, gives in levels.PROOFS.items() if gives is level]
        if level is L1:
            proofs.insert(0, _("an authentic address that is on file, without any sign below"))
            proofs.insert(1, _("the same, verified in another case within the profile's identity.history_months"))
        if level is IdentityLevel.L3:
            proofs.append(_("two known channels, or one and facts that only the customer knows"))
        yield (level, words.identity_level(level), "; ".join(proofs) or "–")
    free = "; ".join(phrases.proof(kind) for kind in ProofKind if levels.PROOFS[kind] is None)
    yield ("–", _("as whoever records it says"), free)


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterable[str]:
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"
