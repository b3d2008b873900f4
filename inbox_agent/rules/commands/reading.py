"""A line as words with their meanings: what tokens (`tokens`) and phrases (`phrases`) mean beside each other.

Owns names, days, and what a word means by those next to it; where a clause ends is `clauses`' to say. Refuses to say
what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise, takewhile

from inbox_agent.rules.commands import names
from inbox_agent.rules.commands.corrections import without_slips_of_the_tongue
from inbox_agent.rules.commands.days import mentions
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.mention import Mention
from inbox_agent.rules.commands.numbers import nickname, number
from inbox_agent.rules.commands.phrases import with_phrases
from inbox_agent.rules.commands.speaking import with_articles
from inbox_agent.rules.commands.tokens import spelled_out, tokens
from inbox_agent.rules.commands.vocabulary import Tags, Vocabulary
from inbox_agent.rules.commands.word import Word

LONGEST = 600  # characters: a line is not a letter


@dataclass(frozen=True, slots=True)
class Line:
    """A read line. Indices of `mentions` count `words`."""

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    today: date
    now: datetime | None = None


def read(text: str, vocabulary: Vocabulary, today: date, now: datetime | None = None) -> Line:
    """Cut a line into words and give them their meanings. `today` is the day in Helsinki, `now` the moment there."""
    text = spelled_out(text[:LONGEST])
    words = tokens(text, vocabulary)
    words = without_slips_of_the_tongue(with_articles(_with_names(words, vocabulary)), today)
    words = with_phrases(words, vocabulary)
    words = _next_alone(
        _numbered_cases(
            _answered(
                _denied(_theirs(_telling(_of_time(_in_their_language(_told_on(_put_off(_of_marketing(words))))))))
            )
        )
    )
    found = mentions(["mina" if word.text.lower() == "mä" else word.form for word in words], today)
    return Line(text, tuple(_with_days(words, found, vocabulary)), found, today, now)


def _with_names(words: Sequence[Word], vocabulary: Vocabulary) -> list[Word]:
    """A known name, or an unknown word with a capital where no sentence begins."""
    found: list[Word] = []
    for at, word in enumerate(words):
        tags = word.tags
        holiday = at + 1 < len(words) and words[at + 1].form in {"day", "eve"}  # "Independence Day"
        if word.kind == "word" and not holiday and not _CONTRACTED.search(word.form):
            begins = at == 0 or words[at - 1].text in {".", "!", "?", "\n"}
            capital = word.text[:1].isupper() and not word.text.isupper()
            sure = names.surely(word.text)
            if tags and sure and capital and (not begins or not vocabulary.knows(word.form)):
                tags = frozenset()  # a name, not a slip of another word
            named_on = at + 1 < len(words) and _may_be_surname(words[at + 1])
            if capital and begins and not tags and named_on:
                tags = frozenset({"name"})
            if (sure and (not tags or (capital and not begins)) and (capital or len(word.form) > 3)) or (
                capital and not begins and not tags
            ):
                tags = frozenset({"name"})
        if _capital(word) and found and _behind_a_first_name(found[-1]) and not _ordered(tags):
            tags = frozenset({"name"})  # "Helvi Ruokolahti", no slip of another word
        if not tags and found and _goes_on_a_name(found[-1], word):
            tags = frozenset({"name"})
        if "name" in tags and word.form.endswith("lle"):
            tags |= {"to_name"}
        if {"role", "deputy"} & tags and word.form.endswith("lle"):
            tags |= {"to_role"}
        found.append(Word(word.start, word.end, word.text, word.form, word.kind, tags))
    return found


_CONTRACTED = re.compile(r"['’´](?:ve|m|ll|d|re|t)$")  # "I've" is nobody's name


def _capital(word: Word) -> bool:
    return word.kind == "word" and word.text[:1].isupper() and not word.text.isupper()


def _ordered(tags: Tags) -> bool:
    """As in "Helvi Pyytää"; "Ruokolahti" only begins like another word."""
    return any(tag.startswith(("v_", "right.", "they_", "asked_", "n_")) for tag in tags)


def _behind_a_first_name(before: Word) -> bool:
    return "name" in before.tags and _capital(before) and bool(names.surely(before.text))


def _may_be_surname(word: Word) -> bool:
    """Whether a word with a capital goes on a name that is not known ("Nora Ashby")."""
    return _capital(word) and (bool(names.surely(word.text)) or not word.tags)


_SURNAMES = ("nen", "sen", "selle", "selta", "sta", "lle", "lta", "paa", "maki", "niemi", "lahti", "koski", "jarvi")


def _goes_on_a_name(before: Word, word: Word) -> bool:
    """Whether an unknown word without a capital goes on a name that has none either: "sirkka hyvarinen"."""
    return word.kind == "word" and "name" in before.tags and before.text.islower() and word.form.endswith(_SURNAMES)


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


_DECIDING = "paat"
"""As in "ei vielä päätetä": who has not decided closes nothing."""
_STILL_OPEN = frozenset({"v_close", "v_send", "v_out"})


def _put_off(words: Sequence[Word]) -> list[Word]:
    """As in "ei vielä suljeta", "sulkea ei saa vielä": put off is the closing or the sending, nobody is undecided."""
    found = list(words)
    for at, word in enumerate(words):
        behind = list(takewhile(lambda one: one.kind != "mark", words[at : at + _NEAR + 1]))
        behind += list(takewhile(lambda one: one.kind != "mark", reversed(words[max(at - 2, 0) : at])))
        behind = [one for one in behind if not one.form.startswith(_DECIDING)]
        if "undecided" in word.phrases and "not" in word.tags and any(_STILL_OPEN & one.tags for one in behind):
            for near in range(at, min(at + _NEAR, len(words))):
                kept = found[near]
                told = {"undecided"} & kept.phrases
                found[near] = replace(kept, tags=kept.tags - told, phrases=kept.phrases - told)
    return found


def _of_marketing(words: Sequence[Word]) -> list[Word]:
    """As in "marketing objection": the objection is that against marketing, not another one."""
    found = list(words)
    for at in range(1, len(words)):
        if "right.marketing_objection" in words[at - 1].tags and "right.objection" in words[at].tags:
            found[at] = replace(words[at], tags=words[at].tags - {"right.objection"} | {"right.marketing_objection"})
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


def _of_time(words: Sequence[Word]) -> list[Word]:
    """As in "kolme päivää myöhässä": days that are counted date nothing."""
    found = list(words)
    for at in range(1, len(words)):
        before, word = words[at - 1], words[at]
        if word.form != "paivaa":
            continue
        counted = {"num", "several_word"} & before.tags or before.form == "hyvaa" or number(before.form) is not None
        if counted:
            found[at] = replace(word, tags=word.tags - {"backdate"}, phrases=word.phrases - {"backdate"})
    return found


_MAY = frozenset({"maste", "far", "kan", "ska", "skall", "bor"})


def _telling(words: Sequence[Word]) -> list[Word]:
    """As in "kvittona måste vi spara": behind the thing told of, the verb before its person asks nothing."""
    found = list(words)
    for at in range(1, len(words) - 1):
        word, before = words[at], words[at - 1]
        if word.form not in _MAY or "q_may" not in word.phrases:
            continue
        clause = list(takewhile(lambda one: one.kind != "mark", reversed(words[:at])))
        opens = not clause or before.form in FUNCTION.joining | FUNCTION.reserving
        asks = any(tag.startswith("q_") or tag == "cond_word" for one in clause for tag in one.tags)
        if not opens and not asks and words[-1].text != "?":
            for told in (at, at + 1):
                one = found[told]
                found[told] = replace(one, tags=one.tags - {"q_may"} | {"known"}, phrases=one.phrases - {"q_may"})
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
            if "money_word" not in word.tags
            else None
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
