"""What is true, shaped for showing: read-only, over a connection of its own."""

from state.views.rows import (
    ALL,
    AsideRow,
    Counts,
    DutyRow,
    MailPage,
    MailPlace,
    Narrowing,
    Page,
    Place,
    QueueRow,
    Span,
    Turn,
    TurnKind,
)
from state.views.views import Views

__all__ = [
    "ALL",
    "AsideRow",
    "Counts",
    "DutyRow",
    "MailPage",
    "MailPlace",
    "Narrowing",
    "Page",
    "Place",
    "QueueRow",
    "Span",
    "Turn",
    "TurnKind",
    "Views",
]
