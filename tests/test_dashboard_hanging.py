"""Lists on the screen: what is broken goes on under its beginning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from inbox_agent.dashboard.hanging import hung
from state.model import CaseKey, RequestKind
from tests.dashboard_desk import Desk, opened, screen_text

PHRASE = "voisitteko ystävällisesti lähettää minulle kaikki ne tiedot joita teillä minusta tällä hetkellä on"


@pytest.fixture
def long_winded(desk: Desk) -> CaseKey:
    """A case whose mail asks in a long sentence."""
    return desk.case(3, "Aino Esimerkki", RequestKind.ACCESS, text=PHRASE, evidence=(("access", PHRASE),))


async def test_a_long_piece_of_evidence_goes_on_under_its_first_word(desk: Desk, long_winded: CaseKey) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 60)) as pilot:
        await opened(pilot, long_winded)
        lines = [line.strip("▌ ▄█▁▂▃▅▆▇") for line in screen_text(app).splitlines()]
        indented = screen_text(app).splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("+ ”voisitteko"))
    assert indented[first + 1].index(lines[first + 1][0]) == indented[first].index("”")


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        (" + yksi kaksi kolme", 14, " + yksi kaksi\n   kolme"),
        ("▲ yksi kaksi kolme neljä", 14, "▲ yksi kaksi\n  kolme neljä"),
        ("Otsikko on pitkä\n ☐ lyhyt", 10, "Otsikko on pitkä\n ☐ lyhyt"),  # no list's line is too long
        ("- yksi kaksi kolme", 14, "- yksi kaksi kolme"),  # a mail's own list stays as it was written
    ],
)
def test_only_the_lines_of_a_list_hang(text: str, width: int, shown: str) -> None:
    assert hung(Content(text), width).plain == shown


@given(
    st.lists(st.sampled_from(["yksi", "kahdeksan", "\n", " + ", "· ", "ylipitkäsanajokaeimahdu"])), st.integers(1, 40)
)
def test_no_word_is_lost_by_hanging(parts: list[str], width: int) -> None:
    text = " ".join(parts)
    joined = "".join(hung(Content(text), width).plain.split())
    assert joined == "".join(text.split())
