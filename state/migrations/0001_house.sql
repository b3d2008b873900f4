-- One conversation with one data subject. `promise_on` is derived (triggers below): the order of the queue.
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
) strict;

create index cases_queue on cases (promise_on, id) where status in ('candidate', 'open', 'waiting');

create index cases_by_status on cases (status, promise_on, id);

create index cases_by_subject on cases (subject_key) where subject_key is not null;

-- One right, with its own clock and outcome.
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
) strict;

create index requests_by_case on requests (case_id);

create trigger promise_of_new_request after insert on requests begin
    update cases set promise_on = coalesce(
        (select min(coalesce(extended_promise_on, promise_on)) from requests
            where case_id = new.case_id and status in ('open', 'decided')),
        (select min(coalesce(extended_promise_on, promise_on)) from requests where case_id = new.case_id)
    ) where id = new.case_id;
end;

create trigger promise_of_changed_request after update of status, extended_promise_on on requests begin
    update cases set promise_on = coalesce(
        (select min(coalesce(extended_promise_on, promise_on)) from requests
            where case_id = new.case_id and status in ('open', 'decided')),
        (select min(coalesce(extended_promise_on, promise_on)) from requests where case_id = new.case_id)
    ) where id = new.case_id;
end;

-- One mail by its content. Where it lies on servers, and its bytes, stand beside it.
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
) strict;

create index messages_by_case on messages (case_id, received_at) where case_id is not null;

create index messages_by_status on messages (status, erased, received_at);

create table raw_messages (
    message_id integer primary key references messages (id),
    raw blob not null
) strict;

create table sightings (
    id integer primary key,
    message_id integer not null references messages (id),
    account text not null,
    folder text not null,
    uidvalidity integer not null,
    uid integer not null,
    unique (account, folder, uidvalidity, uid)
) strict;

create index sightings_by_message on sightings (message_id);

create table cursors (
    account text not null,
    folder text not null,
    uidvalidity integer not null,
    last_uid integer not null,
    primary key (account, folder)
) strict, without rowid;

-- Message-IDs that lead to a case: of the mails in it and of our own letters. Strangers may reuse one.
create table threads (
    message_id text not null,
    case_id integer not null references cases (id),
    primary key (message_id, case_id)
) strict, without rowid;

create index threads_by_case on threads (case_id);

-- A letter on its way. An approval is whole, a person's, and of exactly this text; it stands as long as the
-- letter is anything an approved letter can become.
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
) strict;

create index drafts_by_case on drafts (case_id);

create index drafts_by_status on drafts (status, not_before);

create table draft_requests (
    draft_id integer not null references drafts (id),
    request_id integer not null references requests (id),
    primary key (draft_id, request_id)
) strict, without rowid;

create index draft_requests_by_request on draft_requests (request_id);

-- The one sending of a draft: its key is the draft's, so there cannot be a second.
create table deliveries (
    draft_id integer primary key references drafts (id),
    message_id text not null unique,
    claimed_at text not null,
    attempts integer not null check (attempts > 0),
    settled_at text,
    answer text
) strict;

-- The journal. Triggers stop accidents; the chain of hashes shows intent.
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
) strict;

create index events_by_case on events (case_id, seq) where case_id is not null;

create trigger events_are_not_rewritten before update on events begin
    select raise(abort, 'the journal is only appended to');
end;

create trigger events_are_not_removed before delete on events begin
    select raise(abort, 'the journal is only appended to');
end;

-- What a person wrote beside an event: a note's text, how somebody was identified.
create table notes (
    event_seq integer primary key references events (seq),
    case_id integer not null references cases (id),
    text text
) strict;

create index notes_by_case on notes (case_id);

create table reminders (
    id integer primary key,
    case_id integer references cases (id),
    rung text not null,
    on_date text not null,
    claimed_at text not null,
    sent_at text
) strict;

create unique index reminders_once on reminders (coalesce(case_id, 0), rung, on_date);

create table pulse (
    component text primary key,
    at text not null,
    state text not null,
    detail text not null
) strict;
