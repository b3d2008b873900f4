"""What came by no mail, recorded in half a minute: a request with who, how, when and what, or an authority's letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Select, SelectionList, TextArea
from textual.widgets.selection_list import Selection

from inbox_agent.dashboard import times
from inbox_agent.dashboard.safe import (
    SafeInput,
    SafeSelect,
    SafeTextArea,
    TickList,
    own,
)
from inbox_agent.dashboard.screens.window import Window, labelled
from inbox_agent.phrasing import paper, words
from inbox_agent.profile import is_address
from inbox_agent.rules.typed import typed_day
from inbox_agent.services.on_paper import FromAuthority, Recorded
from inbox_agent.texts import gettext as _
from state.model import Channel, RequestKind


@dataclass(frozen=True, slots=True)
class Told:
    """What is known before the window opens."""

    channel: Channel = Channel.LETTER
    name: str = ""
    day: date | None = None
    kinds: tuple[RequestKind, ...] = ()


NOTHING_TOLD = Told()


_OMBUDSMAN = "ombudsman"
"""How a letter came that is no request: the supervisory authority's."""

_ASKED, _WRITTEN = "of-request", "of-authority"  # the parts of the window that only one of the two has


class RecordWindow(Window[Recorded | FromAuthority]):
    """Answers the request as it was told, or the authority's letter. The day is today's to begin with; `told` is what
    was said of it already. `from_making`: the notice counts from the day that a request bears, which is asked too.
    """

    AUTO_FOCUS = ""

    def __init__(self, today: date, told: Told = NOTHING_TOLD, *, from_making: bool = False) -> None:
        super().__init__()
        self._told = told
        self._from_making = from_making
        self.heading = _("A request by letter, telephone or visit")
        self.submit_label = _("Record it")
        self._today = today

    def body(self) -> Iterable[Widget]:
        channels: list[tuple[Content, Channel | str]] = [
            (own(paper.channel(how)), how) for how in Channel if how is not Channel.MAIL
        ]
        authority = own(_("a letter of the Data Protection Ombudsman about no case of yours"))
        channels.append((authority, _OMBUDSMAN))
        yield labelled(_("How it came"))
        yield SafeSelect(channels, value=self._told.channel, allow_blank=False, id="channel", compact=True)
        name = SafeInput(self._told.name, placeholder=_("the person's name"), id="name", compact=True)
        yield Vertical(labelled(_("Who asks")), name, classes=_ASKED)
        yield from self._days()
        yield Vertical(labelled(_("What they want (Space ticks)")), self._rights(), classes=_ASKED)
        yield labelled(_("What was asked, in the person's own words"))
        yield SafeTextArea(id="said", compact=True)
        yield Vertical(
            labelled(_("Where the answer goes: a postal address, or an e-mail address")),
            SafeTextArea(id="postal", compact=True),
            SafeInput(placeholder=_("e-mail, only if the answer goes there"), id="address", compact=True),
            classes=_ASKED,
        )

    def _days(self) -> Iterable[Widget]:
        yield labelled(_("The day it reached you: the deadline runs from it"))
        came = times.as_typed((self._told.day or self._today).isoformat())
        yield SafeInput(came, placeholder=_("day.month.year"), id="day", compact=True)
        if self._from_making:
            bears = labelled(_("The date on the request, if it has one: your notice counts from it"))
            yield Vertical(bears, _day_field("made"), classes=_ASKED)
        by = labelled(_("The day by which the Ombudsman wants the answer"))
        yield Vertical(by, _day_field("due"), classes=_WRITTEN)

    def _rights(self) -> Widget:
        return TickList[RequestKind](
            *(
                Selection(own(words.types([str(kind)])), kind, kind in self._told.kinds, id=str(kind))
                for kind in RequestKind
            ),
            id="kinds",
        )

    @on(Select.Changed, "#channel")
    def _ask_what_fits(self) -> None:
        """A request has an asker and rights; a letter of the authority the day by which it is answered."""
        of_authority = self.query_one("#channel", Select).value == _OMBUDSMAN
        for part in self.query(f".{_ASKED}"):
            part.display = not of_authority
        for part in self.query(f".{_WRITTEN}"):
            part.display = of_authority

    def on_mount(self) -> None:
        """It begins with how it came, where that was not said yet; what stands above stays in view."""
        first = "#channel" if self._told == NOTHING_TOLD else "#name"
        self.query_one(first).focus(scroll_visible=False)

    def answer(self) -> Recorded | FromAuthority | None:
        day = typed_day(self._typed("day"))
        channel = self.query_one("#channel", Select).value
        if day is None or day > self._today:
            self.problem(_("A date like 24.11.2026, today or earlier."), "#day")
            return None
        if isinstance(channel, Channel):
            return self._request(channel, day)
        due = typed_day(self._typed("due"))
        if due is None or due < day:
            self.problem(_("The day it names: a date like 24.11.2026, not before the day it reached you."), "#due")
            return None
        return FromAuthority(day, due, self.query_one("#said", TextArea).text)

    def _request(self, channel: Channel, day: date) -> Recorded | None:
        made, name = self._typed("made"), self._typed("name")
        made_on = typed_day(made)
        kinds = self.query_one("#kinds", SelectionList).selected
        if not name:
            self.problem(_("Write the person's name."), "#name")
        elif made and (made_on is None or made_on > day):
            self.problem(_("The date on it, like 24.11.2026, not after the day it reached you."), "#made")
        elif not kinds:
            self.problem(_("Tick at least one right."), "#kinds")
        elif (address := self._typed("address")) and not is_address(address):
            self.problem(_("This is no e-mail address; a postal address belongs in the field above."), "#address")
        else:
            return Recorded(
                channel,
                name,
                day,
                tuple(kind for kind in RequestKind if kind in kinds),
                said=self.query_one("#said", TextArea).text,
                address=address,
                postal=self.query_one("#postal", TextArea).text,
                made_on=made_on,
            )
        return None

    def _typed(self, field: str) -> str:
        """What stands in a field, where the window has it."""
        return "".join(found.value for found in self.query(f"#{field}").results(Input)).strip()


def _day_field(name: str) -> Widget:
    return SafeInput(placeholder=_("day.month.year"), id=name, compact=True)


class DeliveredWindow(Window[tuple[str, date]]):
    """How and when a letter on paper was brought to its reader."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.heading = _("Was this letter delivered?")
        self.submit_label = _("Record it")
        self._today = today

    def body(self) -> Iterable[Widget]:
        ways = [(own(paper.delivered(how)), how) for how in paper.DELIVERED]
        yield labelled(_("How it was delivered"))
        yield SafeSelect(ways, value=paper.DELIVERED[0], allow_blank=False, id="how", compact=True)
        yield labelled(_("On which day"))
        yield SafeInput(
            times.as_typed(self._today.isoformat()), placeholder=_("day.month.year"), id="day", compact=True
        )

    def answer(self) -> tuple[str, date] | None:
        day = typed_day(self.query_one("#day", Input).value)
        if day is None or day > self._today:
            self.problem(_("A date like 24.11.2026, today or earlier."), "#day")
            return None
        return str(self.query_one("#how", Select).value), day
