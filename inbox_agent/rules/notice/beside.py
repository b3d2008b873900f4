"""Where a notice without headings speaks of the person's rights: a sentence that tells one, and what stands beside it.

Owns the nearness. Refuses sentences under a heading, which says itself what they are about.
"""

from __future__ import annotations

from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.topics import RIGHTS
from inbox_agent.rules.notice.wording import families, words

_TOLD = families("rights.told")
_CUE = words("rights.cue")
_REQUEST = words("matter.request")
_NEAR = 4  # sentences after one that tells a right


def beside_rights(document: Document) -> frozenset[Sentence]:
    """The sentences without a heading that tell a right or follow soon after one that does, or after one that goes on
    about how to ask.
    """
    found: set[Sentence] = set()
    left = 0
    section = -1
    for sentence in document.sentences:
        # What stands under no heading goes on from the section above it.
        left = left if sentence.section == section or not document.sections[sentence.section].heading else 0
        section = sentence.section
        if sentence.topics:
            left = _NEAR if sentence.about(*RIGHTS) else 0
            continue
        tells = _CUE.search(sentence.text) and any(told.search(sentence.text) for told in _TOLD.values())
        if tells or (left and _REQUEST.search(sentence.text)):
            left = _NEAR + 1
        if left:
            found.add(sentence)
            left -= 1
    return frozenset(found)
