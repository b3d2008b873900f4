"""What may be shown of a foreign text: the one sanitiser between a mail and a screen, a log or a letter.

Owns which characters a terminal, a widget or a header must never receive, and the masking of personal identity
codes. Refuses markup: that belongs to whoever renders. Both are our choice; the characters are those of Unicode's
"default ignorable" and "bidi control" sets (UAX 9, UAX 31) and the C0 and C1 controls of ECMA-48.
"""

from __future__ import annotations

import re

from inbox_agent.rules.identity_codes import find_identity_codes

MASK = "######-####"
"""What stands for a personal identity code."""

REPLACEMENT = "\ufffd"
"""What stands for a character that could act on a terminal or turn the reading direction."""

_BREAKS = re.compile("[\r\x0b\x0c\u2028\u2029]")
# Nobody sees them, so nobody's words are changed by dropping them; inside a word they would hide it from recognition.
_UNSEEN = "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2065\u3164\ufe00-\ufe0f\ufeff\uffa0"
_HARMFUL = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls: escape sequences begin with them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidi controls
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # surrogates, noncharacters, annotations
    "\U000e0000-\U000e007f"  # tag characters
)
_UNSAFE = re.compile(f"[\r\x0b\x0c\u2028\u2029{_UNSEEN}\U000e0100-\U000e01ef{_HARMFUL}]")
_UNSAFE_BYTES = bytes([*range(9), *range(11, 32), *range(0x7F, 0xA0), 0xAD])  # the same below U+0100
_DROPPED = re.compile(f"[{_UNSEEN}\U000e0100-\U000e01ef]")
_REPLACED = re.compile(f"[{_HARMFUL}]")


def visible(text: str) -> str:
    """Make a text safe to show. Line ends become newlines and tabs stay; applying it twice changes nothing more."""
    text = text.replace("\r\n", "\n")
    if _is_plain(text) or not _UNSAFE.search(text):
        return text
    return _REPLACED.sub(REPLACEMENT, _DROPPED.sub("", _BREAKS.sub("\n", text)))


def visible_line(text: str) -> str:
    """Make a text safe to show on one line: `visible`, with every run of white space as one space."""
    return " ".join(visible(text).split())


def masked(text: str) -> str:
    """Put `MASK` for every personal identity code, misspelt ones too; business ids, phone numbers and dates stay."""
    spans = find_identity_codes(text)
    if not spans:
        return text
    kept: list[str] = []
    position = 0
    for start, end in spans:
        kept += (text[position:start], MASK)
        position = end
    return "".join((*kept, text[position:]))


def _is_plain(text: str) -> bool:
    """Whether a text is Latin-1 and safe: four times faster to say than by searching, and true of most mails."""
    try:
        data = text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _UNSAFE_BYTES)) == len(data)
