"""That the agent does not start, or a pass of it breaks off, in words: the mail to the contact person and the deputy.

Of a file with a fault it names the places and not what stands there.
"""

from __future__ import annotations

from datetime import datetime

from inbox_agent.errors import BrokenProfile, InboxAgentError
from inbox_agent.phrasing import days
from inbox_agent.phrasing.errors import phrase
from inbox_agent.texts import gettext as _
from state.errors import StateError


def subject(*, begun: bool) -> str:
    trouble = _("The assistant's pass broke off.") if begun else _("The assistant does not start.")
    return _("inbox-agent: {trouble}").format(trouble=trouble)


def body(error: Exception, since: datetime, *, begun: bool) -> str:
    """The mail's text; of a pass that had `begun` nobody knows how far it came."""
    broke_off = _(
        "The assistant's pass broke off: mail may be unread, a reminder may be missing and a letter may be waiting."
    )
    silent = _("The assistant does not start: no mail is read, nobody is reminded and no letter leaves.")
    return "\n\n".join(
        (
            (broke_off if begun else silent) + f"\n  {_('since {when}').format(when=days.moment(since))}",
            "\n".join(_why(error)),
            _("Correct it where it runs, see whether all is well ({check}), and start it: {run}").format(
                check="inbox-agent check", run="inbox-agent run"
            ),
            _("inbox-agent sends this to the contact person and the deputy."),
        )
    )


def _why(error: Exception) -> tuple[str, ...]:
    if isinstance(error, BrokenProfile):
        places = dict.fromkeys(f"  {error.path}:{problem.line} {problem.key}".rstrip() for problem in error.problems)
        return (_("There is a fault in this place, or in these places:"), *places)
    if isinstance(error, InboxAgentError | StateError | OSError):
        return phrase(error)
    return (_("The log says why; tell whoever keeps the program."),)
