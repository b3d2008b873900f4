"""The process that opens one attached document: bytes on stdin, `{"state", "text"}` as JSON on stdout.

Run as a file, never imported: it knows nothing of the house. It first lays its own bounds on itself. Of a docx (a zip,
ECMA-376) only the document's own XML is unpacked, within DOCX_XML bytes, and no entity is ever resolved; that is
little enough to need no library. A PDF is read by pypdf, its first PAGES pages.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

MEMORY = 512 * 2**20  # bytes of address space
SECONDS = 4  # of computing
PAGES = 30
DOCX_XML = 20_000_000  # bytes unpacked
_DOCUMENT = "word/document.xml"
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
        for piece in _pdf(data) if form == "pdf" else _docx(data):
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


def _docx(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(_DOCUMENT)
        if entry.flag_bits & _LOCKED:
            raise Refused("locked")
        if entry.file_size > DOCX_XML:
            raise Refused("too_large")
        with archive.open(entry) as file:
            xml = file.read(DOCX_XML + 1)  # what the entry says of its size is the sender's word
    if len(xml) > DOCX_XML:
        raise Refused("too_large")
    yield from _paragraphs(xml)


def _paragraphs(xml: bytes) -> list[str]:
    """The text of the runs; a paragraph, a break and a table's cell end a line or part words (ECMA-376, 17.3)."""
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[str] = []
    depth = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += _is_text(name)

    def end(name: str) -> None:
        nonlocal depth
        depth -= _is_text(name)
        found.append({"p": "\n", "br": "\n", "cr": "\n", "tab": "\t"}.get(name.rpartition(" ")[2], ""))

    def words(text: str) -> None:
        if depth:
            found.append(text)

    def refuse(*_declared: object) -> None:
        raise Refused("broken")  # no word processor writes a document type: only bombs do

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(xml, True)
    return found


def _is_text(name: str) -> bool:
    """Whether an element is a run's text; the transitional and the strict format name it in two namespaces."""
    return name.endswith("/main t") and "wordprocessingml" in name


if __name__ == "__main__":
    main()
