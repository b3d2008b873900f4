"""The least that a profile holds, for tests to which the company does not matter."""

from __future__ import annotations

BARE = """
[controller]
name = "Esimerkki Oy"
[contact]
name = "Helmi Ruokojärvi"
email = "helmi@yritys.example"
[mailbox]
host = "mail.example"
[smtp]
host = "mail.example"
sender = "tietosuoja@yritys.example"
"""

WITH_USER = BARE.replace("[smtp]", 'user = "tietosuoja@yritys.example"\n[smtp]')
"""The same with who signs in to the mailbox, so that a command can connect."""


def setting(profile: str, section: str, *lines: str) -> str:
    """The profile with these lines in a section, which is begun where there is none."""
    head, added = f"[{section}]\n", "".join(f"{line}\n" for line in lines)
    return profile.replace(head, head + added, 1) if head in profile else f"{profile}{head}{added}"
