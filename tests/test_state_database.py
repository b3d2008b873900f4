"""The file: whose it is, how it grows, who may write to it at once, and what a full disk does."""

from __future__ import annotations

import inspect
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils.migrations import Migrations

import state
from state import database
from state.database import APPLICATION_ID
from state.errors import ForeignDatabase, NewerDatabase, StoreBusy, StoreFull, StoreUnusable
from state.migrations import MIGRATIONS, NAMES
from state.model import (
    Act,
    CanaryKey,
    CaseKey,
    CodeKey,
    Contact,
    Counting,
    Cursor,
    DraftKey,
    DutyKey,
    ExtensionReason,
    Heartbeat,
    IdentityLevel,
    Judgement,
    Masked,
    Match,
    MessageKey,
    Offer,
    Outcome,
    ProofKind,
    Reason,
    Reckoning,
    RequestKey,
    Verdict,
)
from state.store.store import Store
from state.views import Views
from tests.state_examples import (
    MONDAY,
    NOW,
    a_duty,
    by_agent,
    by_person,
    case,
    claimed,
    due,
    extended,
    letter,
    mail,
    opened,
    place,
    proposed,
    right,
)

ROOT = Path(state.__file__).parents[1]


def _pragma(store: Store, name: str) -> object:
    return store._database.rows(f"pragma {name}")[0][0]


# -- opening --------------------------------------------------------------------------------------


def test_a_new_file_is_ours_alone_and_set_up_for_safety(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    with Store.open(path) as store:
        assert _pragma(store, "application_id") == APPLICATION_ID
        assert _pragma(store, "journal_mode") == "wal"
        assert _pragma(store, "synchronous") == 2
        assert _pragma(store, "foreign_keys") == 1
        assert _pragma(store, "secure_delete") == 1
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        opened(store)
        assert stat.S_IMODE((tmp_path / "inbox.db-wal").stat().st_mode) == 0o600


def test_a_store_that_is_opened_again_holds_what_was_written(tmp_path: Path) -> None:
    with Store.open(tmp_path / "inbox.db") as store:
        key = opened(store)
        claimed(store, key)
        before = store.cases.get(key), store.drafts.for_case(key), store.mails.of_case(key), store.journal.events(key)
    with Store.open(tmp_path / "inbox.db") as store:
        after = store.cases.get(key), store.drafts.for_case(key), store.mails.of_case(key), store.journal.events(key)
        assert after == before
        store.journal.verify()


def test_every_table_references_what_it_belongs_to_and_no_row_hangs_in_the_air(tmp_path: Path) -> None:
    with Store.open(tmp_path / "inbox.db") as store:
        claimed(store, opened(store))
        assert store._database.rows("pragma foreign_key_check") == []
        assert store._database.rows("pragma integrity_check")[0][0] == "ok"
        with pytest.raises(sqlite3.IntegrityError), store.transaction():
            store._database.insert("threads", {"message_id": "<x@y>", "case_id": 99})


def test_the_steps_of_the_schema_are_applied_once_and_in_order(tmp_path: Path) -> None:
    for _ in range(2):
        Store.open(tmp_path / "inbox.db").close()
    connection = sqlite3.connect(tmp_path / "inbox.db")
    applied = [migration.name for migration in MIGRATIONS.applied(sqlite_utils.Database(connection))]
    connection.close()
    assert applied == sorted(NAMES)


def test_a_step_that_fails_leaves_the_file_blank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Migrations("inbox-agent")

    @broken(name="0001_half")
    def half(db: sqlite_utils.Database) -> None:
        db.execute("create table cases (id integer primary key)")
        db.execute("create table cases (id integer primary key)")

    with monkeypatch.context() as patched:
        patched.setattr(database, "MIGRATIONS", broken)
        with pytest.raises(sqlite3.OperationalError):
            Store.open(tmp_path / "inbox.db")
    with Store.open(tmp_path / "inbox.db") as store:
        opened(store)


@pytest.mark.parametrize("setup", ["create table theirs (x)", "pragma application_id = 77"])
def test_the_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path, setup: str) -> None:
    path = tmp_path / "theirs.db"
    connection = sqlite3.connect(path)
    connection.execute(setup)
    connection.close()
    before = path.read_bytes()
    for open_it in (Store.open, Views.open):
        with pytest.raises(ForeignDatabase):
            open_it(path)
    assert path.read_bytes() == before


def test_a_view_of_a_blank_file_is_refused_because_there_is_nothing_to_see(tmp_path: Path) -> None:
    (tmp_path / "blank.db").touch()
    with pytest.raises(ForeignDatabase):
        Views.open(tmp_path / "blank.db")


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Hyvä vastaanottaja, " * 100)
    for open_it in (Store.open, Views.open):
        with pytest.raises(ForeignDatabase):
            open_it(path)
    assert path.read_text() == "Hyvä vastaanottaja, " * 100


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    Store.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(
        "insert into _sqlite_migrations (migration_set, name, applied_at) values ('inbox-agent', '9999_later', '')"
    )
    connection.commit()
    connection.close()
    for open_it in (Store.open, Views.open):
        with pytest.raises(NewerDatabase):
            open_it(path)


@pytest.mark.parametrize("path", ["no/such/folder/inbox.db", "."])
def test_a_place_where_no_database_can_be_is_said_to_be_unusable(tmp_path: Path, path: str) -> None:
    for open_it in (Store.open, Views.open):
        with pytest.raises(StoreUnusable):
            open_it(tmp_path / path)


def test_a_damaged_file_is_said_to_be_unusable(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    with Store.open(path) as store:
        for uid in range(50):
            opened(store, uid=uid)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with pytest.raises(StoreUnusable), Store.open(path) as store:
        store.journal.verify()


# -- several at once ------------------------------------------------------------------------------


def _python(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


_HOLDS_THE_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("begin immediate")
print("locked", flush=True)
sys.stdin.readline()
"""


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Another process holds the write lock."""
    holder = _python(_HOLDS_THE_LOCK, path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "locked\n"
    try:
        yield
    finally:
        holder.communicate("done\n")


def _acts() -> Mapping[str, Callable[[Store], object]]:
    """Every method that writes, with lawful arguments for a store that holds one case and one claimed letter."""
    one, first, draft, message = CaseKey(1), RequestKey(1), DraftKey(1), MessageKey(1)
    did = by_person(Act.NOTE_ADDED)
    return {
        "reading.save_cursor": lambda s: s.reading.save_cursor(Cursor("a", "INBOX", 1, 1)),
        "intake.sighted": lambda s: s.intake.sighted(message, place(9), did),
        "intake.open_case": lambda s: s.intake.open_case(mail(9), case(), did),
        "intake.follow_up": lambda s: s.intake.follow_up(mail(9), one, (), did),
        "intake.set_aside": lambda s: s.intake.set_aside(mail(9), Reason.MASS_MAIL, did),
        "intake.quarantine": lambda s: s.intake.quarantine(mail(9), Reason.UNREADABLE, did),
        "mails.refile": lambda s: s.mails.refile(message, case(), did),
        "placing.put_under": lambda s: s.placing.put_under(message, one, did),
        "placing.take_out": lambda s: s.placing.take_out(message, did),
        "cases.record": lambda s: s.cases.record(case(), "", did, did),
        "cases.hand_over": lambda s: s.cases.hand_over(one, "Joel", "", did),
        "absences.set": lambda s: s.absences.set((), did),
        "cases.confirm": lambda s: s.cases.confirm(one, None, did),
        "cases.dismiss": lambda s: s.cases.dismiss(one, did),
        "cases.wait": lambda s: s.cases.wait(one, did),
        "cases.resume": lambda s: s.cases.resume(one, did),
        "cases.close": lambda s: s.cases.close(one, did),
        "joining.join": lambda s: s.joining.join(one, CaseKey(2), (), did),
        "parting.part": lambda s: s.parting.part(one, did),
        "corrections.record": lambda s: s.corrections.record(message, Judgement(Verdict.REQUEST, ("access",)), did),
        "corrections.exported": lambda s: s.corrections.exported(message, did),
        "reading.begin_again": lambda s: s.reading.begin_again(Cursor("a", "INBOX", 1, 1)),
        "cases.reopen": lambda s: s.cases.reopen(one, did),
        "cases.add_request": lambda s: s.cases.add_request(one, right(), did),
        "cases.drop_request": lambda s: s.cases.drop_request(first, did),
        "cases.extend": lambda s: s.cases.extend(
            first, extended(MONDAY), ExtensionReason.COMPLEXITY, draft, MONDAY, did
        ),
        "cases.decide": lambda s: s.cases.decide(first, Outcome.GRANTED, {}, did),
        "cases.undecide": lambda s: s.cases.undecide(first, did),
        "cases.revive": lambda s: s.cases.revive(first, did),
        "cases.answered": lambda s: s.cases.answered(first, did),
        "cases.received_earlier": lambda s: s.cases.received_earlier(
            one, date(2026, 1, 1), due(MONDAY), due(MONDAY), did
        ),
        "cases.right_received_earlier": lambda s: s.cases.right_received_earlier(
            first, date(2026, 1, 1), due(MONDAY), due(MONDAY), did
        ),
        "intake.make_way": lambda s: s.intake.make_way(message, place(1), did),
        "mails.mask": lambda s: s.mails.mask(message, "", {}, did),
        "mails.cut": lambda s: s.mails.cut(message, b"", did),
        "cases.note": lambda s: s.cases.note(one, "", did),
        "cases.purge": lambda s: s.cases.purge(one, did),
        "drafts.propose": lambda s: s.drafts.propose(letter(one), did),
        "drafts.edit": lambda s: s.drafts.edit(draft, "", "", "", did),
        "drafts.approve": lambda s: s.drafts.approve(draft, "", NOW, did),
        "drafts.delivered": lambda s: s.drafts.delivered(draft, "post", NOW, did),
        "drafts.supersede": lambda s: s.drafts.supersede(draft, did),
        "drafts.withdraw_approval": lambda s: s.drafts.withdraw_approval(draft, did),
        "drafts.reject": lambda s: s.drafts.reject(draft, did),
        "drafts.claim": lambda s: s.drafts.claim(draft, "<a@b>", did),
        "drafts.sent": lambda s: s.drafts.sent(draft, "", did),
        "drafts.conceal": lambda s: s.drafts.conceal(draft, Masked("", ""), did),
        "drafts.deferred": lambda s: s.drafts.deferred(draft, "", NOW, did),
        "drafts.refused": lambda s: s.drafts.refused(draft, "", did),
        "drafts.uncertain": lambda s: s.drafts.uncertain(draft, "", did),
        "duties.open": lambda s: s.duties.open(one, a_duty(first), did),
        "duties.oblige": lambda s: s.duties.oblige(first, (), did),
        "duties.done": lambda s: s.duties.done(DutyKey(1), did),
        "duties.move": lambda s: s.duties.move(DutyKey(1), MONDAY, Reckoning(Counting.ON, MONDAY), "syy", did),
        "duties.cancel": lambda s: s.duties.cancel(DutyKey(1), did),
        "duties.reopen": lambda s: s.duties.reopen(DutyKey(1), did),
        "identification.record_contact": lambda s: s.identification.record_contact(one, Contact(Match.NONE), did),
        "identification.record_proof": lambda s: s.identification.record_proof(
            one, ProofKind.CALL_BACK, IdentityLevel.L2, "", did
        ),
        "identification.withdraw_proofs": lambda s: s.identification.withdraw_proofs(one, "", did),
        "identification.assess": lambda s: s.identification.assess(one, IdentityLevel.L2, IdentityLevel.L2, did),
        "identification.flag": lambda s: s.identification.flag(one, "dispute", True, did),
        "identification.issue": lambda s: s.identification.issue(draft, "salt", "digest", did),
        "identification.redeem": lambda s: s.identification.redeem(CodeKey(1), did),
        "identification.miss": lambda s: s.identification.miss(CodeKey(1), did),
        "identification.override": lambda s: s.identification.override(draft, "", "reason", "", did),
        "mails.erase_set_aside": lambda s: s.mails.erase_set_aside(NOW, did),
        "drafts.sent_by_hand": lambda s: s.drafts.sent_by_hand(draft, "", "", "<c@d>", did),
        "offers.offered": lambda s: s.offers.offered(Offer(draft, "", "<e@f>", ""), did),
        "offers.withdrawn": lambda s: s.offers.withdrawn(draft, did),
        "offers.noticed": lambda s: s.offers.noticed(one, "<g@h>", did),
        "canaries.claim": lambda s: s.canaries.claim("1" * 32, did),
        "canaries.sent": lambda s: s.canaries.sent(CanaryKey(1), did),
        "canaries.arrived": lambda s: s.canaries.arrived("1" * 32, NOW, "INBOX", did),
        "reminders.claim": lambda s: s.reminders.claim(one, "target-5", MONDAY, did),
        "reminders.sent": lambda s: s.reminders.sent(one, "target-5", MONDAY, did),
        "pulse.beat": lambda s: s.pulse.beat(Heartbeat("mailbox", NOW, "connected", {})),
    }


def test_every_method_that_takes_an_event_is_among_the_acts_tried_below() -> None:
    with Store.open(":memory:") as store:
        names = (
            "absences",
            "intake",
            "mails",
            "reading",
            "cases",
            "drafts",
            "duties",
            "identification",
            "joining",
            "parting",
            "placing",
            "corrections",
            "offers",
            "canaries",
            "reminders",
            "pulse",
        )
        parts = {name: getattr(store, name) for name in names}
        acting = {
            f"{part}.{name}"
            for part, holder in parts.items()
            for name, method in inspect.getmembers(type(holder), inspect.isfunction)
            if not name.startswith("_") and "event" in inspect.signature(method).parameters
        }
    assert acting | {"reading.save_cursor", "reading.begin_again", "pulse.beat"} == set(_acts())


def test_every_act_says_that_the_store_is_busy_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    with Store.open(path, busy_timeout=0.01) as store:
        claimed(store, opened(store))
        with _locked(path):
            for act in _acts().values():
                with pytest.raises(StoreBusy):
                    act(store)
        store.cases.wait(CaseKey(1), by_agent(Act.CASE_WAITING))


def test_a_view_reads_while_another_process_writes_and_cannot_write_itself(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    with Store.open(path) as store:
        key = opened(store)
        with Views.open(path, busy_timeout=0.01) as views:
            with _locked(path):
                assert views.case(key) == store.cases.get(key)
            with pytest.raises(StoreUnusable), views._database.transaction():
                views._database.write("delete from cases")


def test_a_view_sees_what_was_committed_and_says_that_something_was(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    with Store.open(path) as store, Views.open(path) as views:
        version = views.data_version()
        with store.transaction():
            opened(store)
            assert (views.queue(MONDAY), views.data_version()) == ((), version)
        assert views.data_version() != version
        assert [row.number for row in views.queue(MONDAY)] == ["2026-0001"]
        mine = store.data_version()
        opened(store, uid=2)
        assert store.data_version() == mine


_OPENS_CASES = """
import sys
from tests.state_examples import opened
from state.store.store import Store
print("ready", flush=True)
sys.stdin.readline()
with Store.open(sys.argv[1], busy_timeout=60) as store:
    for uid in range(int(sys.argv[2]), int(sys.argv[3])):
        opened(store, uid=uid)
"""


def test_two_processes_create_the_file_and_write_to_it_at_once(tmp_path: Path) -> None:
    path, each = tmp_path / "inbox.db", 40
    writers = [_python(_OPENS_CASES, path, start, start + each) for start in (0, each)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    with Store.open(path) as store:
        numbers = sorted(found.number for found in store.cases.open_cases())
        assert numbers == [f"2026-{serial:04}" for serial in range(1, 2 * each + 1)]
        assert store.journal.verify() == 2 * each * 3


def test_two_threads_with_a_store_each_move_a_case_once(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    with Store.open(path) as store:
        keys = [opened(store, uid=uid) for uid in range(30)]
    moved: list[CaseKey] = []
    start = threading.Barrier(2)

    def wait_for_all() -> None:
        with Store.open(path) as mine:
            start.wait()
            for key in keys:
                try:
                    mine.cases.wait(key, by_agent(Act.CASE_WAITING))
                except state.errors.IllegalTransition:
                    continue
                moved.append(key)

    threads = [threading.Thread(target=wait_for_all) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(moved) == keys
    with Store.open(path) as store:
        store.journal.verify()


def test_a_store_refuses_a_thread_that_did_not_open_it(tmp_path: Path) -> None:
    caught: list[type[BaseException]] = []

    def look(store: Store) -> None:
        try:
            store.cases.open_cases()
        except sqlite3.ProgrammingError as error:
            caught.append(type(error))

    with Store.open(tmp_path / "inbox.db") as store:
        thread = threading.Thread(target=look, args=[store])
        thread.start()
        thread.join()
    assert caught == [sqlite3.ProgrammingError]


# -- limits ---------------------------------------------------------------------------------------


def test_a_full_disk_undoes_the_act_and_says_so(tmp_path: Path) -> None:
    with Store.open(tmp_path / "inbox.db") as store:
        key = opened(store)
        store._database.rows(f"pragma max_page_count = {_pragma(store, 'page_count')}")
        with pytest.raises(StoreFull):
            store.intake.open_case(mail(2, text="x" * 100_000), case(), by_agent(Act.CASE_OPENED))
        store._database.rows("pragma max_page_count = 100000")
        assert [found.key for found in store.cases.open_cases()] == [key]
        opened(store, uid=2)
        store.journal.verify()


def test_after_the_disk_was_full_nothing_more_of_the_transaction_is_written(tmp_path: Path) -> None:
    """SQLite undoes the whole transaction then; an act that goes on regardless must not be committed alone."""

    def go_on_regardless(store: Store) -> None:
        with store.transaction():
            store.cases.note(CaseKey(1), "before", by_person(Act.NOTE_ADDED))
            with pytest.raises(StoreFull):
                store.cases.note(CaseKey(1), "x" * 100_000, by_person(Act.NOTE_ADDED))
            with pytest.raises(StoreFull):
                store.cases.note(CaseKey(1), "after", by_person(Act.NOTE_ADDED))

    with Store.open(tmp_path / "inbox.db") as store:
        opened(store)
        events = store.journal.verify()
        store._database.rows(f"pragma max_page_count = {_pragma(store, 'page_count')}")
        with pytest.raises(StoreFull):
            go_on_regardless(store)
        assert store.journal.verify() == events
        store.cases.wait(CaseKey(1), by_agent(Act.CASE_WAITING))


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_was_moved_away_takes_nothing_more_in_until_it_is_back(tmp_path: Path, *, replaced: bool) -> None:
    """Its new place is a backup, perhaps, or a bin: what was written there would be found by nobody."""
    path = tmp_path / "inbox.db"
    with Store.open(path) as store:
        opened(store)
        path.rename(tmp_path / "moved.db")
        if replaced:
            path.touch()
        with pytest.raises(StoreUnusable, match="moved or replaced"):
            opened(store, uid=2)
        (tmp_path / "moved.db").replace(path)
        opened(store, uid=2)
        assert len(store.cases.open_cases()) == 2


def test_a_disk_that_is_too_full_to_read_is_told_as_full() -> None:
    """SQLite has ended the transaction by itself then: that none is left to end must not hide why."""

    def read_on(store: Store) -> None:
        with store._database.snapshot():
            store._database._connection.execute("rollback")  # as SQLite does at SQLITE_FULL and SQLITE_IOERR
            raise StoreFull("disk I/O error")

    with Store.open(":memory:") as store:
        with pytest.raises(StoreFull):
            read_on(store)
        opened(store)


def test_a_write_outside_a_transaction_is_refused() -> None:
    with Store.open(":memory:") as store, pytest.raises(RuntimeError):
        store._database.write("delete from cursors")


# -- what the schema itself refuses ----------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "update drafts set status = 'approved'",
        "update drafts set status = 'sending'",
        "update drafts set approved_by = 'person:x'",
        "update drafts set status = 'approved', approved_by = 'agent', approved_at = 'x', not_before = 'x', "
        "approved_hash = text_hash",
        "update drafts set status = 'approved', approved_by = 'person:x', approved_at = 'x', not_before = 'x', "
        "approved_hash = 'another'",
        "update drafts set status = 'sent', approved_hash = text_hash",
        "update cases set status = 'closed'",
        "update cases set closed_at = 'x'",
        "update cases set status = 'purged', closed_at = 'x'",
        "update cases set status = 'nonsense'",
        "update requests set status = 'answered'",
        "update requests set extended_promise_on = '2026-01-01'",
        "update messages set status = 'set_aside'",
        "update messages set case_id = null, relation = null",
        "insert into deliveries (draft_id, message_id, claimed_at, attempts) values (1, 'a', 'x', 1), (1, 'b', 'x', 1)",
        "insert into cases (year, serial, status, language, received_at, received_on, identity_level, "
        "identity_required, opened_at) select year, serial, 'open', 'fi', 'x', 'x', 'L0', 'L0', 'x' from cases",
    ],
)
def test_the_schema_refuses_what_must_not_be(statement: str) -> None:
    with Store.open(":memory:") as store:
        proposed(store, opened(store))
        with pytest.raises(sqlite3.IntegrityError), store.transaction():
            store._database.write(statement)


def test_an_approved_text_cannot_get_another_hash() -> None:
    with Store.open(":memory:") as store:
        key = proposed(store, opened(store))
        approval = by_person(Act.DRAFT_APPROVED)
        store.drafts.approve(key, store.drafts.get(key).text_hash, NOW + timedelta(seconds=10), approval)
        with pytest.raises(sqlite3.IntegrityError), store.transaction():
            store._database.write("update drafts set body = 'muu', text_hash = 'muu'")
