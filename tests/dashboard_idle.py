"""When a program under test has nothing left to do, told by its own event loop instead of the processor's load."""

from __future__ import annotations

import asyncio

from textual._context import active_app
from textual.app import App


async def idle(_min_sleep: float = 0, _max_sleep: float = 0) -> None:
    """Until every task waits for a key, a thread or a later time, and the screen shows what they did: what Textual
    puts off for some milliseconds is done at once. Whoever asks a thread awaits its answer.
    """
    await _nothing_ready()
    while _hurried(active_app.get()):
        await _nothing_ready()


async def _nothing_ready() -> None:
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    await asyncio.sleep(0)
    while ready:  # noqa: ASYNC110
        await asyncio.sleep(0)


def _hurried(app: App[object]) -> bool:
    """Whether anything had been put off: fitting into a terminal of another size, drawing what has changed."""
    resized = app._resize_event is not None
    if resized:
        app._check_resize()
    changed = [screen for screen in app.screen_stack if screen._update_timer._active.is_set()]
    for screen in changed:
        screen._on_timer_update()
    return resized or bool(changed)
