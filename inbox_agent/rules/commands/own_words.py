"""Arguments that are the person's own words, as the reader of excerpts finds them in the line.

The fields read such words by rules; the reader of excerpts sees what the rules found and says where the words really
begin and end, or that there are none. Owns which arguments are read so, and in which form they are given. Refuses
arguments of few values, days, numbers and names: those are the fields' and `settled`'s. What the law must see (a code
asked for, a sentence taken out of a letter) is never lost here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from inbox_agent.rules.commands.clock_times import ahead, times
from inbox_agent.rules.commands.excerpt_clues import Passage, Stretch
from inbox_agent.rules.commands.excerpt_texts import called_by, text_of
from inbox_agent.rules.commands.excerpts import ARGUMENTS, Excerpts
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.given import Given
from inbox_agent.rules.commands.labels import GROUND_CODES
from inbox_agent.rules.commands.law import ASKED_BADLY
from inbox_agent.rules.commands.model import Intent
from inbox_agent.rules.commands.placed import placed
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.statutes import is_act
from inbox_agent.rules.commands.topics import puts_a_question
from inbox_agent.rules.commands.word import Word

_OF_OUTCOME = {"searched": "no_data", "kept": "partly", "to": "forwarded", "after": "granted"}
_WITH_WORDS = frozenset({"refused", "partly", "art11"})
"""Outcomes whose ground may be told in the person's own words."""
_WORDED_CHANGES = frozenset({"add", "remove", "replace", "signature"})
_CODES: Mapping[str, frozenset[str]] = {
    "condition": frozenset({"no_reply"}),
    "ground": GROUND_CODES,
    "after": frozenset({"access", "identity"}),
    "facts": frozenset(
        {
            "customer_number",
            "order_number",
            "order_month",
            "postcode",
            "authorisation",
            "id_copy",
            "hetu",
            "address",
            "phone",
            "name",
            "birth_date",
            "signature",
            "email",
        }
    ),
}


def worded(intent: Intent, given: Mapping[str, Any]) -> tuple[str, ...]:
    """The arguments of an intent that are the person's own words; of an outcome, `given` is the outcome itself."""
    names = ARGUMENTS.get(intent, ())
    if intent is Intent.SET_OUTCOME:
        outcome = str(given.get("outcome"))
        return tuple(
            name for name in names if (outcome in _WITH_WORDS if name == "ground" else _OF_OUTCOME[name] == outcome)
        )
    if intent is Intent.EDIT_DRAFT and given.get("change") not in _WORDED_CHANGES:
        return ()
    return names


def codes(name: str) -> frozenset[str]:
    """The values of an argument that are no words of the line."""
    return _CODES.get(name, frozenset())


def in_own_words(
    line: Line, spans: Sequence[Stretch], intent: Intent, given: Mapping[str, Any], excerpts: Excerpts
) -> Given:
    """The arguments, with those that are free words as they stand in the line."""
    stretch = min(start for start, _ in spans), max(end for _, end in spans)
    if intent is not Intent.SET_OUTCOME:
        return _put_right(line, stretch, intent, given, excerpts)
    outcomes = list(given.get("outcomes", ()))
    if len(outcomes) == 1:
        outcomes = [_put_right(line, stretch, intent, outcomes[0], excerpts)]
    return {**given, "outcomes": outcomes}


def _put_right(line: Line, stretch: Stretch, intent: Intent, given: Mapping[str, Any], excerpts: Excerpts) -> Given:
    told = dict(given)
    for name in worded(intent, given):
        if _told_already(name, told) or (
            intent is Intent.ASK_MORE_INFO and _is_a_question(line, stretch, told.get(name))
        ):
            continue
        if name == "reason" and intent is Intent.REOPEN and _told_by_the_state(line, stretch):
            told.pop(name, None)
        elif name == "kept" and name in told and _hidden(line, stretch, told[name]):
            told[name] = called_by(line, stretch, told[name])  # it stands beside the word that hides it
        else:
            _as_found(line, stretch, intent, name, told, excerpts)
    return {name: value for name, value in told.items() if value not in (None, [], "")}


def _told_already(name: str, told: Mapping[str, Any]) -> bool:
    """Whether the words of an argument need no further look: a code, an Act by its name, both words of an exchange."""
    if name == "ground" and is_act(told.get(name)):
        return True
    if name == "value" and _INSTEAD_OF in str(told.get(name)):
        return True
    return name != "facts" and told.get(name) in codes(name)


def _is_a_question(line: Line, stretch: Stretch, value: object) -> bool:
    """As in "mikä osoitteessa on väärin": what is asked is told whole."""
    place = value_at(line, stretch, value)
    return place is not None and puts_a_question(line.words[place[0]])


def _as_found(  # noqa: PLR0917
    line: Line, stretch: Stretch, intent: Intent, name: str, told: dict[str, Any], excerpts: Excerpts
) -> None:
    """Put one argument right by what the reader of excerpts finds."""
    passage = Passage(line, stretch, value_at(line, stretch, told.get(name)))
    # Whoever searches searches for something.
    needed = intent is Intent.SEARCH and not told.keys() - {name}
    found = excerpts.of(intent, name, passage, needed=needed)
    if name == "query" and found and all("v_search" in word.tags for word in line.words[slice(*found[0])]):
        return  # "hautakukat haku"
    found = () if name == "about" and intent is Intent.REMIND_ME and _only_when(line, found) else found
    found = _behind_a_colon(line, stretch, found) if name == "value" else found
    found = _with_its_kind(line, stretch, found) if told.get("change") == "remove" else found
    if name == "facts":
        told[name] = list(dict.fromkeys(_facts(line, stretch, found, told.get(name, ()), _reached(told))))
    elif found and (found[0] != value_at(line, stretch, told.get(name)) or _as_written(line, told[name])):
        told[name] = text_of(line, name, _to_its_end(line, stretch, found) if name == "ground" else found)
        told[name] += _its_mark(line, told[name]) if told.get("change") == "add" else ""
    elif not found and name not in _READ_BY_RULES and not _at_its_place(line, name, stretch, told.get(name)):
        told.pop(name, None)


_HOURS = ("aamu", "ilta", "paiva", "morg", "kvall", "morning", "evening", "noon", "afternoon", "eftermid")
"""Beginnings of the times of a day."""


def _its_mark(line: Line, value: str) -> str:
    """The mark at the end of a sentence that is put in behind a colon: "lisää loppuun: Hyvää kevättä!"."""
    end = line.text.rfind(value) + len(value)
    behind = line.text[end : end + 1]
    return behind if behind in {"!", "?"} and ":" in line.text[:end] else ""


def _at_its_place(line: Line, name: str, stretch: Stretch, value: object) -> bool:
    """As in "muistuta huomenna päivitys klo 9": a thing between the day and the hour is what one is reminded of."""
    place = value_at(line, stretch, value) if name == "about" else None
    if place is not None and line.words[place[0]].form.startswith(_HOURS):
        return False
    days = {at for m in line.mentions for at in range(m.start, m.end)}
    behind = {first for first, _, _ in times([word.form for word in line.words])}
    return place is not None and place[0] - 1 in days and place[1] in behind


_READ_BY_RULES = frozenset({"value", "kept", "searched", "to"})
"""What is changed in a letter is never nothing; what stands beside the verb that keeps is kept."""
_INSTEAD_OF = " -> "


def _hidden(line: Line, stretch: Stretch, value: str) -> bool:
    """Whether something is hidden, told behind "but not", or left out ("muistiinpanot toisista pois")."""
    if any("redact" in word.tags for word in line.words[slice(*stretch)]):
        return True
    begins = line.text.find(value)
    inside = [at for at in range(*stretch) if begins <= line.words[at].start < begins + len(value)]
    place = (inside[0], inside[-1] + 1) if begins >= 0 and inside else value_at(line, stretch, value)
    if place is None:
        return False
    before = [word.form for word in line.words[max(place[0] - 2, 0) : place[0]]]
    behind = line.words[place[1] : place[1] + 1]
    denied = len(before) > 1 and before[0] in FUNCTION.reserving and before[1] in _NOT
    return denied or any("v_away" in word.tags for word in behind)


_NOT = frozenset({"ei", "inte", "not"})


def _told_by_the_state(line: Line, stretch: Stretch) -> bool:
    """As in "suljin tämän liian aikaisin": that it was closed or set aside, and by mistake, `from` tells."""
    ends = [at for at in range(*stretch) if line.words[at].kind == "mark"]
    clauses = [line.words[a + 1 : b] for a, b in pairwise([stretch[0] - 1, *ends, stretch[1]])]
    told = [frozenset(tag for word in clause for tag in word.tags) for clause in clauses if clause]
    return any(_STATE & tags for tags in told) and all(_STATE & tags or _AGAIN & tags for tags in told)


_STATE = frozenset({"closed_word", "set_aside_word", "by_mistake", "v_close"})
_AGAIN = frozenset({"v_reopen", "v_open", "again", "back_word", "set_aside_from"})


def _with_its_kind(line: Line, stretch: Stretch, found: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """As in "kappale varmuuskopioista", "the part about parking": a passage by its kind and what it tells of."""
    start, end = found[0] if found else (0, 0)
    begin = start
    while begin > stretch[0] and line.words[begin - 1].form in _TELLING_OF:
        begin -= 1
    while start < end < stretch[1] and line.words[end - 1].form in _TELLING_OF:
        end += 1
    if begin > stretch[0] and line.words[begin - 1].form in FUNCTION.passage:
        begin -= 1
    return ((begin, end),) if found and line.words[begin].form in FUNCTION.passage else found


_TELLING_OF = frozenset({"om", "about", "on", "the", "de", "den"})


def _only_when(line: Line, found: tuple[Stretch, ...]) -> bool:
    """As in "in twenty minutes", "puolelta päivin": when it is, and nothing to be reminded of."""
    forms = [word.form for word in line.words]
    told = {at for m in line.mentions for at in range(m.start, m.end)}
    told |= {at for first, _, last in times(forms) for at in range(first, last)}
    if soon := ahead(forms):
        told |= set(range(soon[0], soon[2]))
    return bool(found) and all(at in told for start, end in found for at in range(start, end))


def _to_its_end(line: Line, stretch: Stretch, found: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """A reason in the words said goes on to the end of its clause: "koska asiakas on meille tärkeä"."""
    (start, end), *_ = found
    start += start + 1 < end and line.words[start].form in FUNCTION.causes
    while end < stretch[1] and line.words[end].kind != "mark" and not _goes_on(line.words[end]):
        end += 1
    return ((start, end),)


def _goes_on(word: Word) -> bool:
    return word.form in FUNCTION.reserving | FUNCTION.joining or bool({"v_remind", "v_note", "day"} & word.tags)


def _behind_a_colon(line: Line, stretch: Stretch, found: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """As in "poista lause: ei tarvitse tehdä mitään": what stands behind the colon, not what announces it."""
    colon = next((at for at in range(*stretch) if line.words[at].text == ":"), stretch[1])
    announced = bool(found) and found[0][0] <= colon + 1 < stretch[1]
    return ((colon + 1, stretch[1]),) if announced else found


def _as_written(line: Line, value: str) -> bool:
    """Whether a value is still in the words of the line, not yet as the thing is called."""
    return value.lower() in line.text.lower()


def value_at(line: Line, stretch: Stretch, value: object) -> Stretch | None:
    """Where in the line a value stands that is no code; None for any other."""
    if not isinstance(value, str) or not value:
        return None
    found = placed(line.words[slice(*stretch)], value)
    return (found[0] + stretch[0], found[1] + stretch[0]) if found else None


def _reached(told: Mapping[str, Any]) -> frozenset[str]:
    """What is no question where the person is written to or called: by which way they are reached."""
    return frozenset({"address", "phone", "email"}) if told.get("method") else frozenset()


def _facts(
    line: Line, stretch: Stretch, found: Sequence[Stretch], told: Sequence[str], away: frozenset[str]
) -> Iterator[str]:
    """The facts asked for, in the order said: those by their own name, and the known ones that stand outside these."""
    begins = dict(found)
    inside = {at for start, end in found for at in range(start, end)}
    standing = {
        at: fact
        for at in range(*stretch)
        for fact in told
        if fact not in away and f"fact.{fact}" in line.words[at].tags | line.words[at].phrases
    }
    named = {at: fact for fact in told if (at := _by_its_number(line, stretch, fact, inside)) is not None}
    for at in range(*stretch):
        if at in begins:
            last = max((i for i in range(at, begins[at]) if line.words[i].kind == "word"), default=at)
            codes = [standing[i] for i in range(at, begins[at]) if standing.get(i) in ASKED_BADLY]
            codes += [standing[last]] if _called_so(line.words[last], standing.get(last)) else []
            yield codes[0] if codes else text_of(line, "facts", [(at, begins[at])])
        elif at in standing and (at not in inside or standing[at] in ASKED_BADLY):
            yield standing[at]
        elif at in named:
            yield named[at]
    for fact in told:
        place = value_at(line, stretch, fact)
        known = fact in (*standing.values(), *named.values(), *away)
        if not known and not (place and set(range(*place)) & inside):
            yield fact


def _called_so(word: Word, fact: str | None) -> bool:
    """As in "viimeisin tilausnumero"; "varausnumero" is a number by its own name."""
    return fact in _CALLED_SO or (fact in _OF_NUMBERS and word.form.startswith(_OF_NUMBERS[fact]))


_CALLED_SO = frozenset({"postcode", "birth_date"})
"""Facts whose word alone tells them, whatever the reader of excerpts takes it for."""
_OF_NUMBERS = {
    "customer_number": ("asiakasnum", "kundnum"),
    "order_number": ("tilausnum", "ordernum", "bestallningsnum"),
}


def _by_its_number(line: Line, stretch: Stretch, fact: str, inside: set[int]) -> int | None:
    """Where a number that a company has its own name for stands ("lägenhetsnummer"), if nothing was found there."""
    place = value_at(line, stretch, fact) if fact not in codes("facts") else None
    return place[0] if place and not set(range(*place)) & inside else None
