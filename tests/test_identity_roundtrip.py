"""The round trip with real mails: a code counts once, from the right person, in time, and raises the level itself."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from inbox_agent.rules import roundtrip, understand, waiting
from inbox_agent.services.poll import Poll
from state.lifecycle import text_hash
from state.model import (
    Act,
    CaseStatus,
    DraftStatus,
    Fetched,
    FolderState,
    IdentityLevel,
    Letter,
    Message,
    MessageKey,
    Outcome,
    Place,
    ProofKind,
    RawMessage,
    RequestStatus,
)
from tests.identity_world import AINO, ASKS, OTHER, STRANGER, World, asked_world, recogniser

L0, L1, L2, L3, L4 = IdentityLevel
ON_FILE = f"Aino Esimerkki;{AINO};040 000 0001;1001;;\n"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Aino is on file, has asked for her data, and the identity question has left."""
    return asked_world(lambda: World(tmp_path, ON_FILE))


def reply(world: World, text: str, sender: str = AINO, **more: object) -> None:
    world.arrive(world.mail(text, sender, subject="Vs: Asia", answers=world.asked(), **more))  # type: ignore[arg-type]


def acts(world: World) -> list[Act]:
    return [stored.event.act for stored in world.store.journal.events(world.cases[0].key)]


QUOTED = "torstai 5. maaliskuuta 2026 Esimerkki Oy kirjoitti:\n> Hyvä Aino Esimerkki\n>\n"


@pytest.mark.parametrize(
    "write",
    [
        lambda code: code,
        lambda code: f"Hei, tässä koodi: {code}\n\nAino",
        lambda code: code.lower().replace("-", " "),
        lambda code: code.replace("-", ""),
        lambda code: f"koodi on {code.replace('-', ' - ')} kiitos",
        lambda code: f"Koodi alla.\n\n{QUOTED}> vastaukseen koodi {code}. Se toimii kerran\n",
        lambda code: f"{QUOTED}> vastaukseen koodi {code}.\n\nTässä vastaus, olen oma itseni.\n",
        lambda code: f"{QUOTED}> vastaukseen koodi {code[:9]}\n> {code[10:]}. Se toimii kerran\n\nJuu.\n",
    ],
    ids=["bare", "greeted", "small and spaced", "run together", "spaced", "top-posted", "below the quote", "wrapped"],
)
def test_a_code_that_comes_back_raises_the_level_by_itself(world: World, write: Callable[[str], str]) -> None:
    assert (world.only.identity_level, world.only.status) == (L1, CaseStatus.WAITING)
    reply(world, write(world.code()))
    assert (world.only.identity_level, world.only.status) == (L2, CaseStatus.OPEN)
    assert acts(world).count(Act.CODE_RETURNED) == 1


def test_a_code_typed_letter_by_letter_wrong_raises_nothing_and_five_stop_it(world: World) -> None:
    right = world.code()
    for wrong in ("A2BB-3CDD-EFGH", "B2BB-3CDD-EFGH", "C2BB-3CDD-EFGH", "D2BB-3CDD-EFGH", "E2BB-3CDD-EFGH"):
        assert wrong != right
        reply(world, f"koodi {wrong}")
        assert world.only.identity_level is L1
    reply(world, right)
    assert world.only.identity_level is L1
    assert acts(world).count(Act.CODE_WRONG) == 5


def test_a_code_works_once_and_another_mail_with_it_adds_nothing(world: World) -> None:
    code = world.code()
    reply(world, code)
    world.review.who_asks.doubt(world.only.key, "epäilen")
    reply(world, code)
    assert acts(world).count(Act.CODE_RETURNED) == 1


def test_a_doubted_code_does_not_count_any_more(world: World) -> None:
    reply(world, world.code())
    world.review.who_asks.doubt(world.only.key, "soittaja ei tiennyt pyynnöstä")
    assert world.only.identity_level < world.only.identity_required


def test_an_old_code_raises_nothing(world: World) -> None:
    code = world.code()
    world.later(days=7)
    reply(world, code)
    assert world.only.identity_level is L1


def test_a_newer_code_ends_the_older_one(world: World) -> None:
    old = world.code()
    world.review.who_asks.send_code(world.only.key)
    world.send_all()
    reply(world, old)
    assert world.only.identity_level is L1
    reply(world, world.code())
    assert world.only.identity_level is L2


def test_an_absence_notice_that_quotes_our_letter_proves_nothing(world: World) -> None:
    reply(world, f"Olen lomalla.\n\n{QUOTED}> koodi {world.code()}\n", headers="Auto-Submitted: auto-replied\r\n")
    assert world.only.identity_level is L1


@pytest.mark.parametrize(
    "trick",
    [
        {"sender": STRANGER},
        {"sender": "aino@p0sti.example"},
        {"authentic": False},
        {"headers": f"Reply-To: <{STRANGER}>\r\n"},
        {"name": f"{AINO}", "sender": STRANGER},
    ],
    ids=["stranger", "look-alike", "forged", "reply-to elsewhere", "name trick"],
)
def test_the_right_code_in_a_mail_that_is_not_believed_is_flagged_and_raises_nothing(
    world: World, trick: dict[str, object]
) -> None:
    """Right references, right code, wrong sender: it neither joins nor advances the case."""
    reply(world, f"koodi {world.code()}", **trick)  # type: ignore[arg-type]
    first, second = world.cases
    assert (first.identity_level, first.status) == (L1, CaseStatus.WAITING)
    assert "code_from_stranger" in first.flags
    assert second.status is CaseStatus.CANDIDATE


def test_an_answer_that_is_asked_elsewhere_advances_nothing(world: World) -> None:
    reply(world, f"koodi {world.code()}. Pyydän, että lähetätte tietoni osoitteeseen {STRANGER}")
    assert world.cases[0].identity_level is L1
    assert len(world.cases) == 2


def test_a_code_of_another_case_raises_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, ON_FILE + f"Kettu Esimerkki;{STRANGER};;1002;;\n")
    world.arrive(world.mail(ASKS))
    world.arrive(world.mail(ASKS, STRANGER, name="Kettu Esimerkki"))
    world.send_all()
    aino, kettu = world.cases
    letters = {draft.case: draft for draft in world.drafts(DraftStatus.SENT)}
    world.arrive(world.mail(world.code(letters[kettu.key]), answers=world.asked(letters[aino.key])))
    assert [case.identity_level for case in world.cases] == [L1, L1]


def test_the_same_mail_twice_is_one_mail(world: World) -> None:
    raw = world.mail(world.code(), answers=world.asked())
    world.arrive(raw)
    world.arrive(raw)
    assert acts(world).count(Act.CODE_RETURNED) == 1


def test_a_code_to_somebody_who_is_not_on_file_proves_only_that_mailbox(tmp_path: Path) -> None:
    world = asked_world(lambda: World(tmp_path, ""))
    reply(world, world.code())
    assert world.only.identity_level is L0


def test_once_the_contact_on_file_is_known_an_earlier_code_counts(tmp_path: Path) -> None:
    """A company without a connected register looks by hand, before or after the code."""
    world = asked_world(lambda: World(tmp_path, None))
    reply(world, world.code())
    assert world.only.identity_level is L1
    world.review.who_asks.on_file(world.only.key, AINO)
    assert world.only.identity_level is L2


def test_the_code_goes_to_the_address_on_file_and_so_does_the_answer(tmp_path: Path) -> None:
    """She writes from a new address; the old one is on file. Whoever reads the new one gets nothing."""
    world = asked_world(lambda: World(tmp_path, f"Aino Esimerkki;{OTHER};;1001;;\n"))
    world.review.who_asks.on_file(world.only.key, OTHER, "Aino Esimerkki")
    [letter] = world.drafts(DraftStatus.PROPOSED)
    assert (letter.letter, letter.envelope.to.address) == (Letter.IDENTITY_CODE, OTHER)
    assert world.code() not in letter.subject
    world.send_all()
    world.arrive(world.mail(world.code(), OTHER, answers=world.asked()))
    assert world.only.identity_level is L2
    assert world.answer(world.only.key)
    assert OTHER in str(world.outgoing.mails[-1]["To"])


def test_nothing_that_tells_of_data_leaves_before_the_code_came_back(world: World) -> None:
    assert not world.answer(world.only.key)
    reply(world, world.code())
    assert world.answer(world.only.key)


def test_silence_is_answered_in_time_and_a_late_proof_opens_the_case_again(world: World) -> None:
    """The final letter is drafted three working days before the target; a code after it resumes the old clock."""
    world.later(days=20)
    world.work()
    assert not world.drafts(DraftStatus.PROPOSED)
    world.later(days=6)  # Tue 31 March; the target is Thu 2 April
    world.work()
    [letter] = world.drafts(DraftStatus.PROPOSED)
    assert {request.outcome for request in world.only.requests} == {Outcome.NOT_IDENTIFIED}
    assert letter.envelope.to.address == AINO
    world.send_all()
    assert world.only.status is CaseStatus.CLOSED
    reply(world, "Hei, soittakaa minulle niin todistan kuka olen. Koodi vanheni jo.")
    assert world.only.status is CaseStatus.OPEN
    assert {request.status for request in world.only.requests} == {RequestStatus.OPEN}
    assert {request.due.promise.isoformat() for request in world.only.requests} == {"2026-04-05"}


def test_a_proof_takes_the_drafted_refusal_back(world: World) -> None:
    world.later(days=26)
    world.work()
    world.review.who_asks.prove(world.only.key, ProofKind.OTHER, L3, "soitto rekisterin numeroon ja kysymykset")
    assert {request.status for request in world.only.requests} == {RequestStatus.OPEN}
    assert not world.drafts(DraftStatus.PROPOSED)


def test_a_doubt_takes_back_the_code_that_is_out(world: World) -> None:
    code = world.code()
    world.review.who_asks.doubt(world.only.key, "soittaja ei tiennyt pyynnöstä")
    reply(world, code)
    assert world.only.identity_level is L1
    assert Act.CODE_RETURNED not in acts(world)


def test_after_a_doubt_a_new_code_counts(world: World) -> None:
    world.review.who_asks.doubt(world.only.key, "epäilen")
    world.review.who_asks.send_code(world.only.key)
    world.send_all()
    reply(world, world.code())
    assert world.only.identity_level is L2


KEPT = ("cases", "messages", "drafts", "codes", "events", "notes", "deliveries", "overrides")
"""Everything that is shown or given out; the mails' bytes as they came are not."""


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


def test_a_refusal_and_the_clock_know_one_day_of_asking_the_first(world: World) -> None:
    """Who was asked twice was asked in time or not by the first question; the form and the assistant say the same."""
    world.arrive(world.mail(ASKS))
    world.send_all()
    asked = world.now.date()
    world.later(days=5)
    world.review.who_asks.send_code(world.only.key)
    world.send_all()
    (facts,) = world.review.outcomes.proposals(world.only.key).values()
    sent = world.store.drafts.with_deliveries(world.only.key)
    assert facts["asked_on"] == asked.isoformat()
    assert waiting.first_asked_on(sent) == asked


def test_an_address_that_came_round_in_an_earlier_case_is_known_in_the_next(tmp_path: Path) -> None:
    world = asked_world(lambda: World(tmp_path, "Joku Muu;muu@posti.example;;9;;\n"))
    world.review.who_asks.on_file(world.only.key, AINO)
    reply(world, world.code())
    assert world.only.identity_level is L2
    assert world.answer(world.only.key)
    world.later(days=40)
    world.arrive(world.mail("Pyydän poistamaan kaikki henkilötietoni rekisteristänne.", subject="Poistopyyntö"))
    first, second = world.cases
    assert second.identity_level is L1
    assert second.identity_required is L2
    world.review.who_asks.doubt(first.key, "Aino soitti: hän ei ole pyytänyt mitään")
    assert world.review.who_asks.assessment(second.key).level is L0


def twice_asked(tmp_path: Path, again: str) -> World:
    """Aino has proved herself by a code in an answered case, and asks again, and a stranger asks too."""
    world = asked_world(lambda: World(tmp_path, "Joku Muu;muu@posti.example;;9;;\n", "contact_card"))
    world.review.who_asks.on_file(world.only.key, AINO)
    reply(world, world.code())
    assert world.answer(world.only.key)
    world.later(days=40)
    world.arrive(world.mail(again, subject="Toinen pyyntö"))
    return world


def test_a_doubt_lowers_the_person_s_other_open_cases_at_once(tmp_path: Path) -> None:
    """An answer that was approved on the strength of the earlier proof does not leave any more."""
    world = twice_asked(tmp_path, "Pyydän poistamaan kaikki henkilötietoni rekisteristänne.")
    first, second = world.cases
    assert (second.identity_level, second.identity_required) == (L1, L1)
    world.review.who_asks.doubt(first.key, "Aino soitti: hän ei ole pyytänyt mitään")
    assert world.case(second.key).identity_level is L0
    assert not world.answer(second.key)


def test_a_proof_raises_the_person_s_other_open_cases_at_once_and_nobody_else_s(tmp_path: Path) -> None:
    world = twice_asked(tmp_path, "Pyydän poistamaan kaikki henkilötietoni rekisteristänne.")
    world.arrive(world.mail(ASKS, STRANGER, name="Kettu Esimerkki"))
    first, second, stranger = world.cases
    world.review.who_asks.doubt(first.key, "epäilen")
    levels = {case.key: case.identity_level for case in world.cases}
    world.review.who_asks.prove(first.key, ProofKind.ID_SHOWN, None, "kävi, ajokortti nähty")
    assert world.case(second.key).identity_level is L1
    assert world.case(stranger.key).identity_level is levels[stranger.key]


def test_a_code_from_an_address_that_is_not_on_file_is_no_second_channel(tmp_path: Path) -> None:
    """Beside a call to the number on file it adds nothing: one known channel is L2, and L3 is needed."""
    world = asked_world(lambda: World(tmp_path, "", sensitivity="sensitive"))
    reply(world, world.code())
    world.review.who_asks.prove(world.only.key, ProofKind.CALL_BACK, None, "rekisterin numeroon")
    assert world.only.identity_level is L2
    assert not world.answer(world.only.key)


def test_what_another_mailbox_proved_lends_an_address_nothing_in_the_next_case(tmp_path: Path) -> None:
    """The code came back from the old address on file; the new one has proved nothing, then or now."""
    world = asked_world(lambda: World(tmp_path, f"Aino Esimerkki;{OTHER};;1001;;\n", sensitivity="contact_card"))
    world.review.who_asks.on_file(world.only.key, OTHER, "Aino Esimerkki")
    world.send_all()
    world.arrive(world.mail(world.code(), OTHER, answers=world.asked()))
    assert world.answer(world.only.key)
    world.later(days=2)
    world.arrive(world.mail(ASKS))
    later = world.cases[-1]
    assert later.identity_level is L0
    assert not world.answer(later.key)


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


def test_among_many_cases_of_one_address_the_code_of_the_case_that_is_answered_counts(tmp_path: Path) -> None:
    """Whoever writes in her name can make her cases many, but not push her own code out of what is tested."""
    world = World(tmp_path, ON_FILE)
    for place in range(7):
        world.arrive(world.mail(f"{ASKS} Numero {place}.", authentic=place == 0, subject=f"Pyyntö {place}"))
    for case in world.cases[1:]:
        if case.status is CaseStatus.CANDIDATE:
            world.review.cases.confirm(case.key)
    world.work()
    world.send_all()
    letters = {draft.case: draft for draft in world.drafts(DraftStatus.SENT)}
    first = world.cases[0]
    world.arrive(world.mail(world.code(letters[first.key]), answers=world.asked(letters[first.key])))
    assert world.case(first.key).identity_level is L2


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


def test_a_code_of_its_own_that_proved_nothing_lends_a_new_address_nothing_either(tmp_path: Path) -> None:
    """The new mailbox sent its own code back before the old one, which is on file, sent the one that proved her."""
    world = asked_world(lambda: World(tmp_path, f"Aino Esimerkki;{OTHER};;1001;;\n", sensitivity="contact_card"))
    reply(world, world.code())
    world.review.who_asks.on_file(world.only.key, OTHER, "Aino Esimerkki")
    world.send_all()
    world.arrive(world.mail(world.code(), OTHER, answers=world.asked()))
    assert world.only.identity_level is L2
    world.arrive(world.mail("Pyydän poistamaan kaikki henkilötietoni rekisteristänne.", subject="Asia"))
    assert world.cases[-1].identity_level is L0


def found(world: World) -> set[str]:
    return {str(one.code) for one in world.review.who_asks.assessment(world.only.key).findings}


def test_a_code_that_counts_no_more_is_told_so_that_nobody_waits_in_vain(world: World) -> None:
    """One wrong code, five, seven days gone; of one that came back, or of a new one, nothing is told."""
    assert not {"code_wrong", "code_stopped", "code_expired"} & found(world)
    reply(world, "koodi A2BB-3CDD-EFGH")
    assert "code_wrong" in found(world)
    for wrong in ("B2BB-3CDD-EFGH", "C2BB-3CDD-EFGH", "D2BB-3CDD-EFGH", "E2BB-3CDD-EFGH"):
        reply(world, f"koodi {wrong}")
    assert {"code_wrong", "code_stopped"} & found(world) == {"code_stopped"}
    world.review.who_asks.send_code(world.only.key)
    world.send_all()
    assert not {"code_wrong", "code_stopped"} & found(world)
    world.later(days=8)
    assert "code_expired" in found(world)
    world.review.who_asks.send_code(world.only.key)
    world.send_all()
    reply(world, world.code())
    assert not {"code_wrong", "code_stopped", "code_expired"} & found(world)
