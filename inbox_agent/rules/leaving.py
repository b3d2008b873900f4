"""What keeps a written letter from leaving as it stands, on the day on which it would leave.

Judged when a person approves it and again when it leaves, which may be days later. The day in its head stays the
one it was approved for: where a server defers it over midnight it is rather a day old than late.
Says why, by the code of a UsageProblem; refuses to change a word: the letter is written anew, or approved again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from inbox_agent.rules import deadlines, extending, letters
from inbox_agent.rules.levels import Sign
from replies.filters import names_day
from replies.pairs import SILENT_ON_DELAY
from state.lifecycle import tells_of_data
from state.model import Case, Contact, Draft, DraftStatus, Letter

_WORDS_OF_REASON = 2  # "he asked" says something, a dot nothing


def reasoned(words: str) -> bool:
    """Whether words that are recorded as the reason of a person say anything (GDPR 5(2), 24)."""
    return len(re.findall(r"[^\W\d_]{2,}", words)) >= _WORDS_OF_REASON


def past_extension(case: Case, draft: Draft, on: date) -> str:
    """Why the notice of an extension may not leave on this day: it must in the first month, whenever it was written,
    and once (GDPR 12(3)); "" where it may, and for any other letter.
    """
    if draft.letter is not Letter.EXTENSION:
        return ""
    gates = (extending.gate(request, draft.facts["reason"], on)[1] for request in letters.requests_of(case, draft))
    return next((str(gate.code) for gate in gates if not gate.allowed), "")


def past_announcement(case: Case, draft: Draft, on: date) -> str:
    """Why a letter may not leave on this day that announces for an earlier one what it says will have been done, in our
    words or a person's; or for this one, what must be told beforehand (GDPR 18(3)).
    """
    told, beforehand = letters.announced(case, draft), draft.letter is Letter.RESTRICTION_LIFTED
    late = any((day < on or (beforehand and day == on)) and names_day(draft.body, day, draft.language) for day in told)
    return "announced_before_it_leaves" if late else ""


def beside_approved(draft: Draft, drafts: Sequence[Draft]) -> str:
    """Why the notice of a fee or of an extension may not leave beside the other, which is approved and has not left,
    nor a fee that was written before an extension left: it tells a day of the answer that is none any more (GDPR
    12(1), 12(3)). `drafts`: the case's letters.
    """
    other = {Letter.FEE: Letter.EXTENSION, Letter.EXTENSION: Letter.FEE}.get(draft.letter)
    beside = [one for one in drafts if one.letter is other]
    waits = any(one.status in ON_ITS_WAY for one in beside)
    return "fee_beside_extension" if waits or any(_moved_since(draft, one) for one in beside) else ""


def _moved_since(draft: Draft, other: Draft) -> bool:
    """Whether this is a fee that was written before the notice of an extension was approved, which has left."""
    left = other.letter is Letter.EXTENSION and other.status is DraftStatus.SENT
    return left and other.approved_at is not None and draft.created_at <= other.approved_at


ON_ITS_WAY = frozenset({DraftStatus.APPROVED, DraftStatus.SENDING, DraftStatus.UNCERTAIN})
"""A letter of which nobody knows yet that it left, and that a person has let go."""


ANSWER_LATE = "answer_late"
"""Of an answer that was brought late and does not say so: a letter of its own tells it."""


def late_since(case: Case, draft: Draft, on: date) -> str:
    """Why a letter on paper that was approved in time may not leave on this day: it is late, and says neither that it
    is nor why (GDPR 12(3)-(4)).
    """
    promises = [request.current.promise for request in letters.requests_of(case, draft)]
    if draft.approved_at is None or not promises or draft.letter in SILENT_ON_DELAY:
        return ""
    return "late_since_approval" if deadlines.helsinki_date(draft.approved_at) <= min(promises) < on else ""


def misaddressed(case: Case, draft: Draft, contact: Contact | None) -> str:
    """Why a letter that tells of data, or carries a code to the contact on file, may not leave: what is on file became
    known, or changed, after it was addressed.
    """
    private = draft.letter is Letter.IDENTITY_CODE or tells_of_data(draft.letter, letters.requests_of(case, draft))
    if draft.on_paper or contact is None or not private:
        return ""
    now = contact.address or case.subject.address
    return "" if draft.envelope.to.address.casefold() == now.casefold() else "another_address_on_file"


def protected_since(case: Case, contact: Contact | None) -> str:
    """Why a letter that a person let go without proof may not leave: its reader is protected (turvakielto), which may
    have become known since; of that no reason makes good.
    """
    return "protected" if Sign.PROTECTED in case.flags or (contact and contact.protected) else ""
