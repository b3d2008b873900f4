"""A line as words: tokens with their meanings.

Owns tokens and phrases over several words; where a clause ends is `clauses`' to say. Refuses to say what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from inbox_agent.rules.commands import names
from inbox_agent.rules.commands.days import mentions
from inbox_agent.rules.commands.inflection import skeleton
from inbox_agent.rules.commands.mention import Mention
from inbox_agent.rules.commands.numbers import nickname, number
from inbox_agent.rules.commands.speaking import with_articles, without_slips_of_the_tongue
from inbox_agent.rules.commands.vocabulary import FUNCTION, GAP, Tags, Vocabulary
from inbox_agent.rules.commands.word import Word
from inbox_agent.rules.fold import fold

LONGEST = 600  # characters: a line is not a letter
_SPELLED = ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai")
_RANGE = re.compile(r"(?<![\d.])(\d{1,2})\.?\s?[-–]\s?(\d{1,2})\.(\d{1,2})\.")  # "1.-15.7." is "1.7.-15.7."
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
    r"|(?P<file>\b[\w-]{1,60}\.(?:pdf|csv|xlsx?|docx?|zip|txt|json)\b)"
    r"|(?P<day>\d{4}-\d{2}-\d{2}|\d{1,2}\.(?:0?[1-9]|1[0-2])\.(?:\d{4}|\d{2})?(?!\d)"
    r"|(?:[12]?\d|3[01])\.[1-9](?![\d.%€]|\s*(?:€|%|e\b|eur|h\b|tun|kk\b)))"  # "10.9", which no clock shows
    r"|(?P<case>\b20\d\d-\d{4}\b)"
    r"|(?P<money>\d{1,6},\d{2}(?!\d)|\d{1,6}[.,]\d{1,2}(?=\s*(?:€|e\b|eur)))"
    r"|(?P<clock>\d{1,2}[.:]\d{2}(?!\d))"
    r"|(?P<num>\d+)(?P<dot>\.(?=\s+\w)|:[a-zäö]{1,4}\b)?"  # "77:n"
    r"|(?P<abbr>\bklo?\.(?=\s*\d))"
    r"|(?P<word>[^\W\d_]+(?:[-'’´:][^\W_]+)*)"
    r"|(?P<mark>[€,.;:!?\n&+–-])"
)
_NAMED = re.compile(r"([A-ZÅÄÖ][\w-]*)-nimi\w*")
_MOST_SKIPPED = 2
_WIDEST = 3  # words that a gap in a phrase may hold
_SHORT = 3  # letters: shorter words must be met whole


@dataclass(frozen=True, slots=True)
class Line:
    """A read line. Indices of `mentions` count `words`."""

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    today: date


def read(text: str, vocabulary: Vocabulary, today: date) -> Line:
    """Cut a line into words and give them their meanings. `today` is the day in Helsinki."""
    text = _RANGE.sub(r"\1.\3.-\2.\3.", text[:LONGEST])
    text = _WORDED_RANGE.sub(r"\1 \4 \2 \3 \4", text)
    text = _SHORT_RANGE.sub(lambda said: f"{_WEEKDAYS[said[1].lower()]} - {_WEEKDAYS[said[2].lower()]}", text)
    words = [_word(match, vocabulary) for match in _TOKEN.finditer(text)]
    words = without_slips_of_the_tongue(with_articles(_with_names(words, vocabulary)), today)
    words = _with_phrases(words, vocabulary)
    words = _next_alone(_numbered_cases(_answered(_denied(_theirs(_in_their_language(_told_on(words)))))))
    found = mentions(["mina" if word.text.lower() == "mä" else word.form for word in words], today)
    return Line(text, tuple(_with_days(words, found, vocabulary)), found, today)


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


def _with_names(words: Sequence[Word], vocabulary: Vocabulary) -> list[Word]:
    """A known name, or an unknown word with a capital where no sentence begins."""
    found: list[Word] = []
    for at, word in enumerate(words):
        tags = word.tags
        if word.kind == "word" and not _CONTRACTED.search(word.form):
            begins = at == 0 or words[at - 1].text in {".", "!", "?", "\n"}
            capital = word.text[:1].isupper() and not word.text.isupper()
            sure = names.surely(word.text)
            if tags and sure and capital and not vocabulary.knows(word.form):
                tags = frozenset()  # a name, not a slip of another word
            named_on = at + 1 < len(words) and _may_be_surname(words[at + 1])
            if capital and begins and not tags and named_on:
                tags = frozenset({"name"})
            if (sure and (not tags or (capital and not begins)) and (capital or len(word.form) > 3)) or (
                capital and not begins and not tags
            ):
                tags = frozenset({"name"})
        if not tags and found and _goes_on_a_name(found[-1], word):
            tags = frozenset({"name"})
        if "name" in tags and word.form.endswith("lle"):
            tags |= {"to_name"}
        if {"role", "deputy"} & tags and word.form.endswith("lle"):
            tags |= {"to_role"}
        found.append(Word(word.start, word.end, word.text, word.form, word.kind, tags))
    return found


_CONTRACTED = re.compile(r"['’´](?:ve|m|ll|d|re|t)$")  # "I've" is nobody's name


def _may_be_surname(word: Word) -> bool:
    """Whether a word with a capital goes on a name that is not known ("Nora Ashby")."""
    capital = word.text[:1].isupper() and not word.text.isupper()
    return capital and (bool(names.surely(word.text)) or not word.tags)


_SURNAMES = ("nen", "sen", "selle", "selta", "sta", "lle", "lta", "paa", "maki", "niemi", "lahti", "koski", "jarvi")


def _goes_on_a_name(before: Word, word: Word) -> bool:
    """Whether an unknown word without a capital goes on a name that has none either: "sirkka hyvarinen"."""
    return word.kind == "word" and "name" in before.tags and before.text.islower() and word.form.endswith(_SURNAMES)


_EMPTY = frozenset({"polite_wish", "indefinite", "all_well"})
_ESTABLISHING = frozenset({"ident_ok", "ident_failed", "not_arrived"})
_WHOLE_DEED = frozenset({"brought_up"})
"""What a phrase does whatever verb it is said with: the verb's own meaning is lost."""
_ONE_OF_A_KIND = ("ground.", "right.", "tone.")
"""Kinds of which a phrase says one, whatever its words say by themselves."""
_LOST = {"right": ("right.", "done."), "tone": ("tone.",)}
"""What the words of such a phrase lose; a ground takes away every kind."""


def _with_phrases(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    tags: list[set[str]] = [set(word.tags) for word in words]
    covered: list[set[str]] = [set() for _ in words]
    found = list(_longest(_phrases(words, vocabulary)))
    for at, end, concept in found:
        for inside in range(at, end):
            covered[inside].add(concept)
            tags[inside] = _left_of(tags[inside], concept)
        tags[at].add(concept)
    for at, end, concept in found:
        if concept.startswith(
            "ground."
        ):  # "virhettä ei löytynyt" says that the data are right, not that there are none
            for inside in range(at, end):
                tags[inside] -= {"no_data", "q_ground", "v_note", "v_note_word"}
    return [
        Word(word.start, word.end, word.text, word.form, word.kind, frozenset(tags[at]), frozenset(covered[at]))
        for at, word in enumerate(words)
    ]


def _left_of(tags: set[str], concept: str) -> set[str]:
    """What a word inside a phrase still means by itself."""
    if concept in _EMPTY:
        return set()
    if concept.startswith("period."):
        return {tag for tag in tags if tag.startswith(("period.", "about."))}
    if concept in _ESTABLISHING | _WHOLE_DEED:
        return {tag for tag in tags if not tag.startswith("v_")}
    if concept == "v_refuse":
        return tags - {"v_change", "v_give", "v_write"}
    if concept.startswith(_ONE_OF_A_KIND):
        lost = _LOST.get(concept.partition(".")[0], (*_ONE_OF_A_KIND, "v_open"))
        return {tag for tag in tags if not tag.startswith(lost)}
    return tags


def _phrases(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    for at, word in enumerate(words):
        for phrase, concept in vocabulary.phrases(word.form):
            if (end := _phrase_end(words, at, phrase)) is not None:
                yield at, end, concept


def _longest(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Of phrases of one kind, one inside another does not count: "haluaa tietonsa pois" is no "haluaa tietonsa"."""
    spans = list(found)
    for at, end, concept in spans:
        kind = concept.partition(".")[0]
        beaten = any(
            a < end <= e and (a, e) != (at, end) and (a <= at or e > end) and other.partition(".")[0] == kind
            for a, e, other in spans
        )
        if not beaten or "." not in concept:
            yield at, end, concept


_ASKS_ITSELF = frozenset({"pyytaa", "vaatii", "kysyy", "asks", "begar", "fragar"})
_ASKERS = frozenset({"han", "se", "asiakas", "henkilo", "pyytaja", "he", "she", "hon", "hen", "kunden", "customer"})


def _theirs(words: Sequence[Word]) -> list[Word]:
    """As in "mitä se oikeastaan pyytää": who asks there is the customer, and nobody is told to ask."""
    found = []
    for at, word in enumerate(words):
        before = {one.form for one in words[max(at - _NEAR, 0) : at]}
        theirs = word.form in _ASKS_ITSELF and before & _ASKERS
        found.append(replace(word, tags=word.tags - {"v_ask"} | {"they_want"}) if theirs else word)
    return found


_FINNISH_NO = frozenset({"en", "ei", "et"})


_THEREFORE = frozenset({"vuoksi", "takia", "johdosta", "jalkeen", "perusteella"})


def _told_on(words: Sequence[Word]) -> list[Word]:
    """As in "..., minkä vuoksi poisto hyväksytään": it tells on, and asks nothing."""
    found = list(words)
    for at in range(1, len(words) - 1):
        behind_comma = words[at - 1].text in {",", ";"} and words[at].form == "minka"
        if behind_comma and words[at + 1].form in _THEREFORE:
            for told in (at, at + 1):
                found[told] = replace(words[told], tags=frozenset({"known"}), phrases=frozenset())
    return found


def _in_their_language(words: list[Word]) -> list[Word]:
    """As in "en" denies in Finnish and is an article in Swedish; "alkaa" without its dots forbids only before "-ko"."""
    swedish = any(word.form in FUNCTION.swedish for word in words)
    english = any(word.form in FUNCTION.english for word in words)
    found = []
    for at, word in enumerate(words):
        following = words[at + 1].form if at + 1 < len(words) else ""
        begins = word.form == "alkaako" or (
            word.form == "alkaa" and word.text.lower() == "alkaa" and not following.endswith("ko")
        )
        told = word.form == "om" and following == "att"  # "om att ringa": of what, not if
        well = word.form == "no" and at == 0 and not english  # Finnish "no niin"
        that = word.form == "et" and at > 0 and words[at - 1].kind == "word"  # "vaati et": that, not "you do not"
        if (swedish and word.form in _FINNISH_NO) or begins or well or that:
            found.append(replace(word, tags=word.tags - {"not", "dont"}))
        elif told:
            found.append(replace(word, tags=word.tags - {"cond_word"}))
        else:
            found.append(word)
    return found


def _numbered_cases(words: list[Word]) -> list[Word]:
    """A case number in words: "asia kaksitoista"; so is one behind "ja" after another."""
    found: list[Word] = []
    for word in words:
        before = found[-1].form if found else ""
        joined = before in {"ja", "och", "and"} and len(found) > 1 and "num" in found[-2].tags
        value = (
            number(word.form)
            if word.kind == "word" and (before in FUNCTION.before_a_case_number or joined)
            else nickname(word.form)
        )
        if value is not None:
            found.append(replace(word, text=str(value), form=str(value), tags=frozenset({"num"})))
        else:
            found.append(word)
    return found


def _answered(words: Sequence[Word]) -> list[Word]:
    """A bare no behind a right ("poisto ei, riita kesken") or before it ("no erasure, ...") answers it."""
    found = []
    for at, word in enumerate(words):
        named = at > 0 and any(tag.startswith("right.") for tag in words[at - 1].tags)
        ends = at + 1 == len(words) or words[at + 1].kind == "mark" or words[at + 1].form in FUNCTION.causes
        right_behind = at + 1 < len(words) and any(tag.startswith("right.") for tag in words[at + 1].tags)
        alone = at + 2 >= len(words) or words[at + 2].kind == "mark" or words[at + 2].form in FUNCTION.causes
        refused = at == 0 and right_behind and alone and word.form in _BARE_NO | {"ingen"}
        bare = (refused or (named and ends and word.form in _BARE_NO)) and not word.phrases
        found.append(replace(word, tags=word.tags - {"not"} | {"cheap_no"}) if bare else word)
    return found


_STEPPING = frozenset({"n_next", "n_prev"})


def _next_alone(words: Sequence[Word]) -> list[Word]:
    """Nothing but "seuraava" in its clause ("roskapostia, seuraava") goes there."""
    found = list(words)
    marks = [-1, *(at for at, word in enumerate(words) if word.kind == "mark" or word.form in FUNCTION.joining)]
    for start, end in pairwise([*marks, len(words)]):
        clause = [word for word in words[start + 1 : end] if word.form not in _STEP_WITH]
        if clause and start >= 0 and all(word.tags & _STEPPING for word in clause):
            found[start + 1] = replace(found[start + 1], tags=found[start + 1].tags | {"v_go"})
    return found


_STEP_WITH = frozenset(
    {"juttu", "asia", "tapaus", "pyynto", "kiitos", "one", "please", "case", "arende", "the", "sit", "vaan"}
)
_BARE_NO = frozenset({"ei", "nej", "no"})
_ESTABLISHED = frozenset({"ident_ok", "told_done", "done_word", "v_approve", "carried_out", "granted_word"})
_NEAR = 3  # words


def _own(phrases: Tags) -> Tags:
    """Phrases that take the sense out of a "not" inside them; a duty is only named by its own."""
    return frozenset(tag for tag in phrases - {"not", "dont"} if not tag.startswith("duty."))


def _denied(words: list[Word]) -> list[Word]:
    """Participles behind a "not" lose their meaning: "ei ole poistettu" tells no deed."""
    found = []
    for at, word in enumerate(words):
        before = words[max(at - _NEAR, 0) : at]
        denied = any("not" in one.tags and not _own(one.phrases) for one in before) and not any(
            one.kind == "mark" or one.form in FUNCTION.joining for one in before
        )
        lost = {tag for tag in word.tags if tag.startswith("done.") or tag in _ESTABLISHED - {"v_approve"}}
        if denied and lost:
            failed = {"ident_failed"} if "ident_ok" in lost else set()
            failed |= {"told_undone"} if "told_done" in lost else set()
            found.append(replace(word, tags=(word.tags - lost) | failed))
        else:
            found.append(word)
    return found


def _phrase_end(words: Sequence[Word], at: int, phrase: Sequence[tuple[str, bool]]) -> int | None:
    skipped = 0
    for order, (stem, open_end) in enumerate(phrase):
        if stem == GAP:
            return _behind_a_gap(words, at, phrase[order + 1 :])
        while at < len(words) and not _is(words[at].form, stem, open_end):
            comma = words[at].text == "," and stem in FUNCTION.subordinate
            filler = order and (comma or words[at].form in FUNCTION.fillers) and skipped < _MOST_SKIPPED
            if not filler:
                return None
            at += 1
            skipped += 1
        if at >= len(words):
            return None
        at += 1
    return at


def _behind_a_gap(words: Sequence[Word], at: int, rest: Sequence[tuple[str, bool]]) -> int | None:
    """Where the rest of a phrase ends, a few words on ("ota se Kivimäen juttu esiin"); a "not" bridges nothing."""
    for start in range(at, min(at + _WIDEST, len(words)) + 1):
        if (end := _phrase_end(words, start, rest)) is not None:
            return end
        if start < len(words) and (words[start].kind == "mark" or {"not", "dont"} & words[start].tags):
            return None
    return None


def _is(form: str, stem: str, open_end: bool) -> bool:
    if form == stem or (open_end and form.startswith(stem)):
        return True
    if form[:1] != stem[:1] or open_end:
        return False
    full = FUNCTION.spoken.get(form, form)  # "oo" is "ole"
    return full == FUNCTION.spoken.get(stem, stem) or (len(stem) > _SHORT and skeleton(full) == skeleton(stem))


_NO_DAY = frozenset({"backdate", "small"})


def _with_days(words: Sequence[Word], found: Sequence[Mention], vocabulary: Vocabulary) -> Iterator[Word]:
    begins = {mention.start: "month" if mention.month else "day" for mention in found}
    inside = {at for mention in found for at in range(mention.start, mention.end)}
    for at, word in enumerate(words):
        tags = set(word.tags)
        if at in inside:
            kept = (
                tags - _NO_DAY if vocabulary.knows(word.form) else word.phrases
            )  # a weekday is no slip of another word
            months = at in begins and begins[at] == "month"
            tags = {tag for tag in kept if not (months and tag.startswith("about."))}
            tags.discard("num")
            tags.discard("name")
        if at in begins:
            tags.add(begins[at])
        yield Word(word.start, word.end, word.text, word.form, word.kind, frozenset(tags), word.phrases)
