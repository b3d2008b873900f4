"""A page's HTML as the lines of the notice in it: what stands around is left out, headings and cells are marked.

Owns menus, banners, forms and footers, merged cells, and addresses that a page hides. Refuses what the words say.
Nothing here is slower than linear in the source's length.
"""

from __future__ import annotations

import re
from html import unescape

from inbox_agent.rules.html_text import render
from inbox_agent.rules.notice.signs import CELL, HEAD
from inbox_agent.rules.notice.topics import Topic, topics_of

ABOUT = re.compile(
    r"rekisterin ?pit|henkilötie|tietosuoj|rekisterisel|personuppgift|dataskydd|personal data|data protection"
    r"|rekisteri\b",
    re.IGNORECASE,
)
"""Words by which a text shows that it is a notice."""

_BLOCKS = re.compile(r"<(?:body|div|p|h[1-6]|ul|ol|table|section|article)\b", re.IGNORECASE)
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

# How a blog's page says when its article was published and changed.
_ENTRY_DATE = re.compile(
    r"<time\b[^<>]*\bclass\s*=\s*[\"'][^\"'<>]*\b(?P<what>updated|published)\b[^<>]*>(?P<day>[^<>]{6,30})</time>",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"(?:<h[1-6]\b[^<>]*>\s*)?<button\b[^<>]*>((?:[^<]|<(?!/?button)){2,200})</button>(?:\s*</h[1-6]>)?", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")
_FEWEST_OPENED = 4
_HEADING_TAG = re.compile(r"<(?:h[1-6]|summary)\b[^<>]*>", re.IGNORECASE)
_STRONG_LINE = re.compile(
    r"(?<=>)\s*(<(?:strong|b)\b[^<>]{0,200}>)(?=[^<>]{2,160}</(?:strong|b)>\s*(?:</|<br|:</|\Z))", re.IGNORECASE
)
_SPACE, _TAB = "\ue003", "\ue004"  # stand for white space that was set on purpose
_PREFORMATTED = re.compile(r"<pre\b[^<>]*>(.*?)(?:</pre\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_CELL_PARAGRAPH = re.compile(
    r"(<t[dh]\b[^<>]*>)\s*<(?:p|div)\b[^<>]*>((?:[^<]|<(?!/?(?:p|div|t[dhr]|table|ul|ol|li|br)\b)){0,2000})</(?:p|div)>\s*(?=</t[dh]\b)",
    re.IGNORECASE,
)  # a cell whose words are a paragraph, as a word processor writes them
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


def lines_of(source: str) -> str:
    """An HTML source as lines. Where it has no block elements its line breaks are the author's own."""
    source = re.sub(
        r"<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)", "", source, flags=re.DOTALL | re.IGNORECASE
    )
    source = re.sub(r"<!--.*?(?:-->|\Z)", "", source, flags=re.DOTALL)
    source = _PREFORMATTED.sub(lambda found: _as_set(found[1]), source)
    if not _BLOCKS.search(source):
        source = source.replace("\n", "<br>\n")
    dated = _entry_date(_within(source))
    source = _within(_without_surroundings(_opened(source))) + dated
    source = _HIDDEN_MAIL.sub(lambda found: _decoded(found[1]), source)
    source = _MAIL_LINK.sub(_mail_link, source)
    source = _AUTHORITY_LINK.sub(lambda found: found[2] if found[1] in found[2] else f"{found[2]} ({found[1]})", source)
    source = _STRONG_LINE.sub(rf"{HEAD}", _HEADING_TAG.sub(lambda found: found[0] + HEAD, source))
    source = _CELL_PARAGRAPH.sub(r"\1\2", source)
    source = _TABLE.sub(lambda found: _unmerged(found[0]), source)
    source = _ROW_TAG.sub("<p>", _CELL_TAG.sub(CELL, source))
    return render(source).text.replace(_SPACE, " ").replace(_TAB, "\t")


def _entry_date(article: str) -> str:
    """The day that a page gives for its own article, which stands in the footer: the last change before the first
    publishing; nothing where the page gives it for several.
    """
    found = {each["what"].lower(): each["day"] for each in _ENTRY_DATE.finditer(article)}
    several = len(_ENTRY_DATE.findall(article)) > len(found)
    day = found.get("updated") or found.get("published")
    return f"<p>{day}</p>" if day and not several else ""


def _opened(source: str) -> str:
    """A page whose parts open by buttons, with these as headings; buttons of a page that has few such only act."""
    told = frozenset[Topic]().union(*(topics_of(_TAG.sub("", found[1])) for found in _BUTTON.finditer(source)))
    if len(told) < _FEWEST_OPENED:
        return source
    return _BUTTON.sub(lambda found: f"<h4>{found[1]}</h4>" if topics_of(_TAG.sub("", found[1])) else "", source)


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
        if 0 <= start < end and ABOUT.search(source, start, end):
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


def _as_set(text: str) -> str:
    """Preformatted text, its lines and its white space kept."""
    kept = text.replace("  ", _SPACE * 2).replace("\t", _TAB).replace("\n", "<br>")
    return f"<div>{kept}</div>"


def _mail_link(found: re.Match[str]) -> str:
    """A link's words, with the address that they hide."""
    address, words = unescape(found[1]).strip(), found[2]
    return words if "@" in unescape(words) else f"{words} {address}"


def _decoded(code: str) -> str:
    """An address as a well-known web host obfuscates it: each byte XORed with the first."""
    data = bytes.fromhex(code[: len(code) // 2 * 2])
    return "".join(chr(byte ^ data[0]) for byte in data[1:])
