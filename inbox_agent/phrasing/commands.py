"""What was understood of a line, told as a filled form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any

from inbox_agent.phrasing import days
from inbox_agent.phrasing.command_findings import finding
from inbox_agent.phrasing.command_words import label, named, title
from inbox_agent.phrasing.listing import safe
from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.texts import gettext as _

_OF_OUTCOME = frozenset({"right", "outcome"})
_OWN_WORDS = frozenset({"attachment", "kept", "name", "note", "query", "searched", "text"})
"""Arguments that hold what the person said, whichever code or day it may be spelled like."""
_CODED_CHANGES = frozenset({"lang", "tone"})


def form(said: Said) -> tuple[tuple[str, str], ...]:
    """What was understood as labels and values; what was said is sanitised."""
    return tuple(_form(said.args, _own_words(said)))


def lines(said: Said) -> tuple[str, ...]:
    """The form and the findings for a terminal, a line each."""
    told = (title(said.intent), *(f"  {called}: {value}" for called, value in form(said)))
    return (*told, *(f"  ▲ {finding(code)}" for code in said.findings))


def choices(said: Said) -> tuple[tuple[str, str], ...]:
    """What a line may mean, each by its number: title and what is filled in, in one line."""
    return tuple(
        (str(number), ", ".join((title(one.intent), *(f"{called}: {value}" for called, value in form(one)))))
        for number, one in enumerate(said.choices, 1)
    )


def which_one() -> str:
    """Asks the person to pick one of the choices."""
    return _("Did you mean one of these? Write its number, or say it in other words.")


def decided_by(words: Sequence[str]) -> str:
    """Which words of the line decided."""
    return _("Decided by: {words}").format(words=safe(", ".join(words)))


def _own_words(said: Said) -> frozenset[str]:
    about = {"about"} if said.intent is Intent.REMIND_ME else set()
    value = set() if said.args.get("change") in _CODED_CHANGES else {"value"}
    return _OWN_WORDS | about | value


def _form(args: Mapping[str, Any], own: Collection[str]) -> Iterator[tuple[str, str]]:
    for name, value in args.items():
        if name == "outcomes":
            yield from (_outcome(one, own) for one in value)
        elif name == "lawful":
            yield _("In law"), {True: _("allowed"), False: _("not so"), None: _("a ground is missing")}[value]
        elif value is not None:
            yield label(name), _value(value, own=name in own)


def _outcome(one: Mapping[str, Any], own: Collection[str]) -> tuple[str, str]:
    rest = _form({name: value for name, value in one.items() if name not in _OF_OUTCOME}, own)
    told = (_value(one["outcome"]), *(f"{called}: {value}" for called, value in rest))
    return _value(one.get("right") or "outcome").capitalize(), "; ".join(told)


def _value(value: object, *, own: bool = False) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(_value(one, own=own) for one in value)
    text = str(value)
    return (not own and (_day(text) or named(text))) or safe(text)


def _day(text: str) -> str | None:
    day, _mark, at = text.partition("T")
    try:
        told = days.on(date.fromisoformat(day))
        return _("{day} at {time}").format(day=told, time=days.clock(time.fromisoformat(at))) if at else told
    except ValueError:
        return None
