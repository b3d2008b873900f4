-- Builds of some days let a mail in quarantine that its server had not given rest after three tries: it is tried on.
insert or ignore into withheld (account, folder, uidvalidity, uid, tries, tried_at)
select sightings.account, sightings.folder, sightings.uidvalidity, uid, 3, received_at
from messages
    join sightings on sightings.message_id = messages.id
    join cursors on cursors.account = sightings.account and cursors.folder = sightings.folder
        and cursors.uidvalidity = sightings.uidvalidity
where status = 'quarantined' and reason = 'not_given';

-- Others took from what had stood for such a mail its place, once the mail itself came, and with it the way to be shown:
-- each gets one, in a numbering that no server gives.
insert into sightings (message_id, account, folder, uidvalidity, uid)
select id, coalesce((select account from cursors limit 1), ''), coalesce((select folder from cursors limit 1), ''), -id, 0
from messages where not exists (select 1 from sightings where message_id = messages.id);
