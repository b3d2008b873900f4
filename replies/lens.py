"""A letter as the linter sees it: the text that somebody may have edited, beside what it was written from.

Owns the questions that several rules ask of a letter. Refuses to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from replies import filters
from replies.context import DraftContext, Part
from replies.pairs import GIVING, OF_NO_DEADLINE
from replies.refusals import Refusal, refusals
from state.model import Letter, Outcome, RequestKind


@dataclass(frozen=True, slots=True)
class Around:
    """Whom the letter is for, and who else there is: their names and addresses must not stand in it. `more_held`: other
    rights of the case were answered out of more data than what a refused erasure keeps. `people`: the whole names that
    the text bears, whosever they are; `half_names`: the single ones. `template`: the sentences that the reviewed
    template wrote (`replies.template_words`), `composed`: the letter as it was before anybody edited it; empty where
    nobody knows them. `asked_on`: the days on which a question who they are left; None where nobody knows. `abroad`:
    the services that the text names and that move data outside the EU and the EEA; `abroad_for_us`: those among who
    processes data for us. `channels`: those of our marketing.
    `at_most`: the last days, by fact, until which the profile has anything kept of a case or in backups. `ours`: what
    the profile says of our processing, in the letter's language; `processors`: who it says processes data for us.
    """

    address: str = ""
    others: tuple[str, ...] = ()
    more_held: bool = False
    people: tuple[str, ...] = ()
    half_names: tuple[str, ...] = ()
    template: str = ""
    composed: str = ""
    asked_on: frozenset[date] | None = None
    abroad: tuple[str, ...] = ()
    abroad_for_us: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    at_most: tuple[tuple[str, date], ...] = ()
    ours: tuple[str, ...] = ()
    processors: tuple[str, ...] = ()


NOBODY = Around()


@dataclass(frozen=True, slots=True)
class Lens:
    """A letter under the lens: its text as it stands, and what it was written from."""

    body: str
    context: DraftContext
    around: Around

    @property
    def letter(self) -> Letter:
        return self.context.letter

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.context.parts

    @property
    def language(self) -> str:
        return self.context.language

    @property
    def identified(self) -> bool:
        return self.context.identified

    @property
    def holders(self) -> tuple[str, ...]:
        """Who processes the data of its parts for us, by the case's tasks; joint controllers are told of otherwise."""
        named = (name for part in self.parts if part.outcome in GIVING for name in part.holders)
        return tuple(dict.fromkeys(name for name in named if name not in self.context.sender.joint))

    @property
    def proven(self) -> bool:
        """Whether proofs identify its reader, and not only the word of whoever let the letter go."""
        return self.identified and not self.context.let_go

    @property
    def late(self) -> bool:
        """Whether the promised day of what it is about has passed."""
        return self.context.today > self.context.promise and self.letter not in OF_NO_DEADLINE

    @property
    def undated(self) -> str:
        """The letter without the line of the case's number: its own day, which that bears, tells nothing."""
        return "\n".join(line for line in self.body.splitlines() if self.context.case_number not in line)

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """What its parts leave undone, ground by ground."""
        return tuple(refusal for part in self.parts for refusal in refusals(part))

    def shows(self, said: str) -> Iterator[tuple[int, int]]:
        """Where the letter says a fact, in its own words: line by line, whatever the line breaks of the letter."""
        for line in filter(None, filters.phrase(filters.plain(said)).split("; ")):
            words = r"\s+".join(map(re.escape, line.split()))
            yield from (match.span() for match in re.finditer(words, self.body, re.IGNORECASE))

    def names(self, day: date) -> Iterator[tuple[int, int]]:
        """Where the letter names a day."""
        return (match.span() for match in re.finditer(re.escape(filters.day(day, self.language)), self.body))

    def answers(self, outcomes: frozenset[Outcome], *kinds: RequestKind) -> bool:
        """Whether it is an answer that holds such an outcome (of one of these rights)."""
        return self.letter is Letter.OUTCOME and any(
            part.outcome in outcomes and (not kinds or part.kind in kinds) for part in self.parts
        )
