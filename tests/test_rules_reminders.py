"""The ladder of reminders: what is due when, caught up once, never twice, never at night."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent import profile
from inbox_agent.rules import deadlines, letters
from inbox_agent.rules.deadlines import HELSINKI
from inbox_agent.rules.reminders import Reminder, Rung, due
from state.model import Case, CaseStatus, IdentityLevel, Letter, NewCase, NewRequest, Party, RequestKind, RequestStatus

PROFILE = profile.parse(
    """
    [controller]
    name = "Esimerkki Oy"
    [contact]
    name = "Maija Virtanen"
    email = "maija@yritys.example"
    [mailbox]
    host = "mail.example"
    [smtp]
    host = "mail.example"
    sender = "tietosuoja@yritys.example"
    """
)
RECEIVED = date(2026, 3, 5)  # a Thursday: target Thursday 2.4.2026, promise Easter Sunday 5.4.2026
WRITTEN = frozenset({Letter.ACKNOWLEDGEMENT})
NOTHING: frozenset[tuple[str, date]] = frozenset()


def a_case(
    *kinds: RequestKind,
    received: date = RECEIVED,
    status: CaseStatus = CaseStatus.OPEN,
    level: IdentityLevel = IdentityLevel.L2,
) -> Case:
    """A case whose person is identified unless `level` says otherwise."""
    clock = deadlines.compute(received).due
    requests = tuple(NewRequest(kind, received, clock) for kind in kinds or (RequestKind.ACCESS,))
    person = Party("Aino Esimerkki", "aino@posti.example")
    at = datetime.combine(received, time(7), UTC)
    return letters.preview(NewCase(status, person, "fi", at, received, level, IdentityLevel.L2, (), requests))


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), HELSINKI)


def on(day: int, month: int) -> date:
    return date(2026, month, day)


def rung_on(case: Case, day: date, sent: frozenset[Letter] = WRITTEN) -> Rung | None:
    found = due(case, sent, NOTHING, PROFILE, at(day))
    return found.rung if found else None


def rungs(case: Case, sent: frozenset[Letter], last: date) -> list[tuple[date, Rung]]:
    """What an agent that never sleeps reminds of, day by day."""
    made: list[tuple[date, Rung]] = []
    for number in range((last - case.received_on).days + 1):
        today = case.received_on + timedelta(days=number)
        if found := due(case, sent, frozenset((rung, on) for on, rung in made), PROFILE, at(today)):
            assert found.on == today
            made.append((found.on, found.rung))
    return made


def test_the_whole_ladder_of_a_request_that_nobody_touches() -> None:
    assert rungs(a_case(), frozenset(), on(8, 4)) == [
        (on(6, 3), Rung.ACKNOWLEDGE),
        (on(15, 3), Rung.FIRST_DRAFT),
        (on(19, 3), Rung.TARGET),  # ten working days before the target
        (on(24, 3), Rung.EXTENSION),  # seven
        (on(26, 3), Rung.TARGET),  # five
        (on(31, 3), Rung.TARGET),  # two
        (on(1, 4), Rung.TARGET),  # one
        (on(2, 4), Rung.TARGET),  # the target itself
        (on(6, 4), Rung.OVERDUE),
        (on(7, 4), Rung.OVERDUE),
        (on(8, 4), Rung.OVERDUE),
    ]


def test_a_sent_letter_ends_the_reminder_to_acknowledge() -> None:
    assert rung_on(a_case(), on(6, 3), frozenset()) is Rung.ACKNOWLEDGE
    assert rung_on(a_case(), on(6, 3)) is None


def test_a_profile_without_acknowledgements_is_not_reminded_of_them() -> None:
    silent = PROFILE.model_copy(update={"replies": profile.Replies(acknowledge=False)})
    assert due(a_case(), frozenset(), NOTHING, silent, at(on(6, 3))) is None


def test_an_identity_question_is_due_within_three_working_days() -> None:
    unknown = a_case(level=IdentityLevel.L1)
    assert rung_on(unknown, on(9, 3)) is None
    assert rung_on(unknown, on(10, 3)) is Rung.ASK_IDENTITY
    assert rung_on(unknown, on(10, 3), frozenset({Letter.IDENTITY_QUESTION})) is None
    assert rung_on(a_case(), on(10, 3)) is None


@pytest.mark.parametrize("kind", [RequestKind.MARKETING_OBJECTION, RequestKind.CONSENT_WITHDRAWAL])
def test_what_is_done_at_once_is_due_the_next_working_day(kind: RequestKind) -> None:
    assert rung_on(a_case(kind), on(6, 3)) is Rung.ACT_AT_ONCE
    assert Rung.EXTENSION not in {rung for _, rung in rungs(a_case(kind), WRITTEN, on(6, 4))}


def test_a_chosen_outcome_ends_the_reminders_to_begin_and_to_extend_but_not_to_answer() -> None:
    case = a_case()
    decided = replace(case, requests=(replace(case.requests[0], status=RequestStatus.DECIDED),))
    assert {rung for _, rung in rungs(decided, WRITTEN, on(6, 4))} == {Rung.TARGET, Rung.OVERDUE}


def test_an_extended_request_is_reminded_of_by_its_new_dates() -> None:
    case = a_case()
    extension = deadlines.compute(RECEIVED).extension
    extended = replace(case, requests=(replace(case.requests[0], extended=extension),))
    made = rungs(extended, WRITTEN, on(6, 6))
    assert Rung.EXTENSION not in {rung for _, rung in made}
    assert [day for day, rung in made if rung is Rung.TARGET][-1] == extension.target == on(5, 6)
    assert made[-1] == (on(6, 6), Rung.OVERDUE)


def test_the_most_pressing_right_sets_the_pace() -> None:
    """Access of 5.3. and a rectification added on 25.3.; once the first is answered, the second's dates hold."""
    case = a_case()
    later = deadlines.compute(on(25, 3)).due
    added = replace(case.requests[0], kind=RequestKind.RECTIFICATION, received_on=on(25, 3), due=later)
    both = replace(case, requests=(*case.requests, added))
    answered = replace(both, requests=(replace(case.requests[0], status=RequestStatus.ANSWERED), added))
    first, second = due(both, WRITTEN, NOTHING, PROFILE, at(on(2, 4))), rungs(answered, WRITTEN, on(24, 4))
    assert first is not None
    assert (first.rung, first.due.promise, first.days_left) == (Rung.TARGET, on(5, 4), 3)
    assert second[-1] == (on(24, 4), Rung.TARGET)


@pytest.mark.parametrize("status", [CaseStatus.CLOSED, CaseStatus.DISMISSED, CaseStatus.PURGED])
def test_a_case_that_is_over_is_not_reminded_of(status: CaseStatus) -> None:
    assert rung_on(a_case(status=status), on(20, 4)) is None


def test_waiting_for_the_person_stops_no_reminder() -> None:
    assert rung_on(a_case(status=CaseStatus.WAITING), on(2, 4)) is Rung.TARGET


def test_a_case_without_a_live_right_is_not_reminded_of() -> None:
    case = a_case()
    done = replace(case, requests=(replace(case.requests[0], status=RequestStatus.ANSWERED),))
    assert rung_on(done, on(20, 4)) is None


def test_nobody_is_reminded_before_the_hour_in_helsinki() -> None:
    """Eight o'clock in winter is 06:00 UTC, in summer 05:00."""
    assert due(a_case(), frozenset(), NOTHING, PROFILE, datetime(2026, 3, 6, 5, 59, tzinfo=UTC)) is None
    assert due(a_case(), frozenset(), NOTHING, PROFILE, datetime(2026, 3, 6, 6, 0, tzinfo=UTC)) is not None
    assert due(a_case(), WRITTEN, NOTHING, PROFILE, datetime(2026, 4, 6, 5, 0, tzinfo=UTC)) is not None


def test_downtime_is_caught_up_with_the_newest_rung_only() -> None:
    """Down from 6.3. to 27.3.: of five missed rungs the newest is due, once, and then the ladder goes on."""
    case, claimed = a_case(), set[tuple[str, date]]()
    first = due(case, frozenset(), frozenset(claimed), PROFILE, at(on(27, 3)))
    assert first is not None
    assert (first.rung, first.on) == (Rung.TARGET, on(26, 3))
    claimed.add((first.rung, first.on))
    assert due(case, frozenset(), frozenset(claimed), PROFILE, at(on(27, 3), 17)) is None
    assert due(case, frozenset(), frozenset(claimed), PROFILE, at(on(30, 3))) is None
    following = due(case, frozenset(), frozenset(claimed), PROFILE, at(on(31, 3)))
    assert following is not None
    assert following.on == on(31, 3)


def test_an_old_request_that_is_found_late_is_reminded_of_once_a_day() -> None:
    case, made = a_case(received=on(1, 1)), list[Reminder]()
    for hour in range(48):
        claimed = frozenset((reminder.rung, reminder.on) for reminder in made)
        if found := due(case, frozenset(), claimed, PROFILE, at(on(10, 3), 0) + timedelta(hours=hour)):
            made.append(found)
    assert [(found.rung, found.on) for found in made] == [(Rung.OVERDUE, on(10, 3)), (Rung.OVERDUE, on(11, 3))]
    assert made[0].days_left == -37


PASSES = st.lists(st.integers(0, 70 * 24), max_size=80).map(sorted)  # hours after the receipt
KINDS = st.lists(st.sampled_from(list(RequestKind)), min_size=1, max_size=3, unique=True)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), KINDS, PASSES, st.sampled_from([frozenset[Letter](), WRITTEN]))
def test_whenever_the_agent_runs_no_rung_comes_twice_and_time_only_goes_on(
    received: date, kinds: list[RequestKind], passes: list[int], sent: frozenset[Letter]
) -> None:
    case, made = a_case(*kinds, received=received, level=IdentityLevel.L1), list[tuple[str, date]]()
    days = []
    for hours in passes:
        now = at(received, 0).astimezone(UTC) + timedelta(hours=hours)
        today = deadlines.helsinki_date(now)
        if found := due(case, sent, frozenset(made), PROFILE, now):
            assert now.astimezone(HELSINKI).hour >= PROFILE.reminders.hour
            assert received < found.on <= today
            assert found.days_left == (case.requests[0].due.promise - today).days
            assert (found.rung is Rung.OVERDUE) is (today > case.requests[0].due.promise)
            made.append((found.rung, found.on))
            days.append(today)
    assert len(set(made)) == len(made)
    assert len(set(days)) == len(days)
    assert [on for _, on in made] == sorted(on for _, on in made)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sets(st.integers(0, 60)), st.integers(0, 60))
def test_after_any_downtime_the_first_pass_reminds_of_what_was_missed(
    received: date, awake: set[int], then: int
) -> None:
    """A pass on a day after missed rungs says exactly one of them, the newest; never none."""
    case = a_case(received=received)
    missed_by_none = dict(rungs(case, WRITTEN, received + timedelta(days=then)))
    made: set[tuple[str, date]] = set()
    for number in sorted(day for day in awake if day < then):
        if found := due(case, WRITTEN, frozenset(made), PROFILE, at(received + timedelta(days=number))):
            made.add((found.rung, found.on))
    last = due(case, WRITTEN, frozenset(made), PROFILE, at(received + timedelta(days=then)))
    newest = max(missed_by_none, default=None)
    covered = max((day for _, day in made), default=received)
    if newest is None or newest <= covered:
        assert last is None
    else:
        assert last is not None
        assert (last.on, last.rung) == (newest, missed_by_none[newest])
