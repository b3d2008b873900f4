"""What the assistant thinks of a mail, as lines for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from inbox_agent.phrasing import days, facts, identity, mails, words
from inbox_agent.phrasing.provisions import source
from inbox_agent.rules.attached import FileState
from inbox_agent.rules.duties import SOURCES
from inbox_agent.rules.joint import EarlierReceipt
from inbox_agent.texts import gettext as _
from replies.facts import Fact
from state.model import DutyKind, MessageKind

_EXCERPT = 160  # characters of an attachment in one line


def lines(explained: Mapping[str, Any]) -> tuple[str, ...]:
    """Say one `explain` object in words. Its texts are already safe to show."""
    return (
        str(explained["path"]),
        *_indented(
            (
                _("{verdict}: {kinds}").format(
                    verdict=mails.verdict(explained["verdict"]), kinds=words.types(explained["types"]) or "–"
                ),
                *why(explained),
                *_authority(explained["authority"]),
                *_deadline(explained["deadline"]),
                *_earlier(explained["joint_receipt"]),
                *(_("Attention: {flag}").format(flag=mails.flag(flag)) for flag in explained["flags"]),
                *_draft(explained["draft"]),
            )
        ),
    )


def why(explained: Mapping[str, Any]) -> tuple[str, ...]:
    """What sort of mail it is where that decides, the phrases that decided, and those that counted against."""
    kind = explained.get("message", {}).get("kind", MessageKind.MAIL)
    return (
        *(() if kind == MessageKind.MAIL else (mails.message_kind(MessageKind(kind)),)),
        *(_attached(file) for file in explained.get("attached", ())),
        *(_because(found) for found in explained.get("evidence", ())),
        *narrowed(explained.get("scope")),
        *how_decided(explained.get("logic")),
        *(_("against: “{phrase}” ({type})").format(**_named(found)) for found in explained.get("against", ())),
    )


def _because(found: Mapping[str, str]) -> str:
    if "attachment" in found:
        text = _("because: “{phrase}” ({type}), in the attachment {file}")
        return text.format(**_named(found), file=found["attachment"])
    return _("because: “{phrase}” ({type})").format(**_named(found))


def narrowed(found: Mapping[str, str] | None) -> tuple[str, ...]:
    """What of access is asked for, where that is less than everything."""
    if not found:
        return ()
    text = _("narrowed: “{phrase}” ({scope})")
    return (text.format(phrase=found["phrase"], scope=facts.choice(Fact("scope"), found["scope"])),)


def how_decided(found: Mapping[str, str] | None) -> tuple[str, ...]:
    """That somebody asks whether and how they are decided about automatically: what an answer to access tells."""
    if not found:
        return ()
    text = _("asks: “{phrase}” (whether and how decisions are made automatically, {source})")
    return (text.format(phrase=found["phrase"], source=source("GDPR 15(1)(h)")),)


def _attached(file: Mapping[str, str]) -> str:
    """What was read in a file that may hold the request alone, or why nothing was."""
    if file["state"] == FileState.READ:
        text = _("The request is at most in the attachment {file}; I read in it: “{text}”")
        short = f"{file['text'][:_EXCERPT].rstrip()}…" if len(file["text"]) > _EXCERPT else file["text"]
        return text.format(file=file["name"], text=short)
    text = _("The request may be in the attachment {file}, which I have not read: {why}.")
    return text.format(file=file["name"], why=mails.file_state(file["state"]))


def _named(found: Mapping[str, str]) -> dict[str, str]:
    return {"phrase": found["phrase"], "type": words.types([found["type"]])}


def _authority(letter: Mapping[str, Any] | None) -> tuple[str, ...]:
    """What becomes of a letter of the supervisory authority: no request, and yet a case with its own day."""
    if letter is None:
        return ()
    day = days.numeric(date.fromisoformat(letter["answer_by"]))
    if letter["named"]:
        task = _("I open a case for it, with the task to answer by {day}, the day that it names.")
    else:
        task = _("I open a case for it, with the task to look at it by {day}: no day was understood in it.")
    sender = _("By its address it comes from the Data Protection Ombudsman ({source}); check that it does.")
    return (sender.format(source=source(SOURCES[DutyKind.ANSWER_OMBUDSMAN])), task.format(day=day))


def _deadline(deadline: Mapping[str, Any] | None) -> tuple[str, ...]:
    if deadline is None:
        return ()
    return (
        _("received {received}, answer promised by {promise}, target {target}").format(
            received=deadline["received"], promise=deadline["promise"], target=deadline["target"]
        ),
    )


def _earlier(told: Mapping[str, str] | None) -> tuple[str, ...]:
    return identity.earlier(EarlierReceipt(told["by"], date.fromisoformat(told["on"])) if told else None)


def _draft(draft: Mapping[str, str] | None) -> tuple[str, ...]:
    if draft is None:
        return ()
    return (_("The assistant would propose:"), "", *draft["body"].splitlines())


def _indented(texts: Iterable[str]) -> Iterable[str]:
    return (f"  {text}" if text else "" for text in texts)
