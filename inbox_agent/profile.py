"""The controller's profile: one TOML file that says who we are, where the mail is and which choices were made.

Owns the shape of the file and the checks on it. Refuses to hold a password: it holds references
(`env:NAME`, `file:/path`, `keyring:service/user`) that `adapters.secrets` resolves.

`read` collects every problem before it raises, each with its line, so that a person mends the file once.
Fields that follow a `[CHOICE]` of the rulebook say so; their defaults are the cautious reading.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from inbox_agent.errors import BrokenProfile, NoProfile, Problem

Checked = TypeVar("Checked", bound=BaseModel)

Language = Literal["fi", "sv", "en"]

# What stands in a header as it is (RFC 5322, 3.2.3 and 3.4.1); a domain with other letters is given as xn--...
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_SECRET = re.compile(r"(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|keyring:[^/]+/.+)")
_BUSINESS_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


class Form(StrEnum):
    """How a Finnish letter addresses its reader."""

    TE = "te"
    SINA = "sina"


class Sensitivity(StrEnum):
    """What the controller's registers hold: it decides how sure of the asker we must be."""

    CONTACT_CARD = "contact_card"
    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"


def _checked(code: str, ok: bool, value: str) -> str:
    if not ok:
        raise ValueError(code)
    return value


def _address(value: str) -> str:
    return _checked("address", bool(_ADDRESS.fullmatch(value)), value)


def _one_line(value: str) -> str:
    return _checked("one_line", value.isprintable(), value)


def _secret(value: str) -> str:
    return _checked("secret", bool(_SECRET.fullmatch(value)), value)


def business_id_valid(value: str) -> bool:
    """Whether a Finnish business id (Y-tunnus, NNNNNNN-N) has the right check digit (modulus 11)."""
    if not re.fullmatch(r"\d{7}-\d", value):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_BUSINESS_ID_WEIGHTS, value, strict=False))
    rest = total % 11
    return rest != 1 and int(value[-1]) == (11 - rest) % 11


def _business_id(value: str) -> str:
    return _checked("business_id", business_id_valid(value), value)


def _days(value: object) -> object:
    """Accept "31d" for a number of days; dates pass as they are."""
    match = re.fullmatch(r"(\d{1,5})d", value) if isinstance(value, str) else None
    return timedelta(days=int(match[1])) if match else value


def _https(value: str) -> str:
    return _checked("https", value == "" or value.startswith("https://"), value)


def _database_url(value: str) -> str:
    """A reference, or a URL that holds no password (RFC 3986, 3.2.1)."""
    plain = re.fullmatch(r"[a-z0-9+]+://[^\s]*", value) and not re.match(r"[a-z0-9+]+://[^/@]*:[^/@]*@", value)
    return _checked("database_url", not value or bool(plain) or bool(_SECRET.fullmatch(value)), value)


def _query(value: str) -> str:
    """One statement that reads."""
    reads = re.match(r"\s*(select|with)\b", value, re.IGNORECASE) and ";" not in value.rstrip().rstrip(";")
    return _checked("query", not value or bool(reads), value)


DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
Query = Annotated[str, AfterValidator(_query)]
Address = Annotated[str, AfterValidator(_address)]
Name = Annotated[str, AfterValidator(_one_line)]  # stands in the headers of mails
SecretReference = Annotated[str, AfterValidator(_secret)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Controller(_Section):
    """Who answers for the data. `domains` are the company's own mail domains: their senders are colleagues."""

    name: Name = Field(min_length=1)
    business_id: Annotated[str, AfterValidator(_business_id)] | None = None
    address: str = ""
    domains: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()  # joint controllers (GDPR 26), by name
    joint_domains: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # their mail domains, by that name

    @model_validator(mode="after")
    def _known(self) -> Self:
        if not self.joint_domains.keys() <= set(self.joint):
            raise ValueError("joint_unknown")
        return self


class Away(_Section):
    """From when to when (both included) the contact person is away: the deputy answers."""

    first: date
    last: date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise ValueError("away_order")
        return self


class Contact(_Section):
    """The register contact person, who gets the reminders, and the deputy."""

    name: Name = Field(min_length=1)
    email: Address
    phone: str = ""
    deputy_name: Name = ""
    deputy_email: Address | None = None
    away: tuple[Away, ...] = ()


class Server(_Section):
    host: str = Field(min_length=1)
    port: int = Field(ge=1, le=65535)
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    user: str = ""
    sign_in: Literal["password", "microsoft", "google"] = "password"  # the latter by XOAUTH2, see SignIn
    secret: SecretReference | None = None
    ca_file: str | None = None  # an own certificate authority; certificates are always checked


class Mailbox(Server):
    port: int = Field(default=993, ge=1, le=65535)
    folders: tuple[str, ...] = ("INBOX",)
    junk: str = "auto"  # a folder's name, "auto" (by attribute or usual name) or "" for none
    since: Annotated[date | timedelta, BeforeValidator(_days)] = timedelta(days=31)
    move_to: str = ""  # after storing; empty: the server's mailbox is never changed
    idle_minutes: Annotated[float, Field(gt=0, le=20)] = 4.0
    sync_minutes: Annotated[float, Field(gt=0)] = 10.0

    @property
    def account(self) -> str:
        """The mailbox's name in the store: user and host."""
        return f"{self.user}@{self.host}"


class Smtp(Server):
    port: int = Field(default=465, ge=1, le=65535)
    sender: Address
    sent_folder: str = "auto"
    drafts_folder: str = ""  # a name or "auto": proposed letters are put there too; "": they are not
    server_saves_sent: bool = False


class SignIn(_Section):
    """How the mail provider knows this program (OAuth 2.0), for mailboxes without a password. `inbox-agent login`
    fetches the grant; tokens are kept in `cache`, for their owner only.
    """

    client_id: str = ""  # of the app that was registered with the provider
    client_secret: SecretReference | None = None  # Google gives one to desktop apps too; it is no secret to its users
    tenant: str = "organizations"  # Microsoft: the company's tenant, by id or domain
    cache: str = "inbox-agent-tokens.json"  # relative to the profile's folder
    authority: Annotated[str, AfterValidator(_https)] = ""  # another cloud than the provider's usual one
    ca_file: str | None = None


IdentityWay = Literal["log_in", "strong"]
"""What not every company has: customers' own accounts, strong electronic identification."""


class Identity(_Section):
    trusted_authserv_ids: tuple[str, ...] = ()  # whose Authentication-Results count (RFC 8601, 5)
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    ways: tuple[IdentityWay, ...] = ()  # offered besides codes, calls and visits
    open_months: int = Field(default=2, ge=0, le=12)  # a proof that comes after "not identified" resumes (our choice)
    final_answer_days: int = Field(default=3, ge=1, le=10)  # working days before the target to draft "not identified"
    history_months: int = Field(default=6, ge=0, le=24)  # an address verified in another case counts so long (ours)
    ask_within_working_days: int = Field(default=3, ge=1, le=20)  # our choice: at once


class Customers(_Section):
    """Where the contact on file is looked up, read only. The names are those of columns or fields there."""

    kind: Literal["none", "csv", "xlsx", "sql", "command"] = "none"
    path: str = ""  # csv, xlsx: relative to the profile's folder
    sheet: str = ""  # xlsx: the first one where empty
    delimiter: str = Field(default="", max_length=1)  # csv: found out where empty
    encoding: str = "utf-8"
    url: DatabaseUrl = ""  # sql: a SQLAlchemy URL without password, or a reference to a whole one
    query: Query = ""  # sql: a SELECT with :address and :name
    command: tuple[str, ...] = ()  # gets {"name", "address"} as JSON on stdin, answers with JSON objects
    timeout_seconds: float = Field(default=20, gt=0, le=600)
    name: str = "name"
    address: str = "email"
    phone: str = "phone"
    number: str = "number"
    protected: str = "protected"
    changed_on: str = "changed_on"

    @property
    def in_use(self) -> bool:
        return self.kind != "none"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        given = {
            "csv": self.path,
            "xlsx": self.path,
            "sql": self.url and self.query,
            "command": self.command,
            "none": True,
        }
        if not given[self.kind]:
            raise ValueError(f"customers_{self.kind}")
        return self


class Replies(_Section):
    language: Language = "fi"
    languages: tuple[Language, ...] = ("fi", "sv", "en")
    form: Form = Form.TE
    signature: str = ""
    hold_seconds: int = Field(default=10, ge=0)  # between approval and sending: the time to undo
    acknowledge: bool = True


class Deadlines(_Section):
    count_from: Literal["receipt", "sending"] = "receipt"  # "sending": the controller's notice promised it
    # The time of answer that the controller's notice promises, where it is shorter than the month of GDPR 12(3).
    # A change counts for the rights opened from then on: what was promised is kept.
    answer_days: int | None = Field(default=None, ge=1, le=31)
    answer_working_days: int | None = Field(default=None, ge=1, le=22)


class Reminders(_Section):
    """Working days before the target, and a daily reminder after the promise (our choice)."""

    ladder: tuple[Annotated[int, Field(ge=0, le=60)], ...] = (10, 5, 2, 1, 0)
    first_draft_day: int = Field(default=10, ge=1, le=60)
    extension_at: int = Field(default=7, ge=0, le=60)
    hour: int = Field(default=8, ge=0, le=23)  # local time from which a day's reminders are sent


class Duties(_Section):
    """Within how many days what must be done besides answering is done. The law says "without undue delay"; the
    numbers are our choice. `electronic` and `other` are the channels that a ban on direct marketing stops.
    """

    electronic: tuple[str, ...] = ("sähköposti", "tekstiviestit")
    other: tuple[str, ...] = ("puhelin", "posti")
    electronic_days: int = Field(default=1, ge=0, le=20)  # working days
    other_days: int = Field(default=3, ge=0, le=20)  # working days
    recordings_days: int = Field(default=1, ge=0, le=20)  # working days: short-lived data is frozen
    processors_days: int = Field(default=3, ge=0, le=20)  # working days: processors and joint controllers are told
    recipients_days: int = Field(default=5, ge=0, le=20)  # working days from the answer (GDPR 19)
    restriction_review_days: int = Field(default=30, ge=1, le=366)  # days until a restriction is looked at again


class Told(_Section):
    """What a letter in another language says in place of the profile's own words; names stand as they are."""

    purposes: str = ""
    categories: str = ""
    recipients: tuple[str, ...] = ()
    retention: str = ""
    sources: str = ""
    transfers: str = ""
    systems: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()  # in place of `duties.electronic` and `duties.other`


class Processing(_Section):
    """What the controller's notice says of its processing: proposals for answers, never said unread."""

    purposes: str = ""
    categories: str = ""
    recipients: tuple[str, ...] = ()  # by name (GDPR 15(1)(c))
    processors: tuple[str, ...] = ()  # by name: those who are instructed (GDPR 28)
    retention: str = ""
    sources: str = ""
    transfers: str = ""  # where to and under which safeguards; empty: none
    systems: tuple[str, ...] = ()  # where a person's data is looked for
    recordings: tuple[str, ...] = ()  # short-lived data that an access request freezes
    backups_days: int | None = Field(default=None, ge=0, le=3660)  # until backups are overwritten; 0: there are none
    fi: Told = Told()
    sv: Told = Told()
    en: Told = Told()


class Promises(_Section):
    """What the controller's notice promises beyond the law. It is kept: what people were told is owed (our choice)."""

    tell_source: bool = False  # who gave the wrong data hears of its correction (HetiL 29 §, repealed; voluntary today)
    pick_up: Name = ""  # where an answer may be picked up: a choice beside the electronic way, never the only one


def _year_end(value: object) -> object:
    """Accept "31.12." for the last day of a financial year."""
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.?", value) if isinstance(value, str) else None
    return (int(match[2]), int(match[1])) if match else value


class Accounting(_Section):
    """When the controller's financial year ends: (month, day). Vouchers are kept by it (Accounting Act 2:10)."""

    financial_year_end: Annotated[
        tuple[Annotated[int, Field(ge=1, le=12)], Annotated[int, Field(ge=1, le=31)]], BeforeValidator(_year_end)
    ] = (12, 31)


class Alarms(_Section):
    """When silence is suspicious (our choice). Told in the dashboard, by `check --alive` and, if `mail`, by mail."""

    mail: bool = True  # to the contact person and the deputy
    silent_minutes: int = Field(default=30, ge=1, le=1440)  # without one look at the mailbox that succeeded
    emptied_from: int = Field(default=10, ge=0)  # a folder that held so many mails and is empty; 0: never


class Canary(_Section):
    """A test mail through the public contact address, so that a dead way in is noticed by us first. Off by default."""

    every_days: int = Field(default=0, ge=0, le=366)  # 0: never
    address: Address | None = None  # the public one; by default that of our letters
    within_minutes: int = Field(default=60, ge=1, le=10_080)  # it must be found by then


class Retention(_Section):
    """How long an ended case keeps its personal data. No statute says; these are our choice."""

    closed_months: int = Field(default=36, ge=1, le=1200)
    closed_days: int | None = Field(default=None, ge=1, le=36_500)  # where given, instead of the months
    dismissed_days: int = Field(default=90, ge=1, le=36_500)
    aside_days: int = Field(default=365, ge=1, le=36_500)  # mail that became no case


class Recognition(_Section):
    """What recognition knows besides what the program ships."""

    own_phrases: str = "own-phrases.toml"  # the controller's own phrases, relative to the profile's folder


class Storage(_Section):
    path: str = "inbox-agent.db"  # relative to the profile's folder


class ControllerProfile(_Section):
    """Everything configurable, checked and frozen."""

    controller: Controller
    contact: Contact
    mailbox: Mailbox
    more_mailboxes: tuple[Mailbox, ...] = ()  # read beside the first
    smtp: Smtp
    sign_in: SignIn = SignIn()
    identity: Identity = Identity()
    customers: Customers = Customers()
    replies: Replies = Replies()
    deadlines: Deadlines = Deadlines()
    reminders: Reminders = Reminders()
    duties: Duties = Duties()
    processing: Processing = Processing()
    promises: Promises = Promises()
    accounting: Accounting = Accounting()
    alarms: Alarms = Alarms()
    canary: Canary = Canary()
    retention: Retention = Retention()
    recognition: Recognition = Recognition()
    storage: Storage = Storage()

    @property
    def mailboxes(self) -> tuple[Mailbox, ...]:
        """Every mailbox that is read; the first also keeps what we send."""
        return (self.mailbox, *self.more_mailboxes)

    @property
    def account(self) -> str:
        return self.mailbox.account

    @model_validator(mode="after")
    def _no_account_twice(self) -> Self:
        accounts = [mailbox.account for mailbox in self.mailboxes]
        if len(set(accounts)) < len(accounts):
            raise ValueError("account_twice")
        return self

    @model_validator(mode="after")
    def _known_to_the_provider(self) -> Self:
        if not self.sign_in.client_id and any(server.sign_in != "password" for server in (*self.mailboxes, self.smtp)):
            raise ValueError("client_id")
        return self


def read(path: Path) -> ControllerProfile:
    """Read and check a profile. Raises NoProfile, or BrokenProfile with every problem and its line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoProfile(path) from None
    except UnicodeDecodeError:
        raise BrokenProfile(path, [Problem(1, "", "encoding")]) from None
    return parse(text, path)


def parse(text: str, path: Path | str = "profile.toml") -> ControllerProfile:
    """Check the text of a profile; `path` only names it in the problems."""
    return checked(ControllerProfile, text, path)


def checked(model: type[Checked], text: str, path: Path | str) -> Checked:
    """Check the text of a TOML file against the shape of one. Raises BrokenProfile with every problem and its line."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenProfile(path, [Problem(_toml_line(error), "", "toml", given=str(error))]) from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        lines = _key_lines(text)
        problems = (_problem(detail, lines) for detail in error.errors(include_url=False))
        raise BrokenProfile(path, sorted(problems, key=lambda problem: problem.line)) from None


def _toml_line(error: tomllib.TOMLDecodeError) -> int:
    match = re.search(r"line (\d+)", str(error))
    return int(match[1]) if match else 1


def _problem(detail: Mapping[str, Any], lines: Mapping[str, int]) -> Problem:
    parts = [str(part) for part in detail["loc"] if not str(part).startswith("function-")]
    depth = 3 if len(parts) > 1 and parts[1].isdigit() else 2  # one of several sections of a name has its number
    key = ".".join(part for part in parts[:depth] if part)
    line = next((lines[place] for place in (key, ".".join(parts[: depth - 1])) if place in lines), 1)
    code = str(detail["ctx"]["error"]) if detail["type"] == "value_error" else str(detail["type"])
    # A password typed into the profile, under whatever key, must not be repeated on a screen or in a log.
    silent = code in {"missing", "extra_forbidden", "model_type"} or "secret" in key or key.startswith("customers")
    return Problem(line, key, code, "" if silent else str(detail["input"])[:80], _expected(detail))


def _expected(detail: Mapping[str, Any]) -> str:
    """The bound or the choices that a value had to keep to; pydantic knows them for most of its types."""
    facts = {name: fact for name, fact in detail.get("ctx", {}).items() if name != "error"}
    return str(next(iter(facts.values()), ""))


def _key_lines(text: str) -> dict[str, int]:
    """Where each `section` and `section.key` stands (1-based), those of `[[section]]` numbered from 0. tomllib does not
    tell.
    """
    return dict(_keys(text.splitlines()))


def _keys(lines: Iterable[str]) -> Iterable[tuple[str, int]]:
    section, several = "", Counter[str]()
    for number, line in enumerate(lines, start=1):
        if header := re.match(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]", line):
            section = header[2]
            if header[1] == "[[":
                several[section] += 1
                section = f"{section}.{several[section] - 1}"
            yield section, number
        elif key := re.match(r"\s*([A-Za-z0-9_-]+)\s*=", line):
            yield (f"{section}.{key[1]}" if section else key[1]), number
