"""Every fault by the name that the table gives it, and how it is played once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial

from tests.faults import machine, sending, wires
from tests.faults.world import Bench, Tally, World, locked
from tests.whole_way import PASSWORD_VARIABLE

Play = Callable[[Bench], Awaitable[Tally]]


def _scripted(spoil: wires.Spoil) -> Play:
    return lambda bench: wires.read_through(bench, spoil)


_BEFORE_A_START: dict[str, tuple[Callable[[World], AbstractContextManager[object]], int]] = {
    "the database's disk not mounted": (machine.disk_away, 1),
    "the database locked by another program": (lambda world: locked(world.database), 1),
    "the profile broken": (partial(machine.profile_changed, old="[contact]", new="[reminders]\ntimes =\n[contact]"), 3),
    "the password missing": (partial(machine.profile_changed, old=PASSWORD_VARIABLE, new="NOT_THERE"), 3),
}

FAULTS: dict[str, Play] = {
    **{name: _scripted(spoil) for name, spoil in wires.SCRIPTED.items()},
    "IMAP: a mail announced and never given": wires.withheld,
    "IMAP: log-in refused": wires.login_refused,
    "IMAP: the access token ends in IDLE": wires.token_ends,
    "IMAP: one of two mailboxes down, then the other": wires.one_of_two_down,
    "Dovecot stopped, started later": wires.dovecot_stopped,
    "Dovecot killed (-9)": wires.dovecot_killed,
    "Dovecot killed and started while 160 mails are read": wires.dovecot_restarted_while_read,
    "Dovecot's certificate expired, and renewed later": wires.certificate_expired,
    "Dovecot: the password changed, the agent's copy of it later": wires.password_changed,
    "Dovecot frozen, connections open": wires.dovecot_frozen,
    "Dovecot over its quota": wires.dovecot_filled,
    "Dovecot over its quota, letters wanted among the drafts": wires.dovecot_filled_with_drafts,
    "the Sent folder renamed": wires.sent_folder_renamed,
    "the mailbox emptied by somebody else": wires.emptied,
    **{
        name: partial(sending.send_through, stage=stage, behaviour=what)
        for name, (stage, what) in sending.FAULTS.items()
    },
    "SMTP: log-in refused": sending.login_refused,
    **{f"agent killed (-9) {step}": partial(machine.killed, step=step) for step in machine.STEPS},
    **{
        f"agent killed (-9) {step}, another process reading along": partial(machine.killed, step=step, worth_it=1)
        for step in machine.READING
    },
    "agent killed (-9) in the middle of 350 mails, a second one takes over": machine.taken_over,
    "what reads along killed (-9)": machine.reader_killed,
    "no room on the disk": machine.disk_full,
    "no room on the disk, another process reading along": partial(machine.disk_full, worth_it=1),
    "no room on the disk as a letter leaves": machine.no_room_as_a_letter_leaves,
    "the database's files may not grow": machine.file_may_not_grow,
    **{
        f"{what} at a start": partial(machine.start_refused, broken=broken, code=code)
        for what, (broken, code) in _BEFORE_A_START.items()
    },
    "database locked by another program": machine.database_locked,
    "the machine sleeps for a night": machine.slept,
    "clock set back two days": partial(machine.clock_changed, by=timedelta(days=-2)),
    "clock set ahead forty days": partial(machine.clock_changed, by=timedelta(days=40)),
}
