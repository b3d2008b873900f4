"""What the agent does after every look costs the same, however many mails and cases lie behind it."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

from inbox_agent.commands.opening import specimen
from inbox_agent.rules.alarms import ERASING
from inbox_agent.services.draft import Drafting
from inbox_agent.services.identifying import Identifying
from inbox_agent.services.purge import Purging
from inbox_agent.services.remind import Reminding
from state.model import Act, Heartbeat, Letter
from state.store.store import Store
from tests.state_examples import NOW, by_person, opened, told


class Nobody:
    """A server that nothing needs to reach."""

    async def send(self, _message: EmailMessage, _sender: str, _recipient: str) -> str:
        raise AssertionError


_TABLE = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
_SMALL = {"json_each", "changed"}  # what was asked, and what happened since the last look


async def test_what_follows_a_look_goes_through_no_table_that_grows_with_the_years(tmp_path: Path) -> None:
    """Each question is answered by an index: of what was asked, or of the few rows that are not done with."""
    with Store.open(tmp_path / "inbox.db") as store:
        opened(store)
        profile = specimen()
        identifying = Identifying(store, profile, None, lambda: NOW, "1.0")
        drafting = Drafting(store, profile, lambda: NOW)
        reminding = Reminding(store, Nobody(), profile, lambda: NOW, lambda: "<1@yritys.example>")
        purging = Purging(store, profile, lambda: NOW)
        steady = {"since": (NOW - timedelta(days=2)).isoformat()}
        store.pulse.beat(Heartbeat(ERASING, NOW - timedelta(hours=1), "looked", steady))
        drafting.lay_down_duties()  # once a right, whatever lies behind it
        asked: list[str] = []
        store._database._connection.set_trace_callback(asked.append)
        await identifying.look_up_new()
        identifying.cut_documents()
        identifying.mask_codes()
        drafting.lay_down_duties()
        drafting.propose_final_answers()
        await reminding.remind()  # of all open cases, and of a duty
        await reminding.remind()
        purging.purge()
        store._database._connection.set_trace_callback(None)
        questions = {one for one in asked if one.lstrip().lower().startswith("select")}
        assert questions
        assert [line for one in questions for line in _scans(store, one)] == []


def test_only_cases_whose_person_was_asked_are_looked_at_for_an_answer(tmp_path: Path) -> None:
    """An ended case and one that was never asked are none of them."""
    with Store.open(tmp_path / "inbox.db") as store:
        asked, quiet, over = (opened(store, uid=uid) for uid in (1, 2, 3))
        told(store, asked)
        told(store, over)
        store.cases.dismiss(over, by_person(Act.CASE_DISMISSED))
        assert [case.key for case in store.cases.with_sent({Letter.EXTENSION})] == [asked]
        assert store.cases.with_sent({Letter.OUTCOME}) == ()
        assert quiet in {case.key for case in store.cases.open_cases()}


def _scans(store: Store, question: str) -> list[str]:
    """The steps that go through a whole table, or through an index of all its rows."""
    rows = store._database.rows(f"explain query plan {question}")
    partial = {
        row["name"]
        for row in store._database.rows("select name from sqlite_master where type = 'index' and sql like '% where %'")
    }
    scans = [match for row in rows if (match := _TABLE.match(row["detail"]))]
    return [f"{match[0]}: {question}" for match in scans if match[1] not in _SMALL and match[2] not in partial]
