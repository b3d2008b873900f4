"""Whether a copy of a controller's data may go as a plain attachment of a mail at all (GDPR 9, 32).

Owns the reading of `lexicon/scope/plain_mail.toml` in the profile. Refuses to judge one copy: where it may go so, a
person answers for it.
"""

from __future__ import annotations

import re
from functools import cache

from inbox_agent.profile import ControllerProfile, Sensitivity
from inbox_agent.rules.fold import fold_in_place
from inbox_agent.rules.lexicon_files import table


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


@cache
def _words(name: str) -> re.Pattern[str]:
    listed: list[str] = table("scope/plain_mail.toml")[name]
    return re.compile(rf"\b(?:{'|'.join(listed)})")
