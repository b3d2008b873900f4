"""What can go wrong in the program: facts only. `inbox_agent.phrasing.errors` says them to people.

Exit codes belong to the error classes, so that every command answers alike (README, "Exit codes").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from state.model import Outcome, RequestKind


class InboxAgentError(Exception):
    """Root of the program's own errors."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a profile. `line` is 1-based; `code` is a word phrasing knows; `given` what stood there;
    `hint` the bound or the choices that it had to keep to.
    """

    line: int
    key: str
    code: str
    given: str = ""
    hint: str = ""


class BrokenProfile(InboxAgentError):
    """The profile cannot be used; `problems` holds all of them, in the file's order."""

    exit_code = 3

    def __init__(self, path: Path | str, problems: Sequence[Problem]) -> None:
        super().__init__(f"{path}: {len(problems)} problems")
        self.path = path
        self.problems = tuple(problems)


class BrokenPhrases(BrokenProfile):
    """The same of the file of the controller's own phrases."""


class NoProfile(InboxAgentError):
    """No profile where one was looked for."""

    exit_code = 3

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"{path} does not exist")
        self.path = path


class CannotPrint(InboxAgentError):
    """A letter could not be put on paper. `why` is a word that phrasing knows."""

    def __init__(self, why: str, path: Path) -> None:
        super().__init__(f"{path}: {why}")
        self.why = why
        self.path = path


class SecretMissing(InboxAgentError):
    """The profile refers to a password that is not there. Holds the reference, never the secret."""

    exit_code = 3

    def __init__(self, reference: str, why: str) -> None:
        super().__init__(f"{reference}: {why}")
        self.reference = reference
        self.why = why


class MailboxUnreachable(InboxAgentError):
    """The IMAP server did not answer, or the connection broke. Tried again with backoff.

    `reading`: the UIDs of the mails that were being read when it broke.
    """

    exit_code = 4

    def __init__(self, host: str, port: int, why: str, reading: Sequence[int] = ()) -> None:
        super().__init__(f"{host}:{port}: {why}")
        self.host = host
        self.port = port
        self.why = why
        self.reading = tuple(reading)


NO_LOG_IN = "no log-in is offered"
"""What `LoginRefused.answer` is where the server has no way of logging in that we could use."""


class LoginRefused(InboxAgentError):
    """The server refused the user or the password. Never retried blindly: accounts get locked."""

    exit_code = 5

    def __init__(self, host: str, user: str, answer: str) -> None:
        super().__init__(f"{user} at {host}: {answer}")
        self.host = host
        self.user = user
        self.answer = answer


class GrantExpired(LoginRefused):
    """The provider does not renew our sign-in any more: a person must sign in again. Asked of the provider alone, so
    asking again locks nothing.
    """


class FolderMissing(InboxAgentError):
    """The mailbox has no such folder. `there` lists what it has."""

    exit_code = 4

    def __init__(self, folder: str, there: Sequence[str]) -> None:
        super().__init__(f"no folder {folder}")
        self.folder = folder
        self.there = tuple(there)


class NotKept(InboxAgentError):
    """The mailbox did not take a mail into a folder that is there: it is full, or the folder not ours to write to."""

    exit_code = 4

    def __init__(self, folder: str, answer: str) -> None:
        super().__init__(f"{folder}: {answer}")
        self.folder = folder
        self.answer = answer


class FolderReadOnly(NotKept):
    """Mails are to be moved out of a folder in which we may change nothing (RFC 3501, 7.1: READ-ONLY)."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder, "[READ-ONLY]")


class MailboxEmptied(InboxAgentError):
    """A folder that held mail is suddenly empty: nothing is concluded from it, a person is told."""

    exit_code = 4

    def __init__(self, folder: str, had: int) -> None:
        super().__init__(f"{folder} had {had} messages, now none")
        self.folder = folder
        self.had = had


class SendingRefused(InboxAgentError):
    """The SMTP server refused the letter for good (5xx). `answer` is its own line."""

    exit_code = 6

    def __init__(self, code: int, answer: str) -> None:
        super().__init__(f"{code} {answer}")
        self.code = code
        self.answer = answer


class SendingDeferred(InboxAgentError):
    """The letter certainly was not taken (4xx, or no connection): it may be tried again."""

    exit_code = 6

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


NOT_OFFERED = "the text was not offered"
"""What a sending says that is cancelled (`asyncio.CancelledError`) while the server certainly has nothing."""


class SendingUncertain(InboxAgentError):
    """The wire broke after the text was offered: nobody knows whether it was taken. Never tried again by itself."""

    exit_code = 6

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


class CustomersUnreadable(InboxAgentError):
    """The customers' register could not be read. `why` is a word phrasing knows; `detail` no personal data."""

    def __init__(self, kind: str, why: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {why} {detail}".strip())
        self.kind = kind
        self.why = why
        self.detail = detail


class AgentRunning(InboxAgentError):
    """Another agent works on this database already."""

    def __init__(self, database: Path | str) -> None:
        super().__init__(f"{database} has its agent")
        self.database = database


class DatabaseLost(InboxAgentError):
    """A database was there and is no more: its folder is away, or all that is left (`left`) is what tells that there
    was one. `was` is where it was seen last.
    """

    def __init__(self, path: Path, left: Sequence[Path] = (), was: Path | None = None) -> None:
        super().__init__(f"{path} is gone")
        self.path = path
        self.left = tuple(left)
        self.was = was or path


class PlaceNotNoted(InboxAgentError):
    """The file beside the profile that says where its database lies (`note`) is missing or says another place."""

    def __init__(self, database: Path, note: Path) -> None:
        super().__init__(f"{note} does not name {database}")
        self.database = database
        self.note = note


class AnotherDatabase(InboxAgentError):
    """The profile names another database since the agent was started, which works on with the one it has open."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"another database: {path}")
        self.path = path


class LetterFaulty(InboxAgentError):
    """The linter found errors in the letter of `case` that was to be approved; `codes` are its findings'."""

    def __init__(self, case: str, codes: Sequence[str]) -> None:
        super().__init__(", ".join(codes))
        self.case = case
        self.codes = tuple(codes)


class SentencesUnowned(InboxAgentError):
    """A person's own sentences stand in the letter of `case` that was to be approved, and nobody has answered for
    them.
    """

    def __init__(self, case: str, sentences: Sequence[str]) -> None:
        super().__init__(f"{len(sentences)} sentences of a person's own")
        self.case = case
        self.sentences = tuple(sentences)


class AnswersApart(InboxAgentError):
    """Two outcomes of one answer cannot both be true (GDPR 5(1)(a), 11, 12(6)); each with its right."""

    exit_code = 2

    def __init__(self, answers: tuple[tuple[RequestKind, Outcome], ...]) -> None:
        super().__init__(" | ".join(f"{kind}={outcome}" for kind, outcome in answers))
        self.answers = answers


class ClockBehind(InboxAgentError):
    """The machine's clock stands before the agent's last sign of life, so deadlines would be miscounted."""

    def __init__(self, ahead: timedelta) -> None:
        super().__init__(f"the last sign of life is {ahead} ahead")
        self.ahead = ahead


class MailAhead(InboxAgentError):
    """The newest mail was received after the instant that this machine's clock shows: deadlines would be miscounted."""

    def __init__(self, received_at: datetime, now: datetime) -> None:
        super().__init__(f"mail of {received_at}, clock at {now}")
        self.received_at = received_at
        self.now = now


class Alarmed(InboxAgentError):
    """The agent is silent or cannot do its work: `trouble` is a word of `rules.alarms.Trouble`, `since` is aware,
    `cases` are the numbers of those on which our own code fails.
    """

    exit_code = 7

    def __init__(self, trouble: str, since: datetime, cases: str = "") -> None:
        super().__init__(f"{trouble} since {since}")
        self.trouble = trouble
        self.since = since
        self.cases = cases


@dataclass(frozen=True, slots=True)
class CheckedFact:
    """A fact about the world that the program repeats; `checked_on`: when it was compared with `source`. `name` is a
    word that phrasing knows.
    """

    name: str
    checked_on: date
    source: str


class FactsAged(InboxAgentError):
    """Facts about the world were compared with their sources long ago."""

    def __init__(self, facts: Sequence[CheckedFact]) -> None:
        super().__init__(", ".join(f"{fact.name}: {fact.checked_on}" for fact in facts))
        self.facts = tuple(facts)


class NoticeUnreadable(InboxAgentError):
    """A file cannot be read as a privacy notice. `why` is a word phrasing knows, `given` a fact to show beside it."""

    exit_code = 2

    def __init__(self, path: Path | str, why: str, given: str = "") -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why
        self.given = given


class UsageProblem(InboxAgentError):
    """What was asked cannot be done as said. `code` is a word phrasing knows, `given` what was said."""

    exit_code = 2

    def __init__(self, code: str, given: str = "") -> None:
        super().__init__(f"{code}: {given}")
        self.code = code
        self.given = given
