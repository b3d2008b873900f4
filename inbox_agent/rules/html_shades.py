"""Letters of an HTML mail that are there and not to be seen: too small, made invisible, of the colour behind them.

Owns what an element inside may set anew, which is why it is not hidden: builders of mails put a size of nothing around
every column. What hides an element with all it holds is `html_text`'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from inbox_agent.rules.html_style import Style, is_coloured

VOID = frozenset({"br", "img", "hr", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr"})
"""Elements that hold nothing and have no end."""


@dataclass(slots=True)
class _Shade:
    """An open element that sets anew what makes letters unseen, how deep its name is nested in itself, and why letters
    around it are unseen.
    """

    name: str
    nesting: int
    around: frozenset[str]


class Shades:
    """Goes along with the tags of a source, from its beginning, but for those inside what is hidden."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._coloured: bool | None = None
        self._opened: list[_Shade] = []
        self._why: frozenset[str] = frozenset()

    @property
    def unseen(self) -> bool:
        """Whether the letters that follow are unseen."""
        return bool(self._why)

    @property
    def open(self) -> bool:
        """Whether the ends of elements count."""
        return bool(self._opened)

    def tag(self, name: str, closing: bool, style: Style, *, block: bool) -> None:
        """`block`: whether a paragraph ends where this element begins."""
        if self._opened and self._opened[-1].name == "p" and block and not closing:
            self._why = self._opened.pop().around
        if not closing and name not in VOID and (why := self._why_inside(style)) != self._why:
            self._opened.append(_Shade(name, 1, self._why))
            self._why = why
        elif self._opened and self._opened[-1].name == name:
            self._opened[-1].nesting += -1 if closing else 1
            if not self._opened[-1].nesting:
                self._why = self._opened.pop().around

    def _why_inside(self, style: Style) -> frozenset[str]:
        told = {"tiny": style.tiny, "invisible": style.invisible, "colour": self._like_the_ground(style)}
        unseen = {why for why, is_so in told.items() if is_so}
        return (self._why - {why for why, is_so in told.items() if is_so is not None}) | unseen

    def _like_the_ground(self, style: Style) -> bool | None:
        """Whether letters have the colour of what is behind them; None where the style says nothing of it."""
        if style.colour != "white" or style.background == "other":
            return style.colour == "none" if style.colour or style.background == "other" else None
        if style.background == "white":
            return True
        if self._coloured is None:
            self._coloured = is_coloured(self._source)
        return not self._coloured  # white letters, and nothing anywhere that is not white behind them
