"""The gate of an extension as it stands before one right: what it gives, or why the law gives none (GDPR 12(3))."""

from __future__ import annotations

from datetime import date

from inbox_agent.errors import UsageProblem
from inbox_agent.rules import deadlines
from state.model import Case, Request


def new_promise(case: Case, request: Request, reason: str, on: date) -> date:
    """The day that an extension told `on` that day gives. Raises UsageProblem where the law gives none."""
    deadline = deadlines.compute(request.received_on, request.due.promise)
    gate = deadlines.may_extend(deadline, on, reason, already=request.extended is not None)
    if not gate.allowed:
        raise UsageProblem(gate.code, case.number)
    return deadline.extension.promise
