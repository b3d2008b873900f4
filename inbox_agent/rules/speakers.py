"""Who speaks for whom, and what else a mail says that bears on who asks.

Owns the reading of `lexicon/identity/*.toml` and the order among the ways to speak for somebody. Refuses to believe
any of it: what is found becomes a flag and a question, never a proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from inbox_agent.rules.fold import fold_in_place
from inbox_agent.rules.lexicon_files import table
from inbox_agent.rules.literals import Openers, longest
from inbox_agent.rules.parse import InboundMessage

LANGUAGES = ("fi", "sv", "en")
_OWN, _THEIRS = "own", "theirs"  # whose data the text asks for
_BESIDES = "besides"  # something is to be corrected that is no name and no title
_DATA = re.compile(r"\b(henkilo)?tie(to|do)\w*|\w*uppgift\w*|\b(data|information|details)\b")
_REGISTER = re.compile(
    r"\boikais\w*|\brekister\w*nne\b|\bhenkilotie\w*|\brattels\w*|\ber(t|a) register\w*|\bpersonuppgift\w*"
    r"|\byour (register|records)\b|\brectif\w*|\bpersonal data\b"
)
_LONGEST = 20_000  # characters read: who speaks is said early
_TRIM = " .,;:<>()[]\"'"


class Role(StrEnum):
    """For whom somebody writes, the surest sign first: of several roles the first one here is the mail's."""

    PORTAL = "portal"
    LAWYER = "lawyer"
    GUARDIAN = "guardian"
    ESTATE = "deceased"
    WORKS_COUNCIL = "works_council"
    CUSTODIAN = "custodian"
    SPOUSE = "spouse"
    AGENT = "agent"
    RELATIVE = "relative"


# Whoever asks for their own data may well name these people; they speak for them only where they ask for theirs too.
_MENTIONED = frozenset({Role.CUSTODIAN, Role.SPOUSE, Role.RELATIVE})


class Circumstance(StrEnum):
    """What else raises the need or calls for care."""

    THIRD_PERSON = "third_person"
    PROTECTED = "protected"
    DISPUTE = "dispute"
    CONTACT_CHANGE = "contact_change"
    SPELLING = "spelling"
    ANSWER_ELSEWHERE = "answer_elsewhere"
    EMPLOYMENT = "employment"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Said:
    """What a mail says about who asks: the role of its writer, circumstances, and by code the words that say so."""

    role: Role | None
    circumstances: tuple[Circumstance, ...]
    phrases: Mapping[str, str]

    @property
    def flags(self) -> tuple[str, ...]:
        """As flags of the mail. A role that speaks for the living is also `representative`."""
        if self.role is None:
            return tuple(map(str, self.circumstances))
        speaks = (str(self.role),) if self.role is Role.ESTATE else ("representative", str(self.role))
        others = (code for code in self.circumstances if code is not Circumstance.THIRD_PERSON)
        return (*speaks, *map(str, others))


RAISING = frozenset((*Role, *Circumstance)) - {Circumstance.SPELLING}
"""What may be learnt of a case from a later mail too: everything but what asks for less proof."""
AT_ANY_TIME = (Circumstance.PROTECTED, Circumstance.DISPUTE, Circumstance.CONTACT_CHANGE)
"""What matters of whoever has a case, whether the mail that says it asks for anything or not."""

NOTHING_SAID = Said(None, (), {})
EVERYTHING: tuple[Role | Circumstance, ...] = (*Role, *Circumstance)


class Heard:
    """A text, folded once for all that is asked of it. `sender` is the writer's address: to be answered there is
    nothing odd. `note`: what whoever passed it on wrote above it.
    """

    def __init__(self, text: str, sender: str = "", note: str = "") -> None:
        self._text, self._sender, self._note = text, sender, note
        self._folded = fold_in_place(text)
        self._opened = _openers().opened(self._folded)

    def said(self, among: Sequence[Role | Circumstance] = EVERYTHING) -> Said:
        """What it says, of what is looked for."""
        found = {code: match for code in among if (match := self._first(str(code)))}
        own = not _MENTIONED.isdisjoint(found) and self._first(_OWN) and not self._first(_THEIRS)
        role = next((role for role in Role if role in found and not (own and role in _MENTIONED)), None)
        if Circumstance.SPELLING in found and self._first(_BESIDES):  # it asks for less proof: nothing may ride on it
            del found[Circumstance.SPELLING]
        circumstances = tuple(code for code in Circumstance if code in found)
        phrases = {str(code): " ".join(self._text[slice(*match.span())].split()) for code, match in found.items()}
        return Said(role, circumstances, phrases)

    def writes_for_others(self) -> bool:
        """Whether somebody who writes for others and hardly of anything else writes of their data."""
        return self.said((Role.PORTAL, Role.GUARDIAN)).role is not None and self._speaks(_DATA)

    def changes_the_register(self) -> bool:
        """Whether contact details are to be put right in the register: whoever takes over the address takes over the
        person. A bare notice of a new address is daily business.
        """
        said = self.said((Circumstance.CONTACT_CHANGE,)).circumstances
        return bool(said) and self._speaks(_REGISTER)

    def _speaks(self, of: re.Pattern[str]) -> bool:
        return bool(of.search(self._folded) or (self._note and of.search(fold_in_place(self._note))))

    def _first(self, code: str) -> re.Match[str] | None:
        for needed, letters, pattern in _patterns(code):
            if self._opened & needed != needed or letters not in self._folded:
                continue
            for match in pattern.finditer(self._folded):
                elsewhere = match.groupdict().get("address")
                if elsewhere is None or elsewhere.strip(_TRIM) != fold_in_place(self._sender):
                    return match
        return None


def heard(message: InboundMessage) -> Heard:
    """The mail's own words (a forwarded mail's: the first writer's) and subject."""
    words, note = message.new_text, ""
    if message.forwarded:
        words, note = message.forwarded.text, message.new_text[:_LONGEST]
    return Heard(f"{message.subject}\n{words}"[:_LONGEST], message.sender.address, note)


def read(message: InboundMessage, among: Sequence[Role | Circumstance] = EVERYTHING) -> Said:
    """What a mail says, of what is looked for."""
    return heard(message).said(among)


@cache
def _patterns(code: str) -> tuple[tuple[int, str, re.Pattern[str]], ...]:
    """Each once, with what a text must hold for it: what its words do, and letters as they stand."""
    numbers, masks = _numbers(), _openers().masks
    return tuple(
        (masks[numbers[text]], longest(text), re.compile(text, re.DOTALL)) for text in dict.fromkeys(_of(code))
    )


@cache
def _openers() -> Openers:
    return Openers(tuple(_numbers()))


@cache
def _numbers() -> Mapping[str, int]:
    texts = (text for code in (*EVERYTHING, _OWN, _THEIRS, _BESIDES) for text in _of(str(code)))
    return {text: number for number, text in enumerate(dict.fromkeys(texts))}


def _of(code: str) -> Iterator[str]:
    for language in LANGUAGES:
        yield from _data(language).get(code, {}).get("any", ())


@cache
def _data(language: str) -> Mapping[str, Mapping[str, list[str]]]:
    return table(f"identity/{language}.toml")
