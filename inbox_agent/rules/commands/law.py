"""What the law says of what was said: a finding before anything is done, never a refusal and never a ground of our own.

`lawful` is true, false, or None where a ground or a reason is missing; for which right a ground can stand,
`replies.grounds` knows, and whether it does in a case, the person judges. GDPR 11, 12(3), 12(5), 12(6), 15(3)-(4),
17(3), 20(1), 20(4), 21(2)-(3); Accounting Act 1336/1997, 2:10; Data Protection Act 1050/2018, 29.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from inbox_agent.rules.commands.model import Intent, Said
from inbox_agent.rules.commands.statutes import is_act
from inbox_agent.rules.fold import fold
from replies.grounds import GROUNDS, Ground
from state.model import RequestKind

ASKED_BADLY = {"hetu": "hetu_needless", "id_copy": "id_copy_needless", "signature": "signature_needless"}
_ASKED_WELL = frozenset({"customer_number", "order_number", "order_month", "postcode", "authorisation"})
_GOOD_REASONS = frozenset({"complexity", "number_of_requests"})
_MOST_MONTHS = 2
_REFUSING = frozenset({"refused", "partly"})
_OF_RIGHT = {str(kind): frozenset(ground.code for ground in grounds) for kind, grounds in GROUNDS.items()}
_VOUCHERS_ALONE = "vouchers_alone"
_IN_PART_ONLY = frozenset(
    (str(kind), ground.code) for kind, grounds in GROUNDS.items() for ground in grounds if ground.in_part_only
)
_KNOWN = frozenset[str]().union(*_OF_RIGHT.values())

_TWINS = {
    "legal_obligation": "wrong_basis",
    "wrong_basis": "legal_obligation",
    "contract_needed": "wrong_basis",
    "not_automated": "human_decided",
    "data_accurate": "no_restriction_ground",
}
"""What the same words say against another right: a statute stands against erasure, and is no basis to be moved; data
that are right are nothing to be restricted while they are checked (GDPR 18(1)(a)).
"""

Judge = Callable[[dict[str, Any]], tuple[dict[str, Any], list[str]]]


def judged(intent: Intent, args: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The arguments with `lawful` where the law has a word, and the codes of what must be told first."""
    judge = _JUDGES.get(intent)
    if judge is None:
        return args, ()
    found, findings = judge(args)
    return found, tuple(dict.fromkeys(findings))


def in_case(said: Said, rights: Collection[str]) -> Said:
    """What was said of a case whose open `rights` are known: a refusal that names no right is judged by them."""
    if said.intent is not Intent.SET_OUTCOME:
        return said
    outcomes = [_understood(one, rights) for one in said.args["outcomes"]]
    failing = [_answers_none(one, rights) for one in outcomes]
    outcomes = [{**one, "lawful": False} if fails else one for one, fails in zip(outcomes, failing, strict=True)]
    if outcomes == said.args["outcomes"]:
        return said
    told = [code for code in said.findings if not (all(failing) and code == _VOUCHERS_ALONE)]
    findings = dict.fromkeys([*told, *(["ground_not_for_this_right"] if any(failing) else [])])
    return replace(said, args={**said.args, "outcomes": outcomes}, findings=tuple(findings))


def stands_for(ground: str, right: str | None) -> bool:
    """Whether a ground can stand against a right; against an unknown one, whether it stands against any."""
    return ground in (_OF_RIGHT.get(right, frozenset()) if right in _OF_RIGHT else _KNOWN)


def ground_meant(right: RequestKind, said: object) -> Ground | None:
    """The ground of a right that was said by its code, or by the name of an Act that the letter must then cite."""
    act = is_act(said)
    return next((one for one in GROUNDS[right] if (one.other_law if act else one.code == said)), None)


def _understood(one: dict[str, Any], rights: Collection[str]) -> dict[str, Any]:
    """An outcome whose ground is what its words say against its own right, or those of its case where it names none."""
    ground, right = one.get("ground"), one.get("right")
    against = rights if right in {None, "all"} else [str(right)]
    twin = _TWINS.get(str(ground))
    if twin is None or any(stands_for(str(ground), kind) for kind in against):
        return one
    return {**one, "ground": twin} if any(stands_for(twin, kind) for kind in against) else one


def _answers_none(one: Mapping[str, Any], rights: Collection[str]) -> bool:
    """Whether the ground of a refusal that names no right can stand for none of these."""
    named = one.get("right") not in {None, "all"}
    return bool(one.get("lawful")) and not named and not any(_carries(one, right) for right in rights)


def _carries(one: Mapping[str, Any], right: str) -> bool:
    ground = ground_meant(RequestKind(right), one["ground"])
    return ground is not None and not (one["outcome"] == "refused" and ground.in_part_only)


def _identity(args: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    facts = args.get("facts", [])
    bad = [ASKED_BADLY[fact] for fact in facts if fact in ASKED_BADLY]
    if bad:
        return {**args, "lawful": False}, bad
    return ({**args, "lawful": True}, []) if facts and _ASKED_WELL.issuperset(facts) else (args, [])


def _more_info(args: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    if args.get("lawful") is False:
        return args, ["reason_needless"]
    if args.get("ground") == "large_data":
        return {**args, "lawful": True}, ["clock_runs_on"]
    return {**args, "lawful": True} if args.get("right") == "rectification" else args, []


def _extend(args: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    reason = args.get("reason")
    findings = []
    lawful: bool | None = reason in _GOOD_REASONS if reason else None
    if reason and reason not in _GOOD_REASONS:
        findings.append("reason_is_none_in_law")
    if args.get("months", 0) > _MOST_MONTHS:
        lawful = False
        findings.append("two_months_at_most")
    if args.get("second"):
        lawful = False
        findings.append("only_once")
    if lawful is None:
        findings.append("reason_missing")
    return {**args, "reason": reason, "lawful": lawful}, findings


def _fee(args: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    if args.get("lawful") is False:
        return {**args, "ground": None}, ["first_copy_free"]
    match args.get("ground"):
        case "further_copy":
            return {**args, "lawful": True}, []
        case "excessive":
            return {**args, "lawful": True}, ["excess_to_be_shown"]
        case "once_a_year":
            return {**args, "lawful": False}, ["once_a_year_repealed"]
        case _:
            return {**args, "ground": None, "lawful": None}, ["fee_ground_missing"]


def _outcomes(args: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    findings: list[str] = []
    judged_ones = []
    for said in args.get("outcomes", []):
        if said["outcome"] not in _REFUSING:
            judged_ones.append(said)
            continue
        one = _understood(said, _OF_RIGHT) if said.get("right") in _OF_RIGHT else said
        lawful, code = _refusal(one.get("right"), one.get("ground"))
        if lawful and one["outcome"] == "refused":
            lawful, code = _of_the_whole(one.get("right"), one["ground"], code)
        judged_ones.append({**one, "lawful": lawful})
        findings += [code] if code else []
    return {**args, "outcomes": judged_ones}, findings


def _refusal(right: str | None, ground: str | None) -> tuple[bool | None, str]:
    if right == "marketing_objection":
        return False, "marketing_ban_never_refused"
    if right == "consent_withdrawal" and ground not in _KNOWN:
        return False, "withdrawal_never_refused"
    if ground is None:
        return None, "ground_missing"
    if is_act(ground) and right not in _OF_NO_ACT:
        return True, ""
    if ground not in _KNOWN:
        return False, "ground_is_none_in_law"
    if right in _OF_RIGHT and ground not in _OF_RIGHT[right]:
        return False, "ground_not_for_this_right"
    return True, "excess_to_be_shown" if ground == "unfounded_or_excessive" else ""


_OF_NO_ACT = frozenset(str(kind) for kind, grounds in GROUNDS.items() if not any(one.other_law for one in grounds))
"""Rights that no further Act limits."""


def _of_the_whole(right: str | None, ground: str, code: str) -> tuple[bool, str]:
    """What stands against a part and not against the whole (GDPR 15(4)), or seldom does (Accounting Act 2:10)."""
    if (right, ground) in _IN_PART_ONLY:
        return False, "only_in_part"
    return True, _VOUCHERS_ALONE if ground == "accounting_law" else code


def _edit(args: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """A letter that refuses or is late tells of the complaint and the remedy (GDPR 12(4))."""
    taken = fold(str(args.get("value", ""))) if args.get("change") == "remove" else ""
    if any(stem in taken for stem in _OF_COMPLAINT):
        return {**args, "lawful": False}, ["complaint_right_needed"]
    return args, []


_OF_COMPLAINT = (
    "valitu",
    "valitta",
    "kantelu",
    "tietosuojavaltuut",
    "ombuds",
    "complain",
    "besvar",
    "klag",
    "muutoksenh",
    "oikeussuoj",
    "remed",
    "rattsmedel",
    "overklag",
    "appeal",
)


def _remind(args: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """A reminder moved takes the place of those before it: told first, since the list of intents has no word for it."""
    return {name: value for name, value in args.items() if name != "move"}, [REMINDER_MOVED] if args.get("move") else []


REMINDER_MOVED = "reminder_moved"


def _assign(args: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    return args, [] if args.get("to") else ["to_missing"]


def _unsafe(args: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    return args, [f"unsafe_{args['what']}"]


_JUDGES: Mapping[Intent, Judge] = {
    Intent.ASK_IDENTITY: _identity,
    Intent.ASK_MORE_INFO: _more_info,
    Intent.EXTEND: _extend,
    Intent.FEE: _fee,
    Intent.SET_OUTCOME: _outcomes,
    Intent.EDIT_DRAFT: _edit,
    Intent.REMIND_ME: _remind,
    Intent.ASSIGN: _assign,
    Intent.UNSAFE: _unsafe,
}
