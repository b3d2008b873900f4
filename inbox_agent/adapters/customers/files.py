"""Registers that are files: CSV in whatever dialect, and XLSX (the extra "xlsx"). Read row by row, never written."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from inbox_agent.adapters.customers.rows import entry, refuse_missing
from inbox_agent.errors import CustomersUnreadable
from inbox_agent.profile import Customers
from inbox_agent.rules.customers import Entry, is_plausible
from state.model import Party

_DELIMITERS = ";,\t|"


@dataclass(frozen=True, slots=True)
class CsvCustomers:
    path: Path
    settings: Customers

    def find(self, asked: Party) -> tuple[Entry, ...]:
        """The entries worth a look. Raises CustomersUnreadable."""
        try:
            return tuple(found for found in self._entries() if is_plausible(asked, found))
        except OSError as error:
            raise CustomersUnreadable("csv", "unreadable", error.strerror or "") from None
        except (UnicodeError, LookupError):
            raise CustomersUnreadable("csv", "encoding", self.settings.encoding) from None
        except csv.Error as error:
            raise CustomersUnreadable("csv", "unreadable", str(error)) from None

    def _entries(self) -> Iterator[Entry]:
        # A byte-order mark, as spreadsheets write it, is no part of the first column's name.
        encoding = "utf-8-sig" if self.settings.encoding.lower() in {"utf-8", "utf8"} else self.settings.encoding
        with self.path.open(encoding=encoding, newline="") as file:
            head = file.readline()
            file.seek(0)
            delimiter = self.settings.delimiter or max(_DELIMITERS, key=head.count)
            rows = csv.DictReader(file, delimiter=delimiter)
            refuse_missing(list(rows.fieldnames or ()), self.settings)
            for row in rows:
                yield entry({column: value for column, value in row.items() if column is not None}, self.settings)


@dataclass(frozen=True, slots=True)
class XlsxCustomers:
    path: Path
    settings: Customers

    def find(self, asked: Party) -> tuple[Entry, ...]:
        """The entries worth a look. Raises CustomersUnreadable."""
        try:
            from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415  # an extra
        except ImportError:
            raise CustomersUnreadable("xlsx", "not_installed", "xlsx") from None
        try:
            return tuple(found for found in self._entries() if is_plausible(asked, found))
        except OSError as error:
            raise CustomersUnreadable("xlsx", "unreadable", error.strerror or "") from None
        except (BadZipFile, InvalidFileException, ValueError, KeyError):
            raise CustomersUnreadable("xlsx", "unreadable", self.settings.sheet) from None

    def _entries(self) -> Iterator[Entry]:
        from openpyxl import load_workbook  # noqa: PLC0415

        book = load_workbook(self.path, read_only=True, data_only=True)
        try:
            sheet = book[self.settings.sheet] if self.settings.sheet else book.worksheets[0]
            rows = sheet.iter_rows(values_only=True)
            head = [str(cell or "") for cell in next(rows, ())]
            refuse_missing(head, self.settings)
            for row in rows:
                yield entry(dict(zip(head, row, strict=False)), self.settings)
        finally:
            book.close()
