-- A copy of Mastercard's directory: whole, or as far as it has come. The newest
-- whole one is in use.
CREATE TABLE institution_copies (
    id INTEGER NOT NULL PRIMARY KEY,
    started_at TEXT NOT NULL,
    -- What to ask for next, and what `start` turned out to count.
    next_start INTEGER NOT NULL,
    counting TEXT NOT NULL CHECK (counting IN ('unknown', 'pages', 'records')),
    records INTEGER NOT NULL,
    -- The largest number of institutions Mastercard said there are.
    found INTEGER NOT NULL,
    completed_at TEXT
) STRICT;

CREATE TABLE institutions (
    copy INTEGER NOT NULL REFERENCES institution_copies (id) ON DELETE CASCADE,
    id INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (copy, id)
) STRICT;

-- Institutions found by a single question, until a copy that began later is whole.
CREATE TABLE institutions_asked (
    id INTEGER NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,
    asked_at TEXT NOT NULL
) STRICT;

-- Routing numbers that Mastercard was asked for; institutions do not carry theirs.
CREATE TABLE institution_routing (
    number INTEGER NOT NULL,
    institution INTEGER NOT NULL,
    PRIMARY KEY (number, institution)
) STRICT;

-- How often our users chose an institution. No person in it.
CREATE TABLE institution_usage (
    institution INTEGER NOT NULL PRIMARY KEY,
    chosen INTEGER NOT NULL
) STRICT;

-- What was looked for in vain, a day and term. No person in it.
CREATE TABLE missing_institutions (
    day TEXT NOT NULL,
    term TEXT NOT NULL,
    searches INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    PRIMARY KEY (day, term)
) STRICT;

-- Pictures by their address; without bytes: there was none to have.
CREATE TABLE icons (
    url TEXT NOT NULL PRIMARY KEY,
    fetched_at TEXT NOT NULL,
    media TEXT,
    bytes BLOB,
    CHECK ((media IS NULL) = (bytes IS NULL))
) STRICT;

-- Picture hosts that did not answer, and since when.
CREATE TABLE dead_icon_hosts (
    host TEXT NOT NULL PRIMARY KEY,
    dead_since TEXT NOT NULL
) STRICT;
