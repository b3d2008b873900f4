"""To whom a request is passed on: a company by name, or the words said, in the base form.

Refuses to name anybody where no word says to whom.
"""

from __future__ import annotations

from itertools import takewhile

from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.word import Word


def company(spoken: Spoken) -> str | None:
    """A company by its whole name ("Porvoon Kylpylä Oy"), if one is named."""
    at = next((at for at, word in enumerate(spoken.words) if "company" in word.tags), 0)
    start = at
    while start and spoken.words[start - 1].kind == "word" and spoken.words[start - 1].text[:1].isupper():
        start -= 1
    suffix = spoken.words[at].text.partition(":")[0] if at else ""
    return " ".join([*(word.text for word in spoken.words[start:at]), suffix]) if start < at else None


def receiver(piece: Spoken) -> str | None:
    """The other controller: a company by name, else the word that says to whom."""
    if "company" in piece.tags and piece.full_name:
        return piece.full_name
    if behind := _behind_to(piece):
        return behind
    named = [word for word in piece.words if "other_controller" in word.tags | word.phrases]
    given = [word for word in named if word.form.endswith(("lle", "aan", "een", "iin"))]
    if not named or any(_proper(piece, at) for at in range(1, len(piece.words))):
        return _to_whom(piece)
    word = (given or named)[-1]
    before = piece.words[max(piece.words.index(word) - 1, 0)]
    owner = before.text if before.text.istitle() and before.form.endswith("n") and before is not word else ""
    return f"{owner} {_base(word)}".strip()


def _behind_to(piece: Spoken) -> str | None:
    """As in "skickad vidare till stiftet", "passed on to the landlord": the words behind the last "to"."""
    at = max((at for at, word in enumerate(piece.words) if at and word.form in _TO), default=0)
    if not at or "forward" not in {tag for word in piece.words[:at] for tag in word.tags}:
        return None
    days = {i for mention in piece.mentions for i in range(mention.start, mention.end)}
    behind = zip(piece.indices[at + 1 :], piece.words[at + 1 :], strict=True)
    named = [word for _, word in takewhile(lambda one: one[1].kind == "word" and one[0] not in days, behind)]
    named = named[1:] if named and named[0].form in {"the", "an", "a"} else named
    while named and named[-1].form in {"on", "i", "den", "at"}:
        named = named[:-1]
    return piece.line.text[named[0].start : named[-1].end] if 0 < len(named) <= _MOST else None


_TO = frozenset({"to", "till"})
_MOST = 4  # words


def _proper(piece: Spoken, at: int) -> bool:
    """As in "Autotuonti Lakeudelle": to whom, by name."""
    return piece.words[at].text[:1].isupper() and piece.words[at].form.endswith("lle")


def _to_whom(piece: Spoken) -> str | None:
    """As in "ohjattu Suomen Kepparikeskusliitolle": the last word that says to whom, with the name before it."""
    at = max((i for i, word in enumerate(piece.words) if word.kind == "word" and word.form.endswith("lle")), default=-1)
    at = max((i for i in range(1, len(piece.words)) if _proper(piece, i)), default=at)
    if at < 0 or {"v_send", "known"} & piece.words[at].tags:
        return piece.full_name
    start = at
    while start and piece.words[start - 1].kind == "word" and piece.words[start - 1].text[:1].isupper():
        start -= 1
    before = [word.text for word in piece.words[start:at] if start or word is not piece.words[0]]
    last = _base(piece.words[at])
    return " ".join([*before, last.title() if piece.words[at].text[:1].isupper() else last])


def _base(word: Word) -> str:
    text = word.text.lower()
    for ending in ("lle", "lta", "lla", "n", "en"):
        if text.endswith(ending):
            stem = text.removesuffix(ending)
            weak = next((end for end in FUNCTION.strong if stem.endswith(end)), "")
            return stem.removesuffix(weak) + FUNCTION.strong.get(weak, "")
    return text
