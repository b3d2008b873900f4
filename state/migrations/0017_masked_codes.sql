-- Whether the code has been taken out of the letter that carried it, once that could not be sent any more.
alter table codes add column masked integer not null default 0 check (masked in (0, 1));
