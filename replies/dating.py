"""The day that a letter bears in its last line: that of its leaving, whenever it was written.

Owns the shape of that line, which stands in each language's `letter.txt.j2`. Leaves every other word as it is.
"""

from __future__ import annotations

import re
from datetime import date

from replies.choices import SUBJECT_WORDS
from replies.filters import DATE_PATTERN, day


def dated(body: str, case_number: str, language: str, on: date) -> str:
    """The letter with this day in the line that names its case; as it is where a person took that line out."""
    line = rf"^({SUBJECT_WORDS[language]} {re.escape(case_number)}, ){DATE_PATTERN[language]}$"
    found = list(re.finditer(line, body, re.MULTILINE))
    if not found:
        return body
    last = found[-1]
    return f"{body[: last.end(1)]}{day(on, language)}{body[last.end() :]}"
