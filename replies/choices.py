"""The closed vocabularies out of which a letter's facts are chosen, and the languages it is written in.

Owns their codes. Refuses to word them: templates and `inbox_agent.phrasing` do.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from state.model import ExtensionReason

LANGUAGES = ("fi", "sv", "en")
SUBJECT_WORDS: Mapping[str, str] = MappingProxyType({"fi": "Asia", "sv": "Ärende", "en": "Case"})
"""The one word that stands before the case number in a subject line."""

EXTENSION_REASONS = tuple(str(reason) for reason in ExtensionReason)
"""The only reasons for which the time to answer may be extended (GDPR 12(3))."""

EXTENSION_IN = ("amount", "scattered", "others", "unreadable")
"""In what the complexity of a request consists (EDPB Guidelines 01/2022, 163): how much it covers, where that is kept,
what of it belongs to others, what must be made of it before anybody understands it.
"""

SCOPES = ("all", "certain", "information", "recipients")
"""What of access somebody asked for: everything with a copy, a copy of certain data, the information alone, or who has
got the data.
"""
COPIED = frozenset({"all", "certain"})
"""The scopes in which a copy is given."""

ROLES = (
    "lawyer",
    "guardian",
    "custodian",
    "spouse",
    "relative",
    "agent",
    "portal",
    "works_council",
    "third_person",
    "deceased",
)
"""For whom somebody writes, as a question about their authority tells them apart."""

DOUBTS = (
    "address_not_enough",
    "failed_authentication",
    "unproven_sender",
    "passed_on",
    "web_form",
    "suspicious_sender",
    "answer_elsewhere",
    "another_person",
    "several_readers",
    "takeover",
    "unproven_writer",
)
"""The reasons to doubt who asks that a letter may tell: all from what reached us, none from any register."""


def access_scope(facts: Mapping[str, str]) -> str:
    """What of access an answer gives: one of `SCOPES`, everything unless somebody narrowed it (GDPR 15(1), 15(3))."""
    said = facts.get("scope", "")
    return said if said in SCOPES else "all"
