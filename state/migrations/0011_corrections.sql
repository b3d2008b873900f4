-- A person's word against what a mail was taken for. Verdicts and rights, never text.
create table corrections (
    id integer primary key,
    message_id integer not null references messages (id),
    verdict_before text not null check (verdict_before in ('request', 'unsure', 'not_request')),
    kinds_before text not null,
    verdict_after text not null check (verdict_after in ('request', 'not_request')),
    kinds_after text not null,
    actor text not null check (actor glob 'person:?*'),
    at text not null
) strict;

create index corrections_by_message on corrections (message_id, id);
