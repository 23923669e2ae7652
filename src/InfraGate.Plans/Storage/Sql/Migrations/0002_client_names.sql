-- What a client calls itself, so that lists can show it; older plans have none.
ALTER TABLE plan ADD COLUMN requester_client_name TEXT;
