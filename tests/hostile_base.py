"""What the parts of the hostile machine share: its world, its own book of what happened, and its choosing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from inbox_agent.profile import Deadlines
from inbox_agent.rules import deadlines
from state.journal import Entity
from state.lifecycle import LIVE_REQUESTS
from state.model import (
    Act,
    Arrival,
    CanaryKey,
    Case,
    CaseKey,
    CaseStatus,
    Code,
    CodeKey,
    Draft,
    DraftKey,
    DraftStatus,
    DueDates,
    DutyKey,
    IdentityLevel,
    MessageKey,
    MessageStatus,
    NewCase,
    NewRequest,
    Party,
    Request,
    RequestKey,
    RequestKind,
    RequestStatus,
)
from tests.state_examples import MONDAY, NOW, case
from tests.state_world import Pick, World

IN_FLIGHT = {DraftStatus.SENDING, DraftStatus.UNCERTAIN}
PURGED = Code(CodeKey(0), CaseKey(0), DraftKey(0), "", "", "", 0, None, None)  # codes go with their case
LATE = NOW + timedelta(days=999)
TABLES = {
    Entity.MESSAGE: "messages",
    Entity.CASE: "cases",
    Entity.REQUEST: "requests",
    Entity.DRAFT: "drafts",
    Entity.DUTY: "duties",
}

# What may become of a sending: the server's word, no word, or our own death before or after the text went out.
ENDS = ("taken", "deferred", "refused", "lost", "lost but taken", "crash", "crash after")

mostly = st.sampled_from((True, True, True, False))
picks = st.builds(Pick, st.integers(0, 9), mostly)
days = st.integers(0, 40).map(lambda offset: MONDAY + timedelta(days=offset))
rights = st.lists(st.sampled_from(RequestKind), min_size=1, max_size=3, unique=True)


COUNTED = frozenset({Act.REQUEST_OPENED, Act.CASE_RECEIVED_EARLIER, Act.REQUEST_RECEIPT_RESTORED})
"""The lines of the journal that give a right its dates."""


class UndoneError(Exception):
    """Takes back what was only tried."""


def on(rows: str, **arguments: st.SearchStrategy[Any]) -> Callable[[Any], Any]:
    """A rule that is tried on one of these rows, once there are any."""
    return lambda function: precondition(lambda self: getattr(self, rows))(rule(pick=picks, **arguments)(function))


def live(found: Case) -> list[Request]:
    """The rights of a case that still wait for their answer."""
    return [request for request in found.requests if request.status in LIVE_REQUESTS]


class Base(RuleBasedStateMachine):
    """A world, and this machine's own book of what is true in it."""

    @initialize()
    def begin(self) -> None:
        self.world = World()
        self.cases: list[CaseKey] = []
        self.drafts: list[DraftKey] = []
        self.others: list[MessageKey] = []
        self.duties: list[DutyKey] = []
        self.taken: dict[str, Arrival] = {}
        self.approvals: Counter[DraftKey] = Counter()
        self.approved_text: dict[DraftKey, str] = {}
        self.arrived: Counter[tuple[DraftKey, int]] = Counter()
        self.erased: set[str] = set()
        self.forgotten: set[str] = set()  # hashes of mails whose time was over
        self.birds: dict[str, CanaryKey] = {}
        self.found: dict[str, datetime] = {}
        self.held_back: dict[int, int] = {}  # UIDs that the server did not give, with their tries
        self.proven: dict[CaseKey, IdentityLevel] = {}
        self.let_go: set[tuple[DraftKey, str]] = set()
        self.codes: list[CodeKey] = []
        self.came_back: Counter[CodeKey] = Counter()
        self.misses: Counter[CodeKey] = Counter()
        self.doubted: set[CodeKey] = set()
        self.notice = Deadlines()
        self.promised: dict[RequestKey, DueDates] = {}
        self.before_joining: dict[CaseKey, CaseStatus] = {}
        self.for_another: set[CaseKey] = set()
        self.authorised: set[CaseKey] = set()

    def teardown(self) -> None:
        self.world.end()

    def _case(self, pick: Pick, *statuses: CaseStatus) -> Case:
        found = [self.world.desk.cases.get(key) for key in self.cases]
        return pick.among(found, lambda one: one.status in statuses)

    def _request(self, pick: Pick, *statuses: RequestStatus) -> Request:
        found = [request for key in self.cases for request in self.world.desk.cases.get(key).requests]
        return pick.among(found, lambda one: one.status in statuses)

    def _draft(self, pick: Pick, *statuses: DraftStatus) -> Draft:
        found = [self.world.desk.drafts.get(key) for key in self.drafts]
        return pick.among(found, lambda one: one.status in statuses)

    def _loose(self, key: MessageKey) -> bool:
        """Whether a mail may be put under a case: it is in none, or was set aside with one that still holds it."""
        found = self.world.desk.mails.get(key)
        erased = found.case is not None and self.world.desk.cases.get(found.case).status is CaseStatus.PURGED
        erased = erased or found.content_hash in self.forgotten
        return found.status is not MessageStatus.FILED and not erased

    def _unread(self, key: MessageKey) -> bool:
        return self.world.desk.mails.get(key).status is MessageStatus.QUARANTINED

    def _new_case(self, kinds: list[RequestKind], day: date, status: CaseStatus) -> NewCase:
        word = self.world.secret()
        new = case(*kinds, status=status, subject=Party(word, f"{word}@posti.example"), received_on=day)
        return replace(new, requests=self._rights(kinds, day))

    def _rights(self, kinds: list[RequestKind], day: date) -> tuple[NewRequest, ...]:
        """Rights received on this day, with the dates that the notice of the moment promises."""
        return tuple(NewRequest(kind, day, deadlines.under(day, self.notice).due) for kind in kinds)

    def _remember(self, key: CaseKey, new: NewCase) -> None:
        self.cases.append(key)
        self.world.secrets[key] = {new.subject.name}
