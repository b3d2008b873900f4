"""The album on paper: as one readable text, and as one HTML page that needs no other file.

What stands in many letters is shown once, in front, and referred to by its number, so that all of it can be read in
one sitting. Refuses to name anything: headings and words about the page come from its caller.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from replies.album import specimens
from replies.drafting import DraftText

OFTEN = 15
"""A paragraph that stands in so many letters is shown once."""


@dataclass(frozen=True, slots=True)
class Page:
    """One letter under the heading that its reader sees."""

    heading: str
    text: DraftText


@dataclass(frozen=True, slots=True)
class Chapter:
    """All letters of one voice. `language` is the letters' own; `gaps` say which pairs there are not, and why."""

    heading: str
    language: str
    pages: tuple[Page, ...]
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """One paragraph: its number where it is one of the common ones, its text."""

    number: int
    text: str


def as_text(language: str, form: str) -> str:
    """All letters of one voice as one readable text."""
    letters = [(specimen.title, specimen.text) for specimen in specimens(language, form)]
    numbers = {paragraph: f"[{number}]" for paragraph, number in _common(text for _, text in letters).items()}
    pages = [f"{number}\n{paragraph}" for paragraph, number in numbers.items()]
    for title, text in letters:
        said = [numbers.get(paragraph, paragraph) for paragraph in _paragraphs(text)]
        pages.append(f"=== {title} ===\n{text.subject}\n\n" + _flow(said))
    return "\n\n".join(pages) + "\n"


def as_html(chapters: Sequence[Chapter], words: Mapping[str, str]) -> str:
    """The chapters as one self-contained page: no script, no font, no picture from elsewhere.

    `words` say `language`, `title`, `introduction`, `contents`, `common` and `gaps` in the page's own language.
    """
    environment = Environment(
        loader=PackageLoader("replies", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shown = [_shown(chapter) for chapter in chapters]
    return environment.get_template("album.html.j2").render(chapters=shown, words=words)


def _shown(chapter: Chapter) -> tuple[Chapter, dict[str, int], list[tuple[Page, list[_Piece]]]]:
    """A chapter with its common paragraphs, and each page in pieces."""
    common = _common(page.text for page in chapter.pages)
    pages = [
        (page, [_Piece(common.get(paragraph, 0), paragraph) for paragraph in _paragraphs(page.text)])
        for page in chapter.pages
    ]
    return chapter, common, pages


def _common(letters: Iterable[DraftText]) -> dict[str, int]:
    """The paragraphs that stand in many letters, numbered from one in the order of their first appearance."""
    uses = Counter(paragraph for text in letters for paragraph in _paragraphs(text))
    often = (paragraph for paragraph, count in uses.items() if count >= OFTEN)
    return {paragraph: number for number, paragraph in enumerate(often, start=1)}


def _paragraphs(text: DraftText) -> list[str]:
    return text.body.rstrip().split("\n\n")


def _flow(said: list[str]) -> str:
    """Join paragraphs by empty lines, and numbers that follow one another by spaces."""
    return re.sub(r"(?<=^)(\[\d+\])\n\n(?=\[\d+\]$)", r"\1 ", "\n\n".join(said), flags=re.MULTILINE)
