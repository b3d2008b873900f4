"""What the style sheets of an HTML mail say about seeing, laid on the tags that they speak of.

Owns which selectors surely meet an element and which only may: a class, an id or one of them on an element hides what
bears it; every other selector, and what stands inside @media for other screens, can only show. Refuses the cascade's
finer ranks: where two rules could speak of an element, the one that shows it counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from inbox_agent.rules.html_style import Style, declared

_LONGEST_SHEETS = 200_000  # characters of all sheets of a mail

_NOT_RULES = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACES = re.compile(r"([{}])")
_SURE = re.compile(r"[A-Za-z][\w-]*[.#][A-Za-z_][\w-]*|[.#][A-Za-z_][\w-]*")
_COMBINATOR = re.compile(r"[\s>+~]+")
_PSEUDO = re.compile(r"::?[\w-]+(?:\([^)]*\))?")
_NAME = re.compile(r"[.#][\w-]+")
_ELEMENT = re.compile(r"[A-Za-z][\w-]*")
_ANY = "*"

_Reasons = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rules by what they speak of: ".class", "#id", "element.class", "element" or "*". `hidden` hides all that is
    inside; of letters "tiny", "invisible" or "colour": `unseen` what they are made by what surely meets an element,
    `anew` what they are no more by what may meet it, `common` the same by an element's name alone, which yields.
    """

    hidden: frozenset[str]
    unseen: _Reasons
    anew: _Reasons
    common: _Reasons

    def __bool__(self) -> bool:
        """Whether the sheets say anything about seeing."""
        return bool(self.hidden or self.unseen or self.anew or self.common)

    def applied(self, element: str, style: Style) -> Style:
        """What a tag says about seeing, with what the sheets say where its own attributes are silent."""
        names = tuple(name if name[0] == "#" else f".{name}" for name in style.names)
        sure = (*names, *(f"{element}{name}" for name in names))
        anew = _together(self.anew, (*names, element, _ANY))
        unseen = _together(self.unseen, sure) - anew
        seen = anew | (_together(self.common, (element, _ANY)) - unseen)
        hidden = style.hidden or not self.hidden.isdisjoint(sure)
        if not seen and not unseen and hidden == style.hidden:
            return style
        return replace(
            style,
            hidden=hidden,
            tiny=_so("tiny", unseen, seen) if style.tiny is None else style.tiny,
            invisible=_so("invisible", unseen, seen) if style.invisible is None else style.invisible,
            colour=style.colour or ("other" if "colour" in seen else ""),
        )


def read_sheets(sheets: Iterable[str]) -> Sheet:
    """Read the contents of a mail's style elements."""
    hidden: set[str] = set()
    unseen, anew, common = (defaultdict[str, frozenset[str]](frozenset) for _ in range(3))
    for selector, declarations, on_every_screen in _rules(sheets):
        style = declared(declarations)
        made, shown = _unseen(style), _seen(style)
        for part in map(str.strip, selector.split(",")):
            if on_every_screen and _SURE.fullmatch(part):
                if made:
                    unseen[part] |= made
                hidden.update((part,) if style.hidden else ())
            for name, yields in _subjects(part) if shown else ():
                (common if yields else anew)[name] |= shown
    return Sheet(frozenset(hidden), dict(unseen), dict(anew), dict(common))


def _rules(sheets: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
    """Each rule's selector and declarations, and whether it stands outside of @media and its like. What is not closed
    ends with its sheet.
    """
    left = _LONGEST_SHEETS
    for sheet in sheets:
        preludes: list[str] = []
        before = ""
        for piece in _BRACES.split(_NOT_RULES.sub("", sheet[:left])):
            if piece == "{":
                preludes.append(before.rpartition(";")[2].strip())
            elif piece == "}":
                del preludes[-1:]
            elif preludes and not preludes[-1].startswith("@"):
                yield preludes[-1], piece, len(preludes) == 1
            before = piece
        left = max(left - len(sheet), 0)


def _subjects(selector: str) -> Iterator[tuple[str, bool]]:
    """What a selector may meet, and whether a rule for a class comes before it."""
    subject = _PSEUDO.sub("", _COMBINATOR.split(selector)[-1])
    element = _ELEMENT.match(subject)
    if names := _NAME.findall(subject):
        yield from ((name, False) for name in names)
    elif subject:
        yield element[0].lower() if element else _ANY, not any(mark in selector for mark in ".#[:")


def _unseen(style: Style) -> frozenset[str]:
    return frozenset(why for why, so in (("tiny", style.tiny), ("invisible", style.invisible)) if so)


def _seen(style: Style) -> frozenset[str]:
    coloured = style.colour == "other" or style.background == "other"
    told = (("tiny", style.tiny is False), ("invisible", style.invisible is False), ("colour", coloured))
    return frozenset(why for why, so in told if so)


def _together(reasons: _Reasons, names: Iterable[str]) -> frozenset[str]:
    return frozenset[str]().union(*(reasons[name] for name in names if name in reasons))


def _so(why: str, unseen: frozenset[str], seen: frozenset[str]) -> bool | None:
    return False if why in seen else True if why in unseen else None
