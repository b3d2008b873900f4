"""The dashboard: a window on the store for the person who answers.

Owns the screens' coming and going, the look whether somebody else wrote, the themes and the commands by
name. Holds no connection and no wire: everything goes through its gateway. It may end at any instant; what
was done stands in the store.
"""

from __future__ import annotations

import asyncio
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from rich.console import RenderableType
from textual import on, work
from textual.app import App
from textual.binding import Binding
from textual.events import AppBlur
from textual.screen import ModalScreen

from inbox_agent.dashboard import handbook, keys, naming
from inbox_agent.dashboard.context import Context, DeskScreen
from inbox_agent.dashboard.gateway import Gateway, NotDone
from inbox_agent.dashboard.messages import CaseWanted, NeighbourWanted, ProfileChanged, StoreChanged
from inbox_agent.dashboard.safe import tell
from inbox_agent.dashboard.screens.all_acts import AllActsWindow
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.screens.help import HelpWindow
from inbox_agent.dashboard.themes import OWN, THEMES
from inbox_agent.profile import ControllerProfile
from inbox_agent.texts import gettext as _
from state.model import CaseKey

WIDE = 120  # columns from which list and preview, conversation and letter stand side by side
TALL = 60  # lines from which forms and answers take more of the screen
HERE_EVERY = 20.0  # seconds between signs that this desk is still open
LOOK_EVERY = 0.5  # seconds between looks whether somebody wrote to the store


class Dashboard(App[None]):
    """One window. `now` is the clock (aware); `look_every` seconds pass between two looks for news. It begins in
    `theme`, and lets `remember` keep another that is chosen. `renew` gives the gateway and the profile that bears a
    mark, or None where this desk cannot go on by it.
    """

    CSS_PATH = "dashboard.tcss"
    ENABLE_COMMAND_PALETTE = False  # the window of all acts is ours: in the interface's language, with the keys
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  # as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        gateway: Gateway,
        profile: ControllerProfile,
        now: Callable[[], datetime],
        *,
        look_every: float = LOOK_EVERY,
        theme: str = "",
        remember: Callable[[str], object] = str,
        renew: Callable[[str], tuple[Gateway, ControllerProfile] | None] = lambda _mark: None,
    ) -> None:
        super().__init__()
        self._first_theme, self._remember, self._renew = theme, remember, renew
        self.context = Context(gateway, profile, now)
        self._look_every = look_every
        self._version: int | None = None
        self._today = self.context.today()
        self._looking = False
        self._begun = False  # whether the browser has said once where the keys go
        self.gone = False  # whether the terminal is
        keys.give(
            self,
            [
                keys.key("f1", "handbook", _("Help"), "F1"),
                keys.quiet("f2", "next_theme", _("Light, dark, high contrast")),
                keys.quiet("ctrl+p", "all_acts"),
                Binding("ctrl+q", "quit", _("Quit"), show=False, priority=True),
            ],
        )

    def on_mount(self) -> None:
        self.title = self.context.profile.controller.name
        for theme in THEMES:
            self.register_theme(theme)
        names = [theme.name for theme in THEMES]
        self.theme = self._first_theme if self._first_theme in names else names[0]
        self.push_screen(MainScreen(self.context))
        self.set_interval(self._look_every, self.look)
        self.set_interval(HERE_EVERY, self.say_here)
        # Unasked, a program whose terminal was closed would be killed with what was typed, or go on without anybody.
        for number in (signal.SIGHUP, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._ended, number)

    @on(AppBlur)
    def on_keys_elsewhere(self, blurred: AppBlur) -> None:
        """A browser's page has the keys from the first: Textual's driver (8.2) begins by saying that it has not, after
        the page may have said that it has.
        """
        if self.is_web and not self._begun:
            self._begun = True
            blurred.prevent_default()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return OWN

    async def on_unmount(self) -> None:
        with suppress(NotDone):
            await self.context.gateway.act(lambda review: review.hands.left(self.context.desk))
        await self.context.gateway.close()

    # -- news -------------------------------------------------------------------------------------

    async def look(self) -> None:
        """Tell every screen to read anew where somebody wrote or a new day began."""
        if not (self.gone or self.is_headless) and _hung_up():
            self._ended(signal.SIGHUP)
        if self._looking:
            return
        self._looking = True
        try:
            version = await self.context.gateway.read(lambda views: views.data_version())
        except NotDone:
            return  # a busy store: the next look is near
        finally:
            self._looking = False
        today = self.context.today()
        if (version, today) != (self._version, self._today):
            self._version, self._today = version, today
            for screen in self.screen_stack:
                screen.post_message(StoreChanged())

    @on(ProfileChanged)
    async def on_profile_changed(self, changed: ProfileChanged) -> None:
        """Go on by the profile that the agent works by, once the list is in view and nobody is writing."""
        [lists] = self._lists
        if changed.mark == self.context.profile.mark or not lists.at_rest:
            return
        if (found := self._renew(changed.mark)) is None:
            return  # the banner says what to do
        before, (gateway, profile) = self.context.gateway, found
        self.context = replace(self.context, gateway=gateway, profile=profile)
        self.title = profile.controller.name
        fresh, place = MainScreen(self.context), (lists.asked, lists.chosen_case)
        await self.switch_screen(fresh)
        fresh.continue_from(*place)
        await before.close()
        tell(fresh, _("The profile was changed: the desk goes on by the new one."))

    async def say_here(self) -> None:
        """Let the other dashboards see on which case this one is."""
        cases = [screen.case_key for screen in self.screen_stack if isinstance(screen, CaseScreen)]
        here = cases[-1] if cases else None
        with suppress(NotDone):  # a busy store: the next time is near
            await self.context.gateway.act(lambda review: review.hands.here(self.context.desk, here))

    def get_key_display(self, binding: Binding) -> str:
        return keys.shown(binding)

    # -- screens ----------------------------------------------------------------------------------

    @on(CaseWanted)
    def on_case_wanted(self, wanted: CaseWanted) -> None:
        for lists in self._lists:
            lists.opens(wanted.case)
        self.push_screen(CaseScreen(self.context, wanted.case, wanted.line), self._on_left)
        self.call_later(self.say_here)

    @on(NeighbourWanted)
    def on_neighbour_wanted(self, wanted: NeighbourWanted) -> None:
        """The case in view gives way to its neighbour in the list, which moves along."""
        [lists] = self._lists
        if (case := lists.neighbour(wanted.case, wanted.step)) is None:
            tell(self.screen, _("There is no further case in the list."))
        elif isinstance(self.screen, CaseScreen):
            self.pop_screen()
            self.open_case(case)

    @property
    def _lists(self) -> list[MainScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, MainScreen)]

    def _on_left(self, _nothing: None) -> None:
        self.call_later(self.say_here)

    def open_case(self, case: CaseKey) -> None:
        """Show a case from anywhere."""
        self.post_message(CaseWanted(case))

    @work
    async def action_handbook(self) -> None:
        if not isinstance(self.screen, HelpWindow):
            await self.push_screen_wait(HelpWindow(handbook.ACTS.get(self._pressing, self._pressing)))

    def action_next_theme(self) -> None:
        names = [theme.name for theme in THEMES]
        here = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(here + 1) % len(names)]
        self._remember(self.theme)

    async def action_quit(self) -> None:
        """Leave; what was typed into a letter is saved first, or the person is told why it is not."""
        for screen in self.screen_stack:
            if isinstance(screen, CaseScreen) and not await screen.saved():
                return
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C copies where something is marked; whoever expects it to end the program is told what does."""
        tell(self.screen, _("Ctrl+Q quits. What was done is stored, and the assistant goes on by itself."))

    def _ended(self, number: signal.Signals) -> None:
        """The terminal is gone, or somebody ends the program."""
        if number is signal.SIGHUP and self._driver is not None:
            self.gone = True
            self._driver.write = _to_nobody  # type: ignore[method-assign]  # what no one takes would stop us
        self._leave()

    @work(exclusive=True, group="leaving")
    async def _leave(self) -> None:
        """Save what can be saved, and end."""
        for screen in self.screen_stack:
            if isinstance(screen, CaseScreen):
                await screen.saved()
        self.exit()

    def panic(self, *renderables: RenderableType) -> None:
        """A terminal that is gone cannot be read, which is no fault of the program."""
        if not self.gone:
            super().panic(*renderables)

    @property
    def _pressing(self) -> str:
        """The act that is to be done next where the person is; empty where that is a choice."""
        return self.screen.pressing if isinstance(self.screen, DeskScreen) else ""

    # -- acts by name -----------------------------------------------------------------------------

    @work
    async def action_all_acts(self) -> None:
        """Everything that can be done where the person is, by name."""
        if isinstance(self.screen, ModalScreen):
            return
        act = await self.push_screen_wait(AllActsWindow(naming.here(self.screen, self, self._pressing)))
        if act is not None:
            await self.run_action(act.action, act.node)


def _hung_up() -> bool:
    """Whether the terminal was closed. No signal tells of it where what started us outlives the terminal (`make` waits
    for its children, an orphan has no leader), and whoever reads on reads nothing, as fast as the machine can.
    """
    terminal = select.poll()
    terminal.register(sys.__stdin__ or 0, 0)
    return bool(terminal.poll(0))


def _to_nobody(data: str) -> None:
    """Where the screen goes when its terminal is gone."""
