"""Requests that came on paper, by telephone or in person, and letters that a person brings to their reader.

Each act names its person and is one transaction. Sends nothing: a letter without an e-mail address never reaches a
mail server, which the store itself sees to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from inbox_agent.errors import UsageProblem
from inbox_agent.profile import is_address
from inbox_agent.rules import deadlines, duties, leaving, paper, speakers
from inbox_agent.rules.identity.assessment import required
from inbox_agent.rules.intake import FROM_AUTHORITY, KIND_UNKNOWN, new_request, of_authority
from inbox_agent.services import obliging, settle
from inbox_agent.services.acting import Acting
from replies.authority import ombudsman
from replies.sheet import Sheet
from state.model import (
    Act,
    Case,
    CaseKey,
    CaseStatus,
    Channel,
    Draft,
    DraftKey,
    DraftStatus,
    IdentityLevel,
    NewCase,
    Party,
    RequestKind,
)

_NOON = time(12)  # an act that is dated only by its day


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request as a person tells it. `said`: in the asker's words; `address`: e-mail, where one was left; `made_on`:
    the day that it bears, which counts where the controller's notice promised so.
    """

    channel: Channel
    name: str
    received_on: date
    kinds: tuple[RequestKind, ...]
    said: str = ""
    address: str = ""
    postal: str = ""
    language: str = ""  # empty: the controller's own
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class FromAuthority:
    """A letter of the supervisory authority as a person tells it. `due`: the day that it names for the answer; None:
    the one named in what it `said`, or the next working day.
    """

    received_on: date
    due: date | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class OnPaper(Acting):
    def record(self, told: Recorded) -> CaseKey:
        """Open a case whose clock runs from the day it was received. What was said is read as a mail's words are: for
        whom its writer speaks, and what raises the need (our choice).

        Raises UsageProblem for a day that has not come, for a making after the receipt, for what is no e-mail address
        where one would stand, and without a name or a right.
        """
        now = self.now()
        if told.received_on > deadlines.helsinki_date(now):
            raise UsageProblem("received_in_future", told.received_on.isoformat())
        if told.made_on and told.made_on > told.received_on:
            raise UsageProblem("made_after_receipt", told.made_on.isoformat())
        if not told.name.strip() or not told.kinds:
            raise UsageProblem("record_needs")
        said, address = told.said.strip(), told.address.strip()
        if address and not is_address(address):
            raise UsageProblem("no_mail_address", address)
        counted_from = self._counted_from(told)
        flags = speakers.Heard(said, address).said().flags
        new = NewCase(
            status=CaseStatus.OPEN,
            subject=Party(told.name.strip(), address),
            language=told.language or self.profile.replies.language,
            received_at=min(_noon(told.received_on), now),
            received_on=counted_from,
            identity_level=IdentityLevel.L0,
            identity_required=required(told.kinds, flags, address, self.profile),
            flags=flags,
            requests=tuple(new_request(kind, counted_from, self.profile, flags) for kind in told.kinds),
            channel=told.channel,
            postal=told.postal.strip(),
        )
        with self.store.transaction():
            case = self.store.cases.record(new, said, self.event(Act.CASE_OPENED), self.event(Act.NOTE_ADDED))
            obliging.oblige(self.store, self.profile, self.event(Act.DUTY_OPENED))
        return case

    def from_authority(self, told: FromAuthority) -> CaseKey:
        """Open a case for a letter of the authority about no case of ours, with the task to answer it by its day.

        Raises UsageProblem for a receipt that has not come, and for a day to answer before it.
        """
        now, received_on, said = self.now(), told.received_on, told.said.strip()
        if received_on > deadlines.helsinki_date(now):
            raise UsageProblem("received_in_future", received_on.isoformat())
        if told.due and told.due < received_on:
            raise UsageProblem("due_before_receipt", told.due.isoformat())
        language = self.profile.replies.language
        task = duties.with_authority(said, received_on, told.due)
        new = of_authority(
            NewCase(
                status=CaseStatus.CANDIDATE,
                subject=Party(ombudsman(language).name, ""),
                language=language,
                received_at=min(_noon(received_on), now),
                received_on=received_on,
                identity_level=IdentityLevel.L0,
                identity_required=IdentityLevel.L0,
                flags=(FROM_AUTHORITY, KIND_UNKNOWN),
                requests=(new_request(RequestKind.ACCESS, received_on, self.profile),),
                channel=Channel.LETTER,
            ),
            task.due_on,
        )
        with self.store.transaction():
            case = self.store.cases.record(new, said, self.event(Act.CASE_OPENED), self.event(Act.NOTE_ADDED))
            self.store.duties.open(case, task, self.event(Act.DUTY_OPENED))
        return case

    def sheet(self, draft: DraftKey) -> Sheet:
        """An approved letter as it is printed today, or was on the day on which it was brought to its reader.

        Raises UsageProblem for a letter that is not approved or goes by mail, and for one that today makes untrue: a
        day that it announces is past, or it has become late.
        """
        letter = self.store.drafts.get(draft)
        case, day = self.store.cases.get(letter.case), deadlines.helsinki_date(self.now())
        if not letter.on_paper or letter.approved_hash is None:
            raise UsageProblem("nothing_to_print", case.number)
        if brought := self.store.drafts.delivery(draft):
            day = deadlines.helsinki_date(brought.claimed_at)
        elif code := _past(case, letter, day):
            raise UsageProblem(code, case.number)
        return paper.sheet(case, letter, self.profile, day)

    def delivered(self, draft: DraftKey, how: str, on: date | None = None) -> str:
        """Say that an approved letter was brought to its reader, `on` that day (today), and `how`. Returns the code of
        what was past on that day and is to be told anew; "" where nothing was. An answer that came late by then does
        not end its case: that it was late, and why, is a task and a letter of its own (`leaving.ANSWER_LATE`).

        Raises UsageProblem for a day before its approval or after today, and for a letter that goes by mail.
        """
        letter, now = self.store.drafts.get(draft), self.now()
        brought_on, case = on or deadlines.helsinki_date(now), self.store.cases.get(letter.case)
        self._refuse_odd_day(letter, brought_on)
        at = now if on in {None, deadlines.helsinki_date(now)} else _noon(on or now.date())
        late = letter.letter in settle.ANSWERS and leaving.late_since(case, letter, brought_on)
        with self.store.transaction():
            if late:
                task = duties.of_delay(letter.requests, deadlines.helsinki_date(now))
                self.store.duties.open(case.key, task, self.event(Act.DUTY_OPENED))
            settle.delivered(self.store, self.profile, letter, how, at, self.event(Act.DRAFT_DELIVERED))
        return leaving.ANSWER_LATE if late else _past(case, letter, brought_on)

    def _counted_from(self, told: Recorded) -> date:
        """The day from which the month runs: the making, where the notice promised to count from it."""
        promised = self.profile.deadlines.count_from == "sending"
        return told.made_on if promised and told.made_on else told.received_on

    def _refuse_odd_day(self, letter: Draft, on: date) -> None:
        number = self.store.cases.get(letter.case).number
        if not letter.on_paper:
            raise UsageProblem("goes_by_mail", number)
        if letter.status is not DraftStatus.APPROVED or letter.approved_at is None:
            raise UsageProblem("approve_first", number)
        if not deadlines.helsinki_date(letter.approved_at) <= on <= deadlines.helsinki_date(self.now()):
            raise UsageProblem("delivered_when", on.isoformat())


def _past(case: Case, letter: Draft, on: date) -> str:
    """What of a letter that leaves on that day is not true any more; "" where all is."""
    past = leaving.past_extension(case, letter, on) or leaving.past_announcement(case, letter, on)
    return past or leaving.late_since(case, letter, on)


def _noon(day: date) -> datetime:
    return datetime.combine(day, _NOON, deadlines.HELSINKI)
