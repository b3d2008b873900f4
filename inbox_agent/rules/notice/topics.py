"""What a heading of a notice is about, from the reviewed list of `lexicon/notice_topics.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache

from inbox_agent.rules.lexicon_files import table

_LONGEST_HEADING = 220
NUMBER = re.compile(
    r"^\s*(?:§\s*)?(?:\d{1,2}(?:\.\d{1,2})*[a-d]?[.)]?|[A-ZÅÄÖ][.)]|[IVX]{1,4}\.|[IVX]{1,5}(?=\s+[A-ZÅÄÖ]{3}))\s+(?=\S)"
)
"""What numbers a heading, which is about nothing."""
_AUTHORITY = re.compile(
    r"tietosuojavaltuutet|valvontaviranomai|dataombudsman|supervisory authority|ombudsman", re.IGNORECASE
)

_ABROAD = re.compile(
    r"\b(?:EU|ETA|EES|EEA|USA)\b|Euroop|Europ|Yhdysval|ulko|kolman|kansainv|utanför|tredje|outside|abroad|third",
    re.IGNORECASE,
)


class Topic(StrEnum):
    """What a section tells. A right's own section carries that right and RIGHTS."""

    JOINT = "joint"
    CONTROLLER = "controller"
    CONTACT = "contact"
    DPO = "dpo"
    REGISTER = "register"
    PURPOSES = "purposes"
    BASIS = "basis"
    CONTENT = "content"
    SOURCES = "sources"
    RECIPIENTS = "recipients"
    TRANSFER = "transfer"
    RETENTION = "retention"
    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    CONSENT = "consent"
    RIGHTS = "rights"
    COMPLAINT = "complaint"
    REQUEST = "request"
    SECURITY = "security"
    COOKIES = "cookies"
    AUTOMATED = "automated"
    CHANGES = "changes"
    UPDATED = "updated"
    LANGUAGES = "languages"


_EACH_RIGHT = frozenset(
    {
        Topic.ACCESS,
        Topic.RECTIFICATION,
        Topic.ERASURE,
        Topic.RESTRICTION,
        Topic.PORTABILITY,
        Topic.OBJECTION,
        Topic.CONSENT,
    }
)
RIGHTS = _EACH_RIGHT | {Topic.RIGHTS, Topic.REQUEST}
"""Sections that tell the person's rights or how to use them."""


@lru_cache(maxsize=4096)
def topics_of(heading: str) -> frozenset[Topic]:
    """What the heading is about; nothing where it is about nothing that a notice tells."""
    words = NUMBER.sub("", heading[:_LONGEST_HEADING], count=1)
    if _AUTHORITY.search(words):  # its contact details are not the controller's
        return frozenset({Topic.COMPLAINT})
    found = frozenset(topic for topic, pattern in _patterns().items() if pattern.search(words))
    # "Vastustaminen ja siirtäminen": beside other rights, moving is the one to move one's data.
    if Topic.TRANSFER in found and found & (_EACH_RIGHT - {Topic.PORTABILITY}) and not _ABROAD.search(words):
        return found - {Topic.TRANSFER} | {Topic.PORTABILITY}
    return found


_DENIES = re.compile(r"\b(?:ei|emme|eikä|en|inte|inga|not|no|never)\b", re.IGNORECASE)


def moves_own_data(told: str) -> bool:
    """Whether what stands below a bare "Siirto" among the rights tells the right to move one's data: it speaks of no
    other country, and denies nothing.
    """
    return not (_ABROAD.search(told) or _DENIES.search(told))


@cache
def _patterns() -> Mapping[Topic, re.Pattern[str]]:
    words = table("notice_topics.toml")
    return {Topic(topic): re.compile("|".join(each), re.IGNORECASE) for topic, each in words.items()}
