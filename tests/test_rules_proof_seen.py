"""What is said of a proof decides whether it is one: a code, a copy and a dot prove nobody."""

from __future__ import annotations

import pytest

from inbox_agent.rules.levels import L2, L4
from inbox_agent.rules.proof_seen import refused
from state.model import IdentityLevel, ProofKind

P = ProofKind


@pytest.mark.parametrize(
    ("kind", "level", "words", "why"),
    [
        (P.OTHER, L2, "henkilötunnuksen loppuosa täsmäsi", "proof_by_identity_code"),
        (P.KNOWN_FACTS, None, "kertoi hetunsa ja nimen, hetu täsmäsi", "proof_by_identity_code"),
        (P.CALL_BACK, None, "uppgav sin personbeteckning", "proof_by_identity_code"),
        (P.OTHER, L2, "gave the identity code", "proof_by_identity_code"),
        (P.CALL_BACK, None, "sanoi 131052-952K", "proof_by_identity_code"),
        (P.ID_SHOWN, None, "lähetti kuvan passista sähköpostilla", "proof_by_copy"),
        (P.ID_SHOWN, None, "ajokortin kopio tuli postissa", "proof_by_copy"),
        (P.ID_SHOWN, None, "skickade en bild på passet", "proof_by_copy"),
        (P.OTHER, L2, "sent a copy of her passport", "proof_by_copy"),
        (P.OTHER, L4, "tuttu asiakas vuosien takaa", "proof_other_level"),
        (P.OTHER, L2, ".", "proof_needs_words"),
        (P.STRONG, None, "", "strong_needs_service"),
        (P.STRONG, None, "vahva tunnistautuminen nähty", "strong_needs_service"),
        (P.STRONG, None, "Suomi.fi", ""),
        (P.STRONG, None, "pankkitunnukset", ""),
        (P.OTHER, L2, "soitto tiedossa olleeseen numeroon", ""),
        (P.OTHER, L2, "tuttu ääni, henkilötunnusta ei kysytty", ""),
        (P.ID_SHOWN, None, "kävi, kuvallinen henkilökortti nähty, hetu 131052-952K", ""),
        (P.ID_SHOWN, None, "käynti, ajokortti nähty, kopiota ei otettu", ""),
        (P.LOG_IN, None, "", ""),
    ],
)
def test_what_proves_nobody_is_not_recorded(kind: ProofKind, level: IdentityLevel | None, words: str, why: str) -> None:
    """Identifying by a code is forbidden (1050/2018, 29), a copy proves nobody, and a record says how (GDPR 5(2))."""
    assert refused(kind, level, words) == why
