"""A case judged with all that is known of it: what a proof is worth, what the register changes, what is asked next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.commands.opening import specimen
from inbox_agent.phrasing import identity as phrases
from inbox_agent.profile import Customers, Sensitivity
from inbox_agent.rules import deadlines, levels
from inbox_agent.rules.identity.assessment import Assessment, Effect, Finding, assess_case
from inbox_agent.rules.identity.doubts import UNTOLD, Doubt
from inbox_agent.rules.identity.evidence import Evidence, Known
from inbox_agent.rules.identity.ways import OwnStep, Way
from inbox_agent.rules.letters import preview
from inbox_agent.rules.levels import Sign
from replies.album import specimens
from replies.choices import DOUBTS
from state.model import (
    Case,
    CaseKey,
    CaseStatus,
    Channel,
    Code,
    CodeKey,
    Contact,
    DraftKey,
    IdentityLevel,
    Match,
    Message,
    NewCase,
    NewRequest,
    Party,
    Proof,
    ProofKind,
    RequestKind,
)

L0, L1, L2, L3, L4 = IdentityLevel
DAY, NOW = date(2026, 3, 5), datetime(2026, 3, 6, 12, tzinfo=UTC)
PROFILE = specimen().model_copy(update={"customers": Customers(kind="csv", path="asiakkaat.csv")})
ADDRESS = "aino@posti.example"
ON_FILE = Contact(Match.EXACT, "Aino", ADDRESS)


def case(*kinds: RequestKind, flags: tuple[str, ...] = ()) -> Case:
    due = deadlines.compute(DAY).due
    asked = tuple(NewRequest(kind, DAY, due) for kind in kinds or (RequestKind.ACCESS,))
    return preview(NewCase(CaseStatus.OPEN, Party("Aino", ADDRESS), "fi", NOW, DAY, L0, L0, flags, asked))


def seen(kind: ProofKind, level: IdentityLevel | None = None) -> Proof:
    return Proof(NOW, "person:Helmi", kind, levels.proof_level(kind, level))


def back(address: str = ADDRESS) -> Code:
    return Code(CodeKey(1), CaseKey(1), DraftKey(1), address, "", "", 0, NOW, NOW)


def judged(found: Case, *proofs: Proof, contact: Contact | None = ON_FILE, codes: tuple[Code, ...] = ()) -> Assessment:
    return assess_case(found, Known((), contact, codes, proofs), PROFILE, DAY)


@pytest.mark.parametrize(
    ("proofs", "level"),
    [
        ([ProofKind.SIGNED_LETTER], L1),
        ([ProofKind.AUTHORITY], L0),
        ([ProofKind.CALL_BACK], L2),
        ([ProofKind.LOG_IN], L3),
        ([ProofKind.ID_SHOWN], L4),
        ([ProofKind.STRONG], L4),
        ([ProofKind.KNOWN_FACTS], L1),
        ([ProofKind.CALL_BACK, ProofKind.KNOWN_FACTS], L3),
        ([ProofKind.CALL_BACK, ProofKind.CALL_BACK], L2),
        ([ProofKind.CALL_BACK, ProofKind.SIGNED_LETTER], L2),
    ],
)
def test_what_each_proof_and_each_pair_of_them_is_worth(proofs: list[ProofKind], level: IdentityLevel) -> None:
    assert judged(case(), *map(seen, proofs)).level is level


@pytest.mark.parametrize(
    ("contact", "flags", "reason", "told"),
    [
        (None, (), Doubt.UNPROVEN_SENDER, Doubt.UNPROVEN_SENDER),
        (replace(ON_FILE, changed_on=DAY), (), Doubt.CHANGED_CONTACT, Doubt.UNPROVEN_SENDER),
        (replace(ON_FILE, protected=True), (), Doubt.PROTECTED_PERSON, Doubt.UNPROVEN_SENDER),
        (ON_FILE, ("protected",), Doubt.PROTECTED_PERSON, Doubt.UNPROVEN_SENDER),
        (ON_FILE, ("dispute",), Doubt.DISPUTED, Doubt.UNPROVEN_SENDER),
        (ON_FILE, ("reply_to_elsewhere",), Doubt.ANSWER_ELSEWHERE, Doubt.ANSWER_ELSEWHERE),
        (ON_FILE, ("contact_change",), Doubt.TAKEOVER, Doubt.TAKEOVER),
    ],
)
def test_a_question_tells_the_doubt_that_the_mail_gives_and_none_of_the_registers(
    contact: Contact | None, flags: tuple[str, ...], reason: Doubt, told: Doubt
) -> None:
    """Nor does it tell whoever may be a persecutor of a turvakielto or of a dispute (GDPR 12(6), 32)."""
    found = judged(case(flags=flags), contact=contact)
    assert (found.reason, found.told) == (reason, told)


@pytest.mark.parametrize("contact", [None, ON_FILE, Contact(Match.NONE), replace(ON_FILE, protected=True)])
def test_what_the_register_says_changes_nothing_of_the_doubt_that_is_told(contact: Contact | None) -> None:
    assert {judged(case(flags=(sign,)), contact=contact).told for sign in map(str, Sign)} == {
        judged(case(flags=(sign,)), contact=None).told for sign in map(str, Sign)
    }


def test_every_doubt_that_may_be_told_has_its_words() -> None:
    assert set(map(str, set(Doubt) - UNTOLD)) == set(DOUBTS)


def test_two_known_channels_are_one_level_more() -> None:
    assert judged(case(), codes=(back(),)).level is L2
    assert judged(case(), seen(ProofKind.CALL_BACK), codes=(back(),)).level is L3


@pytest.mark.parametrize("contact", [None, Contact(Match.NONE), Contact(Match.SEVERAL), Contact(Match.NEAR)])
def test_a_code_proves_nothing_where_it_did_not_go_to_the_contact_on_file(contact: Contact | None) -> None:
    found = judged(case(), contact=contact, codes=(back(),))
    assert found.level is L0
    assert any(one.code is Evidence.CODE_FROM_ELSEWHERE for one in found.findings)


def test_a_personal_identity_code_in_the_mail_raises_nothing() -> None:
    assert judged(case(flags=("identity_code",))).level is judged(case()).level


def test_another_joint_controllers_word_counts_as_it_was_given() -> None:
    assert judged(case(), seen(ProofKind.JOINT_CONTROLLER, L3)).level is L3


@pytest.mark.parametrize(
    ("changed", "required"), [(date(2025, 12, 5), L3), (date(2025, 12, 4), L2), (DAY, L3), (date(2026, 3, 6), L2)]
)
def test_contact_details_changed_within_ninety_days_raise_the_need(changed: date, required: IdentityLevel) -> None:
    assert judged(case(), contact=replace(ON_FILE, changed_on=changed)).required is required


def test_a_turvakielto_on_file_needs_l4_and_is_never_told() -> None:
    found = judged(case(), contact=replace(ON_FILE, protected=True))
    assert (found.required, found.asked, found.reason) == (L4, L2, Doubt.PROTECTED_PERSON)
    assert found.ways == judged(case()).ways


def test_an_authority_settles_who_speaks_and_not_who_it_is() -> None:
    lawyer = case(flags=("representative", "lawyer"))
    before, after = judged(lawyer), judged(lawyer, seen(ProofKind.AUTHORITY))
    assert (before.required, before.own) == (L3, OwnStep.ASK_AUTHORITY)
    assert (after.required, after.own, after.reached) == (L2, None, False)


@pytest.mark.parametrize(
    ("contact", "step"),
    [
        (None, OwnStep.LOOK_UP),
        (Contact(Match.NEAR), OwnStep.CHOOSE_ENTRY),
        (Contact(Match.SEVERAL), OwnStep.ASK_DISCRIMINATOR),
        (Contact(Match.NONE), None),
        (ON_FILE, None),
    ],
)
def test_what_we_can_do_ourselves_comes_before_any_question(contact: Contact | None, step: OwnStep | None) -> None:
    assert judged(case(), contact=contact).own is step


def test_the_least_that_suffices_is_asked_first() -> None:
    assert judged(case()).ways == (Way.CODE, Way.CALL_BACK, Way.OTHER_ADDRESS)
    sensitive = PROFILE.model_copy(
        update={"identity": PROFILE.identity.model_copy(update={"sensitivity": Sensitivity.SENSITIVE})}
    )
    known = Known((), ON_FILE, (back(),), ())
    assert assess_case(case(), known, sensitive, DAY).ways == (Way.CALL_BACK, Way.KNOWN_FACTS, Way.VISIT)


def test_nothing_is_asked_once_the_level_is_reached() -> None:
    found = judged(case(), seen(ProofKind.CALL_BACK))
    assert (found.reached, found.ways, found.own, found.reason) == (True, (), None, Doubt.NO_DOUBT)


def test_a_ban_on_marketing_needs_nobody() -> None:
    found = judged(case(RequestKind.MARKETING_OBJECTION, flags=("protected", "dispute")), contact=None)
    assert (found.required, found.reached) == (L0, True)


FLAGS = st.lists(st.sampled_from([*map(str, Sign), "spelling", "contact_change"]), unique=True).map(tuple)
KINDS = st.lists(st.sampled_from(list(RequestKind)), min_size=1, unique=True)
CONTACTS = st.none() | st.builds(
    Contact, st.sampled_from(list(Match)), protected=st.booleans(), changed_on=st.none() | st.just(DAY)
)
PROOFS = st.lists(
    st.sampled_from([kind for kind in ProofKind if levels.PROOFS[kind] is not None]).map(seen), max_size=4
)


@given(FLAGS, KINDS, CONTACTS, PROOFS)
def test_more_is_never_less_and_every_question_has_a_reason_and_two_ways(
    flags: tuple[str, ...], kinds: list[RequestKind], contact: Contact | None, proofs: list[Proof]
) -> None:
    """GDPR 12(6): asked only for a reason; 12(2): never in one way only. A proof never lowers, a sign never either."""
    found = judged(case(*kinds, flags=flags), *proofs, contact=contact)
    assert (found.reason is Doubt.NO_DOUBT) is found.reached
    assert found.reached or len(found.ways) >= 2
    assert found.level >= judged(case(*kinds, flags=flags), contact=contact).level
    assert found.required >= judged(case(*kinds), *proofs, contact=replace(ON_FILE)).required or "spelling" in flags
    assert found.asked <= found.required
    raising = [one.code for one in found.findings if one.effect is Effect.RAISES]
    assert len(raising) == len(set(raising))


# -- requests that came by no mail ----------------------------------------------------------------


@pytest.mark.parametrize("how", [Channel.LETTER, Channel.CALL, Channel.VISIT])
def test_of_a_request_on_paper_nothing_is_said_that_only_fits_a_mail(how: Channel) -> None:
    asked = case()
    on_paper = replace(asked, channel=how, subject=Party("Aino", ""))
    found = judged(on_paper, contact=None)
    said = " ".join(phrases.assessed(found)).casefold()
    assert not any(word in said for word in ("server", "the mail", "the address it names", "one-time code"))
    assert found.reason is Doubt.UNPROVEN_WRITER
    assert found.own is OwnStep.LOOK_UP_PERSON
    assert len(found.ways) >= 2


def test_who_wrote_a_letter_and_left_an_address_may_be_sent_a_code() -> None:
    found = judged(replace(case(), channel=Channel.LETTER), contact=None)
    assert Way.CODE in found.ways


# -- what earlier dealings say --------------------------------------------------------------------

AUTHENTIC = {"identity": {"reasons": ["address_authenticated"]}}


def known_since(days: int, contact: Contact | None, months: int = 6, flags: tuple[str, ...] = ()) -> Assessment:
    """Aino writes authentically; her address was verified in another case so many days ago."""
    profile = PROFILE.model_copy(update={"identity": PROFILE.identity.model_copy(update={"history_months": months})})
    mail = cast("Message", SimpleNamespace(analysis=AUTHENTIC, sender=Party("Aino", ADDRESS)))
    verified = datetime(2026, 3, 5, 9, tzinfo=UTC) - timedelta(days=days)
    return assess_case(case(flags=flags), Known((mail,), contact, (), (), verified), profile, DAY)


@pytest.mark.parametrize("contact", [None, Contact(Match.NONE), Contact(Match.NEAR)])
def test_an_address_verified_lately_gives_what_the_register_would(contact: Contact | None) -> None:
    found = known_since(30, contact)
    assert found.level is L1
    assert Finding(Evidence.VERIFIED_EARLIER, Effect.GIVES, L1) in found.findings
    assert found.required is L2


@pytest.mark.parametrize(
    ("days", "months", "contact", "flags"),
    [
        (182, 6, None, ()),
        (30, 0, None, ()),
        (30, 6, Contact(Match.SEVERAL), ()),
        (30, 6, Contact(Match.CHOSEN, "Aino", "toinen@posti.example"), ()),
        (30, 6, None, ("reply_to_elsewhere",)),
    ],
    ids=["too long ago", "never", "homonyms", "another on file", "a sign"],
)
def test_what_was_verified_gives_nothing_where(
    days: int, months: int, contact: Contact | None, flags: tuple[str, ...]
) -> None:
    assert known_since(days, contact, months, flags).level is L0


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_request_passed_on_and_one_by_web_form_are_doubted_each_in_its_own_words(language: str) -> None:
    """Neither is a mail whose sender could not be checked (GDPR 12(6))."""
    letters = {one.title: one.text.body for one in specimens(language, "te")}
    doubts = [letters[f"identity_question, {code}"] for code in ("unproven_sender", "passed_on", "web_form")]
    assert len(set(doubts)) == len(doubts)
    form = {"fi": "verkkolomak", "sv": "webbformulär", "en": "web form"}[language]
    assert [form in body for body in doubts] == [False, False, True]
