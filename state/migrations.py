"""The shape of the tables, as steps that are only ever appended to.

Owns every CREATE. Refuses to look at `state.model`: the values are spelled out, because a step must do
tomorrow what it does today. What the program promises and SQL can say is said here: what is set together,
what an approval binds, what is unique. `state.lifecycle` remains the judge of moves.

Kept by sqlite-utils' own migrations. Instants are ISO text in UTC with microseconds, legal dates ISO text,
JSON is text. Columns that hold personal data are named in `state.store.erasure` and may be null for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import sqlite_utils
from sqlite_utils.migrations import Migrations


def _promise_trigger(name: str, moment: str) -> str:
    """Keep a case's promise that of its earliest live request, or of its earliest where none is live."""
    return f"""
    create trigger {name} after {moment} on requests begin
        update cases set promise_on = coalesce(
            (select min(coalesce(extended_promise_on, promise_on)) from requests
                where case_id = new.case_id and status in ('open', 'decided')),
            (select min(coalesce(extended_promise_on, promise_on)) from requests where case_id = new.case_id)
        ) where id = new.case_id;
    end
    """  # noqa: S608  # both moments are written below


_HOUSE: Final = (
    # One conversation with one data subject. `promise_on` is derived (triggers below): the order of the queue.
    """
    create table cases (
        id integer primary key,
        year integer not null,
        serial integer not null check (serial > 0),
        number text generated always as (printf('%d-%04d', year, serial)) stored unique,
        status text not null check (status in ('candidate', 'open', 'waiting', 'closed', 'dismissed', 'purged')),
        subject_name text,
        subject_address text,
        subject_key text,
        sought text,
        flags text,
        language text not null,
        received_at text not null,
        received_on text not null,
        identity_level text not null check (identity_level in ('L0', 'L1', 'L2', 'L3', 'L4')),
        identity_required text not null check (identity_required in ('L0', 'L1', 'L2', 'L3', 'L4')),
        promise_on text,
        opened_at text not null,
        closed_at text,
        unique (year, serial),
        check ((status in ('closed', 'dismissed', 'purged')) = (closed_at is not null)),
        check (status <> 'purged' or coalesce(subject_name, subject_address, subject_key, sought, flags) is null)
    ) strict
    """,
    "create index cases_queue on cases (promise_on, id) where status in ('candidate', 'open', 'waiting')",
    "create index cases_by_status on cases (status, promise_on, id)",
    "create index cases_by_subject on cases (subject_key) where subject_key is not null",
    # One right, with its own clock and outcome.
    """
    create table requests (
        id integer primary key,
        case_id integer not null references cases (id),
        kind text not null,
        status text not null check (status in ('open', 'decided', 'answered', 'dropped')),
        received_on text not null,
        promise_on text not null,
        backstop_on text not null,
        target_on text not null,
        extended_promise_on text,
        extended_backstop_on text,
        extended_target_on text,
        extension_reason text,
        outcome text,
        decision text,
        check ((extended_promise_on is null) = (extended_backstop_on is null)),
        check ((extended_promise_on is null) = (extended_target_on is null)),
        check ((extended_promise_on is null) = (extension_reason is null)),
        check ((status in ('decided', 'answered')) = (outcome is not null))
    ) strict
    """,
    "create index requests_by_case on requests (case_id)",
    _promise_trigger("promise_of_new_request", "insert"),
    _promise_trigger("promise_of_changed_request", "update of status, extended_promise_on"),
    # One mail by its content. Where it lies on servers, and its bytes, stand beside it.
    """
    create table messages (
        id integer primary key,
        content_hash text not null unique,
        case_id integer references cases (id),
        relation text check (relation in ('opening', 'follow_up')),
        status text not null check (status in ('filed', 'set_aside', 'quarantined')),
        reason text,
        received_at text not null,
        message_id text,
        sender_name text,
        sender_address text,
        subject text,
        sent_at text,
        kind text not null,
        language text not null,
        verdict text not null,
        analysis text,
        erased integer not null default 0 check (erased in (0, 1)),
        check (erased = 0 or coalesce(message_id, sender_name, sender_address, subject, analysis) is null),
        check ((status = 'filed') = (reason is null)),
        check (status <> 'filed' or case_id is not null),
        check (status <> 'quarantined' or case_id is null),
        check ((case_id is null) = (relation is null))
    ) strict
    """,
    "create index messages_by_case on messages (case_id, received_at) where case_id is not null",
    "create index messages_by_status on messages (status, erased, received_at)",
    """
    create table raw_messages (
        message_id integer primary key references messages (id),
        raw blob not null
    ) strict
    """,
    """
    create table sightings (
        id integer primary key,
        message_id integer not null references messages (id),
        account text not null,
        folder text not null,
        uidvalidity integer not null,
        uid integer not null,
        unique (account, folder, uidvalidity, uid)
    ) strict
    """,
    "create index sightings_by_message on sightings (message_id)",
    """
    create table cursors (
        account text not null,
        folder text not null,
        uidvalidity integer not null,
        last_uid integer not null,
        primary key (account, folder)
    ) strict, without rowid
    """,
    # Message-IDs that lead to a case: of the mails in it and of our own letters. Strangers may reuse one.
    """
    create table threads (
        message_id text not null,
        case_id integer not null references cases (id),
        primary key (message_id, case_id)
    ) strict, without rowid
    """,
    "create index threads_by_case on threads (case_id)",
    # A letter on its way. An approval is whole, a person's, and of exactly this text; it stands as long as the
    # letter is anything an approved letter can become.
    """
    create table drafts (
        id integer primary key,
        case_id integer not null references cases (id),
        letter text not null,
        status text not null check (status in ('proposed', 'approved', 'sending', 'sent', 'refused', 'uncertain',
            'rejected', 'superseded')),
        language text not null,
        template text not null,
        to_name text,
        to_address text,
        in_reply_to text,
        reference_ids text,
        subject text,
        body text,
        original_body text,
        facts text,
        text_hash text not null,
        created_at text not null,
        approved_by text check (approved_by glob 'person:?*'),
        approved_at text,
        approved_hash text check (approved_hash = text_hash),
        not_before text,
        check ((approved_by is null) = (approved_at is null)),
        check ((approved_by is null) = (approved_hash is null)),
        check ((approved_by is null) = (not_before is null)),
        check ((status in ('approved', 'sending', 'sent', 'refused', 'uncertain')) = (approved_hash is not null))
    ) strict
    """,
    "create index drafts_by_case on drafts (case_id)",
    "create index drafts_by_status on drafts (status, not_before)",
    """
    create table draft_requests (
        draft_id integer not null references drafts (id),
        request_id integer not null references requests (id),
        primary key (draft_id, request_id)
    ) strict, without rowid
    """,
    "create index draft_requests_by_request on draft_requests (request_id)",
    # The one sending of a draft: its key is the draft's, so there cannot be a second.
    """
    create table deliveries (
        draft_id integer primary key references drafts (id),
        message_id text not null unique,
        claimed_at text not null,
        attempts integer not null check (attempts > 0),
        settled_at text,
        answer text
    ) strict
    """,
    # The journal. Triggers stop accidents; the chain of hashes shows intent.
    """
    create table events (
        seq integer primary key,
        at text not null,
        actor text not null,
        act text not null,
        entity text not null,
        entity_id integer not null,
        case_id integer references cases (id),
        old text,
        new text,
        facts text not null,
        prev_hash text not null,
        hash text not null unique
    ) strict
    """,
    "create index events_by_case on events (case_id, seq) where case_id is not null",
    """
    create trigger events_are_not_rewritten before update on events begin
        select raise(abort, 'the journal is only appended to');
    end
    """,
    """
    create trigger events_are_not_removed before delete on events begin
        select raise(abort, 'the journal is only appended to');
    end
    """,
    # What a person wrote beside an event: a note's text, how somebody was identified.
    """
    create table notes (
        event_seq integer primary key references events (seq),
        case_id integer not null references cases (id),
        text text
    ) strict
    """,
    "create index notes_by_case on notes (case_id)",
    """
    create table reminders (
        id integer primary key,
        case_id integer references cases (id),
        rung text not null,
        on_date text not null,
        claimed_at text not null,
        sent_at text
    ) strict
    """,
    "create unique index reminders_once on reminders (coalesce(case_id, 0), rung, on_date)",
    """
    create table pulse (
        component text primary key,
        at text not null,
        state text not null,
        detail text not null
    ) strict
    """,
)

_DUTIES: Final = (
    # What must be done besides answering, each with its own date and what the date was counted from.
    """
    create table duties (
        id integer primary key,
        case_id integer not null references cases (id),
        request_id integer references requests (id),
        kind text not null,
        status text not null check (status in ('open', 'done', 'cancelled')),
        due_on text not null,
        counting text not null check (counting in ('on', 'days', 'working_days')),
        start_on text not null,
        days integer not null,
        about text,
        opened_at text not null,
        settled_at text,
        check ((status = 'open') = (settled_at is null))
    ) strict
    """,
    "create index duties_by_case on duties (case_id, due_on)",
    "create index duties_due on duties (due_on, id) where status = 'open'",
    # Whether the duties that come with a right have been laid down.
    "alter table requests add column obliged integer not null default 0 check (obliged in (0, 1))",
    "create index requests_unobliged on requests (case_id) where obliged = 0",
)

# Who asks: the contact on file, one-time codes (their hashes), and what a person lets go all the same.
_IDENTITY: Final = (
    """
    create table contacts (
        case_id integer primary key references cases (id),
        match text not null check (match in ('exact', 'chosen', 'near', 'several', 'none')),
        name text not null,
        address text not null,
        phone text not null,
        number text not null,
        protected integer not null check (protected in (0, 1)),
        changed_on text,
        check (match in ('exact', 'chosen') or address = '')
    ) strict
    """,
    """
    create table codes (
        id integer primary key,
        case_id integer not null references cases (id),
        draft_id integer not null unique references drafts (id),
        salt text not null,
        digest text not null,
        wrong integer not null default 0 check (wrong between 0 and 5),
        used_at text,
        check (used_at is null or wrong < 5)
    ) strict
    """,
    "create index codes_by_case on codes (case_id)",
    """
    create table overrides (
        draft_id integer not null references drafts (id),
        text_hash text not null,
        reason text not null,
        person text not null check (person glob 'person:?*'),
        at text not null,
        primary key (draft_id, text_hash)
    ) strict, without rowid
    """,
    # The store refuses this with words before it comes here; whatever it forgets, nothing is claimed.
    """
    create trigger nothing_leaves_before_the_identity before update of status on drafts
    when new.status = 'sending' and new.letter = 'outcome'
        and exists (select 1 from cases where id = new.case_id and identity_level < identity_required)
        and not exists (select 1 from overrides where draft_id = new.id and text_hash = new.text_hash)
        and (
            not exists (select 1 from draft_requests where draft_id = new.id)
            or exists (
                select 1 from draft_requests join requests on requests.id = request_id
                where draft_id = new.id
                    and coalesce(outcome, '') not in ('not_identified', 'art11', 'forwarded')
                    and not (kind = 'marketing_objection' and coalesce(outcome, '') = 'granted')
            )
        )
    begin
        select raise(abort, 'the person is not identified');
    end
    """,
)


_WITHHELD: Final = (
    # A first look that has not ended, and how much a folder held: an emptied one is told.
    "alter table cursors add column since text",
    "alter table cursors add column held integer not null default 0",
    # Mails that a cursor has passed although the server did not give them.
    """
    create table withheld (
        account text not null,
        folder text not null,
        uidvalidity integer not null,
        uid integer not null,
        tries integer not null check (tries >= 0),
        tried_at text not null,
        primary key (account, folder, uidvalidity, uid)
    ) strict, without rowid
    """,
)

_TELLING: Final = (
    # Two letters besides the answer tell of data whatever right they are about.
    """
    create trigger nothing_else_leaves_before_the_identity before update of status on drafts
    when new.status = 'sending' and new.letter in ('fee', 'follow_up')
        and exists (select 1 from cases where id = new.case_id and identity_level < identity_required)
        and not exists (select 1 from overrides where draft_id = new.id and text_hash = new.text_hash)
    begin
        select raise(abort, 'the person is not identified');
    end
    """,
)

_ON_FILE: Final = (
    # Mails from the address on file find their case.
    "create index contacts_by_address on contacts (lower(address))",
    # Whether copies of identity documents have been cut out of a mail's bytes.
    "alter table messages add column cut integer not null default 0 check (cut in (0, 1))",
)

_CANARIES: Final = (
    # Test mails through the public contact address: sent by us, found again in a mailbox.
    """
    create table canaries (
        id integer primary key,
        token text not null unique,
        claimed_at text not null,
        sent_at text,
        arrived_at text,
        folder text,
        check ((arrived_at is null) = (folder is null))
    ) strict
    """,
)

_OFFERS: Final = (
    # Proposed letters that lie in the mailbox's Drafts folder, and letters that a person sent from there.
    """
    create table offers (
        draft_id integer primary key references drafts (id),
        text_hash text not null,
        message_id text not null unique,
        digest text not null
    ) strict
    """,
    """
    create table sent_copies (
        message_id text primary key,
        case_id integer not null references cases (id)
    ) strict, without rowid
    """,
    "create index sent_copies_by_case on sent_copies (case_id)",
)

_ON_PAPER: Final = (
    # Requests that came by letter, by telephone or in person.
    "alter table cases add column channel text not null default 'mail'"
    " check (channel in ('mail', 'letter', 'call', 'visit'))",
    "alter table cases add column postal text",
    # A letter without an e-mail address is brought to its reader by a person; no other one ends without the wire.
    """
    create trigger nothing_is_sent_to_nobody before update of status on drafts
    when new.status = 'sending' and coalesce(new.to_address, '') = ''
    begin
        select raise(abort, 'the letter has no address');
    end
    """,
    """
    create trigger only_what_has_no_address_goes_on_paper before update of status on drafts
    when new.status = 'sent' and old.status = 'approved' and coalesce(new.to_address, '') <> ''
    begin
        select raise(abort, 'the letter has an address');
    end
    """,
)

_HANDS: Final = (
    # Several people at one desk: whose case it is, and when the contact person is away.
    "alter table cases add column assigned text",
    """
    create table absences (
        id integer primary key,
        first_on text not null,
        last_on text not null check (last_on >= first_on)
    ) strict
    """,
)

_CORRECTIONS: Final = (
    # A person's word against what a mail was taken for. Verdicts and rights, never text.
    """
    create table corrections (
        id integer primary key,
        message_id integer not null references messages (id),
        verdict_before text not null check (verdict_before in ('request', 'unsure', 'not_request')),
        kinds_before text not null,
        verdict_after text not null check (verdict_after in ('request', 'not_request')),
        kinds_after text not null,
        actor text not null check (actor glob 'person:?*'),
        at text not null
    ) strict
    """,
    "create index corrections_by_message on corrections (message_id, id)",
)
_YEARS: Final = ("create index requests_by_receipt on requests (received_on)",)  # the yearly report

_WORDS: Final = (
    # The beginnings by which a case is searched: words of its name, address and number.
    """
    create table words (
        word text not null,
        case_id integer not null references cases (id),
        primary key (word, case_id)
    ) strict, without rowid
    """,
    "create index words_by_case on words (case_id)",
)

# Whether a letter that leaves tells of data: as `lifecycle.tells_of_data`, in the words of a trigger on drafts.
_TELLS_OF_DATA: Final = """\
        and (
            new.letter in ('fee', 'follow_up')
            or new.letter = 'outcome' and (
                not exists (select 1 from draft_requests where draft_id = new.id)
                or exists (
                    select 1 from draft_requests join requests on requests.id = request_id
                    where draft_id = new.id
                        and coalesce(outcome, '') not in ('not_identified', 'art11', 'forwarded')
                        and not (kind = 'marketing_objection' and coalesce(outcome, '') = 'granted')
                )
            )
        )
"""

_AUTHORITY: Final = (
    # Whoever writes for another is told nothing before their authority was seen; nobody can let such a letter go.
    f"""
    create trigger nothing_leaves_before_the_authority before update of status on drafts
    when (new.status = 'sending' or (new.status = 'sent' and old.status = 'approved'))
{_TELLS_OF_DATA}        and exists (
            select 1 from cases
            where id = new.case_id
                and (coalesce(new.to_address, '') = '' or lower(new.to_address) = lower(subject_address))
                and exists (
                    select 1 from json_each(flags) where value in ('representative', 'third_person', 'deceased')
                )
        )
        and not exists (
            select 1 from events
            where case_id = new.case_id and act = 'identity_recorded' and json_extract(facts, '$.proof') = 'authority'
                and seq > coalesce(
                    (select max(seq) from events where case_id = new.case_id and act = 'identity_withdrawn'), 0
                )
        )
    begin
        select raise(abort, 'no authority was seen');
    end
    """,  # noqa: S608  # the words stand above
    # A letter that a person brings to its reader leaves too.
    f"""
    create trigger nothing_is_delivered_before_the_identity before update of status on drafts
    when new.status = 'sent' and old.status = 'approved'
{_TELLS_OF_DATA}        and exists (select 1 from cases where id = new.case_id and identity_level < identity_required)
        and not exists (select 1 from overrides where draft_id = new.id and text_hash = new.text_hash)
    begin
        select raise(abort, 'the person is not identified');
    end
    """,  # noqa: S608  # the words stand above
)

_NARROWED: Final = (
    # The list of cases, narrowed: by language and by right, in the order of the promise, and by the day of receipt.
    "create index cases_queue_by_language on cases (language, promise_on, id)"
    " where status in ('candidate', 'open', 'waiting')",
    "create index cases_by_status_and_language on cases (status, language, promise_on, id)",
    "create index cases_by_receipt on cases (received_on)",
    # As people say its number: without the year.
    "create index cases_by_serial on cases (serial, year)",
    "create index requests_by_kind on requests (kind, case_id) where status <> 'dropped'",
)

_MASKED_CODES: Final = (
    # Whether the code has been taken out of the letter that carried it, once that could not be sent any more.
    "alter table codes add column masked integer not null default 0 check (masked in (0, 1))",
)

_REREAD: Final = (
    # Which version of the program tried last to read a mail that lies unread in quarantine.
    """
    create table rereads (
        message_id integer primary key references messages (id),
        version text not null
    ) strict
    """,
    "create index messages_unread on messages (id) where status = 'quarantined' and reason = 'unreadable'",
)

_JOINED: Final = (
    # Two cases of one matter: this one has ended and goes on there.
    "alter table cases add column joined_to integer references cases (id)",
)

_STEPS: Final = (
    ("0001_house", _HOUSE),
    ("0002_duties", _DUTIES),
    ("0003_identity", _IDENTITY),
    ("0004_withheld", _WITHHELD),
    ("0005_telling_letters", _TELLING),
    ("0006_on_file", _ON_FILE),
    ("0007_canaries", _CANARIES),
    ("0008_offers", _OFFERS),
    ("0009_on_paper", _ON_PAPER),
    ("0010_hands", _HANDS),
    ("0011_corrections", _CORRECTIONS),
    ("0012_years", _YEARS),
    ("0013_words", _WORDS),
)
# After the step that is code.
_LATER: Final = (
    ("0015_authority", _AUTHORITY),
    ("0016_narrowed_lists", _NARROWED),
    ("0017_masked_codes", _MASKED_CODES),
    ("0018_reread", _REREAD),
    ("0019_joined", _JOINED),
)

NAMES: Final = frozenset((*(name for name, _ in (*_STEPS, *_LATER)), "0014_words_of_cases"))
"""The steps this version knows; a database that has others was written by a newer one."""


def _step(statements: tuple[str, ...]) -> Callable[[sqlite_utils.Database], None]:
    def run(database: sqlite_utils.Database) -> None:
        for statement in statements:  # one by one: executescript would commit the transaction under us
            database.execute(statement)

    return run


def _words_of_cases(database: sqlite_utils.Database) -> None:
    """Give the cases that are there their words."""
    rows = database.execute("select id, sought || ' ' || number from cases where sought is not null").fetchall()
    for case, sought in rows:
        for word in set(re.findall(r"[^\W_]+", sought)):
            database.execute("insert into words (word, case_id) values (?, ?)", (word, case))


MIGRATIONS: Final = Migrations("inbox-agent")
for _name, _statements in _STEPS:
    MIGRATIONS(name=_name)(_step(_statements))
MIGRATIONS(name="0014_words_of_cases")(_words_of_cases)
for _name, _statements in _LATER:
    MIGRATIONS(name=_name)(_step(_statements))
