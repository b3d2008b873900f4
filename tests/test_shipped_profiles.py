"""Five controllers whose notices are public: a request of theirs goes through their own rules to the right letter.

Where a notice is below the law the letters follow the law, where it promises more they keep the promise.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from importlib import resources
from pathlib import Path

import pytest

from inbox_agent import bootstrap
from inbox_agent import profile as profiles
from inbox_agent.rules import deadlines
from inbox_agent.rules.calendar_fi import add_working_days
from inbox_agent.rules.duties import with_right
from inbox_agent.rules.notice.profiles import lint_profile
from inbox_agent.rules.outcomes import proposals
from inbox_agent.services.approving import errors_among
from inbox_agent.services.deciding import Choice
from replies import filters
from replies.catalogue import facts_needed
from state.model import (
    Case,
    CaseKey,
    DutyKind,
    IdentityLevel,
    Letter,
    Outcome,
    ProofKind,
    Request,
    RequestKey,
    RequestKind,
    RequestStatus,
)
from state.store.store import Store
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer
from tests.whole_way import PASSWORD_VARIABLE, Company, proposed

FOLDER = resources.files("inbox_agent") / "profiles"
KEPT = "asiakassuhteen ajan ja kaksi vuotta sen jälkeen"
NAMES = ("spesium", "valmennuskumppani", "optimesys", "nimeton", "osia")
COPY = {"delivery": "protected_file", "automated_decisions": "none"}
"""What of a copy no notice tells: how it goes, and whether machines decide."""
UNNAMED = "Rekisterinpitäjä (nimi täydennettävä)"
SENTENCES = {
    "access": "Käytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista tiedoista, joita minusta käsittelette.",
    "objection": "Vastustan henkilötietojeni käsittelyä oikeutetun edun perusteella, koska olen vaihtanut alaa.",
    "rectification": "Jag begär att ni rättar mina personuppgifter: min adress är fel, jag bor nu på Strandvägen 4.",
    "erasure": "Pyydän, että poistatte kaikki henkilötietoni rekisteristänne tietosuoja-asetuksen 17 artiklan nojalla.",
}

Mail = Callable[..., bytes]


def shipped(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Desk:
    """A shipped profile on the test's own mail servers."""

    company: Company
    store: Store

    async def receives(self, raw: bytes) -> Case:
        """A mail comes by the mail server, and the agent makes its one pass."""
        self.company.receives(raw)
        await self.company.agent(self.store).once()
        [case] = self.store.cases.open_cases()
        return case

    def first_letter(self) -> str:
        [draft] = proposed(self.store)
        return draft.body

    async def answers(self, case: Case, outcome: Outcome, **typed: str) -> str:
        """The contact person identifies the asker, decides with what the profile proposes and types what it leaves
        open, and nothing else; approves; the text that arrived.
        """
        review = self.company.review(self.store)
        review.who_asks.prove(case.key, ProofKind.ID_SHOWN, None, "kävi, ajokortti nähty")
        today = deadlines.helsinki_date(datetime.now(UTC)).isoformat()  # noqa: TID251  # the servers' own time
        [request] = self.store.cases.get(case.key).requests
        own = {name: said for name, said in review.outcomes.proposals(case.key)[request.key].items() if said}
        asked = {fact.name for fact in facts_needed(request.kind, outcome)}
        facts = {name: said for name, said in {"done_on": today, **own, **typed}.items() if name in asked}
        for duty in self.store.duties.of_case(case.key):
            if duty.kind in {DutyKind.COLLECT_DATA, DutyKind.FIND_PROCESSORS}:
                review.duties.done(duty.key)
        draft = review.outcomes.choose(case.key, (Choice(request.key, outcome, facts),))
        text = self.store.drafts.get(draft)
        assert errors_among(review.approval.findings(draft)) == ()
        review.approval.approve(draft, text.text_hash, owned=True)
        await self.company.agent(self.store).once()
        [letter] = [
            mail for mail in self.company.letters_outside() if str(mail["To"]).strip(">").endswith("@posti.example")
        ]
        return str(letter.get_content())


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path, account: Account, smtp_server: SmtpServer) -> Desk:
    """The profile named by the test, its mailboxes replaced by the test's servers."""
    os.environ[PASSWORD_VARIABLE] = account.password
    server = 'host = "127.0.0.1"\nport = {}\ntls = "none"\n'
    login = f'user = "{account.address}"\nsecret = "env:{PASSWORD_VARIABLE}"\n'
    text = re.sub(
        r"\[mailbox\].*?\[smtp\].*?\nsender",
        f"[mailbox]\n{server.format(account.dovecot.imap)}{login}\n[smtp]\n{server.format(smtp_server.port)}sender",
        shipped(request.param),
        flags=re.DOTALL,
    )
    text = text.replace(UNNAMED, "Havutunturi Oy")
    hold = "\nhold_seconds = 0\n"
    text = text.replace("[replies]", f"[replies]{hold}") if "[replies]" in text else f"{text}\n[replies]{hold}"
    (tmp_path / "inbox-agent.toml").write_text(text, encoding="utf-8")
    company = Company(tmp_path, account, smtp_server)
    return Desk(company, bootstrap.first_store(company.profile, company.profile_path))


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_profile_is_whole_and_names_no_real_mailbox(name: str) -> None:
    """It can be used as it is but for its mailboxes, which are invented like the contact person."""
    profile = profiles.parse(shipped(name), f"{name}.toml")

    addresses = re.findall(r"[\w.-]+@[\w.-]+\w", shipped(name))
    assert [address for address in addresses if not address.endswith(".example")] == []
    assert profile.contact.email.endswith(".example")


@pytest.mark.parametrize("name", ["nimeton", "osia", "spesium"])
def test_a_time_that_no_law_gives_is_asked_and_no_other_told_in_its_place(name: str) -> None:
    """Their notices keep customers' data for years that the Accounting Act does not, or name no measure at all (GDPR
    15(1)(d)); what is true only they know.
    """
    told = profiles.parse(shipped(name)).processing
    assert (told.retention, told.sv.retention, told.en.retention) == ("", "", "")


def test_the_controller_bears_its_whole_name() -> None:
    """Its notice shortens it; whoever complains needs the name in the trade register."""
    assert profiles.parse(shipped("valmennuskumppani")).controller.name == "Valmennuskumppani Heini Salmu Oy"


def test_a_controller_without_a_name_is_found_before_a_letter_bears_it() -> None:
    found = {finding.code for finding in lint_profile(profiles.parse(shipped("nimeton")))}
    assert "placeholder_left" in found


@pytest.mark.parametrize("name", ["spesium", "optimesys", "nimeton", "osia"])
def test_a_profile_whose_notice_names_no_processors_is_told_to_name_them(name: str) -> None:
    """All these notices use some; who they are only the company knows."""
    found = {finding.code for finding in lint_profile(profiles.parse(shipped(name)))}
    assert "processors_unknown" in found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_shipped_profile_tells_of_its_processing_in_every_language_it_answers_in(
    name: str, language: str
) -> None:
    """Its notice is Finnish; a letter in another language does not hold Finnish words of it (GDPR 12(1))."""
    processing = profiles.parse(shipped(name)).processing
    theirs = getattr(processing, language)

    for told in ("purposes", "categories", "sources", "retention"):
        assert bool(getattr(theirs, told)) is bool(getattr(processing, told)), told
        assert not getattr(processing, told) or getattr(theirs, told) != getattr(processing, told)


def test_a_recipient_that_its_notice_does_not_name_is_asked_and_no_category_told_in_its_place() -> None:
    """Actual recipients are named where they are known (GDPR 15(1)(c), CJEU C-154/21)."""
    told = profiles.parse(shipped("nimeton")).processing
    assert (told.recipients, told.sv.recipients, told.en.recipients) == ((), (), ())


@pytest.mark.parametrize("desk", ["spesium"], indirect=True)
async def test_spesium_counts_the_month_from_the_making_of_the_request(desk: Desk, mail: Mail) -> None:
    """Its notice promises a month from making: a mail that was three days under way has three days less."""
    sent = datetime.now(UTC) - timedelta(days=3)  # noqa: TID251  # the servers' own time
    asked = f"Moi, voisitko auttaa? {SENTENCES['access']}"
    case = await desk.receives(mail(body=asked, message_id="<a@posti.example>", date=format_datetime(sent)))
    promise = deadlines.compute(deadlines.helsinki_date(sent)).due.promise

    assert [request.kind for request in case.requests] == [RequestKind.ACCESS]
    first = " ".join(desk.first_letter().split())
    assert f"{promise.day}.{promise.month}.{promise.year}" in first
    arrived, made = (filters.day(day, "fi") for day in (deadlines.helsinki_date(case.received_at), case.received_on))
    assert f"Vahvistamme saaneemme pyyntösi {arrived}. Laskemme vastausajan {made} alkaen." in first
    letter = await desk.answers(case, Outcome.GRANTED, **COPY, recipients="ei ketään", transfers="none", retention=KEPT)
    assert f"jonka saimme {arrived}" in letter
    assert "tietosuojavaltuutet" in letter.lower()  # its notice tells of no complaint
    assert "Voit pyytää" in letter  # its notice is in sinä-form, and so is the mail
    [frozen] = [duty for duty in desk.store.duties.of_case(case.key) if duty.kind is DutyKind.FREEZE_RECORDINGS]
    assert frozen.about == "livetilaisuuksien nauhoitteet"
    assert frozen.due_on == add_working_days(deadlines.helsinki_date(case.received_at), 1)  # not from the sending


@pytest.mark.parametrize("desk", ["spesium"], indirect=True)
async def test_spesium_says_te_to_who_does_not_say_sina(desk: Desk, mail: Mail) -> None:
    await desk.receives(mail(body=SENTENCES["access"], message_id="<a@posti.example>"))

    assert "pyyntönne" in desk.first_letter()


@pytest.mark.parametrize("desk", ["valmennuskumppani"], indirect=True)
async def test_valmennuskumppani_takes_an_objection_to_lawful_processing(desk: Desk, mail: Mail) -> None:
    """Its notice allows an objection to unlawful processing only, and rests transfers on the Privacy Shield."""
    case = await desk.receives(mail(body=SENTENCES["objection"], message_id="<a@posti.example>"))

    assert [request.kind for request in case.requests] == [RequestKind.OBJECTION]
    assert "vastust" in desk.first_letter()
    letter = await desk.answers(case, Outcome.GRANTED, stopped="sähköpostilla lähetetyt kutsut")
    assert "Privacy Shield" not in letter
    assert "sähköpostilla lähetetyt kutsut" in letter
    duties = {duty.kind: duty.about for duty in desk.store.duties.of_case(case.key)}
    assert "Firstbeat Technologies Oy" in duties[DutyKind.INSTRUCT_PROCESSORS]


@pytest.mark.parametrize("desk", ["optimesys"], indirect=True)
async def test_optimesys_offers_the_electronic_way_beside_its_pick_up(desk: Desk, mail: Mail) -> None:
    """A plain mail does without its form; the answer is free, electronic too, and speaks for all controllers."""
    case = await desk.receives(mail(body=SENTENCES["access"], message_id="<a@posti.example>"))
    first = desk.first_letter()

    assert "suojatusti sähköisesti" in first
    assert "Sinikalliontie 3" in first
    assert "lomak" not in first
    letter = await desk.answers(case, Outcome.GRANTED, **COPY, transfers="none")
    assert "OptimeSys Oy ja OptimeSys Services Oy" in letter
    assert "maksu" not in letter.lower()
    assert "poistetaan kerran vuodessa" in letter  # its retention, in its own words, is no old limit on asking


@pytest.mark.parametrize("desk", ["nimeton"], indirect=True)
async def test_the_unnamed_controller_corrects_unsigned_and_tells_the_source(desk: Desk, mail: Mail) -> None:
    """Its notice wants a hand signature, in Finnish or English; it promises that the source is told."""
    case = await desk.receives(mail("Mina uppgifter", SENTENCES["rectification"], message_id="<a@posti.example>"))

    assert (case.language, [request.kind for request in case.requests]) == ("sv", [RequestKind.RECTIFICATION])
    assert "underteckna" not in desk.first_letter()
    letter = await desk.answers(case, Outcome.GRANTED, notified="to_be_told", corrected="adressen är nu Strandvägen 4")
    assert "den som vi fick den felaktiga uppgiften av" in letter
    assert {DutyKind.TELL_SOURCE, DutyKind.TELL_RECIPIENTS} <= {
        duty.kind for duty in desk.store.duties.of_case(case.key)
    }


@pytest.mark.parametrize("desk", ["osia"], indirect=True)
async def test_osia_keeps_vouchers_only(desk: Desk, mail: Mail) -> None:
    """Its notice keeps customers' data six years by the Accounting Act: erasure is partial, with the vouchers' date."""
    case = await desk.receives(mail(body=SENTENCES["erasure"], message_id="<a@posti.example>"))

    assert [request.kind for request in case.requests] == [RequestKind.ERASURE]
    assert case.identity_required >= IdentityLevel.L3
    assert [draft.letter for draft in proposed(desk.store)] == [Letter.IDENTITY_QUESTION]
    letter = await desk.answers(
        case,
        Outcome.PARTLY,
        erased="työnohjauksen muistiinpanot ja yhteystiedot",
        erased_from="asiakasrekisteri ja sähköposti",
        backups="none",
        suppression="none",
        kept="laskut vuodelta 2025",
        ground="accounting_law",
        explained="laskut kuuluvat vuoden 2025 kirjanpitoon",
        newest_on="2025-08-20",
        financial_year_end="31.12.",
        notified="to_be_told",
    )
    assert "kaikkialta" not in letter
    assert "31.12.2031" in letter
    assert "kirjanpitolai" in letter
    assert "tietosuojavaltuutet" in letter.lower()


@pytest.mark.parametrize(
    ("language", "promised"),
    [
        ("fi", "etämyynti ja markkina- ja mielipidetutkimus"),
        ("sv", "distansförsäljning och marknads- och opinionsundersökningar"),
        ("en", "distance selling and market and opinion research"),
    ],
)
def test_a_ban_covers_what_the_notice_promises(language: str, promised: str) -> None:
    """More than the law's marketing: distance selling and research, in the task and in the letter."""
    profile = profiles.parse(shipped("nimeton"))
    day, kind = date(2026, 11, 10), RequestKind.MARKETING_OBJECTION
    due = deadlines.compute(day).due
    request = Request(RequestKey(1), CaseKey(1), kind, RequestStatus.OPEN, day, due, None, None, None, {})
    [_, other] = with_right(request, day, (), profile)
    assert other.about.endswith("etämyynti, markkina- ja mielipidetutkimus")
    assert proposals(request, profile, day, language, {})["channels"].endswith(promised)
