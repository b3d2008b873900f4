"""The files of this package's data as they are shipped, for a lawyer to review. Says nothing of what they mean."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def table(name: str) -> dict[str, Any]:
    """One file of `replies/data`, read anew; `name` is its name there ("wording.toml")."""
    return tomllib.loads((resources.files("replies") / "data" / name).read_text(encoding="utf-8"))
