"""Every letter once, from invented facts: for people who review the wording, and for the tests that prove it total.

Owns the specimens. Refuses to be mistaken for real letters: their sender, people and case numbers are invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from replies import catalogue, choices, grounds, pairs
from replies.context import DraftContext, Part, Sender
from replies.data_files import table
from replies.drafting import DraftText, compose
from replies.facts import Fact, numbered
from state.model import CHANGED_WITH_OTHERS, Channel, Letter, Outcome, RequestKind

VOICES = (("fi", "te"), ("fi", "sina"), ("sv", "te"), ("en", "te"))
"""Language and form of each album; only Finnish has two forms."""

_SENDER = Sender(
    name="Kahvipaahtimo Kuurankukka Oy",
    address="Utukatu 9, 00990 Helsinki",
    contact_name="Aino Esimerkki",
    contact_email="tietosuoja@kuurankukka.example",
    contact_phone="040 000 0000",
)
_RECEIVED_ON = date(2026, 3, 5)
_PROMISE = date(2026, 4, 5)
_TODAY = date(2026, 3, 19)
_UNDONE_UNTIL = date(2026, 3, 24)
_CODE = "K7QM-4XT9-2RPA"
_TOO_LATE = date(2026, 4, 9)


@dataclass(frozen=True)
class Specimen:
    """One page of the album. `title` names what it shows, in the product's own words."""

    title: str
    context: DraftContext

    @cached_property
    def text(self) -> DraftText:
        """The letter, composed."""
        return compose(self.context)


def specimens(language: str, form: str) -> Iterator[Specimen]:
    """Every letter; every right with every outcome and ground; some letters with several rights; and late ones."""
    frame = DraftContext(
        letter=Letter.OUTCOME,
        language=language,
        form=form,
        sender=_SENDER,
        case_number="2026-0007",
        received_on=_RECEIVED_ON,
        today=_TODAY,
        promise=_PROMISE,
        parts=(),
        recipient_name="Maija Esimerkki",
        identified=True,
    )
    yield from _letters(frame)
    for kind in RequestKind:
        for outcome in pairs.outcomes_for(kind):
            yield from _answers(frame, kind, outcome)
    yield from _combined(frame)
    yield from _on_paper(frame)
    yield from _for_another(frame)


def part(language: str, kind: RequestKind, outcome: Outcome, **chosen: str) -> Part:
    """One right with all the facts its outcome needs; `chosen` overrides the specimens' choices."""
    facts: dict[str, str] = {}
    needed = catalogue.facts_needed(kind, outcome, catalogue.ONCE)
    # The grounds first: what is kept, and why, fits its own.
    for fact in sorted(needed, key=lambda fact: fact.base != "ground"):
        if fact.base == "ground" and fact.number > 1 and fact.name not in chosen:
            continue
        if fact.applies(facts):
            facts[fact.name] = chosen.get(fact.name) or _value(language, kind, fact, facts)
    return Part(kind, outcome, facts)


def _letters(frame: DraftContext) -> Iterator[Specimen]:
    one = (Part(RequestKind.ACCESS),)
    several = (*one, Part(RequestKind.ERASURE), Part(RequestKind.MARKETING_OBJECTION))
    unknown = replace(frame, identified=False, recipient_name="")
    yield Specimen("acknowledgement", replace(unknown, letter=Letter.ACKNOWLEDGEMENT, parts=one))
    for scope in choices.SCOPES[1:]:
        narrow = (Part(RequestKind.ACCESS, facts={"scope": scope}),)
        yield Specimen(f"acknowledgement, {scope} alone", replace(unknown, letter=Letter.ACKNOWLEDGEMENT, parts=narrow))
    yield Specimen("acknowledgement, several rights", replace(unknown, letter=Letter.ACKNOWLEDGEMENT, parts=several))
    offering = replace(unknown, parts=one, sender=replace(frame.sender, pick_up=frame.sender.address))
    for letter in (Letter.ACKNOWLEDGEMENT, Letter.IDENTITY_QUESTION):
        yield Specimen(f"{letter}, to be picked up too", replace(offering, letter=letter))
    asked = replace(unknown, letter=Letter.IDENTITY_QUESTION, parts=several)
    yield Specimen("identity_question", replace(asked, code=_CODE))
    yield Specimen("identity_question, no code", asked)
    yield Specimen(
        "identity_question, more needed", replace(asked, code=_CODE, ways=("log_in", "code_and_call", "visit"))
    )
    yield Specimen("identity_question, most needed", replace(asked, ways=("strong", "visit", "known_facts")))
    for doubt in choices.DOUBTS[1:]:
        yield Specimen(f"identity_question, {doubt}", replace(asked, facts={"doubt": doubt}))
    yield Specimen("identity_code", replace(unknown, letter=Letter.IDENTITY_CODE, parts=one, code=_CODE))
    for role in choices.ROLES:
        yield Specimen(
            f"authority_question, {role}",
            replace(unknown, letter=Letter.AUTHORITY_QUESTION, parts=one, facts={"role": role}),
        )
    marketing = replace(unknown, letter=Letter.MARKETING_STOPPED, parts=several[2:])
    yield Specimen("marketing_stopped", marketing)
    more = replace(frame.sender, banned_too=(_text(frame.language, "banned_too"),))
    yield Specimen("marketing_stopped, promised for more", replace(marketing, sender=more))
    told = {name: _text(frame.language, name) for name in ("channels", "done_on", "pipeline_until")}
    yield Specimen("marketing_stopped, further rights", replace(marketing, parts=several, facts=told))
    cause = {"late_reason": _text(frame.language, "late_reason")}
    yield Specimen("marketing_stopped, late", replace(marketing, today=_TOO_LATE, facts=cause))
    asking = replace(unknown, letter=Letter.MORE_INFORMATION, parts=one, question=_text(frame.language, "question"))
    given = {"given_already": _text(frame.language, "given_already")}
    yield Specimen("more_information", asking)
    yield Specimen("more_information, identified", replace(asking, identified=True, facts=given))
    objecting = (Part(RequestKind.OBJECTION),)
    yield Specimen("more_information, not about access", replace(asking, parts=objecting))
    for reason in choices.EXTENSION_REASONS:
        yield Specimen(f"extension, {reason}", _extension(unknown, reason, one))
    for consists in choices.EXTENSION_IN[1:]:
        complex_ = _extension(unknown, choices.EXTENSION_REASONS[0], one)
        yield Specimen(f"extension, complexity, {consists}", replace(complex_, facts={"extension_in": consists}))
    known = _extension(frame, choices.EXTENSION_REASONS[0], one)
    known = replace(known, identified=True, facts={**known.facts, **given})
    yield Specimen("extension, with what can be given already", known)
    yield from _about_money(replace(frame, letter=Letter.FEE, parts=one))
    yield from _afterwards(frame)
    late = {"late_reason": _text(frame.language, "late_reason"), "answer_by": _text(frame.language, "answer_by")}
    for letter in (Letter.ACKNOWLEDGEMENT, Letter.IDENTITY_QUESTION):
        yield Specimen(f"{letter}, late", replace(unknown, letter=letter, parts=one, today=_TOO_LATE, facts=late))
    notice = replace(unknown, letter=Letter.LATE_NOTICE, parts=one, today=_TOO_LATE, facts=late)
    yield Specimen("late_notice", notice)
    yield Specimen("late_notice, several rights", replace(notice, parts=several))


def _about_money(frame: DraftContext) -> Iterator[Specimen]:
    """A fee on each of its grounds; and late, and beside a ban and a withdrawal that wait for nothing."""
    language = frame.language
    for code in grounds.FEE_GROUNDS:
        facts = _facts_of(
            language, Letter.FEE, fee_ground=code, fee_explained=_fitting(language, "fee_explained", code)
        )
        yield Specimen(f"fee, {code}", replace(frame, facts=facts))
    at_once = (*frame.parts, Part(RequestKind.MARKETING_OBJECTION), Part(RequestKind.CONSENT_WITHDRAWAL))
    late = {name: value for name, value in facts.items() if name != "reply_by"}
    late["late_reason"] = _text(language, "late_reason")
    beside = replace(frame, facts=late, parts=at_once, today=_TOO_LATE)
    yield Specimen("fee, late, beside what is done at once", beside)


def _afterwards(frame: DraftContext) -> Iterator[Specimen]:
    """To somebody who comes back to an answer, before what one gave ends, and to a mail that was no request."""
    language = frame.language
    answered = (Part(RequestKind.ERASURE),)
    for code in ("stands", "mended"):
        finding = _fitting(language, "finding", code)
        facts = _facts_of(language, Letter.FOLLOW_UP, result=code, finding=finding)
        context = replace(frame, letter=Letter.FOLLOW_UP, parts=answered, facts=facts, today=_TOO_LATE)
        yield Specimen(f"follow_up, {code}", context)
    yield from _brought_late(replace(frame, letter=Letter.LATE_DELIVERY, today=_TOO_LATE))
    lifted = _facts_of(language, Letter.RESTRICTION_LIFTED)
    restricted = (Part(RequestKind.RESTRICTION),)
    yield Specimen(
        "restriction_lifted", replace(frame, letter=Letter.RESTRICTION_LIFTED, parts=restricted, facts=lifted)
    )
    other = _fitting(language, "concern", "not_a_request")
    facts = _facts_of(language, Letter.NOT_A_REQUEST, concern=other)
    courtesy = replace(frame, letter=Letter.NOT_A_REQUEST, parts=(), facts=facts, identified=False)
    yield Specimen("not_a_request", courtesy)
    only = {"concern": other}
    yield Specimen("not_a_request, nothing more to say", replace(courtesy, facts=only))


def _brought_late(frame: DraftContext) -> Iterator[Specimen]:
    """After an answer on paper that came late: of one right, of several, and with what is still being done."""
    language, cause = frame.language, _fitting(frame.language, "late_reason", "brought_late")
    told = replace(frame, facts={"delivered_on": _text(language, "delivered_on"), "late_reason": cause})
    erased = part(language, RequestKind.ERASURE, Outcome.GRANTED)
    yield Specimen("late_delivery", replace(told, parts=(erased,)))
    refused = part(language, RequestKind.OBJECTION, Outcome.REFUSED)
    partly = part(language, RequestKind.ACCESS, Outcome.PARTLY)
    until = replace(erased, undone_until=date(2026, 4, 14))
    yield Specimen("late_delivery, several rights", replace(told, parts=(partly, refused, until), on_paper=True))
    silent = (Outcome.NOT_IDENTIFIED, Outcome.ART11, Outcome.FORWARDED)
    for outcome in (*silent, Outcome.NO_DATA):
        ended = part(language, RequestKind.ACCESS, outcome)
        unknown = replace(told, parts=(ended,), identified=outcome not in silent)
        yield Specimen(f"late_delivery, {outcome}", unknown)


def _facts_of(language: str, letter: Letter, **chosen: str) -> dict[str, str]:
    """All the facts of a letter; `chosen` overrides the specimens' choices."""
    facts: dict[str, str] = {}
    for fact in catalogue.letter_facts(letter):
        if fact.applies(facts) and fact.name != "late_reason":
            facts[fact.name] = chosen.get(fact.name) or _text(language, fact.name)
    return facts


def _extension(frame: DraftContext, reason: str, parts: tuple[Part, ...]) -> DraftContext:
    return replace(
        frame,
        letter=Letter.EXTENSION,
        parts=parts,
        new_promise=date.fromisoformat(_text(frame.language, "new_promise")),
        extension_reason=reason,
        extension_explained=_fitting(frame.language, "extension_explained", reason),
        facts={"extension_in": _text(frame.language, "extension_in")},
    )


def _answers(frame: DraftContext, kind: RequestKind, outcome: Outcome) -> Iterator[Specimen]:
    """A right with an outcome: once for each ground where it is refused, else once."""
    context = replace(frame, identified=catalogue.tells_of_data(kind, outcome))
    codes = [ground.code for ground in grounds.carrying(kind, outcome)] if outcome is Outcome.REFUSED else [""]
    for code in codes:
        title = " ".join(filter(None, (str(kind), str(outcome), code)))
        yield Specimen(title, replace(context, parts=(part(frame.language, kind, outcome, ground=code),)))


def _not_done_yet(frame: DraftContext) -> Iterator[Specimen]:
    """What a task of the case still has to do when its letter is written."""
    for kind in CHANGED_WITH_OTHERS:
        granted = _bare(frame.language, kind)
        yield Specimen(f"{kind} granted, not done everywhere yet", replace(frame, parts=(granted,)))
    here = replace(_bare(frame.language, RequestKind.CONSENT_WITHDRAWAL), undone_here=True)
    yield Specimen("consent_withdrawal granted, not done here yet", replace(frame, parts=(here,)))
    erased = replace(part(frame.language, RequestKind.ERASURE, Outcome.GRANTED), undone_until=_UNDONE_UNTIL)
    yield Specimen("erasure granted, processors sought", replace(frame, parts=(replace(erased, sought=True),)))
    banned = Part(RequestKind.MARKETING_OBJECTION, undone_until=_UNDONE_UNTIL)
    stopped = replace(frame, letter=Letter.MARKETING_STOPPED, parts=(banned,), identified=False)
    yield Specimen("marketing_stopped, not everywhere yet", stopped)


def _done_later(frame: DraftContext) -> Iterator[Specimen]:
    """What those who process for us or with us did on a later day than we."""
    for kind in (one for one in CHANGED_WITH_OTHERS if one is not RequestKind.MARKETING_OBJECTION):
        done = replace(_bare(frame.language, kind), undone_until=None, ticked_on=_UNDONE_UNTIL)
        yield Specimen(f"{kind} granted, done later elsewhere", replace(frame, parts=(done,)))


def _bare(language: str, kind: RequestKind) -> Part:
    """A granted right, without what may be told beside it, that is not done everywhere yet."""
    whole = part(language, kind, Outcome.GRANTED)
    facts = {name: said for name, said in whole.facts.items() if name not in {"afterwards", "pipeline_until"}}
    return replace(whole, facts=facts, undone_until=_UNDONE_UNTIL)


def _for_another(frame: DraftContext) -> Iterator[Specimen]:
    """To a parent, a guardian or a lawyer: whose data it is, they are told, and it is nowhere called their own."""
    asked = (Part(RequestKind.ACCESS), Part(RequestKind.ERASURE))
    speaking = replace(frame, represented=True)
    received = replace(speaking, letter=Letter.ACKNOWLEDGEMENT, parts=asked, identified=False)
    yield Specimen("acknowledgement, of another's data", received)
    banned = replace(speaking, letter=Letter.MARKETING_STOPPED, parts=(Part(RequestKind.MARKETING_OBJECTION),))
    yield Specimen("marketing_stopped, of somebody who has died", replace(banned, identified=False, deceased=True))
    ended = part(frame.language, RequestKind.MARKETING_OBJECTION, Outcome.GRANTED)
    dead = replace(speaking, parts=(ended,), identified=False, deceased=True)
    yield Specimen("marketing_objection granted, of somebody who has died", dead)
    for kind in (RequestKind.ACCESS, RequestKind.ERASURE):
        answered = (part(frame.language, kind, Outcome.GRANTED),)
        yield Specimen(f"{kind} granted, of another's data", replace(speaking, parts=answered))


def _on_several_grounds(frame: DraftContext) -> Iterator[Specimen]:
    """Each ground with data of its own."""
    for kind, outcome, *codes in (
        (RequestKind.ERASURE, Outcome.PARTLY, "accounting_law", "legal_claim", "open_invoice"),
        (RequestKind.ERASURE, Outcome.REFUSED, "legal_claim", "accounting_law"),
        (RequestKind.ACCESS, Outcome.PARTLY, "others_rights", "journalism"),
    ):
        chosen = {numbered("ground", number): str(code) for number, code in enumerate(codes, 1)}
        refused = part(frame.language, RequestKind(kind), Outcome(outcome), **chosen)
        yield Specimen(" ".join((str(kind), str(outcome), *map(str, codes))), replace(frame, parts=(refused,)))


def _limited(frame: DraftContext) -> Iterator[Specimen]:
    """Each limit of the Data Protection Act, section 34; and one whose reasons would defeat it."""
    language = frame.language
    for code in grounds.LIMITS:
        chosen = {
            "ground": grounds.NATIONAL_LIMIT,
            "limit": code,
            "left_out": _fitting(language, "left_out", f"access_{code}"),
            "explained": _fitting(language, "explained", f"{grounds.NATIONAL_LIMIT}_{code}"),
        }
        limited = part(language, RequestKind.ACCESS, Outcome.PARTLY, **chosen)
        yield Specimen(f"access partly national_limit, {code}", replace(frame, parts=(limited,)))
    untold = replace(limited, facts={name: said for name, said in limited.facts.items() if name != "explained"})
    yield Specimen("access partly national_limit, reasons withheld", replace(frame, parts=(untold,)))


def _combined(frame: DraftContext) -> Iterator[Specimen]:
    language = frame.language
    for scope in choices.SCOPES[1:]:
        narrow = part(language, RequestKind.ACCESS, Outcome.GRANTED, scope=scope)
        yield Specimen(f"access granted, {scope} alone", replace(frame, parts=(narrow,)))
    upheld = _fitting(language, "result", "upheld")
    stands = part(language, RequestKind.AUTOMATED_DECISION, Outcome.GRANTED, reviewed="upheld", result=upheld)
    yield Specimen("automated_decision granted, upheld", replace(frame, parts=(stands,)))
    yield from _not_done_yet(frame)
    yield from _done_later(replace(frame, today=_UNDONE_UNTIL))
    yield from _on_several_grounds(frame)
    yield from _limited(frame)
    access = part(language, RequestKind.ACCESS, Outcome.GRANTED, automated_decisions="made", transfers="made")
    erasure = part(language, RequestKind.ERASURE, Outcome.GRANTED, done_on="2026-03-23", notified="to_be_told")
    banned = part(language, RequestKind.MARKETING_OBJECTION, Outcome.GRANTED)
    joint = replace(frame.sender, joint=("Paahtimo Routa Oy", "Myymälä Halla Oy"))
    yield Specimen("access before erasure", replace(frame, parts=(erasure, access, banned), sender=joint))
    unknown = [
        part(language, kind, Outcome.NOT_IDENTIFIED) for kind in (RequestKind.RECTIFICATION, RequestKind.RESTRICTION)
    ]
    yield Specimen("two rights, not identified", replace(frame, parts=(*unknown, banned), identified=False))
    for title, chosen in (
        ("by a day to come", {"forwarded_on": "2026-03-23"}),
        ("to whom we may not name", {"receiver": "unnamed"}),
    ):
        passed_on = part(language, RequestKind.ACCESS, Outcome.FORWARDED, **chosen)
        yield Specimen(f"access forwarded, {title}", replace(frame, parts=(passed_on,), identified=False))
    moved = part(language, RequestKind.PORTABILITY, Outcome.GRANTED, delivery="direct_transfer")
    corrected = part(language, RequestKind.RECTIFICATION, Outcome.GRANTED, notified="not_possible")
    yield Specimen("transferred and corrected, late", replace(frame, parts=(moved, corrected), today=_TOO_LATE))
    promised = part(language, RequestKind.RECTIFICATION, Outcome.GRANTED, notified="to_be_told")
    yield Specimen("recipients to be told", replace(frame, parts=(promised,)))
    telling = replace(frame.sender, tells_source=True)
    yield Specimen("recipients and the source to be told", replace(frame, parts=(promised,), sender=telling))
    for told in ("told", "to_be_told"):
        public = part(language, RequestKind.ERASURE, Outcome.GRANTED, published=told)
        yield Specimen(f"data made public, {told}", replace(frame, parts=(public,)))
    for way in ("attached", "protected_file", "secure_mail", "account", "registered_letter", "pick_up"):
        copy = part(language, RequestKind.PORTABILITY, Outcome.GRANTED, delivery=way)
        yield Specimen(f"delivery {way}", replace(frame, parts=(copy,)))


def _on_paper(frame: DraftContext) -> Iterator[Specimen]:
    """What asks for an answer or allows one, as a sheet of paper says it; and with one way in alone."""
    language, paper = frame.language, replace(frame, on_paper=True, channel=Channel.LETTER)
    one = replace(paper, parts=(Part(RequestKind.ACCESS),), identified=False)
    asked = replace(one, letter=Letter.IDENTITY_QUESTION, ways=("call_back", "visit"))
    yield Specimen("on paper: identity_question", asked)
    yield Specimen("on paper: identity_question, most needed", replace(asked, ways=("strong", "visit", "known_facts")))
    yield Specimen("on paper: identity_code", replace(one, letter=Letter.IDENTITY_CODE, code=_CODE))
    ground = "further_copy"
    money = _facts_of(
        language, Letter.FEE, fee_ground=ground, fee_explained=_fitting(language, "fee_explained", ground)
    )
    yield Specimen("on paper: fee", replace(one, letter=Letter.FEE, facts=money, identified=True))
    other = _facts_of(language, Letter.NOT_A_REQUEST, concern=_fitting(language, "concern", "not_a_request"))
    yield Specimen("on paper: not_a_request", replace(one, letter=Letter.NOT_A_REQUEST, parts=(), facts=other))
    reviewed = part(language, RequestKind.AUTOMATED_DECISION, Outcome.GRANTED)
    yield Specimen("on paper: automated_decision granted", replace(paper, parts=(reviewed,)))
    no_post = replace(frame.sender, address="")
    for channel in (Channel.LETTER, Channel.CALL, Channel.VISIT):
        came = replace(one, channel=channel)
        banned = replace(came, letter=Letter.MARKETING_STOPPED, parts=(Part(RequestKind.MARKETING_OBJECTION),))
        yield Specimen(f"after a {channel}: marketing_stopped", banned)
        asked = replace(came, letter=Letter.AUTHORITY_QUESTION, facts={"role": "spouse"})
        yield Specimen(f"after a {channel}: authority_question", asked)
    yield Specimen(
        "on paper: acknowledgement, no postal address", replace(one, letter=Letter.ACKNOWLEDGEMENT, sender=no_post)
    )


def _value(language: str, kind: RequestKind, fact: Fact, facts: Mapping[str, str]) -> str:
    if fact.name == "ground":
        return fact.choices[0]
    if fact.base == "left_out":
        return _fitting(language, fact.base, numbered(str(kind), fact.number))
    if fact.base in {"kept", "explained", "until_event"}:
        return _fitting(language, fact.base, facts[numbered("ground", fact.number)])
    return _text(language, fact.base)


def _fitting(language: str, name: str, choice: str) -> str:
    texts = _data()[f"{language}.{name}"]
    return str(texts[choice])


def _text(language: str, name: str) -> str:
    data = _data()
    return str(next(one[name] for one in (data["dates"], data["choices"], data[language]) if name in one))


@cache
def _data() -> Mapping[str, Mapping[str, object]]:
    return table("specimens.toml")
