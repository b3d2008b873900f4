"""The controller's own phrases: one reviewable TOML file of what people write to just this controller.

Owns the shape of the file, the checks on it and the text of an entry. A phrase says `request` with its rights, or
`not_request`; what it does to a verdict is `rules.own_phrases`. Refuses files: `adapters.phrasebook` reads and writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from inbox_agent.errors import BrokenPhrases, BrokenProfile
from inbox_agent.profile import checked
from inbox_agent.rules.phrase_search import ENDING, GAP, Search, phrase_words
from state.model import RequestKind

Says = Literal["request", "not_request"]
REQUEST: Says = "request"
NOT_REQUEST: Says = "not_request"
SHORTEST = 8  # letters of a phrase without its gaps: fewer say nothing (our choice)
SHORTEST_STEM = 3
LONGEST = 40  # words
MOST_PHRASES = 5_000
_MOST_GAPS = 3
_TWO_WORDS = 2
_BLOCK = re.compile(r"^\s*\[\[\s*phrase\s*\]\]", re.MULTILINE)

HEADING = """\
# Omat sanonnat: mitä juuri teille kirjoitetaan. Avustaja ehdottaa niitä, kun sen tulkinta korjataan. Tiedostoa saa
# muokata myös käsin; muutos otetaan käyttöön heti.
#
# says = "request": viesti, jossa sanonta on, nousee askelen kohti pyyntöä. kinds kertoo, mistä oikeuksista on kyse.
# says = "not_request": epävarma viesti menee syrjään, jos siinä ei muuten pyydetä mitään. Pyyntöä se ei koskaan laske.
#
# … tarkoittaa enintään kolmea mitä tahansa sanaa ja * sanan alun perässä mitä tahansa päätettä. Älä kirjoita nimiä.
"""
"""What stands above the first entry of a new file."""


def is_meaningful(text: str) -> bool:
    """Whether a phrase may stand in the file."""
    return not fault(text)


def fault(text: str) -> str:
    """What is wrong with a phrase, as a code; empty where nothing is."""
    words = phrase_words(text)
    said = [word.removesuffix(ENDING) for word in words if word != GAP]
    gaps = len(words) - len(said)
    if len(said) < _TWO_WORDS or sum(map(len, said)) < SHORTEST:
        return "phrase_short"
    if len(words) > LONGEST:
        return "phrase_long"
    if any(word.endswith(ENDING) and len(word) <= SHORTEST_STEM for word in words):
        return "phrase_ending"
    return "phrase_gap" if gaps > _MOST_GAPS or GAP in {words[0], words[-1]} else ""


def _meaningful(text: str) -> str:
    if code := fault(text):
        raise ValueError(code)
    return text


class OwnPhrase(BaseModel):
    """One phrase as the file holds it: who remembered it, and on which day (Europe/Helsinki)."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    text: Annotated[str, AfterValidator(_meaningful)]
    says: Says
    kinds: tuple[RequestKind, ...] = ()
    by: str = ""
    on: date | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """What two spellings of one phrase share."""
        return phrase_words(self.text)

    @model_validator(mode="after")
    def _of_rights(self) -> Self:
        if bool(self.kinds) is not (self.says == REQUEST):
            raise ValueError("phrase_kinds" if self.says == REQUEST else "phrase_no_kinds")
        return self


class OwnPhrases(BaseModel):
    """Every phrase of a file, in its order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phrase: tuple[OwnPhrase, ...] = Field(default=(), max_length=MOST_PHRASES)

    @cached_property
    def search(self) -> Search:
        """Finds them all; made once."""
        return Search(phrase.words for phrase in self.phrase)


NO_PHRASES = OwnPhrases()


def parse(text: str, path: Path | str) -> OwnPhrases:
    """Check the text of a file of phrases. Raises BrokenPhrases with every problem and its line."""
    try:
        return checked(OwnPhrases, text, path)
    except BrokenProfile as error:
        raise BrokenPhrases(path, error.problems) from None


def entry(phrase: OwnPhrase) -> str:
    """The text of one phrase in the file; JSON's strings and lists are TOML's too (TOML 1.0, basic strings)."""
    lines = ["[[phrase]]", f"text = {_quoted(phrase.text)}", f"says = {_quoted(phrase.says)}"]
    if phrase.kinds:
        lines.append(f"kinds = {json.dumps([str(kind) for kind in phrase.kinds])}")
    if phrase.by:
        lines.append(f"by = {_quoted(phrase.by)}")
    if phrase.on:
        lines.append(f"on = {phrase.on.isoformat()}")
    return "\n".join(lines) + "\n"


def with_phrase(text: str, phrase: OwnPhrase, path: Path | str) -> str:
    """The file's text with this phrase, in place of what it said of the same words. Raises BrokenPhrases."""
    old = parse(text, path)
    same = [number for number, known in enumerate(old.phrase) if known.words == phrase.words]
    kept = without(text, same) if same else text
    return f"{kept.rstrip()}\n\n{entry(phrase)}" if kept.strip() else f"{HEADING}\n{entry(phrase)}"


def without(text: str, numbers: list[int]) -> str:
    """The file's text without the entries of these numbers (from 0); comments above an entry stay."""
    head, *blocks = _blocks(text)
    return head + "".join(block for number, block in enumerate(blocks) if number not in numbers)


def _blocks(text: str) -> Iterator[str]:
    """What stands before the first entry, then each entry with what follows it."""
    starts = [match.start() for match in _BLOCK.finditer(text)]
    yield text[: starts[0]] if starts else text
    yield from (text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
