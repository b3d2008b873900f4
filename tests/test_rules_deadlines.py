"""One clock's arithmetic, against worked examples, against an oracle written otherwise, and as properties."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import holidays as other_calendar
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.profile import Deadlines
from inbox_agent.rules import calendar_fi, letters
from inbox_agent.rules.deadlines import (
    HELSINKI,
    Gate,
    Provision,
    StepCode,
    Urgency,
    act_by,
    compute,
    helsinki_date,
    may_extend,
    promised,
    receipt_date,
    received_earlier,
    suspension_fallback,
    under,
    urgency,
)
from state.model import CaseStatus, DueDates, ExtensionReason, IdentityLevel, NewCase, NewRequest, Party, RequestKind

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # given a zone
DAY = timedelta(days=1)

# received, promise, backstop, target; three months, two more from the promise, the extension's promise and target
TABLE = """
      5.3.2026   5.4.2026   7.4.2026   2.4.2026   5.6.2026   5.6.2026   5.6.2026   5.6.2026
     31.1.2026  28.2.2026   2.3.2026  27.2.2026  30.4.2026  28.4.2026  28.4.2026  28.4.2026
     31.1.2027  28.2.2027   1.3.2027  26.2.2027  30.4.2027  28.4.2027  28.4.2027  28.4.2027
     31.1.2028  29.2.2028  29.2.2028  29.2.2028  30.4.2028  29.4.2028  29.4.2028  28.4.2028
     29.2.2028  29.3.2028  29.3.2028  29.3.2028  29.5.2028  29.5.2028  29.5.2028  29.5.2028
     29.1.2027  28.2.2027   1.3.2027  26.2.2027  29.4.2027  28.4.2027  28.4.2027  28.4.2027
     28.2.2027  28.3.2027  30.3.2027  25.3.2027  28.5.2027  28.5.2027  28.5.2027  28.5.2027
     31.8.2026  30.9.2026  30.9.2026  30.9.2026 30.11.2026 30.11.2026 30.11.2026 30.11.2026
     31.5.2026  30.6.2026  30.6.2026  30.6.2026  31.8.2026  30.8.2026  30.8.2026  28.8.2026
     6.11.2026  6.12.2026  7.12.2026  4.12.2026   6.2.2027   6.2.2027   6.2.2027   5.2.2027
    22.11.2026 22.12.2026 22.12.2026 22.12.2026  22.2.2027  22.2.2027  22.2.2027  22.2.2027
    24.11.2026 24.12.2026 24.12.2026 23.12.2026  24.2.2027  24.2.2027  24.2.2027  24.2.2027
    25.11.2026 25.12.2026 28.12.2026 23.12.2026  25.2.2027  25.2.2027  25.2.2027  25.2.2027
    26.11.2026 26.12.2026 28.12.2026 23.12.2026  26.2.2027  26.2.2027  26.2.2027  26.2.2027
     1.12.2026   1.1.2027   4.1.2027 31.12.2026   1.3.2027   1.3.2027   1.3.2027   1.3.2027
     6.12.2026   6.1.2027   7.1.2027   5.1.2027   6.3.2027   6.3.2027   6.3.2027   5.3.2027
    31.12.2026  31.1.2027   1.2.2027  29.1.2027  31.3.2027  31.3.2027  31.3.2027  31.3.2027
     19.5.2026  19.6.2026  19.6.2026  18.6.2026  19.8.2026  19.8.2026  19.8.2026  19.8.2026
     20.5.2026  20.6.2026  22.6.2026  18.6.2026  20.8.2026  20.8.2026  20.8.2026  20.8.2026
     14.4.2026  14.5.2026  15.5.2026  13.5.2026  14.7.2026  14.7.2026  14.7.2026  14.7.2026
     26.2.2027  26.3.2027  30.3.2027  25.3.2027  26.5.2027  26.5.2027  26.5.2027  26.5.2027
      1.4.2027   1.5.2027   3.5.2027  30.4.2027   1.7.2027   1.7.2027   1.7.2027   1.7.2027
    30.11.2026 30.12.2026 30.12.2026 30.12.2026  28.2.2027  28.2.2027  28.2.2027  26.2.2027
     6.10.2027  6.11.2027  8.11.2027  5.11.2027   6.1.2028   6.1.2028   6.1.2028   5.1.2028
     6.11.2027  6.12.2027  7.12.2027  3.12.2027   6.2.2028   6.2.2028   6.2.2028   4.2.2028
    25.10.2026 25.11.2026 25.11.2026 25.11.2026  25.1.2027  25.1.2027  25.1.2027  25.1.2027
"""


def on(text: str) -> date:
    """5.3.2026."""
    day, month, year = (int(part) for part in text.split("."))
    return date(year, month, day)


def helsinki(text: str) -> datetime:
    """A wall-clock time in Helsinki: "5.3.2026 17:30"."""
    day, clock = text.split()
    return datetime.combine(on(day), time.fromisoformat(clock), HELSINKI)


# -- the worked examples ------------------------------------------------------------------------------


@pytest.mark.parametrize("row", TABLE.split("\n")[1:-1])
def test_worked_example(row: str) -> None:
    received, promise, backstop, target, direct, chained, extended, extended_target = map(on, row.split())
    deadline = compute(received)
    found = {step.code: step.on for step in deadline.steps}
    assert deadline.due == DueDates(promise, backstop, target)
    assert (found[StepCode.THREE_MONTHS], found[StepCode.TWO_MORE_MONTHS]) == (direct, chained)
    assert (deadline.extension.promise, deadline.extension.target) == (extended, extended_target)


def test_five_minutes_to_midnight_is_still_that_day() -> None:
    """27: 31.1.2026 at 23:55 in Helsinki, 21:55 UTC."""
    received = receipt_date(datetime(2026, 1, 31, 21, 55, tzinfo=UTC), None, "receipt")
    assert (received, compute(received).due.promise) == (on("31.1.2026"), on("28.2.2026"))


def test_after_midnight_in_helsinki_is_the_next_day_whatever_utc_says() -> None:
    """28: 22:30 UTC on 31.1. is 1.2. in Helsinki; planning by the sender's 31.1. gives the same target."""
    arrived = datetime(2026, 1, 31, 22, 30, tzinfo=UTC)
    sent = datetime(2026, 1, 31, 23, 59, tzinfo=timezone(timedelta(hours=2)))
    by_receipt = compute(receipt_date(arrived, sent, "receipt"))
    by_sending = compute(receipt_date(arrived, sent, "sending"))
    assert (by_receipt.received_on, by_receipt.due.promise) == (on("1.2.2026"), on("1.3.2026"))
    assert (by_sending.received_on, by_sending.due.promise) == (on("31.1.2026"), on("28.2.2026"))
    assert by_receipt.due.target == by_sending.due.target == on("27.2.2026")


def test_office_hours_and_reading_do_not_move_the_receipt() -> None:
    """29: on the server on Friday 6.11.2026 at 17:30, read on Monday."""
    assert receipt_date(helsinki("6.11.2026 17:30"), None, "receipt") == on("6.11.2026")


def test_a_mail_found_late_in_spam_is_late_already() -> None:
    """30: there since 10.6., found on 25.7.2026."""
    deadline = compute(receipt_date(helsinki("10.6.2026 12:00"), None, "receipt"))
    assert deadline.due.promise == on("10.7.2026")
    assert urgency(deadline.due, on("25.7.2026")) is Urgency.OVERDUE


def test_waiting_for_identity_moves_nothing_but_leaves_a_disputed_fallback() -> None:
    """31: asked on 9.3., answered on 19.3.: ten days more could be argued for, and are not planned by."""
    deadline = compute(on("5.3.2026"))
    found = suspension_fallback(deadline, on("9.3.2026"), on("19.3.2026"))
    assert (deadline.due.promise, deadline.due.target) == (on("5.4.2026"), on("2.4.2026"))
    assert found is not None
    assert (found.on, found.paused_days) == (on("15.4.2026"), 10)


def test_an_identity_question_asked_late_stops_nothing() -> None:
    """32: asked on 2.4. for the first time."""
    assert suspension_fallback(compute(on("5.3.2026")), on("2.4.2026"), on("9.4.2026")) is None


def test_while_identity_does_not_come_there_is_no_later_date() -> None:
    """33: what has not come by the target is answered by the target."""
    deadline = compute(on("5.3.2026"))
    assert suspension_fallback(deadline, on("9.3.2026"), None) is None
    assert urgency(deadline.due, on("2.4.2026")) is Urgency.DUE_TODAY


def test_each_right_has_its_own_clock() -> None:
    """34: access on 5.3., a reminder changes nothing, rectification added on 25.3.2026."""
    assert compute(on("5.3.2026")).due.promise == on("5.4.2026")
    added = compute(on("25.3.2026")).due
    assert (added.promise, added.target) == (on("25.4.2026"), on("24.4.2026"))


def test_two_rights_in_one_mail_are_due_on_one_day() -> None:
    """35: access and erasure on 1.6.2026."""
    assert compute(on("1.6.2026")).due.promise == on("1.7.2026")


def test_an_extension_on_the_rolled_day_is_too_late() -> None:
    """36: for the first example the notice of 7.4.2026 leans on rolling; we ask for it by 5.4., best by 2.4."""
    deadline = compute(on("5.3.2026"))
    days = ("2.4.2026", "5.4.2026", "6.4.2026", "7.4.2026")
    codes = [may_extend(deadline, on(day), "complexity", already=False).code for day in days]
    assert codes == [Gate.OPEN, Gate.OPEN, Gate.TOO_LATE, Gate.TOO_LATE]
    assert urgency(deadline.due, on("7.4.2026")) is Urgency.OVERDUE


@pytest.mark.parametrize("reason", ["lomakausi", "holiday", "workload", "staff", "technical", ""])
def test_only_the_laws_two_reasons_extend(reason: str) -> None:
    """37: the holiday season is no reason."""
    gate = may_extend(compute(on("5.3.2026")), on("10.3.2026"), reason, already=False)
    assert (gate.allowed, gate.code) == (False, Gate.UNLAWFUL_REASON)


def test_what_is_passed_on_was_received_where_it_first_arrived() -> None:
    """38 and 39: the info address or a processor's support had it on 3.7.; nine days later changes nothing."""
    first, passed_on = helsinki("3.7.2026 10:00"), helsinki("12.7.2026 10:00")
    assert receipt_date(first, None, "receipt") == on("3.7.2026")
    assert compute(on("3.7.2026")).due.promise < compute(helsinki_date(passed_on)).due.promise


def test_a_ban_on_marketing_is_acted_on_by_the_next_working_day() -> None:
    """40: "EI" on Friday 18.12.2026 at 16:05; the month, 18.1.2027, is only the outside."""
    received = receipt_date(helsinki("18.12.2026 16:05"), None, "receipt")
    assert act_by(RequestKind.MARKETING_OBJECTION, received) == on("21.12.2026")
    assert compute(received).due.promise == on("18.1.2027")
    assert act_by(RequestKind.CONSENT_WITHDRAWAL, received) == on("21.12.2026")
    assert act_by(RequestKind.ACCESS, received) is None


def test_an_answer_that_came_back_on_the_last_day_must_leave_again_that_day() -> None:
    """41: the promise is not over yet, and no working day is left."""
    due = compute(on("22.11.2026")).due
    assert urgency(due, due.promise) is Urgency.DUE_TODAY
    assert urgency(due, due.promise + DAY) is Urgency.OVERDUE


# -- the oracle ---------------------------------------------------------------------------------------


def test_agrees_with_an_oracle_on_every_day_of_twenty_one_years() -> None:
    """The oracle: dateutil's months, another calendar's holidays, and sets instead of steps."""
    eves = {DAY * -1 + midsummer for midsummer in _midsummers()} | {date(year, 12, 24) for year in range(2020, 2043)}
    closed = set(other_calendar.country_holidays("FI", years=range(2020, 2043)))

    def expected(promise: date) -> DueDates:
        backstop = next(day for day in _from(promise, 1) if day.weekday() < 5 and day not in closed - eves)
        target = next(day for day in _from(promise, -1) if day.weekday() < 5 and day not in closed)
        return DueDates(promise, backstop, target)

    for received in (date(2020, 1, 1) + DAY * number for number in range(21 * 365 + 6)):
        promise = received + relativedelta(months=1)
        extended = min(received + relativedelta(months=3), promise + relativedelta(months=2))
        deadline = compute(received)
        assert (received, deadline.due) == (received, expected(promise))
        assert (received, deadline.extension) == (received, expected(extended))


def _midsummers() -> set[date]:
    return {next(day for day in _from(date(year, 6, 20), 1) if day.weekday() == 5) for year in range(2020, 2043)}


def _from(day: date, step: int) -> list[date]:
    return [day + DAY * step * number for number in range(12)]


# -- properties ---------------------------------------------------------------------------------------


@given(DAYS)
def test_the_promise_bears_the_same_number_or_ends_its_month(received: date) -> None:
    promise = compute(received).due.promise
    assert (promise.year * 12 + promise.month) - (received.year * 12 + received.month) == 1
    assert promise.day == received.day or (promise.day < received.day and (promise + DAY).day == 1)


@given(DAYS)
def test_target_promise_and_backstop_stand_in_order(received: date) -> None:
    deadline = compute(received)
    for due in (deadline.due, deadline.extension):
        assert due.target <= due.promise <= due.backstop
        assert calendar_fi.is_working_day(due.target)
        assert not calendar_fi.is_eve(due.target)
        assert calendar_fi.is_working_day(due.backstop)
        assert received < due.target


@given(DAYS)
def test_the_extension_is_the_earlier_of_both_readings(received: date) -> None:
    deadline = compute(received)
    found = {step.code: step.on for step in deadline.steps}
    assert deadline.extension.promise == min(found[StepCode.THREE_MONTHS], found[StepCode.TWO_MORE_MONTHS])
    assert deadline.extension.promise > deadline.due.backstop


@given(DAYS, DAYS)
def test_an_earlier_receipt_is_never_due_later(one: date, other: date) -> None:
    earlier, later = (compute(day) for day in sorted((one, other)))
    assert earlier.due.promise <= later.due.promise
    assert earlier.due.backstop <= later.due.backstop
    assert earlier.due.target <= later.due.target
    assert earlier.extension.promise <= later.extension.promise


@given(DAYS)
def test_a_month_is_as_long_as_its_calendar_month_never_thirty_days_by_rule(received: date) -> None:
    length = (compute(received).due.promise - received).days
    whole = ((received.replace(day=1) + 32 * DAY).replace(day=1) - received.replace(day=1)).days
    assert 28 <= length <= 31
    assert length == whole or compute(received).due.promise.day < received.day


@given(DAYS)
def test_every_date_follows_from_its_steps(received: date) -> None:
    deadline = compute(received)
    reached = {step.on for step in deadline.steps}
    for due in (deadline.due, deadline.extension):
        assert {due.promise, due.backstop, due.target} <= reached
    assert all(step.provision in Provision for step in deadline.steps)
    for step in deadline.steps:
        for passed in step.passed:
            assert not calendar_fi.is_working_day(passed) or calendar_fi.is_eve(passed)


@given(INSTANTS)
def test_the_legal_date_is_the_date_on_a_clock_in_helsinki(instant: datetime) -> None:
    """Summer time is three hours ahead of UTC, winter time two; the change itself loses and gains no date."""
    summer = datetime(instant.year, 3, 31, 1, tzinfo=UTC), datetime(instant.year, 10, 31, 1, tzinfo=UTC)
    begins, ends = (day - DAY * ((day.weekday() + 1) % 7) for day in summer)
    hours = 3 if begins <= instant < ends else 2
    assert helsinki_date(instant) == (instant + timedelta(hours=hours)).date()


def test_the_nights_of_the_clock_changes_belong_to_their_days() -> None:
    """The hour that comes twice on 25.10.2026 and the one that is left out on 28.3.2027."""
    assert helsinki_date(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == on("25.10.2026")
    assert helsinki_date(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == on("25.10.2026")
    assert helsinki_date(datetime(2026, 10, 25, 21, 59, tzinfo=UTC)) == on("25.10.2026")
    assert helsinki_date(datetime(2026, 10, 25, 22, 0, tzinfo=UTC)) == on("26.10.2026")
    assert helsinki_date(datetime(2027, 3, 28, 20, 59, tzinfo=UTC)) == on("28.3.2027")
    assert helsinki_date(datetime(2027, 3, 28, 21, 0, tzinfo=UTC)) == on("29.3.2027")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        helsinki_date(datetime(2026, 3, 5, 12))  # noqa: DTZ001  # the very thing


# -- receipt ------------------------------------------------------------------------------------------


@given(INSTANTS, st.one_of(st.none(), INSTANTS))
def test_counting_from_receipt_never_looks_at_the_senders_clock(arrived: datetime, sent: datetime | None) -> None:
    assert receipt_date(arrived, sent, "receipt") == helsinki_date(arrived)


@given(INSTANTS, st.timedeltas(timedelta(days=-4000), timedelta(days=4000)))
def test_counting_from_sending_is_at_most_five_days_earlier_and_never_later(arrived: datetime, late: timedelta) -> None:
    found = receipt_date(arrived, arrived - late, "sending")
    assert helsinki_date(arrived) - 6 * DAY < found <= helsinki_date(arrived)


@pytest.mark.parametrize(
    ("sent", "received"),
    [("4.3.2026 23:00", "4.3.2026"), ("1.1.1970 02:00", "5.3.2026"), ("6.3.2027 12:00", "5.3.2026")],
)
def test_a_senders_clock_is_believed_within_a_mails_longest_way(sent: str, received: str) -> None:
    assert receipt_date(helsinki("5.3.2026 09:00"), helsinki(sent), "sending") == on(received)


# -- extension ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", list(ExtensionReason))
def test_an_extension_is_given_within_the_first_month(reason: ExtensionReason) -> None:
    gate = may_extend(compute(on("5.3.2026")), on("5.3.2026"), reason, already=False)
    assert (gate.allowed, gate.code) == (True, Gate.OPEN)


@given(DAYS, st.integers(-100, 200), st.sampled_from([*ExtensionReason, "holiday"]), st.booleans())
def test_the_gate_is_open_only_once_in_the_first_month_for_a_lawful_reason(
    received: date, days: int, reason: str, already: bool
) -> None:
    deadline, today = compute(received), received + DAY * days
    gate = may_extend(deadline, today, reason, already)
    lawful = reason in set(ExtensionReason) and not already and received <= today <= deadline.due.promise
    assert gate.allowed is lawful
    assert (gate.code is Gate.OPEN) is lawful


@pytest.mark.parametrize(
    ("today", "already", "code"),
    [
        ("4.3.2026", False, Gate.NOT_YET_RECEIVED),
        ("10.3.2026", True, Gate.ALREADY_EXTENDED),
        ("6.4.2026", False, Gate.TOO_LATE),
    ],
)
def test_each_refusal_has_its_code(today: str, already: bool, code: Gate) -> None:
    assert may_extend(compute(on("5.3.2026")), on(today), "complexity", already).code is code


# -- the disputed fallback ----------------------------------------------------------------------------


@given(DAYS, st.integers(-10, 40), st.integers(-10, 60))
def test_the_fallback_is_the_promise_and_the_days_waited(received: date, asked: int, took: int) -> None:
    deadline = compute(received)
    asked_on = received + DAY * asked
    found = suspension_fallback(deadline, asked_on, asked_on + DAY * took)
    prompt = asked >= 0 and asked_on <= calendar_fi.add_working_days(received, 5)
    assert (found is not None) is (prompt and took >= 0)
    if found:
        assert found.on == deadline.due.promise + DAY * took


# -- urgency ------------------------------------------------------------------------------------------


@given(DAYS)
def test_urgency_only_grows(received: date) -> None:
    due = compute(received).due
    seen = [list(Urgency).index(urgency(due, received + DAY * number)) for number in range(45)]
    assert seen == sorted(seen)
    assert set(seen) == set(range(len(Urgency)))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("25.3.2026", Urgency.CALM),
        ("26.3.2026", Urgency.SOON),
        ("30.3.2026", Urgency.SOON),
        ("31.3.2026", Urgency.URGENT),
        ("1.4.2026", Urgency.URGENT),
        ("2.4.2026", Urgency.DUE_TODAY),
        ("5.4.2026", Urgency.DUE_TODAY),
        ("6.4.2026", Urgency.OVERDUE),
    ],
)
def test_urgency_counts_working_days_to_the_target(today: str, expected: Urgency) -> None:
    """Target Thursday 2.4.2026, then Easter; the promise is Sunday 5.4."""
    assert urgency(compute(on("5.3.2026")).due, on(today)) is expected


# -- what the controller's notice promises beyond the law ---------------------------------------------


@given(DAYS, st.integers(1, 31))
def test_a_sooner_day_that_the_notice_promises_is_kept_and_a_later_one_gives_nothing(received: date, days: int) -> None:
    """The month is never passed, and an extension ends when the law says."""
    month = compute(received)
    kept = compute(received, promised(received, Deadlines(answer_days=days)))

    assert kept.due.promise == min(month.due.promise, received + timedelta(days=days))
    assert kept.due.target <= kept.due.promise <= kept.due.backstop
    assert kept.extension == month.extension
    assert (StepCode.NOTICE_PROMISES in {step.code for step in kept.steps}) is (kept.due.promise < month.due.promise)


def test_working_days_that_the_notice_promises_pass_over_holidays() -> None:
    """Ten working days from 1.4.2026, over Good Friday and Easter Monday."""
    assert promised(on("1.4.2026"), Deadlines(answer_working_days=10)) == on("17.4.2026")


def test_an_extension_is_told_by_the_day_that_the_notice_promises() -> None:
    kept = compute(on("5.3.2026"), on("19.3.2026"))

    assert may_extend(kept, on("19.3.2026"), ExtensionReason.COMPLEXITY, already=False).allowed
    assert may_extend(kept, on("20.3.2026"), ExtensionReason.COMPLEXITY, already=False).code is Gate.TOO_LATE


@given(DAYS, st.integers(1, 40), st.none() | st.integers(1, 31), st.none() | st.integers(1, 31))
def test_an_earlier_receipt_moves_no_promise_to_a_later_day(
    received: date, before: int, then: int | None, now: int | None
) -> None:
    """Whatever the notice promised when the case was opened, and promises since."""
    opened = under(received, Deadlines(answer_days=then)).due
    right = NewRequest(RequestKind.ACCESS, received, opened)
    noon = datetime.combine(received, time(12), HELSINKI)
    levels = (IdentityLevel.L1, IdentityLevel.L2)
    party = Party("", "aino@posti.example")
    case = letters.preview(NewCase(CaseStatus.OPEN, party, "fi", noon, received, *levels, (), (right,)))
    first = received - timedelta(days=before)
    moved = received_earlier(case, first, Deadlines(answer_days=now)).due.promise
    assert moved == min(opened.promise, under(first, Deadlines(answer_days=now)).due.promise)
