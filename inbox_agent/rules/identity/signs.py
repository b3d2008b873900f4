"""What makes an impostor likelier, in a mail, a case and the register, and what a proof takes away again.

Owns the finding of the signs of `rules.levels`. Refuses to say what they do: the tables there do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from inbox_agent.rules.addresses import domain_of, within
from inbox_agent.rules.identity.evidence import Known
from inbox_agent.rules.levels import AUTHORITY_SETTLES, RECENT_CHANGE, Sign
from inbox_agent.rules.parse import InboundMessage
from inbox_agent.rules.scans import SCANNED
from inbox_agent.rules.speakers import Circumstance
from inbox_agent.rules.web_forms import WEB_FORM
from state.model import Case, Contact, ProofKind

# A word of the address's own name that says that several people read it: info@, perhe.esimerkki@.
_SHARED = re.compile(
    r"(^|[._+-])(info|perhe|suku|toimisto|asiakaspalvelu|posti|myynti|tilaukset|hallitus|kirjaamo|taloyhti[oö]|yhteys"
    r"|office|sales|contact|family|admin|support|team|kontakt|familj|familjen|kansli)($|[._+-])",
    re.IGNORECASE,
)


def is_spelling(flags: Collection[str]) -> bool:
    """Whether a rectification is of a name's spelling and of nothing else, as far as mails say (`rules.speakers`)."""
    return Circumstance.SPELLING in flags and Circumstance.CONTACT_CHANGE not in flags


def still_flagged(case: Case) -> tuple[str, ...]:
    """The flags of a case that still want care: that contact details are to be changed wants none once it is known well
    enough who asked for it.
    """
    settled = {Circumstance.CONTACT_CHANGE} if case.identity_level >= case.identity_required else set()
    return tuple(flag for flag in case.flags if flag not in settled)


def signs_in(flags: Collection[str], address: str, own_domains: Collection[str] = ()) -> tuple[Sign, ...]:
    """The signs among a mail's or a case's flags and in its person's address."""
    found = {
        Sign.SHARED_MAILBOX: bool(_SHARED.search(address.rpartition("@")[0])),
        Sign.EMPLOYER_ADDRESS: within(domain_of(address), own_domains),
    }
    return tuple(sign for sign in Sign if sign in flags or found.get(sign, False))


def signs_of(message: InboundMessage, own_domains: Collection[str]) -> tuple[Sign, ...]:
    """The signs of one mail, about the person that it is about."""
    if {WEB_FORM, SCANNED} & set(message.flags):
        return signs_in(message.flags, "")
    person = message.forwarded.subject_address if message.forwarded else message.sender.address
    return signs_in(message.flags, person, own_domains)


def unsettled(signs: Collection[Sign], known: Known) -> tuple[Sign, ...]:
    """The signs that no proof has taken away yet."""
    settled = AUTHORITY_SETTLES if any(proof.kind is ProofKind.AUTHORITY for proof in known.proofs) else frozenset()
    return tuple(sign for sign in Sign if sign in signs and sign not in settled)


def signs_on_file(contact: Contact | None, today: date) -> Iterator[Sign]:
    """The signs that only the register shows: they raise the need inside, and no letter tells of them."""
    if contact is None:
        return
    if contact.protected:
        yield Sign.PROTECTED
    if contact.changed_on and timedelta(0) <= today - contact.changed_on <= timedelta(days=RECENT_CHANGE):
        yield Sign.ADDRESS_CHANGED
