"""Who gets data because a sentence makes them its subject: "Ohjaajat saavat tiedot", "Laskut lähettää palvelukeskus".

Owns how Finnish tells a subject from an object: by the verb's number and by the ending of the noun. Refuses sentences
that deny, and what stands for the reader or for the controller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inbox_agent.rules.notice import names
from inbox_agent.rules.notice.wording import words

_GETS = words("subjects.gets")
_DOES = words("subjects.does")
_BESIDE = words("subjects.beside")
_NOBODY = words("subjects.nobody")
_OF_DATA = words("subjects.of_data")
_DENIES = re.compile(r"\b(?:ei|eivät|emme|en|eikä|inte|aldrig|not|never)\b", re.IGNORECASE)
_VERB = re.compile(rf"\b(?:{_GETS.pattern}|{_DOES.pattern})\b", re.IGNORECASE)
_PLURAL = re.compile(r"(?:vat|vät)$")
_WHY = re.compile(r",\s+(?:koska|sillä|siksi|eftersom|because|since)\b.*", re.DOTALL)  # a reason denies nothing
_LISTED = re.compile(r",\s*|\s+(?:ja|sekä|tai)\s+")
_CLAUSES = re.compile(r";\s*|,\s*(?:ja|sekä|mutta)\s+")
_ENDS = re.compile(
    r"[.;:(]|,\s*(?:jo(?:ka|tka|nka|iden|illa|ssa|sta|lle)|kun|jos|mikäli|että)\b|\s+(?:jos|kun|vain|varten)\b"
)
# Endings of an object, or of a place or a way; a doer in -ja and a company's name in -ta is neither.
_OBJECT = re.compile(r"(?:n|a|ä|si|mme|nne|nsa|nsä|lle|lla|llä|ssa|ssä|sta|stä|lta|ltä)$")
_DOER = re.compile(r"(?:ja|jä|nen|kunta|seura|firma|ryhmä|keskus|osapuoli|kassa)$")
_THE_ONE = re.compile(r"^(?:se|ne)\s+(?=[a-zåäö])")
_PREDICATE = re.compile(r"\w{3,}(?:taan|tään|daan|dään|vat|vät)\b")
_THEIRS = re.compile(r"(?:si|nsa|nsä|mme|nne)$")
_PLAIN = frozenset({"saa", "näkee"})  # their object is in -n or -t: a noun in -a is who gets
_PARTITIVE = re.compile(r"(?:aa|ää|ia|iä|oa|öä|ea|eä|ua|yä|ja|jä|ta|tä)$")
# What is no partitive, and no subject either: a way, a place, a state.
_ADVERBIAL = re.compile(r"(?:na|nä|tta|ttä|ssa|ssä|sta|stä|lla|llä|lta|ltä|ksi)$")
# An infinitive has the form of "he does": "jotta voimme hoitaa asiat".
_MODAL = re.compile(
    r"\b(?:(?:saa|saat|saamme|saavat|voi|voit|voimme|voivat|voidaan)ko|voi(?:n|t|mme|tte|vat|daan|da)?|halua(?:n|t|mme|tte|vat|a)?|saatamme|saatetaan|tulee|täytyy|pitää|pakko|tarkoitus)\b",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"(?:aa|ää|dä|da)$", re.IGNORECASE)
_WITHIN = "\x01"  # stands for "ja" within a name
_MOST_WORDS = 4


def subjects(text: str, *, told: bool) -> Iterator[str]:
    """Who is said to get or to handle data. `told`: the sentence stands where recipients are told; elsewhere it must
    speak of data itself.
    """
    if _DENIES.search(_WHY.sub("", text)) or not (told or _OF_DATA.search(text)):
        return
    for name, _ in names.organisations(text):
        text = text.replace(name, name.replace(" ja ", _WITHIN))
    for at, clause in enumerate(_CLAUSES.split(text)):
        yield from (name.replace(_WITHIN, " ja ") for name in _of_clause(clause, opening=at == 0))


@dataclass(frozen=True, slots=True)
class _Verb:
    """The verb that decides: `many` of plural number, `gets` where its subject gets data, `plain` "saa" or "näkee"."""

    many: bool
    gets: bool
    plain: bool


def _verb(word: str) -> _Verb:
    return _Verb(bool(_PLURAL.search(word)), _GETS.match(word) is not None, word.lower() in _PLAIN)


def _of_clause(text: str, *, opening: bool) -> Iterator[str]:
    found = _VERB.search(text)
    before = text[: found.start()].strip(" ,") if found else ""
    if found is None or not before or len(before.split()) > 2 * _MOST_WORDS:
        return
    if _MODAL.search(before) and _INFINITIVE.search(found[0]):
        return
    verb = _verb(found[0])
    if opening and " " not in before:
        before = before[:1].lower() + before[1:]  # that capital is the sentence's
    heads = [part for part in _LISTED.split(before) if part]
    if verb.gets and all(_is_subject(part, verb) for part in heads):
        yield from (_name(part, opening and at == 0) for at, part in enumerate(heads) if not _NOBODY.search(part))
    elif _is_object(heads[-1], verb):
        yield from _turned_round(text[found.end() :], verb)


def _turned_round(after: str, verb: _Verb) -> Iterator[str]:
    """The subject that stands behind its verb."""
    stretch = _ENDS.split(_BESIDE.sub("", after.strip()), maxsplit=1)[0]
    for part in _LISTED.split(stretch):
        if (further := _VERB.search(part)) and part[: further.start()].strip():
            yield from _turned_round(part[further.end() :], _verb(further[0]))  # "... ja paketit vie Posti"
        elif 0 < len(part.split()) <= _MOST_WORDS and _is_subject(part, verb) and not _NOBODY.search(part):
            yield _name(_THE_ONE.sub("", part), opening=False)


def _is_subject(part: str, verb: _Verb) -> bool:
    """Whether a noun phrase can be the subject: no object's ending, nor the plural's where the verb is none."""
    last = part.rsplit(maxsplit=1)[-1].strip(" .")
    if (last.endswith("t") and not verb.many) or _PREDICATE.search(part) or "@" in part:
        return False
    if last[:1].isupper() or not _OBJECT.search(last):
        return True
    in_a = verb.plain and last[-1] in "aä" and not _PARTITIVE.search(last) and not _ADVERBIAL.search(last)
    return bool(_DOER.search(last) or in_a) and not _OF_DATA.search(last)


def _is_object(part: str, verb: _Verb) -> bool:
    last = part.rsplit(maxsplit=1)[-1]
    if verb.many and _THEIRS.search(last):
        return False  # of many it may be who sees as well as what is seen
    return not _is_subject(part, verb) or (last.endswith("t") and not last.endswith("jat"))


def _name(part: str, opening: bool) -> str:
    """The phrase as a list tells it: the first word of a sentence loses its capital, a company's own keeps it."""
    part = part.strip(" .,")
    own = any(word[:1].isupper() for word in part.split()[1:])
    return part[:1].lower() + part[1:] if opening and not own else part
