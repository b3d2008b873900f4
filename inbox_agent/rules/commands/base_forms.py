"""What was said, as it is called: "kanta-asiakaskortista" is kanta-asiakaskortti, "kassasta ja chatista" kassa, chatti.

Owns the case endings of Finnish nouns that people put behind what they name, singular and a few plurals, and the
gradation behind them where the word's end tells it. Swedish words lose their article (`swedish_nouns`), English ones
stay. Where no rule is sure the word keeps its letters. Refuses names of people (`names`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inbox_agent.rules.commands import names
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.inflection import weakened
from inbox_agent.rules.commands.numbers import number
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.speaking import is_finnish, is_swedish
from inbox_agent.rules.commands.swedish_nouns import owned, without_article, without_leading_article
from inbox_agent.rules.commands.word import Word
from inbox_agent.rules.fold import fold

_LOCAL = re.compile(r"(?:st[aä]|ss[aä]|lt[aä]|ll[aä]|lle)$")
_OF_US = re.compile(r"\w{3}(?:[aeiomt]us|[äeiömt]ys)t[aä]$")
"""As in "vahvistusta", "sopimusta" of vahvistus, sopimus; "laskusta" is of lasku."""
_SHORTEST = 3  # letters of a stem
_WHOLE = (
    "viimeistä",
    "lista",
    "kassa",
    "silta",
    "valta",
    "ilta",
    "asia",
    "media",
    "ergia",
    "storia",
    "goria",
    "ogia",
    "rafia",
)
"""How words end that only look as if they had an ending."""
_OWNED = re.compile(r"(?:[rs]|tt|pp|kk|post)in$")
"""As in "rekisterin", "chattin", "sähköpostin"; "puhelin" is whole."""
_INTO = re.compile(r"(?:([aouyäöi])\1|(?<=[aä]is)ee|(?<=ks)ee|(?<=mis)ee)n$")
"""As in "rekisteriin", "kassaan", "ajanvaraukseen"."""
_PLURAL = (
    ("ksi", "kset"),
    ("kuvi", "kuvat"),
    ("elmi", "elmat"),
    ("isi", "iset"),
    ("nimi", "nimet"),
    ("seni", "senet"),
    ("aimi", "aimet"),
    ("apsi", "apset"),
    ("uosi", "uodet"),
    ("kirjei", "kirjeet"),
    ("huonei", "huoneet"),
    ("ui", "ut"),
    ("yi", "yt"),
    ("öi", "öt"),
    ("meroi", "merat"),
    ("kirjoi", "kirjat"),
    ("listoi", "listat"),
    ("kassoi", "kassat"),
    ("oi", "ot"),
    ("kkai", "kkaat"),
    ("ttei", "tteet"),
    ("ntei", "nteet"),
    ("kkei", "kkeet"),
    ("ei", "it"),
)
"""A stem in the plural, and its base form: "laskuista", "palautteista", "papereista"."""
_PARTITIVE = (
    ("uosia", "uodet"),
    ("tietojen", "tiedot"),
    ("tietoja", "tiedot"),
    ("ujen", "ut"),
    ("ojen", "ot"),
    ("öjen", "öt"),
    ("teita", "teet"),
    ("teitä", "teet"),
    ("uja", "ut"),
    ("yjä", "yt"),
    ("oja", "ot"),
    ("öjä", "öt"),
    ("nnetta", "nne"),
    ("etta", "e"),
    ("että", "e"),
    ("mista", "minen"),
    ("mistä", "minen"),
    ("usta", "us"),
    ("ystä", "ys"),
    ("ösä", "ös"),
    ("östä", "ös"),
    ("autta", "ausi"),
    ("inta", "in"),
    ("oa", "o"),
    ("ua", "u"),
    ("yä", "y"),
    ("öä", "ö"),
    ("ia", "i"),
    ("iä", "i"),
    ("aa", "a"),
    ("ää", "ä"),
)
_STEMS = (
    ("kkaa", "kas"),
    ("mise", "minen"),
    ("kse", "s"),
    ("se", "nen"),
    ("uude", "uus"),
    ("yyde", "yys"),
    ("kuude", "kuus"),
    ("ime", "in"),
    ("kaude", "kausi"),
    ("eude", "eus"),
    ("kynne", "kynsi"),
    ("mäe", "mäki"),
    ("miehe", "mies"),
    ("huollo", "huolto"),
)
"""Ends of a stem, and of its base form."""


def base_forms(line: Line, words: Sequence[Word], *, articles: bool = False) -> str:
    """The text of these words of a line, with the last word of each thing named in its base form; Swedish `articles`
    stay where they are asked for.
    """
    if not articles and is_swedish(line.words):
        return _swedish(line, without_leading_article(words))
    heads = {word.start for word in _heads(words)} if is_finnish(line.words) else set()
    pieces, at = [], words[0].start
    for before, word in zip((None, *words), words, strict=False):
        between = line.text[at : word.start]
        counted = before is not None and number(before.form) is not None  # "kaksi laskua"
        named = _called(word) if word.start in heads and not counted else word.text
        pieces += [between, named]
        at = word.end
    return "".join(pieces).strip()


def _swedish(line: Line, words: Sequence[Word]) -> str:
    """The text of these words, the last of each thing without its article."""
    heads = {word.start for word in _heads(words)}
    text, end = "", words[0].start
    for before, word in zip((None, *words), words, strict=False):
        named = word.start not in heads or "name" in word.tags or owned(before)
        text += line.text[end : word.start] + (word.text if named else without_article(word.text))
        end = word.end
    return text.strip()


def _called(word: Word) -> str:
    if "name" in word.tags and not _program(word.text):
        return names.base_form(word.text, genitive=True)
    return base_form(word.text)


def _program(text: str) -> str | None:
    """As in "Outlookista", "gmailissa": the name of a program that takes an "i" before an ending."""
    local = _LOCAL.search(text.lower())
    bare = text[: local.start() - 1] if local else ""
    return bare if bare and fold(bare) in FUNCTION.loans else None


def _heads(words: Sequence[Word]) -> Iterator[Word]:
    """The last word of each thing of a list."""
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else None
        if following is not None and following.form.isdigit() and at + 2 >= len(words):
            yield word  # "mapista 12"
        if following is None or following.kind == "mark" or following.form in FUNCTION.joining | _NEITHER:
            yield word


_NEITHER = frozenset({"eika", "eller", "or", "tai", "eivatka"})


_IRREGULAR = {"käy": "käydä", "teke": "tehdä", "vie": "viedä", "tuo": "tuoda", "mene": "mennä", "tule": "tulla"}
_CONTRACTED = re.compile(r"(aa|ää)$")


def to_do(text: str) -> str:
    """A deed as it is called: "soittamaan", "soittaan" are soittaa, "vastaamaan" vastata, "tarkista" tarkistaa; any
    other word as it is.
    """
    low = text.lower()
    if low in _ORDERED:
        return _ORDERED[low]
    if spoken := re.fullmatch(r"(\w+[^aeiouyäö]t(?:aa|ää))n", low):
        return spoken[1]
    if low in _IN_ISTA:
        return low + low[-1]
    found = re.fullmatch(r"(\w{2,})m(aan|ään)", low)
    if not found:
        return text
    stem, last = found[1], found[2][0]
    if stem in _IRREGULAR:
        return _IRREGULAR[stem]
    return f"{stem[:-1]}t{last}" if _CONTRACTED.search(stem) else stem + last


_IN_ISTA = frozenset({"tarkista", "varmista", "valmista", "muista", "vahvista", "tunnista", "todista"})
_ORDERED = {
    **dict.fromkeys(("soita", "soitan"), "soittaa"),
    **dict.fromkeys(("hae", "hakeen"), "hakea"),
    **dict.fromkeys(("kysy", "kysyyn"), "kysyä"),
    **dict.fromkeys(("lue", "lukeen"), "lukea"),
    "lähetä": "lähettää",
    "katso": "katsoa",
    "vastaa": "vastata",
    "poista": "poistaa",
    "varmista": "varmistaa",
    "laita": "laittaa",
    "kerro": "kertoa",
    "pyydä": "pyytää",
    "vie": "viedä",
    "tuo": "tuoda",
    "tee": "tehdä",
}
"""Orders whose deed their last letters do not tell."""


def base_form(text: str) -> str:
    """One noun in its base form."""
    return _WORDS.get(text.lower()) or _regular(text)


def _regular(text: str) -> str:
    if ":" in text:
        return text.partition(":")[0]
    if text[:1].isupper() and (known := _known_name(text)):
        return known
    if program := _program(text):
        return program
    if len(text) <= _SHORTEST or (not text.isalpha() and "-" not in text) or text.lower().endswith(_WHOLE):
        return text
    if text.lower().endswith("in") and fold(text[:-2]) in FUNCTION.loans:
        return text[:-2]  # "hubspotin"
    if _OF_US.search(text.lower()):
        return text[:-2]
    if local := _LOCAL.search(text.lower()):
        stem = text[: local.start()]
        many = next((stem.removesuffix(end) + base for end, base in _PLURAL if stem.endswith(end)), None)
        return many or (_of_stem(stem) if len(stem) >= _SHORTEST else text)
    for ending, base in _PARTITIVE:
        if text.lower().endswith(ending) and len(text) - len(ending) >= _SHORTEST - 1:
            return text[: len(text) - len(ending)] + base
    return _of_an_owner_or_a_goal(text)


_WORDS = {"nimeä": "nimi", "nimee": "nimi", "nimiä": "nimet", "kuvii": "kuvat"}


def _known_name(text: str) -> str | None:
    """A known name in its base form; one like "Gunnarsson" has no ending."""
    return names.surely(text) or (text if text.endswith("son") else None)


def _of_an_owner_or_a_goal(text: str) -> str:
    """As in "rekisterin", "asiakkaan", "ajanvaraukseen"; any other word as it is."""
    low = text.lower()
    if low.endswith("kkaan"):
        return f"{text[:-4]}as"
    if into := _INTO.search(low):
        stem = text[: into.start() + 1]
        return _of_stem(stem) if stem.lower().endswith(("kse", "mise")) else stem
    if _OWNED.search(low) or (re.search(r"[aeouyäö]n$", low) and not low.endswith("nen")):
        return _of_stem(text[:-1])
    return text


def _of_stem(stem: str) -> str:
    for ending, base in _STEMS:
        if stem.lower().endswith(ending) and len(stem) - len(ending) >= _SHORTEST - 1:
            return stem[: len(stem) - len(ending)] + base
    if stem.lower().endswith("ee"):
        return _weak(stem[:-1])
    form = fold(stem)
    weak = next((end for end in sorted(FUNCTION.strong, key=len, reverse=True) if form.endswith(end)), "")
    if weak:
        return stem[: len(stem) - len(weak)] + FUNCTION.strong.get(weak, "")
    if form.endswith(_UNCHANGED):
        return stem
    return next((strong for found, put in _STRONGER if (strong := found.sub(put, stem)) != stem), stem)


_STRONGER = (
    (re.compile(r"(?<=[aeiouyäölnr])([kpt])(?=[aiouyäö]$)", re.IGNORECASE), r"\1\1"),
    (re.compile(r"(?<=[aeiouyäöh])d(?=[aiouyäö]$)", re.IGNORECASE), "t"),
    (re.compile(r"ng(?=[aiouyäö]$)", re.IGNORECASE), "nk"),
)
"""A stem whose syllable an ending has closed, back in the strong grade: "paketi-", "hoido-", "kaupungi-"."""
_UNCHANGED = ("auto", "data", "foto", "video", "koodi", "radio")


def _weak(stem: str) -> str:
    """As in "tallentee-", "tosittee-": the base form has the weak grade."""
    changed = weakened(stem)
    return changed if changed != stem else stem
