-- Whether a mail has been read against the one-time codes that were out: an older version stored its codes as they stood.
alter table messages add column codes_read integer not null default 0 check (codes_read in (0, 1));

create index messages_with_codes on messages (received_at) where codes_read = 0;
