-- Two letters besides the answer tell of data whatever right they are about.
create trigger nothing_else_leaves_before_the_identity before update of status on drafts
when new.status = 'sending' and new.letter in ('fee', 'follow_up')
    and exists (select 1 from cases where id = new.case_id and identity_level < identity_required)
    and not exists (select 1 from overrides where draft_id = new.id and text_hash = new.text_hash)
begin
    select raise(abort, 'the person is not identified');
end;
