"""What to ask next, the least that suffices, and what we do ourselves before anybody is asked.

Owns the ways that suffice for a level, in their order. Refuses to ask for what must not be asked for: a personal
identity code, a copy of an identity document, a signature (GDPR 12(2), 12(6)).
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from inbox_agent.profile import Identity
from inbox_agent.rules.identity.evidence import Known
from inbox_agent.rules.levels import L2, L3, Sign
from state.model import Case, Channel, IdentityLevel, Match, ProofKind


class Way(StrEnum):
    """How the person may show who they are, the least burdensome first."""

    CODE = "code"
    CALL_BACK = "call_back"
    OTHER_ADDRESS = "other_address"
    KNOWN_FACTS = "known_facts"
    LOG_IN = "log_in"
    CODE_AND_CALL = "code_and_call"
    VISIT = "visit"
    STRONG = "strong"


class OwnStep(StrEnum):
    """What we do ourselves before anybody is asked anything more."""

    LOOK_UP = "look_up"  # see whether the address is in the register
    LOOK_UP_PERSON = "look_up_person"  # the same where there is no mail, and so perhaps no address
    CHOOSE_ENTRY = "choose_entry"  # look at the entries that resemble
    ASK_DISCRIMINATOR = "ask_discriminator"  # homonyms: customer number, year of contact, town
    ASK_AUTHORITY = "ask_authority"
    EXPLAIN_DECEASED = "explain_deceased"


def ways(asked: IdentityLevel, profile: Identity, had: Collection[ProofKind] = ()) -> tuple[Way, ...]:
    """The ways that suffice for a level, the least burdensome first; never fewer than two (our choice, GDPR 12(2)).

    Logging in is named only where the profile offers it. Strong identification is always one of two at L4: an
    electronic signing service gives it to a company that has nothing of its own.
    """
    if asked <= L2:
        return (Way.CODE, Way.CALL_BACK, Way.OTHER_ADDRESS)
    if asked > L3:
        return (Way.STRONG, Way.VISIT)
    offered = tuple(way for way in (Way.LOG_IN, Way.STRONG) if way in profile.ways)
    one_more = {
        ProofKind.ROUND_TRIP: (Way.CALL_BACK, Way.KNOWN_FACTS),
        ProofKind.CALL_BACK: (Way.CODE, Way.KNOWN_FACTS),
    }
    had_one = next((kind for kind in one_more if kind in had), None)
    return (*offered, *(one_more[had_one] if had_one else (Way.CODE_AND_CALL,)), Way.VISIT)


def ways_on_paper(found: Collection[Way]) -> tuple[Way, ...]:
    """The ways to prove who one is that need no e-mail; never fewer than two (our choice, GDPR 12(2))."""
    mailed = {Way.CODE, Way.CODE_AND_CALL, Way.OTHER_ADDRESS}
    left = tuple(way for way in found if way not in mailed)
    return left if len(left) > 1 else tuple(dict.fromkeys((*left, Way.CALL_BACK, Way.VISIT)))


def ways_for(case: Case, asked: IdentityLevel, profile: Identity, had: Collection[ProofKind]) -> tuple[Way, ...]:
    found = ways(asked, profile, had)
    return found if case.subject.address or case.channel is Channel.MAIL else ways_on_paper(found)


def own_step(case: Case, signs: Collection[Sign], known: Known) -> OwnStep | None:
    if Sign.DECEASED in signs:
        return OwnStep.EXPLAIN_DECEASED
    if Sign.REPRESENTATIVE in signs or Sign.THIRD_PERSON in signs:
        return OwnStep.ASK_AUTHORITY
    match known.contact.match if known.contact else None:
        case None:
            return OwnStep.LOOK_UP if case.channel is Channel.MAIL else OwnStep.LOOK_UP_PERSON
        case Match.SEVERAL:
            return OwnStep.ASK_DISCRIMINATOR
        case Match.NEAR:
            return OwnStep.CHOOSE_ENTRY
    return None
