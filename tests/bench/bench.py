"""`make bench`: what the README's figures come from. Prints each measure and its ratio to a peer in the same run.

Needs Dovecot; mbsync (package isync) for the ingest ratio. Nothing here is a test: figures vary with the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import imaplib
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from imapclient import IMAPClient

from inbox_agent import bootstrap
from inbox_agent.adapters import collector
from inbox_agent.rules.alarms import connection
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.commands import names
from inbox_agent.rules.commands.grammar import rules
from inbox_agent.rules.commands.understanding import understand
from inbox_agent.rules.commands.vocabulary import vocabulary
from inbox_agent.rules.corpus import parse_corpus, raw_mail
from inbox_agent.rules.parse import parse
from inbox_agent.services.poll import Poll
from replies.album import VOICES, specimens
from replies.lens import Around
from replies.linter import lint
from state.store.store import Store
from tests.bench.desk import desk_at_size
from tests.bench.mails import mails
from tests.commands_figures import HOME, labelled
from tests.conftest import build_mail
from tests.servers import certificate
from tests.servers.dovecot import Account, Dovecot
from tests.servers.smtpd import SmtpServer
from tests.whole_way import Company

LATENCY_ROUNDS = 15
PAUSE = 1.0
LONG_MAILS = 300
PASTED = ("a", "lähettäkää ", ". A", "1 ", "Lain mukaan. ")
PASTE_SIZES = (15_000, 150_000)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--mails", type=int, default=10_000)
    arguments.add_argument("--memory", type=int, metavar="MAILS", help="only the memory, over so many small mails")
    arguments.add_argument("--recogniser", action="store_true", help="only the recogniser")
    arguments.add_argument("--line", action="store_true", help="only the line to the assistant")
    arguments.add_argument("--ingest", type=int, metavar="MAILS", help="only the ingest, of so many mails")
    arguments.add_argument("--letters", action="store_true", help="only the linter of letters, over long pastes")
    given = arguments.parse_args()
    if given.memory:
        memory(1_000, given.memory, small=True)
        return 0
    alone = {recogniser: given.recogniser, line: given.line, letters: given.letters}
    if any(alone.values()):
        for measure in (measure for measure, asked in alone.items() if asked):
            measure()
        return 0
    if given.ingest:
        with company() as there:
            fill(there.account, given.ingest)
            ingest(there, given.ingest)
        return 0
    count = given.mails
    recogniser()
    line()
    letters()
    desk_at_size()
    memory(count // 10, count)
    with company() as there:
        fill(there.account, count)
        ingest(there, count)
        unchanged(there)
        latency(there)
    return 0


@contextmanager
def company() -> Iterator[Company]:
    with tempfile.TemporaryDirectory(prefix="inbox-agent-bench-") as name:
        folder = Path(name)
        certified = certificate.make(folder)
        dovecot, smtp = Dovecot(certified), SmtpServer(certified)
        dovecot.start()
        smtp.start()
        try:
            yield Company.found(folder, dovecot.new_account(), smtp, mailbox='since = "3650d"')
        finally:
            smtp.stop()
            dovecot.remove()


def fill(account: Account, count: int, small: bool = False) -> None:
    """Put the mails into the maildir as files, as a mailbox that was there before."""
    maildir = account.dovecot.home / "mail" / account.address
    with account.client():
        pass  # Dovecot makes the maildir
    size = 0
    for number, raw in enumerate(mails(count, small=small)):
        size += len(raw)
        path = maildir / "new" / f"{1_700_000_000 + number}.M{number}P1.bench"
        path.write_bytes(raw)
        shutil.copystat(maildir, path)
    subprocess.run(["chown", "-R", "--reference", maildir, maildir / "new"], check=True)
    with account.client() as client:
        assert len(client.search("ALL")) == count
    print(f"mailbox: {count} mails, {size / 1e6:.0f} MB, mean {size // count} bytes")


def ingest(there: Company, count: int) -> None:
    """Fetched, parsed, recognised, stored with raw bytes and fsync, against mbsync, which only copies (fsync too)."""
    disk = fsync(there.folder)
    ours = count / timed(lambda: sync(there))
    print(f"ingest: {ours:.0f} mails/s")
    if shutil.which("mbsync") is None:
        print("ingest against mbsync: not measured, mbsync is absent (apt-get install isync)")
        return
    theirs = count / timed(lambda: mbsync(there))
    print(f"mbsync: {theirs:.0f} mails/s (fsync)")
    print(f"one fsync of 12 KB: {disk * 1000:.2f} ms before, {fsync(there.folder) * 1000:.2f} ms after both")
    print(f"ratio ingest/mbsync: {ours / theirs:.2f} (goal: at least 1.0)")


def fsync(folder: Path) -> float:
    """Seconds that the disk takes to make a mail durable, the median: mbsync waits for it at every mail."""
    with (folder / "fsync").open("wb") as file:

        def durable() -> None:
            file.write(bytes(12_000))
            file.flush()
            os.fsync(file.fileno())

        return statistics.median(timed(durable) for _ in range(51))


def memory(few: int, many: int, small: bool = False) -> None:
    """The most that one `run --once` keeps resident, for few mails and for many."""
    of_few, of_many = (resident(number, small) for number in (few, many))
    print(f"resident at most: {of_few:.0f} MB for {few} mails, {of_many:.0f} MB for {many}")
    print(f"ratio of memory: {of_many / of_few:.2f} (goal: at most 1.2)")


def resident(count: int, small: bool = False) -> float:
    """Megabytes."""
    with company() as there:
        fill(there.account, count, small)
        agent = there.start("run", "--once")
        _, status, usage = os.wait4(agent.pid, 0)
        agent.returncode = os.waitstatus_to_exitcode(status)
        assert agent.returncode == 0
        return usage.ru_maxrss / 1024


def sync(there: Company) -> None:
    """As `inbox-agent run` does it."""
    collector.seldom()
    with there.store() as store:
        asyncio.run(_sync(there, store))


async def _sync(there: Company, store: Store) -> None:
    async with bootstrap.connect(there.profile, there.profile_path)(there.profile.mailbox) as mailbox:
        poll = Poll(mailbox, there.profile.mailbox, store, Recogniser.load(), there.profile, bootstrap.clock())
        book = bootstrap.phrasebook(there.profile, there.profile_path)
        await replace(poll, beside=bootstrap.readers_beside(there.profile, book)).sync(["INBOX"])


def mbsync(there: Company) -> None:
    target = there.folder / "mbsync"
    target.mkdir()
    (there.folder / "mbsyncrc").write_text(
        f"IMAPAccount a\nHost 127.0.0.1\nPort {there.account.dovecot.imap}\nUser {there.account.address}\n"
        f'Pass "{there.account.password}"\nSSLType None\nAuthMechs LOGIN\nPipelineDepth 50\n\n'
        f"IMAPStore r\nAccount a\n\nMaildirStore l\nPath {target}/\nInbox {target}/INBOX\nSubFolders Verbatim\n\n"
        "Channel c\nFar :r:INBOX\nNear :l:INBOX\nCreate Near\nSync Pull\nSyncState *\n"
    )
    subprocess.run(["mbsync", "-q", "-c", there.folder / "mbsyncrc", "c"], check=True)


def unchanged(there: Company) -> None:
    """Reading an unchanged mailbox again."""
    with commands() as sent:
        seconds = timed(lambda: sync(there))
    print(f"resync, unchanged: {seconds * 1000:.0f} ms, {len(sent)} commands: {' '.join(sent)}")


@contextmanager
def commands() -> Iterator[list[str]]:
    """What this process says to IMAP servers meanwhile."""
    sent: list[str] = []
    plain = imaplib.IMAP4._command

    def noted(imap: imaplib.IMAP4, name: str, *given: Any) -> Any:
        sent.append(name)
        return plain(imap, name, *given)

    with patch.object(imaplib.IMAP4, "_command", noted):
        yield sent


def latency(there: Company) -> None:
    """From delivery to the stored case, against the bare IDLE notification of another delivery to the same mailbox:
    each alone, because two connections wait for each other's look into a large maildir, and both by EXAMINE, with
    which Dovecot looks longer than with SELECT.
    """
    with there.account.client() as idling:
        idling.select_folder("INBOX", readonly=True)
        bare = [notified(there, idling, number) for number in range(LATENCY_ROUNDS)]
    where = bootstrap.database(there.profile, there.profile_path)
    with there.store() as store, closing(sqlite3.connect(where)) as seen_by:
        before = newest(seen_by)
        agent = there.start("run")
        try:
            waiting(
                lambda: (
                    (beat := store.pulse.read(connection(there.profile.account))) is not None
                    and beat.state == "connected"
                )
            )
            waiting(lambda: newest(seen_by) >= before + LATENCY_ROUNDS)
            seen = [stored(there, seen_by, LATENCY_ROUNDS + number) for number in range(LATENCY_ROUNDS)]
        finally:
            agent.terminate()
            agent.wait(10)
    bare_median, seen_median = statistics.median(bare), statistics.median(seen)
    print(f"delivery to IDLE notification: {bare_median * 1000:.0f} ms; to stored case: {seen_median * 1000:.0f} ms")
    print(f"ratio case/notification: {seen_median / bare_median:.2f} (goal: at most 1.5)")


def notified(there: Company, idling: IMAPClient, number: int) -> float:
    """Seconds from the delivery of one request to its notification."""
    idling.idle()
    start = time.perf_counter()
    there.receives(request(number))
    while not any(answer[1] == b"EXISTS" for answer in idling.idle_check(timeout=5)):
        pass
    took = time.perf_counter() - start
    idling.idle_done()
    return took


def stored(there: Company, store: sqlite3.Connection, number: int) -> float:
    """Seconds from the delivery of one request to its case."""
    before = newest(store)
    time.sleep(PAUSE)  # else the agent, not yet waiting again, finds it without being told
    start = time.perf_counter()
    there.receives(request(number))
    waiting(lambda: newest(store) > before)
    return time.perf_counter() - start


def request(number: int) -> bytes:
    text = "Käytän tarkastusoikeuttani ja pyydän jäljennöksen kaikista itseäni koskevista henkilötiedoista."
    return build_mail(body=text, sender=f"k{number}@posti.example", message_id=f"<k{number}@posti.example>")


def newest(store: sqlite3.Connection) -> int:
    """The key of the newest case: a look so cheap that it takes nothing from the agent that is measured."""
    (key,) = store.execute("select coalesce(max(id), 0) from cases").fetchone()
    return int(key)


def recogniser() -> None:
    """Start-up, and the time of a median mail: of the evaluation mails, which are as long as people write, once by a
    recogniser that has met no word yet, once by one that has read a tenth of the training mails before.
    """
    print(f"recogniser: start-up {timed(Recogniser.load) * 1000:.0f} ms")
    ours, theirs = Recogniser.load(), [parse(raw) for raw in corpus("training/*_1.txt")]
    raws = corpus("evaluation/*.txt")
    reading = [timed(partial(parse, raw)) for raw in raws]
    weighing = [timed(partial(ours.classify, parse(raw))) for raw in raws]
    ours = Recogniser.load()
    for message in theirs:
        ours.classify(message)
    used = [timed(partial(ours.classify, parse(raw))) for raw in raws]
    long = [parse(raw) for raw in mails(LONG_MAILS)]
    mean = timed(lambda: [ours.classify(message) for message in long]) / len(long)
    print(f"mean of {len(long)} mails of the ingest measure: recognised in {mean * 1000:.2f} ms")
    print(
        f"median of {len(raws)} evaluation mails: parsed in {statistics.median(reading) * 1000:.2f} ms, "
        f"recognised in {statistics.median(weighing) * 1000:.2f} ms, "
        f"by a recogniser that has read {len(theirs)} others in {statistics.median(used) * 1000:.2f} ms (goal: under 2)"
    )


def corpus(pattern: str) -> list[bytes]:
    """Labelled mails, as they came."""
    paths = sorted((Path(__file__).parents[1] / "corpus").glob(pattern))
    return [raw_mail(one) for path in paths for one in parse_corpus(path.read_text(encoding="utf-8"))]


def line() -> None:
    """The words and rules of the line to the assistant, as a new process loads them; then lines that it meets."""
    texts = [command for folder in sorted(HOME.iterdir()) for command in labelled(folder)]
    vocabulary.cache_clear()
    rules.cache_clear()
    names.known.cache_clear()
    loading = timed(lambda: (vocabulary(), rules(), names.known()))
    said = [timed(partial(understand, one.text, one.now, one.place)) for one in texts]
    print(
        f"line to the assistant: start-up {loading * 1000:.0f} ms, first line {said[0] * 1000:.0f} ms, "
        f"median of {len(said)} lines {statistics.median(said) * 1000:.2f} ms (goal: start-up under 100)"
    )


def letters() -> None:
    """A letter's linter over a long or hostile paste: ten times the text takes ten times as long."""
    specimen = next(each for each in specimens("fi", VOICES[0][1]) if each.title == "access granted")
    context = replace(specimen.context, identified=False)
    around = Around("maija@posti.example", ("Aino Toinen",) * 50)
    for word in PASTED:
        read = [
            timed(partial(lint, word * (size // len(word)), "Asia 2026-0007", context, around)) for size in PASTE_SIZES
        ]
        print(
            f"linter of letters, {word!r} pasted: {PASTE_SIZES[0]} characters {read[0] * 1000:.0f} ms, "
            f"{PASTE_SIZES[1]} {read[1] * 1000:.0f} ms, ratio {read[1] / read[0]:.1f} (goal: at most 12)"
        )


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def waiting(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.001)


if __name__ == "__main__":
    sys.exit(main())
