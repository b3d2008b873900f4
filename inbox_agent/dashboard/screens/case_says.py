"""What a person may say in an open case, and which act it is.

Owns the way from an intent to the window or the act that carries it out, filled in with what was said. Where an act
does not exist yet, or not in this state of the case, it says so, and what a person does instead.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from textual.content import Content

from inbox_agent.dashboard import times
from inbox_agent.dashboard.acts import Offer, offers
from inbox_agent.dashboard.messages import CaseWanted
from inbox_agent.dashboard.safe import tell
from inbox_agent.dashboard.screens.asking import WriteWindow
from inbox_agent.dashboard.screens.case_identity import CaseIdentity
from inbox_agent.dashboard.screens.case_joins import CaseJoins
from inbox_agent.dashboard.screens.kinds import ChooseKinds
from inbox_agent.dashboard.screens.letter_says import LetterSays
from inbox_agent.dashboard.screens.outcome import FactsWindow, OutcomeWindow
from inbox_agent.dashboard.screens.who_asks import SaidProof
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import commands as phrasing
from inbox_agent.phrasing import days, words
from inbox_agent.phrasing.errors import phrase
from inbox_agent.rules import extending
from inbox_agent.rules.commands import carried_out, leftover
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.law import REMINDER_MOVED, ground_meant, in_case
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.extending import reason_said
from inbox_agent.rules.letters import live_requests
from inbox_agent.services.review import Review
from inbox_agent.texts import gettext as _
from replies.grounds import Ground
from state.model import (
    REMINDERS,
    Act,
    CaseStatus,
    DutyKey,
    DutyKind,
    DutyStatus,
    Letter,
    Outcome,
    ProofKind,
    Request,
    RequestKey,
    RequestKind,
)

_OFFERS: Mapping[Intent, tuple[Offer, ...]] = {
    Intent.ASK_IDENTITY: (Offer.WRITE,),
    Intent.ASK_MORE_INFO: (Offer.ASK,),
    Intent.SET_OUTCOME: (Offer.OUTCOME,),
    Intent.EXTEND: (Offer.EXTEND,),
    Intent.FEE: (Offer.WRITE,),
    Intent.MARK_NOT_REQUEST: (Offer.DISMISS, Offer.DISMISS_CANDIDATE),
    Intent.REOPEN: (Offer.REOPEN,),
    Intent.APPROVE: (Offer.APPROVE,),
    Intent.ASSIGN: (Offer.HAND_OVER,),
    Intent.EDIT_DRAFT: (Offer.EDIT,),
    Intent.NOTE: (Offer.NOTE,),
    Intent.CHANGE_KIND: (Offer.CONFIRM, Offer.RIGHTS),
    Intent.RECORD_IDENTITY: (Offer.IDENTITY,),
    Intent.UNDO: (Offer.TAKE_BACK, Offer.PART, Offer.TAKE_OUT),
    Intent.RECORD_DUTY: (Offer.DUTIES,),
    Intent.REMIND_ME: (Offer.DUTIES,),
    Intent.MERGE: (Offer.JOIN,),
}
_DUTIES: Mapping[str, tuple[DutyKind, ...]] = {
    "recipients_told": (DutyKind.TELL_RECIPIENTS,),
    # Who was told has been found out.
    "processors_told": (DutyKind.INSTRUCT_PROCESSORS, DutyKind.FIND_PROCESSORS),
    "joint_told": (DutyKind.INFORM_JOINT_CONTROLLERS,),
    "marketing_stopped": (DutyKind.STOP_MARKETING,),
    "freeze": (DutyKind.FREEZE_RECORDINGS,),
    "tell_before_lifting": (DutyKind.TELL_BEFORE_LIFTING,),
}
_AUTHORITY = ["authorisation"]
# Ways that have a level of their own. Any other is recorded in its words, with the level that the person chooses.
_PROOFS = {
    "call_back": ProofKind.CALL_BACK,
    "authorisation": ProofKind.AUTHORITY,
    **dict.fromkeys(FUNCTION.identifications.values(), ProofKind.STRONG),
    **dict.fromkeys(FUNCTION.documents.values(), ProofKind.ID_SHOWN),  # of a picture that was sent none is named
}
_UNDONE_BY = {Act.CASE_JOINED: Offer.PART, Act.MESSAGE_PUT_UNDER: Offer.TAKE_OUT}


class CaseSays(LetterSays, CaseJoins, CaseIdentity):
    """The deeds of a line, each through the same windows and acts as its key."""

    async def answer(self, said: Said) -> Content:
        wanted = str(said.args.get("case", ""))
        if said.intent is Intent.SHOW_CASE and wanted and (case := await self.answers.find(wanted)) != self.case_key:
            if case is None:
                return Content(_("No single open case is meant by that."))
            self.app.post_message(CaseWanted(case))
            return Content("")
        if said.intent is Intent.SHOW_CASE and said.args.get("what") == "preview":
            self.run_worker(self.app.run_action("edit", self))
            return Content("")
        return await self.answers.answer(said, self.found)

    def judged(self, said: Said) -> Said:
        if self.found is None:
            return said
        rights = [str(request.kind) for request in live_requests(self.found.case)]
        if self._no_extension(said):
            said = replace(said, args={**said.args, "lawful": False})
        said = leftover.in_case(said, self.found.case.number, self.found.case.subject.name, rights)
        stopping = any(
            duty.kind is DutyKind.STOP_MARKETING and duty.status is DutyStatus.OPEN for duty in self.found.duties
        )
        said = carried_out.in_case(said, rights, duty_open=stopping)
        return in_case(said, rights) if rights else said

    def instead(self, said: Said) -> str:
        if said.intent is Intent.ADD_PAPER_REQUEST:
            return _("That is another case. Say it over the list (Esc), where it is recorded.")
        wanted = str(said.args.get("case", ""))
        if wanted and self.found and not self.found.case.number.endswith(wanted.rpartition("-")[2].rjust(4, "0")):
            return _("That is said of another case. Open it first.")
        if said.intent is Intent.ASSIGN and said.args.get("scope"):
            return _("Cases are handed over one by one. When you are away, say so over the list: Ctrl+P names it.")
        if told := self.letter_instead(said):
            return told
        if told := self._no_extension(said) or self._not_asked(said):
            return told
        offered = offers(self.found, self.post) if self.found else frozenset()
        if not offered.intersection(_OFFERS.get(said.intent, ())):
            return _("As the case stands that cannot be done now. Ctrl+P lists what can.")
        return ""

    def _no_extension(self, said: Said) -> str:
        """What the law says to an extension that no reason opens any more (GDPR 12(3))."""
        if said.intent is not Intent.EXTEND or self.found is None:
            return ""
        code = extending.refused(self.found.case, self.context.today())
        return " ".join(phrase(UsageProblem(code, self.found.case.number))) if code else ""

    def _not_asked(self, said: Said) -> str:
        """That a decision is about rights alone of which the case asks none."""
        if said.intent is not Intent.SET_OUTCOME or self.found is None:
            return ""
        named = [str(one.get("right") or "all") for one in said.args["outcomes"]]
        asked = {"all", *(str(request.kind) for request in live_requests(self.found.case))}
        if not named or asked.intersection(named):
            return ""
        return _("No decision is open here on this: {rights}. v changes what is asked.").format(
            rights=words.types(named)
        )

    async def do(self, said: Said) -> bool:
        if self.found is None:
            return False
        deeds: Mapping[Intent, Callable[[Mapping[str, Any]], Awaitable[bool]]] = {
            Intent.ASK_IDENTITY: self._ask_identity,
            Intent.ASK_MORE_INFO: self._ask_more,
            Intent.SET_OUTCOME: self._decide,
            Intent.EXTEND: self._extend,
            Intent.FEE: self._charge,
            Intent.MARK_NOT_REQUEST: self._dismiss,
            Intent.REOPEN: self._reopen,
            Intent.APPROVE: self.approve_said,
            Intent.ASSIGN: self._hand_over,
            Intent.EDIT_DRAFT: self.edit_said,
            Intent.NOTE: self._note,
            Intent.CHANGE_KIND: self._change_kind,
            Intent.RECORD_IDENTITY: self._identified,
            Intent.UNDO: self._undo,
            Intent.MERGE: self._join,
            Intent.RECORD_DUTY: self._tick,
        }
        if said.intent is Intent.REMIND_ME:
            return await self._remind(said.args, moved=REMINDER_MOVED in said.findings)
        return await deeds[said.intent](said.args)

    # -- one deed each --------------------------------------------------------------------------------

    async def _ask_identity(self, args: Mapping[str, Any]) -> bool:
        """The question is the template's, which asks for the least that is enough, whatever was said."""
        asks_authority = args.get("facts") == _AUTHORITY
        letter = Letter.AUTHORITY_QUESTION if asks_authority else Letter.IDENTITY_QUESTION
        return await self.act(
            lambda review: review.letters.propose(self.case_key, letter), _("The letter is written. Read it.")
        )

    async def _ask_more(self, args: Mapping[str, Any]) -> bool:
        window = WriteWindow(
            _("Ask for more information"),
            _("What should the person specify? This becomes the question of the letter."),
            _("Write the letter"),
        )
        question = await self.app.push_screen_wait(window)
        return question is not None and await self.act(
            lambda review: review.letters.propose(self.case_key, Letter.MORE_INFORMATION, question=question),
            _("The letter is written. Read it."),
        )

    async def _decide(self, args: Mapping[str, Any]) -> bool:
        found = self.found
        if found is None:
            return False
        requests = live_requests(found.case)
        asked = await self.context.gateway.act(lambda review: review.outcomes.asked(self.case_key))
        proposals = await self.context.gateway.act(lambda review: review.outcomes.proposals(self.case_key))
        to_confirm = await self.context.gateway.act(lambda review: review.outcomes.to_confirm(self.case_key))
        outcomes, facts = filled_in(requests, args["outcomes"], proposals)
        choices = await self.app.push_screen_wait(
            OutcomeWindow(requests, self.offered(asked), facts, to_confirm, outcomes, once=self.owed_once)
        )
        return choices is not None and await self.write_answer(choices)

    async def _extend(self, args: Mapping[str, Any]) -> bool:
        said = {"extension_reason": str(args.get("reason", "")), "extension_explained": reason_said(self.said_line)}
        return await self.ask_extension(said)

    async def _charge(self, args: Mapping[str, Any]) -> bool:
        proposed = await self.context.gateway.act(lambda review: review.letters.proposals(self.case_key, Letter.FEE))
        facts = await self.app.push_screen_wait(FactsWindow(Letter.FEE, proposed, late=self.late))
        return facts is not None and await self.act(
            lambda review: review.letters.propose(self.case_key, Letter.FEE, facts=facts),
            _("The letter is written. Read it."),
        )

    async def _dismiss(self, args: Mapping[str, Any]) -> bool:
        """Through the window of the key, which tells what follows from it."""
        await self.app.run_action("dismiss_case", self)
        return False

    async def _reopen(self, args: Mapping[str, Any]) -> bool:
        return await self.act(lambda review: review.cases.reopen(self.case_key), _("The case is open again."))

    async def _hand_over(self, args: Mapping[str, Any]) -> bool:
        """To the one named, for the days said; where nobody was named, the window asks."""
        to, note = self._receiver(str(args.get("to", ""))), str(args.get("note", ""))
        if not to:
            await self.app.run_action("hand_over", self)
            return False
        first, last = (date.fromisoformat(args[end]) if end in args else None for end in ("from", "until"))
        return await self.act(
            lambda review: review.hands.hand_over(self.case_key, to(review.person), note, first=first, last=last),
            _("The case is handed over.")
            if not first or first <= self.context.today()
            else _("You are reminded of it that day."),
        )

    def _receiver(self, said: str) -> Callable[[str], str] | None:
        """The name of the one meant, from the name of the person at the desk."""
        deputy = self.context.profile.contact.deputy_name
        if said == "me":
            return lambda person: person
        name = deputy if said == "deputy" else said
        return (lambda _person: name) if name else None

    async def _note(self, args: Mapping[str, Any]) -> bool:
        text = str(args.get("text") or "")
        if not text:
            await self.app.run_action("note", self)
            return False
        return await self.act(lambda review: review.cases.note(self.case_key, text), _("Noted."))

    async def _change_kind(self, args: Mapping[str, Any]) -> bool:
        """The rights are shown ticked, and can still be changed."""
        if self.found is None:
            return False
        kinds = [str(request.kind) for request in live_requests(self.found.case)]
        wanted = args.get("set") or [kind for kind in kinds if kind not in args.get("remove", ())]
        proposed = tuple(RequestKind(kind) for kind in dict.fromkeys([*wanted, *args.get("add", ())]))
        chosen = await self.app.push_screen_wait(ChooseKinds(_("Which rights does the mail exercise?"), proposed))
        if chosen is None:
            return False
        if self.found.case.status is not CaseStatus.CANDIDATE:
            return await self.correct(
                lambda review: review.cases.change_rights(self.case_key, chosen), _("The rights are changed.")
            )
        return await self.correct(
            lambda review: review.cases.confirm(self.case_key, chosen),
            _("It is a request. The assistant proposes the first letter."),
        )

    async def _identified(self, args: Mapping[str, Any]) -> bool:
        if args["result"] != "ok":  # what failed is told among the notes; the level stays as it was
            told = ", ".join(value for label, value in phrasing.form(Said(Intent.RECORD_IDENTITY, args)))
            return await self.act(
                lambda review: review.cases.note(self.case_key, _("Identity: {told}").format(told=told)), _("Noted.")
            )
        return await self.record_identity(_proof(args))

    async def _undo(self, args: Mapping[str, Any]) -> bool:
        """The letter's approval while that can be taken back; else the newest joining, or placing of a
        mail, which is shown before it is undone.
        """
        if self.found is None:
            return False
        offered = offers(self.found, self.post)
        if Offer.TAKE_BACK in offered:
            return await self.undo_said(args)
        undone_by = (_UNDONE_BY.get(one.event.act) for one in reversed(self.found.trail))
        await self.app.run_action(next(offer for offer in undone_by if offer in offered), self)
        return False

    async def _join(self, args: Mapping[str, Any]) -> bool:
        return await self.join_with([str(name) for name in (*args.get("cases", ()), args.get("with")) if name])

    async def _remind(self, args: Mapping[str, Any], *, moved: bool = False) -> bool:
        """A task of the case with its day; what was said of an hour stays in its words. Or none of them any more.

        `moved`: it takes the place of the one that is meant; where several may be, the tasks are shown.
        """
        if args.get("cancel"):
            if self._own_tasks() > 1:
                await self.app.run_action("duties", self)
                return False
            gone = await self.context.gateway.act(lambda review: review.duties.forget_reminders(self.case_key))
            tell(self, _("The reminders of this case are cancelled.") if gone else _("There was no reminder."))
            self.read()
            return True
        day, _mark, hour = str(args.get("when", "")).partition("T")
        if not day:
            await self.app.run_action("duties", self)
            return False
        named = str(args.get("about") or "")
        at = _("at {time}").format(time=days.clock(time.fromisoformat(hour))) if hour else ""
        about = " ".join(filter(None, (named, at)))
        unless_reply = args.get("condition") == "no_reply"

        on = date.fromisoformat(day)

        def remind(review: Review) -> DutyKey | None:
            if moved:
                return review.duties.remind_instead(self.case_key, on, about, named=named, unless_reply=unless_reply)
            return review.duties.remind(self.case_key, on, about, unless_reply=unless_reply)

        if await self.context.gateway.act(remind) is None:
            await self.app.run_action("duties", self)
            return False
        tell(self, _("You are reminded {day}; it stands among the tasks (k).").format(day=times.full_day(on)))
        self.read()
        return True

    def _own_tasks(self) -> int:
        """How many reminders of the case are still to come."""
        duties = self.found.duties if self.found else ()
        return sum(one.kind in REMINDERS and one.status is DutyStatus.OPEN for one in duties)

    async def _tick(self, args: Mapping[str, Any]) -> bool:
        """Tick the one open task that is meant; where none or several are, show them all."""
        kinds = _DUTIES.get(str(args.get("duty")), ())
        duties = self.found.duties if self.found else ()
        meant: list[DutyKey] = [duty.key for duty in duties if duty.kind in kinds and duty.status is DutyStatus.OPEN]
        if len(meant) != 1 or not args.get("done"):
            await self.app.run_action("duties", self)
            return False
        return await self.saved() and await self.act(lambda review: review.duties.done(meant[0]), _("Recorded."))


def _proof(args: Mapping[str, Any]) -> SaidProof | None:
    """What was said of a proof: the way, and in words the way and the day. None where no way was named."""
    if not args.get("method"):
        return None
    told = {name: args.get(name) for name in ("method", "on")}
    words = ", ".join(value for _name, value in phrasing.form(Said(Intent.RECORD_IDENTITY, told)))
    return SaidProof(_PROOFS.get(str(args["method"]), ProofKind.OTHER), words)


def filled_in(
    requests: tuple[Request, ...],
    said: list[Mapping[str, Any]],
    proposals: Mapping[RequestKey, Mapping[str, str]],
) -> tuple[dict[RequestKey, Outcome], dict[RequestKey, dict[str, str]]]:
    """The outcomes and facts of a case's rights, from what was said of them over what is proposed anyway.

    A ground is filled in only where the law knows it for that right; words that are none stay with the person. An Act
    by its name is the beginning of what the letter must cite.
    """
    outcomes: dict[RequestKey, Outcome] = {}
    facts = {request.key: dict(proposals.get(request.key, {})) for request in requests}
    for one in said:
        right = one.get("right")
        suited = [request for request in requests if ground_meant(request.kind, one.get("ground"))]
        meant = suited or requests if right in {None, "all"} else [r for r in requests if str(r.kind) == right]
        for request in meant:
            if right is None and request.key in outcomes:
                continue
            outcomes[request.key] = Outcome(one["outcome"])
            facts[request.key] |= {name: str(one[name]) for name in ("kept", "done_on", "searched") if one.get(name)}
            facts[request.key] |= _passed_on(one) if outcomes[request.key] is Outcome.FORWARDED else {}
            if ground := ground_meant(request.kind, one.get("ground")):
                facts[request.key] |= {"ground": ground.code} | _act_cited(ground, one["ground"])
    return outcomes, facts


def _passed_on(said: Mapping[str, Any]) -> dict[str, str]:
    """To whom a request went, where they were called by their name, and when."""
    to, on = str(said.get("to") or ""), said.get("done_on")
    return ({"forwarded_to": to} if to[:1].isupper() else {}) | ({"forwarded_on": str(on)} if on else {})


def _act_cited(ground: Ground, said: str) -> dict[str, str]:
    """The further Act that was named for a ground; its section the person adds."""
    return {"other_law": said} if ground.code != said else {}
