"""Whether a copy of a controller's data may go as a plain attachment of a mail at all (GDPR 9, 32).

Owns the reading of `lexicon/scope/plain_mail.toml` in the profile and in what a decision gives. Where neither bars it,
a person answers for it.
"""

from __future__ import annotations

import re
from functools import cache

from inbox_agent.profile import ControllerProfile, Sensitivity
from inbox_agent.rules.fold import fold_in_place
from inbox_agent.rules.lexicon_files import table
from state.model import Request


def barred(profile: ControllerProfile) -> bool:
    """Whether the profile holds data of the special categories, makes recordings, coaches, or keeps people's money."""
    held = profile.processing
    told = (held, held.fi, held.sv, held.en)
    does = (profile.controller.name, *(one.purposes for one in told))
    kinds = (one.categories for one in told)
    return (
        profile.identity.sensitivity is Sensitivity.SENSITIVE
        or bool(held.recordings)
        or any(_words("who").search(fold_in_place(said)) for said in does)
        or any(_words("what").search(fold_in_place(said)) for said in kinds)
    )


def named_in(request: Request) -> bool:
    """Whether the copy that a decision gives holds such data by its own words."""
    told = (request.decision.get(name, "") for name in ("asked_data", "contents"))
    return any(_words(kind).search(fold_in_place(said)) for said in told for kind in ("who", "what", "copy"))


@cache
def _words(name: str) -> re.Pattern[str]:
    listed: list[str] = table("scope/plain_mail.toml")[name]
    return re.compile(rf"\b(?:{'|'.join(listed)})")
