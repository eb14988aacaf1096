-- What more a reading tells of an account.
ALTER TABLE accounts ADD COLUMN authorization_ends_at TEXT;
-- The first of the readings in a row that did not list it, and the one that
-- made it count as gone.
ALTER TABLE accounts ADD COLUMN missed_at TEXT;
ALTER TABLE accounts ADD COLUMN gone_at TEXT;

-- The latest good reading of a customer, the latest attempt, and since when
-- Mastercard says that it does not know the customer.
ALTER TABLE customers ADD COLUMN read_at TEXT;
ALTER TABLE customers ADD COLUMN tried_at TEXT;
ALTER TABLE customers ADD COLUMN lost_at TEXT;

-- From the first bad reading of a connection to the proof that it is over.
CREATE TABLE breaks (
    id BLOB PRIMARY KEY,
    connection_id BLOB NOT NULL REFERENCES connections (id),
    -- The present cause.
    code INTEGER NOT NULL,
    -- The latest good reading before it, and the first failure that was seen.
    last_good_at TEXT,
    failed_at TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    -- repaired, gone
    ended TEXT,
    CHECK ((closed_at IS NULL) = (ended IS NULL))
) STRICT;
-- At most one is open.
CREATE UNIQUE INDEX breaks_open ON breaks (connection_id) WHERE closed_at IS NULL;
CREATE INDEX breaks_by_connection ON breaks (connection_id, opened_at);

-- What changed of a connection, for its people and for admins alike.
CREATE TABLE connection_history (
    id BLOB PRIMARY KEY,
    connection_id BLOB NOT NULL REFERENCES connections (id),
    at TEXT NOT NULL,
    change TEXT NOT NULL
) STRICT;
CREATE INDEX connection_history_by_connection ON connection_history (connection_id, at);

-- A daily reading of all customers.
CREATE TABLE sweeps (
    id BLOB PRIMARY KEY,
    started_at TEXT NOT NULL,
    -- Until when it may take: what it has to do is spread over this time.
    due_at TEXT NOT NULL,
    planned INTEGER NOT NULL,
    read_count INTEGER NOT NULL,
    failed_count INTEGER NOT NULL,
    finished_at TEXT
) STRICT;

-- The connection that a visit repairs; absent: the visit connects.
ALTER TABLE connect_sessions ADD COLUMN connection_id BLOB REFERENCES connections (id);
CREATE INDEX connect_sessions_by_connection ON connect_sessions (connection_id, created_at);
