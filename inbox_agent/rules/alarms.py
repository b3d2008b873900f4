"""Suspicious silence: what the signs of life of the agent say is wrong at a moment.

Owns the names of what beats, and the judgement on it. Tells nobody: the dashboard, `check --alive` and
`services.alarm` each do, by a road of their own. All the times are our choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from inbox_agent.profile import ControllerProfile
from state.model import Heartbeat

Beats = Mapping[str, Heartbeat]  # by component

AGENT = "agent"  # the process itself: alive, stopped; or "pass", after one pass of `run --once`
OUTGOING = "outgoing"  # the letters' way out: sent, nothing_waits, deferred, login_refused
NOTICES = "notices"  # that of reminders and alarms: the same, or refused
COPIES = "copies"  # of sent letters: kept, failing
OFFERS = "offers"  # proposed letters in the Drafts folder: kept, failing
PHRASES = "phrases"  # the file of own phrases: whole, broken
PROFILE = "profile"  # its file, changed since the agent was started: whole, broken; `mark` of the one it works by
REGISTER = "register"  # the customers': readable, unreadable
DUTIES = "duties"  # what the agent does by itself: well, failing
ERASING = "erasing"  # looks for what is kept no longer: how long the clock has gone on steadily
CANARY = "canary"  # the test mail: well, missing
SILENT_AFTER = timedelta(seconds=30)  # the process beats every five
BETWEEN_PASSES = timedelta(hours=26)  # of an agent that somebody else starts for single passes


class Trouble(StrEnum):
    """What is wrong, the worst first."""

    NEVER_STARTED = "never_started"
    STOPPED = "stopped"
    AGENT_SILENT = "agent_silent"
    STORE_FAILS = "store_fails"  # nothing can be written; where that is so altogether, the agent alone knows it
    LOGIN_REFUSED = "login_refused"
    GRANT_EXPIRED = "grant_expired"
    NO_SYNC = "no_sync"
    CLOCK_BEHIND = "clock_behind"  # mail has come that was received after the instant that our clock shows
    FOLDER_MISSING = "folder_missing"
    EMPTIED = "emptied"
    NOT_MOVED = "not_moved"  # the folder for mails that were read takes none: they stay where they came
    DEAF = "deaf"  # mail comes and the server does not announce it
    CANNOT_SEND = "cannot_send"
    NOT_REACHED = "not_reached"  # the mail server refuses reminders and alarms to the profile's own people
    NO_COPY = "no_copy"  # letters leave, and their copies cannot be kept: a full mailbox, a missing folder
    NO_DRAFT = "no_draft"  # proposed letters cannot be put among the drafts, for the same reasons
    PROFILE_BROKEN = "profile_broken"  # it was changed and has a fault: the agent goes on by the one before
    PHRASES_BROKEN = "phrases_broken"  # what the file of own phrases says now does not count
    REGISTER_UNREADABLE = "register_unreadable"  # nobody new is looked up among the customers
    DUTY_FAILS = "duty_fails"  # code of ours fails on something that the agent does by itself
    CANARY_MISSING = "canary_missing"  # the test mail through the public address was not found in time


ABOUT_THE_PROCESS = frozenset({Trouble.NEVER_STARTED, Trouble.STOPPED, Trouble.AGENT_SILENT})
"""What an agent cannot tell of itself."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing wrong, since when. `mailbox` is its number in the profile, from 1; 0: about none. `fact` is a number or
    a server's words, for the screen only; `cases` are the numbers of those on which our own code fails.
    """

    trouble: Trouble
    since: datetime
    mailbox: int = 0
    fact: str = ""
    cases: str = ""


def connection(account: str) -> str:
    """The component of a mailbox's connection: connecting, connected, disconnected, or a trouble of its own."""
    return f"mailbox:{account}"


def looks(account: str) -> str:
    """The component of the looks into a mailbox that succeeded."""
    return f"looks:{account}"


def oddities(account: str) -> str:
    """The component of what is odd about a mailbox that can be read: its `detail` names troubles, with their facts."""
    return f"oddities:{account}"


def alarms(beats: Beats, profile: ControllerProfile, now: datetime) -> tuple[Alarm, ...]:
    """Everything that is wrong at `now` (aware), the worst first. What a dead process left behind is not repeated."""
    process = of_the_process(beats, now)
    if process is not None:
        return (process,)
    found = [*_of_mailboxes(beats, profile, now), *_outgoing(beats, profile, now)]
    bird, phrases, duties = map(beats.get, (CANARY, PHRASES, DUTIES))
    for name, trouble in ((COPIES, Trouble.NO_COPY), (OFFERS, Trouble.NO_DRAFT)):
        if (kept := beats.get(name)) is not None and kept.state == "failing":
            found.append(Alarm(trouble, kept.at, 0, str(kept.detail.get("why") or "")))
    if (changed := beats.get(PROFILE)) is not None and changed.state == "broken":
        found.append(Alarm(Trouble.PROFILE_BROKEN, changed.at, 0, str(changed.detail.get("why") or "")))
    if phrases is not None and phrases.state == "broken":
        found.append(Alarm(Trouble.PHRASES_BROKEN, phrases.at))
    if (register := beats.get(REGISTER)) is not None and register.state == "unreadable" and profile.customers.in_use:
        found.append(Alarm(Trouble.REGISTER_UNREADABLE, register.at, 0, str(register.detail.get("why") or "")))
    if duties is not None and duties.state == "failing":
        why, cases = (str(duties.detail.get(name) or "") for name in ("why", "cases"))
        found.append(Alarm(Trouble.DUTY_FAILS, duties.at, 0, why, cases))
    if bird is not None and bird.state == "missing" and profile.canary.every_days:
        found.append(Alarm(Trouble.CANARY_MISSING, bird.at))
    return tuple(sorted(found, key=lambda alarm: list(Trouble).index(alarm.trouble)))


def of_the_process(beats: Beats, now: datetime) -> Alarm | None:
    """What is wrong with the agent itself."""
    beat = beats.get(AGENT)
    if beat is None:
        return Alarm(Trouble.NEVER_STARTED, now)
    if beat.state == "stopped":
        return Alarm(Trouble.STOPPED, beat.at)
    patience = BETWEEN_PASSES if beat.state == "pass" else SILENT_AFTER
    return Alarm(Trouble.AGENT_SILENT, beat.at) if now - beat.at > patience else None


def _of_mailboxes(beats: Beats, profile: ControllerProfile, now: datetime) -> Iterator[Alarm]:
    for number, mailbox in enumerate(profile.mailboxes, start=1):
        # Two whole looks may fail before silence is suspicious, however seldom they are made.
        patience = timedelta(minutes=max(profile.alarms.silent_minutes, 2 * mailbox.sync_minutes))
        yield from _of_mailbox(beats, mailbox.account, number, patience, now)


def _of_mailbox(beats: Beats, account: str, number: int, patience: timedelta, now: datetime) -> Iterator[Alarm]:
    wire, odd = beats.get(connection(account)), beats.get(oddities(account))
    if wire is not None and wire.state in {Trouble.LOGIN_REFUSED, Trouble.GRANT_EXPIRED, Trouble.STORE_FAILS}:
        yield Alarm(Trouble(wire.state), wire.at, number, str(wire.detail.get("why") or ""))
    elif (since := _last_look(beats, account)) and now - since > _patience(beats, patience):
        yield Alarm(Trouble.NO_SYNC, since, number, str((wire and wire.detail.get("why")) or ""))
    for name, fact in odd.detail.items() if odd else ():
        yield Alarm(Trouble(name), odd.at if odd else now, number, str(fact or ""))


def _last_look(beats: Beats, account: str) -> datetime | None:
    """When the mailbox was last read; an agent that has just begun is given its time."""
    begun = beats[AGENT].detail.get("since")
    last = [beat.at for beat in (beats.get(looks(account)),) if beat]
    return max([*last, *([datetime.fromisoformat(str(begun))] if begun else [])], default=None)


def _patience(beats: Beats, patience: timedelta) -> timedelta:
    return BETWEEN_PASSES if beats[AGENT].state == "pass" else patience


def _outgoing(beats: Beats, profile: ControllerProfile, now: datetime) -> Iterator[Alarm]:
    """What cannot leave: told once, be it letters or notices, with what was the trouble first."""
    ways = [beats[name] for name in (OUTGOING, NOTICES) if name in beats]
    shut = [(_since(way), way) for way in ways if _shut(way, timedelta(minutes=profile.alarms.silent_minutes), now)]
    if shut:
        since, way = min(shut, key=lambda one: one[0])
        yield Alarm(Trouble.CANNOT_SEND, since, 0, str(way.detail.get("why") or ""))
    for way in ways:
        if way.state == "refused":
            yield Alarm(Trouble.NOT_REACHED, _since(way), 0, str(way.detail.get("why") or ""))


def _shut(way: Heartbeat, patience: timedelta, now: datetime) -> bool:
    if way.state == "deferred":
        return now - _since(way) > patience
    return way.state in {Trouble.LOGIN_REFUSED, Trouble.GRANT_EXPIRED}


def _since(way: Heartbeat) -> datetime:
    return datetime.fromisoformat(str(way.detail.get("since") or way.at.isoformat()))
