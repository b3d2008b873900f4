"""Reports that a mail was not delivered: RFC 3464's form, and the many that mail servers made up before it.

Owns the way from a report to the Message-IDs of the mails it is about. Refuses to judge what a failed delivery means
for a case.
"""

from __future__ import annotations

import re

from inbox_agent.rules.headers import identifiers
from inbox_agent.rules.mime import Entity
from state.model import Party

_DAEMON = re.compile(r"mailer-?daemon|mail-?daemon|postmaster|mdaemon", re.IGNORECASE)
_SUBJECT = re.compile(
    r"undeliver|delivery (?:status|failure|has failed|problem|notification)|mail delivery (?:failed|system)|"
    r"returned mail|failure notice|could not be delivered|delivery incomplete|message not delivered|"
    r"viestiä ei voitu|ei voitu toimittaa|toimitus epäonnistui|toimittaminen epäonnistui|ei toimitet(?:tu|tavissa)|"
    r"ei voida toimittaa|toimitusvirhe|"
    r"(?:kunde|kan) inte levereras|går (?:inte|ej) att leverera|olevererbart|leveransfel|leverans misslyckades|"
    r"unzustellbar",
    re.IGNORECASE,
)
_ACTION = re.compile(rb"^action:\s*([a-z]+)", re.IGNORECASE | re.MULTILINE)
_GOOD_NEWS = frozenset({b"delivered", b"relayed", b"expanded"})
_RETURNED_IDENTIFIER = re.compile(
    rb"^[>| \t]{0,8}(?:x-original-)?message-id:[ \t]*(?:\r?\n[>| \t]+)?(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE
)
_SEARCHED = frozenset({"text/plain", "text/rfc822-headers", "message/rfc822-headers"})
_READ = 200_000  # bytes of each part that are searched


def is_delivery_report(root: Entity, sender: Party, subject: str) -> bool:
    """Whether a mail reports on a delivery. An empty return path alone is no proof: vacation programs use it too."""
    headers = root.headers
    if root.content_type == "multipart/report" and "delivery" in root.parameters.get("report-type", "").lower():
        return True
    if "x-failed-recipients" in headers or any(
        part.content_type in {"message/delivery-status", "message/global-delivery-status"} for part in root.children
    ):
        return True
    daemon = bool(_DAEMON.search(sender.address.partition("@")[0]))
    nobody = headers.first("return-path") in {b"<>", b"<MAILER-DAEMON>"}
    return (daemon and (nobody or bool(_SUBJECT.search(subject)))) or (nobody and bool(_SUBJECT.search(subject)))


def only_good_news(root: Entity) -> bool:
    """Whether a report says of every recipient that the mail went on its way (RFC 3464, 2.3.3)."""
    actions = [
        action.lower()
        for part in root.walk()
        if part.content_type.endswith("delivery-status")
        for action in _ACTION.findall(part.body(_READ)[0])
    ]
    return bool(actions) and set(actions) <= _GOOD_NEWS


def bounced_identifiers(root: Entity) -> tuple[str, ...]:
    """The Message-IDs of the mails a report is about: in returned mails or headers, else quoted in its text."""
    found: list[str] = []
    for part in root.walk():
        if part.content_type in {"message/rfc822", "message/global"} and part.children:
            found += identifiers(part.children[0].headers.first("message-id"))
        elif part.content_type in _SEARCHED or part.content_type.endswith("delivery-status"):
            found += _quoted_identifiers(part.body(_READ)[0])
    own = set(identifiers(root.headers.first("message-id")))
    return tuple(identifier for identifier in dict.fromkeys(found) if identifier not in own)


def _quoted_identifiers(text: bytes) -> list[str]:
    return [one for raw in _RETURNED_IDENTIFIER.findall(text) for one in identifiers(raw)]
