-- Which cases go on in this one.
create index cases_by_joined on cases (joined_to) where joined_to is not null;
