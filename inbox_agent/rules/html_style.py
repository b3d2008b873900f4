"""What the attributes of an HTML tag say about seeing: hidden, white, indented, marked by a mail client.

Owns the reading of inline styles, of the few attributes that act like them and of classes that a style sheet hides.
Refuses the cascade: what needs a layout to know stays visible, since showing too much is safer than too little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

_LONGEST_ATTRIBUTES = 4_000
_LONGEST_CACHED = 400
_LONGEST_SHEET = 200_000

_ATTRIBUTE = re.compile(
    r"(?<![\w-])(style|class|id|hidden|color|bgcolor|background)(?![\w-])"
    r"(?:\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s>]++)))?+",
    re.IGNORECASE,
)
_INTERESTING = re.compile(r"style|class|id\s*=|hidden|color", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_ZERO = r":0*(?:\.0*)?(?:px|pt|em|rem|ex|%|vh|vw)?(?![\d.])"
_HIDDEN = re.compile(
    rf"(?<![\w-])(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all|font-size{_ZERO}|opacity{_ZERO}|"
    rf"text-indent:-\d{{3,}}|(?:left|top|margin-left):-\d{{4,}})"
)
_FLAT = re.compile(rf"(?<![\w-])(?:max-)?(?:height|width){_ZERO}")
_WHITE = r"(?:white|#f[c-f]?f[c-f]?f[c-f]?|rgba?\(255,255,255(?:,1)?\))(?![\w,])"
_WHITE_TEXT = re.compile(rf"(?<![\w-])color:{_WHITE}")
_WHITE_VALUE = re.compile(_WHITE)
_BACKGROUND = re.compile(r"(?<![\w-])background(?:-color)?:([^;]*)")
_NO_COLOUR = re.compile(rf"(?:{_WHITE}|transparent|none|inherit|initial|unset)(?:!important)?(?:$|[\s;])")
_ANY_BACKGROUND = re.compile(
    r"(?:background(?:-color|-image)?\s*:|bgcolor\s*=|background\s*=)\s*[\"']?\s*([^;\"'>]{1,80})", re.IGNORECASE
)
_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)\s*(?:,|\Z)")


@dataclass(frozen=True, slots=True)
class Style:
    """What a tag's attributes say. `background` is "", "white" or "other"; `mark` holds its id and classes."""

    hidden: bool
    white: bool
    background: str
    preserved: bool  # line ends in its text are line ends
    tight: bool  # a paragraph without a gap, as Outlook writes every line
    indents: bool  # a blockquote that a client uses for plain indentation
    classes: tuple[str, ...]
    mark: str


PLAIN = Style(False, False, "", False, False, False, (), "")
"""The style of a tag whose attributes say nothing about seeing."""


def style_of(attributes: str) -> Style:
    """Read a tag's attributes."""
    if len(attributes) > _LONGEST_CACHED:
        return _style(attributes[:_LONGEST_ATTRIBUTES])
    return _cached_style(attributes)


def hidden_classes(sheet: str) -> frozenset[str]:
    """The classes that a style sheet hides everywhere. What stands inside @media is for other screens."""
    found: set[str] = set()
    depth = 0
    selector = ""
    for piece in re.split(r"([{}])", sheet[:_LONGEST_SHEET]):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            selector = piece
        elif depth == 1 and _HIDDEN.search(_SPACE.sub("", piece.lower())):
            found.update(_CLASS.findall(selector.strip()))
    return frozenset(found)


def is_coloured(source: str) -> bool:
    """Whether anything in an HTML source has a background that is not plainly white."""
    values = (_SPACE.sub("", value.lower()) for value in _ANY_BACKGROUND.findall(source))
    return any(not _NO_COLOUR.match(value) for value in values)


@lru_cache(maxsize=2048)
def _cached_style(attributes: str) -> Style:
    return _style(attributes)


def _style(attributes: str) -> Style:
    if not _INTERESTING.search(attributes):
        return PLAIN
    given = {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")[:_LONGEST_ATTRIBUTES]
        for match in reversed(list(_ATTRIBUTE.finditer(attributes)))
    }
    css = _SPACE.sub("", given.get("style", "").lower())
    flat = "overflow:hidden" in css and bool(_FLAT.search(css))
    classes = tuple(given.get("class", "").split())
    return Style(
        hidden=flat or bool(_HIDDEN.search(css)) or ("hidden" in given and given["hidden"].lower() != "until-found"),
        white=bool(_WHITE_TEXT.search(css) or _WHITE_VALUE.fullmatch(given.get("color", "").lower())),
        background=_background(css, given),
        preserved="white-space:pre" in css,
        tight="MsoNormal" in classes or "margin:0" in css or "margin-bottom:0" in css,
        indents="border:none" in css or "border:0" in css,
        classes=classes,
        mark=" ".join((given.get("id", ""), *classes)),
    )


def _background(css: str, given: dict[str, str]) -> str:
    declared = _BACKGROUND.search(css)
    value = declared[1] if declared else given.get("bgcolor", given.get("background", "")).lower()
    if not value:
        return ""
    return "white" if _WHITE_VALUE.match(value) else "other"
