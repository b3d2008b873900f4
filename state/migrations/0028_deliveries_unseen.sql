-- Whether the mailbox could not be read when the letter left, so that nobody knew what lay there by then.
alter table deliveries add column unseen integer not null default 0 check (unseen in (0, 1));
