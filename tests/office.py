"""An office without a wire: a store, a person's hands, and a clock that a test sets."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from inbox_agent import profile as profiles
from inbox_agent.rules import deadlines
from inbox_agent.services import settle
from inbox_agent.services.deciding import Choice
from inbox_agent.services.draft import Drafting
from inbox_agent.services.review import Review
from replies.album import part
from state.model import (
    AGENT,
    Act,
    CaseKey,
    CaseStatus,
    DraftKey,
    DutyKind,
    DutyStatus,
    Event,
    IdentityLevel,
    NewCase,
    NewRequest,
    Outcome,
    RequestKind,
)
from state.store.store import Store
from tests.bare_profile import BARE
from tests.state_examples import AINO, MONDAY, NOW, mail

PROFILE = profiles.parse(
    BARE.replace('name = "Esimerkki Oy"', 'name = "Esimerkki Oy"\njoint = ["Routa Oy"]')
    + """
[replies]
hold_seconds = 0
[processing]
processors = ["Kirjepalvelu Oy"]
recipients = ["Lähetti Vinha Oy"]
"""
)


class Office:
    """A store, a person's hands and a clock that a test sets."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        self.now: datetime = NOW
        self.store = Store.open(path)
        self.review = Review(self.store, PROFILE, lambda: self.now, "Helmi Ruokojärvi")
        self._uid = 0

    def case(
        self, *kinds: RequestKind, text: str = "Haluan tietoni.", level: IdentityLevel = IdentityLevel.L2
    ) -> CaseKey:
        self._uid += 1
        due = deadlines.compute(MONDAY).due
        new = NewCase(
            CaseStatus.OPEN, AINO, "fi", NOW, MONDAY, level, IdentityLevel.L2, (),
            tuple(NewRequest(kind, MONDAY, due) for kind in kinds),
        )  # fmt: skip
        key = self.store.intake.open_case(mail(self._uid, text=text), new, self.event(Act.CASE_OPENED))
        Drafting(self.store, PROFILE, lambda: self.now).lay_down_duties()
        return key

    def event(self, act: Act, actor: str = AGENT) -> Event:
        return Event(self.now, actor, act)

    def choose(self, case: CaseKey, *chosen: tuple[RequestKind, Outcome], **facts: str) -> DraftKey:
        """Decide with the album's facts, those that are given put in their place."""
        keys = {request.kind: request.key for request in self.store.cases.get(case).requests}
        choices = []
        for kind, outcome in chosen:
            own = part("fi", kind, outcome, **facts).facts
            days = {"done_on": self.today.isoformat(), **facts}
            choices.append(Choice(keys[kind], outcome, {**own, **{k: v for k, v in days.items() if k in own}}))
        return self.review.outcomes.choose(case, tuple(choices))

    def collect(self, case: CaseKey) -> None:
        """The data has come from those who process for the office or with it."""
        for duty in self.store.duties.of_case(case):
            if duty.kind is DutyKind.COLLECT_DATA and duty.status is DutyStatus.OPEN:
                self.review.duties.done(duty.key)

    @property
    def today(self) -> date:
        return deadlines.helsinki_date(self.now)

    def send(self, draft: DraftKey) -> None:
        """Approve, and let it leave as the agent does."""
        self.review.approval.approve(draft, self.store.drafts.get(draft).text_hash, owned=True)
        self.leave(draft)

    def leave(self, draft: DraftKey) -> None:
        self.store.drafts.claim(draft, f"<ours-{draft}@yritys.example>", self.event(Act.SENDING_CLAIMED))
        settle.sent(self.store, PROFILE, self.store.drafts.get(draft), "250 OK", self.event(Act.DRAFT_SENT))

    def duties(self, case: CaseKey) -> dict[DutyKind, tuple[date, DutyStatus]]:
        return {duty.kind: (duty.due_on, duty.status) for duty in self.store.duties.of_case(case)}
