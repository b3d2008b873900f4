"""What is kept where a right is granted in part: the words said for it, beside the verb that keeps.

Refuses to guess: without such a verb, or without a word beside it, nothing is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.statutes import named_act
from inbox_agent.rules.commands.word import Word

_NO_THING = (
    "v_",
    "right.",
    "ground.",
    "done.",
    "q_",
    "kept",
    "rest",
    "except",
    "not",
    "this",
    "day",
    "v_partly",
    "n_case",
    "all",
)
_MOST = 5  # words


def kept_thing(spoken: Spoken) -> str | None:
    """The thing as it was said: before the verb ("tositteet on säilytettävä"), else behind it ("keep the invoices")."""
    pieces = (Spoken(spoken.line, (span,)) for span in sorted(spoken.spans))
    return next((found for piece in pieces if (found := _kept_in(piece, of_more="kept" in spoken.tags))), None)


def _kept_in(spoken: Spoken, *, of_more: bool) -> str | None:
    """The thing that one clause tells; `of_more`: whether any clause says that something is kept."""
    found = (_kept_at(spoken, at, of_more=of_more) for at in range(len(spoken.words)))
    return next((_text(spoken, words) for words in found if words), None)


def _kept_at(spoken: Spoken, at: int, *, of_more: bool) -> list[Word]:
    """The words for the thing, where the word at this place tells that it is kept."""
    words = spoken.words
    word = words[at]
    if word.form in _EXCEPT or "except" in word.tags or _not_given(spoken, at):
        return _run(_behind_this(words[at + 1 :]))
    if "redact" in word.tags:
        return _hidden(words, at)
    before = _run(_without_helping(words[:at]), backwards=True)
    if (erased := _not_erased(words, at)) and not of_more:
        return before or _run(words[erased:])
    if _left_out(spoken, at):
        return before
    return before or _run(words[at + 1 :]) if "kept" in word.tags and "kept" not in word.phrases else []


def _behind_this(words: Sequence[Word]) -> Sequence[Word]:
    """As in "paitsi ne kaksi laskua"."""
    return words[1:] if len(words) > 1 and words[0].form in _THESE else words


_THESE = frozenset({"ne", "nama", "nuo", "noi", "se", "sen", "those", "these", "de"})


def _hidden(words: Sequence[Word], at: int) -> list[Word]:
    """As in "sent the copy with her name blacked out"."""
    covered = next((i for i in range(at, len(words)) if "redact" not in words[i].phrases), len(words))
    begins = max((i + 1 for i in range(at) if words[i].form in _WITH), default=0)
    before = _run(_without_helping(words[begins:at]), backwards=True)
    found = before or _run(words[max(covered, at + 1) :])
    return found if len(found) > 1 else []


def _left_out(spoken: Spoken, at: int) -> bool:
    """As in "suosittelijan lausunto pois suosittelijan oikeuksien vuoksi": out of a copy, for somebody's sake."""
    return "v_away" in spoken.words[at].tags and "ground.others_rights" in spoken.tags


def _not_given(spoken: Spoken, at: int) -> bool:
    """As in "annetaan, mutta ei saajan nimeä": behind a "but not" stands what is withheld."""
    first = spoken.indices[0]
    reserved = first > 0 and spoken.line.words[first - 1].form in FUNCTION.reserving
    tags = spoken.tags - {"v_note", "v_note_word"}
    deedless = not any(tag.startswith(("v_", "done.", "right.", "duty.")) for tag in tags)
    return at == 0 and reserved and deedless and "not" in spoken.words[at].tags and len(spoken.words) > 1


def _not_erased(words: Sequence[Word], at: int) -> int:
    """Where the words behind a denied erasure begin ("tilausta ei voi poistaa", "radera inte betygen"), or 0."""
    near = range(max(at - 1, 0), min(at + _NEAR, len(words)))
    if not {"not", "dont"} & words[at].tags:
        return 0
    return next((max(i, at) + 1 for i in near if {"v_remove", "v_destroy", "done.erasure"} & words[i].tags), 0)


_NEAR = 4  # words
_EXCEPT = frozenset({"paitsi", "paitti", "except", "utom", "forutom"})


def _without_helping(words: Sequence[Word]) -> Sequence[Word]:
    end = len(words)
    while end and words[end - 1].form in FUNCTION.helping:
        end -= 1
    return words[:end]


def _run(words: Sequence[Word], *, backwards: bool = False) -> list[Word]:
    """The words next to the verb that can name a thing."""
    found: list[Word] = []
    for word in reversed(words) if backwards else words:
        of_others = bool(found) and not backwards and "ground.others_rights" in word.phrases  # "notes about others"
        if not (_names(word) or of_others) or len(found) == _MOST:
            break
        found.append(word)
    found = found[::-1] if backwards else found
    return found if any(len(word.form) > _LETTER for word in found) else []


_LETTER = 3


_WITH = frozenset({"with", "without", "med", "utan", "ilman"})
"""Behind these stands what is hidden in what is given: "sent the copy with her name blacked out"."""
_OF_OTHERS = frozenset({"ground.others_rights"})


def _names(word: Word) -> bool:
    if word.form in FUNCTION.obliging or named_act((word,)):
        return False
    if (
        word.kind not in {"word", "num"}
        or word.form in FUNCTION.helping
        or word.form in FUNCTION.around_a_thing
        or "kept_thing" in word.tags
    ):
        return "kept_thing" in word.tags
    noted = frozenset({"v_note", "v_note_word"})  # "muistiinpanoja": a thing, where it is kept
    return not any(tag.startswith(_NO_THING) for tag in word.tags - _OF_OTHERS - noted)


def _text(spoken: Spoken, words: Iterable[Word]) -> str:
    run = list(words)
    return spoken.line.text[run[0].start : run[-1].end]
