"""Which acts are offered in which state of a case: what is not offered has no key and no button.

The store judges every act once more; this only keeps the screen from promising what would be refused.
"""

from __future__ import annotations

from enum import StrEnum

from inbox_agent.dashboard.readings import Dossier, Post
from state.model import Case, CaseStatus, DraftStatus, RequestStatus


class Offer(StrEnum):
    """The acts of the case's screen that depend on its state, named as their actions."""

    APPROVE = "approve"
    LATER = "approve_later"
    TAKE_BACK = "take_back"
    SETTLE = "settle"
    EDIT = "edit"
    EDITOR = "editor"
    REJECT = "reject"
    LET_GO = "let_go"
    DIFFERENCE = "difference"
    NEXT_LETTER = "next_letter"
    PRINT = "print"
    DELIVERED = "delivered"
    CONFIRM = "confirm"
    DISMISS = "dismiss_case"
    DISMISS_CANDIDATE = "dismiss_candidate"  # the same act where it is one of the two things to do
    RIGHTS = "rights"
    OUTCOME = "outcome"
    ASK = "ask"
    EXTEND = "extend"
    WRITE = "write"
    IDENTITY = "identity"
    NOTE = "note"
    HAND_OVER = "hand_over"
    DUTIES = "duties"
    CLOSE = "close"
    REOPEN = "reopen"
    JOIN = "join"
    PART = "part"
    TAKE_OUT = "take_out"


NAMES = frozenset(str(offer) for offer in Offer)
"""The actions that depend on the state; every other is always there."""

_LETTER = {
    DraftStatus.PROPOSED: {Offer.APPROVE, Offer.LATER, Offer.EDIT, Offer.EDITOR, Offer.REJECT, Offer.DIFFERENCE},
    DraftStatus.APPROVED: {Offer.TAKE_BACK},
    DraftStatus.UNCERTAIN: {Offer.SETTLE},
}
_WORK = {
    Offer.HAND_OVER,
    Offer.RIGHTS,
    Offer.OUTCOME,
    Offer.ASK,
    Offer.EXTEND,
    Offer.WRITE,
    Offer.IDENTITY,
    Offer.DISMISS,
    Offer.JOIN,
}
_CASE = {
    CaseStatus.CANDIDATE: {Offer.CONFIRM, Offer.DISMISS_CANDIDATE, Offer.JOIN},
    CaseStatus.OPEN: _WORK,
    CaseStatus.WAITING: _WORK,
    CaseStatus.CLOSED: {Offer.REOPEN},
    CaseStatus.DISMISSED: {Offer.REOPEN, Offer.WRITE},
}
_OURS = frozenset({CaseStatus.OPEN, CaseStatus.WAITING})
_DONE = frozenset({RequestStatus.ANSWERED, RequestStatus.DROPPED})


def _by_status(case: Case) -> set[Offer]:
    offered = set(_CASE.get(case.status, ()))
    if case.joined_to is not None:
        return offered - {Offer.REOPEN}
    if case.status is CaseStatus.CLOSED and any(one.status is RequestStatus.ANSWERED for one in case.requests):
        offered.add(Offer.WRITE)  # to whoever comes back to the answer, or before what it gave ends
    return offered


def offers(found: Dossier, post: Post | None) -> frozenset[Offer]:
    """What may be done now with this case and the letter in view."""
    case = found.case
    offered = _by_status(case) | _by_hand(found)
    if case.status is not CaseStatus.PURGED:
        offered |= {Offer.NOTE, Offer.DUTIES}
    if case.status in _OURS and all(request.status in _DONE for request in case.requests):
        offered = (offered - {Offer.RIGHTS, Offer.OUTCOME, Offer.EXTEND}) | {Offer.CLOSE}
    if post is not None:
        offered |= _LETTER.get(post.draft.status, set())
    if post is not None and post.held_back and post.draft.status is DraftStatus.PROPOSED:
        offered |= {Offer.LET_GO}
    if post is not None and post.draft.on_paper and post.draft.status is DraftStatus.APPROVED:
        offered |= {Offer.PRINT, Offer.DELIVERED}
    if post is not None and post.draft.on_paper:  # a person delivers it, on a day of theirs
        offered.discard(Offer.LATER)
    if len(found.letters) > 1:
        offered.add(Offer.NEXT_LETTER)
    return frozenset(offered)


def _by_hand(found: Dossier) -> set[Offer]:
    """What a person did to the case's shape and may undo."""
    parted = found.goes_on or (found.took_in and found.case.status in _OURS)
    return {offer for offer, possible in ((Offer.PART, parted), (Offer.TAKE_OUT, found.placed)) if possible}
