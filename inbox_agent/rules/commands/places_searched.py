"""Where it was looked for somebody's data, in the words of a clause; a place that is merely not there is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from inbox_agent.rules.commands.base_forms import base_form
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.outcome_kind import DONE_ENDINGS
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.word import Word
from inbox_agent.rules.fold import fold


def searched(piece: Spoken) -> str | None:
    """Where it was looked for: the words in "-sta" behind "haettu"."""
    looked = [at for at, word in enumerate(piece.words) if "looked" in word.tags]
    if not looked:
        return _gone_through(piece) or _not_there(piece)
    found = []
    if before_it := _looked_through(piece, looked[0]):
        return before_it
    before = piece.words[looked[0] - 1] if looked[0] else None
    if before is not None and before.kind == "word" and not before.tags and looked[0] == 1:
        return before.text.lower()  # "crm katsottu"
    later = piece.words[looked[0] + 1 :]
    if not any(fold(word.text).endswith(("sta", "ssa")) for word in later[:1]):
        return _named_place(piece, later)
    for word in later:
        if word.text == "-":
            return None  # half of a compound ("myynti- ja ...") names no place
        if "no_data" in word.tags or word.kind == "mark":
            break
        if word.form not in {"ja", "seka"}:
            found.append(_place(word))
    return ", ".join(found) or None


def _gone_through(piece: Spoken) -> str | None:
    """As in "kaikki mapit on käännetty, eikä löytynyt mitään": a thing done to places before nothing was found."""
    for at, word in enumerate(piece.words[:-1]):
        if at and word.form in FUNCTION.helping and piece.words[at + 1].form.endswith(DONE_ENDINGS):
            return _looked_through(piece, at + 1)
        if "not" in word.tags or word.kind == "mark":
            break
    return None


def _not_there(piece: Spoken) -> str | None:
    """As in "jäsenrekisteristä ja maksuista ei löytynyt merkintöjä", "ei löydy crm:stä"."""
    if "no_data" not in piece.tags:
        return None
    inside = next((at for at, word in enumerate(piece.words) if word.form in {"in", "i"} and at > 1), None)
    if inside is not None and (words := list(takewhile(lambda one: one.kind == "word", piece.words[inside + 1 :]))):
        return piece.line.text[words[0].start : words[-1].end].removeprefix("the ")
    named = [word for word in piece.words if word.kind == "word" and word.form.endswith(_FROM_PLACES)]
    named = [word for word in named if any(stem in word.form for stem in FUNCTION.records)]
    return " ja ".join(_place(word) for word in named) or None


_FROM_PLACES = ("sta", "lta", "ssa")


def _looked_through(piece: Spoken, at: int) -> str | None:
    """As in "kerholuettelo ja leiriarkisto on käyty läpi": the places stand before the verb."""
    end = at
    while end and piece.words[end - 1].form in FUNCTION.helping:
        end -= 1
    words = piece.words[:end]
    named = [word for word in words if word.kind == "word" and word.form not in _JOINED]
    if (
        (end == at and at + 1 < len(piece.words))
        or not named
        or len(named) > _PLACES
        or any(t.startswith("v_") for w in named for t in w.tags)
    ):
        return None
    return piece.line.text[words[0].start : words[-1].end].lower()


_JOINED = frozenset({"ja", "seka", "och", "and"})
_PLACES = 5  # words


def _named_place(piece: Spoken, later: Sequence[Word]) -> str | None:
    """The places as they were said ("sökte i kassasystemet"), up to the end of the clause."""
    kept = [word for at, word in enumerate(later) if at or word.form not in {"i", "in", "through", "fran", "the"}]
    ended = next((at for at, word in enumerate(kept) if word.kind == "mark" or "no_data" in word.tags), len(kept))
    kept = kept[:ended]
    if any(word.form in {"everywhere", "overallt", "kaikkialta"} for word in kept):
        return None
    halved = any(word.text == "-" for word in piece.words)  # half of a compound ("myynti- ja ...") names no place
    if not kept or halved or any("v_answer" in word.tags for word in kept):
        return None
    return piece.line.text[kept[0].start : kept[-1].end].removeprefix("the ")


def _place(word: Word) -> str:
    return base_form(word.text.lower())
