"""Cases and mails as lines of the first screen's lists."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from inbox_agent.dashboard import steps, times
from inbox_agent.dashboard.safe import mail_line, own, plain_line
from inbox_agent.dashboard.signs import SIGNS, STYLES, bar
from inbox_agent.dashboard.steps import NO_BLOCKS, Blocks
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets.rows import Column, TwoRows
from inbox_agent.phrasing import mails, words
from inbox_agent.rules.deadlines import HELSINKI, Urgency, urgency
from inbox_agent.texts import gettext as _
from state.lifecycle import LIVE_CASES
from state.model import CaseStatus, DueDates
from state.views import AsideRow, QueueRow

_BAR, _DAY = 10, 10  # cells of the bar and of the day beside it, so that what follows stands in a column


def case_line(row: QueueRow, today: date, here: tuple[str, ...] = (), bars: Blocks = NO_BLOCKS) -> TwoRows:
    """One case: the clock, what is asked and what to do, and who. `here`: the colleagues who have it open now; `bars`:
    what stands in the way of its letter.
    """
    return TwoRows(lambda: (_clock(row, today), _matter(row, bars), _who(row, here)), (row, today, here, bars))


def mail_row(row: AsideRow) -> TwoRows:
    """One mail that became no case: when, what and from whom, and why."""
    return TwoRows(lambda: _mail_columns(row), row)


def _mail_columns(row: AsideRow) -> tuple[Column, ...]:
    received = row.received_at.astimezone(HELSINKI)
    when = Column(own(times.short_day(received.date())), own(times.hour(received), FAINT), width=11)
    what = Column(
        mail_line(row.subject or _("(no subject)")).stylize("bold"), _party(row.sender.name, row.sender.address), 1
    )
    why = Column(own(""), own(mails.reason(row.reason)), width=24, share=0.25)  # the whole upper row is the subject's
    return (when, what, why)


def days_words(days_left: int, near: Urgency) -> Content:
    """Sign and words of one deadline, in its colour."""
    return own(f"{SIGNS[near]} {words.days_left(days_left)}", STYLES[near])


def _clock(row: QueueRow, today: date) -> Column:
    if row.status not in LIVE_CASES:
        return Column(own(words.case_status(row.status)), own(times.full_day(row.promise), FAINT), width=21)
    near = urgency(DueDates(row.promise, row.backstop, row.target), today)
    used = bar(row.received_on, row.promise, today, near, _BAR)
    below = Content.assemble(used, " ", (f"{times.short_day(row.promise):<{_DAY}}", FAINT))
    aim = own("  " + _("target {days}").format(days=times.short_day(row.target)), FAINT)
    return Column(days_words(row.days_left, near), below, width=21, share=0.36, long=below + aim)


def _matter(row: QueueRow, bars: Blocks) -> Column:
    step = steps.of_row(row, bars)
    below = own(f"▸ {steps.say(step, row.letter)}", _STEP_STYLES.get(step, "$text-primary"))
    whole = words.matter(row.kinds, row.flags, row.status)
    first = words.matter(row.kinds[:1], row.flags, row.status)
    short = own(f"{first} +{len(row.kinds) - 1}", "bold") if first != whole else None
    return Column(own(whole or "–", "bold"), below, width=1, short=short)


_STEP_STYLES = {
    steps.Step.WAIT: FAINT,
    steps.Step.LEAVING: FAINT,
    steps.Step.NOTHING: FAINT,
    steps.Step.SETTLE: "bold $text-error",
    steps.Step.WRITE_AGAIN: "bold $text-error",
}


def _hands(row: QueueRow, here: tuple[str, ...]) -> Content:
    """Who is on the case now, else whose it is; a first name is enough among colleagues."""
    if here:
        return Content.assemble(" ", (f"✎ {_first(here[0])}", "bold $text-accent"))
    return own(f" → {_first(row.assigned)}", FAINT) if row.assigned else Content("")


def _first(name: str) -> str:
    return plain_line(name).split(" ")[0]


def _who(row: QueueRow, here: tuple[str, ...]) -> Column:
    name = mail_line(row.name or row.address or _("(sender unknown)"))
    hands = _hands(row, here)
    # Who is on the case now is worth more room than how the case stands, which the step says too.
    below = own(row.number if hands else f"{row.number} · {_status(row.status)}", FAINT) + hands
    return Column(name, below, width=20, share=0.35)


def _status(status: CaseStatus) -> str:
    """The status in one word, so that it is never cut."""
    short = {CaseStatus.CANDIDATE: _("not sure"), CaseStatus.OPEN: _("open"), CaseStatus.WAITING: _("asked")}
    return short.get(status) or words.case_status(status)


def _party(name: str, address: str) -> Content:
    return mail_line(name or address or _("(sender unknown)")).stylize(FAINT)
