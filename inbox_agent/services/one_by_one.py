"""One thing after the other, so that what our own code cannot do with one of them keeps back none of the others.

Owns what counts as a bug: whatever a rule raises, and what the store refuses twice. Each thing is read anew when it is
acted on, so that a refusal because of what a person changed meanwhile is met once at most. Refuses to go on where the
store itself fails: then nothing else would succeed either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

from state.errors import STORE_FAILS, IllegalTransition, NotFound, StaleWrite

log = structlog.get_logger()

Thing = TypeVar("Thing")


class Stumbled(Exception):
    """Code of ours failed on these cases, by their numbers; why stands in the log."""

    def __init__(self, cases: Iterable[str]) -> None:
        self.cases = tuple(dict.fromkeys(cases))
        super().__init__(", ".join(self.cases))


def one_by_one(
    things: Iterable[Thing], act: Callable[[Thing], bool], called: str, case: Callable[[Thing], str], most: int = -1
) -> int:
    """Act on each, until `most` (below zero: all) were done; return how many were. The log names a failure as it is
    `called`, with the number of the thing's `case`. Raises Stumbled once there is nothing more to do, so that somebody
    is told.
    """
    done, failed = 0, list[str]()
    for thing in things:
        if done == most:
            return done
        try:
            done += _as_it_is_now(act, thing)
        except STORE_FAILS:
            raise
        except Exception:  # a bug of ours
            log.exception(called, of=case(thing))
            failed.append(case(thing))
    if failed:
        raise Stumbled(failed)
    return done


def _as_it_is_now(act: Callable[[Thing], bool], thing: Thing) -> bool:
    try:
        return act(thing)
    except (IllegalTransition, NotFound, StaleWrite):
        return act(thing)
