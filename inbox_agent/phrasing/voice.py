"""How an error is said: whoever words one registers its sentences here (`phrasing.errors` knows who does)."""

from __future__ import annotations

from functools import singledispatch

from inbox_agent.texts import gettext as _


@singledispatch
def phrase(error: Exception) -> tuple[str, ...]:
    """Say an error in lines for a person: first what happened, last what to do."""
    return (_("Something unexpected happened: {error}").format(error=str(error) or type(error).__name__),)


@singledispatch
def step_at_desk(_error: Exception) -> str:
    """The one next step at the desk, its key first, where it is another than that of the command line; else empty."""
    return ""


def phrase_at_desk(error: Exception) -> tuple[str, ...]:
    """As `phrase`, for whoever has keys and no command line: what happened is the same, what to do is a key."""
    lines, step = phrase(error), step_at_desk(error)
    return (*lines[:-1], step) if step else lines
