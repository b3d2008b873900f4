"""The headings of the album of letters: what each one is, in the interface's language, and which there are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from inbox_agent.phrasing import facts, outcomes, words
from inbox_agent.phrasing.provisions import source
from inbox_agent.texts import gettext as _
from replies.album import Specimen, specimens
from replies.catalogue import facts_needed, letter_facts
from replies.context import DraftContext, Part
from replies.pairs import UNFIT
from replies.printing import Chapter, Page
from state.model import Letter, Outcome, RequestKind


def chapters(voices: Iterable[tuple[str, str]]) -> tuple[Chapter, ...]:
    """One chapter a voice, each letter under its heading."""
    return tuple(
        Chapter(_voices()[voice], voice[0], tuple(_pages(specimens(*voice))), tuple(_gaps())) for voice in voices
    )


def wording() -> Mapping[str, str]:
    """The words about the page itself."""
    return {
        "language": _("en"),
        "title": _("The letters of inbox-agent"),
        "introduction": _(
            "Every right with every answer, once, from invented facts. What stands in many letters is shown once, in"
            " front of its chapter, and folded in the letters."
        ),
        "contents": _("Contents"),
        "common": _("What stands in many letters"),
        "gaps": _("What there is not, and why"),
    }


def _pages(found: Iterable[Specimen]) -> Iterator[Page]:
    """Every letter under a heading of its own: the second of a name has its number."""
    seen: Counter[str] = Counter()
    for specimen in found:
        name = heading(specimen.context)
        seen[name] += 1
        yield Page(name if seen[name] == 1 else f"{name} ({seen[name]})", specimen.text)


def heading(context: DraftContext) -> str:
    """What a letter is: its name, the rights with their outcomes, the ground, and that it is late."""
    late = context.today > context.promise and context.letter not in {
        Letter.FOLLOW_UP,
        Letter.LATE_NOTICE,
        Letter.LATE_DELIVERY,
    }
    said = [words.letter(context.letter)] if context.letter is not Letter.OUTCOME else []
    said += [_part(part) for part in context.parts] if context.letter is Letter.OUTCOME else []
    said += [choice for choice in _choices(context) if choice]
    if context.letter is not Letter.OUTCOME and len(context.parts) > 1:
        said.append(_("several rights"))
    return ", ".join((*said, *((_("late"),) if late else ())))


def _part(part: Part) -> str:
    if part.outcome is None:
        return words.kind(part.kind)
    asked = facts_needed(part.kind, part.outcome)
    named = [
        facts.choice(fact, part.facts[fact.name])
        for base in ("ground", "delivery", "notified")
        for fact in asked
        if fact.base == base and fact.name in part.facts
    ]
    shown = f" ({'; '.join(named)})" if named else ""
    return f"{words.kind(part.kind)}: {words.outcome(part.outcome)}{shown}"


def _choices(context: DraftContext) -> Iterator[str]:
    given = {**context.facts, "extension_reason": context.extension_reason}
    for fact in letter_facts(context.letter):
        if fact.choices and given.get(fact.name):
            yield facts.choice(fact, given[fact.name])


_OF_ONE_RIGHT = frozenset({Letter.MARKETING_STOPPED, Letter.RESTRICTION_LIFTED})
"""Letters whose name says which right they are for: that the others lack them goes without saying."""


def _gaps() -> Iterator[str]:
    for kind in RequestKind:
        for (of, answer), unfit in UNFIT.items():
            if of is kind and answer not in _OF_ONE_RIGHT:
                name = words.outcome(answer) if isinstance(answer, Outcome) else words.letter(answer)
                yield f"{words.kind(kind)}, {name}: {outcomes.why_not(unfit.code)} ({source(unfit.source)})"


def _voices() -> dict[tuple[str, str], str]:
    return {
        ("fi", "te"): _("Finnish, te"),
        ("fi", "sina"): _("Finnish, sinä"),
        ("sv", "te"): _("Swedish"),
        ("en", "te"): _("English"),
    }
