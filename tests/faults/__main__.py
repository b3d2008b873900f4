"""`python -m tests.faults [--tries N] [WORD...]`: play every fault (or those named so), and print the table."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

import structlog
from structlog.typing import EventDict

from tests.faults.table import FAULTS
from tests.faults.world import Bench, Tally
from tests.servers import certificate
from tests.servers.dovecot import Dovecot, version

TRIES = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--tries", type=int, default=TRIES, metavar="N")
    parser.add_argument("words", nargs="*", metavar="WORD")
    arguments = parser.parse_args()
    if version() is None:
        print("needs Dovecot (make dovecot)", file=sys.stderr)
        return 1
    structlog.configure(processors=[_say_nothing])
    chosen = [name for name in FAULTS if all(word in name for word in arguments.words)]
    print("| fault | tries | lost | doubled | what the person sees |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        certified = certificate.make(Path(folder))
        dovecot = Dovecot(certified)
        dovecot.start()
        bench = Bench(certified, dovecot)
        try:
            rows = [_row(bench, name, arguments.tries) for name in chosen]
        finally:
            dovecot.remove()
    things, lost, doubled = (sum(column) for column in zip(*rows, strict=True))
    print(f"| **all**, {things} mails and letters | {arguments.tries * len(chosen)} | **{lost}** | **{doubled}** | |")
    return 1 if lost or doubled else 0


def _say_nothing(_logger: object, _method: str, _event: EventDict) -> EventDict:
    """What the agent logs is for the faults that listen (`structlog.testing.capture_logs`), not for the table."""
    raise structlog.DropEvent


def _row(bench: Bench, name: str, tries: int) -> tuple[int, int, int]:
    tallies: list[Tally] = []
    for _ in range(tries):
        bench.dovecot.revive()
        tallies.append(asyncio.run(FAULTS[name](bench)))
    lost, doubled = sum(tally.lost for tally in tallies), sum(tally.doubled for tally in tallies)
    shown = sorted(set().union(*(tally.shown for tally in tallies)))
    print(f"| {name} | {tries} | {lost} | {doubled} | {', '.join(shown)} |", flush=True)
    return sum(tally.things for tally in tallies), lost, doubled


if __name__ == "__main__":
    sys.exit(main())
