"""Whether two readings of a line are one and the same: what corpus_commands/LABELS.md tells under that heading.

Owns the conventions, each of which can be left out, so that the figures tell what it moves. Refuses to take two
readings for one where the person would see another form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from inbox_agent.rules.commands.base_forms import to_do
from inbox_agent.rules.commands.reading import read
from inbox_agent.rules.commands.vocabulary import vocabulary
from inbox_agent.rules.fold import fold


class Convention(StrEnum):
    """What LABELS.md lets two readings differ in, or holds them to, beside the notations of one thing."""

    DEED = "deed"
    STATE = "state"
    ASKED = "asked"
    CLOSING = "closing"
    PASSAGE = "passage"
    WARNING = "warning"


ALL = frozenset(Convention)
_FREE = frozenset(
    {"topic", "text", "about", "reason", "note", "value", "searched", "kept", "to", "condition", "ground"}
)
_JOINING = frozenset({"ja", "och", "and", "eller", "or", "seka", "the"})
_STEM = 4  # letters that tell a word, whatever its ending
_DEEDS: Mapping[str, re.Pattern[str]] = {
    right: re.compile(rf"\b(?:{stems})")
    for right, stems in {
        "access": "an(?:ne|no|ta)|toimit|lahe|laht|luovut|saa\\b|sai\\b|lii?t|jaljen|kopi|ote\\b|"
        "ga?ve|send|sent|cop|hand|lamn|gav|fick|far\\b|skick|bifog|\\w*utdrag|attach|\\w*peit",
        "rectification": "korja|oika|oikeaksi|muute|muuti|vaihd|paivit|correct|fix|chang|updat|ratt|andra",
        "erasure": "poist|tuho|havi|pyyh|tyhj|delet|eras|wip|remov|rader|tog|ta?s? bort|gone",
        "restriction": "\\w*rajoit|jaady|restrict|fr[eo]ez|begrans|frys",
        "portability": "siir|transfer|mov|flytt|overfor",
        "objection": "vastust|object|invand",
        "marketing_objection": "\\w*(?:mainos|markkin|uutiskirj|newsletter|market|\\bad(?:s|vert)|reklam|nyhetsbrev)",
        "consent_withdrawal": "\\w*(?:suostum|lupa|consent|samtyck)",
        "automated_decision": "ihmi|human|manisk|kone|robot|algorit",
    }.items()
}
_ASKING = re.compile(
    r"mi(?:ka|ta|nka|sta|ssa|hin|lla|lta|lle|tka)\b|\w{1,3}$|tarkoit|tarkot|hanen?\b|which|what|mean|vilk|menar|does"
)


def same(
    wanted: Mapping[str, Any],
    got: Mapping[str, Any],
    said: str,
    *,
    worded: bool = True,
    by: frozenset[Convention] = ALL,
) -> bool:
    """Whether the arguments are as labelled for what was `said`; not `worded`: whatever the wording of free words."""
    names = {name for name in {*wanted, *got} if wanted.get(name) is not None or got.get(name) is not None}
    toned = wanted.get("change") == "tone"
    return _warned(wanted, got, by) and all(
        (toned and name == "value" and (not worded or _one_tone(wanted.get(name), got.get(name))))
        or (name == "outcomes" and _same_outcomes(wanted.get(name), got.get(name), said, worded, by))
        or _equal(name, wanted.get(name), got.get(name), worded=worded)
        or _by_convention(name, wanted, got, by)
        for name in names - {"lawful"}
    )


def _warned(wanted: Mapping[str, Any], got: Mapping[str, Any], by: frozenset[Convention]) -> bool:
    """Whether it is lawful, or asks for a reason, as labelled; where nothing is labelled, nothing is to be told."""
    one, other = wanted.get("lawful", True), got.get("lawful", True)
    if Convention.WARNING in by:
        return one is other
    return wanted.get("lawful") is None or one is other


def _same_outcomes(wanted: Any, got: Any, said: str, worded: bool, by: frozenset[Convention]) -> bool:
    """One by one; a right that is not labelled may be the one whose deed is told, where there is one outcome alone."""
    if not wanted or len(wanted) != len(got or ()):
        return not wanted and not got
    if (
        len(wanted) == 1
        and Convention.DEED in by
        and _told(*(one.get("right") for one in (wanted[0], got[0])), got[0].get("ground"), said)
    ):
        got = [{**got[0], "right": wanted[0].get("right")}]
    return all(same(w, g, said, worded=worded, by=by) for w, g in zip(wanted, got, strict=True))


def _told(wanted: str | None, got: str | None, ground: object, said: str) -> bool:
    """Whether the right is not labelled, and got as the deed tells it; every right is meant where none is told."""
    if {wanted, got} == {None, "all"}:
        return True
    if got == "access" and ground == "others_rights":
        return wanted is None  # which stands against a copy alone (article 15(4))
    return wanted is None and got in _DEEDS and bool(_DEEDS[got].search(fold(said)))


def _by_convention(name: str, wanted: Mapping[str, Any], got: Mapping[str, Any], by: frozenset[Convention]) -> bool:
    one, other = wanted.get(name), got.get(name)
    match name:
        case "from":
            return Convention.STATE in by and None in (one, other)
        case "reason" if "from" in {*wanted, *got} and None in (one, other):
            return Convention.STATE in by and _tells_the_state(str(one or other))
        case "about" if isinstance(one, str) and isinstance(other, str) and "when" not in {*wanted, *got}:
            return Convention.ASKED in by and _alike(_carrying(one), _carrying(other))
        case "about" if (one or other) and "when" not in {*wanted, *got}:
            asked = str(one or other)
            return Convention.ASKED in by and (_asks_nothing_more(asked) or _asks_what_is_wrong(got, asked))
        case "right" if one is None and _asks_what_is_wrong(got, str(got.get("about"))):
            return Convention.ASKED in by and bool(wanted.get("about"))
        case "ground" if wanted.get("right") == "automated_decision":
            return {one, other} == {"human_decided", "not_automated"}  # two names of one ground
        case "ground" if wanted.get("right") == "restriction":
            return {one, other} == {"data_accurate", "no_restriction_ground"}  # which it then is (article 18(1)(a))
        case "value" if wanted.get("change") == got.get("change") == "remove":
            return Convention.PASSAGE in by and _alike(_told_of(str(one)), _told_of(str(other)))
        case "negated":
            return Convention.CLOSING in by and {one, other} == {"close", "set_outcome"}
    return False


def _told_of(passage: str) -> list[str]:
    """What a passage of a letter tells of, without its kind: "kohta evästeistä", "the part about cookies"."""
    words = [word for word in re.findall(r"\w+", fold(passage)) if len(word) > _STEM - 1]
    return [word for word in words if not _KIND_OF_PASSAGE.match(word)] or words


_KIND_OF_PASSAGE = re.compile(
    r"kohta|kohda|kappale|lause|virke|virkk|maininta|maininn|osio|joss|josta|puhut|kerrot|neuvot|main|styck|mening|avsnitt|"
    r"passag|part|paragraph|sentence|section|about|that|where|which|grejen"
)


def _tells_the_state(reason: str) -> bool:
    return bool(re.search(r"sulj|sulke|sivuun|syrja|clos|aside|stang|undan", fold(reason)))


def _carrying(asked: str) -> list[str]:
    """The words of a question but the question word, and who means what."""
    words = re.findall(r"\w+", fold(asked))
    return [word for word in words if not _ASKING.match(word)] or words


def _asks_nothing_more(asked: str) -> bool:
    """As in "mitä tietoja hän tarkoittaa": what the letter asks anyway, whatever else it is told."""
    return all(_OF_THE_DATA.match(word) or _ASKING.match(word) for word in re.findall(r"\w+", fold(asked)))


_OF_THE_DATA = re.compile(
    r"tieto|tiedo|shes|hes\b|theyre|oikee|tieda|data|uppgift|informat|halu|hake[ea]|etsi|tahto|kaipo|tarvits|tarkal|tarkkaan|ottaen|oike[ai]s|"
    r"oikein|egentlig|exakt|precis|exact|wants?|after|meinaa|ajaa|takaa|koske|kohdist|kyse|kiinnost|hakee|galler|vill|"
    r"about|pyynto|pyytaa|nahda|request|begar|niista|siita|milta|ajal|artikl|mukai"
)


def _asks_what_is_wrong(got: Mapping[str, Any], asked: str) -> bool:
    """As in "mikä osoitteessa on väärin", of rectification, whether the right or the question tells it."""
    return got.get("right") == "rectification" and bool(_OF_AN_ERROR.search(fold(asked)))


_OF_AN_ERROR = re.compile(r"vaar|virhe|korja|oikai|pieles|oikea|wrong|incorrect|correct|\bfel|ratt")


def _equal(name: str, wanted: Any, got: Any, *, worded: bool = True) -> bool:
    if name == "topic":
        return True
    if name == "scope":
        return _unless_this(wanted) == _unless_this(got)
    if name == "done":
        return (wanted is not False) == (got is not False)
    if name == "about" and isinstance(wanted, str) and isinstance(got, str):
        wanted, got = _called(wanted), _called(got)
    if name == "condition" and "no_reply" in (wanted, got):
        return _of_no_reply(wanted) and _of_no_reply(got)
    if name == "to" and "deputy" in (wanted, got):
        return _of_a_deputy(wanted) and _of_a_deputy(got)
    if name == "searched":
        return _places(wanted) == _places(got)
    if isinstance(wanted, str) and isinstance(got, str) and name in _FREE:
        one, other = fold(wanted).split(), fold(got).split()
        return set(one) <= set(other) or set(other) <= set(one) or (not worded and _alike(one, other))
    return bool(wanted == got)


def _one_tone(wanted: object, got: object) -> bool:
    """Whether both name one tone: the list of intents does not say whether by its name or by the word said."""
    return bool(wanted and got) and bool(_tones(str(wanted)) & _tones(str(got)))


def _tones(text: str) -> set[str]:
    tags = (tag for word in fold(text).split() for tag in vocabulary().tags(word))
    return {text} | {tag.removeprefix("tone.") for tag in tags if tag.startswith("tone.")}


def _unless_this(scope: object) -> object:
    """The open case is what is handed over where nothing else is said."""
    return None if scope == "this" else scope


def _called(deed: str) -> str:
    """A deed to be reminded of as it is called, where it was told in another infinitive ("soittamaan Matille")."""
    first, _, rest = deed.partition(" ")
    return f"{to_do(first)} {rest}".strip()


def _of_no_reply(condition: object) -> bool:
    """Whether a condition is that nobody has answered, by its name ("no_reply") or in words."""
    words = read(str(condition), vocabulary(), date.min).words if condition else ()
    return condition == "no_reply" or any("no_reply" in word.tags | word.phrases for word in words)


def _of_a_deputy(to: object) -> bool:
    """Whether it is handed to a deputy, by the notation or by a word for one."""
    words = read(str(to), vocabulary(), date.min).words if to else ()
    return to == "deputy" or any("deputy" in word.tags for word in words)


def _places(searched: object) -> set[str]:
    """The words of the places where was looked; what joins them does not tell."""
    return set(re.findall(r"\w+", fold(str(searched or "")))) - _JOINING


def _alike(one: list[str], other: list[str]) -> bool:
    """Whether the shorter of two texts is in the other, word by word, by beginnings; a joining word may be missing."""
    if one == ["no_reply"] or other == ["no_reply"]:
        return True  # the notation of "jos ei vastaa"
    short, long = sorted((one, other), key=len)
    told = [word for word in short if len(word) > _STEM] or short
    return all(any(_stem(word) == _stem(near) for near in long) for word in told)


def _stem(word: str) -> str:
    """The first letters, in one grade: "kyydit", "kyytejä"."""
    return word[:_STEM].replace("d", "t")
