-- What a person shows beside the password; several, of several kinds.
CREATE TABLE factors (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    -- Encrypted under the installation's key; bound to this row.
    sealed BYTEA NOT NULL,
    -- Absent: being set up.
    confirmed_at TIMESTAMPTZ,
    -- The step of the last code that was taken: none counts twice.
    last_step BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX factors_user ON factors (user_id, kind);

-- For who has lost the factor; each is good once. Keyed hashes.
CREATE TABLE recovery_codes (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash BYTEA NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (user_id, hash)
);

-- How the sign-in showed its second factor, if it did.
ALTER TABLE sign_ins ADD COLUMN factor TEXT;

-- Of an invitation: as what; absent for a user.
ALTER TABLE one_time_tokens ADD COLUMN role TEXT;

-- Bytes in order, as on SQLite: a search by the beginning is a range.
ALTER TABLE users ALTER COLUMN email_key TYPE TEXT COLLATE "C";
CREATE INDEX users_role ON users (role, email_key);
