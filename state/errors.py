"""What can go wrong with the store: facts only. The sentences for people stand in inbox_agent.phrasing."""

from __future__ import annotations

from pathlib import Path


class StateError(Exception):
    """Root of everything this package raises on purpose."""


class NotFound(StateError):
    """No such row. `entity` is a table's noun (case, draft, ...), `key` what was asked for."""

    def __init__(self, entity: str, key: object) -> None:
        super().__init__(f"{entity} {key} not found")
        self.entity = entity
        self.key = key


class IllegalTransition(StateError):
    """The lifecycle tables have no such edge; nothing was changed."""

    def __init__(self, entity: str, old: str, new: str) -> None:
        super().__init__(f"{entity}: no way from {old} to {new}")
        self.entity = entity
        self.old = old
        self.new = new


class StaleWrite(StateError):
    """Somebody else changed the row between the reading and the writing; nothing was changed."""

    def __init__(self, entity: str, key: object, expected: str) -> None:
        super().__init__(f"{entity} {key} is no longer {expected}")
        self.entity = entity
        self.key = key
        self.expected = expected


class NotIdentified(StateError):
    """The letter would tell of data before its case's person is identified to the level that this needs."""

    def __init__(self, case: str, level: str, required: str) -> None:
        super().__init__(f"case {case}: {level} reached, {required} needed")
        self.case = case
        self.level = level
        self.required = required


class NotAuthorised(StateError):
    """The letter would tell whoever writes for another of that person's data, and no authority was seen."""

    def __init__(self, case: str) -> None:
        super().__init__(f"case {case}: no authority was seen")
        self.case = case


class CodeNotTaken(StateError):
    """A one-time code does not count any more (or not yet): used, too old, replaced, stopped, or never sent."""

    def __init__(self, key: object) -> None:
        super().__init__(f"code {key} does not count")
        self.key = key


class StoreBusy(StateError):
    """Another process held the write lock longer than the store waits."""


class StoreFull(StateError):
    """The disk (or a quota) refused the write; the transaction was rolled back."""


class StoreUnusable(StateError):
    """The file cannot be opened, read or written: its folder, its rights, damage. `why` is SQLite's own word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoDatabase(StateError):
    """There is no file where one was to be opened; none was made."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"{path} does not exist")
        self.path = path


STORE_FAILS = (StoreBusy, StoreFull, StoreUnusable)
"""What says nothing of the act that was asked for: no other would succeed now either."""


class ForeignDatabase(StateError):
    """The file is a database of some other program."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"{path} is not an inbox-agent database")
        self.path = path


class NewerDatabase(StateError):
    """The file was written by a newer version of this program."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"{path} was written by a newer inbox-agent")
        self.path = path


class BrokenChain(StateError):
    """The event journal does not verify; `seq` is the first event that disagrees."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"event {seq} does not follow from the one before it")
        self.seq = seq


class Contradiction(StateError):
    """The journal is whole and tells another status than the table holds: its end was cut off, or the row was changed
    by another way than ours. `entity` is a table's noun.
    """

    def __init__(self, entity: str, key: int) -> None:
        super().__init__(f"the journal and {entity} {key} contradict each other")
        self.entity = entity
        self.key = key
