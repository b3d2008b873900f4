"""Whether a mail names recordings, footage or logs: data that is gone in weeks unless somebody stops that.

Owns the few words that say so in Finnish, Swedish and English. Refuses to say whether there are any. "Stored data"
(tallennetut tiedot, lagrade uppgifter) is no recording.
"""

from __future__ import annotations

import re

_NAMED = re.compile(
    r"\b(?:\w*tallen(?:ne|netta|te\w+)|\w*nauhoit\w+|\w*äänit(?:e|te|y|ie)\w*|\w*valvontakamera\w*|kamera(?:kuv[ai]|valvon)\w*|\w*lokitie\w+"
    r"|\w*inspelning\w*|\w*övervakning(?:skamer|sfilm)\w*|kameraövervakning\w*|\w*logguppgift\w*"
    r"|recordings?|cctv|(?:camera|video|security) footage|access logs?)\b",
    re.IGNORECASE,
)
_HELD = (
    "tallen", "nauhoit", "äänit", "kamera", "lokitie", "inspelning", "övervakning", "logguppgift",
    "recording", "cctv", "footage", "access log",
)  # fmt: skip
"""Of these letters every one of the words holds some: most texts are spared the search for the words themselves."""
_MOST = 5
_STEM = 6  # letters that a word keeps in every case: "nauhoitteet", "nauhoitteesta"


def named(text: str) -> tuple[str, ...]:
    """The recordings a text names, in its own words, each once, the first few."""
    folded = text.casefold().replace("ı", "i").replace("\u0307", "")  # what no case tells apart
    if not any(letters in folded for letters in _HELD):
        return ()
    found = dict.fromkeys(match[0].casefold() for match in _NAMED.finditer(text))
    return tuple(found)[:_MOST]


def kept(known: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The recordings to keep: those the controller knows it makes, and what a text names besides them, as a task calls
    them: "tallenteen" is "tallenteet".
    """
    stems = {word[:_STEM].casefold() for name in known for word in name.split()}
    besides = (_plainly(word) for word in named(text) if word[:_STEM] not in stems)
    return tuple(dict.fromkeys((*known, *besides)))


_PLAIN = (
    (re.compile(r"tallen(?:ne|te\w*|netta)$"), "tallenteet"),
    (re.compile(r"nauhoitu\w*$"), "nauhoitukset"),
    (re.compile(r"nauhoit\w*$"), "nauhoitteet"),
    (re.compile(r"äänity\w*$"), "äänitykset"),
    (re.compile(r"äänit\w*$"), "äänitteet"),
    (re.compile(r"valvontakamera\w*$"), "valvontakameran kuvat"),
    (re.compile(r"kameraku\w*$"), "kamerakuvat"),
    (re.compile(r"kameravalvon\w*$"), "kameravalvonnan kuvat"),
    (re.compile(r"lokitie\w*$"), "lokitiedot"),
    (re.compile(r"inspelning\w*$"), "inspelningar"),
    (re.compile(r"övervakningsfilm\w*$"), "övervakningsfilmer"),
    (re.compile(r"övervakningskamer\w*$"), "övervakningskamerans bilder"),
    (re.compile(r"kameraövervakning\w*$"), "kameraövervakningens bilder"),
    (re.compile(r"logguppgift\w*$"), "logguppgifter"),
)
"""How a word that a mail inflects is called by itself, whatever it begins with: "puhelutallenteesta"."""


def _plainly(word: str) -> str:
    for inflected, plain in _PLAIN:
        if inflected.search(word):
            return inflected.sub(plain, word)
    return word
