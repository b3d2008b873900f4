"""A sheet of paper as PDF, by fpdf2 (the extra `print`); without it, or for letters of a script that its built-in
typeface lacks, the same sheet as a page that any browser prints.

Writes the file for its owner only: a letter is personal data.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType

from inbox_agent.errors import CannotPrint
from replies.sheet import Sheet, as_html

_FACE, _SIZE, _LINE = "helvetica", 11, 5.4  # points, millimetres
_WINDOW = 45  # millimetres from the top to the reader's address (SFS 2487)
_ENCODING = "windows-1252"  # what the built-in typeface has: Finnish, Swedish and English, and their dashes and quotes


def save(sheet: Sheet, path: Path) -> Path:
    """Write the sheet to `path`, which ends in .pdf or .html, and return where it is.

    Raises CannotPrint: `extra` where fpdf2 is not installed, `script` where its typeface lacks a letter, `suffix`,
    `file` where the file cannot be written.
    """
    match path.suffix.lower():
        case ".html":
            data = as_html(sheet).encode()
        case ".pdf":
            data = _pdf(sheet, path)
        case _:
            raise CannotPrint("suffix", path)
    return write(path, data)


def write(path: Path, data: bytes) -> Path:
    """Write a file for its owner only, its folder too where it is missing. Raises CannotPrint."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
    except OSError as error:
        raise CannotPrint("file", path) from error
    return path


def printable(sheet: Sheet, folder: Path, name: str) -> Path:
    """Save the sheet in the best form there is: PDF, else a page for the browser."""
    try:
        return save(sheet, folder / f"{name}.pdf")
    except CannotPrint as error:
        if error.why not in {"extra", "script"}:
            raise
        return save(sheet, folder / f"{name}.html")


def _pdf(sheet: Sheet, path: Path) -> bytes:
    try:
        library: ModuleType = import_module("fpdf")
    except ImportError:
        raise CannotPrint("extra", path) from None
    try:
        "\n".join((*sheet.sender, *sheet.reader, sheet.day, sheet.subject, sheet.body)).encode(_ENCODING)
    except UnicodeEncodeError:
        raise CannotPrint("script", path) from None
    page = library.FPDF(format="A4")
    page.core_fonts_encoding = _ENCODING
    page.set_margins(20, 20)
    page.set_auto_page_break(True, margin=20)
    page.set_lang(sheet.language)
    page.set_title(sheet.subject)

    def numbered() -> None:
        """On every page after the first, which letter it belongs to and which page it is."""
        if page.page_no() > 1:
            page.set_font(_FACE, size=_SIZE - 1)
            said = f"{sheet.subject}    {page.page_no()} ({{nb}})"
            page.cell(0, _LINE, said, align="R", new_x="LMARGIN", new_y="NEXT")
            page.ln(_LINE)

    page.header = numbered
    page.add_page()
    page.set_font(_FACE, size=_SIZE - 1)
    page.cell(0, _LINE, sheet.day, align="R")
    page.set_xy(20, 20)
    page.multi_cell(110, _LINE, "\n".join(sheet.sender), align="L")
    page.set_y(max(page.get_y() + _LINE, _WINDOW))
    page.set_font(_FACE, size=_SIZE)
    page.multi_cell(110, _LINE, "\n".join(sheet.reader), align="L")
    page.set_y(page.get_y() + 3 * _LINE)
    page.set_font(_FACE, "B", _SIZE + 1)
    page.multi_cell(0, _LINE, sheet.subject, align="L", new_x="LMARGIN", new_y="NEXT")
    page.ln(_LINE)
    page.set_font(_FACE, size=_SIZE)
    text, end = sheet.together
    if text:
        page.multi_cell(0, _LINE, text.removesuffix("\n"), align="L", new_x="LMARGIN", new_y="NEXT")
    if page.will_page_break(page.multi_cell(0, _LINE, end, align="L", dry_run=True, output="HEIGHT")):
        page.add_page()
    page.multi_cell(0, _LINE, end, align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(page.output())
