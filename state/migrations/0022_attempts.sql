-- What the program tried on a mail and failed with: each version tries it once.
create table attempts (
    message_id integer not null references messages (id),
    attempt text not null check (attempt in ('read', 'cut')),
    version text not null,
    primary key (message_id, attempt)
) strict, without rowid;

insert into attempts (message_id, attempt, version) select message_id, 'read', version from rereads;

drop table rereads;

-- Looked for after each look into the mailbox: most mails hold no copy of an identity document.
create index messages_with_documents on messages (id)
    where cut = 0 and erased = 0 and instr(analysis, '"identity_document"') > 0;
