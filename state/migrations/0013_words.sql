-- The beginnings by which a case is searched: words of its name, address and number.
create table words (
    word text not null,
    case_id integer not null references cases (id),
    primary key (word, case_id)
) strict, without rowid;

create index words_by_case on words (case_id);
