-- The list of cases, narrowed: by language and by right, in the order of the promise, and by the day of receipt.
create index cases_queue_by_language on cases (language, promise_on, id) where status in ('candidate', 'open', 'waiting');

create index cases_by_status_and_language on cases (status, language, promise_on, id);

create index cases_by_receipt on cases (received_on);

-- As people say its number: without the year.
create index cases_by_serial on cases (serial, year);

create index requests_by_kind on requests (kind, case_id) where status <> 'dropped';
