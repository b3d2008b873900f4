"""Acts by their names, as people give them for a ground: "arkistolain nojalla", "patientlagen", "the Housing Act".

Owns how such a name looks in three languages and its base form. Refuses the Accounting Act, which is a ground of its
own by its meaning, and says nothing of whether the Act binds: that is a person's to judge, and its section to name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from inbox_agent.rules.commands.word import Word

_FINNISH = re.compile(r"([\w-]{3,}(?<!l))(?:laki|lain|lakia|laissa|laista|lakiin)")
"""As in "potilaslain"; "jollain", "millain" and "meilläki" are none."""
_SWEDISH = re.compile(r"[\w-]{3,}lag(?:en|ens)?")
_NO_SWEDISH = re.compile(r"\w*(?:(?:av|an|be|in|ned|om|ut|upp|för|över|på)s|bo|för|under|upp|an|til)lag(?:en|ens)?")
"""As in "avslag", "förslag", "bolagen", "underlag"."""
_ENGLISH = re.compile(r"(?:\w+ )+act", re.IGNORECASE)
_JOINING = frozenset({"of", "and"})
_LONGEST = 4  # words of a name written small
_OF_ITS_OWN = "ground.accounting_law"


def is_act(ground: object) -> bool:
    """Whether a ground in the words said is an Act by its name."""
    text = str(ground).lower()
    return any(shape.fullmatch(text) for shape in (_FINNISH, _ENGLISH)) or _is_swedish(text)


def named_act(words: Sequence[Word]) -> str | None:
    """The first Act that is named in these words, as it is called."""
    for at, word in enumerate(words):
        text = word.text.lower()
        if word.kind != "word" or _OF_ITS_OWN in word.tags | word.phrases:
            continue
        if found := _FINNISH.fullmatch(text):
            return f"{found[1]}laki"
        if _is_swedish(text):
            return word.text.removesuffix("s") if text.endswith("ens") else word.text
        if text == "act" and (before := _before(words, at)):
            return " ".join(one.text for one in (*before, word))
    return None


def _is_swedish(text: str) -> bool:
    return _SWEDISH.fullmatch(text) is not None and _NO_SWEDISH.fullmatch(text) is None


def _before(words: Sequence[Word], at: int) -> Sequence[Word]:
    """The rest of an English name: its capitals, or what stands between "the" and "act"."""
    start = at
    while start and (words[start - 1].text[:1].isupper() or words[start - 1].form in _JOINING):
        start -= 1
    while start < at and words[start].form in {"the", *_JOINING}:
        start += 1
    if start < at:
        return words[start:at]
    article = next((i for i in range(at - 1, max(at - _LONGEST - 2, -1), -1) if words[i].form == "the"), at)
    return words[article + 1 : at]
