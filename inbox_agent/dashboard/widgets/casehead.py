"""The lines over a case: who, what, by when, and how far."""

from __future__ import annotations

from datetime import timedelta

from textual.content import Content
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
from state.model import Case, CaseStatus, Draft, DraftStatus, RequestStatus

TICK = 1.0  # seconds
ARRIVED_FOR = timedelta(minutes=10)  # that a letter was sent is said so long
_UNDER_WAY = frozenset({DraftStatus.APPROVED, DraftStatus.SENDING})
_LIVE = frozenset({CaseStatus.CANDIDATE, CaseStatus.OPEN, CaseStatus.WAITING})


class CaseHead(Widget):
    """Who and by when, what and how far, what to do now. The deadline stays whole, the person's name gives way; where
    rights, status and dates do not fit into one line, they take two: none of them is cut.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._with = context
        self._found: Dossier | None = None
        self._post: Post | None = None
        self._here: tuple[str, ...] = ()  # colleagues who have it open now
        self._step = Content("")

    def on_mount(self) -> None:
        self.set_interval(TICK, self.refresh)

    def show(self, found: Dossier, post: Post | None, step: Content, here: tuple[str, ...] = ()) -> None:
        """Show this case and what to do now; a letter's way out is told here: counted down, being sent, sent."""
        self._found, self._post, self._here, self._step = found, post, here, step
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """As many lines as it needs, then draw."""
        if self._found is not None:
            self.styles.height = 3 if self._together(self._found) else 4
        self.refresh()

    def _together(self, found: Dossier) -> bool:
        return self._what(found.case).cell_length + self._below(found).cell_length + 2 <= self.content_size.width

    def render(self) -> Content:
        if self._found is None:
            return Content("")
        width, case = self.content_size.width, self._found.case
        clock = self._clock(case)
        who = self._who(case, party(case.subject))
        if case.subject.name and who.cell_length + clock.cell_length + 2 > width:
            who = self._who(case, case.subject.name)
        first = spread(who, clock, width)
        what, below = self._what(case), self._below(self._found)
        rest = spread(what, below, width) if self._together(self._found) else Content("\n").join((what, below))
        return checked(Content("\n").join((first, rest, self._step)))

    def _who(self, case: Case, named: str) -> Content:
        return Content.assemble((case.number, "bold"), "  ", mail_line(named).stylize("bold"))

    def _clock(self, case: Case) -> Content:
        if case.status not in _LIVE:
            return own(words.case_status(case.status), FAINT)
        return days_line(earliest(case), self._with.today(), cells=10)

    def _what(self, case: Case) -> Content:
        live = [request for request in case.requests if request.status is not RequestStatus.DROPPED]
        kinds = words.types([str(request.kind) for request in live or case.requests])
        hands = Content("")
        if self._here:
            names = _("here too: {names}").format(names=plain_line(", ".join(self._here)))
            hands = own(f"✎ {names}  ", "bold $text-accent")
        elif case.assigned:
            hands = own(f"→ {plain_line(case.assigned)}  ", "$text-accent")
        return hands + Content.assemble(kinds, (f"  · {words.case_status(case.status)}", FAINT))

    def _below(self, found: Dossier) -> Content:
        if self._post and self._post.draft.status in _UNDER_WAY:
            return letter_state(self._post, self._with.now())
        if arrived := self._arrived(found):
            return arrived
        if found.goes_on:
            return own(
                _("goes on in {number} (Shift+J parts them)").format(number=found.goes_on.number), "$text-accent"
            )
        due = earliest(found.case).current
        said = _("aim at {target}, promised {promise}")
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


def spread(left: Content, right: Content, width: int) -> Content:
    """Two texts at both ends of a line; where they do not both fit, the left one gives way."""
    space = max(width - right.cell_length - 2, 0)
    return Content.assemble(left.truncate(space, ellipsis=True, pad=True), "  ", right)
