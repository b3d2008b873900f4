"""Whether a sentence that stands under no heading of recipients gives somebody data.

Owns how prose says so: by its verb, by a known service, or by what leads to an organisation. Refuses who it is.
"""

from __future__ import annotations

import re

from inbox_agent.rules.notice import names
from inbox_agent.rules.notice.abroad import SERVICES
from inbox_agent.rules.notice.document import Sentence
from inbox_agent.rules.notice.subjects import subjects
from inbox_agent.rules.notice.topics import RIGHTS, Topic
from inbox_agent.rules.notice.wording import words

_GIVES = words("receivers.gives")
_OF_THE_NOTICE = words("receivers.of_the_notice")
_LEADS_TO = words("receivers.leads_to")
_LED_FROM = words("receivers.led_from")
_DOES_FOR_US = words("receivers.does_for_us")
_DATA = words("receivers.of_data")
_OF_NO_DATA = words("receivers.of_no_data")
# "En" denies in Finnish only; in Swedish it is an article.
_DENIES = re.compile(
    r"\b(?:ei|emme|eivät|eikä|inte|aldrig|not|never)\b"
    r"|\ben\s+(?:\w+\s+)?(?:anna|luovuta|kerro|jaa|lähetä|päästä|myy|siirrä|näytä|vie|välitä|toimita)\b",
    re.IGNORECASE,
)
_OTHERS = (
    *RIGHTS,
    Topic.COMPLAINT,
    Topic.SOURCES,
    Topic.RETENTION,
    Topic.CONTROLLER,
    Topic.CONTACT,
    Topic.DPO,
    Topic.BASIS,
    Topic.CONTENT,
)


def gives(sentence: Sentence) -> bool:
    text = sentence.text
    if sentence.about(Topic.TRANSFER) and not _DENIES.search(text) and names.organisations(text):
        return True  # whoever has the data abroad
    return (
        not sentence.about(*_OTHERS)
        and not _OF_THE_NOTICE.search(text)
        and bool(
            SERVICES.search(text)
            or _GIVES.search(text)
            or any(subjects(text, told=False))
            or _serves(text)
            or _leads(text)
        )
    )


def _serves(text: str) -> bool:
    """Whether an organisation does something for the controller: "Kuormat ajaa X Oy", "X Ltd does the washing"."""
    if any(names.organisations(name) for name in subjects(text, told=True)):
        return True
    return any(_DOES_FOR_US.match(text[start + len(name) :]) for name, start in names.organisations(text))


def _leads(text: str) -> bool:
    """Whether a sentence on data says of an organisation that it is at, goes to or is handled by it."""
    if not _DATA.search(text) or _OF_NO_DATA.search(text):
        return False
    return any(
        (_LEADS_TO.search(text[:start]) or _LED_FROM.match(text[start + len(name) :]))
        and not _DENIES.search(text[:start])
        for name, start in names.organisations(text)
    )
