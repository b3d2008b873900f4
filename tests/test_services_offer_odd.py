"""A request with an odd Message-ID among those whose letters lie in Drafts: it keeps nothing from being noticed."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from state.model import Draft, DraftStatus
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer
from tests.whole_way import Company, parsed, proposed

ASKS = "käytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista henkilötiedoista, joita minusta käsittelette."


@pytest.mark.parametrize("odd", ["<pyyntö-1@posti.example>", '<a"b\\c@posti.example>', "<a)(b{3}@posti.example>"])
async def test_what_a_person_sent_is_noticed_whatever_message_ids_the_requests_have(
    tmp_path: Path, account: Account, smtp_server: SmtpServer, mail: Callable[..., bytes], odd: str
) -> None:
    """The letter that was sent by hand does not leave again, and the one to the odd mail leaves."""
    company = Company.found(tmp_path, account, smtp_server, outgoing='drafts_folder = "auto"')
    plain = mail(body=ASKS, message_id="<ODD>", sender="Oili Outo <oili@posti.example>")
    account.append(plain.replace(b"<ODD>", odd.encode()))
    account.append(mail(body=ASKS, message_id="<pyynto-2@posti.example>", sender="Aino Esimerkki <aino@posti.example>"))
    with company.store() as store:
        await company.agent(store).once()
        drafts = {draft.envelope.to.address: draft for draft in proposed(store)}
        assert len(company.account.mails("Drafts")) == 2
        review = company.review(store)
        for draft in drafts.values():
            review.approval.approve(draft.key, review.approval.dated(draft.key).text_hash)
        by_hand(company, drafts["aino@posti.example"])
        await company.agent(store)._settle_and_send()

        assert {store.drafts.get(draft.key).status for draft in drafts.values()} == {DraftStatus.SENT}
    assert [letter["To"].addresses[0].addr_spec for letter in company.letters_outside()] == ["oili@posti.example"]
    assert [parsed(raw) for raw in company.account.mails("Sent")]


def by_hand(company: Company, draft: Draft) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "tietosuoja@yritys.example", draft.envelope.to.address
    message["Subject"], message["Message-ID"] = "Vs: Omat tietoni", "<oma-1@ohjelma.example>"
    message["In-Reply-To"] = "<pyynto-2@posti.example>"
    message.set_content(draft.body)
    company.account.append(message.as_bytes(), folder="Sent")
