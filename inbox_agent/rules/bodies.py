"""Which text of a mail a person sees: plain or HTML, hidden or shown, in the mail or attached to it.

Owns the choice between alternatives and the bound on a mail's text. What clients show is the HTML; where both
alternatives say the same, the plain one is read, because it keeps the writer's own lines. Refuses to tell new words
from quoted ones (`rules.quotes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from inbox_agent.rules.decode import text_of
from inbox_agent.rules.html_text import render
from inbox_agent.rules.mime import Entity
from inbox_agent.rules.text_forms import unenriched, unflowed
from inbox_agent.rules.visible import visible
from inbox_agent.rules.words import parameters

MAX_TEXT = 400_000
"""Characters read of one mail's text (our choice: ten times the longest thread people write)."""

_TAIL = 40_000  # of them, of a longer text's end: what somebody wants may stand below what they tell
_MAX_SOURCE = 2_000_000  # bytes of one HTML part before decoding, which is mostly markup
_MAX_PLAIN = 10_000_000  # bytes of one plain part before decoding
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<div|<p[ >]|<table|<span|<br)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")  # "en" and "ei" turn a sentence round
_NOT_WORDS = re.compile(r"<?https?://[^\s>]{1,2000}>?|\[(?:cid|image|logo|kuva|bild)[^\]]{0,200}\]", re.IGNORECASE)
_MARKED_UP = frozenset({"text/html", "application/xhtml+xml", "text/x-amp-html"})
_ENRICHED = frozenset({"text/enriched", "text/richtext"})
# Kinds of text that are data for programs; any other that is not known is plain text (RFC 2046, 4.1.4).
_DATA = re.compile(
    r"text/(?:calendar|(?:x-)?vcard|directory|rtf|css|csv|xml|json|javascript|rfc822-headers|vnd\..*|.*(?:-script|\+xml|\+json))"
)
# To its end, or, where that is lacking, as far as its lines look encoded (RFC 4880, 6.2): what stands below is typed.
# No possessive repetition: Python 3.11.2 forgets what such a group has matched.
_ENCRYPTED = re.compile(
    r"^-----BEGIN PGP MESSAGE-----\n(?:(?:(?!-----).*\n)*-----END PGP MESSAGE-----$|"
    r"(?:[A-Za-z]+: .*\n)*\n?(?:[A-Za-z0-9+/=]+(?:\n|\Z))*)",
    re.MULTILINE,
)
ENCRYPTED = "application/pgp-encrypted"
"""What an encrypted message is that stands in a text (RFC 4880, 6.2): nobody can read it there."""

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
    unseen: str = ""  # the plain part that contradicts what is shown, and hidden words that nothing shown holds


def is_text(content_type: str) -> bool:
    """Whether a part of this type is text to read, unless it is attached."""
    if content_type in _MARKED_UP or content_type in _ENRICHED:
        return True
    return content_type.startswith("text/") and not _DATA.fullmatch(content_type)


def read_bodies(root: Entity) -> Reading:
    """Read a mail. The text is sanitised (`visible`) and bounded."""
    reading = Reading(Body(""))
    body = _joined(_bodies(root, reading))
    if not body.text.strip() and (named := _only_named_text(reading)):
        reading.files.remove(named)
        body = _leaf(named, reading)
    if body.hidden and _new_words(body.hidden, body.text):
        reading.flags.add("hidden_text")
        reading.unseen = f"{reading.unseen}\n{visible(body.hidden).strip()}".strip()
    reading.body = _bounded(body, reading)
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
    if kind == "multipart/alternative":
        return [_alternative(entity, reading)]
    if entity.children:
        return [body for child in entity.children for body in _bodies(child, reading)]
    if not is_text(kind) or is_attached(entity):
        if not kind.startswith("multipart/"):
            reading.files.append(entity)
        return []
    return _text(entity, reading)


def _text(entity: Entity, reading: Reading) -> list[Body]:
    """A text part as it is seen, without what is encrypted in it."""
    body = _leaf(entity, reading)
    if "-----BEGIN PGP" in body.text and (found := _ENCRYPTED.search(body.text)):
        reading.files.append(replace(entity, content_type=ENCRYPTED))
        return [Body(f"{body.text[: found.start()]}{body.text[found.end() :]}".strip("\n"), body.hidden)]
    return [body]


def _alternative(entity: Entity, reading: Reading) -> Body:
    """Choose between the children of a multipart/alternative; attachments among them count (RFC 2046, 5.1.4)."""
    plain: list[Body] = []
    rich: list[Body] = []
    for child in entity.children:
        if child.content_type in _OTHER_SCREENS and len(entity.children) > 1:
            continue
        is_plain = child.content_type.startswith("text/") and child.content_type not in _MARKED_UP
        # What is offered as one form of the mail is it, also where a client gave it a name.
        named = is_text(child.content_type) and child.headers.token("content-disposition") != "attachment"
        (plain if is_plain else rich).extend((_text if named else _bodies)(child, reading))
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
        reading.unseen = text.text
    return html


def _leaf(entity: Entity, reading: Reading) -> Body:
    kind = entity.content_type
    html = kind in _MARKED_UP
    most = _MAX_SOURCE if html else _MAX_PLAIN
    data, broken = entity.body(most)
    if entity.end - entity.start > most:
        reading.defects.add("text_too_long")
    charset = entity.parameters.get("charset", "")
    if html and not charset and (meta := _META_CHARSET.search(data, 0, 2000)):
        charset = meta[1].decode("ascii")
    text, wrong = text_of(data, charset)
    reading.defects.update(defect for defect in (broken, wrong) if defect)
    if "\0" in text:
        reading.defects.add("nul")
    if html or (_LOOKS_LIKE_HTML.match(text) and "</" in text):
        return _seen(text, reading)
    text = visible(_ends(text, reading)).strip("\n")
    if kind in _ENRICHED:
        text = unenriched(text)
    elif entity.parameters.get("format", "").strip().lower() == "flowed":
        text = unflowed(text, delete_space=entity.parameters.get("delsp", "").strip().lower() == "yes")
    return Body(text)


def _seen(source: str, reading: Reading) -> Body:
    """An HTML source as it is seen."""
    if len(source) > _MAX_SOURCE:
        reading.defects.add("text_too_long")
    rendered = render(source[:_MAX_SOURCE])
    return Body(visible(rendered.text), visible(rendered.hidden), rendered.attributions, rendered.rest)


def _ends(text: str, reading: Reading) -> str:
    """The beginning and the end of a text that is too long to be read whole."""
    if len(text) <= MAX_TEXT:
        return text
    reading.defects.add("text_too_long")
    gap = "\n\n"
    return f"{text[: MAX_TEXT - _TAIL - len(gap)]}{gap}{text[-_TAIL:]}"


def _bounded(body: Body, reading: Reading) -> Body:
    """A mail's whole text within the bound; what the HTML marked holds for the beginning."""
    if len(body.text) <= MAX_TEXT:
        return body
    text = _ends(body.text, reading)
    below = text.count("\n", 0, MAX_TEXT - _TAIL)
    marked = frozenset(line for line in body.attributions if line < below)
    return Body(text, body.hidden, marked, body.rest if body.rest is None else min(body.rest, below))


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
    texts = [entity for entity in reading.files if is_text(entity.content_type)]
    if len(texts) != 1:
        return None
    is_file = texts[0].headers.token("content-disposition") == "attachment"
    return texts[0] if len(reading.files) == 1 or not is_file else None


def _new_words(text: str, other: str) -> set[str]:
    """The words of `text` that `other` lacks; addresses and image marks are no words."""
    return _words(text) - _words(other)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_NOT_WORDS.sub(" ", text.lower())))
