"""One-time codes out of sight: no letter that has left, and no mail that brings one back, shows or keeps it."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from inbox_agent.rules import roundtrip, understand
from inbox_agent.services import codes
from inbox_agent.services.poll import Poll
from state.lifecycle import text_hash
from state.model import (
    Act,
    DraftStatus,
    Fetched,
    FolderState,
    IdentityLevel,
    Message,
    MessageKey,
    Place,
    RawMessage,
)
from tests.identity_world import AINO, ASKS, ON_FILE, QUOTED, STRANGER, World, acts, asked_world, recogniser, reply

L0, L1, L2, L3, L4 = IdentityLevel


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Aino is on file, has asked for her data, and the identity question has left."""
    return asked_world(lambda: World(tmp_path, ON_FILE))


KEPT = ("cases", "messages", "drafts", "codes", "events", "notes", "deliveries", "overrides")


def holding(world: World, code: str) -> list[str]:
    """The rows in which a code stands, however it is written."""
    bare = code.replace("-", "")
    groups = {bare[:4], bare[4:8], bare[8:]}  # a phrase of the evidence may hold a piece of one
    return [
        row
        for table in KEPT
        for row in rows(world, table)
        if bare in roundtrip.candidates(row) or groups & set(re.findall(r"[A-Z0-9]+", row.upper()))
    ]


def test_a_letter_that_has_left_keeps_its_code_nowhere(world: World) -> None:
    code = world.code()
    [sent] = world.drafts(DraftStatus.SENT)
    assert roundtrip.MASK in sent.body
    assert code not in sent.original_body
    assert sent.text_hash == sent.approved_hash
    assert holding(world, code) == []


def test_what_left_stays_provable_without_its_code(world: World) -> None:
    """The journal holds the hash of what was approved, which its reader's copy gives, and of what is kept."""
    [sent] = world.drafts(DraftStatus.SENT)
    whole = sent.body.replace(roundtrip.MASK, world.code())
    assert text_hash(sent.envelope, sent.subject, whole) == sent.approved_hash
    facts = [stored.event.facts for stored in world.store.journal.events(world.only.key)]
    assert sent.approved_hash in [one.get("hash") for one in facts]
    assert [one["kept"] for one in facts if "kept" in one] == [text_hash(sent.envelope, sent.subject, sent.body)]
    world.store.journal.verify()


@pytest.mark.parametrize("status", ["sent", "uncertain", "refused"])
def test_a_letter_of_an_older_version_loses_its_code_at_the_next_look(world: World, status: str) -> None:
    code, [sent] = world.code(), world.drafts(DraftStatus.SENT)
    answer, whole = world.mail(code, answers=world.asked()), sent.body.replace(roundtrip.MASK, code)
    with world.store._database.transaction():
        world.store._database.write("update drafts set status = ?, body = ?, original_body = ?", status, whole, whole)
        world.store._database.write("update codes set masked = 0")
    assert holding(world, code)
    world.work()
    world.work()
    assert holding(world, code) == []
    assert acts(world).count(Act.CODE_MASKED) == 2  # when it left, and now once more
    world.arrive(answer)
    assert world.only.identity_level is (L1 if status == "refused" else L2)


def test_a_proposal_that_a_newer_one_replaces_keeps_no_code(tmp_path: Path) -> None:
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ASKS))
    [old] = world.drafts(DraftStatus.PROPOSED)
    code = world.code(old)
    world.review.letters.reject(old.key)
    world.work()
    assert holding(world, code) == []
    assert world.store.drafts.get(old.key).status is DraftStatus.REJECTED


@pytest.mark.parametrize(
    "write",
    [
        lambda code: code,
        lambda code: f"Koodi: {code}",
        lambda code: f"koodi on {code.replace('-', ' - ').lower()} kiitos",
        lambda code: f"Koodi alla.\n\n{QUOTED}> vastaukseen koodi {code[:9]}\n> {code[10:]}. Se toimii kerran\n",
    ],
    ids=["bare", "named", "spaced", "quoted and wrapped"],
)
@pytest.mark.parametrize("sender", [AINO, STRANGER])
def test_a_mail_that_brings_a_code_back_is_shown_without_it(
    world: World, write: Callable[[str], str], sender: str
) -> None:
    """Taken or not: of a stray one somebody could still make use."""
    code = world.code()
    reply(world, write(code), sender)
    assert holding(world, code) == []
    mails = [mail for case in world.cases for mail in world.store.mails.of_case(case.key)]
    shown = "\n".join(str(mail.analysis["message"]["text"]) for mail in mails)
    assert roundtrip.MASK in shown
    assert code.replace("-", "") not in roundtrip.candidates(shown)


def test_a_code_in_the_subject_counts_and_is_not_shown(world: World) -> None:
    code = world.code()
    world.arrive(world.mail("Hei, koodi on otsikossa.", subject=f"Vs: Asia {code}", answers=world.asked()))
    assert world.only.identity_level is L2
    assert holding(world, code) == []


def test_a_letter_that_has_not_left_keeps_its_code_so_that_the_same_text_leaves(tmp_path: Path) -> None:
    world = World(tmp_path, ON_FILE)
    world.arrive(world.mail(ASKS))
    [draft] = world.drafts(DraftStatus.PROPOSED)
    world.approve(draft.key)
    assert roundtrip.candidates(world.drafts(DraftStatus.APPROVED)[0].body)
    world.send()
    assert world.outgoing.mails[0].get_content().strip() == draft.body.strip()


def rows(world: World, table: str) -> list[str]:
    return [str(tuple(row)) for row in world.store._database.rows(f"select * from {table}")]  # noqa: S608


def test_no_hash_is_made_while_the_store_is_locked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the agent's own way in: the mails are read beside the loop, and each against the codes once."""
    made, digest = [], roundtrip.digest

    def watched(code: str, salt: str) -> str:
        made.append((threading.current_thread() is threading.main_thread(), code))
        return digest(code, salt)

    class Server:
        def __init__(self, *raws: bytes) -> None:
            self.raws = raws

        async def uids(self, after: int, since: object) -> list[int]:
            return [after + 1 + place for place, _ in enumerate(self.raws)]

        async def fetch(self, uids: list[int]) -> AsyncIterator[Fetched]:
            account = world.profile.mailbox.account
            places = [Place(account, "INBOX", 1, uid) for uid in uids]
            yield Fetched(tuple(map(RawMessage, places, [world.now] * len(uids), self.raws)))

    code = world.code()
    guesses = " ".join(f"A2B{place % 10}-3CDD-{place:04d}" for place in range(200))
    mails = [world.mail(text, subject="Vs: Asia", answers=world.asked()) for text in (f"koodi {code}", ASKS, guesses)]
    monkeypatch.setattr(roundtrip, "digest", watched)
    poll = Poll(Server(*mails), world.profile.mailbox, world.store, recogniser(), world.profile, world.clock)  # type: ignore[arg-type]
    asyncio.run(poll.sync_selected("INBOX", FolderState(1, 99, 3)))
    assert world.only.identity_level is L2
    assert not [main for main, _ in made if main]
    assert 0 < len(made) <= 1 + 12


def test_a_used_code_that_comes_again_is_not_shown_either(world: World) -> None:
    code = world.code()
    reply(world, code)
    reply(world, f"Lähetin jo koodin {code}, saitteko sen?")
    assert holding(world, code) == []
    assert acts(world).count(Act.CODE_RETURNED) == 1


def as_an_older_version_kept_it(world: World, mail: Message, code: str) -> None:
    """Such a version stored what people sent back as it stood."""
    shown = json.dumps(dict(mail.analysis)).replace(roundtrip.MASK, code)
    with world.store._database.transaction():
        write = "update messages set analysis = ?, subject = ?, codes_read = 0 where id = ?"
        world.store._database.write(write, json.dumps(json.loads(shown)), f"Vs: {code}", mail.key)
    assert holding(world, code)


@pytest.mark.parametrize("readable", [True, False])
def test_a_mail_of_an_older_version_loses_its_code_at_the_next_look(
    world: World, monkeypatch: pytest.MonkeyPatch, readable: bool
) -> None:
    """A stray code could still be used, also where the mail itself can no longer be read."""
    code = world.code()
    reply(world, f"koodi {code}", STRANGER)
    [mail] = world.store.mails.of_case(world.cases[1].key)
    as_an_older_version_kept_it(world, mail, code)
    if not readable:
        monkeypatch.setattr(understand, "parse", lambda *_: 1 / 0)
    world.work()
    world.work()
    assert holding(world, code) == []
    assert [one.event.act for one in world.store.journal.events(world.cases[1].key)].count(Act.CODE_MASKED) == 1
    world.store.journal.verify()


def test_a_colleagues_forward_of_an_older_version_loses_the_code_of_whom_it_is_about(world: World) -> None:
    """Its own sender has no case: the code is that of the person whose mail was passed on."""
    code = world.code()
    passed_on = f"---------- Välitetty viesti ---------\nLähettäjä: Aino <{AINO}>\nAihe: Koodi\n\nkoodini on {code}\n"
    world.arrive(world.mail(passed_on, "kaija@yritys.example", name="Kaija", subject="VL: Koodi"))
    [row] = world.store._database.rows("select max(id) as id from messages")
    mail = world.store.mails.get(MessageKey(row["id"]))
    assert mail.analysis["forwarded"]["subject_address"] == AINO
    as_an_older_version_kept_it(world, mail, code)
    with world.store._database.transaction():
        world.store._database.write("update messages set case_id = null, status = 'set_aside' where id = ?", mail.key)
    world.work()
    assert holding(world, code) == []


def test_one_old_mail_that_cannot_be_looked_through_keeps_no_other_code_in_sight(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours fails on the oldest; the others lose their codes in the same look, and it is not tried at every round."""
    code = world.code()
    for _ in range(2):
        reply(world, f"koodi {code}", STRANGER)
    broken, sound = (mail for case in world.cases[1:] for mail in world.store.mails.of_case(case.key))
    for mail in (broken, sound):
        as_an_older_version_kept_it(world, mail, code)
    write = "update messages set analysis = json_set(analysis, '$.message.references', 7) where id = ?"
    with world.store._database.transaction():
        world.store._database.write(write, broken.key)
    tried: list[str] = []
    monkeypatch.setattr(codes.log, "error", lambda event, **_: tried.append(event))
    world.work()
    world.work()

    assert code not in json.dumps(dict(world.store.mails.get(sound.key).analysis))
    assert tried == ["codes_not_looked_for"]
