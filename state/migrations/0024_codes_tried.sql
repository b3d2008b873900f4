-- A mail whose one-time codes could not be looked for is left to the next version, and the others go on.
create table attempts_of_a_kind (
    message_id integer not null references messages (id),
    attempt text not null check (attempt in ('read', 'cut', 'mask')),
    version text not null,
    primary key (message_id, attempt)
) strict, without rowid;

insert into attempts_of_a_kind (message_id, attempt, version) select message_id, attempt, version from attempts;

drop table attempts;

alter table attempts_of_a_kind rename to attempts;
