"""The marks that stand in a notice's plain lines, between whoever frees them of their page and whoever reads them."""

from __future__ import annotations

HEAD = "\ue000"
"""Begins a line that the source marks as a heading."""

CELL = "\ue001"
"""Parts the cells of a table row."""
