"""How the dashboard opens and filters over a store of many cases, against the same over a store of few.

The cases are written straight into the tables (a hundred thousand of them through the store would take minutes); two
thirds are closed, as after many years, the others open. Goals: at most 1.2 times.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.widgets.rows import RowList
from inbox_agent.rules import deadlines
from replies.reckoning import months_after
from state.store.store import Store
from tests.dashboard_desk import Desk, settled

ROUNDS = 12
FEW, MANY = 100, 100_000
_NAMES = ("Aino", "Eino", "Maija", "Ville", "Sanni", "Oskari", "Tiina", "Pentti")
_SURNAMES = ("Esimerkki", "Mallikas", "Virta", "Ranta", "Niemi", "Koski")


def desk_at_size(few: int = FEW, many: int = MANY) -> None:
    """Print the quickest of both stores and their ratios: a busy machine only ever adds, by half or by four times."""
    with tempfile.TemporaryDirectory(prefix="inbox-agent-bench-") as name:
        small, large = (filled(Path(name) / f"{count}.db", count) for count in (few, many))
        # Alternating, so that a busy moment meets both.
        _first = [asyncio.run(opened(desk)) for desk in (small, large)]  # imports, and a cache that is cold
        measured = [(asyncio.run(opened(small)), asyncio.run(opened(large))) for _ in range(ROUNDS)]
    for place, what in enumerate(("first paint", "filter key, some match", "filter key, none matches")):
        a, b = (min(pair[side][place] for pair in measured) for side in (0, 1))
        told = f"{few} cases {a * 1000:.0f} ms, {many} cases {b * 1000:.0f} ms"
        print(f"dashboard, {what}: {told}, ratio {b / a:.2f} (goal: at most 1.2)")


def filled(path: Path, count: int) -> Desk:
    """A store with so many cases, the newest received today."""
    Store.open(path).close()
    desk = Desk(path)
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "insert into cases (id, year, serial, status, subject_name, subject_address, subject_key, sought, flags,"
            " language, received_at, received_on, identity_level, identity_required, opened_at, closed_at, promise_on)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, '[]', 'fi', ?, ?, 'L1', 'L2', ?, ?, ?)",
            _cases(count, desk.now),
        )
        connection.executemany(
            "insert into requests (case_id, kind, status, received_on, promise_on, backstop_on, target_on, outcome)"
            " values (?, 'access', ?, ?, ?, ?, ?, ?)",
            _requests(count, desk.now),
        )
        connection.executemany("insert into words (word, case_id) values (?, ?)", _words(count))
    connection.close()
    return desk


def _cases(count: int, now: datetime) -> Iterator[tuple[object, ...]]:
    for number in range(1, count + 1):
        open_still, at = number % 3 == 0, now - timedelta(minutes=number)
        name = f"{_NAMES[number // 3 % 8]} {_SURNAMES[number // 3 % 6]}"
        address = f"as{number}@posti.example"
        received = at.astimezone(UTC).isoformat(timespec="microseconds")
        day = deadlines.helsinki_date(at)
        yield (
            number,
            2026,
            number,
            "open" if open_still else "closed",
            name,
            address,
            address,
            f"{name} {address}".casefold(),
            received,
            day.isoformat(),
            received,
            None if open_still else received,
            _promise(day).isoformat(),
        )


def _words(count: int) -> Iterator[tuple[str, int]]:
    for number in range(1, count + 1):
        sought = f"{_NAMES[number // 3 % 8]} {_SURNAMES[number // 3 % 6]} as{number} posti example 2026 {number:04}"
        yield from ((word, number) for word in dict.fromkeys(sought.casefold().split()))


def _promise(day: date) -> date:
    return months_after(day, 1)


def _requests(count: int, now: datetime) -> Iterator[tuple[object, ...]]:
    for number in range(1, count + 1):
        day = deadlines.helsinki_date(now - timedelta(minutes=number))
        due, open_still = _promise(day).isoformat(), number % 3 == 0
        status, outcome = ("open", None) if open_still else ("answered", "granted")
        yield number, status, day.isoformat(), due, due, due, outcome


async def opened(desk: Desk) -> tuple[float, float, float]:
    """Seconds to the first lines, to the lines of a filter that matches, and to those of one that does not."""
    app, start = desk.app(), time.perf_counter()
    async with app.run_test(size=(120, 40)) as pilot:
        while not (isinstance(app.screen, MainScreen) and app.screen.query_one(RowList).options):  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        painted = time.perf_counter() - start
        await settled(pilot)
        return painted, await _filtered(pilot, "virta"), await _filtered(pilot, "qxqxqx")


async def _filtered(pilot: Pilot[None], text: str) -> float:
    screen = pilot.app.screen
    assert isinstance(screen, MainScreen)
    start = time.perf_counter()
    screen._filter.value = text  # as typed: the wait for a further key is part of what the person waits
    # What is measured has no event of its own. The rest of a list that was on its way may be shown in between.
    while screen._read_for is None or screen._read_for.wanted.text != text:
        shown = screen._seen
        await asyncio.sleep(0.001)
    while screen._seen is shown:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    return time.perf_counter() - start
