"""What was read from a privacy notice and what the linter found in it, as lines for a person."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date

from inbox_agent.phrasing.days import numeric
from inbox_agent.phrasing.notice_advice import advice
from inbox_agent.phrasing.provisions import source
from inbox_agent.rules.notice.facts import GUESS, LIKELY, Facts, Field, Name
from inbox_agent.rules.notice.linter import Finding
from inbox_agent.rules.visible import masked, visible_line
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext

_WIDTH = 78  # an ordinary terminal
_LONGEST = 320


def page(path: object, facts: Facts) -> tuple[str, ...]:
    """Everything read from a notice: what it says, the sentence it came from, and at last what it does not say."""
    said = [(name, field) for name, field in facts.items() if field.value is not None]
    missing = [_names()[name] for name, field in facts.items() if field.value is None]
    return (
        _("What {path} says").format(path=path),
        "",
        *(line for name, field in said for line in _field(name, field)),
        *_wrapped(_("Not said: {fields}").format(fields=", ".join(map(_within, missing))), "") * bool(missing),
    )


def _within(name: str) -> str:
    """A field's name within a sentence; "EU" and what else is written large stays so."""
    return name[:1].lower() + name[1:]


def _field(name: Name, field: Field) -> Iterator[str]:
    yield from _wrapped(f"{_names()[name]}: {value(name, field)}", "", "    ")
    # A value that begins with the sentence it came from has shown it.
    if field.quote and not str(field.value).startswith(field.quote):
        yield from _wrapped(f"“{shown(field.quote)}” ({sureness(field.sure)})", "    ")
    elif field.sure < LIKELY:
        yield from _wrapped(f"({sureness(field.sure)})", "    ")
    yield ""


def value(name: Name, field: Field) -> str:
    """A field's value in words."""
    if isinstance(field.value, bool):
        return _("yes") if field.value else _("no")
    if name is Name.LAST_UPDATED and len(str(field.value)) == len("2026-01-31"):
        return numeric(date.fromisoformat(str(field.value)))
    words = _codes().get(name, {})
    if isinstance(field.value, tuple):
        return ", ".join(words.get(each, shown(each)) for each in field.value)
    return words.get(str(field.value), shown(str(field.value)))


def sureness(sure: float) -> str:
    """How sure the reading is, in words."""
    if sure > LIKELY:
        return _("sure")
    return _("likely") if sure > GUESS else _("a guess: check it")


def shown(text: str) -> str:
    """A stretch of a notice, safe to show and not longer than a reader wants."""
    return textwrap.shorten(masked(visible_line(text)), _LONGEST, placeholder=" …")


def _wrapped(text: str, indent: str, following: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if following is None else following,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _names() -> dict[Name, str]:
    return {
        Name.CONTROLLERS: _("Controller"),
        Name.JOINT_CONTROLLERS: _("Joint controllers"),
        Name.BUSINESS_ID: _("Business id"),
        Name.CONTACT_NAME: _("Contact person"),
        Name.CONTACT_EMAIL: _("E-mail"),
        Name.CONTACT_PHONE: _("Telephone"),
        Name.ADDRESS: _("Postal address"),
        Name.REGISTER_NAMES: _("Registers"),
        Name.PURPOSES: _("Purposes"),
        Name.LEGAL_BASES: _("Legal bases"),
        Name.SOURCES: _("Sources of the data"),
        Name.RECIPIENTS: _("Recipients"),
        Name.TRANSFER: _("Transfers outside the EU and EEA"),
        Name.RETENTION: _("Retention"),
        Name.RESPONSE_TIME: _("Promised time of answer"),
        Name.FEE_CLAUSE: _("Fee clause"),
        Name.IDENTITY_CLAUSE: _("Identity clause"),
        Name.SIGNATURE_REQUIRED: _("More than an ordinary e-mail demanded"),
        Name.LANGUAGES: _("Languages"),
        Name.COMPLAINT_BODY_PRESENT: _("Ombudsman named"),
        Name.DPO: _("Data protection officer"),
        Name.LAST_UPDATED: _("Last updated"),
    }


def _codes() -> dict[Name, dict[str, str]]:
    return {
        Name.LEGAL_BASES: {
            "consent": _("consent"),
            "contract": _("contract"),
            "legal_obligation": _("legal obligation"),
            "legitimate_interest": _("legitimate interest"),
        },
        Name.TRANSFER: {
            "no": _("none"),
            "possible": _("possible"),
            "yes": _("yes"),
            "adequacy_only": _("only where the Commission has found the protection adequate"),
        },
        Name.LANGUAGES: {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")},
    }


def as_json(facts: Facts) -> dict[str, dict[str, object]]:
    """The fields as one object: `{"field": {"value", "quote", "sure"}}`."""
    return {
        str(name): {
            "value": list(field.value) if isinstance(field.value, tuple) else field.value,
            "quote": masked(visible_line(field.quote)) if field.quote else None,
            "sure": field.sure,
        }
        for name, field in facts.items()
    }


def finding_json(code: str, finding: Finding) -> dict[str, str | bool | None]:
    """One finding as an object: its code in the closed list, quote, advice, how it is handled meanwhile, source; `asks`
    of a question only.
    """
    told = advice(finding.code)
    return {
        **({"asks": True} if finding.asks else {}),
        "code": code,
        "quote": masked(visible_line(finding.quote)) if finding.quote else None,
        "advice": told.write,
        "meanwhile": told.meanwhile,
        "source": finding.source,
    }


def findings_page(path: object, findings: tuple[Finding, ...], *, is_notice: bool) -> tuple[str, ...]:
    """Everything found in a notice or a profile, for a person to mend it by; last what was not found and is asked.
    `is_notice`: it reads like a notice at all, and was judged as one.
    """
    faults = tuple(finding for finding in findings if not finding.asks)
    asked = tuple(finding for finding in findings if finding.asks)
    if not is_notice:
        told = _("{path}: this does not read like a privacy notice, so it was not judged").format(path=path)
        return (told, *_asked(asked, _("If it is one, these points are missing or were not understood:")))
    return (
        _head(path, len(faults), len(asked)),
        *(line for finding in faults for line in _finding(finding)),
        *_asked(asked, _("Not found, but perhaps told in other words. Please look; where it is missing:")),
    )


def _head(path: object, faults: int, asked: int) -> str:
    if faults:
        return ngettext("{path}: {n} thing to correct", "{path}: {n} things to correct", faults).format(
            path=path, n=faults
        )
    if asked:
        return ngettext(
            "{path}: nothing is plainly wrong; {n} point to look at",
            "{path}: nothing is plainly wrong; {n} points to look at",
            asked,
        ).format(path=path, n=asked)
    return _("{path}: no problems found").format(path=path)


def _asked(findings: tuple[Finding, ...], lead: str) -> Iterator[str]:
    """What may be told in words that were not understood, below what leads to it."""
    if findings:
        yield ""
        yield from _wrapped(lead, "")
        for finding in findings:
            yield from _wrapped(f"? {advice(finding.code).write} ({finding.code})", "", "  ")


def _finding(finding: Finding) -> Iterator[str]:
    told = advice(finding.code)
    yield ""
    yield from _wrapped(f"✗ {told.write}", "", "  ")
    yield from _wrapped(f"“{shown(finding.quote)}”", "    ") if finding.quote else ()
    yield from _wrapped(_("Meanwhile: {how}").format(how=told.meanwhile), "    ")
    yield from _wrapped(f"{source(finding.source)} ({finding.code})", "    ")
