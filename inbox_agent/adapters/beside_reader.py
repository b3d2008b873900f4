"""The program of a reader beside the agent (`adapters.beside`): mails in, what is thought of them out.

What it fails on, and what a document must be opened for, it leaves to the agent.
"""

from __future__ import annotations

import signal
import sys
from importlib.metadata import version
from multiprocessing.connection import Connection

from inbox_agent.adapters import collector
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.understand import Understood, understand


def main(wire: Connection) -> None:
    """Says which version it is. The first message is the profile, every other one a few mails."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # typed at the agent, which ends its readers itself
    wire.send(version("inbox-agent"))
    profile: ControllerProfile = wire.recv()
    recogniser = Recogniser.load()
    collector.seldom()
    while True:
        wire.send([_understood(raw, recogniser, profile) for raw in wire.recv()])


def _understood(raw: bytes, recogniser: Recogniser, profile: ControllerProfile) -> Understood | None:
    try:
        understood = understand(raw, recogniser, profile)
    except Exception:  # noqa: BLE001  # a bug of ours: the agent meets it itself, and says so
        return None
    return None if understood.message.attachment_only else understood


if __name__ == "__main__":
    try:
        main(Connection(int(sys.argv[1])))
    except (EOFError, OSError):  # the agent has ended, or needs it no more
        sys.exit(0)
