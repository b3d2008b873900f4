"""The command line parser's own words in the interface's language.

Owns what argparse says by itself, and to each mistake the way to the help. What a later Python adds stays English.
"""

from __future__ import annotations

import argparse

from inbox_agent.texts import gettext as _


def speak() -> None:
    """Let argparse look its words up here: it binds gettext's `_` when it is imported, and asks nobody again."""
    ours = _words()
    setattr(argparse, "_", lambda text: ours.get(text, text))  # noqa: B010


def _words() -> dict[str, str]:
    return {
        "usage: ": _("usage: "),
        "positional arguments": _("positional arguments"),
        "options": _("options"),
        "show this help message and exit": _("show this help message and exit"),
        "%(prog)s: error: %(message)s\n": _("%(prog)s: %(message)s\nHelp: %(prog)s --help\n"),
        "argument %(argument_name)s: %(message)s": _("%(argument_name)s: %(message)s"),
        "the following arguments are required: %s": _("what is missing: %s"),
        "unrecognized arguments: %s": _("not known here: %s"),
        "invalid choice: %(value)r (choose from %(choices)s)": _("%(value)r is none of these: %(choices)s"),
        "invalid %(type)s value: %(value)r": _("%(value)r is not of the kind %(type)s"),
        "expected one argument": _("one value is wanted"),
        "expected at least one argument": _("at least one value is wanted"),
        "expected at most one argument": _("at most one value is wanted"),
        "not allowed with argument %s": _("does not go together with %s"),
        "one of the arguments %s is required": _("one of these is needed: %s"),
        "ambiguous option: %(option)s could match %(matches)s": _("%(option)s may mean any of these: %(matches)s"),
        "ignored explicit argument %r": _("takes no value, such as %r"),
    }
