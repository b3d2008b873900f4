-- Which version of the program tried last to read a mail that lies unread in quarantine.
create table rereads (
    message_id integer primary key references messages (id),
    version text not null
) strict;

create index messages_unread on messages (id) where status = 'quarantined' and reason = 'unreadable';
