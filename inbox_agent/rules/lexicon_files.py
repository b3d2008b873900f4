"""The files of the lexicon as they are shipped: data that a lawyer can review. Says nothing of what they mean."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def table(name: str) -> dict[str, Any]:
    """One file of the lexicon, read anew; `name` is its path there ("holidays.toml", "identity/fi.toml")."""
    return tomllib.loads((resources.files("inbox_agent") / "lexicon" / name).read_text(encoding="utf-8"))
