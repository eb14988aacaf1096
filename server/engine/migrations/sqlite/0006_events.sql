-- Webhooks as received, redacted at the door.
CREATE TABLE events (
    event_id TEXT PRIMARY KEY,
    -- The reference of the connect session, as in the URL that was called.
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    -- SHA-256 of the raw body, in hex: proves what was received.
    body_hash TEXT NOT NULL,
    -- Which of the valid keys matched: 0 is the present one.
    signed_by INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    -- waiting, applied, quarantined
    state TEXT NOT NULL,
    -- Why it is quarantined.
    reason TEXT,
    processed_at TEXT
) STRICT;
CREATE INDEX events_by_reference ON events (reference, received_at);

-- Things that are counted and not kept, by day.
CREATE TABLE counters (
    name TEXT NOT NULL,
    day TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (name, day)
) STRICT;
