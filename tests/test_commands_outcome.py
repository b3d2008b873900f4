"""The commands that choose and write: outcome, write, letters, and approve with another text and a reason."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from inbox_agent import bootstrap, cli
from inbox_agent import profile as profiles
from inbox_agent.phrasing import albums
from replies.album import VOICES, specimens
from state.model import (
    Act,
    CaseKey,
    CaseStatus,
    DraftStatus,
    DutyKind,
    DutyStatus,
    IdentityLevel,
    Letter,
    Outcome,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store
from tests.bare_profile import BARE
from tests.state_examples import by_agent, identified, mail
from tests.state_examples import case as a_case

PROFILE = (
    BARE
    + """
[processing]
recipients = ["Lähetti Vinha Oy"]
processors = ["Kirjepalvelu Oy"]
systems = ["asiakasrekisteri", "uutiskirjelista"]
backups_days = 90
[accounting]
financial_year_end = "30.6."
"""
)
ERASED = (
    "erasure.erased=asiakaskortti",
    "erasure.erased_from=asiakasrekisteri, uutiskirjelista ja Kirjepalvelu Oy",
    "erasure.suppression=none",
    "erasure.kept=laskut vuodelta 2025",
    "erasure.ground=accounting_law",
    "erasure.explained=laskut kuuluvat kirjanpitoon",
    "erasure.newest_on=2025-03-14",
)


class Office:
    """A folder with a profile and a database; the commands run in it as a person would run them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = folder / "inbox-agent.toml"
        self.path.write_text(PROFILE, encoding="utf-8")
        self._capsys = capsys
        self._uid = 0
        self.store().close()  # the agent was started once

    def store(self) -> Store:
        return bootstrap.first_store(profiles.read(self.path), self.path)

    def case(self, *kinds: RequestKind, status: CaseStatus = CaseStatus.OPEN, known: bool = True) -> CaseKey:
        self._uid += 1
        with self.store() as store:
            new = a_case(*kinds, status=status)
            key = store.intake.open_case(mail(self._uid), new, by_agent(Act.CASE_OPENED))
            if known:
                identified(store, key, IdentityLevel.L2)
        return key

    def run(self, *words: str, now: str = "2026-03-05T12:00:00+02:00") -> tuple[int, str, str]:
        code = cli.main([*words, "--profile", str(self.path), "--now", now])
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, *words: str, now: str = "2026-03-05T12:00:00+02:00") -> dict[str, Any]:
        code, out, err = self.run(*words, "--json", now=now)
        assert (code, err) == (0, "")
        found: dict[str, Any] = json.loads(out)
        return found


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path, capsys)


def facts(*said: str) -> tuple[str, ...]:
    return tuple(word for fact in said for word in ("--fact", fact))


# -- outcome -------------------------------------------------------------------------------------------


def test_what_may_be_chosen_is_shown_with_its_facts_and_proposals(office: Office) -> None:
    """Each outcome with its line of law, each fact with its provision; a ban lacks some, and says why."""
    office.case(RequestKind.ERASURE, RequestKind.MARKETING_OBJECTION)
    shown = office.json("outcome", "2026-0001")
    erasure, ban = shown["rights"]
    assert [choice["outcome"] for choice in erasure["choices"]] == [str(outcome) for outcome in Outcome]
    granted = {fact["name"]: fact for fact in erasure["choices"][0]["facts"]}
    assert granted["notified"]["choices"] == ["told", "to_be_told", "no_recipients", "not_possible"]
    assert granted["notified_named"]["only_if"] == {"fact": "notified", "is": ["to_be_told", "told"]}
    assert granted["erased_from"]["proposal"] is None
    assert granted["erased_from"]["to_confirm"] == "asiakasrekisteri, uutiskirjelista ja Kirjepalvelu Oy"
    assert granted["backups_until"]["proposal"] == "2026-06-03"
    assert {gap["outcome"] for gap in ban["not"]} == {"partly", "refused", "not_identified", "art11"}
    assert all(gap["source"].startswith("GDPR 21(2)") for gap in ban["not"])
    assert office.run("outcome", "2026-0001")[0] == 0


def test_what_may_be_withheld_is_told_with_its_ground(office: Office) -> None:
    """As JSON too, for whoever fills a form from it (Data Protection Act, 34 §)."""
    office.case(RequestKind.ACCESS)
    shown = office.json("outcome", "2026-0001")["rights"][0]["choices"]
    [refused] = [choice for choice in shown if choice["outcome"] == "refused"]
    [explained] = [fact for fact in refused["facts"] if fact["name"] == "explained"]
    assert explained["withheld_if"] == {"fact": "ground", "is": ["national_limit"]}
    assert "kun ground = national_limit" in " ".join(office.run("outcome", "2026-0001")[1].split())


def test_a_refusal_without_a_ground_asks_for_it_by_name(office: Office) -> None:
    """The grounds that may be given are named, all that is missing at once, and nothing is decided."""
    case = office.case(RequestKind.RECTIFICATION)
    code, _out, err = office.run("outcome", "2026-0001", "--right", "rectification=refused")
    assert code == 1
    assert "tietojen oikaiseminen: Kieltäytymisen peruste (rectification.ground)" in err
    assert "data_accurate: tieto pitää paikkansa (16 artikla" in err
    with office.store() as store:
        assert [request.status for request in store.cases.get(case).requests] == [RequestStatus.OPEN]


def test_a_value_that_a_fact_cannot_have_is_told_with_those_it_can(office: Office) -> None:
    """Neither taken nor called missing."""
    office.case(RequestKind.ERASURE)
    for said, allowed in (
        ("erasure.notified=ehkä", "told | to_be_told | no_recipients"),
        ("erasure.done_on=eilen", "YYYY"),
    ):
        code, _out, err = office.run("outcome", "2026-0001", "--right", "erasure=granted", *facts(said))
        assert code == 2
        assert said in err
        assert allowed in err


def test_a_partial_erasure_computes_how_long_vouchers_are_kept(office: Office) -> None:
    """From the newest of them and the end of its financial year, 30.6.2025: until the end of 2031 (KPL 2:10)."""
    case = office.case(RequestKind.ERASURE)
    words = ("outcome", "2026-0001", "--right", "erasure=partly", "--proposals", *facts(*ERASED))
    written = office.json(*words)
    assert "31.12.2031 asti" in written["letter"]["body"]
    assert [found["code"] for found in written["findings"]] == ["own_ground"] * 2
    with office.store() as store:
        [request] = store.cases.get(case).requests
        assert (request.status, request.outcome) == (RequestStatus.DECIDED, Outcome.PARTLY)
        assert (request.decision["financial_year_end"], request.decision["kept_until"]) == ("30.6.", "2031-12-31")
        assert [str(duty.kind) for duty in store.duties.of_case(case)] == ["instruct_processors"]


CLAIM = (
    "erasure.ground_2=legal_claim",
    "erasure.kept_2=reklamaatio ja sitä koskevat viestit",
    "erasure.explained_2=reklamaatio on vireillä kuluttajariitalautakunnassa",
    "erasure.until_event_2=lautakunta on ratkaissut asian",
)


def test_vouchers_and_what_a_claim_needs_are_kept_each_on_its_ground(office: Office) -> None:
    """One answer, two grounds: each with its data, its reason and its end in the letter and on record."""
    case = office.case(RequestKind.ERASURE)
    words = ("outcome", "2026-0001", "--right", "erasure=partly", "--proposals", *facts(*ERASED))
    code, _out, err = office.run(*words, *facts(*CLAIM[:2]))
    assert code == 1
    assert "(2) (erasure.explained_2)" in err
    written = office.json(*words, *facts(*CLAIM))
    body = written["letter"]["body"]
    assert [found["code"] for found in written["findings"]] == ["own_ground"] * 4
    said = ("laskut vuodelta 2025", "31.12.2031 asti", "Lisäksi säilytämme: reklamaatio", "kunnes lautakunta")
    assert sorted(said, key=body.index) == list(said)
    with office.store() as store:
        [request] = store.cases.get(case).requests
        assert (request.decision["ground"], request.decision["ground_2"]) == ("accounting_law", "legal_claim")


def test_a_further_ground_is_shown_in_a_line(office: Office) -> None:
    """What it asks is what the first one does; as JSON each fact stands by itself, with when it is asked."""
    office.case(RequestKind.ERASURE)
    told = " ".join(office.run("outcome", "2026-0001")[1].split())
    assert "erasure.ground_2 " in told
    assert "erasure.kept_2" in told
    assert "erasure.until_event_2" not in told
    [refused] = [
        choice
        for choice in office.json("outcome", "2026-0001")["rights"][0]["choices"]
        if choice["outcome"] == "refused"
    ]
    asked = {fact["name"]: fact for fact in refused["facts"]}
    assert asked["newest_on_2"]["only_if"] == {"fact": "ground_2", "is": ["accounting_law"]}
    assert [other["fact"] for other in asked["nothing_else"]["or_if"]] == ["ground_2", "ground_3"]


def test_nothing_is_granted_that_the_facts_do_not_say(office: Office) -> None:
    """Without proposals every fact that is missing is named; nothing is decided."""
    case = office.case(RequestKind.ERASURE)
    code, out, err = office.run("outcome", "2026-0001", "--right", "erasure=granted", *facts("erasure.erased=kortti"))
    assert (code, out) == (1, "")
    assert "erasure.notified" in err
    with office.store() as store:
        assert store.cases.get(case).requests[0].status is RequestStatus.OPEN
        assert store.drafts.for_case(case) == ()


def test_no_proposal_says_that_somebody_searched(office: Office) -> None:
    """Where the data may be is shown; that it was looked for there is said by the person who looked, or not at all."""
    office.case(RequestKind.ACCESS)
    words = ("outcome", "2026-0001", "--right", "access=no_data", "--proposals", *facts("access.identifiers=nimi"))
    code, out, err = office.run(*words)
    assert (code, out) == (1, "")
    assert "access.searched" in err
    assert "asiakasrekisteri ja uutiskirjelista" in office.run("outcome", "2026-0001")[1]
    letter = office.json(*words, *facts("access.searched=asiakasrekisteri"))["letter"]["body"]
    assert "Haimme näistä: asiakasrekisteri." in letter


def test_an_erasure_is_answered_with_its_copy_or_after_it(office: Office) -> None:
    """Alone it is refused; with the access it is one letter, the copy first, and a task remains."""
    office.case(RequestKind.ERASURE, RequestKind.ACCESS)
    erasure = ("--right", "erasure=granted", "--proposals", *facts(*ERASED[:3]))
    code, _, err = office.run("outcome", "2026-0001", *erasure)
    assert code == 2
    assert "15 artiklan 3 koh" in err
    access = facts(
        "access.delivery=secure_mail",
        "access.purposes=tilaukset",
        "access.categories=nimi",
        "access.retention=kaksi vuotta",
        "access.sources=lomake",
        "access.automated_decisions=none",
        "access.transfers=none",
    )
    body = office.json("outcome", "2026-0001", *erasure, "--right", "access=granted", *access)["letter"]["body"]
    assert body.index("1. Tietojen saaminen") < body.index("2. Tietojen poistaminen")
    assert "vasta, kun jäljennös on toimitettu teille" in body


def test_a_fact_without_its_right_is_that_of_the_one_right_that_asks_it(office: Office) -> None:
    office.case(RequestKind.ERASURE, RequestKind.ACCESS)
    short = facts(*(said.removeprefix("erasure.") for said in ERASED))
    refused = ("--right", "erasure=refused", "--proposals", *short[2 * 3 :], *facts("nothing_else=so"))
    one = office.json("outcome", "2026-0001", *refused)
    assert "laskut vuodelta 2025" in one["letter"]["body"]

    both = ("--right", "erasure=granted", "--right", "access=no_data", "--proposals")
    code, out, err = office.run("outcome", "2026-0001", *both, *facts("erased=asiakaskortti", "trace_until=2029-03-05"))
    assert (code, out) == (2, "")
    assert "erasure.trace_until | access.trace_until" in err


@pytest.mark.parametrize(
    "words",
    [
        ("--right", "rectification=granted"),
        ("--right", "marketing_objection=refused"),
        ("--right", "erasure"),
        ("--right", "erasure=granted", "--fact", "erasure.kept_until=2031-12-31"),
        ("--right", "erasure=granted", "--fact", "jotain"),
    ],
)
def test_a_choice_that_is_none_is_said(office: Office, words: tuple[str, ...]) -> None:
    """A right that does not wait, an outcome that the right has not, a computed fact, a bare word."""
    office.case(RequestKind.ERASURE, RequestKind.MARKETING_OBJECTION)
    code, out, err = office.run("outcome", "2026-0001", *words)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 2


def test_an_answer_written_too_early_says_how_it_may_leave_and_no_anyway_lets_it_go(office: Office) -> None:
    office.case(RequestKind.ACCESS, known=False)
    facts = ("searched=asiakasrekisteri", "identifiers=nimi", "trace_until=2028-12-31")
    told = [word for fact in facts for word in ("--fact", f"access.{fact}")]
    code, out, _err = office.run("outcome", "2026-0001", "--unidentified", "--right", "access=no_data", *told)
    assert code == 0
    assert "inbox-agent identity 2026-0001 --let-go" in out
    assert "--anyway" not in out
    code, _out, err = office.run("approve", "2026-0001", "--yes", "--anyway", "asialla on kiire")
    assert code == 1
    assert "L2" in err


# -- write ---------------------------------------------------------------------------------------------


def test_an_answer_that_was_let_go_shows_the_level_that_its_reader_lacks(office: Office) -> None:
    """Knowing somebody is no proof: who approves sees what this answer would need (GDPR 12(6), 32)."""
    office.case(RequestKind.ACCESS, known=False)
    told = facts("access.searched=asiakasrekisteri", "access.identifiers=nimi", "access.trace_until=2028-12-31")
    office.run("outcome", "2026-0001", "--unidentified", "--right", "access=no_data", *told)
    office.run("identity", "2026-0001", "--let-go", "known_in_person", "--words", "tunnen asiakkaan")
    _code, out, _err = office.run("approve", "2026-0001", "--check")
    assert "(L1; tämä vastaus vaatii tason L2)" in out
    code, _out, err = office.run("approve", "2026-0001", "--yes")
    assert code == 0
    assert "(L1; tämä vastaus vaatii tason L2)" in err


STRANGERS = [
    ("fi", "sähköpostiosoitteellanne on kirjattu äiti ja tytär", "asiakasnumero, joka alkaa 77"),
    ("sv", "vi hittade en nästan likadan kund", "dag"),
    ("en", "a mother and a daughter share one address", "your customer number"),
]


@pytest.mark.parametrize(("language", "why", "clue"), STRANGERS)
def test_letting_go_answers_for_the_reader_and_not_for_strangers(
    office: Office, language: str, why: str, clue: str
) -> None:
    """Others are told of to nobody, however well their reader may be known (GDPR 15(4))."""
    asked = ("--name", "Maija Meri", "--email", "maija@meri.example", "--received", "2026-03-02", "--said", "tietoni")
    office.run("add", "letter", "--right", "access", "--language", language, *asked)
    told = facts(f"access.why={why}", f"access.extra_data={clue}")
    office.run("outcome", "2026-0001", "--unidentified", "--right", "access=art11", *told)
    words = ("--words", "aineistossa ei ole yhteystietoja")
    code, _out, _err = office.run("identity", "2026-0001", "--let-go", "nothing_on_file", *words)
    assert code == 0
    code, _out, err = office.run("approve", "2026-0001", "--yes")
    assert code == 1
    assert "mitä aineistosta puuttuu" in err


def test_the_letters_that_may_be_written_are_shown_with_what_stands_in_the_way(office: Office) -> None:
    office.case(RequestKind.ACCESS)
    shown = {letter["letter"]: letter for letter in office.json("write", "2026-0001")["letters"]}
    assert set(shown) == {str(letter) for letter in Letter}
    assert shown["extension"]["obstacle"] is None
    assert {name for name, letter in shown.items() if letter["obstacle"]} == {
        "marketing_stopped",
        "late_notice",
        "late_delivery",
        "follow_up",
        "restriction_lifted",
        "identity_code",  # who asks is established: nobody may be asked for more
        "identity_question",
        "not_a_request",
        "outcome",
    }


def test_an_extension_passes_the_gate_or_says_the_article(office: Office) -> None:
    """In time with a lawful reason it is written; for holidays or too late it is not (GDPR 12(3))."""
    office.case(RequestKind.ACCESS)
    words = ("write", "2026-0001", "extension", *facts("extension_in=amount", "extension_explained=sata puhelua"))
    assert "ti 2.6.2026" in office.json(*words, *facts("extension_reason=complexity"))["letter"]["body"]
    for said, now in (("holiday", "2026-03-05T12:00+02:00"), ("complexity", "2026-04-03T12:00+03:00")):
        code, out, err = office.run(*words, *facts(f"extension_reason={said}"), now=now)
        assert (code, out) == (2, "")
        assert err


@pytest.mark.parametrize(
    "said", ["meitä on vain kaksi, ja viestejä on 300", "yhteyshenkilömme palaa tammikuussa, ja viestejä on 300"]
)
def test_a_reason_in_own_words_is_held_to_what_the_listed_ones_are(office: Office, said: str) -> None:
    """Who is few or away is none, however much there is to go through (EDPB Guidelines 01/2022, 162-164)."""
    office.case(RequestKind.ACCESS)
    chosen = facts("extension_reason=complexity", "extension_in=amount", f"extension_explained={said}")
    code, out, _ = office.run("write", "2026-0001", "extension", *chosen)
    assert (code, out) == (2, "")


def test_a_fee_is_asked_only_on_its_ground_and_never_for_a_ban(office: Office) -> None:
    office.case(RequestKind.ACCESS)
    office.case(RequestKind.MARKETING_OBJECTION, RequestKind.CONSENT_WITHDRAWAL)
    said = facts("fee_explained=kolmas pyyntö", "fee_amount=18 euroa", "fee_basis=postitus", "not_begun=so")
    written = office.json("write", "2026-0001", "fee", *said, *facts("fee_ground=excessive"))
    assert written["letter"]["letter"] == "fee"
    assert office.run("write", "2026-0001", "fee", *said, *facts("fee_ground=annoying"))[0] == 2
    assert office.run("write", "2026-0002", "fee", *said, *facts("fee_ground=excessive"))[0] == 2


def test_a_fee_for_a_further_copy_is_for_access_alone(office: Office) -> None:
    office.case(RequestKind.ERASURE)
    said = facts(
        "fee_explained=x", "fee_amount=18 euroa", "fee_basis=postitus", "not_begun=so", "fee_ground=further_copy"
    )
    code, _, err = office.run("write", "2026-0001", "fee", *said)
    assert code == 2
    assert "15 artiklan 3 koh" in err


def test_a_fee_for_a_further_copy_says_when_the_first_was_given_and_that_it_is_the_same(office: Office) -> None:
    """Nobody who was never given a copy is told that they were: the day is asked, and one to come is none."""
    office.case(RequestKind.ACCESS)
    said = facts(
        "fee_explained=sama sisältö",
        "fee_amount=18 euroa",
        "fee_basis=postitus",
        "not_begun=so",
        "fee_ground=further_copy",
    )
    given = facts("copy_given_on=2026-02-02")
    assert office.run("write", "2026-0001", "fee", *said, *given)[0] == 1  # of other data the first copy is free
    said = (*said, *facts("same_copy=so"))
    assert office.run("write", "2026-0001", "fee", *said)[0] == 1
    assert office.run("write", "2026-0001", "fee", *said, *facts("copy_given_on=2026-12-24"))[0] == 1
    body = office.json("write", "2026-0001", "fee", *said, *given)["letter"]["body"]
    assert "jäljennöksen näistä tiedoista 2.2.2026" in body


def test_a_late_case_gets_an_apology_with_a_firm_day(office: Office) -> None:
    office.case(RequestKind.ACCESS, known=False)
    words = ("write", "2026-0001", "late_notice", *facts("late_reason=roskaposti", "answer_by=2026-04-10"))
    assert office.run(*words)[0] == 2  # it is not late
    body = office.json(*words, now="2026-04-06T12:00+03:00")["letter"]["body"]
    assert "Pahoittelemme viivästystä" in body
    assert "pe 10.4.2026" in body


def test_courtesy_is_for_what_is_no_request(office: Office) -> None:
    office.case(RequestKind.ACCESS, status=CaseStatus.CANDIDATE, known=False)
    office.case(RequestKind.ACCESS, known=False)
    words = ("not_a_request", *facts("concern=laskun tarkistus"))
    assert "Emme käsittele asiaa" in office.json("write", "2026-0001", *words)["letter"]["body"]
    assert office.run("write", "2026-0002", *words)[0] == 2


# -- approve -------------------------------------------------------------------------------------------


def test_a_faulty_text_is_approved_only_with_a_reason(office: Office, tmp_path: Path) -> None:
    """The text from a file is read by the linter; without a reason nothing is approved, with one it is kept."""
    case = office.case(RequestKind.ACCESS)
    text = office.json("write", "2026-0001", "acknowledgement")["letter"]["body"]
    edited = tmp_path / "kirje.txt"
    edited.write_text(text + "Vastaamme 30 päivän kuluessa.\n", encoding="utf-8")
    code, out, err = office.run("approve", "2026-0001", "--yes", "--body", str(edited))
    assert code == 1
    assert "30 päivän kuluessa" in out
    assert "✖" in err
    for empty in (".", "ok", "- -"):
        code, _, err = office.run("approve", "2026-0001", "--yes", "--anyway", empty)
        assert (code, "eivätkä nämä sanat kerro" in err) == (2, True), err
    code, _, err = office.run("approve", "2026-0001", "--yes", "--anyway", "asiakas kysyi juuri tätä")
    assert (code, "✖" in err) == (0, True)
    with office.store() as store:
        [draft] = store.drafts.for_case(case)
        assert draft.status is DraftStatus.APPROVED
        told = [stored.event for stored in store.journal.events(case) if stored.event.act is Act.FINDINGS_OVERRIDDEN]
        assert [event.facts["codes"] for event in told] == ["thirty_days"]


def test_own_sentences_are_approved_only_by_saying_that_they_are_true(office: Office, tmp_path: Path) -> None:
    """They are named by their words; --yes alone says nothing of them."""
    office.case(RequestKind.ACCESS)
    text = office.json("write", "2026-0001", "acknowledgement")["letter"]["body"]
    edited = tmp_path / "kirje.txt"
    edited.write_text(text + "Muistamme teidät hyvin.\n", encoding="utf-8")
    code, _, err = office.run("approve", "2026-0001", "--yes", "--body", str(edited))
    assert (code, "“Muistamme teidät hyvin.”" in err, "--mine" in err) == (1, True, True)
    assert office.run("approve", "2026-0001", "--yes", "--mine")[0] == 0


def test_own_sentences_to_somebody_unidentified_leave_only_with_a_reason(office: Office, tmp_path: Path) -> None:
    """However they are worded, they may tell whether there is data: a bare tick is not enough (GDPR 12(6), 32)."""
    case = office.case(RequestKind.ACCESS, known=False)
    text = office.json("write", "2026-0001", "acknowledgement")["letter"]["body"]
    edited = tmp_path / "kirje.txt"
    edited.write_text(text + "Sähköpostiosoitteenne on meillä tallessa.\n", encoding="utf-8")
    code, _, err = office.run("approve", "2026-0001", "--yes", "--mine", "--body", str(edited))
    assert (code, "“Sähköpostiosoitteenne on meillä tallessa.”" in err) == (1, True)
    assert office.run("approve", "2026-0001", "--yes", "--anyway", "hän kysyi juuri tätä osoitetta")[0] == 0
    with office.store() as store:
        told = [stored.event for stored in store.journal.events(case) if stored.event.act is Act.FINDINGS_OVERRIDDEN]
        assert [event.facts["codes"] for event in told] == ["own_sentence_before_identity"]


def test_a_text_is_checked_without_being_stored(office: Office, tmp_path: Path) -> None:
    """Exit code 1 for errors, 0 for none; the letter stays as it was."""
    case = office.case(RequestKind.ACCESS, known=False)
    text = office.json("write", "2026-0001", "acknowledgement")["letter"]["body"]
    edited = tmp_path / "kirje.txt"
    edited.write_text(text + "Lähettäkää kopio passista.\n", encoding="utf-8")
    assert office.run("approve", "2026-0001", "--check")[0] == 0
    code, out, _ = office.run("approve", "2026-0001", "--check", "--body", str(edited))
    assert (code, "✖" in out) == (1, True)
    with office.store() as store:
        [draft] = store.drafts.for_case(case)
        assert (draft.status, draft.body) == (DraftStatus.PROPOSED, text)


# -- letters -------------------------------------------------------------------------------------------


def test_the_album_is_printed(office: Office) -> None:
    """As one text a voice, with every letter under its title."""
    code, out, _ = office.run("letters", "--lang", "fi", "--form", "te")
    assert code == 0
    assert re.findall(r"^=== (.+) ===$", out, re.MULTILINE) == [found.title for found in specimens("fi", "te")]


class Reader(HTMLParser):
    """What a page holds: its articles, its links, and whatever it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.articles: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "article":
            self.articles.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]).removeprefix("#"))
        if tag in {"script", "link", "img", "iframe"} or "src" in given:
            self.fetched.append(tag)


def test_the_page_holds_every_letter_and_needs_nothing_else(office: Office, tmp_path: Path) -> None:
    """Every voice, every letter once with a link to it; no script, no picture, no font from elsewhere."""
    page = tmp_path / "kirjeet.html"
    assert office.run("letters", "--html", str(page))[0] == 0
    read = Reader()
    read.feed(page.read_text(encoding="utf-8"))
    assert len(read.articles) == sum(len(list(specimens(*voice))) for voice in VOICES)
    assert read.links == read.articles
    assert read.fetched == []


def test_the_page_says_what_is_missing_and_not_what_goes_without_saying(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Provisions in the reader's language; that a letter of one right is not one of the others is no gap."""
    monkeypatch.setattr(albums, "source", lambda provision: f"<{provision}>")
    page = tmp_path / "kirjeet.html"
    office.run("letters", "--lang", "fi", "--html", str(page))
    gaps = page.read_text(encoding="utf-8").partition('class="gaps"')[2].partition("</ul>")[0]
    assert "&lt;GDPR recital 70&gt;" in gaps
    assert "restriction is lifted" not in gaps


def test_two_letters_never_share_a_heading(office: Office, tmp_path: Path) -> None:
    """Whoever reads the page can name the letter that is meant."""
    page = tmp_path / "kirjeet.html"
    office.run("letters", "--lang", "sv", "--html", str(page))
    headings = re.findall(r"<article[^>]*>\s*<h3>(.*?)</h3>", page.read_text(encoding="utf-8"))
    assert [heading for heading in headings if headings.count(heading) > 1] == []


@pytest.mark.parametrize(
    "question", ["henkilötunnuksenne", "millä pankilla asioitte ja mikä on verkkopankkitunnuksenne"]
)
def test_what_a_form_asks_is_read_from_the_stored_letter_too(office: Office, question: str) -> None:
    """The linter holds a letter against what it was written from, not only the one that was just composed."""
    key = office.case(RequestKind.ACCESS)
    assert office.run("write", str(key), "more_information", "--fact", f"question={question}")[0] == 0

    code, _, _ = office.run("approve", str(key), "--check")

    assert code == 1


@pytest.mark.parametrize(("day", "refused"), [("2026-04-20", False), ("2027-02-01", True)])
def test_a_late_notice_cannot_put_its_answer_off_for_months(office: Office, day: str, refused: bool) -> None:
    late = "2026-04-15T12:00:00+03:00"
    key = office.case(RequestKind.ACCESS)
    told = ("--fact", "late_reason=pyyntö oli jäänyt roskapostikansioon", "--fact", f"answer_by={day}")
    assert office.run("write", str(key), "late_notice", *told, now=late)[0] == 0

    code, _, _ = office.run("approve", str(key), "--check", now=late)

    assert (code == 1) is refused


def test_a_request_for_another_controller_is_promised_to_go_there_and_becomes_a_task(office: Office) -> None:
    """No proposal says that it went already: the letter names a day to come, and the case has a task of that day."""
    case = office.case(RequestKind.ACCESS)
    words = ("outcome", "2026-0001", "--right", "access=forwarded", "--proposals")
    code, out, err = office.run(*words)
    assert (code, out) == (1, "")
    assert "access.forwarded_to" in err
    letter = office.run(*words, *facts("forwarded_to=Kesätori Lumme ry"))[1]
    assert "Rekisterinpitäjä on Kesätori Lumme ry. Välitämme pyynnön sinne viimeistään 6.3.2026." in letter
    with office.store() as store:
        open_ = [duty for duty in store.duties.of_case(case) if duty.status is DutyStatus.OPEN]
    assert [(duty.kind, duty.due_on, duty.about) for duty in open_ if duty.kind is DutyKind.FORWARD] == [
        (DutyKind.FORWARD, date(2026, 3, 6), "Kesätori Lumme ry")
    ]


def test_a_request_that_went_already_is_no_task(office: Office) -> None:
    """Who says the day on which it went has done it; an outcome taken back takes its task with it."""
    case = office.case(RequestKind.ACCESS)
    words = ("outcome", "2026-0001", "--right", "access=forwarded", *facts("forwarded_to=Kesätori Lumme ry"))
    for day, told, status in (
        ("2026-03-09", "Välitämme pyynnön sinne viimeistään 9.3.2026.", DutyStatus.OPEN),
        ("2026-03-04", "Välitimme pyynnön sinne 4.3.2026.", DutyStatus.CANCELLED),
    ):
        assert told in office.run(*words, *facts(f"forwarded_on={day}"))[1]
        with office.store() as store:
            found = [duty.status for duty in store.duties.of_case(case) if duty.kind is DutyKind.FORWARD]
        assert found == [status]


def test_who_does_not_name_the_controller_says_why(office: Office) -> None:
    """The reason stays on the case; the letter says that it may not name it (GDPR 12(1))."""
    office.case(RequestKind.ACCESS)
    given = facts("forwarded_to=Kesätori Lumme ry", "receiver=unnamed")
    words = ("outcome", "2026-0001", "--right", "access=forwarded", "--proposals", *given)
    assert "access.unnamed_why" in office.run(*words)[2]
    letter = office.run(*words, *facts("unnamed_why=salassapitosopimus"))[1]
    assert "toinen organisaatio, jota emme saa nimetä" in letter
    assert "Lumme" not in letter
    assert "salassapitosopimus" not in letter


def test_an_attachment_of_sensitive_data_is_refused_with_the_ways_that_bear_it(office: Office) -> None:
    """Whoever is answered by mail gets it protected (GDPR 9, 32)."""
    office.path.write_text(PROFILE + '[identity]\nsensitivity = "sensitive"\n', encoding="utf-8")
    office.case(RequestKind.ACCESS)
    code, out, err = office.run("outcome", "2026-0001", "--right", "access=granted", *facts("delivery=attached"))
    assert (code, out) == (2, "")
    assert "protected_file" in err
    assert "attached" not in err.replace("delivery=attached", "")


def test_a_reason_told_under_one_ground_is_not_proposed_under_another(office: Office) -> None:
    """An earlier choice fills the form again, save what was said of the ground that was taken back."""
    office.case(RequestKind.ACCESS)
    words = ("outcome", "2026-0001", "--right", "access=refused", "--proposals")
    why = "explained=vastasimme samaan pyyntöön kolme kertaa tammikuussa"
    assert "tammikuussa" in office.run(*words, *facts("ground=unfounded_or_excessive", why))[1]
    assert "tammikuussa" in office.run(*words)[1]
    code, out, err = office.run(*words, *facts("ground=research"))
    assert (code, out) == (1, "")
    assert "access.explained" in err


def test_for_whom_somebody_writes_is_proposed_where_the_case_says_it(office: Office) -> None:
    with office.store() as store:
        new = replace(a_case(RequestKind.ACCESS), flags=("spouse",))
        store.intake.open_case(mail(1), new, by_agent(Act.CASE_OPENED))
    letter = office.run("write", "2026-0001", "authority_question", "--proposals")[1]
    assert "Läheinen ei saa toisen tietoja ilman sitä." in letter


def test_what_stays_from_an_earlier_decision_is_told_and_no_day_of_other_years_does(office: Office) -> None:
    office.case(RequestKind.ERASURE)
    chosen = ("outcome", "2026-0001", "--right", "erasure=partly", "--proposals")
    kept = ("erasure.kept=laskut vuosilta 2023–2025", "erasure.oldest_on=2023-02-01")
    told = (*(fact for fact in ERASED if not fact.startswith("erasure.kept=")), *kept)
    _, first, _ = office.run(*chosen, *(part for fact in told for part in ("--fact", fact)))
    assert STAYS not in first
    _, again, _ = office.run(*chosen, "--fact", "erasure.kept=laskut vuodelta 2025")
    stays = again[again.index(STAYS) :].splitlines()[1:]
    assert "  erasure.newest_on=2025-03-14" in stays
    assert "  erasure.erased=asiakaskortti" in stays
    assert not [line for line in stays if "oldest_on" in line or "kept=" in line or "financial_year_end" in line]


STAYS = "Nämä jäävät aiemmasta päätöksestä."
