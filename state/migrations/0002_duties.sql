-- What must be done besides answering, each with its own date and what the date was counted from.
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
) strict;

create index duties_by_case on duties (case_id, due_on);

create index duties_due on duties (due_on, id) where status = 'open';

-- Whether the duties that come with a right have been laid down.
alter table requests add column obliged integer not null default 0 check (obliged in (0, 1));

create index requests_unobliged on requests (case_id) where obliged = 0;
