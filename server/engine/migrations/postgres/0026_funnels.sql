-- In which language a visit went, and the break that it is to repair.
ALTER TABLE connect_sessions ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE connect_sessions ADD COLUMN break_id UUID REFERENCES breaks (id);
UPDATE connect_sessions SET language = u.language FROM users u WHERE u.id = connect_sessions.user_id;
UPDATE connect_sessions SET language = r.language FROM receipts r WHERE r.connect_session_id = connect_sessions.id;
UPDATE connect_sessions SET break_id = b.id FROM breaks b
    WHERE b.connection_id = connect_sessions.connection_id AND connect_sessions.created_at >= b.opened_at
    AND (b.closed_at IS NULL OR connect_sessions.created_at <= b.closed_at);
CREATE INDEX connect_sessions_by_break ON connect_sessions (break_id) WHERE break_id IS NOT NULL;

-- What is counted of a break on its way to the proof.
-- Whether its person can repair it through Fix, by the status table as it
-- opened or changed its cause. Of those before, the job at the end says it.
ALTER TABLE breaks ADD COLUMN fixable BOOLEAN NOT NULL DEFAULT FALSE;
-- The language of its person as it opened.
ALTER TABLE breaks ADD COLUMN language TEXT NOT NULL DEFAULT '';
-- The first notice of it, and the first that a letter or text message brought.
ALTER TABLE breaks ADD COLUMN told_at TIMESTAMPTZ;
ALTER TABLE breaks ADD COLUMN mailed_at TIMESTAMPTZ;
ALTER TABLE breaks ADD COLUMN texted_at TIMESTAMPTZ;
-- Its person was first in our pages.
ALTER TABLE breaks ADD COLUMN came_at TIMESTAMPTZ;
-- Its connection was taken out of the figures while it was open: what happens
-- from then on is not counted, whatever becomes of the mark.
ALTER TABLE breaks ADD COLUMN marked_at TIMESTAMPTZ;
UPDATE breaks SET language = u.language FROM connections c JOIN users u ON u.id = c.user_id
    WHERE c.id = breaks.connection_id;
UPDATE breaks SET marked_at = m.at
    FROM (SELECT connection_id, min(marked_at) AS at FROM connection_marks GROUP BY connection_id) m
    WHERE m.connection_id = breaks.connection_id AND breaks.closed_at IS NULL;
UPDATE breaks SET marked_at = closed_at WHERE NOT end_counted;
UPDATE breaks SET told_at = n.at
    FROM (SELECT subject ->> 'of' AS id, min(made_at) AS at FROM notices WHERE key LIKE 'broke:%' GROUP BY 1) n
    WHERE n.id = breaks.id::text;

-- What the user kept of what a visit brought.
UPDATE connect_sessions SET facts = jsonb_set(connect_sessions.facts, '{kept}', to_jsonb(k.at))
    FROM (SELECT connect_session_id AS id, min(chosen_at) AS at FROM accounts WHERE choice = 'kept' GROUP BY 1) k
    WHERE k.id = connect_sessions.id AND k.at IS NOT NULL AND connect_sessions.connection_id IS NULL;

-- Funnels: visits that connect ('connect') and breaks ('repair'), by the day on
-- which they began (days since 1970, UTC). A slice is all of them, or those of
-- one institution, code, channel or language.
CREATE TABLE funnel_steps (
    funnel TEXT NOT NULL,
    slice TEXT NOT NULL,
    value BIGINT NOT NULL,
    day BIGINT NOT NULL,
    -- How soon a step was reached: 0 within a day, 1 within seven, 2 within
    -- thirty, 3 later. All of a step together is the sum.
    soon BIGINT NOT NULL,
    step_0 BIGINT NOT NULL,
    step_1 BIGINT NOT NULL,
    step_2 BIGINT NOT NULL,
    step_3 BIGINT NOT NULL,
    step_4 BIGINT NOT NULL,
    step_5 BIGINT NOT NULL,
    PRIMARY KEY (funnel, slice, value, day, soon)
);
-- At which step they are, and what is known of why they went no further.
CREATE TABLE funnel_stops (
    funnel TEXT NOT NULL,
    slice TEXT NOT NULL,
    value BIGINT NOT NULL,
    day BIGINT NOT NULL,
    step BIGINT NOT NULL,
    stop TEXT NOT NULL,
    -- The code of a trouble; else 0.
    code BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (funnel, slice, value, day, step, stop, code)
);

-- What was there before enters once.
INSERT INTO jobs (id, kind, payload, dedupe_key, status, attempt, max_attempts, created_at)
SELECT gen_random_uuid(), 'health.enter', CAST('{}' AS JSONB), '', 'waiting', 0, 12, now()
WHERE EXISTS (SELECT 1 FROM connect_sessions) ON CONFLICT DO NOTHING;
