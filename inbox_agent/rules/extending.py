"""The gate of an extension as it stands before one right: what it gives, or why the law gives none (GDPR 12(3))."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from inbox_agent.errors import UsageProblem
from inbox_agent.rules import deadlines, letters
from inbox_agent.rules.deadlines import Deadline, ExtensionGate
from replies import filters, wording
from state.model import Case, ExtensionReason, Letter, Request, RequestStatus


def gate(request: Request, reason: str, on: date) -> tuple[Deadline, ExtensionGate]:
    """The clock of a right, and whether it may be extended by a notice that leaves `on` that day."""
    deadline = deadlines.compute(request.received_on, request.due.promise)
    return deadline, deadlines.may_extend(deadline, on, reason, already=request.extended is not None)


def refused(case: Case, on: date) -> str:
    """Why the law gives this case no extension told `on` that day, whatever the reason, as a code of a UsageProblem; ""
    where it gives one.
    """
    if not (about := letters.concerned(case, Letter.EXTENSION)):
        return "nothing_to_extend"
    gates = (gate(request, ExtensionReason.COMPLEXITY, on)[1] for request in about)
    return next((str(found.code) for found in gates if not found.allowed), "")


def unlawful(explained: str, language: str) -> str:
    """The first words of an explanation that tell of no lawful reason: of the controller's own load, or of what it
    waits for (EDPB Guidelines 01/2022, 162-164); "" where there are none.
    """
    rules = [rule for rule in wording.forbidden(language) if rule.code in _NO_LAWFUL_REASON]
    start, end = min((place for rule in rules for place in rule.places(explained)), default=(0, 0))
    return explained[start:end]


_NO_LAWFUL_REASON = frozenset({"extension_reason_unlawful", "extension_waits"})


def reason_said(line: str) -> str:
    """What a line to the assistant gives as the reason of an extension, in its own words: "jatka määräaikaa, pyyntö
    koskee kuutta sopimusta"; "" where it names none. What is lawful of it, others say.
    """
    deed, *further = (clause.strip(" ,.;:–-") for clause in _PARTS.split(line))
    clauses = (deed, *further) if further else ()
    return ", ".join(clause for clause in clauses if len(clause.split()) > 1 and not _NO_REASON.search(clause))


_PARTS = re.compile(
    r"[,;:–]\s+|\.\s+|\s+-\s+|\b(?:koska|sillä|siksi että|sen takia että|because|since|as|eftersom|för att|då)\b",
    re.IGNORECASE,
)
# The deed itself, its days, and other deeds of the line; that something is complex says nothing of what makes it so.
_NO_REASON = re.compile(
    r"\b(?:jatk|piden|pident|lisäaika|lisää aikaa|määräai|lykk|siirr|muistu|extend|extension|more time|deadline|push"
    r"|postpone|remind|förläng|tidsfrist|skjut|flytta|mera? tid|påmin)\w*|\b(?:kuukau\w*|kk|months?|månad\w*)\b"
    r"|\b(?:on|är|is|are)\s+(?:\w+\s+)?(?:monimutka|mutkik|laaja|komplicera|invecklad|invecklat|omfattande|complex"
    r"|complicated|extensive)\w*\s*$",
    re.IGNORECASE,
)


def by_number(reason: str, cases: Iterable[Case]) -> bool:
    """Whether a reason of numbers is one: the same person waits for several answers (GDPR 12(3)). Any other passes."""
    return reason != ExtensionReason.NUMBER_OF_REQUESTS or len(waiting(cases)) > 1


def waiting(cases: Iterable[Case]) -> tuple[Request, ...]:
    """The requests of one person that wait and whose time could be extended."""
    return tuple(request for case in cases for request in letters.concerned(case, Letter.EXTENSION))


def by_number_proposed(cases: Iterable[Case], language: str) -> dict[str, str]:
    """The facts of a notice where one person waits for several answers: how many, and when they were asked for. What
    has been decided already keeps nobody from the rest.
    """
    waits = ((case.key, one) for case in cases for one in waiting((case,)) if one.status is RequestStatus.OPEN)
    # One letter is not several requests, whatever its rights (EDPB Guidelines 01/2022, 162-164).
    asked = {(case, request.received_on) for case, request in waits}
    if len(asked) < _SEVERAL:
        return {}
    days = [filters.day(on, language) for on in sorted({on for _, on in asked})]
    explained = _SO_MANY[language].format(n=len(asked), days=filters.listed(days, language))
    return {"extension_reason": str(ExtensionReason.NUMBER_OF_REQUESTS), "extension_explained": explained}


_SEVERAL = 3  # our choice: two are no number
_SO_MANY = {
    "fi": "{n} pyyntöä, jotka saimme {days}",
    "sv": "{n} begäranden, som kom {days}",
    "en": "{n} requests, received {days}",
}


def new_promise(case: Case, request: Request, reason: str, on: date) -> date:
    """The day that an extension told `on` that day gives. Raises UsageProblem where the law gives none."""
    deadline, opened = gate(request, reason, on)
    if not opened.allowed:
        raise UsageProblem(opened.code, case.number)
    return deadline.extension.promise
