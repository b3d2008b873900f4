"""What stands in the way of the letters whose lines are in view.

A letter is judged when its line comes into view: to judge one takes as long as to read a screenful of lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from inbox_agent.dashboard.context import Context
from inbox_agent.dashboard.readings import dossier
from inbox_agent.dashboard.steps import NO_BLOCKS, Blocks
from inbox_agent.dashboard.widgets.letter import barred
from state.errors import NotFound
from state.model import CaseKey, DraftStatus
from state.views import QueueRow, Views


class RowBars:
    """Knows of a line what was last judged; what may have changed since is judged again."""

    def __init__(self, context: Context) -> None:
        self._with = context
        self._known: dict[CaseKey, Blocks] = {}
        self._judged: set[CaseKey] = set()
        self._as_of: tuple[int, date] | None = None

    def of(self, row: QueueRow) -> Blocks:
        return self._known.get(row.key, NO_BLOCKS)

    def look_again(self, last_event: int, today: date) -> None:
        """Judge anew what is in view if anything was done since, or a day has begun; until then what was known is told.
        That somebody is alive is written every few seconds and changes no letter.
        """
        if self._as_of != (last_event, today):
            self._as_of = last_event, today
            self._judged.clear()

    async def judge(self, rows: Sequence[QueueRow]) -> None:
        """Judge the letters of these lines, one by one, so that whatever the person asks for need not wait. Raises
        NotDone.
        """
        for row in rows:
            if row.draft is DraftStatus.PROPOSED and row.key not in self._judged:
                self._known[row.key] = await self._with.gateway.read(partial(self._read, row.key))
                self._judged.add(row.key)

    def _read(self, case: CaseKey, views: Views) -> Blocks:
        try:
            found = dossier(views, case)
        except NotFound:  # it was erased since the list was read
            return NO_BLOCKS
        return barred(self._with, found, found.letters[0] if found.letters else None)
