"""The round trip on real servers: a code leaves by SMTP, comes back through IMAP, and only then the level rises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inbox_agent.rules import roundtrip
from state.model import Act, CaseKey, CaseStatus, IdentityLevel, Letter
from state.store.store import Store
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer
from tests.whole_way import Company

MAIJA, STRANGER = "Maija Mallikas <maija.mallikas@posti.example>", "Kettu Esimerkki <kettu@muualla.example>"
ASKS = "Käytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista henkilötiedoista, joita minusta käsittelette."
MORE = """
[identity]
trusted_authserv_ids = ["mx.yritys.example"]
[customers]
kind = "csv"
path = "asiakkaat.csv"
name = "Nimi"
address = "Sähköposti"
"""
Write = Callable[..., bytes]


@pytest.fixture
def company(tmp_path: Path, account: Account, smtp_server: SmtpServer) -> Company:
    """A company whose register holds Maija."""
    register = "Nimi;Sähköposti\nMaija Mallikas;maija.mallikas@posti.example\n"
    (tmp_path / "asiakkaat.csv").write_text(register, encoding="utf-8")
    return Company.found(tmp_path, account, smtp_server, outgoing=MORE)


@pytest.fixture
def write(mail: Callable[..., bytes]) -> Write:
    """A mail as the company's own server stamps it."""

    def written(text: str, sender: str = MAIJA, verdict: str = "pass", **more: str) -> bytes:
        domain = sender.rpartition("@")[2].rstrip(">")
        stamp = f"Authentication-Results: mx.yritys.example; dmarc={verdict} header.from={domain}\r\n"
        return stamp.encode() + mail(body=text, sender=sender, **more)

    return written


def returned(store: Store, case: CaseKey) -> int:
    return sum(stored.event.act is Act.CODE_RETURNED for stored in store.journal.events(case))


async def test_only_the_right_code_from_the_right_person_raises_the_level_and_once(
    company: Company, write: Write
) -> None:
    company.receives(write(f"Hei,\n\n{ASKS}\n\nTerveisin\nMaija Mallikas\n", message_id="<pyynto@posti.example>"))
    with company.store() as store:
        agent = company.agent(store)
        await agent.once()
        [case] = store.cases.open_cases()
        assert (case.identity_level, case.identity_required) == (IdentityLevel.L1, IdentityLevel.L2)
        assert company.approve_the_letter(store).letter is Letter.IDENTITY_QUESTION
        await agent.once()
        [letter] = company.letters_outside()
        bare = roundtrip.candidates(letter.get_content())[0]
        code = f"{bare[:4]}-{bare[4:8]}-{bare[8:]}"
        assert "maija.mallikas@posti.example" in letter["To"]
        assert code not in letter["Subject"]
        assert all(code not in draft.body for draft in store.drafts.for_case(case.key))

        thread = {"in_reply_to": letter["Message-ID"], "references": letter["Message-ID"]}
        company.receives(write(f"Koodi: {code}", verdict="fail", message_id="<v1@posti.example>", **thread))
        company.receives(write(f"Koodi: {code}", sender=STRANGER, message_id="<v2@muualla.example>", **thread))
        await agent.once()
        assert store.cases.get(case.key).status is CaseStatus.WAITING
        wrong = ("Y8" if code.startswith("X9") else "X9") + code[2:]
        company.receives(write(f"Koodi: {wrong}", message_id="<v3@posti.example>", **thread))
        await agent.once()
        assert store.cases.get(case.key).identity_level is IdentityLevel.L1
        assert returned(store, case.key) == 0

        quoted = "\n".join(f"> {line}" for line in letter.get_content().splitlines())
        answer = f"Hei, koodi on {code.lower()}.\n\nMaija\n\nto 5.3.2026 klo 12.00 Esimerkki Oy kirjoitti:\n{quoted}\n"
        company.receives(write(answer, message_id="<v4@posti.example>", **thread))
        await agent.once()
        assert store.cases.get(case.key).identity_level is IdentityLevel.L2
        assert store.cases.get(case.key).status is CaseStatus.OPEN
        assert returned(store, case.key) == 1

        company.review(store).who_asks.doubt(case.key, "Maija soitti: hän ei ole pyytänyt mitään.")
        company.receives(write(f"Koodi vielä kerran: {code}", message_id="<v5@posti.example>", **thread))
        await agent.once()
        assert store.cases.get(case.key).identity_level is IdentityLevel.L1
        assert returned(store, case.key) == 1
        store.journal.verify()
