-- A first look that has not ended, and how much a folder held: an emptied one is told.
alter table cursors add column since text;

alter table cursors add column held integer not null default 0;

-- Mails that a cursor has passed although the server did not give them.
create table withheld (
    account text not null,
    folder text not null,
    uidvalidity integer not null,
    uid integer not null,
    tries integer not null check (tries >= 0),
    tried_at text not null,
    primary key (account, folder, uidvalidity, uid)
) strict, without rowid;
