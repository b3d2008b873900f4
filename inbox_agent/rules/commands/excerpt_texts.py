"""How the words of an argument are given: each place where was looked, a thing in its base form, a deed as called.

Refuses to find these words: the reader of excerpts does (`own_words`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inbox_agent.rules.commands.base_forms import base_forms, to_do
from inbox_agent.rules.commands.excerpt_clues import Stretch
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.speaking import is_finnish
from inbox_agent.rules.commands.word import Word

_CALLED = frozenset({"query", "searched", "kept", "to", "facts"})
"""Arguments that name a thing: they are given in its base form."""
_AS_CALLED = frozenset({"query", "to"})
"""Of these a Swedish noun keeps its article: what is looked for in letters, and who is called so ("kommunen")."""
_TRAILING = ' .,;:!?"”“»–-'


def called_by(line: Line, stretch: Stretch, value: str) -> str:
    """A thing in its base form, where its words stand in the line."""
    begins = line.text.find(value)
    inside = [at for at in range(*stretch) if begins <= line.words[at].start < begins + len(value)]
    ends = [line.words[at].form[-len(_ABOUT) :] for at in inside[-2:]]
    if len(ends) > 1 and ends[1] == _ABOUT != ends[0] and not ends[0].endswith("n"):
        return value  # "muistiinpanot toisista"
    return _written(line, "kept", inside[0], inside[-1] + 1) if begins >= 0 and inside else value


def text_of(line: Line, name: str, found: Sequence[Stretch]) -> str:
    """The words of an argument; of several apart the first, but every place where was looked."""
    several = found[:1]
    if name == "searched":
        listed = [*found, *_listed_before(line, *found[0])] if found else []
        several = [_whole_name(line, *place) for one in sorted(listed) for place in _places(line, *one)]
    elif name == "kept":
        several = [_with_its_noun(line, *_behind_this(line, *one)) for one in several]
    return ", ".join(one for start, end in several if (one := _written(line, name, start, end)))


def _behind_this(line: Line, start: int, end: int) -> Stretch:
    """As in "paitsi ne kaksi laskua"."""
    return start + (start + 1 < end and line.words[start].form in _THESE), end


_THESE = frozenset({"ne", "nama", "nuo", "noi", "those", "these"})


def _places(line: Line, start: int, end: int) -> Iterator[Stretch]:
    """Each place of a list ("i kortregistret å i hittegodsboken"), without what only tells that it was gone through."""
    begin = start
    for at in range(start, end + 1):
        word = line.words[at] if at < end else None
        if word is not None and word.kind != "mark" and word.form not in FUNCTION.joining | FUNCTION.between_places:
            continue
        first, last = begin, at
        while first < last and _is_of_search(line.words[first]):
            first += 1
        while first < last and _is_of_search(line.words[last - 1]):
            last -= 1
        if first < last:
            yield first, last
        begin = at + 1


def _listed_before(line: Line, start: int, end: int) -> Iterator[Stretch]:
    """As in "varauskirjasta emmekä sähköpostista": a place in the same case before the one that was found."""
    case = line.words[end - 1].form[-_CASE:]
    while start > 1 and case in _CASES and line.words[start - 1].form in FUNCTION.joining | FUNCTION.between_places:
        word = line.words[start - 2]
        if not word.form.endswith(case) or not _of_a_name(line, start - 2):
            return
        start -= 2
        yield start, start + 1


_CASE = 3  # letters
_CASES = frozenset({"sta", "ssa", "lta", "lla"})


def _whole_name(line: Line, start: int, end: int) -> Stretch:
    """A place by all its words: "support desk", "the app logs"; a Finnish one with its owner alone."""
    finnish = is_finnish(line.words)
    while start and _of_a_name(line, start - 1) and not (finnish and not _owns(line.words[start - 1])):
        start -= 1
    while end < len(line.words) and not finnish and _of_a_name(line, end):
        end += 1
    start, end = _with_its_noun(line, start, end) if finnish else (start, end)
    return start, end + _numbered(line, end)


def _numbered(line: Line, end: int) -> bool:
    """As in "kansio 4", "pärm 3"; a day or a number of things is none."""
    dated = any(mention.start <= end < mention.end for mention in line.mentions)
    if end >= len(line.words) or dated or not line.words[end].form.isdigit():
        return False
    behind = line.words[end + 1] if end + 1 < len(line.words) else None
    return behind is None or behind.kind == "mark" or behind.form in FUNCTION.joining | FUNCTION.between_places


def _with_its_noun(line: Line, start: int, end: int) -> Stretch:
    """Not the owner alone: "toisen oppilaan tiedot"."""
    while end < len(line.words) and line.words[end - 1].form.endswith("n") and _of_a_name(line, end):
        end += 1
    return start, end


def _owns(word: Word) -> bool:
    """As in "asiakaspalvelun postilaatikko"; "syynättiin" owns nothing."""
    return word.form.endswith("n") and not word.form.endswith(("tiin", "tin"))


def _of_a_name(line: Line, at: int) -> bool:
    word = line.words[at]
    if word.kind != "word" or any(mention.start <= at < mention.end for mention in line.mentions):
        return False
    small = FUNCTION.joining | FUNCTION.between_places | FUNCTION.helping | FUNCTION.causes | FUNCTION.around_a_thing
    return word.form not in small and not _is_of_search(word) and not any(tag.startswith(_ACTING) for tag in word.tags)


_ACTING = ("v_", "done.", "kept", "redact", "except", "this", "known", "ground.accounting_law")


def _is_of_search(word: Word) -> bool:
    by_means = word.form.endswith(_MEANS) and word.form.startswith(_KNOWN_BY)  # "haku tehty nimellä ja numerolla"
    return by_means or word.form in FUNCTION.around_a_place or bool({"looked", "no_data", "not"} & word.tags)


_MEANS = ("lla", "lloin")
_KNOWN_BY = ("nime", "nimi", "numero", "asiakasnumero", "tunnuks", "syntyma", "sahkopostiosoit", "puhelinnumer", "hetu")
"""By what somebody is looked for."""


def _written(line: Line, name: str, start: int, end: int) -> str:
    while name == "condition" and end - start > 1 and line.words[end - 1].form in _BY_WHEN:
        end -= 1
    words = line.words[start:end]
    behind = line.words[end].form if end < len(line.words) else ""
    told_of = name in _TOLD_OF and words[-1].form.endswith(_ABOUT) and words[0].form.endswith((_ABOUT, "n"))
    told_of = told_of and not words[0].form.endswith("maan")  # "kysymään tilitoimistosta"
    told_of = told_of or (name == "about" and start > 0 and line.words[start - 1].form == "om")  # "påminn om brevet"
    if name in _CALLED or told_of or behind in _BECAUSE:
        return base_forms(line, words, articles=name in _AS_CALLED).strip(_TRAILING)
    written = line.text[words[0].start : words[-1].end].strip(_TRAILING)
    deed = to_do(words[0].text) if name == "about" else words[0].text
    return deed + written[len(words[0].text) :] if written.startswith(words[0].text) else written


_BY_WHEN = frozenset({"by", "till", "senast", "mennessa", "then", "the", "den"})
"""What stands between a condition and its day."""
_TOLD_OF = frozenset({"about", "value"})
_ABOUT = "sta"
"""How a thing ends of which one is reminded or a letter speaks: "muistuta kokouksesta", but "hae mappi kellarista"."""
_BECAUSE = frozenset({"vuoksi", "takia", "johdosta", "perusteella", "varten"})
