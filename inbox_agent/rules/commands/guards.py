"""What keeps a line from being taken for a deed that it does not order.

Owns the one rule: where a line denies, doubts or sets a condition, a deed is believed only if the grammar hears it too
(`opposites` adds the few deeds whose opposite sounds alike). Refuses to say what was meant instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile

from inbox_agent.rules.commands.doubts import (
    NEAR,
    ORDERED,
    WAITING,
    asked_whether,
    asked_who_or_when,
    assents,
    denies,
    grants_near,
    left_open,
    negated,
    no_longer,
    promised,
    reserved,
    stretches,
    told_by_others,
    unfinished,
)
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.commands.negation import conditions
from inbox_agent.rules.commands.opposites import OPPOSITES
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.word import Word
from inbox_agent.rules.fold import fold

_UNCLEAR = Said(Intent.NONE, {"reason": "unclear"})
_UNDECIDED = Said(Intent.NONE, {"reason": "undecided"})


def believed(line: Line, said: Sequence[Said], ruled: Sequence[Said]) -> tuple[Said, ...]:
    """The reading `said`, unless the line speaks against one of its deeds; `ruled`: what the grammar hears in it."""
    if not any(_doubtful(line, one, said, ruled) for one in said):
        return tuple(said)
    if any(_waits_on_something(line, one, said) for one in said):
        return (_UNDECIDED,)
    return (_UNCLEAR,) if any(one.must_confirm for one in ruled) else tuple(ruled)


def takes_back(line: Line) -> bool:
    """Whether the last words leave it open: "hylkää tai myönnä, en tiedä"."""
    clauses = [clause for clause in stretches(line) if clause]
    first = clauses[-1][0].phrases if len(clauses) > 1 else frozenset()
    return "undecided" in first and "hold_word" not in first


def _doubtful(line: Line, one: Said, said: Sequence[Said], ruled: Sequence[Said]) -> bool:
    if _waits_on_something(line, one, said):
        return True
    if one.must_confirm and one.intent not in _TOLD and asked_whether(line):
        return True
    if _only_spoken_of(line, one):
        return True
    alone = one.intent not in {other.intent for other in ruled}
    guard = OPPOSITES.get(one.intent)
    if guard is not None and guard(line, one, said):
        return True
    if not alone:
        return False
    if one.intent is Intent.ASSIGN and any(other.left_out for other in ruled):
        return True  # "lähetä Matille": whether the letter or the case is not said
    unheard = all(other.intent is Intent.NONE for other in ruled)
    if unheard and one.intent in _ONLY_WITH_GRAMMAR and _ONLY_WITH_GRAMMAR[one.intent](one):
        return True
    if stays_open(line, one) or only_unsent(line, [one]):
        return False
    if one.intent is Intent.RECORD_IDENTITY and assents(line):
        return True
    held = reserved(line, waits=not (_waits_for(one) or _is_done(one))) and "send_at" not in one.args
    held = held and not _other_mail_goes_on(line, one)
    denied = negated(line) and not _decides_not_to(line, one)
    unended = unfinished(line) and not _other_mail_goes_on(line, one)
    return _orders(one) and (held or denied or unended or assents(line))


def _other_mail_goes_on(line: Line, one: Said) -> bool:
    """As in "otettu pois uutiskirjeeltä, ajanvarausviestit jatkuvat": beside the ban, what may go on."""
    told = one.args.get("outcomes", ())
    banned = bool(told) and all(it.get("right") == "marketing_objection" for it in told)
    clauses = [clause for clause in stretches(line) if clause]
    going = [clause for clause in clauses if any(word.form in FUNCTION.going_on for word in clause)]
    told = [clause for clause in clauses if any(_TOLD_BAN & (word.tags | word.phrases) for word in clause)]
    told += [one for one in clauses if one not in going and any(word.form.startswith(_WAYS) for word in one)]
    return banned and bool(going) and bool(told) and not any(clause in told for clause in going)


_WAYS = tuple(FUNCTION.channels)
_TOLD_BAN = frozenset({"right.marketing_objection", "done.marketing_objection", "duty.marketing_stopped"})


def _decides_not_to(line: Line, one: Said) -> bool:
    """As in "ei poisteta", "vi raderar inte": what is not done is the answer; "älä poista" and "ei vielä" are none."""
    told = one.args.get("outcomes", ())
    if not told or any(it["outcome"] != "refused" for it in told) or one.args.get("hold"):
        return False
    if all(word.kind == "mark" or word.form in FUNCTION.bare_refusal for word in line.words):
        return True
    marked = (at + 1 < len(line.words) and line.words[at + 1].kind == "mark" for at in range(len(line.words)))
    denying = [word for word, answers in zip(line.words, marked, strict=True) if denies(word) and not answers]
    deed = any(_OF_A_RIGHT & (word.tags | word.phrases) for word in line.words)
    forbidden = {word.form for word in line.words} & (_FORBIDDING | _FOR_NOW | _SO_FAR)
    not_yet = any(word.text.lower() == "än" for word in line.words)
    return len(denying) == 1 and deed and not forbidden and not not_yet


_OF_A_RIGHT = frozenset({"no_deed", "v_remove", "v_destroy", "v_give", "v_correct"})
_FORBIDDING = frozenset({"dont", "don't", "ala", "alkaa", "alka", "alkaas", "do", "aela"})


_SO_FAR = frozenset({"ole", "oo", "ollut", "oltu", "har", "hade", "has", "have", "had", "been", "havent", "hasnt"})
"""Words of what was not done so far, which decides nothing: "tietoja emme ole oikaisseet"."""
_FOR_NOW = frozenset(
    {"viela", "yet", "annu", "nyt", "now", "nu", "mitaan", "anything", "nagot", "toistaiseksi", "sentaan"}
)


def _waits_on_something(line: Line, one: Said, said: Sequence[Said]) -> bool:
    return one.must_confirm and one.intent not in _UNCONDITIONAL and _hangs(line, one, said)


_UNCONDITIONAL = frozenset({Intent.REMIND_ME, Intent.NOTE, Intent.ADD_PAPER_REQUEST, Intent.UNSAFE})
_TOLD = frozenset({Intent.NOTE, Intent.ADD_PAPER_REQUEST, Intent.UNSAFE, Intent.EDIT_DRAFT})
"""What may quote a question."""


def _only_spoken_of(line: Line, one: Said) -> bool:
    """Whether somebody else said it, it was promised, who did it and when is asked, or it is left open."""
    if one.intent in _OPEN and (left_open(line) or asked_who_or_when(line)):
        return True
    if one.intent is Intent.REMIND_ME and asked_who_or_when(line):
        return True
    return one.intent in _OF_OTHERS and (told_by_others(line) or promised(line))


_OF_OTHERS = frozenset({Intent.SET_OUTCOME, Intent.APPROVE, Intent.EXTEND, Intent.FEE, Intent.UNDO, Intent.UNSAFE})
"""Deeds that are none where somebody else is told to have said or wanted them."""
_OPEN = _OF_OTHERS | {Intent.ASSIGN}
_ASKING_THEM = frozenset({Intent.ASK_IDENTITY, Intent.ASK_MORE_INFO})  # whoever does not know asks


def _hangs(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """Whether a deed hangs on a condition ("jos hän suostuu, laskuta") or is only thought of ("ehkä hylätään")."""
    reminds = any(other.intent is Intent.REMIND_ME for other in said)
    told = " ".join(fold(str(value)) for value in _leaves(one.args))
    for at, word in enumerate(line.words):
        following = [near.form for near in line.words[at + 1 : at + 3]]
        polite = word.form == "joskin" or bool(FUNCTION.politely & {*following[:1]})
        its_own = not polite and (at == 0 or " ".join(following) not in told)
        if conditions(line, at) and its_own and not (reminds and _of_the_reminder(line, at)):
            return True
        if one.intent not in _ASKING_THEM and _only_thought(line, at, word) and word.form not in told.split():
            return True
    return False


def _of_the_reminder(line: Line, at: int) -> bool:
    """As in "myönnä, ja jos ei vastaa, muistuta", "muistuta jos ei vastaa": nothing but the reminder hangs on it."""
    clause = list(takewhile(lambda word: word.kind != "mark", line.words[at:]))
    behind = [word for word in line.words[at + len(clause) :] if ORDERED & word.tags]
    inside = [word for word in clause if "v_remind" in word.tags]
    before = [word for word in line.words[:at] if ORDERED & word.tags]
    reminded = (inside or behind or before[-1:])[:1]
    return bool(reminded) and "v_remind" in reminded[0].tags


_OR = frozenset({"tai", "eller", "or"})  # "hylkää, tai no en osaa päättää"


def _only_thought(line: Line, at: int, word: Word) -> bool:
    """As in "ehkä hylätään", "kanske avslår vi", "en tiedä vielä, hylätäänkö": a doubt that nothing takes back."""
    begins = at == 0 or line.words[at - 1].kind == "mark"
    doubts = word.form in FUNCTION.doubting or (at == 0 and "undecided" in word.phrases)
    if word.form in FUNCTION.doubting and at and ORDERED & line.words[at - 1].tags:
        return True  # "jatketaan ehkä kuukaudella", "hylätään kai"
    behind = line.words[at + 1 : at + 1 + NEAR]
    if begins and word.form in _OR and any(denies(one) or "undecided" in one.tags for one in behind):
        return True
    taken_back = any(one.form in FUNCTION.reserving or "cheap_yes" in one.tags for one in line.words[at + 1 :])
    return begins and doubts and not taken_back


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)
    else:
        yield value


def _orders(one: Said) -> bool:
    """Whether a "not" may turn it into its opposite; some deeds are told with one ("ei löydy mitään")."""
    if one.intent is Intent.SET_OUTCOME:
        return any(
            it["outcome"] == "granted" or (it["outcome"] == "refused" and "ground" not in it)
            for it in one.args.get("outcomes", ())
        )
    return one.intent in {Intent.APPROVE, Intent.ASSIGN}


def _waits_for(one: Said) -> bool:
    """As in "poistetaan kun lasku on maksettu": the moment is told with the deed."""
    return any("after" in it for it in one.args.get("outcomes", ()))


def _is_done(one: Said) -> bool:
    """As in "annettiin vasta 18.9.": what was done on its day waits for nothing."""
    told = one.args.get("outcomes", ())
    return bool(told) and all("done_on" in it for it in told)


def stays_open(line: Line, one: Said) -> bool:
    """As in "merkitse hyväksytyksi, jätä asia auki": what is denied is that anything is closed or sent."""
    if not one.args.get("hold") or any({"undecided", "tentative"} & (word.tags | word.phrases) for word in line.words):
        return False
    denied = [at for at, word in enumerate(line.words) if denies(word)]
    if not all(_of_leaving(line, at) for at in denied):
        return False
    said = [*denied, *(at for at, word in enumerate(line.words) if word.form in FUNCTION.reserving)]
    behind = line.words[min(said, default=0) :]
    return any(_LEAVING & word.tags or word.form in FUNCTION.open_still for word in behind)


def _of_leaving(line: Line, at: int) -> bool:
    """Whether what is denied there is a closing or a sending: "ei vielä suljeta", "stäng inte", "sulkematta"."""
    behind = takewhile(lambda word: word.kind != "mark", line.words[at : at + NEAR + 2])
    before = takewhile(lambda word: word.kind != "mark", reversed(line.words[max(at - 2, 0) : at]))
    return any(_LEAVING & word.tags or word.form in FUNCTION.open_still for word in (*behind, *before))


_LEAVING = frozenset({"v_close", "v_send", "v_out", "hold_word"})
_WISHING = ("halua", "haluu", "halun", "tahdo", "toivo", "want", "wish", "vill", "onska")


def only_unsent(line: Line, said: Sequence[Said]) -> bool:
    """As in "no more texts to her, objection accepted": what is denied is the advertising, not that it is denied; so
    is "häntä ei enää profiloida".
    """
    outcomes = [it for one in said for it in one.args.get("outcomes", ())]
    if not outcomes or any(it.get("right") not in _ENDED or it["outcome"] != "granted" for it in outcomes):
        return False
    denying = [at for at, word in enumerate(line.words) if denies(word)]
    if any(it["right"] == "objection" for it in outcomes) and not all(_ends(line, at) for at in denying):
        return False
    if not denying or any(WAITING & word.tags for word in line.words):
        return False
    if any(word.form in _SO_FAR for at in denying for word in line.words[at + 1 : at + 2]):
        return False  # "en ole lopetettu"
    if any(word.form.startswith(_WISHING) for word in line.words):
        return False  # "hän ei halua mainoksia"
    forbidden = any("dont" in line.words[at].tags and not _ends(line, at) for at in denying)
    return not forbidden and not any(grants_near(line, at) for at in denying)


_ENDED = frozenset({"marketing_objection", "objection"})
"""Rights that a "no longer" grants."""


def _ends(line: Line, at: int) -> bool:
    """As in "hän ei saa enää mainoksia"; "älä lähetä enää" orders."""
    return line.words[at].form not in _FORBIDDING and no_longer(line, at)


_ONLY_WITH_GRAMMAR: Mapping[Intent, Callable[[Said], bool]] = {
    Intent.MARK_NOT_REQUEST: lambda one: "route" not in one.args,  # its opposite, "tämä on pyyntö", has the same words
    Intent.ASSIGN: lambda one: "to" not in one.args,  # to nobody: "menee", "päätän tämän huomenna"
}
