-- One text for SQLite and PostgreSQL: times are Unix milliseconds, JSON is text, no type that only one of them knows.

CREATE TABLE plan (
  id TEXT NOT NULL PRIMARY KEY,
  status TEXT NOT NULL,
  status_reason TEXT,
  status_changed_at BIGINT NOT NULL,
  digest TEXT NOT NULL,
  cluster TEXT NOT NULL,
  namespace TEXT NOT NULL,
  operation TEXT NOT NULL,
  requester_subject TEXT NOT NULL,
  requester_name TEXT NOT NULL,
  requester_client TEXT NOT NULL,
  request_key TEXT NOT NULL,
  summary TEXT NOT NULL,
  targets TEXT NOT NULL,
  risk INTEGER,
  search_text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  list_rank INTEGER NOT NULL,
  list_time BIGINT NOT NULL,
  signed_grant TEXT,
  outcome TEXT,
  lease_owner TEXT,
  lease_until BIGINT
);

-- A list reads one status at a time and merges, so every list index starts with what it filters by and ends with the order of the page.
CREATE INDEX plan_by_status ON plan (status, list_rank, list_time, id);
CREATE INDEX plan_by_namespace ON plan (namespace, status, list_rank, list_time, id);
CREATE INDEX plan_by_requester ON plan (requester_subject, status, list_rank, list_time, id);
CREATE INDEX plan_by_operation ON plan (operation, status, list_rank, list_time, id);
CREATE INDEX plan_by_due ON plan (status, due_at);
CREATE INDEX plan_by_request ON plan (requester_subject, request_key, status);

-- Apart from the plan, because lists never need it and it is large.
CREATE TABLE plan_content (
  plan_id TEXT NOT NULL PRIMARY KEY REFERENCES plan (id),
  content TEXT NOT NULL
);

-- Counting rows would cost more with every plan.
CREATE TABLE plan_count (
  status TEXT NOT NULL PRIMARY KEY,
  plans BIGINT NOT NULL
);

CREATE TABLE decision (
  plan_id TEXT NOT NULL REFERENCES plan (id),
  number INTEGER NOT NULL,
  subject TEXT NOT NULL,
  name TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT,
  acknowledged TEXT NOT NULL,
  approver_groups TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  PRIMARY KEY (plan_id, number),
  UNIQUE (plan_id, subject)
);

CREATE TABLE challenge (
  token_hash TEXT NOT NULL PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES plan (id),
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);

CREATE INDEX challenge_by_plan ON challenge (plan_id, expires_at);

CREATE TABLE audit_entry (
  sequence BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_subject TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  actor_client TEXT,
  action TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  from_status TEXT,
  to_status TEXT,
  details TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);

CREATE INDEX audit_by_plan ON audit_entry (plan_id, sequence);
CREATE INDEX audit_by_subject ON audit_entry (actor_subject, sequence);
CREATE INDEX audit_by_action ON audit_entry (action, sequence);

CREATE TABLE audit_head (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  sequence BIGINT NOT NULL,
  hash TEXT NOT NULL
);

INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE audit_checkpoint (
  sequence BIGINT NOT NULL PRIMARY KEY,
  signed_at BIGINT NOT NULL,
  signature TEXT NOT NULL
);
