"""Whose profile it is and who is asked about whom: controller, contact person, and how customers are identified.

Owns the sections on people. Refuses to judge anybody: what proves what stands in `rules.levels`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from inbox_agent.profile.values import Address, BusinessId, DatabaseUrl, Name, Query, Section, Sensitivity


class Controller(Section):
    """Who answers for the data. `domains` are the company's own mail domains: their senders are colleagues."""

    name: Name = Field(min_length=1)
    business_id: BusinessId | None = None
    address: str = ""
    domains: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()  # joint controllers (GDPR 26), by name
    joint_domains: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # their mail domains, by that name

    @model_validator(mode="after")
    def _known(self) -> Self:
        if not self.joint_domains.keys() <= set(self.joint):
            raise ValueError("joint_unknown")
        return self


class Away(Section):
    """From when to when (both included) the contact person is away: the deputy answers."""

    first: date
    last: date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise ValueError("away_order")
        return self


class Contact(Section):
    """The register contact person, who gets the reminders, and the deputy."""

    name: Name = Field(min_length=1)
    email: Address
    phone: str = ""
    deputy_name: Name = ""
    deputy_email: Address | None = None
    away: tuple[Away, ...] = ()


IdentityWay = Literal["log_in", "strong"]
"""What not every company has: customers' own accounts, strong electronic identification."""


class Identity(Section):
    trusted_authserv_ids: tuple[str, ...] = ()  # whose Authentication-Results count (RFC 8601, 5)
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    ways: tuple[IdentityWay, ...] = ()  # offered besides codes, calls and visits
    open_months: int = Field(default=2, ge=0, le=12)  # a proof that comes after "not identified" resumes (our choice)
    final_answer_days: int = Field(default=3, ge=1, le=10)  # working days before the target to draft "not identified"
    history_months: int = Field(default=6, ge=0, le=24)  # an address verified in another case counts so long (ours)
    ask_within_working_days: int = Field(default=3, ge=1, le=20)  # our choice: at once


class Customers(Section):
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
