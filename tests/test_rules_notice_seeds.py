"""Five published notices, cell by cell. They stay outside the repository, and so do the persons in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inbox_agent.rules.notice.facts import Facts, Name
from inbox_agent.rules.notice.linter import lint
from inbox_agent.rules.notice.reader import facts, read

NOTICES = {path.name[:3]: path for path in (Path(__file__).parents[2] / "shared" / "notices").glob("00*.txt")}
pytestmark = pytest.mark.skipif(not NOTICES, reason="the published notices are not here")


@dataclass(frozen=True)
class Said:
    """A person's detail, known here only by where it stands in the notice; two groups are an obfuscated address."""

    pattern: str

    def found(self, text: str) -> str:
        match = re.search(self.pattern, text.replace("\u00a0", " "))
        assert match
        return "@".join(match.groups())


# A text must contain the words; a list is the list. What is not named is null.
TABLE: dict[str, dict[Name, Any]] = {
    "000": {
        Name.CONTROLLERS: ["Spesium Oy"],
        Name.BUSINESS_ID: "3393926-8",
        Name.ADDRESS: "Pyylahdentie 11, 89600 Suomussalmi",
        Name.CONTACT_EMAIL: Said(r"Sähköposti: (\S+)"),
        Name.REGISTER_NAMES: ["Asiakasrekisteri"],
        Name.PURPOSES: "asiakassuhteen hoitamista",
        Name.LEGAL_BASES: ["consent", "contract", "legitimate_interest"],
        Name.SOURCES: "kaupparekisteristä",
        Name.RECIPIENTS: ["viranomaiset", "työnantaja", "palvelun tilaaja", "yhteyshenkilöt"],
        Name.TRANSFER: "no",
        Name.RETENTION: "asiakassuhteen ajan",
        Name.RESPONSE_TIME: "kuukauden sisällä pyynnön esittämisestä",
        Name.SIGNATURE_REQUIRED: False,
        Name.COMPLAINT_BODY_PRESENT: False,
    },
    "001": {
        Name.CONTROLLERS: Said(r"1 Rekisterinpitäjä\s+(\w+ \w+ \w+ Oy)"),
        Name.BUSINESS_ID: "2316408-3",
        Name.ADDRESS: "Kalajoentie 407, 85100 Kalajoki",
        Name.CONTACT_NAME: Said(r"koskevissa asioissa\s+(\w+ \w+),"),
        Name.CONTACT_EMAIL: Said(r"koskevissa asioissa\s+[^,]+, ([^,]+),"),
        Name.CONTACT_PHONE: Said(r"Puhelin ([\d ]+\d)"),
        Name.REGISTER_NAMES: ["Valmennuskumppani Oy:n asiakas- ja markkinointirekisteri"],
        Name.PURPOSES: "palvelujen toteuttamiseksi",
        Name.LEGAL_BASES: ["consent", "contract", "legal_obligation"],
        Name.SOURCES: "asiakkaalta itseltään",
        Name.RECIPIENTS: [
            "Zef Oy",
            "MLP Modular Learning Processes Oy",
            "Firstbeat Technologies Oy",
            "Facebook",
            "Google",
        ],
        Name.TRANSFER: "yes",
        Name.RETENTION: "5 vuotta rekisteröidyn viimeisimmästä palvelukontaktista",
        Name.IDENTITY_CLAUSE: "tarpeen vaatiessa",
        Name.SIGNATURE_REQUIRED: False,
        Name.COMPLAINT_BODY_PRESENT: True,
        Name.LAST_UPDATED: "2018-09-05",
    },
    "002": {
        Name.CONTROLLERS: ["OptimeSys Group Oy", "OptimeSys Oy", "OptimeSys Services Oy"],
        Name.JOINT_CONTROLLERS: True,
        Name.BUSINESS_ID: "2786805-3",
        Name.ADDRESS: "Sinikalliontie 3, 02630 Espoo",
        Name.CONTACT_NAME: Said(r"Yritys: .*\nNimi:\s+(.*\S)"),
        Name.CONTACT_EMAIL: "markkinointi@optimesys.fi",
        Name.CONTACT_PHONE: Said(r"Puh: (.*\S)"),
        Name.REGISTER_NAMES: ["OptimeSys asiakasreskisteri"],
        Name.PURPOSES: "Asiakaspalvelu",
        Name.LEGAL_BASES: ["consent", "contract", "legitimate_interest"],
        Name.SOURCES: "rekisteröidyltä itseltään",
        Name.RECIPIENTS: ["verkosto", "viranomaiset"],
        Name.TRANSFER: "yes",
        Name.RETENTION: "kerran vuodessa",
        Name.FEE_CLAUSE: "kerran vuodessa",
        Name.IDENTITY_CLAUSE: "henkilöllisyystodistusta vastaan",
        Name.COMPLAINT_BODY_PRESENT: True,
        Name.LAST_UPDATED: "2018-05-24",
    },
    "003": {
        Name.REGISTER_NAMES: ["Asiakasrekisteri"],
        Name.PURPOSES: "tilausten hallinnointi",
        Name.LEGAL_BASES: ["contract"],
        Name.SOURCES: "rekisteröitymisistä",
        Name.RECIPIENTS: ["Rekisterinpitäjän henkilöstö", "ulkoituskumppanit", "Google Analytics"],
        Name.TRANSFER: "possible",
        Name.RETENTION: "10 vuotta asiakkuuden päättymisestä",
        Name.SIGNATURE_REQUIRED: True,
        Name.LANGUAGES: ["fi", "en"],
        Name.COMPLAINT_BODY_PRESENT: True,
    },
    "004": {
        Name.CONTROLLERS: ["OSIA-työnohjaus ja valmennus Oy"],
        Name.ADDRESS: "Riihitie 5, 73100 Lapinlahti",
        Name.CONTACT_NAME: Said(r"yhteyshenkilö\s+(\w+ \w+),"),
        Name.CONTACT_EMAIL: Said(r"yhteyshenkilö\s+[^,]+, ([^,(]+)\(a\)([^,]+),"),
        Name.CONTACT_PHONE: Said(r", p (\d+)"),
        Name.REGISTER_NAMES: ["OSIA-työnohjaus ja valmennus asiakas- ja markkinointirekisteri"],
        Name.PURPOSES: "yhteydenpito asiakkaisiin",
        Name.LEGAL_BASES: ["consent", "contract", "legitimate_interest"],
        Name.SOURCES: "asiakastapaamisista",
        Name.RETENTION: "kirjanpitolain mukaisesti 6 vuotta",
        Name.RESPONSE_TIME: "pääsääntöisesti kuukauden kuluessa",
        Name.IDENTITY_CLAUSE: "tarvittaessa",
        Name.SIGNATURE_REQUIRED: False,
        Name.COMPLAINT_BODY_PRESENT: False,
        Name.LAST_UPDATED: "2021-11-19",
    },
}
# What must be found in each (law: where it is weaker than the law), and everything else that may be said of it.
FINDINGS: dict[str, str] = {
    "000": (
        "no_complaint_right rights_missing:portability erasure_narrowed purposes_open_ended undated single_contact"
    ),
    "001": (
        "objection_narrowed must_specify_in_writing privacy_shield old_ombudsman_url rights_missing:portability "
        "legal_basis_wrong single_contact"
    ),
    "002": (
        "once_a_year_fee in_person_only portability_narrowed joint_essence_missing privacy_shield old_ombudsman_url "
        "legal_basis_wrong single_contact written_form_demanded"
    ),
    "003": (
        "signature_demanded refusal_certificate erasure_narrowed retention_long legal_basis_wrong "
        "old_ombudsman_address placeholder_left written_form_demanded rights_missing:objection undated "
        "controller_not_legal_person business_id_missing contact_missing no_address no_email_channel "
        "transfer_basis_missing language_limited"
    ),
    "004": (
        "no_complaint_right retention_kpl_wrong rights_missing:objection rights_missing:portability "
        "rights_missing:consent_withdrawal written_form_demanded business_id_missing transfer_missing "
        "recipients_unnamed"
    ),
}
CELLS = [(seed, name) for seed in TABLE for name in Name]


@pytest.fixture(scope="module")
def readings() -> dict[str, Facts]:
    return {seed: facts(read(path.read_text(encoding="utf-8"))) for seed, path in NOTICES.items()}


@pytest.mark.parametrize(("seed", "name"), CELLS, ids=str)
def test_the_table_of_the_five_notices_holds_cell_by_cell(seed: str, name: Name, readings: dict[str, Facts]) -> None:
    wanted, value = TABLE[seed].get(name), readings[seed][name].value
    if name is Name.JOINT_CONTROLLERS:
        assert value is bool(wanted)
    elif isinstance(wanted, list):
        assert list(value) == wanted  # type: ignore[arg-type]
    elif isinstance(wanted, Said):
        found = wanted.found(NOTICES[seed].read_text(encoding="utf-8"))
        assert value == ((found,) if name is Name.CONTROLLERS else found)
    elif isinstance(wanted, str):
        assert wanted in str(value)
    else:
        assert value is wanted


@pytest.mark.parametrize("seed", FINDINGS)
def test_the_linter_finds_what_the_rulebook_lists_and_nothing_else(seed: str) -> None:
    document = read(NOTICES[seed].read_text(encoding="utf-8"))
    found = {finding.code for finding in lint(document, facts(document))}

    assert found == set(FINDINGS[seed].split())
