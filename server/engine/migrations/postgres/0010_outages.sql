-- What a copied institution says of itself, beside its record: those in trouble
-- are found without reading the directory.
ALTER TABLE institutions ADD COLUMN status TEXT NOT NULL DEFAULT '';
UPDATE institutions SET status = COALESCE(body ->> 'status', '');
CREATE INDEX institutions_in_trouble ON institutions (copy, id) WHERE status IN ('offline', 'maintenance');

-- Trouble that is not the users' own, from its first sign to the proof that it
-- is over.
CREATE TABLE outages (
    id UUID PRIMARY KEY,
    -- Absent: trouble at Mastercard.
    institution_id BIGINT,
    -- failures: our readings; status: the institution's own word
    seen_by TEXT NOT NULL CHECK (seen_by IN ('failures', 'status')),
    -- Breaks from here on are of it; what was broken before is not.
    counted_from TIMESTAMPTZ NOT NULL,
    -- About when it began.
    began_at TIMESTAMPTZ NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    -- Customers who were cut off at the latest look.
    affected BIGINT NOT NULL,
    -- The trouble at Mastercard that it turned out to belong to.
    part_of UUID REFERENCES outages (id)
);
-- At most one is open, of an institution and of Mastercard.
CREATE UNIQUE INDEX outages_open ON outages ((COALESCE(institution_id, -1))) WHERE closed_at IS NULL;
CREATE INDEX outages_parts ON outages (part_of) WHERE part_of IS NOT NULL;

-- Which connections an outage has cut off, and which of them are back.
CREATE TABLE outage_connections (
    outage_id UUID NOT NULL REFERENCES outages (id),
    connection_id UUID NOT NULL REFERENCES connections (id),
    joined_at TIMESTAMPTZ NOT NULL,
    back_at TIMESTAMPTZ,
    PRIMARY KEY (outage_id, connection_id)
);
CREATE INDEX outage_connections_by_connection ON outage_connections (connection_id);

-- What a look at outages asks for.
CREATE INDEX breaks_by_opening ON breaks (opened_at) WHERE closed_at IS NULL;
CREATE INDEX connections_by_institution ON connections (institution_id);
CREATE INDEX customers_by_reading ON customers (read_at);
CREATE INDEX connect_sessions_by_institution ON connect_sessions (institution_id, created_at);
