"""The dashboard in a browser: on loopback, behind a token, loading nothing from the network; in a real Chromium."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession
from textual.color import Color

from inbox_agent import cli
from inbox_agent.adapters.theme_file import ThemeFile
from inbox_agent.adapters.web import COOKIE, Door
from inbox_agent.dashboard.themes import DARK, LIGHT
from state.store.store import Store
from tests.servers.waiting import until

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
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


@pytest.mark.skipif(not CHROMIUM, reason="*** no Chromium here: the dashboard was NOT looked at in a browser ***")
async def test_in_a_browser_the_dashboard_appears_takes_keys_and_asks_nothing_of_the_network(address: str) -> None:
    """The first bytes of the terminal arrive, no empty bar stands beside it, the keys go to it without a click, and
    every request goes to loopback.
    """
    async with chromium() as page, asyncio.timeout(120):
        await page.call("Network.enable")
        await page.call("Page.enable")
        await page.call("Page.navigate", url=address)
        await page.event("Page.loadEventFired")
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


@pytest.mark.skipif(not CHROMIUM, reason="*** no Chromium here: the dashboard was NOT looked at in a browser ***")
async def test_when_the_colours_are_changed_what_stands_around_the_dashboard_follows(address: str) -> None:
    red, green, blue = Color.parse(LIGHT.background or "").rgb
    async with chromium() as page, asyncio.timeout(120):
        await page.call("Page.enable")
        await page.call("Page.navigate", url=address)
        await page.event("Page.loadEventFired")
        await page.until("document.activeElement.classList.contains('xterm-helper-textarea')")
        for kind in ("keyDown", "keyUp"):
            await page.call("Input.dispatchKeyEvent", type=kind, key="F2", code="F2", windowsVirtualKeyCode=113)
        await page.until(f"getComputedStyle(document.body).backgroundColor == 'rgb({red}, {green}, {blue})'")


class Page:
    """One page of a headless Chromium, over its DevTools protocol."""

    def __init__(self, socket: Any) -> None:
        self._socket, self._number = socket, 0
        self.asked: list[str] = []
        self._events: set[str] = set()

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        while (said := await self._hears()).get("id") != self._number:
            pass
        return dict(said.get("result", {}))

    async def event(self, name: str) -> None:
        """Wait until the browser has told of it, now or before."""
        while name not in self._events:
            await self._hears()

    async def until(self, condition: str) -> None:
        """Wait until it holds in the page, which looks at every change of its own."""
        change = "new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true})"
        waits = f"new Promise(done => {{const look = () => ({condition}) && done(true); {change}; look()}})"
        found = await self.call("Runtime.evaluate", expression=waits, awaitPromise=True)
        assert found["result"]["value"] is True, found

    async def _hears(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads((await self._socket.receive(timeout=60)).data)
        self._events.add(said.get("method", ""))
        if said.get("method") == "Network.requestWillBeSent":
            self.asked.append(said["params"]["request"]["url"])
        return said

    async def drawn(self) -> str:
        return str((await self.call("Page.captureScreenshot", format="png"))["data"])


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Page]:
    with tempfile.TemporaryDirectory(prefix="inbox-agent-browser-", ignore_cleanup_errors=True) as folder:
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--no-first-run"]
        flags += ["--disable-background-networking", f"--user-data-dir={folder}", "about:blank"]
        browser = await asyncio.create_subprocess_exec(
            CHROMIUM, *flags, stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL
        )
        try:
            assert browser.stderr is not None
            told = ""
            while "DevTools listening on" not in told:
                told = (await asyncio.wait_for(browser.stderr.readline(), 60)).decode()
            port = told.partition("127.0.0.1:")[2].partition("/")[0]
            async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                [target] = [one for one in await answer.json() if one["type"] == "page"]
                async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    yield Page(socket)
        finally:
            browser.terminate()
            await browser.wait()
