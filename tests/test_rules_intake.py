"""What becomes of a mail: the Decider and the threads, from real raw mails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from inbox_agent import profile as profiles
from inbox_agent.commands.opening import specimen
from inbox_agent.profile import Deadlines
from inbox_agent.rules.automation import NOTICE
from inbox_agent.rules.classify import Classification, Recogniser
from inbox_agent.rules.corpus import parse_corpus, raw_mail
from inbox_agent.rules.identity.assessment import assess
from inbox_agent.rules.intake import Join, OpenCase, Quarantine, SetAside, decide
from inbox_agent.rules.parse import parse
from inbox_agent.rules.threads import Joins, Stranger, find_thread
from inbox_agent.rules.understand import Understood, understand
from state.model import (
    CaseKey,
    CaseStatus,
    IdentityLevel,
    KnownThread,
    MessageKind,
    Party,
    Reason,
    RequestKind,
    Verdict,
)
from tests.bare_profile import BARE
from tests.conftest import build_mail

PROFILE = specimen()
RECOGNISER = Recogniser.load()
TRAINING = Path(__file__).parent / "corpus" / "training"
RECEIVED = datetime(2026, 3, 5, 12, tzinfo=UTC)
OURS = "<our-letter@yritys.example>"
MAIJA = "maija.mallikas@posti.example"

REQUEST = Classification(Verdict.REQUEST, ("access",), (), ())
UNSURE = Classification(Verdict.UNSURE, ("access",), (), ())
NOTHING = Classification(Verdict.NOT_REQUEST, (), (), ())
REMINDER = Classification(Verdict.REQUEST, ("follow_up",), (), ())

Mail = Callable[..., bytes]


def thread(status: CaseStatus = CaseStatus.OPEN, address: str = MAIJA, *, by_reference: bool = True) -> KnownThread:
    return KnownThread(CaseKey(7), "2026-0007", status, address, frozenset({RequestKind.ACCESS}), by_reference)


def understood(raw: bytes, classification: Classification) -> Understood:
    message = parse(raw, PROFILE.identity.trusted_authserv_ids, PROFILE.controller.domains)
    kinds = tuple(RequestKind(kind) for kind in classification.kinds if kind != "follow_up")
    subject = Party("", message.forwarded.subject_address) if message.forwarded else message.sender
    return Understood(message, classification, assess(message, kinds, PROFILE.identity), subject)


def test_a_request_opens_a_case_with_one_clock_a_right(mail: Mail) -> None:
    """Each right gets its own request, its dates computed from the day of receipt."""
    both = replace(REQUEST, kinds=("access", "erasure"))
    decision = decide(understood(mail(), both), RECEIVED, (), PROFILE)

    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.OPEN
    assert [(request.kind, request.due.promise) for request in decision.case.requests] == [
        (RequestKind.ACCESS, date(2026, 4, 5)),
        (RequestKind.ERASURE, date(2026, 4, 5)),
    ]


def test_an_unsure_mail_opens_a_candidate(mail: Mail) -> None:
    """Whatever is not clearly something else reaches a person, with a provisional clock."""
    decision = decide(understood(mail(), UNSURE), RECEIVED, (), PROFILE)

    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE


def test_a_request_of_no_known_right_still_gets_a_clock(mail: Mail) -> None:
    """A reminder whose case we do not know becomes a candidate that says so."""
    decision = decide(understood(mail(), REMINDER), RECEIVED, (), PROFILE)

    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE
    assert "kind_unknown" in decision.case.flags
    assert decision.case.requests


@pytest.mark.parametrize(
    ("headers", "classification", "reason"),
    [
        ({}, NOTHING, Reason.NOT_A_REQUEST),
        ({"auto_submitted": "auto-replied"}, REQUEST, Reason.AUTOMATIC),
        ({"list_unsubscribe": "<https://lista.example/u>", "precedence": "bulk"}, UNSURE, Reason.MASS_MAIL),
        ({"sender": "tietosuoja@yritys.example"}, REQUEST, Reason.OWN_MAIL),
    ],
)
def test_what_is_set_aside_has_its_reason(
    mail: Mail, headers: dict[str, str], classification: Classification, reason: Reason
) -> None:
    """No mail disappears: what opens no case is kept, with why."""
    assert decide(understood(mail(**headers), classification), RECEIVED, (), PROFILE) == SetAside(reason)


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        ("En pääse. Poistakaa samalla kaikki minua koskevat tietonne rekisteristänne.", True),
        ("Tervetuloa esittelyyn maanantaina kello kymmenen. Liity kokoukseen linkistä.", False),
    ],
)
def test_what_is_asked_in_an_invitation_comes_before_a_person(words: str, opens: bool) -> None:
    """Whoever declines may type a request into the answer; all other invitations are set aside."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = MAIJA, "tietosuoja@yritys.example", "Hylätty: Esittely"
    message.set_content(words)
    message.add_alternative("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", subtype="calendar", params={"method": "REPLY"})
    decision = decide(understand(message.as_bytes(), RECOGNISER, PROFILE), RECEIVED, (), PROFILE)

    if opens:
        assert isinstance(decision, OpenCase)
        assert decision.case.status is CaseStatus.CANDIDATE
    else:
        assert decision == SetAside(Reason.AUTOMATIC)


def test_bytes_that_are_no_mail_are_quarantined() -> None:
    """What cannot be read is shown to a person."""
    assert decide(understood(b"\x00\x01\x02", NOTHING), RECEIVED, (), PROFILE) == Quarantine(Reason.UNREADABLE)


def test_references_and_sender_must_both_fit(mail: Mail) -> None:
    """The data subject's answer joins; the same references from a stranger are a candidate, flagged."""
    answer = mail("Re: Asia 2026-0007", in_reply_to=OURS)
    hijack = mail("Re: Asia 2026-0007", sender="joku@muualla.example", in_reply_to=OURS)

    assert decide(understood(answer, NOTHING), RECEIVED, (thread(),), PROFILE) == Join(CaseKey(7), ())
    stranger = decide(understood(hijack, NOTHING), RECEIVED, (thread(),), PROFILE)
    assert isinstance(stranger, OpenCase)
    assert stranger.case.status is CaseStatus.CANDIDATE
    assert "other_sender_in_thread" in stranger.case.flags


@pytest.mark.parametrize(
    "trick",
    [
        {"reply_to": "maija.mallikas@toinen.example"},
        {"authentication_results": "mx.yritys.example; dmarc=fail header.from=posti.example"},
    ],
)
def test_a_sender_that_is_not_believed_joins_nothing(mail: Mail, trick: dict[str, str]) -> None:
    """The right address, forged or with the answer sent elsewhere, becomes a candidate beside the case."""
    received = (
        b"Received: from a.example (a.example [192.0.2.1]) by mx.yritys.example; Thu, 5 Mar 2026 12:00:00 +0200\r\n"
    )
    results = trick.pop("authentication_results", "")
    above = f"Authentication-Results: {results}\r\n".encode() if results else b""
    raw = above + received + mail("Re: Asia 2026-0007", in_reply_to=OURS, **trick)
    decision = decide(understood(raw, REQUEST), RECEIVED, (thread(),), PROFILE)

    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE
    assert "other_sender_in_thread" in decision.case.flags


def test_a_new_right_in_an_old_thread_starts_its_own_clock(mail: Mail) -> None:
    """What the case already holds keeps its clock; what is added gets one from its own receipt."""
    more = replace(REQUEST, kinds=("access", "rectification"))
    decision = decide(understood(mail(), more), RECEIVED, (thread(),), PROFILE)

    assert isinstance(decision, Join)
    assert [request.kind for request in decision.requests] == [RequestKind.RECTIFICATION]
    assert decision.requests[0].due.promise == date(2026, 4, 5)


def test_thanks_under_a_finished_case_do_not_open_it(mail: Mail) -> None:
    """A closed case is opened again by something to answer, not by politeness."""
    closed = (thread(CaseStatus.CLOSED),)

    assert decide(understood(mail(), NOTHING), RECEIVED, closed, PROFILE) == SetAside(Reason.NOT_A_REQUEST)
    for something in (REMINDER, UNSURE, REQUEST):
        again = decide(understood(mail(), something), RECEIVED, closed, PROFILE)
        assert isinstance(again, Join)
        assert [request.received_on for request in again.requests] == [date(2026, 3, 5)]  # a clock, or nobody watches


def test_the_same_request_again_joins_its_open_case(mail: Mail) -> None:
    """Without references a repetition joins by sender and right, and starts no new clock; another right does not."""
    same = thread(by_reference=False)
    other = replace(REQUEST, kinds=("erasure",))

    assert decide(understood(mail(), REQUEST), RECEIVED, (same,), PROFILE) == Join(CaseKey(7), ())
    assert isinstance(decide(understood(mail(), other), RECEIVED, (same,), PROFILE), OpenCase)


def test_the_case_number_in_the_subject_points_too(mail: Mail) -> None:
    """A client that drops references is followed by the number, if the sender fits."""
    message = parse(mail("Asia 2026-0007"))
    known = thread(by_reference=False)

    assert find_thread(message, MAIJA, NOTHING, [known]) == Joins(CaseKey(7), known)
    assert find_thread(message, "joku@muualla.example", NOTHING, [known]) == Stranger(known)


def test_nothing_joins_a_purged_case(mail: Mail) -> None:
    """What is erased stays erased: the mail is taken as new."""
    purged = thread(CaseStatus.PURGED)

    assert isinstance(decide(understood(mail(), REQUEST), RECEIVED, (purged,), PROFILE), OpenCase)


LISTED = {"list_id": "<tietosuoja.yritys.example>", "list_post": "<mailto:tietosuoja@yritys.example>"}


def test_a_group_that_serves_as_the_mailbox_hides_no_request(mail: Mail) -> None:
    """A group makes list mail of everything: what may be a request reaches a person, an answer joins its case."""
    assert isinstance(decide(understood(mail(**LISTED), UNSURE), RECEIVED, (), PROFILE), OpenCase)
    assert decide(understood(mail(**LISTED), NOTHING), RECEIVED, (), PROFILE) == SetAside(Reason.MASS_MAIL)
    assert decide(understood(mail(**LISTED), NOTHING), RECEIVED, (thread(),), PROFILE) == Join(CaseKey(7), ())


def test_an_answer_that_did_not_arrive_opens_its_case_again(mail: Mail) -> None:
    """The letter that closes a case may bounce: its rights are unanswered still. A dismissed case stays so."""
    bounce = understood(
        mail("Undelivered Mail Returned to Sender", f"Message-ID: {OURS}\n", sender="MAILER-DAEMON@mx.example"), NOTHING
    )

    assert decide(bounce, RECEIVED, (thread(),), PROFILE) == Join(CaseKey(7), ())
    assert decide(bounce, RECEIVED, (thread(CaseStatus.CLOSED),), PROFILE) == Join(CaseKey(7), (), undelivered=True)
    assert decide(bounce, RECEIVED, (thread(CaseStatus.DISMISSED),), PROFILE) == SetAside(Reason.AUTOMATIC)


@pytest.mark.parametrize("address", ["tietosuoja@om.fi", "kirjaamo@tietosuoja.fi"])
def test_a_letter_of_the_authority_is_never_set_aside(mail: Mail, address: str) -> None:
    """It is no request, yet a person must see it: a candidate with its flag, whatever the words say."""
    raw = mail("Selvityspyyntö", "Pyydämme selvitystä viimeistään 25.3.2026.", sender=address)
    decision = decide(understood(raw, NOTHING), RECEIVED, (), PROFILE)

    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE
    assert "from_authority" in decision.case.flags
    assert {request.due.promise for request in decision.case.requests} == {date(2026, 3, 25)}


def test_a_new_case_is_due_when_the_controllers_notice_promises(mail: Mail) -> None:
    """The notice promises an answer in fourteen days, the law gives a month."""
    sooner = PROFILE.model_copy(update={"deadlines": Deadlines(answer_days=14)})
    decision = decide(understood(mail(), REQUEST), RECEIVED, (), sooner)

    assert isinstance(decision, OpenCase)
    [request] = decision.case.requests
    assert request.due.promise == decision.case.received_on + timedelta(days=14)


ASKS = (
    "Nimi: Maija Mallikas\nSähköposti: maija.mallikas@posti.example\n\nPoistakaa kaikki henkilötietoni rekisteristänne."
)


@pytest.mark.parametrize(
    "headers",
    [
        {"sender": "Yritys Oy <tietosuoja@yritys.example>"},
        {
            "sender": "Yritys Oy <tietosuoja@yritys.example>",
            "reply_to": "Maija Mallikas <maija.mallikas@posti.example>",
        },
        {"sender": "asiakaspalvelu@yritys.example", "reply_to": "Maija Mallikas <maija.mallikas@posti.example>"},
        {"sender": "Verkkosivut <no-reply@www.yritys.example>"},
        {
            "sender": "Verkkosivut <no-reply@yritys.example>",
            "reply_to": "Maija Mallikas <maija.mallikas@posti.example>",
            "auto_submitted": "auto-generated",
        },
        {"sender": "yhteydenottolomake@yritys.example"},
    ],
)
def test_what_our_own_web_form_sends_is_a_candidate_that_nothing_is_written_to(
    mail: Mail, headers: dict[str, str]
) -> None:
    """However plainly it asks: who filled it in is what somebody typed, and our own address is nobody's who asks."""
    found = understand(mail("Yhteydenotto", ASKS, **headers), RECOGNISER, PROFILE)
    decision = decide(found, RECEIVED, (), PROFILE)

    assert found.classification.verdict is Verdict.REQUEST
    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE
    assert "web_form" in decision.case.flags
    assert decision.case.subject == Party("Maija Mallikas" if "reply_to" in headers else "", "")
    assert decision.case.identity_level is IdentityLevel.L0


@pytest.mark.parametrize(
    ("headers", "becomes"),
    [
        ({"to": "maija.mallikas@posti.example", "cc": "tietosuoja@yritys.example"}, SetAside(Reason.OWN_MAIL)),
        ({"in_reply_to": OURS}, SetAside(Reason.OWN_MAIL)),
        ({"auto_submitted": "auto-generated", NOTICE: "yes"}, SetAside(Reason.AUTOMATIC)),
    ],
)
def test_our_own_letters_and_notices_that_come_back_open_no_case(
    mail: Mail, headers: dict[str, str], becomes: SetAside
) -> None:
    """A copy of what we wrote to somebody, an answer of ours and a notice of the agent are no form's."""
    raw = mail("Tietosuoja", ASKS, sender="tietosuoja@yritys.example", **headers)

    assert decide(understand(raw, RECOGNISER, PROFILE), RECEIVED, (), PROFILE) == becomes


FORM = {"sender": "Palvelu <no-reply@lomakkeet.example>"}
PROGRAMS = (
    {"auto_submitted": "auto-generated"},
    {"x_autoreply": "yes"},
    {"precedence": "bulk", "x_sg_eid": "1", "feedback_id": "2"},
)


@pytest.mark.parametrize("headers", PROGRAMS)
@pytest.mark.parametrize("classification", [REQUEST, UNSURE, None])
def test_a_request_that_a_program_sends_is_a_candidate_that_says_so(
    mail: Mail, headers: dict[str, str], classification: Classification | None
) -> None:
    """Forms and ticket systems call their mails automatic, and pass on what somebody asked: a person looks."""
    raw = mail("Yhteydenotto", ASKS, **FORM, **headers)
    found = understood(raw, classification) if classification else understand(raw, RECOGNISER, PROFILE)
    decision = decide(found, RECEIVED, (), PROFILE)

    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE
    assert "by_program" in decision.case.flags


@pytest.mark.parametrize("headers", PROGRAMS)
def test_what_a_program_sends_and_asks_for_nothing_is_set_aside(mail: Mail, headers: dict[str, str]) -> None:
    """Confirmations, bills and alerts disturb nobody, whatever lies in them."""
    raw = mail("Tilausvahvistus 44512", "Kiitos tilauksestasi! Toimitamme tuotteet viikossa.\n", **FORM, **headers)

    assert decide(understand(raw, RECOGNISER, PROFILE), RECEIVED, (), PROFILE) == SetAside(Reason.AUTOMATIC)


@pytest.mark.parametrize("status", [CaseStatus.OPEN, CaseStatus.CLOSED])
@pytest.mark.parametrize("by_reference", [True, False])
def test_a_program_joins_no_case_by_itself(mail: Mail, status: CaseStatus, *, by_reference: bool) -> None:
    """One portal writes for many from one address, and what confirms our letter must not open its case again."""
    raw = mail("Re: Asia 2026-0007", in_reply_to=OURS, auto_submitted="auto-generated")
    decision = decide(understood(raw, REQUEST), RECEIVED, (thread(status, by_reference=by_reference),), PROFILE)

    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE


@pytest.mark.parametrize(
    ("subject", "headers"),
    [
        ("Automaattinen vastaus: Asia 2026-0007", {"auto_submitted": "auto-generated"}),
        ("Re: Asia 2026-0007", {"auto_submitted": "auto-replied"}),
        ("Re: Asia 2026-0007", {"x_autoreply": "yes", "in_reply_to": OURS}),
    ],
)
def test_absence_notices_stay_aside_whatever_they_say(mail: Mail, subject: str, headers: dict[str, str]) -> None:
    """Who is away exercises no right by it, though the notice has such words in it."""
    raw = mail(subject, "Olen lomalla 1.8. asti. Poistakaa kaikki henkilötietoni rekisteristänne.\n", **headers)

    assert decide(understand(raw, RECOGNISER, PROFILE), RECEIVED, (thread(),), PROFILE) == SetAside(Reason.AUTOMATIC)


def test_the_mail_of_programs_does_not_flood_the_person() -> None:
    """Of the labelled mails that programs sent and that ask for nothing, not one in twenty opens a candidate."""
    sent = [
        (mail, found)
        for path in sorted(TRAINING.glob("*.txt"))
        for mail in parse_corpus(path.read_text(encoding="utf-8"))
        if any(name.casefold() == "auto-submitted" for name, _ in mail.headers)
        if (found := understand(raw_mail(mail), RECOGNISER, PROFILE)).message.kind is MessageKind.AUTOMATIC
    ]
    opened = [mail for mail, found in sent if isinstance(decide(found, RECEIVED, (), PROFILE), OpenCase)]

    assert len(sent) > 50
    assert {mail.id for mail, _ in sent if mail.verdict == "request"} <= {mail.id for mail in opened}
    assert sum(mail.verdict == "not_request" for mail in opened) * 20 < len(sent)


def test_a_letter_of_the_authority_is_seen_though_a_program_sent_it(mail: Mail) -> None:
    """Authorities send their letters out of their case management, which calls them automatic."""
    raw = mail(
        "Selvityspyyntö dnro 123/2026",
        "Pyydämme selvityksen 30.3.2026 mennessä.\n",
        sender="Tietosuojavaltuutetun toimisto <kirjaamo@tietosuoja.fi>",
        auto_submitted="auto-generated",
    )
    decision = decide(understand(raw, RECOGNISER, PROFILE), RECEIVED, (), PROFILE)

    assert isinstance(decision, OpenCase)
    assert "from_authority" in decision.case.flags


XEROX = """Please open the attached document. It was sent to you using a Xerox multifunction printer.

Attachment File Type: pdf, Multi-Page

Multifunction Printer Location:
Device Name: XRX9C934E5C
"""
RICOH = """This E-mail was sent from "RNP002673B2A1C5" (MP C3004).

Scan Date: 11.20.2026 12:00:12 (+0200)
Queries to: tulostin@yritys.example
"""


def scan(subject: str, body: str, sender: str, name: str = "SKM_C25826112014110.pdf", **headers: str) -> bytes:
    """What a multifunction printer sends: a page, its own words or none, and headers of a program."""
    message = message_from_bytes(build_mail(subject, body, sender, **headers), policy=SMTP)
    message.add_attachment(b"%PDF-1.4 ...", maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()


@pytest.mark.parametrize(
    ("subject", "body", "sender"),
    [
        ("Scanned from a Xerox Multifunction Printer", XEROX, "skanneri@yritys.example"),
        ("Message from RNP002673B2A1C5", RICOH, "tulostin@yritys.example"),
        ("Attached Image", "", "noreply@yritys.example"),
        ("Message from KM_C258", "", "mfp@yritys.example"),
        ("Skannaus", "", "Tietosuoja <tietosuoja@yritys.example>"),
        ("Skannattu asiakirja", "", "Kalle Kollega <kalle.kollega@yritys.example>"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"auto_submitted": "auto-generated"}], ids=["plain", "automatic"])
def test_a_paper_that_our_own_device_scanned_is_a_candidate_that_nothing_is_written_to(
    subject: str, body: str, sender: str, headers: dict[str, str]
) -> None:
    """It may be somebody's request by letter: a person looks, and who asks stands on the paper, not in the header."""
    decision = decide(understand(scan(subject, body, sender, **headers), RECOGNISER, PROFILE), RECEIVED, (), PROFILE)

    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE
    assert {"scanned", "attachment_only"} <= set(decision.case.flags)
    assert decision.case.subject == Party("", "")
    assert decision.case.identity_level is IdentityLevel.L0


@pytest.mark.parametrize(
    ("subject", "body", "sender", "name"),
    [
        ("Varmuuskopioraportti", "Raportti liitteenä.", "noreply@yritys.example", "raportti.pdf"),
        ("Lasku 4711", "", "talous@yritys.example", "lasku_4711.pdf"),
        ("Scanned from a Xerox Multifunction Printer", XEROX, "skanneri@muu.example", "scan.pdf"),
    ],
)
def test_what_our_other_programs_send_and_what_strange_devices_scan_is_no_paper_of_ours(
    subject: str, body: str, sender: str, name: str
) -> None:
    raw = scan(subject, body, sender, name, auto_submitted="auto-generated")
    assert "scanned" not in understand(raw, RECOGNISER, PROFILE).message.flags


def test_a_colleague_who_asks_with_an_attachment_is_a_person() -> None:
    raw = scan("Omat tietoni", "Liitteenä pyyntöni.", "Kalle Kollega <kalle.kollega@yritys.example>", "pyynto.pdf")
    decision = decide(understand(raw, RECOGNISER, PROFILE), RECEIVED, (), PROFILE)

    assert isinstance(decision, OpenCase)
    assert decision.case.subject.address == "kalle.kollega@yritys.example"


def test_a_colleague_who_asks_is_a_person(mail: Mail) -> None:
    """Our own people have the same rights, and an address of their own that can be answered."""
    raw = mail("Omat tietoni", ASKS, sender="Kalle Kollega <kalle.kollega@yritys.example>")
    decision = decide(understand(raw, RECOGNISER, PROFILE), RECEIVED, (), PROFILE)

    assert isinstance(decision, OpenCase)
    assert decision.case.subject.address == "kalle.kollega@yritys.example"
    assert "web_form" not in decision.case.flags


def in_two_versions(plain: str, page: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["Subject"] = MAIJA, "Hei"
    message.set_content(plain)
    message.add_alternative(page, subtype="html")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("plain", "page"),
    [
        ("Poistakaa kaikki tietoni rekisteristänne.", "<p>Mihin aikaan myymälänne on auki?</p>"),
        ("", "<p hidden>Poistakaa kaikki tietoni rekisteristänne.</p>"),
        ("", "<div style='opacity:0'>Poistakaa kaikki tietoni rekisteristänne.</div><p>Terveisin Matti</p>"),
        (
            "Mihin aikaan myymälänne on auki?",
            "<p hidden>Poistakaa kaikki tietoni rekisteristänne.</p><p>Mihin aikaan myymälänne on auki?</p>",
        ),
    ],
)
def test_what_is_asked_where_no_client_shows_it_comes_before_a_person(plain: str, page: str) -> None:
    """Of two versions that contradict one another the one that is shown decides, and the other is not set aside; nor
    is a mail that shows nothing at all, or hides a request beside what it shows.
    """
    decision = decide(understand(in_two_versions(plain, page), RECOGNISER, PROFILE), RECEIVED, (), PROFILE)

    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE
    assert [request.kind for request in decision.case.requests] == [RequestKind.ERASURE]


@pytest.mark.parametrize(
    ("sender", "flagged"),
    [
        ("{name} <johto@toinen.example>", True),
        ("{turned} <johto@toinen.example>", True),
        ("{name} <{address}>", False),
        ("Maija Mallikas <maija@toinen.example>", False),
    ],
)
def test_our_contact_persons_name_at_a_foreign_address_is_flagged(sender: str, flagged: bool) -> None:
    """Who writes under it from elsewhere may want to pass for ours; who has another name does not."""
    contact = PROFILE.contact
    first, *rest = contact.name.split()
    shown = sender.format(name=contact.name, turned=" ".join((*rest, first)), address=contact.email)
    found = understand(build_mail(sender=shown), RECOGNISER, PROFILE)
    assert ("our_name" in found.message.flags) is flagged


def test_a_teaser_that_asks_for_nothing_decides_nothing() -> None:
    """Words that the reader never sees, and that ask for no right, are flagged, and that is all."""
    page = "<p hidden>Marraskuun tarjoukset ja uudet aukioloajat.</p><p>Mihin aikaan myymälänne on auki?</p>"
    found = understand(in_two_versions("Mihin aikaan myymälänne on auki?", page), RECOGNISER, PROFILE)

    assert found.message.flags == ("hidden_text",)
    assert decide(found, RECEIVED, (), PROFILE) == SetAside(Reason.NOT_A_REQUEST)


def test_a_mail_from_nobody_is_not_our_own() -> None:
    """Where the profile names nobody who signs in, an empty address is still nobody's."""
    decision = decide(understood(b"\r\nPoistakaa kaikki tietoni.", REQUEST), RECEIVED, (), profiles.parse(BARE))

    assert isinstance(decision, OpenCase)
