"""The list of cases by promise: a page from any place on, by index, however many cases there are.

Refuses to be read whole: a screen shows hundreds of rows, a search or a narrowing finds the others. A place is a key
(promise, id), never a count of rows: what comes and goes before it moves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from state.database import Database, SqlValue, json_text
from state.lifecycle import LIVE_REQUESTS, UNSETTLED_DRAFTS
from state.model import Case, CaseKey, DraftStatus, DutyKind, Letter
from state.records import Records
from state.views.rows import Narrowing, Page, QueueRow

# The first condition of each is, word for word, that of its index: rows come in the index's order, none is sorted. Left
# alone, SQLite would gather the three statuses by another index and sort them all for one page.
_LIVE: Final = "status in ('candidate', 'open', 'waiting')"
_INDEXES: Final = {  # by whether the list is of live cases, and whether it is of one language
    (True, False): ("cases_queue", _LIVE),
    (True, True): ("cases_queue_by_language", _LIVE),
    (False, False): ("cases_by_status", "status = :status"),
    (False, True): ("cases_by_status_and_language", "status = :status"),
}
_SOUGHT: Final = "instr(coalesce(sought, '') || ' ' || number, :text) > 0"
_KIND: Final = "exists (select 1 from requests where case_id = cases.id and kind = :kind and status <> 'dropped')"
_TARGET: Final = (
    "exists (select 1 from requests where case_id = cases.id and status in ('open', 'decided')"
    " and coalesce(extended_target_on, target_on) between :target_first and :target_last)"
)
_BEHIND: Final = timedelta(days=31)  # no promise is farther behind its target, whatever holidays lie between

# What begins with a typed word, holds a right or was received in some days, by an index; up to so many they are
# fetched and put in order. More of them lie so dense that reading the queue in its order finds a page of them soon.
_FEW: Final = 1000
BEGINNING: Final = "select case_id as id from words where word >= :word and word < :word || char(1114111) limit :few"
OF_KIND: Final = "select distinct case_id as id from requests where kind = :kind and status <> 'dropped' limit :few"
RECEIVED: Final = "select id from cases where received_on between :received_first and :received_last limit :few"

_TAKEN_BACK: Final = frozenset({DraftStatus.REJECTED, DraftStatus.SUPERSEDED})

_Letter = tuple[Letter, DraftStatus, bool]  # and whether a person delivers it
_Values = dict[str, SqlValue]


class Statement(NamedTuple):
    """One question to the database."""

    sql: str
    values: _Values


def page(database: Database, records: Records, today: date, wanted: Narrowing, where: Page) -> tuple[QueueRow, ...]:
    """A page of the cases by promise: the live ones, or those of one status, narrowed."""
    keys = _keys(database, wanted, where)
    letters, tasks = _letters(database, keys), _tasks(database, keys)
    return tuple(
        replace(_row(case, letters.get(case.key, ()), today), tasks=tasks.get(case.key, frozenset()))
        for case in records.cases(keys)
    )


def ended(database: Database, records: Records, today: date) -> tuple[QueueRow, ...]:
    """The cases that are over and in which a letter still waits to be approved, or nobody knows whether it left."""
    found = database.rows(
        "select distinct cases.id from drafts join cases on cases.id = drafts.case_id"
        " where drafts.status in ('proposed', 'uncertain') and cases.status in ('closed', 'dismissed')"
        " order by cases.promise_on, cases.id"
    )
    keys = [CaseKey(row["id"]) for row in found]
    letters = _letters(database, keys)
    return tuple(_row(case, letters.get(case.key, ()), today) for case in records.cases(keys))


def _keys(database: Database, wanted: Narrowing, where: Page) -> list[CaseKey]:
    few = _few(database, wanted)
    asked = statement(wanted, where, few)
    keys = [CaseKey(row["id"]) for row in database.named(asked.sql, asked.values)]
    return keys[::-1] if where.backwards else keys


def statement(wanted: Narrowing, where: Page, few: Sequence[int] | None = None) -> Statement:
    """The question for a page's keys: among `few` cases, or in the order of an index."""
    index, first = _INDEXES[wanted.status is None, bool(wanted.language)]
    conditions = [first, *_conditions(wanted), *_from_place(where)]
    source = "cases" if few is not None else f"cases indexed by {index}"
    if few is not None:
        # By their keys: the plus keeps the index of the statuses out.
        conditions[:1] = ["id in (select value from json_each(:few_ids))", f"+{first}"]
    way = " desc" if where.backwards else ""
    sql = (
        f"select id from {source} where {' and '.join(conditions)}"  # noqa: S608  # every part is a constant of ours
        f" order by promise_on{way}, id{way} limit :limit"
    )
    values = {**_values(wanted), "limit": where.limit}
    if few is not None:
        values["few_ids"] = json_text(list(few))
    if where.start is not None:
        values |= {"start_on": where.start.promise.isoformat(), "start_id": where.start.key}
    return Statement(sql, values)


def _few(database: Database, wanted: Narrowing) -> list[int] | None:
    """The cases among which those wanted are, where an index tells that they are few."""
    values: _Values = {**_values(wanted), "word": _longest_word(wanted.text), "few": _FEW + 1}
    for asked, question in ((values["word"], BEGINNING), (wanted.kind, OF_KIND), (wanted.received, RECEIVED)):
        if asked and len(found := database.named(question, values)) <= _FEW:
            return [row["id"] for row in found]
    return None


def _longest_word(text: str) -> str:
    return max(re.findall(r"[^\W_]+", text.strip().casefold()), key=len, default="")


def _conditions(wanted: Narrowing) -> Iterator[str]:
    if wanted.text.strip():
        yield _SOUGHT
    if wanted.statuses:
        yield "status in (select value from json_each(:statuses))"
    if wanted.language:
        yield "language = :language"
    if wanted.kind:
        yield _KIND
    if wanted.received:  # nothing is promised for a day before its receipt
        yield "promise_on >= :received_first and received_on between :received_first and :received_last"
    if wanted.promise:
        yield "promise_on between :promise_first and :promise_last"
    if wanted.target:
        # Only from above: the right that has its target in these days need not be the one promised first.
        yield f"promise_on <= :target_promise and {_TARGET}"


def _from_place(where: Page) -> Iterator[str]:
    if where.start is not None:
        yield f"(promise_on, id) {'<' if where.backwards else '>='} (:start_on, :start_id)"


def _values(wanted: Narrowing) -> _Values:
    values: _Values = {
        "text": wanted.text.strip().casefold(),
        "status": wanted.status,
        "statuses": json_text([str(status) for status in wanted.statuses]),
        "language": wanted.language,
        "kind": wanted.kind,
    }
    for name, span in (("received", wanted.received), ("promise", wanted.promise), ("target", wanted.target)):
        if span is not None:
            values |= {f"{name}_first": span.first.isoformat(), f"{name}_last": span.last.isoformat()}
    if wanted.target is not None:
        values["target_promise"] = (min(wanted.target.last, date.max - _BEHIND) + _BEHIND).isoformat()
    return values


def _letters(database: Database, cases: Sequence[CaseKey]) -> dict[CaseKey, tuple[_Letter, ...]]:
    """Letter and status of every draft of these cases, oldest first."""
    rows = database.rows(
        "select case_id, letter, status, coalesce(to_address, '') = '' as on_paper from drafts "
        "where case_id in (select value from json_each(?)) "
        "order by case_id, id",
        json_text(list(cases)),
    )
    found: dict[CaseKey, tuple[_Letter, ...]] = {}
    for row in rows:
        case = CaseKey(row["case_id"])
        found[case] = (*found.get(case, ()), (Letter(row["letter"]), DraftStatus(row["status"]), bool(row["on_paper"])))
    return found


def _tasks(database: Database, cases: Sequence[CaseKey]) -> dict[CaseKey, frozenset[DutyKind]]:
    """The kinds of the duties of these cases that are open."""
    rows = database.rows(
        "select case_id, kind from duties where case_id in (select value from json_each(?)) and status = 'open'",
        json_text(list(cases)),
    )
    found: dict[CaseKey, frozenset[DutyKind]] = {}
    for row in rows:
        case = CaseKey(row["case_id"])
        found[case] = found.get(case, frozenset()) | {DutyKind(row["kind"])}
    return found


def _row(case: Case, letters: tuple[_Letter, ...], today: date) -> QueueRow:
    requests = [request for request in case.requests if request.status in LIVE_REQUESTS] or list(case.requests)
    first = min(requests, key=lambda request: request.current.promise)
    wanting = _wanting(letters)
    return QueueRow(
        key=case.key,
        number=case.number,
        name=case.subject.name,
        address=case.subject.address,
        kinds=tuple(request.kind for request in requests),
        status=case.status,
        promise=first.current.promise,
        target=first.current.target,
        backstop=first.current.backstop,
        received_on=first.received_on,
        days_left=(first.current.promise - today).days,
        draft=wanting[1] if wanting else None,
        letter=wanting[0] if wanting else None,
        identity_level=case.identity_level,
        identity_required=case.identity_required,
        flags=case.flags,
        language=case.language,
        on_paper=bool(wanting and wanting[2]),
        assigned=case.assigned,
    )


def _wanting(letters: tuple[_Letter, ...]) -> _Letter | None:
    """The letter that wants something: the newest unsettled one, else the newest if the server refused it."""
    unsettled = [letter for letter in letters if letter[1] in UNSETTLED_DRAFTS]
    if unsettled:
        return unsettled[-1]
    standing = [letter for letter in letters if letter[1] not in _TAKEN_BACK]
    return standing[-1] if standing and standing[-1][1] is DraftStatus.REFUSED else None
