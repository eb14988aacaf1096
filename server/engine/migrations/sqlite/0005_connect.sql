-- Mastercard's record of a user. The username is ours, random, and stored
-- before Mastercard is asked, so that a call that died can be looked up.
CREATE TABLE customers (
    user_id BLOB PRIMARY KEY REFERENCES users (id),
    username TEXT NOT NULL UNIQUE,
    customer_id TEXT UNIQUE,
    created_at TEXT NOT NULL
) STRICT;

-- One visit to Data Connect. The link itself is never stored.
CREATE TABLE connect_sessions (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    customer_id TEXT NOT NULL,
    institution_id INTEGER NOT NULL,
    institution_name TEXT NOT NULL,
    -- The institution and its successors: where its accounts may show up.
    institution_ids TEXT NOT NULL,
    -- What the webhook and the return call this visit; opaque.
    reference TEXT NOT NULL UNIQUE,
    facts TEXT NOT NULL,
    -- Counts changes; taking it is what locks the row.
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    -- The one refresh that was asked for with the person present.
    refreshed_at TEXT
) STRICT;
CREATE INDEX connect_sessions_by_user ON connect_sessions (user_id, created_at);

-- What the user was told before connecting.
CREATE TABLE receipts (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    connect_session_id BLOB NOT NULL REFERENCES connect_sessions (id),
    institution_id INTEGER NOT NULL,
    text_version TEXT NOT NULL,
    language TEXT NOT NULL,
    given_at TEXT NOT NULL
) STRICT;

-- One institution login of one customer.
CREATE TABLE connections (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    customer_id TEXT NOT NULL,
    institution_login_id TEXT NOT NULL,
    institution_id INTEGER NOT NULL,
    institution_name TEXT NOT NULL,
    connected_at TEXT NOT NULL,
    UNIQUE (customer_id, institution_login_id)
) STRICT;
CREATE INDEX connections_by_user ON connections (user_id);

-- One account of a connection: no balance, no full number.
CREATE TABLE accounts (
    id BLOB PRIMARY KEY,
    connection_id BLOB NOT NULL REFERENCES connections (id),
    customer_id TEXT NOT NULL,
    -- Mastercard's account id.
    upstream_id TEXT NOT NULL,
    connect_session_id BLOB NOT NULL REFERENCES connect_sessions (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    mask TEXT NOT NULL,
    currency TEXT NOT NULL,
    -- Absent before the first aggregation.
    status_code INTEGER,
    attempted_at TEXT,
    succeeded_at TEXT,
    -- waiting, kept, removing, removed
    choice TEXT NOT NULL,
    chosen_at TEXT,
    arrived_at TEXT NOT NULL,
    read_at TEXT NOT NULL,
    UNIQUE (customer_id, upstream_id)
) STRICT;
CREATE INDEX accounts_by_connection ON accounts (connection_id);
CREATE INDEX accounts_by_session ON accounts (connect_session_id);
