"""Scripted servers that are entered by access tokens, as those of Google and Microsoft are."""

from __future__ import annotations

import base64
from collections.abc import Callable

from tests.servers.provider import USER
from tests.servers.scripted_imap import ScriptedImap, Wire


def demanding(server: ScriptedImap, admitted: Callable[[], set[str]], user: str = USER) -> None:
    """Make a scripted server demand XOAUTH2, as Google and Microsoft do: a refusal first tells why."""
    server.capabilities = b"IMAP4REV1 IDLE AUTH=XOAUTH2"

    def authenticate(wire: Wire, tag: bytes, arguments: bytes) -> None:
        assert arguments == b"XOAUTH2"
        wire.send(b"+ ")
        given = base64.b64decode(wire.line()).decode()
        if given in {f"user={user}\1auth=Bearer {token}\1\1" for token in admitted()}:
            wire.send(tag + b" OK welcome")
        else:
            wire.send(b"+ " + base64.b64encode(b'{"status":"400"}'))
            wire.line()
            wire.send(tag + b" NO AUTHENTICATE failed")

    server.on(b"AUTHENTICATE", authenticate)
