"""The parts of a mail (RFC 2045-2046), found with plain byte searches: nothing is decoded and nothing copied.

Owns the bounds: depth, number of parts, size of a header section. Each is our choice; what lies beyond one is left
unread and named in `defects`. Python's own parser reads line by line, which costs most of the time of taking in a
mail and, in mails nested a thousand deep, its stack; it serves the tests as a referee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from inbox_agent.rules.decode import body_of, size_of
from inbox_agent.rules.headers import Headers, read_headers
from inbox_agent.rules.words import parameters

MAX_DEPTH = 30
MAX_PARTS = 500
MAX_HEADER_SECTION = 4_194_304

BOUNDS = frozenset({"too_deep", "too_many_parts", "too_many_headers", "header_too_long", "text_too_long"})
"""Defects that say: there is more in this mail than was read."""

_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_KNOWN_FIELD = re.compile(
    rb"^(?:from|to|cc|subject|date|message-id|mime-version|received|return-path|reply-to|sender|in-reply-to|references|"
    rb"list-[a-z-]+|content-[a-z-]+|x-[a-z0-9-]+)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
_BROKEN_LINE = re.compile(rb"\n(?![!-9;-~]{1,200}[ \t]*:|[ \t]|\r?\n)(?=[^\n])")
_BOUNDARY_TAIL = re.compile(rb"(--)?[ \t]*(?:\r?\n|\r|\Z)")
_GUESSED_BOUNDARY = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=content-)", re.IGNORECASE | re.MULTILINE)
_GUESS_WITHIN = 4096
_TYPE = re.compile(r"[^\s/;]+/[^\s/;]+")
_MAIL_WITHIN, _FIELDS_OF_A_MAIL = 8192, 3  # bytes of a file, and header fields in them, that show it to be a mail
_MESSAGES = frozenset({"message/rfc822", "message/global"})


@dataclass(frozen=True, slots=True)
class Entity:
    """One part: its headers, what it is said to be, and where its body lies in `source`."""

    headers: Headers
    content_type: str  # "type/subtype", lower case; the default where none or a broken one is given
    parameters: dict[str, str]
    source: bytes = field(repr=False)
    start: int
    end: int
    children: tuple[Entity, ...] = ()  # the parts of a multipart, the mail in a message/rfc822

    @property
    def encoding(self) -> str:
        return self.headers.token("content-transfer-encoding")

    @property
    def size(self) -> int:
        """The size of the decoded body in bytes, near enough for people."""
        line_ends = self.source.count(b"\n", self.start, self.end) + self.source.count(b"\r", self.start, self.end)
        return size_of(self.end - self.start, line_ends, self.encoding)

    def body(self, limit: int) -> tuple[bytes, str | None]:
        """The decoded body of at most `limit` encoded bytes, and a defect or None."""
        return body_of(self.source[self.start : min(self.end, self.start + limit)], self.encoding)

    def walk(self) -> Iterator[Entity]:
        """The part itself and all below it, in the mail's order."""
        yield self
        for child in self.children:
            yield from child.walk()


def split(raw: bytes) -> tuple[Entity, set[str]]:
    """Take a mail apart. Returns its root and what was wrong or left out; never raises, whatever the bytes."""
    if raw.find(b"\n", 0, MAX_HEADER_SECTION) == -1 and raw.find(b"\r", 0, MAX_HEADER_SECTION) != -1:
        raw = raw.replace(b"\r", b"\n")
    splitter = _Splitter()
    return splitter.entity(raw, 0, len(raw), 0, "text/plain"), splitter.defects


def with_mails_in_files(root: Entity) -> Entity:
    """The same mail, and in it the attached files that are whole mails too, sent as plain bytes: many programs attach
    them so. What is found below stands under `message/rfc822`.
    """
    return _opened(root, _Splitter(), 0)


def _opened(entity: Entity, splitter: _Splitter, depth: int) -> Entity:
    if not entity.children and _is_mail(entity) and depth < MAX_DEPTH and splitter.parts < MAX_PARTS:
        inner = splitter.attached(entity.source, entity.start, entity.end, depth, entity.headers)
        entity = replace(entity, content_type="message/rfc822", children=(inner,))
    return replace(entity, children=tuple(_opened(child, splitter, depth + 1) for child in entity.children))


def _is_mail(entity: Entity) -> bool:
    """Whether a file is a mail by what it begins with, whatever it is called; what is shown as text is none."""
    if entity.content_type.startswith(("text/", "image/", "audio/", "video/")) or not entity.headers.all(
        "content-type"
    ):
        return False
    head, _ = entity.body(_MAIL_WITHIN)
    begins = _opens_with_field(head, 0, len(head))
    return begins and len(_KNOWN_FIELD.findall(head)) >= _FIELDS_OF_A_MAIL


class _Splitter:
    """Counts the parts of one mail and gathers its defects."""

    def __init__(self) -> None:
        self.defects: set[str] = set()
        self.parts = 0

    def entity(self, source: bytes, start: int, end: int, depth: int, default: str) -> Entity:
        self.parts += 1
        headers, body = self.headers(source, start, end)
        kind, given = parameters(headers.first("content-type") or b"")
        if not _TYPE.fullmatch(kind):
            kind = "text/plain" if kind else default
        children: tuple[Entity, ...] = ()
        if kind.startswith("multipart/") or kind in _MESSAGES:
            if depth >= MAX_DEPTH:
                self.defects.add("too_deep")
                kind = "application/octet-stream"
            elif kind in _MESSAGES:
                children = (self.attached(source, body, end, depth, headers),)
            else:
                spans = self.spans(source, body, end, given.get("boundary", ""))
                default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
                children = self.parts_of(source, spans, depth, default)
                kind = kind if children else "text/plain"
        return Entity(headers, kind, given, source, body, end, children)

    def headers(self, source: bytes, start: int, end: int) -> tuple[Headers, int]:
        """Read a header section; returns it and where the body begins."""
        if source.startswith((b"\n", b"\r\n"), start, end):
            return Headers((), {}), source.index(b"\n", start) + 1
        head, body = _section_end(source, start, end)
        if not _opens_with_field(source, start, head):
            return Headers((), {}), start  # no header section at all: everything is body
        if head - start > MAX_HEADER_SECTION:
            self.defects.add("too_many_headers")
            head = start + MAX_HEADER_SECTION
        headers, defects = read_headers(source[start:head])
        self.defects |= defects
        if "broken_headers" in defects:
            body = _body_without_separator(source, start, head) or body
        return headers, body

    def attached(self, source: bytes, start: int, end: int, depth: int, headers: Headers) -> Entity:
        encoding = headers.token("content-transfer-encoding")
        if encoding in {"base64", "quoted-printable"}:  # forbidden (RFC 2046, 5.2.1), and done
            source = body_of(source[start:end], encoding)[0]
            start, end = 0, len(source)
        return self.entity(source, start, end, depth + 1, "text/plain")

    def spans(self, source: bytes, start: int, end: int, boundary: str) -> list[tuple[int, int]]:
        spans = _spans(source, start, end, boundary.encode("utf-8", "replace")) if boundary else []
        if not spans and (guess := _GUESSED_BOUNDARY.search(source, start, min(end, start + _GUESS_WITHIN))):
            spans = _spans(source, start, end, guess[1])
        if not spans:
            self.defects.add("multipart_without_parts")
        return spans

    def parts_of(self, source: bytes, spans: list[tuple[int, int]], depth: int, default: str) -> tuple[Entity, ...]:
        children: list[Entity] = []
        for first, last in spans:
            if self.parts >= MAX_PARTS:
                self.defects.add("too_many_parts")
                break
            children.append(self.entity(source, first, last, depth + 1, default))
        return tuple(children)


def _section_end(source: bytes, start: int, end: int) -> tuple[int, int]:
    """Where a header section ends and where the body begins: around the first empty line."""
    head, body = end, end
    for gap in (b"\n\r\n", b"\n\n"):
        if (at := source.find(gap, start, min(body, end))) != -1:
            head, body = at, at + len(gap)
    return head, body


def _opens_with_field(source: bytes, start: int, stop: int) -> bool:
    """Whether a section begins with a field; an mbox line or one broken line may stand before it."""
    position = start
    for _ in range(2):
        if _FIELD.match(source, position, stop):
            return True
        newline = source.find(b"\n", position, stop)
        if newline == -1:
            return False
        position = newline + 1
    return bool(_FIELD.match(source, position, stop))


def _body_without_separator(source: bytes, start: int, stop: int) -> int | None:
    """Where a body begins that no empty line separates: at the first broken line below the last known field."""
    known = [match.end() for match in _KNOWN_FIELD.finditer(source, start, stop)]
    below = _BROKEN_LINE.search(source, known[-1], stop) if known else None
    return below.start() + 1 if below else None


def _spans(source: bytes, start: int, end: int, boundary: bytes) -> list[tuple[int, int]]:
    """Where the parts between the delimiter lines lie (RFC 2046, 5.1.1); an unclosed last part ends with the whole."""
    marker = b"--" + boundary
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    position = start
    while (at := source.find(marker, position, end)) != -1:
        position = at + len(marker)
        at_line_start = at == start or source[at - 1 : at] in {b"\n", b"\r"}
        tail = _BOUNDARY_TAIL.match(source, position, end) if at_line_start else None
        if tail is None:
            continue
        if opened is not None:
            spans.append((opened, max(opened, _before_line_end(source, at))))
        if len(spans) > MAX_PARTS:
            return spans
        opened = None if tail[1] else tail.end()
        position = tail.end()
        if tail[1]:
            return spans
    if opened is not None:
        spans.append((opened, end))
    return spans


def _before_line_end(source: bytes, at: int) -> int:
    """The line end before a delimiter belongs to the delimiter."""
    at -= 1
    return at - 1 if source[at - 1 : at + 1] == b"\r\n" else at
