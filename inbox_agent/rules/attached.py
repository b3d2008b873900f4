"""What the attachments say of a mail whose own words only point to them: read to propose, never to decide.

Owns which files are read, what each is by its first bytes (never by its name), and how their words become a proposal.
Refuses to open anything: bytes become text in a reader that it is given (`adapters.attached`), archives stay closed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from inbox_agent.rules.attachments import Attachment, attachment_of, documents
from inbox_agent.rules.bodies import filename_of, read_bodies
from inbox_agent.rules.classify import Classification
from inbox_agent.rules.decode import text_of
from inbox_agent.rules.documents import NAMELESS
from inbox_agent.rules.evidence import Evidence
from inbox_agent.rules.forwards import attached_mails
from inbox_agent.rules.html_text import render
from inbox_agent.rules.language import language_of
from inbox_agent.rules.mime import Entity, split
from inbox_agent.rules.own_phrases import Classifies
from inbox_agent.rules.parse import InboundMessage
from inbox_agent.rules.visible import visible
from state.model import RequestKind, Verdict

LARGEST_FILE = 10_000_000
"""Bytes of one file that is opened; letters people scan or write are far smaller (our choice)."""

MOST_TEXT = 20_000
"""Characters kept of one file: more than the recogniser reads of any text."""

_MOST_READ, _MOST_NAMED = 3, 10  # files of one mail
_LONGEST_PAGE = 2_000_000  # characters of HTML, which is mostly markup
_ENCODED = LARGEST_FILE * 3 // 2  # base64 with its line ends
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")  # the stream of a docx with a password (MS-OFFCRYPTO, 2.3.4.4)
# A package begins with its type, as it is, without an extra field (OpenDocument 1.3, part 2, 3.3).
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")


class Format(StrEnum):
    """What a reader can open."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"


class FileState(StrEnum):
    """How far a file was read."""

    READ = "read"
    PICTURE = "picture"
    NO_TEXT = "no_text"  # a scan: pictures of pages
    LOCKED = "locked"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    OTHER_FORMAT = "other_format"
    IDENTITY_DOCUMENT = "identity_document"  # never opened (`rules.documents`)
    NO_READER = "no_reader"  # no process to be had, or none that could be bounded
    NOT_TRIED = "not_tried"  # more files than are read of one mail


@dataclass(frozen=True, slots=True)
class AttachedText:
    """One file: its name, safe to show; its text, sanitised and not masked, empty unless it was read."""

    name: str
    state: FileState
    text: str = ""


ReadsFile = Callable[[bytes, Format], tuple[FileState, str]]
"""Turns the bytes of a file into its text, within bounds of its own; never raises for what the file holds. Raises
ReadingEnded where the program ends meanwhile.
"""


class ReadingEnded(Exception):
    """The program ends, and of this file nothing is known: its mail is read after the next start."""


def read_attached(raw: bytes, reads: ReadsFile, closed: Collection[Attachment]) -> tuple[AttachedText, ...]:
    """Read the documents of a mail whose matter is attached, but for those that stay `closed`: the first ten."""
    reading = read_bodies(split(raw)[0])
    files = documents((*reading.files, *(file for mail in attached_mails(reading) for file in mail.files)))
    read: list[AttachedText] = []
    for number, entity in enumerate(files[:_MOST_NAMED]):
        attachment = attachment_of(entity)
        if attachment in closed:
            read.append(AttachedText(NAMELESS, FileState.IDENTITY_DOCUMENT))
        elif number >= _MOST_READ:
            read.append(AttachedText(attachment.name, FileState.NOT_TRIED))
        else:
            read.append(_read(attachment.name, entity, reads))
    return tuple(read)


def proposal(
    message: InboundMessage, own: Classification, files: Sequence[AttachedText], recogniser: Classifies
) -> Classification:
    """What the mail may ask for by its attachments: unsure at most, with the file named beside each phrase.

    What the mail's own words decided stands; a file that holds no request takes nothing back either. Of a file that was
    not read nobody knows: unsure, without a right.
    """
    if own.verdict is Verdict.REQUEST:
        return own
    found = [(file.name, recogniser.classify(as_mail(message, file.text))) for file in files if file.text]
    asking = [(name, one) for name, one in found if one.verdict is not Verdict.NOT_REQUEST]
    said = {kind for _, one in asking for kind in one.kinds}
    kinds = tuple(str(kind) for kind in RequestKind if str(kind) in said)
    if not kinds:
        unread = any(file.state is not FileState.READ for file in files)
        return replace(own, verdict=Verdict.UNSURE) if unread else own
    phrases = tuple(Evidence(one.type, one.phrase, name) for name, seen in asking for one in seen.evidence)
    return Classification(Verdict.UNSURE, kinds, (*own.evidence, *phrases), own.against)


def as_mail(message: InboundMessage, text: str) -> InboundMessage:
    """These words as if the sender had written them as the mail, without what the mail's own way and subject say."""
    return replace(
        message,
        subject="",
        text=text,
        new_text=text,
        quoted="",
        language=language_of(text, ""),
        forwarded=None,
        in_reply_to=None,
        attachments=(),
        one_click_unsubscribe=False,
    )


def _read(name: str, entity: Entity, reads: ReadsFile) -> AttachedText:
    if entity.end - entity.start > _ENCODED:
        return AttachedText(name, FileState.TOO_LARGE)
    state, text = _opened(entity, entity.body(_ENCODED)[0], reads)
    text = visible(text[:MOST_TEXT]).strip()
    return AttachedText(name, FileState.NO_TEXT if state is FileState.READ and not text else state, text)


def _opened(entity: Entity, data: bytes, reads: ReadsFile) -> tuple[FileState, str]:
    if not data:
        return FileState.BROKEN, ""
    if b"%PDF-" in data[:1024]:  # readers accept it within the first kilobyte (ISO 32000-1, annex H, note 13)
        return reads(data, Format.PDF)
    if data.startswith(b"PK\x03\x04") and _is_docx(entity):
        return reads(data, Format.DOCX)
    if data[30:].startswith(_OPEN_DOCUMENT):
        return reads(data, Format.ODT)
    if data.startswith(b"{\\rtf"):
        return reads(data, Format.RTF)
    if data.startswith(b"\xd0\xcf\x11\xe0") and _LOCKED_OFFICE in data:
        return FileState.LOCKED, ""
    if data.startswith(_PICTURES) or b"ftyp" in data[4:8] or entity.content_type.startswith("image/"):
        return FileState.PICTURE, ""
    if entity.content_type == "text/plain":
        return FileState.READ, text_of(data, entity.parameters.get("charset", ""))[0]
    if entity.content_type == "text/html" or filename_of(entity).lower().endswith((".html", ".htm")):
        return FileState.READ, render(text_of(data, entity.parameters.get("charset", ""))[0][:_LONGEST_PAGE]).text
    told = "pdf" in entity.content_type or _is_docx(entity) or filename_of(entity).lower().endswith(".pdf")
    return (FileState.BROKEN if told else FileState.OTHER_FORMAT), ""


def _is_docx(entity: Entity) -> bool:
    return entity.content_type.endswith("wordprocessingml.document") or filename_of(entity).lower().endswith(".docx")
