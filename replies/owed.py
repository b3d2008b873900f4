"""Which letter owes its reader what (GDPR 12(1)-(6), 15(1), 17-22).

Owns the table from letters and outcomes to what must stand in the text. Refuses to know the words, which are
`replies.wording`'s, and to look for them: `replies.presence` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from replies import choices
from replies.grounds import NATIONAL_LIMIT
from replies.lens import Lens
from replies.occasions import asks_identity, bans
from replies.pairs import COMPLAINED_OF, GIVING, NOT_ACTING, REFUSING, SILENT_ON_DELAY
from state.model import Letter, Outcome, RequestKind

_COMPLAINT_DUE = NOT_ACTING | {Outcome.NO_DATA}
_ASKING = frozenset(
    {Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE, Letter.AUTHORITY_QUESTION, Letter.MORE_INFORMATION, Letter.FEE}
)
# One goes to whom the file names, the other tells what was granted.
_NOTHING_ASKED = frozenset({Letter.IDENTITY_CODE, Letter.RESTRICTION_LIFTED})
_CHANGED = (RequestKind.RECTIFICATION, RequestKind.ERASURE, RequestKind.RESTRICTION)
_NO_TRACE = frozenset({RequestKind.MARKETING_OBJECTION, RequestKind.AUTOMATED_DECISION})


def _complaint_due(read: Lens) -> bool:
    if read.letter in COMPLAINED_OF:
        return True
    return read.answers(_COMPLAINT_DUE) or read.answers(GIVING, RequestKind.ACCESS)


def _waits_for_reader(read: Lens) -> bool:
    return read.letter in {Letter.ACKNOWLEDGEMENT, Letter.IDENTITY_QUESTION, Letter.MORE_INFORMATION, Letter.FEE}


def _late(read: Lens) -> bool:
    return read.late and read.letter not in SILENT_ON_DELAY


def _gives_access(read: Lens, *scopes: str) -> bool:
    """Whether it gives access in one of these scopes."""
    given = (part for part in read.parts if part.kind is RequestKind.ACCESS and part.outcome in GIVING)
    return read.letter is Letter.OUTCOME and any(choices.access_scope(part.facts) in scopes for part in given)


def _limited_by_the_act(read: Lens) -> bool:
    return any(one.facts.get("ground") == NATIONAL_LIMIT for one in read.refused)


def _limited_by_another_act(read: Lens) -> bool:
    return any(one.ground is not None and one.ground.other_law for one in read.refused)


def _asks_who(read: Lens) -> bool:
    """Whether the letter asks its reader who they are: in doing so it gives its reason, and more ways than one."""
    return read.letter is Letter.IDENTITY_QUESTION or read.answers(frozenset({Outcome.NOT_IDENTIFIED}))


def _stands_by(read: Lens) -> bool:
    """Whether it comes back to an earlier answer and changes nothing of it."""
    return read.letter is Letter.FOLLOW_UP and read.context.facts.get("result") == "stands"


def _always(_: Lens) -> bool:
    return True


OWED: Mapping[str, Callable[[Lens], bool]] = MappingProxyType(
    {
        "controller_missing": _always,
        "contact_missing": _always,
        "way_in_missing": lambda read: read.context.on_paper,
        "only_mail_in": lambda read: read.context.on_paper and read.letter not in _ASKING,
        "asked_by_mail_only": lambda read: read.context.on_paper and read.letter in _ASKING,
        "number_missing": _always,
        "received_missing": _always,
        "understood_missing": lambda read: read.letter not in _NOTHING_ASKED,
        "complaint_missing": _complaint_due,
        "complaint_contact_missing": _complaint_due,
        "remedy_missing": lambda read: read.answers(NOT_ACTING) or read.letter is Letter.FEE or _stands_by(read),
        "ground_missing": lambda read: read.answers(REFUSING),
        "other_law_unnamed": _limited_by_another_act,
        "until_missing": lambda read: read.answers(REFUSING),
        "ombudsman_gets_missing": _limited_by_the_act,
        "extension_date_missing": lambda read: read.letter is Letter.EXTENSION,
        "extension_reason_missing": lambda read: read.letter is Letter.EXTENSION,
        "promise_missing": lambda read: _waits_for_reader(read) and not read.late,
        "voluntary_missing": lambda read: read.letter is Letter.MORE_INFORMATION,
        "nothing_confirmed_missing": asks_identity,
        "doubt_missing": _asks_who,
        "options_missing": _asks_who,
        "stop_date_missing": bans,
        "suppression_missing": bans,
        "earlier_processing_missing": lambda read: read.answers(GIVING, RequestKind.CONSENT_WITHDRAWAL),
        "lifting_notice_missing": lambda read: read.answers(GIVING, RequestKind.RESTRICTION),
        "copy_missing": lambda read: (
            read.answers(GIVING, RequestKind.PORTABILITY) or _gives_access(read, *choices.COPIED)
        ),
        "access_information_missing": lambda read: _gives_access(read, "all", "information"),
        "file_format_missing": lambda read: read.answers(GIVING, RequestKind.PORTABILITY),
        "recipients_told_missing": lambda read: read.answers(GIVING, *_CHANGED),
        "backups_missing": lambda read: read.answers(GIVING, RequestKind.ERASURE),
        "trace_missing": lambda read: (
            read.answers(GIVING, RequestKind.ERASURE)
            or read.answers(frozenset({Outcome.NO_DATA}), *(set(RequestKind) - _NO_TRACE))
        ),
        "searched_missing": lambda read: read.answers(frozenset({Outcome.NO_DATA})),
        "extra_data_missing": lambda read: read.answers(frozenset({Outcome.ART11})),
        "passed_on_missing": lambda read: read.answers(frozenset({Outcome.FORWARDED})),
        "apology_missing": _late,
        "late_reason_missing": _late,
        "firm_day_missing": lambda read: read.letter is Letter.LATE_NOTICE or (_late(read) and _waits_for_reader(read)),
        "fee_ground_missing": lambda read: read.letter is Letter.FEE,
        "fee_amount_missing": lambda read: read.letter is Letter.FEE,
        "fee_choice_missing": lambda read: read.letter is Letter.FEE,
    }
)
"""Which letters owe what."""
