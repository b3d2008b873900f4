-- Who asks: the contact on file, one-time codes (their hashes), and what a person lets go all the same.
create table contacts (
    case_id integer primary key references cases (id),
    match text not null check (match in ('exact', 'chosen', 'near', 'several', 'none')),
    name text not null,
    address text not null,
    phone text not null,
    number text not null,
    protected integer not null check (protected in (0, 1)),
    changed_on text,
    check (match in ('exact', 'chosen') or address = '')
) strict;

create table codes (
    id integer primary key,
    case_id integer not null references cases (id),
    draft_id integer not null unique references drafts (id),
    salt text not null,
    digest text not null,
    wrong integer not null default 0 check (wrong between 0 and 5),
    used_at text,
    check (used_at is null or wrong < 5)
) strict;

create index codes_by_case on codes (case_id);

create table overrides (
    draft_id integer not null references drafts (id),
    text_hash text not null,
    reason text not null,
    person text not null check (person glob 'person:?*'),
    at text not null,
    primary key (draft_id, text_hash)
) strict, without rowid;

-- The store refuses this with words before it comes here; whatever it forgets, nothing is claimed.
create trigger nothing_leaves_before_the_identity before update of status on drafts
when new.status = 'sending' and new.letter = 'outcome'
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
