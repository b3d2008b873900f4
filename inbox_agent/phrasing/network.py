"""Why a server could not be reached, in words: systems and libraries say it in English and in numbers."""

from __future__ import annotations

from inbox_agent.texts import gettext as _


def why(said: str) -> str:
    """What is said of a broken connection, in the interface's language where it is known; else as it is."""
    lowered = said.casefold().replace("_", " ")
    known = (
        (("connection refused", "connect call failed"), _("nothing answers at this port")),
        (("timeout", "timed out"), _("no answer in time")),
        (
            ("name or service not known", "getaddrinfo", "name resolution", "no address associated"),
            _("there is no server of this name"),
        ),
        (("network is unreachable", "no route to host"), _("this computer has no way to it: is the network there?")),
        (("wrong version number", "record layer"), _("this port speaks no TLS from the start: look at port and tls")),
        (
            ("certificate has expired",),
            _("its certificate has expired: it is to be renewed there, unless this computer's clock is wrong"),
        ),
        (("certificate is not yet valid",), _("its certificate is not valid yet: is this computer's clock right?")),
        (("certificate",), _("its certificate is not trusted ({why})").format(why=said)),
    )
    return next((words for signs, words in known if any(sign in lowered for sign in signs)), said)
