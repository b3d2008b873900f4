"""What the chosen line of a list has no room for on a narrow screen, in full: who, by when, about what, what to do."""

from __future__ import annotations

from textual.content import Content

from inbox_agent.dashboard import steps, times
from inbox_agent.dashboard.safe import SafeStatic, mail_line, own
from inbox_agent.dashboard.steps import Blocks, Step
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.dashboard.widgets.casehead import beside
from inbox_agent.phrasing import words
from inbox_agent.texts import gettext as _
from state.lifecycle import LIVE_CASES
from state.model import Party
from state.views import AsideRow, QueueRow


class ChosenLine(SafeStatic):
    """Under the list, where there is no preview beside it. As high as it needs, and never less than two lines, so that
    the list seldom moves.
    """

    def show_case(self, row: QueueRow, bars: Blocks) -> None:
        step = steps.of_row(row, bars)
        whole = steps.say_whole(step, row.letter, bars) if step is Step.MEND else ""
        matter = words.matter(row.kinds, row.flags, row.status)
        who = mail_line(told.party(Party(row.name, row.address))).stylize("bold")
        lines = beside(who, _aim(row), max(self.content_size.width, 1))
        self.show(told.joined((*lines, own(f"▸ {whole}", "$text-primary") if whole else own(matter, FAINT))))

    def show_mail(self, row: AsideRow) -> None:
        subject = mail_line(row.subject or _("(no subject)")).stylize("bold")
        self.show(told.joined((subject, mail_line(told.party(row.sender)).stylize(FAINT))))

    def show_nothing(self) -> None:
        self.show(Content(""))


def _aim(row: QueueRow) -> Content:
    """The day to aim at, where it comes before the promised one, which the line shows."""
    if row.status not in LIVE_CASES or row.target == row.promise:
        return Content("")
    said = _("target {target}, promised {promise}")
    return own(said.format(target=times.short_day(row.target), promise=times.short_day(row.promise)), FAINT)
