"""The lines over a case: who, what, by when, and how far."""

from __future__ import annotations

from datetime import timedelta

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from inbox_agent.dashboard import times
from inbox_agent.dashboard.context import Context
from inbox_agent.dashboard.readings import Dossier, Post
from inbox_agent.dashboard.safe import checked, mail_line, own, plain_line
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets.clock import days_line, earliest
from inbox_agent.dashboard.widgets.told import letter_state, party
from inbox_agent.phrasing import words
from inbox_agent.texts import gettext as _
from state.lifecycle import LIVE_CASES
from state.model import Case, Draft, DraftStatus, RequestStatus

TICK = 1.0  # seconds
ARRIVED_FOR = timedelta(minutes=10)  # that a letter was sent is said so long
_UNDER_WAY = frozenset({DraftStatus.APPROVED, DraftStatus.SENDING})


class CaseHead(Widget):
    """Who and by when, what and how far, what to do now. The deadline stays whole, the person's name gives way; where
    rights, status and dates do not fit into one line, they take two: none of them is cut.
    """

    class StepClicked(Message):
        """What is to be done now was clicked."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._with = context
        self._found: Dossier | None = None
        self._post: Post | None = None
        self._here: tuple[str, ...] = ()  # colleagues who have it open now
        self._step = Content("")

    def on_mount(self) -> None:
        self.set_interval(TICK, self._fit)

    def show(self, found: Dossier, post: Post | None, step: Content, here: tuple[str, ...] = ()) -> None:
        """Show this case and what to do now; a letter's way out is told here: counted down, being sent, sent."""
        self._found, self._post, self._here, self._step = found, post, here, step
        self._fit()

    def show_step(self, step: Content) -> None:
        """The same thing to do, by another key."""
        self._step = step
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """As many lines as it needs, then draw."""
        if self._found is not None:
            self.styles.height = len(self._lines(self._found))
        self.refresh()

    def render(self) -> Content:
        if self._found is None:
            return Content("")
        return checked(Content("\n").join(self._lines(self._found)))

    def _lines(self, found: Dossier) -> list[Content]:
        """Each as wide as the head or narrower."""
        width, case = max(self.content_size.width, 1), found.case
        clock = self._clock(case)
        who = self._who(case, party(case.subject))
        if case.subject.name and who.cell_length + clock.cell_length + 2 > width:
            who = self._who(case, case.subject.name)
        first = spread(who, clock, width)
        return [first, *beside(self._what(case), self._below(found), width), *self._to_do(case, width)]

    def _to_do(self, case: Case, width: int) -> list[Content]:
        """The last lines: what to do now, and in whose hands it is."""
        return beside(self._step, self._hands(case), width)

    def on_click(self, event: Click) -> None:
        """What is to be done now is done by a click on it, as by its key."""
        if self._found is None:
            return
        to_do = self._to_do(self._found.case, max(self.content_size.width, 1))
        if event.y >= self.size.height - len(to_do):
            self.post_message(self.StepClicked())

    def _who(self, case: Case, named: str) -> Content:
        return Content.assemble((case.number, "bold"), "  ", mail_line(named).stylize("bold"))

    def _clock(self, case: Case) -> Content:
        if case.status not in LIVE_CASES:
            return own(words.case_status(case.status), FAINT)
        return days_line(earliest(case), self._with.today(), cells=10)

    def _what(self, case: Case) -> Content:
        live = [request for request in case.requests if request.status is not RequestStatus.DROPPED]
        kinds = words.matter([request.kind for request in live or case.requests], case.flags, case.status)
        return Content.assemble(kinds, (f"  · {words.case_status(case.status)}", FAINT))

    def _hands(self, case: Case) -> Content:
        """Who has it open too, else whose it is."""
        if self._here:
            names = _("here too: {names}").format(names=plain_line(", ".join(self._here)))
            return own(f"✎ {names}", "bold $text-accent")
        return own(f"→ {plain_line(case.assigned)}", "$text-accent") if case.assigned else Content("")

    def _below(self, found: Dossier) -> Content:
        if self._post and self._post.draft.status in _UNDER_WAY:
            return letter_state(self._post, self._with.now())
        if arrived := self._arrived(found):
            return arrived
        if found.goes_on:
            return own(
                _("goes on in {number} (Shift+J separates them)").format(number=found.goes_on.number), "$text-accent"
            )
        due = earliest(found.case).current
        said = _("target {target}, promised {promise}")
        return own(said.format(target=times.short_day(due.target), promise=times.short_day(due.promise)), FAINT)

    def _arrived(self, found: Dossier) -> Content | None:
        """That the newest letter was just sent, and when: the mail server has taken it."""
        ends = [made.settled_at for draft, made in found.sent if _by_mail(draft) and made]
        newest = max(filter(None, ends), default=None)
        if newest is None or self._with.now() - newest > ARRIVED_FOR:
            return None
        return own(_("✓ The letter was sent {hour}").format(hour=times.hour(newest)), "bold $text-success")


def _by_mail(draft: Draft) -> bool:
    return draft.status is DraftStatus.SENT and not draft.on_paper


def beside(left: Content, right: Content, width: int) -> list[Content]:
    """Two texts at both ends of a line where they fit, else under one another in as many lines as they need."""
    if right and left.cell_length + right.cell_length + 2 <= width:
        return [spread(left, right, width)]
    return [line for part in (left, right) if part for line in part.wrap(width)]


def spread(left: Content, right: Content, width: int) -> Content:
    """Two texts at both ends of a line; where they do not both fit, the left one gives way."""
    space = max(width - right.cell_length - 2, 0)
    return Content.assemble(left.truncate(space, ellipsis=True, pad=True), "  ", right)
