"""From a notice's text to what it says, whole: the one way in for the command, the linter and the profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from inbox_agent.rules.notice import abroad, channels, how, receivers, registers, what, who
from inbox_agent.rules.notice.document import Document, document
from inbox_agent.rules.notice.facts import Facts, Field, Name
from inbox_agent.rules.notice.page import plain

_READERS: Mapping[Name, Callable[[Document], Field]] = MappingProxyType(
    {
        Name.CONTROLLERS: who.controllers,
        Name.JOINT_CONTROLLERS: who.joint_controllers,
        Name.BUSINESS_ID: channels.business_id,
        Name.CONTACT_NAME: channels.contact_name,
        Name.CONTACT_EMAIL: channels.contact_email,
        Name.CONTACT_PHONE: channels.contact_phone,
        Name.ADDRESS: channels.address,
        Name.REGISTER_NAMES: registers.register_names,
        Name.PURPOSES: what.purposes,
        Name.LEGAL_BASES: what.legal_bases,
        Name.SOURCES: what.sources,
        Name.RECIPIENTS: receivers.recipients,
        Name.TRANSFER: abroad.transfer,
        Name.RETENTION: what.retention,
        Name.RESPONSE_TIME: how.response_time,
        Name.FEE_CLAUSE: how.fee_clause,
        Name.IDENTITY_CLAUSE: how.identity_clause,
        Name.SIGNATURE_REQUIRED: how.signature_required,
        Name.LANGUAGES: how.languages,
        Name.COMPLAINT_BODY_PRESENT: how.complaint_body_present,
        Name.DPO: how.dpo,
        Name.LAST_UPDATED: how.last_updated,
    }
)


LONGEST = 200_000
"""Characters: what is longer than this, freed of its page, is no notice (our choice)."""


def read(source: str) -> Document:
    """The notice in a source of any kind (text, Markdown, HTML, a page template)."""
    return document(plain(source))


def facts(notice: Document) -> Facts:
    """Every field; one that the notice does not fill is `facts.NOTHING`."""
    return {name: reader(notice) for name, reader in _READERS.items()}
