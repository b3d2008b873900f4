-- When a reminder that the mail server certainly did not take may be made again: a new process knows it too.
alter table reminders add column again_at text;

create index reminders_put_off on reminders (again_at) where again_at is not null;
