-- Visits that connect, were at Data Connect, and are over or proven; those of them
-- that brought accounts; and those of them whose accounts each had a first reading.
ALTER TABLE institution_figures ADD COLUMN tried BIGINT NOT NULL DEFAULT 0;
ALTER TABLE institution_figures ADD COLUMN connected BIGINT NOT NULL DEFAULT 0;
ALTER TABLE institution_figures ADD COLUMN settled BIGINT NOT NULL DEFAULT 0;
-- `connected` by `tried`, in millionths; one more where too few tried.
ALTER TABLE institution_figures ADD COLUMN tried_share BIGINT NOT NULL DEFAULT 1000001;
CREATE INDEX institution_figures_by_tried ON institution_figures (tried_share, institution_id);

-- Visits of before are counted once.
INSERT INTO jobs (id, kind, payload, dedupe_key, status, attempt, max_attempts, created_at)
SELECT gen_random_uuid(), 'health.enter', CAST('{"figures_only": true}' AS JSONB), '', 'waiting', 0, 12, now()
WHERE EXISTS (SELECT 1 FROM connect_sessions) ON CONFLICT DO NOTHING;
