"""Whom a header names, as written and as broken."""

from __future__ import annotations

import time
from email.utils import formataddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.addresses import MAX_PARTIES, parties, within
from state.model import Party

NAMES = st.text(alphabet="abcÅäö ,;:@()<>\"\\.'漢", max_size=30)
ADDRESSES = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,4})?@[a-z]{1,8}\.example", fullmatch=True)


@given(
    st.lists(
        st.tuples(NAMES, st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,4})?@[a-z]{1,8}\.example", fullmatch=True)), max_size=5
    )
)
def test_address_lists_come_back(people: list[tuple[str, str]]) -> None:
    """What Python's own writer makes of names and addresses is read back, whatever the names hold."""
    raw = ", ".join(formataddr((name.strip(), address)) for name, address in people)
    assert [party.address for party in parties(raw.encode())] == [address for _, address in people]


@given(NAMES)
def test_names_come_back(name: str) -> None:
    """A name of plain letters survives quoting and encoding."""
    raw = formataddr((name, "a@b.example")).encode()
    expected = " ".join(name.split()).strip(" '\"")
    assert [party.name.replace("\\", "") for party in parties(raw)] == [expected.replace("\\", "")]


@given(st.binary(max_size=200))
def test_any_bytes_name_somebody_or_nobody(raw: bytes) -> None:
    """No bytes raise; an address never holds a line end."""
    assert not [party for party in parties(raw) if "\n" in party.address or "\r" in party.address]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("Aino Esimerkki <aino@posti.example>", [("Aino Esimerkki", "aino@posti.example")]),
        ('"Esimerkki, Aino" <aino@posti.example>', [("Esimerkki, Aino", "aino@posti.example")]),
        ("aino@posti.example (Aino (kotoa))", [("Aino kotoa", "aino@posti.example")]),
        ("aino@posti.example", [("", "aino@posti.example")]),
        ("Ryhmä: a@b.example, C <c@d.example>;", [("", "a@b.example"), ("C", "c@d.example")]),
        ("undisclosed-recipients:;", []),
        ("=?utf-8?q?a=40evil=2Eexample=2C?= <x@y.example>", [("a@evil.example,", "x@y.example")]),
        ('"a@evil.example" <x@y.example>', [("a@evil.example", "x@y.example")]),
        ("<@relay.example:aino@posti.example>", [("", "aino@posti.example")]),
        ('<"a b"@posti.example>', [("", '"a b"@posti.example')]),
        ("Aino <aino@posti.example", [("Aino", "aino@posti.example")]),
        ("Aino", [("Aino", "")]),
        ("Aino\x00\x1b[31m <a@b.example>", [("Aino\ufffd\ufffd[31m", "a@b.example")]),
        ("", []),
        (" , ;", []),
    ],
)
def test_addresses_are_read_in_every_spelling(raw: str, found: list[tuple[str, str]]) -> None:
    """Comments, groups, routes, quotes, encoded names, and what is missing."""
    assert list(parties(raw.encode())) == [Party(name, address) for name, address in found]


@pytest.mark.parametrize("unit", ["(", ")", '"', "<", ">", "a@", "a,", ":", ";", '"\\', "=?a?q?b?="])
def test_hostile_lists_take_linear_time(unit: str) -> None:
    """The longest field that is kept is read within half a second, and names a bounded number of people."""
    started = time.process_time()
    assert len(parties(unit.encode() * (65_536 // len(unit)))) <= MAX_PARTIES
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("domain", "inside"),
    [
        ("yritys.example", True),
        ("posti.yritys.example", True),
        ("vayritys.example", False),
        ("example", False),
        ("", False),
    ],
)
def test_a_domain_is_ours_or_below_ours(domain: str, inside: bool) -> None:
    """Only whole labels count: a name that merely ends like ours is somebody else's."""
    assert within(domain, ("yritys.example",)) is inside
