-- People with a sign-in of ours.
CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY,
    -- As it was typed; letters go here.
    email TEXT NOT NULL,
    -- Lower-case: what makes two addresses one.
    email_key TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('user', 'admin')),
    language TEXT NOT NULL,
    email_confirmed_at TEXT,
    disabled_at TEXT,
    -- Sessions asked for until then are void.
    signed_out_at TEXT,
    created_at TEXT NOT NULL
) STRICT;

-- One-time tokens of letters. The token itself is in the letter only.
CREATE TABLE one_time_tokens (
    hash BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('confirm_email', 'reset_password', 'invitation')),
    user_id BLOB REFERENCES users (id) ON DELETE CASCADE,
    -- Of an invitation: whom it is for.
    email TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

CREATE INDEX one_time_tokens_user ON one_time_tokens (user_id, purpose);

-- How often something was tried lately, by account and by address. The key is
-- hashed: an unknown account's e-mail is nobody's business.
CREATE TABLE attempts (
    scope TEXT NOT NULL,
    key BLOB NOT NULL,
    started_at TEXT NOT NULL,
    tries INTEGER NOT NULL,
    locked_until TEXT,
    PRIMARY KEY (scope, key)
) STRICT;

-- Sessions of browsers, signed in or not. The cookie's id is hashed; `handle`
-- names a session to people.
CREATE TABLE sign_ins (
    id_hash BLOB NOT NULL PRIMARY KEY,
    handle BLOB NOT NULL UNIQUE,
    user_id BLOB REFERENCES users (id) ON DELETE CASCADE,
    data TEXT NOT NULL,
    user_agent TEXT,
    address TEXT,
    created_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX sign_ins_user ON sign_ins (user_id);
CREATE INDEX sign_ins_expiry ON sign_ins (expires_at);
