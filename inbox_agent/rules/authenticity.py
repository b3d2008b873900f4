"""Whether a mail comes from where it says, as far as our own mail server can know.

Owns which Authentication-Results count (RFC 8601, 5) and what they amount to. Anybody can write such a field into a
mail; only what our own server wrote is evidence. Our rule: a field counts if its authserv-id is one that the profile
trusts *and* it stands above the border, the topmost Received field that took the mail from outside. Below the border
everything came with the mail. Fields between two of our own Received fields (an internal hop: a private or loopback
address, local delivery, no sender at all) stand above it. A mail without any Received has no border and no evidence.
Google's servers put their own field just below the border but a copy of it, as ARC-Authentication-Results (RFC 8617),
above; the copy counts.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from inbox_agent.rules.addresses import domain_of, within
from inbox_agent.rules.headers import Headers

_FIELDS = frozenset({"authentication-results", "arc-authentication-results"})
_INSTANCE = re.compile(r"\s*i=\d{1,3}\s*;")
_LOCAL_DELIVERY = re.compile(r"\bwith (?:E?SMTP)?LMTPS?A?\b|\bwith local\b", re.IGNORECASE)
_FROM = re.compile(r"\s*from\b", re.IGNORECASE)
_IPV4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?![\w:])")
_TOKEN = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"?|[();]|[^\"();]++", re.DOTALL)
_RESULT = re.compile(r"\s*([a-z][\w-]*)(?:/\d+)?\s*=\s*([a-z]+)(.*)", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"([a-z]+\.[\w-]+)\s*=\s*([^\s]+)", re.IGNORECASE)
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Result:
    """One method's verdict, for example dkim=pass with its properties ("header.d" and so on), all lower case."""

    method: str
    verdict: str
    properties: dict[str, str]


def authenticity(headers: Headers, address: str, trusted: Collection[str]) -> str:
    """What our server found of this From address: "pass", "fail" or "none".

    pass: DMARC passed, or SPF or DKIM passed for a domain aligned with the From domain (RFC 7489, 3.1).
    fail: DMARC failed, or SPF failed (soft failure too) and nothing aligned passed.
    """
    results = [result for result in trusted_results(headers, trusted) if _concerns(result, address)]
    dmarc = {result.verdict for result in results if result.method == "dmarc"}
    if "fail" in dmarc:
        return "fail"
    if "pass" in dmarc or any(_aligned(result, domain_of(address)) for result in results):
        return "pass"
    if any(result.method == "spf" and result.verdict in {"fail", "softfail", "hardfail"} for result in results):
        return "fail"
    return "none"


def trusted_results(headers: Headers, trusted: Collection[str]) -> Iterator[Result]:
    """The results of every field that counts, topmost first."""
    wanted = {name.lower() for name in trusted}
    if not wanted or "received" not in headers:
        return
    for name, value in headers.fields:
        if name == "received" and _is_border(value):
            return
        if name in _FIELDS:
            text = value[:_LONGEST].decode("utf-8", "replace")
            yield from _results(_INSTANCE.sub("", text, count=1), wanted)


def _is_border(received: bytes) -> bool:
    """Whether this hop took the mail from outside; in doubt it did."""
    hop = received[:_LONGEST].decode("latin-1").rpartition(";")[0] or received[:_LONGEST].decode("latin-1")
    if not _FROM.match(hop):
        return False  # the mail began on the server itself or was handed on inside it
    addresses = list(_addresses(hop))
    if addresses:
        return not all(_is_internal(address) for address in addresses)
    return not _LOCAL_DELIVERY.search(hop)


def _addresses(hop: str) -> Iterator[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    for found in (*_IPV4.findall(hop), *_IPV6.findall(hop.replace("IPv6:", " "))):
        with suppress(ValueError):
            yield ipaddress.ip_address(found)


def _is_internal(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_loopback or any(address in network for network in _PRIVATE_NETWORKS)


# RFC 1918, 4193 and 4291; not Python's `is_private`, which also covers addresses for documentation.
_PRIVATE_NETWORKS = tuple(
    map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"))
)


def _results(text: str, wanted: set[str]) -> Iterator[Result]:
    """Take one field apart (RFC 8601, 2.2); nothing where its authserv-id is not wanted."""
    identity, *statements = _statements(text)
    words = identity.split()  # the authserv-id, and perhaps a version
    if not words or words[0].lower() not in wanted:
        return
    for statement in statements:
        if match := _RESULT.match(statement):
            properties = {name.lower(): value.lower() for name, value in _PROPERTY.findall(match[3])}
            yield Result(match[1].lower(), match[2].lower(), properties)


def _statements(text: str) -> Sequence[str]:
    """Split at semicolons, without comments: what stands in those or in quotation marks is the sender's to choose."""
    statements = [""]
    depth = 0
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece in {"(", ")"}:
            depth = max(depth + (1 if piece == "(" else -1), 0)
        elif depth:
            continue
        elif piece == ";":
            statements.append("")
        else:
            quoted = match[1]
            statements[-1] += piece if quoted is None else re.sub(r"[\s=;]", "_", quoted)
    return statements


def _concerns(result: Result, address: str) -> bool:
    """A verdict that names another From than ours says nothing of ours."""
    named = result.properties.get("header.from", "")
    if result.method != "dmarc" or not named:
        return True
    return _related(domain_of(named) or named, domain_of(address))


def _aligned(result: Result, domain: str) -> bool:
    if result.verdict != "pass" or not domain:
        return False
    if result.method == "dkim":
        signer = result.properties.get("header.d") or domain_of(result.properties.get("header.i", ""))
        return _related(signer, domain)
    if result.method == "spf":
        sender = result.properties.get("smtp.mailfrom") or result.properties.get("smtp.mail", "")
        return _related(domain_of(sender) or sender, domain)
    return False


def _related(one: str, other: str) -> bool:
    """Relaxed alignment without a list of public suffixes: the same domain, or one under the other."""
    one, other = one.rstrip("."), other.rstrip(".")
    if "." not in one or "." not in other:
        return False
    return within(one, (other,)) or within(other, (one,))
