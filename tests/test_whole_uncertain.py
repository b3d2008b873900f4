"""A letter of which nobody knows whether it left: the running agent looks for its copy, else a person says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from inbox_agent import bootstrap
from inbox_agent.services import watch
from state.model import Draft, DraftStatus
from state.store.store import Store
from tests.agent_world import until
from tests.servers.dovecot import Account
from tests.servers.smtpd import Fault, SmtpServer
from tests.whole_way import Company

ASKS = "käytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista henkilötiedoista, joita minusta käsittelette."


@pytest.fixture
def company(tmp_path: Path, account: Account, smtp_server: SmtpServer) -> Company:
    """Its mail server keeps the copies of what it takes, as the large providers' do."""
    return Company.found(tmp_path, account, smtp_server, outgoing="server_saves_sent = true")


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK_FOR_COPIES", 0.1)


async def letter_that_will_break_off(company: Company, store: Store, mail: Callable[..., bytes]) -> Draft:
    """Approved; the connection will break after its text, which the server has taken by then."""
    company.account.append(mail(body=ASKS, message_id="<pyynto-1@posti.example>"))
    await company.agent(store).once()
    draft = company.approve_the_letter(store)
    company.smtp.on("TEXT", Fault.DROP)
    return draft


def copy_comes(company: Company, draft: Draft) -> None:
    [letter] = [taken.raw for taken in company.smtp.mails if draft.envelope.to.address in taken.recipients]
    company.account.append(letter, folder="Sent")


async def test_a_running_agent_finds_the_copy_of_an_uncertain_letter(
    company: Company, mail: Callable[..., bytes]
) -> None:
    """The connection broke after the text; the server had taken it, and its copy is in Sent a moment later."""
    with company.store() as store:
        draft = await letter_that_will_break_off(company, store, mail)
        agent = company.agent(store)
        running = asyncio.create_task(agent.run())
        try:
            await until(lambda: store.drafts.get(draft.key).status is DraftStatus.UNCERTAIN)
            copy_comes(company, draft)
            await until(lambda: store.drafts.get(draft.key).status is DraftStatus.SENT)
        finally:
            agent.stop()
            await asyncio.wait_for(running, 10)
    assert len(company.letters_outside()) == 1


async def test_the_copy_of_a_letter_that_was_claimed_long_ago_is_not_asked_for_at_every_look(
    company: Company, mail: Callable[..., bytes]
) -> None:
    """A person says by then; only the next start looks once more."""
    with company.store() as store:
        draft = await letter_that_will_break_off(company, store, mail)
        sending = company.agent(store).sending
        await sending.send_approved()
        copy_comes(company, draft)

        await sending.settle_interrupted(bootstrap.clock()() + timedelta(seconds=1))
        assert store.drafts.get(draft.key).status is DraftStatus.UNCERTAIN
        await sending.settle_interrupted()
        assert store.drafts.get(draft.key).status is DraftStatus.SENT
