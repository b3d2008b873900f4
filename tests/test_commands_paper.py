"""A letter on paper from its receipt to the end of its case, by the commands a person types."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from state.model import Act, CaseStatus, DraftStatus
from tests.test_commands_outcome import Office

NUMBER = "2026-0001"
OUR_WAYS = ('name = "Esimerkki Oy"', 'name = "Esimerkki Oy"\naddress = "Kirjetie 3, 00990 Helsinki"')


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path, capsys)


def record(office: Office, channel: str = "letter", right: str = "erasure") -> None:
    said = ("--said", "Poistakaa tietoni.", "--postal", "Esimerkkikatu 1\\n00100 Helsinki")
    code, _, err = office.run(
        "add", channel, "--name", "Eeva Kirje", "--right", right, "--received", "2026-03-02", *said
    )
    assert code == 0, err


def test_a_street_in_place_of_the_e_mail_address_is_refused_and_where_it_belongs_is_said(office: Office) -> None:
    """The option's own name says e-mail; the older one is still understood."""
    told = ("add", "letter", "--name", "Maija Meri", "--right", "access", "--received", "2026-03-02")
    for option in ("--email", "--address"):
        code, _, err = office.run(*told, option, "Rantatie 3, 85100 Kalajoki")
        assert code != 0
        assert "Rantatie 3, 85100 Kalajoki" in err
        assert "--postal" in err
    assert office.run("case", NUMBER)[0] != 0
    assert office.run(*told, "--email", "maija@meri.example")[0] == 0


def give_our_address(office: Office) -> None:
    office.path.write_text(office.path.read_text(encoding="utf-8").replace(*OUR_WAYS), encoding="utf-8")


def test_a_letter_is_recorded_answered_printed_delivered_and_its_duties_done(office: Office, tmp_path: Path) -> None:
    """Nothing of it touches a mail server; the answer is printed once approved, and delivered it ends the case."""
    give_our_address(office)
    record(office)
    code, _, err = office.run("identity", NUMBER, "--proof", "call_back", "--words", "soitin rekisterin numeroon")
    assert code == 0, err
    kept = ("erasure.kept=laskut", "erasure.ground=accounting_law", "erasure.explained=laskut kuuluvat kirjanpitoon")
    erased = ("erasure.erased=asiakaskortti", "erasure.erased_from=asiakasrekisteri")
    told = (*erased, "erasure.suppression=none", "erasure.newest_on=2025-10-01", *kept)
    chosen = ("--right", "erasure=partly", "--proposals", *(part for fact in told for part in ("--fact", fact)))
    code, out, err = office.run("outcome", NUMBER, *chosen)
    assert code == 0, err
    assert "(paperilla)" in out

    sheet = tmp_path / "kirje.pdf"
    assert office.run("print", NUMBER, str(sheet))[0] == 2  # not approved yet
    assert office.run("delivered", NUMBER, "--how", "post")[0] == 2
    code, _, err = office.run("approve", NUMBER, "--yes", "--mine")
    assert code == 0, err
    assert office.run("print", NUMBER, str(sheet))[0] == 0
    printed = pypdf.PdfReader(sheet).pages[0].extract_text()
    assert all(words in printed for words in ("Eeva Kirje", "Esimerkkikatu 1", "00100 Helsinki", "asiakaskortti"))
    assert office.run("delivered", NUMBER, "--how", "post")[0] == 0

    with office.store() as store:
        case = store.cases.by_number(NUMBER)
        (answer,) = [one for one in store.drafts.for_case(case.key) if one.status is DraftStatus.SENT]
        assert case.status is CaseStatus.CLOSED
        assert Act.DRAFT_DELIVERED in {one.event.act for one in store.journal.events(case.key)}
        store.journal.verify()
    assert answer.on_paper
    _, listed, _ = office.run("duties", NUMBER)
    assert "Kirjepalvelu Oy" in listed
    assert "Lähetti Vinha Oy" in listed
    for duty in ("1", "2"):
        assert office.run("duties", NUMBER, "--done", duty)[0] == 0
    assert office.run("duties", NUMBER)[1].count("(tehty)") == 2


def test_a_letter_of_the_ombudsman_about_no_case_is_a_task_with_its_day(office: Office) -> None:
    """Entered without a name or a right; a request's own deadline nobody chooses, and a request needs both."""
    code, out, err = office.run("add", "ombudsman", "--received", "2026-03-02", "--due", "2026-03-20")
    assert code == 0, err
    assert "tietosuojavaltuutetulle" in out
    assert "pääsy" not in out
    assert "20.3.2026" in office.run("duties")[1]
    assert office.run("add", "letter", "--name", "Eeva Kirje", "--right", "access", "--due", "2026-03-20")[0] == 2
    assert office.run("add", "letter", "--name", "Eeva Kirje")[0] == 2


def test_a_letter_of_the_ombudsman_has_its_own_day_and_no_month(office: Office) -> None:
    """Later than a month too; where nobody has told it, it stands in the letter, which is read at once."""
    office.run("add", "ombudsman", "--received", "2026-03-02", "--due", "2026-04-24")
    told = office.run("case", NUMBER)[1]
    assert "24.4.2026" in told
    assert "2.4.2026" not in told.replace("24.4.2026", "")
    told = office.run("add", "ombudsman", "--received", "2026-03-02")[1]
    assert "määräpäivä lukee kirjeessä" in told
    assert "lue vastauspäivä tietosuojavaltuutetun kirjeestä" in told


def test_nobody_identifies_the_ombudsman(office: Office) -> None:
    """No level, no look into a register: whether the letter is genuine is asked of the office itself."""
    office.run("add", "ombudsman", "--received", "2026-03-02", "--due", "2026-03-20")
    told = office.run("identity", NUMBER)[1]
    assert "ketään ei tunnisteta" in told
    assert "L3" not in told
    assert "Tarvitaan" not in told


def test_a_caller_is_asked_nothing_that_only_mail_could_answer(office: Office) -> None:
    """The question is an error while no address or number of ours stands in it, and a letter once one does."""
    record(office, "call", "access")
    assert office.run("write", NUMBER, "identity_question")[0] == 0
    code, _, err = office.run("approve", NUMBER, "--yes")
    assert code != 0
    assert "controller.address" in err
    give_our_address(office)
    assert office.run("write", NUMBER, "identity_question")[0] == 0
    code, out, err = office.run("approve", NUMBER, "--yes")
    assert code == 0, err
    assert "Kirjetie 3" in out
    assert "viesti" not in out.partition("Ystävällisin")[0].lower()


@pytest.mark.parametrize(("lifted_on", "code"), [("2026-04-03", 1), ("2026-04-09", 0), ("2026-04-09\u200b", 0)])
def test_a_restriction_is_not_lifted_before_a_notice_on_paper_can_have_come(
    office: Office, lifted_on: str, code: int
) -> None:
    """The person is told before (GDPR 18(3)); what the letter itself alone knows is held against its text."""
    give_our_address(office)
    record(office, right="restriction")
    assert office.run("identity", NUMBER, "--proof", "call_back", "--words", "soitin rekisterin numeroon")[0] == 0
    said = ("restricted=osoite", "done_on=2026-03-05", "notified=told", "notified_named=Lettersoft Oy")
    facts = [word for fact in said for word in ("--fact", fact)]
    assert office.run("outcome", NUMBER, "--right", "restriction=granted", *facts)[0] == 0
    assert office.run("approve", NUMBER, "--yes")[0] == 0
    assert office.run("delivered", NUMBER, "--how", "post")[0] == 0
    later = "2026-04-01T12:00:00+03:00"
    told = ("--fact", f"lifted_on={lifted_on}", "--fact", "lifted_why=osoite on tarkistettu")
    written = office.run("write", NUMBER, "restriction_lifted", "--fact", "restricted=osoite", *told, now=later)
    assert written[0] == 0
    assert ("18 artiklan 3 koh" in " ".join(written[1].split("Asia 2026-0001")[-1].split())) is bool(code)
    assert office.run("approve", NUMBER, "--yes", "--mine", now=later)[0] == code


def test_a_parents_answer_names_the_child_and_speaks_of_nobody_else(office: Office) -> None:
    """Whose data it is, is asked where the mark of a representative stands, and told; without it no letter is
    written; where the writer asks for their own data, the mark is taken off (GDPR 15(1), 5(1)(a)).
    """
    told = (
        "--name",
        "Liisa Virta",
        "--right",
        "access",
        "--received",
        "2026-03-02",
        "--address",
        "liisa@virta.example",
    )
    said = "Poikani Eetu Virta (9 v): haluan jäljennöksen kaikista hänen tiedoistaan."
    assert office.run("add", "call", *told, "--said", said)[0] == 0
    for proof, words in (
        ("authority", "näytti otteen"),
        ("call_back", "soitin rekisterin numeroon"),
        ("known_facts", "laskun summa ja käynnin päivä"),
    ):
        assert office.run("identity", NUMBER, "--proof", proof, "--words", words)[0] == 0
    facts = (
        "delivery=protected_file",
        "purposes=tilaukset",
        "categories=nimi",
        "retention=kaksi vuotta viimeisestä tilauksesta",
        "sources=rekisteröity itse",
        "automated_decisions=none",
        "transfers=none",
    )
    words = [word for fact in facts for word in ("--fact", fact)]
    chosen = ("outcome", NUMBER, "--right", "access=granted", "--proposals", *words)
    code, _, err = office.run(*chosen)
    assert code == 1
    assert "access.data_subject" in err
    code, out, err = office.run(*chosen, "--fact", "data_subject=Eetu Virta")
    assert code == 0, err
    assert "käsittelemme hänen henkilötietojaan" in out
    assert "toisen henkilön tietoja: Eetu Virta." in out
    assert not [word for word in ("henkilötietojanne", "tietojenne", "teistä", "te itse") if word in out]
