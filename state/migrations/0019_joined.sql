-- Two cases of one matter: this one has ended and goes on there.
alter table cases add column joined_to integer references cases (id);
