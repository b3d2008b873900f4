"""Choosing outcomes: the form follows the catalogue, asks what the law wants said, and decides nothing by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Checkbox, Input, OptionList, Select, TextArea

from inbox_agent.dashboard.screens.outcome import FactsWindow, OutcomeWindow, RightSection
from inbox_agent.dashboard.widgets.form import FactField, FactForm
from inbox_agent.phrasing import facts, outcomes
from inbox_agent.profile import Sensitivity
from inbox_agent.services import settle
from inbox_agent.services.deciding import Choice
from replies.album import part
from replies.catalogue import facts_needed, letter_facts
from replies.facts import Fact, FactKind
from replies.pairs import UNFIT, outcomes_for
from state.model import (
    AGENT,
    Act,
    CaseKey,
    CaseStatus,
    Event,
    IdentityLevel,
    Letter,
    Outcome,
    RequestKind,
    RequestStatus,
)
from tests.dashboard_desk import PROFILE, Desk, fields, fill, press, screen_text, settled

SIZE = (120, 80)
WHOSE = {"data_subject"}


@pytest.fixture
def case(desk: Desk) -> CaseKey:
    return desk.case(3, "Aino Esimerkki", RequestKind.ERASURE, RequestKind.OBJECTION, level=IdentityLevel.L2)


async def form(pilot: Pilot[None], case: CaseKey) -> OutcomeWindow:
    app = pilot.app
    await settled(pilot)
    app.open_case(case)  # type: ignore[attr-defined]
    await settled(pilot)
    await press(pilot, "o")
    assert isinstance(app.screen, OutcomeWindow)
    return app.screen


async def choose(pilot: Pilot[None], window: OutcomeWindow, number: int, outcome: Outcome) -> RightSection:
    section = list(window.query(RightSection))[number]
    section.query_one(".outcome", Select).value = outcome
    await settled(pilot)
    return section


async def test_what_may_be_withheld_is_not_marked_as_needed(desk: Desk) -> None:
    """Reasons that defeat the limit need not be told (Data Protection Act, 34 §); those of other grounds do."""
    access = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, access)
        section = await choose(pilot, window, 0, Outcome.REFUSED)
        free = "(if there is something to say)"
        for ground, left in (("research", False), ("national_limit", True), ("research", False)):
            fill(section, ground=ground)
            await settled(pilot)
            assert (free in str(fields(section)["explained"].query_one(".fact-label").render())) is left


async def test_a_refusal_becomes_a_decided_request_and_a_letter(desk: Desk, case: CaseKey) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.REFUSED)
        fill(section, ground="accounting_law")
        await settled(pilot)
        fill(section, kept="laskut ja tositteet", explained="laskut kuuluvat kirjanpitoon", nothing_else="so")
        assert fields(section)["newest_on"].query_one(Input).value == ""
        fill(section, newest_on="2.3.2026")
        await settled(pilot)
        assert section.query_one(FactForm).values["kept_until"] == "2032-12-31"
        await press(pilot, "ctrl+s")
        assert "The answer is written." in "".join(notice.message for notice in app._notifications)
    with desk.views() as views:
        erasure, objection = views.case(case).requests
        letter = views.drafts(case)[-1]
    assert (erasure.outcome, erasure.decision["kept_until"]) == (Outcome.REFUSED, "2032-12-31")
    assert objection.status is RequestStatus.OPEN
    assert letter.letter is Letter.OUTCOME
    assert "laskut ja tositteet" in letter.body


async def test_what_is_missing_is_marked_and_nothing_is_decided(desk: Desk, case: CaseKey) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.REFUSED)
        await press(pilot, "ctrl+s")
        assert app.screen is window
        assert fields(section)["kept"].has_class("missing")
    with desk.views() as views:
        assert {request.status for request in views.case(case).requests} == {RequestStatus.OPEN}


async def test_a_date_that_cannot_be_read_is_not_passed_over(desk: Desk) -> None:
    """Not even where the law needs none: the letter would go without what the person wrote."""
    case = desk.case(3, "Aino Esimerkki", RequestKind.RESTRICTION, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.GRANTED)
        before = len(window.lacking)
        assert not fields(section)["review_on"].fact.required
        fill(section, review_on="ensi keväänä")
        await settled(pilot)
        assert len(window.lacking) == before + 1
        await press(pilot, "ctrl+s")
        assert "A date like 24.11.2026." in str(fields(section)["review_on"].query_one(".fact-problem").render())


async def test_a_form_counts_what_is_left_and_names_the_next(desk: Desk, case: CaseKey) -> None:
    """From the first moment on, and as it is filled in; what is there is no longer marked as missing."""

    def left(number: int, label: str) -> str:
        return f"{number} fields left to fill in, next: {label}"

    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        assert "left to fill in" not in screen_text(app)
        section = await choose(pilot, window, 0, Outcome.REFUSED)
        before = len(window.lacking)
        assert left(before, facts.label(window.lacking[0])) in screen_text(app)
        await press(pilot, "ctrl+s")
        assert fields(section)["explained"].has_class("missing")
        fill(section, explained="laskut kuuluvat kirjanpitoon")
        await settled(pilot)
        assert not fields(section)["explained"].has_class("missing")
        assert left(before - 1, facts.label(window.lacking[0])) in screen_text(app)


async def test_nothing_chosen_is_said(desk: Desk, case: CaseKey) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await form(pilot, case)
        await press(pilot, "ctrl+s")
        assert "Choose the outcome of at least one right." in screen_text(app)


async def test_only_facts_that_apply_are_asked(desk: Desk, case: CaseKey) -> None:
    """How long vouchers are kept is asked where the Accounting Act is the ground, and nowhere else."""
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.REFUSED)
        assert "newest_on" not in fields(section)
        fill(section, ground="accounting_law")
        await settled(pilot)
        assert "newest_on" in fields(section)
        fill(section, ground="legal_claim")
        await settled(pilot)
        assert "newest_on" not in fields(section)
        assert "until_event" in fields(section)


async def test_a_further_ground_has_fields_of_its_own(desk: Desk, case: CaseKey) -> None:
    """They come once it is chosen, and what follows from them is computed; both grounds stand in the letter."""
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.REFUSED)
        assert "ground_2" not in fields(section)
        fill(section, ground="legal_claim")
        await settled(pilot)
        assert {"ground_2", "nothing_else"} & set(fields(section)) == {"ground_2"}
        fill(section, kept="reklamaatio", explained="riita on vireillä", until_event="riita on ratkaistu")
        fill(section, ground_2="accounting_law")
        await settled(pilot)
        fill(section, kept_2="laskut", explained_2="laskut kuuluvat kirjanpitoon", newest_on_2="2.3.2026")
        await press(pilot, "ctrl+s")
        assert fields(section)["nothing_else"].has_class("missing")
        fill(section, nothing_else="so")
        await settled(pilot)
        assert section.query_one(FactForm).values["kept_until_2"] == "2032-12-31"
        await press(pilot, "ctrl+s")
    with desk.views() as views:
        body = views.drafts(case)[-1].body
    said = ("Säilytämme: reklamaatio", "riita on ratkaistu", "Lisäksi säilytämme: laskut", "31.12.2032 asti")
    assert sorted(said, key=body.index) == list(said)


async def test_a_ground_taken_back_takes_its_facts_along(desk: Desk, case: CaseKey) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.REFUSED)
        fill(section, ground="legal_claim")
        await settled(pilot)
        fill(section, ground_2="open_invoice")
        await settled(pilot)
        fill(section, kept_2="lasku 17")
        fields(section)["ground_2"].query_one(Select).clear()
        await settled(pilot)
        assert not [name for name in section.query_one(FactForm).values if name.endswith("_2")]


async def test_proposals_stand_in_the_fields(desk: Desk, case: CaseKey) -> None:
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.GRANTED)
        assert fields(section)["done_on"].query_one(Input).value == "24.11.2026"


async def test_where_somebody_searched_stands_in_the_field_once_it_is_ticked(tmp_path: Path) -> None:
    """The places stand beside it; unticked they go again, and the person's own words stay whatever is unticked."""
    told = PROFILE.processing.model_copy(update={"systems": ("asiakasrekisteri", "kassa")})
    desk = Desk(tmp_path / "inbox.db", PROFILE.model_copy(update={"processing": told}))
    case = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 0, Outcome.NO_DATA)
        field = fields(section)["searched"]
        assert field.value == ""
        assert "asiakasrekisteri ja kassa" in " ".join(screen_text(app).split())
        tick = field.query_one(Checkbox)
        tick.value = True
        await settled(pilot)
        assert field.value == "asiakasrekisteri ja kassa"
        tick.value = False
        await settled(pilot)
        assert field.value == ""
        tick.value = True
        await settled(pilot)
        fill(section, searched="asiakasrekisteri")
        tick.value = False
        await settled(pilot)
        assert field.value == "asiakasrekisteri"


async def test_a_decision_can_be_made_anew(desk: Desk, case: CaseKey) -> None:
    """The earlier values stand in the form; the new outcome replaces the old one and its letter."""
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        for stopped in ("mainosten lähettäminen", "profilointi"):
            window = await form(pilot, case)
            section = await choose(pilot, window, 1, Outcome.GRANTED)
            fill(section, stopped=stopped)
            await press(pilot, "ctrl+s")
            await press(pilot, "escape")
    with desk.views() as views:
        objection = views.case(case).requests[1]
        letters = [draft for draft in views.drafts(case) if draft.letter is Letter.OUTCOME]
    assert objection.decision["stopped"] == "profilointi"
    assert "profilointi" in letters[-1].body
    assert "mainosten" not in letters[-1].body
    assert [letter.status for letter in letters] == ["superseded", "proposed"]


async def test_each_choice_is_explained_with_its_article(desk: Desk) -> None:
    """And what a ban on marketing has not."""
    case = desk.case(3, "Aino Esimerkki", RequestKind.ERASURE, RequestKind.MARKETING_OBJECTION, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        assert "a ban on marketing is absolute (Article 21(2)–(3))" in " ".join(screen_text(app).split())
        await choose(pilot, window, 0, Outcome.REFUSED)
        assert "Only on a ground that the law gives" in screen_text(app)


@pytest.mark.parametrize("level", [IdentityLevel.L0, IdentityLevel.L1])
async def test_that_nothing_was_found_is_offered_for_a_ban_only_where_it_may_be_told(
    desk: Desk, level: IdentityLevel
) -> None:
    """What the store would refuse to write to somebody unknown is no choice, and the form says why."""
    case = desk.case(3, "Aino Esimerkki", RequestKind.MARKETING_OBJECTION, level=level, required=IdentityLevel.L0)
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        offered = {value for _name, value in window.query_one(".outcome", Select)._options}
        shown = " ".join(screen_text(app).split())
    assert (Outcome.NO_DATA in offered) is ("Not “no data found” yet" not in shown) is (level is IdentityLevel.L1)


async def test_no_erasure_is_told_while_its_copy_is_undecided(desk: Desk) -> None:
    """The reason is told, and nothing is decided."""
    case = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS, RequestKind.ERASURE, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, case)
        section = await choose(pilot, window, 1, Outcome.GRANTED)
        fill(section, erased="kortti", erased_from="rekisteri", backups="none", suppression="none", notified="told")
        await press(pilot, "ctrl+s")
        assert "somebody waits for a copy" in "".join(notice.message for notice in app._notifications)
    with desk.views() as views:
        assert {request.status for request in views.case(case).requests} == {RequestStatus.OPEN}


async def test_a_letter_of_its_own_facts_is_written_from_a_form(desk: Desk, case: CaseKey) -> None:
    """A fee: only with its ground, and the letter names it (GDPR 12(5))."""
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.open_case(case)
        await settled(pilot)
        await press(pilot, "w")
        options = app.screen.query_one("#letters", OptionList)
        options.highlighted = [option.id for option in options.options].index("fee")
        await press(pilot, "enter")
        assert isinstance(app.screen, FactsWindow)
        await press(pilot, "ctrl+s")
        assert "5 fields left to fill in" in screen_text(app)
        [section] = app.screen.query(FactForm)
        texts = {"fee_explained": "samaa on pyydetty kolmesti", "fee_amount": "18 euroa", "fee_basis": "postitus"}
        fill(section, fee_ground="excessive", not_begun="so", **texts)
        await press(pilot, "ctrl+s")
    with desk.views() as views:
        letter = views.drafts(case)[-1]
    assert letter.letter is Letter.FEE
    assert "12 artiklan 5 kohta" in letter.body


async def test_the_end_of_a_restriction_is_told_from_the_closed_case(desk: Desk) -> None:
    """The case is over and its restriction is not: its person hears of the lifting before (GDPR 18(3))."""
    case = desk.case(3, "Aino Esimerkki", RequestKind.RESTRICTION, level=IdentityLevel.L2)
    with desk.store() as store:
        [request] = store.cases.get(case).requests
        facts = part("fi", RequestKind.RESTRICTION, Outcome.GRANTED, done_on="2026-11-24").facts
        answer = desk.review(store).outcomes.choose(case, (Choice(request.key, Outcome.GRANTED, facts),))
        desk.review(store).approval.approve(answer, store.drafts.get(answer).text_hash)
        event = Event(desk.now, AGENT, Act.DRAFT_SENT)
        store.drafts.claim(answer, "<ours@yritys.example>", Event(desk.now, AGENT, Act.SENDING_CLAIMED))
        settle.sent(store, desk.profile, store.drafts.get(answer), "250 ok", event)
        assert store.cases.get(case).status is CaseStatus.CLOSED
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.open_case(case)
        await settled(pilot)
        assert "▸ Do the open tasks" in screen_text(app)
        await press(pilot, "w")
        options = app.screen.query_one("#letters", OptionList)
        assert [option.id for option in options.options] == ["follow_up", "restriction_lifted"]
        options.highlighted = 1
        await press(pilot, "enter")
        [section] = app.screen.query(FactForm)
        assert fields(section)["restricted"].value == facts["restricted"]
        fill(section, lifted_on="7.12.2026", lifted_why="osoite on oikaistu")
        await press(pilot, "ctrl+s")
        assert "▸ Approve the notice" in screen_text(app)
    with desk.views() as views:
        assert "Poistamme rajoituksen ma 7.12.2026." in views.drafts(case)[-1].body


async def test_a_dismissed_case_is_answered_with_courtesy_and_nothing_else(desk: Desk, case: CaseKey) -> None:
    """The one letter that is left to write; it confirms nothing."""
    with desk.store() as store:
        desk.review(store).cases.dismiss(case)
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.open_case(case)
        await settled(pilot)
        await press(pilot, "w")
        options = app.screen.query_one("#letters", OptionList)
        assert [option.id for option in options.options] == ["not_a_request"]
        await press(pilot, "enter")
        fill(app.screen.query_one(FactForm), concern="laskun tarkistus", passed_to="asiakaspalvelu")
        await press(pilot, "ctrl+s")
    with desk.views() as views:
        letter = views.drafts(case)[-1]
    assert letter.letter is Letter.NOT_A_REQUEST
    assert "asiakaspalvelu" in letter.body


def test_every_choice_is_explained_with_its_article() -> None:
    for choice in (*Outcome, *Letter):
        assert re.search(r"\b(?:Article|recital)", outcomes.explained(choice)) or choice is Letter.ACKNOWLEDGEMENT
    assert all(outcomes.why_not(unfit.code) for unfit in UNFIT.values())


ALL_FACTS = {
    (fact.name, fact.kind): fact
    for kind in RequestKind
    for outcome in outcomes_for(kind)
    for fact in facts_needed(kind, outcome)
} | {(fact.name, fact.kind): fact for letter in Letter for fact in letter_facts(letter)}


@pytest.mark.parametrize("fact", ALL_FACTS.values(), ids=lambda fact: fact.name)
def test_every_fact_and_choice_has_words_of_its_own(fact: Fact) -> None:
    """No form asks for a bare code. File formats are their own names."""
    assert facts.label(fact) != fact.name.replace("_", " ")
    if fact.kind is FactKind.CHOICE and fact.name != "file_format":
        assert all(facts.choice(fact, value) != value for value in fact.choices)


async def test_a_late_answer_asks_its_cause_once_and_the_letter_tells_it(desk: Desk) -> None:
    """Two rights, one cause; what is not said is not proposed, and in time nobody is asked."""
    kinds = (RequestKind.CONSENT_WITHDRAWAL, RequestKind.OBJECTION)
    late = desk.case(40, "Aino Esimerkki", *kinds, level=IdentityLevel.L2)
    timely = desk.case(3, "Eero Esimerkki", *kinds, level=IdentityLevel.L2)
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, late)
        for number in (0, 1):
            section = await choose(pilot, window, number, Outcome.GRANTED)
            fill(section, stopped="uutiskirjeet")
        await press(pilot, "ctrl+s")
        assert app.screen is window
        [cause] = [field for field in window.query(FactField) if field.fact.name == "late_reason"]
        assert cause.has_class("missing")
        assert cause.value == ""
        cause.query_one(TextArea).text = "pyyntö oli jäänyt roskapostiin"
        await press(pilot, "ctrl+s", "escape")
        window = await form(pilot, timely)
        section = await choose(pilot, window, 0, Outcome.GRANTED)
        assert "late_reason" not in {field.fact.name for field in window.query(FactField)}
    with desk.views() as views:
        letter = views.drafts(late)[-1]
    assert "Syy viivästykseen: pyyntö oli jäänyt roskapostiin." in letter.body


async def test_whose_data_it_is_is_needed_only_where_some_is_told(desk: Desk) -> None:
    """Who is not identified is told nothing of anybody (GDPR 12(6)): the answer is written without a name."""
    child = desk.case(3, "Aino Esimerkki", RequestKind.ERASURE, level=IdentityLevel.L2, flags=("representative",))
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, child)
        [name] = [one for one in window.query(FactForm) if {field.fact.name for field in one.query(FactField)} == WHOSE]
        assert not name.display
        await choose(pilot, window, 0, Outcome.GRANTED)
        assert name.display
        assert "data_subject" in {fact.name for fact in window.lacking}
        section = await choose(pilot, window, 0, Outcome.NOT_IDENTIFIED)
        assert not name.display
        told = part("fi", RequestKind.ERASURE, Outcome.NOT_IDENTIFIED).facts
        fill(section, **{name: said for name, said in told.items() if name in fields(section)})
        await settled(pilot)
        assert not window.lacking
        await press(pilot, "ctrl+s")
    with desk.views() as views:
        assert views.drafts(child)[-1].letter is Letter.OUTCOME


@pytest.mark.parametrize(("sensitivity", "offered"), [(Sensitivity.SENSITIVE, False), (Sensitivity.ORDINARY, True)])
async def test_a_copy_of_sensitive_data_is_not_offered_as_an_attachment(
    desk: Desk, sensitivity: Sensitivity, offered: bool
) -> None:
    """The protected ways are (GDPR 9, 32)."""
    asked = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS, level=IdentityLevel.L3)
    identity = PROFILE.identity.model_copy(update={"sensitivity": sensitivity})
    desk.profile = PROFILE.model_copy(update={"identity": identity})
    app = desk.app()
    async with app.run_test(size=SIZE) as pilot:
        window = await form(pilot, asked)
        section = await choose(pilot, window, 0, Outcome.GRANTED)
        choices = fields(section)["delivery"].fact.choices
    assert ("attached" in choices) is offered
    assert "protected_file" in choices
