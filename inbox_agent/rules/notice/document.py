"""A notice as sections of sentences: what each stands under decides how it is read.

Owns which heading a line stands under. Refuses meaning beyond the topic of a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from inbox_agent.rules.notice.dressed import undressed
from inbox_agent.rules.notice.flat import unrolled
from inbox_agent.rules.notice.headings import cut
from inbox_agent.rules.notice.paragraphs import paragraphs, sentences, tidy
from inbox_agent.rules.notice.signs import CELL
from inbox_agent.rules.notice.topics import RIGHTS, Topic, moves_own_data, topics_of
from inbox_agent.rules.notice.wording import words

# A label that only goes on telling how to reach whoever the section is about.
_DETAIL = re.compile(r"(?:muut )?yhteystiedot|kontaktuppgifter|contact details", re.IGNORECASE)
# A label over what only sums up its section.
_SUMS_UP = re.compile(
    r"in short|in brief|summary|tl;?dr|lyhyesti|lyhyt versio|tiivistetysti|tiivistelmä|pähkinänkuoressa|kort sagt"
    r"|i korthet|sammanfattning",
    re.IGNORECASE,
)
_PROSE = re.compile(r"[A-ZÅÄÖ][^:|]{40}.*")
# A label within a paragraph, and what it may be about: nothing that is told by such words in passing.
_LABEL = re.compile(r"((?:\w+\s+)?\w+):\s+\S")
_LABELLED = frozenset({Topic.RECIPIENTS})
_PERIOD = words("what.period")
_SPAN_SAID = words("what.span_said")
_ANSWERED = words("document.answered")
_DATA_FIRST = words("document.data_first")
# Of whom data is held, by a list of it: "Lähetysten vastaanottajat: nimi, osoite ja puhelin".
_DATA_LISTED = re.compile(r"(?:etu- ja suku)?(?:nimi|namn|names?)(?:,\s[a-zåäö][^,.;:@\d]+){2,}\.?", re.IGNORECASE)
_ENDS = re.compile(r"\.\s+(?=[A-ZÅÄÖ])")
_LONGEST_PERIOD = 16  # words that tell how long one kind of data is kept
_WHOLE_NOTICE = 4  # paragraphs
_WHO = frozenset({Topic.CONTROLLER, Topic.CONTACT, Topic.DPO, Topic.JOINT})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, label or item of a list on one line; `section` counts from 0, the part before any heading."""

    text: str
    topics: frozenset[Topic]
    section: int
    cells: tuple[str, ...] = ()
    """The cells of a row, where the sentence is a row of a table of recipients."""

    def about(self, *topics: Topic) -> bool:
        return not self.topics.isdisjoint(topics)


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. `lines` are as printed, wrapped ones made whole; `sentences` as read."""

    heading: str
    topics: frozenset[Topic]
    lines: tuple[str, ...]
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Document:
    sections: tuple[Section, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    @cached_property
    def text(self) -> str:
        """Headings and lines as printed."""
        return "\n".join(line for section in self.sections for line in (section.heading, *section.lines) if line)

    def asked(self, sentence: Sentence) -> str:
        """A sentence on using the rights with the heading that it answers: "Maksaako se?", "Vastausaika"."""
        heading = self.sections[sentence.section].heading if sentence.about(Topic.REQUEST) else ""
        return f"{heading} {sentence.text}".strip()

    def under(self, *topics: Topic) -> tuple[Sentence, ...]:
        """The sentences that stand under headings about any of these topics."""
        return tuple(sentence for sentence in self.sentences if sentence.about(*topics))

    def sections_about(self, *topics: Topic) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if not section.topics.isdisjoint(topics))


def document(text: str) -> Document:
    """Cut a notice's plain lines (see `page.plain`) into sections."""
    pieces = [_Piece("", frozenset(), [])]
    above = frozenset[Topic]()  # what the last heading with a line of its own is about
    labelled, empty = False, False
    for label, told in cut(undressed(list(unrolled(text.splitlines())))):
        head = "" if told and _SUMS_UP.fullmatch(label) else label
        # Words in bold that are about nothing known only begin a paragraph of their section.
        leads = head and told and above and not topics_of(head)
        heading, content = ("", f"{head}: {told}") if leads else (head, told)
        if content and _DETAIL.match(heading) and not pieces[-1].topics.isdisjoint(_WHO):
            pieces[-1].lines.append(f"{heading}: {content}")
            continue
        if content and heading and _goes_on_about(above, heading, content):
            pieces[-1].lines.append(f"{heading}: {content}")
            continue
        if leads:
            pieces.append(_Piece("", above, []))
        elif heading:
            if content is None:
                above = topics_of(heading) if topics_of(heading).isdisjoint(_WHO) else frozenset()
            data = content is not None and _DATA_LISTED.fullmatch(content)
            pieces.append(_Piece(heading, frozenset({Topic.CONTENT}) if data else topics_of(heading), []))
        elif content and labelled and empty and _PROSE.fullmatch(content.strip()):
            pieces.append(_Piece("", above, []))  # what a label tells ends with its paragraph
        labelled = (bool(heading) and content is not None) if heading or (content and empty) else labelled
        empty = content is not None and not content.strip()
        if content is not None:
            pieces[-1].lines.append(content)
    _tell_moving_from_transfer(pieces)
    _tell_title_from_heading(pieces)
    return Document(tuple(_section(number, piece) for number, piece in enumerate(pieces)))


def _tell_moving_from_transfer(pieces: Sequence[_Piece]) -> None:
    """A bare "Siirto" right behind a right heads the one to move one's data, where it speaks of no other country."""
    for before, piece in pairwise(pieces):
        told = "\n".join((piece.heading, *piece.lines))
        if piece.topics == {Topic.TRANSFER} and not before.topics.isdisjoint(RIGHTS) and moves_own_data(told):
            piece.topics = frozenset({Topic.PORTABILITY})


def _tell_title_from_heading(pieces: Sequence[_Piece]) -> None:
    """A title that names one thing heads nothing by it, where it stands over a whole notice without another heading:
    "Studio X: what we do with your details".
    """
    headed = [piece for piece in pieces if piece.topics]
    above = [line for piece in pieces[: pieces.index(headed[0])] for line in piece.lines] if headed else []
    told = any(line.strip().endswith((".", ":", "!")) for line in above)  # more than whose notice it is
    if len(headed) == 1 and not told and sum(bool(line.strip()) for line in headed[0].lines) >= _WHOLE_NOTICE:
        headed[0].topics = frozenset()


def _goes_on_about(above: frozenset[Topic], label: str, told: str) -> bool:
    """Whether a label only says of what its section tells: what is kept, among times of keeping ("Security logs: 180
    days"), whose data it is, among data ("Lähetysten vastaanottajat: nimi, osoite").
    """
    about = topics_of(label)
    if about & {Topic.RIGHTS, Topic.COMPLAINT, *above} or (about & RIGHTS and _ANSWERED.search(told)):
        return False
    if Topic.RETENTION in above:
        first = _ENDS.split(told, maxsplit=1)[0]  # what further labels of its paragraph tell is not of this one
        return len(first.split()) <= _LONGEST_PERIOD and bool(_PERIOD.search(first) or _SPAN_SAID.search(first))
    return Topic.CONTENT in above and _DATA_FIRST.match(told) is not None


@dataclass
class _Piece:
    heading: str
    topics: frozenset[Topic]
    lines: list[str]


def _section(number: int, piece: _Piece) -> Section:
    read = tuple(_read(number, piece))
    lines = tuple(line for line in paragraphs(piece.lines) if line)
    return Section(piece.heading, piece.topics, lines, read)


def _read(number: int, piece: _Piece) -> Iterator[Sentence]:
    """The sentences under a heading; of recipients each row of a table by itself, with its cells."""
    rows = Topic.RECIPIENTS in piece.topics
    for is_row, lines in groupby(piece.lines, lambda line: rows and CELL in line.strip(f" \t{CELL}")):
        if is_row:
            for line in lines:
                cells = tuple(tidy(cell) for cell in line.split(CELL))
                yield Sentence(tidy(line), piece.topics, number, cells)
        else:
            yield from (Sentence(text, piece.topics | _labelled(text), number) for text in sentences(lines))


def _labelled(text: str) -> frozenset[Topic]:
    """What a sentence in the midst of a paragraph names itself as being about ("Vastaanottajat: Posti Oyj")."""
    found = _LABEL.match(text)
    if found is None or _DATA_LISTED.fullmatch(text[found.end(1) + 1 :].strip()):
        return frozenset()
    return topics_of(found[1]) & _LABELLED
