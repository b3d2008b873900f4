"""What every screen works with, and the one manner of acting and of telling what came of it."""

from __future__ import annotations

import secrets
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from textual import on
from textual.binding import Binding
from textual.events import ScreenResume, ScreenSuspend
from textual.screen import Screen
from textual.worker import Worker

from inbox_agent.dashboard import keys
from inbox_agent.dashboard.gateway import Gateway, NotDone
from inbox_agent.dashboard.history import History
from inbox_agent.dashboard.messages import StoreChanged
from inbox_agent.dashboard.safe import tell
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.services.review import Review
from state.views import Views

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """The store's gateway, the profile and the clock (aware UTC)."""

    gateway: Gateway
    profile: ControllerProfile
    now: Callable[[], datetime]
    desk: str = field(default_factory=lambda: secrets.token_hex(4))  # this very dashboard, among others open
    history: History = field(default_factory=History)

    def today(self) -> date:
        """The legal date in Helsinki."""
        return helsinki_date(self.now())


class DeskScreen(Screen[None]):
    """A screen that can read and act. What fails is told in a sentence; the screen stays."""

    pressing = ""  # the act that is to be done next, where there is one

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        keys.give(self, self.keys())

    def keys(self) -> list[Binding]:
        """The screen's keys, in the interface's language."""
        return []

    @abstractmethod
    def read(self) -> Worker[None]:
        """Read what the screen shows and show it; called anew whenever the store has changed."""

    @on(StoreChanged)
    def on_store_changed(self) -> None:
        self.read()

    @on(ScreenSuspend)
    def on_window_over_it(self) -> None:
        self.add_class("-under")

    @on(ScreenResume)
    def on_in_front_again(self) -> None:
        self.remove_class("-under")

    async def look(self, read: Callable[[Views], T]) -> T | None:
        """Read from the store. None where that could not be done, with the reason told, and where the person has left
        the screen meanwhile: there is nothing then to show it on.
        """
        try:
            found = await self.context.gateway.read(read)
        except NotDone as error:
            self.complain(error)
            return None
        return found if self.is_attached else None

    async def act(self, do: Callable[[Review], object], said: str = "") -> bool:
        """Do something and read anew; `said` confirms it. False, with the reason told, where it was not done."""
        return self.ended(await self.tried(do), said)

    async def tried(self, do: Callable[[Review], object]) -> NotDone | None:
        """Do something; why it was not done, untold."""
        try:
            await self.context.gateway.act(do)
        except NotDone as error:
            return error
        return None

    def ended(self, error: NotDone | None, said: str = "") -> bool:
        """Tell how an act ended, and read anew; whether it was done."""
        if error is not None:
            self.complain(error)
        elif said:
            tell(self, said)
        self.post_message(StoreChanged())
        return error is None

    def complain(self, error: NotDone) -> None:
        """Tell why something was not done, long enough to be read."""
        tell(self, "\n".join(error.lines), severity="error", seconds=10)
