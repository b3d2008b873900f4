"""How a row becomes a record of `state.model`: columns to fields, nothing asked and nothing written.

An erased column reads as empty text, so that a purged case can still be shown.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime

from state.database import instant, json_object
from state.model import (
    Case,
    CaseKey,
    CaseStatus,
    Channel,
    Code,
    CodeKey,
    Contact,
    Correction,
    CorrectionKey,
    Counting,
    Delivery,
    Draft,
    DraftKey,
    DraftStatus,
    DueDates,
    Duty,
    DutyKey,
    DutyKind,
    DutyStatus,
    Envelope,
    IdentityLevel,
    Judgement,
    Letter,
    Match,
    Message,
    MessageKey,
    MessageKind,
    MessageStatus,
    Outcome,
    Party,
    Place,
    Proof,
    ProofKind,
    Reason,
    Reckoning,
    Relation,
    Request,
    RequestKey,
    RequestKind,
    RequestStatus,
    Verdict,
)


def message_of(row: sqlite3.Row) -> Message:
    """A row of `MESSAGES`."""
    return Message(
        key=MessageKey(row["id"]),
        case=None if row["case_id"] is None else CaseKey(row["case_id"]),
        relation=Relation(row["relation"]) if row["relation"] else None,
        status=MessageStatus(row["status"]),
        reason=Reason(row["reason"]) if row["reason"] else None,
        place=Place(row["account"], row["folder"], row["uidvalidity"], row["uid"]),
        received_at=instant(row["received_at"]),
        content_hash=row["content_hash"],
        message_id=row["message_id"],
        sender=Party(row["sender_name"] or "", row["sender_address"] or ""),
        subject=row["subject"] or "",
        sent_at=instant_or_none(row["sent_at"]),
        kind=MessageKind(row["kind"]),
        language=row["language"],
        verdict=Verdict(row["verdict"]),
        analysis=json_object(row["analysis"]),
    )


def case_of(row: sqlite3.Row, requests: tuple[Request, ...]) -> Case:
    return Case(
        key=CaseKey(row["id"]),
        number=row["number"],
        status=CaseStatus(row["status"]),
        subject=Party(row["subject_name"] or "", row["subject_address"] or ""),
        language=row["language"],
        received_at=instant(row["received_at"]),
        received_on=date.fromisoformat(row["received_on"]),
        identity_level=IdentityLevel(row["identity_level"]),
        identity_required=IdentityLevel(row["identity_required"]),
        flags=_words(row["flags"]),
        requests=requests,
        opened_at=instant(row["opened_at"]),
        closed_at=instant_or_none(row["closed_at"]),
        channel=Channel(row["channel"]),
        postal=row["postal"] or "",
        assigned=row["assigned"] or "",
        joined_to=CaseKey(row["joined_to"]) if row["joined_to"] else None,
    )


def request_of(row: sqlite3.Row) -> Request:
    return Request(
        key=RequestKey(row["id"]),
        case=CaseKey(row["case_id"]),
        kind=RequestKind(row["kind"]),
        status=RequestStatus(row["status"]),
        received_on=date.fromisoformat(row["received_on"]),
        due=_due(row, ""),
        extended=_due(row, "extended_") if row["extended_promise_on"] else None,
        extension_reason=row["extension_reason"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        decision=json_object(row["decision"]),
    )


def _due(row: sqlite3.Row, prefix: str) -> DueDates:
    return DueDates(*(date.fromisoformat(row[f"{prefix}{name}_on"]) for name in ("promise", "backstop", "target")))


def draft_of(row: sqlite3.Row) -> Draft:
    return Draft(
        key=DraftKey(row["id"]),
        case=CaseKey(row["case_id"]),
        letter=Letter(row["letter"]),
        status=DraftStatus(row["status"]),
        language=row["language"],
        template=row["template"],
        envelope=Envelope(
            Party(row["to_name"] or "", row["to_address"] or ""), row["in_reply_to"], _words(row["reference_ids"])
        ),
        subject=row["subject"] or "",
        body=row["body"] or "",
        text_hash=row["text_hash"],
        original_body=row["original_body"] or "",
        created_at=instant(row["created_at"]),
        approved_by=row["approved_by"],
        approved_at=instant_or_none(row["approved_at"]),
        approved_hash=row["approved_hash"],
        requests=tuple(RequestKey(key) for key in sorted(json.loads(row["request_ids"]))),
        facts=json_object(row["facts"]),
        not_before=instant_or_none(row["not_before"]),
    )


def delivery_of(row: sqlite3.Row) -> Delivery:
    return Delivery(
        draft=DraftKey(row["draft_id"]),
        message_id=row["message_id"],
        claimed_at=instant(row["claimed_at"]),
        attempts=row["attempts"],
        settled_at=instant_or_none(row["settled_at"]),
        answer=row["answer"],
        unseen=bool(row["unseen"]),
    )


def duty_of(row: sqlite3.Row) -> Duty:
    return Duty(
        key=DutyKey(row["id"]),
        case=CaseKey(row["case_id"]),
        request=None if row["request_id"] is None else RequestKey(row["request_id"]),
        kind=DutyKind(row["kind"]),
        status=DutyStatus(row["status"]),
        due_on=date.fromisoformat(row["due_on"]),
        reckoning=Reckoning(Counting(row["counting"]), date.fromisoformat(row["start_on"]), row["days"]),
        about=row["about"] or "",
        opened_at=instant(row["opened_at"]),
        settled_at=instant_or_none(row["settled_at"]),
        right=RequestKind(row["of_right"]) if row["of_right"] else None,
    )


def contact_of(row: sqlite3.Row) -> Contact:
    return Contact(
        match=Match(row["match"]),
        name=row["name"],
        address=row["address"],
        phone=row["phone"],
        number=row["number"],
        protected=bool(row["protected"]),
        changed_on=date.fromisoformat(row["changed_on"]) if row["changed_on"] else None,
    )


def code_of(row: sqlite3.Row) -> Code:
    return Code(
        key=CodeKey(row["id"]),
        case=CaseKey(row["case_id"]),
        draft=DraftKey(row["draft_id"]),
        address=row["to_address"] or "",
        salt=row["salt"],
        digest=row["digest"],
        wrong=row["wrong"],
        sent_at=instant_or_none(row["claimed_at"]),
        used_at=instant_or_none(row["used_at"]),
        doubted=bool(row["doubted"]),
    )


def proof_of(row: sqlite3.Row) -> Proof:
    facts = json_object(row["facts"])
    kind = ProofKind(facts.get("proof") or ProofKind.OTHER)
    return Proof(instant(row["at"]), row["actor"], kind, IdentityLevel(facts["level"]))


def correction_of(row: sqlite3.Row) -> Correction:
    """A row of `corrections` with its mail's `case_id`."""
    return Correction(
        key=CorrectionKey(row["id"]),
        message=MessageKey(row["message_id"]),
        case=None if row["case_id"] is None else CaseKey(row["case_id"]),
        before=Judgement(Verdict(row["verdict_before"]), _words(row["kinds_before"])),
        after=Judgement(Verdict(row["verdict_after"]), _words(row["kinds_after"])),
        actor=row["actor"],
        at=instant(row["at"]),
    )


def instant_or_none(text: str | None) -> datetime | None:
    return instant(text) if text else None


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()
