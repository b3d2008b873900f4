"""Duties: what must be done besides answering, each with its own date, until a person says that it is done.

Refuses to know which duty follows from what: it is told. Refuses a duty done by nobody, and an erasure before the
copy that was asked for has been sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from state.database import utc_text
from state.errors import IllegalTransition
from state.journal import Entity, Facts
from state.lifecycle import copy_owed
from state.model import (
    AGENT,
    Act,
    CaseKey,
    Duty,
    DutyKey,
    DutyKind,
    DutyStatus,
    Event,
    NewDuty,
    Reckoning,
    Request,
    RequestKey,
)
from state.store import filing
from state.store.ledger import Columns, Ledger


@dataclass(frozen=True, slots=True)
class Duties:
    _ledger: Ledger

    # -- looking up -------------------------------------------------------------------------------

    def get(self, key: DutyKey) -> Duty:
        """Raises NotFound."""
        return self._ledger.records.duty(key)

    def of_case(self, case: CaseKey) -> tuple[Duty, ...]:
        """The duties of a case by date, whatever became of them."""
        return self._ledger.records.duties(case)

    def due(self, until: date) -> tuple[Duty, ...]:
        """The open duties of all cases whose date is `until` or earlier, by date."""
        return self._ledger.records.duties_due(until.isoformat())

    def unobliged(self) -> tuple[Request, ...]:
        """The open rights of confirmed cases whose duties have not been laid down yet."""
        rows = self._ledger.database.rows(
            "select requests.id from requests join cases on cases.id = case_id"
            " where obliged = 0 and requests.status = 'open' and cases.status in ('open', 'waiting')"
            " order by requests.id"
        )
        return tuple(self._ledger.records.request(RequestKey(row["id"])) for row in rows)

    # -- acts -------------------------------------------------------------------------------------

    def oblige(self, request: RequestKey, duties: Iterable[NewDuty], event: Event) -> None:
        """Lay down the duties that come with a right, once; where that was done already, nothing happens."""
        with self._ledger.database.transaction():
            stored = self._ledger.records.request(request)
            if self._ledger.database.write("update requests set obliged = 1 where id = ? and obliged = 0", request):
                for duty in duties:
                    self.open(stored.case, duty, event)

    def open(self, case: CaseKey, new: NewDuty, event: Event) -> DutyKey:
        """Lay down a duty; its event holds what its date was counted from.

        Raises IllegalTransition for a purged case.
        """
        with self._ledger.database.transaction():
            filing.refuse_purged(self._ledger.records.case(case))
            counted = _counted(new.reckoning, new.due_on)
            columns: Columns = {
                "case_id": case,
                "request_id": new.request,
                "kind": new.kind,
                "status": DutyStatus.OPEN,
                **counted,
                "about": filing.storable(new.about),
                "opened_at": utc_text(event.at),
            }
            facts: Facts = {"kind": str(new.kind), "request": new.request, **counted}
            return DutyKey(self._ledger.create(Entity.DUTY, case, columns, event, facts=facts))

    def done(self, key: DutyKey, event: Event) -> None:
        """Say that it is done; the event's actor did it. Raises IllegalTransition where nobody did, and for an
        erasure while the copy is still owed.
        """
        with self._ledger.database.transaction():
            duty = self.get(key)
            early = duty.kind is DutyKind.ERASE and copy_owed(self._ledger.records.case(duty.case))
            if event.actor == AGENT or early:
                raise IllegalTransition("duty", duty.status, DutyStatus.DONE)
            columns = {"settled_at": utc_text(event.at)}
            self._ledger.move_duty(duty, DutyStatus.DONE, Act.DUTY_DONE, event, columns=columns)

    def cancel(self, key: DutyKey, event: Event, why: str = "") -> None:
        """Say that there is nothing to do after all; a person's reason is kept beside the event."""
        with self._ledger.database.transaction():
            columns = {"settled_at": utc_text(event.at)}
            said = self._ledger.move_duty(
                self.get(key), DutyStatus.CANCELLED, Act.DUTY_CANCELLED, event, columns=columns
            )
            if why:
                filing.write_beside(self._ledger, said, why)

    def move(self, key: DutyKey, due_on: date, reckoning: Reckoning, why: str, event: Event) -> None:
        """Give an open duty another date, counted anew; the reason is kept beside the event, the old date in it.

        Raises IllegalTransition where it is settled or no person moves it, StaleWrite where it was moved meanwhile.
        """
        with self._ledger.database.transaction():
            duty = self.get(key)
            if event.actor == AGENT or duty.status is not DutyStatus.OPEN:
                raise IllegalTransition("duty", duty.status, DutyStatus.OPEN)
            counted = _counted(reckoning, due_on)
            facts: Facts = {"kind": str(duty.kind), "from_on": duty.due_on.isoformat(), **counted}
            said = self._ledger.count_duty_anew(duty, counted, event, facts)
            if why:
                filing.write_beside(self._ledger, said, why)

    def reopen(self, key: DutyKey, event: Event) -> None:
        """Say that it was not done. Raises IllegalTransition for a purged case."""
        with self._ledger.database.transaction():
            duty = self.get(key)
            filing.refuse_purged(self._ledger.records.case(duty.case))
            self._ledger.move_duty(duty, DutyStatus.OPEN, Act.DUTY_REOPENED, event, columns={"settled_at": None})


def _counted(reckoning: Reckoning, due_on: date) -> dict[str, str | int]:
    """A date and what it was counted from, as columns and as facts of its event."""
    return {
        "counting": str(reckoning.counting),
        "start_on": reckoning.start.isoformat(),
        "days": reckoning.days,
        "due_on": due_on.isoformat(),
    }
