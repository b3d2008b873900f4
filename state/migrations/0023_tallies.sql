-- How many cases of each status are promised for each day, and how many mails of each status are kept: what every
-- screen says, without going through all of them. Kept by the database itself, so that no writer can forget it.
create table case_tally (
    status text not null,
    promise_on text not null,
    cases integer not null check (cases >= 0),
    primary key (status, promise_on)
) strict, without rowid;

create table mail_tally (
    status text primary key,
    mails integer not null check (mails >= 0)
) strict, without rowid;

insert into case_tally select status, coalesce(promise_on, ''), count(*) from cases group by 1, 2;

insert into mail_tally select status, count(*) from messages where erased = 0 group by 1;

create trigger cases_are_tallied after insert on cases begin
    insert into case_tally values (new.status, coalesce(new.promise_on, ''), 1)
        on conflict (status, promise_on) do update set cases = cases + 1;
end;

create trigger changed_cases_are_tallied after update of status, promise_on on cases
    when (old.status, coalesce(old.promise_on, '')) <> (new.status, coalesce(new.promise_on, '')) begin
    update case_tally set cases = cases - 1
        where status = old.status and promise_on = coalesce(old.promise_on, '');
    insert into case_tally values (new.status, coalesce(new.promise_on, ''), 1)
        on conflict (status, promise_on) do update set cases = cases + 1;
end;

create trigger deleted_cases_are_not_tallied after delete on cases begin
    update case_tally set cases = cases - 1
        where status = old.status and promise_on = coalesce(old.promise_on, '');
end;

create trigger mails_are_tallied after insert on messages when new.erased = 0 begin
    insert into mail_tally values (new.status, 1) on conflict (status) do update set mails = mails + 1;
end;

create trigger changed_mails_are_tallied after update of status, erased on messages
    when (old.status, old.erased) <> (new.status, new.erased) begin
    update mail_tally set mails = mails - 1 where status = old.status and old.erased = 0;
    insert into mail_tally select new.status, 1 where new.erased = 0
        on conflict (status) do update set mails = mails + 1;
end;

create trigger deleted_mails_are_not_tallied after delete on messages when old.erased = 0 begin
    update mail_tally set mails = mails - 1 where status = old.status;
end;
