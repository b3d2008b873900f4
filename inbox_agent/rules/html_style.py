"""What the attributes of an HTML tag say about seeing: hidden, white, indented, marked by a mail client.

Owns the reading of declarations and of the few attributes that act like them. Refuses the
cascade (`html_sheets`): what needs a layout to know stays visible, since showing too much is safer
than too little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

_LONGEST_ATTRIBUTES = 4_000
_LONGEST_CACHED = 400

_ATTRIBUTE = re.compile(
    r"(?<![\w-])(style|class|id|hidden|color|bgcolor|background|size)(?![\w-])"
    r"(?:\s*+=\s*+(?:\"([^\"]*+)\"?|'([^']*+)'?|([^\s>]++)))?+",
    re.IGNORECASE,
)
_INTERESTING = re.compile(r"style|class|id\s*=|hidden|color|size\s*=", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
# The size that the shorthand holds stands before the family, which it cannot lack.
_FONT = re.compile(r"(?<![\w-])font\s*:([^;]*)", re.IGNORECASE)
_FONT_SIZE = re.compile(
    r"(?:\s|\A)(0|[\d.]+(?:[a-z]+|%)|smaller|larger)(?:\s*/\s*[\w.%]+)?\s+[^\s!]|\A\s*(inherit|unset)\b", re.IGNORECASE
)
_ZERO = r":(?:0+(?:\.0*)?|\.0+)(?:px|pt|em|rem|ex|%|vh|vw)?(?![\d.])"
# Nobody sees the element, nor anything in it.
_HIDDEN = re.compile(
    r"(?<![\w-])(?:display:none|mso-hide:all|opacity:(?:0+(?:\.0\d*)?|\.0\d*)%?(?![\d.])|"
    r"transform:scale[xy]?\(0*(?:\.0*)?[,)]|"
    r"clip:rect\((?:[01](?:px)?,?){4}\)|clip-path:(?:inset\((?:100|[5-9]\d)%|circle\(0)|"
    r"text-indent:-(?:\d{4,}|\d{3,}(?:\.\d+)?(?:px|em|rem|%|vw))|(?:left|top|margin-left):-(?:\d{4,}|\d{3,}(?:\.\d+)?(?:em|rem|vw)))"
)
_FLAT = re.compile(rf"(?<![\w-])(?:max-)?(?:height|width){_ZERO}")
_VISIBILITY = re.compile(r"(?<![\w-])visibility:([^;!]*)")
_SIZE = re.compile(r"(?<![\w-])font-size:([^;!]*)")
_TINY = re.compile(
    r"(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?|0*\.\d+(?:px|pt)|[12](?:\.\d*)?(?:px|pt)|0*\.[01]\d*(?:em|rem)|\d(?:\.\d*)?%"
)
_AS_AROUND = frozenset({"", "inherit", "unset", "currentcolor"})
_RELATIVE = re.compile(r".*(?:em|ex|ch|%|er|inherit|unset)")  # "smaller", too; not rem
_COLOUR = re.compile(r"(?<![\w-])color:([^;!]*)")
_RGB = re.compile(r"rgba?\((\d{1,3})[,/]?(\d{1,3})[,/]?(\d{1,3})(?:[,/]([\d.]+)%?)?\)")
_HSL = re.compile(r"hsla?\([^,/]{1,20}[,/][^,/]{1,20}[,/](\d{1,3})%(?:[,/]([\d.]+)%?)?\)")
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250)}
_WHITE_FROM = 0xFC  # of each of red, green and blue
_ALIKE = 6  # by which two colours may differ and still look the same
_FAINT = 0.1  # of a colour's opacity, below which nobody reads
_BACKGROUND = re.compile(r"(?<![\w-])background(?:-color)?:([^;]*)")
_NO_BACKGROUND = frozenset({"transparent", "none", "inherit", "initial", "unset"})
_ANY_BACKGROUND = re.compile(
    r"(?:background(?:-color|-image)?\s*:|bgcolor\s*=|background\s*=)\s*[\"']?\s*([^;\"'>]{1,80})", re.IGNORECASE
)
_FONT_TAG_SIZE = re.compile(r"\s*[+-]?\d.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Style:
    """What a tag's attributes say. `hidden` counts for all that is inside. What an element inside may set anew, is None
    where this one says nothing of it: whether its letters are `tiny`, `invisible`, and of which `colour` ("white",
    "none" like what is behind them, "other"); `background` is "", "white" or "other". `mark` holds its id and classes,
    `names` the same as a style sheet calls them.
    """

    hidden: bool
    tiny: bool | None
    invisible: bool | None
    colour: str
    background: str
    preserved: bool  # line ends in its text are line ends
    tight: bool  # a paragraph without a gap, as Outlook writes every line
    indents: bool  # a blockquote that a client uses for plain indentation
    names: tuple[str, ...]
    mark: str


PLAIN = Style(False, None, None, "", "", False, False, False, (), "")
"""The style of a tag whose attributes say nothing about seeing."""


def style_of(attributes: str) -> Style:
    """Read a tag's attributes."""
    if len(attributes) > _LONGEST_CACHED:
        return _style(attributes[:_LONGEST_ATTRIBUTES])
    return _cached_style(attributes)


@lru_cache(maxsize=2048)
def declared(declarations: str) -> Style:
    """Read what stands between the braces of a style sheet's rule."""
    return _read({"style": declarations[:_LONGEST_ATTRIBUTES]})


def is_coloured(source: str) -> bool:
    """Whether anything in an HTML source has a background that is not plainly white."""
    return any(
        _kind_of_background(_SPACE.sub("", value.lower())) == "other" for value in _ANY_BACKGROUND.findall(source)
    )


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
    return _read(given)


def _read(given: dict[str, str]) -> Style:
    css = _declarations(given.get("style", ""))
    classes = tuple(given.get("class", "").split())
    identity = given.get("id", "")
    behind = _last(_BACKGROUND, css) or given.get("bgcolor", given.get("background", "")).lower()
    return Style(
        hidden=_hides(css) or ("hidden" in given and given["hidden"].lower() != "until-found"),
        tiny=_tiny(_last(_SIZE, css), given.get("size", "")),
        invisible=_invisible(_last(_VISIBILITY, css)),
        colour=_kind_of_letters(_last(_COLOUR, css) or given.get("color", "").lower(), behind),
        background=_kind_of_background(behind),
        preserved="white-space:pre" in css,
        tight="MsoNormal" in classes or "margin:0" in css or "margin-bottom:0" in css,
        indents="border:none" in css or "border:0" in css,
        names=(*classes, f"#{identity}") if identity else classes,
        mark=" ".join((identity, *classes)),
    )


def _declarations(style: str) -> str:
    """An inline style as a browser reads it: without comments and escapes, in lower case, without space."""
    if "\\" in style:
        style = _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), style)
    if "/*" in style:
        style = _COMMENT.sub("", style)
    return _SPACE.sub("", _FONT.sub(_size_of_font, style).lower())


def _size_of_font(shorthand: re.Match[str]) -> str:
    """The shorthand's size as a declaration of its own; one that we cannot read is an ordinary one."""
    found = _FONT_SIZE.search(shorthand[1])
    return f"font-size:{(found[1] or found[2]) if found else 'medium'}"


def _hides(css: str) -> bool:
    return bool(_HIDDEN.search(css)) or ("overflow:hidden" in css and bool(_FLAT.search(css)))


def _last(pattern: re.Pattern[str], css: str) -> str:
    """The value that counts where a declaration stands more than once; "" where it stands nowhere."""
    found = pattern.findall(css)
    return found[-1] if found else ""


def _tiny(size: str, of_tag: str) -> bool | None:
    """Whether letters of this size are too small to be seen; None where the size depends on the one around it. The
    smallest size that a font tag knows is seen.
    """
    if not size:
        return False if _FONT_TAG_SIZE.fullmatch(of_tag) else None
    if _TINY.fullmatch(size):
        return True
    return None if _RELATIVE.fullmatch(size) and not size.endswith("rem") else False


def _invisible(visibility: str) -> bool | None:
    return None if visibility in _AS_AROUND else visibility in {"hidden", "collapse"}


def _rgb(value: str) -> tuple[tuple[int, ...], float] | None:
    """A colour's red, green and blue, and how opaque it is; None for what is none that we know."""
    if found := _HEX.fullmatch(value):
        digits = found[1] if len(found[1]) > 4 else "".join(digit * 2 for digit in found[1])
        parts = tuple(int(digits[at : at + 2], 16) for at in range(0, len(digits), 2))
        return parts[:3], parts[3] / 255 if len(parts) > 3 else 1.0
    if found := _RGB.fullmatch(value):
        return tuple(min(int(part), 255) for part in found.groups()[:3]), _opacity(found[4])
    if (found := _HSL.fullmatch(value)) and found[1] in {"0", "100"}:
        return (255 * int(found[1]) // 100,) * 3, _opacity(found[2])
    return (_NAMES[value], 1.0) if value in _NAMES else None


def _opacity(told: str | None) -> float:
    try:
        return float(told) if told else 1.0
    except ValueError:
        return 1.0


def _kind_of_letters(value: str, behind: str) -> str:
    if value in _AS_AROUND:
        return ""
    colour = _rgb(value)
    if value == "transparent" or (colour and colour[1] < _FAINT):
        return "none"
    if colour is None:
        return "other"
    ground = _rgb(behind)
    if ground and all(abs(one - other) <= _ALIKE for one, other in zip(colour[0], ground[0], strict=True)):
        return "none"
    return "white" if min(colour[0]) >= _WHITE_FROM else "other"


def _kind_of_background(value: str) -> str:
    """What a background's value puts behind the letters: "" for nothing of its own."""
    value = value.partition("!")[0]
    if not value or value in _NO_BACKGROUND:
        return ""
    colour = _rgb(value)
    if colour and colour[1] < _FAINT:
        return ""
    return "white" if colour and min(colour[0]) >= _WHITE_FROM else "other"
