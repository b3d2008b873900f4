-- What comes after an answer on paper that was brought late says how the rights ended, as that answer did.
drop trigger nothing_leaves_before_the_identity;
drop trigger nothing_leaves_before_the_authority;
drop trigger nothing_is_delivered_before_the_identity;

create trigger nothing_leaves_before_the_identity before update of status on drafts
when new.status = 'sending' and new.letter in ('outcome', 'late_delivery')
    and exists (select 1 from cases where id = new.case_id and identity_level < identity_required)
    and not exists (select 1 from overrides where draft_id = new.id and text_hash = new.text_hash)
    and (
        not exists (select 1 from draft_requests where draft_id = new.id)
        or exists (
            select 1 from draft_requests join requests on requests.id = request_id
            where draft_id = new.id
                and coalesce(outcome, '') not in ('not_identified', 'art11', 'forwarded')
                and not (kind = 'marketing_objection' and coalesce(outcome, '') = 'granted')
        )
    )
begin
    select raise(abort, 'the person is not identified');
end;

create trigger nothing_leaves_before_the_authority before update of status on drafts
when (new.status = 'sending' or (new.status = 'sent' and old.status = 'approved'))
    and (
        new.letter in ('fee', 'follow_up', 'restriction_lifted')
        or new.letter in ('outcome', 'late_delivery') and (
            not exists (select 1 from draft_requests where draft_id = new.id)
            or exists (
                select 1 from draft_requests join requests on requests.id = request_id
                where draft_id = new.id
                    and coalesce(outcome, '') not in ('not_identified', 'art11', 'forwarded')
                    and not (kind = 'marketing_objection' and coalesce(outcome, '') = 'granted')
            )
        )
    )
    and exists (
        select 1 from cases
        where id = new.case_id
            and (coalesce(new.to_address, '') = '' or lower(new.to_address) = lower(subject_address))
            and exists (
                select 1 from json_each(flags) where value in ('representative', 'third_person', 'deceased')
            )
    )
    and not exists (
        select 1 from events
        where case_id = new.case_id and act = 'identity_recorded' and json_extract(facts, '$.proof') = 'authority'
            and seq > coalesce(
                (select max(seq) from events where case_id = new.case_id and act = 'identity_withdrawn'), 0
            )
    )
begin
    select raise(abort, 'no authority was seen');
end;

create trigger nothing_is_delivered_before_the_identity before update of status on drafts
when new.status = 'sent' and old.status = 'approved'
    and (
        new.letter in ('fee', 'follow_up', 'restriction_lifted')
        or new.letter in ('outcome', 'late_delivery') and (
            not exists (select 1 from draft_requests where draft_id = new.id)
            or exists (
                select 1 from draft_requests join requests on requests.id = request_id
                where draft_id = new.id
                    and coalesce(outcome, '') not in ('not_identified', 'art11', 'forwarded')
                    and not (kind = 'marketing_objection' and coalesce(outcome, '') = 'granted')
            )
        )
    )
    and exists (select 1 from cases where id = new.case_id and identity_level < identity_required)
    and not exists (select 1 from overrides where draft_id = new.id and text_hash = new.text_hash)
begin
    select raise(abort, 'the person is not identified');
end;
