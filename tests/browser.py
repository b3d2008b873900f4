"""A headless Chromium for the tests of what is shown in one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)

needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="*** no Chromium here: NOT looked at in a browser ***")


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

    async def visit(self, address: str) -> None:
        """Go there, and wait until all is loaded."""
        await self.call("Page.enable")
        await self.call("Page.navigate", url=address)
        await self.event("Page.loadEventFired")

    async def value(self, expression: str) -> Any:
        """What it is in the page now."""
        return (await self.call("Runtime.evaluate", expression=expression))["result"]["value"]

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
