"""What stands around the words of a short mail and says nothing: a greeting, a closing, the writer's name.

Owns their Finnish, Swedish and English forms. Refuses to take out a word that may be the whole request: what stands
below a closing goes only where it looks like a name and how to reach it. Footers are `rules.footers`'.
"""

from __future__ import annotations

import re

_GREETING = (
    r"(?:hei(?:\s+vaan|ppa)?|hejsan|hei\s?hei|moi(?:kka|kkelis)?|mo|morjens|terve(?:hdys)?|tervehdys"
    r"|(?:hyvää\s+)?(?:päivää|huomenta|iltaa)|hyvä|arvoisa|hej(?:\s+hej)?|hallå|tja(?:na)?|god\s+(?:dag|morgon|kväll)"
    r"|bästa|hello(?:\s+there)?|hi(?:\s+there)?|hey|dear|good\s+(?:morning|day|afternoon|evening))"
)
_NO = r"(?:ei|en|nej|no|stop|seis|lope\w*|poist\w*|peru\w*|sluta|avsluta|unsubscribe|cancel|remove|kiitos|tack|thanks?)"
_ASKS = (
    r"(?:(?:pyy[dt]|halua|odot|vaadi|lähet|toimit|kerto|tie[dt]o|begär|skicka|uppgift|väntar)\w*"
    r"|vill|wants?|ask|send|please|data|copy)"
)
_NAME = r"(?!(?i:" + _NO + r")\b)[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäö]+)?"
_CLOSING = (
    r"(?:(?:(?:ystävällisin|parhain|lämpimin|kohteliain|terveisin|kiittäen)\s+)?(?:terveisin|terveisiä?|yhteistyöterveisin)"
    r"|terv|t|yt|yst\.?\s?terv|ystävällisesti|kunnioittavasti|kiittäen|kiitos(?=\W*\n)"
    r"|mvh|(?:med\s+)?(?:vänliga?|bästa|varma)\s+hälsning(?:ar)?|hälsning(?:ar)?|hälsar|vänligen|/(?=\w)"
    r"|(?:(?:kind|best|warm|with\s+kind)\s+)?regards|best(?:\s+wishes)?|yours(?:\s+(?:sincerely|faithfully|truly))?"
    r"|sincerely|cheers|br|rgds)"
)
_GREETED_LINE = re.compile(rf"\W*{_GREETING}(?:[ \t]+(?!{_NO}\b)\w+){{0,3}}[ \t]*[,.!:;–-]*[ \t]*\n", re.IGNORECASE)
_GREETED = re.compile(rf"\W*(?i:{_GREETING})\b(?:[ \t]+{_NAME}){{0,2}}(?:[ \t]*[,.!:;–-]+\s*|\s+)")
_CLOSED = re.compile(rf"(?:^|(?<=[\s,.!]))(?i:{_CLOSING})(?=[\s.,!:/]|$|(?<=/))[ \t]*[.,!:]*")
_REACHED = re.compile(
    rf"(?:{_NAME}|[A-ZÅÄÖ]\.?|[\w.+-]+@[\w.-]+|(?:www\.|https?://)\S+|[+(]?\d[\d()/-]*|p(?:uh)?\.?|tel\.?|gsm|Oy|Ab|ry)[.,|]*"
)
_NAMED = re.compile(rf"(?:(?<=\n)|(?<=[,.!–-] )){_NAME}(?:[ \t]+{_NAME}){{0,2}}[.,!]?\s*\Z")
_ANY_NAME = 2  # words below a closing, of whatever look: "t. otto"
_LONGEST = 500  # characters of a mail in which a word that stands alone could be all that is said


def core(text: str) -> str:
    """The words of a short mail without a greeting above them and a closing or a name below; all of them where nothing
    else is left.
    """
    said = text.strip()
    if len(said) > _LONGEST:
        return said
    greeted = _GREETED_LINE.match(said) or _GREETED.match(said)
    kept = said[greeted.end() :] if greeted else said
    closed = next((match for match in _CLOSED.finditer(kept) if _closes(match[0], kept[match.end() :])), None)
    kept = kept[: closed.start()] if closed else _NAMED.sub("", kept)
    return kept.strip() or said


def _closes(closing: str, below: str) -> bool:
    """Whether it is a closing: within a line only with its own stop, or before a name ("ystävällisesti pyydän")."""
    ends = (
        closing.rstrip(" \t").endswith((".", ",", ":", "/", "!")) or not below.strip() or below.lstrip(" \t")[0] == "\n"
    )
    return (ends or below.lstrip()[0].isupper()) and _is_a_name(below)


def _is_a_name(below: str) -> bool:
    """Whether what stands below a closing is a name and how to reach it, or a word or two that ask for nothing."""
    words = below.split()
    if re.search(rf"\b(?:{_NO}|{_ASKS})\b", below, re.IGNORECASE):
        return False
    return len(words) <= _ANY_NAME or all(_REACHED.fullmatch(word) for word in words)
