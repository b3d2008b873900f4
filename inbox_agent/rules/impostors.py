"""What is odd about who a mail says it is from. Every oddity is a flag for a person, never a verdict.

Owns look-alike domains, addresses in display names, replies that would go elsewhere, senders rewritten by a group.
The confusable letters are those of Unicode's TS 39 that mail addresses meet in practice (our choice).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from inbox_agent.rules.addresses import ADDRESS, domain_of, within
from inbox_agent.rules.headers import Headers
from state.model import Party

# Letters and digits that are drawn like Latin ones: Cyrillic, Greek, then Latin's own.
_CONFUSABLE = str.maketrans(
    {"а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "ԁ": "d"}
    | {"һ": "h", "ԛ": "q", "ԝ": "w", "к": "k", "м": "m", "т": "t", "п": "n", "г": "r", "ѵ": "v", "ӏ": "i"}
    | {"α": "a", "ο": "o", "ν": "v", "τ": "t", "ρ": "p", "υ": "u", "κ": "k", "ι": "i", "ε": "e", "χ": "x", "γ": "y"}
    | {"ɑ": "a", "ɡ": "g", "ı": "i", "0": "o", "1": "i", "l": "i"}
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("ci", "d"))  # "cl" once its l has become i
_VIA = re.compile(r"\bvia\b|\bkautta\b|\bgenom\b", re.IGNORECASE)
_REWRITING_FIELDS = (
    "list-id",
    "list-post",
    "mailing-list",
    "x-original-from",
    "x-original-sender",
    "x-google-group-id",
)
_SHORTEST_LABEL = 5  # below it a letter more or less is another name, not a trick


def oddities(
    headers: Headers, senders: Collection[Party], reply_to: Party | None, own: Collection[str]
) -> Iterator[str]:
    """The flags of a mail's sender; `senders` is everybody in its From fields, `own` our domains."""
    addresses = [party.address for party in senders if party.address]
    if not addresses:
        yield "no_from"
    if len({address.casefold() for address in addresses}) > 1 or len(headers.all("from")) > 1:
        yield "several_from"
    if reply_to and reply_to.address.casefold() not in {address.casefold() for address in addresses}:
        yield "reply_to_elsewhere"
    if any(is_lookalike(domain_of(address), own) for address in addresses):
        yield "lookalike_domain"
    if any(_name_tricks(party) for party in senders):
        yield "display_name_trick"
    if any(_VIA.search(party.name) for party in senders) and any(name in headers for name in _REWRITING_FIELDS):
        yield "group_rewritten"


def bears_name(shown: str, names: Iterable[str]) -> bool:
    """Whether a sender's name holds one of these whole names, in any order of its words and as the eye takes it. A name
    of one word is anybody's.
    """
    words = set(_skeleton(shown).replace(",", " ").split())
    wanted = (set(_skeleton(name).split()) for name in names)
    return any(len(name) > 1 and name <= words for name in wanted)


def is_lookalike(domain: str, own: Collection[str]) -> bool:
    """Whether a domain is made to be taken for one of ours, or is written in letters that pass for others."""
    unicode_domain = _from_punycode(domain)
    if any(_mixes_scripts(label) for label in unicode_domain.split(".")):
        return True
    if not domain or within(domain, own):
        return False
    return any(_resembles(unicode_domain, _from_punycode(ours.lower())) for ours in own if ours)


def _resembles(domain: str, ours: str) -> bool:
    if f".{ours}." in f".{domain}":  # our whole domain in front of another: ours.example.elsewhere.example
        return True
    skeleton, our_skeleton = _skeleton(domain), _skeleton(ours)
    if skeleton == our_skeleton or skeleton.endswith("." + our_skeleton):
        return True
    label, our_label = _registered_label(skeleton), _registered_label(our_skeleton)
    return len(our_label) >= _SHORTEST_LABEL and _one_edit_apart(label, our_label)


def _registered_label(domain: str) -> str:
    """The label below the last one; enough for the one-level suffixes that Finnish companies use."""
    labels = domain.split(".")
    return labels[-2] if len(labels) > 1 else ""


def _skeleton(text: str) -> str:
    """A text as the eye takes it: confusable letters, pairs and accents as plain letters, without hyphens."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter)
    )
    plain = plain.translate(_CONFUSABLE).replace("-", "")
    for pair, single in _PAIRS:
        plain = plain.replace(pair, single)
    return plain


def _one_edit_apart(one: str, other: str) -> bool:
    """Equal, or one letter changed, added, left out or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[start:], other[start:]
    return (
        rest == other_rest
        or rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )


def _mixes_scripts(label: str) -> bool:
    """Whether a label holds letters of another script that read as Latin; a plainly foreign word does not."""
    if label.isascii():
        return False
    foreign = [letter for letter in label if letter.isalpha() and not _is_latin(letter)]
    if not foreign:
        return False
    latin = any(letter.isascii() and letter.isalpha() for letter in label)
    return latin or all(letter.translate(_CONFUSABLE).isascii() for letter in foreign)


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _from_punycode(domain: str) -> str:
    return ".".join(_label_from_punycode(label) for label in domain.lower().split("."))


def _label_from_punycode(label: str) -> str:
    if not label.startswith("xn--") or len(label) > 63:  # RFC 1035, 2.3.4; decoding longer ones would be quadratic
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _name_tricks(party: Party) -> bool:
    """An address in the name that is not the address: many clients show the name alone."""
    shown = ADDRESS.findall(party.name.replace("\uff20", "@"))
    return any("." in domain_of(found) and found.casefold() != party.address.casefold() for found in shown)
