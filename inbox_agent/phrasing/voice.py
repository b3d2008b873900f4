"""How an error is said: whoever words one registers its sentences here (`phrasing.errors` knows who does)."""

from __future__ import annotations

from functools import singledispatch

from inbox_agent.texts import gettext as _


@singledispatch
def phrase(error: Exception) -> tuple[str, ...]:
    """Say an error in lines for a person: first what happened, last what to do."""
    return (_("Something unexpected happened: {error}").format(error=str(error) or type(error).__name__),)
