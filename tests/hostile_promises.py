"""The promises of the house, asserted after each step of the hostile machine."""

from __future__ import annotations

from datetime import date

from hypothesis.stateful import invariant

from inbox_agent.rules import deadlines
from inbox_agent.rules.duties import due_on
from state.database import instant
from state.journal import Entity
from state.lifecycle import LIVE_CASES
from state.model import (
    Act,
    CaseStatus,
    Counting,
    DutyStatus,
    MessageStatus,
    Reckoning,
)
from tests.hostile_base import (
    COUNTED,
    LATE,
    TABLES,
    Base,
    live,
)
from tests.state_examples import extended, place


class Promises(Base):
    """Which they are, `test_state_machine` tells."""

    @invariant()
    def one_approval_brings_one_letter(self) -> None:
        assert all(number == 1 for number in self.arrived.values())
        claimed = self.world.agent._database.rows("select draft_id from deliveries")
        assert {row["draft_id"] for row in claimed} <= set(self.approvals)

    @invariant()
    def every_mail_is_accounted_for(self) -> None:
        rows = self.world.agent._database.rows(
            "select content_hash, status, raw, (select status from cases where id = case_id) as of_case "
            "from messages left join raw_messages on raw_messages.message_id = messages.id"
        )
        assert len(rows) == len(self.taken)
        for row in rows:
            arrival = self.taken[row["content_hash"]]
            assert row["status"] in set(MessageStatus)
            gone = row["of_case"] == CaseStatus.PURGED or row["content_hash"] in self.forgotten
            assert row["raw"] == (None if gone else arrival.raw.raw)
            assert self.world.agent.intake.seen(arrival.raw.place)

    @invariant()
    def no_withheld_mail_is_forgotten(self) -> None:
        found = self.world.agent.reading.withheld(place(0).account, place(0).folder, place(0).uidvalidity, LATE)
        assert {each.place.uid: each.tries for each in found} == self.held_back

    @invariant()
    def a_test_mail_arrives_at_most_once(self) -> None:
        rows = self.world.agent._database.rows("select token, arrived_at from canaries where arrived_at is not null")
        assert {row["token"]: instant(row["arrived_at"]) for row in rows} == self.found

    @invariant()
    def the_journal_tells_the_tables(self) -> None:
        database, journal = self.world.agent._database, self.world.agent.journal
        journal.verify()
        assert journal.replay() == {
            (entity, row["id"]): row["status"]
            for entity, table in TABLES.items()
            for row in database.rows(f"select id, status from {table}")  # noqa: S608
        }
        last: dict[tuple[str, int], str] = {}
        for row in database.rows("select entity, entity_id, old, new from events where new is not null order by seq"):
            assert row["old"] == last.get((row["entity"], row["entity_id"]))
            last[row["entity"], row["entity_id"]] = row["new"]

    @invariant()
    def the_tallies_are_what_counting_gives(self) -> None:
        rows = self.world.agent._database.rows
        for told, counted in (
            (
                "select status, promise_on, cases from case_tally where cases > 0",
                "select status, coalesce(promise_on, ''), count(*) from cases group by 1, 2",
            ),
            (
                "select status, mails from mail_tally where mails > 0",
                "select status, count(*) from messages where erased = 0 group by 1",
            ),
        ):
            assert sorted(map(tuple, rows(told))) == sorted(map(tuple, rows(counted)))

    @invariant()
    def every_clock_can_be_computed_again(self) -> None:
        for key in self.cases:
            found = self.world.agent.cases.get(key)
            said = [one for one in self.world.agent.journal.events(key) if one.entity == Entity.REQUEST]
            told = {(stored.entity_id, stored.event.act): stored.event.facts for stored in said}
            dated = {stored.entity_id: stored.event.facts for stored in said if stored.event.act in COUNTED}
            for request in found.requests:
                opened = dated[request.key]
                received_on, promise = (date.fromisoformat(str(opened[name])) for name in ("received_on", "promise"))
                longer = (request.key, Act.REQUEST_EXTENDED) in told
                again = deadlines.compute(received_on, promise).due
                assert (request.received_on, request.due) == (received_on, again)
                assert request.due == self.promised.setdefault(request.key, request.due)
                assert request.extended == (extended(received_on) if longer else None)
            assert found.status in LIVE_CASES or not live(found)

    @invariant()
    def a_dropped_right_lays_its_tasks_down_anew_should_it_be_opened_again(self) -> None:
        dropped = "select count(*) as owing from requests where status = 'dropped' and obliged = 1"
        assert [row["owing"] for row in self.world.agent._database.rows(dropped)] == [0]

    @invariant()
    def every_duty_can_be_counted_again(self) -> None:
        for key in self.duties:
            duty = self.world.agent.duties.get(key)
            dated = [
                stored.event.facts
                for stored in self.world.agent.journal.events(duty.case)
                if (stored.entity, stored.entity_id) == (Entity.DUTY, key)
                and stored.event.act in {Act.DUTY_OPENED, Act.DUTY_MOVED}
            ]
            assert [told["due_on"] for told in dated[:-1]] == [told["from_on"] for told in dated[1:]]
            told = dated[-1]
            start = date.fromisoformat(str(told["start_on"]))
            counted = Reckoning(Counting(str(told["counting"])), start, int(told["days"] or 0))
            assert (duty.reckoning, duty.due_on) == (counted, due_on(counted))
            assert duty.status is not DutyStatus.OPEN or told["kind"] == duty.kind

    @invariant()
    def the_queue_stands_in_the_order_of_the_promises(self) -> None:
        for row in self.world.agent._database.rows("select id, promise_on from cases"):
            found = self.world.agent.cases.get(row["id"])
            clocks = live(found) or found.requests
            assert row["promise_on"] == min(request.current.promise for request in clocks).isoformat()

    @invariant()
    def nothing_personal_outlives_its_purge(self) -> None:
        if self.erased:
            everything = str(self.world.everything())
            assert not [word for word in self.erased if word in everything]
