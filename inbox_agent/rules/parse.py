"""From the bytes of a mail to everything the rules want to know of it.

Owns the order in which the rooms of reading are asked, and the promise that holds over all of them: whatever the
bytes, there is an `InboundMessage`, in time and memory that grow with the mail's length and no faster. Refuses to
judge what the mail asks for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inbox_agent.rules.addresses import domain_of, parties, within
from inbox_agent.rules.attachments import Attachment, attachment_of, matter_is_attached
from inbox_agent.rules.authenticity import authenticity
from inbox_agent.rules.automation import asks_to_unsubscribe, kind_of
from inbox_agent.rules.bodies import Reading, read_bodies
from inbox_agent.rules.bounces import bounced_identifiers
from inbox_agent.rules.forwards import AttachedMail, Forwarded, announces_forward, attached_mails, forwarded
from inbox_agent.rules.headers import Headers, date_of, identifiers, received_date
from inbox_agent.rules.identity_codes import find_identity_codes
from inbox_agent.rules.impostors import oddities
from inbox_agent.rules.language import language_of
from inbox_agent.rules.mime import BOUNDS, Entity, split
from inbox_agent.rules.quotes import Split, split_quotes
from inbox_agent.rules.visible import REPLACEMENT, visible_line
from state.model import MessageKind, Party

__all__ = ["Attachment", "Forwarded", "InboundMessage", "parse"]

_NOBODY = Party("", "")
_CLOCKS_DIFFER = timedelta(days=1)  # by which a sender's clock or zone may be wrong (our choice)
_LONGEST_SUBJECT = 1_000
_STRAY = 3  # unprintable characters that any text may hold
_READ_BY_PEOPLE = frozenset({MessageKind.MAIL, MessageKind.LIST})
_OF_PROGRAMS = frozenset({MessageKind.AUTO_REPLY, MessageKind.AUTOMATIC})


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One mail, read. Texts are sanitised (`visible`) and not masked: who shows or stores them as JSON masks them.

    `references` holds `in_reply_to`, oldest first. `text` is all that a person sees, `new_text` the writer's own
    words, `quoted` those of older mails. Instants are aware UTC; `received_at` is the topmost Received field's.
    `auth` is pass, fail or none. `bounced` are Message-IDs that a bounce reports. `defects` say what was wrong with
    the bytes ("unreadable": nothing could be made of them), `flags` what a person should look at.
    """

    message_id: str | None
    subject: str
    sender: Party
    reply_to: Party | None
    recipients: tuple[Party, ...]
    sent_at: datetime | None
    received_at: datetime | None
    in_reply_to: str | None
    references: tuple[str, ...]
    kind: MessageKind
    language: str
    text: str
    new_text: str
    quoted: str
    unseen: str
    attachments: tuple[Attachment, ...]
    attachment_only: bool
    auth: str
    address_authenticated: bool
    forwarded: Forwarded | None
    one_click_unsubscribe: bool
    bounced: tuple[str, ...]
    defects: tuple[str, ...]
    flags: tuple[str, ...]


def parse(raw: bytes, trusted_authserv_ids: Sequence[str] = (), own_domains: Sequence[str] = ()) -> InboundMessage:
    """Read one mail. Never raises for what a mail holds.

    `trusted_authserv_ids` name our own servers' Authentication-Results (RFC 8601, 5), `own_domains` our people's.
    """
    try:
        return _parse(raw, trusted_authserv_ids, tuple(domain.lower() for domain in own_domains))
    except Exception:  # noqa: BLE001  # a mistake of ours must cost one mail's reading, not the agent: a person sees it
        return _unreadable()


@dataclass(frozen=True, slots=True)
class _Envelope:
    """What the header says. `senders` is everybody in the From fields, `sender` the one that is shown."""

    headers: Headers
    subject: str
    senders: tuple[Party, ...]
    sender: Party
    reply_to: Party | None
    recipients: tuple[Party, ...]
    sent_at: datetime | None
    received_at: datetime | None
    message_id: str | None
    in_reply_to: str | None


@dataclass(frozen=True, slots=True)
class _Content:
    """What the parts say: everything read, the mails among it, whose words they are, and the whole as one text."""

    reading: Reading
    attached: tuple[AttachedMail, ...]
    words: Split
    text: str

    @property
    def files(self) -> tuple[Entity, ...]:
        return (*self.reading.files, *(file for mail in self.attached for file in mail.files))


def _parse(raw: bytes, trusted: Sequence[str], own_domains: tuple[str, ...]) -> InboundMessage:
    root, defects = split(raw)
    envelope = _envelope(root.headers)
    content = _content(root, envelope.subject)
    words, sender, subject = content.words, envelope.sender, envelope.subject
    kind = kind_of(root, sender, subject, content.text)
    if kind in _OF_PROGRAMS and _by_our_form(envelope, own_domains):
        kind = MessageKind.MAIL
    readable = kind in _READ_BY_PEOPLE
    passed_on = forwarded(sender, subject, words, content.attached, own_domains) if readable else None
    said = passed_on.text if passed_on else words.own
    files = tuple(map(attachment_of, (*content.reading.mails, *content.files)))
    auth = authenticity(root.headers, sender.address, trusted)
    defects |= content.reading.defects | set(_missing(envelope, content.text))
    return InboundMessage(
        message_id=envelope.message_id,
        subject=subject,
        sender=sender,
        reply_to=envelope.reply_to,
        recipients=envelope.recipients,
        sent_at=envelope.sent_at,
        received_at=envelope.received_at,
        in_reply_to=envelope.in_reply_to,
        references=_references(root.headers, envelope.in_reply_to),
        kind=kind,
        language=language_of(said or content.text, subject),
        text=content.text,
        new_text=words.own,
        quoted="\n\n".join(part for part in (words.quoted, *(mail.shown for mail in content.attached)) if part),
        unseen=content.reading.unseen,
        attachments=files,
        attachment_only=readable and matter_is_attached(said, subject, content.files),
        auth=auth,
        address_authenticated=auth == "pass" and len(envelope.senders) == 1 and len(root.headers.all("from")) == 1,
        forwarded=passed_on,
        one_click_unsubscribe=asks_to_unsubscribe(kind, subject, words.own, envelope.recipients),
        bounced=bounced_identifiers(root) if kind is MessageKind.BOUNCE else (),
        defects=tuple(sorted(defects)),
        flags=tuple(sorted({*content.reading.flags, *_flags(envelope, content.text, files, defects, own_domains)})),
    )


def identifier_of(raw: bytes) -> str | None:
    """The Message-ID of a mail, or of a header alone, as it is stored."""
    root, _ = split(raw)
    found = next(iter(identifiers(root.headers.first("message-id"))), None)
    return found and found.encode("utf-8", "replace").decode()


def _envelope(headers: Headers) -> _Envelope:
    senders = tuple(party for field in headers.all("from") for party in parties(field))
    return _Envelope(
        headers=headers,
        subject=visible_line(headers.text("subject"))[:_LONGEST_SUBJECT],
        senders=senders,
        sender=next((party for party in senders if party.address), senders[0] if senders else _NOBODY),
        reply_to=next((party for party in parties(headers.first("reply-to")) if party.address), None),
        recipients=parties(headers.first("to")) + parties(headers.first("cc")),
        sent_at=date_of(headers.first("date")),
        received_at=received_date(headers.first("received") or b""),
        message_id=next(iter(identifiers(headers.first("message-id"))), None),
        in_reply_to=next(iter(identifiers(headers.first("in-reply-to"))), None),
    )


def _content(root: Entity, subject: str) -> _Content:
    reading = read_bodies(root)
    body = reading.body
    attached = attached_mails(reading)
    words = split_quotes(body.text, body.attributions, body.rest, forwarded=announces_forward(subject))
    shown = (body.text.strip("\n"), *(mail.shown for mail in attached))
    return _Content(reading, attached, words, "\n\n".join(part for part in shown if part.strip()))


def _references(headers: Headers, in_reply_to: str | None) -> tuple[str, ...]:
    earlier = identifiers(headers.first("references"))
    return earlier if in_reply_to is None or in_reply_to in earlier else (*earlier, in_reply_to)


def _missing(envelope: _Envelope, text: str) -> Iterator[str]:
    if envelope.message_id is None:
        yield "no_message_id"
    if envelope.sent_at is None:
        yield "bad_date" if envelope.headers.first("date") else "no_date"
    if (not envelope.headers.fields and not _says_anything(text)) or _is_garbled(text):
        yield "unreadable"


def _flags(
    envelope: _Envelope, text: str, files: Sequence[Attachment], defects: set[str], own_domains: tuple[str, ...]
) -> Iterator[str]:
    yield from oddities(envelope.headers, envelope.senders, envelope.reply_to, own_domains)
    if not BOUNDS.isdisjoint(defects):
        yield "truncated"
    sent_at, received_at = envelope.sent_at, envelope.received_at
    if sent_at and received_at and sent_at > received_at + _CLOCKS_DIFFER:
        yield "date_in_future"
    sender = envelope.sender
    if any(map(find_identity_codes, (text, envelope.subject, sender.name, sender.address, *(f.name for f in files)))):
        yield "identity_code"


def _by_our_form(envelope: _Envelope, own_domains: Collection[str]) -> bool:
    """Whether our own program passes on what somebody outside wrote: it may call itself automatic, and the words are
    that person's all the same. No notice and no absence of ours asks for replies to go outside.
    """
    reply_to = envelope.reply_to
    outside = reply_to is not None and not within(domain_of(reply_to.address), own_domains)
    return outside and within(domain_of(envelope.sender.address), own_domains)


def _says_anything(text: str) -> bool:
    """Whether a text without any header is one: it has letters."""
    return any(letter.isalpha() for letter in text)


def _is_garbled(text: str) -> bool:
    """Whether a tenth of a text is unprintable: whatever it said, nobody can tell."""
    return text.count(REPLACEMENT) > max(_STRAY, len(text) // 10)


def _unreadable() -> InboundMessage:
    return InboundMessage(
        message_id=None,
        subject="",
        sender=_NOBODY,
        reply_to=None,
        recipients=(),
        sent_at=None,
        received_at=None,
        in_reply_to=None,
        references=(),
        kind=MessageKind.MAIL,
        language="fi",
        text="",
        new_text="",
        quoted="",
        unseen="",
        attachments=(),
        attachment_only=False,
        auth="none",
        address_authenticated=False,
        forwarded=None,
        one_click_unsubscribe=False,
        bounced=(),
        defects=("parser_failed", "unreadable"),
        flags=(),
    )
