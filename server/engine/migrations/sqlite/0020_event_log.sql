-- What pages of staff ask of the events.
ALTER TABLE events ADD COLUMN customer_id TEXT;
-- What it changed when it had its effect.
ALTER TABLE events ADD COLUMN effect TEXT;
UPDATE events SET customer_id = body ->> 'customer';
CREATE INDEX events_by_kind ON events (kind, received_at);
CREATE INDEX events_by_customer ON events (customer_id, received_at);
CREATE INDEX events_set_aside ON events (received_at) WHERE state = 'quarantined';

-- When the event came that says that a visit is over.
ALTER TABLE connect_sessions ADD COLUMN ended_at TEXT;
UPDATE connect_sessions SET ended_at = (
    SELECT min(e.received_at) FROM events e
    WHERE e.reference = connect_sessions.reference AND e.kind = 'done' AND e.state = 'applied'
);
CREATE INDEX connect_sessions_without_end ON connect_sessions (created_at, reference) WHERE ended_at IS NULL;

-- Customers by how long nobody has read them.
CREATE INDEX customers_by_age ON customers (COALESCE(read_at, created_at), customer_id);

-- Jobs that are not done, the oldest first.
CREATE INDEX jobs_by_age ON jobs (status, created_at, id) WHERE status <> 'done';
