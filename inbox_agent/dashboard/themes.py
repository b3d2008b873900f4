"""Colours of the dashboard: dark, light and high contrast.

Blue against orange and vermilion, which every common form of colour blindness keeps apart (after the palette
of Okabe and Ito). Colours only repeat what a word or a sign beside them says. Surfaces are nearly grey: a terminal of
256 colours would show a tinted one as a saturated block.
"""

from __future__ import annotations

from textual.theme import Theme

FAINT = "$faint"
"""What stands behind: dates, hints, what a button's key is. Still read with ease in every theme."""
RULE = "$rule"
"""Lines and dots that only part things."""


def _bars(track: str, bar: str, held: str) -> dict[str, str]:
    """Scroll bars that keep to the background until somebody takes hold of them."""
    tracks = ("background", "background-hover", "background-active", "corner-color")
    return {
        **{f"scrollbar-{part}": track for part in tracks},
        "scrollbar": bar,
        "scrollbar-hover": held,
        "scrollbar-active": held,
    }


DARK = Theme(
    name="inbox-agent-dark",
    primary="#6cb0e8",
    secondary="#8fa3b8",
    accent="#e0a84a",
    warning="#e0a84a",
    error="#ff8a5c",
    success="#4fb99f",
    foreground="#d9dee4",
    background="#16181b",
    surface="#1b1e22",
    panel="#272b30",
    dark=True,
    variables={
        **_bars("#1b1e22", "#3c434b", "#5b636c"),
        "footer-background": "#1b1e22",
        "footer-key-foreground": "#6cb0e8",
        "block-cursor-text-style": "none",
        "input-cursor-text-style": "reverse",
        "button-focus-text-style": "bold",
        "faint": "#98a0a8",
        "rule": "#5b636c",
        "chosen": "#273848",
    },
)
LIGHT = Theme(
    name="inbox-agent-light",
    primary="#0b5fa5",
    secondary="#53677c",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b23a00",
    success="#00705a",
    foreground="#1d242b",
    background="#f7f8f9",
    surface="#ffffff",
    panel="#e8eaec",
    dark=False,
    variables={
        **_bars("#f0f1f2", "#b4bac0", "#8a929a"),
        "footer-background": "#e8eaec",
        "footer-key-foreground": "#0b5fa5",
        "block-cursor-text-style": "none",
        "input-cursor-text-style": "reverse",
        "button-focus-text-style": "bold",
        "faint": "#545c64",
        "rule": "#9aa2aa",
        "chosen": "#c6d8e8",
    },
)
CONTRAST = Theme(
    name="inbox-agent-contrast",
    primary="#8cc8ff",
    secondary="#ffffff",
    accent="#ffd000",
    warning="#ffd000",
    error="#ff9a6b",
    success="#5ce0c0",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#2b2b2b",
    dark=True,
    text_alpha=1.0,
    variables={
        **_bars("#1a1a1a", "#a8a8a8", "#ffffff"),
        "block-cursor-text-style": "bold",
        "input-cursor-text-style": "reverse",
        "button-focus-text-style": "bold reverse",
        "faint": "#e0e0e0",
        "rule": "#a8a8a8",
        "chosen": "#0b3a66",
    },
)

THEMES = (DARK, LIGHT, CONTRAST)


def background(name: str) -> str:
    """The colour behind everything in the theme of this name; of no known one, in the first."""
    [found] = [theme for theme in THEMES if theme.name == name] or THEMES[:1]
    return str(found.background)


OWN = {name: DARK.variables[name] for name in ("faint", "rule", "chosen")}
"""Colours that Textual does not know, for the moment before a theme is chosen."""
