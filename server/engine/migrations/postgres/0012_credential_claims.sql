-- Who tries a credential just now, by its keyed fingerprint: nodes that start
-- with the same wrong secret would lock the partner together.
CREATE TABLE credential_claims (
    fingerprint TEXT PRIMARY KEY,
    until_at TIMESTAMPTZ NOT NULL,
    -- Trials before, in a row, whose end nobody saw.
    unseen BIGINT NOT NULL
);
