"""The supervisory authority to which a person may complain: its contact details, and when they were checked.

Owns the reading of `data/authority.toml`. Refuses to know them from anywhere else: a letter, the linter and
the health check all ask here, so that an office that moves is changed in one file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from replies.data_files import table


@dataclass(frozen=True, slots=True)
class Authority:
    """The Data Protection Ombudsman in one language. `checked_on`: when the details were compared with `source`."""

    name: str
    visiting: str
    postal: str
    phone: str
    email: str
    web: str
    checked_on: date
    source: str

    def named_in(self, text: str) -> bool:
        """Whether the text gives a way to reach the office that works today."""
        return any(detail in text for detail in (self.email, self.phone, self.postal, self.visiting, self.web))


@cache
def ombudsman(language: str) -> Authority:
    """The authority as a letter in this language (fi, sv, en) names it."""
    data = _data()
    return Authority(**data[language], email=data["email"], checked_on=data["checked_on"], source=data["source"])


def sends_from(address: str) -> bool:
    """Whether a mail from this address is, by the address alone, the authority's. Anybody can write any address."""
    domain = address.rpartition("@")[2].casefold()
    return any(domain == own or domain.endswith(f".{own}") for own in _data()["domains"])


@cache
def _data() -> Mapping[str, Any]:
    return table("authority.toml")
