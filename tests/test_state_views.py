"""What the faces read: lists in the order of their promise, and a case as a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from inbox_agent.rules import duties
from state.errors import NotFound
from state.model import (
    Act,
    CaseKey,
    CaseStatus,
    DraftKey,
    DraftStatus,
    DutyKind,
    ExtensionReason,
    Heartbeat,
    IdentityLevel,
    Letter,
    MessageStatus,
    Outcome,
    Party,
    ProofKind,
    Reason,
    RequestKind,
)
from state.store.store import Store
from state.views import Counts, MailPage, Narrowing, Page, Place, QueueRow, Span, TurnKind, Views, queue
from tests.state_examples import (
    AINO,
    MONDAY,
    NOW,
    answered,
    approved,
    by_agent,
    by_person,
    case,
    claimed,
    closed,
    due,
    extended,
    letter,
    mail,
    opened,
    proposed,
    right,
    told,
)

BERTIL = Party("Bertil Exempelström", "bertil@mejl.example")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "inbox.db") as opened_store:
        yield opened_store


@pytest.fixture
def views(store: Store, tmp_path: Path) -> Iterator[Views]:
    with Views.open(tmp_path / "inbox.db") as opened_views:
        yield opened_views


def received(store: Store, uid: int, days: int, subject: Party = AINO) -> CaseKey:
    new = case(received_on=MONDAY + timedelta(days=days), subject=subject)
    return store.intake.open_case(mail(uid), new, by_agent(Act.CASE_OPENED))


# -- the queue ------------------------------------------------------------------------------------


def test_a_row_says_who_wants_what_and_by_when(store: Store, views: Views) -> None:
    key = opened(store, RequestKind.ACCESS, RequestKind.ERASURE)
    proposed(store, key)
    dates = due(MONDAY)
    assert views.queue(MONDAY + timedelta(days=40)) == (
        QueueRow(
            key=key,
            number="2026-0001",
            name=AINO.name,
            address=AINO.address,
            kinds=(RequestKind.ACCESS, RequestKind.ERASURE),
            status=CaseStatus.OPEN,
            promise=dates.promise,
            target=dates.target,
            backstop=dates.backstop,
            received_on=MONDAY,
            days_left=-10,
            draft=DraftStatus.PROPOSED,
            letter=Letter.ACKNOWLEDGEMENT,
            identity_level=IdentityLevel.L1,
            identity_required=IdentityLevel.L2,
            flags=("identity_code",),
            language="fi",
        ),
    )


def test_a_row_says_what_is_still_to_be_done_besides_answering(store: Store, views: Views) -> None:
    """What was done or taken back is not; each case has its own."""
    key, other = received(store, 1, 0), received(store, 2, 1)
    told, frozen = (
        store.duties.open(key, duties.by_person(kind, MONDAY, ""), by_agent(Act.DUTY_OPENED))
        for kind in (DutyKind.TELL_RECIPIENTS, DutyKind.FREEZE_RECORDINGS)
    )
    assert [row.tasks for row in views.queue(MONDAY)] == [
        {DutyKind.TELL_RECIPIENTS, DutyKind.FREEZE_RECORDINGS},
        frozenset(),
    ]
    store.duties.done(told, by_person(Act.DUTY_DONE))
    store.duties.cancel(frozen, by_person(Act.DUTY_CANCELLED))
    assert [(row.key, row.tasks) for row in views.queue(MONDAY)] == [(key, frozenset()), (other, frozenset())]


def test_the_nearest_promise_stands_first_and_ended_cases_do_not_stand_there(store: Store, views: Views) -> None:
    late, soon, middle = received(store, 1, 9), received(store, 2, -9), received(store, 3, 0)
    over = received(store, 4, -20)
    store.cases.dismiss(over, by_person(Act.CASE_DISMISSED))
    store.cases.wait(middle, by_agent(Act.CASE_WAITING))
    assert [row.key for row in views.queue(MONDAY)] == [soon, middle, late]
    assert [row.key for row in views.queue(MONDAY, page=Page(limit=2))] == [soon, middle]
    assert [row.key for row in views.queue(MONDAY, Narrowing(status=CaseStatus.DISMISSED))] == [over]
    assert [row.key for row in views.queue(MONDAY, Narrowing(status=CaseStatus.WAITING))] == [middle]


def test_the_promise_is_that_of_the_earliest_right_that_is_still_open(store: Store, views: Views) -> None:
    key = opened(store)
    other = MONDAY + timedelta(days=5)
    store.cases.add_request(key, right(RequestKind.ERASURE, other), by_person(Act.REQUEST_OPENED))
    [first, second] = store.cases.get(key).requests

    event = by_agent(Act.REQUEST_EXTENDED)
    store.cases.extend(first.key, extended(MONDAY), ExtensionReason.COMPLEXITY, told(store, key), MONDAY, event)
    assert (views.queue(MONDAY)[0].promise, views.queue(MONDAY)[0].received_on) == (due(other).promise, other)

    store.cases.drop_request(second.key, by_person(Act.REQUEST_DROPPED))
    [row] = views.queue(MONDAY)
    assert (row.promise, row.target, row.kinds) == (
        extended(MONDAY).promise,
        extended(MONDAY).target,
        (RequestKind.ACCESS,),
    )


def test_a_list_is_narrowed_by_right_language_turn_and_days(store: Store, views: Views) -> None:
    """Each of them alone, and two together."""
    finnish = received(store, 1, 0)
    with store.transaction():
        swedish = received(store, 2, 9, BERTIL)
        store._database.write("update cases set language = 'sv' where id = ?", swedish)
    store.cases.add_request(swedish, right(RequestKind.ERASURE, MONDAY), by_person(Act.REQUEST_OPENED))
    store.cases.wait(finnish, by_agent(Act.CASE_WAITING))
    target = due(MONDAY).target
    later = MONDAY + timedelta(days=9)

    for wanted, meant in (
        (Narrowing(kind=RequestKind.ERASURE), [swedish]),
        (Narrowing(kind=RequestKind.OBJECTION), []),
        (Narrowing(language="sv"), [swedish]),
        (Narrowing(statuses=(CaseStatus.WAITING,)), [finnish]),
        (Narrowing(received=Span(later, date.max)), [swedish]),
        (Narrowing(received=Span(date.min, MONDAY)), [finnish]),
        (Narrowing(target=Span(date.min, target - timedelta(days=1))), []),
        (Narrowing(target=Span(target, date.max)), [finnish, swedish]),
        (Narrowing(promise=Span(date.min, due(MONDAY).promise), language="sv"), [swedish]),
        (Narrowing("bertil", kind=RequestKind.ERASURE, language="fi"), []),
    ):
        assert [row.key for row in views.queue(MONDAY, wanted)] == meant, wanted


def test_what_falls_due_next_week_is_listed_whatever_was_promised_before_it(store: Store, views: Views) -> None:
    """A case stands by its first promise; the target of its second right may lie far behind that."""
    key = received(store, 1, 0)
    store.cases.add_request(key, right(RequestKind.ERASURE, MONDAY + timedelta(days=40)), by_person(Act.REQUEST_OPENED))
    target = due(MONDAY + timedelta(days=40)).target
    assert [row.key for row in views.queue(MONDAY, Narrowing(target=Span(target, target)))] == [key]
    assert views.queue(MONDAY, Narrowing(target=Span(target + timedelta(days=1), date.max))) == ()


def test_pages_follow_one_another_and_lead_back(store: Store, views: Views) -> None:
    """Every case stands on exactly one page, also where many share a promise; what comes meanwhile moves nothing."""
    keys = [received(store, number, number // 3) for number in range(1, 11)]
    first = views.queue(MONDAY, page=Page(4))
    second = views.queue(MONDAY, page=Page(5, first[-1].place))
    received(store, 50, -30)
    third = views.queue(MONDAY, page=Page(5, second[-1].place))

    assert [row.key for row in (*first, *second[1:], *third[1:])] == keys
    assert views.queue(MONDAY, page=Page(4, second[0].place, backwards=True))[1:] == first[:3]
    assert views.queue(MONDAY, page=Page(2, backwards=True)) == third[-2:]


def test_a_case_without_a_live_right_keeps_its_place_until_a_person_closes_it(store: Store, views: Views) -> None:
    key = closed(store)
    store.intake.follow_up(mail(2), key, (), by_agent(Act.MESSAGE_FILED))
    assert [(row.key, row.promise) for row in views.queue(MONDAY)] == [(key, due(MONDAY).promise)]


def test_the_letter_of_a_row_is_the_one_that_wants_something(store: Store, views: Views) -> None:
    key = opened(store)

    def shown() -> tuple[DraftStatus | None, Letter | None]:
        [row] = views.queue(MONDAY)
        return row.draft, row.letter

    assert shown() == (None, None)
    sent = claimed(store, key)
    assert shown() == (DraftStatus.SENDING, Letter.ACKNOWLEDGEMENT)
    store.drafts.sent(sent, "250", by_agent(Act.DRAFT_SENT))
    assert shown() == (None, None)
    refused = claimed(store, key, Letter.MORE_INFORMATION)
    store.drafts.refused(refused, "550", by_agent(Act.DRAFT_REFUSED))
    assert shown() == (DraftStatus.REFUSED, Letter.MORE_INFORMATION)
    proposed(store, key, Letter.IDENTITY_QUESTION)
    assert shown() == (DraftStatus.PROPOSED, Letter.IDENTITY_QUESTION)


@pytest.mark.parametrize("text", ["bertil", "EXEMPELSTRÖM", " mejl.example ", "2026-0002", "exempelstr"])
def test_a_search_finds_number_name_and_address_in_any_case(store: Store, views: Views, text: str) -> None:
    received(store, 1, 0)
    key = received(store, 2, 1, BERTIL)
    assert [row.key for row in views.queue(MONDAY, Narrowing(text))] == [key]
    assert views.queue(MONDAY, Narrowing(text, CaseStatus.CLOSED)) == ()


@pytest.mark.parametrize("text", ["%", "_", "'", "bertil%", "\\"])
def test_a_search_means_what_it_says(store: Store, views: Views, text: str) -> None:
    received(store, 1, 0, BERTIL)
    assert views.queue(MONDAY, Narrowing(text)) == ()


def explained(views: Views, asked: queue.Statement) -> list[str]:
    """The database's plan for a question."""
    rows = views._database.named(f"explain query plan {asked.sql}", asked.values)
    return [row["detail"] for row in rows if not row["parent"]]


def test_twenty_thousand_cases_are_not_read_to_show_a_page(store: Store, views: Views) -> None:
    """The plan walks the index in the order of the promise and sorts nothing; so a page costs a page."""
    with store.transaction():
        store._database.write(
            "with recursive n (i) as (select 1 union all select i + 1 from n where i < 20000) "
            "insert into cases (year, serial, status, subject_name, sought, flags, language, received_at, "
            "received_on, identity_level, identity_required, opened_at, closed_at) "
            "select 2026, i, case when i % 4 then 'closed' else 'open' end, 'Nimi ' || i, 'nimi ' || i, '[]', 'fi', "
            "?1, '2026-03-02', 'L0', 'L1', ?1, case when i % 4 then ?1 end from n",
            NOW.isoformat(),
        )
        store._database.write(
            "insert into requests (case_id, kind, status, received_on, promise_on, backstop_on, target_on) "
            "select id, 'access', 'open', '2026-03-02', date('2026-01-01', (id % 365) || ' days'), '2026-04-02', "
            "'2026-04-02' from cases"
        )
    middle = Page(start=Place(date(2026, 6, 1), CaseKey(7)))
    for wanted, page, index in (
        (Narrowing(), Page(), "cases_queue"),
        (Narrowing("nimi 19"), middle, "cases_queue"),
        (Narrowing(), replace(middle, backwards=True), "cases_queue"),
        (Narrowing(kind=RequestKind.ACCESS, target=Span(MONDAY, MONDAY)), middle, "cases_queue"),
        (Narrowing(language="sv"), middle, "cases_queue_by_language"),
        (Narrowing(status=CaseStatus.CLOSED), middle, "cases_by_status"),
        (Narrowing(status=CaseStatus.CLOSED, language="sv"), middle, "cases_by_status_and_language"),
    ):
        plan = explained(views, queue.statement(wanted, page))
        assert index in plan[0].split()
        assert not any("TEMP B-TREE" in line for line in plan)

    for question, used in (
        (queue.BEGINNING, "SEARCH words USING PRIMARY KEY"),
        (queue.OF_KIND, "SEARCH requests USING INDEX requests_by_kind"),
        (queue.RECEIVED, "SEARCH cases USING COVERING INDEX cases_by_receipt"),
    ):
        values = {"word": "nimi", "kind": "access", "received_first": "2026", "received_last": "2027", "few": 1000}
        assert used in explained(views, queue.Statement(question, values))[0]
    assert "INTEGER PRIMARY KEY" in explained(views, queue.statement(Narrowing("nimi"), Page(), [1, 2]))[0]

    page = views.queue(MONDAY, page=Page(limit=300))
    assert len(page) == 300
    assert [row.promise for row in page] == sorted(row.promise for row in page)
    assert views.counts(MONDAY).open == 5000


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("select id from cases where subject_key = 'x'", "cases_by_subject"),
        ("select case_id from threads where message_id in (select value from json_each('[]'))", "PRIMARY KEY"),
        ("select * from drafts where status = 'approved' and not_before <= 'x' order by not_before, id", "by_status"),
        (
            "select * from messages where status = 'set_aside' and erased = 0 "
            "order by received_at desc, id desc limit 9",
            "by_status",
        ),
        ("select * from case_tally where status in ('candidate', 'open') and promise_on < '2026'", "PRIMARY KEY"),
        ("select id from requests where received_on between '2026-01-01' and '2026-12-31'", "requests_by_receipt"),
        ("select * from events where case_id = 1 order by seq", "events_by_case"),
    ],
)
def test_what_is_asked_often_is_answered_by_an_index(views: Views, statement: str, index: str) -> None:
    plan = [row["detail"] for row in views._database.rows(f"explain query plan {statement}")]
    assert index in plan[0]
    assert not any("TEMP B-TREE" in detail for detail in plan)


# -- counts and mails outside the queue ------------------------------------------------------------


def test_everything_that_wants_a_look_is_counted(store: Store, views: Views) -> None:
    opened(store, status=CaseStatus.CANDIDATE)
    proposed(store, received(store, 2, -31))
    waiting = received(store, 3, -25)
    store.cases.wait(waiting, by_agent(Act.CASE_WAITING))
    approved(store, received(store, 4, 5))
    uncertain = claimed(store, received(store, 5, 6))
    store.drafts.uncertain(uncertain, "lost", by_agent(Act.SENDING_UNCERTAIN))
    store.intake.set_aside(mail(6), Reason.MASS_MAIL, by_agent(Act.MESSAGE_SET_ASIDE))
    store.intake.quarantine(mail(7), Reason.UNREADABLE, by_agent(Act.MESSAGE_QUARANTINED))

    assert views.counts(MONDAY) == Counts(
        candidates=1,
        open=3,
        waiting=1,
        overdue=1,
        due_this_week=1,
        next_on=MONDAY + timedelta(days=5),
        proposed=1,
        outgoing=1,
        uncertain=1,
        set_aside=1,
        quarantined=1,
    )
    assert [draft.key for draft, _ in views.uncertain()] == [uncertain]


def test_mails_outside_the_queue_stand_with_their_reason_the_newest_first(store: Store, views: Views) -> None:
    older = store.intake.set_aside(mail(1), Reason.MASS_MAIL, by_agent(Act.MESSAGE_SET_ASIDE))
    arrival = mail(2, received_at=NOW + timedelta(days=1), sender=BERTIL)
    newer = store.intake.set_aside(arrival, Reason.NOT_A_REQUEST, by_agent(Act.MESSAGE_SET_ASIDE))
    unread = store.intake.quarantine(mail(3), Reason.UNREADABLE, by_agent(Act.MESSAGE_QUARANTINED))

    first, second = views.set_aside()
    assert (first.key, first.sender, first.reason, first.subject) == (
        newer,
        BERTIL,
        Reason.NOT_A_REQUEST,
        arrival.subject,
    )
    assert second.key == older
    assert [row.key for row in views.set_aside(MailPage(1))] == [newer]
    assert [row.key for row in views.quarantined()] == [unread]


def test_of_many_mails_outside_the_queue_the_oldest_is_found_too(store: Store, views: Views) -> None:
    """What is meant need not be among the newest."""
    keys = [store.intake.set_aside(mail(uid), Reason.MASS_MAIL, by_agent(Act.MESSAGE_SET_ASIDE)) for uid in range(1, 6)]
    assert [row.key for row in views.set_aside(MailPage(2))] == keys[:2:-1]
    assert [row.key for row in views.set_aside(MailPage(2), lambda row: row.key == keys[0])] == [keys[0]]


def test_mails_outside_the_queue_are_gone_through_from_any_place(store: Store, views: Views) -> None:
    """Page after page, and back from the very end, though several came in one second."""
    for uid in range(1, 8):
        at = NOW + timedelta(hours=uid // 3)
        store.intake.set_aside(mail(uid, received_at=at), Reason.MASS_MAIL, by_agent(Act.MESSAGE_SET_ASIDE))
    every = views.set_aside()
    for at, row in enumerate(every):
        assert views.set_aside(MailPage(2, row.place)) == every[at : at + 2]
        assert views.set_aside(MailPage(2, row.place, backwards=True)) == every[max(at - 2, 0) : at]
    assert views.set_aside(MailPage(2, backwards=True)) == every[-2:]


def test_the_mails_of_a_dismissed_case_stand_outside_the_queue_with_their_case(store: Store, views: Views) -> None:
    key = opened(store)
    store.cases.dismiss(key, by_person(Act.CASE_DISMISSED))
    assert [(row.case, row.reason) for row in views.set_aside()] == [(key, Reason.NOT_A_REQUEST)]


def test_a_letter_that_waits_in_an_ended_case_is_found(store: Store, views: Views) -> None:
    """The notice before a restriction is lifted is written in a closed case; it is counted, and it has its row."""
    ended = closed(store)
    assert views.ended_with_letter(MONDAY) == ()
    proposed(store, ended, Letter.RESTRICTION_LIFTED)
    [row] = views.ended_with_letter(MONDAY)
    assert (row.key, row.status, row.letter) == (ended, CaseStatus.CLOSED, Letter.RESTRICTION_LIFTED)
    assert views.counts(MONDAY).proposed == 1


# -- a case ---------------------------------------------------------------------------------------


def at(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


def test_a_case_reads_as_a_conversation_in_the_order_of_time(store: Store, views: Views) -> None:
    key = opened(store)
    first = store.drafts.propose(letter(key), by_agent(Act.DRAFT_PROPOSED, NOW + at(1)))
    second = store.drafts.propose(letter(key, "Parempi teksti"), by_agent(Act.DRAFT_PROPOSED, NOW + at(2)))
    store.cases.note(key, "Soitin hänelle.", by_person(Act.NOTE_ADDED, NOW + at(3)))
    recorded = by_person(Act.IDENTITY_RECORDED, NOW + at(4))
    store.identification.record_proof(key, ProofKind.OTHER, IdentityLevel.L3, "puhelu", recorded)
    shown = store.drafts.get(second).text_hash
    store.drafts.approve(second, shown, NOW, by_person(Act.DRAFT_APPROVED, NOW + at(5)))
    store.drafts.claim(second, "<letter@us.example>", by_agent(Act.SENDING_CLAIMED, NOW + at(6)))
    store.drafts.sent(second, "250 ok", by_agent(Act.DRAFT_SENT, NOW + at(7)))
    store.cases.wait(key, by_agent(Act.CASE_WAITING, NOW + at(8)))
    reply = mail(2, text="Kiitos!", received_at=NOW + at(9))
    more = right(RequestKind.ERASURE)
    store.intake.follow_up(reply, key, (more,), by_agent(Act.MESSAGE_FILED, NOW + at(10)))

    turns = views.conversation(key)

    assert [(turn.kind, turn.text) for turn in turns] == [
        (TurnKind.INCOMING, "Haluan tietoni."),
        (TurnKind.NOTE, "Soitin hänelle."),
        (TurnKind.EVENT, "puhelu"),
        (TurnKind.LETTER, "Parempi teksti"),
        (TurnKind.EVENT, ""),
        (TurnKind.INCOMING, "Kiitos!"),
        (TurnKind.EVENT, ""),
        (TurnKind.EVENT, ""),
    ]
    told = [turn.event.event.act for turn in turns if turn.kind is TurnKind.EVENT and turn.event]
    assert told == [Act.IDENTITY_RECORDED, Act.CASE_WAITING, Act.CASE_RESUMED, Act.REQUEST_OPENED]
    sent = turns[3]
    assert sent.draft is not None
    assert sent.delivery is not None
    assert (sent.draft.key, sent.delivery.answer, sent.at) == (second, "250 ok", NOW + at(7))
    assert views.draft(first).status is DraftStatus.SUPERSEDED
    assert [turn.at for turn in turns] == sorted(turn.at for turn in turns)


def test_a_mail_of_which_nothing_was_understood_still_has_its_turn(store: Store, views: Views) -> None:
    unread = store.intake.quarantine(
        replace(mail(1), analysis={}), Reason.UNREADABLE, by_agent(Act.MESSAGE_QUARANTINED)
    )
    key = store.mails.refile(unread, case(), by_person(Act.CASE_OPENED))
    assert [(turn.kind, turn.text) for turn in views.conversation(key)] == [(TurnKind.INCOMING, "")]


def test_the_trail_holds_every_event_of_the_case_and_no_other(store: Store, views: Views) -> None:
    key, other = opened(store), opened(store, uid=2)
    answered(store, key)
    assert views.trail(key) == store.journal.events(key)
    assert {stored.case for stored in views.trail(other)} == {other}


def test_one_thing_is_read_as_the_store_reads_it(store: Store, views: Views) -> None:
    key = opened(store)
    draft = claimed(store, key)
    [message] = store.mails.of_case(key)
    beat = Heartbeat("agent", NOW, "alive", {})
    store.pulse.beat(beat)
    assert views.case(key) == views.by_number("2026-0001") == store.cases.get(key)
    assert views.message(message.key) == message
    assert views.draft(draft) == views.drafts(key)[0] == store.drafts.get(draft)
    assert views.delivery(draft) == store.drafts.delivery(draft)
    assert views.heartbeat("agent") == beat
    with pytest.raises(NotFound):
        views.draft(DraftKey(99))


def test_a_purged_case_can_still_be_shown_without_anybody_in_it(store: Store, views: Views) -> None:
    key = opened(store)
    proposed(store, key)
    [request] = store.cases.get(key).requests
    store.cases.decide(request.key, Outcome.REFUSED, {"ground": "x"}, by_person(Act.REQUEST_DECIDED))
    store.cases.note(key, "Soitin Ainolle.", by_person(Act.NOTE_ADDED))
    store.cases.dismiss(key, by_person(Act.CASE_DISMISSED))
    store.cases.purge(key, by_agent(Act.CASE_PURGED))

    [row] = views.queue(MONDAY, Narrowing(status=CaseStatus.PURGED))
    assert (row.name, row.address, row.promise, row.flags) == ("", "", due(MONDAY).promise, ())
    assert {turn.text for turn in views.conversation(key)} == {""}
    assert (views.set_aside(), views.counts(MONDAY).set_aside) == ((), 0)
    assert views.message(store.mails.of_case(key)[0].key).status is MessageStatus.SET_ASIDE


def test_a_sign_of_life_is_no_event_of_the_journal(store: Store, views: Views) -> None:
    """Who looks whether a case may have changed is not called by every heartbeat, but by every deed."""
    before, version = views.last_event(), views.data_version()
    store.pulse.beat(Heartbeat("agent", NOW, "alive", {}))
    assert views.last_event() == before
    assert views.data_version() != version
    opened(store)
    assert views.last_event() > before
