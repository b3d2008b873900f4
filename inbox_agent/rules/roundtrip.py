"""One-time codes: how they look, how they are kept, and how they are found in what comes back.

Owns the form of a code, its hash, and the reading of a mail against the codes that are out. Refuses to say whether a
code counts (`state.lifecycle.redeemable`) and to make randomness: it is given some. Twelve characters of thirty-one are
fifty-nine bits, beyond guessing in five tries. A hash costs milliseconds by intent, so that no mail may have many made.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from state.model import Code, CodeKey

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what is mistaken for something else when read aloud or typed: 0 O, 1 I L."""

LENGTH, GROUP = 12, 4
SALT_BYTES = 16

MASK = "••••-••••-••••"
"""What stands in the place of a code in a letter that has left."""

# Bounded: over a long run of spaces two open ends would cost the square of its length.
_BETWEEN = r"[\s\u00a0>|*_]{0,16}[-\u2010-\u2015\u2212]?[\s\u00a0>|*_]{0,16}"
_CANDIDATE = re.compile(
    rf"(?<![A-Za-z0-9])([A-Za-z0-9]{{4}}){_BETWEEN}([A-Za-z0-9]{{4}}){_BETWEEN}([A-Za-z0-9]{{4}})(?![A-Za-z0-9])"
)
# Every code has it, at the beginning of its second group, and few mails do: the others are looked through no further.
_DIGIT_AND_LETTER = re.compile(r"[0-9][A-Za-z]")
_GROUP = re.compile(rf"(?<![A-Za-z0-9])[A-Za-z0-9]{{{GROUP}}}(?![A-Za-z0-9])")
_MOST = 5_000  # candidates that are found in one mail
_MOST_TESTED, _MOST_CODES = 12, 4  # candidates and codes of which one mail's hashes are made (our choice)


@dataclass(frozen=True, slots=True)
class Written:
    """What in a mail has the form of a code: what its writer `typed`, and `whole` what stands there at all, quotes and
    subject included, the typed ones first.
    """

    typed: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """What a mail brings back of the codes that it was `read` against: those that are `right`, and what is to be
    `hidden`: the right ones, and whatever could not be tested in the hashes that one mail may cost.
    """

    read: frozenset[CodeKey] = frozenset()
    right: frozenset[CodeKey] = frozenset()
    hidden: frozenset[str] = frozenset()


NOTHING_WRITTEN, NOTHING_BROUGHT = Written(), Brought()


def code_from(random: bytes) -> str:
    """A code from at least 24 random bytes: three groups of four, always with letters and digits among them."""
    number = int.from_bytes(random, "big")
    letters = []
    for _ in range(LENGTH):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    # Letters and digits in fixed places tell a code from a word and from a number, wherever it stands.
    for place, kind in ((0, str.isalpha), (1, str.isdigit), (4, str.isdigit), (5, str.isalpha)):
        choices = [letter for letter in ALPHABET if kind(letter)]
        number, at = divmod(number, len(choices))
        letters[place] = choices[at]
    return _grouped("".join(letters))


def digest(code: str, salt: str) -> str:
    """What is kept of a code: scrypt over its bare letters, in hexadecimal. `salt` is hexadecimal."""
    return hashlib.scrypt(_bare(code).encode(), salt=bytes.fromhex(salt), n=2**12, r=8, p=1, dklen=32).hex()


def is_code(candidate: str, salt: str, kept: str) -> bool:
    return hmac.compare_digest(digest(candidate, salt), kept)


def candidates(text: str) -> tuple[str, ...]:
    """Everything in a text that has the form of a code, each once: typed small, spaced, quoted, wrapped."""
    found: dict[str, None] = {}
    position = 0
    if not _DIGIT_AND_LETTER.search(text):
        return ()
    while len(found) < _MOST and (match := _CANDIDATE.search(text, position)):
        bare = _bare("".join(match.groups()))
        if _has_form(bare):
            found[bare] = None
            position = match.end()
        else:
            position = match.start() + GROUP  # a code may begin in the middle of what was no code
    return tuple(found)


def written(subject: str, new_text: str, text: str) -> Written:
    """Everything in a mail that has the form of a code."""
    typed = candidates(new_text)
    return Written(typed, tuple(dict.fromkeys((*typed, *candidates(f"{subject}\n{new_text}\n{text}")))))


def brought(found: Written, codes: Sequence[Code]) -> Brought:
    """Read a mail against these codes, those that matter most first. It costs a bounded number of hashes: what is
    beyond them brings nothing back, and is hidden untested.
    """
    tested, untested = found.whole[:_MOST_TESTED], found.whole[_MOST_TESTED:]
    right = {code.key: one for code in codes[:_MOST_CODES] for one in tested if is_code(one, code.salt, code.digest)}
    hidden = found.whole if len(codes) > _MOST_CODES else (*right.values(), *(untested if codes else ()))
    return Brought(frozenset(code.key for code in codes), frozenset(right), frozenset(hidden))


def masked(text: str, found: Collection[str]) -> str:
    """The text with `MASK` wherever one of these codes (as `candidates` gives them) stands, however it is written."""
    parts, position, start = [], 0, 0
    while match := _CANDIDATE.search(text, position) if found else None:
        bare = _bare("".join(match.groups()))
        if bare in found:
            parts += [text[start : match.start()], MASK]
            position = start = match.end()
        else:
            position = match.start() + GROUP
    return "".join([*parts, text[start:]])


def without_groups(text: str, found: Collection[str]) -> str:
    """The text without the groups of these codes that stand alone: a phrase may be cut out of the middle of one."""
    groups = {code[at : at + GROUP] for code in found for at in range(0, LENGTH, GROUP)}
    return _GROUP.sub(lambda one: "••••" if one[0].upper() in groups else one[0], text) if groups else text


def carried(letter: str) -> str:
    """The code that stands in a letter of ours, written as we write it; empty where none does."""
    return next((_grouped(code) for code in candidates(letter) if _grouped(code) in letter), "")


def _grouped(bare: str) -> str:
    return "-".join(bare[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def _bare(code: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", code.upper())


def _has_form(bare: str) -> bool:
    return bare[0].isalpha() and bare[1].isdigit() and bare[4].isdigit() and bare[5].isalpha()
