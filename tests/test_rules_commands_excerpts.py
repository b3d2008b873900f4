"""The reader of excerpts: which words of a line are an argument's text, in which form, and what it may not lose."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.commands.base_forms import base_form
from inbox_agent.rules.commands.excerpt_clues import Passage
from inbox_agent.rules.commands.excerpts import ARGUMENTS, pack, shipped, unpack
from inbox_agent.rules.commands.model import Place
from inbox_agent.rules.commands.placed import placed
from inbox_agent.rules.commands.reading import read
from inbox_agent.rules.commands.understanding import understand
from inbox_agent.rules.commands.vocabulary import vocabulary
from tests.training.commands import digest

NOW = datetime(2026, 3, 11, 9, tzinfo=ZoneInfo("Europe/Helsinki"))


def test_the_shipped_excerpts_were_learned_from_the_corpus_that_is_here() -> None:
    """Whoever changes a command or a word of the lexicon runs `make train`."""
    assert shipped().corpus == digest()


def test_the_file_holds_the_weights_whole() -> None:
    """What is packed is what is read."""
    assert pack(unpack(pack(shipped()))) == pack(shipped())


@given(st.text(max_size=80))
def test_excerpts_are_stretches_of_the_line_in_order(text: str) -> None:
    """Whatever is written, a text begins and ends inside its line, and no two overlap."""
    line = read(text, vocabulary(), NOW.date())
    for intent, names in ARGUMENTS.items():
        for name in names:
            found = shipped().of(intent, name, Passage(line, (0, len(line.words)), None))
            ends = [at for stretch in found for at in stretch]
            assert ends == sorted(ends)
            assert all(0 <= start < end <= len(line.words) for start, end in found)


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("kassasta", "kassa"),
        ("varausjärjestelmästä", "varausjärjestelmä"),
        ("vastauksesta", "vastaus"),
        ("saapumisesta", "saapuminen"),
        ("jäsenkortista", "jäsenkortti"),
        ("tallenteesta", "tallenne"),
        ("vahvistusta", "vahvistus"),
        ("laskuista", "laskut"),
        ("palautteista", "palautteet"),
        ("papereista", "paperit"),
        ("CRM:stä", "CRM"),
        ("nyhetsbrevet", "nyhetsbrevet"),
    ],
)
def test_a_thing_is_given_as_it_is_called(said: str, called: str) -> None:
    """An ending says what is done with a thing, not how it is called."""
    assert base_form(said) == called


def test_a_value_is_placed_whatever_its_endings() -> None:
    """The words of a label stand in the line with other endings."""
    words = read("muistuta torstaina lautakunnan kannasta", vocabulary(), NOW.date()).words

    assert placed(words, "lautakunnan kanta") == (2, 4)
    assert placed(words, "vuokravakuus") is None


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("kysy henkilötunnus ja kissan nimi", "hetu_needless"),
        ("pyydä passin kopio ja tilausnumero", "id_copy_needless"),
        ("ota pois se kohta jossa neuvotaan valittamaan tietosuojavaltuutetulle", "complaint_right_needed"),
        ("stryk meningen om att man kan klaga hos dataombudsmannen", "complaint_right_needed"),
    ],
)
def test_however_the_words_are_cut_the_law_sees_what_was_said(text: str, finding: str) -> None:
    """A learned cut of the words never hides what must be told before anything."""
    place = Place.DRAFT if "complaint" in finding else Place.CASE
    assert finding in understand(text, NOW, place)[0].findings


def test_a_reminder_and_on_what_it_hangs_are_one() -> None:
    """The day that was said in the condition is the day of the reminder."""
    (said,) = understand("Jos lupaa ei ole tullut 20.3. mennessä, muistuta minua soittamaan.", NOW)

    assert said.args["when"] == "2026-03-20"
    assert "lupaa ei ole tullut" in said.args["condition"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Once the boat has been sold we'll erase him.", "the boat has been sold"),
        ("poistetaa sit ku auto on luovutettu", "auto on luovutettu"),
    ],
)
def test_what_is_granted_after_something_waits_for_it(text: str, after: str) -> None:
    """A deed that hangs on what comes first is told with it, and neither done at once nor lost."""
    (said,) = understand(text, NOW)

    assert said.args["outcomes"] == [{"right": "erasure", "outcome": "granted", "after": after}]


def test_two_looks_at_one_case_are_one() -> None:
    """The case is named once, the way to look at it behind."""
    (said,) = understand("Avaa rekisteröity Ylösen asia ja esitä siinä lähetetyt kirjeet.", NOW, Place.LIST)

    assert said.args["what"] == "letters"
