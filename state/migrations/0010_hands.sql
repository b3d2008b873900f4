-- Several people at one desk: whose case it is, and when the contact person is away.
alter table cases add column assigned text;

create table absences (
    id integer primary key,
    first_on text not null,
    last_on text not null check (last_on >= first_on)
) strict;
