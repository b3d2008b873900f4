"""The arguments of one intent as they are read, before the law looks at them."""

from __future__ import annotations

from typing import Any, TypeAlias

Given: TypeAlias = dict[str, Any]
