"""Mails that the company's own web form or portal has sent: from one of our addresses, and yet a stranger's words.

Owns how such a mail is told from our own letters, which come back to us as copies. Refuses to say who wrote: the name
and the address in it are what somebody typed, so nobody is written to before a person has looked.
"""

from __future__ import annotations

import re

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.addresses import domain_of, within
from inbox_agent.rules.parse import InboundMessage
from state.model import Party

WEB_FORM = "web_form"
"""The flag of such a mail, and of its case."""

# Addresses that nobody writes from: noreply, ei-vastata, svarainte, lomake, www-data, wordpress.
_NOBODYS = re.compile(
    r"(?:do)?-?not?[-._]?reply|no[-._]?reply|ei[-._]?vastata|(?:svara[-._]?(?:inte|ej)|ej[-._]?svar)|"
    r"\w*lomake|\w*formul[aä]r|(?:web|www|contact|kontakt)?[-._]?forms?|www(?:[-._]?data)?|apache|nginx|wordpress|"
    r"verkkosivu\w*|kotisivu\w*|nettisivu\w*|website|hemsida",
    re.IGNORECASE,
)


def is_ours(address: str, profile: ControllerProfile) -> bool:
    """Whether it is the very address that we send from or read."""
    return bool(address) and address.casefold() in {profile.smtp.sender.casefold(), profile.mailbox.user.casefold()}


def sent_by_form(message: InboundMessage, profile: ControllerProfile) -> bool:
    """Whether a mail from our own domain was written by somebody else.

    A form sets replies to go to whoever filled it in, or sends from an address that nobody writes from, or from the
    very address that it sends to. What answers a mail, what a colleague forwards, and what goes to others as well is a
    person's letter.
    """
    sender, domains = message.sender.address, profile.controller.domains
    ours = is_ours(sender, profile)
    if message.forwarded or message.references or not (ours or within(domain_of(sender), domains)):
        return False
    if not message.recipients or not all(_inside(party, profile) for party in message.recipients):
        return False
    elsewhere = message.reply_to is not None and not _inside(message.reply_to, profile)
    return ours or elsewhere or bool(_NOBODYS.fullmatch(sender.partition("@")[0]))


def who_filled_it_in(message: InboundMessage) -> Party:
    """As far as it is told: a name without any address, so that nothing goes to one that somebody typed."""
    return Party(message.reply_to.name if message.reply_to else "", "")


def _inside(party: Party, profile: ControllerProfile) -> bool:
    return is_ours(party.address, profile) or within(domain_of(party.address), profile.controller.domains)
