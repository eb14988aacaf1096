-- What Mastercard was told of: broken connections of one institution and code
-- that only it can mend. A case is open while one of them is not settled.
CREATE TABLE mastercard_cases (
    id UUID NOT NULL PRIMARY KEY,
    institution_id BIGINT NOT NULL,
    code BIGINT NOT NULL,
    -- Mastercard's number of it, once somebody typed it.
    number TEXT,
    sent_at TIMESTAMPTZ NOT NULL,
    sent_by UUID NOT NULL REFERENCES users (id)
);
CREATE INDEX mastercard_cases_by_sending ON mastercard_cases (sent_at, id);

CREATE TABLE mastercard_case_connections (
    case_id UUID NOT NULL REFERENCES mastercard_cases (id),
    connection_id UUID NOT NULL REFERENCES connections (id),
    -- Since when it was broken so, as it was sent.
    broken_since TIMESTAMPTZ NOT NULL,
    settled_at TIMESTAMPTZ,
    -- repaired, gone
    settled TEXT,
    PRIMARY KEY (case_id, connection_id),
    CHECK ((settled_at IS NULL) = (settled IS NULL))
);
-- A connection is in one open case at most.
CREATE UNIQUE INDEX mastercard_case_connections_open ON mastercard_case_connections (connection_id)
    WHERE settled_at IS NULL;
