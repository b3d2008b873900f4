"""The words of a header: encoded words (RFC 2047) and parameters (RFC 2045, 2231), however they were cut up.

Encoded words are joined as bytes before they are decoded, because senders split them inside a character. Refuses to
fail on a broken word: it is shown as it came.
"""

from __future__ import annotations

import binascii
import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from inbox_agent.rules.decode import base64_bytes, text_of

# The end may be missing where a header was cut short. RFC 2231, 5 lets a language follow the charset.
_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)(?:\?=|\?\Z|\Z)")
# A value's quotation runs to the end where its closing mark is missing.
_PARAMETER = re.compile(r";\s*+([^\s=;]++)\s*+=\s*+(?:\"((?:[^\"\\]|\\.)*+)\"?|([^;]*+))", re.DOTALL)
_PIECE = re.compile(r"([^*]+)\*(\d{1,3})(\*?)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LONGEST_CACHED = 300


def header_text(raw: bytes) -> str:
    """The text of an unfolded, unstructured header field: raw 8-bit and encoded words become characters."""
    text = text_of(raw)[0]
    return decoded_words(text) if "=?" in text else text


def decoded_words(text: str) -> str:
    """Put the characters for the encoded words in a text."""
    pieces: list[str] = []
    position = 0
    charset, run = "", b""
    for match in _WORD.finditer(text):
        between = text[position : match.start()]
        # White space between two encoded words belongs to the folding (RFC 2047, 6.2).
        if (charset and between.strip()) or charset != match[1].lower():
            pieces.append(text_of(run, charset)[0])
            run = b""
        if not charset or between.strip():
            pieces.append(between)
        charset = match[1].lower()
        run += _payload(match[2], match[3])
        position = match.end()
    return "".join((*pieces, text_of(run, charset)[0], text[position:]))


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """Split a structured field such as Content-Type into its value, in lower case, and its parameters."""
    if len(raw) > _LONGEST_CACHED:
        return _parameters(raw)
    value, found = _cached_parameters(raw)
    return value, dict(found)


def _payload(encoding: str, payload: str) -> bytes:
    data = payload.encode("utf-8", "surrogateescape")
    return base64_bytes(data) if encoding in "bB" else binascii.a2b_qp(data, header=True)


@lru_cache(maxsize=512)
def _cached_parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    return _parameters(raw)


def _parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    text = raw.decode("latin-1")
    value = text.partition(";")[0].strip().lower()
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(text):
        name, quoted, bare = match[1].lower(), match[2], match[3]
        content = _ESCAPED.sub(r"\1", quoted) if quoted is not None else bare.strip()
        if piece := _PIECE.fullmatch(name):
            pieces.setdefault(piece[1], {}).setdefault(int(piece[2]), (content, bool(piece[3])))
        elif name.endswith("*"):
            pieces.setdefault(name[:-1], {}).setdefault(0, (content, True))
        else:
            plain.setdefault(name, content)
    found = {name: _parameter_text(content) for name, content in plain.items()}
    return value, found | {name: _joined(parts) for name, parts in pieces.items()}


def _parameter_text(content: str) -> str:
    """RFC 2047 forbids encoded words here and RFC 2231 replaces raw bytes; senders use both all the same."""
    return header_text(content.encode("latin-1"))


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """Join the continuations of one parameter as bytes; only the first piece names the charset (RFC 2231, 4.1)."""
    charset = ""
    data = b""
    for number in sorted(parts):
        content, encoded = parts[number]
        if number == min(parts) and encoded and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        data += unquote_to_bytes(content) if encoded else content.encode("latin-1")
    text = text_of(data, charset)[0]
    return decoded_words(text) if not charset and "=?" in text else text
