"""The second vote says what was learned, and only where it is asked."""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.context import reading
from inbox_agent.rules.corpus import OWN_DOMAINS, parse_corpus, raw_mail
from inbox_agent.rules.features import GROUPS, Sentence, read_sentences
from inbox_agent.rules.hearing import Hearing
from inbox_agent.rules.jury import Jury
from inbox_agent.rules.kinds import Kinds
from inbox_agent.rules.model import Group, Model, Thresholds, Units
from inbox_agent.rules.network import HOPELESS, Network
from inbox_agent.rules.parse import parse
from inbox_agent.rules.rows import Finder
from state.model import Verdict
from tests.training import examples
from tests.training.jury import left_out_scores
from tests.training.whole import learn_all, to_model

SCORED = ("verdict", "whole", "loudest")
BARS = Thresholds(0.0, 0.0, {})


def of_two_units() -> Model:
    """One unit that hears "poistakaa" in the whole mail, one that hears both words where they share a sentence."""
    empty = Group({}, b"", dict.fromkeys(SCORED, array("b")), dict.fromkeys(SCORED, 1.0))
    weights = {"verdict": array("b", [0, 0]), "whole": array("b", [0, 64]), "loudest": array("b", [64, 64])}
    words = Group({"kaikki": 0, "poistakaa": 1}, bytes([32, 32]), weights, dict.fromkeys(SCORED, 1 / 64))
    bias = {"verdict": 0.0, "whole": -0.5, "loudest": -1.2}
    units = Units(("whole",), ("loudest",), {"verdict": (1.0, 10.0)}, {"verdict": 0.25})
    return Model(("verdict",), dict.fromkeys(GROUPS, empty) | {"words": words}, bias, BARS, "", units)


def voted(model: Model, text: str) -> float:
    """What the network says to a mail of this text."""
    finder = Finder({name: group.rows for name, group in model.groups.items()})
    own = sentences(text)
    found = finder.of_mail(reading(parse(text.encode())), finder.spelled(own))
    return Network(model).votes(Hearing(model, finder.words).of(found))["verdict"]


def sentences(text: str) -> list[Sentence]:
    return read_sentences(reading(parse(b"\n" + text.encode())))


def test_a_unit_hears_the_sentence_that_rouses_it_most_and_is_silent_below_zero() -> None:
    """Both words in one sentence rouse the second unit, in two sentences they do not."""
    apart, together = "Poistakaa. Kaikki hyvin.", "Hyvin menee. Poistakaa kaikki."
    assert voted(of_two_units(), "Hyvin menee.") == pytest.approx(0.25)
    assert voted(of_two_units(), apart) < 1.0
    assert voted(of_two_units(), together) > 2.0


def test_no_unit_makes_a_request_of_a_hopeless_mail() -> None:
    """Where the linear score is clearly against a request, the network is not asked."""
    recogniser, mail = Recogniser(against(of_two_units())), parse(b"\nPoistakaa kaikki.")
    assert recogniser.classify(mail).verdict is Verdict.NOT_REQUEST
    assert Recogniser(of_two_units()).classify(mail).verdict is not Verdict.NOT_REQUEST


def against(model: Model) -> Model:
    """The same, with a linear score that leaves no hope."""
    return replace(model, bias=model.bias | {"verdict": HOPELESS - 0.01})


def test_the_shipped_form_says_what_was_learned() -> None:
    """Bars are set on, and the jury is taught by, what the program will say of a mail: each weight one signed byte."""
    told = [one for path in sorted(examples.CORPUS.glob("fi_guests_*.txt")) for one in _examples(path)]
    learned = learn_all(told[:80])
    packed = to_model(learned, BARS, Jury(), "")
    finder = Finder({name: group.rows for name, group in packed.groups.items()})
    for one, expected in left_out_scores(told[80:120], [learned]).items():
        mail = told[80 + one].mail
        assert mail
        read = reading(parse(raw_mail(mail), own_domains=OWN_DOMAINS))
        own = read_sentences(read)
        found = finder.of_mail(read, finder.spelled(own))
        heard = Hearing(packed, finder.words).of(found)
        votes = Network(packed).votes(heard)
        spoken = Kinds(packed).spoken(heard, votes, found.known)
        assert votes["verdict"] == pytest.approx(expected.network, abs=1e-9)
        assert spoken.voted == pytest.approx(expected.spoken.voted, abs=1e-9)
        assert spoken.known == expected.spoken.known
        assert spoken.whole == pytest.approx(expected.spoken.whole, abs=1e-9)
        for said, taught in zip(spoken.each, expected.spoken.each, strict=True):
            assert said == pytest.approx(taught, abs=1e-9)


def _examples(path: Path) -> list[examples.Example]:
    mails = islice(parse_corpus(path.read_text(encoding="utf-8")), 40)
    return [examples._of_mail(mail, 0, "guests") for mail in mails]
