"""What the program says of itself on stderr: events with fields, one a line, and no personal data.

Under systemd each line bears its priority and no time, which the journal adds (sd-daemon(3)); elsewhere it bears its
time. Of an exception only its type and the places it came through are said: its words may quote a mail. Of other
libraries' messages only their fixed part is.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

_PRIORITIES = {"critical": 2, "error": 3, "warning": 4, "info": 6, "debug": 7}
_OURS = ("inbox_agent", "replies", "state")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def to_stderr(least: int = logging.INFO) -> None:
    """Send our events from this level on, and other libraries' warnings, to stderr as it is when something is said."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(least),
        processors=[
            structlog.processors.add_log_level,
            _without_words,
            *([] if _to_the_journal() else [structlog.processors.TimeStamper(fmt="iso", utc=True)]),
            _line,
        ],
        logger_factory=lambda *_: _Stderr(sys.stderr),
    )
    logging.basicConfig(handlers=[_Others()], level=logging.WARNING, force=True)
    if not sys.stderr.isatty():  # somebody who sits there sees the whole of it, and keeps nothing
        sys.excepthook = _ended
        threading.excepthook = _thread_ended


class _Stderr(structlog.PrintLogger):
    """A log that cannot be written, on a full disk or to a reader that is gone, ends nothing."""

    def msg(self, message: str) -> None:
        with suppress(OSError, ValueError):
            super().msg(message)

    log = debug = info = warning = error = critical = msg


def _to_the_journal() -> bool:
    """Whether stderr is systemd's (systemd.exec(5), $JOURNAL_STREAM)."""
    try:
        status = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}"


def _without_words(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its type and its way through our own modules."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[0] is not None:
        event["error"], event["through"] = info[0].__name__, _way(info)
    return event


def _way(info: ExcInfo) -> str:
    frames = traceback.extract_tb(info[2])
    named = [(Path(frame.filename), frame.lineno, frame.name) for frame in frames]
    ours = [each for each in named if any(part in _OURS for part in each[0].parts)] or named
    return " > ".join(f"{path.stem}:{number}:{name}" for path, number, name in ours)


_render = structlog.processors.LogfmtRenderer(
    key_order=["timestamp", "level", "event"], drop_missing=True, bool_as_flag=False
)


def _line(logger: object, method: str, event: MutableMapping[str, Any]) -> str:
    priority = f"<{_PRIORITIES.get(str(event.get('level')), 6)}>" if _to_the_journal() else ""
    flat = {key: value if isinstance(value, bool | int | float) else _flat(str(value)) for key, value in event.items()}
    return priority + _render(logger, method, flat)


def _flat(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nobody caught ends the program; its words stay out of the log, too."""
    structlog.get_logger().critical("ended", exc_info=(kind, error, trace))


def _thread_ended(what: threading.ExceptHookArgs) -> None:
    if what.exc_value is not None and what.exc_type is not SystemExit:
        _ended(what.exc_type, what.exc_value, what.exc_traceback)


class _Others(logging.Handler):
    """What libraries warn of, by the fixed words of the first line: arguments may quote what was received, and asyncio
    shows the exception that nobody asked for in its second line.
    """

    def emit(self, record: logging.LogRecord) -> None:
        said = str(record.msg).partition("\n")[0][:120]
        words: dict[str, Any] = {"library": record.name, "event": "library_says", "said": said}
        structlog.get_logger().log(record.levelno, **words, exc_info=record.exc_info or None)
