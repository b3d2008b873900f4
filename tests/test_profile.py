"""The profile: every problem at once, each with its line; never a password in it or out of it."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import ytunnus

from inbox_agent import profile, texts
from inbox_agent.commands.init import QUESTIONS, fill
from inbox_agent.errors import BrokenProfile, NoProfile

BROKEN = """\
[controller]
name = ""
business_id = "1234567-8"

[contact]
name = "Helmi"
email = "helmi"

[mailbox]
host = "imap.yritys.example"
password = "hunter2"
port = "many"
secret = "hunter2"
"""


def problems(text: str) -> dict[str, tuple[int, str]]:
    with pytest.raises(BrokenProfile) as caught:
        profile.parse(text)
    return {problem.key: (problem.line, problem.given) for problem in caught.value.problems}


def test_every_problem_is_told_with_its_line() -> None:
    """A person mends the file once: all problems come together, each where it stands."""
    found = problems(BROKEN)

    assert {key: line for key, (line, _) in found.items()} == {
        "controller.name": 2,
        "controller.business_id": 3,
        "contact.email": 7,
        "mailbox.password": 11,
        "mailbox.port": 12,
        "mailbox.secret": 13,
        "smtp": 1,
    }


def test_a_password_in_the_profile_is_never_repeated() -> None:
    """Somebody who types the password into the profile does not see it again on a screen or in a log."""
    assert "hunter2" not in str([given for _, given in problems(BROKEN).values()])


def test_what_is_no_toml_is_told_with_its_line() -> None:
    """A slip of the pen names its line."""
    assert problems('[controller]\nname = "x\n')[""][0] == 2


def test_a_missing_profile_is_its_own_error(tmp_path: Path) -> None:
    """No profile is not a broken one."""
    with pytest.raises(NoProfile):
        profile.read(tmp_path / "none.toml")


def test_days_and_dates_are_both_a_beginning() -> None:
    """`since` takes a number of days or a day."""
    text = (resources.files("inbox_agent") / "profiles" / "specimen.toml").read_text()

    assert profile.parse(text).mailbox.since == timedelta(days=31)
    assert str(profile.parse(text.replace("[smtp]", "since = 2026-01-31\n[smtp]")).mailbox.since) == "2026-01-31"


@given(st.integers(0, 9_999_999), st.integers(0, 9))
def test_business_ids_are_checked_as_the_register_does(number: int, check: int) -> None:
    """Our check digit agrees with an independent implementation."""
    text = f"{number:07}-{check}"

    assert profile.business_id_valid(text) == ytunnus.is_valid(text)


@given(st.dictionaries(st.sampled_from(QUESTIONS), st.text(max_size=30)))
def test_answers_cannot_break_the_profile_they_are_written_into(answers: dict[str, str]) -> None:
    """Whatever is answered, the file stays TOML with the same sections and keys."""
    given_answers = {question: answers.get(question, "a@b.example") for question in QUESTIONS}
    plain = tomllib.loads(fill(dict.fromkeys(QUESTIONS, "x")))
    written = tomllib.loads(fill(given_answers))

    assert {section: set(keys) for section, keys in written.items()} == {
        section: set(keys) for section, keys in plain.items()
    }


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_commented_profile_says_the_true_defaults(language: str) -> None:
    """Each commented line of the model profile, uncommented, is the default that holds without it, in each language."""
    texts.use(language)
    answers = dict.fromkeys(QUESTIONS, "t@yritys.example")
    asked = fill(answers)
    everything = "\n".join(
        line.removeprefix("# ") if line.startswith("# ") and " = " in line.split("#")[1] else line
        for line in asked.splitlines()
    )
    examples = {"business_id", "address", "domains", "phone", "deputy_email"}
    examples |= {"purposes", "categories", "recipients", "processors", "retention", "sources", "systems", "recordings"}
    examples |= {"backups_days", "away", "channels"}
    kept = "\n".join(line for line in everything.splitlines() if line.split(" ")[0] not in examples)

    assert profile.parse(kept) == profile.parse(asked)


def test_the_commented_profile_is_one_in_every_language() -> None:
    """Line by line the same settings; only what is said of them differs, and all of it does."""
    filled = {}
    for language in texts.LANGUAGES:
        texts.use(language)
        filled[language] = fill(dict.fromkeys(QUESTIONS, "t@yritys.example")).splitlines()
    for lines in zip(*filled.values(), strict=True):
        settings = {re.match(r"(?:\[+[\w.]+\]+|(?:# )?\w+ = )?", line)[0] for line in lines}  # type: ignore[index]
        assert len(settings) == 1
        said = [line.partition("   # ")[2] for line in lines]
        assert len(set(said)) == (3 if all(said) else 1)
