"""Copies of identity documents that people send unasked: recognised by name, never opened, never kept.

Owns the recognition and the cutting out. Asking for one is out of proportion (EDPB Guidelines 01/2022, 73-79); one that
comes all the same is masked from view, and its bytes are removed when the decision is made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from inbox_agent.rules.attachments import Attachment, attachment_of
from inbox_agent.rules.fold import fold, fold_in_place
from inbox_agent.rules.mime import split
from inbox_agent.rules.visible import masked, visible_line

IDENTITY_DOCUMENT = "identity_document"
"""The flag of a mail that carries one."""

NAMELESS = f"[{IDENTITY_DOCUMENT}]"
"""What stands for the name of such a copy, which mostly holds its bearer's own."""

REMOVED = b"[identity document removed]"

_NAME = re.compile(
    r"passi(?!iv)|passport|henkilo(kortti|todistus|llisyystodistus)|henkkari|hlokortti|ajokort|kela-?kort"
    r"|id[-_ ]?(card|kort|copy|kopio)|identity[-_ ]?(card|document)|drivers?[-_ ]?licen[cs]e|korkort|id-?handling"
    r"|legitimation|(?<![a-z])pass(?![a-z])"
)
_POINTER = re.compile(
    r"(liit|ohe|bifog|attach|enclos)[^.]{0,80}(passi|henkilokort|henkilollisyystodist|ajokort|passport|identity card"
    r"|id card|driving licen|korkort|legitimation|mitt pass)"
)
_PICTURE = re.compile(r"image/|application/pdf")


def identity_documents(attachments: Sequence[Attachment], text: str = "") -> tuple[Attachment, ...]:
    """The attachments that are copies of an identity document, by their names; where the text says that there is one
    and no name does, every picture and PDF is taken for it.
    """
    if not attachments:  # most mails: spared the folding of their text
        return ()
    named = tuple(found for found in attachments if _NAME.search(fold(found.name)))
    if named or not _POINTER.search(fold_in_place(text)):
        return named
    return tuple(found for found in attachments if _PICTURE.match(found.content_type))


def shown_names(attachments: Sequence[Attachment], text: str = "") -> list[str]:
    """The attachments' names as people, files and other programs may have them: harmless, on one line, personal
    identity codes masked, and of a copy of an identity document nothing but that it is one.
    """
    hidden = set(identity_documents(attachments, text))
    return [NAMELESS if found in hidden else masked(visible_line(found.name)) for found in attachments]


def without_documents(raw: bytes, text: str = "") -> bytes:
    """The mail with the bodies of its identity documents cut out; everything else stays byte for byte."""
    root, _ = split(raw)
    leaves = [entity for entity in root.walk() if not entity.children and entity.source is root.source]
    described = [(entity, attachment_of(entity)) for entity in leaves]
    wanted = set(identity_documents([attachment for _, attachment in described], text))
    spans = sorted((entity.start, entity.end) for entity, attachment in described if attachment in wanted)
    if not spans:
        return raw
    source, kept, position = root.source, [], 0
    for start, end in spans:
        kept += [source[position:start], REMOVED + b"\r\n"]
        position = max(end, position)
    return b"".join([*kept, source[position:]])
