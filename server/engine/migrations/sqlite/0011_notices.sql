-- What a user was told of, once a key: the subject and its stage.
CREATE TABLE notices (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    key TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- Absent where it is about no connection.
    connection_id BLOB REFERENCES connections (id),
    made_at TEXT NOT NULL,
    seen_at TEXT,
    UNIQUE (user_id, key)
) STRICT;
CREATE INDEX notices_unseen ON notices (user_id) WHERE seen_at IS NULL;

-- A letter or a text message on its way, with one or more notices. Its id is
-- the Message-ID.
CREATE TABLE deliveries (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    -- email, sms
    channel TEXT NOT NULL,
    created_at TEXT NOT NULL,
    -- Before the first attempt: from then on it may have arrived.
    tried_at TEXT,
    ended_at TEXT,
    -- sent, refused, dropped
    ended TEXT,
    CHECK ((ended_at IS NULL) = (ended IS NULL))
) STRICT;
CREATE INDEX deliveries_by_user ON deliveries (user_id, created_at);

-- What each carries: a notice goes out by a channel once.
CREATE TABLE delivered_notices (
    notice_id BLOB NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    delivery_id BLOB NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    PRIMARY KEY (notice_id, channel)
) STRICT;
CREATE INDEX delivered_notices_by_delivery ON delivered_notices (delivery_id);

-- What a user chose; without a row, as the operator set it.
CREATE TABLE notify_preferences (
    user_id BLOB PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    email INTEGER NOT NULL,
    sms INTEGER NOT NULL,
    -- soon, daily
    digest TEXT NOT NULL,
    quiet_from TEXT,
    quiet_until TEXT,
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
) STRICT;

-- Addresses that a mail server refused for good, and numbers whose owner sent
-- STOP: nothing of ours is sent there.
CREATE TABLE refused_addresses (
    email_key TEXT PRIMARY KEY,
    refused_at TEXT NOT NULL
) STRICT;
CREATE TABLE stopped_numbers (
    number TEXT PRIMARY KEY,
    stopped_at TEXT NOT NULL
) STRICT;

-- The number that a user proved, and the one that is to be proved.
CREATE TABLE phones (
    user_id BLOB PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    number TEXT,
    confirmed_at TEXT,
    asked_number TEXT,
    -- Of the code that was sent last; keyed, since a code has six digits.
    code_hash BLOB,
    code_until TEXT,
    CHECK ((number IS NULL) = (confirmed_at IS NULL))
) STRICT;
CREATE INDEX phones_by_number ON phones (number);

-- Connections that their user wants to hear nothing of until then.
CREATE TABLE snoozes (
    connection_id BLOB PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    until_at TEXT NOT NULL
) STRICT;
CREATE INDEX snoozes_by_user ON snoozes (user_id);
