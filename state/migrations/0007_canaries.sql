-- Test mails through the public contact address: sent by us, found again in a mailbox.
create table canaries (
    id integer primary key,
    token text not null unique,
    claimed_at text not null,
    sent_at text,
    arrived_at text,
    folder text,
    check ((arrived_at is null) = (folder is null))
) strict;
