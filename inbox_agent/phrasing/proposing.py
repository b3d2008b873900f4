"""The profile that a notice proposes, as a commented TOML file: each setting under the words that it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from inbox_agent.phrasing.notices import shown, sureness
from inbox_agent.rules.notice.proposal import Proposed
from inbox_agent.rules.visible import masked, visible_line
from inbox_agent.texts import gettext as _

# What no notice says and every profile needs, with the setting that a person has to give.
_SERVERS = (
    ("mailbox", ('host = ""', 'user = ""', 'secret = "env:INBOX_AGENT_PASSWORD"')),
    ("smtp", ('host = ""', 'user = ""', 'secret = "env:INBOX_AGENT_PASSWORD"', 'sender = ""')),
)

_LISTS = frozenset({"recipients"})


def profile_text(source: object, proposed: Iterable[Proposed]) -> str:
    """The text of the file. It is TOML at once, and a profile once a person has given what is missing."""
    sections = {section: list(settings) for section, settings in groupby(proposed, key=lambda one: one.section)}
    from_where = _("A profile proposed from {path}. Check every line, and give what the notice does not say.")
    explained = _("Every setting is explained in the file that “inbox-agent init” writes.")
    to_give = _("to be given")
    lines = [f"# {from_where.format(path=source)}", f"# {explained}"]
    for section in ("controller", "contact"):
        lines += ["", *_section(section, sections.pop(section, []))]
    for section, settings in _SERVERS:
        lines += ["", f"[{section}]  # {to_give}", *settings]
    for section, proposed_settings in sections.items():
        lines += ["", *_section(section, proposed_settings)]
    return "\n".join(lines) + "\n"


def _section(section: str, settings: Iterable[Proposed]) -> Iterator[str]:
    yield f"[{section}]"
    for setting in settings:
        yield from _setting(setting)


def _setting(setting: Proposed) -> Iterator[str]:
    if setting.value is None and setting.quote:
        # What the notice says can no longer be said.
        to_give = _("to be given")
        yield f"# “{shown(setting.quote)}” ({sureness(setting.sure)})"
        yield f'# {setting.key} = ""  # {to_give}'
        return
    if setting.value is None:
        # What a profile cannot do without stands open; the rest is left out until somebody gives it.
        needed = (setting.section, setting.key) in {("controller", "name"), ("contact", "name"), ("contact", "email")}
        unsaid = _("the notice does not say")
        empty = "[]" if setting.key in _LISTS else '""'
        yield f"{'' if needed else '# '}{setting.key} = {empty}  # {unsaid}"
        return
    if setting.quote:
        yield f"# “{shown(setting.quote)}” ({sureness(setting.sure)})"
    if setting.more:
        there_is_more = _("the notice says more of this: complete it")
        yield f"# {there_is_more}"
    yield f"{setting.key} = {toml(setting.value)}"


def toml(value: str | bool | int | tuple[str, ...]) -> str:
    """A TOML value. JSON's strings are TOML's basic strings."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(masked(visible_line(value)), ensure_ascii=False)
