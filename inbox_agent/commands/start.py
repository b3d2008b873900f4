"""`inbox-agent` alone: the desk with the assistant beside it, and where there is no profile yet, the way to it in one
sitting.

Demo or set-up; the set-up begins with the company's own privacy notice if it lies in the folder, then tests the
connection, takes a first look at the last month's mail and opens the desk. What was answered is never asked twice.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from inbox_agent import bootstrap
from inbox_agent import profile as profiles
from inbox_agent.adapters import logs, notices
from inbox_agent.adapters.terminal import wrapped
from inbox_agent.commands import check, dashboard, demo, init, opening, servers_again, sitting
from inbox_agent.commands.sitting import Sitting
from inbox_agent.errors import AgentRunning, BrokenProfile, InboxAgentError, UsageProblem
from inbox_agent.phrasing.errors import phrase
from inbox_agent.phrasing.proposing import toml
from inbox_agent.phrasing.syncing import sync_report
from inbox_agent.rules.notice import reader
from inbox_agent.rules.notice.facts import LIKELY
from inbox_agent.rules.notice.proposal import Proposed, proposal
from inbox_agent.texts import gettext as _
from state.errors import NoDatabase

_SUFFIXES = frozenset({".pdf", ".html", ".htm", ".md", ".txt"})
_NAMED = ("tietosuoja", "rekisteri", "seloste", "dataskydd", "privacy")
_ASKED = {"company": ("controller", "name"), "contact": ("contact", "name"), "email": ("contact", "email")}

Proposals = Mapping[tuple[str, str], Proposed]


def run(arguments: argparse.Namespace) -> int:
    """What the program does when it is called without a command."""
    path = opening.profile_path(arguments)
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise UsageProblem("needs_command")
    if not path.exists():
        return first_run(path, sitting.here())
    if _never_looked(path):  # the set-up was left before that
        return to_the_desk(path, sitting.here())
    return _desk(path)


def _desk(path: Path) -> int:
    """Open the desk. The assistant works beside it as long as it is open, unless it is at work already."""
    profile = profiles.read(path)
    bootstrap.store(profile, path).close()  # what is not there is told before anything starts
    try:
        with bootstrap.only_agent(profile, path):
            pass
    except AgentRunning:
        return dashboard.show(path, bootstrap.clock())
    print(wrapped(_while_open()), flush=True)
    return _desk_with_agent(path)


def _desk_with_agent(path: Path) -> int:
    with demo.agent_process(path, bootstrap.clock()):
        return dashboard.show(path, bootstrap.clock())


def _while_open() -> str:
    return _("The desk opens, and the assistant works as long as it is open. For always: {command}").format(
        command="inbox-agent run"
    )


def _never_looked(path: Path) -> bool:
    profile = profiles.read(path)
    try:
        with bootstrap.store(profile, path) as store:
            looked = any(store.reading.read_before(each.account) for each in profile.mailboxes)
            return not looked and not store.cases.open_cases()
    except NoDatabase:
        return True


def first_run(path: Path, sitting: Sitting) -> int:
    """From nothing to the desk. Leaves with what is done so far at ^C or ^D."""
    sitting.tell(_("There is no profile here yet. What would you like to do?"))
    sitting.tell("  1  " + _("See the demo: an invented company's mail, on this computer alone"))
    sitting.tell("  2  " + _("Set the assistant up for your own mailbox"))
    sitting.tell("  3  " + _("Nothing now"))
    match sitting.ask(_("1, 2 or 3"), "1"):
        case "1":
            return demo.run(argparse.Namespace(no_ui=False, now=None))
        case "2":
            write_profile(path, sitting)
            return to_the_desk(path, sitting)
        case _:
            return 0


def to_the_desk(path: Path, sitting: Sitting) -> int:
    """Test the connection, look at the last month's mail and open the desk."""
    if not connected(path, sitting):
        come_back = _("Everything you answered is in {path}. Come back with: {command}")
        sitting.tell(come_back.format(path=path, command="inbox-agent"))
        return 0
    if sitting.wants(_("Look at the last month's mail now? Nothing is sent, and your mailbox is not changed.")):
        first_look(path, sitting)
    sitting.tell(_while_open())
    if not sitting.wants(_("Open the desk?")):
        return 0
    bootstrap.first_store(profiles.read(path), path).close()  # before the desk, which makes none
    return _desk_with_agent(path)


# -- the profile --------------------------------------------------------------------------------------


def write_profile(path: Path, sitting: Sitting) -> None:
    """Ask what nobody else can know, what the notice says being proposed, and write the commented profile."""
    proposed = _from_notice(path.parent, sitting)
    answers, questions = {}, init.questions()
    sitting.tell(_("A few questions now. Enter takes what stands in brackets; Ctrl+C leaves."))
    for number, (key, question) in enumerate(questions.items(), start=1):
        known = proposed.get(_ASKED.get(key, ("", "")))
        default = str(known.value) if known else ""
        asked = f"{number}/{len(questions)}  {question[:1].upper()}{question[1:]}"
        answers[key] = sitting.needs(asked, default, partial(init.wrong, key))
    text = _with_proposals(init.fill(answers), proposed)
    for section, said in (("mailbox", answers["imap_host"]), ("smtp", answers["smtp_host"])):
        text = servers_again.put(text, servers_again.server(section, said))
    profiles.parse(text, path)
    init.write(path, text)
    if password := sitting.secret(_("The mailbox's password (kept in a file for you alone; Enter: later): ")):
        servers_again.keep_password(path, password)
    sitting.tell(_("{path} is written.").format(path=path))


def _from_notice(folder: Path, sitting: Sitting) -> Proposals:
    """What the company's own notice proposes, if it lies here and the person wants it read."""
    for found in _notices(folder):
        if sitting.wants(
            _("Read {file}? It may be your privacy notice, and would spare you some questions.").format(file=found.name)
        ):
            try:
                notice = reader.read(notices.read(found))
            except InboxAgentError as error:
                sitting.tell("\n".join(phrase(error)))
                continue
            settings = proposal(notice, reader.facts(notice))
            return {(one.section, one.key): one for one in settings if one.value and one.sure >= LIKELY}
    return {}


def _notices(folder: Path) -> Iterable[Path]:
    """Those that lie in the folder, which the set-up may be about to make."""
    return sorted(
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.suffix.lower() in _SUFFIXES and any(word in path.name.casefold() for word in _NAMED)
    )


def _with_proposals(text: str, proposed: Proposals) -> str:
    """Put what the notice says in the place of the model's commented defaults."""
    lines, section = [], ""
    for line in text.splitlines():
        section = line[1:].partition("]")[0] if line.startswith("[") else section
        key = line.removeprefix("# ").partition(" =")[0]
        known = proposed.get((section, key)) if line.startswith("# ") else None
        lines.append(f"{key} = {toml(known.value)}" if known and known.value else line)
    return "\n".join(lines) + "\n"


# -- the connection and the first look ----------------------------------------------------------------


def connected(path: Path, sitting: Sitting) -> bool:
    """Test everything, as often as the person likes; each line is green or says what to do."""
    while True:
        if _in_order(path, sitting):
            return True
        sitting.tell(_("Something is not right yet. What would you like to do?"))
        sitting.tell("  1  " + _("Answer again: user name, servers, password"))
        sitting.tell("  2  " + _("Test again, after correcting {path} by hand").format(path=path))
        sitting.tell("  3  " + _("Go on another time"))
        match sitting.ask(_("Your choice"), "1"):
            case "1":
                with suppress(BrokenProfile):  # which the next test says
                    servers_again.ask_again(path, sitting)
            case "2":
                pass
            case _:
                return False


def _in_order(path: Path, sitting: Sitting) -> bool:
    """Whether every test is passed. A slip in a profile that was corrected by hand is said as any other fault is."""
    try:
        checking = bootstrap.checking(profiles.read(path), path, bootstrap.clock())
    except BrokenProfile as error:
        sitting.tell("\n".join(phrase(error)))
        return False
    # The desk, which comes next, starts the assistant itself.
    return asyncio.run(check.told(checking, leaving_out="agent")) == 0


def first_look(path: Path, sitting: Sitting) -> None:
    """Take the last month's mail in and propose the first letters. Sends nothing, reminds nobody."""
    profile, now = profiles.read(path), bootstrap.clock()
    sitting.tell(_("Reading the mail. This may take some minutes …"))
    logs.to_stderr(logging.WARNING)  # somebody sits here who is told in words
    with bootstrap.first_store(profile, path) as store, bootstrap.only_agent(profile, path):
        agent = bootstrap.agent(profile, path, store, now)
        sitting.tell("\n".join(sync_report(asyncio.run(agent.look()))))
