-- Mails from the address on file find their case.
create index contacts_by_address on contacts (lower(address));

-- Whether copies of identity documents have been cut out of a mail's bytes.
alter table messages add column cut integer not null default 0 check (cut in (0, 1));
