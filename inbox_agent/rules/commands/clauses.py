"""Where a clause of a line begins and ends, and where it gives a text or a reason.

Owns the cutting at marks and joining words, and what does not cut: a list of numbers, a day, a subordinate clause
behind its comma. Refuses to say what a clause means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.word import Word

_ENDS = frozenset({",", ".", ";", "!", "?", "\n", "&", "+", ":", "–"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `start` up to `end` of a line, and what stood before them ("," "ja" "vaan" ...)."""

    start: int
    end: int
    joiner: str


def clauses(line: Line) -> Iterator[Clause]:
    """Cut where a mark or a joining word stands; a joining word stays outside, but is remembered."""
    in_day = {at for mention in line.mentions for at in range(mention.start, mention.end)}
    start, joiner = 0, ""
    for at, word in enumerate(line.words):
        cuts = (word.kind == "mark" and word.text in _ENDS) or (
            word.form in FUNCTION.joining and not _inseparable(line, at)
        )
        if not cuts or at in in_day or _numbered(line.words, at) or _goes_on(line, start, at):
            continue
        if at > start:
            yield Clause(start, at, joiner)
            joiner = ""
        if word.form == "alaka":
            start, joiner = at, word.form
            continue
        start = at + 1
        joiner = word.form if word.kind == "word" else joiner or word.text
    if start < len(line.words):
        yield Clause(start, len(line.words), joiner)


_GIVING = frozenset(
    {"v_note", "v_note_word", "v_add", "v_add_plain", "into_letter", "v_write_that", "cover_note", "v_remind"}
)


_SAYING = ("v_", "q_", "done.", "ident", "ground.", "reason.", "duty.", "fact.", "channel.", "route.", "tone.")
_TOLD_OF = frozenset({"not", "small", "undecided", "no_reply", "no_data", "not_arrived", "not_understood", "cheap_yes"})
_ASKS_ON = frozenset({"v_ask", "v_show", "v_inform", "v_verify"})


def _goes_on(line: Line, start: int, at: int) -> bool:
    """Whether the clause goes on behind a mark: its text after a colon, a subordinate clause after a comma."""
    word = line.words[at]
    if word.text == ":":
        return _gives(line, start, at)
    if word.text != "," or at + 1 >= len(line.words):
        return False
    following = line.words[at + 1]
    asked = any(tag.startswith("q_") for tag in following.tags)
    before = frozenset(tag for one in line.words[start:at] for tag in one.tags)
    topic = not any(tag.startswith(_SAYING) for tag in before) and not _TOLD_OF & before
    hangs = "cond_word" in line.words[start].tags
    return following.form in FUNCTION.subordinate or (asked and (bool(_ASKS_ON & before) or topic or hangs))


_RELATIVE = FUNCTION.subordinate - {"etta", "ettei", "etten", "att", "that", "koska", "silla", "eftersom", "because"}


def _gives(line: Line, start: int, at: int) -> bool:
    """Whether what stands before a colon says that the text of a note or a letter follows."""
    return any(_GIVING & word.tags for word in line.words[start:at])


def text_at(line: Line, clause: Clause) -> int:
    """Where the clause begins to give a text ("kirjaa että ...", "lisää: ..."); its end where it gives none."""
    for at in range(clause.start + 1, clause.end):
        word = line.words[at]
        names_right = any("right_word" in one.tags for one in line.words[clause.start : at])
        if (word.text == ":" or "that_word" in word.tags) and _gives(line, clause.start, at) and not names_right:
            return at + 1
    return clause.end


def _inseparable(line: Line, at: int) -> bool:
    """A joining word inside a phrase ("vasta sitten") or before its first word joins nothing."""
    word = line.words[at]
    if at == 0:
        return False
    if _in_between(word, line.words[at - 1]):
        return True
    if word.form == "mut" and "v_remind" in line.words[at - 1].tags:
        return True  # "herätä mut": me, not but
    if word.form == "ja" and (at + 1 == len(line.words) or line.words[at + 1].kind == "mark"):
        return True  # the Swedish yes
    if word.form in {"ja", "och", "and"} and at + 1 < len(line.words) and line.words[at + 1].form in _RELATIVE:
        return True
    if word.form in {"vaan", "vain"}:
        return not any({"not", "dont"} & one.tags for one in line.words[:at])  # without a "not" it is "only"
    if word.form in {"sitten", "sit"} and at + 1 < len(line.words) and line.words[at + 1].form in {"kun", "ku"}:
        return True
    if word.form == "seka":
        return any(later.form == "etta" for later in line.words[at:])
    if "method.call_back" in word.phrases:
        return True  # "soita ja varmista"
    return word.form in {"utan", "as", "sitten"} and bool(word.phrases)


def _in_between(word: Word, before: Word) -> bool:
    """As in "ei sit jatketa", "vasta sitten"."""
    if word.form not in {"sit", "sitten"}:
        return False
    return bool({"not", "dont"} & before.tags) or before.form in {"vasta", "nyt"}  # "pitäiskö tää nyt sitten myöntää"


def _numbered(words: Sequence[Word], at: int) -> bool:
    """As in "4 ja 5" and "2, 3" are one list; so are two facts ("postinumero ja puhelinnumero")."""
    if not 0 < at < len(words) - 1 or words[at].form == "vaan":
        return False
    before, after = words[at - 1], words[at + 1]
    facts = words[at].form in _AND and all(any(t.startswith("fact.") for t in one.tags) for one in (before, after))
    return facts or ("num" in before.tags and "num" in after.tags)


_AND = frozenset({"ja", "och", "and"})
LISTING = _AND | {"seka", "samt"}
"""What joins the members of a list."""


_BEFORE = frozenset({"kuin", "kun", "ku"})


def cause_at(line: Line, clause: Clause) -> int:
    """Where the clause begins to give its reason; its end where it gives none."""
    for at in range(clause.start + 1, clause.end):
        asked = "q_when" in line.words[clause.start].tags or "v_ask" in line.words[at - 1].tags
        before = line.words[at].form in _BEFORE and line.words[at - 1].form == "ennen"
        if (line.words[at].form in FUNCTION.causes or before) and not asked:
            return at - 1 if before else at  # what must come later is no order
    return clause.end


def tags_of(line: Line, span: tuple[int, int]) -> frozenset[str]:
    """All meanings of the words of a span."""
    return frozenset(tag for word in line.words[span[0] : span[1]] for tag in word.tags)
