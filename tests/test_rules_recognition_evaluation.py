"""What counts as right, and the command that shows it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from inbox_agent.commands import evaluate
from inbox_agent.errors import UsageProblem
from inbox_agent.rules.corpus import LabelledMail, parse_corpus
from inbox_agent.rules.evaluation import Answer, Share, report
from state.model import Verdict

BLOCK = """=== {id}
lang: fi
from: A <a@b.example>
subject: S
verdict: {verdict}
kinds: {kinds}
traits: t
---
{body}
"""


def mail(verdict: str, kinds: str = "", name: str = "x") -> LabelledMail:
    """A labelled mail."""
    return next(parse_corpus(BLOCK.format(id=name, verdict=verdict, kinds=kinds, body="Hei")))


def answer(label: LabelledMail, verdict: Verdict, *kinds: str) -> Answer:
    """What recognition said of it."""
    return Answer(label, verdict, frozenset(kinds))


def test_the_four_figures() -> None:
    """Missed and exact count requests, false alarms the others, unsure all."""
    asked, other = mail("request", "access"), mail("not_request")
    figures = report(
        [
            answer(asked, Verdict.REQUEST, "access"),
            answer(asked, Verdict.REQUEST, "access", "erasure"),
            answer(asked, Verdict.UNSURE, "access"),
            answer(asked, Verdict.NOT_REQUEST),
            answer(other, Verdict.REQUEST, "erasure"),
            answer(other, Verdict.NOT_REQUEST),
        ]
    )
    assert figures.missed == Share(1, 4)
    assert figures.false_alarms == Share(1, 2)
    assert figures.unsure == Share(1, 6)
    assert figures.exact == Share(2, 4)
    assert [miss.verdict for miss in figures.misses] == [Verdict.NOT_REQUEST, Verdict.REQUEST, Verdict.REQUEST]


@pytest.mark.parametrize("kinds", [("access",), ("access", "erasure")])
def test_an_optional_kind_is_right_either_way(kinds: tuple[str, ...]) -> None:
    """`~erasure` may be told or not."""
    assert report([answer(mail("request", "access, ~erasure"), Verdict.REQUEST, *kinds)]).exact == Share(1, 1)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_either_is_right_with_any_verdict(verdict: Verdict) -> None:
    """What a careful lawyer could read both ways is never a miss and never unsure."""
    figures = report([answer(mail("either", "~access"), verdict)])
    assert (figures.misses, figures.unsure.part) == ((), 0)


def test_recall_and_precision_of_a_kind() -> None:
    """Told where asked; asked where told."""
    asked, other = mail("request", "access"), mail("request", "erasure")
    figures = report([answer(asked, Verdict.REQUEST, "access"), answer(other, Verdict.REQUEST, "access")])
    by_kind = {kind.kind: kind for kind in figures.kinds}
    assert (by_kind["access"].recall, by_kind["access"].precision) == (Share(1, 1), Share(1, 2))
    assert by_kind["erasure"].recall == Share(0, 1)


def test_the_command_prints_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Confusion, the four figures, kinds, traits and the misses with their texts, masked."""
    body = "Poistakaa kaikki henkilötietoni. Tunnukseni on 010190-900P."
    (tmp_path / "a.txt").write_text(
        BLOCK.format(id="m-1", verdict="not_request", kinds="", body=body), encoding="utf-8"
    )
    assert evaluate.run(argparse.Namespace(folder=tmp_path, json=True)) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["mails"] == 1
    assert printed["false_alarms"] == {"part": 1, "whole": 1, "percent": 100.0}
    assert printed["misses"][0]["id"] == "m-1"
    assert "010190-900P" not in printed["misses"][0]["text"]


def test_the_command_prints_a_table_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Misses stand in it with their ids."""
    block = BLOCK.format(id="m-1", verdict="not_request", kinds="", body="Poistakaa kaikki henkilötietoni.")
    (tmp_path / "a.txt").write_text(block, encoding="utf-8")
    evaluate.run(argparse.Namespace(folder=tmp_path, json=False))
    assert "m-1" in capsys.readouterr().out


def test_an_empty_folder_and_a_broken_file_are_said(tmp_path: Path) -> None:
    """Nothing to measure is not a perfect result."""
    with pytest.raises(UsageProblem):
        evaluate.run(argparse.Namespace(folder=tmp_path, json=True))
    (tmp_path / "a.txt").write_text("=== m-1\nlang: fi\n", encoding="utf-8")
    with pytest.raises(UsageProblem, match="m-1"):
        evaluate.run(argparse.Namespace(folder=tmp_path, json=True))
