"""The desk judges a letter by the same facts as its approval: what one finds the other finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from inbox_agent.dashboard import readings
from inbox_agent.dashboard.context import Context
from inbox_agent.dashboard.gateway import Gateway
from inbox_agent.dashboard.widgets.letter import Written, findings
from replies.linter import Finding
from state.model import Act, Draft, DraftKey, Outcome, RequestKind
from state.views import Views
from tests.office import PROFILE, Office

_MARKETING = (RequestKind.MARKETING_OBJECTION, Outcome.GRANTED)
_ERASURE = (RequestKind.ERASURE, Outcome.GRANTED)
_NO_POST = {"channels": "sähköposti, tekstiviestit ja puhelin"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inbox.db"


@pytest.fixture
def office(path: Path) -> Iterator[Office]:
    office = Office(path)
    with office.store:
        yield office


@dataclass(frozen=True)
class Asked:
    """What was asked, noted and answered, what a person wrote below the letter, and what must (not) be found."""

    chosen: tuple[RequestKind, Outcome]
    text: str
    code: str
    is_found: bool = True
    note: str = ""
    added: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


ASKED = {
    "banned": Asked(_MARKETING, "Kiellän markkinoinnin.", "channels_left_out", facts=_NO_POST),
    "allowed in the mail": Asked(
        _MARKETING, "Kiellän markkinoinnin, mutta kirjeitä saa lähettää.", "channels_left_out", False, facts=_NO_POST
    ),
    "allowed by telephone": Asked(
        _MARKETING, "Kiellän markkinoinnin.", "channels_left_out", False, "Kirjeitä saa lähettää.", facts=_NO_POST
    ),
    "kept long": Asked(_ERASURE, "Poistakaa tietoni.", "keeping_long", facts={"trace_until": "2040-01-01"}),
    "another person": Asked(
        _ERASURE, "Poistakaa tietoni.", "person_named", added="\nSaimme osoitteen Matti Virtaselta.\n"
    ),
}


@pytest.mark.parametrize("asked", [pytest.param(asked, id=name) for name, asked in ASKED.items()])
async def test_the_desk_finds_what_the_approval_finds(office: Office, path: Path, asked: Asked) -> None:
    draft = answered(office, asked)
    stored = office.store.drafts.get(draft)
    found = office.review.approval.findings(draft, stored.body + asked.added)

    assert await at_the_desk(office, path, stored, asked.added) == found
    assert (asked.code in {finding.code for finding in found}) is asked.is_found


def answered(office: Office, asked: Asked) -> DraftKey:
    """The answer to what was asked, its tasks done before."""
    case = office.case(asked.chosen[0], text=asked.text)
    for duty in office.store.duties.of_case(case):
        office.review.duties.done(duty.key)
    if asked.note:
        office.store.cases.note(case, asked.note, office.event(Act.NOTE_ADDED, "person:Helmi Ruokojärvi"))
    return office.choose(case, asked.chosen, **asked.facts)


async def at_the_desk(office: Office, path: Path, draft: Draft, added: str) -> tuple[Finding, ...]:
    with Views.open(path) as views:
        found = readings.dossier(views, draft.case)
    [post] = [one for one in found.letters if one.draft.key == draft.key]
    gateway = Gateway(lambda: Views.open(path), lambda: office.review)
    context = Context(gateway, PROFILE, lambda: office.now)
    await gateway.close()
    return findings(context, found, post, Written(draft.subject, draft.body + added))
