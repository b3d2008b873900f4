"""Recipients told as a list: a sentence that is nothing but one, or what stands behind "our providers are:".

Owns where an item ends and which of its words only say what it does. Refuses sentences that say more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox_agent.rules.notice import names
from inbox_agent.rules.notice.abroad import BARE_NONE, SERVICES
from inbox_agent.rules.notice.called import who
from inbox_agent.rules.notice.named import NOT_DISCLOSED, receivers_in
from inbox_agent.rules.notice.wording import words

_NO_ITEMS = words("receivers.no_items")
_PROVIDERS = words("receivers.providers_are")
_GIVEN_TO = re.compile(r"(?:lle|lta|ltä|ille|ilta|iltä)$")
# Of two words in the same case the first only describes the second: "valvovalle viranomaiselle".
TO_WHOM = re.compile(r"\b([A-ZÅÄÖa-zåäö-]{2,}[a-zåäö]lle(?:mme|ni)?)\b(?!\s+[a-zåäö-]+lle\b)")
"""A word of Finnish that ends as "to whom" does."""

# To whom, and behind it what: "Kunnan rakennusvalvonnalle toimenpideluvan asiakirjat".
_OF_WHOM = re.compile(r"([A-ZÅÄÖa-zåäö-]+n) ([a-zåäö-]{2,}lle)\b(?! [a-zåäö-]+lle\b)")
_WHO_DOES = re.compile(r"(?P<who>[a-zåäö-]+(?: [a-zåäö-]+)?),\s*(?P<does>jo(?:ka|tka)\b[^,;.:]*)[.;]?")
_RELATIVE = re.compile(r",\s*jo(?:ilta|iden|issa|illa|nka|ssa|lta|lla)\b[^,;.]*")
# In which matters: "ELY-keskus lain mukaisissa asioissa".
_ON_CONDITION = re.compile(
    r",\s*(?:where|when|if|as far as|in so far as|jos|kun|silloin|mikäli|sikäli|siltä osin|om|när|ifall|där|i den mån)"
    r"\b[^,;.]*",
    re.IGNORECASE,
)
_BY_LAW = re.compile(r",?\s+(?:lain|laissa|asetuksen|säädösten)\s+\w+(?:\s+\w+)?(?=[.,;]?$)")
_LABEL = re.compile(r"\A[A-ZÅÄÖ][\w-]{2,30}(?:\s[\w-]{2,30}){0,2}:\s+")
_LONG_LABEL = re.compile(r"\A[A-ZÅÄÖ][\w-]{2,30}(?:\s[\w-]{2,30}){3,5}:\s+")  # before names alone
_IN_BRACKETS = re.compile(r"([\w-]+)\s*\(([^()]+)\)")
_WITHIN = "\x01"  # stands for "ja" within a name
_PARTED = re.compile(r",|;|(?<!-)\s+(?:ja|sekä)\s+")
_PARTED_IN_ANY = re.compile(r",|;|(?<!-)\s+(?:ja|sekä|och|samt|and)\s+")
_NAME = re.compile(r"[A-ZÅÄÖ][\w.&'’-]*(?:\s[A-ZÅÄÖ\d][\w.&'’-]*){0,3}")


def items(text: str) -> Iterator[str]:
    """The items of a sentence that is nothing but a list of recipients, in its own words; else nothing."""
    text = _BY_LAW.sub("", _ON_CONDITION.sub("", _RELATIVE.sub("", _who_alone(text))))
    if NOT_DISCLOSED.fullmatch(text) or BARE_NONE.match(text) or _NO_ITEMS.search(text):
        return
    whole = text
    for name, _ in names.organisations(text):
        whole = whole.replace(name, name.replace(" ja ", _WITHIN))
    listed = _LABEL.sub("", bracketless(_firm_alone(whole)))
    behind = _PARTED.split(_LONG_LABEL.sub("", listed))
    if all(_NAME.fullmatch(part.strip(" .")) for part in behind):
        listed = _LONG_LABEL.sub("", listed)
    parts = [_without_what_it_is(part.strip(" .").replace(_WITHIN, " ja ")) for part in _PARTED.split(listed)]
    if all(0 < len(part.split()) <= 5 and re.search(r"[^\W\d]", part) for part in parts):
        for before, within in _IN_BRACKETS.findall(text):
            if not names.organisations(before) and not SERVICES.search(before):
                yield from (name for name, _ in names.organisations(within))
        for part in parts:
            if (whose := _OF_WHOM.match(part)) and not names.organisations(part):
                yield f"{whose[1].lower()} {who(whose[2])}"
                continue
            given = TO_WHOM.match(part)
            if given or _GIVEN_TO.search(part):
                yield from tuple(receivers_in(part)) or (who(given[1]) if given else part,)
            else:
                yield part


def _who_alone(item: str) -> str:
    """An item of a list without what its receiver does: "asennusyritykset, jotka tulevat kotiisi"."""
    found = _WHO_DOES.fullmatch(item)
    return found["who"] if found and not names.organisations(found["does"]) else item


def _firm_alone(item: str) -> str:
    """Of an item of a list the company, without what it does and where: "X Oy, Finland: servers"."""
    head, parted, _ = item.partition(": ")
    firms = names.organisations(head)
    return firms[0][0] if parted and len(firms) == 1 and firms[0][1] == 0 else item


def _without_what_it_is(part: str) -> str:
    """The organisation that an item names after several words of what it is, or before what it does."""
    firms = names.organisations(part)
    if len(firms) != 1:
        return part
    name, start = firms[0]
    before, behind = part[:start], part[start + len(name) :]
    if behind:
        return name if behind[0] == " " and behind.islower() and (not before or before.islower()) else part
    return name if len(before.split()) > 1 else part


def providers(text: str) -> Iterator[str]:
    """The names behind "our providers are:", without what each of them does."""
    if found := _PROVIDERS.search(text):
        if listed := tuple(items(text[found.end() :])):
            yield from listed
            return
        for part in _PARTED_IN_ANY.split(bracketless(text[found.end() :])):
            if _NAME.fullmatch(part.strip(" .")):
                yield part.strip(" .")


def bracketless(text: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", text)
