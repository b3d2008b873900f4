"""How far a mail's sender is believed, how far an answer needs it, and why one may ask."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.profile import Identity, Sensitivity
from inbox_agent.rules.identity.assessment import assess
from inbox_agent.rules.identity.doubts import Doubt
from inbox_agent.rules.identity.evidence import Evidence
from inbox_agent.rules.levels import Sign, required_level
from inbox_agent.rules.parse import Forwarded, InboundMessage, parse
from inbox_agent.rules.web_forms import WEB_FORM
from state.model import IdentityLevel, RequestKind

L0, L1, L2, L3, L4 = IdentityLevel
ORDINARY = Identity()
MAIL = parse(
    b"From: Aino Esimerkki <aino.esimerkki@posti.example>\r\nTo: tietosuoja@yritys.example\r\n"
    b"Subject: Tietoni\r\n\r\nMit\xc3\xa4 tietoja teill\xc3\xa4 on minusta?\r\n"
)
AUTHENTIC = replace(MAIL, auth="pass", address_authenticated=True, flags=())
FORWARD = Forwarded(by="myynti@yritys.example", subject_address="aino@posti.example", text="Poistakaa tietoni.")
LOOKS_WRONG = [sign for sign in Sign if sign not in {Sign.SHARED_MAILBOX, Sign.PROTECTED}]

# kind: contact card, ordinary customers, sensitive
TABLE = """
    access              L1 L2 L3
    rectification       L2 L2 L3
    erasure             L1 L2 L3
    restriction         L1 L1 L2
    portability         L1 L2 L3
    objection           L1 L2 L2
    marketing_objection L0 L0 L0
    consent_withdrawal  L0 L1 L1
    automated_decision  L2 L2 L3
"""


@pytest.mark.parametrize("row", TABLE.split("\n")[1:-1])
def test_each_right_needs_its_level(row: str) -> None:
    kind, *levels = row.split()
    assert [required_level(RequestKind(kind), column) for column in Sensitivity] == levels


def test_the_table_covers_every_right() -> None:
    assert {row.split()[0] for row in TABLE.split("\n")[1:-1]} == set(RequestKind)


@pytest.mark.parametrize("kind", list(RequestKind))
def test_more_sensitive_data_never_needs_less(kind: RequestKind) -> None:
    levels = [required_level(kind, column) for column in Sensitivity]
    assert levels == sorted(levels)


def test_an_authentic_address_without_bad_signs_is_l1_and_no_more() -> None:
    found = assess(AUTHENTIC, (RequestKind.ACCESS,), ORDINARY)
    assert (found.level, found.required) == (L1, L2)
    assert (found.evidence, found.raised) == ((Evidence.ADDRESS_AUTHENTICATED,), ())
    assert found.reason is Doubt.ADDRESS_NOT_ENOUGH


@pytest.mark.parametrize(
    ("message", "evidence", "doubt"),
    [
        (replace(AUTHENTIC, auth="fail"), Evidence.AUTHENTICATION_FAILED, Doubt.FAILED_AUTHENTICATION),
        (replace(AUTHENTIC, auth="none"), Evidence.NOT_AUTHENTICATED, Doubt.UNPROVEN_SENDER),
        (
            replace(AUTHENTIC, address_authenticated=False),
            Evidence.OTHER_DOMAIN_AUTHENTICATED,
            Doubt.UNPROVEN_SENDER,
        ),
        (replace(AUTHENTIC, forwarded=FORWARD), Evidence.FORWARDED, Doubt.PASSED_ON),
        (replace(AUTHENTIC, flags=(WEB_FORM,)), Evidence.WEB_FORM, Doubt.WEB_FORM),
    ],
)
def test_whatever_is_not_authentic_is_l0(message: InboundMessage, evidence: Evidence, doubt: Doubt) -> None:
    """A colleague's authentic forward proves nothing about the person whose mail it holds."""
    found = assess(message, (RequestKind.RESTRICTION,), ORDINARY)
    assert found.level is L0
    assert evidence in found.evidence
    assert found.reason is doubt


@pytest.mark.parametrize("sign", LOOKS_WRONG)
def test_a_bad_sign_keeps_an_authentic_mail_at_l0_and_raises_the_need(sign: Sign) -> None:
    found = assess(replace(AUTHENTIC, flags=(str(sign),)), (RequestKind.ACCESS,), ORDINARY)
    assert (found.level, found.required, found.raised) == (L0, L3, (sign,))


@pytest.mark.parametrize(
    "address",
    ["info@yritys.example", "Perhe.Esimerkki@posti.example", "myynti+fi@yritys.example"],
)
def test_a_shared_mailbox_is_a_sign(address: str) -> None:
    message = replace(AUTHENTIC, sender=replace(AUTHENTIC.sender, address=address))
    found = assess(message, (RequestKind.ACCESS,), ORDINARY)
    assert (found.level, found.raised, found.reason) == (L0, (Sign.SHARED_MAILBOX,), Doubt.SEVERAL_READERS)


@pytest.mark.parametrize("address", ["infanta@posti.example", "perheentuki@posti.example", "aino@info.example", ""])
def test_an_address_that_only_resembles_one_is_not_shared(address: str) -> None:
    message = replace(AUTHENTIC, sender=replace(AUTHENTIC.sender, address=address))
    assert assess(message, (RequestKind.ACCESS,), ORDINARY).raised == ()


def test_hidden_text_says_nothing_about_who_wrote() -> None:
    message = replace(AUTHENTIC, flags=("hidden_text", "identity_code", "date_in_future"))
    assert assess(message, (RequestKind.ACCESS,), ORDINARY) == assess(AUTHENTIC, (RequestKind.ACCESS,), ORDINARY)


def test_a_turvakielto_needs_the_highest_level_and_nothing_else_will_do() -> None:
    found = assess(replace(AUTHENTIC, flags=("protected",)), (RequestKind.RESTRICTION,), ORDINARY)
    assert (found.required, found.reason) == (L4, Doubt.PROTECTED_PERSON)


def test_a_name_s_spelling_needs_less_than_a_new_address() -> None:
    kinds = (RequestKind.RECTIFICATION,)
    assert assess(replace(AUTHENTIC, flags=("spelling",)), kinds, ORDINARY).required is L1
    both = replace(AUTHENTIC, flags=("spelling", "contact_change"))
    assert assess(both, kinds, ORDINARY).required is L2
    assert assess(both, kinds, ORDINARY).reason is Doubt.TAKEOVER


def test_several_signs_raise_by_one_level() -> None:
    message = replace(AUTHENTIC, flags=tuple(str(sign) for sign in LOOKS_WRONG))
    found = assess(message, (RequestKind.ACCESS,), ORDINARY)
    assert (found.required, set(found.raised)) == (L3, set(LOOKS_WRONG))


def test_a_ban_on_marketing_is_never_asked_for_identity() -> None:
    """Absolute (GDPR 21(3)): even a mail that looks forged is followed."""
    forged = replace(AUTHENTIC, auth="fail", flags=tuple(str(sign) for sign in Sign))
    found = assess(forged, (RequestKind.MARKETING_OBJECTION,), ORDINARY)
    assert (found.level, found.required, found.raised, found.reason) == (L0, L0, (), Doubt.NO_DOUBT)


def test_the_highest_need_of_several_rights_counts() -> None:
    kinds = (RequestKind.MARKETING_OBJECTION, RequestKind.RESTRICTION, RequestKind.ERASURE)
    assert assess(AUTHENTIC, kinds, ORDINARY).required is L2


def test_a_mail_without_a_known_right_is_judged_as_access() -> None:
    """A candidate whose right nobody knows must not slip to an answer without identity."""
    assert assess(AUTHENTIC, (), ORDINARY).required is L2


LEVELS = st.builds(
    lambda auth, authenticated, flags, forwarded: replace(
        AUTHENTIC,
        auth=auth,
        address_authenticated=authenticated,
        flags=tuple(flags),
        forwarded=FORWARD if forwarded else None,
    ),
    st.sampled_from(["pass", "fail", "none"]),
    st.booleans(),
    st.lists(st.sampled_from([*map(str, Sign), "hidden_text", "unheard_of"]), unique=True),
    st.booleans(),
)
KINDS = st.lists(st.sampled_from(list(RequestKind)), unique=True).map(tuple)


@given(LEVELS, KINDS, st.sampled_from(list(Sensitivity)))
def test_the_need_is_never_below_the_table_and_at_most_one_above(
    message: InboundMessage, kinds: tuple[RequestKind, ...], sensitivity: Sensitivity
) -> None:
    found = assess(message, kinds, Identity(sensitivity=sensitivity))
    if Sign.PROTECTED in found.raised:
        assert found.required is L4
        return
    table = max(required_level(kind, sensitivity) for kind in kinds or (RequestKind.ACCESS,))
    steps = list(IdentityLevel).index(found.required) - list(IdentityLevel).index(table)
    assert steps in ({0, 1} if found.raised else {0})
    assert found.level <= L1


@given(LEVELS, KINDS)
def test_there_is_a_reason_exactly_where_there_is_a_question(
    message: InboundMessage, kinds: tuple[RequestKind, ...]
) -> None:
    """An identity question without a reason would itself be unlawful (GDPR 12(6))."""
    found = assess(message, kinds, ORDINARY)
    assert (found.reason is Doubt.NO_DOUBT) is (found.level >= found.required)
