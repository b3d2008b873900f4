"""Forms of text between plain lines and HTML: flowed paragraphs (RFC 3676), enriched text (RFC 1896).

Owns what their marks mean to a reader. Refuses to fail: what follows no rule stays as it came.
"""

from __future__ import annotations

import re

_SIGNATURE_MARK = "-- "
_LONGEST_PARAMETER = 200
# A command, with what it is told; an opening bracket that is meant stands twice.
_COMMAND = re.compile(
    rf"<<|<(/?[A-Za-z0-9-]{{1,60}})>(?:(?<=<param>)[^<]{{0,{_LONGEST_PARAMETER}}}</param>)?", re.IGNORECASE
)
_LINE_ENDS = re.compile(r"\n+")


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """A flowed text's paragraphs, each on one line, with the marks of its quotation (RFC 3676, 4).

    `delete_space`: the space that joins two lines is no part of the text (DelSp), so that words may be cut.
    """
    lines: list[str] = []
    depth, flowing = 0, False
    for line in text.split("\n"):
        content = line.lstrip(">")
        marks = len(line) - len(content)
        content = content.removeprefix(" ")
        if flowing and marks == depth and content != _SIGNATURE_MARK:
            lines[-1] += content
        else:
            lines.append(f"{'>' * marks} {content}" if marks else content)
        depth, flowing = marks, content.endswith(" ") and content != _SIGNATURE_MARK
        if flowing and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def unenriched(text: str) -> str:
    """What a reader sees of enriched text: no commands, a single line end as a space, one fewer of several."""
    text = _LINE_ENDS.sub(lambda ends: ends[0][1:] or " ", text)
    return _COMMAND.sub(lambda command: "<" if command[0] == "<<" else "", text)
