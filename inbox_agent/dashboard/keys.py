"""Keys whose descriptions are in the interface's language of the moment.

Textual wants `BINDINGS` when a class is made, before the language is known; so screens are given theirs
when they are made.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode
from textual.screen import Screen

_TEXTUALS = frozenset(
    binding.action for found in BindingsMap(Screen.BINDINGS).key_to_bindings.values() for binding in found
)
"""What Textual's own screens can do besides, with names in English only."""


def give(node: DOMNode, keys: Iterable[Binding]) -> None:
    """Give keys to a screen, a widget or the app; they take the place of what those keys did before."""
    mine = BindingsMap(keys).key_to_bindings
    node._bindings = BindingsMap.from_keys({**node._bindings.key_to_bindings, **mine})  # noqa: SLF001  # no public way


def named(node: DOMNode) -> Iterable[Binding]:
    """The keys of a screen or of the app that can be used now and have a name, each once."""
    seen: set[str] = set()
    for _key, binding in node._bindings:  # noqa: SLF001  # no public way
        ours = binding.action not in _TEXTUALS and not binding.system
        fresh = binding.description and binding.action not in seen
        if ours and fresh and node.check_action(binding.action.partition("(")[0], ()):
            seen.add(binding.action)
            yield binding


def shown(binding: Binding) -> str:
    """The key as it stands on the keyboard: `a`, `Shift+A`, `Ctrl+R`, `F4`."""
    if binding.key_display:
        return binding.key_display
    *held, last = binding.key.split("+")
    if last.isupper():
        held.append("shift")
    last = "Esc" if last == "escape" else last
    return "+".join((*map(str.capitalize, held), last if len(last) == 1 and not held else last.capitalize()))


def key(keys: str, action: str, description: str, shown_as: str | None = None) -> Binding:
    """A key that stands in the footer."""
    return Binding(keys, action, description, key_display=shown_as)


def quiet(keys: str, action: str, description: str = "", shown_as: str | None = None) -> Binding:
    """A key that works without standing in the footer; the palette and the handbook name it."""
    return Binding(keys, action, description, show=False, key_display=shown_as)
