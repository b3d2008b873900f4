"""Whose words stand in a mail: the writer's own, in their order, or those of an older mail below or between them.

Owns the split of a text into new and quoted. Refuses to throw anything away: the whole text stays in the record, and
where cutting would leave nothing although the mail is no pure quotation, nothing is cut.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest

from inbox_agent.rules.footers import without_footers
from inbox_agent.rules.quote_marks import Introduction, introduction, quote_depth, unquoted


@dataclass(frozen=True, slots=True)
class QuotedMail:
    """An older mail inside a text: what its introduction says of its sender, its text, and what else it says, as
    written.
    """

    sender: str
    text: str
    date: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """A text taken apart. `mails` are in the order of the text, the newest first as clients write them."""

    own: str
    quoted: str
    mails: tuple[QuotedMail, ...] = ()
    forward: bool = False  # a separator says in words that a mail is forwarded


def split_quotes(
    text: str, attributions: Collection[int] = (), rest: int | None = None, *, forwarded: bool = False
) -> Split:
    """Tell new words from quoted ones. Linear in the text's length.

    `attributions` and `rest` are line numbers that the mail's HTML marks (`html_text.Rendered`); `forwarded` says
    that the subject announces a forwarded mail, so that no own words need to be there.
    """
    lines = text.split("\n")
    if rest is not None and not any(line.strip() for line in lines[:rest]):
        rest = None  # nothing above it: the mark does not part new from old
    reader = _Reader(lines, frozenset(attributions), rest, announced=forwarded)
    reader.read()
    own = reader.own()
    if not own and not forwarded and not reader.is_pure_quotation():
        depth = min(quote_depth(line) for line in lines if line.strip())
        whole = [unquoted(line, depth) for line in lines]
        return Split(without_footers(whole) or text.strip(), "", tuple(reader.mails()))
    return Split(own, reader.quoted(), tuple(reader.mails()), reader.forward)


class _Reader:
    """Goes once through the lines and notes which are quoted and where older mails begin."""

    def __init__(
        self, lines: list[str], attributions: frozenset[int], rest: int | None, *, announced: bool = False
    ) -> None:
        self.forward = False
        self._announced = announced
        self._lines = lines
        self._attributions = attributions
        self._rest = rest
        self._quoted = [False] * len(lines)
        self._introductions: list[Introduction] = []

    def read(self) -> None:
        at = 0
        everything = False  # all that follows belongs to an older mail
        while at < len(self._lines):
            everything = everything or (self._rest is not None and at >= self._rest)
            marked = quote_depth(self._lines[at]) > 0
            found = introduction(self._lines, at)
            if found and self._holds(found, quoted=marked or everything):
                everything = everything or not (marked or self._marks_below(found.end))
                self._introductions.append(found)
                self.forward |= found.forward
                self._mark(at, found.end)
                at = found.end
                continue
            if marked or everything or at in self._attributions:
                self._quoted[at] = True
            at += 1

    def own(self) -> str:
        """The writer's own words, without signatures and footers."""
        runs = (
            [line for line, _ in run]
            for quoted, run in groupby(zip(self._lines, self._quoted, strict=True), key=lambda pair: pair[1])
            if not quoted
        )
        kept: list[str] = []
        for run in runs:
            if words := without_footers(run, above=bool(kept)):
                kept.append(words)
        return "\n\n".join(kept)

    def quoted(self) -> str:
        return "\n".join(line for line, quoted in zip(self._lines, self._quoted, strict=True) if quoted).strip()

    def mails(self) -> Iterator[QuotedMail]:
        """The older mails, each up to the introduction of the next one."""
        for found, following in zip_longest(self._introductions, self._introductions[1:]):
            stop = following.start if following else len(self._lines)
            lines = [
                line for number, line in enumerate(self._lines[found.end : stop], found.end) if self._quoted[number]
            ]
            first = next((line for line in lines if line.strip()), "")
            depth = quote_depth(first)
            text = "\n".join(unquoted(line, depth) for line in lines).strip()
            yield QuotedMail(found.sender, text, found.date, found.to)

    def is_pure_quotation(self) -> bool:
        """Whether the text says of itself that it is somebody else's: quoted with marks, or forwarded in words."""
        if self.forward or not any(self._quoted):
            return True
        introduced = bool(self._introductions or self._attributions)
        return introduced and any(quote_depth(line) for line in self._lines)

    def _holds(self, found: Introduction, *, quoted: bool) -> bool:
        """An introduction that proves nothing by itself counts where quotation marks stand below it; a header block
        also within an older mail, or where the subject announces a forwarded one.
        """
        if found.sure or (found.headed and (quoted or self._announced)):
            return True
        return not quoted and self._marks_below(found.end)

    def _marks_below(self, at: int) -> bool:
        while at < len(self._lines) and not self._lines[at].strip():
            at += 1
        return at < len(self._lines) and quote_depth(self._lines[at]) > 0

    def _mark(self, start: int, end: int) -> None:
        for number in range(start, end):
            self._quoted[number] = True
