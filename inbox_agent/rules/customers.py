"""Whether the person who asks is in the controller's own register, as far as an address and a name can tell.

Owns normalising and matching. Refuses to pick: only one entry with this very address is a match; whatever merely
resembles is for a person's eyes, and of homonyms none is taken. What is found stays inside (`rules.identity`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inbox_agent.rules.addresses import domain_of
from inbox_agent.rules.fold import fold
from state.model import Contact, Match, Party

MOST = 50
"""Entries that are kept of one look-up (our choice): nobody compares more by eye."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register. `address` is an e-mail address; `changed_on` when the contact details last changed."""

    name: str = ""
    address: str = ""
    phone: str = ""
    number: str = ""
    protected: bool = False
    changed_on: date | None = None


@dataclass(frozen=True, slots=True)
class LookUp:
    """What a look into the register brought: what is kept with the case, and what only a person looks at."""

    contact: Contact
    resembling: tuple[Entry, ...] = ()


def match(asked: Party, entries: Iterable[Entry]) -> LookUp:
    """Exact first; then what resembles, for the person's eyes. Entries of one person count as one, and a turvakielto in
    any of them is theirs: also in one that is not kept, or older than the others.
    """
    plausible = [entry for entry in entries if is_plausible(asked, entry)]
    exact = [entry for entry in plausible if same_address(asked.address, entry.address)]
    if exact:
        persons = {_person(entry) for entry in exact}
        if len(persons) > 1:
            return LookUp(Contact(Match.SEVERAL, protected=_any_protected(exact)), tuple(exact[:MOST]))
        newest = replace(_newest(exact), protected=_any_protected(exact))
        return LookUp(contact_of(newest, Match.EXACT))
    if not plausible:
        return LookUp(Contact(Match.NONE))
    namesakes = {_person(entry) for entry in plausible if _same_name(asked.name, entry.name)}
    found = Match.SEVERAL if len(namesakes) > 1 else Match.NEAR
    return LookUp(Contact(found, protected=_any_protected(plausible)), tuple(plausible[:MOST]))


def worth_asking(asker: Party, said: Contact | None) -> tuple[Party, ...]:
    """Who is looked up for a case: its asker, and whoever has the address that a person says is on file."""
    if said is None or not said.address or same_address(said.address, asker.address):
        return (asker,)
    return (asker, Party(said.name, said.address))


def settled(stands: Contact | None, found: Sequence[Contact], *, asked_about_it: bool) -> Contact:
    """What is on file, of what a person said (`stands`) and what the register gave for each of `worth_asking`. Where a
    person said something it stands, completed by the register's own entry of that address; a turvakielto in any is
    theirs. `asked_about_it`: whether the register was asked about what stands.
    """
    contact = stands or found[0]
    if stands and asked_about_it and found[-1].match is Match.EXACT:
        contact = replace(found[-1], match=stands.match, name=stands.name, address=stands.address)
    return replace(contact, protected=any(one.protected for one in (*found, *filter(None, (stands,)))))


def contact_of(entry: Entry, how: Match) -> Contact:
    return Contact(how, entry.name, entry.address.strip(), entry.phone, entry.number, entry.protected, entry.changed_on)


def is_plausible(asked: Party, entry: Entry) -> bool:
    """Whether an entry is worth a person's look: the address itself or one like it, or the same name."""
    if same_address(asked.address, entry.address):
        return True
    return _same_name(asked.name, entry.name) or _similar_address(asked.address, entry.address)


def same_address(one: str, other: str) -> bool:
    """The same but for the case of its letters. A dot or a plus makes another address."""
    one, other = one.strip().casefold(), other.strip().casefold()
    return bool(one) and one == other


def _similar_address(one: str, other: str) -> bool:
    """A plus tag, dots, ä written as a: often the same person's, never surely."""
    return domain_of(one.strip()) == domain_of(other.strip()) != "" and _plain_local(one) == _plain_local(other)


def _plain_local(address: str) -> str:
    local = fold(address.strip().rpartition("@")[0]).partition("+")[0]
    return re.sub(r"[._-]", "", local)


def _same_name(one: str, other: str) -> bool:
    """The same words in any order, however written: "Äijö, Aino" and "aino aijo"."""
    words, others = _words(one), _words(other)
    return len(words) > 1 and words == others


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(name)))


def _person(entry: Entry) -> str:
    """What tells two entries of one person from two persons: the customer number, else the name."""
    return entry.number.strip().casefold() or " ".join(sorted(_words(entry.name)))


def _newest(entries: Sequence[Entry]) -> Entry:
    return max(entries, key=lambda entry: (entry.changed_on or date.min, bool(entry.phone)))


def _any_protected(entries: Iterable[Entry]) -> bool:
    return any(entry.protected for entry in entries)
