"""Telling systemd how the process is (sd_notify(3)); nothing where nobody supervises."""

from __future__ import annotations

import os
import socket
from contextlib import suppress


def alive() -> None:
    """Ready, and not hanging: said at every beat, for Type=notify and WatchdogSec=."""
    _say("READY=1\nWATCHDOG=1")


def stopping() -> None:
    _say("STOPPING=1")


def _say(words: str) -> None:
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.sendto(words.encode(), f"\0{address[1:]}" if address.startswith("@") else address)
