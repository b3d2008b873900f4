"""One line understood: what the grammar and the scored reader make of it, and which of them is believed.

Owns the choice between them. A line that is not surely understood is `none`; nothing here acts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from inbox_agent.rules.commands.evidence import deciding
from inbox_agent.rules.commands.guards import believed, only_unsent, stays_open, takes_back
from inbox_agent.rules.commands.heard import Hearing
from inbox_agent.rules.commands.model import Intent, Place, Said
from inbox_agent.rules.commands.parts import parts_of
from inbox_agent.rules.commands.reading import Line, read
from inbox_agent.rules.commands.ruled import Ruled, by_rules, grounded
from inbox_agent.rules.commands.scores import shipped
from inbox_agent.rules.commands.vocabulary import vocabulary
from inbox_agent.rules.commands.weighed import NEAR, Weighed, weighed
from inbox_agent.rules.deadlines import HELSINKI, helsinki_date


def understand(text: str, now: datetime, place: Place = Place.CASE) -> tuple[Said, ...]:
    """What a line says, at least one intent. `now` (aware) is the moment that "huomenna" is counted from."""
    line = read(text, vocabulary(), helsinki_date(now), now.astimezone(HELSINKI))
    parts = [grounded(line, part) for part in parts_of(line, place)]
    ruled = by_rules(line, parts)
    if not line.words:
        return ruled.said
    if len({word.form for word in line.words if word.kind != "mark"}) < _FEW and len(line.words) > _MANY:
        return ruled.said  # one word over and over, or none
    said = chosen(line, ruled, weighed(Hearing(line, place, shipped()), parts, ruled.said))
    return tuple(_offering(line, one, ruled) for one in believed(line, said, ruled.said))


def _offering(line: Line, said: Said, ruled: Ruled) -> Said:
    """A line that may mean two things offers those that nothing in it speaks against; a guarded line offers none."""
    offered = () if ruled.guarded else [one for one in said.choices if believed(line, (one,), ruled.said) == (one,)]
    return replace(said, choices=tuple(offered) if len(offered) == _CHOICES else ())


def deciding_words(text: str, now: datetime, place: Place = Place.CASE) -> tuple[str, ...]:
    """The words of a line that decided how it is understood, in the order said."""
    line = read(text, vocabulary(), helsinki_date(now))
    return deciding(Hearing(line, place, shipped())) if line.words else ()


_FEW, _MANY = 2, 3  # words
_QUIET = -0.7
"""A deed heard less clearly is not believed."""
_FAINT, _CLOSE = -0.3, 0.25
"""How quiet, and how near the next reading, a deed is that the grammar does not hear and that is asked back."""
_EITHER, _APART = frozenset({Intent.UNDO, Intent.REMIND_ME}), 0.25
"""Deeds of which "peru äskeinen muistutus" may be either, and how near they then are."""
_GUARDED = 1.0
"""How far everything else must be behind a deed that the grammar hears forbidden, thought of, or dangerous."""


def chosen(line: Line, ruled: Ruled, heard: Weighed) -> tuple[Said, ...]:
    """The reading that is believed: the scored one where it is sure, or where both say the same."""
    undone = heard.second is not None and heard.second.intent is Intent.UNDO  # "peru äskeinen muistutus": either
    if [one.intent for one in ruled.said] == [one.intent for one in heard.said] and not undone:
        return heard.said
    acts = any(one.must_confirm and one.intent is not Intent.UNSAFE for one in heard.said)
    with_not = (_answers_no(heard.said) and not takes_back(line)) or only_unsent(line, heard.said)
    with_not = with_not or any(stays_open(line, one) for one in heard.said)
    if acts and ruled.guarded and not with_not and heard.gap < _GUARDED:
        return ruled.said
    alone = acts and not {one.intent for one in heard.said if one.must_confirm} <= {one.intent for one in ruled.said}
    faint = alone and heard.margin < _FAINT and heard.gap < _CLOSE
    either = {one.intent for one in (*ruled.said, *heard.said)} == _EITHER and heard.gap < _APART
    if heard.gap < NEAR or either or faint or (acts and heard.margin < _QUIET):
        return _asked_back(ruled.said, heard)
    return heard.said


def _asked_back(ruled: tuple[Said, ...], heard: Weighed) -> tuple[Said, ...]:
    """What the grammar makes of a line that changes nothing or leaves words out; else nothing, and what it may mean."""
    said = ruled if all(one.left_out or not one.must_confirm for one in ruled) else (_UNCLEAR,)
    if len(said) > 1 or said[0].args.get("reason") != "unclear":
        return said
    readings = [one for told in (heard.said, ruled) if len(told) == 1 for one in told]
    readings += [heard.second] if heard.second else []
    likely = {one.intent: one for one in reversed(readings) if one.intent not in _NEVER_OFFERED and not one.left_out}
    return (replace(_UNCLEAR, choices=tuple(reversed(likely.values()))[:_CHOICES]),)


_UNCLEAR = Said(Intent.NONE, {"reason": "unclear"})
_NEVER_OFFERED = frozenset({Intent.NONE, Intent.UNSAFE})
_CHOICES = 2


def _answers_no(said: tuple[Said, ...]) -> bool:
    """Whether a "not" belongs to the deed: a refusal, data that are not there, a duty not yet done."""
    return any(
        one.intent in _WITH_NOT or any(it["outcome"] != "granted" for it in one.args.get("outcomes", ()))
        for one in said
    )


_WITH_NOT = frozenset({Intent.RECORD_IDENTITY, Intent.RECORD_DUTY, Intent.MARK_NOT_REQUEST, Intent.NOTE})
