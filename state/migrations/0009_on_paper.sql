-- Requests that came by letter, by telephone or in person.
alter table cases add column channel text not null default 'mail' check (channel in ('mail', 'letter', 'call', 'visit'));

alter table cases add column postal text;

-- A letter without an e-mail address is brought to its reader by a person; no other one ends without the wire.
create trigger nothing_is_sent_to_nobody before update of status on drafts
when new.status = 'sending' and coalesce(new.to_address, '') = ''
begin
    select raise(abort, 'the letter has no address');
end;

create trigger only_what_has_no_address_goes_on_paper before update of status on drafts
when new.status = 'sent' and old.status = 'approved' and coalesce(new.to_address, '') <> ''
begin
    select raise(abort, 'the letter has an address');
end;
