"""From the facts of a letter to the draft that is proposed: one way for the assistant's letters and a person's."""

from __future__ import annotations

from collections.abc import Mapping

from inbox_agent.rules import letters
from replies.context import NO_FACTS, DraftContext
from replies.drafting import compose
from state.model import Case, Envelope, NewDraft


def written(case: Case, envelope: Envelope, context: DraftContext, facts: Mapping[str, str] = NO_FACTS) -> NewDraft:
    """Compose a letter about a case. `facts` are what its sending will record. Raises the errors of `replies`."""
    text = compose(context)
    about = tuple(request.key for request in letters.concerned(case, context.letter))
    return NewDraft(
        case.key, context.letter, case.language, text.template, envelope, text.subject, text.body, about, facts
    )
