-- Proposed letters that lie in the mailbox's Drafts folder, and letters that a person sent from there.
create table offers (
    draft_id integer primary key references drafts (id),
    text_hash text not null,
    message_id text not null unique,
    digest text not null
) strict;

create table sent_copies (
    message_id text primary key,
    case_id integer not null references cases (id)
) strict, without rowid;

create index sent_copies_by_case on sent_copies (case_id);
