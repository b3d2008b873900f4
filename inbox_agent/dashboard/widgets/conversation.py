"""A case as a conversation, oldest to newest: their mails, our letters, the assistant's thoughts between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from textual.containers import VerticalScroll
from textual.content import Content

from inbox_agent.dashboard import times
from inbox_agent.dashboard.readings import Dossier
from inbox_agent.dashboard.safe import SafeStatic, mail, mail_line, own, plain_line
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.phrasing import duties, paper, words
from inbox_agent.phrasing.deadlines import derivation
from inbox_agent.rules import deadlines
from inbox_agent.rules.deadlines import StepCode
from inbox_agent.rules.duties import days_left
from inbox_agent.rules.intake import FROM_AUTHORITY
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from state.model import AGENT, Case, Channel, Draft, DraftStatus, DutyStatus, Message, Relation
from state.views import Turn, TurnKind

_MOST_TURNS = 200
_BEGINNING = 6  # lines of a letter that left


@dataclass(frozen=True, slots=True)
class Bubble:
    """One piece of the conversation. `voice` chooses its side: theirs, ours, assistant or event."""

    voice: str
    content: Content


class Conversation(VerticalScroll):
    """The conversation. Shows the newest end first; keeps its place when something is added."""

    def __init__(self) -> None:
        super().__init__(id="conversation")
        self._shown: tuple[Bubble, ...] = ()

    async def show(self, found: Dossier, *, quotes: bool, proposal: Content, today: date, who: Content) -> None:
        """Show a case. `proposal` is what the assistant suggests now."""
        bubbles = (*_bubbles(found, quotes, who), *_tasks(found, today), Bubble("assistant", _spoken(proposal)))
        if bubbles == self._shown:
            return
        again, offset, at_end = bool(self._shown), self.scroll_y, self.is_vertical_scroll_end
        async with self.batch():
            await self.remove_children()
            await self.mount_all(SafeStatic(bubble.content, classes=f"bubble {bubble.voice}") for bubble in bubbles)
        self._shown = bubbles  # last: a newer reading may have cancelled this one on the way
        if not again:
            self.call_after_refresh(self._to_newest_mail)
        elif at_end:
            self.scroll_end(animate=False)
        else:
            self.call_after_refresh(self._back_to, offset)

    def _to_newest_mail(self) -> None:
        """Begin with what came last; an only mail is at the top anyway."""
        if mails := list(self.query(".theirs")):
            mails[-1].scroll_visible(animate=False, top=True)

    def _back_to(self, offset: float) -> None:
        self.scroll_to(y=offset, animate=False)


def _bubbles(found: Dossier, quotes: bool, who: Content) -> Iterable[Bubble]:
    turns = found.turns[-_MOST_TURNS:]
    if len(turns) < len(found.turns):
        more = len(found.turns) - len(turns)
        yield Bubble("event", own(ngettext("{n} earlier turn", "{n} earlier turns", more).format(n=more), FAINT))
    if found.case.channel is not Channel.MAIL:
        yield Bubble("assistant", _spoken(_came(found.case, quotes)))
    # Events that are told in the very same words are told once.
    for bubble, alike in groupby(bubble for turn in turns for bubble in _turn(turn, found, quotes, who)):
        often = len(list(alike))
        many = f"  × {often}" if often > 1 else ""
        yield replace(bubble, content=Content.assemble(bubble.content, (many, FAINT))) if many else bubble


def _turn(turn: Turn, found: Dossier, quotes: bool, who: Content) -> Iterable[Bubble]:
    if turn.message:
        yield Bubble("theirs", told.mail_in_full(turn.message, quotes=quotes))
        yield Bubble("assistant", _spoken(_thoughts(turn.message, found.case, quotes, who)))
    elif turn.draft and turn.draft.status is not DraftStatus.PROPOSED:  # a proposal stands beside, to be edited
        yield Bubble("ours", _letter(turn.draft, turn, quotes))
    elif turn.kind is TurnKind.NOTE:
        yield Bubble("note", _note(turn))
    elif turn.event:
        yield Bubble("event", _event(turn))


def _tasks(found: Dossier, today: date) -> Iterable[Bubble]:
    """What is still to be done besides answering; what is late in a louder voice."""
    still = [duty for duty in found.duties if duty.status is DutyStatus.OPEN]
    if still:
        head = own(_("To be done (k ticks):"), "bold")
        lines = (
            own(
                f" ☐ {duties.line(duty, today)}",
                "bold $text-error" if days_left(duty, today) < 0 else "",
            )
            for duty in still
        )
        yield Bubble("assistant", _spoken(told.joined((head, *lines))))


def _spoken(content: Content) -> Content:
    return told.joined((own(_("Assistant"), "bold $text-accent"), content))


def _thoughts(message: Message, case: Case, unfolded: bool, who: Content) -> Content:
    parts = [told.understood(message)]
    if message.relation is Relation.OPENING:
        # Nobody asks the authority who it is.
        parts += [*(() if FROM_AUTHORITY in case.flags else (who,)), _deadline(case, unfolded)]
    else:
        parts.append(own(_("A mail to this same case: it starts no new deadline for what was already asked.")))
    return told.joined(parts)


def _came(case: Case, unfolded: bool) -> Content:
    """What is known of a request that came by no mail."""
    came = _("It came {how} on {day}.").format(how=paper.channel(case.channel), day=times.full_day(case.received_on))
    return told.joined((own(came), _answered_at(case), told.identity(case), _deadline(case, unfolded)))


def _answered_at(case: Case) -> Content:
    """Where its answer goes, where that is no mail."""
    lines = [line.strip() for line in case.postal.splitlines() if line.strip()]
    return Content.assemble((_("Answer goes to: "), "bold"), mail_line(", ".join(lines))) if lines else Content("")


def _deadline(case: Case, unfolded: bool) -> Content:
    """How the date comes and what an extension would give, step by step, each with its provision; folded, a hint."""
    if not unfolded:
        return own(_("┄ z shows how the identity was judged and how the deadline comes"), FAINT)
    if FROM_AUTHORITY in case.flags:
        return told.joined((own(_("How the deadline comes:"), "bold"), told.authority_clock()))
    deadline = deadlines.of_case(case)
    codes = [step.code for step in deadline.steps]
    first = codes.index(StepCode.EXTENSION_NOTICE)
    said = derivation(deadline)
    lines = [own(_("How the deadline comes:"), "bold"), *_steps(said[:first])]
    return told.joined((*lines, own(_("If it were extended:"), "bold"), *_steps(said[first:])))


def _steps(said: tuple[str, ...]) -> Iterable[Content]:
    """The steps, each with its provision (the last bracket) in a fainter voice."""
    for step in said:
        what, bracket, provision = step.rpartition(" (")
        yield Content.assemble(f" · {what}", (f"{bracket}{provision}", FAINT))


def _letter(draft: Draft, turn: Turn, unfolded: bool) -> Content:
    """Our letter, its beginning only: whoever wants all of it unfolds it."""
    head = Content.assemble(
        (_("Our letter: {letter}").format(letter=words.letter(draft.letter)), "bold"),
        "  ",
        (times.moment(turn.at), FAINT),
    )
    to = mail_line("→ " + told.party(draft.envelope.to))
    return told.joined((head, told.delivery(draft, turn.delivery), to, Content(" "), _folded(draft.body, unfolded)))


def _folded(body: str, unfolded: bool) -> Content:
    lines = body.strip().splitlines()
    more = len(lines) - _BEGINNING
    if unfolded or more <= 1:
        return mail("\n".join(lines))
    hint = ngettext("{n} more line (z shows it)", "{n} more lines (z shows them)", more).format(n=more)
    return mail("\n".join(lines[:_BEGINNING])) + own(f"\n┄ {hint}", FAINT)


def _note(turn: Turn) -> Content:
    who = plain_line(_actor(turn))
    return told.joined((own(f"✎ {who}  {times.moment(turn.at)}", FAINT), mail(turn.text)))


def _event(turn: Turn) -> Content:
    said = plain_line(duties.happened(turn.event.event)) if turn.event else ""
    beside = f": {plain_line(turn.text)}" if turn.text else ""
    return own(f"{times.moment(turn.at)}  {said}{beside}  ({plain_line(_actor(turn))})", FAINT)


def _actor(turn: Turn) -> str:
    actor = turn.event.event.actor if turn.event else AGENT
    return words.actor(actor)
