"""The two lines on top: who we are and whether everything is alive, then the numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from inbox_agent.dashboard import times
from inbox_agent.dashboard.pulse import Pulse, pulse
from inbox_agent.dashboard.readings import Signs
from inbox_agent.dashboard.safe import checked, own, plain_line
from inbox_agent.dashboard.themes import FAINT, RULE
from inbox_agent.phrasing.absence import told
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.presence import away
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext

TICK = 1.0  # seconds: ages are told in seconds
_BETWEEN = own(" · ", RULE)


class Banner(Widget):
    """Header of the dashboard; counts the seconds since the agent's last sign by itself."""

    signs: reactive[Signs | None] = reactive(None, layout=False)

    def __init__(self, profile: ControllerProfile, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._profile = profile
        self._controller = plain_line(profile.controller.name)
        self._now, self._opened = now, now()

    def watch_signs(self) -> None:
        """As many lines as what is said needs: neither a number nor who answers is ever cut."""
        if self.signs is None:
            return
        self.styles.height = 1 + len(self._numbers(self.signs)) + bool(self._away(self.signs))

    def _numbers(self, signs: Signs) -> list[Content]:
        return abreast(numbers(signs), self.content_size.width)

    def on_resize(self) -> None:
        self.watch_signs()

    def on_mount(self) -> None:
        self.set_interval(TICK, self.refresh)

    def render(self) -> Content:
        if self.signs is None:
            return own(self._controller, "bold")
        lines = (self._alive(self.signs), *self._numbers(self.signs), self._away(self.signs))
        return checked(Content("\n").join(line for line in lines if line))

    def _away(self, signs: Signs) -> Content:
        """Who answers, where the contact person is away."""
        absence = away(self._profile, signs.absences, helsinki_date(self._now()))
        return own(f"☂ {plain_line(told(self._profile, absence))}", "$text-accent") if absence else Content("")

    def _alive(self, signs: Signs) -> Content:
        """Controller on the left, heartbeat on the right; where both do not fit, the heartbeat alone, on one line."""
        found = pulse(signs.beats, self._profile, self._now(), self._opened)
        life = life_sign(found).truncate(self.content_size.width, ellipsis=True)
        space = max(self.content_size.width - life.cell_length - 2, 0)
        name = own(self._controller, "bold").truncate(space, ellipsis=True, pad=True)
        return Content.assemble(name, "  ", life)


def life_sign(found: Pulse) -> Content:
    """The heartbeat with its sign: filled where all is well, a warning triangle where it is not."""
    if found.well:
        return Content.assemble(("● ", "$text-success"), found.words)
    return Content.assemble(("▲ ", "bold $text-error"), (found.words, "bold $text-error"))


def abreast(parts: Iterable[Content], width: int) -> list[Content]:
    """The parts in lines of so many cells, none of them divided."""
    lines: list[Content] = []
    for part in parts:
        if lines and lines[-1].cell_length + _BETWEEN.cell_length + part.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], _BETWEEN, part)
        else:
            lines.append(part)
    return lines


def numbers(signs: Signs) -> list[Content]:
    """What wants somebody today, the most pressing first, then the next deadline, how much there is, and of it what
    waits for the other side. What is zero is left out, but for the two that one wants to see: nothing late, nothing
    open. The shelves tell their own numbers.
    """
    counts = signs.counts
    waiting, running = counts.waiting, counts.open + counts.waiting
    wanting = (
        (
            counts.uncertain,
            ngettext("{n} letter maybe not sent", "{n} letters maybe not sent", counts.uncertain),
            "bold $text-error",
        ),
        (counts.candidates, ngettext("{n} not sure", "{n} not sure", counts.candidates), "bold $text-warning"),
        (counts.tasks, ngettext("{n} to do (k)", "{n} to do (k)", counts.tasks), "bold $text-warning"),
        (counts.proposed, _("{n} to approve"), "bold"),
    )
    return [
        _number(counts.overdue, ngettext("{n} late", "{n} late", counts.overdue), "bold $text-error"),
        *(_number(count, what, style) for count, what, style in wanting if count),
        *([own(_("next {day}").format(day=times.short_day(counts.next_on)), "bold")] if counts.next_on else []),
        _number(running, ngettext("{n} open", "{n} open", running), ""),
        *([_number(waiting, ngettext("{n} asked", "{n} asked", waiting), "")] if waiting else []),
    ]


def _number(count: int, what: str, style: str) -> Content:
    return own(what.format(n=count), style if count else FAINT)
