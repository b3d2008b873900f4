"""`inbox-agent dashboard`: the desk of the person who answers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from inbox_agent import bootstrap
from inbox_agent import profile as profiles
from inbox_agent.adapters import terminal, web
from inbox_agent.commands import opening
from inbox_agent.dashboard import themes
from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.gateway import Gateway
from inbox_agent.errors import InboxAgentError
from inbox_agent.profile import ControllerProfile
from inbox_agent.texts import gettext as _


def summary() -> str:
    return _("Open the desk: cases by deadline, letters to approve.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", metavar="NAME", help=_("who is at the desk (default: the contact person)"))

    parser.add_argument("--web", action="store_true", help=_("in a browser of this computer, in place of the terminal"))
    parser.add_argument("--port", type=int, default=0, help=_("the port of --web (default: a free one)"))


def run(arguments: argparse.Namespace) -> int:
    if arguments.web:
        return _in_a_browser(arguments)
    return show(opening.profile_path(arguments), opening.running_now(arguments), arguments.person)


def _in_a_browser(arguments: argparse.Namespace) -> int:
    """Serve the same command to the browser; each window is a desk of its own."""
    path = opening.profile_path(arguments)
    profile = profiles.read(path)
    bootstrap.store(profile, path).close()  # what is not there is told here, not in each window
    command = [sys.executable, "-m", "inbox_agent", "dashboard", "--profile", str(path.absolute())]
    command += ["--person", arguments.person] if arguments.person else []
    command += ["--now", arguments.now.isoformat()] if arguments.now else []

    def tell(address: str) -> None:
        print(_("Open this address in a browser of this computer; it is for you alone:"))
        print(address, flush=True)

    theme = bootstrap.desk(profile, path, opening.running_now(arguments)).theme
    shown = web.Shown(command, profile.controller.name, lambda: themes.background(theme.read()))
    web.serve(shown, arguments.port, tell)
    return 0


def show(profile_path: Path, now: bootstrap.Now, person: str | None = None) -> int:
    """Open the desk over a profile's store, until its person leaves."""
    profile = profiles.read(profile_path)
    bootstrap.store(profile, profile_path).close()  # what is not there is told before the screen is taken

    def gateway(profile: ControllerProfile) -> Gateway:
        desk = bootstrap.desk(profile, profile_path, now, person)
        return Gateway(desk.open_views, desk.open_review)

    def renew(mark: str) -> tuple[Gateway, ControllerProfile] | None:
        """By the profile as it stands now, where the agent works by it, too, and over the same database."""
        try:
            found = profiles.read(profile_path)
        except InboxAgentError:  # the agent tells of its fault
            return None
        same = bootstrap.database(found, profile_path) == bootstrap.database(profile, profile_path)
        return (gateway(found), found) if same and found.mark == mark else None

    theme = bootstrap.desk(profile, profile_path, now).theme
    opened = Dashboard(gateway(profile), profile, now, theme=theme.read(), remember=theme.remember, renew=renew)
    opened.run()
    if opened.gone:
        terminal.let_go(sys.__stdout__, sys.__stderr__)
    return 0
