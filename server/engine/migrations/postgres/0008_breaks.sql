-- What more a reading tells of an account.
ALTER TABLE accounts ADD COLUMN authorization_ends_at TIMESTAMPTZ;
-- The first of the readings in a row that did not list it, and the one that
-- made it count as gone.
ALTER TABLE accounts ADD COLUMN missed_at TIMESTAMPTZ;
ALTER TABLE accounts ADD COLUMN gone_at TIMESTAMPTZ;

-- The latest good reading of a customer, the latest attempt, and since when
-- Mastercard says that it does not know the customer.
ALTER TABLE customers ADD COLUMN read_at TIMESTAMPTZ;
ALTER TABLE customers ADD COLUMN tried_at TIMESTAMPTZ;
ALTER TABLE customers ADD COLUMN lost_at TIMESTAMPTZ;

-- From the first bad reading of a connection to the proof that it is over.
CREATE TABLE breaks (
    id UUID PRIMARY KEY,
    connection_id UUID NOT NULL REFERENCES connections (id),
    -- The present cause.
    code BIGINT NOT NULL,
    -- The latest good reading before it, and the first failure that was seen.
    last_good_at TIMESTAMPTZ,
    failed_at TIMESTAMPTZ NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    -- repaired, gone
    ended TEXT,
    CHECK ((closed_at IS NULL) = (ended IS NULL))
);
-- At most one is open.
CREATE UNIQUE INDEX breaks_open ON breaks (connection_id) WHERE closed_at IS NULL;
CREATE INDEX breaks_by_connection ON breaks (connection_id, opened_at);

-- What changed of a connection, for its people and for admins alike.
CREATE TABLE connection_history (
    id UUID PRIMARY KEY,
    connection_id UUID NOT NULL REFERENCES connections (id),
    at TIMESTAMPTZ NOT NULL,
    change JSONB NOT NULL
);
CREATE INDEX connection_history_by_connection ON connection_history (connection_id, at);

-- A daily reading of all customers.
CREATE TABLE sweeps (
    id UUID PRIMARY KEY,
    started_at TIMESTAMPTZ NOT NULL,
    -- Until when it may take: what it has to do is spread over this time.
    due_at TIMESTAMPTZ NOT NULL,
    planned BIGINT NOT NULL,
    read_count BIGINT NOT NULL,
    failed_count BIGINT NOT NULL,
    finished_at TIMESTAMPTZ
);

-- The connection that a visit repairs; absent: the visit connects.
ALTER TABLE connect_sessions ADD COLUMN connection_id UUID REFERENCES connections (id);
CREATE INDEX connect_sessions_by_connection ON connect_sessions (connection_id, created_at);
