"""Who gets data because a sentence makes them its subject: "Ohjaajat saavat tiedot", "Laskut lähettää palvelukeskus".

Owns how Finnish tells a subject from an object: by the verb's number and by the ending of the noun. Refuses sentences
that deny, and what stands for the reader or for the controller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox_agent.rules.notice.wording import words

_GETS = words("subjects.gets")
_DOES = words("subjects.does")
_BESIDE = words("subjects.beside")
_NOBODY = words("subjects.nobody")
_OF_DATA = words("subjects.of_data")
_DENIES = re.compile(r"\b(?:ei|eivät|emme|en|eikä|inte|aldrig|not|never)\b", re.IGNORECASE)
_VERB = re.compile(rf"\b(?:{_GETS.pattern}|{_DOES.pattern})\b", re.IGNORECASE)
_PLURAL = re.compile(r"(?:vat|vät)$")
_LISTED = re.compile(r",\s*|\s+(?:ja|sekä|tai)\s+")
_CLAUSES = re.compile(r";\s*|,\s*(?:ja|sekä|mutta)\s+")
_ENDS = re.compile(
    r"[.;:(]|,\s*(?:jo(?:ka|tka|nka|iden|illa|ssa|sta|lle)|kun|jos|mikäli|että)\b|\s+(?:jos|kun|vain|varten)\b"
)
# Endings of an object, or of a place or a way; a doer in -ja and a company's name in -ta is neither.
_OBJECT = re.compile(r"(?:n|a|ä|si|mme|nne|nsa|nsä|lle|lla|llä|ssa|ssä|sta|stä|lta|ltä)$")
_DOER = re.compile(r"(?:ja|jä|nen|kunta|seura|firma|ryhmä|keskus|osapuoli)$")
_THE_ONE = re.compile(r"^(?:se|ne)\s+(?=[a-zåäö])")
_PREDICATE = re.compile(r"\w{3,}(?:taan|tään|daan|dään|vat|vät)\b")
_THEIRS = re.compile(r"(?:si|nsa|nsä|mme|nne)$")  # of many it may be who sees as well as what is seen
_MOST_WORDS = 4


def subjects(text: str, *, told: bool) -> Iterator[str]:
    """Who is said to get or to handle data. `told`: the sentence stands where recipients are told; elsewhere it must
    speak of data itself.
    """
    if _DENIES.search(text) or not (told or _OF_DATA.search(text)):
        return
    for clause in _CLAUSES.split(text):
        yield from _of_clause(clause)


def _of_clause(text: str) -> Iterator[str]:
    found = _VERB.search(text)
    if found is None:
        return
    before, after = text[: found.start()].strip(" ,"), text[found.end() :]
    many = bool(_PLURAL.search(found[0]))
    if not before or len(before.split()) > 2 * _MOST_WORDS:
        return
    before = before[:1].lower() + before[1:] if " " not in before else before  # that capital is the sentence's
    first = [part for part in _LISTED.split(before) if part]
    if _GETS.fullmatch(found[0]) and all(_is_subject(part, many) for part in first):
        yield from (_name(part, at == 0) for at, part in enumerate(first) if not _NOBODY.search(part))
    elif _is_object(first[-1], many) and not (many and _THEIRS.search(first[-1])):
        stretch = _ENDS.split(_BESIDE.sub("", after.strip()), maxsplit=1)[0]
        for part in _LISTED.split(stretch):
            if 0 < len(part.split()) <= _MOST_WORDS and _is_subject(part, many) and not _NOBODY.search(part):
                yield _name(_THE_ONE.sub("", part), first=False)


def _is_subject(part: str, many: bool) -> bool:
    """Whether a noun phrase can be the subject: no object's ending, nor the plural's where the verb is none."""
    last = part.rsplit(maxsplit=1)[-1].strip(" .")
    if (last.endswith("t") and not many) or _PREDICATE.search(part):
        return False
    return bool(_DOER.search(last) and not _OF_DATA.search(last)) or not _OBJECT.search(last) or last[:1].isupper()


def _is_object(part: str, many: bool) -> bool:
    last = part.rsplit(maxsplit=1)[-1]
    return not _is_subject(part, many) or (last.endswith("t") and not last.endswith("jat"))


def _name(part: str, first: bool) -> str:
    """The phrase as a list tells it: the first word of a sentence loses its capital, a company's own keeps it."""
    part = part.strip(" .,")
    words_ = part.split()
    return part[:1].lower() + part[1:] if first and not any(word[:1].isupper() for word in words_[1:]) else part
