-- A person's passkeys: the public halves, and so no secret.
CREATE TABLE passkeys (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- What the authenticator calls it: nobody's twice.
    credential_id BLOB NOT NULL UNIQUE,
    -- What its owner calls it.
    name TEXT NOT NULL,
    passkey TEXT NOT NULL,
    -- Of the last signature; 0 where the authenticator does not count.
    counter INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    last_used_at TEXT
) STRICT;

CREATE INDEX passkeys_user ON passkeys (user_id, created_at);

-- What a browser's session was asked to sign: one at a time, good once.
CREATE TABLE passkey_challenges (
    session BLOB NOT NULL PRIMARY KEY REFERENCES sign_ins (id_hash) ON DELETE CASCADE,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
