-- A person's passkeys: the public halves, and so no secret.
CREATE TABLE passkeys (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- What the authenticator calls it: nobody's twice.
    credential_id BYTEA NOT NULL UNIQUE,
    -- What its owner calls it.
    name TEXT NOT NULL,
    passkey JSONB NOT NULL,
    -- Of the last signature; 0 where the authenticator does not count.
    counter BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ
);

CREATE INDEX passkeys_user ON passkeys (user_id, created_at);

-- What a browser's session was asked to sign: one at a time, good once.
CREATE TABLE passkey_challenges (
    session BYTEA NOT NULL PRIMARY KEY REFERENCES sign_ins (id_hash) ON DELETE CASCADE,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    state JSONB NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
