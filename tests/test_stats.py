"""The year in numbers, and the deadlines as a calendar: counted right, exported whole, naming nobody."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from inbox_agent import cli, texts
from inbox_agent.dashboard.screens.numbers import NumbersScreen
from inbox_agent.phrasing import calendars
from inbox_agent.phrasing import stats as phrasing
from inbox_agent.phrasing.listing import table
from inbox_agent.rules import ics, stats
from state.model import AGENT, Act, CaseStatus, Channel, Event, IdentityLevel, Letter, Outcome, RequestKind, YearRow
from state.store.store import Store
from tests.browser import chromium, needs_chromium
from tests.dashboard_desk import Desk, press, screen_text, settled

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)


def row(day: int, answered: int | None, outcome: Outcome | None = Outcome.GRANTED, **more: bool) -> YearRow:
    """Received in January; answered so many days later."""
    at = None if answered is None else datetime(2026, 1, day, 12, tzinfo=UTC) + timedelta(days=answered)
    return YearRow(
        kind=RequestKind.ACCESS,
        received_on=date(2026, 1, day),
        answered_at=at,
        promise=date(2026, 2, day),
        extended=more.get("extended", False),
        outcome=outcome if at else None,
        identity_asked=more.get("asked", False),
        channel=Channel.MAIL,
    )


def test_a_year_is_counted_per_right() -> None:
    """The median is of the answered; unanswered past its promise is late too; in part counts as refused."""
    rows = (row(5, 10), row(6, 21, Outcome.PARTLY, asked=True), row(7, 40, extended=True), row(8, None))
    [line] = stats.report(rows, 2026, TODAY).lines

    assert (line.received, line.answered, line.waiting, line.median_days) == (4, 3, 1, 21)
    assert (line.late, line.extended, line.refused, line.identity_asked) == (2, 1, 1, 1)


def test_every_request_is_in_one_right_and_one_month() -> None:
    report = stats.report((row(5, 10), row(9, None)), 2026, TODAY)
    assert sum(report.months) == sum(line.received for line in report.lines) == report.total.received == 2
    assert report.months[0] == 2


def test_a_half_day_is_written_with_the_languages_decimal_sign() -> None:
    [line] = stats.report((row(5, 10), row(6, 11)), 2026, TODAY).lines
    said = {}
    for language in texts.LANGUAGES:
        texts.use(language)
        said[language] = phrasing.days(line)
    assert said == {"fi": "10,5", "sv": "10,5", "en": "10.5"}


def test_the_csv_is_read_again_by_a_spreadsheets_rules() -> None:
    report = stats.report((row(5, 10), row(6, None)), 2026, TODAY)
    text = phrasing.as_csv(report)
    head, line, total = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")

    assert text.startswith("\ufeff")
    assert len(head) == len(line) == len(total) == 9
    assert line[:4] == ["access to data", "2", "1", "1"]
    _right, *numbers = next(
        csv.reader(phrasing.as_csv(stats.report((row(6, None),), 2026, TODAY)).splitlines()[1:], delimiter=";")
    )
    assert numbers[3] == ""
    assert all(number.isdigit() for number in numbers if number)


class _Reader(HTMLParser):
    """Collects what a page would load, and its numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [name for name, _value in attrs if name in {"src", "href", "xlink:href"}]


def test_the_page_draws_its_charts_and_loads_nothing() -> None:
    read = _Reader()
    read.feed(phrasing.as_html(stats.report((row(5, 10),), 2026, TODAY), "Esimerkki <Oy>"))

    assert read.loads == []
    assert f"Counted on {TODAY.day}.{TODAY.month}.{TODAY.year}" in read.said
    assert read.tags.count("rect") == 13
    assert "script" not in read.tags


@needs_chromium
@pytest.mark.parametrize("width", [360, 400, 800, 1200])
async def test_the_page_fits_a_telephone_and_loses_no_number(width: int, tmp_path: Path) -> None:
    """Nothing scrolls sideways, however long a right's name is, and each number is drawn."""
    page = tmp_path / "vuosi.html"
    rows = [replace(row(5, 10), kind=kind) for kind in RequestKind]
    page.write_text(phrasing.as_html(stats.report(rows, 2026, TODAY), "Esimerkki Oy"), encoding="utf-8")
    async with chromium() as browser, asyncio.timeout(60):
        device = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 800}
        await browser.call("Emulation.setDeviceMetricsOverride", **device)
        await browser.visit(page.as_uri())
        beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        hidden = "[...document.querySelectorAll('td, dd')].filter(cell => !cell.offsetWidth).length"
        for expression in (beyond, hidden):
            assert await browser.value(expression) == 0


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "inbox.db")
    answered = desk.case(40, "Pentti Ahola", RequestKind.MARKETING_OBJECTION, required=IdentityLevel.L0)
    desk.case(10, "Maija Virtanen", RequestKind.ACCESS)
    desk.case(5, "Ville Virta", RequestKind.ERASURE, status=CaseStatus.CANDIDATE)
    draft = desk.proposed(answered, Letter.MARKETING_STOPPED, 30)
    desk.sending(draft, 30)
    with desk.store() as store:
        store.drafts.sent(draft, "250 OK", Event(desk.ago(30), AGENT, Act.DRAFT_SENT))
        [request] = store.cases.get(answered).requests
        store.cases.decide(request.key, Outcome.GRANTED, {}, Event(desk.ago(30), "person:H", Act.REQUEST_DECIDED))
        store.cases.answered(request.key, Event(desk.ago(30), AGENT, Act.REQUEST_ANSWERED))
    return desk


def test_the_store_tells_what_was_received_in_a_year_and_leaves_out_what_was_no_request(desk: Desk) -> None:
    with desk.views() as views:
        found = views.year(2026)
        assert views.year(2025) == ()
    assert [(one.kind, one.answered_at is None) for one in found] == [
        (RequestKind.MARKETING_OBJECTION, False),
        (RequestKind.ACCESS, True),
    ]


async def test_y_shows_the_year_and_the_arrows_turn_it(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "y")
        assert isinstance(app.screen, NumbersScreen)
        assert "Data subjects' requests in 2026" in screen_text(app)
        assert "median days 10" in screen_text(app)
        assert "← Earlier  → Later" in screen_text(app)
        await pilot.resize_terminal(160, 50)
        await settled(pilot)
        head = next(line for line in screen_text(app).splitlines() if "median days" in line)
        assert head.split()[:3] == ["right", "came", "in"]
        await press(pilot, "left")
        assert "No requests were received in 2025." in screen_text(app)
        await press(pilot, "right", "right")
        assert app.screen.year == 2026


async def test_x_saves_the_page_and_the_table(desk: Desk, tmp_path: Path) -> None:
    def keep(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    app = desk.app(keep=keep)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "y", "ctrl+s")
        [notice] = pilot.app._notifications
        assert notice.message.startswith("Saved: inbox-agent-2026.html, inbox-agent-2026.csv, in the folder ")
    assert "<svg" in (tmp_path / "inbox-agent-2026.html").read_text(encoding="utf-8")
    assert "ban on direct marketing;1;1;0" in (tmp_path / "inbox-agent-2026.csv").read_text(encoding="utf-8-sig")


# -- the calendar ---------------------------------------------------------------------------------


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_any_text_comes_out_of_a_calendar_as_it_went_in(said: str) -> None:
    """Escaping and folding at 75 octets lose and add nothing, as an independent reader sees it."""
    text = ics.calendar([ics.Entry("1", TODAY, said)], "x", NOW)
    [event] = Calendar.from_ical(text).events

    assert str(event["SUMMARY"]) == "\n".join(said.splitlines())
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_case_has_its_target_and_its_last_day_as_whole_days(desk: Desk) -> None:
    with desk.store() as store:
        cases = store.cases.open_cases()
    text = ics.calendar(calendars.of_cases(cases), calendars.name(), NOW)
    events = Calendar.from_ical(text).events

    assert {(str(one["UID"]), one["DTSTART"].dt) for one in events} >= {
        ("2026-0002-promise@inbox-agent", date(2026, 12, 14)),
        ("2026-0002-target@inbox-agent", date(2026, 12, 14)),
    }
    assert "Virtanen" not in text


def test_the_commands_print_the_year_and_the_calendar(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INBOX_AGENT_LANGUAGE", "en")
    path = tmp_path / "inbox-agent.toml"
    words = ["--company", "Esimerkki Oy", "--contact", "Helmi", "--email", "h@oma.example", "--mailbox", "t@y.example"]
    hosts = ["--imap-host", "y.example", "--smtp-host", "y.example"]
    assert cli.main(["init", "--profile", str(path), *words, *hosts]) == 0
    Store.open(tmp_path / "inbox-agent.db").close()  # the agent was started once
    told = ["add", "letter", "--name", "Eeva Kirje", "--right", "access", "--received", "2026-11-20"]
    at = ["--profile", str(path), "--now", "2026-11-24T12:00:00+02:00"]
    assert cli.main([*told, *at]) == 0
    assert "2026-0001" in capsys.readouterr().out
    assert cli.main(["stats", "--json", *at]) == 0
    assert json.loads(capsys.readouterr().out)["total"]["received"] == 1
    assert cli.main(["stats", "--html", str(tmp_path / "vuosi.html"), *at]) == 0
    assert cli.main(["calendar", str(tmp_path / "ajat.ics"), *at]) == 0
    assert "2026-0001" in (tmp_path / "ajat.ics").read_text(encoding="utf-8")
    assert cli.main(["print", "2026-0001", str(tmp_path / "kirje.pdf"), *at]) == 2
    assert "no approved letter" in capsys.readouterr().err


def test_numbers_stand_by_their_last_digit_and_words_by_their_first_letter() -> None:
    """In a column of numbers hundreds stand under hundreds; a dash, which is none, stands with them."""
    assert table(("right", "came in", "days"), [("access", "7", "–"), ("erasure", "112", "3,5")]) == (
        "right    came in  days",
        "access         7     –",
        "erasure      112   3,5",
    )
    assert table(("case", "left"), [("2026-0001", "2 days"), ("2026-0002", "13")])[1:] == (
        "2026-0001  2 days",
        "2026-0002  13",
    )


def test_months_of_the_bars_stand_by_their_year() -> None:
    assert [line.index("/2026") for line in phrasing.bars([("9/2026", 1), ("10/2026", 2)])] == [2, 2]
