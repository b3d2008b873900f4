"""One-time codes read and out of sight: each mail is read once against the codes of its cases, for what it proves and
for what it must not show; once a letter is never sent again only its reader holds its code.

What a letter said stays provable (`Drafts.conceal`): its hash is in the journal, and its reader's copy gives that hash.
A kept code would let everybody who reads the database answer in the person's place for seven days.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from inbox_agent.rules import roundtrip
from inbox_agent.rules.roundtrip import NOTHING_BROUGHT, Brought
from inbox_agent.rules.understand import Understood
from state.lifecycle import CODE_LIFE, waiting_codes
from state.model import Act, Arrival, Attempt, CaseKey, Code, Draft, Event, KnownThread, Masked, Message, MessageKey
from state.store.store import Store

log = structlog.get_logger()


def carried(store: Store, draft: Draft) -> Code | None:
    """The code that a letter carries, by its hash."""
    return next((code for code in store.identification.codes(draft.case) if code.draft == draft.key), None)


def masked(draft: Draft, code: Code) -> Masked:
    """A letter's texts without its code."""
    written = [one for text in (draft.body, draft.original_body) for one in roundtrip.candidates(text)]
    found = [one for one in dict.fromkeys(written) if roundtrip.is_code(one, code.salt, code.digest)]
    return Masked(roundtrip.masked(draft.body, found), roundtrip.masked(draft.original_body, found))


_AT_ONCE = 5  # mails of older versions: each may cost as many hashes as a new one, and the agent waits meanwhile


def mask_left_over(store: Store, event: Callable[[Act], Event]) -> int:
    """Take the codes out of the letters that kept theirs: never sent, uncertain, or sent by an older version."""
    letters = store.drafts.with_codes()
    for letter in letters:
        if (code := carried(store, letter)) is not None:
            store.drafts.conceal(letter.key, masked(letter, code), event(Act.CODE_MASKED))
    return len(letters)


def mask_stored(store: Store, now: datetime, version: str, event: Callable[[Act], Event]) -> int:
    """Take the codes out of the mails that an older version stored as they stood, while such a code may still be in
    time. A few of them, each once: return in how many there was one. One on which our own code fails is left to the
    next version of the program, and the others go on.

    They are looked for in what is shown of a mail, so that it need not be readable any more.
    """
    unread = store.mails.unread_for_codes(now - CODE_LIFE, version, _AT_ONCE)
    return sum([_mask_stored(store, key, now, version, event) for key in unread])


def _mask_stored(store: Store, key: MessageKey, now: datetime, version: str, event: Callable[[Act], Event]) -> bool:
    try:
        mail = store.mails.get(key)
        brought = _shown(store, mail, now)
        subject, analysis = _hidden(mail, brought)
    except Exception as error:  # noqa: BLE001  # a bug of ours on one mail must not keep the other codes in sight
        log.error("codes_not_looked_for", message=key, error=type(error).__name__)
        store.mails.tried(key, Attempt.MASK, version)
        return False
    if brought.hidden:
        store.mails.mask(key, subject, analysis, event(Act.CODE_MASKED))
    else:
        store.mails.codes_read([key])
    return bool(brought.hidden)


def _hidden(mail: Message, brought: Brought) -> tuple[str, Any]:
    return roundtrip.masked(mail.subject, brought.hidden), _without(mail.analysis, brought.hidden)


def _shown(store: Store, mail: Message, now: datetime) -> Brought:
    message, forwarded = mail.analysis.get("message") or {}, mail.analysis.get("forwarded") or {}
    everything = "\n".join(_texts(mail.analysis))
    written = roundtrip.written(mail.subject, str(message.get("new_text", "")), everything)
    if not written.whole:
        return NOTHING_BROUGHT
    address = forwarded.get("subject_address") or mail.sender.address
    threads = store.threads.known(message.get("references", ()), address)
    cases = dict.fromkeys((*([mail.case] if mail.case else ()), *_near(mail.subject, threads)))
    return roundtrip.brought(written, _asked(store, cases, now))


async def read_beside(
    store: Store, thoughts: Sequence[Understood | None], now: datetime, ended: threading.Event
) -> list[Understood | None]:
    """These mails with what they bring back: the hashes are made beside the loop and outside every transaction. Once
    it has `ended`, no further mail is read.
    """
    asked = [_asked_of(store, one, now) if one and one.written.whole else () for one in thoughts]
    pairs = list(zip(thoughts, asked, strict=True))

    def read() -> list[Understood | None]:
        return [_read(one, sent) if one and sent and not ended.is_set() else one for one, sent in pairs]

    return await asyncio.to_thread(read) if any(asked) else list(thoughts)


def read(store: Store, understood: Understood, threads: Iterable[KnownThread], now: datetime) -> Understood:
    """A mail with what it brings back of its cases' codes; what it was read against before is not tested again."""
    asked = _asked(store, _near(understood.message.subject, threads), now) if understood.written.whole else ()
    return _read(understood, [code for code in asked if code.key not in understood.brought.read])


def without_codes(arrival: Arrival, brought: Brought) -> Arrival:
    """A mail as it is shown: without the codes that it brings back, typed or quoted."""
    if not (found := brought.hidden):
        return arrival
    return replace(
        arrival, subject=roundtrip.masked(arrival.subject, found), analysis=_without(arrival.analysis, found)
    )


def _asked_of(store: Store, understood: Understood, now: datetime) -> tuple[Code, ...]:
    threads = store.threads.known(understood.pointers, understood.subject.address)
    return _asked(store, _near(understood.message.subject, threads), now)


def _near(subject: str, threads: Iterable[KnownThread]) -> list[CaseKey]:
    """The cases that a mail may belong to, first of all those that it names."""
    near = sorted(threads, key=lambda thread: not (thread.by_reference or thread.number in subject))
    return [thread.case for thread in near]


def _asked(store: Store, cases: Iterable[CaseKey], now: datetime) -> tuple[Code, ...]:
    """The codes of these cases that may stand in a mail: first those that would be taken; then those that were used or
    replaced while they were in time. An older one opens nothing and is not looked for.
    """
    sent = [store.identification.codes(case) for case in cases]
    waiting = [code for codes in sent for code in waiting_codes(codes, now)]
    in_time = [code for codes in sent for code in codes if code.sent_at and now < code.sent_at + CODE_LIFE]
    return tuple(dict.fromkeys((*waiting, *reversed(in_time))))


def _read(understood: Understood, sent: Sequence[Code]) -> Understood:
    if not sent:
        return understood
    before, more = understood.brought, roundtrip.brought(understood.written, sent)
    both = Brought(before.read | more.read, before.right | more.right, before.hidden | more.hidden)
    return replace(understood, brought=both)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  # JSON
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _without(value: Any, found: frozenset[str]) -> Any:  # noqa: ANN401  # JSON
    if isinstance(value, str):
        return roundtrip.without_groups(roundtrip.masked(value, found), found)
    if isinstance(value, Mapping):
        return {key: _without(inner, found) for key, inner in value.items()}
    return [_without(inner, found) for inner in value] if isinstance(value, list | tuple) else value
