"""The dashboard in a browser: on loopback, behind a token, loading nothing from the network; in a real Chromium."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from textual.color import Color
from textual.events import AppBlur
from textual.theme import Theme

from inbox_agent import cli
from inbox_agent.adapters.theme_file import ThemeFile
from inbox_agent.adapters.web import COOKIE, Door
from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.themes import DARK, LIGHT
from state.store.store import Store
from tests.browser import chromium, needs_chromium
from tests.dashboard_desk import Desk, settled
from tests.servers.waiting import until

DOOR = Door("127.0.0.1:8765", "tunniste")


@pytest.mark.parametrize(
    ("headers", "cookies", "token", "inside"),
    [
        ({"Host": DOOR.host}, {}, "tunniste", True),
        ({"Host": DOOR.host}, {COOKIE: "tunniste"}, "", True),
        ({"Host": DOOR.host, "Origin": f"http://{DOOR.host}"}, {COOKIE: "tunniste"}, "", True),
        ({"Host": DOOR.host}, {}, "", False),
        ({"Host": DOOR.host}, {COOKIE: "arvaus"}, "", False),
        ({"Host": "paha.example:8765"}, {COOKIE: "tunniste"}, "", False),
        ({"Host": DOOR.host, "Origin": "https://paha.example"}, {COOKIE: "tunniste"}, "", False),
        ({}, {COOKIE: "tunniste"}, "", False),
    ],
)
def test_the_door_opens_for_the_token_alone(
    headers: dict[str, str], cookies: dict[str, str], token: str, inside: bool
) -> None:
    """Neither a guess, nor another site's page, nor another name for this address comes in."""
    assert DOOR.opens(headers, cookies, token) is inside


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The dashboard of a new profile, served by the real command."""
    path = tmp_path / "inbox-agent.toml"
    words = ["--company", "Esimerkki Oy", "--contact", "Helmi", "--email", "h@oma.example", "--mailbox", "t@y.example"]
    assert (
        cli.main(["init", "--profile", str(path), *words, "--imap-host", "y.example", "--smtp-host", "y.example"]) == 0
    )
    Store.open(tmp_path / "inbox-agent.db").close()  # the agent was started once
    told = ["add", "letter", "--name", "Eeva Kirje", "--right", "access"]
    assert cli.main([*told, "--profile", str(path)]) == 0
    command = [sys.executable, "-m", "inbox_agent", "dashboard", "--web", "--profile", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as served:
        try:
            assert served.stdout is not None
            told = next(line.strip() for line in served.stdout if line.startswith("http://"))
            until(lambda: _listens(told), 30, "the server, which tells its address before it listens")
            yield told
        finally:
            os.killpg(served.pid, signal.SIGTERM)
            served.wait(20)


def _listens(address: str) -> bool:
    parts = urlsplit(address)
    with socket.socket() as there:
        return there.connect_ex((parts.hostname, parts.port)) == 0


def get(url: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, "", {}


def test_the_page_names_no_other_host_and_only_the_token_opens_it(address: str) -> None:
    status, page, headers = get(address)
    host = re.match(r"http://[^/]+", address)
    assert host is not None

    assert host[0].startswith("http://127.0.0.1:")
    assert status == 200
    assert {re.match(r"\w+://([^/:]+)", url)[1] for url in re.findall(r"\w+://[^\"' )]+", page)} == {"127.0.0.1"}  # type: ignore[index]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert get(f"{host[0]}/")[0] == 403
    assert get(f"{host[0]}/ws")[0] == 403
    assert get(f"{host[0]}/static/js/textual.js")[0] == 403
    assert get(address, Host="paha.example")[0] == 403


def test_around_the_dashboard_its_own_colour_stands(address: str, tmp_path: Path) -> None:
    """A light dashboard with a dark bar at its right and its bottom looked broken: no window is a whole number of
    characters.
    """
    host = re.match(r"http://[^/]+", address)
    assert host is not None
    cookie = {"Cookie": f"{COOKIE}={address.partition('token=')[2]}"}
    assert get(f"{host[0]}/around.css", **cookie)[1] == f"body {{ background: {DARK.background}; }}\n"
    ThemeFile(tmp_path / "dashboard-theme").remember(LIGHT.name)
    assert get(f"{host[0]}/around.css", **cookie)[1] == f"body {{ background: {LIGHT.background}; }}\n"
    assert get(f"{host[0]}/around.css")[0] == 403


@needs_chromium
async def test_in_a_browser_the_dashboard_appears_takes_keys_and_asks_nothing_of_the_network(address: str) -> None:
    """The first bytes of the terminal arrive, no empty bar stands beside it, the keys go to it without a click, and
    every request goes to loopback.
    """
    async with chromium() as page, asyncio.timeout(120):
        await page.call("Network.enable")
        await page.visit(address)
        await page.until("document.body && document.body.classList.contains('-first-byte')")
        await page.until("document.querySelector('.xterm-viewport')")
        bar = "getComputedStyle(document.querySelector('.xterm-viewport')).overflowY"
        assert (await page.call("Runtime.evaluate", expression=bar))["result"]["value"] == "hidden"
        await page.until("document.activeElement.classList.contains('xterm-helper-textarea')")
        before = await page.drawn()
        for kind in ("keyDown", "keyUp"):
            await page.call("Input.dispatchKeyEvent", type=kind, key="F1", code="F1", windowsVirtualKeyCode=112)
        while await page.drawn() == before:  # each picture waits for its frame
            pass
        hosts = {re.match(r"\w+://([^/:]+)", url)[1] for url in page.asked if "://" in url}  # type: ignore[index]
        assert hosts == {"127.0.0.1"}


async def test_the_page_has_the_keys_from_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver for browsers begins by saying that nobody looks; only what the page says after it counts."""
    monkeypatch.setattr(Dashboard, "is_web", True)
    app = Desk(tmp_path / "inbox.db").app()
    async with app.run_test() as pilot:
        await settled(pilot)
        for cursor in ("rows", None):
            app.post_message(AppBlur())
            await pilot.pause()
            assert (app.screen.focused.id if app.screen.focused else None) == cursor


_BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def rgb(theme: Theme) -> str:
    """Its background as a page tells it."""
    red, green, blue = Color.parse(theme.background or "").rgb
    return f"rgb({red}, {green}, {blue})"


@needs_chromium
async def test_when_the_colours_are_changed_what_stands_around_the_dashboard_follows(address: str) -> None:
    async with chromium() as page, asyncio.timeout(120):
        await page.visit(address)
        await page.until("document.activeElement.classList.contains('xterm-helper-textarea')")
        for kind in ("keyDown", "keyUp"):
            await page.call("Input.dispatchKeyEvent", type=kind, key="F2", code="F2", windowsVirtualKeyCode=113)
        await page.until(f"{_BACKGROUND} == '{rgb(LIGHT)}'")
        assert await page.value(_BACKGROUND) == rgb(LIGHT)


@needs_chromium
async def test_colours_that_come_late_on_a_busy_computer_are_followed_too(address: str, tmp_path: Path) -> None:
    """The page has looked after the last key, and only then does the dashboard keep its new colours."""
    async with chromium() as page, asyncio.timeout(120):
        await page.visit(address)
        await page.call("Input.dispatchKeyEvent", type="keyUp", key="Shift", code="ShiftLeft")
        answer = f"body {{ background: {DARK.background}; }}\\n"
        await page.until(f"[...document.querySelectorAll('style')].some(one => one.textContent == '{answer}')")
        ThemeFile(tmp_path / "dashboard-theme").remember(LIGHT.name)
        await page.until(f"{_BACKGROUND} == '{rgb(LIGHT)}'")
        assert await page.value(_BACKGROUND) == rgb(LIGHT)
