"""Who a mail names: address lists of header fields (RFC 5322, 3.4), as written and as broken.

Owns the tokenising, which is linear and knows no recursion, since names and comments are the sender's to nest.
Encoded words are decoded after the list is taken apart, so that a name cannot smuggle in an address (RFC 2047, 5).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from inbox_agent.rules.decode import text_of
from inbox_agent.rules.visible import visible_line
from inbox_agent.rules.words import decoded_words
from state.model import Party

MAX_PARTIES = 200
"""Addresses read of one field (our choice)."""

_LONGEST_NAME = 300
_LONGEST_ADDRESS = 320  # 64 + @ + 255 (RFC 5321, 4.5.3.1)

# What nearly every mail has: an optional name, quoted or not, and one address in angle brackets.
_ORDINARY = re.compile(r"\s*\"?([^\"<>,;:()@\\]*)\"?\s*<([^<>@\s,;:\"()]+@[^<>@\s,;:\"()]+)>\s*")
_TOKEN = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"?|<([^>]*+)>?|[(),;:]|[^\"<(),;:]++", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ROUTE = re.compile(r"@[^:]*:")  # RFC 5322, 4.4: <@relay:user@host>
ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\[\]]{1,64}@[^\s@<>(),;:\"\\\[\]]{1,255}")
"""Something that reads as an address, inside any text."""


def parties(raw: bytes | None) -> tuple[Party, ...]:
    """The addresses of a field in order. An entry without any address is a Party with an empty one."""
    if not raw:
        return ()
    text = text_of(raw)[0]
    if ordinary := _ORDINARY.fullmatch(text):
        return (_party(ordinary[1], ordinary[2]),)
    return tuple(islice(_entries(text), MAX_PARTIES))


def domain_of(address: str) -> str:
    """The domain of an address in lower case, without a final dot; "" where there is none."""
    return address.rpartition("@")[2].lower().rstrip(".") if "@" in address else ""


def within(domain: str, parents: Collection[str]) -> bool:
    """Whether a domain is one of `parents` or lies under one of them."""
    return any(domain == parent or domain.endswith("." + parent) for parent in parents if parent)


def _entries(text: str) -> Iterator[Party]:
    entry = _Entry()
    for kind, value in _tokens(text):
        match kind:
            case "text":
                entry.words.append(value)
            case "comment":
                entry.comments.append(value)
            case "angle":
                entry.address = entry.address or value
            case "group":
                entry.words.clear()  # the name of a group (RFC 5322, 3.4)
            case _:
                if entry:
                    yield entry.party()
                entry = _Entry()
    if entry:
        yield entry.party()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of an address list as (kind, content): text, comment, angle, group, end (of an entry)."""
    depth = 0
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece in {"(", ")"}:
            depth = max(depth + (1 if piece == "(" else -1), 0)
        elif depth:
            yield "comment", piece
        elif piece in {",", ";"}:
            yield "end", ""
        elif piece == ":":
            yield "group", ""
        elif match[2] is not None:
            yield "angle", match[2]
        else:
            yield "text", _ESCAPED.sub(r"\1", match[1]) if match[1] is not None else piece


@dataclass(slots=True)
class _Entry:
    """One address of a list while it is read. False while nothing stands in it."""

    words: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.address or self.comments or any(word.strip() for word in self.words))

    def party(self) -> Party:
        text = " ".join(" ".join(self.words).split())
        comment = " ".join(self.comments)
        if self.address:
            return _party(text or comment, self.address)
        # No angle brackets: the address stands bare, and a comment may hold the name (RFC 5322, 3.4.1).
        if match := ADDRESS.search(text):
            rest = (text[: match.start()] + text[match.end() :]).strip()
            return _party(rest or comment, match[0])
        return _party(text or comment, "")


def _party(name: str, address: str) -> Party:
    # An address is never mended: with a character taken out it would be somebody else's.
    address = _ROUTE.sub("", address, count=1) if address.startswith("@") else address
    name = decoded_words(name) if "=?" in name else name
    return Party(visible_line(name)[:_LONGEST_NAME].strip(" '\""), visible_line(address)[:_LONGEST_ADDRESS])
