"""Mails, letters and the assistant's thoughts as text to read.

Owns the arrangement; the words are `inbox_agent.phrasing`, the harmlessness is `widgets.safe`. The reasons
shown are those stored with the mail, so that they stay the reasons of the day it came.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from textual.content import Content

from inbox_agent.dashboard import times
from inbox_agent.dashboard.readings import Post
from inbox_agent.dashboard.safe import mail_line, own, plain, plain_line
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.phrasing import identity as phrases
from inbox_agent.phrasing import mails, paper, words
from inbox_agent.phrasing.explaining import how_decided, narrowed
from inbox_agent.phrasing.findings import finding
from inbox_agent.phrasing.provisions import beside
from inbox_agent.rules.identity.assessment import Assessment
from inbox_agent.rules.waiting import Wait
from inbox_agent.texts import gettext as _
from inbox_agent.texts import ngettext
from replies.linter import Finding
from replies.wording import Severity
from state.model import (
    FOLLOW_UP,
    Analysis,
    Case,
    Delivery,
    Draft,
    DraftStatus,
    Message,
    MessageKind,
    Party,
    Verdict,
)

_WARNING, _ERROR = "$text-warning", "bold $text-error"
_EVIDENCE = "underline $text-primary"
_MOST_PHRASES = 40


def joined(parts: Iterable[Content]) -> Content:
    """Parts under one another; empty ones take no line."""
    return Content("\n").join([part for part in parts if part])


def mail_in_full(message: Message, *, quotes: bool = False) -> Content:
    """A mail with its sender, attachments, warnings and text; the phrases that decided are underlined."""
    return joined((mail_heading(message), attachments(message), warnings(message), Content(" "), text(message, quotes)))


def mail_heading(message: Message) -> Content:
    """Who and when on one line, the address below: however narrow it is, no date is broken."""
    sender = message.sender
    when = (times.moment(message.received_at), FAINT)
    return joined(
        (
            Content.assemble(mail_line(sender.name or party(sender)).stylize("bold"), "  ", when),
            mail_line(f"<{sender.address}>" if sender.name and sender.address else "").stylize(FAINT),
            mail_line(message.subject or _("(no subject)")).stylize("italic"),
        )
    )


def attachments(message: Message) -> Content:
    names = message.analysis.get("message", {}).get("attachments", [])
    if not names:
        return Content("")
    if "identity_document" in message.analysis.get("flags", ()):
        # A copy of an identity document is not shown, not even its name: it may hold the person's own.
        return own(
            _("Attachments hold a copy of an identity document: not shown, removed with the decision."), _WARNING
        )
    label = ngettext("Attachment", "Attachments", len(names))
    return own(f"{label}: ", FAINT) + mail_line(", ".join(str(name) for name in names))


def warnings(message: Message) -> Content:
    """What about the mail wants care, in words."""
    flags = message.analysis.get("flags", [])
    return joined(own(f"▲ {mails.flag(str(flag))}", "$text-warning") for flag in flags)


def text(message: Message, quotes: bool) -> Content:
    """What the person wrote; with `quotes`, also what they quoted. Evidence is underlined."""
    whole, new = _mail_text(message, "text"), _mail_text(message, "new_text")
    shown = underlined(plain(whole if quotes else new or whole), _phrases(message.analysis))
    folded = len(whole.splitlines()) - len(new.splitlines())
    if quotes or not new or folded <= 0:
        return shown
    hint = ngettext("{n} quoted line hidden (z shows it)", "{n} quoted lines hidden (z shows them)", folded)
    return shown + own(f"\n┄ {hint.format(n=folded)}", FAINT)


def underlined(shown: str, phrases: Sequence[str]) -> Content:
    """`shown` with every phrase underlined, however its words are spaced and capitalised."""
    content = Content(shown)
    for phrase in phrases[:_MOST_PHRASES]:
        parts = [re.escape(part) for part in phrase.split()]
        if parts:
            content = content.highlight_regex(re.compile(r"\s+".join(parts), re.IGNORECASE), style=_EVIDENCE)
    return content


def why_aside(message: Message) -> Content:
    """Why a mail became no case; nothing where what it was taken for says it already."""
    reason = mails.reason(message.reason) if message.reason else ""
    taken = mails.verdict(Verdict(message.analysis.get("verdict", message.verdict))) if message.analysis else ""
    return own("" if reason == taken else reason, "bold")


def understood(message: Message) -> Content:
    """What the assistant took the mail for, and the phrases for and against."""
    found = message.analysis
    if not found:
        return own(_("I could not read this mail. Look at it in your own mail program."))
    types = [str(kind) for kind in found.get("types", [])]
    verdict, kinds = mails.verdict(Verdict(found.get("verdict", message.verdict))), words.types(types)
    follows = types == [FOLLOW_UP]  # it asks for no right of its own
    head = own(kinds, "bold") if follows else Content.assemble((verdict, "bold"), f": {kinds}" if kinds else "")
    kind = () if message.kind is MessageKind.MAIL else (own(mails.message_kind(message.kind)),)
    told = (
        *_reasons(found, "evidence", "+", _("These words speak for a request:")),
        *_reasons(found, "against", "−", _("These words speak against a request:")),
        *(mail_line(line) for line in (*narrowed(found.get("scope")), *how_decided(found.get("logic")))),
    )
    return joined((head, *kind, *told))


def _reasons(found: Analysis, key: str, sign: str, heading: str) -> Iterable[Content]:
    """The phrases under a heading that says which way they weigh; for which right, where they speak for one."""
    reasons = found.get(key, [])[:_MOST_PHRASES]
    if reasons:
        yield own(heading, FAINT)
    for reason in reasons:
        what = f"  {words.types([str(reason['type'])])}" if reason["type"] != "request" else ""
        yield Content.assemble((f" {sign} ", "bold"), mail_line(f"”{reason['phrase']}”"), (what, FAINT))


def _phrases(found: Analysis) -> list[str]:
    # Long phrases first: a short one inside a long one changes nothing any more.
    return sorted({str(reason["phrase"]) for reason in found.get("evidence", [])}, key=len, reverse=True)


def _mail_text(message: Message, key: str) -> str:
    return str(message.analysis.get("message", {}).get(key) or "")


def party(who: Party) -> str:
    """A correspondent on one line, as the mail names them: not yet safe to show."""
    address = f"<{who.address}>" if who.name and who.address else who.address
    return " ".join(filter(None, (who.name, address))) or _("(sender unknown)")


def identity(case: Case) -> Content:
    """How far the person is known, how far they must be, and what is missing."""
    level, required = case.identity_level, case.identity_required
    head = Content.assemble((_("Identity: "), "bold"), words.identity_level(level))
    if level >= required:
        return joined((head, own(_("That is enough for an answer."), FAINT)))
    needed = _("An answer needs: {level}. Until then no letter may say whether there is data.")
    return joined((head, own(needed.format(level=words.identity_level(required)), _WARNING)))


def who_asks(found: Assessment, waited: Wait | None = None, *, whole: bool = True) -> Content:
    """`assessed` under its heading; else only the levels, what speaks against, the next step and the clock."""
    said = assessed(found, waited) if whole else _judged((*phrases.in_brief(found), *_clock(waited)))
    return joined((own(_("Who is asking"), "bold"), said))


def assessed(found: Assessment, waited: Wait | None = None) -> Content:
    """The assessment: levels, each piece of evidence with what it does, what comes next, and the clock meanwhile."""
    return _judged((*phrases.assessed(found), *_clock(waited)))


def assessed_further(found: Assessment, waited: Wait) -> Content:
    """What stands behind that: the other evidence with what it does, what may be asked, and the clock meanwhile."""
    return _judged((*phrases.beyond_brief(found), *_clock(waited)))


def assessed_in_brief(found: Assessment) -> Content:
    """How far the person is known, how far they must be, what speaks against, and the next step."""
    return _judged(phrases.in_brief(found))


def _clock(waited: Wait | None) -> tuple[str, ...]:
    return phrases.waited(waited) if waited else ()


def _judged(lines: Iterable[str]) -> Content:
    styles = {"+": "$text-success", "▲": _WARNING, "−": _WARNING}
    return joined(own(line, styles.get(line[:1], "")) for line in lines)


_COUNTED = 10 * 60  # seconds: a longer wait is told by its end


def letter_state(post: Post, now: datetime) -> Content:
    """Where a letter is on its way, and what that asks of the person."""
    draft = post.draft
    match draft.status:
        case DraftStatus.PROPOSED if post.held_back:
            return own(_("▲ Held back: who asks is not established (i). Shift+L lets it go with a reason."), _WARNING)
        case DraftStatus.PROPOSED if post.let_go:
            return own(_("▲ Let go without identification. Nothing leaves before you approve it."), _WARNING)
        case DraftStatus.PROPOSED:
            return own(_("○ Proposed. Nothing leaves before you approve it."))
        case DraftStatus.APPROVED if _tried(post):
            tried = _("▲ Approved, but it could not leave yet: {why}. It is tried again by itself. u takes it back.")
            return own(tried.format(why=_answer(post)), _WARNING)
        case DraftStatus.APPROVED:
            return _held(draft, now)
        case DraftStatus.SENDING:
            return own(_("◐ Being sent"))
        case DraftStatus.UNCERTAIN:
            return own(_("▲ Nobody knows whether this letter left. Look into the Sent folder, then press g."), _WARNING)
        case DraftStatus.REFUSED:
            return own(_("▲ The mail server refused this letter: {answer}").format(answer=_answer(post)), _ERROR)
        case _:
            return own(words.draft_status(draft.status))


def _tried(post: Post) -> bool:
    """Whether it was tried since its approval, and the mail server certainly did not take it."""
    made, approved_at = post.delivery, post.draft.approved_at
    return made is not None and bool(made.answer) and approved_at is not None and made.claimed_at >= approved_at


def _held(draft: Draft, now: datetime) -> Content:
    if draft.on_paper:
        return own(_("◔ Approved: Shift+P prints it, h records its delivery, u takes it back."), "bold $text-accent")
    seconds = (draft.not_before - now).total_seconds() if draft.not_before else 0
    if draft.not_before and seconds > _COUNTED:
        leaves = _("◔ Approved: leaves {moment}. Press u to take it back.")
        waits = leaves.format(moment=times.moment(draft.not_before))
    elif seconds > 0:
        waits = _("◔ Approved: leaves in {n} s. Press u to take it back.").format(n=math.ceil(seconds))
    else:
        waits = _("◔ Approved: leaves as soon as the assistant gets to it. Press u to take it back.")
    return own(waits, "bold $text-accent")


def delivery(draft: Draft, made: Delivery | None) -> Content:
    """What became of a letter, in one line; where nobody could read the mailbox then, in another."""
    status = words.draft_status(draft.status)
    if made is None or not made.answer:
        line = own(status, FAINT)
    else:
        answer = paper.delivered(made.answer) if draft.on_paper else paper.sent(made.answer)
        line = own(f"{status} · ", FAINT) + mail_line(answer).stylize(FAINT)
    unseen = made is not None and made.unseen and draft.status is not DraftStatus.APPROVED
    return joined((line, own(f"▲ {paper.unseen()}", "$text-warning"))) if unseen else line


def authority_clock() -> Content:
    """How the day of a case comes that the supervisory authority's letter opened."""
    return own(_("The authority's letter names the day; where it names none, the next working day is meant."))


def findings(found: Sequence[Finding]) -> Content:
    """What is wrong with a letter, errors first."""
    if not found:
        return own(_("✓ No problems found"), "$text-success")
    # One remark each, however often it stands in the text.
    ordered = sorted(found, key=lambda remark: remark.severity is not Severity.ERROR)
    return joined(_remark(remark, ordered) for remark in {remark.code: remark for remark in ordered}.values())


def _remark(found: Finding, every: Sequence[Finding]) -> Content:
    """One finding with its source; below it the sentences that the person is to answer for."""
    error = found.severity is Severity.ERROR
    sign, style = ("✖", _ERROR) if error else ("▲", _WARNING)
    said = Content.assemble((f"{sign} {finding(found.code)}", style), (beside(found.source), FAINT))
    theirs = [one.sentence for one in every if one.code == found.code and one.sentence]
    more = len(theirs) - _MOST_PHRASES
    rest = (own("  " + ngettext("and {n} more", "and {n} more", more).format(n=more)),) if more > 0 else ()
    return joined((said, *(own("  “") + mail_line(one) + own("”") for one in theirs[:_MOST_PHRASES]), *rest))


def _answer(post: Post) -> str:
    return plain_line(paper.left(post.delivery.answer or "–")) if post.delivery else "–"
