"""`inbox-agent approve`: show the exact text of a case's letter, and approve just that text."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from inbox_agent import bootstrap
from inbox_agent.adapters import given_file
from inbox_agent.adapters.terminal import wrapped
from inbox_agent.commands import opening
from inbox_agent.errors import LetterFaulty, UsageProblem
from inbox_agent.phrasing import days, identity
from inbox_agent.phrasing.findings import finding
from inbox_agent.phrasing.listing import safe
from inbox_agent.phrasing.provisions import source
from inbox_agent.rules import schedule
from inbox_agent.rules.alarms import AGENT
from inbox_agent.rules.letters import held_back
from inbox_agent.rules.visible import visible
from inbox_agent.services.approving import errors_among, own_among
from inbox_agent.services.review import Review
from inbox_agent.services.watch import ALIVE_EVERY
from inbox_agent.texts import gettext as _
from replies.linter import Finding
from replies.wording import Severity
from state.model import Draft, DraftStatus
from state.store.store import Store

_SILENT = timedelta(seconds=6 * ALIVE_EVERY)


def summary() -> str:
    return _("Show the proposed letter of a case and approve it; the agent sends what is approved.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help=_("the case's number, such as 2026-0007"))
    parser.add_argument(
        "--yes", action="store_true", help=_("approve without asking (the text is printed all the same)")
    )
    parser.add_argument("--body", type=Path, metavar="FILE", help=_("put this text in the letter's place first"))
    parser.add_argument("--check", action="store_true", help=_("only show the findings; nothing is stored or approved"))
    parser.add_argument(
        "--anyway", default="", metavar="REASON", help=_("why it leaves in spite of errors; the reason is recorded")
    )
    parser.add_argument(
        "--mine", action="store_true", help=_("your own sentences in it are true, and its reader may know them")
    )
    parser.add_argument(
        "--at", default="", metavar="TIME", help=_("when it leaves, such as 2026-12-01T08:00 (default: shortly)")
    )
    parser.add_argument("--person", default=None, help=_("who approves (default: the profile's contact person)"))


def run(arguments: argparse.Namespace) -> int:
    now = opening.now(arguments)
    leaves_at = schedule.leaves_at(arguments.at) if arguments.at else None
    with opening.store(arguments) as store:
        draft = _proposed(store, arguments.case)
        review = bootstrap.review(opening.profile(arguments), store, now, arguments.person)
        if arguments.check:
            return _check(review, draft, arguments.body)
        if arguments.body is not None:
            review.letters.edit(draft.key, draft.subject, _text(arguments.body), draft.text_hash)
        draft = review.approval.dated(draft.key, leaves_at)
        anyway = arguments.anyway.strip()
        own = _show(review, draft, arguments.case, overridden=bool(anyway))
        owned = arguments.mine or (bool(own and not anyway and not arguments.yes) and _owned())
        if not (arguments.yes or _confirmed()):
            print(_("Nothing was approved."))
            return 1
        leaves = review.approval.approve(draft.key, draft.text_hash, anyway, leaves_at, owned=owned)
        print(_("Approved. {how}").format(how=_how(store, draft, arguments.case, now(), leaves if leaves_at else None)))
        return 0


def _show(review: Review, draft: Draft, number: str, *, overridden: bool) -> tuple[str, ...]:
    """Print the letter and the remarks on it; return the person's own sentences. Raises LetterFaulty for errors that no
    reason overrides.
    """
    print(wrapped(letter(draft)))
    found = review.approval.findings(draft.key)
    for line in (*_let_go(review, draft), *remarks(found)):
        print(line, file=sys.stderr)
    if not overridden and (errors := errors_among(found)):
        raise LetterFaulty(number, errors)
    return own_among(found)


def _let_go(review: Review, draft: Draft) -> Iterator[str]:
    """What is not known of the reader of a letter that was let go all the same."""
    case = review.store.cases.get(draft.case)
    if held_back(case, draft) and review.store.identification.let_go(draft):
        yield identity.let_go(case)


def _how(store: Store, draft: Draft, number: str, now: datetime, leaves_at: datetime | None) -> str:
    """What becomes of an approved letter; `leaves_at`: when, where a time was asked for."""
    if draft.on_paper:
        return _on_paper(number)
    later = _("The agent sends it {moment}.")
    sent = _("The agent sends it shortly.") if leaves_at is None else later.format(moment=days.moment(leaves_at))
    return _how_it_leaves(store, now, sent, leaves_at)


def letter(draft: Draft) -> str:
    """The letter as its reader will get it, safe to print."""
    address = _("(on paper)") if draft.on_paper else f"<{safe(draft.envelope.to.address)}>"
    to = f"{safe(draft.envelope.to.name)} {address}".strip()
    return "\n".join(
        (
            _("To: {to}").format(to=to),
            _("Subject: {subject}").format(subject=safe(draft.subject)),
            "",
            visible(draft.body),
        )
    )


def remarks(found: Sequence[Finding]) -> tuple[str, ...]:
    """What is wrong with a letter, one line each with its source, errors first; below it the sentences that the person
    is to answer for.
    """
    once = {remark.code: remark for remark in sorted(found, key=lambda one: one.severity is not Severity.ERROR)}
    return tuple(line for one in once.values() for line in _remark(one, found))


def _remark(one: Finding, every: Sequence[Finding]) -> Iterator[str]:
    sign = "✖" if one.severity is Severity.ERROR else "▲"
    yield f"{sign} {finding(one.code)} ({source(one.source)})"
    yield from (f"  “{safe(other.sentence)}”" for other in every if other.code == one.code and other.sentence)


TOO_EARLY = "confirmed_before_identity"
"""The linter's code for what tells of data before its reader is identified: no `--anyway` lets that go."""


def way_on(found: Sequence[Finding], number: str) -> tuple[str, ...]:
    """What to do with a letter that was just written: nothing invites to approve one that may not leave as it is."""
    command = f"inbox-agent approve {number}"
    errors = errors_among(found)
    if TOO_EARLY in errors:
        identity = f"inbox-agent identity {number}"
        return (
            _("It may leave once it is established who asks: {command}").format(command=identity),
            _("or let it go without that, with a reason: {command} --let-go REASON --words WHY").format(
                command=identity
            ),
        )
    if errors:
        return (
            _("It cannot leave as it is. Correct the text: {command} --body FILE").format(command=command),
            _("or give the reason why it leaves all the same: {command} --anyway REASON").format(command=command),
        )
    return (_("Approve it: {command}").format(command=command),)


def _check(review: Review, draft: Draft, body: Path | None) -> int:
    """Print the remarks on the letter, or on another text in its place; 1 where one of them is an error."""
    found = review.approval.findings(draft.key, draft.body if body is None else _text(body))
    let_go = _let_go(review, draft) if body is None else ()
    print("\n".join((*let_go, *remarks(found))) or _("✓ No problems found"))
    return 1 if errors_among(found) else 0


def _text(path: Path) -> str:
    try:
        return given_file.read_bytes(path).decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        raise UsageProblem("no_such_file", str(path)) from None
    except UnicodeDecodeError:
        raise UsageProblem("not_text", str(path)) from None


def _proposed(store: Store, number: str) -> Draft:
    case = store.cases.by_number(number)
    proposed = [draft for draft in store.drafts.for_case(case.key) if draft.status is DraftStatus.PROPOSED]
    if not proposed:
        raise UsageProblem("nothing_to_approve", number)
    return proposed[-1]


def _confirmed() -> bool:
    return _said_yes(_("Approve exactly this text? Type yes: "))


def _owned() -> bool:
    return _said_yes(_("Are your own sentences true, and may the reader know them? Type yes: "))


def _said_yes(question: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageProblem("approve_needs_terminal")
    return input(question).strip().casefold() in {"yes", "kyllä", "ja"}


def _on_paper(number: str) -> str:
    return _("Print it: {command}, and deliver it.").format(command=f"inbox-agent print {number} FILE")


def _how_it_leaves(store: Store, now: datetime, sent: str, leaves_at: datetime | None) -> str:
    beat = store.pulse.read(AGENT)
    if beat is None or beat.state == "stopped" or now - beat.at > _SILENT:  # one that was killed says nothing
        if leaves_at is not None:
            return _("{sent} It is not running: start it with `inbox-agent run`.").format(sent=sent)
        return _(
            "The agent is not running: start it with `inbox-agent run`, or send now with `inbox-agent run --once`."
        )
    return sent
