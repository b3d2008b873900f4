"""What in a letter belongs to somebody else or to another letter: names, addresses, greetings.

Owns where such things stand in the text. Refuses to judge them: the linter says what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple

from replies import authority, filters, naming
from replies.lens import Lens
from replies.wording import Required
from state.model import Letter

_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")  # RFC 5321, 4.5.3.1

# They ask for the authority, or tell that there is no request yet, and how one asks for one's own data.
_OF_OWN_DATA = frozenset({Letter.AUTHORITY_QUESTION, Letter.NOT_A_REQUEST})


def greetings(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """A name greeted that shares no word with the reader's own; the fault of a letter copied from another case."""
    known = set(filters.salutation_name(read.context.recipient_name).casefold().split())
    match = rule.patterns[0].search(read.body)
    if match and known and not known & set(match[1].casefold().split()):
        yield match.span(1)


def names(read: Lens) -> Iterator[tuple[int, int]]:
    """Other people's names, inflected or with the surname first. Whoever stands in every letter, as our own or the
    authority's, may have a case too.
    """
    ours = f"{our_whereabouts(read)} {read.context.signature} {read.context.recipient_name}".casefold()
    reader = naming.inflected(read.context.recipient_name)
    for name in read.around.others:
        if len(name.split()) < 2 or " ".join(name.split()).casefold() in ours:
            continue
        for match in re.finditer(naming.inflected(name), read.body, re.IGNORECASE):
            said = " ".join(match[0].split())
            if said.casefold() not in ours and not re.fullmatch(reader, said, re.IGNORECASE):
                yield match.span()


def taken_for_the_reader(read: Lens, rule: Required) -> Iterator[tuple[int, int]]:
    """Where the data of whom the reader speaks for is called the reader's own."""
    if read.context.represented and read.letter not in _OF_OWN_DATA:
        yield from (match.span() for pattern in rule.patterns for match in pattern.finditer(read.body))


def people(read: Lens, beside: str) -> tuple[str, ...]:
    """The whole names in the text that are neither the reader's nor ours, nor in the text `beside` it."""
    ours = f"{our_whereabouts(read)} {read.context.signature} {beside}".casefold()
    reader = [re.compile(naming.stem(word), re.IGNORECASE) for word in read.context.recipient_name.split()]
    return tuple(
        name
        for name in read.around.people
        if name.casefold() not in ours and not all(any(one.fullmatch(word) for one in reader) for word in name.split())
    )


def addresses(read: Lens) -> Iterator[tuple[int, int]]:
    """Addresses that are neither the reader's, nor ours, nor the authority's, nor among the facts."""
    context = read.context
    facts = (*context.facts.values(), *(value for part in context.parts for value in part.facts.values()))
    known = (read.around.address, context.sender.contact_email, authority.ombudsman(read.language).email)
    said = " ".join((*known, context.question, context.signature, context.extension_explained, *facts)).casefold()
    for match in _ADDRESS.finditer(read.body):
        if match[0].casefold() not in said:
            yield match.span()


def our_whereabouts(read: Lens) -> str:
    """Names, addresses and numbers that may stand in any letter: the controller's and the authority's."""
    sender, ombudsman = read.context.sender, authority.ombudsman(read.language)
    return " ".join(map(str, (*astuple(sender), *astuple(ombudsman))))
