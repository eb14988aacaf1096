-- What a person shows beside the password; several, of several kinds.
CREATE TABLE factors (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    -- Encrypted under the installation's key; bound to this row.
    sealed BLOB NOT NULL,
    -- Absent: being set up.
    confirmed_at TEXT,
    -- The step of the last code that was taken: none counts twice.
    last_step INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE INDEX factors_user ON factors (user_id, kind);

-- For who has lost the factor; each is good once. Keyed hashes.
CREATE TABLE recovery_codes (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    used_at TEXT,
    PRIMARY KEY (user_id, hash)
) STRICT;

-- How the sign-in showed its second factor, if it did.
ALTER TABLE sign_ins ADD COLUMN factor TEXT;

-- Of an invitation: as what; absent for a user.
ALTER TABLE one_time_tokens ADD COLUMN role TEXT;

CREATE INDEX users_role ON users (role, email_key);
