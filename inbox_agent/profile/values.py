"""What a single setting may be: addresses, names, references to secrets, identifiers, spans of days.

Owns the checks of one value, whichever section it stands in; each raises ValueError with the code of its problem.
Refuses to hold a password: only a reference to one (`env:NAME`, `file:/path`, `keyring:service/user`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Language = Literal["fi", "sv", "en"]

# What stands in a header as it is (RFC 5322, 3.2.3 and 3.4.1); a domain with other letters is given as xn--...
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_SECRET = re.compile(r"(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|keyring:[^/]+/.+)")
_BUSINESS_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


class Form(StrEnum):
    """How a Finnish letter addresses its reader. `SINA`: whoever writes so; `ALWAYS_SINA`: everybody."""

    TE = "te"
    SINA = "sina"
    ALWAYS_SINA = "always_sina"


class Sensitivity(StrEnum):
    """What the controller's registers hold: it decides how sure of the asker we must be."""

    CONTACT_CARD = "contact_card"
    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"


class Section(BaseModel):
    """A table of the file: frozen, and without a key that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def business_id_valid(value: str) -> bool:
    """Whether a Finnish business id (Y-tunnus, NNNNNNN-N) has the right check digit (modulus 11)."""
    if not re.fullmatch(r"\d{7}-\d", value):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_BUSINESS_ID_WEIGHTS, value, strict=False))
    rest = total % 11
    return rest != 1 and int(value[-1]) == (11 - rest) % 11


def _checked(code: str, ok: bool, value: str) -> str:
    if not ok:
        raise ValueError(code)
    return value


def is_address(value: str) -> bool:
    """Whether this is one e-mail address as a mail's head takes it."""
    return _ADDRESS.fullmatch(value) is not None


def _address(value: str) -> str:
    return _checked("address", is_address(value), value)


def _one_line(value: str) -> str:
    return _checked("one_line", value.isprintable(), value)


def _folder_name(value: str) -> str:
    return value.strip() if value.strip() in {"", "auto"} else value


def _secret(value: str) -> str:
    return _checked("secret", bool(_SECRET.fullmatch(value)), value)


def _business_id(value: str) -> str:
    return _checked("business_id", business_id_valid(value), value)


def _days(value: object) -> object:
    """Accept "31d" for a number of days; dates pass as they are."""
    match = re.fullmatch(r"(\d{1,5})d", value) if isinstance(value, str) else None
    return timedelta(days=int(match[1])) if match else value


def _year_end(value: object) -> object:
    """Accept "31.12." for the last day of a financial year."""
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.?", value) if isinstance(value, str) else None
    return (int(match[2]), int(match[1])) if match else value


def _processors(value: object) -> object:
    """None where a profile does not tell who processes for it: an empty list says no more. "none": nobody does."""
    return {"none": ()}.get(value, value) if isinstance(value, str) else value or None


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


Address = Annotated[str, AfterValidator(_address)]
Name = Annotated[str, AfterValidator(_one_line)]  # stands in the headers of mails
# A blank may be part of it, but for the words that mean no folder and any.
FolderName = Annotated[str, StringConstraints(strip_whitespace=False), AfterValidator(_folder_name)]
SecretReference = Annotated[str, AfterValidator(_secret)]
BusinessId = Annotated[str, AfterValidator(_business_id)]
Https = Annotated[str, AfterValidator(_https)]
DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
Query = Annotated[str, AfterValidator(_query)]
DayAndMonth = Annotated[
    tuple[Annotated[int, Field(ge=1, le=12)], Annotated[int, Field(ge=1, le=31)]], BeforeValidator(_year_end)
]
Processors = Annotated[tuple[str, ...] | None, BeforeValidator(_processors)]
Since = Annotated[date | timedelta, BeforeValidator(_days)]
