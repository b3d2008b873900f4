"""The dashboard in a browser of this very computer: the address with its token, and who may come in by it.

Owns the decision at the door: loopback only, and only for whoever has the token, which stands in the address once and
in a cookie after it. Another site's page in the same browser, and another name for this address (DNS rebinding), find
it shut. The server itself is `web_server`, which needs the extra `web`.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from inbox_agent.errors import UsageProblem

LOOPBACK = "127.0.0.1"
COOKIE = "inbox-agent"


@dataclass(frozen=True, slots=True)
class Door:
    """`host` is the address with its port, as a browser says it."""

    host: str
    token: str

    @property
    def address(self) -> str:
        """What its person opens."""
        return f"http://{self.host}/?token={self.token}"

    def opens(self, headers: Mapping[str, str], cookies: Mapping[str, str], token_in_address: str) -> bool:
        """Whether a request may come in: to this very address, from a page of ours, with the token."""
        ours = headers.get("Host") == self.host and headers.get("Origin") in {None, f"http://{self.host}"}
        given = cookies.get(COOKIE) or token_in_address
        return ours and secrets.compare_digest(given.encode(), self.token.encode())

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says: load nothing from elsewhere, tell nobody whence one came, keep nothing."""
        return {
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
                f"img-src 'self' data:; connect-src 'self' ws://{self.host}; base-uri 'none'; form-action 'none'; "
                "frame-ancestors 'none'"
            ),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            # For this browser session only; not read by scripts, not sent along by other sites.
            "Set-Cookie": f"{COOKIE}={self.token}; HttpOnly; SameSite=Strict; Path=/",
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """What the browser shows: what `command` shows in a terminal, under a `title`, and around it the colour that
    `background` gives at the moment.
    """

    command: Sequence[str]
    title: str
    background: Callable[[], str]


def serve(shown: Shown, port: int, tell: Callable[[str], None]) -> None:
    """Serve it until interrupted; `tell` gets the address with its token.

    `port` 0 takes a free one. Raises UsageProblem where textual-serve is not installed, OSError for a taken port.
    """
    try:
        server = import_module("inbox_agent.adapters.web_server")
    except ImportError:
        raise UsageProblem("no_web") from None
    number = port or _free_port()
    door = Door(f"{LOOPBACK}:{number}", secrets.token_urlsafe(24))
    tell(door.address)
    server.run(shown, number, door)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        return int(found.getsockname()[1])
