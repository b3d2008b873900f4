"""By which way advertising ends: email, sms, phone, post, as a clause names them. What may go on is none of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.word import Word


def channels_said(piece: Spoken) -> Iterator[str]:
    """The channels of marketing that a clause names."""
    if "right.marketing_objection" not in piece.tags and "done.marketing_objection" not in piece.tags:
        marketing = any(w.form.startswith(("sahkop", "teksti", "puhel", "sms")) for w in piece.words)
        if not marketing or {"v_send", "n_letter", "data_word"} & piece.tags:
            return
    yield from channels_named(piece)


def channels_named(piece: Spoken) -> Iterator[str]:
    """Every channel that is named, whatever it is named for."""
    for at, word in zip(piece.indices, piece.words, strict=True):
        if "done.marketing_objection" in word.tags - word.phrases or _goes_on(piece.line.words[at + 1 :]):
            continue
        yield from itertools.islice(_channels(word.form), 1)


def _channels(form: str) -> Iterator[str]:
    """The channel that a word names by its beginning, or behind "mainos-" and the like: "tarjouspuhelut"."""
    before = sorted(one for one in FUNCTION.advertising | _OFFERING if form.startswith(one))
    for named in (form, *(form.removeprefix(one) for one in before)):
        yield from (
            channel for stem, channel in FUNCTION.channels.items() if named.startswith(stem) and not _LIST.match(named)
        )


_LIST = re.compile(r"postituslist")
"""Which may be of letters or of mails."""
_OFFERING = frozenset({"tarjous", "myynti", "kampanja", "kampanj", "forsaljnings", "salj"})


def _goes_on(behind: Sequence[Word]) -> bool:
    """As in "sähköposti saa jatkua", "email may go on": what is not ended."""
    clause = takewhile(lambda word: word.kind == "word", behind)
    return any(word.form in FUNCTION.going_on for word in clause)
