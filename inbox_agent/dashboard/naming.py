"""Acts by name: what can be done where the person is, each with its key, so that the key is learned on the way.

Owns how they are grouped for somebody who looks for one, and what those mean whose name alone does not say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from textual.content import Content
from textual.dom import DOMNode

from inbox_agent.dashboard import keys
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.texts import gettext as _

_KEY = 9  # cells for a key


class Group(StrEnum):
    """What an act is about, in the order of the list."""

    NEXT = "next"
    CASE = "case"
    LETTER = "letter"
    MAIL = "mail"
    TASKS = "tasks"
    LISTS = "lists"
    LOOK = "look"
    EVERYWHERE = "everywhere"


_ACTS: Mapping[Group, str] = {
    Group.CASE: "confirm dismiss_candidate dismiss_case identity outcome rights ask extend write close reopen join part"
    " take_out",
    Group.LETTER: "approve approve_later edit editor save difference next_letter reload reject let_go take_back settle"
    " print delivered",
    Group.MAIL: "make_case put_under",
    Group.TASKS: "duties note hand_over record away",
    Group.LISTS: "shelf filter clear_filter month numbers save_calendar export",
    Group.LOOK: "say switch quotes neighbour back",
}
_OF = {action: group for group, actions in _ACTS.items() for action in actions.split()}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done: its name, its key, what the key does on which node, and what it is about."""

    name: str
    key: str
    action: str
    node: DOMNode
    group: Group = Group.EVERYWHERE

    @property
    def line(self) -> Content:
        return Content.assemble((f"{self.key:<{_KEY}}", "$text-primary"), self.name)

    @property
    def told(self) -> Content:
        """The same, with what it means where its name alone does not say it."""
        meaning = _meanings().get(_plain(self.action), "")
        return Content.assemble(self.line, (f"  {meaning}" if meaning else "", FAINT))


def here(screen: DOMNode, app: DOMNode, pressing: str = "") -> list[Act]:
    """The acts of a screen, then those of everywhere; `pressing` is the one to be done next."""
    return [
        Act(binding.description, keys.shown(binding), binding.action, node, _group(binding.action, pressing))
        for node in (screen, app)
        for binding in keys.named(node)
    ]


def grouped(acts: Iterable[Act]) -> Iterator[tuple[str, list[Act]]]:
    """The acts under their headings."""
    order = list(Group)
    ordered = sorted(acts, key=lambda act: order.index(act.group))
    for group, of_it in groupby(ordered, key=lambda act: act.group):
        yield _headings()[group], list(of_it)


def matching(acts: Iterable[Act], wanted: str) -> list[Act]:
    """Those whose name has every word of it, the ones that begin with it first."""
    said = wanted.casefold().split()
    found = [act for act in acts if all(word in act.name.casefold() for word in said)]
    return sorted(found, key=lambda act: not act.name.casefold().startswith(wanted.casefold()))


def _group(action: str, pressing: str) -> Group:
    return Group.NEXT if action == pressing else _OF.get(_plain(action), Group.EVERYWHERE)


def _plain(action: str) -> str:
    return action.rpartition(".")[2].partition("(")[0]


def _headings() -> dict[Group, str]:
    return {
        Group.NEXT: _("To be done next"),
        Group.CASE: _("The request"),
        Group.LETTER: _("The letter"),
        Group.MAIL: _("The mail"),
        Group.TASKS: _("Tasks and people"),
        Group.LISTS: _("Lists"),
        Group.LOOK: _("Look and go"),
        Group.EVERYWHERE: _("Everywhere"),
    }


def _meanings() -> dict[str, str]:
    return {
        "approve": _("you see every word once more before it leaves"),
        "approve_later": _("at a time that you choose"),
        "outcome": _("how each right ends; the answer is written from it"),
        "write": _("acknowledgement, question, apology and others"),
        "identity": _("what shows who it is, and what is missing"),
        "rights": _("if something else is asked for"),
        "ask": _("a letter that asks what is meant"),
        "extend": _("by two months, with its reason"),
        "reject": _("the proposed letter is not sent"),
        "duties": _("what is still to be done, and by when"),
        "hand_over": _("to a colleague, with a note"),
        "note": _("for us only"),
        "join": _("two mails of one matter become one case"),
        "say": _("in your own words; nothing is done before a second Enter"),
        "record": _("a request that came by no mail"),
        "away": _("who answers when you are away"),
        "numbers": _("for the yearly report"),
    }
