"""The one voice of errors: every class and every code is worded, and every sentence says what to do."""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import inbox_agent
from inbox_agent import errors, texts
from inbox_agent.errors import BrokenProfile, InboxAgentError, Problem
from inbox_agent.phrasing import findings
from inbox_agent.phrasing.errors import phrase, phrase_at_desk
from inbox_agent.phrasing.problems import sentence
from inbox_agent.profile import ControllerProfile, parse, read
from inbox_agent.rules.deadlines import Gate
from replies import errors as replies_errors
from replies.catalogue import facts_needed
from replies.errors import RepliesError
from replies.facts import missing
from state import errors as state_errors
from state.errors import StateError
from state.model import Outcome, RequestKind

EXAMPLES: list[Exception] = [
    errors.BrokenProfile("profile.toml", [Problem(1, "contact", "missing")]),
    errors.BrokenPhrases("own-phrases.toml", [Problem(2, "phrase.0.text", "phrase_short")]),
    errors.NoProfile("profile.toml"),
    errors.SecretMissing("env:MAIL", "not_set"),
    errors.CannotPrint("extra", Path("kirje.pdf")),
    errors.MailboxUnreachable("mail.example", 993, "timeout"),
    errors.LoginRefused("mail.example", "tietosuoja", "NO"),
    errors.LoginRefused("mail.example", "tietosuoja", errors.NO_LOG_IN),
    errors.GrantExpired("login.example", "tietosuoja", "invalid_grant"),
    errors.Alarmed("no_sync", datetime(2026, 3, 2, 9, tzinfo=UTC)),
    errors.FolderMissing("Pyynnöt", ["INBOX", "Sent"]),
    errors.MailboxEmptied("INBOX", 12),
    errors.NotKept("Drafts", "[OVERQUOTA] no room"),
    errors.FolderReadOnly("INBOX"),
    errors.MailAhead(datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2010, 2, 3, 9, tzinfo=UTC)),
    errors.SendingRefused(550, "no such user"),
    errors.SendingDeferred("451 later"),
    errors.SendingUncertain("connection lost"),
    errors.UsageProblem("date", "eilen"),
    errors.AgentRunning("inbox-agent.db"),
    errors.DatabaseLost(Path("levy/inbox-agent.db")),
    errors.DatabaseLost(Path("inbox-agent.db"), [Path("inbox-agent.db.lock"), Path("inbox-agent.toml.database")]),
    errors.DatabaseLost(Path("uusi.db"), [Path("inbox-agent.toml.database")], Path("levy/inbox-agent.db")),
    errors.PlaceNotNoted(Path("/srv/inbox-agent.db"), Path("inbox-agent.toml.database")),
    errors.AnotherDatabase("uusi.db"),
    errors.CustomersUnreadable("csv", "no_column", "email"),
    errors.LetterFaulty("2026-0007", ["identity_code"]),
    errors.SentencesUnowned("2026-0007", ["Lapsenne Ella on myös rekisterissä."]),
    errors.AnswersApart(((RequestKind.ACCESS, Outcome.NO_DATA), (RequestKind.ERASURE, Outcome.GRANTED))),
    errors.ClockBehind(timedelta(minutes=7)),
    errors.NoticeUnreadable("seloste.pdf", "scanned"),
    errors.FactsAged([errors.CheckedFact("ombudsman", date(2026, 11, 22), "tietosuoja.example")]),
    state_errors.NotFound("case", "2026-0007"),
    state_errors.IllegalTransition("case", "closed", "waiting"),
    state_errors.StaleWrite("draft", 3, "proposed"),
    state_errors.NotIdentified("2026-0007", "L1", "L2"),
    state_errors.NotAuthorised("2026-0007"),
    state_errors.CodeNotTaken(3),
    state_errors.StoreBusy(),
    state_errors.StoreFull(),
    state_errors.StoreUnusable("disk I/O error"),
    state_errors.NoDatabase("inbox-agent.db"),
    state_errors.ForeignDatabase("other.db"),
    state_errors.NewerDatabase("inbox.db"),
    state_errors.BrokenChain(17),
    state_errors.Contradiction("draft", 3),
    replies_errors.NoTemplate("outcome", "sv"),
    replies_errors.MissingFacts(["done_on", "scope"]),
    replies_errors.UnsafeSubject("2026\n0007"),
]


def _classes(root: type[Exception]) -> Iterator[type[Exception]]:
    for each in root.__subclasses__():
        yield each
        yield from _classes(each)


@pytest.mark.parametrize("root", [InboxAgentError, StateError, RepliesError])
def test_every_error_class_is_worded_and_has_an_example_here(root: type[Exception]) -> None:
    ours = {each for each in _classes(root) if each.__module__.partition(".")[0] in {"inbox_agent", "state", "replies"}}
    assert ours <= set(phrase.registry)
    assert ours <= {type(example) for example in EXAMPLES}


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_says_what_happened_and_then_what_to_do(error: Exception) -> None:
    lines = phrase(error)
    assert len(lines) >= 2
    assert all(line.strip() and "{" not in line and "\n" not in line for line in lines)


REFUSED_APPROVALS = [
    errors.LetterFaulty("2026-0007", ["identity_code"]),
    errors.SentencesUnowned("2026-0007", ["Lapsenne Ella on myös rekisterissä."]),
    state_errors.NotIdentified("2026-0007", "L1", "L2"),
    state_errors.NotAuthorised("2026-0007"),
]


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("error", REFUSED_APPROVALS, ids=lambda error: type(error).__name__)
def test_a_refused_approval_ends_with_one_key_at_the_desk_and_one_command_on_the_line(
    error: Exception, language: str
) -> None:
    """Whoever has only keys is told no command, whoever has only a command line no key; both hear the same reason."""
    texts.use(language)
    line, desk = phrase(error), phrase_at_desk(error)
    assert line[:-1] == desk[:-1]
    assert re.search(r"inbox-agent \w+ 2026-0007", line[-1])
    assert [said for said in desk if "inbox-agent" in said or "--" in said] == []
    assert re.match(r"[a-z]: ", desk[-1])


def test_an_error_that_nobody_foresaw_is_said_all_the_same() -> None:
    assert phrase(RuntimeError("odd")) == ("Something unexpected happened: odd",)
    assert phrase(RuntimeError()) == ("Something unexpected happened: RuntimeError",)


# -- codes --------------------------------------------------------------------------------------------


def _literals(called: str, position: int) -> Iterator[str]:
    """The literal codes that the program itself gives to `called`."""
    for file in Path(inbox_agent.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == called:
                argument = node.args[position]
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)


def test_every_usage_problem_in_the_program_is_worded() -> None:
    codes = set(_literals("UsageProblem", 0))
    unworded = {code for code in codes | (set(Gate) - {Gate.OPEN}) if len(phrase(errors.UsageProblem(code, "x"))) < 2}
    assert codes
    assert not unworded


def test_every_reason_for_a_missing_secret_is_worded() -> None:
    codes = set(_literals("SecretMissing", 1))
    unworded = {code for code in codes if code in phrase(errors.SecretMissing("env:X", code))[0]}
    assert codes
    assert not unworded


def test_a_usage_problem_without_words_says_its_code() -> None:
    assert phrase(errors.UsageProblem("unheard_of", "x")) == ("This cannot be done: unheard_of x",)


def test_what_a_person_gave_is_never_read_as_a_template() -> None:
    assert "{given}" in phrase(errors.UsageProblem("date", "{given} {0} {"))[0]


# -- profiles -----------------------------------------------------------------------------------------

GOOD: dict[str, dict[str, Any]] = {
    "controller": {"name": "Esimerkki Oy"},
    "contact": {"name": "Maija Virtanen", "email": "maija@yritys.example"},
    "mailbox": {"host": "mail.example"},
    "smtp": {"host": "mail.example", "sender": "tietosuoja@yritys.example"},
}
# Everything a TOML value can be, in odd sizes.
BAD: list[Any] = [
    *("", "x", "a\nb", "ä@ö", "Ä" * 200, "2026-13-45", "31d", "9999999d", "1234567-8", "hunter2", "P1D"),
    *(0, -1, 5, 10**9, 10**40, 1.5, -0.5, float("nan"), float("inf"), True),
    *([], ["x"], [-1], [1.5], [[]], [{}], {}, {"a": 1}),
    *(date(2026, 1, 1), datetime(2026, 1, 1, 10), time(7)),  # noqa: DTZ001  # TOML has local times
]


def _sections() -> Iterator[tuple[str, type[BaseModel]]]:
    for name, field in ControllerProfile.model_fields.items():
        if name == "more_mailboxes":  # each is as `mailbox`
            continue
        assert isinstance(field.annotation, type)
        yield name, field.annotation


def _codes_of(data: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> set[Problem]:
    monkeypatch.setattr("inbox_agent.profile.reading.tomllib.loads", lambda _text: data)
    with contextlib.suppress(BrokenProfile):
        parse("")
        return set()
    with pytest.raises(BrokenProfile) as broken:
        parse("")
    return set(broken.value.problems)


def test_every_problem_that_a_profile_can_have_is_worded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every key and every section with every wrong value: each code that comes up has a sentence of its own."""
    found: set[Problem] = set()
    for section, model in _sections():
        for bad in BAD:
            found |= _codes_of({**GOOD, section: bad}, monkeypatch)
            for key in (*model.model_fields, "no_such_key"):
                found |= _codes_of({**GOOD, section: {**GOOD.get(section, {}), key: bad}}, monkeypatch)
    unworded = {problem.code for problem in found if sentence(problem) == problem.code}
    assert {"missing", "extra_forbidden", "address", "one_line", "secret", "business_id"} <= {
        problem.code for problem in found
    }
    assert not unworded
    assert not any("{" in sentence(problem).replace(problem.given, "") for problem in found)


def test_each_problem_is_one_line_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(
        '[controller]\nname = "Esimerkki Oy"\nbusiness_id = "1234567-8"\n'
        '[contact]\nname = "Maija Virtanen"\nemail = "maija"\n'
        '[mailbox]\nhost = "mail.example"\nport = 0\nsince = "eilen"\npassword = "hunter2"\n'
        '[replies]\nform = "herra"\n',
        encoding="utf-8",
    )
    with pytest.raises(BrokenProfile) as broken:
        read(path)
    lines = phrase(broken.value)
    assert lines[1:-1] == (
        f"{path}:1: smtp: the section is missing",
        f"{path}:3: controller.business_id: "
        "“1234567-8” is no Finnish business id (1234567-1 with the right check digit)",
        f"{path}:6: contact.email: “maija” is no e-mail address; write it like name@company.example",
        f"{path}:9: mailbox.port: must be at least 1",
        f'{path}:10: mailbox.since: “eilen” is no date (2026-01-31) and no number of days ("31d")',
        f"{path}:11: mailbox.password: there is no such key; look for a typing error, or remove it",
        f"{path}:13: replies.form: must be one of: te, sina, always_sina",
    )
    assert "7 problems" in lines[0]
    assert "hunter2" not in "".join(lines)


@pytest.mark.parametrize("key", ["secret", "password", "passwd"])
def test_a_password_typed_into_the_profile_is_never_repeated(key: str) -> None:
    with pytest.raises(BrokenProfile) as broken:
        parse(f'[mailbox]\nhost = "mail.example"\n{key} = "hunter2"\n[smtp]\n{key} = ["hunter2"]\n')
    assert "hunter2" not in "".join(phrase(broken.value)) + repr(broken.value.problems)


def test_files_that_cannot_be_read_at_all_are_worded(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_bytes(b'[controller]\nname = "\xe4"\n')
    with pytest.raises(BrokenProfile) as not_text:
        read(path)
    with pytest.raises(BrokenProfile) as not_toml:
        parse("[controller\n")
    assert "UTF-8" in phrase(not_text.value)[1]
    assert "TOML" in phrase(not_toml.value)[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "certificate: certificate has expired",
            "expired: it is to be renewed there, unless this computer's clock is wrong",
        ),
        ("certificate: certificate is not yet valid", "not valid yet: is this computer's clock right?"),
        ("certificate: self-signed certificate", "not trusted"),
    ],
)
def test_a_certificate_out_of_its_time_is_told_from_one_that_nobody_trusts(said: str, told: str) -> None:
    """Whoever keeps the server renews it; or the clock here is wrong, which makes every certificate look so."""
    assert told in phrase(errors.MailboxUnreachable("mail.example", 993, said))[0]


def test_what_is_computed_is_not_asked_where_what_it_follows_from_is_missing() -> None:
    """Nobody can give the end of a duty to keep: it is counted from the financial year's."""
    lacking = missing(facts_needed(RequestKind.ERASURE, Outcome.REFUSED), {**VOUCHERS, "financial_year_end": "12-31"})
    told = phrase(replies_errors.MissingFacts([f"erasure.{name}" for name in lacking]))
    assert [line for line in told if "financial_year_end" in line and "31.12." in line]
    assert [line for line in told if "kept_until" in line] == []


VOUCHERS = {"ground": "accounting_law", "material": "vouchers", "newest_on": "2025-11-30", "nothing_else": "so"}


@pytest.mark.parametrize("said", ["31.12.", "30.6.", "28.2", "29.2.", "1. 4."])
def test_the_end_of_a_financial_year_is_a_day_and_a_month(said: str) -> None:
    assert "financial_year_end" not in missing(facts_needed(RequestKind.ERASURE, Outcome.REFUSED), _ended(said))


@pytest.mark.parametrize("said", ["12-31", "2024-12-31", "31.13.", "31.4.", "30.2.", "joulukuu"])
def test_what_is_no_day_of_a_year_ends_no_financial_year(said: str) -> None:
    assert "financial_year_end" in missing(facts_needed(RequestKind.ERASURE, Outcome.REFUSED), _ended(said))


def _ended(said: str) -> dict[str, str]:
    return {**VOUCHERS, "financial_year_end": said}


def test_a_word_about_erasure_is_said_only_of_an_erasure() -> None:
    """Whoever corrects data and says that nobody else has it is not told that it disappears."""
    [of_any, of_erasure] = findings.finding("everywhere_unknown").rsplit(" Of an erasure, ", 1)
    assert "eras" not in of_any
    assert of_erasure
