"""A person puts a mail under a case, and takes it out again: what its placing brought goes back with it.

The journal is the record of what is undone, as in `parting`: the placing's own lines say which rights and marks the
mail brought, what ended by it and whose turn it was. What came since stays.
Refuses to take out what the world has seen: a right of the mail that is decided, answered or extended; and while a
letter of the case is approved or on its way, which may rest on it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

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
    DutyKey,
    Event,
    Message,
    MessageKey,
    MessageKind,
    MessageStatus,
    NewDuty,
    NewRequest,
    Reason,
    Relation,
    Request,
    RequestStatus,
    StoredEvent,
)
from state.store import filing
from state.store.cases import Cases
from state.store.duties import Duties
from state.store.identification import Identification
from state.store.ledger import Ledger
from state.store.retraction import PROPOSED, UNTIL_THE_REPLY, cancel, drafts_in, open_duties, retract

_TAKEN_UP = frozenset(
    {
        Act.REQUEST_OPENED,
        Act.REQUEST_DECIDED,
        Act.SENDING_CLAIMED,
        Act.DRAFT_DELIVERED,
        Act.IDENTITY_RECORDED,
        Act.CODE_RETURNED,
        Act.CORRECTED,
    }
)
"""After one of these a case is worked on for its own sake: it does not end because a mail goes."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mail that was put under a case: both as they are now, the journal's lines about the case, and that which marks
    the placing.
    """

    message: Message
    case: Case
    trail: tuple[StoredEvent, ...]
    mark: StoredEvent

    @property
    def lines(self) -> tuple[StoredEvent, ...]:
        """What the placing itself did."""
        return tuple(one for one in self.trail if _after(self.mark) < one.seq < self.mark.seq)

    @property
    def since(self) -> tuple[StoredEvent, ...]:
        return tuple(one for one in self.trail if one.seq > self.mark.seq)

    def came_with_a_mail(self, flag: str) -> bool:
        """Whether a mark is there because a mail with it was put under the case, and nobody has spoken of it since."""
        told = [
            one.seq for one in self.trail if (one.event.act, one.event.facts.get("flag")) == (Act.CASE_FLAGGED, flag)
        ]
        marks = (one for one in self.trail if one.event.act is Act.MESSAGE_PUT_UNDER)
        return any(told and _after(mark) < told[-1] < mark.seq for mark in marks)

    def about(self, act: Act) -> tuple[int, ...]:
        """What the placing did this to."""
        return tuple(one.entity_id for one in self.lines if one.event.act is act)

    @property
    def was(self) -> str | None:
        """How the case had ended, where the placing opened it again."""
        return next((one.old for one in self.lines if one.event.act is Act.CASE_REOPENED), None)

    @property
    def brought(self) -> tuple[Request, ...]:
        """The rights that came with the mail."""
        return tuple(one for one in self.case.requests if one.key in self.about(Act.REQUEST_OPENED))

    def rests(self, draft: Draft) -> bool:
        """Whether a letter speaks of the mail's rights, or answers it."""
        answers = self.message.message_id is not None and draft.envelope.in_reply_to == self.message.message_id
        return answers or any(request.key in draft.requests for request in self.brought)


@dataclass(frozen=True, slots=True)
class Placing:
    _ledger: Ledger

    def put_under(
        self,
        key: MessageKey,
        case: CaseKey,
        event: Event,
        rights: Collection[NewRequest] = (),
        flags: Collection[str] = (),
    ) -> None:
        """Put a set-aside or quarantined mail under a case, with the rights and marks that it brings; a right that is
        open there goes on as it is. A waiting case resumes, an ended one is open again, and the reminders that wait
        for a reply end, as where the mail itself finds the case (`Intake.follow_up`).

        Raises IllegalTransition where the mail is filed or erased, or the case is purged or goes on in another.
        """
        with self._ledger.database.transaction():
            stored, message = self._ledger.records.case(case), self._ledger.records.message(key)
            filing.refuse_purged(stored)
            after = self._ledger.journal.last()
            filing.put_under(self._ledger, message, case, Relation.FOLLOW_UP, event)
            filing.make_it_our_turn(self._ledger, stored, event)
            if message.kind is MessageKind.MAIL:
                cancel(self._ledger, open_duties(self._ledger, case, kinds=UNTIL_THE_REPLY), event)
            live = {one.kind for one in self._ledger.records.case(case).requests if one.status in LIVE_REQUESTS}
            for new in rights:
                if new.kind not in live:
                    filing.open_request(self._ledger, case, new, event)
            for flag in flags:
                Identification(self._ledger).flag(case, flag, True, event)
            # `after`: the placing's lines follow that one, so that they can be undone; the rest is where it lay.
            facts: Facts = {"after": after, "reason": message.reason, "case": message.case}
            self._ledger.remark(Entity.MESSAGE, key, case, Act.MESSAGE_PUT_UNDER, event, facts=facts)

    def may_take_out(self, key: MessageKey) -> bool:
        """Whether a person put this mail where it is, and may take it out again now."""
        try:
            self._refuse(self._placed(self._ledger.records.message(key)))
        except IllegalTransition:
            return False
        return True

    def take_out(self, key: MessageKey, event: Event, flags: Collection[str] = ()) -> CaseKey:
        """Take a mail out of the case that a person put it under, and back what that brought; return the case. The mail
        lies where it lay, from quarantine it is set aside. `flags` are the marks that only this mail speaks for.

        Raises IllegalTransition where no person put it there, and where something stands on it.
        """
        with self._ledger.database.transaction():
            placed = self._placed(self._ledger.records.message(key))
            self._refuse(placed)
            self._lay_aside(placed, event)
            self._take_rights(placed, event)
            for flag in filter(placed.came_with_a_mail, flags):
                Identification(self._ledger).flag(placed.case.key, flag, False, event)
            self._await_again(placed, event)
            self._end_again(placed, event)
            case = placed.case.key
            self._ledger.remark(Entity.MESSAGE, key, case, Act.MESSAGE_TAKEN_OUT, event)
            return case

    # -- within -----------------------------------------------------------------------------------

    def _placed(self, message: Message) -> _Placed:
        if message.case is None or message.status is not MessageStatus.FILED:
            raise IllegalTransition("message", message.status, MessageStatus.SET_ASIDE)
        trail = self._ledger.journal.events(message.case)
        mine = [one for one in trail if (one.entity, one.entity_id) == (Entity.MESSAGE, message.key)]
        filed = [one.seq for one in mine if one.event.act is Act.MESSAGE_FILED][-1]
        marks = [one for one in mine if one.event.act is Act.MESSAGE_PUT_UNDER and one.seq > filed]
        if not marks:
            raise IllegalTransition("message", message.status, MessageStatus.SET_ASIDE)
        return _Placed(message, self._ledger.records.case(message.case), trail, marks[-1])

    def _refuse(self, placed: _Placed) -> None:
        filing.refuse_purged(placed.case)
        for request in placed.brought:
            if request.status in {RequestStatus.DECIDED, RequestStatus.ANSWERED} or request.extended is not None:
                raise IllegalTransition("request", request.status, RequestStatus.DROPPED)
        bound = drafts_in(self._ledger, placed.case.key, UNSETTLED_DRAFTS - PROPOSED)
        for draft in filter(placed.rests, bound):
            raise IllegalTransition("draft", draft.status, DraftStatus.SUPERSEDED)

    def _lay_aside(self, placed: _Placed, event: Event) -> None:
        """Where it lay before; replies to it find the case no more."""
        message, facts = placed.message, placed.mark.event.facts
        reason = Reason(str(facts["reason"])) if _was_aside(placed) else Reason.BY_PERSON
        earlier = facts["case"]
        case = self._dismissed(CaseKey(earlier)) if isinstance(earlier, int) else None
        self._ledger.move_message(
            message,
            MessageStatus.SET_ASIDE,
            event,
            case=case,
            facts={"reason": reason},
            columns={"reason": reason, "relation": None if case is None else message.relation},
        )
        self._ledger.database.write(
            "delete from threads where message_id = ? and case_id = ?", message.message_id, placed.case.key
        )
        if case is not None:
            filing.point_to(self._ledger, message.message_id, case)

    def _dismissed(self, key: CaseKey) -> CaseKey | None:
        """The case with which a mail was set aside, as long as that is still so."""
        return key if self._ledger.records.case(key).status is CaseStatus.DISMISSED else None

    def _take_rights(self, placed: _Placed, event: Event) -> None:
        """With the proposals that speak of them or answer the mail: they are written anew."""
        cases = Cases(self._ledger)
        proposed = drafts_in(self._ledger, placed.case.key, PROPOSED)
        retract(self._ledger, filter(placed.rests, proposed), event)
        for request in placed.brought:
            if request.status in LIVE_REQUESTS:
                cases.drop_request(request.key, event)

    def _await_again(self, placed: _Placed, event: Event) -> None:
        """The reminders that wait for a reply, and whose turn it was, unless they have written since."""
        case = self._ledger.records.case(placed.case.key)
        if self._wrote_since(placed) or case.status is not CaseStatus.OPEN:
            return
        for key in placed.about(Act.DUTY_CANCELLED):
            duty = self._ledger.records.duty(DutyKey(key))
            anew = NewDuty(duty.kind, duty.due_on, duty.reckoning, duty.request, duty.about)
            Duties(self._ledger).open(case.key, anew, event)
        if placed.about(Act.CASE_RESUMED):
            self._ledger.move_case(case, CaseStatus.WAITING, Act.CASE_WAITING, event)

    def _end_again(self, placed: _Placed, event: Event) -> None:
        """A case that only this mail had opened again, as it had ended; where that revived an answered right it stays
        open: the answer is no longer known.
        """
        case, cases = self._ledger.records.case(placed.case.key), Cases(self._ledger)
        taken_up = any(one.event.act in _TAKEN_UP for one in placed.since) or self._wrote_since(placed)
        if placed.was is None or taken_up or case.status is not CaseStatus.OPEN:
            return
        if placed.was == CaseStatus.DISMISSED:
            cases.dismiss(case.key, event)
        elif not any(one.status in LIVE_REQUESTS for one in case.requests):
            cases.close(case.key, event)

    def _wrote_since(self, placed: _Placed) -> bool:
        came = {one.entity_id for one in placed.since if one.event.act is Act.MESSAGE_FILED}
        return any(mail.key in came for mail in self._ledger.records.messages(placed.case.key))


def _after(mark: StoredEvent) -> int:
    """The number of the line that the placing followed."""
    return int(str(mark.event.facts["after"]))


def _was_aside(placed: _Placed) -> bool:
    return placed.lines[0].old == MessageStatus.SET_ASIDE
