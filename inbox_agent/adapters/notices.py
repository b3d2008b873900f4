"""Reads the file of a privacy notice, whatever it is saved as, into text. Knows bytes; `rules.notice` knows words."""

from __future__ import annotations

import io
import logging
import re
from pathlib import Path

from inbox_agent.adapters import given_file
from inbox_agent.errors import NoticeUnreadable
from inbox_agent.rules.decode import text_of

LARGEST = 20_000_000
"""Bytes: a page with its pictures inlined; what is larger is no notice (our choice)."""

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,40})", re.IGNORECASE)
_CHARSET_AT = 2_000
_OTHER_FORMATS = {b"PK\x03\x04": "docx", b"\xd0\xcf\x11\xe0": "doc", b"{\\rtf": "rtf"}


def read(path: Path) -> str:
    """The file's text. Raises NoticeUnreadable, which says why."""
    data = _bytes(path)
    if data.startswith(b"%PDF-"):
        return _pdf(path, data)
    for mark, name in _OTHER_FORMATS.items():
        if data.startswith(mark):
            raise NoticeUnreadable(path, "other_format", name)
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not marked and b"\x00" in data:
        raise NoticeUnreadable(path, "binary")
    declared = _CHARSET.search(data[:_CHARSET_AT])
    text = text_of(data, declared[1].decode("ascii") if declared else "")[0]
    if not text.strip():
        raise NoticeUnreadable(path, "empty")
    return text


def _bytes(path: Path) -> bytes:
    if given_file.is_standard(path):
        return given_file.read_bytes(path)
    if path.is_dir():
        raise NoticeUnreadable(path, "folder")
    try:
        if path.stat().st_size > LARGEST:
            raise NoticeUnreadable(path, "too_large")
        return path.read_bytes()
    except FileNotFoundError:
        raise NoticeUnreadable(path, "missing") from None
    except OSError as error:
        raise NoticeUnreadable(path, "unreadable", error.strerror or "") from None


def _pdf(path: Path, data: bytes) -> str:
    """The text layer of a PDF, in its layout's order. A scanned one has none."""
    from pypdf import PdfReader  # noqa: PLC0415  # slow to load
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what it could mend by itself is no news

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoticeUnreadable(path, "locked")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:  # what broken files make it raise
        raise NoticeUnreadable(path, "broken_pdf", type(error).__name__) from None
    if not text.strip():
        raise NoticeUnreadable(path, "scanned")
    return text
