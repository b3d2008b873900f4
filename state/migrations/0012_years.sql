-- the yearly report
create index requests_by_receipt on requests (received_on);
