"""One-time codes out of sight: once a letter is never sent again only its reader holds its code, and no view shows one.

What a letter said stays provable (`Drafts.conceal`): its hash is in the journal, and its reader's copy gives that hash.
A kept code would let everybody who reads the database answer in the person's place for seven days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from inbox_agent.rules import roundtrip
from inbox_agent.rules.parse import InboundMessage
from state.model import Act, Arrival, Code, Draft, Event, KnownThread, Masked
from state.store.store import Store


def carried(store: Store, draft: Draft) -> Code | None:
    """The code that a letter carries, by its hash."""
    return next((code for code in store.identification.codes(draft.case) if code.draft == draft.key), None)


def masked(draft: Draft, code: Code) -> Masked:
    """A letter's texts without its code."""
    found = _found((draft.body, draft.original_body), (code,))
    return Masked(roundtrip.masked(draft.body, found), roundtrip.masked(draft.original_body, found))


def mask_left_over(store: Store, event: Callable[[Act], Event]) -> int:
    """Take the codes out of the letters that kept theirs: never sent, uncertain, or sent by an older version."""
    letters = store.drafts.with_codes()
    for letter in letters:
        if (code := carried(store, letter)) is not None:
            store.drafts.conceal(letter.key, masked(letter, code), event(Act.CODE_MASKED))
    return len(letters)


def without_codes(store: Store, arrival: Arrival, message: InboundMessage, threads: Iterable[KnownThread]) -> Arrival:
    """A mail as it is shown: without the codes of the cases that it may belong to, typed or quoted."""
    sent = [code for thread in threads for code in store.identification.codes(thread.case)]
    found = _found((f"{message.subject}\n{message.new_text}\n{message.text}",), sent) if sent else frozenset()
    if not found:
        return arrival
    return replace(
        arrival, subject=roundtrip.masked(arrival.subject, found), analysis=_without(arrival.analysis, found)
    )


def _found(texts: Sequence[str], codes: Sequence[Code]) -> frozenset[str]:
    written = {one for text in texts for one in roundtrip.candidates(text)}
    return frozenset(one for one in written if any(roundtrip.is_code(one, code.salt, code.digest) for code in codes))


def _without(value: Any, found: frozenset[str]) -> Any:  # noqa: ANN401  # JSON
    if isinstance(value, str):
        return roundtrip.without_groups(roundtrip.masked(value, found), found)
    if isinstance(value, Mapping):
        return {key: _without(inner, found) for key, inner in value.items()}
    return [_without(inner, found) for inner in value] if isinstance(value, list | tuple) else value
