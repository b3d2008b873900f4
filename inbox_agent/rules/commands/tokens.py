"""The tokens of a line: words, numbers, days, amounts, files, addresses, quotations and marks.

Owns how a line is cut into them, and the ranges of days that are spelled out before ("1.-15.7.", "to-pe"). Refuses
what stands together: a name of several words, a phrase, a clause.
"""

from __future__ import annotations

import re

from inbox_agent.rules.commands.numbers import number
from inbox_agent.rules.commands.vocabulary import Vocabulary
from inbox_agent.rules.commands.word import Word
from inbox_agent.rules.fold import fold
from state.model import CASE_NUMBER

_SPELLED = ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai")
_RANGE = re.compile(
    r"(?<![\d.])(\d{1,2})\.?\s?[-–]\s?(\d{1,2})\.(0?[1-9]|1[0-2])(?:\.(?!\d{1,2}\b)|(?![\d.]))"
)  # "1.-15.7." is "1.7.-15.7."
_WORDED_RANGE = re.compile(  # "7–18 juni" is "7 juni – 18 juni"
    r"(?<![\d.])(\d{1,2})\.?\s?([-–]|and|to|till?|until|through|och)\s?(\d{1,2})\.?\s("
    r"januar[iy]|februar[iy]|mars|march|april|maj|may|jun[ie]|jul[iy]|august|augusti|september|[ok]{1,2}tober|october"
    r"|november|december|(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuuta)\b",
    re.IGNORECASE,
)
_WEEKDAYS = dict(zip(("ma", "ti", "ke", "to", "pe", "la", "su"), _SPELLED, strict=True))
_SHORT_RANGE = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\s?[-–]\s?({'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)  # "to-pe"
_TOKEN = re.compile(
    r"(?P<quoted>[\"”“»][^\"”“»]{1,200}[\"”“»])"
    r"|(?P<email>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)"
    r"|(?P<file>\b[\w-]{1,60}\.(?:pdf|csv|xlsx?|docx?|zip|txt|json|xml|od[st]|mp[34]|wav|jpe?g|png)\b)"
    r"|(?P<day>\d{4}-\d{2}-\d{2}|\d{1,2}\.(?:0?[1-9]|1[0-2])\.(?:\d{4}|\d{2})?(?!\d)"
    r"|(?:[12]?\d|3[01])\.[1-9](?![\d.%€]|\s*(?:€|%|e\b|eur|h\b|tun|kk\b)))"  # "10.9", which no clock shows
    rf"|(?P<case>{CASE_NUMBER})"
    r"|(?P<money>\d{1,6},\d{2}(?!\d)|\d{1,6}[.,]\d{1,2}(?=\s*(?:€|e\b|eur)))"
    r"|(?P<clock>\d{1,2}[.:]\d{2}(?!\d))"
    r"|(?P<num>\d+)(?P<dot>\.(?=\s+\w)|:[a-zäö]{1,4}\b)?"  # "77:n"
    r"|(?P<abbr>\bklo?\.(?=\s*\d))"
    r"|(?P<word>[^\W\d_]+(?:[-'’´:][^\W_]+)*)"
    r"|(?P<mark>[€,.;:!?\n&+–-])"
)
_SPOKEN_YEAR = re.compile(
    r"\b(?:kaks(?:i|en)?tuhatta? ?|tjugohundra ?|twenty (?=(?:twenty|thirty|forty)\b))"
    r"(?P<rest>[^\W\d_]+(?:(?<=ty) (?:one|two|three|four|five|six|seven|eight|nine)\b|(?<=kyt) ?kaks\b)?)",
    re.IGNORECASE,
)
_SPOKEN_FILE = re.compile(r"\b([^\W_][\w-]*) (?:piste|punkt|dot) (pdf|csv|xlsx?|docx?|zip|txt|json)\b", re.IGNORECASE)
_NAMED = re.compile(r"([A-ZÅÄÖ][\w-]*)-nimi\w*")


def spelled_out(text: str) -> str:
    """A line with both days of each range as days of their own."""
    text = _RANGE.sub(r"\1.\3.-\2.\3.", text)
    text = _WORDED_RANGE.sub(r"\1 \4 \2 \3 \4", text)
    text = _SPOKEN_FILE.sub(r"\1.\2", _SPOKEN_YEAR.sub(_year, text))
    return _SHORT_RANGE.sub(lambda said: f"{_WEEKDAYS[said[1].lower()]} - {_WEEKDAYS[said[2].lower()]}", text)


def _year(said: re.Match[str]) -> str:
    """A year of this century as it is said: "kakstuhattakolkytkolme", "tjugohundratrettitvå", "twenty thirty three"."""
    tens = number(fold(said["rest"].replace(" ", "")))
    return f"20{tens:02}" if tens and tens < _CENTURY else said[0]


_CENTURY = 100


def tokens(text: str, vocabulary: Vocabulary) -> list[Word]:
    """The tokens with their own meanings."""
    return [_word(match, vocabulary) for match in _TOKEN.finditer(text)]


def _word(match: re.Match[str], vocabulary: Vocabulary) -> Word:
    kind, text = match.lastgroup or "word", match[0]
    if kind in {"word", "abbr"}:
        return _written(match, text.rstrip("."), vocabulary)
    kind = "num" if kind == "dot" else kind
    text = text.partition(":")[0] if kind == "num" else text
    tag = _BY_KIND.get(kind) or _BY_MARK.get(text)
    return Word(match.start(), match.end(), text, text.lower(), kind, frozenset({tag} if tag else ()))


_BY_KIND = {"file": "n_attachment", "quoted": "quoted", "email": "email", "num": "num", "case": "num", "money": "sum"}
_SPOKEN_MARKS = {"piste": ".", "pilkku": ",", "kaksoispiste": ":", "huutomerkki": "!", "kysymysmerkki": "?"}
_BY_MARK = {"€": "euro", ":": "colon"}


def _written(match: re.Match[str], text: str, vocabulary: Vocabulary) -> Word:
    """A word; "csv:nä" is csv, "pdf-tiedosto" each of its parts, and "piste" what a telephone was told."""
    form = fold(text.split(":", maxsplit=1)[0])
    if named := _NAMED.fullmatch(text):  # "Kivilahti-nimistä"
        return Word(match.start(), match.end(), named[1], fold(named[1]), "word", frozenset({"name"}))
    if mark := _SPOKEN_MARKS.get(form):
        tag = _BY_MARK.get(mark)
        return Word(match.start(), match.end(), mark, mark, "mark", frozenset({tag} if tag else ()))
    tags = vocabulary.tags(form)
    if not tags and "-" in form:
        parts = (vocabulary.tags(part) for part in form.split("-"))
        tags = vocabulary.tags(form.replace("-", "")) or frozenset().union(*parts)
    return Word(match.start(), match.end(), text, form.lower(), "word", tags)
