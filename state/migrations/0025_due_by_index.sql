-- What the reminders of each minute and the erasing of each hour look for, they find without going through the years.
create index events_of_mails on events (entity_id, at) where entity = 'message' and new is not null;

create index cases_ended on cases (status, closed_at) where status in ('closed', 'dismissed');

-- Until when an answer said that its case is kept.
create index requests_told_until on requests (json_extract(decision, '$.trace_until'))
    where json_extract(decision, '$.trace_until') is not null;
