"""Whether an incoming mail belongs to a case that exists.

A mail joins a case only if something points at the case *and* its sender is the case's data subject, and
believed to be: right references from a wrong or forged sender are how strangers read along or push a case
forward. Such a mail is reported as `Stranger` and a person decides. Bounces are the exception: they come
from mail servers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inbox_agent.rules.classify import Classification
from inbox_agent.rules.parse import InboundMessage
from state.lifecycle import LIVE_CASES
from state.model import FOLLOW_UP, CaseKey, CaseStatus, KnownThread, MessageKind

_DOUBTS = frozenset(
    {"answer_elsewhere", "display_name_trick", "lookalike_domain", "our_name", "reply_to_elsewhere", "several_from"}
)


@dataclass(frozen=True, slots=True)
class Joins:
    """The mail belongs to this case."""

    case: CaseKey
    thread: KnownThread


@dataclass(frozen=True, slots=True)
class Stranger:
    """The mail points at this case, but somebody else wrote it: never joined by itself."""

    thread: KnownThread


def find_thread(
    message: InboundMessage, sender: str, classification: Classification, threads: Sequence[KnownThread]
) -> Joins | Stranger | None:
    """Find the case of a mail among the candidates that the store offers; None where there is none.

    `sender` is the data subject's address as the mail gives it (the original one of a forwarded mail).
    """
    threads = [thread for thread in threads if thread.status is not CaseStatus.PURGED]  # nothing is left to join
    pointed = [thread for thread in threads if thread.by_reference or thread.number in message.subject]
    if message.kind is MessageKind.BOUNCE:
        return _joins(pointed)
    ours = [thread for thread in pointed if _is_theirs(thread, sender)]
    if pointed and not ours:
        return Stranger(pointed[-1])
    same_person = [thread for thread in threads if _is_theirs(thread, sender)]
    found = _joins(ours or [thread for thread in same_person if _continues(thread, classification)])
    return Stranger(found.thread) if found and _doubtful(message) else found


def _joins(threads: Sequence[KnownThread]) -> Joins | None:
    """Prefer a live case, then the newest one."""
    if not threads:
        return None
    thread = max(threads, key=lambda thread: (thread.status in LIVE_CASES, thread.case))
    return Joins(thread.case, thread)


def _is_theirs(thread: KnownThread, sender: str) -> bool:
    """Whether the sender is the case's person: by the address that asked, or by the one on file."""
    return _same(thread.address, sender) or _same(thread.on_file, sender)


def _same(address: str, sender: str) -> bool:
    return bool(address) and address.casefold() == sender.casefold()


def _doubtful(message: InboundMessage) -> bool:
    """Whether the sender's address fits but is not believed: forged, or the answer is to go elsewhere."""
    return message.auth == "fail" or not _DOUBTS.isdisjoint(message.flags)


def _continues(thread: KnownThread, classification: Classification) -> bool:
    """Without a reference: a reminder, or the same rights asked again while they are open.

    The old clock is the stricter one, so joining is the cautious reading (EDPB Guidelines 01/2022, 32).
    """
    if thread.status not in LIVE_CASES:
        return False
    asked = set(classification.kinds)
    return FOLLOW_UP in asked or (bool(asked) and asked <= {str(kind) for kind in thread.kinds})
