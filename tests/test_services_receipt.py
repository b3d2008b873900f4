"""A case's clock runs from the day on which the company had the mail, wherever it lay and whenever it was stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.commands.opening import specimen
from inbox_agent.rules import deadlines
from inbox_agent.rules.classify import Recogniser
from inbox_agent.services.taking import Taking
from state.model import Case, Place, RawMessage
from state.store.store import Store

ASKS = "Pyydän jäljennöksen kaikista henkilötiedoista, joita minusta käsittelette."
STORED = datetime(2026, 3, 20, 9, tzinfo=UTC)


def taken_in(raw: bytes, received: str) -> Case:
    """The case of a mail with this field on top, stored on Friday 20.3.2026."""
    store = Store.open(":memory:")
    taking = Taking(store, Recogniser.load(), specimen(), lambda: STORED)
    raw_message = RawMessage(Place("t@yritys.example", "INBOX", 1, 1), STORED, received.encode() + raw)
    taking.store_or_quarantine(raw_message, taking.understand(raw_message))
    [case] = store.cases.open_cases()
    [mail] = store.mails.of_case(case.key)
    assert mail.received_at == case.received_at
    return case


OURS = "Received: from posti.example by mx.yritys.example with ESMTP;\r\n\t{}\r\n"


@pytest.mark.parametrize(
    ("said", "received_on", "promise"),
    [
        ("Fri, 20 Mar 2026 10:59:58 +0200", date(2026, 3, 20), date(2026, 4, 20)),
        ("Mon, 2 Mar 2026 23:30:00 +0200", date(2026, 3, 2), date(2026, 4, 2)),  # moved here from another mailbox
        ("Mon, 2 Mar 2026 22:30:00 +0000", date(2026, 3, 3), date(2026, 4, 3)),  # a day later in Helsinki
        ("Sat, 20 Mar 2027 10:00:00 +0200", date(2026, 3, 20), date(2026, 4, 20)),  # a wrong clock
        ("Mon, 2 Mar 2015 10:00:00 +0200", date(2026, 3, 20), date(2026, 4, 20)),  # nobody's word
        ("eilen", date(2026, 3, 20), date(2026, 4, 20)),
    ],
)
def test_the_clock_runs_from_what_our_own_server_wrote_on_top_if_that_is_earlier(
    mail: Callable[..., bytes], said: str, received_on: date, promise: date
) -> None:
    """Who drags a mail over from info@, or fetches it a fortnight later, wins no fortnight."""
    case = taken_in(mail(body=ASKS), OURS.format(said))
    assert (case.received_on, case.requests[0].due.promise) == (received_on, promise)


def test_a_mail_without_that_field_was_received_when_it_was_stored(mail: Callable[..., bytes]) -> None:
    assert taken_in(mail(body=ASKS), "").received_at == STORED


@given(st.timedeltas(timedelta(days=-800), timedelta(days=800)))
def test_no_field_makes_a_receipt_later(before: timedelta) -> None:
    assert deadlines.receipt(STORED, STORED - before) <= STORED
