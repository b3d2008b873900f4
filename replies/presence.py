"""How to see whether a letter says what it owes, where words in one sentence do not show it.

Owns the reading of names, ways in, days and provisions that a letter must hold. Refuses to know which letter owes what:
that is `replies.owed`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from replies import authority, citations, facts, filters, wording
from replies.grounds import Ends
from replies.lens import Lens
from replies.refusals import Refusal
from replies.wording import Required

# Cited in every refusal anyway: they are the way to complain, not a ground.
_NO_GROUNDS = frozenset({"GDPR 12", "GDPR 77", "GDPR 79", "1050/2018 21"})


def said(read: Lens, rule: Required) -> bool:
    """Whether the letter says what the rule wants, in one sentence or wherever that rule looks."""
    return _LOOKS.get(rule.code, _by_words)(read, rule)


def _each_somewhere(read: Lens, rule: Required) -> bool:
    return all(pattern.search(read.body) for pattern in rule.patterns)


def _at_least_two(read: Lens, rule: Required) -> bool:
    """Two lines of a list: lettered ones, or bullets besides those that tell several rights asked for."""
    lettered, bullets = (len(pattern.findall(read.body)) for pattern in rule.patterns)
    asked = len({part.kind for part in read.parts})
    return lettered > 1 or bullets - (asked if asked > 1 else 0) > 1


def _controller_named(read: Lens, _: Required) -> bool:
    return read.context.sender.name in read.body


def _reachable(read: Lens, _: Required) -> bool:
    """A mail can be answered, so that one whose sender is not known to have another way in has that one."""
    sender = read.context.sender
    ways = [way for way in (sender.contact_email, sender.contact_phone) if way]
    return read.context.on_paper or not ways or any(way in read.body for way in ways)


def _way_in(read: Lens, _: Required) -> bool:
    """Paper cannot be answered by itself: it names an address or a number of ours (GDPR 12(2))."""
    return any(_ways_in(read))


def _way_in_without_mail(read: Lens, _: Required) -> bool:
    """Whoever wrote on paper may have no e-mail."""
    found = tuple(_ways_in(read))
    return not found or found != (read.context.sender.contact_email,)


def _ways_in(read: Lens) -> Iterator[str]:
    """Our ways in that the text names, whatever its line breaks."""
    sender, text = read.context.sender, " ".join(read.body.split())
    known = (filters.one_line(sender.address), sender.contact_phone, sender.contact_email)
    return (way for way in known if way and way in text)


def _numbered(read: Lens, _: Required) -> bool:
    return read.context.case_number in read.body


def _receipt_told(read: Lens, _: Required) -> bool:
    return filters.names_day(read.undated, read.context.received_on, read.language)


def _fee_ground_cited(read: Lens, _: Required) -> bool:
    return bool({"GDPR 12", "GDPR 15"} & citations.cited(read.body, read.language))


def _by_words(read: Lens, rule: Required) -> bool:
    return rule.said_in(read.body)


def _contact_named(read: Lens, _: Required) -> bool:
    return authority.ombudsman(read.language).named_in(read.body)


def _grounds_cited(read: Lens, _: Required) -> bool:
    """Every refusal names the provision of its ground; where the ground is not known, some provision."""
    cited = citations.cited(read.body, read.language)
    return all(
        _cited(read, one.ground.provisions[0]) if one.ground else bool(cited - _NO_GROUNDS) for one in read.refused
    )


def _cited(read: Lens, reference: str) -> bool:
    """Whether a provision stands there as the template cites it, or its article does, as often as in the letter as it
    was composed: other sentences may name the same one.
    """
    law, article = citations.cite(reference, read.language), citations.provision(reference)
    texts = (read.body, read.around.composed)
    exact, before = (text.count(law) for text in texts)
    named, named_before = (citations.mentions(text, read.language).count(article) for text in texts)
    return exact >= max(1, before) or named >= max(1, named_before)


def _ends_told(read: Lens, rule: Required) -> bool:
    """A ground that ends on a date names the date; one that ends with an event says what it waits for, in the words of
    its facts or in as many sentences as there are such grounds.
    """
    dated, waiting = (
        [one for one in read.refused if one.ground and one.ground.ends is ends]
        for ends in (Ends.ON_A_DATE, Ends.WITH_AN_EVENT)
    )
    events = [filters.phrase(one.facts.get("until_event", "")) for one in waiting]
    told = all(event and event in read.body for event in events)
    return all(_told_date(one, read.language) in read.body for one in dated) and (
        told or sum(rule.said_in(text) for _, text in wording.sentences(read.body)) >= len(events)
    )


def _told_date(refusal: Refusal, language: str) -> str:
    """The date a letter must show; the empty text, which every letter holds, where the facts give none."""
    until = facts.day("kept_until", "").read(refusal.facts)
    return filters.day(until, language) if isinstance(until, date) else ""


def _other_law_named(read: Lens, rule: Required) -> bool:
    """Whether each provision of a further Act is named by its section, wherever the letter leads to one."""
    lead, section = rule.patterns
    named = [read.body[match.end() :].partition("\n")[0] for match in lead.finditer(read.body)]
    return all(map(section.search, named or [read.body]))


_LOOKS: Mapping[str, Callable[[Lens, Required], bool]] = MappingProxyType(
    {
        "controller_missing": _controller_named,
        "contact_missing": _reachable,
        "way_in_missing": _way_in,
        "only_mail_in": _way_in_without_mail,
        "asked_by_mail_only": _way_in_without_mail,
        "number_missing": _numbered,
        "received_missing": _receipt_told,
        "complaint_contact_missing": _contact_named,
        "ground_missing": _grounds_cited,
        "other_law_unnamed": _other_law_named,
        "until_missing": _ends_told,
        "access_information_missing": _each_somewhere,
        "options_missing": _at_least_two,
        "fee_ground_missing": _fee_ground_cited,
        "fee_choice_missing": _each_somewhere,
    }
)
"""How to look for what words in one sentence do not show."""
