"""Papers that a device of the company's own has scanned and sent: from one of our addresses, and a stranger's words.

Owns how such a mail is told from what our other programs send. Refuses to read the paper, and to say who wrote it: that
stands on it, so a person looks first and nothing is written to the device.
"""

from __future__ import annotations

import re

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.addresses import domain_of, within
from inbox_agent.rules.attachments import Attachment, about_business
from inbox_agent.rules.parse import InboundMessage
from inbox_agent.rules.web_forms import is_ours
from state.model import MessageKind, Party

SCANNED = "scanned"
"""The flag of such a mail, and of its case."""

_SENT_BY_HAND_OR_DEVICE = frozenset({MessageKind.MAIL, MessageKind.AUTOMATIC})
_PAGES = re.compile(r"application/(?:x-)?pdf|image/.*", re.IGNORECASE)
_PAGES_NAMED = re.compile(r".*\.(?:pdf|tiff?|jpe?g|png)", re.IGNORECASE)
# What multifunction printers write by themselves, as their makers set them up, and what people call them.
_DEVICE = re.compile(
    r"multi-?function|monitoimi|multifunktion|kopiokone|kopiator|copier|\bmfp\b|\bprinter|tulostin|skrivare|skanner|"
    r"scan(?:ner| date| to (?:e-?)?mail|ned from| from)|\bscanfile|attached image|attachment file type|"
    r"device (?:name|location)|this e-?mail was sent from|message from [\"“]?(?:km_|rnp|skm)|\brnp[0-9a-f]{6,}|"
    r"\bkm_[a-z0-9]+|\b(?:bizhub|konica|minolta|ricoh|kyocera|taskalfa|ecosys|xerox|workcentre|versalink|altalink|"
    r"imagerunner|lexmark|brother|laserjet|officejet|workforce)\b",
    re.IGNORECASE,
)
_SCAN = re.compile(r"(?:\b|_)(?:scan|skann)", re.IGNORECASE)


def by_our_device(message: InboundMessage, profile: ControllerProfile) -> bool:
    """Whether a mail brings a page that was laid on a device of ours: from inside to inside, answering nothing, with no
    words but the device's. A program's mail without any words is taken for one too; a person's must name its scan.
    """
    own, sender = message.new_text.strip(), message.sender
    inside = all(_inside(party, profile) for party in (sender, *message.recipients))
    pages = [file for file in message.attachments if _is_page(file)]
    if message.kind not in _SENT_BY_HAND_OR_DEVICE or message.references or message.forwarded or not pages:
        return False
    if not inside or not message.recipients:
        return False
    named = " ".join((message.subject, *(file.name for file in pages)))
    by_device = bool(_DEVICE.search(own))
    if (own and not by_device) or about_business("" if by_device else own, named):
        return False
    shown = " ".join((sender.name, sender.address.partition("@")[0], named))
    return message.kind is MessageKind.AUTOMATIC or by_device or bool(_DEVICE.search(shown) or _SCAN.search(shown))


def _is_page(file: Attachment) -> bool:
    return bool(_PAGES.fullmatch(file.content_type) or _PAGES_NAMED.fullmatch(file.name))


def _inside(party: Party, profile: ControllerProfile) -> bool:
    return is_ours(party.address, profile) or within(domain_of(party.address), profile.controller.domains)
