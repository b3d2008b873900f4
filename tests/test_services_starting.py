"""A start that fails is told by mail: once a day, also where there is no database to remember it, and its end too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from inbox_agent import texts
from inbox_agent.adapters.start_note import StartNote
from inbox_agent.commands.opening import specimen
from inbox_agent.errors import BrokenProfile, DatabaseLost, LoginRefused, Problem, SecretMissing, SendingDeferred
from inbox_agent.services.alarm import Alarming
from inbox_agent.services.notices import Notices
from inbox_agent.services.send import RETRY_AFTER, RETRY_LOGIN_AFTER
from inbox_agent.services.starting import Starting
from state.errors import StoreBusy, StoreUnusable
from state.store.store import Store

LOST = DatabaseLost(Path("levy/inbox-agent.db"))


class Morning:
    """A program that somebody starts again and again, and a mail server that still works."""

    def __init__(self, folder: Path) -> None:
        self.time = datetime(2026, 3, 6, 6, tzinfo=UTC)
        self.profile = folder / "inbox-agent.toml"
        self.taken: list[EmailMessage] = []
        self.fails: Exception | None = None
        self.store = Store.open(":memory:")

    async def send(self, message: EmailMessage, _sender: str, _recipient: str) -> str:
        if self.fails:
            raise self.fails
        self.taken.append(message)
        return "250 ok"

    async def start(self, error: Exception) -> bool:
        """A new process each time: what it held in memory is gone."""
        told = await self._starting.failed(error, begun=False)
        self.time += timedelta(seconds=30)
        return told

    async def start_well(self) -> bool:
        """Whether the end of what was told is mailed."""
        before = len(self.taken)
        alarming = Alarming(self.store, self._notices, specimen(), lambda: self.time)
        self._starting.begins(alarming)
        self._starting.succeeded()
        await alarming.look()
        self.time += timedelta(seconds=30)
        return len(self.taken) > before

    @property
    def _starting(self) -> Starting:
        return Starting(self._notices, StartNote.beside(self.profile), lambda: self.time)

    @property
    def _notices(self) -> Notices:
        return Notices(self, specimen(), lambda: self.time, lambda: "<n@yritys.example>", None)

    @property
    def recipients(self) -> int:
        return len({str(mail["To"]) for mail in self.taken})


@pytest.fixture
def morning(tmp_path: Path) -> Morning:
    return Morning(tmp_path)


async def test_what_keeps_it_from_starting_is_told_once_a_day(morning: Morning) -> None:
    told = [await morning.start(LOST) for _ in range(5)]
    morning.time += timedelta(days=1)
    assert [*told, await morning.start(LOST)] == [True, False, False, False, False, True]
    assert len(morning.taken) == 2 * morning.recipients


async def test_another_fault_of_the_same_day_is_told_beside_it(morning: Morning) -> None:
    """Also where the two take turns: each once."""
    told = [await morning.start(error) for error in (LOST, StoreUnusable("disk"), LOST, StoreUnusable("disk"))]
    assert told == [True, True, False, False]


async def test_a_lock_that_is_gone_at_the_next_start_is_told_to_nobody(morning: Morning) -> None:
    """As a backup holds it. What lasts until the next start is told."""
    assert [await morning.start(StoreBusy()) for _ in range(3)] == [False, True, False]


async def test_what_comes_and_goes_is_told_once_a_day_and_its_end_too(morning: Morning) -> None:
    """A disk that flaps, and a program that is started every minute."""
    day = [(await morning.start(LOST), await morning.start_well()) for _ in range(4)]
    morning.time += timedelta(days=1)
    next_day = [(await morning.start(LOST), await morning.start_well()) for _ in range(2)]
    assert day == [(True, True), *[(False, False)] * 3]
    assert next_day == [(True, True), (False, False)]


async def test_a_lock_that_was_told_yesterday_is_again_told_only_once_it_lasts(morning: Morning) -> None:
    told = [await morning.start(StoreBusy()), await morning.start(StoreBusy())]
    await morning.start_well()
    morning.time += timedelta(days=1)
    assert [*told, await morning.start(StoreBusy()), await morning.start(StoreBusy())] == [False, True, False, True]


async def test_a_good_start_does_not_make_a_mail_server_be_asked_again_sooner(morning: Morning) -> None:
    """A wrong password that is tried each time locks the account."""
    morning.fails = LoginRefused("mail.example", "helmi", "535 no")
    told = [await morning.start(LOST)]
    await morning.start_well()
    morning.fails = None
    told.append(await morning.start(LOST))
    morning.time += RETRY_LOGIN_AFTER
    assert [*told, await morning.start(LOST)] == [False, False, True]


async def test_of_a_good_start_on_a_later_day_nothing_is_left(morning: Morning) -> None:
    await morning.start(LOST)
    morning.time += timedelta(days=1)
    assert await morning.start_well()
    assert not StartNote.beside(morning.profile).path.exists()


@pytest.mark.parametrize(
    ("fails", "wait"),
    [(SendingDeferred("451 later"), RETRY_AFTER), (LoginRefused("mail.example", "helmi", "535 no"), RETRY_LOGIN_AFTER)],
)
async def test_what_the_mail_server_did_not_take_is_told_by_a_later_start(
    morning: Morning, fails: Exception, wait: timedelta
) -> None:
    """After a while: a program that is started every half minute must not try a wrong password as often."""
    morning.fails = fails
    told = [await morning.start(LOST)]
    morning.fails = None
    told.append(await morning.start(LOST))
    morning.time += wait
    assert [*told, await morning.start(LOST)] == [False, False, True]


async def test_where_nothing_can_be_noted_nothing_is_sent(morning: Morning) -> None:
    """A supervisor that starts it every half minute would have it send as often."""
    StartNote.beside(morning.profile).path.mkdir()
    assert [await morning.start(LOST) for _ in range(2)] == [False, False]


@pytest.mark.parametrize("note", ["", "{", "[]", '{"DatabaseLost": 1}', '{"DatabaseLost": ["x", null]}', "\xff"])
async def test_a_note_that_cannot_be_read_costs_no_mail(morning: Morning, note: str) -> None:
    StartNote.beside(morning.profile).path.write_text(note, encoding="latin-1")
    assert await morning.start(LOST)


async def test_of_a_profile_with_a_fault_the_mail_names_the_place_and_not_what_stands_there(morning: Morning) -> None:
    texts.use("fi")
    await morning.start(BrokenProfile("inbox-agent.toml", [Problem(12, "contact.phone", "address", "040 1234567")]))
    text = morning.taken[0].get_content()
    assert "inbox-agent.toml:12 contact.phone" in text
    assert "1234567" not in text


@pytest.mark.parametrize(
    "error", [LOST, SecretMissing("env:SALASANA", "not_set"), StoreUnusable("disk"), ValueError("a@b")]
)
async def test_the_mail_says_what_is_wrong_and_what_to_do(morning: Morning, error: Exception) -> None:
    """In the words of the command line; of a fault of the program's own nothing but where it stands."""
    texts.use("fi")
    await morning.start(error)
    text = morning.taken[0].get_content()
    assert "inbox-agent check" in text
    assert "a@b" not in text
    assert morning.taken[0]["Subject"] == "inbox-agent: Avustaja ei käynnisty."
