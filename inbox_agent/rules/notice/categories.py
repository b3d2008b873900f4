"""Categories of recipients as notices name them, in three languages (`lexicon/notice_receivers.toml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from inbox_agent.rules.lexicon_files import table
from inbox_agent.rules.notice import names

# Between a category and the name that it only describes: "perintätoimisto Saatava Oy".
SAYS_WHAT = re.compile(
    r"\w*(?:\s+(?:agency|agent|company|firm|partner|provider))?(?:\s+(?:\(|(?:eli|on|is|är)\s+)?|,\s+jo(?:ka|na)\s+(?:on|toimii)\s+)"
)


@cache
def categories() -> Mapping[str, re.Pattern[str]]:
    """The words of each category, whatever its language, by the Finnish name."""
    words = table("notice_receivers.toml")
    every = {name: (*each, *words["other_languages"].get(name, ())) for name, each in words["finnish"].items()}
    return {name: re.compile(rf"\b(?:{'|'.join(each)})", re.IGNORECASE) for name, each in every.items()}


@cache
def _in_other_languages() -> Mapping[str, re.Pattern[str]]:
    words = table("notice_receivers.toml")["other_languages"]
    return {name: re.compile(rf"\b(?:{'|'.join(each)})\w*", re.IGNORECASE) for name, each in words.items()}


def in_its_words(category: str, text: str) -> str:
    """A category with the word of a Swedish or English notice, or with its common one: "vakuutusyhtiö
    (försäkringsbolaget)", "Verohallinto (verottaja)".
    """
    pattern = _in_other_languages().get(category)
    found = pattern.search(text) if pattern else None
    if found:
        return f"{category} ({found[0]})"
    common = table("notice_receivers.toml")["commonly"].get(category, {})
    word = next((word for word, stem in common.items() if stem in text.lower()), "")
    return f"{category} ({word})" if word else category


def as_written(name: str) -> str:
    """The notice's own word of a category that `in_its_words` told; any other name as it is."""
    category, _, written = name.removesuffix(")").partition(" (")
    return written if category in categories() and written else name


def says_more(name: str, category: str) -> bool:
    """Whether a name holds what is known as a category, and who it is: "Vakuutusyhtiö Turvakas"."""
    return category in categories() and name.lower().startswith(category.lower()) and len(name.split()) > 1


def only_describes(text: str, category: str) -> bool:
    """Whether a category says each time what the organisation right behind it is: "huoltoyhtiölle (Talkkarit Ky)"."""
    pattern = categories().get(category)
    found = list(pattern.finditer(text)) if pattern else []
    starts = [start for _, start in names.organisations(text)]
    return bool(found) and all(
        any(SAYS_WHAT.fullmatch(text, one.end(), start) for start in starts if start > one.end()) for one in found
    )
