"""What a clause is about: using one's rights under the GDPR, or a matter that only looks like it.

Owns the cut of a sentence into clauses and the question whether one speaks of asking for one's data. A notice also
tells of contracts to sign, gift cards to fetch and fees by the year: the law on requests says nothing of these.
Refuses what the hurdle is.
"""

from __future__ import annotations

import re
from collections.abc import Set

from inbox_agent.rules.notice.denials import denied
from inbox_agent.rules.notice.document import Sentence
from inbox_agent.rules.notice.topics import RIGHTS, Topic
from inbox_agent.rules.notice.wording import words

_REQUEST = words("matter.request")
_OWN_DATA = words("matter.own_data")
_OTHER = words("matter.other")
# Where a sentence turns to another matter. A comma with "ja" goes on about the same.
_TURNS = re.compile(
    r";\s*|\s+–\s+|,?\s+(?:mutta|vaan|vaikka|kun taas|but|whereas|although|even though|men|medan|trots att)\s+",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    return [clause for clause in _TURNS.split(text) if clause]


def asks_where(
    pattern: re.Pattern[str], sentence: Sentence, near: Set[Sentence], *, unless_denied: bool = False
) -> bool:
    """Whether a pattern matches within clauses that all speak of using one's rights; `unless_denied`: and that do not
    deny what it stands for.
    """
    ends = [turn.end() for turn in _TURNS.finditer(sentence.text)]
    for found in pattern.finditer(sentence.text):
        if unless_denied and denied(sentence.text, found):
            continue
        begin = max((end for end in ends if end <= found.start()), default=0)
        close = min((end for end in ends if end >= found.end()), default=len(sentence.text))
        if all(of_request(clause, sentence, near) for clause in clauses(sentence.text[begin:close])):
            return True
    return False


def of_request(clause: str, sentence: Sentence, near: Set[Sentence]) -> bool:
    """Whether a clause of a sentence speaks of using one's rights: by its own words, or by where it stands and nothing
    in it being another matter. `near`: the sentences that stand beside told rights (`beside_rights`).
    """
    if _REQUEST.search(clause):
        return True
    own, other = _OWN_DATA.search(clause) is not None, _OTHER.search(clause) is not None
    if sentence.about(*RIGHTS, Topic.CONTACT) or sentence in near:
        return own or not other
    return not sentence.topics and own and not other
