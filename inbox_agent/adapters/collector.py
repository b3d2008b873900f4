"""How often Python looks for circles of forgotten objects (its cyclic garbage collector) in a process that reads mails.

Reading a mail makes many objects that end by themselves and hardly a circle; the usual look after every 700 new ones
was a tenth of the work on a backlog.
"""

from __future__ import annotations

import gc

AFTER = 5_000  # objects more than have ended: our choice; what waits so long is small beside a mail


def seldom() -> None:
    """From now on look seldom, and never at what is loaded by now. Call it once a process has what it works with."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(AFTER, *gc.get_threshold()[1:])
