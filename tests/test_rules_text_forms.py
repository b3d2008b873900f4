"""Text that is neither plain lines nor HTML: what its marks mean to a reader."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.bodies import read_bodies
from inbox_agent.rules.mime import split
from inbox_agent.rules.text_forms import unenriched, unflowed


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Pyydän kopion \nkaikista tiedoista.\n\nAino", "Pyydän kopion kaikista tiedoista.\n\nAino"),
        ("> Mitä \n> haluatte?\nTietoni.", "> Mitä haluatte?\nTietoni."),
        (">> a \n> b \nc", ">> a \n> b \nc"),
        (" From alku\n  sisennys", "From alku\n sisennys"),
        ("Hei \n-- \nAino", "Hei \n-- \nAino"),
        ("-- \nAino \nEsimerkki", "-- \nAino Esimerkki"),
        ("loppuu kesken ", "loppuu kesken "),
    ],
)
def test_flowed_lines_are_one_paragraph(text: str, paragraphs: str) -> None:
    """Lines that end with a space go on in the next one of the same quotation; a signature's mark never does."""
    assert unflowed(text) == paragraphs


def test_a_word_that_was_cut_is_whole_again() -> None:
    """DelSp says that the space at a line's end is none."""
    assert unflowed("kaikista tie \ndoistani  \nheti", delete_space=True) == "kaikista tiedoistani heti"


@given(st.text(alphabet="> a-\n", max_size=200))
def test_no_letter_of_a_flowed_text_is_lost(text: str) -> None:
    """Whatever the lines, every letter is still there, in its order."""
    assert _letters(unflowed(text)) == _letters(text)


def _letters(text: str) -> str:
    return "".join(text.replace(">", "").split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<bold>Hei</bold>, poistakaa\n<italic>tietoni</italic>.\n\nAino", "Hei, poistakaa tietoni.\nAino"),
        ("5 << 6 <fontfamily><param>Times</param>kirje</fontfamily>", "5 < 6 kirje"),
        ("a < b > c", "a < b > c"),
    ],
)
def test_enriched_text_loses_its_commands(text: str, shown: str) -> None:
    """Commands and what they are told go; a doubled bracket is one."""
    assert unenriched(text) == shown


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("plain; format=flowed; delsp=yes", "Poistakaa tie \r\ntoni."),
        ("plain; format=Flowed", "Poistakaa \r\ntietoni."),
        ("enriched", "<x-color><param>0,0,0</param>Poistakaa</x-color>\r\ntietoni."),
    ],
)
def test_a_mails_text_is_read_by_its_form(kind: str, text: str) -> None:
    """What the part says of itself decides."""
    raw = f"Content-Type: text/{kind}\r\n\r\n{text}".encode()
    assert read_bodies(split(raw)[0]).body.text == "Poistakaa tietoni."


@pytest.mark.parametrize("unit", ["> a \n", "a \n", "<", "<a", "<param>", "\n"])
def test_hostile_forms_take_linear_time(unit: str) -> None:
    """As much as is read of a mail takes a second at most."""
    text = unit * (400_000 // len(unit))
    started = time.process_time()
    unflowed(text)
    unenriched(text)
    assert time.process_time() - started < 1
