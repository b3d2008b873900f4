"""The Drafts folder while several look at once: each letter lies there once, and none that is about to leave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import count

import pytest

from inbox_agent.commands.opening import specimen
from inbox_agent.services.offer import Offering
from inbox_agent.services.send import Sending
from state.model import Act, DraftKey
from state.store.store import Store
from tests.state_examples import NOW, by_person, opened, proposed


class Folder:
    """A slow Drafts folder: between any two acts others may go on, and a test may do something."""

    def __init__(self) -> None:
        self.bodies: list[str] = []
        self.meanwhile: Callable[[], None] = lambda: None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Folder]:
        await asyncio.sleep(0)
        yield self

    async def put(self, raw: bytes) -> None:
        await asyncio.sleep(0)
        message = message_from_bytes(raw, policy=default)
        assert isinstance(message, EmailMessage)
        self.bodies.append(message.get_content().strip())
        then, self.meanwhile = self.meanwhile, lambda: None
        then()

    async def take_back(self, message_id: str, ours: Callable[[bytes], bool]) -> None:
        await asyncio.sleep(0)

    async def sent_answers(self, to: str | None, naming: str) -> list[bytes]:
        await asyncio.sleep(0)
        return []


class Desk:
    def __init__(self) -> None:
        self.store, self.folder, ids = Store.open(":memory:"), Folder(), count(1)
        minted = lambda: f"<{next(ids)}@yritys.example>"  # noqa: E731  # two need it
        sending = Sending(self.store, None, None, specimen(), lambda: NOW, minted)  # type: ignore[arg-type]
        self.offering = Offering(self.store, self.folder.open, sending.compose, specimen(), lambda: NOW, minted)

    def approve(self, key: DraftKey) -> None:
        digest = self.store.drafts.get(key).text_hash
        self.store.drafts.approve(key, digest, NOW, by_person(Act.DRAFT_APPROVED))


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_two_looks_at_once_put_each_letter_there_once(desk: Desk) -> None:
    """The look at intervals and the one before a letter leaves: of two copies one would stay for ever."""
    for uid in (1, 2):
        proposed(desk.store, opened(desk.store, uid=uid))
    await asyncio.gather(desk.offering.look(), desk.offering.look())

    assert len(desk.folder.bodies) == 2


async def test_a_letter_approved_while_others_are_put_there_does_not_follow(desk: Desk) -> None:
    """It leaves by itself in a moment; from there a person would send it a second time."""
    for uid in (1, 2):
        proposed(desk.store, opened(desk.store, uid=uid))
    first, second = desk.store.offers.missing()
    desk.folder.meanwhile = lambda: desk.approve(second.key)
    await desk.offering.look()

    assert [offer.draft for offer in desk.store.offers.all()] == [first.key]
    assert len(desk.folder.bodies) == 1
