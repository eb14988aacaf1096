-- Mastercard's record of a user. The username is ours, random, and stored
-- before Mastercard is asked, so that a call that died can be looked up.
CREATE TABLE customers (
    user_id UUID PRIMARY KEY REFERENCES users (id),
    username TEXT NOT NULL UNIQUE,
    customer_id TEXT UNIQUE,
    created_at TIMESTAMPTZ NOT NULL
);

-- One visit to Data Connect. The link itself is never stored.
CREATE TABLE connect_sessions (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    customer_id TEXT NOT NULL,
    institution_id BIGINT NOT NULL,
    institution_name TEXT NOT NULL,
    -- The institution and its successors: where its accounts may show up.
    institution_ids JSONB NOT NULL,
    -- What the webhook and the return call this visit; opaque.
    reference TEXT NOT NULL UNIQUE,
    facts JSONB NOT NULL,
    -- Counts changes; taking it is what locks the row.
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    -- The one refresh that was asked for with the person present.
    refreshed_at TIMESTAMPTZ
);
CREATE INDEX connect_sessions_by_user ON connect_sessions (user_id, created_at);

-- What the user was told before connecting.
CREATE TABLE receipts (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    connect_session_id UUID NOT NULL REFERENCES connect_sessions (id),
    institution_id BIGINT NOT NULL,
    text_version TEXT NOT NULL,
    language TEXT NOT NULL,
    given_at TIMESTAMPTZ NOT NULL
);

-- One institution login of one customer.
CREATE TABLE connections (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    customer_id TEXT NOT NULL,
    institution_login_id TEXT NOT NULL,
    institution_id BIGINT NOT NULL,
    institution_name TEXT NOT NULL,
    connected_at TIMESTAMPTZ NOT NULL,
    UNIQUE (customer_id, institution_login_id)
);
CREATE INDEX connections_by_user ON connections (user_id);

-- One account of a connection: no balance, no full number.
CREATE TABLE accounts (
    id UUID PRIMARY KEY,
    connection_id UUID NOT NULL REFERENCES connections (id),
    customer_id TEXT NOT NULL,
    -- Mastercard's account id.
    upstream_id TEXT NOT NULL,
    connect_session_id UUID NOT NULL REFERENCES connect_sessions (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    mask TEXT NOT NULL,
    currency TEXT NOT NULL,
    -- Absent before the first aggregation.
    status_code BIGINT,
    attempted_at TIMESTAMPTZ,
    succeeded_at TIMESTAMPTZ,
    -- waiting, kept, removing, removed
    choice TEXT NOT NULL,
    chosen_at TIMESTAMPTZ,
    arrived_at TIMESTAMPTZ NOT NULL,
    read_at TIMESTAMPTZ NOT NULL,
    UNIQUE (customer_id, upstream_id)
);
CREATE INDEX accounts_by_connection ON accounts (connection_id);
CREATE INDEX accounts_by_session ON accounts (connect_session_id);
