"""What a person may say over the lists, and which act or which list it is.

A deed of one case opens it, with the line to be confirmed where the case is in view.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from textual.content import Content

from inbox_agent.dashboard.messages import CaseWanted
from inbox_agent.dashboard.narrowing import falling_due, searched
from inbox_agent.dashboard.readings import Shelf, dossier
from inbox_agent.dashboard.safe import own
from inbox_agent.dashboard.screens.list_acts import ListActs
from inbox_agent.dashboard.screens.record import Told
from inbox_agent.dashboard.widgets.line import CommandLine
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.texts import gettext as _
from state.model import Absence, Channel, RequestKind

_OF_A_CASE = frozenset({Intent.EXPLAIN_VERDICT, Intent.EXPLAIN_DEADLINE})


class ListSays(ListActs):
    """The questions and deeds of a line over the lists."""

    async def answer(self, said: Said) -> Content:
        if said.intent is Intent.SEARCH:
            return self._search(said)
        if said.intent is Intent.SHOW_DUE and said.args.get("period") != "next":
            return self.narrow(Shelf.OPEN, falling_due(said, self.context.today()))
        if said.intent is Intent.SHOW_CASE or (said.intent in _OF_A_CASE and said.args.get("case")):
            return await self._open_said(said)
        if said.intent in _OF_A_CASE and (case := self.chosen_case) is not None:
            found = await self.context.gateway.read(lambda views: dossier(views, case))
            return await self.answers.answer(said, found)
        return await self.answers.answer(said)

    def instead(self, said: Said) -> str:
        if said.intent is Intent.ADD_PAPER_REQUEST or (said.intent is Intent.REOPEN and self.chosen_mail is not None):
            return ""
        if _absence(said) is not None or (said.intent is Intent.MERGE and self.chosen_mail is not None):
            return ""
        if said.intent is Intent.ASSIGN and said.args.get("scope"):
            return _("Cases are handed over one by one. When you are away, say so over the list: Ctrl+P names it.")
        if self.chosen_case is None and not _case_of(said):
            return _("Choose a case first.")
        return ""

    async def do(self, said: Said) -> bool:
        """Of one case: it is opened, and the line confirmed there, where the case is in view."""
        if said.intent is Intent.ADD_PAPER_REQUEST:
            await self._record(_told(said))
            return False
        if said.intent is Intent.REOPEN and (mail := self.chosen_mail) is not None:
            self._make_case(mail)
            return False
        if said.intent is Intent.MERGE and (mail := self.chosen_mail) is not None:
            self._put_under(mail, str(said.args["with"]) if "with" in said.args else None)
            return False
        if (away := _absence(said)) is not None:
            await self._away((away,))
            return True
        wanted = _case_of(said)
        case = await self.answers.find(wanted) if wanted else self.chosen_case
        if case is None:
            self.query_one(CommandLine).tell(own(_("No single open case is meant by that."), "$text-warning"))
        else:
            self.app.post_message(CaseWanted(case, self.context.history.newest))
        return False

    def _search(self, said: Said) -> Content:
        """Choose the shelf and the filter; the list shows what was found."""
        status = str(said.args.get("status", ""))
        shelf = {"set_aside": Shelf.ASIDE, "closed": Shelf.CLOSED}.get(status, Shelf.OPEN)
        return self.narrow(shelf, replace(searched(said), text=str(said.args.get("query", ""))))

    async def _open_said(self, said: Said) -> Content:
        wanted = str(said.args.get("case", ""))
        case = await self.answers.find(wanted) if wanted else self.chosen_case
        if case is None:
            return own(_("No single open case is meant by that."), "$text-warning")
        if said.args.get("what"):
            found = await self.context.gateway.read(lambda views: dossier(views, case))
            return await self.answers.answer(said, found)
        self.app.post_message(CaseWanted(case))
        return Content("")


def _absence(said: Said) -> Absence | None:
    """The days on which the deputy does everything: said over the list, that is an absence, not one case's."""
    args = said.args
    if said.intent is not Intent.ASSIGN or args.get("to") != "deputy" or "from" not in args or "until" not in args:
        return None
    first, last = (date.fromisoformat(args[end]) for end in ("from", "until"))
    return Absence(first, last) if first <= last else None


def _case_of(said: Said) -> str:
    """The case that a deed names; of several that are to be joined the first."""
    return str(said.args.get("case") or next(iter(said.args.get("cases", ())), ""))


_CHANNELS = {"phone": Channel.CALL, "visit": Channel.VISIT}


def _told(said: Said) -> Told:
    """What a line tells of a request that came by no mail."""
    args = said.args
    return Told(
        channel=_CHANNELS.get(args.get("channel", ""), Channel.LETTER),
        name=str(args.get("name", "")),
        day=date.fromisoformat(args["received"]) if "received" in args else None,
        kinds=tuple(RequestKind(right) for right in args.get("rights", ())),
    )
