"""Lines of a list, broken under their beginning: a hanging indent, so that each next sign stands out."""

from __future__ import annotations

import re

from textual.content import Content

# The interface's own signs, and what it quotes below one: a mail's lines stay as they were written.
LISTED = re.compile(r" *[+−·▲✖✓▸☐☑] +(?=\S)| +(?=[“”])")
NUMBERED = re.compile(rf"{LISTED.pattern}|\d+\. +(?=\S)")
_LEAST = 8  # cells: where less is left beside the sign, a line is broken as any other


def hung(content: Content, width: int, signs: re.Pattern[str] = LISTED) -> Content:
    """The same text for so many cells: what does not fit into a list's line goes on under its first word. `signs` are
    what the lines of such a list begin with.
    """
    lines = content.split(allow_blank=True)
    if not any(line.cell_length > width and signs.match(line.plain) for line in lines):
        return content
    return Content("\n").join(part for line in lines for part in _parts(line, width, signs))


def _parts(line: Content, width: int, signs: re.Pattern[str]) -> list[Content]:
    sign = signs.match(line.plain)
    if line.cell_length <= width or sign is None or width - sign.end() < _LEAST:
        return [line]
    first, *others = line[sign.end() :].wrap(width - sign.end())
    return [line[: sign.end()] + first.rstrip(), *(part.rstrip().pad_left(sign.end()) for part in others)]
