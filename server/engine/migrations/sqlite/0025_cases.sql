-- What Mastercard was told of: broken connections of one institution and code
-- that only it can mend. A case is open while one of them is not settled.
CREATE TABLE mastercard_cases (
    id BLOB NOT NULL PRIMARY KEY,
    institution_id INTEGER NOT NULL,
    code INTEGER NOT NULL,
    -- Mastercard's number of it, once somebody typed it.
    number TEXT,
    sent_at TEXT NOT NULL,
    sent_by BLOB NOT NULL REFERENCES users (id)
) STRICT;
CREATE INDEX mastercard_cases_by_sending ON mastercard_cases (sent_at, id);

CREATE TABLE mastercard_case_connections (
    case_id BLOB NOT NULL REFERENCES mastercard_cases (id),
    connection_id BLOB NOT NULL REFERENCES connections (id),
    -- Since when it was broken so, as it was sent.
    broken_since TEXT NOT NULL,
    settled_at TEXT,
    -- repaired, gone
    settled TEXT,
    PRIMARY KEY (case_id, connection_id),
    CHECK ((settled_at IS NULL) = (settled IS NULL))
) STRICT;
-- A connection is in one open case at most.
CREATE UNIQUE INDEX mastercard_case_connections_open ON mastercard_case_connections (connection_id)
    WHERE settled_at IS NULL;
