"""`inbox-agent login`: let a person sign in with Microsoft or Google, once, for the mailboxes without a password."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path

from inbox_agent import bootstrap
from inbox_agent.commands import opening
from inbox_agent.errors import UsageProblem
from inbox_agent.profile import ControllerProfile
from inbox_agent.texts import gettext as _

PATIENCE = 300.0  # seconds for a person to agree


def summary() -> str:
    return _("Sign in with Microsoft or Google for mailboxes without a password; again when the sign-in has expired.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", action="store_true", help=_("show a code to be typed on any device (Microsoft)"))
    parser.add_argument("--no-browser", action="store_true", help=_("only print the address, open no browser"))
    parser.add_argument("--port", type=int, default=0, metavar="N", help=_("where the browser comes back to"))


def run(arguments: argparse.Namespace) -> int:
    profile, path = opening.profile(arguments), opening.profile_path(arguments)
    wanted = _accounts(profile)
    if not wanted:
        raise UsageProblem("no_sign_in")
    for provider, user in wanted:
        print(_("Signing in {user} ({provider})").format(user=user, provider=provider.title()), flush=True)
        _sign_in(provider, user, profile, path, arguments)
        print(_("Signed in. A running assistant goes on by itself within a minute."), flush=True)
    return 0


def _accounts(profile: ControllerProfile) -> list[tuple[str, str]]:
    """Provider and user of everything that signs in, each once."""
    servers = (*profile.mailboxes, profile.smtp)
    return list(dict.fromkeys((each.sign_in, each.user) for each in servers if each.sign_in != "password"))


def _sign_in(provider: str, user: str, profile: ControllerProfile, path: Path, arguments: argparse.Namespace) -> None:
    def open_browser(address: str) -> None:
        print(_("Open this address, sign in and agree:"), address, sep="\n", flush=True)
        if not arguments.no_browser:
            webbrowser.open(address)

    if provider == "google":
        if arguments.device:
            raise UsageProblem("device_google")
        bootstrap.google(profile, path).sign_in(user, open_browser, arguments.port, PATIENCE)
    elif arguments.device:
        bootstrap.microsoft(profile, path).sign_in_elsewhere(user, lambda text: print(text, flush=True))
    else:
        bootstrap.microsoft(profile, path).sign_in(user, open_browser, arguments.port, PATIENCE)
