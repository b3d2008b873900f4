"""The agent's part in who asks: each person looked up once, nothing that a person said meanwhile overwritten."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from inbox_agent.dashboard.screens.case_identity import _record as record_identity
from inbox_agent.dashboard.screens.who_asks import Identified
from inbox_agent.errors import UsageProblem
from inbox_agent.rules.alarms import AGENT, Alarm, Trouble, alarms
from inbox_agent.rules.customers import Entry
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.services.identifying import PROTECTED_ON_FILE, Identifying
from inbox_agent.services.on_paper import Recorded
from state.model import Act, CaseKey, Channel, Heartbeat, IdentityLevel, Match, Party, ProofKind, RequestKind
from tests.identity_world import AINO, ON_FILE, OTHER, World


class Slow:
    """A register that answers when it is told, in another thread than the agent's."""

    def __init__(self) -> None:
        self.asked: list[Party] = []
        self.entry = Entry("Aino Esimerkki", AINO, "", "1001")
        self.begun, self.answers = threading.Event(), threading.Event()

    def find(self, asked: Party) -> tuple[Entry, ...]:
        self.asked.append(asked)
        self.begun.set()
        assert self.answers.wait(30)
        return (self.entry,)


def a_case(folder: Path) -> tuple[World, Slow, Identifying]:
    """One request whose person nobody has looked up."""
    world, register = World(folder, None), Slow()
    world.arrive(world.mail("Pyydän saada tiedon siitä, mitä henkilötietoja teillä on minusta."))
    return world, register, Identifying(world.store, world.profile, register, world.clock, "1.0")


async def begun(register: Slow) -> None:
    assert await asyncio.to_thread(register.begun.wait, 30)


def while_asked(register: Slow, identifying: Identifying, act: Callable[[], object]) -> int:
    """Do something while the register is asked; how many were looked up in the end."""

    async def both() -> int:
        looking = asyncio.create_task(identifying.look_up_new())
        await begun(register)
        act()
        register.answers.set()
        return await looking

    return asyncio.run(both())


def test_two_mailboxes_that_bring_mail_at_once_ask_the_register_once(tmp_path: Path) -> None:
    """The second waits for the first: no letter is written before its person was looked up."""
    world, register, identifying = a_case(tmp_path)

    async def twice() -> tuple[int, int]:
        first = asyncio.create_task(identifying.look_up_new())
        await begun(register)
        second = asyncio.create_task(identifying.look_up_new())
        await asyncio.sleep(0)
        assert not second.done()
        register.answers.set()
        return await first, await second

    assert asyncio.run(twice()) == (1, 0)
    assert len(register.asked) == 1
    recorded = [one.event.act for one in world.store.journal.events(world.only.key)]
    assert recorded.count(Act.CONTACT_RECORDED) == 1


def test_whoever_is_about_to_be_written_to_waits_for_no_backlog(tmp_path: Path) -> None:
    """A first look at a mailbox brings thousands: a letter that leaves meanwhile waits for its own person alone."""
    world, register, identifying = a_case(tmp_path)
    first = world.only.key
    others = [recorded(world, f"Oili Outo {number}", f"oili{number}@posti.example") for number in range(3)]

    async def both() -> int:
        everybody = asyncio.create_task(identifying.look_up_new())
        await begun(register)
        one = asyncio.create_task(identifying.look_up_new({others[-1]}))
        await asyncio.sleep(0)
        register.answers.set()
        await one
        asked = len(register.asked)
        await everybody
        return asked

    assert asyncio.run(both()) <= 3
    assert [party.address for party in register.asked].count("oili2@posti.example") == 1
    assert all(world.store.identification.contact(key) is not None for key in (first, *others))


def test_what_a_person_said_while_the_register_was_asked_stands(tmp_path: Path) -> None:
    """Helmi knows the old address; the register, which answers after her, has only the one that wrote."""
    world, register, identifying = a_case(tmp_path)
    while_asked(register, identifying, lambda: world.review.who_asks.on_file(world.only.key, OTHER, "Aino Esimerkki"))

    contact = world.store.identification.contact(world.only.key)
    assert contact is not None
    assert (contact.match, contact.address) == (Match.CHOSEN, OTHER)


def test_a_turvakielto_in_the_register_outlives_what_a_person_types_in_its_place(tmp_path: Path) -> None:
    """Helmi types the address that she has at hand, before the register answers and after it: it protects her still."""
    world, register, identifying = a_case(tmp_path)
    register.entry = replace(register.entry, protected=True)
    while_asked(register, identifying, lambda: world.review.who_asks.on_file(world.only.key, OTHER, "Aino Esimerkki"))
    for address in (OTHER, AINO):
        contact = world.store.identification.contact(world.only.key)
        assert contact is not None
        assert contact.protected
        assert PROTECTED_ON_FILE in world.only.flags
        assert world.only.identity_required is IdentityLevel.L4
        world.review.who_asks.on_file(world.only.key, address, "Aino Esimerkki")


def test_a_case_that_ended_while_the_register_was_asked_is_left_alone(tmp_path: Path) -> None:
    world, register, identifying = a_case(tmp_path)

    assert while_asked(register, identifying, lambda: world.review.cases.dismiss(world.only.key)) == 0
    assert world.store.identification.contact(world.only.key) is None


def test_a_register_that_cannot_be_read_is_alarmed_until_it_can(tmp_path: Path) -> None:
    """The person learns of it, and since when, not the log alone; whoever waits is looked up once it is mended."""
    world = World(tmp_path, f"Aino Esimerkki;{AINO};;1001;;\n")
    register = tmp_path / "asiakkaat.csv"
    rows = register.read_text(encoding="utf-8")
    register.unlink()
    began = world.now
    world.arrive(world.mail("Pyydän saada tiedon siitä, mitä henkilötietoja teillä on minusta."))
    world.now += timedelta(hours=1)
    world.work()
    assert [(one.trouble, one.since) for one in troubles(world)] == [(Trouble.REGISTER_UNREADABLE, began)]
    assert world.store.identification.contact(world.only.key) is None

    register.write_text(rows, encoding="utf-8")
    world.work()

    assert troubles(world) == []
    assert world.store.identification.contact(world.only.key) is not None


def troubles(world: World) -> list[Alarm]:
    alive = Heartbeat(AGENT, world.now, "alive", {"since": world.now.isoformat()})
    return list(alarms({**world.store.pulse.all(), AGENT: alive}, world.profile, world.now))


def test_what_a_person_says_of_who_asks_at_once_is_recorded_whole_or_not_at_all(tmp_path: Path) -> None:
    """The proof leaves nothing to ask, so that no code can be sent: told that nothing was done, nobody is proven."""
    world, _, _ = a_case(tmp_path)
    said = Identified(ProofKind.ID_SHOWN, None, "näytti passin paikalla", on_file="", new_code=True)
    with pytest.raises(UsageProblem):
        record_identity(world.review.who_asks, world.only.key, said)

    assert world.store.identification.proofs(world.only.key) == ()


def test_a_turvakielto_in_the_register_is_found_also_where_a_person_typed_the_address_first(tmp_path: Path) -> None:
    """Helmi was quicker than the agent: the register is asked all the same, and her address stands."""
    world = World(tmp_path, f"Aino Esimerkki;{AINO};;1001;kyllä;\n")
    case = recorded(world, "Aino Esimerkki")
    world.review.who_asks.on_file(case, OTHER, "Aino Esimerkki")
    world.work()

    contact = world.store.identification.contact(case)
    assert contact is not None
    assert (contact.match, contact.address, contact.protected) == (Match.CHOSEN, OTHER, True)
    assert PROTECTED_ON_FILE in world.only.flags
    assert world.only.identity_required is IdentityLevel.L4


def test_a_typed_address_itself_is_looked_up_whatever_name_the_register_has_for_it(tmp_path: Path) -> None:
    """The register knows the address under a name of before; by the name on the paper nobody is found."""
    world = World(tmp_path, f"Aino Entinen;{OTHER};;1001;kyllä;\n")
    case = recorded(world, "Aino Esimerkki")
    world.work()
    assert PROTECTED_ON_FILE not in world.only.flags
    world.review.who_asks.on_file(case, OTHER)
    world.work()

    assert PROTECTED_ON_FILE in world.only.flags


def test_a_request_on_paper_is_looked_up_as_a_mails_is(tmp_path: Path) -> None:
    world = World(tmp_path, ON_FILE)
    case = recorded(world, "Aino Esimerkki", AINO)
    world.work()

    contact = world.store.identification.contact(case)
    assert contact is not None
    assert (contact.match, contact.number) == (Match.EXACT, "1001")


def test_what_was_typed_is_looked_up_once(tmp_path: Path) -> None:
    world, register, identifying = a_case(tmp_path)
    register.answers.set()
    world.review.who_asks.on_file(world.only.key, OTHER)
    assert asyncio.run(identifying.look_up_new()) == 1
    asked = len(register.asked)
    assert asyncio.run(identifying.look_up_new()) == 0
    assert {party.address for party in register.asked} == {AINO, OTHER}
    assert len(register.asked) == asked


def recorded(world: World, name: str, address: str = "") -> CaseKey:
    """A request that came by letter."""
    kinds = (RequestKind.ACCESS,)
    told = Recorded(Channel.LETTER, name, helsinki_date(world.now), kinds, "Mitä minusta tiedetään?", address, "Tie 1")
    return world.review.on_paper.record(told)
