"""From the bytes of a mail to characters: transfer encodings and character sets, however they are labelled.

Owns the guessing where a label is missing, unknown or wrong. Refuses to fail: every input gives some text, and a word
in `DEFECTS` says what was wrong with it. Encoded words in headers are `rules.words`.
"""

from __future__ import annotations

import binascii
import codecs
import re
from functools import lru_cache

DEFECTS = frozenset(
    {
        "bad_base64",
        "bad_quoted_printable",
        "bad_uuencode",
        "unknown_encoding",
        "unknown_charset",
        "charset_mislabelled",
        "undecodable_text",
    }
)

# Names that mails use and Python does not know.
_ALIASES = {
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "x-sjis": "cp932",
    "shift_jis": "cp932",  # what is sent under this name is nearly always Microsoft's superset
    "gb2312": "gb18030",
    "x-gbk": "gb18030",
    "utf8mb4": "utf-8",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "windows-874": "cp874",
    "ansi": "cp1252",
    "unicode-1-1-utf-7": "utf-7",
}
# Text charsets only: Python's registry also offers rot13, zlib, or punycode (whose decoding is quadratic).
_CHARSET = re.compile(
    r"ascii|utf-(?:7|8|16|32)(?:-[bl]e)?|utf-8-sig|iso8859-\d+|cp\d+|koi8-[rut]|mac-\w+|big5(?:hkscs)?|gbk|gb18030|hz|"
    r"shift_jis\w*|euc_\w+|iso2022_\w+|johab|tis-620|latin-1"
)
# Read as windows-1252, which holds all of them, as the WHATWG Encoding Standard does.
_WESTERN = frozenset({"ascii", "iso8859-1", "latin-1", "cp1252"})
_BEYOND_CHANCE = 3  # continuation bytes that no text in another charset forms by accident
_USUAL_UTF8 = re.compile(rb"[\x00-\x7f\x80-\xbf\xc2\xc3\xe2\xf0]*")  # the leading bytes of å, ä, ö, §, –, €, emoji
_LATIN9 = "iso8859-15"
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OPENING = 400  # bytes of a text that show whether two of them make a letter
_MARKS_BEGIN = frozenset({b"\xef", b"\xff", b"\xfe"})

_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
# An encoder's lines at the beginning, up to its padding; a first line of fewer letters may be a word.
_ENCODED_LINES = re.compile(
    rb"\s*(?=[A-Za-z0-9+/]{24,998}(?:\r?\n|={1,2}\s))(?:[A-Za-z0-9+/]{1,998}\r?\n)*+(?:[A-Za-z0-9+/]{1,998}={1,2}\s)?"
)
_TWO_WORDS = re.compile(rb"[A-Za-z\x80-\xff]{2,} [A-Za-z\x80-\xff]{2,}")
_FEW = 3  # stray characters that still leave base64 what it is
_SOFT_BREAK = re.compile(rb"=[ \t]*(?:\r?\n|\r)")
_LONGEST_LABEL = 60
_MOST_BROKEN_LINES = 1_000
_SPACE = b" \t\r\n\v\f"
_NOT_NAME = re.compile(r"[^a-z0-9]")


def text_of(data: bytes, charset: str = "") -> tuple[str, str | None]:
    """Decode text under its declared charset ("" where none is). Returns the text and a defect or None.

    Western labels are taken for a claim: valid UTF-8 with high bytes is UTF-8 whatever it is called, since text in
    another charset is practically never valid UTF-8 by chance; what is not UTF-8 is windows-1252 (our choice).
    """
    if data[:1] in _MARKS_BEGIN:
        for mark, name in _BYTE_ORDER_MARKS:
            if data.startswith(mark):
                return data.decode(name, "replace"), None
    codec = _codec(charset[:_LONGEST_LABEL]) if charset else "ascii"
    if b"\0" in data[:_OPENING] and (wide := _wide(data[:_OPENING])) and not (codec or "").startswith("utf-16"):
        return data.decode(wide, "replace"), "charset_mislabelled"
    if codec is None or codec in _WESTERN or codec == _LATIN9:
        return _western(data, charset, codec)
    if codec == "utf-8":
        return _utf8(data)
    as_utf8 = None if data.isascii() else _strictly(data, "utf-8")
    if as_utf8 is not None and len(data) - len(as_utf8) >= _BEYOND_CHANCE:
        return as_utf8, "charset_mislabelled"
    text = _strictly(data, codec)
    return (data.decode(codec, "replace"), "undecodable_text") if text is None else (text, None)


def body_of(data: bytes, encoding: str) -> tuple[bytes, str | None]:
    """Undo a Content-Transfer-Encoding (RFC 2045, 6). Returns the bytes and a defect or None."""
    match _encoding(encoding[:_LONGEST_LABEL]):
        case "" | "7bit" | "8bit" | "8bits" | "binary":
            return data, None
        case "base64":
            return _base64(data)
        case "quotedprintable" | "qp":
            return _quoted_printable(data)
        case "xuuencode" | "uuencode" | "xuue" | "uue":
            return _uuencoded(data)
        case _:
            return data, "unknown_encoding"


def size_of(data_length: int, line_ends: int, encoding: str) -> int:
    """The decoded size in bytes of an encoded body, without decoding it; exact for well-formed base64 to 2 bytes."""
    if "base64" in encoding.lower():
        return max(data_length - line_ends, 0) * 3 // 4
    return data_length


def base64_bytes(data: bytes) -> bytes:
    """Decode base64 as far as it goes: foreign characters are skipped, missing padding is added."""
    letters = data.translate(None, _NOT_BASE64).partition(b"=")[0]
    if len(letters) % 4 == 1:
        letters = letters[:-1]  # six bits make no byte
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


@lru_cache(maxsize=256)
def _encoding(label: str) -> str:
    """The name in a Content-Transfer-Encoding, without what senders put around and into it."""
    return _NOT_NAME.sub("", label.lower().partition(";")[0])


@lru_cache(maxsize=256)
def _codec(label: str) -> str | None:
    """Python's name for a charset label; None for what is no text charset."""
    name = label.strip().strip("\"'").lower()
    try:
        codec = codecs.lookup(_ALIASES.get(name, name)).name
    except (LookupError, ValueError, UnicodeError):
        return None
    return codec if _CHARSET.fullmatch(codec) else None


def _wide(opening: bytes) -> str:
    """The name of UTF-16 without a mark of its order, where nearly every other byte of a text's opening is nothing."""
    pairs, before, behind = len(opening) // 2, opening[::2].count(0), opening[1::2].count(0)
    if max(before, behind) * 4 < pairs * 3 or min(before, behind) * 10 > pairs or pairs < _FEW:
        return ""
    return "utf-16-le" if behind > before else "utf-16-be"


def _western(data: bytes, charset: str, codec: str | None) -> tuple[str, str | None]:
    unknown = "unknown_charset" if codec is None else None
    if data.isascii():
        return data.decode("ascii"), unknown
    mislabelled = "charset_mislabelled" if charset else None
    text = _strictly(data, "utf-8")
    if text is not None and (not charset or codec in {None, "ascii"} or _is_utf8_beyond_doubt(data, text)):
        return text, unknown or mislabelled
    text = data.decode(_LATIN9 if codec == _LATIN9 else "cp1252", "replace")
    return text, unknown or (mislabelled if codec == "ascii" else None)


def _is_utf8_beyond_doubt(data: bytes, text: str) -> bool:
    """Few high bytes under a Western label may be UTF-8 by chance, unless they are what our languages' UTF-8 holds."""
    return len(data) - len(text) >= _BEYOND_CHANCE or bool(_USUAL_UTF8.fullmatch(data))


def _utf8(data: bytes) -> tuple[str, str | None]:
    sound = _strictly(data, "utf-8")
    if sound is not None:
        return sound, None
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    others = len(text) - len(text.encode("ascii", "ignore"))
    if others - broken >= broken:  # mostly UTF-8 with a wound, not another charset
        return text, "undecodable_text"
    return data.decode("cp1252", "replace"), "charset_mislabelled"


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, ValueError):
        return None


def _base64(data: bytes) -> tuple[bytes, str | None]:
    letters = data.translate(None, _SPACE)
    foreign = len(letters) - len(letters.translate(None, _NOT_BASE64))
    head = letters.partition(b"=")[0]
    if not foreign and len(letters) % 4 == 0 and len(letters) - len(head) <= 2:
        return base64_bytes(data), None
    encoded = _ENCODED_LINES.match(data)
    plain = data[encoded.end() if encoded else 0 :]
    strays = foreign + plain.count(b" ")
    if strays <= _FEW or strays * 20 <= len(plain) or (encoded and not _TWO_WORDS.search(plain)):
        return base64_bytes(data), "bad_base64"
    # Clear text under a wrong label, or the footer that a list or a filter put below what is encoded.
    return base64_bytes(encoded[0]) + b"\r\n" + plain if encoded else data, "bad_base64"


def _quoted_printable(data: bytes) -> tuple[bytes, str | None]:
    # White space that the way put at a line's end (RFC 2045, 6.7), or line ends as of old Macs.
    if b"= " in data or b"=\t" in data or data.count(b"=\r") > data.count(b"=\r\n"):
        data = _SOFT_BREAK.sub(b"=\n", data)
    decoded = binascii.a2b_qp(data)
    # What is no escape stays in the text as it came: more equals signs than were escaped.
    broken = decoded.count(b"=") > data.count(b"=3D") + data.count(b"=3d")
    return decoded, "bad_quoted_printable" if broken else None


def _uuencoded(data: bytes) -> tuple[bytes, str | None]:
    """Lines that claim to be longer than they are decode to nothing but zeros: the whole never grows."""
    decoded = bytearray()
    broken = 0
    _, begun, lines = data.partition(b"begin ")
    for line in lines.splitlines()[1:]:
        if line.strip() in {b"end", b"`", b""} or broken > _MOST_BROKEN_LINES or len(decoded) > len(data):
            break
        try:
            decoded += binascii.a2b_uu(line)
        except binascii.Error:
            broken += 1
    if not begun:
        return data, "bad_uuencode"
    return bytes(decoded), "bad_uuencode" if broken or len(decoded) > len(data) else None
