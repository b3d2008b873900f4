"""The words of a notice, freed of what it was published in: HTML, Markdown, a page template, or nothing at all.

Owns `plain`: lines of text in which `HEAD` marks a heading and `CELL` parts the cells of a table row. Refuses menus,
banners, forms, scripts and program text: what is around a notice says nothing about the controller's promises.
Nothing here is slower than linear in the source's length.
"""

from __future__ import annotations

import re
import textwrap

from inbox_agent.rules.notice import markup
from inbox_agent.rules.notice.boxes import boxes
from inbox_agent.rules.notice.columns import columns
from inbox_agent.rules.notice.drawn import tables
from inbox_agent.rules.notice.markup import ABOUT
from inbox_agent.rules.notice.printed import unbroken, unpaged
from inbox_agent.rules.notice.signs import CELL, HEAD
from inbox_agent.rules.notice.wrapped import unwrapped
from inbox_agent.rules.visible import visible

_OURS = re.compile(f"[{HEAD}{CELL}]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_TEMPLATE = re.compile(r"<\?(?:php|=|xml)\b.*?(?:\?>|\Z)|<%.*?(?:%>|\Z)|\{%.*?%\}", re.DOTALL | re.IGNORECASE)
_SHORTCODE = re.compile(
    r"\[/?[a-z]+(?:_[a-z_]+)?(?:\s+[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|\w+))+\s*/?\]|\[/?[a-z]+_[a-z_]+\]"
)
_SHORTCODE_END = re.compile(r"\[/[a-z_-]+\]")
_MARKUP = re.compile(
    r"<(?:/?(?:html|body|div|p|h[1-6]|ul|ol|li|table|td|br|strong|b|span|script|style)\b)", re.IGNORECASE
)
_MARKED_UP = re.compile(
    r"</(?:p|div|h\d|li|td|strong|b|body|span)>|(?:<(?:p|li|td|dd|dt)\b[^<>]{0,300}>[^<>]{1,9999}){3}", re.IGNORECASE
)
_FRONT_MATTER = re.compile(r"\A\s*---\n(?:[^\n]*\n){0,60}?---\n")

_SUMMARY = re.compile(r"<summary>([^<>\n]{2,160})</summary>", re.IGNORECASE)
_DETAILS = re.compile(r"</?details>", re.IGNORECASE)

_UNDERLINE = re.compile(r"\s*(?:={4,}|-{4,}|~{4,}|\^{4,}|\*{4,}|#{4,})\s*")
_AS_FAR_IN = 3  # spaces that Markdown lets stand before a heading; a rule below a table's row begins far before it

# Markdown: headings, bold lines and lead-ins, links, emphasis.
_LONGEST_LINE = 2_000
_QUOTED = re.compile(r"^ {0,3}(?:> ?)+(?=\S|$)")
_HASHED = re.compile(r"^ {0,3}#{1,6}[ \t]+([^#\n]{1,300})#*$")
_BOLD = re.compile(r"^[ \t]{0,20}(?:\*\*|__)([^*_\n]{2,160})(?:\*\*|__)[:.]?$")
_BOLD_LEAD = re.compile(
    r"^([ \t]{0,20}(?:\d{1,2}[.)][ \t]{1,9})?)\*\*([^*\n]{2,100}?)"
    r"(?:[:.]\*\*|\*\*:|\*\*(?![ \t]{1,9}[a-zåäö(]))[ \t]{1,9}(?=\S)"
)
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\((?:mailto:)?([^()\s]{1,300})\)")
_EMPHASIS = re.compile(r"\*\*|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|(?<![\w_])_(?=[^\W_])|(?<=[^\W_])_(?![\w_])")

# What a page that was copied as text has around its notice: ways to share, and fields to fill in beside their button.
_AROUND_TEXT = re.compile(
    r"\s*(?:(?:jaa|share|dela)\s*:.*|hyppää sisältöön|skip to content|hoppa till innehållet"
    r"|.*\[[^\[\]]{3,40}\]\s*(?:lähetä|tilaa|liity|send|subscribe|sign up|skicka|prenumerera)\W*)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\s*(?:(?:var|let|const|function|import|export|return)\s(?:.*[={;].*|.*\()|(?:window\.|document\.|@media|@import|//|/\*|\*/).*"
    r"|[.#@]?[\w-]{1,60}(?:[ .#:>,][\w.#:>, -]{0,80})?\{.*|[})\];,\s]+"
    r"|\"[\w@-]{1,60}\"\s*:\s*[\"\[{\d].*|[\w.$]{1,60}(?:\s*=\s*\S.*|\(.*\));"
    r"|(?:color|margin|padding|font|display|width|height|background|border|position|max-|min-|text-)[a-z-]*\s*:[^;]{1,80};)\s*"
)
_LONGEST_CODE = 400
_DENSE = re.compile(r"[{};=<>\\]")
# Each match goes on from its quotation mark, closed or not, so that no position is read twice.
_STRINGS = re.compile(r"\"((?:[^\"\\\n]|\\.)*+)\"?|'((?:[^'\\\n]|\\.)*+)'?|`([^`]*+)`?")
_SHORTEST_STRING = 40
_ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_ESCAPED = {"n": "\n", "r": "", "t": " ", "b": "", "f": ""}


def plain(source: str) -> str:
    """The notice as lines of text; empty where nothing is left."""
    text = _read(visible(_OURS.sub("", source)))
    if ABOUT.search(text):
        return text
    found = ("".join(groups) for groups in _STRINGS.findall(source))
    strings = [_unescaped(string) for string in found if len(string) >= _SHORTEST_STRING]
    held = "\n\n".join(string for string in strings if ABOUT.search(string) or len(string.split()) > 5)
    return _read(visible(held)) if ABOUT.search(held) else text


def _read(source: str) -> str:
    source = _SHORTCODE_END.sub("", _SHORTCODE.sub("", _TEMPLATE.sub("", source)))
    source = textwrap.dedent(_FRONT_MATTER.sub("", source))
    if len(_MARKUP.findall(source)) >= 2 and _MARKED_UP.search(source):
        source = markup.lines_of(source)
    else:
        source = re.sub(r"[ \t]{0,9}<br\s?/?>\s{0,9}", ", ", _DETAILS.sub("", _SUMMARY.sub(r"\n## \1\n", source)))
    lines = tables(unbroken(unpaged(_SPACES.sub(" ", source).splitlines())), CELL, HEAD)
    lines = [line for line in _underlined(lines) if not _is_code(line) and not _AROUND_TEXT.fullmatch(line)]
    return "\n".join(map(_line, unwrapped(columns(boxes(lines, HEAD), CELL))))


def _is_code(line: str) -> bool:
    """Whether a line is program text that is left around a notice."""
    if len(line) <= _LONGEST_CODE:
        return bool(_CODE.fullmatch(line))
    return len(_DENSE.findall(line)) > len(line) / 40


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _underlined(lines: list[str]) -> list[str]:
    """Headings that are underlined (Markdown's other way) as headings that are marked."""
    kept: list[str] = []
    for line in lines:
        if _UNDERLINE.fullmatch(line) and kept and kept[-1].strip() and _underlines(line, kept):
            kept[-1] = HEAD + kept[-1].strip()
        else:
            kept.append(line)
    return kept


def _underlines(rule: str, above: list[str]) -> bool:
    """Whether a rule is a line's own: as far in, and below lines that go on no longer than it is."""
    head = above[-1].strip()
    alone = len(above) < 2 or not above[-2].strip() or HEAD in above[-2]
    return _indent(above[-1]) - _indent(rule) <= _AS_FAR_IN and (alone or len(rule.strip()) <= 2 * len(head))


def _line(line: str) -> str:
    """One line without Markdown's marks; what is not longer than a line may be a heading or a row."""
    line = _QUOTED.sub("", line.rstrip())
    if "--" in line and not line.strip(" \t|:-"):
        return ""
    if len(line) <= _LONGEST_LINE:
        line = _HASHED.sub(rf"{HEAD}\1", _row_of_cells(line))
        line = _BOLD_LEAD.sub(rf"{HEAD}\1\2{CELL}", _BOLD.sub(rf"{HEAD}\1", line))
    line = _LINK.sub(_link, line)
    return _EMPHASIS.sub("", line)


def _row_of_cells(line: str) -> str:
    stripped = line.strip()
    if not (stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 2):
        return line
    return CELL.join(cell.strip() for cell in stripped.strip("|").split("|"))


def _link(found: re.Match[str]) -> str:
    told = "@" in found[2] or "tietosuoja.fi" in found[2]
    return f"{found[1]} {found[2]}" if told and found[2] not in found[1] else found[1]


def _unescaped(text: str) -> str:
    return _ESCAPES.sub(lambda found: chr(int(found[1], 16)) if found[1] else _ESCAPED.get(found[2], found[2]), text)
