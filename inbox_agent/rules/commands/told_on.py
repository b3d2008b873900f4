"""Clauses that answer no right, but only tell on of an answer given before: how it was carried out, why, when.

Refuses to say what they tell: that is `outcome_facts`'.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inbox_agent.rules.commands.outcome_kind import NO_GROUNDS
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.word import Word


def only_sent_along(piece: Spoken) -> bool:
    """As in "portability ok, file boat.json": a file by name, and nothing done with it."""
    named = any(word.kind == "file" for word in piece.words)
    return named and not any(tag.startswith(("v_", "right.", "done.")) for tag in piece.tags)


def leaves_out(piece: Spoken, whole: Spoken) -> bool:
    """As in "kuvassa näkyy naapuri, se kohta leikattu pois": left out of a copy for others' sake, and no erasure."""
    of_others = "ground.others_rights" in whole.tags and "ground.others_rights" not in piece.tags
    left = {"v_away", "v_partly", "done.erasure"} & piece.tags
    return of_others and bool(left) and not any(tag.startswith("right.") or tag in _SAID_OF for tag in piece.tags)


_SAID_OF = frozenset({"data_word", "rest", "v_give", "v_send"})


def only_hides(piece: Spoken) -> bool:
    """Whether a clause only tells what is hidden, and for whom: "muiden tiedot jätetään pois"."""
    others = {"ground.others_rights", "v_away"} <= piece.tags and not {"v_grant", "v_refuse"} & piece.tags
    return "redact" in piece.tags or others


def is_carried_out(piece: Spoken, before: dict[str, Any]) -> bool:
    """As in "vastustus ok, otettu pois eilen": how an objection was carried out, no second answer."""
    granted = before["outcome"] == "granted" and before["right"] in CARRIED_OUT
    return granted and carries_out(piece.tags) and not (before["right"] in _OF_MAIL and of_an_account(piece.words))


_OF_MAIL = frozenset({"marketing_objection", "objection"})


def of_an_account(words: Sequence[Word]) -> bool:
    """As in "uutiskirje katkaistu, tili poistettu": an account is erased for itself."""
    return any(word.form.startswith(_ACCOUNTS) for word in words)


_ACCOUNTS = ("tili", "asiakastili", "kayttajatili", "account", "konto", "kundkonto", "profiili", "jasenyy", "kortti")


CARRIED_OUT = frozenset({"objection", "marketing_objection", "consent_withdrawal", "automated_decision"})
"""Rights whose answer is a deed that another right's answer may be, too: a picture taken away, a decision changed."""


def carries_out(tags: frozenset[str]) -> bool:
    """Whether a clause tells of a deed, and neither of a right nor of the data."""
    done = any(tag.startswith("done.") or tag in {"v_away", "v_change"} for tag in tags)
    return done and not any(tag.startswith(("right.", "ground.")) or tag in {"data_word", "rest"} for tag in tags)


def only_why(piece: Spoken, before: dict[str, Any]) -> bool:
    """Whether a clause behind a refusal only tells its ground: "emme voi poistaa, kirjanpitolaki estää"."""
    grounded = any(tag.startswith("ground.") for tag in piece.tags - NO_GROUNDS)
    answers = {"v_grant", "v_refuse", "v_give", "v_send", "v_remove", "no_deed", "rest", "kept", "v_correct"}
    acts = answers & piece.tags or any(tag.startswith(("done.", "right.")) for tag in piece.tags)
    return before["outcome"] == "refused" and grounded and not acts


def only_after(piece: Spoken) -> bool:
    """Whether a clause only tells when: "mutta vasta kun kopio on toimitettu"."""
    deeds = any(tag.startswith("v_") for tag in piece.tags)
    first = bool({"right.access", "done.access", "identity"} & piece.tags)
    return "after_that" in piece.tags and first and not deeds
