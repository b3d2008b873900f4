"""The judgement of one mail, and of a case with all that is known of it, every step named.

The tables stand in `rules.levels`. What the register says raises the need inside, and never changes what the person is
asked: the same letter goes to those who are in the register and to those who are not (GDPR 32; our choice).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inbox_agent.profile import ControllerProfile, Identity
from inbox_agent.rules.identity import doubts
from inbox_agent.rules.identity.doubts import Doubt
from inbox_agent.rules.identity.evidence import Evidence, Known, counted, of_history, of_mail, of_opening, of_register
from inbox_agent.rules.identity.signs import is_spelling, signs_in, signs_of, signs_on_file, unsettled
from inbox_agent.rules.identity.ways import OwnStep, Way, own_step, ways_for
from inbox_agent.rules.levels import L0, L1, Sign, needed, proven
from inbox_agent.rules.parse import InboundMessage
from state.lifecycle import FOR_ANOTHER, LIVE_REQUESTS
from state.model import Case, Contact, IdentityLevel, Match, Proof, ProofKind, RequestKind

_OF_ANOTHER = frozenset({Evidence.FORWARDED, Evidence.WEB_FORM, Evidence.SCANNED})
"""Whoever is authentic then is not the person."""
_GIVING = frozenset({Evidence.ADDRESS_AUTHENTICATED, Evidence.ON_FILE, Evidence.VERIFIED_EARLIER})


class Effect(StrEnum):
    """What a finding does."""

    GIVES = "gives"  # this level
    RAISES = "raises"  # the need
    KEEPS_DOWN = "keeps_down"  # the level
    SHOWS = "shows"


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of evidence with what it does: `code` is of Evidence, Sign or ProofKind; `level` where it gives one."""

    code: StrEnum
    effect: Effect
    level: IdentityLevel | None = None


@dataclass(frozen=True, slots=True)
class IdentityAssessment:
    """One mail judged alone. `level` is reached, `required` is needed. `raised` holds the signs that raised the need,
    `reason` is what an identity question would be justified by.
    """

    level: IdentityLevel
    required: IdentityLevel
    evidence: tuple[Evidence, ...]
    raised: tuple[Sign, ...]
    reason: Doubt


@dataclass(frozen=True, slots=True)
class Assessment:
    """A case judged with all that is known. `asked` is what the person may be told is needed: from the mail and the
    profile alone, never from the register; `told` is what a question tells of `reason`, from the mails alone. `ways`
    suffice for what is asked, `own` comes first and asks nobody.
    """

    level: IdentityLevel
    required: IdentityLevel
    asked: IdentityLevel
    findings: tuple[Finding, ...]
    reason: Doubt
    told: Doubt
    ways: tuple[Way, ...]
    own: OwnStep | None

    @property
    def reached(self) -> bool:
        return self.level >= self.required


def assess(
    message: InboundMessage, kinds: tuple[RequestKind, ...], profile: Identity, own_domains: Collection[str] = ()
) -> IdentityAssessment:
    """Judge one mail that exercises these rights; without any, it is judged as a request for access.

    Without a register at hand an authentic address is L1; `assess_case` knows more.
    """
    evidence, signs = of_mail(message), signs_of(message, own_domains)
    level = L1 if evidence == (Evidence.ADDRESS_AUTHENTICATED,) and not signs else L0
    asked = kinds or (RequestKind.ACCESS,)
    required = needed(asked, profile.sensitivity, signs, spelling=is_spelling(message.flags))
    # A ban on marketing needs nobody's identity, so no sign raises it.
    raised = signs if set(asked) != {RequestKind.MARKETING_OBJECTION} else ()
    reason = Doubt.NO_DOUBT if level >= required else doubts.doubt(message.flags, signs, evidence)
    return IdentityAssessment(level, required, evidence, raised, reason)


def assess_case(case: Case, known: Known, profile: ControllerProfile, today: date) -> Assessment:
    """Judge a case by its mails, the register, the codes that came back and the proofs that people saw."""
    kinds = _kinds(case)
    proofs = tuple(counted(known))
    told = unsettled(signs_in(case.flags, case.subject.address, profile.controller.domains), known)
    signs = unsettled((*told, *signs_on_file(known.contact, today)), known)
    spelling, sensitivity = is_spelling(case.flags), profile.identity.sensitivity
    asked = needed(kinds, sensitivity, told, spelling=spelling)
    required = needed(kinds, sensitivity, signs, spelling=spelling)
    history = tuple(of_history(case, known, today, profile.identity.history_months))
    shown = of_opening(case, known.messages)
    evidence = (*shown, *of_register(known.contact), *history)
    by_mail = _by_mail(evidence, signs, known.contact, in_use=profile.customers.in_use)
    level = max(by_mail, proven(proofs))
    reason = Doubt.NO_DOUBT if level >= required else doubts.doubt(case.flags, signs, evidence)
    return Assessment(
        level=level,
        required=required,
        asked=asked,
        findings=tuple(_findings(_to_tell(evidence, enough=level >= required), by_mail, signs, proofs, known)),
        reason=reason,
        told=Doubt.NO_DOUBT if level >= required else doubts.told(case.flags, told, shown),
        ways=() if level >= required else ways_for(case, asked, profile.identity, {proof.kind for proof in proofs}),
        own=own_step(case, signs, known) if level < required or _authority_owed(kinds, case, proofs) else None,
    )


def _authority_owed(kinds: Collection[RequestKind], case: Case, proofs: Collection[Proof]) -> bool:
    """Whether whoever asks for somebody else is known, and their authority has not been seen: no answer goes to them
    before. A ban on marketing needs none.
    """
    seen = any(proof.kind is ProofKind.AUTHORITY for proof in proofs)
    return not seen and set(kinds) != {RequestKind.MARKETING_OBJECTION} and not FOR_ANOTHER.isdisjoint(case.flags)


def asked_level(case: Case, profile: ControllerProfile) -> IdentityLevel:
    """The level that the person may be told is needed: what the mails and the profile say, never the register."""
    return required(_kinds(case), case.flags, case.subject.address, profile)


def required(
    kinds: tuple[RequestKind, ...], flags: Collection[str], address: str, profile: ControllerProfile
) -> IdentityLevel:
    """The level that these rights need of whoever is at this address and said what these flags tell."""
    signs = signs_in(flags, address, profile.controller.domains)
    return needed(kinds, profile.identity.sensitivity, signs, spelling=is_spelling(flags))


def _kinds(case: Case) -> tuple[RequestKind, ...]:
    live = tuple(request.kind for request in case.requests if request.status in LIVE_REQUESTS)
    return live or tuple(request.kind for request in case.requests) or (RequestKind.ACCESS,)


def _by_mail(
    evidence: Collection[Evidence], signs: Collection[Sign], contact: Contact | None, *, in_use: bool
) -> IdentityLevel:
    """L1: the address is authentic and on file, or was verified lately in another case. Where no register is connected,
    authentic must do (our choice).
    """
    if Evidence.ADDRESS_AUTHENTICATED not in evidence or not _OF_ANOTHER.isdisjoint(evidence) or signs:
        return L0
    if Evidence.VERIFIED_EARLIER in evidence and (contact is None or contact.match in {Match.NONE, Match.NEAR}):
        return L1
    if contact is None:
        return L0 if in_use else L1
    return L1 if contact.match is Match.EXACT else L0


def _to_tell(evidence: tuple[Evidence, ...], *, enough: bool) -> tuple[Evidence, ...]:
    """Where enough is known, that nobody has looked into the register asks nothing of anybody any more."""
    return tuple(code for code in evidence if not (enough and code is Evidence.NOT_LOOKED_UP))


def _findings(
    evidence: Collection[Evidence],
    by_mail: IdentityLevel,
    signs: Collection[Sign],
    proofs: Collection[Proof],
    known: Known,
) -> Iterator[Finding]:
    for code in evidence:
        gives = by_mail is L1 and code in _GIVING
        keeps = code in {Evidence.AUTHENTICATION_FAILED, Evidence.NOT_ON_FILE, *_OF_ANOTHER}
        effect = Effect.GIVES if gives else Effect.KEEPS_DOWN if keeps else Effect.SHOWS
        yield Finding(code, effect, L1 if gives else None)
    for sign in signs:
        yield Finding(sign, Effect.RAISES)
    for proof in proofs:
        if proof.kind is ProofKind.ROUND_TRIP and proof.level is L0:
            yield Finding(Evidence.CODE_FROM_ELSEWHERE, Effect.SHOWS)
        else:
            yield Finding(proof.kind, Effect.GIVES, proof.level)
