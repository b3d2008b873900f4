"""What a deed leaves out of its line: words that mean something to us, that neither its rule nor its arguments hold.

Owns the check before acting: whoever says "lähetä tekstiviestillä" and gets a mail was not understood. Refuses to guess
what such a word was meant for. Words that mean nothing here are not left out, nor are reasons and conditions: people
explain themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from inbox_agent.rules.commands import names, takers
from inbox_agent.rules.commands.clauses import Clause, cause_at
from inbox_agent.rules.commands.mention import Mention
from inbox_agent.rules.commands.model import NOT_UNDERSTOOD, Intent, Said
from inbox_agent.rules.commands.negation import conditions
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.parts import Part
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.spans import TERMS
from inbox_agent.rules.commands.vocabulary import vocabulary
from inbox_agent.rules.commands.word import Word
from inbox_agent.rules.fold import fold
from state.model import RequestKind

_ALWAYS = frozenset({"name", "num", "email", "sum", "by_channel", "dont", "to_role", "day"})
_BESIDES: Mapping[Intent, frozenset[str]] = {
    Intent.ASK_IDENTITY: frozenset({"fact", "method"}),
    Intent.SET_OUTCOME: frozenset({"right"}),
    Intent.ADD_PAPER_REQUEST: frozenset({"right"}),
    Intent.EDIT_DRAFT: frozenset({"lang"}),
    Intent.APPROVE: frozenset({"fact", "lang"}),
    Intent.EXTEND: frozenset({"right"}),
    Intent.RECORD_DUTY: frozenset({"duty"}),
}
_NO_MATTER: Mapping[Intent, frozenset[str]] = {
    Intent.ADD_PAPER_REQUEST: frozenset({"dont", "by_channel"}),  # what the caller does not want, and how they came
    Intent.RECORD_IDENTITY: frozenset({"by_channel", "dont"}),
    Intent.MARK_NOT_REQUEST: frozenset({"name", "to_role", "by_channel", "day"}),
    Intent.ASK_IDENTITY: frozenset({"dont"}),  # what is not to be asked is left out on purpose
    Intent.SET_OUTCOME: frozenset({"dont"}),  # "ei tule poistaa": the outcome itself
    Intent.RECORD_DUTY: frozenset({"dont"}),
}
_NAMING = frozenset({"fact", "method", "lang", "right"})
"""Kinds whose meaning is the value they name; the word for the kind itself ("kieli") says none."""
_LISTED: Mapping[Intent, frozenset[str]] = {
    Intent.ADD_PAPER_REQUEST: frozenset({*(f"right.{kind}" for kind in RequestKind)}),
    Intent.MERGE: frozenset({"num", "name"}),
    Intent.ASSIGN: frozenset({"name", "to_role"}),
    Intent.MARK_NOT_REQUEST: frozenset({"num"}),
}
"""Of a list, what a "not" stands before is none of it; their arguments do not tell."""
_BARE = frozenset({Intent.NOTE, Intent.UNSAFE, Intent.NONE})
"""What takes its words as they are, or does nothing."""


def findings(line: Line, part: Part, said: Said) -> tuple[str, ...]:
    """A finding with the words left out of a deed; none where everything was understood."""
    if not said.must_confirm or said.intent in _BARE:
        return ()
    left = list(dict.fromkeys(_left(line, part, said)))
    return (NOT_UNDERSTOOD + _PARTED.join(left),) if left else ()


def in_case(said: Said, number: str, name: str, rights: Collection[str]) -> Said:
    """As said of a case: its `number` ("2026-0007"), its person's `name` and its only right leave nothing out."""
    if not said.left_out:
        return said
    named = frozenset({*fold(name).split(), number, number.rpartition("-")[2].lstrip("0")})
    left = [word for word in said.left_out.split(_PARTED) if not _of_case(word, named, rights)]
    others = [code for code in said.findings if not code.startswith(NOT_UNDERSTOOD)]
    return replace(said, findings=(*others, *([NOT_UNDERSTOOD + _PARTED.join(left)] if left else [])))


_PARTED = ", "


def _of_case(word: str, named: Collection[str], rights: Collection[str]) -> bool:
    meant = {tag.removeprefix("right.") for tag in vocabulary().tags(fold(word)) if tag.startswith("right.")}
    return word in named or fold(names.base_form(word)) in named or (bool(meant) and meant == set(rights))


def _left(line: Line, part: Part, said: Said) -> Iterator[str]:
    held = _Held(said.args, part)
    kinds = (_ALWAYS | _BESIDES.get(said.intent, frozenset())) - _NO_MATTER.get(said.intent, frozenset())
    days = {mention.start: mention for mention in line.mentions}
    numbers = {word for word in Spoken(line, part.spans).words if "num" in word.tags} - set(_counting(line, part))
    denied = _denied(line, part) if said.intent not in _LISTED else frozenset()
    for word, at in _said(line, part):
        if at in denied:
            continue
        means = {tag for tag in word.tags if tag.partition(".")[0] in kinds and not _of_a_fact(word, tag)}
        if "num" in means and word not in numbers:
            continue
        if means & _LISTED.get(said.intent, frozenset()) and at and _denies(line.words[at - 1]):
            yield f"{line.words[at - 1].text} {word.text}"
            continue
        if missing := sorted(tag for tag in means - {"day"} if not held.word(word, tag)):
            yield _written(line, at, missing[0])
        elif "day" in means and at in days and not held.day(days[at], line):
            yield " ".join(one.text for one in line.words[at : days[at].end])


def _of_a_fact(word: Word, tag: str) -> bool:
    """As in "zip code": inside the name of a fact a code is no way to ask."""
    return tag.startswith("method.") and any(phrase.startswith("fact.") for phrase in word.phrases)


def _denied(line: Line, part: Part) -> frozenset[int]:
    """Places behind a "not": "pyydä asiakasnumero, ei hetua" leaves the code out on purpose."""
    found: set[int] = set()
    for start, end in part.spans:
        first = next((at for at in range(start, end) if _denies(line.words[at])), end)
        found.update(range(first + 1, end))
        found.update(at - 1 for at in range(start + 1, end) if "not" in line.words[at].tags)  # "passia ei tarvita"
    return frozenset(found) | _wished(line, part)


def _wished(line: Line, part: Part) -> frozenset[int]:
    """Places of what they want before what is asked of them: "isä pyytää papereita, pyydä valtakirja"."""
    asking = [at for at, word in enumerate(line.words) if "v_ask" in word.tags]
    if part.intent is not Intent.ASK_IDENTITY or not asking:
        return frozenset()
    wanting = any({"they_want", "asked_past"} & word.tags for word in line.words[: asking[-1]])
    return frozenset(range(asking[-1])) if wanting else frozenset()


def _denies(word: Word) -> bool:
    return bool({"not", "dont"} & word.tags) and not word.phrases - {"not", "dont"}


def _written(line: Line, at: int, tag: str) -> str:
    """The word as it was written, with the rest of its phrase."""
    end = at + 1
    while tag in line.words[at].phrases and end < len(line.words) and tag in line.words[end].phrases:
        end += 1
    return line.text[line.words[at].start : line.words[end - 1].end]


def _said(line: Line, part: Part) -> Iterator[tuple[Word, int]]:
    """The words of a part, up to its reason or condition."""
    for start, end in part.spans:
        for at in range(start, cause_at(line, Clause(start, end, ""))):
            if conditions(line, at):
                break
            yield line.words[at], at


def _counting(line: Line, part: Part) -> Iterator[Word]:
    """Numbers that count something, tell a time or name an article: what they count was understood or means nothing."""
    spoken = Spoken(line, part.spans)
    kept = spoken.numbers
    yield from (word for word in spoken.words if "num" in word.tags and word.text.rstrip(".") not in kept)


_STEM, _ENDING = 5, 2  # letters that tell a word, and those in which its base form may differ
_NOON = 12
_OF_THE_DATA = frozenset({"erasure", "restriction", "portability", "rectification"})
_OF_PEOPLE = frozenset({"holiday", "staff"})


class _Held:
    """What the rule and the arguments of a deed hold."""

    def __init__(self, args: Mapping[str, Any], part: Part) -> None:
        self._part = part
        self._args = args
        self._values = frozenset(map(str, _leaves(args)))
        self._text = frozenset(fold(" ".join(self._values)).split())
        self._days = frozenset(value[:10] for value in self._values)

    def word(self, word: Word, tag: str) -> bool:
        """Whether a meaning of the word was used: by the rule, by name in an argument, or as it was written."""
        kind, _, value = tag.partition(".")
        bare = kind in _NAMING and not value
        named = value in self._values or word.text in self._values
        if named or bare or self._calls(word.form) or kind in self._told_besides():
            return True
        if kind not in _NAMING and self._part.rule.uses(tag):
            return True
        match kind:
            case "right":
                return value == "access" and tag in word.phrases and self._is_done_to_the_data()
            case "name":
                return fold(names.base_form(word.text)) in self._text
            case "to_role":
                return bool({"deputy", takers.base_role(word.text)} & self._values)
            case "fact" | "method":
                return "method" in self._args or "facts" not in self._args
            case "num":
                return self._is_an_hour(word.form)
            case "by_channel":
                return "channels" in self._args or "method" in self._args
            case "dont":
                return bool({"send_at", "hold", "remove", "cancel"} & self._args.keys())
        return False

    def _calls(self, form: str) -> bool:
        """Whether the word stands in an argument, as it was written or as it is called ("uutiskirjelistan")."""
        return form in self._text or any(
            form.startswith(one[: max(_STEM, len(one) - _ENDING)]) for one in self._text if len(one) >= _STEM
        )

    def _is_an_hour(self, form: str) -> bool:
        hours = (form, str(int(form) + _NOON)) if form.isdigit() else (form,)  # "3 p.m."
        return any(value[10:].startswith(tuple(f"T{hour.rjust(2, '0')}" for hour in hours)) for value in self._values)

    def _is_done_to_the_data(self) -> bool:
        """As in "kaikki hänen tietonsa tuhottiin": the data that a deed is done to are asked for by nobody."""
        return any(one.get("right") in _OF_THE_DATA for one in self._args.get("outcomes", ()))

    def _told_besides(self) -> frozenset[str]:
        """What only tells who is away, who decided, or to whom what was asked for went."""
        away = self._part.intent is Intent.EXTEND and self._args.get("reason") in _OF_PEOPLE
        moved = any(one.get("right") == "portability" for one in self._args.get("outcomes", ()))
        exchanged = self._args.get("change") == "replace"  # "vaihda Virtanen Wirtaseksi"
        decided = any(one.get("ground") == "human_decided" for one in self._args.get("outcomes", ()))
        return frozenset({"name"} if away or exchanged or decided else {"to_role"} if moved else ())

    def day(self, mention: Mention, line: Line) -> bool:
        """Whether a day is a date of the arguments or stands in their words, or the rule asks for one."""
        words = {word.form for word in line.words[mention.start : mention.end]}
        if words & TERMS:
            return True
        return (
            self._part.rule.uses("day")
            or words <= self._text
            or self._args.get("change") == "replace"  # "vaihda maanantai tiistaiksi"
            or bool({str(mention.ahead), str(mention.behind)} & self._days)
        )


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)
    else:
        yield value
