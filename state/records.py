"""Reading by key, shared by the store and the views.

Owns the questions whose answers are whole records. Refuses to write and to search: that is the store's and the views'.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from state.database import Database, instant, json_object, json_text
from state.errors import NotFound
from state.lifecycle import FOR_ANOTHER
from state.mapping import (
    case_of,
    code_of,
    contact_of,
    delivery_of,
    draft_of,
    duty_of,
    instant_or_none,
    message_of,
    proof_of,
    request_of,
)
from state.model import (
    Absence,
    Case,
    CaseKey,
    Code,
    CodeKey,
    Contact,
    Delivery,
    Draft,
    DraftKey,
    DraftStatus,
    Duty,
    DutyKey,
    Heartbeat,
    Message,
    MessageKey,
    Proof,
    Request,
    RequestKey,
)

T = TypeVar("T")

# A mail is where it was seen last: an earlier place may have been left by moving it.
MESSAGES: Final = """
    select messages.*, account, folder, uidvalidity, uid from messages
    join sightings on sightings.id = (select max(id) from sightings where message_id = messages.id)
"""
_LONGEST_NUMBER: Final = 12  # letters of a case's number: more is none, and too much for the database's integers

_DRAFTS: Final = """
    select drafts.*,(select json_group_array(request_id) from draft_requests where draft_id = drafts.id) as request_ids
    from drafts
"""


# A code that came back proves the address that it had been sent to, if that is the one on file: what another mailbox
# proved lends this one nothing.
# Nor does what was seen of a person for whom the address only writes.
_VERIFIED_EARLIER: Final = """
    select max(events.at) as at from cases join events on events.case_id = cases.id
    where cases.id <> ?1 and cases.identity_level >= 'L2'
        and cases.subject_key = (select subject_key from cases where id = ?1)
        and not exists (
            select 1 from json_each(cases.flags) as flag where flag.value in (select value from json_each(?2))
        )
        and (
            act = 'identity_recorded' and json_extract(events.facts, '$.level') >= 'L2'
            or act = 'code_returned' and exists (
                select 1 from codes join drafts on drafts.id = codes.draft_id
                join contacts on contacts.case_id = cases.id and lower(contacts.address) = lower(drafts.to_address)
                where codes.id = json_extract(events.facts, '$.code')
                    and lower(drafts.to_address) = lower(cases.subject_address)
            )
        )
"""

# A case, those that were joined to it, those that had been joined to them, and so on.
_TOOK_IN: Final = """
    with recursive took_in(id) as (
        select ?1 union select cases.id from cases join took_in on cases.joined_to = took_in.id
    )
    select id from took_in
"""

# A code counts from the moment its letter was claimed: what nobody knows to have left may have arrived. A doubt takes
# back what left before it, come back or not; a code that has not left yet is nobody's.
_CODES: Final = """
    select codes.*, drafts.to_address, deliveries.claimed_at, coalesce((
        with recursive goes_on(id) as (
            select codes.case_id
            union select joined_to from cases join goes_on on cases.id = goes_on.id where joined_to is not null
        )
        select max(seq) from events where act = 'identity_withdrawn' and case_id in (select id from goes_on)
    ) > (
        select min(seq) from events where case_id = codes.case_id and entity = 'draft'
            and entity_id = codes.draft_id and act in ('sending_claimed', 'draft_delivered')
    ), 0) as doubted from codes join drafts on drafts.id = codes.draft_id
    left join deliveries on deliveries.draft_id = codes.draft_id and drafts.status in ('sending', 'sent', 'uncertain')
"""


@dataclass(frozen=True, slots=True)
class Records:
    _database: Database

    def case(self, key: CaseKey) -> Case:
        """Raises NotFound."""
        return _only(self.cases([key]), "case", key)

    def case_by_number(self, number: str) -> Case:
        """Find a case by its number ("2026-0007") as people say it: zeros may be left out, and the year, which then is
        the newest that has such a case. Raises NotFound.
        """
        year, _dash, serial = number.rpartition("-")
        row = None
        if serial.isdecimal() and (not year or year.isdecimal()) and len(number) <= _LONGEST_NUMBER:
            row = self._database.row(
                "select id from cases where serial = ?1 and (?2 = '' or year = cast(?2 as integer))"
                " order by year desc limit 1",
                int(serial),
                year,
            )
        if row is None:
            raise NotFound("case", number)
        return self.case(CaseKey(row["id"]))

    def cases(self, keys: Iterable[CaseKey]) -> tuple[Case, ...]:
        """These cases with their requests, in the order given; keys that do not exist are left out."""
        wanted = json_text(list(keys))
        with self._database.snapshot():
            rows = self._database.rows("select * from cases where id in (select value from json_each(?))", wanted)
            requests = self.requests(wanted)
        found = {row["id"]: case_of(row, requests.get(row["id"], ())) for row in rows}
        return tuple(found[key] for key in json.loads(wanted) if key in found)

    def other_people(self, case: CaseKey) -> tuple[str, ...]:
        """The names of the data subjects of the other live cases: of five hundred, the latest promise first."""
        # By index and bounded: of a hundred thousand cases a third may be live.
        rows = self._database.rows(
            "select distinct subject_name from ("
            "select subject_name from cases indexed by cases_queue where status in ('candidate', 'open', 'waiting')"
            " and id <> ?1 and subject_name like '% %'"
            " and subject_key is not (select subject_key from cases where id = ?1)"
            " order by promise_on desc, id desc limit 500)",
            case,
        )
        return tuple(row["subject_name"] for row in rows)

    def requests(self, cases: str) -> dict[int, tuple[Request, ...]]:
        """The requests of these cases (a JSON list of keys), by case, oldest first."""
        rows = self._database.rows(
            "select * from requests where case_id in (select value from json_each(?)) order by case_id, id", cases
        )
        found: dict[int, tuple[Request, ...]] = {}
        for row in rows:
            found[row["case_id"]] = (*found.get(row["case_id"], ()), request_of(row))
        return found

    def request(self, key: RequestKey) -> Request:
        """Raises NotFound."""
        rows = self._database.rows("select * from requests where id = ?", key)
        return _only([request_of(row) for row in rows], "request", key)

    def message(self, key: MessageKey) -> Message:
        """Raises NotFound."""
        rows = self._database.rows(f"{MESSAGES} where messages.id = ?", key)
        return _only([message_of(row) for row in rows], "message", key)

    def messages(self, case: CaseKey) -> tuple[Message, ...]:
        """The mails of a case, oldest first."""
        rows = self._database.rows(f"{MESSAGES} where case_id = ? order by received_at, messages.id", case)
        return tuple(message_of(row) for row in rows)

    def draft(self, key: DraftKey) -> Draft:
        """Raises NotFound."""
        return _only(self._drafts("where id = ?", key), "draft", key)

    def drafts(self, case: CaseKey) -> tuple[Draft, ...]:
        """Every letter of a case, oldest first."""
        return self._drafts("where case_id = ? order by id", case)

    def drafts_ready(self, now: str) -> tuple[Draft, ...]:
        """Approved letters for the wire whose time to undo is over, the longest waiting first. `now` is `utc_text`."""
        return self._drafts(
            "where status = 'approved' and not_before <= ? and to_address <> '' order by not_before, id", now
        )

    def drafts_not_offered(self) -> tuple[Draft, ...]:
        """Proposed letters of cases that are not over and that lie in no mailbox's Drafts folder, oldest first."""
        return self._drafts(
            "where status = ? and not exists (select 1 from offers where draft_id = drafts.id)"
            " and exists (select 1 from cases where id = drafts.case_id"
            " and status in ('candidate', 'open', 'waiting')) order by id",
            DraftStatus.PROPOSED,
        )

    def in_flight(self, *statuses: DraftStatus) -> tuple[tuple[Draft, Delivery], ...]:
        """Letters that are claimed and not settled, with their deliveries, oldest first."""
        with self._database.snapshot():
            wanted = json_text(list(statuses))
            drafts = self._drafts("where status in (select value from json_each(?)) order by id", wanted)
            deliveries = [(draft, self.delivery(draft.key)) for draft in drafts]
        return tuple((draft, delivery) for draft, delivery in deliveries if delivery is not None)

    def absences(self) -> tuple[Absence, ...]:
        """When the contact person is away, by date."""
        rows = self._database.rows("select first_on, last_on from absences order by first_on, last_on")
        return tuple(Absence(date.fromisoformat(row["first_on"]), date.fromisoformat(row["last_on"])) for row in rows)

    def delivery(self, draft: DraftKey) -> Delivery | None:
        row = self._database.row("select * from deliveries where draft_id = ?", draft)
        return None if row is None else delivery_of(row)

    def duty(self, key: DutyKey) -> Duty:
        """Raises NotFound."""
        return _only(self._duties("where id = ?", key), "duty", key)

    def duties(self, case: CaseKey) -> tuple[Duty, ...]:
        """The duties of a case by date, whatever became of them."""
        return self._duties("where case_id = ? order by due_on, id", case)

    def duties_due(self, until: str) -> tuple[Duty, ...]:
        """The open duties whose date is `until` (ISO) or earlier, by date."""
        return self._duties("where status = 'open' and due_on <= ? order by due_on, id", until)

    def heartbeat(self, component: str) -> Heartbeat | None:
        row = self._database.row("select * from pulse where component = ?", component)
        if row is None:
            return None
        return Heartbeat(row["component"], instant(row["at"]), row["state"], json_object(row["detail"]))

    def _duties(self, condition: str, value: str | int) -> tuple[Duty, ...]:
        right = "(select kind from requests where requests.id = duties.request_id) as of_right"
        found = self._database.rows(f"select *, {right} from duties {condition}", value)  # noqa: S608  # literals
        return tuple(map(duty_of, found))

    def contact(self, case: CaseKey) -> Contact | None:
        """What is on file for a case's person; None where nobody has looked."""
        row = self._database.row("select * from contacts where case_id = ?", case)
        return None if row is None else contact_of(row)

    def codes(self, case: CaseKey) -> tuple[Code, ...]:
        """The one-time codes of a case, and of those that were joined to it through any others, oldest first."""
        rows = self._database.rows(f"{_CODES} where codes.case_id in ({_TOOK_IN}) order by codes.id", case)
        return tuple(code_of(row) for row in rows)

    def code(self, key: CodeKey) -> Code:
        """Raises NotFound."""
        return _only([code_of(row) for row in self._database.rows(f"{_CODES} where codes.id = ?", key)], "code", key)

    def verified_earlier(self, case: CaseKey) -> datetime | None:
        """When the same address last proved L2 or more, for itself, in another case whose level still stands there."""
        row = self._database.row(_VERIFIED_EARLIER, case, json_text(sorted(FOR_ANOTHER)))
        return instant_or_none(row["at"]) if row else None

    def proofs(self, case: CaseKey) -> tuple[Proof, ...]:
        """How a case's person was identified, oldest first, without what was withdrawn. They live in the journal."""
        rows = self._database.rows(
            "select at, actor, facts from events where case_id = ?1 and act = 'identity_recorded' and seq > coalesce("
            "(select max(seq) from events where case_id = ?1 and act = 'identity_withdrawn'), 0) order by seq",
            case,
        )
        return tuple(proof_of(row) for row in rows)

    def overridden(self, draft: DraftKey, text: str) -> bool:
        """Whether a person lets a letter with this text hash go although its reader is not identified."""
        row = self._database.row("select 1 from overrides where draft_id = ? and text_hash = ?", draft, text)
        return row is not None

    def heartbeats(self) -> dict[str, Heartbeat]:
        """Every component's, by its name."""
        rows = self._database.rows("select * from pulse")
        beats = (Heartbeat(r["component"], instant(r["at"]), r["state"], json_object(r["detail"])) for r in rows)
        return {beat.component: beat for beat in beats}

    def _drafts(self, condition: str, value: str | int) -> tuple[Draft, ...]:
        return tuple(draft_of(row) for row in self._database.rows(f"{_DRAFTS} {condition}", value))


def _only(found: Iterable[T], entity: str, key: object) -> T:
    for record in found:
        return record
    raise NotFound(entity, key)
