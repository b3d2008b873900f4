"""Mails that only tell of a message which lies in a secure-mail service, behind a link that this program never opens.

Owns how such a notification is told, in Finnish, Swedish and English: in Finland companies ask to be written to so
whenever it gets personal. Refuses to guess what the message says: a person opens it, or not.
"""

from __future__ import annotations

import re

from inbox_agent.rules.parse import InboundMessage
from state.model import MessageKind

SEALED = "sealed"
"""The flag of such a mail, and of its case."""

_LONGEST = 2_000  # characters of a notification with its instructions; whoever writes more says something
_ORDINARY = frozenset({MessageKind.MAIL, MessageKind.AUTOMATIC})
_SECURE = re.compile(
    r"turva(?:sähkö)?posti|turvaviesti|turvasähköposti|"
    r"(?:salat|suoja|turvalli)\w* (?:sähköposti|posti|viesti)|"
    r"(?:krypter|skydda|säke?r)\w* (?:e-?post|mejl|meddelande)|"
    r"(?:secure|encrypted|protected) (?:e-?mail|message)",
    re.IGNORECASE,
)
_ARRIVED = re.compile(
    r"\b(?:saapu|vastaanotta|saan(?:ut|een)|lähett|odotta|sinulle on|teille on|fått|skicka|väntar|mottag|"
    r"received|sent you|has sent|you have|waiting)",
    re.IGNORECASE,
)
_TO_OPEN = re.compile(
    r"\b(?:avaa|avata|lue\b|lukea|lukeaks|luettavi|nouda|noudetta|klikka|linki[ns]|linkistä|öppna|läs\b|läsa|hämta|klicka|"
    r"länk|open|read|view|click|retrieve|link)",
    re.IGNORECASE,
)


def is_sealed(message: InboundMessage) -> bool:
    """Whether all that a mail says is that another one waits elsewhere."""
    own = message.new_text
    if message.kind not in _ORDINARY or message.forwarded or not 0 < len(own) <= _LONGEST:
        return False
    told = f"{message.subject}\n{own}"
    return all(sign.search(told) for sign in (_SECURE, _ARRIVED, _TO_OPEN))
