-- A copy of Mastercard's directory: whole, or as far as it has come. The newest
-- whole one is in use.
CREATE TABLE institution_copies (
    id BIGINT NOT NULL PRIMARY KEY,
    started_at TIMESTAMPTZ NOT NULL,
    -- What to ask for next, and what `start` turned out to count.
    next_start BIGINT NOT NULL,
    counting TEXT NOT NULL CHECK (counting IN ('unknown', 'pages', 'records')),
    records BIGINT NOT NULL,
    -- The largest number of institutions Mastercard said there are.
    found BIGINT NOT NULL,
    completed_at TIMESTAMPTZ
);

CREATE TABLE institutions (
    copy BIGINT NOT NULL REFERENCES institution_copies (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    body JSONB NOT NULL,
    PRIMARY KEY (copy, id)
);

-- Institutions found by a single question, until a copy that began later is whole.
CREATE TABLE institutions_asked (
    id BIGINT NOT NULL PRIMARY KEY,
    body JSONB NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL
);

-- Routing numbers that Mastercard was asked for; institutions do not carry theirs.
CREATE TABLE institution_routing (
    number BIGINT NOT NULL,
    institution BIGINT NOT NULL,
    PRIMARY KEY (number, institution)
);

-- How often our users chose an institution. No person in it.
CREATE TABLE institution_usage (
    institution BIGINT NOT NULL PRIMARY KEY,
    chosen BIGINT NOT NULL
);

-- What was looked for in vain, a day and term. No person in it.
CREATE TABLE missing_institutions (
    day TEXT NOT NULL,
    term TEXT NOT NULL,
    searches BIGINT NOT NULL,
    reports BIGINT NOT NULL,
    PRIMARY KEY (day, term)
);

-- Pictures by their address; without bytes: there was none to have.
CREATE TABLE icons (
    url TEXT NOT NULL PRIMARY KEY,
    fetched_at TIMESTAMPTZ NOT NULL,
    media TEXT,
    bytes BYTEA,
    CHECK ((media IS NULL) = (bytes IS NULL))
);

-- Picture hosts that did not answer, and since when.
CREATE TABLE dead_icon_hosts (
    host TEXT NOT NULL PRIMARY KEY,
    dead_since TIMESTAMPTZ NOT NULL
);
