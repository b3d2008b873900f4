"""Reminders leave over a real SMTP server: all in one mail, never one twice, none lost for a server's bad minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from inbox_agent.adapters.smtp import SmtpPatience, SmtpSender
from inbox_agent.profile import Contact, Controller, ControllerProfile, Mailbox
from inbox_agent.rules import deadlines
from inbox_agent.rules.alarms import Trouble, alarms
from inbox_agent.rules.deadlines import HELSINKI
from inbox_agent.rules.parse import parse
from inbox_agent.services.remind import Reminding
from inbox_agent.services.way_out import Door
from state.errors import StoreBusy
from state.model import (
    AGENT,
    Act,
    Case,
    CaseKey,
    CaseStatus,
    DutyStatus,
    Event,
    Heartbeat,
    IdentityLevel,
    Letter,
    MessageKind,
    NewCase,
    NewRequest,
    Party,
    RequestKind,
)
from state.store.cases import Cases
from state.store.store import Store
from tests.servers.smtpd import Fault, SmtpServer
from tests.state_examples import AINO, MONDAY, a_duty, answered, by_agent, by_person, claimed, mail

TUESDAY = datetime.combine(MONDAY + timedelta(days=1), time(9), HELSINKI)  # the acknowledgement's rung


class Office:
    """A store, a clock that a test sets, and an agent's reminders over the server."""

    def __init__(self, server: SmtpServer) -> None:
        self.server, self.now, self.mended = server, TUESDAY, False
        self.store = Store.open(":memory:")
        self.reminding = self.restarted()

    def restarted(self) -> Reminding:
        """The reminders of a new process: what the old one held in memory is gone."""
        sender = SmtpSender(self.server.profile(), None, SmtpPatience(step=0.5, text=0.5))
        self.reminding = Reminding(self.store, sender, self._profile(), lambda: self.now, self._message_id)
        return self.reminding

    def open_case(self, uid: int = 1, subject: Party = AINO, kind: RequestKind = RequestKind.ACCESS) -> CaseKey:
        request = NewRequest(kind, MONDAY, deadlines.compute(MONDAY).due)
        levels = (IdentityLevel.L2, IdentityLevel.L2)
        new = NewCase(CaseStatus.OPEN, subject, "fi", TUESDAY, MONDAY, *levels, (), (request,))
        return self.store.intake.open_case(mail(uid), new, Event(TUESDAY, AGENT, Act.CASE_OPENED))

    async def put_right(self, _since: datetime) -> bool:
        return self.mended

    def troubles(self) -> list[Trouble]:
        """What the dashboard says, while the agent lives."""
        self.store.pulse.beat(Heartbeat("agent", self.now, "alive", {"since": self.now.isoformat()}))
        return [alarm.trouble for alarm in alarms(self.store.pulse.all(), self._profile(), self.now)]

    def acts(self, case: CaseKey) -> list[Act]:
        wanted = {Act.REMINDER_CLAIMED, Act.REMINDER_SENT}
        return [stored.event.act for stored in self.store.journal.events(case) if stored.event.act in wanted]

    @property
    def mails(self) -> list[tuple[str, EmailMessage]]:
        """Every mail the server took, with its recipient."""
        return [(taken.recipients[0], _parsed(taken.raw)) for taken in self.server.mails]

    def _profile(self) -> ControllerProfile:
        return ControllerProfile(
            controller=Controller(name="Esimerkki Oy"),
            contact=Contact(
                name="Maija Virtanen",
                email="maija@yritys.example",
                deputy_name="Ville Sijainen",
                deputy_email="ville@yritys.example",
            ),
            mailbox=Mailbox(host="127.0.0.1"),
            smtp=self.server.profile(),
        )

    def _message_id(self) -> str:
        return f"<reminder-{self.server.attempts('EHLO')}@yritys.example>"


def _parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture
def office(smtp_server: SmtpServer) -> Iterator[Office]:
    office = Office(smtp_server)
    yield office
    office.store.journal.verify()
    office.store.close()


def text_of(message: EmailMessage) -> str:
    """What is read: beside it lies the calendar."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def test_a_reminder_brings_its_days_for_the_calendar_without_anybodys_name(office: Office) -> None:
    office.open_case(1)
    await office.reminding.remind()
    [calendar] = [part.get_content() for part in office.mails[0][1].iter_attachments()]

    assert "SUMMARY:Last day to answer case 2026-0001" in str(calendar)
    assert "Esimerkki" not in str(calendar)


async def test_one_mail_tells_contact_and_deputy_of_every_case(office: Office) -> None:
    first, second = office.open_case(1), office.open_case(2, Party("Erkki Esimerkki", "erkki@posti.example"))
    assert await office.reminding.remind() == 2
    assert [recipient for recipient, _ in office.mails] == ["maija@yritys.example", "ville@yritys.example"]
    for _, message in office.mails:
        body = text_of(message)
        assert all(text in body for text in ("2026-0001  Aino Esimerkki", "2026-0002  Erkki Esimerkki", "30 days left"))
    assert office.acts(first) == office.acts(second) == [Act.REMINDER_CLAIMED, Act.REMINDER_SENT]


async def test_a_reminder_tells_no_more_than_number_name_and_time(office: Office) -> None:
    """Neither the address, nor what was asked, nor a personal identity code that stands in the name."""
    office.open_case(1, Party("Aino Esimerkki 010190-900N", "aino@posti.example"), RequestKind.MARKETING_OBJECTION)
    assert await office.reminding.remind() == 1
    [(_, message), _] = office.mails
    text = message.as_string()
    assert "Aino" not in message["Subject"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert parse(message.as_bytes()).kind is MessageKind.AUTO_REPLY  # it may come back to the mailbox that is read
    assert not any(private in text.lower() for private in ("aino@posti", "marketing", "900n"))


async def test_nothing_due_touches_neither_store_nor_server(office: Office) -> None:
    case = office.open_case()
    office.now = TUESDAY - timedelta(days=1)
    assert await office.reminding.remind() == 0
    assert office.server.attempts("EHLO") == 0
    assert office.acts(case) == []


async def test_a_letter_that_has_left_ends_the_reminder_to_write_it(office: Office) -> None:
    case = office.open_case()
    claimed(office.store, case, Letter.ACKNOWLEDGEMENT)
    assert await office.reminding.remind() == 0


async def test_no_rung_is_sent_twice_by_this_process_or_the_next(office: Office) -> None:
    office.open_case()
    assert await office.reminding.remind() == 1
    assert await office.reminding.remind() == 0
    assert await office.restarted().remind() == 0
    assert len(office.mails) == 2


async def test_what_becomes_due_after_the_days_first_look_is_reminded_of_at_the_next(office: Office) -> None:
    """All cases are looked at once a day, then those to which something happened; at night none is."""
    office.now = TUESDAY - timedelta(hours=4)
    office.open_case(1)
    assert await office.reminding.remind() == 0
    office.now = TUESDAY
    assert await office.reminding.remind() == 1
    late = office.open_case(2, Party("Erkki Esimerkki", "erkki@posti.example"))
    assert await office.reminding.remind() == 1
    assert office.acts(late) == [Act.REMINDER_CLAIMED, Act.REMINDER_SENT]
    office.now += timedelta(days=9)
    assert await office.reminding.remind() == 2


async def test_a_look_reads_only_the_cases_to_which_something_happened(office: Office) -> None:
    office.open_case(1)
    quiet = office.open_case(2, Party("Erkki Esimerkki", "erkki@posti.example"))
    await office.reminding.remind()
    seen = office.store.journal.last()
    assert office.store.cases.changed_since(seen) == ()
    moved = office.open_case(3, Party("Oili Esimerkki", "oili@posti.example"))
    office.store.cases.note(moved, "soitti", by_person(Act.NOTE_ADDED))

    assert [case.key for case in office.store.cases.changed_since(seen)] == [moved]
    office.store.cases.note(quiet, "soitti", by_person(Act.NOTE_ADDED))
    assert {case.key for case in office.store.cases.changed_since(seen)} == {quiet, moved}


async def test_what_the_server_did_not_take_is_tried_again_and_sent_once(office: Office) -> None:
    case = office.open_case()
    office.server.on("MAIL", "451 4.3.0 later")
    assert await office.reminding.remind() == 0
    assert office.acts(case) == [Act.REMINDER_CLAIMED]
    office.server.on("MAIL", None)
    office.now += timedelta(minutes=4)
    assert await office.reminding.remind() == 0
    office.now += timedelta(minutes=1)
    assert await office.reminding.remind() == 1
    assert await office.reminding.remind() == 0
    assert office.acts(case) == [Act.REMINDER_CLAIMED, Act.REMINDER_SENT]
    assert len(office.mails) == 2


async def test_a_deferred_reminder_outlives_a_busy_store(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody holds the database just when it is to be tried again: it leaves at the next look."""
    case = office.open_case()
    office.server.on("MAIL", "451 4.3.0 later")
    await office.reminding.remind()
    office.server.on("MAIL", None)
    office.now += timedelta(minutes=5)
    with monkeypatch.context() as held:
        held.setattr(Cases, "changed_since", _busy)
        with pytest.raises(StoreBusy):
            await office.reminding.remind()
    assert await office.reminding.remind() == 1
    assert office.acts(case) == [Act.REMINDER_CLAIMED, Act.REMINDER_SENT]


def _busy(_self: Cases, _seq: int) -> tuple[Case, ...]:
    raise StoreBusy("locked")


async def test_a_deferred_reminder_is_not_made_once_it_is_moot(office: Office) -> None:
    case = office.open_case()
    office.server.on("MAIL", "451 4.3.0 later")
    await office.reminding.remind()
    office.server.on("MAIL", None)
    answered(office.store, case)
    office.now += timedelta(minutes=10)
    assert await office.reminding.remind() == 0
    assert office.mails == []


async def test_a_deferred_reminder_yields_to_a_newer_one(office: Office) -> None:
    """The server was away from the acknowledgement's day to the first draft's: one reminder, the newer."""
    case = office.open_case()
    office.server.on("MAIL", "451 4.3.0 later")
    await office.reminding.remind()
    office.server.on("MAIL", None)
    office.now += timedelta(days=9)
    assert await office.reminding.remind() == 1
    assert await office.reminding.remind() == 0
    assert office.acts(case) == [Act.REMINDER_CLAIMED, Act.REMINDER_CLAIMED, Act.REMINDER_SENT]


async def test_other_cases_do_not_wait_for_a_deferred_one(office: Office) -> None:
    first = office.open_case(1)
    office.server.on("MAIL", "451 4.3.0 later")
    await office.reminding.remind()
    office.server.on("MAIL", None)
    second = office.open_case(2)
    assert await office.reminding.remind() == 1
    assert (office.acts(first)[-1], office.acts(second)[-1]) == (Act.REMINDER_CLAIMED, Act.REMINDER_SENT)
    office.now += timedelta(minutes=5)
    assert await office.reminding.remind() == 1
    assert office.acts(first)[-1] is Act.REMINDER_SENT


@pytest.mark.parametrize("behaviour", [Fault.DROP, "550 5.1.1 no such user"])
async def test_what_may_have_left_or_was_refused_is_not_tried_again_and_the_next_rung_follows(
    office: Office, behaviour: Fault | str
) -> None:
    case = office.open_case()
    office.server.on("TEXT", behaviour)
    assert await office.reminding.remind() == 0
    office.server.on("TEXT", None)
    office.now += timedelta(hours=1)
    assert await office.reminding.remind() == 0
    assert office.acts(case) == [Act.REMINDER_CLAIMED]
    office.now += timedelta(days=9)
    assert await office.reminding.remind() == 1


async def test_a_refused_log_in_costs_no_reminder(office: Office) -> None:
    """Nothing was taken: it leaves once the password is mended, and is tried seldom until then."""
    case = office.open_case()
    office.server.on("MAIL", "530 5.7.0 log in first")
    assert await office.reminding.remind() == 0
    tried = office.server.attempts("MAIL")
    office.now += timedelta(minutes=30)
    assert await office.reminding.remind() == 0
    assert office.server.attempts("MAIL") == tried
    office.server.on("MAIL", None)
    office.now += timedelta(minutes=31)
    assert await office.reminding.remind() == 1
    assert office.acts(case) == [Act.REMINDER_CLAIMED, Act.REMINDER_SENT]


async def test_a_log_in_that_was_put_right_brings_the_reminders_that_waited_for_it_at_once(office: Office) -> None:
    """Nobody waits out an hour once the password is mended."""
    case = office.open_case()
    office.server.on("MAIL", "530 5.7.0 log in first")
    assert await office.reminding.remind() == 0
    door = Door(office.store, lambda: office.now, office.put_right)
    assert not await door.put_right()
    office.server.on("MAIL", None)
    office.now += timedelta(minutes=1)
    office.mended = True
    assert await door.put_right()
    assert await office.reminding.remind() == 1
    assert office.acts(case) == [Act.REMINDER_CLAIMED, Act.REMINDER_SENT]
    assert await office.reminding.remind() == 0


async def test_a_log_in_that_was_put_right_brings_what_the_server_deferred_too(office: Office) -> None:
    """It is offered to the server a little sooner than was meant, which harms nobody."""
    case = office.open_case()
    office.server.on("MAIL", "451 4.3.0 later")
    assert await office.reminding.remind() == 0
    office.open_case(2)
    office.server.on("MAIL", "530 5.7.0 log in first")
    assert await office.reminding.remind() == 0
    office.server.on("MAIL", None)
    assert await office.reminding.remind() == 0
    office.mended = True
    assert await Door(office.store, lambda: office.now, office.put_right).put_right()
    assert await office.reminding.remind() == 2
    assert Act.REMINDER_SENT in office.acts(case)


async def test_a_process_started_anew_makes_at_once_what_waited_for_the_log_in(office: Office) -> None:
    """A password from the environment changes by a new start only."""
    office.open_case()
    office.server.on("MAIL", "530 5.7.0 log in first")
    await office.reminding.remind()
    office.server.on("MAIL", None)
    assert await Door(office.store, lambda: office.now).put_right(anew=True)
    assert await office.restarted().remind() == 1


async def test_reminders_that_cannot_leave_are_told_although_no_letter_waits(office: Office) -> None:
    """Else nobody hears of it: the mail that would tell it cannot leave either."""
    office.open_case()
    office.server.on("MAIL", "530 5.7.0 log in first")
    await office.reminding.remind()
    assert office.troubles() == [Trouble.CANNOT_SEND]
    office.server.on("MAIL", None)
    office.now += timedelta(minutes=61)
    await office.reminding.remind()
    assert office.troubles() == []


async def test_reminders_that_the_server_defers_for_long_are_told(office: Office) -> None:
    """Not at the first bad minute; and no more once they are moot."""
    case = office.open_case()
    office.server.on("MAIL", "451 4.3.0 later")
    for minutes in range(0, 40, 10):
        office.now = TUESDAY + timedelta(minutes=minutes)
        await office.reminding.remind()
        assert office.troubles() == ([Trouble.CANNOT_SEND] if minutes > 30 else [])
    office.now += timedelta(minutes=10)
    await office.reminding.remind()
    assert office.troubles() == [Trouble.CANNOT_SEND]
    answered(office.store, case)
    office.now += timedelta(minutes=10)
    await office.reminding.remind()
    assert office.troubles() == []


async def test_an_address_of_ours_that_the_server_refuses_is_told(office: Office) -> None:
    """A slip in the contact person's own address: no reminder and no alarm would ever come, and nobody knew."""
    office.open_case()
    office.server.on("RCPT", "550 5.1.1 no such user")
    await office.reminding.remind()
    assert office.troubles() == [Trouble.NOT_REACHED]
    office.server.on("RCPT", None)
    office.now += timedelta(days=9)
    assert await office.reminding.remind() == 1
    assert office.troubles() == []


async def test_that_an_address_of_ours_was_refused_is_told_no_more_once_it_may_have_been_put_right(
    office: Office,
) -> None:
    """Whoever corrects it in the profile is not told of it for days, until the next reminder is due."""
    office.open_case()
    office.server.on("RCPT", "550 5.1.1 no such user")
    await office.reminding.remind()
    assert not await Door(office.store, lambda: office.now).put_right()
    assert office.troubles() == [Trouble.NOT_REACHED]
    assert await Door(office.store, lambda: office.now).put_right(anew=True)
    assert office.troubles() == []


async def test_what_cannot_be_worded_is_not_claimed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug of ours in the words costs no reminder: they leave once they can be said."""
    case = office.open_case()
    with monkeypatch.context() as broken:
        broken.setattr("inbox_agent.phrasing.reminders.body", lambda *_: {}["words"])
        with pytest.raises(KeyError):
            await office.reminding.remind()
    assert office.acts(case) == []
    assert await office.reminding.remind() == 1


async def test_what_the_server_did_not_take_outlives_the_process_and_is_sent_once(office: Office) -> None:
    """Crashed, or stopped for the night, while the mail server was away: the next process makes it, not before time."""
    case = office.open_case()
    duty = office.store.duties.open(case, a_duty(days=2), by_agent(Act.DUTY_OPENED))
    office.server.on("MAIL", "451 4.3.0 later")
    await office.reminding.remind()
    office.server.on("MAIL", None)
    assert await office.restarted().remind() == 0
    office.now += timedelta(hours=1)
    assert await office.restarted().remind() == 2
    assert [await office.restarted().remind(), await office.reminding.remind()] == [0, 0]
    assert office.acts(case).count(Act.REMINDER_SENT) == 2
    assert len(office.mails) == 2
    assert office.store.duties.get(duty).status is DutyStatus.OPEN


async def test_a_crash_while_it_is_tried_again_costs_that_rung_and_makes_none_twice(office: Office) -> None:
    """Whether it left is known to nobody: it is claimed anew before the wire is touched."""
    case = office.open_case()
    office.server.on("MAIL", "451 4.3.0 later")
    await office.reminding.remind()
    office.server.on("MAIL", None)
    office.now += timedelta(hours=1)
    found, _ = office.restarted()._claim_due()
    assert len(found) == 1
    assert await office.restarted().remind() == 0
    assert office.acts(case) == [Act.REMINDER_CLAIMED]
    office.now += timedelta(days=9)
    assert await office.reminding.remind() == 1


async def test_a_crash_between_claim_and_server_costs_one_rung_only(office: Office) -> None:
    case = office.open_case()
    office.reminding._claim_due()
    office.now += timedelta(hours=1)
    assert await office.restarted().remind() == 0
    assert office.acts(case) == [Act.REMINDER_CLAIMED]
    office.now += timedelta(days=9)
    assert await office.reminding.remind() == 1


async def test_a_task_is_reminded_of_the_day_before_on_its_day_and_each_day_after(office: Office) -> None:
    """Also where its case is over; never twice a day; not once it is done."""
    case = office.open_case()
    duty = office.store.duties.open(case, a_duty(days=7), by_agent(Act.DUTY_OPENED))
    answered(office.store, case)
    office.store.cases.close(case, by_agent(Act.CASE_CLOSED))
    reminded = []
    for days in range(4, 11):
        office.now = TUESDAY + timedelta(days=days - 1)
        reminded.append([await office.reminding.remind(), await office.reminding.remind()])
        if days == 9:
            office.store.duties.done(duty, by_person(Act.DUTY_DONE))
    assert reminded == [[1, 0], [0, 0], [0, 0], [1, 0], [1, 0], [1, 0], [0, 0]]
    [(_, first), *_] = office.mails
    assert "tell the recipients of the data" in text_of(first)
    assert "Vinha" not in text_of(first)
