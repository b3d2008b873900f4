"""What the two wires, IMAP and SMTP, share: trust in the server, and how its answers may be shown.

Certificates are always checked. Letters and passwords never cross a network in the clear: without TLS only
this very machine is spoken to (our choice, following RFC 8314).
"""

from __future__ import annotations

import ipaddress
import ssl

from inbox_agent.errors import UsageProblem
from inbox_agent.profile import Server

LONGEST_ANSWER = 200  # characters of a server's words that are kept


def tls_context(server: Server) -> ssl.SSLContext | None:
    """How to trust `server`; None where it is spoken to without TLS.

    An own certificate authority in the profile replaces the system's. Raises UsageProblem: "plain_text_wire"
    where TLS is off for another machine, "ca_file" where the authority's file cannot be used.
    """
    if server.tls == "none":
        if not is_loopback(server.host):
            raise UsageProblem("plain_text_wire", server.host)
        return None
    try:
        return ssl.create_default_context(cafile=server.ca_file)
    except OSError:  # the file is missing, closed to us, or holds no certificate (ssl.SSLError)
        raise UsageProblem("ca_file", server.ca_file or "") from None


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine. Names other than localhost are not asked for: an answer could be forged."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def one_line(answer: str) -> str:
    """A server's words on one line, without what could steer a terminal, at most LONGEST_ANSWER long."""
    flat = " ".join(answer.split())
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in flat)[:LONGEST_ANSWER]


def why(error: OSError) -> str:
    """What broke a connection, in the system's short words. Holds nothing that was sent or received."""
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ssl.SSLCertVerificationError):
        return one_line(f"certificate: {error.verify_message}")
    if isinstance(error, ssl.SSLError):
        return one_line(f"TLS: {error.reason or type(error).__name__}")
    return one_line(error.strerror or type(error).__name__)
