"""What SMTP servers do wrong while a letter leaves, at every step of the conversation."""

from __future__ import annotations

from datetime import timedelta

from state.model import DraftStatus
from state.store.store import Store
from tests.faults.world import Bench, Tally, World
from tests.servers.smtpd import Fault, Stage
from tests.whole_way import PASSWORD_VARIABLE

STAGES: tuple[Stage, ...] = ("EHLO", "MAIL", "RCPT", "DATA", "TEXT")


async def send_through(bench: Bench, stage: Stage, behaviour: str | Fault) -> Tally:
    """A letter meets the fault, the server is well again, time passes: it arrives once, or a person is asked."""
    with bench.world() as world, world.store() as store:
        world.deliver(1)
        async with world.running(store):
            await world.until(world.has_everything)
            world.smtp.on(stage, behaviour)
            await world.until(lambda: _approved(world, store))
            await world.until(lambda: world.smtp.attempts(stage) > 0)
            # Deferred, or settled: not on its way any more.
            await world.until(lambda: DraftStatus.SENDING not in world.statuses())
            world.look()
            if world.statuses() == [DraftStatus.APPROVED]:
                world.shown.add("letter waits")
            world.smtp.on(stage, None)
            world.shift += timedelta(hours=2)
            await world.until(world.settled)
        # A start later looks up what is uncertain, and sends nothing twice either.
        async with world.running(store):
            await world.until(world.connected)
        return world.tally()


async def login_refused(bench: Bench) -> Tally:
    """The password was changed: the letter waits, for an hour at a time, and leaves once when it is right again."""
    with (
        bench.world(outgoing=f'user = "tietosuoja@yritys.example"\nsecret = "env:{PASSWORD_VARIABLE}"') as world,
        world.store() as store,
    ):
        world.deliver(1)
        world.smtp.on("AUTH", "535 5.7.8 no")
        async with world.running(store):
            await world.until(world.has_everything)
            await world.until(lambda: _approved(world, store))
            await world.until(lambda: world.smtp.attempts("AUTH") > 0)
            await world.until(lambda: DraftStatus.SENDING not in world.statuses())
            assert world.statuses() == [DraftStatus.APPROVED]
            await world.until(lambda: "cannot send" in world.shown)
            world.smtp.on("AUTH", None)
            world.shift += timedelta(hours=2)
            await world.until(world.settled)
        return world.tally()


def _approved(world: World, store: Store) -> bool:
    """Approve what is proposed by now; whether there was anything."""
    world.approve_all(store)
    return bool(world.letters)


FAULTS: dict[str, tuple[Stage, str | Fault]] = {
    **{f"SMTP: refused for good (5xx) at {stage}": (stage, "550 5.1.1 no") for stage in ("RCPT", "TEXT")},  # type: ignore[dict-item]
    **{f"SMTP: deferred (4xx) at {stage}": (stage, "451 4.3.0 later") for stage in STAGES},
    **{f"SMTP: connection dropped at {stage}": (stage, Fault.DROP) for stage in STAGES[:-1]},
    "SMTP: connection dropped after DATA, the text taken": ("TEXT", Fault.DROP),
    **{f"SMTP: no answer at {stage}": (stage, Fault.SILENCE) for stage in STAGES[:-1]},
    "SMTP: the answer to the text comes after the timeout": ("TEXT", Fault.SILENCE),
}
