"""Arguments that are the person's own words, as the reader of excerpts finds them in the line.

The fields read such words by rules; the reader of excerpts sees what the rules found and says where the words really
begin and end, or that there are none. Owns which arguments are read so, and in which form they are given. Refuses
arguments of few values, days, numbers and names: those are the fields' and `settled`'s. What the law must see (a code
asked for, a sentence taken out of a letter) is never lost here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inbox_agent.rules.commands.base_forms import base_forms, to_do
from inbox_agent.rules.commands.clock_times import ahead, times
from inbox_agent.rules.commands.excerpt_clues import Passage, Stretch
from inbox_agent.rules.commands.excerpts import ARGUMENTS, Excerpts
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.given import Given
from inbox_agent.rules.commands.labels import GROUND_CODES
from inbox_agent.rules.commands.law import ASKED_BADLY
from inbox_agent.rules.commands.model import Intent
from inbox_agent.rules.commands.placed import placed
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.speaking import is_finnish
from inbox_agent.rules.commands.statutes import is_act
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
_CALLED = frozenset({"query", "searched", "kept", "to", "facts"})
"""Arguments that name a thing: they are given in its base form."""
_TRAILING = ' .,;:!?"”“»–-'


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
        if name != "facts" and told.get(name) in codes(name):
            continue
        if name == "ground" and is_act(told.get(name)):
            continue
        if name == "value" and _INSTEAD_OF in str(told.get(name)):
            continue  # both words were told
        if name == "kept" and name in told and any("redact" in word.tags for word in line.words[slice(*stretch)]):
            told[name] = _called_by(line, stretch, told[name])
            continue  # what is hidden stands beside the word that hides it
        passage = Passage(line, stretch, value_at(line, stretch, told.get(name)))
        # Whoever searches searches for something.
        needed = intent is Intent.SEARCH and not told.keys() - {name}
        found = excerpts.of(intent, name, passage, needed=needed)
        found = () if name == "about" and intent is Intent.REMIND_ME and _only_when(line, found) else found
        found = _named(line, _behind_a_colon(line, stretch, found)) if name == "value" else found
        if name == "facts":
            told[name] = list(dict.fromkeys(_facts(line, stretch, found, told.get(name, ()), _reached(told))))
        elif found and (found[0] != value_at(line, stretch, told.get(name)) or _as_written(line, told[name])):
            told[name] = _text(line, name, _to_its_end(line, stretch, found) if name == "ground" else found)
        elif not found and name not in _READ_BY_RULES:
            told.pop(name, None)
    return {name: value for name, value in told.items() if value not in (None, [], "")}


_READ_BY_RULES = frozenset({"value", "kept", "searched", "to"})
"""What is changed in a letter is never nothing; what stands beside the verb that keeps is kept."""
_INSTEAD_OF = " -> "


def _called_by(line: Line, stretch: Stretch, value: str) -> str:
    """A thing in its base form, where its words stand in the line."""
    begins = line.text.find(value)
    inside = [at for at in range(*stretch) if begins <= line.words[at].start < begins + len(value)]
    return _written(line, "kept", inside[0], inside[-1] + 1) if begins >= 0 and inside else value


def _named(line: Line, found: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """As in "poista kohta parkkipaikasta", "the part about parking": by what it tells of, without its kind."""
    start, end = found[0] if found else (0, 0)
    if end - start < _FEWEST or line.words[start].form not in FUNCTION.passage:
        return found
    start += 1
    while start + 1 < end and line.words[start].form in {"om", "about", "on"}:
        start += 1
    return ((start, end),)


_FEWEST = 2  # words


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
    for at in range(*stretch):
        if at in begins:
            bad = next((standing[i] for i in range(at, begins[at]) if standing.get(i) in ASKED_BADLY), None)
            yield bad or _text(line, "facts", [(at, begins[at])])
        elif at in standing and (at not in inside or standing[at] in ASKED_BADLY):
            yield standing[at]
    for fact in told:
        place = value_at(line, stretch, fact)
        if fact not in (*standing.values(), *away) and not (place and set(range(*place)) & inside):
            yield fact


def _text(line: Line, name: str, found: Sequence[Stretch]) -> str:
    """The words of an argument; of several apart the first, but every place where was looked."""
    several = found[:1]
    if name == "searched":
        several = [_whole_name(line, *place) for one in found for place in _places(line, *one)]
    elif name == "kept":
        several = [_with_its_noun(line, *one) for one in several]
    return ", ".join(one for start, end in several if (one := _written(line, name, start, end)))


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


def _whole_name(line: Line, start: int, end: int) -> Stretch:
    """A place by all its words: "support desk", "the app logs"; a Finnish one with its owner alone."""
    finnish = is_finnish(line.words)
    while start and _of_a_name(line, start - 1) and not (finnish and not _owns(line.words[start - 1])):
        start -= 1
    while end < len(line.words) and not finnish and _of_a_name(line, end):
        end += 1
    return _with_its_noun(line, start, end) if finnish else (start, end)


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
    return word.form in FUNCTION.around_a_place or bool({"looked", "no_data", "not"} & word.tags)


def _written(line: Line, name: str, start: int, end: int) -> str:
    while name == "condition" and end - start > 1 and line.words[end - 1].form in _BY_WHEN:
        end -= 1
    words = line.words[start:end]
    behind = line.words[end].form if end < len(line.words) else ""
    told_of = name in _TOLD_OF and words[-1].form.endswith(_ABOUT) and words[0].form.endswith((_ABOUT, "n"))
    told_of = told_of and not words[0].form.endswith("maan")  # "kysymään tilitoimistosta"
    if name in _CALLED or told_of or behind in _BECAUSE:
        return base_forms(line, words).strip(_TRAILING)
    written = line.text[words[0].start : words[-1].end].strip(_TRAILING)
    deed = to_do(words[0].text) if name == "about" else words[0].text
    return deed + written[len(words[0].text) :] if written.startswith(words[0].text) else written


_BY_WHEN = frozenset({"by", "till", "senast", "mennessa", "then", "the", "den"})
"""What stands between a condition and its day."""
_TOLD_OF = frozenset({"about", "value"})
_ABOUT = "sta"
"""How a thing ends of which one is reminded or a letter speaks: "muistuta kokouksesta", but "hae mappi kellarista"."""
_BECAUSE = frozenset({"vuoksi", "takia", "johdosta", "perusteella", "varten"})
