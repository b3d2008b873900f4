"""Corrections and own phrases as lines: what a mail was taken for, and what a person says it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inbox_agent.phrasing import days, mails, words
from inbox_agent.phrasing.listing import safe, table
from inbox_agent.rules.phrasebook import OwnPhrase
from inbox_agent.texts import gettext as _
from state.model import CaseKey, Correction, Judgement, Verdict


def corrections(found: Sequence[Correction], numbers: Mapping[CaseKey, str]) -> tuple[str, ...]:
    """One line a correction, oldest first."""
    if not found:
        return (_("Nothing has been corrected."),)
    header = (_("when"), _("case"), _("taken for"), _("corrected to"), _("who"))
    cells = [
        (
            days.moment(one.at),
            numbers.get(one.case, "–") if one.case else "–",
            judgement(one.before),
            judgement(one.after),
            safe(words.actor(one.actor)),
        )
        for one in found
    ]
    return table(header, cells, widest=60)


def judgement(taken: Judgement) -> str:
    """A verdict with its rights."""
    kinds = words.types(taken.kinds) if taken.verdict is not Verdict.NOT_REQUEST else ""
    return f"{mails.verdict(taken.verdict)}: {kinds}" if kinds else mails.verdict(taken.verdict)


def phrases(found: Sequence[OwnPhrase]) -> tuple[str, ...]:
    """One line a phrase, numbered from 1 as they stand in the file."""
    if not found:
        return (_("No own phrases yet."),)
    header = (_("no."), _("says"), _("who"), _("phrase"))
    cells = [(str(number), says(one), safe(one.by) or "–", safe(one.text)) for number, one in enumerate(found, start=1)]
    return table(header, cells, widest=60)


def says(phrase: OwnPhrase) -> str:
    """What a phrase says: "not a request", or "request" with its rights."""
    return judgement(Judgement(Verdict(phrase.says), tuple(map(str, phrase.kinds))))
