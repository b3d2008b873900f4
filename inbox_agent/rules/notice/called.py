"""How a receiver is called: from the words of a notice to a name, and which words name nobody.

Owns the endings by which Finnish says to whom. Refuses to find receivers in a sentence.
"""

from __future__ import annotations

import re

from inbox_agent.rules.notice.categories import categories
from inbox_agent.rules.notice.heads import is_head
from inbox_agent.rules.notice.wording import words

# What a provider does, set before its name ("maksut Paytrail Oyj"); what it is may be a part of the name.
_WHAT_IT_DOES = re.compile(
    r"^(?:[a-zåäö][\w-]*\s+){0,2}[a-zåäö][\w-]*"
    r"(?:t|us|ys|nti|minen|hoito|pito|palvelu|järjestelmä|ohjelma|alusta|kirje)\s+(?=[A-ZÅÄÖ])"
)
_ABOUT_WHAT = re.compile(r"^(?:[a-zåäö-]+(?:sta|stä)\s+)+(?=\S)")  # "tarttuvasta taudista kunnaneläinlääkäri"
_WHERE_AFTER = re.compile(
    r"(?<=\b(?:Oy|Ab|Ky|Ay|ry))\s+[a-zåäö-]+(?:ssa|ssä|sta|stä)$"
)  # "Auto-Pohja Oy takuuasioissa"
_COUNTED = re.compile(
    r"(?:no|none|two|three|four|five|several|some|our|inga|två|tre|fyra|fem|våra|kaksi|kolme|neljä|viisi|muutama)\s+[a-zåäö]",
    re.IGNORECASE,
)  # says how many there are, and names none
FORM_ALONE = re.compile(r"(?:Inc|Ltd|LLC|GmbH|Oyj?|Ab)\.?")  # what a comma parts from its name
# From "to whom" to who, by the end of the word; a word with another end stays as the notice has it.
_WHO_ENDS = (
    ("aatille", "aatti"),
    ("onnalle", "onta"), ("kunnalle", "kunta"), ("kunnille", "kunnat"), ("kaupalle", "kauppa"), ("kaupoille", "kaupat"),
    ("lehdelle", "lehti"), ("pankille", "pankki"), ("pankeille", "pankit"), ("liitolle", "liitto"),
    ("liitoille", "liitot"),
    ("tehtaalle", "tehdas"), ("tehtaille", "tehtaat"), ("ajille", "ajat"), ("äjille", "äjät"), ("ijöille", "ijät"),
    ("puolille", "puolet"), ("puolelle", "puoli"),
    ("verkolle", "verkko"), ("iselle", "inen"), ("isille", "iset"), ("kselle", "s"), ("ksille", "kset"),
    ("jalle", "ja"), ("jälle", "jä"), ("joille", "jat"), ("jöille", "jät"), ("stoille", "stot"), ("iöille", "iöt"),
    ("oreille", "orit"), ("neille", "nit"),
    ("löille", "löt"), ("köille", "köt"), ("olle", "o"), ("ölle", "ö"), ("ulle", "u"), ("ylle", "y"),
)  # fmt: skip
_OF_OURS = re.compile(r"lle(?:mme|ni|nne|si)$")
_DEEDS = words("receivers.deeds")
_NO_DEEDS = words("receivers.no_deeds")
_WHAT_FOR = words("receivers.what_for")


def who(name: str) -> str:
    """The name as a list tells it, where its ending shows how."""
    name = _OF_OURS.sub("lle", name)
    return next((name.removesuffix(end) + who for end, who in _WHO_ENDS if name.endswith(end)), name)


def bare(name: str) -> str:
    """A phrase without what its bearer does, what for, or in which matters."""
    return _ABOUT_WHAT.sub("", _WHAT_IT_DOES.sub("", _WHAT_FOR.sub("", _WHERE_AFTER.sub("", name))))


def is_somebody(name: str) -> bool:
    """Whether a phrase can be who gets data: no deed, no head of a table's column, no company's form alone."""
    if not name or name.endswith(":") or _COUNTED.match(name) or FORM_ALONE.fullmatch(name) or is_head(name):
        return False
    return not (_DEEDS.search(name) and not _NO_DEEDS.search(name) and name not in categories())
