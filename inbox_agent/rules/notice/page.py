"""The words of a notice, freed of what it was published in: HTML, Markdown, a page template, or nothing at all.

Owns `plain`: lines of text in which `HEAD` marks a heading and `CELL` parts the cells of a table row. Refuses menus,
banners, forms, scripts and program text: what is around a notice says nothing about the controller's promises.
Nothing here is slower than linear in the source's length.
"""

from __future__ import annotations

import re
from html import unescape

from inbox_agent.rules.html_text import render
from inbox_agent.rules.notice.columns import columns
from inbox_agent.rules.visible import visible

HEAD = "\ue000"
"""Begins a line that the source marks as a heading."""

CELL = "\ue001"
"""Parts the cells of a table row."""

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
_BLOCKS = re.compile(r"<(?:body|div|p|h[1-6]|ul|ol|table|section|article)\b", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A\s*---\n(?:[^\n]*\n){0,60}?---\n")

# What stands around a notice on its page. Found by the element, or by what the page itself calls it.
_AROUND = frozenset(
    {"nav", "footer", "aside", "form", "button", "dialog", "select", "noscript", "iframe", "svg", "head"}
)
_AROUND_NAMES = re.compile(
    r"cookie|consent|gdpr-banner|\bmenu|\bnav|breadcrumb|\bfooter|sidebar|newsletter|social|share|popup|modal",
    re.IGNORECASE,
)
_NAMED = frozenset({"div", "section", "ul", "header", "p", "span"})
_ELEMENT = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\s[^<>]{0,2000})?)>")
_NAME = re.compile(r"\b(?:id|class|role)\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_VOID = frozenset({"br", "img", "hr", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr", "path"})

_HEADING_TAG = re.compile(r"<(?:h[1-6]|summary)\b[^<>]*>", re.IGNORECASE)
_STRONG_LINE = re.compile(
    r"(?<=>)\s*(<(?:strong|b)\b[^<>]{0,200}>)(?=[^<>]{2,160}</(?:strong|b)>\s*(?:</|<br|:</|\Z))", re.IGNORECASE
)
_CELL_TAG = re.compile(r"(?<=.)<t[dh]\b[^<>]*>", re.IGNORECASE | re.DOTALL)
_ROW_TAG = re.compile(r"<tr\b[^<>]*>", re.IGNORECASE)
_TABLE = re.compile(r"<table\b(?:[^<]|<(?!/?table\b))*</table>", re.IGNORECASE)
_ROWS = re.compile(r"(?=<tr\b)", re.IGNORECASE)
_CELLS = re.compile(r"(?=<t[dh]\b)|(?=</tr\b)", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_MERGED = re.compile(r"<t[dh]\b[^<>]*?\browspan\s*=\s*[\"']?(\d{1,2})\b[^<>]*>", re.IGNORECASE)
_LONGEST_MERGED, _MOST_MERGED, _MOST_COLUMNS = 600, 20, 12
_MAIL_LINK = re.compile(r"<a\b[^<>]*?href\s*=\s*[\"']mailto:([^\"'?<>]{3,120})[^<>]*>([^<>]{0,200})</a>", re.IGNORECASE)
# Where the authority is said to be is part of what a notice tells.
_AUTHORITY_LINK = re.compile(
    r"<a\b[^<>]*?href\s*=\s*[\"'](https?://[^\"'<>\s]*tietosuoja\.fi[^\"'<>\s]{0,120})[\"'][^<>]*>([^<>]{0,200})</a>",
    re.IGNORECASE,
)
_HIDDEN_MAIL = re.compile(
    r"<[^<>]*data-cfemail\s*=\s*[\"']([0-9a-fA-F]{6,200})[\"'][^<>]*>(?:[^<>]{0,80})", re.IGNORECASE
)

_SUMMARY = re.compile(r"<summary>([^<>\n]{2,160})</summary>", re.IGNORECASE)
_DETAILS = re.compile(r"</?details>", re.IGNORECASE)

_PAGE_NUMBER = re.compile(
    r"\s*(?:sivu|sida|page)?\s*\d{1,2}\s*(?:\(\s*\d{1,2}\s*\)|/\s*\d{1,2}|(?:of|av)\s+\d{1,2})\s*", re.IGNORECASE
)
_PAGES, _HEAD_LINES = 2, 4

_UNDERLINE = re.compile(r"\s*(?:={4,}|-{4,})\s*")
_AS_FAR_IN = 3  # spaces that Markdown lets stand before a heading; a rule below a table's row begins far before it

# Markdown: headings, bold lines and lead-ins, links, emphasis.
_LONGEST_LINE = 2_000
_HASHED = re.compile(r"^ {0,3}#{1,6}[ \t]+([^#\n]{1,300})#*$")
_BOLD = re.compile(r"^[ \t]{0,20}(?:\*\*|__)([^*_\n]{2,160})(?:\*\*|__)[:.]?$")
_BOLD_LEAD = re.compile(
    r"^([ \t]{0,20}(?:\d{1,2}[.)][ \t]{1,9})?)\*\*([^*\n]{2,100}?)"
    r"(?:[:.]\*\*|\*\*:|\*\*(?![ \t]{1,9}[a-zåäö]))[ \t]{1,9}(?=\S)"
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
_ABOUT = re.compile(
    r"rekisterin ?pit|henkilötie|tietosuoj|rekisterisel|personuppgift|dataskydd|personal data|data protection"
    r"|rekisteri\b",
    re.IGNORECASE,
)


def plain(source: str) -> str:
    """The notice as lines of text; empty where nothing is left."""
    text = _read(visible(_OURS.sub("", source)))
    if _ABOUT.search(text):
        return text
    strings = [
        _unescaped(text) for found in _STRINGS.findall(source) if len(text := "".join(found)) >= _SHORTEST_STRING
    ]
    held = "\n\n".join(string for string in strings if _ABOUT.search(string) or len(string.split()) > 5)
    return _read(visible(held)) if _ABOUT.search(held) else text


def _read(source: str) -> str:
    source = _SHORTCODE_END.sub("", _SHORTCODE.sub("", _TEMPLATE.sub("", source)))
    source = _FRONT_MATTER.sub("", source)
    if len(_MARKUP.findall(source)) >= 2 and _MARKED_UP.search(source):
        source = _html(source)
    else:
        source = re.sub(r"[ \t]{0,9}<br\s?/?>\s{0,9}", ", ", _DETAILS.sub("", _SUMMARY.sub(r"\n## \1\n", source)))
    lines = _without_page_heads(_SPACES.sub(" ", source).splitlines())
    lines = [line for line in _underlined(lines) if not _is_code(line) and not _AROUND_TEXT.fullmatch(line)]
    return "\n".join(map(_line, columns(lines, CELL)))


def _without_page_heads(lines: list[str]) -> list[str]:
    """A printed text without its page numbers, and without what stands beside each of them anew."""
    numbered = [at for at, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line)]
    if len(numbered) < _PAGES:
        return lines
    near = {at for place in numbered for at in range(place - _HEAD_LINES, place + _HEAD_LINES + 1)}
    seen: set[str] = set()
    kept = []
    for at, line in enumerate(lines):
        bare = line.strip()
        if at in numbered or (at in near and bare and bare in seen):
            continue
        seen.add(bare)
        kept.append(line)
    return kept


def _is_code(line: str) -> bool:
    """Whether a line is program text that is left around a notice."""
    if len(line) <= _LONGEST_CODE:
        return bool(_CODE.fullmatch(line))
    return len(_DENSE.findall(line)) > len(line) / 40


def _html(source: str) -> str:
    """An HTML source as lines. Where it has no block elements its line breaks are the author's own."""
    source = re.sub(
        r"<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)", "", source, flags=re.DOTALL | re.IGNORECASE
    )
    source = re.sub(r"<!--.*?(?:-->|\Z)", "", source, flags=re.DOTALL)
    if not _BLOCKS.search(source):
        source = source.replace("\n", "<br>\n")
    source = _within(_without_surroundings(source))
    source = _HIDDEN_MAIL.sub(lambda found: _decoded(found[1]), source)
    source = _MAIL_LINK.sub(_mail_link, source)
    source = _AUTHORITY_LINK.sub(lambda found: found[2] if found[1] in found[2] else f"{found[2]} ({found[1]})", source)
    source = _STRONG_LINE.sub(rf"{HEAD}", _HEADING_TAG.sub(lambda found: found[0] + HEAD, source))
    source = _TABLE.sub(lambda found: _unmerged(found[0]), source)
    source = _ROW_TAG.sub("<p>", _CELL_TAG.sub(CELL, source))
    return render(source).text


def _unmerged(table: str) -> str:
    """A table whose cells that reach over several rows stand in each of them."""
    before, *rows = _ROWS.split(table)
    told = [before]
    below: dict[int, tuple[int, str]] = {}  # by column: in how many rows to come, and the cell
    for row in rows:
        head, *parts = _CELLS.split(row)
        cells = [part for part in parts if not part.lower().startswith("</tr")]
        made = [head]
        while cells or len(made) - 1 in below:
            column = len(made) - 1
            if column in below:
                left, cell = below.pop(column)
                if left > 1:
                    below[column] = (left - 1, cell)
            else:
                cell = cells.pop(0)
                merged, body = _MERGED.match(cell), _CELL_END.split(cell)[0]
                if merged and int(merged[1]) > 1 and len(body) <= _LONGEST_MERGED and column < _MOST_COLUMNS:
                    below[column] = (min(int(merged[1]), _MOST_MERGED) - 1, f"{body}</td>")
            made.append(cell)
        told += [*made, *(part for part in parts if part.lower().startswith("</tr"))]
    return "".join(told)


def _within(source: str) -> str:
    """The page's main part, where it names one that holds the notice."""
    for name in ("article", "main"):
        start, end = source.find(f"<{name}"), source.rfind(f"</{name}>")
        if 0 <= start < end and _ABOUT.search(source, start, end):
            return source[start:end]
    return source


def _without_surroundings(source: str) -> str:
    """Leave out menus, banners, forms and footers: each to its own end tag, or not at all where it has none."""
    kept: list[str] = []
    position = 0
    around, depth, since = "", 0, 0
    for tag in _ELEMENT.finditer(source):
        closing, name = bool(tag[1]), tag[2].lower()
        if around:
            if name == around:
                depth += -1 if closing else 1
            if not depth:
                around, position = "", tag.end()
        elif not closing and name not in _VOID and _is_around(name, tag[3]):
            kept.append(source[position : tag.start()])
            around, depth, since, position = name, 1, tag.start(), tag.start()
    kept.append(source[since if around else position :])
    return "".join(kept)


def _is_around(name: str, attributes: str) -> bool:
    if name in _AROUND:
        return True
    return name in _NAMED and any(_AROUND_NAMES.search(value) for value in _NAME.findall(attributes))


def _mail_link(found: re.Match[str]) -> str:
    """A link's words, with the address that they hide."""
    address, words = unescape(found[1]).strip(), found[2]
    return words if "@" in unescape(words) else f"{words} {address}"


def _decoded(code: str) -> str:
    """An address as a well-known web host obfuscates it: each byte XORed with the first."""
    data = bytes.fromhex(code[: len(code) // 2 * 2])
    return "".join(chr(byte ^ data[0]) for byte in data[1:])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _underlined(lines: list[str]) -> list[str]:
    """Headings that are underlined (Markdown's other way) as headings that are marked."""
    kept: list[str] = []
    for line in lines:
        if _UNDERLINE.fullmatch(line) and kept and kept[-1].strip() and _indent(kept[-1]) - _indent(line) <= _AS_FAR_IN:
            kept[-1] = HEAD + kept[-1].strip()
        else:
            kept.append(line)
    return kept


def _line(line: str) -> str:
    """One line without Markdown's marks; what is not longer than a line may be a heading or a row."""
    line = line.rstrip()
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
