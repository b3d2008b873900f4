"""What keeps a line from being taken for a deed that it does not order.

Owns the one rule: where a line denies, doubts or sets a condition, a deed is believed only if the grammar hears it too;
and the few deeds whose opposite sounds alike (a reminder kept, an identity not proved, "not spam"). Refuses to say what
was meant instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.inflection import left_undone
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.commands.negation import conditions
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
    clauses = [clause for clause in _clauses(line) if clause]
    first = clauses[-1][0].phrases if len(clauses) > 1 else frozenset()
    return "undecided" in first and "hold_word" not in first


def _doubtful(line: Line, one: Said, said: Sequence[Said], ruled: Sequence[Said]) -> bool:
    if _waits_on_something(line, one, said):
        return True
    if one.must_confirm and one.intent not in _TOLD and _asked_whether(line):
        return True
    alone = one.intent not in {other.intent for other in ruled}
    guard = _GUARDS.get(one.intent)
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
    if one.intent is Intent.RECORD_IDENTITY and _assents(line):
        return True
    held = _reserved(line, waits=not _waits_for(one)) and "send_at" not in one.args
    denied = negated(line) and not _decides_not_to(line, one)
    return _orders(one) and (held or denied or _unfinished(line) or _assents(line))


def _decides_not_to(line: Line, one: Said) -> bool:
    """As in "ei poisteta", "vi raderar inte": what is not done is the answer; "älä poista" and "ei vielä" are none."""
    told = one.args.get("outcomes", ())
    if not told or any(it["outcome"] != "refused" for it in told) or one.args.get("hold"):
        return False
    marked = (at + 1 < len(line.words) and line.words[at + 1].kind == "mark" for at in range(len(line.words)))
    denying = [word for word, answers in zip(line.words, marked, strict=True) if _denies(word) and not answers]
    deed = any(_OF_A_RIGHT & (word.tags | word.phrases) for word in line.words)
    forbidden = {word.form for word in line.words} & (_FORBIDDING | _FOR_NOW | _SO_FAR)
    return len(denying) == 1 and deed and not forbidden


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
    behind = [word for word in line.words[at + len(clause) :] if _ORDERED & word.tags]
    inside = [word for word in clause if "v_remind" in word.tags]
    before = [word for word in line.words[:at] if _ORDERED & word.tags]
    reminded = (inside or behind or before[-1:])[:1]
    return bool(reminded) and "v_remind" in reminded[0].tags


_ORDERED = frozenset(
    {"v_remind", "v_close", "v_grant", "v_refuse", "v_approve", "v_send", "v_out", "v_remove", "v_give", "v_correct"}
    | {"v_move", "v_merge", "v_fee", "v_extend", "v_ask", "v_undo", "v_reopen", "v_change", "route.spam"}
)
"""What may be ordered behind a condition."""


_OR = frozenset({"tai", "eller", "or"})  # "hylkää, tai no en osaa päättää"


def _only_thought(line: Line, at: int, word: Word) -> bool:
    """As in "ehkä hylätään", "kanske avslår vi", "en tiedä vielä, hylätäänkö": a doubt that nothing takes back."""
    begins = at == 0 or line.words[at - 1].kind == "mark"
    doubts = word.form in FUNCTION.doubting or (at == 0 and "undecided" in word.phrases)
    if word.form in FUNCTION.doubting and at and _ORDERED & line.words[at - 1].tags:
        return True  # "jatketaan ehkä kuukaudella", "hylätään kai"
    behind = line.words[at + 1 : at + 1 + _NEAR]
    if begins and word.form in _OR and any(_denies(one) or "undecided" in one.tags for one in behind):
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


def stays_open(line: Line, one: Said) -> bool:
    """As in "merkitse hyväksytyksi, jätä asia auki": what is denied is that anything is closed or sent."""
    if not one.args.get("hold") or any({"undecided", "tentative"} & (word.tags | word.phrases) for word in line.words):
        return False
    denied = [at for at, word in enumerate(line.words) if _denies(word)]
    if not all(_of_leaving(line, at) for at in denied):
        return False
    said = [*denied, *(at for at, word in enumerate(line.words) if word.form in FUNCTION.reserving)]
    behind = line.words[min(said, default=0) :]
    return any(_LEAVING & word.tags or word.form in FUNCTION.open_still for word in behind)


def _of_leaving(line: Line, at: int) -> bool:
    """Whether what is denied there is a closing or a sending: "ei vielä suljeta", "stäng inte", "sulkematta"."""
    behind = takewhile(lambda word: word.kind != "mark", line.words[at : at + _NEAR + 2])
    before = takewhile(lambda word: word.kind != "mark", reversed(line.words[max(at - 2, 0) : at]))
    return any(_LEAVING & word.tags or word.form in FUNCTION.open_still for word in (*behind, *before))


_LEAVING = frozenset({"v_close", "v_send", "v_out", "hold_word"})


def only_unsent(line: Line, said: Sequence[Said]) -> bool:
    """As in "no more texts to her, objection accepted": what is denied is the advertising, not that it is denied."""
    outcomes = [it for one in said for it in one.args.get("outcomes", ())]
    if not outcomes or any((it.get("right"), it["outcome"]) != ("marketing_objection", "granted") for it in outcomes):
        return False
    denying = [at for at, word in enumerate(line.words) if _denies(word)]
    if not denying or any(_WAITING & word.tags for word in line.words):
        return False
    return not any("dont" in line.words[at].tags or _grants_near(line, at) for at in denying)


def _grants_near(line: Line, at: int) -> bool:
    return any(_GRANTING & word.tags for word in line.words[max(at - 2, 0) : at + _NEAR])


_GRANTING = frozenset({"v_grant", "v_approve", "v_refuse", "do_it", "right.marketing_objection"})


_ONLY_WITH_GRAMMAR: Mapping[Intent, Callable[[Said], bool]] = {
    Intent.MARK_NOT_REQUEST: lambda one: "route" not in one.args,  # its opposite, "tämä on pyyntö", has the same words
    Intent.ASSIGN: lambda one: "to" not in one.args,  # to nobody: "menee", "päätän tämän huomenna"
}


def negated(line: Line) -> bool:
    """Whether something in the line is denied, or left undone."""
    return any(_denies(word) for word in line.words)


def _denies(word: Word) -> bool:
    return bool({"not", "dont", "unverified"} & word.tags) or left_undone(word.form)


def _unfinished(line: Line) -> bool:
    return any(word.form in FUNCTION.unfinished for word in line.words)


def _assents(line: Line) -> bool:
    """A bare "selvä": heard, and nothing ordered."""
    return all(word.kind == "mark" or "cheap_yes" in word.tags for word in line.words)


def _reserved(line: Line, *, waits: bool) -> bool:
    """Whether the line takes back or sets a condition, or (`waits`) names a moment that must come first."""
    told = _WAITING if waits else frozenset({"cond_word"})
    reserved = (at for at, word in enumerate(line.words) if word.form in FUNCTION.reserving)
    return any(told & word.tags for word in line.words) or any(not _takes_nothing_back(line, at) for at in reserved)


def _takes_nothing_back(line: Line, at: int) -> bool:
    """As in "myöhässä, mutta annettu eilen", "sent it, but we were late", "hoitaa, mutta vain maanantaihin"."""
    before, behind = line.words[:at], line.words[at + 1 :]
    late = any(_LATE & (word.tags | word.phrases) for word in line.words)
    dated = {i for m in line.mentions for i in range(m.start, m.end)}
    only_when = [i for i in range(at + 1, len(line.words)) if line.words[i].kind == "word" and i not in dated]
    limited = len(behind) > len(only_when) and all(line.words[i].form in _ONLY for i in only_when)
    return not any(_denies(word) for word in behind) and bool(before) and (late or limited)


_LATE = frozenset({"overdue", "measure.late"})
_ONLY = frozenset({"vain", "vaan", "only", "bara", "endast", "asti", "saakka", "until", "till", "the"})


_WAITING = frozenset({"once_word", "cond_word"})


def _not_yet_right(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """A letter of which something is still said: "hyvä, mutta nimi väärin", "vasta kun olen lukenut"."""
    if str(one.args.get("send_at", line.today))[:10] < str(line.today):
        return True  # "pitikö tää lähettää jo eilen": nothing leaves on a day that is over
    if "send_at" in one.args or len(said) > 1:
        return False
    if any("once_word" in word.tags or word.form in FUNCTION.nearly for word in line.words):
        return True
    at = next((at for at, word in enumerate(line.words) if word.form in FUNCTION.reserving), len(line.words))
    behind = [word for word in line.words[at + 1 :] if word.kind == "word"]
    return bool(behind) and not any(_SENDING & word.tags for word in behind)


_SENDING = frozenset({"v_send", "v_approve", "v_out"})


def _kept(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """A reminder is cancelled only by a word that cancels."""
    if not one.args.get("cancel"):
        return not one.args and negated(line)  # "en toistaiseksi toivo muistutusta"
    spared = any(_denies(word) and not _CANCELLING & word.phrases for word in line.words)
    return spared or not any(_CANCELLING & word.tags or word.form in FUNCTION.cancelling for word in line.words)


_CANCELLING = frozenset(
    {"v_undo", "v_remove", "v_destroy", "v_away", "v_skip", "v_stop", "no_longer", "remind_over", "done_word"}
    | {"carried_out"}
)


def _only_asked(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """An outcome that is asked about, wanted by somebody else, or forbidden beside what is told of the advertising."""
    if _nobody_tried(line, one) or _to_nobody(line, one) or _to_be_sent_later(line, one) or _untouched(line, one):
        return True
    wished = any("polite_wish" in word.tags for word in line.words)
    if any("q_may" in word.tags for word in line.words) and not wished:
        return True
    if any("they_want" in word.tags and after.form in _THAT for word, after in pairwise(line.words)):
        return True
    if any("asked_past" in word.tags and _asks(after) for word, after in pairwise(line.words)):
        return True  # "asiakas kysyi milloin hän saa tiedot"
    told = one.args.get("outcomes", ())
    banned = any(it.get("right") == "marketing_objection" for it in told)
    denied = any(it["outcome"] != "granted" for it in told)  # what is denied is another right
    return banned and not denied and any(_grants_near(line, at) for at, word in enumerate(line.words) if _denies(word))


def _asks(word: Word) -> bool:
    return any(tag.startswith("q_") for tag in word.tags | word.phrases) or _asks_whether(word) or _asks_if_done(word)


def _untouched(line: Line, one: Said) -> bool:
    """As in "en ole hyväksynyt mitään": what the speaker has not done is no outcome."""
    told = [word for word in line.words if word.kind == "word"][:_FIRST_WORDS]
    mine = len(told) > 1 and told[0].form in FUNCTION.i_have_not and told[1].form in _IS
    stems = tuple(FUNCTION.undone)
    done = any(_GRANTING & word.tags or word.form.startswith(stems) for word in told[2:])
    return mine and done and not any("no_data" in word.tags and word.phrases for word in told)


_FIRST_WORDS = 4


def _nobody_tried(line: Line, one: Said) -> bool:
    """As in "päätetään asia": that somebody could not be identified was not said."""
    unidentified = any(it["outcome"] == "not_identified" for it in one.args.get("outcomes", ()))
    return unidentified and not negated(line) and not any(_OF_IDENTITY & word.tags for word in line.words)


_OF_IDENTITY = frozenset(
    {"not_identified", "ident_failed", "not_arrived", "identity", "unverified", "lacking", "identity_question"}
    | {"not_understood", "no_identity", "person", "who_word"}
)


def _to_nobody(line: Line, one: Said) -> bool:
    """As in "skicka inget brev till henne": what is not sent, and to no other, is not passed on."""
    forwarded = [it for it in one.args.get("outcomes", ()) if it["outcome"] == "forwarded"]
    return bool(forwarded) and negated(line) and not any(it.get("to") for it in forwarded)


def _to_be_sent_later(line: Line, one: Said) -> bool:
    """As in "lähetetään kunhan Pekka on lukenut": who must come first is nobody to forward it to."""
    forwarded = any(it["outcome"] == "forwarded" for it in one.args.get("outcomes", ()))
    return forwarded and any(word.form in FUNCTION.come_first for word in line.words)


_THAT = frozenset({"etta", "et", "att", "that"})


def _asked_whether(line: Line) -> bool:
    """As in "pitäisikö siirtää Matille", "should we extend it": a question, whatever the deed."""
    clauses = [clause for clause in _clauses(line) if clause]
    asked = [at for at, clause in enumerate(clauses) if _asks_whether(clause[0])]
    asked = asked or [0 for clause in clauses[:1] if _asks_if_done(clause[0])]
    if not asked or any("polite_wish" in word.tags for word in line.words):
        return False
    behind = [word for clause in clauses[asked[0] + 1 :] for word in clause]
    mark = next((at for at, word in enumerate(line.words) if word.text == "?"), None)
    if mark is not None and line.words[mark].start > clauses[asked[0]][0].start:
        behind = list(line.words[mark + 1 :])  # "can we charge her, since it is excessive?": why, in the same question
    return not any(({"cheap_yes"} | _ORDERED) & word.tags for word in behind)  # "onko pakko tunnistaa? no kysy"


def _asks_if_done(word: Word) -> bool:
    """As in "onko tämä hyväksytty", "poistettiinko tämä jo"."""
    return word.form in FUNCTION.asking_if_done or word.form.endswith(("tiinko", "tiinkohan", "tiinks"))


def _asks_whether(word: Word) -> bool:
    return word.form in FUNCTION.asking_whether or "q_may" in word.phrases


def _unproved(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """An identity is proved only by a line that neither denies nor doubts it."""
    doubted = any(_OPEN & word.tags for word in line.words)
    waits = any(_WAITING & word.tags and word.form not in _OF_TIME for word in line.words)
    return one.args.get("result") == "ok" and (doubted or waits or negated(line) or _unfinished(line))


def _already_called(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """As in "soitin rekisterissä olevaan numeroon": who tells of a call orders none."""
    called = any("called_done" in word.tags for word in line.words)
    ordered = any({"v_ask", "v_verify"} & word.tags or word.form in FUNCTION.calling for word in line.words)
    return called and not ordered and one.args.get("method") == "call_back"


_OF_TIME = frozenset({"nar", "when", "kun"})  # "när vi ringde": when it was, not on what it hangs
_OPEN = frozenset({"lacking", "not_understood", "not_identified", "ident_failed", "tentative", "undecided"})


def _no_spam(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """As in "tämä ei ole roskapostia": what is denied is not that it is a request."""
    for clause in _clauses(line):
        at = next((at for at, word in enumerate(clause) if "not" in word.tags), len(clause))
        near = clause[at + 1 : at + 1 + _NEAR]
        last = at + 2 == len(clause) and clause[-1].form in _IS  # "mainos tämä ei ole"
        told = clause if last else near
        routed = any(tag.startswith("route.") for word in told for tag in word.tags)
        if routed and not any("n_request" in word.tags or word.form.startswith(_LAW) for word in told):
            return True
    return False


_NEAR = 3  # words
_LAW = ("tietosuoj", "gdpr", "dataskydd", "data protection")
_IS = frozenset({"ole", "oo", "ollut"})


def _clauses(line: Line) -> Iterator[list[Word]]:
    """The line cut at its marks and at "vaan"."""
    clause: list[Word] = []
    for word in line.words:
        if word.kind == "mark" or word.form in FUNCTION.reserving:
            yield clause
            clause = []
        else:
            clause.append(word)
    yield clause


def _hands_nothing_over(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """As in "en anna tätä Ristolle"; and "onneksi on perjantai", where nobody gives or takes anything."""
    already = any(one.intent is Intent.REMIND_ME for one in said) and any(word.form in _ALREADY for word in line.words)
    by_luck = bool(line.words) and line.words[0].form.startswith(_LUCKILY) and not _handed(line)
    denied = [at for at, word in enumerate(line.words) if word.form in _NOT]
    return by_luck or already or any(_HANDING & word.tags for at in denied for word in line.words[at + 1 : at + 2])


_NOT = frozenset({"en", "emme", "ei", "emma", "alkaa", "ala"})
_HANDING = frozenset({"v_give", "v_move", "v_deputise"})
_ALREADY = frozenset({"jo", "redan", "already"})
"""Why a reminder goes: "poista muistutus, Mervi hoitaa jo"."""
_LUCKILY = ("onneksi", "onneks", "lyckligtvis", "luckily")


def _handed(line: Line) -> bool:
    return any(tag.startswith(("v_", "to_", "role", "deputy", "scope.")) for word in line.words for tag in word.tags)


_GUARDS: Mapping[Intent, Callable[[Line, Said, Sequence[Said]], bool]] = {
    Intent.APPROVE: _not_yet_right,
    Intent.ASSIGN: _hands_nothing_over,
    Intent.ASK_IDENTITY: _already_called,
    Intent.SET_OUTCOME: _only_asked,
    Intent.REMIND_ME: _kept,
    Intent.RECORD_IDENTITY: _unproved,
    Intent.MARK_NOT_REQUEST: _no_spam,
}
