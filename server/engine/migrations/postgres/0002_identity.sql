-- People with a sign-in of ours.
CREATE TABLE users (
    id UUID NOT NULL PRIMARY KEY,
    -- As it was typed; letters go here.
    email TEXT NOT NULL,
    -- Lower-case: what makes two addresses one.
    email_key TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('user', 'admin')),
    language TEXT NOT NULL,
    email_confirmed_at TIMESTAMPTZ,
    disabled_at TIMESTAMPTZ,
    -- Sessions asked for until then are void.
    signed_out_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);

-- One-time tokens of letters. The token itself is in the letter only.
CREATE TABLE one_time_tokens (
    hash BYTEA NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('confirm_email', 'reset_password', 'invitation')),
    user_id UUID REFERENCES users (id) ON DELETE CASCADE,
    -- Of an invitation: whom it is for.
    email TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);

CREATE INDEX one_time_tokens_user ON one_time_tokens (user_id, purpose);

-- How often something was tried lately, by account and by address. The key is
-- hashed: an unknown account's e-mail is nobody's business.
CREATE TABLE attempts (
    scope TEXT NOT NULL,
    key BYTEA NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    tries INTEGER NOT NULL,
    locked_until TIMESTAMPTZ,
    PRIMARY KEY (scope, key)
);

-- Sessions of browsers, signed in or not. The cookie's id is hashed; `handle`
-- names a session to people.
CREATE TABLE sign_ins (
    id_hash BYTEA NOT NULL PRIMARY KEY,
    handle UUID NOT NULL UNIQUE,
    user_id UUID REFERENCES users (id) ON DELETE CASCADE,
    data JSONB NOT NULL,
    user_agent TEXT,
    address TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX sign_ins_user ON sign_ins (user_id);
CREATE INDEX sign_ins_expiry ON sign_ins (expires_at);
