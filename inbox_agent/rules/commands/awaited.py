"""What a deed waits for: "poistetaan kun loppulasku on maksettu", "once the boat has been sold we'll erase him".

Owns the words of a later moment beside a right that is granted. Tells apart what the person
who speaks reserves ("kun olen lukenut"). Refuses a reason ("kun hän sitä pyysi").
"""

from __future__ import annotations

from collections.abc import Sequence

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
    found = _clause(line, stretch) or _after_its_end(line, stretch)
    if found is None:
        return None
    days = [mention for mention in line.mentions if found[0] <= mention.start <= found[1] and not mention.month]
    if days and days[0].ahead >= line.today:
        return str(days[0].ahead)
    words = line.words[slice(*found)]
    return line.text[words[0].start : words[-1].end]


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
