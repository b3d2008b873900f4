"""Waiting for a browser to come back from the provider: one request to this very machine (RFC 8252, 7.3)."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

_PAGE = b"<!doctype html><meta charset=utf-8><title>inbox-agent</title><p>Valmis. / Klart. / Done."
_LONGEST = 65536  # bytes of a form


class Loopback:
    """A listener on 127.0.0.1. `port` 0: a free one. Answers anything, keeps only what bears the right state."""

    def __init__(self, port: int = 0) -> None:
        self._found: dict[str, str] = {}
        self._state = ""
        self._server = HTTPServer(("127.0.0.1", port), self._handler())

    @property
    def port(self) -> int:
        return self._server.server_port

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.server_close()

    def wait(self, state: str, seconds: float) -> dict[str, str] | None:
        """The parameters that the browser brings; None if it does not come within `seconds`."""
        self._state = state
        deadline = time.monotonic() + seconds
        while not self._found and (left := deadline - time.monotonic()) > 0:
            self._server.timeout = left
            self._server.handle_request()
        return self._found or None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:  # as http.server names it
                self._take(urlsplit(self.path).query)

            def do_POST(self) -> None:
                length = min(int(self.headers.get("Content-Length") or 0), _LONGEST)
                self._take(self.rfile.read(length).decode("utf-8", "replace"))

            def _take(self, form: str) -> None:
                brought = dict(parse_qsl(form))
                if brought.get("state") == owner._state:  # its own server
                    owner._found = brought
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(_PAGE)))
                self.end_headers()
                self.wfile.write(_PAGE)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Nothing: the request holds the code."""

        return Handler
