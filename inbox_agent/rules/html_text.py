"""What a person sees of an HTML mail, as lines of text: hidden matter apart, quotations marked with ">".

Owns a tokeniser that reads the source once. It is no tree builder on purpose: mail clients' HTML needs none, and tree
builders that follow the standard can be made to build a million nodes from 30 kilobytes (misnested formatting
elements), which is how one mail would stop the whole agent. Refuses scripts, styles, comments and attributes' texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from inbox_agent.rules.html_shades import VOID, Shades
from inbox_agent.rules.html_sheets import Sheet, read_sheets
from inbox_agent.rules.html_style import PLAIN, Style, style_of

_DEEPEST_QUOTE = 20

# Both patterns end at the end of the source where something is not closed, so that no position is read twice.
_UNREAD = re.compile(
    r"<!--(?:-?>|.*?(?:-->|\Z))|<(script|style|title|template)\b[^>]*+(?:>|\Z)(.*?)(?:</\1\b[^>]*+(?:>|\Z)|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    r"<(/?[a-zA-Z][^\s/>]*+)"
    r"(?:>|([^>=]*+(?:=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+[^>=]*+)*+)(?:>|\Z))"
    r"|<[!?/][^>]*+(?:>|\Z)"
)
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")

_INLINE = frozenset({"span", "b", "i", "a", "font", "strong", "em", "u", "o:p", "small", "big", "sup", "sub", "tt"})
_SILENT = frozenset({f"{slash}{name}" for name in _INLINE for slash in ("", "/")})
_CELLS = frozenset({"td", "th", "textarea", "select", "option", "button"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "hr", "dl"})
_BLOCKS = _PARAGRAPHS | frozenset(
    {
        "div",
        "tr",
        "li",
        "blockquote",
        "center",
        "details",
        "summary",
        "section",
        "article",
        "header",
        "footer",
        "address",
        "form",
        "dt",
        "dd",
    }
    | {"body", "html", "head", "main", "nav", "aside", "tbody", "thead", "tfoot", "fieldset", "figure", "caption"}
)

# What mail clients call the line that introduces a quotation, and the place below which everything is one.
_ATTRIBUTION = re.compile(r"gmail_attr|moz-cite-prefix|reply-intro|yahoo-quoted-begin", re.IGNORECASE)
_REST = re.compile(r"divRplyFwdMsg|appendonsend|OutlookMessageHeader|yahoo_quoted|zmail_extra", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's HTML as text. Line numbers count from 0.

    `attributions` are lines that the client marked as introducing a quotation, `rest` the line from which on it
    marked everything as quoted; `hidden` is what the source holds and nobody sees.
    """

    text: str
    hidden: str
    attributions: frozenset[int]
    rest: int | None


def render(source: str) -> Rendered:
    """Read an HTML source. Linear in its length, whatever it holds."""
    sheets = [content for name, content in _UNREAD.findall(source) if name.lower() == "style"]
    renderer = _Renderer(source, read_sheets(sheets))
    text, *rest = _TAG.split(_UNREAD.sub("", source))
    renderer.text(text)
    tokens = iter(rest)
    for name, attributes, text in zip(tokens, tokens, tokens, strict=True):
        if name and (attributes or renderer.counts or name not in _SILENT):
            renderer.tag(name.lower(), attributes or "")
        if text:
            renderer.text(text)
    return renderer.finished()


class _Renderer:
    """The lines written so far and what is open: a hidden element, unseen letters, quotations, a client's mark."""

    def __init__(self, source: str, sheet: Sheet) -> None:
        self.counts = False  # whether the ends of elements must be counted
        self._hider = ""  # the element that hides, and how deep its name is nested in itself
        self._nesting = 0
        self._shades = Shades(source)
        self._sheet = sheet
        self._applied: dict[tuple[str, Style], Style] = {}
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._hidden: list[str] = []
        self._quotes: list[bool] = []  # open blockquotes: a quotation, or only an indentation
        self._depth = 0
        self._prefix = ""
        self._preserved = 0
        self._tight = False
        self._marked = ""  # the element that a client marked as an attribution, its nesting and its first line
        self._marked_nesting = 0
        self._marked_from = 0
        self._attributions: set[int] = set()
        self._rest: int | None = None

    def text(self, chunk: str) -> None:
        if "&" in chunk:
            chunk = unescape(_HUGE_REFERENCE.sub("\ufffd", chunk))
        if self._hider or self._shades.unseen:
            self._hidden.append(chunk)
        elif self._preserved and "\n" in chunk:
            *whole, last = chunk.split("\n")
            for line in whole:
                self._pieces.append(line)
                self._break()
            self._pieces.append(last)
        else:
            self._pieces.append(chunk)

    def tag(self, name: str, attributes: str) -> None:
        closing = name[0] == "/"
        name = name[closing:]
        if self._hider:
            self._inside_hidden(name, closing)
        elif closing:
            self._seen_tag(name, closing, PLAIN)
        else:
            style = self._style(name, attributes)
            if style.hidden and name not in VOID:
                self._hider, self._nesting = name, 1
            else:
                self._seen_tag(name, closing, style)
        self.counts = bool(self._hider) or self._shades.open

    def finished(self) -> Rendered:
        self._end_line()
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        return Rendered("\n".join(self._lines), " ".join(self._hidden), frozenset(self._attributions), self._rest)

    def _style(self, name: str, attributes: str) -> Style:
        own = style_of(attributes) if attributes else PLAIN
        if not self._sheet:
            return own
        if (name, own) not in self._applied:
            self._applied[name, own] = self._sheet.applied(name, own)
        return self._applied[name, own]

    def _seen_tag(self, name: str, closing: bool, style: Style) -> None:
        if self._shades.open or style is not PLAIN:
            self._shades.tag(name, closing, style, block=name in _BLOCKS)
        if name not in _INLINE or style.preserved or style.mark:
            self._visible_tag(name, closing, style)

    def _inside_hidden(self, name: str, closing: bool) -> None:
        if self._hider == "p" and not closing and name in _BLOCKS:  # a paragraph ends where the next block begins
            self._hider = ""
            self._visible_tag(name, closing, PLAIN)
        elif name == self._hider:
            self._nesting += -1 if closing else 1
            if not self._nesting:
                self._hider = ""

    def _visible_tag(self, name: str, closing: bool, style: Style) -> None:
        if name == "br":
            self._break()
        elif name in _CELLS:
            self._pieces.append(" ")
        elif name in _BLOCKS:
            self._block(name, closing, style)
        if name == "pre":
            self._preserved = max(self._preserved + (-1 if closing else 1), 0)
        elif style.preserved:
            self._preserved += 1  # stays: clients set it on the element that holds the whole mail
        if name == self._marked or style.mark:
            self._mark(name, closing, style.mark)

    def _block(self, name: str, closing: bool, style: Style) -> None:
        self._end_line()
        if name == "p" and not closing:
            self._tight = style.tight
        if name in _PARAGRAPHS and not (name == "p" and self._tight):
            self._blank_line()
        if name == "blockquote":
            self._quote(closing, style)
        elif name == "li" and not closing:
            self._pieces.append("- ")

    def _quote(self, closing: bool, style: Style) -> None:
        if not closing:
            self._quotes.append(not style.indents)
            self._depth += not style.indents
        elif self._quotes:
            self._depth -= self._quotes.pop()
        self._prefix = ">" * min(self._depth, _DEEPEST_QUOTE)

    def _mark(self, name: str, closing: bool, mark: str) -> None:
        if name == self._marked:
            self._marked_nesting += -1 if closing else 1
            if not self._marked_nesting:
                self._end_line()
                self._attributions.update(range(self._marked_from, len(self._lines)))
                self._marked = ""
        elif not self._marked and _ATTRIBUTION.search(mark):
            self._end_line()
            self._marked, self._marked_nesting, self._marked_from = name, 1, len(self._lines)
        elif self._rest is None and _REST.search(mark):
            self._end_line()
            self._rest = len(self._lines)

    def _break(self) -> None:
        if self._pieces and (line := self._flushed()):
            self._lines.append(line)
        else:
            self._blank_line()

    def _end_line(self) -> None:
        if not self._pieces:
            return
        spaced = "\xa0" in self._pieces[-1]
        if line := self._flushed():
            self._lines.append(line)
        elif spaced:  # a block that holds a space which does not collapse is an empty line
            self._blank_line()

    def _blank_line(self) -> None:
        if self._lines and self._lines[-1] != self._prefix:
            self._lines.append(self._prefix)

    def _flushed(self) -> str:
        line = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        return f"{self._prefix} {line}" if line and self._prefix else line
