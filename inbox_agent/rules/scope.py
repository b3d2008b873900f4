"""How much of access a mail asks for: everything, certain data, information alone, or who has got the data; and whether
it asks how it is decided about its writer automatically.

Owns the reading of `lexicon/scope/*.toml`. Refuses to narrow for anybody (EDPB Guidelines 01/2022, 35): without words
that say so, everything is asked for; and what is found is a proposal, which a person confirms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from inbox_agent.rules.fold import fold_in_place
from inbox_agent.rules.lexicon_files import table
from inbox_agent.rules.visible import masked, visible_line
from state.model import Message, RequestKind

_LANGUAGES = ("fi", "sv", "en")
_LONGEST = 8_000  # characters read
_ENDS = re.compile(r"[.!?]+(?=\s|$)|\n\s*\n")
_STOP_OF_NUMBER = re.compile(r"(?<=\d)\.")  # ends no sentence: "3.2."
_SHORT = 45  # words of a mail that asks for one thing alone
_WORDS = ("declined", "only_recipients", "only_information", "only_certain")
_WHOLE = ("copies", "contents")
_CODES = (*_WORDS, *_WHOLE, "recipients", "information", "certain")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of access is asked for, one of `replies.choices.SCOPES`, and the words that say so."""

    scope: str
    phrase: str


def narrowed(subject: str, text: str) -> Narrowed | None:
    """What a mail narrows its request for access to; None where it asks for everything, or may."""
    said = dict(_said(f"{subject}\n\n{text}"[:_LONGEST]))
    if len(text.split()) > _SHORT:
        said = {code: phrase for code, phrase in said.items() if code in {*_WORDS, *_WHOLE}}
    if "copies" in said or ("contents" in said and "declined" not in said):
        return None
    found = {code.removeprefix("only_"): phrase for code, phrase in said.items() if code not in {"declined", *_WHOLE}}
    match sorted(found):
        case [scope]:
            return Narrowed(scope, found[scope])
        case ["information", "recipients"]:
            return Narrowed("information", found["information"])
        case []:
            return Narrowed("information", said["declined"]) if "declined" in said else None
    return None


def logic(subject: str, text: str) -> str:
    """The words by which a mail asks whether decisions on its writer are made automatically, and how; "" without any.

    That is information on the processing (GDPR 15(1)(h)), whether or not a decision is contested too (22(3)).
    """
    folded = fold_in_place(whole := f"{subject}\n\n{text}"[:_LONGEST])
    found = next(filter(None, (pattern.search(folded) for pattern in _patterns()["logic"])), None)
    return masked(visible_line(whole[slice(*found.span())])) if found else ""


def asked(messages: Iterable[Message], said: str = "") -> str:
    """What of access a case's mails ask for together, as it was understood when they came, and what was `said` by no
    mail; "" where it is everything, or they differ.
    """
    exercised = (mail.analysis for mail in messages if RequestKind.ACCESS in mail.analysis.get("types", ()))
    scopes = {(analysis.get("scope") or {}).get("scope", "") for analysis in exercised}
    if said:
        found = narrowed("", said)
        scopes.add(found.scope if found else "")
    return scopes.pop() if len(scopes) == 1 else ""


def _said(text: str) -> Iterator[tuple[str, str]]:
    """The codes of each sentence, with the words for them."""
    folded = _STOP_OF_NUMBER.sub("_", fold_in_place(text))
    begins = 0
    for ends in (*(match.end() for match in _ENDS.finditer(folded)), len(folded)):
        declined, words = _first(folded[begins:ends], _CODES[:1]), _first(folded[begins:ends], _CODES[1:])
        if declined and words and words[0] in _WHOLE:
            words = None  # the copy that is not wanted
        for code, (start, end) in filter(None, (declined, words)):
            yield code, masked(visible_line(text[begins + start : begins + end]))
        begins = ends


def _first(sentence: str, codes: Sequence[str]) -> tuple[str, tuple[int, int]] | None:
    found = ((code, pattern.search(sentence)) for code in codes for pattern in _patterns()[code])
    return next(((code, match.span()) for code, match in found if match), None)


@cache
def _patterns() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    tables = [table(f"scope/{language}.toml") for language in _LANGUAGES]
    return {code: tuple(re.compile(text) for one in tables for text in one[code]["any"]) for code in (*_CODES, "logic")}
