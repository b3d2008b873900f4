"""Answers to what a person asks: read from the views and from what was stored with the mail. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import partial

from textual.content import Content

from inbox_agent.dashboard import steps, times
from inbox_agent.dashboard.context import Context
from inbox_agent.dashboard.handbook import Task, sayings, tasks
from inbox_agent.dashboard.narrowing import falling_due
from inbox_agent.dashboard.readings import LIMIT, Dossier
from inbox_agent.dashboard.safe import mail_line, own
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.dashboard.widgets.clock import clock_lines
from inbox_agent.dashboard.widgets.letter import barred
from inbox_agent.phrasing import commands as phrasing
from inbox_agent.phrasing import stats as yearly
from inbox_agent.phrasing import words
from inbox_agent.phrasing.command_findings import reason
from inbox_agent.phrasing.command_words import title
from inbox_agent.phrasing.deadlines import derivation
from inbox_agent.rules import deadlines, stats
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.deadlines import StepCode
from inbox_agent.rules.fold import fold
from inbox_agent.rules.intake import FROM_AUTHORITY
from inbox_agent.texts import gettext as _
from state.errors import NotFound
from state.model import Case, CaseKey
from state.views import Narrowing, Page, QueueRow, Views

_MOST = 12  # lines of an answer
_STEM = 5  # letters by which a topic is looked up in the handbook


class Answers:
    """Asks the views through the gateway."""

    def __init__(self, context: Context) -> None:
        self._with = context

    async def answer(self, said: Said, found: Dossier | None = None) -> Content:
        """Answer one question. `found` is the open case, if there is one. Raises NotDone."""
        match said.intent:
            case Intent.SHOW_DUE:
                return await self._due(said)
            case Intent.STATS if {"period", "right"} & said.args.keys() or said.args.get("measure") != "count":
                return await self._year(said)
            case Intent.STATS:
                return await self._numbers()
            case Intent.EXPLAIN_VERDICT | Intent.EXPLAIN_DEADLINE | Intent.SHOW_CASE:
                return self._of_case(said, found) if found else own(_("Which case? Open it first: Enter on its line."))
            case Intent.HELP:
                return handbook(str(said.args.get("topic", "")))
            case Intent.EXPORT:
                return own(
                    _(
                        "In the list, c and then Ctrl+S save the deadlines for your calendar; y and then Ctrl+S save"
                        " the year's numbers, as CSV and as a page to print. Shift+P in a case saves a letter on paper."
                    )
                )
            case Intent.NONE:
                return _which_one(said) if said.choices else own(reason(str(said.args["reason"])))
            case _:
                return Content("")

    async def find(self, wanted: str) -> CaseKey | None:
        """The case that a number, a name or "next" means; None where none or several do. Raises NotDone."""
        today = self._with.today()
        if wanted == "next":
            rows = await self._with.gateway.read(lambda views: views.queue(today, page=Page(limit=1)))
            return rows[0].key if rows else None
        if wanted.replace("-", "").isdigit():
            return await self._with.gateway.read(lambda views: _by_number(views, wanted))
        for words_of in (wanted, *wanted.split()):  # a surname's base form may be guessed wrongly, a first name rarely
            rows = await self._with.gateway.read(
                partial(Views.queue, today=today, wanted=Narrowing(words_of), page=Page(limit=2))
            )
            if rows:
                return rows[0].key if len(rows) == 1 else None
        return None

    # -- within ---------------------------------------------------------------------------------------

    async def _due(self, said: Said) -> Content:
        today = self._with.today()
        limit = 1 if said.args.get("period") == "next" else LIMIT
        meant = await self._with.gateway.read(lambda views: views.queue(today, falling_due(said, today), Page(limit)))
        head = own(title(Intent.SHOW_DUE), "bold")
        if not meant:
            return told.joined((head, own(_("Nothing."))))
        more = len(meant) - _MOST
        rest = own(_("… and {n} more").format(n=more), FAINT) if more > 0 else Content("")
        return told.joined((head, *(_due_line(row) for row in meant[:_MOST]), rest))

    async def _year(self, said: Said) -> Content:
        """The numbers of a year, of the right asked for or of all."""
        today, period = self._with.today(), str(said.args.get("period", ""))
        year = int(period[:4]) if period[:4].isdigit() else today.year - (period == "last_year")
        rows = await self._with.gateway.read(lambda views: views.year(year))
        report = stats.report(rows, year, today)
        line = next((one for one in report.lines if str(one.kind) == said.args.get("right")), report.total)
        cells = zip(yearly.headings()[1:], yearly.cells(line)[1:], strict=True)
        head = own(f"{year}: {yearly.name(line)}", "bold")
        return told.joined((head, *(own(f"  {number:>4}  {what}") for what, number in cells)))

    async def _numbers(self) -> Content:
        today = self._with.today()
        counts = await self._with.gateway.read(lambda views: views.counts(today))
        lines = (
            (_("open"), counts.open + counts.waiting + counts.candidates),
            (_("waiting for the person"), counts.waiting),
            (_("late"), counts.overdue),
            (_("due within a week"), counts.due_this_week),
            (_("letters to approve"), counts.proposed),
            (_("set aside"), counts.set_aside),
        )
        head = own(_("Now, of all cases:"), "bold")
        return told.joined((head, *(own(f"  {number:>4}  {what}") for what, number in lines)))

    def _of_case(self, said: Said, found: Dossier) -> Content:
        match said.intent:
            case Intent.EXPLAIN_VERDICT:
                return verdict(found)
            case Intent.EXPLAIN_DEADLINE:
                return deadline(found.case, self._with.today(), str(said.args.get("about", "")))
            case _:
                return self._state(found)

    def _state(self, found: Dossier) -> Content:
        today = self._with.today()
        post = found.letters[0] if found.letters else None
        bars = barred(self._with, found, post)
        step = steps.say_whole(steps.of_case(found, post, today, bars), post.draft.letter if post else None, bars)
        letters = [
            Content.assemble((f"  {words.letter(turn.draft.letter)}", ""), (f"  {times.moment(turn.at)}", FAINT))
            for turn in found.turns
            if turn.draft
        ]
        head = Content.assemble((found.case.number, "bold"), f"  {words.case_status(found.case.status)}")
        return told.joined((head, own(f"▸ {step}", "bold $text-primary"), *clock_lines(found.case, today), *letters))


def verdict(found: Dossier) -> Content:
    """Why the case's mails were understood so: the reasons stored on the day they came."""
    mails = [turn.message for turn in found.turns if turn.message]
    if not mails:
        return own(_("There is no mail in this case."))
    return told.joined((own(title(Intent.EXPLAIN_VERDICT), "bold"), told.understood(mails[0])))


def deadline(case: Case, today: date, about: str) -> Content:
    """How the date comes; asked about an extension, also that."""
    if FROM_AUTHORITY in case.flags:
        return told.joined((*clock_lines(case, today), told.authority_clock()))
    computed = deadlines.of_case(case)
    codes = [step.code for step in computed.steps]
    said = derivation(computed)
    shown = said if about == "extension" else said[: codes.index(StepCode.EXTENSION_NOTICE)]
    pause = (
        own(_("Waiting for the person's identity does not stop the month: answer in time with what you have."))
        if about == "identity_pause"
        else Content("")
    )
    return told.joined((*clock_lines(case, today), pause, *(own(f" · {step}") for step in shown)))


def handbook(topic: str) -> Content:
    """The task of the handbook that a topic is about most; without one, what can be said."""
    stems = {fold(word)[:_STEM] for word in topic.split() if len(word) >= _STEM}
    meant = max(tasks(), key=lambda task: _about(task, stems))
    if not any(_about(meant, stems)):
        return told.joined((own(_("You can say, for instance:"), "bold"), *(own(f"  {line}") for line in sayings())))
    return told.joined(_task_lines(meant.heading, meant.steps))


def _about(task: Task, stems: Collection[str]) -> tuple[int, int, int]:
    """How much a task is about what these words begin: how many of them one of its lines has, how many its heading, how
    many of its steps have one. What can be said is an example of all tasks.
    """
    texts = (task.heading, *(step for step in task.steps if step not in sayings()))
    found = [sum(stem in fold(text) for stem in stems) for text in texts]
    return max(found), found[0], sum(map(bool, found[1:]))


def _task_lines(heading: str, steps_of: Iterable[str]) -> Iterable[Content]:
    yield own(heading, "bold $text-primary")
    yield from (own(f" · {step}") for step in steps_of)


def _due_line(row: QueueRow) -> Content:
    who = mail_line(row.name or row.address)
    kinds = words.types([str(kind) for kind in row.kinds])
    return Content.assemble(
        f"  {times.short_day(row.target)}  ",
        (row.number, "bold"),
        "  ",
        who,
        "  ",
        (f"{kinds}, {words.days_left(row.days_left)}", FAINT),
    )


def _by_number(views: Views, wanted: str) -> CaseKey | None:
    try:
        return views.by_number(wanted).key
    except NotFound:
        return None


def _which_one(said: Said) -> Content:
    rows = (own(f"  {number}  ", "bold $text-primary") + mail_line(choice) for number, choice in phrasing.choices(said))
    return told.joined((own(phrasing.which_one()), *rows))
