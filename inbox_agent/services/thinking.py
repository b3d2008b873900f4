"""One batch understood by several at once: by this process from its beginning, by readers beside it from its end.

Readers may begin with a batch before this process does, which stores and fetches others meanwhile.

Whatever becomes of a reader, no mail is lost and none is judged otherwise: what it did not tell is understood here.
Fetches and stores nothing.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from inbox_agent.rules.understand import Understood
from state.model import RawMessage

log = structlog.get_logger()

PATIENCE = 10.0
"""Seconds that a reader may take for its last mails; then it is ended, and they are understood here (our choice)."""

_AT_ONCE = 8  # mails that a reader is given at most
_OF_THE_REST = 4  # and no more than this part of those that are left, so that little waits for it at the end of a batch
_LOOK_EVERY = 0.05  # seconds, whether to stop


class Beside(Protocol):
    """A reader in a process of its own."""

    def understand(self, raws: Sequence[bytes]) -> Sequence[Understood | None]:
        """What it thinks of each; None for one that it leaves to us. Raises OSError or EOFError once it is gone."""
        ...

    def end(self) -> None:
        """End it at once, whatever it does. What waits for it is told that it is gone."""
        ...


Readers = Callable[[int], AbstractContextManager[Sequence[Beside]]]
"""The readers that so many mails are worth, for as long as they are read."""


def alone(mails: int) -> AbstractContextManager[Sequence[Beside]]:
    """No reader at all."""
    return nullcontext(())


@dataclass(frozen=True, slots=True)
class Sharing:
    """A batch on its way. `own` understands one mail here. Once it has `ended`, no further mail is begun.

    `begin` and `end` are called once each, in this order; a reader reads along in one batch at a time.
    """

    batch: Sequence[RawMessage]
    own: Callable[[RawMessage], Understood | None]
    ended: threading.Event
    patience: float = PATIENCE
    _left: deque[int] = field(default_factory=deque, init=False)
    _ours: deque[int] = field(default_factory=deque, init=False)  # what a reader left to us
    _found: dict[int, Understood | None] = field(default_factory=dict, init=False)
    _beginning: list[tuple[threading.Thread, Beside]] = field(default_factory=list, init=False)

    def begin(self, readers: Sequence[Beside]) -> None:
        """Let the readers begin, and return at once."""
        self._left.extend(range(len(self.batch)))
        # Daemons: a program that ends waits for no reader.
        self._beginning.extend(
            (threading.Thread(target=self._beside, args=(one,), daemon=True), one) for one in readers
        )
        for thread, _ in self._beginning:
            thread.start()

    def end(self) -> list[Understood | None]:
        """What is thought of each mail, in order; less than all only where it has ended. Raises what `own` does."""
        self._here(self._left)
        for thread, reader in self._beginning:
            self._wait(thread, reader)
        self._here(self._ours)
        return [self._found[number] for number in sorted(self._found)]

    def _here(self, numbers: deque[int]) -> None:
        while not self.ended.is_set() and (number := _first(numbers)) is not None:
            self._found[number] = self.own(self.batch[number])

    def _beside(self, reader: Beside) -> None:
        while not self.ended.is_set() and (numbers := _last(self._left)):
            try:
                self._ask(reader, numbers)
            except (OSError, EOFError):
                self._ours.extend(numbers)
                return
            except Exception as error:  # noqa: BLE001  # a bug of ours costs no mail, and its words may be a mail's
                log.error("reader_failed", error=type(error).__name__)
                self._ours.extend(numbers)
                reader.end()  # a later batch would be told what was asked for this one
                return

    def _ask(self, reader: Beside, numbers: Sequence[int]) -> None:
        told = reader.understand([self.batch[number].raw for number in numbers])
        for number, understood in list(zip(numbers, told, strict=True)):
            if understood is None:
                self._ours.append(number)
            else:
                self._found[number] = understood

    def _wait(self, thread: threading.Thread, reader: Beside) -> None:
        waited = 0.0
        while thread.is_alive() and not self.ended.is_set():
            thread.join(_LOOK_EVERY)
            waited += _LOOK_EVERY
            if waited >= self.patience:
                reader.end()
                thread.join()


def _first(numbers: deque[int]) -> int | None:
    try:
        return numbers.popleft()
    except IndexError:
        return None


def _last(numbers: deque[int]) -> list[int]:
    taken: list[int] = []
    most = max(1, min(_AT_ONCE, len(numbers) // _OF_THE_REST))
    while len(taken) < most:
        try:
            taken.append(numbers.pop())
        except IndexError:
            break
    return taken
