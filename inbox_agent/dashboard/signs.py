"""How near a deadline is, as a sign, a colour and a bar that repeat the words beside them.

The judgement is `rules.deadlines.urgency`'s, in working days to the target.
"""

from __future__ import annotations

from datetime import date

from textual.content import Content

from inbox_agent.dashboard.themes import RULE
from inbox_agent.rules.deadlines import Urgency

SIGNS = {
    Urgency.OVERDUE: "▲",
    Urgency.DUE_TODAY: "◆",
    Urgency.URGENT: "◆",
    Urgency.SOON: "●",
    Urgency.CALM: "○",
}
STYLES = {
    Urgency.OVERDUE: "bold $text-error",
    Urgency.DUE_TODAY: "bold $text-warning",
    Urgency.URGENT: "bold $text-warning",
    Urgency.SOON: "$text-warning",
    Urgency.CALM: "$text-success",
}


def bar(received_on: date, promise: date, today: date, urgency: Urgency, cells: int) -> Content:
    """How much of the time is used: heavy for used, light for left; all heavy once it is over."""
    whole = max((promise - received_on).days, 1)
    used = min(max((today - received_on).days / whole, 0.0), 1.0)
    heavy = round(used * cells)
    return Content.assemble(("━" * heavy, STYLES[urgency]), ("╌" * (cells - heavy), RULE))
