"""Which of the organisations that a notice names handle data on the controller's behalf (GDPR 28).

Owns how a notice says so: in brackets behind a name, or of all the names of a sentence. Refuses what is said of
recipients and processors together: who is instructed has to be certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox_agent.rules.notice import names
from inbox_agent.rules.notice.abroad import SERVICES
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.facts import LIKELY, Field
from inbox_agent.rules.notice.topics import Topic
from inbox_agent.rules.notice.who import controllers
from inbox_agent.rules.notice.wording import words

_SAID = words("proposal.processor")
_NOT_SAID = words("proposal.no_processor")
_BRACKETED = re.compile(r"\s*\((?P<role>[^()]*)\)")


def processors(document: Document) -> Field | None:
    """The processors by name; None where the notice says of nobody that they are one."""
    ours = controllers(document).value
    found: dict[str, str] = {}
    for sentence in document.sentences:
        if sentence.about(Topic.CONTROLLER, Topic.COMPLAINT, Topic.COOKIES):
            continue
        for name in _of(sentence):
            if not (isinstance(ours, tuple) and name in ours):
                found.setdefault(name, sentence.text)
    return Field(tuple(found), next(iter(found.values())), LIKELY) if found else None


def _of(sentence: Sentence) -> Iterator[str]:
    named = _named(sentence.text)
    roles = {name: _BRACKETED.match(sentence.text, start + len(name)) for name, start in named}
    in_brackets = {name for name, role in roles.items() if role and _is_said(role["role"])}
    if in_brackets or any(role and _NOT_SAID.search(role["role"]) for role in roles.values()):
        yield from (name for name, _ in named if name in in_brackets)
    elif _is_said(sentence.text):
        yield from (name for name, _ in named)


def _is_said(text: str) -> bool:
    return _SAID.search(text) is not None and not _NOT_SAID.search(text)


def _named(text: str) -> list[tuple[str, int]]:
    """Companies and known services with their places, in the text's order."""
    firms = names.organisations(text)
    taken = [(start, start + len(name)) for name, start in firms]
    services = [
        (found[0], found.start())
        for found in SERVICES.finditer(text)
        if not any(start <= found.start() < end for start, end in taken)
    ]
    return sorted((*firms, *services), key=lambda one: one[1])
