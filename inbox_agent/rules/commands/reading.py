"""A line as words: tokens with their meanings, and the clauses they stand in.

Owns tokens, phrases over several words, and where a clause ends. Refuses to say what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from inbox_agent.rules.commands import names
from inbox_agent.rules.commands.days import Mention, mentions
from inbox_agent.rules.commands.numbers import number
from inbox_agent.rules.commands.vocabulary import Tags, Vocabulary
from inbox_agent.rules.fold import fold, squeeze

LONGEST = 600  # characters: a line is not a letter
_RANGE = re.compile(r"(?<![\d.])(\d{1,2})\.?\s?[-–]\s?(\d{1,2})\.(\d{1,2})\.")  # "1.-15.7." is "1.7.-15.7."
_TOKEN = re.compile(
    r"(?P<quoted>[\"”“»][^\"”“»]{1,200}[\"”“»])"
    r"|(?P<email>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)"
    r"|(?P<day>\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?(?!\d))"
    r"|(?P<case>\b20\d\d-\d{4}\b)"
    r"|(?P<clock>\d{1,2}[.:]\d{2}(?!\d))"
    r"|(?P<money>\d{1,6},\d{2}(?!\d))"
    r"|(?P<num>\d+)(?P<dot>\.(?=\s+\w))?"
    r"|(?P<abbr>\bklo?\.(?=\s*\d))"
    r"|(?P<word>[^\W\d_]+(?:[-'’´:][^\W_]+)*)"
    r"|(?P<mark>[€,.;:!?\n&+–-])"
)
_ENDS = frozenset({",", ".", ";", "!", "?", "\n", "&", "+", ":", "–"})
_JOINS = frozenset(
    [
        "ja",
        "sekä",
        "seka",
        "sitten",
        "mutta",
        "mut",
        "och",
        "men",
        "utan",
        "and",
        "but",
        "then",
        "vaan",
        "plus",
        "jonka",
        "äläkä",
        "alaka",
    ]
)
_CAUSES = frozenset(
    {"koska", "kun", "siksi", "sillä", "silla", "because", "since", "eftersom", "kosk", "ku", "joten", "niin", "as"}
)
_FILLERS = frozenset(
    [
        "vielä",
        "nyt",
        "sitten",
        "myös",
        "edes",
        "kyllä",
        "sitä",
        "hänestä",
        "häneltä",
        "hänen",
        "häntä",
        "meillä",
        "meidän",
        "tästä",
        "siitä",
        "siltä",
        "enää",
        "oikein",
        "kyseisestä",
        "kyseisen",
        "nyt",
        "sen",
        "mikään",
        "ohjelma",
        "kai",
        "kyl",
        "aivan",
        "täysin",
        "tämän",
        "tän",
        "mun",
        "minun",
        "se",
        "the",
        "a",
        "an",
        "hänelle",
        "sille",
        "yet",
        "still",
        "ännu",
        "juuri",
        "jo",
        "redan",
        "already",
        "ihan",
        "vaan",
        "tuon",
        "ne",
        "siis",
        "että",
        "on",
        "kaikki",
        "any",
        "mitään",
        "tää",
        "tämä",
        "hän",
        "asiakkaan",
        "asiakas",
        "asiakkaalta",
        "pyytäjän",
        "henkilön",
        "henkilöstä",
    ]
)
_FOLDED_FILLERS = frozenset(fold(word) for word in _FILLERS)
_MOST_SKIPPED = 2


@dataclass(frozen=True, slots=True)
class Word:
    """One token: its place in the line, its text, its folded form, its kind and meanings. `phrases` cover it too."""

    start: int
    end: int
    text: str
    form: str
    kind: str
    tags: Tags
    phrases: Tags = field(default=frozenset())

    def means(self, tag: str) -> bool:
        return tag in self.tags


@dataclass(frozen=True, slots=True)
class Line:
    """A read line. Indices of `mentions` count `words`."""

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `start` up to `end` of a line, and what stood before them ("," "ja" "vaan" ...)."""

    start: int
    end: int
    joiner: str


def read(text: str, vocabulary: Vocabulary, today: date) -> Line:
    """Cut a line into words and give them their meanings. `today` is the day in Helsinki."""
    text = _RANGE.sub(r"\1.\3.-\2.\3.", text[:LONGEST])
    words = [_word(match, vocabulary) for match in _TOKEN.finditer(text)]
    words = _with_names(words, vocabulary)
    words = _with_phrases(words, vocabulary)
    words = _numbered_cases(_denied(_in_their_language(words)))
    found = mentions([word.form for word in words], today)
    return Line(text, tuple(_with_days(words, found, vocabulary)), found, today)


def _word(match: re.Match[str], vocabulary: Vocabulary) -> Word:
    kind, text = match.lastgroup or "word", match[0]
    if kind in {"word", "abbr"}:
        return _written(match, text.rstrip("."), vocabulary)
    kind = "num" if kind == "dot" else kind
    tag = _BY_KIND.get(kind) or _BY_MARK.get(text)
    return Word(match.start(), match.end(), text, text.lower(), kind, frozenset({tag} if tag else ()))


_BY_KIND = {"quoted": "quoted", "email": "email", "num": "num", "case": "num", "money": "sum"}
_BY_MARK = {"€": "euro", ":": "colon"}


def _written(match: re.Match[str], text: str, vocabulary: Vocabulary) -> Word:
    """A word; "csv:nä" is csv, "pdf-tiedosto" each of its parts, and "piste" what a telephone was told."""
    form = fold(text.split(":", maxsplit=1)[0])
    if mark := _SPOKEN_MARKS.get(form):
        tag = _BY_MARK.get(mark)
        return Word(match.start(), match.end(), mark, mark, "mark", frozenset({tag} if tag else ()))
    tags = vocabulary.tags(form)
    if not tags and "-" in form:
        parts = (vocabulary.tags(part) for part in form.split("-"))
        tags = vocabulary.tags(form.replace("-", "")) or frozenset().union(*parts)
    return Word(match.start(), match.end(), text, form.lower(), "word", tags)


def _with_names(words: Sequence[Word], vocabulary: Vocabulary) -> list[Word]:
    """A known name, or an unknown word with a capital where no sentence begins."""
    found = []
    for at, word in enumerate(words):
        tags = word.tags
        if word.kind == "word":
            begins = at == 0 or words[at - 1].text in {".", "!", "?", "\n"}
            capital = word.text[:1].isupper() and not word.text.isupper()
            sure = names.surely(word.text)
            if tags and sure and capital and not vocabulary.knows(word.form):
                tags = frozenset()  # a name, not a slip of another word
            named_on = (
                at + 1 < len(words) and words[at + 1].text[:1].isupper() and bool(names.surely(words[at + 1].text))
            )
            if capital and begins and not tags and named_on:
                tags = frozenset({"name"})
            if (sure and (not tags or (capital and not begins)) and (capital or len(word.form) > 3)) or (
                capital and not begins and not tags
            ):
                tags = frozenset({"name"})
        if "name" in tags and word.form.endswith("lle"):
            tags |= {"to_name"}
        found.append(Word(word.start, word.end, word.text, word.form, word.kind, tags))
    return found


def _with_phrases(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    tags: list[set[str]] = [set(word.tags) for word in words]
    covered: list[set[str]] = [set() for _ in words]
    for at, end, concept in _longest(_phrases(words, vocabulary)):
        tags[at].add(concept)
        for inside in range(at, end):
            covered[inside].add(concept)
            if concept.startswith("period."):
                tags[inside] = {tag for tag in tags[inside] if tag.startswith(("period.", "about."))}
    return [
        Word(word.start, word.end, word.text, word.form, word.kind, frozenset(tags[at]), frozenset(covered[at]))
        for at, word in enumerate(words)
    ]


def _phrases(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    for at, word in enumerate(words):
        for phrase, concept in (*vocabulary.phrases.get(word.form[:2], ()), *vocabulary.phrases.get(word.form[:1], ())):
            if (end := _phrase_end(words, at, phrase)) is not None:
                yield at, end, concept


def _longest(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Of phrases of one kind, one inside another does not count: "haluaa tietonsa pois" is no "haluaa tietonsa"."""
    spans = list(found)
    for at, end, concept in spans:
        kind = concept.partition(".")[0]
        inside = any(
            a <= at and end <= e and (a, e) != (at, end) and other.partition(".")[0] == kind for a, e, other in spans
        )
        if not inside or "." not in concept:
            yield at, end, concept


_SWEDISH = frozenset(
    [
        "och",
        "att",
        "det",
        "ar",
        "pa",
        "jag",
        "inte",
        "med",
        "den",
        "ut",
        "begaran",
        "arende",
        "arendet",
        "till",
        "som",
        "mig",
        "for",
    ]
)
_FINNISH_NO = frozenset({"en", "ei", "et"})


def _in_their_language(words: list[Word]) -> list[Word]:
    """As in "en" denies in Finnish and is an article in Swedish; "alkaa" without its dots forbids only before "-ko"."""
    swedish = any(word.form in _SWEDISH for word in words)
    found = []
    for at, word in enumerate(words):
        following = words[at + 1].form if at + 1 < len(words) else ""
        begins = word.form == "alkaa" and word.text.lower() == "alkaa" and not following.endswith("ko")
        if (swedish and word.form in _FINNISH_NO) or begins:
            found.append(replace(word, tags=word.tags - {"not", "dont"}))
        else:
            found.append(word)
    return found


_NUMBERED = frozenset(
    {
        "numero",
        "nro",
        "asia",
        "asian",
        "asiat",
        "asiaa",
        "asiaan",
        "tapaus",
        "tapauksen",
        "tapaukset",
        "arende",
        "case",
        "juttu",
    }
)


def _numbered_cases(words: list[Word]) -> list[Word]:
    """A case number in words: "asia kaksitoista"; so is one behind "ja" after another."""
    found: list[Word] = []
    for word in words:
        before = found[-1].form if found else ""
        joined = before in {"ja", "och", "and"} and len(found) > 1 and "num" in found[-2].tags
        value = number(word.form) if word.kind == "word" and (before in _NUMBERED or joined) else None
        if value is not None:
            found.append(replace(word, text=str(value), form=str(value), tags=frozenset({"num"})))
        else:
            found.append(word)
    return found


_ESTABLISHED = frozenset({"ident_ok", "told_done", "done_word", "v_approve"})
_NEAR = 3  # words


def _denied(words: list[Word]) -> list[Word]:
    """Participles behind a "not" lose their meaning: "ei ole poistettu" tells no deed."""
    found = []
    for at, word in enumerate(words):
        before = words[max(at - _NEAR, 0) : at]
        denied = any("not" in one.tags and not one.phrases - {"not", "dont"} for one in before) and not any(
            one.kind == "mark" or one.form in _JOINS for one in before
        )
        lost = {tag for tag in word.tags if tag.startswith("done.") or tag in _ESTABLISHED - {"v_approve"}}
        if denied and lost:
            failed = {"ident_failed"} if "ident_ok" in lost else set()
            found.append(replace(word, tags=(word.tags - lost) | failed))
        else:
            found.append(word)
    return found


def _phrase_end(words: Sequence[Word], at: int, phrase: Sequence[tuple[str, bool]]) -> int | None:
    skipped = 0
    for order, (stem, open_end) in enumerate(phrase):
        while at < len(words) and not _is(words[at].form, stem, open_end):
            filler = order and words[at].form in _FOLDED_FILLERS and skipped < _MOST_SKIPPED
            if not filler:
                return None
            at += 1
            skipped += 1
        if at >= len(words):
            return None
        at += 1
    return at


def _is(form: str, stem: str, open_end: bool) -> bool:
    if form.startswith(stem) if open_end else form == stem:
        return True
    # "lähettäny" is "lähettänyt", "oo" is "ole".
    return form + "t" == stem or (form, stem) == ("oo", "ole") or (len(stem) > 3 and squeeze(form) == squeeze(stem))


def _with_days(words: Sequence[Word], found: Sequence[Mention], vocabulary: Vocabulary) -> Iterator[Word]:
    begins = {mention.start: "month" if mention.month else "day" for mention in found}
    inside = {at for mention in found for at in range(mention.start, mention.end)}
    for at, word in enumerate(words):
        tags = set(word.tags)
        if at in inside:
            kept = tags if vocabulary.knows(word.form) else word.phrases  # a weekday is no slip of another word
            months = at in begins and begins[at] == "month"
            tags = {tag for tag in kept if not (months and tag.startswith("about."))}
            tags.discard("num")
            tags.discard("name")
        if at in begins:
            tags.add(begins[at])
        yield Word(word.start, word.end, word.text, word.form, word.kind, frozenset(tags), word.phrases)


def clauses(line: Line) -> Iterator[Clause]:
    """Cut where a mark or a joining word stands; a joining word stays outside, but is remembered."""
    in_day = {at for mention in line.mentions for at in range(mention.start, mention.end)}
    start, joiner = 0, ""
    for at, word in enumerate(line.words):
        cuts = (word.kind == "mark" and word.text in _ENDS) or (word.form in _JOINS and not _inseparable(line, at))
        if not cuts or at in in_day or _numbered(line.words, at) or (word.text == ":" and _gives(line, start, at)):
            continue
        if at > start:
            yield Clause(start, at, joiner)
            joiner = ""
        if word.form == "alaka":
            start, joiner = at, word.form
            continue
        start = at + 1
        joiner = word.form if word.kind == "word" else joiner or word.text
    if start < len(line.words):
        yield Clause(start, len(line.words), joiner)


_SPOKEN_MARKS = {"piste": ".", "pilkku": ",", "kaksoispiste": ":", "huutomerkki": "!", "kysymysmerkki": "?"}
_GIVING = frozenset({"v_note", "v_note_word", "v_add", "v_add_plain", "into_letter", "v_write_that"})


def _gives(line: Line, start: int, at: int) -> bool:
    """Whether what stands before a colon says that the text of a note or a letter follows."""
    return any(_GIVING & word.tags for word in line.words[start:at])


def text_at(line: Line, clause: Clause) -> int:
    """Where the clause begins to give a text ("kirjaa että ...", "lisää: ..."); its end where it gives none."""
    for at in range(clause.start + 1, clause.end):
        word = line.words[at]
        names_right = any("right_word" in one.tags for one in line.words[clause.start : at])
        if (word.text == ":" or "that_word" in word.tags) and _gives(line, clause.start, at) and not names_right:
            return at + 1
    return clause.end


def _inseparable(line: Line, at: int) -> bool:
    """A joining word inside a phrase ("vasta sitten") or before its first word joins nothing."""
    word = line.words[at]
    if at == 0:
        return False
    if word.form == "sitten" and line.words[at - 1].form == "vasta":
        return True
    if word.form == "seka":
        return any(later.form == "etta" for later in line.words[at:])
    return word.form in {"utan", "as", "sitten"} and bool(word.phrases)


def _numbered(words: Sequence[Word], at: int) -> bool:
    """As in "4 ja 5" and "2, 3" are one list; so are two facts or two channels."""
    if not 0 < at < len(words) - 1 or words[at].form == "vaan":
        return False
    before, after = words[at - 1], words[at + 1]
    return "num" in before.tags and "num" in after.tags


def cause_at(line: Line, clause: Clause) -> int:
    """Where the clause begins to give its reason; its end where it gives none."""
    for at in range(clause.start + 1, clause.end):
        asked = "q_when" in line.words[clause.start].tags or "v_ask" in line.words[at - 1].tags
        if line.words[at].form in _CAUSES and not asked:
            return at
    return clause.end
