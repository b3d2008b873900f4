"""Everything a letter may mention, already decided and already safe to print.

Owns the shape of the facts. Refuses to decide: who may be told what, which dates hold and what was
granted are settled before a context exists. Texts from mails are sanitised before they come here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from state.model import Channel, Letter, Outcome, RequestKind

NO_FACTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sender:
    """The controller as a letter shows it. `joint` names joint controllers (GDPR 26); the last three are what its
    notice promises beyond the law: the source of corrected data is told too, where an answer may be picked up, and what
    a ban on marketing covers besides the usual channels.
    """

    name: str
    business_id: str = ""
    address: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    joint: tuple[str, ...] = ()
    tells_source: bool = False
    pick_up: str = ""
    banned_too: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One right and, in an outcome letter, how it ended. `facts` are named by `catalogue.facts_needed`.

    Values are plain text; dates among them are ISO (filters print them in the letter's language). `undone_until`: what
    it tells of is not done everywhere yet and will be by that day; None: no duty that it speaks of is open.
    `undone_here`: a task of our own is among those. `ticked_on`: the last day on which one of those who process for us
    or with us was ticked, or of what the answer announced. `uncollected`: the data has not been collected yet from
    those who process for us or with us; `begun`: it has. `sought`: who processes it has still to be found out.
    `holders`: who processes it for us or with us, by the case's tasks.
    """

    kind: RequestKind
    outcome: Outcome | None = None
    facts: Mapping[str, str] = field(default_factory=lambda: NO_FACTS)
    undone_until: date | None = None
    undone_here: bool = False
    ticked_on: date | None = None
    uncollected: bool = False
    begun: bool = False
    sought: bool = False
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftContext:
    """The facts of one letter. Dates are legal dates in Europe/Helsinki."""

    letter: Letter
    language: str  # fi, sv, en
    form: str  # te or sina; only Finnish looks at it
    sender: Sender
    case_number: str
    received_on: date
    today: date
    promise: date  # the day by which we say we answer: never the rolled one
    parts: tuple[Part, ...]
    recipient_name: str = ""  # as the mail names its sender; used in the greeting only
    signature: str = ""
    identified: bool = False  # below the required level nothing may confirm that data exists
    let_go: bool = False  # `identified` on a person's word alone: of others it tells no more than to a stranger
    channel: Channel = Channel.MAIL  # by which the request came: who telephoned is not thanked for a message
    counted_from: date | None = None  # the time counts from this day before the receipt: a notice promised it
    on_paper: bool = False  # goes as a letter: there is no message to reply to
    represented: bool = False  # who reads it speaks for another, whose data it is about
    deceased: bool = False  # that other has died: no right of theirs is left, and nobody exercises one (recital 27)
    sensitive: bool = (
        False  # the registers or the copy hold what no plain mail bears, such as health or money (GDPR 9, 32)
    )
    protected: bool = False  # turvakielto: no address, town or phone number of the person
    new_promise: date | None = None  # extension only
    extension_reason: str = ""  # extension only: complexity or number_of_requests
    extension_explained: str = ""  # extension only: the concrete reason in the person's words
    ways: tuple[str, ...] = ("code", "call_back", "other_address")  # how the person may show who they are
    code: str = ""  # the one-time code that this letter carries
    question: str = ""  # more information only: what to specify, in the person's words
    facts: Mapping[str, str] = field(default_factory=lambda: NO_FACTS)
    with_gaps: bool = False  # written unasked: the cause of a delay is left open in the text, for a person to fill in
