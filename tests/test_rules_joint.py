"""A request that came by a colleague or a joint controller: its earlier day is proposed, never taken by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from inbox_agent import profile as profiles
from inbox_agent.errors import InboxAgentError, UsageProblem
from inbox_agent.profile import Controller
from inbox_agent.rules.forwards import Forwarded
from inbox_agent.rules.joint import EarlierReceipt, earlier_receipt
from state.model import DraftStatus, IdentityLevel, Letter, ProofKind
from tests.identity_world import AINO, ASKS, PROFILE, World

OURS = Controller(
    name="Esimerkki Oy",
    joint=("Esimerkki Oy", "Esimerkki Palvelut Oy", "Toinen Oy"),
    joint_domains={"Toinen Oy": ("toinen.example",)},
)
BEFORE = date(2026, 3, 5)
FIRST = EarlierReceipt("Esimerkki Palvelut Oy", date(2026, 2, 20))


def passed(sent: str, *through: str) -> Forwarded:
    return Forwarded("anna@yritys.example", AINO, ASKS, sent, through)


@pytest.mark.parametrize(
    "sent",
    [
        "Fri, 20 Feb 2026 11:00:00 +0200",
        "20.2.2026 11.00",
        "perjantai 20. helmikuuta 2026 klo 11.00",
        "fredag 20 februari 2026 11:00",
        "Friday, February 20, 2026 11:00 AM",
        "2026-02-20 11:00",
        "Thu, 19 Feb 2026 22:30:00 +0000",
    ],
)
def test_a_day_is_read_however_mail_programs_write_it(sent: str) -> None:
    assert earlier_receipt(passed(sent, "Esimerkki Palvelut Oy <palvelut@x.example>"), OURS, BEFORE) == FIRST


@pytest.mark.parametrize(
    ("who", "by"),
    [
        ("Esimerkki Palvelut Oy asiakaspalvelu <x@y.example>", "Esimerkki Palvelut Oy"),
        ("ESIMERKKI PALVELUT OY", "Esimerkki Palvelut Oy"),
        ("Anna <anna@toinen.example>", "Toinen Oy"),
        ("Anna <anna@mail.toinen.example>", "Toinen Oy"),
    ],
)
def test_a_joint_controller_is_known_by_its_name_or_its_domain(who: str, by: str) -> None:
    found = earlier_receipt(passed("20.2.2026", who), OURS, BEFORE)
    assert found is not None
    assert found.by == by


@pytest.mark.parametrize(
    ("sent", "who"),
    [
        ("20.2.2026", "Muu Palvelut Oy <x@eitoinen.example>"),
        ("20.2.2026", "Esimerkki Palvelut Oyj"),
        ("5.3.2026", "Toinen Oy"),
        ("ensi viikolla", "Toinen Oy"),
        ("31.2.2026", "Toinen Oy"),
        ("", "Toinen Oy"),
    ],
    ids=["a stranger", "a longer name", "the same day", "no day", "no such day", "nothing said"],
)
def test_nothing_is_proposed_otherwise(sent: str, who: str) -> None:
    assert earlier_receipt(passed(sent, who), OURS, BEFORE) is None


def test_a_domain_of_an_unlisted_joint_controller_is_a_problem_of_the_profile() -> None:
    text = PROFILE.format(sensitivity="ordinary", customers="")
    with pytest.raises(InboxAgentError) as found:
        profiles.parse(text.replace("[contact]", '[controller.joint_domains]\n"Joku Oy" = ["joku.example"]\n[contact]'))
    assert "joint_unknown" in str([problem.code for problem in found.value.problems])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("forwarder", "by"),
    [
        ("anna@yritys.example", "Esimerkki Oy"),
        ("anna@myynti.yritys.example", "Esimerkki Oy"),
        ("x@vieras.example", None),
    ],
)
def test_what_one_of_us_passes_on_was_received_by_us(forwarder: str, by: str | None) -> None:
    """Whichever of our addresses it had come to; a joint controller that is named had it first."""
    ours = OURS.model_copy(update={"domains": ("yritys.example",)})
    came = Forwarded(forwarder, AINO, ASKS, "20.2.2026", ("Info <info@yritys.example>",))
    found = earlier_receipt(came, ours, BEFORE)
    assert (found.by if found else None) == by
    assert earlier_receipt(replace(came, through=("Toinen Oy",)), ours, BEFORE) == EarlierReceipt("Toinen Oy", FIRST.on)


# -- from the mail to the date --------------------------------------------------------------------

INLINE = (
    "Tämä kuuluu teille.\n\n---------- Välitetty viesti ----------\nLähettäjä: Aino Esimerkki <{aino}>\n"
    "Lähetetty: perjantai 20. helmikuuta 2026 11.00\nVastaanottaja: Esimerkki Palvelut Oy <palvelut@yritys.example>\n"
    "Aihe: Tietopyyntö\n\n{asks}\n"
)


def attached(world: World) -> bytes:
    inner = EmailMessage()
    inner["From"], inner["To"] = f"Aino Esimerkki <{AINO}>", "Esimerkki Palvelut Oy <palvelut@yritys.example>"
    inner["Date"], inner["Subject"] = "Fri, 20 Feb 2026 11:00:00 +0200", "Tietopyyntö"
    inner.set_content(ASKS)
    outer = BytesParser(policy=policy.SMTP).parsebytes(
        world.mail("Oheinen kuuluu teille.", "anna@yritys.example", name="Anna", subject="VL: Tietopyyntö")
    )
    assert isinstance(outer, EmailMessage)
    outer.add_attachment(inner)
    return outer.as_bytes()


def inline(world: World) -> bytes:
    text = INLINE.format(aino=AINO, asks=ASKS)
    return world.mail(text, "anna@yritys.example", name="Anna", subject="VL: Tietopyyntö")


@pytest.mark.parametrize("write", [attached, inline])
def test_a_forwarded_request_proposes_the_day_and_a_person_takes_it(write: object, tmp_path: Path) -> None:
    world = World(tmp_path)
    world.arrive(write(world))  # type: ignore[operator]
    case = world.only
    assert case.subject.address == AINO
    assert "joint_receipt" in case.flags
    assert case.received_on == date(2026, 3, 5)
    who = world.review.who_asks
    assert who.earlier_receipt(case.key) == FIRST
    who.received_earlier(case.key, FIRST.on, FIRST.by)
    assert world.only.received_on == FIRST.on
    assert world.only.requests[0].due.promise == date(2026, 3, 20)
    assert "joint_receipt" not in world.only.flags
    assert who.earlier_receipt(case.key) is None


def test_the_data_subject_s_own_mail_proposes_nothing_whatever_it_quotes(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.arrive(world.mail(INLINE.format(aino=AINO, asks=ASKS)))
    assert all("joint_receipt" not in case.flags for case in world.cases)


def test_a_request_that_waited_at_info_counts_from_there_once_a_person_says_so(tmp_path: Path) -> None:
    """Sent to our info@ on 20 February and passed on in March: the company received it in February (GDPR 12(3))."""
    world = World(tmp_path)
    world.arrive(inline(world).replace(b"Esimerkki Palvelut Oy <palvelut@yritys.example>", b"info@yritys.example"))
    assert "joint_receipt" in world.only.flags
    proposed = world.review.who_asks.earlier_receipt(world.only.key)
    assert proposed == EarlierReceipt(world.profile.controller.name, FIRST.on)
    assert world.only.received_on == date(2026, 3, 5)
    world.review.who_asks.received_earlier(world.only.key, proposed.on, proposed.by)
    assert (world.only.received_on, world.only.requests[0].due.promise) == (FIRST.on, date(2026, 3, 20))


@pytest.mark.parametrize("write", [attached, inline])
def test_a_forward_that_joins_its_case_is_flagged_for_a_person_and_moves_no_day(write: object, tmp_path: Path) -> None:
    """She asked us on the 5th; the joint controller that she had asked on 20 February passes that on."""
    world = World(tmp_path)
    world.arrive(world.mail(ASKS, subject="Tietopyyntö"))
    asked = world.only
    assert "joint_receipt" not in asked.flags
    world.later(days=1)
    world.arrive(write(world))  # type: ignore[operator]
    case = world.only
    assert "joint_receipt" in case.flags
    assert (case.received_on, case.requests[0].due) == (asked.received_on, asked.requests[0].due)
    world.review.who_asks.received_earlier(case.key, FIRST.on, FIRST.by)
    assert (world.only.received_on, world.only.requests[0].due.promise) == (FIRST.on, date(2026, 3, 20))
    assert "joint_receipt" not in world.only.flags


def test_a_forward_of_a_later_mail_is_no_earlier_receipt(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.arrive(inline(world))
    world.review.who_asks.received_earlier(world.only.key, FIRST.on, FIRST.by)
    world.later(days=1)
    world.arrive(attached(world))
    assert "joint_receipt" not in world.only.flags


ERASURE = "Pyysin teiltä jo tietojani, enkä ole saanut vastausta. Pyydän myös poistamaan kaikki henkilötietoni."


def test_a_right_that_a_joint_controller_passes_on_later_runs_from_their_day(tmp_path: Path) -> None:
    """She asked us for her data on 10 February, and them for erasure on the 20th, which they pass on in March."""
    world = World(tmp_path)
    world.now -= timedelta(days=23)
    world.arrive(world.mail(ASKS, subject="Tietopyyntö"))
    world.later(days=23)
    world.arrive(
        world.mail(
            INLINE.format(aino=AINO, asks=ERASURE), "anna@yritys.example", name="Anna", subject="VL: Poistopyyntö"
        )
    )
    who, case = world.review.who_asks, world.only
    assert [one.received_on for one in case.requests] == [date(2026, 2, 10), date(2026, 3, 5)]
    assert "joint_receipt" in case.flags
    assert who.earlier_receipt(case.key) == FIRST
    with pytest.raises(UsageProblem):
        who.received_earlier(case.key, date(2026, 2, 15), FIRST.by)  # nobody passed anything on that came that day
    who.received_earlier(case.key, FIRST.on, FIRST.by)
    access, erasure = world.only.requests
    assert (access.received_on, access.due.promise) == (date(2026, 2, 10), date(2026, 3, 10))
    assert (erasure.received_on, erasure.due.promise) == (FIRST.on, date(2026, 3, 20))
    assert "joint_receipt" not in world.only.flags
    assert who.earlier_receipt(case.key) is None


def test_two_rights_that_are_passed_on_with_their_own_days_are_each_proposed(tmp_path: Path) -> None:
    """Confirming the one that came first leaves the other before the person."""
    world = World(tmp_path)
    world.now -= timedelta(days=23)
    world.arrive(world.mail(ASKS, subject="Tietopyyntö"))
    world.later(days=23)
    mending = ERASURE.replace(
        "poistamaan kaikki henkilötietoni", "oikaisemaan osoitteeni asiakasrekisteriinne, siinä on virhe"
    )
    for asks, sent in ((ERASURE, "perjantai 20. helmikuuta"), (mending, "keskiviikko 25. helmikuuta")):
        text = INLINE.format(aino=AINO, asks=asks).replace("perjantai 20. helmikuuta", sent)
        world.arrive(world.mail(text, "anna@yritys.example", name="Anna", subject="VL: Pyyntö"))
    who, case = world.review.who_asks, world.only

    who.received_earlier(case.key, FIRST.on, FIRST.by)
    second = who.earlier_receipt(case.key)
    assert second is not None
    assert second.on == date(2026, 2, 25)
    assert "joint_receipt" in world.only.flags
    who.received_earlier(case.key, second.on, second.by)
    assert [one.received_on for one in world.only.requests] == [date(2026, 2, 10), FIRST.on, second.on]
    assert "joint_receipt" not in world.only.flags


def test_one_of_us_that_identified_the_person_spares_them_a_second_question(tmp_path: Path) -> None:
    """One verification, one answer (GDPR 26): told that it was seen, and by whom; never the evidence."""
    world = World(tmp_path)
    world.arrive(inline(world))
    case = world.only
    if case.status == "candidate":
        world.review.cases.confirm(case.key)
    found = world.review.who_asks.prove(
        case.key, ProofKind.JOINT_CONTROLLER, IdentityLevel.L2, "Esimerkki Palvelut Oy totesi henkilöllisyyden"
    )
    assert (found.reached, found.ways) == (True, ())
    world.work()
    assert Letter.IDENTITY_QUESTION not in {draft.letter for draft in world.drafts(DraftStatus.PROPOSED)}
