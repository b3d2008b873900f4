"""`inbox-agent demo`: the whole way on real wires, with an invented company's mail of the last weeks.

With a terminal it opens the dashboard while new mail keeps coming; without one (or with --no-ui) it prints
the cases, approves and sends one letter, shows that it arrived, and exits 0.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import smtplib
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import resources
from pathlib import Path
from types import FrameType

from inbox_agent import bootstrap
from inbox_agent import profile as profiles
from inbox_agent.adapters.small_files import for_its_owner
from inbox_agent.adapters.terminal import wrapped
from inbox_agent.commands import approve, dashboard, opening
from inbox_agent.demo import mails, servers
from inbox_agent.demo.mails import DemoMail
from inbox_agent.demo.servers import Servers
from inbox_agent.phrasing import listing
from inbox_agent.phrasing.syncing import sync_report
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.alarms import AGENT, connection
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.letters import promise
from inbox_agent.texts import gettext as _
from state.model import Case, Draft, DraftStatus, Heartbeat, IdentityLevel
from state.store.store import Store
from state.views import Views


def summary() -> str:
    return _("Show the whole way on an invented company's mail, with mail servers of its own. Needs no network.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-ui", action="store_true", help=_("print instead of opening the dashboard"))


def run(arguments: argparse.Namespace) -> int:
    for number in (signal.SIGHUP, signal.SIGTERM):  # a closed terminal must leave no servers behind
        signal.signal(number, _leave)
    with tempfile.TemporaryDirectory(prefix="inbox-agent-demo-") as folder, Servers(Path(folder)) as there:
        profile_path = _write_profile(Path(folder), there)
        now = opening.running_now(arguments)
        _print(_("An invented company's mail of the last weeks is delivered by SMTP …"))
        _deliver(there, (mail for mail in mails.load() if mail.later is None), now())
        if arguments.no_ui or not (sys.stdin.isatty() and sys.stdout.isatty()):
            return _printed(profile_path, there, now)
        return _in_the_dashboard(profile_path, there, now)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _print(text: str) -> None:
    print(text, flush=True)


def _write_profile(folder: Path, there: Servers) -> Path:
    text = (resources.files("inbox_agent") / "profiles" / "demo.toml").read_text(encoding="utf-8")
    path = folder / "inbox-agent.toml"
    path.write_text(text.replace("@imap@", str(there.imap_port)).replace("@smtp@", str(there.smtp_port)), "utf-8")
    os.environ["INBOX_AGENT_DEMO_PASSWORD"] = servers.PASSWORD
    return path


def _deliver(there: Servers, which: Iterable[DemoMail], now: datetime) -> None:
    by_key = {mail.key: mail for mail in mails.load()}
    with smtplib.SMTP(servers.LOOPBACK, there.smtp_port, timeout=10) as wire:
        for mail in which:
            wire.send_message(mails.message(mail, by_key, now), to_addrs=[servers.MAILBOX])


# -- without a terminal -------------------------------------------------------------------------------


def _printed(profile_path: Path, there: Servers, now: bootstrap.Now) -> int:
    profile = profiles.read(profile_path)
    with bootstrap.first_store(profile, profile_path) as store:
        agent = bootstrap.agent(profile, profile_path, store, now)
        _print("\n".join(sync_report(asyncio.run(agent.once()))))
        _show(bootstrap.database(profile, profile_path), now())
        draft = _approve_one(profile, store, now)
        asyncio.run(_send_when_due(store, draft, profile, profile_path, now))
        return _show_arrival(there, store, draft)


def _show(database: Path, now: datetime) -> None:
    today = helsinki_date(now)
    with Views.open(database) as views:
        _print("\n" + _("Open cases"))
        _print("\n".join(listing.queue(views.queue(today), views.counts(today))))
        _print("\n" + _("Set aside"))
        _print("\n".join(listing.aside(views.set_aside())))


def _approve_one(profile: ControllerProfile, store: Store, now: bootstrap.Now) -> Draft:
    """Approve a Finnish letter, to somebody who is who they say, that is not late yet, as its person would."""
    today = helsinki_date(now())
    _case, draft = min(
        ((case, draft) for case, draft in _proposals(store) if case.language == profile.replies.language),
        key=lambda pair: (promise(pair[0]) < today, pair[0].identity_level is IdentityLevel.L0, pair[0].received_on),
    )
    approval = bootstrap.review(profile, store, now).approval
    draft = approval.dated(draft.key)
    _print("\n" + _("The contact person approves this letter:") + "\n")
    _print(approve.letter(draft))
    approval.approve(draft.key, draft.text_hash)
    return draft


def _proposals(store: Store) -> Iterator[tuple[Case, Draft]]:
    for case in store.cases.open_cases():
        for draft in store.drafts.for_case(case.key):
            if draft.status is DraftStatus.PROPOSED:
                yield case, draft


async def _send_when_due(
    store: Store, draft: Draft, profile: ControllerProfile, profile_path: Path, now: bootstrap.Now
) -> None:
    approved = store.drafts.get(draft.key)
    if approved.not_before is not None:
        await asyncio.sleep(max((approved.not_before - now()).total_seconds(), 0))
    await bootstrap.agent(profile, profile_path, store, now).sending.send_approved()


def _show_arrival(there: Servers, store: Store, draft: Draft) -> int:
    delivery = store.drafts.delivery(draft.key)
    arrived = [mail for mail in there.outside if delivery and mail["Message-ID"] == delivery.message_id]
    if not arrived:
        _print(_("The letter did not arrive."))
        return 1
    mail = arrived[0]
    _print("")
    _print(_("Arrived: {subject}, to {to}").format(subject=listing.safe(mail["Subject"]), to=listing.safe(mail["To"])))
    _print(_("Threaded under the request: In-Reply-To {id}").format(id=listing.safe(str(mail["In-Reply-To"]))))
    return 0


# -- with the dashboard -------------------------------------------------------------------------------


def _in_the_dashboard(profile_path: Path, there: Servers, now: bootstrap.Now) -> int:
    said = _("The agent starts and the dashboard opens; new mail comes now and then. Leave with Ctrl+Q.")
    _print(wrapped(said))
    bootstrap.first_store(profiles.read(profile_path), profile_path).close()  # the desk makes none
    with agent_process(profile_path, now), _more_mail(there, now):
        return dashboard.show(profile_path, now)


@contextmanager
def agent_process(profile_path: Path, now: bootstrap.Now) -> Iterator[None]:
    """The agent beside the dashboard, as long as that is open."""
    with for_its_owner(profile_path.parent / "agent.log", os.O_TRUNC) as log:
        agent = subprocess.Popen(  # noqa: S603  # our own interpreter, our own words
            [sys.executable, "-m", "inbox_agent", "run", "--profile", str(profile_path), "--now", now().isoformat()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            _begins(profile_path, now())
            yield
        finally:
            servers.end(agent)


def _begins(profile_path: Path, now: datetime) -> None:
    """The desk, which is there first, tells of an assistant that begins, and not that nobody has started it. Where it
    does not come, its silence is told half a minute later.
    """
    profile = profiles.read(profile_path)
    with bootstrap.store(profile, profile_path) as store:
        store.pulse.beat(Heartbeat(AGENT, now, "alive", {"since": now.isoformat()}))
        for mailbox in profile.mailboxes:
            store.pulse.beat(Heartbeat(connection(mailbox.account), now, "connecting", {}))


@contextmanager
def _more_mail(there: Servers, now: bootstrap.Now) -> Iterator[None]:
    timers = [threading.Timer(mail.later, _deliver_one(there, mail, now)) for mail in mails.load() if mail.later]
    for timer in timers:
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        for timer in timers:
            timer.cancel()


def _deliver_one(there: Servers, mail: DemoMail, now: bootstrap.Now) -> Callable[[], None]:
    return lambda: _deliver(there, [mail], now())
