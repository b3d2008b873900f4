"""Which letter a case wants next, and the facts it may mention.

Owns the way from case and profile to `replies.context.DraftContext`. Refuses to word anything: that is
the package `replies`. Before the required identity level is reached a context never says `identified`,
so that no template can confirm whether data exists (GDPR 12(6), 32).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from inbox_agent.profile import ControllerProfile, Form
from inbox_agent.rules import deadlines, duties, levels, outcomes, plain_mail, roundtrip
from inbox_agent.rules.identity.assessment import asked_level
from inbox_agent.rules.identity.ways import Way, ways, ways_on_paper
from inbox_agent.rules.intake import FROM_AUTHORITY
from inbox_agent.rules.scans import SCANNED
from inbox_agent.rules.speakers import Circumstance, Role
from inbox_agent.rules.web_forms import WEB_FORM
from replies import catalogue, facts
from replies.context import NO_FACTS, DraftContext, Part, Sender
from replies.facts import Fact
from replies.pairs import WITHOUT_A_RIGHT, fits
from state.lifecycle import LIVE_REQUESTS, known_enough, reads_for_another, tells_of_data
from state.model import (
    TELLS_OUTCOMES,
    Analysis,
    Case,
    CaseKey,
    CaseStatus,
    Channel,
    Contact,
    Draft,
    Duty,
    Envelope,
    IdentityLevel,
    Letter,
    Message,
    NewCase,
    Outcome,
    Party,
    Request,
    RequestKey,
    RequestKind,
    RequestStatus,
)

PROTECTED = frozenset({"protected", "protected_on_file"})
"""The flags of a turvakielto: what the mail or a person says, and what the register holds, which nothing may show."""

FIRST = frozenset({
    Letter.MARKETING_STOPPED, Letter.AUTHORITY_QUESTION, Letter.IDENTITY_QUESTION, Letter.ACKNOWLEDGEMENT
})  # fmt: skip
"""What `first_letter` may choose."""
QUESTIONS = frozenset({Letter.IDENTITY_QUESTION, Letter.IDENTITY_CODE, Letter.AUTHORITY_QUESTION})
"""Letters that ask who somebody is, or for whom they speak: each has its reason (GDPR 12(6))."""


def first_letter(
    kinds: tuple[RequestKind, ...],
    level: IdentityLevel,
    required: IdentityLevel,
    acknowledge: bool = True,
    role: Role | Circumstance | None = None,
) -> Letter | None:
    """The letter the assistant proposes by itself once a case is open; None where none is owed yet.

    A marketing ban is acted on at once and needs no proof of who asks (GDPR 21(2)-(3)). Whoever writes for somebody
    else (`role`) is asked for the authority, nobody for their own identity.
    """
    if kinds and set(kinds) == {RequestKind.MARKETING_OBJECTION}:
        return Letter.MARKETING_STOPPED
    if level < required:
        return Letter.AUTHORITY_QUESTION if role else Letter.IDENTITY_QUESTION
    return Letter.ACKNOWLEDGEMENT if acknowledge else None


def first_letter_of(case: Case, profile: ControllerProfile) -> Letter | None:
    """`first_letter` for a stored case; a candidate gets none before a person confirms it."""
    if case.status not in {CaseStatus.OPEN, CaseStatus.WAITING} or of_authority(case):
        return None
    kinds = tuple(request.kind for request in live_requests(case))
    if not kinds:
        return None
    acknowledge = profile.replies.acknowledge
    return first_letter(kinds, case.identity_level, case.identity_required, acknowledge, role_of(case))


def role_of(case: Case) -> Role | Circumstance | None:
    """For whom the case's writer speaks, as far as that is flagged; None: for themselves."""
    others = (Circumstance.THIRD_PERSON,)
    return next((role for role in (*Role, *others) if role in case.flags), None)


def of_authority(case: Case) -> bool:
    """Whether what came is a letter of the supervisory authority, which no letter of ours answers (1050/2018, 18). What
    only seems to be one by its sender's address is a request where a person says so.
    """
    if FROM_AUTHORITY not in case.flags:
        return False
    return case.channel is not Channel.MAIL or case.status in {CaseStatus.CANDIDATE, CaseStatus.DISMISSED}


def owed_once(case: Case, today: date, contact: Contact | None) -> tuple[Fact, ...]:
    """What the answer of this case tells once, whatever its rights (`catalogue.ONCE`). `contact`: what is on file."""
    reader = contact.address if contact and contact.address else case.subject.address
    for_another = reads_for_another(case, reader)
    owed = {catalogue.LATE_REASON: late(case, today), catalogue.DATA_SUBJECT: for_another}
    return tuple(fact for fact in catalogue.ONCE if owed[fact])


def carries_code(letter: Letter, context: DraftContext) -> bool:
    """Whether a letter has room for a one-time code."""
    if letter is Letter.IDENTITY_QUESTION:
        return not {"code", "code_and_call"}.isdisjoint(context.ways)
    return letter is Letter.IDENTITY_CODE


def live_requests(case: Case) -> tuple[Request, ...]:
    """The requests of a case that still wait for their answer."""
    return tuple(request for request in case.requests if request.status in LIVE_REQUESTS)


def about(case: Case, letter: Letter) -> tuple[Request, ...]:
    """The requests a letter speaks of: an answer of the decided ones, what comes after it of all that were answered, a
    notice that a restriction is lifted of what was restricted, every other of all that wait.
    """
    if letter in WITHOUT_A_RIGHT:
        return ()
    if letter in {Letter.FOLLOW_UP, Letter.LATE_DELIVERY}:
        return _answered(case)
    if letter is Letter.RESTRICTION_LIFTED:
        given = {Outcome.GRANTED, Outcome.PARTLY}
        return tuple(one for one in _answered(case) if one.kind is RequestKind.RESTRICTION and one.outcome in given)
    requests = live_requests(case)
    if letter is Letter.OUTCOME:
        return tuple(request for request in requests if request.status is RequestStatus.DECIDED)
    return requests


def _answered(case: Case) -> tuple[Request, ...]:
    return tuple(request for request in case.requests if request.status is RequestStatus.ANSWERED)


def requests_of(case: Case, draft: Draft) -> tuple[Request, ...]:
    """The requests that a written letter is about."""
    return tuple(request for request in case.requests if request.key in draft.requests)


def as_answered(case: Case, draft: Draft) -> Case:
    """The case as a letter sees it: one about an answer that came late, of the requests that this answered alone."""
    return replace(case, requests=requests_of(case, draft)) if draft.letter is Letter.LATE_DELIVERY else case


def announced(case: Case, draft: Draft) -> tuple[date, ...]:
    """The days to come, as of its writing, by which a letter says that something will have been done."""
    written_on = deadlines.helsinki_date(draft.created_at)
    if draft.letter is Letter.RESTRICTION_LIFTED:
        said = [facts.day("lifted_on", "").read(draft.facts)]
    else:
        decisions = [one.decision for one in requests_of(case, draft)]
        said = [facts.day(name, "").read(one) for one in decisions for name in _DAYS_OF_ACTS]
    return tuple(sorted({day for day in said if isinstance(day, date) and day > written_on}))


_DAYS_OF_ACTS = ("done_on", "forwarded_on")


def held_back(case: Case, draft: Draft) -> bool:
    """Whether a letter tells of data to somebody who is not identified well enough for it."""
    requests = requests_of(case, draft)
    return not known_enough(case, requests) and tells_of_data(draft.letter, requests)


def concerned(case: Case, letter: Letter) -> tuple[Request, ...]:
    """The requests that a letter does something about: of those it speaks of, those whose right has such a letter.

    An extension moves no ban on marketing, a fee is asked for no withdrawal, and for nothing that is done already.
    """
    requests = (request for request in about(case, letter) if letter is Letter.OUTCOME or fits(request.kind, letter))
    if letter is Letter.FEE:
        return tuple(request for request in requests if request.status is RequestStatus.OPEN)
    return tuple(requests)


def obstacle(case: Case, letter: Letter, today: date, laid: Sequence[Duty] = ()) -> str:
    """Why this letter cannot be written about this case now, as a code of a UsageProblem; empty where it can. `laid`:
    the case's duties.
    """
    if of_authority(case):
        return "to_authority"
    if letter is Letter.LATE_DELIVERY:
        return "" if duties.delay_untold(laid) else "no_delay_untold"
    return _obstacle(case, letter, today)


def _obstacle(case: Case, letter: Letter, today: date) -> str:
    match letter:
        case Letter.NOT_A_REQUEST:
            return "" if case.status in {CaseStatus.CANDIDATE, CaseStatus.DISMISSED} else "is_a_request"
        case Letter.FOLLOW_UP:
            return "" if about(case, letter) else "nothing_answered"
        case Letter.RESTRICTION_LIFTED:
            return "" if about(case, letter) else "no_restriction"
        case Letter.LATE_NOTICE:
            return "" if live_requests(case) and late(case, today) else "not_late"
        case Letter.FEE:
            return "" if concerned(case, letter) else "no_fee"
        case Letter.EXTENSION:
            return "" if concerned(case, letter) else "nothing_to_extend"
        case Letter.MARKETING_STOPPED:
            return "" if concerned(case, letter) else "no_ban"
        case Letter.OUTCOME:
            return "" if about(case, letter) else "nothing_decided"
        case Letter.IDENTITY_QUESTION | Letter.IDENTITY_CODE if live_requests(case):
            return "" if case.identity_level < case.identity_required else _nothing_to_ask(case)
        case _:
            return "" if live_requests(case) else "nothing_waits"


def _nothing_to_ask(case: Case) -> str:
    """Why nobody is asked who they are: a ban on marketing needs no identity (GDPR 21(2)-(3)), or there is no doubt."""
    banned = {request.kind for request in live_requests(case)} == {RequestKind.MARKETING_OBJECTION}
    return "ban_needs_no_identity" if banned else "no_doubt"


def promise(case: Case) -> date:
    """The earliest day by which something of this case is promised."""
    requests = live_requests(case) or case.requests
    return min(request.current.promise for request in requests)


def late(case: Case, today: date) -> bool:
    """Whether the promised day has passed, so that what is written now is late and owes its cause."""
    return today > promise(case)


def context(
    case: Case,
    letter: Letter,
    profile: ControllerProfile,
    today: date,
    laid: Sequence[Duty] = (),
    *,
    scope: str = "",
    says_sina: bool = False,
) -> DraftContext:
    """The facts of a letter about this case that every letter shares. `laid`: the case's duties; `scope`: what of
    access its mails ask for (`rules.scope.asked`); `says_sina`: whether its person says "sinä" (`rules.familiarity`).
    """
    arrived_on = deadlines.helsinki_date(case.received_at)
    earlier = profile.deadlines.count_from == "sending" and case.received_on < arrived_on
    return DraftContext(
        letter=letter,
        language=case.language,
        form=_form(profile.replies.form, says_sina),
        sender=sender(profile, case.language),
        case_number=case.number,
        received_on=arrived_on if earlier else case.received_on,
        counted_from=case.received_on if earlier else None,
        today=today,
        promise=promise(case),
        parts=tuple(_part(request, letter, laid, scope) for request in about(case, letter)),
        recipient_name=case.subject.name,
        signature=profile.replies.signature,
        identified=known_enough(case, about(case, letter)),
        channel=case.channel,
        represented=reads_for_another(case, case.subject.address),
        deceased=levels.Sign.DECEASED in case.flags,
        sensitive=plain_mail.barred(profile) or any(map(plain_mail.named_in, about(case, letter))),
        protected=not PROTECTED.isdisjoint(case.flags),
        ways=tuple(map(str, ways(asked_level(case, profile), profile.identity))),
        facts={"role": str(role_of(case) or Role.AGENT)} if letter is Letter.AUTHORITY_QUESTION else NO_FACTS,
    )


def on_paper(found: DraftContext) -> DraftContext:
    """The facts of a letter that goes on paper: it asks for nothing that needs an e-mail."""
    return replace(found, ways=tuple(map(str, ways_on_paper(tuple(map(Way, found.ways))))), on_paper=True)


def _form(chosen: Form, says_sina: bool) -> str:
    familiar = chosen is Form.ALWAYS_SINA or (chosen is Form.SINA and says_sina)
    return str(Form.SINA if familiar else Form.TE)


def _part(request: Request, letter: Letter, laid: Sequence[Duty], scope: str) -> Part:
    told = letter is Letter.MARKETING_STOPPED or (letter in TELLS_OUTCOMES and _carried_out(request))
    left = letter is Letter.LATE_DELIVERY
    until = duties.undone_until(request, laid, told_before=left) if told else None
    asked = {"scope": scope} if scope and request.kind is RequestKind.ACCESS and request.outcome is None else {}
    return Part(
        request.kind,
        request.outcome,
        {**request.decision, **asked},
        undone_until=until,
        undone_here=duties.undone_here(request, laid),
        ticked_on=duties.ticked_on(request, laid, told_before=left) if told else None,
        uncollected=duties.uncollected(request, laid),
        begun=duties.begun(request, laid),
        sought=duties.sought(request, laid),
        holders=duties.holders(laid),
    )


def _carried_out(request: Request) -> bool:
    """Whether an answer tells that something was done. A ban is carried out even where nothing is held (GDPR 21(3))."""
    banned = request.kind is RequestKind.MARKETING_OBJECTION and request.outcome is Outcome.NO_DATA
    return banned or request.outcome in {Outcome.GRANTED, Outcome.PARTLY}


def as_written(
    case: Case, draft: Draft, profile: ControllerProfile, today: date, laid: Sequence[Duty], *, let_go: bool
) -> DraftContext:
    """What the linter holds a stored letter against. `laid`: the case's duties; `let_go`: its text was, so that it is
    read as if its reader were identified.
    """
    about_these = as_answered(case, draft)
    found = context(about_these, draft.letter, profile, today, laid, scope=draft.facts.get("scope", ""))
    found = on_paper(found) if draft.on_paper else found
    return replace(
        found,
        language=draft.language,
        recipient_name=draft.envelope.to.name,
        represented=reads_for_another(case, draft.envelope.to.address),
        identified=found.identified or let_go,
        let_go=let_go and not found.identified,
        code=roundtrip.carried(draft.original_body),
        extension_reason=draft.facts.get("extension_reason", ""),
        extension_explained=draft.facts.get("extension_explained", ""),
        facts={**found.facts, **draft.facts},
    )


def preview(new: NewCase) -> Case:
    """Show a case as it would be if it were opened now, for letters about mail that nobody stored (`explain`)."""
    key = CaseKey(0)
    requests = (
        Request(RequestKey(0), key, asked.kind, RequestStatus.OPEN, asked.received_on, asked.due, None, None, None, {})
        for asked in new.requests
    )
    return Case(
        key=key,
        number="0000-0000",
        status=new.status,
        subject=new.subject,
        language=new.language,
        received_at=new.received_at,
        received_on=new.received_on,
        identity_level=new.identity_level,
        identity_required=new.identity_required,
        flags=new.flags,
        requests=tuple(requests),
        opened_at=new.received_at,
        closed_at=None,
    )


def sender(profile: ControllerProfile, language: str) -> Sender:
    """The controller as letters in a language show it."""
    controller, contact = profile.controller, profile.contact
    return Sender(
        name=controller.name,
        business_id=controller.business_id or "",
        address=controller.address,
        contact_name=contact.name,
        contact_email=contact.email,
        contact_phone=contact.phone,
        joint=controller.joint,
        tells_source=profile.promises.tell_source,
        pick_up=profile.promises.pick_up,
        banned_too=outcomes.banned_too(profile, language),
    )


def envelope(case: Case, messages: tuple[Message, ...], letter: Letter, contact: Contact | None) -> Envelope:
    """Whom the letter goes to: the data subject's From address, never Reply-To; threaded under their newest mail.

    What tells of data, and a one-time code, goes to the contact on file where there is one: that is the channel that
    a code proves (GDPR 32; our choice).
    """
    on_file = contact.address if contact and _belongs_on_file(case, letter) else ""
    if contact and on_file and on_file.casefold() != case.subject.address.casefold():
        return Envelope(Party(contact.name, on_file), None, ())
    theirs = [message for message in messages if message.sender.shares_address(case.subject)]
    newest = theirs[-1] if theirs else None
    if newest is None or newest.message_id is None:
        return Envelope(case.subject, None, ())
    earlier = tuple(str(reference) for reference in newest.analysis["message"]["references"])
    references = (*(reference for reference in earlier if reference != newest.message_id), newest.message_id)
    return Envelope(case.subject, newest.message_id, references)


def _belongs_on_file(case: Case, letter: Letter) -> bool:
    return letter is Letter.IDENTITY_CODE or tells_of_data(letter, about(case, letter))


def required_level(kinds: tuple[RequestKind, ...], profile: ControllerProfile) -> IdentityLevel:
    """The identity level that an answer to all of these rights needs."""
    return max(levels.required_level(kind, profile.identity.sensitivity) for kind in kinds)


def subject_in(message: Message) -> Party:
    """Whom a stored mail is about: its sender, or the original one of a colleague's forward. Where our own web form
    or scanner sent it, nobody that could be written to.
    """
    if {WEB_FORM, SCANNED} & set(message.analysis.get("flags", ())):
        return Party("", "")
    forwarded = message.analysis.get("forwarded")
    return Party("", forwarded["subject_address"]) if forwarded and forwarded["subject_address"] else message.sender


def flags_in(analysis: Analysis) -> tuple[str, ...]:
    """What was odd about a stored mail, as its case says it."""
    forwarded = ("forwarded",) if analysis.get("forwarded") else ()
    return (*analysis.get("flags", ()), *forwarded)


def level_in(analysis: Analysis) -> IdentityLevel:
    """The level that was reached when the mail came; L0 where nothing was understood of it."""
    return IdentityLevel(analysis["identity"]["level"]) if "identity" in analysis else IdentityLevel.L0
