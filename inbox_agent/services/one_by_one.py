"""One thing after the other, so that what our own code cannot do with one of them keeps back none of the others.

Owns what counts as a bug: whatever a rule raises. Refuses to go on where the store itself fails: then nothing else
would succeed either. What a person changed meanwhile is left to the next look, and so is a letter that needs a fact
which only a person knows (why an answer is late).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

from replies.errors import MissingFacts
from state.errors import STORE_FAILS, IllegalTransition, NotFound, StaleWrite

log = structlog.get_logger()

Thing = TypeVar("Thing")


def one_by_one(
    things: Iterable[Thing], act: Callable[[Thing], bool], called: str, name: Callable[[Thing], object], most: int = -1
) -> int:
    """Act on each, until `most` (below zero: all) were done; return how many were. The log names a failure as it is
    `called`, with the thing's `name`. What failed is raised once there is nothing more to do, so that somebody is told.
    """
    done, failed = 0, None
    for thing in things:
        if done == most:
            return done
        try:
            done += act(thing)
        except STORE_FAILS:
            raise
        except (IllegalTransition, MissingFacts, NotFound, StaleWrite) as error:
            log.info("put_off", of=name(thing), why=type(error).__name__)
        except Exception as error:  # a bug of ours
            log.exception(called, of=name(thing))
            failed = failed or error
    if failed is not None:
        raise failed
    return done
