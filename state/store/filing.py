"""Opening cases and requests, and putting mails under them: what intake and a person's hands share.

Refuses to decide whether a mail is a request or where it belongs; it is told.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from state.database import SqlValue, json_text, utc_text
from state.errors import IllegalTransition, NotAuthorised, NotIdentified
from state.journal import Entity, Facts
from state.lifecycle import LIVE_CASES, answered_unidentified, known_enough, needs_authority, tells_of_data
from state.model import (
    Act,
    Case,
    CaseKey,
    CaseStatus,
    Draft,
    DueDates,
    Event,
    Message,
    MessageStatus,
    NewCase,
    NewRequest,
    ProofKind,
    Reason,
    Relation,
    Request,
    RequestKey,
    RequestStatus,
    StoredEvent,
)
from state.store.ledger import NOTHING, Columns, Ledger

UNDECIDED: Final[Columns] = {"outcome": None, "decision": None}
"""What a request holds that is neither decided nor answered."""


def open_case(ledger: Ledger, new: NewCase, event: Event) -> CaseKey:
    """Open a case with its requests. Its number counts the cases received in its year.

    Raises ValueError without a request: a case without a clock would wait for ever.
    """
    if not new.requests:
        raise ValueError("a case without a request has no clock")
    year = new.received_on.year
    last = ledger.database.row("select max(serial) as serial from cases where year = ?", year)
    serial = ((last["serial"] if last else None) or 0) + 1
    sought = storable(f"{new.subject.name} {new.subject.address}".casefold())
    columns: dict[str, SqlValue] = {
        "year": year,
        "serial": serial,
        "status": new.status,
        "subject_name": storable(new.subject.name),
        "subject_address": storable(new.subject.address),
        "subject_key": address_key(new.subject.address),
        "sought": sought,
        "flags": json_text(list(new.flags)),
        "language": new.language,
        "channel": new.channel,
        "postal": storable(new.postal) or None,
        "received_at": utc_text(new.received_at),
        "received_on": new.received_on.isoformat(),
        "identity_level": new.identity_level,
        "identity_required": new.identity_required,
        "opened_at": utc_text(event.at),
    }
    facts = {"number": f"{year}-{serial:04}", "received_on": new.received_on.isoformat(), "channel": new.channel}
    case = CaseKey(ledger.create(Entity.CASE, None, columns, event, facts=facts))
    for word in words(f"{sought} {year}-{serial:04}"):
        ledger.database.insert("words", {"word": word, "case_id": case})
    for request in new.requests:
        open_request(ledger, case, request, event)
    return case


def words(text: str) -> list[str]:
    """The words by whose beginnings a case is found, each once."""
    return list(dict.fromkeys(re.findall(r"[^\W_]+", text)))


def open_request(ledger: Ledger, case: CaseKey, new: NewRequest, event: Event) -> RequestKey:
    """Open one right under a case. Its event holds receipt and dates, so that they can be computed again."""
    columns: dict[str, SqlValue] = {
        "case_id": case,
        "kind": new.kind,
        "status": RequestStatus.OPEN,
        "received_on": new.received_on.isoformat(),
        **due_columns(new.due),
    }
    facts = {"kind": new.kind, "received_on": new.received_on.isoformat(), **due_facts(new.due)}
    # Levels are in the order of their texts.
    ledger.database.write(
        "update cases set identity_required = max(identity_required, ?) where id = ?", new.identity_required, case
    )
    return RequestKey(ledger.create(Entity.REQUEST, case, columns, event, facts=facts))


def receive_earlier(
    ledger: Ledger, request: Request, on: date, event: Event, *, due: DueDates, longer: DueDates
) -> None:
    """Count a right's dates from an earlier receipt."""
    if request.extended is not None:
        _set_columns(ledger, request, due_columns(longer, "extended_"))
    count_from(ledger, request, on, event, act=Act.CASE_RECEIVED_EARLIER, due=due)


def count_from(ledger: Ledger, request: Request, on: date, event: Event, *, act: Act, due: DueDates) -> None:
    """Give a right another receipt and its dates; the event holds them, so that they can be computed again."""
    _set_columns(ledger, request, {"received_on": on.isoformat(), **due_columns(due)})
    # The order of the queue follows from the promises, whichever way they move.
    ledger.database.write("update requests set status = status where id = ?", request.key)
    facts = {"received_on": on.isoformat(), **due_facts(due)}
    ledger.remark(Entity.REQUEST, request.key, request.case, act, event, facts=facts)


def _set_columns(ledger: Ledger, request: Request, columns: Columns) -> None:
    settings = ", ".join(f"{column} = ?" for column in columns)
    ledger.database.write(f"update requests set {settings} where id = ?", *columns.values(), request.key)  # noqa: S608


def due_columns(due: DueDates, prefix: str = "") -> dict[str, str]:
    return {f"{prefix}{name}_on": day for name, day in due_facts(due).items()}


def due_facts(due: DueDates) -> dict[str, str]:
    """The three dates, ISO."""
    return {"promise": str(due.promise), "backstop": str(due.backstop), "target": str(due.target)}


def reopen_case(ledger: Ledger, case: Case, event: Event, status: CaseStatus = CaseStatus.OPEN) -> None:
    """Open an ended case again; what its end did to its rights and mails is another question (`restore`).

    Raises IllegalTransition for one that goes on in another case.
    """
    if case.joined_to is not None:
        raise IllegalTransition("case", case.status, status)
    ledger.move_case(case, status, Act.CASE_REOPENED, event, columns={"closed_at": None})


def restore(ledger: Ledger, case: Case, event: Event) -> None:
    """Open an ended case again with what its end had settled: rights with their old clocks, and mails."""
    reopen_case(ledger, case, event)
    for request in _settled(ledger, case):
        ledger.move_request(request, RequestStatus.OPEN, Act.REQUEST_REOPENED, event, columns=UNDECIDED)
    if case.status is CaseStatus.DISMISSED:
        move_mails(ledger, case, MessageStatus.FILED, None, event)


def _settled(ledger: Ledger, case: Case) -> list[Request]:
    """The answered rights of a closed case; of a dismissed one those that its dismissal dropped, and not what had been
    corrected before. Where there is neither, all that was dropped: a case without a clock would wait for ever.
    """
    answered = [request for request in case.requests if request.status is RequestStatus.ANSWERED]
    if case.status is CaseStatus.CLOSED and answered:
        return answered
    dropped = [request for request in case.requests if request.status is RequestStatus.DROPPED]
    with_its_end = _dropped_with_the_end(ledger, case)
    return [request for request in dropped if request.key in with_its_end] or dropped


def _dropped_with_the_end(ledger: Ledger, case: Case) -> set[int]:
    """The rights that were dropped by the dismissal that ended the case, or after it."""
    rows = ledger.database.rows(
        "select entity_id from events where case_id = ? and act = ? and seq >"
        " (select max(seq) from events where case_id = ? and act = ?)",
        case.key,
        Act.REQUEST_DROPPED,
        case.key,
        Act.CASE_DISMISSED,
    )
    return {row["entity_id"] for row in rows}


def move_mails(ledger: Ledger, case: Case, status: MessageStatus, reason: Reason | None, event: Event) -> None:
    """Give every mail of a case the same status; they stay the case's."""
    for message in ledger.records.messages(case.key):
        if message.status is not status:
            facts = {"reason": reason} if reason else {"relation": message.relation}
            ledger.move_message(message, status, event, case=case.key, facts=facts, columns={"reason": reason})


def put_under(ledger: Ledger, message: Message, case: CaseKey, relation: Relation, event: Event) -> None:
    """File a mail that was set aside or quarantined under a case, so that replies to it find that case."""
    refuse_erased(ledger, message)
    if message.case is not None:  # it was set aside with a dismissed case, which may have been purged since
        refuse_purged(ledger.records.case(message.case))
    ledger.move_message(
        message,
        MessageStatus.FILED,
        event,
        case=case,
        facts={"relation": relation},
        columns={"reason": None, "relation": relation},
    )
    if message.case is not None and message.message_id:
        ledger.database.write(
            "delete from threads where message_id = ? and case_id = ?", message.message_id, message.case
        )
    point_to(ledger, message.message_id, case)


def make_it_our_turn(ledger: Ledger, case: Case, event: Event) -> None:
    """Filed silently under a case that waits or has ended, a mail would not be read.

    Raises IllegalTransition for a case that has ended and goes on in another.
    """
    match case.status:
        case CaseStatus.WAITING:
            resume_case(ledger, case, event)
        case CaseStatus.CLOSED if answered_unidentified(case):  # the answer waits for a proof, which this may be
            restore(ledger, case, event)
        case CaseStatus.CLOSED:  # answered is answered; a person sees whether this changes it
            reopen_case(ledger, case, event)
        case CaseStatus.DISMISSED:
            restore(ledger, case, event)


def resume_case(ledger: Ledger, case: Case, event: Event) -> None:
    ledger.move_case(case, CaseStatus.OPEN, Act.CASE_RESUMED, event)


def refuse_purged(case: Case) -> None:
    """A purged case takes nothing in any more. Raises IllegalTransition."""
    if case.status is CaseStatus.PURGED:
        raise IllegalTransition("case", case.status, CaseStatus.OPEN)


def refuse_erased(ledger: Ledger, message: Message) -> None:
    """A mail without its text opens nothing. Raises IllegalTransition."""
    row = ledger.database.row("select erased from messages where id = ?", message.key)
    if row is not None and row["erased"]:
        raise IllegalTransition("message", message.status, MessageStatus.FILED)


def refuse_ended(case: Case) -> None:
    """A right is opened only where a clock is watched. Raises IllegalTransition."""
    if case.status not in LIVE_CASES:
        raise IllegalTransition("case", case.status, CaseStatus.OPEN)


def point_to(ledger: Ledger, message_id: str | None, case: CaseKey) -> None:
    """Let replies to this Message-ID find the case."""
    if message_id:
        ledger.database.write("insert or ignore into threads (message_id, case_id) values (?, ?)", message_id, case)


def remark_beside(ledger: Ledger, case: CaseKey, act: Act, text: str, event: Event, *, facts: Facts = NOTHING) -> None:
    """Record something about a case, with a person's words beside the event: those are erased with the case."""
    stored = ledger.remark(Entity.CASE, case, case, act, event, facts=facts)
    write_beside(ledger, stored, text)


def refuse_unidentified(ledger: Ledger, draft: Draft) -> None:
    """Nothing about a person leaves below the level it needs, unless a person let this very text go.

    Raises NotIdentified.
    """
    case = ledger.records.case(draft.case)
    about = [request for request in case.requests if request.key in draft.requests]
    if known_enough(case, about) or not tells_of_data(draft.letter, about):
        return
    if not ledger.records.overridden(draft.key, draft.text_hash):
        raise NotIdentified(case.number, case.identity_level, case.identity_required)


def refuse_unauthorised(ledger: Ledger, draft: Draft) -> None:
    """No answer goes to whoever writes for another before their authority was seen, whatever level was reached.

    Nobody can let such a letter go. Raises NotAuthorised.
    """
    case = ledger.records.case(draft.case)
    seen = any(proof.kind is ProofKind.AUTHORITY for proof in ledger.records.proofs(case.key))
    if needs_authority(case, draft, seen=seen):
        raise NotAuthorised(case.number)


def address_key(address: str) -> str | None:
    """What two spellings of one address share; None for an empty one."""
    return storable(address.casefold()) or None


def storable(text: str) -> str:
    """Mail headers may hold half characters (lone surrogates), which no database takes."""
    return text.encode("utf-8", "replace").decode()


def write_beside(ledger: Ledger, stored: StoredEvent, text: str) -> None:
    """Keep a person's words beside a case's event, where a purge can reach them."""
    columns = {"event_seq": stored.seq, "case_id": stored.case, "text": storable(text)}
    ledger.database.insert("notes", columns)
