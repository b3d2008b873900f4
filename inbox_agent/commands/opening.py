"""What the commands share at their start: the profile, the clock, the store."""

from __future__ import annotations

import argparse
import os
from contextlib import AbstractContextManager
from datetime import date
from importlib import resources
from pathlib import Path

from inbox_agent import bootstrap
from inbox_agent import profile as profiles
from inbox_agent.errors import UsageProblem
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.typed import typed_day
from state.store.store import Store

PROFILE_VARIABLE = "INBOX_AGENT_PROFILE"
DEFAULT_PROFILE = "inbox-agent.toml"


def profile_path(arguments: argparse.Namespace) -> Path:
    """The option, else the environment's, else the file of the working folder."""
    return arguments.profile or Path(os.environ.get(PROFILE_VARIABLE, DEFAULT_PROFILE))


def profile(arguments: argparse.Namespace) -> ControllerProfile:
    return profiles.read(profile_path(arguments))


def profile_or_specimen(arguments: argparse.Namespace) -> ControllerProfile:
    """The profile that was asked for, else the shipped specimen of an invented company."""
    return profiles.read(arguments.profile) if arguments.profile else specimen()


def specimen() -> ControllerProfile:
    source = resources.files("inbox_agent") / "profiles" / "specimen.toml"
    return profiles.parse(source.read_text(encoding="utf-8"), "specimen.toml")


def now(arguments: argparse.Namespace) -> bootstrap.Now:
    return bootstrap.clock(arguments.now)


def running_now(arguments: argparse.Namespace) -> bootstrap.Now:
    """The clock of a command that goes on: set to `--now`, it runs from there."""
    clock = bootstrap.clock()
    if arguments.now is None:
        return clock
    ahead = arguments.now - clock()
    return lambda: clock() + ahead


def day(text: str) -> date:
    """A day as an option gives it. Raises UsageProblem."""
    if (found := typed_day(text)) is None:
        raise UsageProblem("date", text)
    return found


def store(arguments: argparse.Namespace) -> Store:
    path = profile_path(arguments)
    return bootstrap.store(profiles.read(path), path)


def first_store(arguments: argparse.Namespace) -> Store:
    """The store of the profile, made at the agent's first start."""
    path = profile_path(arguments)
    return bootstrap.first_store(profiles.read(path), path)


def only_agent(arguments: argparse.Namespace) -> AbstractContextManager[None]:
    """Be the one agent of the profile's database. Raises AgentRunning."""
    path = profile_path(arguments)
    return bootstrap.only_agent(profiles.read(path), path)
