"""From the text of a TOML file to a checked profile, or to everything that is wrong with it.

Owns the reading and the place of each problem, so that a person mends the file once. Refuses to repeat a value that may
be a password.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from inbox_agent.errors import BrokenProfile, NoProfile, Problem
from inbox_agent.profile.whole import ControllerProfile, Reachable

Checked = TypeVar("Checked", bound=BaseModel)
_BEFORE_SECTION = re.compile(r"^(?=[ \t]*\[)", re.MULTILINE)
_CONTROLLER = re.compile(r"^[ \t]*\[[ \t]*controller[ \t]*\][ \t]*(#.*)?\r?$", re.MULTILINE)
_ALARMS = re.compile(r"^[ \t]*\[*[ \t]*alarms\b", re.MULTILINE)
_NO_MAIL = re.compile(r"^[ \t]*mail[ \t]*=[ \t]*false\b", re.MULTILINE)


def read(path: Path) -> ControllerProfile:
    """Read and check a profile. Raises NoProfile, or BrokenProfile with every problem and its line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoProfile(path) from None
    except OSError as error:  # an editor of another account may have put it there
        raise BrokenProfile(path, [Problem(1, "", "unreadable", str(error.strerror))]) from None
    except UnicodeDecodeError:
        raise BrokenProfile(path, [Problem(1, "", "encoding")]) from None
    return parse(text, path)


def reachable(path: Path) -> Reachable | None:
    """Of a profile that may not be usable: what is sound of how its people are told by mail, which settings with a
    fault count as not given. None where that is not enough. Who may have switched the mails off gets none: a fault
    in `[alarms]` itself leaves them on only where they are switched on there.
    """
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    sound = _sound_sections(text)
    while True:
        try:
            return Reachable.model_validate(sound)
        except ValidationError as error:
            left = _without_faults(sound, error)
            if left == sound:
                return None
            sound = left


def _sound_sections(text: str) -> dict[str, Any]:
    """The sections that `Reachable` has. A mistake in writing costs its own section alone."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        found = {}
        for piece in _BEFORE_SECTION.split(text):
            with suppress(tomllib.TOMLDecodeError):
                found = tomllib.loads(piece) | found
    sound = {name: section for name, section in found.items() if name in Reachable.model_fields}
    if _NO_MAIL.search(text) or ("alarms" not in sound and _ALARMS.search(text)):
        sound["alarms"] = {"mail": False}
    return sound


def _without_faults(sections: Mapping[str, Any], error: ValidationError) -> dict[str, Any]:
    faults = {tuple(detail["loc"][:2]) for detail in error.errors(include_url=False)}
    left: dict[str, Any] = {
        name: {key: value for key, value in section.items() if (name, key) not in faults}
        for name, section in sections.items()
        if isinstance(section, dict) and (name,) not in faults
    }
    if any(place[:1] == ("alarms",) for place in faults):
        left["alarms"] = {"mail": False} | left.get("alarms", {})
    return left


def tells_of_one(text: str) -> bool:
    """Whether a text whose file's name does not tell is a profile's, sound or not."""
    return _CONTROLLER.search(text) is not None


def parse(text: str, path: Path | str = "profile.toml") -> ControllerProfile:
    """Check the text of a profile; `path` only names it in the problems."""
    return checked(ControllerProfile, text, path)


def checked(model: type[Checked], text: str, path: Path | str) -> Checked:
    """Check the text of a TOML file against the shape of one. Raises BrokenProfile with every problem and its line."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenProfile(path, [Problem(_toml_line(error), "", "toml", given=str(error))]) from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        lines = _key_lines(text)
        problems = (_problem(detail, lines) for detail in error.errors(include_url=False))
        raise BrokenProfile(path, sorted(problems, key=lambda problem: problem.line)) from None


def _toml_line(error: tomllib.TOMLDecodeError) -> int:
    match = re.search(r"line (\d+)", str(error))
    return int(match[1]) if match else 1


def _problem(detail: Mapping[str, Any], lines: Mapping[str, int]) -> Problem:
    parts = [str(part) for part in detail["loc"] if not str(part).startswith("function-")]
    depth = 3 if len(parts) > 1 and parts[1].isdigit() else 2  # one of several sections of a name has its number
    key = ".".join(part for part in parts[:depth] if part)
    line = next((lines[place] for place in (key, ".".join(parts[: depth - 1])) if place in lines), 1)
    code = str(detail["ctx"]["error"]) if detail["type"] == "value_error" else str(detail["type"])
    # A password typed into the profile, under whatever key, must not be repeated on a screen or in a log.
    silent = code in {"missing", "extra_forbidden", "model_type"} or "secret" in key or key.startswith("customers")
    return Problem(line, key, code, "" if silent else str(detail["input"])[:80], _expected(detail))


def _expected(detail: Mapping[str, Any]) -> str:
    """The bound or the choices that a value had to keep to; pydantic knows them for most of its types."""
    facts = {name: fact for name, fact in detail.get("ctx", {}).items() if name != "error"}
    return str(next(iter(facts.values()), ""))


def _key_lines(text: str) -> dict[str, int]:
    """Where each `section` and `section.key` stands (1-based), those of `[[section]]` numbered from 0. tomllib does not
    tell.
    """
    return dict(_keys(text.splitlines()))


def _keys(lines: Iterable[str]) -> Iterable[tuple[str, int]]:
    section, several = "", Counter[str]()
    for number, line in enumerate(lines, start=1):
        if header := re.match(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]", line):
            section = header[2]
            if header[1] == "[[":
                several[section] += 1
                section = f"{section}.{several[section] - 1}"
            yield section, number
        elif key := re.match(r"\s*([A-Za-z0-9_-]+)\s*=", line):
            yield (f"{section}.{key[1]}" if section else key[1]), number
