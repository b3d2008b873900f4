"""What must be done besides answering: which duties follow from what, and that their dates are counted right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent import profile as profiles
from inbox_agent.rules import duties, recordings
from state.model import (
    CHANGED_WITH_OTHERS,
    Case,
    CaseKey,
    CaseStatus,
    Counting,
    Duty,
    DutyKey,
    DutyKind,
    DutyStatus,
    IdentityLevel,
    NewDuty,
    Outcome,
    Party,
    Reckoning,
    Request,
    RequestKey,
    RequestKind,
    RequestStatus,
)
from tests.bare_profile import BARE
from tests.state_examples import due

FRIDAY = date(2026, 12, 18)
NONE = '[processing]\nprocessors = "none"'
PROFILE = profiles.parse(
    BARE.replace("[contact]", 'joint = ["Routa Oy"]\n[contact]')
    + """
    [duties]
    electronic = ["uutiskirje"]
    [processing]
    processors = ["Kirjepalvelu Oy"]
    recipients = ["Lähetti Vinha Oy"]
"""
)


def request(kind: RequestKind, outcome: Outcome | None = None, **facts: str) -> Request:
    status = RequestStatus.DECIDED if outcome else RequestStatus.OPEN
    return Request(RequestKey(1), CaseKey(1), kind, status, FRIDAY, due(FRIDAY), None, None, outcome, facts)


def case(*requests: Request) -> Case:
    at = datetime(2026, 12, 18, 9, tzinfo=UTC)
    level = IdentityLevel.L2
    person = Party("Aino Esimerkki", "aino@posti.example")
    return Case(
        CaseKey(1), "2026-0001", CaseStatus.OPEN, person, "fi", at, FRIDAY, level, level, (), requests, at, None
    )


def laid_down(kind: DutyKind) -> Duty:
    at, reckoning = datetime(2026, 12, 18, 9, tzinfo=UTC), Reckoning(Counting.ON, date(2026, 12, 28))
    open_ = DutyStatus.OPEN
    return Duty(DutyKey(1), CaseKey(1), RequestKey(1), kind, open_, date(2026, 12, 28), reckoning, "", at, None)


def told(found: tuple[NewDuty, ...]) -> list[tuple[DutyKind, date, str]]:
    return [(duty.kind, duty.due_on, duty.about) for duty in found]


def frozen(found: tuple[NewDuty, ...]) -> tuple[NewDuty, ...]:
    return tuple(duty for duty in found if duty.kind is DutyKind.FREEZE_RECORDINGS)


def test_a_ban_on_marketing_stops_every_channel_within_the_profiles_days() -> None:
    """Received on a Friday before Christmas: electronic by Monday, the rest in three working days (GDPR 21(3))."""
    assert told(duties.with_right(request(RequestKind.MARKETING_OBJECTION), FRIDAY, (), PROFILE)) == [
        (DutyKind.STOP_MARKETING, date(2026, 12, 21), "uutiskirje"),
        (DutyKind.STOP_MARKETING, date(2026, 12, 23), "puhelin, posti"),
    ]


def test_a_withdrawn_consent_is_followed_at_once() -> None:
    [(kind, by, _)] = told(duties.with_right(request(RequestKind.CONSENT_WITHDRAWAL), FRIDAY, (), PROFILE))
    assert (kind, by) == (DutyKind.STOP_PROCESSING, date(2026, 12, 21))


def test_recordings_that_an_access_request_names_are_frozen() -> None:
    texts = ("Haluan kuunnella puhelutallenteen 3.12.", "Lähettäkää se puhelutallenteen kopio.")
    [duty] = frozen(duties.with_right(request(RequestKind.ACCESS), FRIDAY, texts, PROFILE))
    assert (duty.due_on, duty.about) == (date(2026, 12, 21), "puhelutallenteet")
    stored = ("Mitä tietoja minusta on tallennettu?",)
    assert frozen(duties.with_right(request(RequestKind.ACCESS), FRIDAY, stored, PROFILE)) == ()
    assert duties.with_right(request(RequestKind.ERASURE), FRIDAY, texts, PROFILE) == ()


def test_recordings_that_somebody_asks_to_keep_are_frozen() -> None:
    """A restriction that names them; those that the profile knows besides are not asked for (GDPR 18(1)(b)-(c))."""
    own = PROFILE.model_copy(update={"processing": profiles.Processing(recordings=("kamerakuvat",))})
    texts = ("Älkää poistako puhelutallennetta, tarvitsen sitä oikeudessa.",)
    [duty] = duties.with_right(request(RequestKind.RESTRICTION), FRIDAY, texts, own)
    assert (duty.kind, duty.about) == (DutyKind.FREEZE_RECORDINGS, "puhelutallenteet")
    assert duties.with_right(request(RequestKind.RESTRICTION), FRIDAY, ("Osoitteeni on väärin.",), own) == ()


def test_what_comes_with_a_right_counts_from_its_arrival() -> None:
    """The month of a controller that counts from the sending began before; nothing could be frozen then."""
    arrived_on = date(2026, 12, 22)
    [duty] = frozen(duties.with_right(request(RequestKind.ACCESS), arrived_on, ("puhelutallenne",), PROFILE))
    assert (duty.reckoning.start, duty.due_on) == (arrived_on, date(2026, 12, 23))


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (RequestKind.ACCESS, "Voisinko kuulla puhelutallenteen?", [DutyKind.FREEZE_RECORDINGS]),
        (RequestKind.ACCESS, "Mitä minusta tiedetään?", []),
        (RequestKind.MARKETING_OBJECTION, "Poistakaa puhelutallenne ja lopettakaa soitot.", []),
        (RequestKind.MARKETING_OBJECTION, "EI\n", [DutyKind.STOP_MARKETING, DutyKind.STOP_MARKETING]),
        (RequestKind.MARKETING_OBJECTION, "Nej tack!", [DutyKind.STOP_MARKETING, DutyKind.STOP_MARKETING]),
        (RequestKind.MARKETING_OBJECTION, "No, thank you", [DutyKind.STOP_MARKETING, DutyKind.STOP_MARKETING]),
        (RequestKind.MARKETING_OBJECTION, "Hei,\n\nEi kiitos.\n\nAino Esimerkki", [DutyKind.STOP_MARKETING] * 2),
        (RequestKind.MARKETING_OBJECTION, "Moi! Lopettakaa. T. aino", [DutyKind.STOP_MARKETING] * 2),
        (RequestKind.MARKETING_OBJECTION, "Nej tack\n\nMed vänlig hälsning\nBo Ek", [DutyKind.STOP_MARKETING] * 2),
        (RequestKind.MARKETING_OBJECTION, "Ei kiitos\n\nSent from my iPhone", [DutyKind.STOP_MARKETING] * 2),
        (RequestKind.MARKETING_OBJECTION, "Ei sovi meille tiistaina.", []),
        (RequestKind.MARKETING_OBJECTION, "Hei,\n\nEi kiitos tiistaina.\n\nAino Esimerkki", []),
        (RequestKind.MARKETING_OBJECTION, "EI\nTIISTAI SOPII PAREMMIN", []),
        (RequestKind.ACCESS, "EI", []),
    ],
)
def test_what_a_doubtful_mail_names_and_cannot_wait_does_not_wait_for_a_person(
    kind: RequestKind, text: str, found: list[DutyKind]
) -> None:
    """Whatever else comes with a right waits until somebody has said that it is one."""
    own = PROFILE.model_copy(update={"processing": profiles.Processing(recordings=("kamerakuvat",))})
    assert [duty.kind for duty in duties.before_confirmed(request(kind), FRIDAY, (text,), own)] == found


def test_recordings_that_the_profile_names_are_frozen_for_every_access_request() -> None:
    """Their time runs whether or not the person knows of them."""
    own = PROFILE.model_copy(update={"processing": profiles.Processing(recordings=("puhelutallenteet",))})
    [duty] = frozen(duties.with_right(request(RequestKind.ACCESS), FRIDAY, (), own))
    assert duty.about == "puhelutallenteet"
    [duty] = frozen(
        duties.with_right(request(RequestKind.ACCESS), FRIDAY, ("puhelutallenteesta ja kamerakuvista",), own)
    )
    assert duty.about == "puhelutallenteet, kamerakuvat"  # the same in another case is named once


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Saanko nauhoitukset ja tallenteet?", ("nauhoitukset", "tallenteet")),
        ("valvontakamerakuvat tiistailta", ("valvontakamerakuvat",)),
        ("Vem har sett mina logguppgifter och samtalsinspelningen?", ("logguppgifter", "samtalsinspelningen")),
        ("puhelun äänite ja äänitiedostot", ("äänite", "äänitiedostot")),
        ("a copy of the call recording and CCTV", ("recording", "cctv")),
        ("Minusta tallennetut tiedot, kun tallennatte niitä", ()),
        ("lagrade uppgifter, for the record", ()),
    ],
)
def test_recordings_are_told_from_stored_data(text: str, found: tuple[str, ...]) -> None:
    assert recordings.named(text) == found


CALLED = [
    ("Haluan tallenteen ja äänitteestä kopion.", ("tallenteet", "äänitteet")),
    ("Nauhoitteesta näkyy kaikki.", ("nauhoitteet",)),
    ("Saanko kuulla nauhoituksen?", ("nauhoitukset",)),
    ("Valvontakameran kuvaa ja lokitietoja pyydän.", ("valvontakameran kuvat", "lokitiedot")),
    ("Jag vill höra samtalsinspelningen.", ("samtalsinspelningar",)),
    ("a copy of the call recording", ("recording",)),
]


@pytest.mark.parametrize(("text", "called"), CALLED)
def test_a_task_calls_recordings_as_a_list_does(text: str, called: tuple[str, ...]) -> None:
    """Whatever case of Finnish the mail has them in."""
    assert recordings.kept((), text) == called


@pytest.mark.parametrize("kind", [RequestKind.ACCESS, RequestKind.PORTABILITY])
def test_a_copy_is_collected_from_whoever_holds_the_data_for_us_or_with_us(kind: RequestKind) -> None:
    """A copy without what processors and joint controllers hold is half a copy; nobody else, nothing to collect."""
    [duty] = duties.with_right(request(kind), FRIDAY, (), PROFILE)
    assert told((duty,)) == [(DutyKind.COLLECT_DATA, date(2026, 12, 23), "Kirjepalvelu Oy, Routa Oy")]
    assert duties.with_right(request(kind), FRIDAY, (), profiles.parse(BARE + NONE)) == ()


@pytest.mark.parametrize("unnamed", ["", "[processing]\nprocessors = []"])
@pytest.mark.parametrize("kind", [RequestKind.ACCESS, RequestKind.PORTABILITY])
def test_whom_nobody_has_named_is_found_out_before_a_copy_is_whole(kind: RequestKind, unnamed: str) -> None:
    """A profile that names no processors does not say that there are none."""
    profile = profiles.parse(BARE + unnamed)
    assert told(duties.with_right(request(kind), FRIDAY, (), profile)) == [
        (DutyKind.FIND_PROCESSORS, date(2026, 12, 23), "")
    ]
    laid = [laid_down(DutyKind.FIND_PROCESSORS)]
    assert duties.uncollected(request(kind), laid)
    assert duties.undone_until(request(kind, Outcome.GRANTED), laid) is None


@pytest.mark.parametrize("kind", CHANGED_WITH_OTHERS)
def test_whom_nobody_has_named_is_found_out_and_told_of_a_change(kind: RequestKind) -> None:
    """Until then nothing is told as done everywhere; where there are none, the profile says so."""
    found = duties.with_outcome(request(kind, Outcome.GRANTED), profiles.parse(BARE), date(2026, 12, 22))
    at_once = kind in {RequestKind.MARKETING_OBJECTION, RequestKind.CONSENT_WITHDRAWAL}  # their days have passed
    assert told(found) == [(DutyKind.FIND_PROCESSORS, date(2026, 12, 23 if at_once else 28), "")]
    assert duties.instructed_by(kind, profiles.parse(BARE), date(2026, 12, 22)) == date(2026, 12, 28)
    laid = [laid_down(DutyKind.FIND_PROCESSORS)]
    assert duties.undone_until(request(kind, Outcome.GRANTED), laid) == laid[0].due_on
    assert duties.sought(request(kind), laid)
    assert not duties.uncollected(request(kind), laid)
    assert duties.with_outcome(request(kind, Outcome.GRANTED), profiles.parse(BARE + NONE), FRIDAY) == ()


@pytest.mark.parametrize("outcome", [Outcome.GRANTED, Outcome.PARTLY])
@pytest.mark.parametrize("kind", [RequestKind.ERASURE, RequestKind.RECTIFICATION, RequestKind.OBJECTION])
def test_processors_and_joint_controllers_hear_of_what_was_granted(kind: RequestKind, outcome: Outcome) -> None:
    found = duties.with_outcome(request(kind, outcome), PROFILE, date(2026, 12, 22))
    assert told(found) == [
        (DutyKind.INSTRUCT_PROCESSORS, date(2026, 12, 28), "Kirjepalvelu Oy"),
        (DutyKind.INFORM_JOINT_CONTROLLERS, date(2026, 12, 28), "Routa Oy"),
    ]


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.NO_DATA, Outcome.NOT_IDENTIFIED])
def test_nobody_hears_of_what_was_not_granted(outcome: Outcome) -> None:
    refused = request(RequestKind.ERASURE, outcome, notified="to_be_told", done_on="2026-12-31")
    assert duties.with_outcome(refused, PROFILE, FRIDAY) == ()
    assert duties.with_answer(case(refused), refused, PROFILE, FRIDAY, FRIDAY) == ()


def test_recipients_are_told_where_the_letter_promised_it() -> None:
    """GDPR 19; those that were told already are no duty."""
    for chosen, expected in (("to_be_told", "Lähetti Vinha Oy"), ("told", None), ("no_recipients", None)):
        decided = request(RequestKind.RECTIFICATION, Outcome.GRANTED, notified=chosen, done_on="2026-12-17")
        found = duties.with_answer(case(decided), decided, PROFILE, FRIDAY, FRIDAY)
        assert [duty.about for duty in found if duty.kind is DutyKind.TELL_RECIPIENTS] == (
            [expected] if expected else []
        )


@pytest.mark.parametrize(
    ("named", "left"),
    [
        ("Lähetti Vinha Oy, Kirjepalvelu Oy, Routa Oy", ["Lähetti Vinha Oy"]),
        ("Kirjepalvelu Oy, Routa Oy", []),
        ("Joku Muu Oy", ["Joku Muu Oy"]),
    ],
)
def test_who_is_instructed_by_another_task_is_told_by_that(named: str, left: list[str]) -> None:
    """The letter names them among the recipients (GDPR 4(9), 19); nobody is told twice."""
    decided = request(
        RequestKind.RECTIFICATION, Outcome.GRANTED, notified="to_be_told", notified_named=named, done_on="2026-12-17"
    )
    found = duties.with_answer(case(decided), decided, PROFILE, FRIDAY, FRIDAY)
    assert [duty.about for duty in found if duty.kind is DutyKind.TELL_RECIPIENTS] == left


def test_while_an_objection_is_weighed_a_restriction_is_considered() -> None:
    """GDPR 18(1)(d); our choice that the task comes by itself."""
    [(kind, by, _)] = told(duties.with_right(request(RequestKind.OBJECTION), FRIDAY, (), PROFILE))
    assert (kind, by) == (DutyKind.CONSIDER_RESTRICTION, date(2026, 12, 23))


def test_other_controllers_of_published_data_are_told_where_the_letter_promised_it() -> None:
    """GDPR 17(2)."""
    for chosen, expected in (("to_be_told", 1), ("told", 0), ("no", 0)):
        facts = {"notified": "told", "published": chosen, "done_on": "2026-12-17"}
        decided = request(RequestKind.ERASURE, Outcome.GRANTED, **facts)
        found = duties.with_answer(case(decided), decided, PROFILE, FRIDAY, FRIDAY)
        assert [duty.kind for duty in found] == [DutyKind.TELL_CONTROLLERS] * expected


def test_a_restriction_is_looked_at_again_before_it_is_lifted() -> None:
    """On the day that the letter names, else after the profile's days (GDPR 18(3))."""
    for facts, by in (({"review_on": "2027-02-01"}, date(2027, 2, 1)), ({}, date(2027, 1, 17))):
        decided = request(RequestKind.RESTRICTION, Outcome.GRANTED, notified="told", **facts)
        [duty] = duties.with_answer(case(decided), decided, PROFILE, FRIDAY, FRIDAY)
        assert (duty.kind, duty.due_on) == (DutyKind.TELL_BEFORE_LIFTING, by)


def test_what_is_erased_after_its_copy_or_on_a_later_day_is_a_duty() -> None:
    erased = request(RequestKind.ERASURE, Outcome.GRANTED, notified="told", done_on="2026-12-18", erased="kortti")
    copied = request(RequestKind.ACCESS, Outcome.GRANTED)
    assert duties.with_answer(case(erased), erased, PROFILE, FRIDAY, FRIDAY) == ()
    for of, day in ((case(erased, copied), FRIDAY), (case(erased), date(2026, 12, 17))):
        [duty] = duties.with_answer(of, erased, PROFILE, day, FRIDAY)
        assert (duty.kind, duty.due_on, duty.about) == (DutyKind.ERASE, FRIDAY, "kortti")


@given(st.sampled_from(Counting), st.dates(date(2020, 1, 1), date(2039, 1, 1)), st.integers(0, 400))
def test_a_date_counted_again_is_the_same_and_never_before_its_start(
    counting: Counting, start: date, days: int
) -> None:
    reckoning = Reckoning(counting, start, days)
    assert duties.due_on(reckoning) == duties.due_on(replace(reckoning)) >= start


@given(st.sampled_from(RequestKind), st.sampled_from(Outcome), st.sampled_from(("told", "to_be_told")))
def test_every_duty_agrees_with_its_reckoning(kind: RequestKind, outcome: Outcome, notified: str) -> None:
    decided = request(kind, outcome, notified=notified, done_on="2026-12-30")
    found = (
        *duties.with_right(request(kind), FRIDAY, ("puhelutallenne",), PROFILE),
        *duties.with_outcome(decided, PROFILE, FRIDAY),
        *duties.with_answer(case(decided), decided, PROFILE, FRIDAY, FRIDAY),
    )
    assert all(duty.due_on == duties.due_on(duty.reckoning) and duty.request == decided.key for duty in found)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Pyydämme selvitystä viimeistään 15.1.2027 tietosuojalain 18 §:n nojalla.", date(2027, 1, 15)),
        ("Vastaus on annettava 15.1.2027 mennessä.", date(2027, 1, 15)),
        ("Begäran ska besvaras senast den 15.1.2027.", date(2027, 1, 15)),
        ("Kantelu on tehty 1.12.2026. Pyydämme selvitystä.", date(2026, 12, 21)),
        ("Vastatkaa viimeistään 31.2.2027.", date(2026, 12, 21)),
    ],
)
def test_a_letter_of_the_authority_is_answered_by_its_own_day(text: str, by: date) -> None:
    """Where it names none that can be read, somebody looks at it on the next working day."""
    duty = duties.with_authority(text, FRIDAY)
    assert (duty.kind, duty.due_on, duties.due_on(duty.reckoning)) == (DutyKind.ANSWER_OMBUDSMAN, by, by)


def test_every_duty_has_its_provision() -> None:
    assert set(duties.SOURCES) == set(DutyKind)
