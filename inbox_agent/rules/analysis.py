"""What we think of one mail as a plain JSON object: the contract of `inbox-agent explain --json`.

The same object is stored beside the mail, so that the reasons shown later are the reasons of the day.
Everything in it is sanitised for display and its personal identity codes are masked.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from inbox_agent.profile import Deadlines
from inbox_agent.rules import deadlines
from inbox_agent.rules.attached import AttachedText
from inbox_agent.rules.documents import shown_names
from inbox_agent.rules.evidence import Evidence
from inbox_agent.rules.parse import InboundMessage
from inbox_agent.rules.understand import Understood, said_by
from inbox_agent.rules.visible import masked, visible_line
from state.model import DueDates, IdentityLevel, MessageKind, Party, Verdict

BY_THE_LAW = Deadlines()
"""Of a controller whose notice promises nothing beyond the law."""

_EXCERPT = 500  # characters of an attachment that are kept beside the mail


def analysis(understood: Understood, received_on: date, settings: Deadlines = BY_THE_LAW) -> dict[str, Any]:
    """Describe one mail: shape and field names are promised in docs/json.md. `draft` and `path` are the caller's."""
    message, classification, identity = understood.message, understood.classification, understood.identity
    return {
        "message": _message(message),
        "verdict": str(classification.verdict),
        "types": list(classification.kinds),
        "evidence": [_evidence(found) for found in classification.evidence],
        "against": [_evidence(found) for found in classification.against],
        "scope": _scope(understood),
        "logic": {"phrase": understood.logic} if understood.logic else None,
        "forwarded": _forwarded(message),
        "joint_receipt": _joint_receipt(understood),
        "identity": {
            "level": str(identity.level),
            "required": str(identity.required),
            "auth": message.auth,
            "address_authenticated": message.address_authenticated,
            "reasons": list(identity.evidence),
        },
        "reply_to": _line(message.reply_to.address) if message.reply_to else None,
        "needs_human": understood.needs_human,
        "attachment_only": message.attachment_only,
        "attached": [_attached(file) for file in understood.attached],
        "flags": list(message.flags),
        "deadline": _deadline(understood, received_on, settings),
    }


def not_understood() -> dict[str, Any]:
    """The same object for a mail on which our own code failed: everything empty, and a person is needed."""
    return {
        "message": {
            "message_id": None,
            "subject": "",
            "from": {"name": "", "address": ""},
            "date": None,
            "attachments": [],
            "text": "",
            "new_text": "",
            "kind": str(MessageKind.MAIL),
            "language": "fi",
            "references": [],
            "defects": ["unreadable"],
        },
        "verdict": str(Verdict.UNSURE),
        "types": [],
        "evidence": [],
        "against": [],
        "scope": None,
        "logic": None,
        "forwarded": None,
        "joint_receipt": None,
        "identity": {
            "level": str(IdentityLevel.L0),
            "required": str(IdentityLevel.L0),
            "auth": "none",
            "address_authenticated": False,
            "reasons": [],
        },
        "reply_to": None,
        "needs_human": True,
        "attachment_only": False,
        "attached": [],
        "flags": [],
        "deadline": None,
    }


def dates(due: DueDates) -> dict[str, str]:
    """Three ISO dates."""
    return {"promise": str(due.promise), "backstop": str(due.backstop), "target": str(due.target)}


def _evidence(found: Evidence) -> dict[str, str]:
    attachment = {"attachment": _line(found.attachment)} if found.attachment else {}
    return {"type": found.type, "phrase": _line(found.phrase), **attachment}


def _attached(file: AttachedText) -> dict[str, str]:
    return {"name": _line(file.name), "state": str(file.state), "text": _line(file.text)[:_EXCERPT]}


def _message(message: InboundMessage) -> dict[str, Any]:
    return {
        "message_id": visible_line(message.message_id) if message.message_id else None,
        "subject": _line(message.subject),
        "from": _party(message.sender),
        "date": message.sent_at.isoformat() if message.sent_at else None,
        "attachments": shown_names(message.attachments, said_by(message)),
        "text": masked(message.text),
        "new_text": masked(message.new_text),
        "kind": str(message.kind),
        "language": message.language,
        "references": [visible_line(reference) for reference in message.references],
        "defects": list(message.defects),
    }


def _deadline(understood: Understood, received_on: date, settings: Deadlines) -> dict[str, Any] | None:
    if understood.classification.verdict is Verdict.NOT_REQUEST or not understood.kinds:
        return None
    deadline = deadlines.under(received_on, settings)
    return {"received": str(received_on), **dates(deadline.due), "extension": dates(deadline.extension)}


def _forwarded(message: InboundMessage) -> dict[str, str] | None:
    if message.forwarded is None:
        return None
    return {"by": _line(message.forwarded.by), "subject_address": _line(message.forwarded.subject_address)}


def _scope(understood: Understood) -> dict[str, str] | None:
    narrowed = understood.narrowed
    return {"scope": narrowed.scope, "phrase": narrowed.phrase} if narrowed else None


def _joint_receipt(understood: Understood) -> dict[str, str] | None:
    earlier = understood.earlier
    return {"by": earlier.by, "on": str(earlier.on)} if earlier else None


def _party(party: Party) -> dict[str, str]:
    return {"name": _line(party.name), "address": _line(party.address)}


def _line(text: str) -> str:
    return masked(visible_line(text))
