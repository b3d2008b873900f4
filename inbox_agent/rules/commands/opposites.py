"""The deeds whose opposite sounds alike: a reminder kept, an identity not proved, "not spam", data not yet given.

Owns for each such intent what in a line speaks against it. Refuses doubts that hold for every deed:
those are `guards`'.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from inbox_agent.rules.commands.doubts import (
    GRANTING,
    IS,
    NEAR,
    WAITING,
    asks_if_done,
    asks_whether,
    denies,
    grants_near,
    negated,
    stretches,
    unfinished,
)
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.word import Word


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
    spared = any(denies(word) and not _CANCELLING & word.phrases for word in line.words)
    return spared or not any(_CANCELLING & word.tags or word.form in FUNCTION.cancelling for word in line.words)


_CANCELLING = frozenset(
    {"v_undo", "v_remove", "v_destroy", "v_away", "v_skip", "v_stop", "no_longer", "remind_over", "done_word"}
    | {"carried_out"}
)


def _only_asked(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """An outcome that is asked about, wanted by somebody else, or forbidden beside what is told of the advertising."""
    if (
        _nothing_sought(line, one)
        or _nobody_tried(line, one)
        or _to_nobody(line, one)
        or _to_be_sent_later(line, one)
        or _untouched(line, one)
        or _only_as_before(line, one)
        or _they_will_not(line, one)
    ):
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
    return banned and not denied and any(grants_near(line, at) for at, word in enumerate(line.words) if denies(word))


def _they_will_not(line: Line, one: Said) -> bool:
    """As in "hän ei suostu maksamaan", "he won't pay": what they refuse is no refusal of ours."""
    refused = any(it["outcome"] == "refused" and not it.get("ground") for it in one.args.get("outcomes", ()))
    told = [word.form for word in line.words if word.kind == "word"][:3]
    return refused and len(told) > 2 and told[0] in _THEY and (told[1] in _WONT or told[2] in _UNWILLING)


_WONT = frozenset({"wont", "won't", "refuses", "vagrar", "kieltaytyy"})
_UNWILLING = frozenset({"suostu", "halua", "maksa", "vastaa"})


def _asks(word: Word) -> bool:
    return any(tag.startswith("q_") for tag in word.tags | word.phrases) or asks_whether(word) or asks_if_done(word)


def _untouched(line: Line, one: Said) -> bool:
    """As in "en ole hyväksynyt mitään": what the speaker has not done is no outcome."""
    told = [word for word in line.words if word.kind == "word"][:_FIRST_WORDS]
    mine = len(told) > 1 and told[0].form in FUNCTION.i_have_not and told[1].form in IS
    stems = tuple(FUNCTION.undone)
    done = any(GRANTING & word.tags or word.form.startswith(stems) for word in told[2:])
    return mine and done and not any("no_data" in word.tags and word.phrases for word in told)


_FIRST_WORDS = 4


def _only_as_before(line: Line, one: Said) -> bool:
    """As in "tehdään niin kuin viimeksi": what was done or agreed then the line does not say."""
    before = any("as_before" in word.phrases for word in line.words)
    told = any(it.get("right") or it.get("ground") or it["outcome"] != "granted" for it in one.args.get("outcomes", ()))
    return before and not told and not any({"v_grant", "v_approve"} & word.tags for word in line.words)


def _nothing_sought(line: Line, one: Said) -> bool:
    """As in "tietoja emme ole oikaistu", "nothing has been sent yet": what was not done so far is no finding of
    nothing.
    """
    empty = any(it["outcome"] == "no_data" for it in one.args.get("outcomes", ()))
    sought = any({"no_data", "looked"} & (word.tags | word.phrases) for word in line.words)
    yet = any(word.form in _SO_FAR for word in line.words) and negated(line)
    undone = _DEEDS | {"given_out", "sent_word"} if yet else _DEEDS
    return empty and not (sought and not yet) and any(undone & word.tags for word in line.words)


_DEEDS = frozenset({"v_correct", "v_remove", "v_destroy"})
_SO_FAR = frozenset({"viela", "viel", "yet", "annu"})


def _nobody_tried(line: Line, one: Said) -> bool:
    """As in "päätetään asia": that somebody could not be identified was not said."""
    unidentified = any(it["outcome"] == "not_identified" for it in one.args.get("outcomes", ()))
    if unidentified and any(word.form in _SO_FAR for word in line.words):
        return True  # "ei tunnistettu vielä"
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


def _unproved(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """An identity is proved only by a line that neither denies nor doubts it."""
    doubted = any(_OPEN & word.tags for word in line.words)
    waits = any(WAITING & word.tags and word.form not in _OF_TIME for word in line.words)
    return one.args.get("result") == "ok" and (doubted or waits or negated(line) or unfinished(line))


def _refuses(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """As in "hylkää, hän pyytää samaa joka viikko": who refuses charges nothing."""
    paid = [word for word in line.words if word.form in _PAID]
    if paid and not any("v_fee" in word.tags for word in line.words if word not in paid):
        return True  # "asiakas maksoi 20 euroa"
    priced = any({"v_fee", "euro", "money_word"} & word.tags or word.kind == "money" for word in line.words)
    return not priced and any("v_refuse" in word.tags for word in line.words)


_PAID = frozenset({"maksoi", "maksanut", "paid", "betalade", "betalat"})


def _no_more_time(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """As in "Liisa on lomalla": why more time might be wanted, and no more time."""
    told = {"months", "until"} & one.args.keys() or one.args.get("reason") != "holiday"
    return not told and not any(_MORE_TIME & (word.tags | word.phrases) for word in line.words)


_MORE_TIME = frozenset({"v_extend", "more_time", "about.extension", "n_time", "n_deadline", "months_word", "n_days"})


def _already_called(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """As in "soitin rekisterissä olevaan numeroon": who tells of a call orders none."""
    told = [word.form for word in line.words if word.kind == "word"][:2]
    if len(told) > 1 and told[0] in _THEY and told[1] in _GAVE:
        return True  # "he gave his customer number"
    called = any("called_done" in word.tags for word in line.words)
    ordered = any({"v_ask", "v_verify"} & word.tags or word.form in FUNCTION.calling for word in line.words)
    return called and not ordered and one.args.get("method") == "call_back"


_THEY = frozenset({"han", "se", "asiakas", "he", "she", "they", "hon", "kunden", "de"})
_GAVE = frozenset({"gave", "sent", "told", "antoi", "kertoi", "lahetti", "ilmoitti", "gav", "skickade", "berattade"})
_OF_TIME = frozenset({"nar", "when", "kun"})  # "när vi ringde": when it was, not on what it hangs
_OPEN = frozenset({"lacking", "not_understood", "not_identified", "ident_failed", "tentative", "undecided"})


def _no_spam(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """As in "tämä ei ole roskapostia": what is denied is not that it is a request."""
    for clause in stretches(line):
        at = next((at for at, word in enumerate(clause) if "not" in word.tags), len(clause))
        near = clause[at + 1 : at + 1 + NEAR]
        last = at + 2 == len(clause) and clause[-1].form in IS  # "mainos tämä ei ole"
        told = clause if last else near
        routed = any(tag.startswith("route.") for word in told for tag in word.tags)
        if routed and not any("n_request" in word.tags or word.form.startswith(_LAW) for word in told):
            return True
    return False


_LAW = ("tietosuoj", "gdpr", "dataskydd", "data protection")


def _hands_nothing_over(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """As in "en anna tätä Ristolle"; and "onneksi on perjantai", where nobody gives or takes anything."""
    first = line.words[0]
    named = any("name" in word.tags for word in line.words) or (first.text.istitle() and first.form not in _THEY)
    asked = any("name" in word.tags and after.form in _ASKED for word, after in pairwise(line.words))
    if asked or (not named and str(one.args.get("to", "")).lower() in _THE_PERSON):
        return True  # "give it to her", "Liisa kysyi tästä eilen"
    already = any(one.intent is Intent.REMIND_ME for one in said) and any(word.form in ALREADY for word in line.words)
    by_luck = bool(line.words) and line.words[0].form.startswith(_LUCKILY) and not _handed(line)
    denied = [at for at, word in enumerate(line.words) if word.form in _NOT]
    return by_luck or already or any(_HANDING & word.tags for at in denied for word in line.words[at + 1 : at + 2])


_THE_PERSON = frozenset({"her", "him", "them", "henne", "honom", "dem", "hän", "hänelle", "sille"})
_ASKED = frozenset({"kysyi", "kyseli", "asked", "fragade", "sanoi", "said", "sade"})
_NOT = frozenset({"en", "emme", "ei", "emma", "alkaa", "ala"})
_HANDING = frozenset({"v_give", "v_move", "v_deputise"})


ALREADY = frozenset({"jo", "redan", "already"})
"""Why a reminder goes: "poista muistutus, Mervi hoitaa jo"."""
_LUCKILY = ("onneksi", "onneks", "lyckligtvis", "luckily")


def _handed(line: Line) -> bool:
    return any(tag.startswith(("v_", "to_", "role", "deputy", "scope.")) for word in line.words for tag in word.tags)


def _tells_nobody(line: Line, one: Said, said: Sequence[Said]) -> bool:
    """As in "säg inget till grannen", "älä kerro sille mitään": what is not to be told is no disclosure."""
    first = [word for word in line.words if word.kind == "word"][:_FIRST_WORDS]
    forbids = any({"not", "dont"} & word.tags for word in first)
    giving = any({"v_give", "v_send"} & word.tags for word in first) and not any(_ASKING & w.tags for w in first)
    giving = giving and any("dont" in word.tags for word in first[:2])
    return (forbids and one.args.get("what") == "disclose") or (giving and one.args.get("what") == "skip_identity")


_ASKING = frozenset({"v_ask", "v_verify", "v_skip", "identity"})


OPPOSITES: Mapping[Intent, Callable[[Line, Said, Sequence[Said]], bool]] = {
    Intent.APPROVE: _not_yet_right,
    Intent.ASSIGN: _hands_nothing_over,
    Intent.ASK_IDENTITY: _already_called,
    Intent.EXTEND: _no_more_time,
    Intent.FEE: _refuses,
    Intent.SET_OUTCOME: _only_asked,
    Intent.REMIND_ME: _kept,
    Intent.RECORD_IDENTITY: _unproved,
    Intent.MARK_NOT_REQUEST: _no_spam,
    Intent.UNSAFE: _tells_nobody,
}
"""For each such intent, whether the line speaks against it."""
