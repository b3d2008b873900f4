"""The one voice of errors: what happened, and what to do next. Total over every error class (a test proves it).

Exceptions carry facts; the sentences about them stand in the rooms named here, which register them.
"""

from __future__ import annotations

from inbox_agent.phrasing import letter_errors, mail_errors, program_errors, store_errors  # noqa: F401
from inbox_agent.phrasing.voice import phrase, phrase_at_desk

__all__ = ["phrase", "phrase_at_desk"]
