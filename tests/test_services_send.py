"""Letters leave only as they were approved, one broken letter stops no other, and nobody's word is overwritten."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from itertools import count
from types import MappingProxyType

import pytest

from inbox_agent.commands.opening import specimen
from inbox_agent.errors import LoginRefused, SendingDeferred
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines
from inbox_agent.rules.alarms import AGENT as AGENT_LIVES
from inbox_agent.rules.alarms import OUTGOING, Trouble, alarms
from inbox_agent.services import settle
from inbox_agent.services import way_out as ways
from inbox_agent.services.review import Review
from inbox_agent.services.send import Sending
from state.errors import IllegalTransition, StoreBusy, StoreFull
from state.model import (
    AGENT,
    Act,
    CaseStatus,
    Contact,
    Draft,
    DraftKey,
    DraftStatus,
    Envelope,
    Event,
    Heartbeat,
    IdentityLevel,
    Letter,
    Match,
    NewCase,
    NewDraft,
    NewRequest,
    Party,
    RequestKind,
)
from state.store.store import Store
from tests.state_examples import MONDAY, mail

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
PERSON = "person:Helmi"
L1 = IdentityLevel.L1


class Wire:
    """A server that takes everything, and does what a test wants while it has a letter in its hands."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.meanwhile: Callable[[], None] = lambda: None

    async def send(self, message: EmailMessage, _sender: str, recipient: str) -> str:
        message.as_bytes()
        self.meanwhile()
        self.taken.append((recipient, message.get_content().strip()))
        return "250 taken"


class Office:
    def __init__(self) -> None:
        self.store, self.wire, self._uids = Store.open(":memory:"), Wire(), count(1)
        ids = count(1)
        self.sending = Sending(
            self.store, self.wire, None, specimen(), lambda: NOW, lambda: f"<{next(ids)}@yritys.example>"
        )

    def approved(
        self,
        address: str = "aino@posti.example",
        body: str = "Hei",
        letter: Letter = Letter.ACKNOWLEDGEMENT,
        facts: Mapping[str, str] = MappingProxyType({}),
    ) -> DraftKey:
        """A letter of a case of its own, approved and due."""
        request = NewRequest(RequestKind.ACCESS, MONDAY, deadlines.compute(MONDAY).due)
        party = Party("Aino", address)
        case = self.store.intake.open_case(
            mail(next(self._uids)),
            NewCase(CaseStatus.OPEN, party, "fi", NOW, MONDAY, L1, L1, (), (request,)),
            Event(NOW, AGENT, Act.CASE_OPENED),
        )
        about = tuple(request.key for request in self.store.cases.get(case).requests)
        new = NewDraft(case, letter, "fi", "fi/x", Envelope(party, None, ()), "Asia", body, about, facts)
        key = self.store.drafts.propose(new, Event(NOW, AGENT, Act.DRAFT_PROPOSED))
        self.approve(key)
        return key

    def approve(self, key: DraftKey, not_before: datetime = NOW, at: datetime = NOW) -> None:
        digest = self.store.drafts.get(key).text_hash
        self.store.drafts.approve(key, digest, not_before, Event(at, PERSON, Act.DRAFT_APPROVED))

    def rewrite(self, key: DraftKey, body: str, not_before: datetime = NOW, at: datetime = NOW) -> None:
        """A person takes the approval back, writes something else and approves that."""
        self.store.drafts.withdraw_approval(key, Event(NOW, PERSON, Act.APPROVAL_WITHDRAWN))
        digest = self.store.drafts.get(key).text_hash
        self.store.drafts.edit(key, "Asia", body, digest, Event(NOW, PERSON, Act.DRAFT_EDITED))
        self.approve(key, not_before, at)

    def status(self, key: DraftKey) -> DraftStatus:
        return self.store.drafts.get(key).status


@pytest.fixture
def office() -> Office:
    return Office()


async def test_what_the_server_took_while_nothing_could_be_written_is_recorded_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk between the server's answer and its record: nobody has to find out whether the letter left."""

    def full(*_arguments: object) -> None:
        raise StoreFull

    letter, recording = office.approved(), settle.sent
    monkeypatch.setattr(settle, "sent", full)
    with pytest.raises(StoreFull):
        await office.sending.send_approved()
    assert office.status(letter) is DraftStatus.SENDING
    monkeypatch.setattr(settle, "sent", recording)
    await office.sending.settle_interrupted()

    delivery = office.store.drafts.delivery(letter)
    assert delivery is not None
    assert (office.status(letter), delivery.answer) == (DraftStatus.SENT, "250 taken")
    assert len(office.wire.taken) == 1


async def test_a_letter_leaves_as_it_is_approved_when_its_turn_comes(office: Office) -> None:
    """While the first letter was on the wire the second was rewritten and approved anew: its new text leaves."""
    office.approved(body="ensimmäinen")
    second = office.approved(body="vanha")
    office.wire.meanwhile = lambda: office.rewrite(second, "uusi") if not office.wire.taken else None

    assert await office.sending.send_approved() == 2
    assert [body for _, body in office.wire.taken] == ["ensimmäinen", "uusi"]


async def test_a_new_approval_has_its_own_time_to_undo(office: Office) -> None:
    """Approved anew while others were sent, a letter waits as long as any."""
    office.approved()
    second = office.approved()
    later = NOW + timedelta(seconds=10)
    office.wire.meanwhile = lambda: office.rewrite(second, "uusi", later) if not office.wire.taken else None

    assert await office.sending.send_approved() == 1
    assert office.status(second) is DraftStatus.APPROVED


@pytest.mark.parametrize("address", ["nimi", "a@b@c", "a b@c.example", "a@b.example>"])
async def test_an_address_that_fits_into_no_mail_refuses_its_letter_only(office: Office, address: str) -> None:
    """Whatever a stranger's From header held, the other letters leave, and this one is shown as refused or sent."""
    odd = office.approved(address)
    good = office.approved()
    await office.sending.send_approved()

    assert office.status(odd) in {DraftStatus.REFUSED, DraftStatus.SENT}
    assert office.status(good) is DraftStatus.SENT


async def test_text_that_no_mail_can_hold_refuses_its_letter_only(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same for a letter that cannot be written at all."""
    odd, good = office.approved(body="rikki"), office.approved()
    compose = Sending.compose

    def broken(self: Sending, draft: object, *rest: object) -> EmailMessage:
        if getattr(draft, "body", "") == "rikki":
            raise UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed")
        return compose(self, draft, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Sending, "compose", broken)
    await office.sending.send_approved()

    assert (office.status(odd), office.status(good)) == (DraftStatus.REFUSED, DraftStatus.SENT)


async def test_dots_that_other_mail_programs_allow_are_answered(office: Office) -> None:
    """An address that is written against the grammar, and works all the same, gets its letter."""
    key = office.approved("aino..a.@posti.example")
    await office.sending.send_approved()

    assert office.status(key) is DraftStatus.SENT
    assert office.wire.taken[0][0] == "aino..a.@posti.example"


async def test_a_bug_after_the_claim_leaves_the_letter_to_a_person(office: Office) -> None:
    """Nobody knows how far it came: uncertain, and the next letter leaves."""

    def breaks() -> None:
        office.wire.meanwhile = lambda: None
        raise RuntimeError("ours")

    office.wire.meanwhile = breaks
    first, second = office.approved(), office.approved()
    await office.sending.send_approved()

    assert (office.status(first), office.status(second)) == (DraftStatus.UNCERTAIN, DraftStatus.SENT)


@pytest.mark.parametrize("ending", ["taken", "deferred"])
async def test_what_was_settled_meanwhile_stays_settled(office: Office, ending: str) -> None:
    """A second agent took the sending for interrupted and a person settled it: their word stands, nothing breaks."""
    first, second = office.approved(), office.approved()

    def settled() -> None:
        if office.wire.taken or office.status(first) is not DraftStatus.SENDING:
            return
        office.store.drafts.uncertain(first, "interrupted", Event(NOW, AGENT, Act.SENDING_UNCERTAIN))
        office.store.drafts.refused(first, "settled by a person", Event(NOW, PERSON, Act.DRAFT_REFUSED))
        if ending == "deferred":
            raise SendingDeferred("451 later")

    office.wire.meanwhile = settled
    await office.sending.send_approved()

    assert (office.status(first), office.status(second)) == (DraftStatus.REFUSED, DraftStatus.SENT)


async def test_a_deferred_letter_that_is_taken_back_alarms_nobody(office: Office) -> None:
    """While it waits, the way out is in trouble; taken back, nothing waits, whatever that one server said."""

    def deferred() -> None:
        raise SendingDeferred("452 4.2.2 full")

    office.wire.meanwhile = deferred
    key = office.approved()
    later = NOW + timedelta(hours=1)
    patient = replace(office.sending, now=lambda: later)

    def troubles() -> list[Trouble]:
        beats = {**office.store.pulse.all(), AGENT_LIVES: Heartbeat(AGENT_LIVES, later, "alive", {})}
        return [alarm.trouble for alarm in alarms(beats, specimen(), later)]

    await office.sending.send_approved()
    await patient.send_approved()
    assert Trouble.CANNOT_SEND in troubles()
    office.store.drafts.withdraw_approval(key, Event(NOW, PERSON, Act.APPROVAL_WITHDRAWN))
    await patient.send_approved()
    assert Trouble.CANNOT_SEND not in troubles()


async def test_two_agents_send_one_letter_once(office: Office) -> None:
    """The second finds it claimed and leaves it alone."""
    office.approved()
    other: list[Awaitable[int]] = []
    office.wire.meanwhile = lambda: other.append(office.sending.send_approved())

    assert await office.sending.send_approved() == 1
    assert [await waiting for waiting in other] == [0]
    assert len(office.wire.taken) == 1


async def test_an_answer_that_could_not_be_stored_is_looked_up_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server took it, the store was busy: claimed still, never sent again, uncertain once it is looked up."""
    key = office.approved()
    with monkeypatch.context() as patch:
        patch.setattr("inbox_agent.services.settle.sent", _busy)
        with pytest.raises(StoreBusy):
            await office.sending.send_approved()
    assert await office.sending.send_approved() == 0
    await replace(office.sending).settle_interrupted()

    assert office.status(key) is DraftStatus.UNCERTAIN
    assert len(office.wire.taken) == 1


async def test_our_copy_is_kept_though_the_store_is_busy_with_the_sign_of_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The letter is recorded as sent: nobody would ever save its copy afterwards."""

    class SentFolder:
        saved = 0

        async def contains(self, message_id: str) -> bool:
            return False

        async def save(self, raw: bytes) -> None:
            self.saved += 1

    folder = SentFolder()
    key = office.approved()
    monkeypatch.setattr(type(office.store.pulse), "beat", _busy)
    with pytest.raises(StoreBusy):
        await replace(office.sending, sent_folder=folder).send_approved()

    assert office.status(key) is DraftStatus.SENT
    assert folder.saved == 1


def _busy(*_: object) -> None:
    raise StoreBusy("locked")


async def test_a_letter_whose_consequences_fail_keeps_back_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug of ours in what follows from a letter that left: a person is shown it, now and after a restart; the others
    leave.
    """
    first, second = office.approved(), office.approved()
    follow = settle._follow

    def fails(store: Store, profile: ControllerProfile, draft: Draft, event: Event) -> None:
        if draft.key == first:
            raise KeyError("reason")
        follow(store, profile, draft, event)

    monkeypatch.setattr(settle, "_follow", fails)
    office.sending = replace(office.sending, sent_folder=Sent())
    await office.sending.send_approved()
    assert (office.status(first), office.status(second)) == (DraftStatus.UNCERTAIN, DraftStatus.SENT)

    third = office.approved()
    await office.sending.settle_interrupted()
    await office.sending.send_approved()
    assert (office.status(first), office.status(third)) == (DraftStatus.UNCERTAIN, DraftStatus.SENT)


class Sent:
    """A folder that holds everything."""

    async def contains(self, _message_id: str) -> bool:
        return True

    async def save(self, _raw: bytes) -> None: ...


async def test_the_notice_of_an_extension_that_was_held_up_until_it_is_too_late_does_not_leave(office: Office) -> None:
    """The mail server took nothing over midnight of the last day: the letter would promise what the law no longer
    gives, so it is a proposal again.
    """
    last = deadlines.compute(MONDAY).due.promise
    evening = datetime.combine(last, time(20), deadlines.HELSINKI)
    early, late = (office.approved(letter=Letter.EXTENSION, facts={"reason": "complexity"}) for _ in range(2))
    office.store.drafts.withdraw_approval(late, Event(NOW, PERSON, Act.APPROVAL_WITHDRAWN))
    in_time = replace(office.sending, now=lambda: evening)
    assert await in_time.send_approved() == 1
    office.approve(late)
    after = replace(office.sending, now=lambda: evening + timedelta(hours=5))

    assert await after.send_approved() == 0
    assert (office.status(early), office.status(late)) == (DraftStatus.SENT, DraftStatus.PROPOSED)


async def test_an_answer_does_not_leave_for_an_address_that_is_no_longer_on_file(office: Office) -> None:
    """Approved on Friday for Monday; meanwhile somebody found another address on file. One that fits leaves."""
    gone, same = (office.approved(letter=Letter.FOLLOW_UP) for _ in range(2))
    for key, address in ((gone, "vanha@posti.example"), (same, "Aino@Posti.example")):
        contact = Contact(Match.CHOSEN, "Aino", address)
        case = office.store.drafts.get(key).case
        office.store.identification.record_contact(case, contact, Event(NOW, PERSON, Act.CONTACT_RECORDED))
    await office.sending.send_approved()

    assert (office.status(gone), office.status(same)) == (DraftStatus.PROPOSED, DraftStatus.SENT)


def test_of_a_letter_that_is_on_the_wire_nobody_says_that_it_did_not_leave(office: Office) -> None:
    """Written anew it would leave twice."""
    key = office.approved()
    office.store.drafts.claim(key, "<1@yritys.example>", Event(NOW, AGENT, Act.SENDING_CLAIMED))
    desk = Review(office.store, specimen(), lambda: NOW, "Helmi")
    for was_sent in (True, False):
        with pytest.raises(IllegalTransition):
            desk.letters.settle(key, was_sent=was_sent)
    office.store.drafts.uncertain(key, "interrupted", Event(NOW, AGENT, Act.SENDING_UNCERTAIN))
    desk.letters.settle(key, was_sent=False)

    assert office.status(key) is DraftStatus.REFUSED


# -- a log-in that was refused ----------------------------------------------------------------------


class Door:
    """A wire that lets nobody in before what logs in was put right."""

    def __init__(self, office: Office) -> None:
        self.office, self.right, self.noticed, self.asked = office, False, False, 0
        office.sending = replace(office.sending, sender=self)

    async def put_right(self) -> bool:
        return await ways.Door(self.office.store, lambda: NOW, self.renewed).put_right()

    async def send(self, message: EmailMessage, sender: str, recipient: str) -> str:
        self.asked += 1
        if not self.right:
            raise LoginRefused("mail.example", "t", "535 no")
        return await self.office.wire.send(message, sender, recipient)

    async def renewed(self, _since: datetime) -> bool:
        return self.noticed


async def test_a_password_that_was_put_right_is_tried_at_once(office: Office) -> None:
    """Until then a wrong one is shown once: accounts get locked."""
    key, door = office.approved(), Door(office)
    for _ in range(3):
        await office.sending.send_approved()
    assert (door.asked, office.status(key)) == (1, DraftStatus.APPROVED)

    door.right = door.noticed = True
    assert await office.sending.send_approved(anew=await door.put_right()) == 1
    assert office.status(key) is DraftStatus.SENT


async def test_what_waits_for_a_log_in_is_tried_at_once_by_an_agent_that_was_started_anew(office: Office) -> None:
    """Whoever has changed the user or the server in the profile starts it again."""
    key, door = office.approved(), Door(office)
    await office.sending.send_approved()
    door.right = True
    assert await office.sending.send_approved() == 0
    assert await office.sending.send_approved(anew=True) == 1
    assert office.status(key) is DraftStatus.SENT


async def test_a_letter_that_was_approved_anew_has_its_time_to_undo_whatever_was_put_right(office: Office) -> None:
    key, door = office.approved(), Door(office)
    await office.sending.send_approved()
    afterwards = NOW + timedelta(seconds=1)
    office.rewrite(key, "uusi", afterwards + timedelta(seconds=10), afterwards)
    door.right = door.noticed = True
    later = replace(office.sending, now=lambda: afterwards)
    assert await later.send_approved(anew=True) == 0
    assert office.status(key) is DraftStatus.APPROVED


async def test_no_trouble_is_told_any_more_where_nothing_waits_for_the_log_in_that_was_put_right(
    office: Office,
) -> None:
    key, door = office.approved(), Door(office)
    await office.sending.send_approved()
    office.store.drafts.withdraw_approval(key, Event(NOW, PERSON, Act.APPROVAL_WITHDRAWN))
    await office.sending.send_approved()
    assert outgoing(office) == "login_refused"
    door.noticed = True
    await door.put_right()
    assert outgoing(office) == "nothing_waits"


def outgoing(office: Office) -> str:
    beat = office.store.pulse.read(OUTGOING)
    return beat.state if beat else ""
