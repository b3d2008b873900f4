"""Copies of identity documents that people send unasked: recognised by name, never opened, never kept.

Owns the recognition and the cutting out. Asking for one is out of proportion (EDPB Guidelines 01/2022, 73-79); one that
comes all the same is masked from view, and its bytes are removed when the decision is made.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection, Iterator, Sequence

from inbox_agent.rules.attachments import Attachment, attachment_of
from inbox_agent.rules.bodies import read_bodies
from inbox_agent.rules.fold import fold, fold_in_place
from inbox_agent.rules.mime import Entity, split, with_mails_in_files
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


def identity_documents(attachments: Sequence[Attachment], text: str) -> tuple[Attachment, ...]:
    """The attachments that are copies of an identity document, by their names; where the text says that there is one
    and no name does, every picture and PDF is taken for it.
    """
    if not attachments:  # most mails: spared the folding of their text
        return ()
    named = tuple(found for found in attachments if _NAME.search(fold(found.name)))
    if named or not _POINTER.search(fold_in_place(text)):
        return named
    return tuple(found for found in attachments if _PICTURE.match(found.content_type))


def shown_names(attachments: Sequence[Attachment], text: str) -> list[str]:
    """The attachments' names as people, files and other programs may have them: harmless, on one line, personal
    identity codes masked, and of a copy of an identity document nothing but that it is one.
    """
    hidden = set(identity_documents(attachments, text))
    return [NAMELESS if found in hidden else masked(visible_line(found.name)) for found in attachments]


def copies(raw: bytes, text: str) -> tuple[Attachment, ...]:
    """Every copy of an identity document in a mail, and in the mails attached to it, as mails or as files, however deep
    and encoded. `text` is what the mail itself says; an attached one is taken at its own word.
    """
    return tuple(map(attachment_of, _copies(with_mails_in_files(split(raw)[0]), text)))


def without_documents(raw: bytes, text: str) -> bytes:
    """The mail with the bodies of its identity documents cut out. Everything else stays byte for byte; an attached mail
    that is encoded stays so under its encoding.
    """
    root = with_mails_in_files(split(raw)[0])
    found = {id(entity) for entity in _copies(root, text)}
    return _rest(root, found) if found else raw


def _copies(mail: Entity, text: str) -> Iterator[Entity]:
    """The parts of one mail that are such copies, and those of the mails attached to it."""
    leaves, attached = _parts(mail)
    described = [(entity, attachment_of(entity)) for entity in leaves]
    wanted = set(identity_documents([attachment for _, attachment in described], text))
    yield from (entity for entity, attachment in described if attachment in wanted)
    for inner in attached:
        yield from _copies(inner, read_bodies(inner).body.text)


def _parts(mail: Entity) -> tuple[list[Entity], list[Entity]]:
    """What one mail is made of: its leaves, and the mails attached to it."""
    leaves: list[Entity] = []
    attached: list[Entity] = []
    waiting = [mail]
    while waiting:
        entity = waiting.pop()
        if not entity.children:
            leaves.append(entity)
        elif entity.content_type.startswith("message/"):
            attached.append(entity.children[0])
        else:
            waiting += reversed(entity.children)
    return leaves, attached


def _rest(root: Entity, gone: Collection[int]) -> bytes:
    """The bytes that `root` was found in, without the parts that are `gone`."""
    kept, position = [], 0
    for start, end, instead in sorted(_replacements(root, gone)):
        kept += [root.source[position:start], instead]
        position = max(end, position)
    return b"".join([*kept, root.source[position:]])


def _replacements(entity: Entity, gone: Collection[int]) -> Iterator[tuple[int, int, bytes]]:
    if id(entity) in gone:
        yield entity.start, entity.end, REMOVED + b"\r\n"
        return
    for child in entity.children:
        if child.source is entity.source:
            yield from _replacements(child, gone)
        elif any(id(part) in gone for part in child.walk()):
            yield entity.start, entity.end, _encoded(_rest(child, gone), entity.encoding)


def _encoded(data: bytes, encoding: str) -> bytes:
    """As `mime` takes an attached mail's encoding off."""
    if encoding == "base64":
        return base64.encodebytes(data).replace(b"\n", b"\r\n")
    return binascii.b2a_qp(data, istext=True) + b"\r\n"
