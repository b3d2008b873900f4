"""Where a mail's features stand in the model's tables, found without writing out their names.

Owns a second, faster way to what `rules.features` names: words and pairs of words are looked up as they are, those of
a whole mail at once (`rules.laid`), and what a word tells is remembered. The names decide (they are what was learned);
a test holds both ways to the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from inbox_agent.rules.features import REACH, STEM, Reading, Sentence, context, parts
from inbox_agent.rules.laid import Laid, laid
from inbox_agent.rules.meetings import Meetings, Met
from inbox_agent.rules.model import Rows
from inbox_agent.rules.pairs import paired

NONE = -1
"""The row of what was never learned."""

_REMEMBERED = 5_000  # words; a hostile mail must not fill the memory


@dataclass(frozen=True, slots=True)
class _Word:
    """The row of a word itself, of it in a subject (NONE where there is none), and those of its parts."""

    alone: int
    in_subject: int
    parts: list[int]


class _Words(dict[str, _Word]):
    def __init__(self, words: Mapping[str, int], pieces: Mapping[str, int]) -> None:
        self._words, self._pieces = words, pieces

    def __missing__(self, form: str) -> _Word:
        if len(self) >= _REMEMBERED:
            self.clear()
        word = self[form] = _Word(
            self._words.get(form, NONE),
            self._words.get(f"s {form}", NONE),
            _known(self._pieces, set(parts((form,)))),
        )
        return word


@dataclass(frozen=True, slots=True)
class Row:
    """The words of a mail in a row. Of each: the row of the pair that it ends, and those of its stem with the stems
    one, two and more words behind it; None for what was never learned.
    """

    own: Sequence[Sentence]
    laid: Laid
    pairs: Sequence[int | None]
    near: Sequence[Sequence[int | None]]
    met: Met
    found: dict[int, Rows]  # by the number of a sentence


class Finder:
    """Finds the rows of mails and of sentences in one model's tables (group -> name -> row)."""

    def __init__(self, tables: Mapping[str, Mapping[str, int]]) -> None:
        self._tables = tables
        self._pairs, self._stems = (paired(tables[name]).followers for name in ("words", "stems"))
        self._words = _Words(tables["words"], tables["parts"])
        self._meetings = Meetings(tables["frames"])
        self._last: Row | None = None

    def of_mail(self, reading: Reading, own: Sequence[Sentence]) -> Rows:
        """The rows of `features.features`."""
        said = {family for sentence in own for family in sentence.said}
        in_subject = {family for sentence in own if sentence.subject for family in sentence.said}
        last = own[-1].said if own else ()
        names = (*said, *(f"{one} subject" for one in in_subject), *(f"{one} last" for one in last))
        row = self.row(own)
        return {
            **self._spoken(row, own, row.laid.spans, slice(None)),
            "families": _known(self._tables["families"], names),
            "context": _known(self._tables["context"], set(context(reading, own))),
        }

    def of_sentence(self, own: Sequence[Sentence], at: int) -> Rows:
        """The rows of `features.said` of one sentence of a mail, by its number."""
        row = self.row(own)
        if at not in row.found:
            sentence, span = own[at], row.laid.spans[at]
            families = _known(self._tables["families"], sentence.said)
            spoken = self._spoken(row, (sentence,), (span,), span)
            row.found[at] = {**spoken, "families": families, "context": ()}
        return row.found[at]

    def row(self, own: Sequence[Sentence]) -> Row:
        """The words of a mail in a row. That of the last mail is remembered: several questions are asked of it."""
        last = self._last
        if last is None or last.own is not own:
            last = self._last = self._row(own)
        return last

    def _row(self, own: Sequence[Sentence]) -> Row:
        row = laid(own)
        forms, stems = row.forms, [form[:STEM] for form in row.forms]
        pairs = map(dict.get, map(self._pairs.__getitem__, forms), forms[1:])
        behind = list(map(self._stems.__getitem__, stems))
        near = (map(dict.get, behind, stems[far:]) for far in range(1, REACH + 1))
        return Row(own, row, [None, *pairs], list(map(list, near)), self._meetings.met(row), {})

    def _spoken(
        self, row: Row, own: Sequence[Sentence], spans: Sequence[slice], whole: slice
    ) -> dict[str, Collection[int]]:
        """Of sentences that stand at these places, all of them within `whole`."""
        known = [self._words[form] for form in set(row.laid.forms[whole]) if form]
        words = {word.alone for word in known}
        words.update(self._words[form].in_subject for sentence in own if sentence.subject for form in sentence.forms)
        words.discard(NONE)
        return {
            "words": words | _without_none(row.pairs[whole]),
            "stems": _without_none(*(one[whole] for one in row.near)),
            "parts": set().union(*(word.parts for word in known)),
            "frames": self._meetings.rows(row.met, own, spans, whole),
        }


def _without_none(*rows: Iterable[int | None]) -> set[int]:
    found: set[int | None] = set().union(*rows)
    found.discard(None)
    return found  # type: ignore[return-value]  # it has just lost the None


def _known(table: Mapping[str, int], names: Iterable[str]) -> list[int]:
    return [row for row in map(table.get, names) if row is not None]
