-- The breaks behind the figures, by when they opened: all, those that opened at
-- an institution, by a code, and both.
DROP INDEX breaks_by_institution;
CREATE INDEX breaks_opened ON breaks (opened_at, id);
CREATE INDEX breaks_opened_there ON breaks (institution_id, opened_at, id);
CREATE INDEX breaks_opened_of ON breaks (code, opened_at, id);
CREATE INDEX breaks_opened_both ON breaks (institution_id, code, opened_at, id);
-- By when they were repaired, besides those that are there.
CREATE INDEX breaks_repaired_both ON breaks (institution_id, code, closed_at) WHERE ended = 'repaired';
-- And those of them that went through Fix.
CREATE INDEX breaks_fixed ON breaks (closed_at) WHERE through_fix;
CREATE INDEX breaks_fixed_there ON breaks (institution_id, closed_at) WHERE through_fix;
CREATE INDEX breaks_fixed_of ON breaks (code, closed_at) WHERE through_fix;
CREATE INDEX breaks_fixed_both ON breaks (institution_id, code, closed_at) WHERE through_fix;

-- Whom an outage still cuts off.
CREATE INDEX outage_connections_still ON outage_connections (outage_id, connection_id) WHERE back_at IS NULL;
