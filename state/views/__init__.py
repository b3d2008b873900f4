"""What is true, shaped for showing: read-only, over a connection of its own."""

from state.views.rows import AsideRow, Counts, DutyRow, QueueRow, Turn, TurnKind
from state.views.views import Views

__all__ = ["AsideRow", "Counts", "DutyRow", "QueueRow", "Turn", "TurnKind", "Views"]
