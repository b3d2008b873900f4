"""Servers and log-in of a profile, as somebody says them; all else that stands in the file is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from inbox_agent import profile as profiles
from inbox_agent.commands import init
from inbox_agent.commands.sitting import Sitting
from inbox_agent.phrasing.proposing import toml
from inbox_agent.texts import gettext as _

_USUAL = {"mailbox": 993, "smtp": 465}
_SPOKEN = {993: "implicit", 465: "implicit", 143: "starttls", 587: "starttls"}
"""How the well-known ports begin (RFC 8314, RFC 3501, RFC 6409); another port's line is left as it is."""

Settings = Mapping[tuple[str, str], str | int]


def server(section: str, said: str, before: int | None = None) -> Settings:
    """The settings of "imap.yritys.example" or "imap.yritys.example:143". A bare host has the usual port; where that
    was another one `before`, it is said.
    """
    host, _colon, digits = said.strip().rpartition(":")
    if not host or not digits.isdecimal():
        usual = f":{_USUAL[section]}" if before not in {None, _USUAL[section]} else ""
        return server(section, f"{said.strip()}{usual}") if usual else {(section, "host"): said.strip()}
    port = int(digits)
    spoken: Settings = {(section, "tls"): _SPOKEN[port]} if port in _SPOKEN else {}
    return {(section, "host"): host, (section, "port"): port, **spoken}


def put(text: str, settings: Settings) -> str:
    """The profile's text with these settings, each in its own line: a commented default gives way where nothing else
    stands for it, and what has no line gets one under its section's head.
    """
    live = {place for line, place in _lines(text) if place and not line.startswith("#")}
    lines, left = [], dict(settings)
    for line, place in _lines(text):
        mine = place in left and (not line.startswith("#") or place not in live)
        lines.append(f"{place[1]} = {toml(left.pop(place))}" if place and mine else line)
    for (section, key), value in left.items():
        head = next(number for number, line in enumerate(lines) if line.startswith(f"[{section}]"))
        lines.insert(head + 1, f"{key} = {toml(value)}")
    return "\n".join(lines) + "\n"


def _lines(text: str) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Each line with the setting that it holds, or would hold without its mark of a comment."""
    section = ""
    for line in text.splitlines():
        section = line[1:].partition("]")[0] if line.startswith("[") else section
        found = re.match(r"(?:# )?(\w+)\s*=", line)
        yield line, (section, found[1]) if found else None


def ask_again(path: Path, sitting: Sitting) -> None:
    """Ask for what a failed connection may be due to, with what the profile says as the answers, and write it."""
    known, text = profiles.read(path), path.read_text(encoding="utf-8")
    user = sitting.needs(_("the user name of the mailbox"), known.mailbox.user)
    imap = sitting.needs(_("the IMAP server"), _place("mailbox", known.mailbox.host, known.mailbox.port))
    smtp = sitting.needs(_("the SMTP server"), _place("smtp", known.smtp.host, known.smtp.port))
    same = known.smtp.user == known.mailbox.user  # else it is another log-in, which was not asked for
    settings: Settings = {("mailbox", "user"): user, ("smtp", "user"): user if same else known.smtp.user}
    places = {**server("mailbox", imap, known.mailbox.port), **server("smtp", smtp, known.smtp.port)}
    init.write(path, put(text, {**settings, **places}))
    if password := sitting.secret(_("The password again (Enter: as before): ")):
        keep_password(path, password)


def keep_password(path: Path, password: str) -> None:
    """Put a password into a file for its owner alone, and its reference into the profile."""
    kept = path.absolute().parent / "inbox-agent.password"
    init.write(kept, password + "\n")
    reference = f"file:{kept}"
    init.write(path, put(path.read_text(encoding="utf-8"), {(name, "secret"): reference for name in _USUAL}))


def _place(section: str, host: str, port: int) -> str:
    return host if port == _USUAL[section] else f"{host}:{port}"
