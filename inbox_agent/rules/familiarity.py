"""Whether somebody who writes to us says "sinä". Our choice: a letter says it only to who does.

Owns the signs of the second person singular in Finnish. "Te" is no sign of the contrary: it is also what a company is
called by whoever says "sinä" to everybody. Refuses to choose a letter's form: the profile does, with this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from inbox_agent.rules.fold import fold_in_place
from state.model import Message

_LONGEST = 8_000  # characters read
_PRONOUNS = r"sina|sinun|sinut|sinua|sinulla|sinulle|sinulta|sinusta|sinuun|sulla|sulle|sulta|sua|sut"
_MONTHS = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_YOUR = rf"sun(?!,?\s+(?:\d{{1,2}}\s+)?(?:{_MONTHS})\b)"  # "sun tiedot", and no Sunday: "On Sun, 29 Nov 2026"
_ASKING = r"\w+isitko|(?:et|olet|voit|tiedat|muistat|saat|pystyt|osaat|ehdit|viitsit|haluat)ko"
_DOING = (
    r"(?:poista|laheta|kerro|vastaa|korjaa|muuta|lopeta|anna|laita|pista|pane|toimita|tarkista|peru|siirra|ilmoita|ota"
    r"|katso|vaihda)t(?:ko|han)?"
)
_ORDER = (  # an imperative at the head of a sentence: "Poista tietoni", "Hei, lähetätkö"
    r"(?:^|[.!?:,\n]\s*|\b(?:hei|moi|terve|ja|tai)\s+)(?:poista|laheta|kerro|vastaa|korjaa|lopeta|anna|laita|pista|toimita"
    r"|tarkista|peru|siirra|ilmoita|ota|ala)\b(?!\s*(?::|-))"
)
_SINGULAR = re.compile(rf"\b(?:{_PRONOUNS}|{_YOUR}|{_ASKING}|{_DOING})\b|{_ORDER}", re.MULTILINE)
_NAME = "anna"  # and "give": an order only before a word of its own line in small letters, below no closing
_GIVES = re.compile(r"[ \t]+(?!(?:tässä|täällä)\b)[a-zåäö]")
_CLOSED = re.compile(r"\b(?:terveis\w*|terv|t|yt|kunnioit\w*)\W*\Z")
_LOOK_BACK = 40  # characters before a name in which a closing would stand


def says_sina(text: str) -> bool:
    """Whether a Finnish text addresses its reader in the singular."""
    folded = fold_in_place(text[:_LONGEST])
    return any(not match[0].endswith(_NAME) or _gives(text, folded, match) for match in _SINGULAR.finditer(folded))


def _gives(text: str, folded: str, order: re.Match[str]) -> bool:
    """Whether "anna" is the verb, and nobody's name."""
    start = order.end() - len(_NAME)
    closed = _CLOSED.search(folded[max(0, start - _LOOK_BACK) : start])
    return bool(_GIVES.match(text, order.end())) and not closed


def written_so(messages: Iterable[Message], said: str = "") -> bool:
    """Whether a case's person does, in their own mails or in what they `said` by no mail. A colleague's note above what
    it passes on is nobody's but the colleague's.
    """
    own = (mail.analysis for mail in messages if not mail.analysis.get("forwarded"))
    texts = (str(analysis.get("message", {}).get("new_text") or "") for analysis in own)
    return any(map(says_sina, (*texts, said)))
