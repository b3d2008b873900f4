"""Mail that a colleague passed on: whose request it really is.

Owns the way from a forwarded mail, inside the text or attached, to its writer. Refuses to believe it: the address
comes from a text that anybody could have typed, so a person looks at every forwarded request.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from inbox_agent.rules.addresses import ADDRESS, domain_of, parties, within
from inbox_agent.rules.bodies import Reading, read_bodies
from inbox_agent.rules.mime import Entity
from inbox_agent.rules.quotes import QuotedMail, Split, split_quotes
from inbox_agent.rules.visible import visible, visible_line
from state.model import Party

MAX_ATTACHED = 5
"""Attached mails that are read (our choice); further ones are attachments only."""

_FORWARD_PREFIX = re.compile(r"\s*(?:vl|vb|fwd?|wg|välitetty|edelleen)\s*:", re.IGNORECASE)
_REPLY_PREFIX = re.compile(r"\s*(?:vs|sv|re|aw|ad|antw)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A mail passed on by a colleague. `subject_address` is the data subject's, "" where none is to be read;
    `text` is what that person wrote, `sent` when, as written; `through` whatever the mails on the way say of who passed
    it on and to whom.
    """

    by: str
    subject_address: str
    text: str
    sent: str = ""
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttachedMail:
    """A mail attached to a mail: its writer, its own words, all of it as people read it, and what it carries."""

    sender: str
    own: str
    shown: str
    files: tuple[Entity, ...]
    date: str = ""
    to: str = ""
    within: tuple[QuotedMail, ...] = ()  # the mails that it quotes or forwards itself


def announces_forward(subject: str) -> bool:
    """Whether a subject begins with a forward's prefix in one of the three languages."""
    return bool(_FORWARD_PREFIX.match(subject))


def attached_mails(reading: Reading) -> tuple[AttachedMail, ...]:
    """Read the mails attached to a mail, each before those attached to it in turn, at most `MAX_ATTACHED`."""
    return tuple(islice(_attached_to(reading), MAX_ATTACHED))


def _attached_to(reading: Reading) -> Iterator[AttachedMail]:
    """As deep as a mail is taken apart (`mime.MAX_DEPTH`)."""
    for part in reading.mails:
        root = part.children[0]
        inner = read_bodies(root)
        yield _attached(root, inner)
        yield from _attached_to(inner)


def forwarded(
    sender: Party, subject: str, split: Split, attached: Sequence[AttachedMail], own_domains: Collection[str]
) -> Forwarded | None:
    """The original mail of a colleague's forward; None where the sender is no colleague or nothing was forwarded.

    Of several mails in a chain the first whose writer is not one of us is meant; our own people may be data
    subjects too, so where all are ours the first one is.
    """
    if not within(domain_of(sender.address), own_domains):
        return None
    candidates = [
        passed
        for mail in attached
        for passed in (_Passed(mail.sender, mail.own, mail.date, mail.sender, mail.to), *map(_passed, mail.within))
    ]
    if announces_forward(subject) or split.forward or (split.mails and not _REPLY_PREFIX.match(subject)):
        candidates += map(_passed, split.mails)
    if not candidates:
        return None
    outside = [one for one in candidates if one.address and not within(domain_of(one.address), own_domains)]
    nameless = [one for one in candidates if not one.address]
    meant = next(iter(outside or nameless or candidates))
    before = candidates[: candidates.index(meant)]
    through = (f"{sender.name} <{sender.address}>", *(who for one in before for who in (one.sender, one.to)), meant.to)
    return Forwarded(sender.address, meant.address, meant.text, meant.sent, tuple(filter(None, through)))


@dataclass(frozen=True, slots=True)
class _Passed:
    """One mail of a chain: its writer's address and own words, and as written its day, its writer and its reader."""

    address: str
    text: str
    sent: str
    sender: str
    to: str


def _passed(mail: QuotedMail) -> _Passed:
    return _Passed(_address(mail.sender), _own_words(mail), mail.date, mail.sender, mail.to)


def _attached(root: Entity, reading: Reading) -> AttachedMail:
    split = split_quotes(reading.body.text, reading.body.attributions, reading.body.rest)
    senders = parties(root.headers.first("from"))
    shown = "\n".join((*_shown_headers(root), "", reading.body.text))
    sender = senders[0].address if senders else ""
    # Their server's stamp says when they got it; its writer's clock, when it was written.
    date = (root.headers.first("received") or b"").rpartition(b";")[2] or root.headers.first("date") or b""
    return AttachedMail(
        sender,
        split.own or reading.body.text,
        shown.strip(),
        tuple(reading.files),
        date.decode("latin-1").strip(),
        visible_line(root.headers.text("to")),
        split.mails,
    )


def _shown_headers(root: Entity) -> Iterator[str]:
    for name in ("From", "Date", "To", "Subject"):
        if value := visible_line(root.headers.text(name.lower())):
            yield f"{name}: {value}"


def _own_words(mail: QuotedMail) -> str:
    return split_quotes(mail.text).own or visible(mail.text)


def _address(introduction: str) -> str:
    found = ADDRESS.search(introduction.replace("mailto:", " "))
    return found[0] if found else ""
