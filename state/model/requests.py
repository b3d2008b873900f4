"""One right exercised: its kind, its clock, its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from state.model.identity import IdentityLevel
from state.model.keys import CaseKey, RequestKey


class RequestKind(StrEnum):
    """The rights a data subject exercises (GDPR articles 15-22 and 7(3))."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    MARKETING_OBJECTION = "marketing_objection"
    CONSENT_WITHDRAWAL = "consent_withdrawal"
    AUTOMATED_DECISION = "automated_decision"


CHANGED_WITH_OTHERS = (
    RequestKind.RECTIFICATION,
    RequestKind.ERASURE,
    RequestKind.RESTRICTION,
    RequestKind.OBJECTION,
    RequestKind.MARKETING_OBJECTION,
    RequestKind.CONSENT_WITHDRAWAL,
)
"""The rights whose granting changes what processors and joint controllers do with the data (GDPR 26(3), 28(3))."""

FOLLOW_UP = "follow_up"
"""Beside the nine kinds, what `types` may hold: a mail that joins a case and never starts a clock."""


class RequestStatus(StrEnum):
    """One right exercised, with its own clock and outcome."""

    OPEN = "open"
    DECIDED = "decided"  # a person chose the outcome; the letter has not left yet
    ANSWERED = "answered"
    DROPPED = "dropped"  # not a request after all, or withdrawn


class Outcome(StrEnum):
    """How a request ends (GDPR 12(3)-(6), 11(2))."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    NO_DATA = "no_data"
    NOT_IDENTIFIED = "not_identified"
    ART11 = "art11"
    FORWARDED = "forwarded"


_SAYS_NOTHING = frozenset({Outcome.NOT_IDENTIFIED, Outcome.ART11, Outcome.FORWARDED})


def answer_is_silent(kind: RequestKind, outcome: Outcome | None) -> bool:
    """Whether a right's answer says nothing of what is or is not held. A ban on direct marketing is carried out for
    whoever asks (GDPR 21(2)-(3)) and confirms nothing.
    """
    return outcome in _SAYS_NOTHING or (kind is RequestKind.MARKETING_OBJECTION and outcome is Outcome.GRANTED)


class ExtensionReason(StrEnum):
    """The only reasons for which the time to answer may be extended (GDPR 12(3))."""

    COMPLEXITY = "complexity"
    NUMBER_OF_REQUESTS = "number_of_requests"


@dataclass(frozen=True, slots=True)
class DueDates:
    """The three dates of one clock (GDPR 12(3), Regulation 1182/71 art. 3).

    `promise`: the unrolled last day, told outwards. `backstop`: rolled to a working day, shown inside
    only. `target`: the last working day that is no eve, on or before the promise.
    """

    promise: date
    backstop: date
    target: date


@dataclass(frozen=True, slots=True)
class NewRequest:
    """One right to be opened with its case, its clock already computed. `identity_required` is what an answer to it
    needs: it raises its case's level, never lowers it.
    """

    kind: RequestKind
    received_on: date
    due: DueDates
    identity_required: IdentityLevel = IdentityLevel.L0


@dataclass(frozen=True, slots=True)
class Request:
    key: RequestKey
    case: CaseKey
    kind: RequestKind
    status: RequestStatus
    received_on: date
    due: DueDates
    extended: DueDates | None
    extension_reason: str | None
    outcome: Outcome | None
    decision: Mapping[str, str]  # the facts the outcome's letter needs (replies.context.Part)

    @property
    def current(self) -> DueDates:
        """The dates in force: the extension's where one was made."""
        return self.extended or self.due
