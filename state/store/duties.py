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
            counted: dict[str, str | int] = {
                "counting": str(new.reckoning.counting),
                "start_on": new.reckoning.start.isoformat(),
                "days": new.reckoning.days,
                "due_on": new.due_on.isoformat(),
            }
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

    def cancel(self, key: DutyKey, event: Event) -> None:
        """Say that there is nothing to do after all."""
        with self._ledger.database.transaction():
            columns = {"settled_at": utc_text(event.at)}
            self._ledger.move_duty(self.get(key), DutyStatus.CANCELLED, Act.DUTY_CANCELLED, event, columns=columns)

    def reopen(self, key: DutyKey, event: Event) -> None:
        """Say that it was not done. Raises IllegalTransition for a purged case."""
        with self._ledger.database.transaction():
            duty = self.get(key)
            filing.refuse_purged(self._ledger.records.case(duty.case))
            self._ledger.move_duty(duty, DutyStatus.OPEN, Act.DUTY_REOPENED, event, columns={"settled_at": None})
