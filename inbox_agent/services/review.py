"""A person's hands: all that somebody at the desk does with cases and letters, by task.

The dashboard and the commands both act through here. Each act names its person and is one transaction. Sends nothing:
an approved letter waits for services.send.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inbox_agent.errors import CannotPrint, UsageProblem
from inbox_agent.phrasing import calendars
from inbox_agent.rules import paper
from inbox_agent.services.acting import Acting
from inbox_agent.services.approving import Approving
from inbox_agent.services.corresponding import Corresponding
from inbox_agent.services.deciding import Deciding
from inbox_agent.services.fulfilling import Fulfilling
from inbox_agent.services.hands import Hands
from inbox_agent.services.judging import Judging
from inbox_agent.services.learning import Learning
from inbox_agent.services.on_paper import OnPaper
from inbox_agent.services.who_asks import WhoAsks
from replies.sheet import Sheet
from state.model import DraftKey

Press = Callable[[Sheet, str], Path]
Keep = Callable[[str, str], Path]


@dataclass(frozen=True, slots=True)
class Review(Acting):
    press: Press | None = None  # puts a sheet into a file of this name
    learning: Learning | None = None  # where what is corrected may be remembered
    keep: Keep | None = None  # writes a report into a file of this name

    @property
    def cases(self) -> Judging:
        """What a person says a mail or a case is."""
        return self.at(Judging)

    @property
    def who_asks(self) -> WhoAsks:
        """What a person does about a case's identity."""
        return self.at(WhoAsks)

    @property
    def outcomes(self) -> Deciding:
        """What a person decides about each right."""
        return self.at(Deciding)

    @property
    def letters(self) -> Corresponding:
        """What a person writes about a case as a whole, and does with a letter before and after its approval."""
        return self.at(Corresponding)

    @property
    def approval(self) -> Approving:
        """What stands in the way of a letter, and the approval of its exact text."""
        return self.at(Approving)

    @property
    def duties(self) -> Fulfilling:
        """What a person says of a case's duties."""
        return self.at(Fulfilling)

    @property
    def on_paper(self) -> OnPaper:
        """What a person does about requests and letters on paper."""
        return self.at(OnPaper)

    @property
    def hands(self) -> Hands:
        """What several people at one desk tell one another."""
        return self.at(Hands)

    def save(self, name: str, text: str) -> Path:
        """Write a report beside the profile, and say where it is. Raises CannotPrint."""
        if self.keep is None:
            raise CannotPrint("file", Path(name))
        return self.keep(name, text)

    def save_calendar(self) -> Path:
        """Write the deadlines of the open cases and the open tasks into a calendar file that names nobody, and say
        where it is. Raises CannotPrint.
        """
        duties = ((self.store.cases.get(duty.case).number, duty) for duty in self.store.duties.due(date.max))
        text = calendars.as_file(self.store.cases.open_cases(), duties, self.now())
        return self.save("inbox-agent.ics", text)

    def print_letter(self, draft: DraftKey) -> Path:
        """Put a letter that a person brings to its reader into a file to be printed, and say where it is.

        Raises UsageProblem as `OnPaper.sheet` does, CannotPrint.
        """
        letter = self.store.drafts.get(draft)
        case, sheet = self.store.cases.get(letter.case), self.on_paper.sheet(draft)
        if self.press is None:
            raise UsageProblem("nothing_to_print", case.number)
        return self.press(sheet, paper.file_name(case, letter))
