"""What is wrong in a profile, one line a problem: where, which key, and what it should be.

Never repeats what stood there where that may have been a password (`inbox_agent.profile` leaves it out).
"""

from __future__ import annotations

import re
from pathlib import Path

from inbox_agent.errors import Problem
from inbox_agent.rules.phrasebook import LONGEST, SHORTEST, SHORTEST_STEM
from inbox_agent.texts import gettext as _

# A value that may be a date or a number of days is refused twice, in pydantic's words for each.
_SINCE = ("date_", "time_delta_")


def line(path: Path | str, problem: Problem) -> str:
    """`file:line: key: what to write there`, as editors and terminals can follow it."""
    key = f"{problem.key}: " if problem.key else ""
    return f"{path}:{problem.line}: {key}{sentence(problem)}"


def sentence(problem: Problem) -> str:
    """What is wrong, without its place. A code nobody has worded is said as it is."""
    if problem.code == "missing" and "." not in problem.key:
        return _("the section is missing")
    code = "since" if problem.code.startswith(_SINCE) else problem.code
    text = (_own() | _of_types() | _of_bounds()).get(code, code)
    return text.format(given=problem.given, bound=problem.hint.removesuffix(".0"), choices=_choices(problem.hint))


def _own() -> dict[str, str]:
    """The codes that `inbox_agent.profile` gives."""
    return {
        "address": _("“{given}” is no e-mail address; write it like name@company.example"),
        "one_line": _("must be a name on one line"),
        "joint_unknown": _("joint_domains must name joint controllers that controller.joint lists"),
        "away_order": _("an absence must not end before it begins"),
        "client_id": _("signing in with Microsoft or Google needs client_id in [sign_in]"),
        "https": _("must begin with https://"),
        "moved_to_what_is_read": _("move_to must be another folder than those that are read"),
        "account_twice": _("two mailboxes have the same user and host; name each once"),
        "secret": _("must say where the password is: env:NAME, file:/path or keyring:service/user; never the password"),
        "business_id": _("“{given}” is no Finnish business id (1234567-1 with the right check digit)"),
        "database_url": _(
            "must be a SQLAlchemy URL without a password, or say where the whole URL is: env:NAME, file:/path"
        ),
        "query": _("must be one SELECT that uses :address or :name"),
        "customers_csv": _("kind csv needs path"),
        "customers_xlsx": _("kind xlsx needs path"),
        "customers_sql": _("kind sql needs url and query"),
        "customers_command": _("kind command needs command"),
        "encoding": _("the file is not UTF-8; save it again as UTF-8"),
        "unreadable": _("the system says {given}"),
        "toml": _("the file is not valid TOML: {given}"),
        "phrase_short": _("a phrase needs at least two words and {letters} letters").format(letters=SHORTEST),
        "phrase_long": _("a phrase has at most {words} words; keep what decides").format(words=LONGEST),
        "phrase_ending": _("before * stand at least {letters} letters of a word").format(letters=SHORTEST_STEM),
        "phrase_gap": _("words stand on both sides of …, and not more than three times"),
        "phrase_kinds": _("a phrase that says “request” names its rights in kinds"),
        "phrase_no_kinds": _("a phrase that says “not_request” has no kinds"),
        "since": _('“{given}” is no date (2026-01-31) and no number of days ("31d")'),
    }


def _of_types() -> dict[str, str]:
    """Wrong sorts of values, by pydantic's names."""
    return {
        "missing": _("must be given"),
        "extra_forbidden": _("there is no such key; look for a typing error, or remove it"),
        "model_type": _("must be a section with keys of its own"),
        "dict_type": _("must be a section with keys of its own"),
        "string_type": _("must be text in quotation marks"),
        "string_too_short": _("must not be empty"),
        "string_too_long": _("must be shorter"),
        "int_type": _("must be a whole number"),
        "int_parsing": _("must be a whole number, not “{given}”"),
        "int_parsing_size": _("the number is out of range"),
        "finite_number": _("the number is out of range"),
        "int_from_float": _("must be a whole number, not {given}"),
        "float_type": _("must be a number"),
        "float_parsing": _("must be a number, not “{given}”"),
        "bool_type": _("must be true or false"),
        "bool_parsing": _("must be true or false, not “{given}”"),
        "tuple_type": _("must be a list in square brackets"),
        "literal_error": _("must be one of: {choices}"),
        "enum": _("must be one of: {choices}"),
    }


def _of_bounds() -> dict[str, str]:
    return {
        "greater_than": _("must be more than {bound}"),
        "greater_than_equal": _("must be at least {bound}"),
        "less_than": _("must be less than {bound}"),
        "less_than_equal": _("must be at most {bound}"),
    }


def _choices(hint: str) -> str:
    """The choices as pydantic names them ("'fi', 'sv' or 'en'"), as a plain list."""
    return ", ".join(re.findall(r"'([^']*)'", hint))
