"""From a person's choice to the letter's facts: what follows by law, what is proposed, and what goes before what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent import profile as profiles
from inbox_agent.rules import accounting, letters, outcomes
from inbox_agent.rules.identity import signs
from replies.album import part
from replies.catalogue import facts_needed
from replies.drafting import compose
from replies.facts import missing
from replies.pairs import outcomes_for
from state.model import (
    Case,
    CaseKey,
    CaseStatus,
    Counting,
    Duty,
    DutyKey,
    DutyKind,
    DutyStatus,
    IdentityLevel,
    Letter,
    Outcome,
    Party,
    Reckoning,
    Request,
    RequestKey,
    RequestKind,
    RequestStatus,
)
from tests.bare_profile import BARE
from tests.state_examples import MONDAY, due

PROFILE = profiles.parse(
    BARE
    + """
    [processing]
    purposes = "laskutus"
    recipients = ["Lähetti Vinha Oy"]
    processors = ["Kirjepalvelu Oy"]
    systems = ["asiakasrekisteri"]
    transfers = "Yhdysvallat, vakiolausekkeet"
    backups_days = 90
    [accounting]
    financial_year_end = "30.6."
    """
)
TODAY = date(2026, 3, 5)


def request(kind: RequestKind, outcome: Outcome | None = None, key: int = 1, **decision: str) -> Request:
    status = RequestStatus.DECIDED if outcome else RequestStatus.OPEN
    return Request(RequestKey(key), CaseKey(1), kind, status, MONDAY, due(MONDAY), None, None, outcome, decision)


def case(*requests: Request) -> Case:
    at, level = datetime(2026, 3, 2, 9, tzinfo=UTC), IdentityLevel.L2
    who = Party("Aino Esimerkki", "aino@posti.example")
    return Case(CaseKey(1), "2026-0001", CaseStatus.OPEN, who, "fi", at, MONDAY, level, level, (), requests, at, None)


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.sampled_from(("vouchers", "books")), st.text(max_size=12))
def test_how_long_vouchers_are_kept_is_computed_whatever_was_typed(newest: date, material: str, typed: str) -> None:
    """From its date and the financial year's end (Accounting Act 2:10): a longer time is not had by writing it."""
    facts = {"newest_on": newest.isoformat(), "financial_year_end": "30.6.", "material": material, "kept_until": typed}
    end = accounting.year_end(newest, (6, 30))
    assert outcomes.completed(facts)["kept_until"] == accounting.kept_until(material, end).isoformat()


def test_vouchers_and_books_kept_side_by_side_end_each_by_itself() -> None:
    """Six years from the calendar year's end and ten from the financial year's (Accounting Act 2:10)."""
    vouchers = {"material": "vouchers", "newest_on": "2026-03-14", "financial_year_end": "30.6."}
    books = {"material_2": "books", "newest_on_2": "2026-03-14", "financial_year_end_2": "30.6."}
    oldest = {"oldest_on_2": "2024-09-01", "kept_until_2": "2099-12-31"}
    found = outcomes.completed({**vouchers, **books, **oldest})
    assert (found["kept_until"], found["kept_until_2"], found["oldest_until_2"]) == (
        "2032-12-31",
        "2036-06-30",
        "2035-06-30",
    )
    assert "oldest_until" not in found


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"material": "books", "newest_on": "2026-11-30"},
        {"material": "books", "newest_on": "2026-11-30", "financial_year_end": "31.13."},
        {"material": "vouchers", "financial_year_end": "31.12."},
    ],
)
def test_nothing_is_computed_from_half_of_it(facts: dict[str, str]) -> None:
    assert outcomes.completed({**facts, "kept_until": "2099-12-31"}) == facts


def test_a_voucher_of_the_year_that_runs_is_kept_six_years_from_its_own_end() -> None:
    """Asked for, never proposed: only the voucher says to which financial year it belongs."""
    proposed = outcomes.proposals(request(RequestKind.ERASURE), profiles.parse(BARE), date(2026, 11, 30), "fi")
    assert "newest_on" not in proposed
    assert "kept_until" not in outcomes.completed(proposed)
    assert outcomes.completed({**proposed, "newest_on": "2026-11-15"})["kept_until"] == "2032-12-31"
    assert outcomes.completed({**proposed, "newest_on": "2025-11-15"})["kept_until"] == "2031-12-31"


def test_no_day_of_doing_is_proposed_where_others_must_still_be_instructed() -> None:
    """An erasure is told for the day by which processors have heard of it; the rest once somebody has done it."""
    alone = profiles.parse(BARE + '[processing]\nprocessors = "none"')
    changed = (RequestKind.RECTIFICATION, RequestKind.RESTRICTION, RequestKind.OBJECTION)
    for kind in (*changed, RequestKind.ERASURE):
        assert outcomes.proposals(request(kind), alone, TODAY, "fi")["done_on"] == "2026-03-05"
    for kind in changed:
        for others in (PROFILE, profiles.parse(BARE)):  # named, or not known
            assert "done_on" not in outcomes.proposals(request(kind), others, TODAY, "fi")
    assert outcomes.proposals(request(RequestKind.ERASURE), PROFILE, TODAY, "fi")["done_on"] == "2026-03-10"


def test_who_processes_for_us_is_a_recipient_too() -> None:
    """GDPR 4(9): a recipient is whoever the data is disclosed to, a third party or not; each is named once."""
    proposed = outcomes.proposals(request(RequestKind.ACCESS), PROFILE, TODAY, "fi")
    assert proposed["recipients"] == "Lähetti Vinha Oy ja Kirjepalvelu Oy"
    twice = profiles.parse(BARE + '[processing]\nrecipients = ["Kirjepalvelu Oy"]\nprocessors = ["Kirjepalvelu Oy"]')
    assert outcomes.proposals(request(RequestKind.ACCESS), twice, TODAY, "fi")["recipients"] == "Kirjepalvelu Oy"


@pytest.mark.parametrize(
    ("kept", "stays"),
    [
        ("lasku 301 vuodelta 2024", {"newest_on"}),
        ("laskut vuodelta 2023", set()),
        ("laskut vuosilta 2022–2024", {"newest_on", "oldest_on"}),
        ("laskut vuosilta 2023–2024", {"newest_on"}),
        ("lasku 301", {"newest_on"}),
        ("laskut asiakkuuden alusta", {"newest_on", "oldest_on"}),
        ("laskut 1/2022 ja 10/2024", {"newest_on", "oldest_on"}),
        ("laskut vuosilta 2021-2024", {"newest_on", "oldest_on"}),  # said as before
    ],
)
def test_a_day_of_an_earlier_decision_does_not_stay_for_material_of_other_years(kept: str, stays: set[str]) -> None:
    """Else the end of one voucher's keeping is told as another's (Act 2:10)."""
    facts = facts_needed(RequestKind.ERASURE, Outcome.REFUSED)
    before = {"ground": "accounting_law", "kept": "laskut vuosilta 2021-2024", "material": "vouchers"}
    days = {"newest_on": "2024-10-01", "oldest_on": "2022-01-10"}
    found = outcomes.fitting(facts, {**before, **days}, {"kept": kept}, language="fi")
    assert found.keys() & days.keys() == stays


def test_what_the_profile_says_is_proposed() -> None:
    found = outcomes.proposals(request(RequestKind.ERASURE), PROFILE, TODAY, "fi", {"asked_on": "2026-03-03"})
    assert (found["notified"], found["notified_named"]) == ("to_be_told", "Lähetti Vinha Oy, Kirjepalvelu Oy")
    assert (found["backups"], found["backups_until"]) == ("overwritten", "2026-06-03")
    assert (found["financial_year_end"], found["asked_on"]) == ("30.6.", "2026-03-03")
    assert outcomes.proposals(request(RequestKind.ACCESS), PROFILE, TODAY, "fi")["transfers"] == "made"


def test_a_joint_controller_and_who_processes_are_told_of_a_change_where_nobody_else_has_the_data() -> None:
    """Recipients are not third parties alone (GDPR 4(9), 19)."""
    text = BARE.replace('name = "Esimerkki Oy"', 'name = "Esimerkki Oy"\njoint = ["Routa Oy"]')
    only = profiles.parse(text + '[processing]\nprocessors = ["Kirjepalvelu Oy"]')
    for kind in (RequestKind.RECTIFICATION, RequestKind.ERASURE, RequestKind.RESTRICTION):
        found = outcomes.proposals(request(kind), only, TODAY, "fi")
        assert (found["notified"], found["notified_named"]) == ("to_be_told", "Kirjepalvelu Oy, Routa Oy")
    assert "notified" not in outcomes.proposals(request(RequestKind.ACCESS), only, TODAY, "fi")


def test_what_nobody_said_is_not_proposed() -> None:
    """A bare profile proposes dates of our own making and no word about data, transfers, backups or who was told."""
    found = outcomes.proposals(request(RequestKind.ERASURE), profiles.parse(BARE), TODAY, "fi")
    assert {"notified", "backups", "erased_from", "transfers", "erased", "ground"} & set(found) == set()


@pytest.mark.parametrize("kind", RequestKind)
def test_where_somebody_searched_or_erased_is_for_that_person_to_say(kind: RequestKind) -> None:
    """The profile knows where data is kept, never whether anybody has looked there; an earlier decision does."""
    assert {"searched", "erased_from"} & set(outcomes.proposals(request(kind), PROFILE, TODAY, "fi")) == set()
    assert outcomes.to_confirm(PROFILE, "fi") == {
        "searched": "asiakasrekisteri",
        "erased_from": "asiakasrekisteri ja Kirjepalvelu Oy",
    }
    decided = request(kind, Outcome.NO_DATA, searched="asiakasrekisteri")
    assert outcomes.proposals(decided, PROFILE, TODAY, "fi")["searched"] == "asiakasrekisteri"


def test_an_earlier_decision_goes_before_the_profile() -> None:
    decided = request(RequestKind.RECTIFICATION, Outcome.GRANTED, notified="told", notified_named="Toinen Oy")
    found = outcomes.proposals(decided, PROFILE, TODAY, "fi")
    assert (found["notified"], found["notified_named"]) == ("told", "Toinen Oy")


def test_a_letter_s_own_language_goes_before_the_profile_s() -> None:
    """What the profile says in Swedish stands in a Swedish letter; what it does not stays as it is, names with it."""
    told = (
        BARE
        + """
    [processing]
    purposes = "laskutus"
    retention = "kaksi vuotta"
    systems = ["asiakasrekisteri"]
    processors = ["Kirjepalvelu Oy"]
    recipients = ["Lähetti Vinha Oy"]
    [processing.sv]
    purposes = "fakturering"
    sources = "kunden själv"
    systems = ["kundregistret"]
    """
    )
    both = profiles.parse(told)
    said = outcomes.proposals(request(RequestKind.ERASURE), both, TODAY, "sv")
    assert (said["purposes"], said["retention"]) == ("fakturering", "kaksi vuotta")
    assert outcomes.to_confirm(both, "sv")["erased_from"] == "kundregistret och Kirjepalvelu Oy"
    assert said["recipients"] == "Lähetti Vinha Oy och Kirjepalvelu Oy"
    assert said["channels"] == "e-post, textmeddelanden, telefon och post"
    assert said["sources"] == "kunden själv"
    swedish = profiles.parse(
        told
        + """
    [replies]
    language = "sv"
    """
    )
    assert outcomes.proposals(request(RequestKind.ERASURE), swedish, TODAY, "sv")["channels"] == said["channels"]
    finnish = outcomes.proposals(request(RequestKind.ERASURE), both, TODAY, "fi")
    assert (finnish["purposes"], finnish["channels"]) == ("laskutus", "sähköposti, tekstiviestit, puhelin ja posti")


@pytest.mark.parametrize("kind", RequestKind)
def test_proposals_alone_decide_nothing(kind: RequestKind) -> None:
    """Whatever the profile says, an outcome that acts or refuses needs a word of the person's own."""
    proposed = outcomes.completed(outcomes.proposals(request(kind), PROFILE, TODAY, "fi"))
    for outcome in {Outcome.GRANTED, Outcome.PARTLY, Outcome.REFUSED} & set(outcomes_for(kind)):
        if kind is not RequestKind.MARKETING_OBJECTION:  # a ban is carried out as it is
            asked = facts_needed(kind, outcome)
            assert missing(asked, outcomes.fitting(asked, proposed)), outcome


def test_an_erasure_waits_for_the_copies_that_are_undecided() -> None:
    gone, kept = request(RequestKind.ERASURE, Outcome.GRANTED), request(RequestKind.ERASURE, Outcome.REFUSED)
    for copy in (RequestKind.ACCESS, RequestKind.PORTABILITY):
        undecided = request(copy, key=2)
        assert outcomes.copy_first(case(gone, undecided))
        assert not outcomes.copy_first(case(kept, undecided))
        assert not outcomes.copy_first(case(gone, replace(undecided, status=RequestStatus.DECIDED)))
    assert not outcomes.copy_first(case(gone, request(RequestKind.RECTIFICATION, key=2)))


def test_a_letter_does_something_only_about_rights_that_have_it() -> None:
    """No extension and no fee for a ban or a withdrawal; no fee for what is decided."""
    access, ban = request(RequestKind.ACCESS), request(RequestKind.MARKETING_OBJECTION, key=2)
    decided = request(
        RequestKind.ERASURE, Outcome.GRANTED, key=3, **part("fi", RequestKind.ERASURE, Outcome.GRANTED).facts
    )
    of = case(access, ban, decided)
    assert letters.concerned(of, Letter.FEE) == (access,)
    assert letters.concerned(of, Letter.EXTENSION) == (access, decided)
    assert letters.obstacle(case(ban), Letter.FEE, TODAY) == "no_fee"
    assert letters.obstacle(case(ban), Letter.EXTENSION, TODAY) == "nothing_to_extend"
    assert letters.obstacle(of, Letter.LATE_NOTICE, TODAY) == "not_late"
    assert letters.obstacle(of, Letter.NOT_A_REQUEST, TODAY) == "is_a_request"


@pytest.mark.parametrize("kind", sorted(set(RequestKind) - {RequestKind.ERASURE, RequestKind.ACCESS}))
def test_whoever_is_granted_another_right_has_more_than_vouchers(kind: RequestKind) -> None:
    """Answered earlier or decided now; a copy may be of the vouchers, and what is refused tells nothing."""
    for status in (RequestStatus.DECIDED, RequestStatus.ANSWERED):
        for outcome in (Outcome.GRANTED, Outcome.PARTLY):
            assert outcomes.more_held(case(replace(request(kind, outcome), status=status)))
    assert not outcomes.more_held(case(request(kind, Outcome.NO_DATA)))
    assert not outcomes.more_held(case(request(kind)))
    assert not outcomes.more_held(case(request(RequestKind.ACCESS, Outcome.GRANTED)))


def test_the_oldest_financial_year_ends_by_itself() -> None:
    """Only where it ends before the newest one's (Accounting Act 2:10)."""
    facts = {"material": "vouchers", "financial_year_end": "30.6.", "newest_on": "2025-09-01"}
    assert outcomes.completed({**facts, "oldest_on": "2024-08-01"})["oldest_until"] == "2031-12-31"
    assert "oldest_until" not in outcomes.completed({**facts, "oldest_on": "2025-08-01", "oldest_until": "2019-12-31"})


@pytest.mark.parametrize(
    ("processors", "status", "offered"),
    [
        (None, None, False),
        (None, DutyStatus.OPEN, False),
        (None, DutyStatus.DONE, True),
        ((), None, True),
        ((), DutyStatus.OPEN, False),
    ],
)
@pytest.mark.parametrize("kind", [RequestKind.RESTRICTION, RequestKind.ERASURE, RequestKind.RECTIFICATION])
def test_that_nobody_else_has_the_data_is_no_choice_before_it_was_found_out(
    kind: RequestKind, processors: tuple[str, ...] | None, status: DutyStatus | None, offered: bool
) -> None:
    """Who processes it for us is a recipient too (GDPR 4(9), 19): the profile says who, or a task finds it out."""
    of, at = request(kind), datetime(2026, 3, 2, 9, tzinfo=UTC)
    held = PROFILE.processing.model_copy(update={"processors": processors})
    profile, find = PROFILE.model_copy(update={"processing": held}), DutyKind.FIND_PROCESSORS
    counted = Reckoning(Counting.ON, TODAY)
    laid = (Duty(DutyKey(1), of.case, of.key, find, status, TODAY, counted, "", at, None),) if status else ()
    asked = outcomes.asked(case(of), of, profile, laid)[Outcome.GRANTED]
    [notified] = [fact for fact in asked if fact.name == "notified"]
    assert ("no_recipients" in notified.choices) is offered
    assert "to_be_told" in notified.choices


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("fi", "Se koskee lisäksi näitä: etämyynti ja markkina- ja mielipidetutkimus."),
        ("sv", "Det gäller dessutom: distansförsäljning och marknads- och opinionsundersökningar."),
        ("en", "It also covers: distance selling and market and opinion research."),
    ],
)
def test_a_ban_names_what_a_notice_promised_beyond_the_usual_channels(language: str, named: str) -> None:
    more = ("puhelin", "posti", "etämyynti", "markkina- ja mielipidetutkimus")
    promising = PROFILE.model_copy(update={"duties": PROFILE.duties.model_copy(update={"other": more})})
    banned = replace(case(request(RequestKind.MARKETING_OBJECTION)), language=language)
    for profile, said in ((promising, True), (PROFILE, False)):
        body = compose(letters.context(banned, Letter.MARKETING_STOPPED, profile, TODAY)).body
        assert (named in body) is said


@pytest.mark.parametrize("known", [False, True])
def test_nobody_is_told_to_do_nothing_before_a_question_that_may_follow(known: bool) -> None:
    """The same to whoever is known and whoever is not, so that it tells neither (GDPR 12(1), 12(6))."""
    of = case(request(RequestKind.ACCESS))
    of = of if known else replace(of, identity_level=IdentityLevel.L0)
    body = compose(letters.context(of, Letter.ACKNOWLEDGEMENT, PROFILE, TODAY)).body
    assert "tarvitse tehdä nyt mitään" not in body
    assert "Jos meidän on vielä varmistettava, kuka pyynnön teki, kysymme sitä erikseen." in body


@pytest.mark.parametrize(
    ("level", "shown"), [(IdentityLevel.L0, ("contact_change", "protected")), (IdentityLevel.L2, ("protected",))]
)
def test_whoever_is_known_well_enough_has_no_old_way_left_to_be_asked_by(
    level: IdentityLevel, shown: tuple[str, ...]
) -> None:
    """What else was seen in the mail stays to be seen."""
    of = replace(case(request(RequestKind.RESTRICTION)), flags=("contact_change", "protected"), identity_level=level)
    assert signs.still_flagged(of) == shown
