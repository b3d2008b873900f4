"""The process that opens one attached document: bytes on stdin, `{"state", "text"}` as JSON on stdout.

Run as a file, never imported: it knows nothing of the house. It first lays its own bounds on itself. Of a docx or odt
(zips: ECMA-376, OpenDocument) only the document's own XML is unpacked, within UNPACKED bytes, and no entity is ever
resolved; that is little enough to need no library. A PDF is read by pypdf, its first PAGES pages; RTF by striprtf.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

MEMORY = 512 * 2**20  # bytes of address space
SECONDS = 4  # of computing
PAGES = 30
UNPACKED = 20_000_000  # bytes of XML
_DOCX_DOCUMENT, _ODT_DOCUMENT, _ODT_MANIFEST = "word/document.xml", "content.xml", "META-INF/manifest.xml"
_MANIFEST = 1_000_000  # bytes read of it
_ODF_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_HIDDEN = frozenset({"tracked-changes", "annotation"})  # of an odt: what was deleted, and notes in the margin
_LOCKED = 0x1  # general purpose bit 0 of a zip entry: encrypted (APPNOTE, 4.4.4)


class Refused(Exception):
    """The state that is told instead of a text."""


def main() -> None:
    form, most = sys.argv[1], int(sys.argv[2])
    data = sys.stdin.buffer.read()
    state, text = _read(data, form, most) if _bounded() else ("no_reader", "")
    sys.stdout.write(json.dumps({"state": state, "text": text}))


def _bounded() -> bool:
    """Lay the bounds; False where the system forbids it, and then nothing is opened."""
    bounds = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0))
    try:
        for kind, most in (*bounds, (resource.RLIMIT_CORE, 0)):
            hard = resource.getrlimit(kind)[1]  # which nobody but root may raise
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (bound, bound))
    except (ValueError, OSError):
        return False
    return True


def _read(data: bytes, form: str, most: int) -> tuple[str, str]:
    pieces: list[str] = []
    length = 0
    try:
        for piece in _READERS[form](data):
            pieces.append(piece)
            length += len(piece)
            if length > most:
                break
    except Refused as why:
        return str(why), ""
    except (MemoryError, RecursionError):
        return "too_large", ""
    except Exception:  # noqa: BLE001  # whatever a broken file makes a library raise
        return ("read", "".join(pieces)[:most]) if "".join(pieces).strip() else ("broken", "")
    return "read", "".join(pieces)[:most]


def _pdf(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415  # slow to load; a docx does without
    from pypdf.errors import LimitReachedError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("locked")
    try:
        for number, page in enumerate(reader.pages):
            if number == PAGES:
                return
            text = page.extract_text()
            if not text.strip() and (contents := page.get_contents()):
                contents.get_data()  # what pypdf refuses to unpack it calls empty: ask again, and hear why
            yield text + "\n"
    except LimitReachedError:
        raise Refused("too_large") from None


def _rtf(data: bytes) -> Iterator[str]:
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415  # for this format alone

    text = data.decode("cp1252", "replace")
    yield str(rtf_to_text(text, errors="replace"))  # type: ignore[no-untyped-call]  # it ships no type information


def _docx(data: bytes) -> Iterator[str]:
    """The text of the runs; a paragraph, a break and a table's cell end a line or part words (ECMA-376, 17.3)."""
    yield from _texts(_unpacked(data, _DOCX_DOCUMENT), _is_run, {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t"})


def _odt(data: bytes) -> Iterator[str]:
    """The text of paragraphs and headings (OpenDocument 1.3, 5.1 and 6.1), without deleted words and notes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if b"encryption-data" in archive.open(_ODT_MANIFEST).read(_MANIFEST):  # OpenDocument 1.3, part 2, 4.4
            raise Refused("locked")
    marks = {"p": "\n", "h": "\n", "line-break": "\n", "tab": "\t", "s": " "}
    yield from _texts(_unpacked(data, _ODT_DOCUMENT), _is_paragraph, marks)


def _unpacked(data: bytes, document: str) -> bytes:
    """One entry of a zip, within bounds: what it says of its size is the sender's word."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(document)
        if entry.flag_bits & _LOCKED:
            raise Refused("locked")
        if entry.file_size > UNPACKED:
            raise Refused("too_large")
        with archive.open(entry) as file:
            xml = file.read(UNPACKED + 1)
    if len(xml) > UNPACKED:
        raise Refused("too_large")
    return xml


def _texts(xml: bytes, holds_text: Callable[[str], bool], marks: Mapping[str, str]) -> list[str]:
    """The words inside the elements that hold text, and for the end of an element its mark."""
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[str] = []
    depth = hidden = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, hidden
        depth += holds_text(name)
        hidden += name.rpartition(" ")[2] in _HIDDEN

    def end(name: str) -> None:
        nonlocal depth, hidden
        depth -= holds_text(name)
        hidden -= name.rpartition(" ")[2] in _HIDDEN
        found.append("" if hidden else marks.get(name.rpartition(" ")[2], ""))

    def words(text: str) -> None:
        if depth and not hidden:
            found.append(text)

    def refuse(*_declared: object) -> None:
        raise Refused("broken")  # no word processor writes a document type: only bombs do

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(xml, True)
    return found


def _is_run(name: str) -> bool:
    """Whether an element is a run's text; the transitional and the strict format name it in two namespaces."""
    return name.endswith("/main t") and "wordprocessingml" in name


def _is_paragraph(name: str) -> bool:
    return name in {f"{_ODF_TEXT} p", f"{_ODF_TEXT} h"}


_READERS = {"pdf": _pdf, "docx": _docx, "odt": _odt, "rtf": _rtf}


if __name__ == "__main__":
    main()
