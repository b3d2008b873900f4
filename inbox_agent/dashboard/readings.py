"""What a screen shows, read in one go, so that its parts agree.

Owns the bundles; the rows are `state.views`'. Every list is bounded: ten thousand lines would stop the screen. A longer
one is shown through a window of so many rows, which moves along with the chosen line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.identity.assessment import Assessment, assess_case
from inbox_agent.rules.identity.evidence import NOTHING_KNOWN, Known
from inbox_agent.rules.letters import held_back
from inbox_agent.rules.waiting import Wait, wait
from state.model import (
    Absence,
    Case,
    CaseKey,
    CaseStatus,
    Delivery,
    Draft,
    DraftStatus,
    Duty,
    Heartbeat,
    Message,
    StoredEvent,
)
from state.views import (
    ALL,
    AsideRow,
    Counts,
    MailPage,
    MailPlace,
    Narrowing,
    Page,
    Place,
    QueueRow,
    Turn,
    TurnKind,
    Views,
)

LIMIT = 500

# Letters that still want something, the most pressing first.
_PRESSING = (DraftStatus.UNCERTAIN, DraftStatus.SENDING, DraftStatus.APPROVED, DraftStatus.PROPOSED)


class Shelf(StrEnum):
    """The lists of the first screen."""

    OPEN = "open"
    ASIDE = "aside"
    QUARANTINE = "quarantine"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the first screen is read for: a shelf, narrowed, from a place on."""

    shelf: Shelf = Shelf.OPEN
    wanted: Narrowing = ALL
    start: Place | MailPlace | None = None

    @property
    def cases(self) -> Narrowing:
        """Which cases that is; the shelf decides about closed ones."""
        if self.shelf is not Shelf.CLOSED:
            return self.wanted
        return replace(self.wanted, status=CaseStatus.CLOSED, statuses=())


@dataclass(frozen=True, slots=True)
class Signs:
    """The numbers and the agent's heartbeats, by component."""

    counts: Counts
    beats: Mapping[str, Heartbeat]
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """The first screen with one shelf in view: cases or mails. `last_event`: as of which the store was read."""

    signs: Signs
    last_event: int
    cases: tuple[QueueRow, ...] = ()
    mails: tuple[AsideRow, ...] = ()

    @property
    def rows(self) -> tuple[QueueRow, ...] | tuple[AsideRow, ...]:
        """The lines of the list, of whatever kind."""
        return self.cases or self.mails


@dataclass(frozen=True, slots=True)
class Post:
    """A letter that still wants something, with its delivery once it was claimed. `held_back`: it tells of data, its
    reader is not identified, and nobody has let this very text go.
    """

    draft: Draft
    delivery: Delivery | None
    held_back: bool = False
    let_go: bool = False


@dataclass(frozen=True, slots=True)
class Dossier:
    """One case with everything its screen shows. `letters`: the most pressing first."""

    case: Case
    turns: tuple[Turn, ...]
    letters: tuple[Post, ...]
    duties: tuple[Duty, ...] = ()
    others: tuple[str, ...] = ()  # who must not be named in its letters
    known: Known = NOTHING_KNOWN
    sent: tuple[tuple[Draft, Delivery | None], ...] = ()
    notes: tuple[str, ...] = ()
    trail: tuple[StoredEvent, ...] = ()
    beats: Mapping[str, Heartbeat] = field(default_factory=dict)
    goes_on: Case | None = None  # where a joined case goes on
    took_in: tuple[Case, ...] = ()  # the cases that were joined to it, in their order
    placed: tuple[Message, ...] = ()  # the mails that a person put under it, the newest placing first


def signs(views: Views, today: date) -> Signs:
    return Signs(views.counts(today), views.heartbeats(), views.absences())


def overview(views: Views, today: date, asked: Asked, limit: int = LIMIT) -> Overview:
    """Read the first screen."""
    found, last = signs(views, today), views.last_event()
    match asked.shelf:
        case Shelf.OPEN | Shelf.CLOSED:
            start = asked.start if isinstance(asked.start, Place) else None
            # Whoever reads "1 to approve" over the list finds it there, though its case be closed.
            over = views.ended_with_letter(today) if asked == Asked() else ()
            return Overview(
                found, last, cases=(*over, *views.queue(today, asked.cases, Page(max(limit - len(over), 1), start)))
            )
        case Shelf.ASIDE | Shelf.QUARANTINE:
            begin = asked.start if isinstance(asked.start, MailPlace) else None
            return Overview(found, last, mails=_mails(views, asked, MailPage(limit, begin)))


def _mails(views: Views, asked: Asked, page: MailPage) -> tuple[AsideRow, ...]:
    read = views.set_aside if asked.shelf is Shelf.ASIDE else views.quarantined
    return read(page, partial(_is_meant, wanted=asked.wanted))


def before(views: Views, today: date, asked: Asked, place: Place | MailPlace | None) -> Place | MailPlace | None:
    """From where on half a list before `place` is read (without one: a whole list to the very end); None where that
    is the list's beginning.
    """
    limit = LIMIT if place is None else LIMIT // 2
    rows: Sequence[QueueRow | AsideRow]
    if asked.shelf in {Shelf.ASIDE, Shelf.QUARANTINE}:
        begin = place if isinstance(place, MailPlace) else None
        rows = _mails(views, asked, MailPage(limit, begin, backwards=True))
    else:
        start = place if isinstance(place, Place) else None
        rows = views.queue(today, asked.cases, Page(limit, start, backwards=True))
    return rows[0].place if len(rows) == limit else None


def _is_meant(row: AsideRow, wanted: Narrowing) -> bool:
    text = f"{row.sender.name} {row.sender.address} {row.subject}".casefold()
    days = wanted.received
    return (
        wanted.text.strip().casefold() in text
        and wanted.language in {"", row.language}
        and (days is None or days.first <= helsinki_date(row.received_at) <= days.last)
    )


def dossier(views: Views, case: CaseKey) -> Dossier:
    """Read one case. Raises NotFound."""
    drafts, turns = views.drafts(case), views.conversation(case)
    made = {draft.key: views.delivery(draft.key) for draft in drafts}
    mails = tuple(turn.message for turn in turns if turn.message)
    stored = views.case(case)
    return Dossier(
        case=stored,
        turns=turns,
        letters=tuple(_post(views, stored, draft, made[draft.key]) for draft in pressing(drafts)),
        duties=views.duties(case),
        beats=views.heartbeats(),
        others=views.other_people(case),
        known=Known(mails, views.contact(case), views.codes(case), views.proofs(case), views.verified_earlier(case)),
        sent=tuple((draft, made[draft.key]) for draft in drafts),
        notes=tuple(turn.text for turn in turns if turn.kind is TurnKind.NOTE),
        trail=views.trail(case),
        goes_on=views.case(stored.joined_to) if stored.joined_to and stored.status is not CaseStatus.PURGED else None,
        took_in=views.took_in(case),
        placed=views.placed(case),
    )


def _post(views: Views, case: Case, draft: Draft, made: Delivery | None) -> Post:
    early = held_back(case, draft)
    let_go = early and views.let_go(draft)
    return Post(draft, made, held_back=early and not let_go, let_go=let_go)


def judge(found: Dossier, profile: ControllerProfile, today: date) -> tuple[Assessment, Wait]:
    """Who asks in this case, by everything that is known, and how the clock has waited for it."""
    return (
        assess_case(found.case, found.known, profile, today),
        wait(found.case, found.sent, found.trail, profile, today),
    )


def pressing(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The letters that still want something; a refused one until another letter was written after it."""
    live = [draft for draft in drafts if draft.status in _PRESSING]
    live.sort(key=lambda draft: (_PRESSING.index(draft.status), -draft.key))
    refused = drafts[-1:] if drafts and drafts[-1].status is DraftStatus.REFUSED else ()
    return (*live, *refused)
