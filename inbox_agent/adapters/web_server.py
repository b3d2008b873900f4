"""textual-serve behind our door, with our page: nothing is loaded from the network, nothing typed is logged.

Imported only where the extra `web` is installed.
"""

from __future__ import annotations

import shlex
from collections.abc import Awaitable, Callable
from importlib import resources

from aiohttp import web
from textual_serve.server import Server

from inbox_agent.adapters.web import LOOPBACK, Door, Shown


class GuardedServer(Server):
    """Every request passes the door first; whoever may not come in gets 403 and not a word more."""

    door: Door
    background: Callable[[], str]

    async def _make_app(self) -> web.Application:
        app: web.Application = await super()._make_app()
        app.middlewares.append(self._guard())
        app.router.add_get("/focus.js", self._script)
        app.router.add_get("/around.css", self._around)
        app.on_response_prepare.append(self._add_headers)
        return app

    def _guard(self) -> Callable[..., Awaitable[web.StreamResponse]]:
        @web.middleware
        async def guard(
            request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
        ) -> web.StreamResponse:
            token = request.query.get("token", "") if request.path == "/" else ""
            if not self.door.opens(request.headers, request.cookies, token):
                raise web.HTTPForbidden
            request["inside"] = True
            return await handler(request)

        return guard

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        if request.get("inside"):
            response.headers.update(self.door.headers)

    async def _script(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(self.templates_path / "focus.js")

    async def _around(self, request: web.Request) -> web.StreamResponse:
        """The window is hardly ever a whole number of characters: what is left has the dashboard's own colour."""
        return web.Response(text=f"body {{ background: {self.background()}; }}\n", content_type="text/css")

    async def on_startup(self, app: web.Application) -> None:
        """The address has been told already."""

    def initialize_logging(self) -> None:
        """Its log would hold what is typed: there is none."""


def run(shown: Shown, port: int, door: Door) -> None:
    """Serve until interrupted."""
    with resources.as_file(resources.files("inbox_agent") / "pages") as pages:
        command = shlex.join(shown.command)
        server = GuardedServer(command, host=LOOPBACK, port=port, title=shown.title, templates_path=pages)
        server.door, server.background = door, shown.background
        server.serve()
