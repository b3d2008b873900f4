-- Whether the register was asked about what stands here: an address that a person typed is looked up all the same. What
-- a register gave has been; of what it gave without a number, a telephone or a day, who recorded it tells.
alter table contacts add column looked_up integer not null default 1 check (looked_up in (0, 1));

update contacts set looked_up = 0
where match in ('exact', 'chosen') and phone = '' and number = '' and changed_on is null and not exists (
    select 1 from events where case_id = contacts.case_id and act = 'contact_recorded' and actor = 'agent'
);
