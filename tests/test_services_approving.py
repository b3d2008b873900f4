"""An approval for a time: the letter waits for it, and is never kept until it is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis.strategies import dates, datetimes, from_regex, sampled_from, text

from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing.duties import happened
from inbox_agent.rules import leaving
from inbox_agent.rules.deadlines import HELSINKI
from inbox_agent.rules.levels import Sign
from inbox_agent.rules.schedule import WORK_BEGINS, leaves_at
from inbox_agent.services.deciding import Choice
from inbox_agent.services.send import Sending
from state.model import DraftKey, DraftStatus, IdentityLevel, Outcome, ProofKind, RequestKey, RequestKind
from state.store.store import Store
from tests.dashboard_desk import ERASED_ON_2_12, NOW, Desk


@pytest.fixture
def letter(desk: Desk) -> DraftKey:
    """A question in a case whose answer is promised in three weeks and a day: on 21.12.2026."""
    return desk.proposed(desk.case(3, "Aino Esimerkki", RequestKind.ACCESS))


def approve(desk: Desk, letter: DraftKey, at: datetime, anyway: str = "") -> datetime:
    with desk.store() as store:
        approving = desk.review(store).approval
        return approving.approve(letter, approving.dated(letter, at).text_hash, anyway, leaves_at=at)


def test_it_leaves_at_the_time_said(desk: Desk, letter: DraftKey) -> None:
    assert approve(desk, letter, NOW + timedelta(days=2)) == NOW + timedelta(days=2)


def test_a_time_that_has_passed_leaves_the_time_to_undo(desk: Desk, letter: DraftKey) -> None:
    hold = timedelta(seconds=desk.profile.replies.hold_seconds)

    assert approve(desk, letter, NOW - timedelta(days=2)) == NOW + hold


def test_no_letter_is_kept_until_it_is_late(desk: Desk, letter: DraftKey) -> None:
    """The promised day itself is in time."""
    with pytest.raises(UsageProblem, match="leaves_too_late"):
        approve(desk, letter, datetime(2026, 12, 22, 6, tzinfo=UTC))
    approve(desk, letter, datetime(2026, 12, 21, 6, tzinfo=UTC))


def test_a_late_letter_waits_no_further_day(desk: Desk, letter: DraftKey) -> None:
    """The promised day has passed: today it may wait for an hour, tomorrow is too late."""
    desk.now = datetime(2026, 12, 28, 9, tzinfo=UTC)
    with pytest.raises(UsageProblem, match="leaves_too_late"):
        approve(desk, letter, datetime(2026, 12, 29, 6, tzinfo=UTC))
    today = datetime(2026, 12, 28, 13, tzinfo=UTC)

    assert approve(desk, letter, today, "viivästyksestä sovittiin puhelimessa") == today


@pytest.mark.parametrize("at", [None, datetime(2026, 12, 2, 6, tzinfo=UTC)])
def test_a_letter_bears_the_day_on_which_it_leaves(desk: Desk, letter: DraftKey, at: datetime | None) -> None:
    """Written on 23.11.; approved two days later, or for a day in December: its text names that day and leaves
    so, and what a person wrote into it stands.
    """
    desk.now = NOW + timedelta(days=1)
    leaves = "2.12.2026" if at else "25.11.2026"
    with desk.store() as store:
        review = desk.review(store)
        draft = store.drafts.get(letter)
        review.letters.edit(letter, draft.subject, f"Kiitos yhteydenotosta.\n{draft.body}", draft.text_hash)
        shown = review.approval.dated(letter, at)
        review.approval.approve(letter, shown.text_hash, leaves_at=at)
        sent = store.drafts.get(letter)

    assert draft.body.endswith("Asia 2026-0001, 23.11.2026\n")
    assert sent.body == shown.body
    assert shown.body == f"Kiitos yhteydenotosta.\n{shown.original_body}"
    assert shown.original_body == draft.body.replace("23.11.2026", leaves)


def test_approved_just_before_midnight_it_bears_the_next_day(desk: Desk, letter: DraftKey) -> None:
    """The time to undo ends on the day after."""
    desk.now = datetime(2026, 11, 25, 21, 59, 59, tzinfo=UTC)
    with desk.store() as store:
        assert desk.review(store).approval.dated(letter).body.endswith(", 26.11.2026\n")


def test_what_was_shown_before_midnight_does_not_leave_with_yesterdays_day(desk: Desk, letter: DraftKey) -> None:
    """The window stood open over midnight: the letter is refused, nothing of it changes, and at the next look it bears
    the new day.
    """
    desk.now = datetime(2026, 11, 25, 21, 30, tzinfo=UTC)
    with desk.store() as store:
        shown = desk.review(store).approval.dated(letter)
        tomorrow = desk.review(store, desk.now + timedelta(minutes=40)).approval
        with pytest.raises(UsageProblem, match="bears_another_day"):
            tomorrow.approve(letter, shown.text_hash)
        assert store.drafts.get(letter) == shown
        again = tomorrow.dated(letter)
        tomorrow.approve(letter, again.text_hash)

        assert store.drafts.get(letter).body.endswith(", 26.11.2026\n")


def test_shown_for_one_day_it_does_not_leave_on_another(desk: Desk, letter: DraftKey) -> None:
    """Shown for Wednesday, approved to leave at once."""
    with desk.store() as store:
        approving = desk.review(store).approval
        shown = approving.dated(letter, NOW + timedelta(days=2))
        with pytest.raises(UsageProblem, match="bears_another_day"):
            approving.approve(letter, shown.text_hash)
        approving.approve(letter, shown.text_hash, leaves_at=NOW + timedelta(days=2))


def test_a_line_that_a_person_changed_keeps_its_words(desk: Desk, letter: DraftKey) -> None:
    with desk.store() as store:
        review = desk.review(store)
        draft = store.drafts.get(letter)
        own = draft.body.replace(", 23.11.2026", ", marraskuussa 2026")
        review.letters.edit(letter, draft.subject, own, draft.text_hash)

        assert review.approval.dated(letter, NOW + timedelta(days=2)).body == own


def erasing(desk: Desk, store: Store) -> DraftKey:
    """An answer of 24.11. that says the data will be erased on 2.12."""
    case = desk.case(3, "Aino Esimerkki", RequestKind.ERASURE, level=IdentityLevel.L2)
    [request] = store.cases.get(case).requests
    return desk.review(store).outcomes.choose(case, (Choice(request.key, Outcome.GRANTED, ERASED_ON_2_12),))


@pytest.mark.parametrize("later", [True, False])
@pytest.mark.parametrize("edited", [True, False])
def test_no_letter_leaves_when_what_it_announces_is_past(desk: Desk, later: bool, edited: bool) -> None:
    """It says that the data will be erased on 2.12., which is no way to speak on 3.12.: neither for a letter that was
    to wait, nor for one approved so late, whatever else a person wrote into it.
    """
    third = datetime(2026, 12, 3, 6, tzinfo=UTC)
    with desk.store() as store:
        answer = erasing(desk, store)
        review = desk.review(store, None if later else third)
        if edited:
            draft = store.drafts.get(answer)
            review.letters.edit(answer, draft.subject, f"{draft.body}\nTerveisin", draft.text_hash)
        draft, at = store.drafts.get(answer), third if later else None
        with pytest.raises(UsageProblem, match="announced_before_it_leaves"):
            review.approval.dated(answer, at)
        with pytest.raises(UsageProblem, match="announced_before_it_leaves"):
            review.approval.approve(answer, draft.text_hash, "kiire", at)

        in_time = datetime(2026, 12, 2, 6, tzinfo=UTC)
        assert "2.12.2026" in desk.review(store).approval.dated(answer, in_time).body


class Wire:
    """A server that takes everything."""

    def __init__(self) -> None:
        self.taken = 0

    async def send(self, _message: EmailMessage, _sender: str, _recipient: str) -> str:
        self.taken += 1
        return "250 taken"


@pytest.mark.parametrize(("hours", "status"), [(20, DraftStatus.SENT), (24, DraftStatus.PROPOSED)])
async def test_what_the_server_put_off_until_after_the_day_it_announces_is_a_proposal_again(
    desk: Desk, hours: int, status: DraftStatus
) -> None:
    """Approved for the day itself; at midnight "on 2.12. we erase" is no longer true."""
    wire, in_time = Wire(), datetime(2026, 12, 2, 6, tzinfo=UTC)
    with desk.store() as store:
        answer, approval = erasing(desk, store), desk.review(store).approval
        approval.approve(answer, approval.dated(answer, in_time).text_hash, "kiire", in_time)
        leaves = datetime.combine(date(2026, 12, 2), time(), HELSINKI) + timedelta(hours=hours)
        sending = Sending(store, wire, None, desk.profile, lambda: leaves, lambda: "<1@yritys.example>")
        await sending.send_approved()

        assert (store.drafts.get(answer).status, wire.taken) == (status, int(status is DraftStatus.SENT))
        said = [happened(one.event) for one in store.journal.events(store.drafts.get(answer).case)]
        why = "approval withdrawn. 2026-0001: the letter announces something for a day before the one"
        assert any(line.startswith(why) for line in said) is (status is DraftStatus.PROPOSED)


@pytest.mark.parametrize(
    ("sign", "why"),
    [
        (Sign.DISPUTE, "who asks was found less surely identified"),
        (Sign.REPRESENTATIVE, "the writer was found to ask for another person"),
    ],
)
async def test_what_came_to_light_after_the_approval_stands_in_the_history_as_its_reason(
    desk: Desk, sign: Sign, why: str
) -> None:
    """The answer is a proposal again; the person sees why without the log."""
    wire, leaves = Wire(), datetime(2026, 11, 25, 6, tzinfo=UTC)
    with desk.store() as store:
        answer, review = erasing(desk, store), desk.review(store)
        case = store.drafts.get(answer).case
        review.approval.approve(answer, review.approval.dated(answer, leaves).text_hash, "kiire", leaves)
        review.who_asks.mark(case, sign, True)
        await Sending(store, wire, None, desk.profile, lambda: leaves, lambda: "<1@yritys.example>").send_approved()

        assert (store.drafts.get(answer).status, wire.taken) == (DraftStatus.PROPOSED, 0)
        said = [happened(one.event) for one in store.journal.events(case)]
        assert any(f"approval withdrawn. 2026-0001: {why}" in line for line in said)


def test_each_day_that_a_letter_announces_is_looked_at(desk: Desk) -> None:
    """Its text names only the later of two days, which is past."""
    with desk.store() as store:
        answer = store.drafts.get(erasing(desk, store))
        case = store.cases.get(answer.case)
    [request] = case.requests
    sooner = replace(request, key=RequestKey(99), decision={**request.decision, "done_on": "2026-11-30"})
    both = replace(answer, requests=(*answer.requests, sooner.key))

    assert leaving.past_announcement(replace(case, requests=(request, sooner)), both, date(2026, 12, 3))


def test_an_answer_is_not_approved_for_another_address_than_the_one_on_file_by_now(desk: Desk) -> None:
    """Written to the address that asked; then the old one turns out to be on file. Written anew it goes there."""
    with desk.store() as store:
        answer = erasing(desk, store)
        case, review = store.drafts.get(answer).case, desk.review(store)
        review.who_asks.prove(case, ProofKind.CALL_BACK, None, "soitin rekisterin numeroon")
        review.who_asks.on_file(case, "aino.vanha@posti.example")
        with pytest.raises(UsageProblem, match="another_address_on_file"):
            review.approval.approve(answer, review.approval.dated(answer).text_hash)
        [request] = store.cases.get(case).requests
        again = review.outcomes.choose(case, (Choice(request.key, Outcome.GRANTED, request.decision),))
        review.approval.approve(again, review.approval.dated(again).text_hash)

        assert store.drafts.get(again).envelope.to.address == "aino.vanha@posti.example"


def test_a_day_that_a_person_corrected_in_the_text_is_no_longer_announced(desk: Desk) -> None:
    """12.12. is not 2.12., though it ends so."""
    with desk.store() as store:
        answer, third = erasing(desk, store), datetime(2026, 12, 3, 6, tzinfo=UTC)
        review = desk.review(store, third)
        draft = store.drafts.get(answer)
        review.letters.edit(answer, draft.subject, draft.body.replace("2.12.2026", "12.12.2026"), draft.text_hash)

        assert review.approval.dated(answer).body.endswith(", 3.12.2026\n")


@pytest.mark.parametrize(
    ("said", "instant"),
    [
        ("2026-11-30", datetime(2026, 11, 30, 6, tzinfo=UTC)),
        ("2026-11-30T09:00", datetime(2026, 11, 30, 7, tzinfo=UTC)),
        ("2026-12-01 14:30", datetime(2026, 12, 1, 12, 30, tzinfo=UTC)),
        (" 2026-12-01T14:30:15 ", datetime(2026, 12, 1, 12, 30, 15, tzinfo=UTC)),
        ("2026-07-01T09:00", datetime(2026, 7, 1, 6, tzinfo=UTC)),
    ],
)
def test_times_are_finnish(said: str, instant: datetime) -> None:
    """In winter and in summer; a day alone means the beginning of the working day."""
    assert leaves_at(said) == instant


@pytest.mark.parametrize("offset", ["Z", "+02:00", "+0200", "-05", " +02:00", "z"])
def test_an_offset_is_refused_and_not_overwritten(offset: str) -> None:
    """Five in the morning of another zone is no Finnish five."""
    with pytest.raises(UsageProblem, match="time_offset"):
        leaves_at(f"2026-12-01T05:00{offset}")


@pytest.mark.parametrize(
    "said",
    ["", "huomenna", "2026-02-30", "2026-12-01T25:00", "2026-12-01T", "20261201", "2026-W49-2", "2026-12-01x14:30"],
)
def test_what_is_no_time_is_refused(said: str) -> None:
    with pytest.raises(UsageProblem, match="time"):
        leaves_at(said)


@given(datetimes(datetime(1995, 1, 1), datetime(2100, 1, 1)), sampled_from("T "))  # noqa: DTZ001  # local times
def test_a_finnish_hour_is_that_hour(local: datetime, separator: str) -> None:
    """Whatever the season; only an hour that a spring night leaves out is the hour after it."""
    local = local.replace(second=0, microsecond=0, fold=0)
    instant = leaves_at(local.isoformat(separator, "minutes"))
    back = instant.astimezone(HELSINKI).replace(tzinfo=None)

    assert back in {local, local + timedelta(hours=1)}
    assert (instant.astimezone(HELSINKI) == local.replace(tzinfo=HELSINKI)) or back != local


@given(dates())
def test_a_day_alone_is_its_working_day_or_no_day(day: date) -> None:
    """Every day of the calendar; no text makes it fail in another way than by its own error."""
    local = leaves_at(day.isoformat()).astimezone(HELSINKI)

    assert (local.date(), local.time()) == (day, WORK_BEGINS)


@given(text(max_size=30) | from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.+Zz-]{0,12})?\Z"))
def test_any_text_is_a_time_or_refused(said: str) -> None:
    try:
        instant = leaves_at(said)
    except UsageProblem:
        return
    assert instant.tzinfo is UTC
