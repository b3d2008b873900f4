"""That a profile has had a database, and where: what keeps an empty one from being made in its place.

Two things tell: what the agent locked beside the database, and a file beside the profile, for a disk that is not
mounted takes the first along and leaves an empty folder. Where the profile's folder may not be written, the second is
missing, which a check tells.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import structlog

from inbox_agent.adapters import lock, small_files
from inbox_agent.errors import DatabaseLost, PlaceNotNoted

log = structlog.get_logger()


def refuse_lost(database: Path, profile: Path) -> None:
    """Raise DatabaseLost where a database was and is no more: a new one in its place would know of no case, and take in
    anew what was answered long ago.
    """
    if _holds_something(database):
        return
    if not database.parent.is_dir():
        raise DatabaseLost(database)
    left = [file for file in (lock.beside(database), _note(profile)) if file.is_file()]
    if left:
        raise DatabaseLost(database, left, _noted(profile) or database)


def remember(database: Path, profile: Path) -> None:
    """Note beside the profile where its database is, if that is not what the note says."""
    place = database.absolute()
    if _noted(profile) == place:
        return
    try:
        small_files.replace_text(_note(profile), f"{place}\n")
    except OSError as error:
        log.warning("place_of_database_not_noted", error=type(error).__name__)


def refuse_unnoted(database: Path, profile: Path) -> None:
    """Raise PlaceNotNoted where nothing beside the profile says that this database is there."""
    if _holds_something(database) and _noted(profile) != database.absolute():
        raise PlaceNotNoted(database.absolute(), _note(profile))


def _holds_something(database: Path) -> bool:
    """SQLite takes an empty file for a new database; until its first checkpoint all may lie in the log beside it."""
    sizes = []
    for file in (database, database.with_name(f"{database.name}-wal")):
        with suppress(OSError):
            sizes.append(file.stat().st_size)
    return any(sizes)


def _note(profile: Path) -> Path:
    return profile.with_name(f"{profile.name}.database")


def _noted(profile: Path) -> Path | None:
    try:
        return Path(_note(profile).read_text(encoding="utf-8").removesuffix("\n"))
    except (OSError, UnicodeDecodeError):
        return None
