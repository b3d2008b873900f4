"""A ban on marketing told as carried out, in a case where it was answered before: the duty that is left is ticked.

Owns what "markkinointi lopetettu eilen" means in a case: an answer where the right is open, else the duty that followed
from it (GDPR 21(3)). Refuses a line that tells of another right besides.
"""

from __future__ import annotations

from collections.abc import Collection

from inbox_agent.rules.commands.model import Intent, Said

_BAN = "marketing_objection"


def in_case(said: Said, rights: Collection[str], *, duty_open: bool) -> Said:
    """As said of a case with these open `rights`; `duty_open`: whether advertising is still to be stopped there."""
    told = said.args.get("outcomes", ())
    banned = [(one.get("right"), one["outcome"]) for one in told] == [(_BAN, "granted")]
    if not banned or _BAN in rights or not duty_open:
        return said
    on = told[0].get("done_on")
    return Said(Intent.RECORD_DUTY, {"duty": "marketing_stopped", "done": True, **({"on": on} if on else {})})
