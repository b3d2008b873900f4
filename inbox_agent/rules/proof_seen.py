"""What a person may record as a proof of who somebody is, by its kind, its level and their words of it.

Owns the ways that prove nobody: a personal identity code (tietosuojalaki 1050/2018, 29 §), a copy of a document (EDPB
Guidelines 01/2022, 73-79), a way without words (GDPR 5(2)). Says why by the code of a UsageProblem.
"""

from __future__ import annotations

import re

from inbox_agent.rules.leaving import reasoned
from inbox_agent.rules.levels import L2
from inbox_agent.rules.visible import masked
from state.model import IdentityLevel, ProofKind

MOST_IN_OTHER_WAYS = L2
"""What another way than the table's gives at most (our choice): what gives more has a kind of its own."""

_ON_A_DOCUMENT = frozenset({ProofKind.ID_SHOWN, ProofKind.STRONG, ProofKind.LOG_IN})  # which may well bear the code
_SEEN_BY_EYE = frozenset({ProofKind.ID_SHOWN, ProofKind.OTHER, ProofKind.KNOWN_FACTS})
_CODE = re.compile(
    r"(?i)\bhenkilötunnu|\bhetu(?:n|a|lla|sta)?\b|\bsotu\b|\bpersonbeteckning|\bpersonnummer"
    r"|\b(?:personal\s+)?identity\s+code|\bsocial\s+security"
)
_DOCUMENT = r"(?:passi|ajokort|henkilö(?:kort|todist|llisyys)|henkkar|pass|körkort|id-?kort|legitimation|id\b|driving)"
_COPY = re.compile(
    rf"(?i)\b(?:valo)?(?:kuva|kuvan|kuvat|kopio\w*|skanna\w*)\s+(?:\w+\s+)?{_DOCUMENT}"
    rf"|{_DOCUMENT}\w*\s+(?:valo)?(?:kuva|kuvan|kopio\w*|skanna\w*)\b|\bkuvan?\s+\w*kortista\b"
    rf"|\b(?:bild\w*|kopia|kopian|foto\w*|skann\w*)\s+(?:av|på)\s+(?:\w+\s+)?{_DOCUMENT}|\b\w*(?:pass|kort)(?:kopia|bild)"
    rf"|\b(?:picture|photo|copy|scan)\s+of\s+(?:\w+\s+)?{_DOCUMENT}|\b(?:passport|id)\s+(?:copy|scan|photo)\b"
)
_DENIED = re.compile(r"(?i)\b(?:ei|emme|ilman|inte|utan|not|no|without)\b")
_NO_SERVICE = re.compile(
    r"(?i)^(?:vahva\w*|sähköi\w*|tunnist\w*|nähty|tehty|kävi|stark\w*|elektronisk\w*|identifier\w*|autentiser\w*|sedd"
    r"|strong\w*|electronic\w*|identif\w*|authenticat\w*|seen|done|hän|ja|och|and|ok|on|was|är)$"
)


def refused(kind: ProofKind, level: IdentityLevel | None, words: str) -> str:
    """Why this is not recorded as a proof; "" where it is."""
    denied = _DENIED.search(words)
    if kind not in _ON_A_DOCUMENT and not denied and (_CODE.search(words) or masked(words) != words):
        return "proof_by_identity_code"
    if kind in _SEEN_BY_EYE and not denied and _COPY.search(words):
        return "proof_by_copy"
    if kind is ProofKind.OTHER and level is not None and level > MOST_IN_OTHER_WAYS:
        return "proof_other_level"
    if kind is ProofKind.OTHER and level is not None and not reasoned(words):
        return "proof_needs_words"
    return "strong_needs_service" if kind is ProofKind.STRONG and not _names_service(words) else ""


def _names_service(words: str) -> bool:
    return any(not _NO_SERVICE.match(word) for word in re.findall(r"[^\W\d_]{2,}", words))
