"""Which text of a mail a person sees: plain or HTML, hidden or shown, in the mail or attached to it.

Owns the choice between alternatives and the bound on a mail's text. What clients show is the HTML; where both
alternatives say the same, the plain one is read, because it keeps the writer's own lines. Refuses to tell new words
from quoted ones (`rules.quotes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from inbox_agent.rules.decode import text_of
from inbox_agent.rules.html_text import render
from inbox_agent.rules.mime import Entity
from inbox_agent.rules.visible import visible
from inbox_agent.rules.words import parameters

MAX_TEXT = 400_000
"""Characters read of one mail's text (our choice: ten times the longest thread people write)."""

_MAX_SOURCE = 2_000_000  # bytes of one text part before decoding: HTML is mostly markup
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<div|<p[ >]|<table|<span|<br)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")  # "en" and "ei" turn a sentence round
_NOT_WORDS = re.compile(r"<?https?://[^\s>]{1,2000}>?|\[(?:cid|image|logo|kuva|bild)[^\]]{0,200}\]", re.IGNORECASE)
_TEXTS = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext", "application/xhtml+xml"})
_OTHER_SCREENS = frozenset({"text/x-amp-html", "text/watch-html"})  # alternatives that no ordinary client shows
_ENOUGH_APART = 2  # words of the plain part that its HTML lacks, and
_SHARE_APART = 0.25  # their share of its words, from which on the two contradict one another


@dataclass(frozen=True, slots=True)
class Body:
    """A text as seen. Line numbers count from 0; see `html_text.Rendered`."""

    text: str
    hidden: str = ""
    attributions: frozenset[int] = frozenset()
    rest: int | None = None


@dataclass(slots=True)
class Reading:
    """Everything read of one mail: its text, what is attached, what was wrong, what is odd.

    `mails` are message/rfc822 parts; the attached mail itself is their only child.
    """

    body: Body
    files: list[Entity] = field(default_factory=list)
    mails: list[Entity] = field(default_factory=list)
    defects: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)


def read_bodies(root: Entity) -> Reading:
    """Read a mail. The text is sanitised (`visible`) and bounded."""
    reading = Reading(Body(""))
    body = _joined(_bodies(root, reading))
    if not body.text.strip() and (named := _only_named_text(reading)):
        reading.files.remove(named)
        body = _leaf(named, reading)
    if body.hidden and _new_words(body.hidden, body.text):
        reading.flags.add("hidden_text")
    if len(body.text) > MAX_TEXT:
        reading.defects.add("text_too_long")
        body = Body(body.text[:MAX_TEXT], body.hidden, body.attributions, body.rest)
    reading.body = body
    return reading


def filename_of(entity: Entity) -> str:
    """The name a part carries, as sent; "" where it has none (RFC 2183, 2.3; RFC 2045's `name` before it)."""
    disposition = entity.headers.first("content-disposition")
    given = parameters(disposition)[1].get("filename", "") if disposition else ""
    return given or entity.parameters.get("name", "")


def is_attached(entity: Entity) -> bool:
    """Whether a part is meant as a file, not as text to read."""
    return entity.headers.token("content-disposition") == "attachment" or bool(filename_of(entity))


def _bodies(entity: Entity, reading: Reading) -> list[Body]:
    kind = entity.content_type
    if kind.startswith("message/") and entity.children:
        reading.mails.append(entity)
        return []
    if kind in _OTHER_SCREENS:
        return []
    if kind == "multipart/alternative":
        return [_alternative(entity, reading)]
    if entity.children:
        return [body for child in entity.children for body in _bodies(child, reading)]
    if kind not in _TEXTS or is_attached(entity):
        if not kind.startswith("multipart/"):
            reading.files.append(entity)
        return []
    return [_leaf(entity, reading)]


def _alternative(entity: Entity, reading: Reading) -> Body:
    """Choose between the children of a multipart/alternative; attachments among them count (RFC 2046, 5.1.4)."""
    plain: list[Body] = []
    rich: list[Body] = []
    for child in entity.children:
        is_plain = child.content_type.startswith("text/") and "html" not in child.content_type
        (plain if is_plain else rich).extend(_bodies(child, reading))
    text, html = _joined(plain), _joined(rich)
    if not html.text.strip():
        return Body(text.text, html.hidden, text.attributions, text.rest)
    if not text.text.strip():
        return html
    if text.text.split() == html.text.split():
        return Body(text.text, html.hidden)
    missing = _new_words(text.text, html.text)
    if not missing and not _new_words(html.text, text.text):
        return Body(text.text, html.hidden)
    if len(missing) >= _ENOUGH_APART and len(missing) >= _SHARE_APART * len(_words(text.text)):
        reading.flags.add("parts_contradict")
    return html


def _leaf(entity: Entity, reading: Reading) -> Body:
    data, broken = entity.body(_MAX_SOURCE)
    if entity.end - entity.start > _MAX_SOURCE:
        reading.defects.add("text_too_long")
    html = "html" in entity.content_type
    charset = entity.parameters.get("charset", "")
    if html and not charset and (meta := _META_CHARSET.search(data, 0, 2000)):
        charset = meta[1].decode("ascii")
    text, wrong = text_of(data, charset)
    reading.defects.update(defect for defect in (broken, wrong) if defect)
    if "\0" in text:
        reading.defects.add("nul")
    if html or (_LOOKS_LIKE_HTML.match(text) and "</" in text):
        rendered = render(text)
        return Body(visible(rendered.text), visible(rendered.hidden), rendered.attributions, rendered.rest)
    return Body(visible(text).strip("\n"))


def _joined(bodies: Iterable[Body]) -> Body:
    """Several texts below one another, as clients show them."""
    texts = [body for body in bodies if body.text.strip() or body.hidden]
    if len(texts) == 1:
        return texts[0]
    lines: list[str] = []
    attributions: set[int] = set()
    rest: int | None = None
    for body in texts:
        attributions.update(len(lines) + line for line in body.attributions)
        if rest is None and body.rest is not None:
            rest = len(lines) + body.rest
        lines += (*body.text.rstrip().split("\n"), "")
    return Body(
        "\n".join(lines).rstrip(), " ".join(body.hidden for body in texts).strip(), frozenset(attributions), rest
    )


def _only_named_text(reading: Reading) -> Entity | None:
    """The one text among the files, where there is no other: some clients give the mail's own text a file name."""
    texts = [entity for entity in reading.files if entity.content_type in _TEXTS]
    if len(texts) != 1:
        return None
    is_file = texts[0].headers.token("content-disposition") == "attachment"
    return texts[0] if len(reading.files) == 1 or not is_file else None


def _new_words(text: str, other: str) -> set[str]:
    """The words of `text` that `other` lacks; addresses and image marks are no words."""
    return _words(text) - _words(other)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_NOT_WORDS.sub(" ", text.lower())))
