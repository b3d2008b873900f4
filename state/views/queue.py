"""The list of cases by promise: one page, by index, however many cases there are.

Refuses to be read whole: a screen shows hundreds of rows, a search narrows them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from state.database import Database, json_text
from state.lifecycle import LIVE_REQUESTS, UNSETTLED_DRAFTS
from state.model import Case, CaseKey, CaseStatus, DraftStatus, Letter
from state.records import Records
from state.views.rows import QueueRow

# The first condition is, word for word, that of the index: rows come in its order, none is sorted. Left alone,
# SQLite would gather the three statuses by another index and sort them all for one page.
LIVE: Final = """
    select id from cases indexed by cases_queue where status in ('candidate', 'open', 'waiting')
    and (?1 = '' or instr(sought || ' ' || number, ?1) > 0) order by promise_on, id limit ?2
"""
OF_STATUS: Final = """
    select id from cases where status = ?3
    and (?1 = '' or instr(coalesce(sought, '') || ' ' || number, ?1) > 0) order by promise_on, id limit ?2
"""

# What begins with a typed word, by the index of words; up to so many they are fetched and put in order. More of them
# lie so dense that reading the queue in its order finds a page of them at once.
_FEW: Final = 1000
BEGINNING: Final = "select case_id from words where word >= ?1 and word < ?1 || char(1114111) limit ?2"
AMONG: Final = """
    select id from cases where id in (select value from json_each(?4))
    and (case when ?3 is null then status in ('candidate', 'open', 'waiting') else status = ?3 end)
    and instr(coalesce(sought, '') || ' ' || number, ?1) > 0 order by promise_on, id limit ?2
"""

_TAKEN_BACK: Final = frozenset({DraftStatus.REJECTED, DraftStatus.SUPERSEDED})

_Letter = tuple[Letter, DraftStatus, bool]  # and whether a person delivers it


def page(
    database: Database, records: Records, today: date, *, text: str, status: CaseStatus | None, limit: int
) -> tuple[QueueRow, ...]:
    """The first `limit` cases by promise: the live ones, or those of one status. `text` is sought in number,
    name and address, from the beginning of a word on, whatever the case of its letters.
    """
    keys = _keys(database, text.strip().casefold(), status, limit)
    letters = _letters(database, keys)
    return tuple(_row(case, letters.get(case.key, ()), today) for case in records.cases(keys))


def _keys(database: Database, sought: str, status: CaseStatus | None, limit: int) -> list[CaseKey]:
    word = max(re.findall(r"[^\W_]+", sought), key=len, default="")
    if word:
        found = [row["case_id"] for row in database.rows(BEGINNING, word, _FEW + 1)]
        if len(found) <= _FEW:
            return [CaseKey(row["id"]) for row in database.rows(AMONG, sought, limit, status, json_text(found))]
    rows = database.rows(LIVE, sought, limit) if status is None else database.rows(OF_STATUS, sought, limit, status)
    return [CaseKey(row["id"]) for row in rows]


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
