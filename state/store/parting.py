"""Two joined cases are two again: what the joining moved goes back, as long as nothing stands on it.

The journal is the record of what is undone: the joining's own lines say which mails, rights, tasks and notes went over,
what dates a right had before, whether it had been confirmed and whose turn it was. What came since stays where it came,
but for mails of the other address; whoever wrote since waits for us.
Refuses where the world has seen the one case: a letter that left, a right decided, answered, extended or received
earlier since, a proof; where it was joined to further ones that it is not parted from again; and where its own rights
are gone: no clock would be left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from state.errors import IllegalTransition
from state.journal import Entity, Facts
from state.lifecycle import LIVE_REQUESTS, UNSETTLED_DRAFTS
from state.model import (
    Act,
    Case,
    CaseKey,
    CaseStatus,
    Draft,
    DraftStatus,
    DueDates,
    DutyStatus,
    Event,
    Message,
    MessageStatus,
    NewDuty,
    Reason,
    Relation,
    Request,
    RequestStatus,
    StoredEvent,
)
from state.store import filing
from state.store.duties import Duties
from state.store.ledger import Ledger
from state.store.retraction import PROPOSED, cancel, drafts_in, open_duties, retract

STANDS_ON_IT = frozenset(
    {
        Act.SENDING_CLAIMED,
        Act.DRAFT_DELIVERED,
        Act.REQUEST_DECIDED,
        Act.REQUEST_EXTENDED,
        Act.IDENTITY_RECORDED,
        Act.CODE_RETURNED,
        Act.CASE_RECEIVED_EARLIER,
    }
)
"""After one of these the joined case is what the person was answered in, or was proven: it stays one."""


@dataclass(frozen=True, slots=True)
class _Joined:
    """A joining: both cases as they are now, and the journal's lines about them, of it and since."""

    gone: Case
    stays: Case
    before: tuple[StoredEvent, ...]
    lines: tuple[StoredEvent, ...]
    since: tuple[StoredEvent, ...]

    def about(self, act: Act, entity: Entity, case: CaseKey) -> set[int]:
        """What the joining did this to."""
        return {one.entity_id for one in self.lines if (one.event.act, one.entity, one.case) == (act, entity, case)}


@dataclass(frozen=True, slots=True)
class Parting:
    _ledger: Ledger

    def may_part(self, gone: CaseKey) -> bool:
        """Whether this case goes on in another from which it may be parted now."""
        case = self._ledger.records.case(gone)
        if case.joined_to is None or case.status is CaseStatus.PURGED:
            return False
        try:
            self._refuse(self._joined(case, self._ledger.records.case(case.joined_to)))
        except IllegalTransition:
            return False
        return True

    def part(self, gone: CaseKey, event: Event) -> CaseKey:
        """Make a case that was joined to another one by itself again; return the one that it was joined to.

        Raises IllegalTransition where it was not joined, or where something stands on the joined case.
        """
        with self._ledger.database.transaction():
            case = self._ledger.records.case(gone)
            if case.joined_to is None or case.status is CaseStatus.PURGED:
                raise IllegalTransition("case", case.status, "parted")
            joined = self._joined(case, self._ledger.records.case(case.joined_to))
            self._refuse(joined)
            self._open_again(joined, event)
            self._give_mails_back(joined, event)
            self._give_rights_back(joined, event)
            self._give_duties_back(joined, event)
            self._take_copies_of_notes(joined)
            self._wait_again(joined, event)
            for one, other in ((joined.gone, joined.stays), (joined.stays, joined.gone)):
                facts: Facts = {"from": other.number}
                self._ledger.remark(Entity.CASE, one.key, one.key, Act.CASE_PARTED, event, facts=facts)
            return joined.stays.key

    # -- within -----------------------------------------------------------------------------------

    def _joined(self, gone: Case, stays: Case) -> _Joined:
        """Raises IllegalTransition for a joining of an older version, whose beginning is not known."""
        mine, theirs = self._ledger.journal.events(gone.key), self._ledger.journal.events(stays.key)
        last = [one for one in mine if one.event.act is Act.CASE_JOINED and "into" in one.event.facts][-1]
        after = last.event.facts.get("after")
        if not isinstance(after, int):
            raise IllegalTransition("case", gone.status, "parted")
        end = last.seq + 1  # the line of the case that goes on follows at once
        whole = sorted((*mine, *theirs), key=lambda one: one.seq)
        return _Joined(
            gone,
            stays,
            before=tuple(one for one in whole if one.seq <= after),
            lines=tuple(one for one in whole if after < one.seq <= end),
            since=tuple(one for one in theirs if one.seq > end and not self._undone(stays, theirs, one.seq)),
        )

    def _undone(self, stays: Case, lines: Sequence[StoredEvent], seq: int) -> bool:
        """Whether a line belongs to a joining of the case that was undone: then nothing stands on it."""
        parted = {one.event.facts["from"]: one.seq for one in lines if one.event.act is Act.CASE_PARTED}
        for number, at in parted.items():
            for one in self._ledger.journal.events(self._ledger.records.case_by_number(str(number)).key):
                into = one.event.act is Act.CASE_JOINED and one.event.facts.get("into") == stays.number
                if into and one.seq < at and int(str(one.event.facts.get("after", one.seq))) < seq <= one.seq + 1:
                    return True
        return False

    def _refuse(self, joined: _Joined) -> None:
        filing.refuse_ended(joined.stays)
        later = any(one.event.act is Act.CASE_JOINED and "from" in one.event.facts for one in joined.since)
        if later or any(one.event.act in STANDS_ON_IT for one in joined.since) or _came_to_light(joined):
            raise IllegalTransition("case", joined.stays.status, "parted")
        for draft in drafts_in(self._ledger, joined.stays.key, UNSETTLED_DRAFTS - PROPOSED):
            raise IllegalTransition("draft", draft.status, DraftStatus.SUPERSEDED)
        opened = joined.about(Act.REQUEST_OPENED, Entity.REQUEST, joined.stays.key)
        live = [request for request in joined.stays.requests if request.status in LIVE_REQUESTS]
        if not any(request.key not in opened for request in live):
            raise IllegalTransition("case", joined.stays.status, "parted")
        if any(request.extended for request in self._moved(joined)):
            raise IllegalTransition("case", joined.stays.status, "parted")

    def _open_again(self, joined: _Joined, event: Event) -> None:
        self._ledger.database.write("update cases set joined_to = null where id = ?", joined.gone.key)
        confirmed = joined.about(Act.CASE_CONFIRMED, Entity.CASE, joined.gone.key)
        status = CaseStatus.CANDIDATE if confirmed else CaseStatus.OPEN
        filing.reopen_case(self._ledger, self._ledger.records.case(joined.gone.key), event, status)
        for request in joined.gone.requests:
            if request.key in joined.about(Act.REQUEST_DROPPED, Entity.REQUEST, joined.gone.key):
                self._ledger.move_request(
                    request, RequestStatus.OPEN, Act.REQUEST_REOPENED, event, columns=filing.UNDECIDED
                )

    def _give_mails_back(self, joined: _Joined, event: Event) -> None:
        went_over = joined.about(Act.MESSAGE_FILED, Entity.MESSAGE, joined.stays.key)
        for message in self._ledger.records.messages(joined.stays.key):
            if message.key in went_over or _theirs(message, joined):
                self._ledger.move_message(
                    message,
                    MessageStatus.SET_ASIDE,
                    event,
                    case=joined.stays.key,
                    facts={"reason": Reason.BY_PERSON},
                    columns={"reason": Reason.BY_PERSON},
                )
                aside = self._ledger.records.message(message.key)
                filing.put_under(self._ledger, aside, joined.gone.key, _relation(message, joined.before), event)
        # Replies to the letters of the other number find it again.
        self._ledger.database.write(
            "update threads set case_id = ?1 where message_id in (select deliveries.message_id from deliveries"
            " join drafts on drafts.id = deliveries.draft_id where drafts.case_id = ?1)",
            joined.gone.key,
        )

    def _moved(self, joined: _Joined) -> list[Request]:
        """The rights of the case that goes on whose earlier receipt came from the other."""
        earlier = joined.about(Act.CASE_RECEIVED_EARLIER, Entity.REQUEST, joined.stays.key)
        return [one for one in joined.stays.requests if one.key in earlier and one.status in LIVE_REQUESTS]

    def _give_rights_back(self, joined: _Joined, event: Event) -> None:
        opened = joined.about(Act.REQUEST_OPENED, Entity.REQUEST, joined.stays.key)
        over = [one for one in joined.stays.requests if one.key in opened and one.status in LIVE_REQUESTS]
        moved = self._moved(joined)
        proposed = drafts_in(self._ledger, joined.stays.key, PROPOSED)  # they tell of rights and days that go back
        retract(self._ledger, (draft for draft in proposed if _about(draft, [*over, *moved])), event)
        for request in over:
            cancel(self._ledger, open_duties(self._ledger, joined.stays.key, request.key), event)
            columns = {**filing.UNDECIDED, "obliged": 0}
            self._ledger.move_request(request, RequestStatus.DROPPED, Act.REQUEST_DROPPED, event, columns=columns)
        for request in moved:
            on, due = _dates(request, joined.before)
            filing.count_from(self._ledger, request, on, event, act=Act.REQUEST_RECEIPT_RESTORED, due=due)

    def _give_duties_back(self, joined: _Joined, event: Event) -> None:
        """What stands by itself and is still to be done goes back with its day of now."""
        over = joined.about(Act.DUTY_OPENED, Entity.DUTY, joined.stays.key)
        duties = [one for one in self._ledger.records.duties(joined.stays.key) if one.key in over]
        mine = [one for one in duties if one.status is DutyStatus.OPEN and one.request is None]
        for duty in mine:
            anew = NewDuty(duty.kind, duty.due_on, duty.reckoning, None, duty.about)
            Duties(self._ledger).open(joined.gone.key, anew, event)
        cancel(self._ledger, mine, event)

    def _take_copies_of_notes(self, joined: _Joined) -> None:
        """The other case has the notes themselves; here their copies would tell of somebody else."""
        for one in joined.lines:
            if one.event.act is Act.NOTE_ADDED and one.case == joined.stays.key:
                self._ledger.database.write("delete from notes where event_seq = ?", one.seq)

    def _wait_again(self, joined: _Joined, event: Event) -> None:
        """Whose turn it was before: it is ours where they wrote since."""
        came = {one.entity_id for one in joined.since if one.event.act is Act.MESSAGE_FILED}
        for case in (joined.gone.key, joined.stays.key):
            now, mails = self._ledger.records.case(case), self._ledger.records.messages(case)
            waited = _status_before(case, joined.before) == CaseStatus.WAITING
            if waited and now.status is CaseStatus.OPEN and not came & {mail.key for mail in mails}:
                self._ledger.move_case(now, CaseStatus.WAITING, Act.CASE_WAITING, event)


def _status_before(case: CaseKey, before: Iterable[StoredEvent]) -> str | None:
    told = [one.new for one in before if (one.entity, one.entity_id) == (Entity.CASE, case) and one.new]
    return told[-1] if told else None


def _came_to_light(joined: _Joined) -> bool:
    """Whether a right or a sign was added since: whose it is, the mail behind it does not tell for certain."""
    return any(
        one.event.act is Act.REQUEST_OPENED
        or (
            one.event.act is Act.CASE_FLAGGED
            and one.event.facts["on"]
            and one.event.facts["flag"] not in joined.gone.flags
        )
        for one in joined.since
    )


def _theirs(message: Message, joined: _Joined) -> bool:
    """Whether a mail that came since is the other person's, by the address of whom it is about."""
    came = any((one.entity, one.entity_id) == (Entity.MESSAGE, message.key) for one in joined.since)
    theirs, ours = (case.subject.address.casefold() for case in (joined.gone, joined.stays))
    passed_on = message.analysis.get("forwarded") or {}
    about = str(passed_on.get("subject_address") or message.sender.address)
    return came and about.casefold() == theirs != ours


def _relation(message: Message, before: Iterable[StoredEvent]) -> Relation:
    """How a mail belonged to its case before the joining."""
    said = [
        one.event.facts["relation"]
        for one in before
        if (one.entity, one.entity_id) == (Entity.MESSAGE, message.key) and "relation" in one.event.facts
    ]
    return Relation(str(said[-1])) if said and said[-1] else Relation.FOLLOW_UP


def _dates(request: Request, before: Iterable[StoredEvent]) -> tuple[date, DueDates]:
    """Receipt and dates of a right as the journal told them last."""
    *_, told = (
        one.event.facts
        for one in before
        if (one.entity, one.entity_id) == (Entity.REQUEST, request.key)
        and {"received_on", "promise", "backstop", "target"} <= set(one.event.facts)
    )
    days = (date.fromisoformat(str(told[name])) for name in ("promise", "backstop", "target"))
    return date.fromisoformat(str(told["received_on"])), DueDates(*days)


def _about(draft: Draft, requests: Iterable[Request]) -> bool:
    return any(request.key in draft.requests for request in requests)
