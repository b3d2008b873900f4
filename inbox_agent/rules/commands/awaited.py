"""What a deed waits for: "poistetaan kun loppulasku on maksettu", "once the boat has been sold we'll erase him".

Owns the words of a later moment beside a right that is granted. Tells apart what the person
who speaks reserves ("kun olen lukenut"). Refuses a reason ("kun hän sitä pyysi").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from inbox_agent.rules.commands.excerpt_clues import Stretch
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.word import Word

_DEEDS = frozenset({"v_remove", "v_destroy", "v_grant", "v_give", "v_send", "v_away", "do_it"})
_REASONS = frozenset({"they_want", "asked_past", "they_say", "not", "dont", "cond_word", "identity", "ident_ok"})
_WHO_SPEAKS = frozenset({"olen", "oon", "sanon", "luen", "ehdin", "mina", "ma", "i", "i've", "jag"})
_FEWEST = 2  # words of a moment
_SOON = 4  # words behind "kun"
_ENDED = ("tyttya", "tuttua", "ttyaan", "ttuaan")


def awaited(line: Line, stretch: Stretch) -> str | None:
    """The moment that a stretch names, in the words said, or its day (ISO) where it has one; None without any."""
    if day := _only_on(line, stretch):
        return day
    found = _clause(line, stretch) or _after_its_end(line, stretch)
    if found is None:
        return None
    days = [mention for mention in line.mentions if found[0] <= mention.start <= found[1] and not mention.month]
    if days and days[0].ahead >= line.today:
        return str(days[0].ahead)
    words = line.words[slice(*found)]
    return line.text[words[0].start : words[-1].end]


def copy_first(line: Line, stretch: Stretch) -> bool:
    """As in "vasta kun tiedot on luovutettu", "once she has her copy", "kopion toimittamisen jälkeen"."""
    moments = FUNCTION.moments | FUNCTION.come_first
    at = next((at for at in range(*stretch) if line.words[at].form in moments), None)
    behind = next((at for at in range(*stretch) if line.words[at].form in FUNCTION.from_then), None)
    if at is None and behind is None:
        return False
    first, end = (at + 1, stretch[1]) if at is not None else (max((behind or 0) - 2, stretch[0]), behind)
    told = list(takewhile(lambda word: word.kind != "mark", line.words[first:end]))
    copied = any(_COPIED & word.tags or word.form.startswith(_COPY) for word in told)
    return copied and any(word.form.startswith(_GIVEN) or "given_out" in word.tags for word in told)


_COPIED = frozenset({"right.access", "done.access", "data_word"})
_COPY = ("kopi", "copy", "tieto", "tied", "uppgift", "utdrag", "otte", "ote", "tulost")
_GIVEN = (
    "saanu",
    "annet",
    "lahet",
    "toimit",
    "luovut",
    "laht",
    "fatt",
    "skickat",
    "lamnat",
    "utlam",
    "overlam",
    "gatt",
    "got",
    "has",
    "have",
    "received",
    "given",
    "handed",
    "sent",
    "gone",
)


def _only_on(line: Line, stretch: Stretch) -> str | None:
    """As in "poistetaan vasta 1.4.", "radera först den 1 juni", "not before 1 June", "1.6. alkaen": a day to come."""
    for mention in line.mentions:
        if not stretch[0] <= mention.start < stretch[1] or mention.month or mention.ahead <= line.today:
            continue
        before = [word.form for word in line.words[max(mention.start - _LED, stretch[0]) : mention.start]]
        while before and before[-1] in FUNCTION.before_a_day:
            before.pop()
        behind = line.words[mention.end].form if mention.end < len(line.words) else ""
        not_before = [*before, line.words[mention.start].form]
        forbidden = any(one in _NOT and two in _BEFORE for one, two in pairwise(not_before))
        if forbidden or (before and before[-1] in FUNCTION.only_then) or behind in FUNCTION.from_then:
            return str(mention.ahead)
    return None


_NOT = frozenset({"not", "inte", "ei"})
_BEFORE = frozenset({"before", "until", "till", "fore", "ennen", "forran"})


_LED = 4  # words before a day


def reserved(line: Line, stretch: Stretch) -> bool:
    """As in "vasta kun olen lukenut", "once I have read it": it waits for the person who speaks."""
    at = next((at for at in range(*stretch) if line.words[at].form in FUNCTION.moments), stretch[1])
    return any(word.form in _WHO_SPEAKS for word in line.words[at + 1 : min(at + _SOON, stretch[1])])


def _clause(line: Line, stretch: Stretch) -> Stretch | None:
    """As in "vasta kun loppulasku on maksettu": up to the next mark, or to the deed where the moment comes first."""
    at = next((at for at in range(*stretch) if line.words[at].form in FUNCTION.moments), None)
    if at is None:
        return None
    start = at + 1
    end = next((i for i in range(start, stretch[1]) if line.words[i].kind == "mark"), stretch[1])
    if at == stretch[0]:
        deed = next((i for i in range(start + 1, end) if _DEEDS & line.words[i].tags), end)
        while deed > start and line.words[deed - 1].form in FUNCTION.before_a_deed:
            deed -= 1
        end = deed
    words = line.words[start:end]
    return (start, end) if len(words) >= _FEWEST and _comes(words) else None


def _comes(words: Sequence[Word]) -> bool:
    """Whether the words tell of a thing that will have happened, and neither of who speaks nor of a reason."""
    told = {word.form for word in words}
    there = bool(told & FUNCTION.come_about) and not told & _WHO_SPEAKS
    return there and not any(_REASONS & word.tags for word in words)


def _after_its_end(line: Line, stretch: Stretch) -> Stretch | None:
    """As in "takuuajan päätyttyä 30.9."."""
    at = next((at for at in range(*stretch) if line.words[at].form.endswith(_ENDED)), None)
    return (at - 1, at + 1) if at is not None and at > stretch[0] else None
