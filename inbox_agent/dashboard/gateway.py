"""The dashboard's way to the store: every read and every act on one thread of its own.

SQLite connections live in the thread that opened them, and a wait for the store's write lock must not
stop the screen. Owns that thread and the translation of errors into sentences. Decides nothing: reads are
`state.views`, acts are `services.review`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from inbox_agent.errors import InboxAgentError
from inbox_agent.phrasing.errors import phrase_at_desk
from inbox_agent.services.review import Review
from replies.errors import RepliesError
from state.errors import StateError
from state.views import Views

T = TypeVar("T")


class NotDone(Exception):
    """What was asked was not done; nothing was changed. `lines` say why and what to do, `cause` is the error."""

    def __init__(self, cause: InboxAgentError | StateError | RepliesError) -> None:
        self.lines = phrase_at_desk(cause)
        self.cause = cause
        super().__init__(" ".join(self.lines))


class Gateway:
    """One reading and one writing connection, both in one thread, opened by `open_views` and `open_review`."""

    def __init__(self, open_views: Callable[[], Views], open_review: Callable[[], Review]) -> None:
        self._open_views = open_views
        self._open_review = open_review
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._views: Views | None = None
        self._review: Review | None = None

    async def read(self, ask: Callable[[Views], T]) -> T:
        """Ask the views something. Raises NotDone."""
        return await self._run(lambda: ask(self._opened_views()))

    async def act(self, do: Callable[[Review], T]) -> T:
        """Let the person do something. Raises NotDone, after which nothing has changed."""
        return await self._run(lambda: do(self._opened_review()))

    async def close(self) -> None:
        """Close both connections and end the thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    async def _run(self, call: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, call)
        except (InboxAgentError, StateError, RepliesError) as error:
            raise NotDone(error) from error

    def _opened_views(self) -> Views:
        if self._views is None:
            # The store is opened first: it migrates the database, a view only reads.
            self._opened_review()
            self._views = self._open_views()
        return self._views

    def _opened_review(self) -> Review:
        if self._review is None:
            self._review = self._open_review()
        return self._review

    def _close(self) -> None:
        if self._views is not None:
            self._views.close()
        if self._review is not None:
            self._review.store.close()
