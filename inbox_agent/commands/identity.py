"""`inbox-agent identity`: who asks in a case, what is known of it, what to ask next; and recording what was seen."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from inbox_agent import bootstrap
from inbox_agent.commands import opening
from inbox_agent.commands.approve import letter
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import identity as phrases
from inbox_agent.phrasing import identity_rules, mails, paper, words
from inbox_agent.phrasing.listing import json_line, safe
from inbox_agent.rules.customers import LookUp
from inbox_agent.rules.deadlines import HELSINKI
from inbox_agent.rules.identity import signs
from inbox_agent.rules.identity.assessment import Assessment
from inbox_agent.rules.joint import EarlierReceipt
from inbox_agent.rules.letters import of_authority
from inbox_agent.rules.levels import Sign
from inbox_agent.rules.waiting import Wait, wait
from inbox_agent.services import identifying
from inbox_agent.services.who_asks import FLAGS, REASONS, WhoAsks
from inbox_agent.texts import gettext as _
from state.model import Case, Draft, DraftStatus, IdentityLevel, ProofKind
from state.store.store import Store

_BY_HAND = [str(kind) for kind in ProofKind if kind is not ProofKind.ROUND_TRIP]


def summary() -> str:
    return _("Show who asks in a case and what to ask next; record a proof, the contact on file, a doubt.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", nargs="?", help=_("the case's number, such as 2026-0007"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))
    parser.add_argument("--rules", action="store_true", help=_("print the deciding rules as a table"))
    parser.add_argument("--person", default=None, help=_("who acts (default: the profile's contact person)"))
    acts = parser.add_argument_group(_("acts"))
    acts.add_argument("--proof", choices=_BY_HAND, help=_("a proof that you saw; keep no copy of it"))
    acts.add_argument("--level", choices=[str(level) for level in IdentityLevel], help=_("the level that it gives"))
    acts.add_argument("--words", default="", help=_("in your own words: how, or why"))
    acts.add_argument("--doubt", action="store_true", help=_("take every proof back"))
    acts.add_argument("--look-up", action="store_true", help=_("look into the customers' register and show it"))
    acts.add_argument("--choose", type=int, metavar="N", help=_("say which of the entries shown it is"))
    acts.add_argument("--on-file", metavar="ADDRESS", help=_("the address that you found in the register by hand"))
    acts.add_argument("--code", action="store_true", help=_("propose a letter with a new one-time code"))
    acts.add_argument("--mark", choices=[str(sign) for sign in FLAGS], help=_("put a sign on the case"))
    acts.add_argument("--unmark", choices=[str(sign) for sign in FLAGS], help=_("take it off"))
    acts.add_argument(
        "--received-by",
        metavar="NAME",
        help=_("your company or the joint controller that received the request earlier"),
    )
    acts.add_argument("--on", type=opening.day, metavar="DATE", help=_("the day on which it did"))
    acts.add_argument("--let-go", choices=REASONS, help=_("let the proposed answer go without identification"))


def run(arguments: argparse.Namespace) -> int:
    if arguments.rules:
        print("\n".join(identity_rules.table()))
        return 0
    if not arguments.case:
        raise UsageProblem("which_case", "")
    profile, now = opening.profile(arguments), opening.now(arguments)
    with opening.store(arguments) as store:
        who = bootstrap.review(profile, store, now, arguments.person).who_asks
        case = store.cases.by_number(arguments.case)
        shown = _act(arguments, who, case, store)
        case = store.cases.get(case.key)
        found, waited = who.assessment(case.key), _wait(store, who, case)
        earlier = who.earlier_receipt(case.key)
        if arguments.json:
            told = as_json(store, case, found, waited, shown)
            told["joint_receipt"] = {"by": earlier.by, "on": str(earlier.on)} if earlier else None
            print(json_line(told))
        else:
            print("\n".join((*_lines(store, case, found, waited, shown), *_proposed(case, earlier))))
    return 0


def _proposed(case: Case, earlier: EarlierReceipt | None) -> Iterable[str]:
    yield from phrases.earlier(earlier)
    if earlier:
        command = f'inbox-agent identity {case.number} --received-by "{earlier.by}" --on {earlier.on}'
        yield _("If it is so: {command}").format(command=command)


def _act(arguments: argparse.Namespace, who: WhoAsks, case: Case, store: Store) -> LookUp | None:
    """Do what was asked for, all of it or nothing; return the look-up, where one was made."""
    found = _looked_up(arguments, case) if arguments.look_up or arguments.choose is not None else None
    with store.transaction():
        _say_who(arguments, who, case, found)
        _prove(arguments, who, case)
        for name, on in ((arguments.mark, True), (arguments.unmark, False)):
            if name:
                who.mark(case.key, Sign(name), on)
        if arguments.code:
            who.send_code(case.key)
        if arguments.received_by:
            if arguments.on is None:
                raise UsageProblem("which_day", arguments.received_by)
            who.received_earlier(case.key, arguments.on, arguments.received_by)
        if arguments.let_go:
            _let_go(arguments, who, case, store)
    return found


def _say_who(arguments: argparse.Namespace, who: WhoAsks, case: Case, found: LookUp | None) -> None:
    if arguments.on_file:
        who.on_file(case.key, arguments.on_file)
    if found is None:
        return
    if arguments.choose is None:
        who.choose_contact(case.key, found.contact)
    elif 1 <= arguments.choose <= len(found.resembling):
        who.choose_contact(case.key, identifying.chosen(found.resembling[arguments.choose - 1]))
    else:
        raise UsageProblem("no_such_entry", str(arguments.choose))


def _prove(arguments: argparse.Namespace, who: WhoAsks, case: Case) -> None:
    if arguments.proof:
        level = IdentityLevel(arguments.level) if arguments.level else None
        who.prove(case.key, ProofKind(arguments.proof), level, arguments.words)
    if arguments.doubt:
        who.doubt(case.key, arguments.words)


def _looked_up(arguments: argparse.Namespace, case: Case) -> LookUp:
    register = bootstrap.register(opening.profile(arguments), opening.profile_path(arguments))
    if register is None:
        raise UsageProblem("no_customers", case.number)
    return identifying.look_up(register, case)


def _let_go(arguments: argparse.Namespace, who: WhoAsks, case: Case, store: Store) -> None:
    """The first look: the letter is shown. The second is `approve`, which shows it again."""
    if not (proposed := _proposed_letters(store, case)):
        raise UsageProblem("no_answer_to_let_go", case.number)
    who.let_go(proposed[-1].key, proposed[-1].text_hash, arguments.let_go, arguments.words)
    if not arguments.json:
        print(letter(proposed[-1]), end="\n\n")


def _proposed_letters(store: Store, case: Case) -> list[Draft]:
    return [draft for draft in store.drafts.for_case(case.key) if draft.status is DraftStatus.PROPOSED]


def _wait(store: Store, who: WhoAsks, case: Case) -> Wait:
    return wait(case, store.drafts.with_deliveries(case.key), store.journal.events(case.key), who.profile, who.today())


def _lines(store: Store, case: Case, found: Assessment, waited: Wait, shown: LookUp | None) -> Iterable[str]:
    how = f"<{safe(case.subject.address)}>" if case.subject.address else f"({paper.channel(case.channel)})"
    who = " ".join(filter(None, (safe(case.subject.name), how)))
    yield _("Case {number}: {who}").format(number=case.number, who=who)
    if of_authority(case):
        yield _("A letter of the supervisory authority: nobody is identified, and no register is looked into.")
        yield _(
            "Check that it is genuine: call the number that stands on the authority's own pages, not in the letter."
        )
    else:
        yield from phrases.assessed(found)
        yield from phrases.waited(waited)
    yield from (_("Attention: {flag}").format(flag=mails.flag(flag)) for flag in signs.still_flagged(case))
    for proof in store.identification.proofs(case.key):
        yield _("{at}  recorded by {who}: {what} ({level})").format(
            at=_day(proof.at), who=safe(words.actor(proof.actor)), what=phrases.proof(proof.kind), level=proof.level
        )
    for letter_waiting in _proposed_letters(store, case):
        on_paper = _("A letter on paper waits for approval: inbox-agent approve {number}")
        by_mail = _("A letter to {address} waits for approval: inbox-agent approve {number}")
        said = on_paper if letter_waiting.on_paper else by_mail
        yield said.format(address=safe(letter_waiting.envelope.to.address), number=case.number)
    if shown and shown.resembling:
        yield _("For your eyes only; none of this may show in a letter:")
        for number, entry in enumerate(shown.resembling, start=1):
            yield f"  {number}  {safe(entry.name)} <{safe(entry.address)}> {safe(entry.number)}".rstrip()


def as_json(store: Store, case: Case, found: Assessment, waited: Wait, shown: LookUp | None = None) -> dict[str, Any]:
    """Who asks, as `identity --json` prints it."""
    contact = store.identification.contact(case.key)
    return {
        "case": case.number,
        "level": str(found.level),
        "required": str(found.required),
        "asked": str(found.asked),
        "findings": [
            {"code": str(one.code), "effect": str(one.effect), "level": str(one.level) if one.level else None}
            for one in found.findings
        ],
        "reason": str(found.reason),
        "ways": list(map(str, found.ways)),
        "own_step": str(found.own) if found.own else None,
        "contact": {"match": str(contact.match), "address": safe(contact.address)} if contact else None,
        "proofs": [
            {"at": proof.at.isoformat(), "who": proof.actor, "kind": str(proof.kind), "level": str(proof.level)}
            for proof in store.identification.proofs(case.key)
        ],
        "ask_by": str(waited.ask_by),
        "asked_on": str(waited.asked_on) if waited.asked_on else None,
        "proved_on": str(waited.proved_on) if waited.proved_on else None,
        "not_identified_from": str(waited.answer_on),
        "fallback": {"on": str(waited.fallback.on), "disputed": True} if waited.fallback else None,
        "resembling": [
            {"name": safe(entry.name), "address": safe(entry.address), "number": safe(entry.number)}
            for entry in (shown.resembling if shown else ())
        ],
        "flags": list(case.flags),
    }


def _day(at: datetime) -> str:
    return at.astimezone(HELSINKI).strftime("%Y-%m-%d %H:%M")
