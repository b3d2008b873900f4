"""The model's file, its arithmetic, and that training gives the same weights again."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from array import array
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from inbox_agent.rules import model
from inbox_agent.rules.features import GROUPS
from inbox_agent.rules.model import Group, Model, Thresholds, Units, pack, unpack

TRAINER = Path(__file__).parent / "training" / "train.py"
SAMPLE = """
import hashlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("train", {path!r})
train = importlib.util.module_from_spec(spec)
sys.modules["train"] = train
spec.loader.exec_module(train)
examples = [one for one in train.read_examples(every=200) if one.mail]
whole = train.learn_all(examples)
chosen = train.choose(examples, train.left_out_scores(examples, [whole] * train.FOLDS))
packed = train.pack(train.to_model(whole, chosen.thresholds, chosen.jury, ""))
print(hashlib.sha256(packed).hexdigest())
"""


def trainer() -> ModuleType:
    """The training tool as a module."""
    spec = importlib.util.spec_from_file_location("train", TRAINER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["train"] = module
    spec.loader.exec_module(module)
    return module


def small() -> Model:
    """A model of one known word."""
    empty = Group({}, b"", {"verdict": array("b")}, {"verdict": 1.0})
    word = Group(
        {"kiitos": 0, "poistakaa": 1}, bytes([64, 64]), {"verdict": array("b", [-127, 127])}, {"verdict": 0.01}
    )
    groups = dict.fromkeys(GROUPS, empty) | {"words": word}
    return Model(("verdict",), groups, {"verdict": 0.25}, Thresholds(-0.5, 0.5, {}), "digest")


def test_a_model_survives_its_file() -> None:
    """What is packed is what is read, byte for byte."""
    assert unpack(pack(small())) == small()
    assert pack(unpack(pack(small()))) == pack(small())


def test_weights_of_every_head_survive_the_file() -> None:
    """Heads of all sets, rights, sentences and units among them, in groups of unlike sizes: each row its own."""
    heads = ("verdict", "access", "said access")
    votes = {"verdict": (1.0, 2.0, 3.0), "access": (4.0, 5.0, 6.0)}
    units = Units(("unit 0",), ("unit 1", "unit 2"), votes, {"verdict": 0.5, "access": -0.5})
    scored = (*heads, *units.whole, *units.loudest)
    groups = {
        name: Group(
            {f"{name} {row}": row for row in range(size)},
            bytes(range(size)),
            {head: array("b", [10 * at + row for row in range(size)]) for at, head in enumerate(scored)},
            dict.fromkeys(scored, 1.0),
        )
        for size, name in enumerate(GROUPS)
    }
    whole = Model(heads, groups, dict.fromkeys(scored, 0.0), Thresholds(0.0, 0.0, {}), "digest", units)
    again = unpack(pack(whole))
    assert again == whole
    assert {name: again.groups[name].together(whole.sets.both) for name in GROUPS} == {
        name: groups[name].together(whole.sets.both) for name in GROUPS
    }


def test_a_score_is_the_scaled_sum_of_known_features() -> None:
    """One known word: weight over rarity, plus the bias; unknown words change nothing."""
    nothing = {group: set[str]() for group in GROUPS}
    known = small().rows(nothing | {"words": {"poistakaa", "tuntematon"}})
    assert small().scores(known, ("verdict",))["verdict"] == pytest.approx(0.25 + 1.27 / 2.0)
    assert small().scores(small().rows(nothing), ("verdict",))["verdict"] == 0.25


def test_the_shipped_model_has_every_head_and_is_small() -> None:
    """The verdict, nine rights and follow_up of a mail and of a sentence, in a few megabytes at most."""
    shipped = model.shipped()
    assert shipped.heads == trainer().HEADS
    assert {"verdict", *trainer().KINDS} < set(shipped.heads)
    assert shipped.thresholds.low <= shipped.thresholds.high
    assert Path(trainer().OUTPUT).stat().st_size < 8_000_000


def test_the_shipped_model_was_trained_on_this_corpus() -> None:
    """Corpus, phrases or lexicon changed? Run `make train`."""
    assert model.shipped().corpus == trainer().digest()


def test_training_is_the_same_in_every_process() -> None:
    """Neither weights nor bars nor trees hang on the order of sets: two hash seeds, one file."""
    with ThreadPoolExecutor(2) as both:
        one, other = both.map(_train_sample, ("1", "2"))
    assert one == other
    assert re.fullmatch(r"[0-9a-f]{64}\n", one)


def _train_sample(seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SAMPLE.format(path=str(TRAINER))],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
