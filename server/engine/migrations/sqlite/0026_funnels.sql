-- In which language a visit went, and the break that it is to repair.
ALTER TABLE connect_sessions ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE connect_sessions ADD COLUMN break_id BLOB REFERENCES breaks (id);
UPDATE connect_sessions SET language = u.language FROM users u WHERE u.id = connect_sessions.user_id;
UPDATE connect_sessions SET language = r.language FROM receipts r WHERE r.connect_session_id = connect_sessions.id;
UPDATE connect_sessions SET break_id = b.id FROM breaks b
    WHERE b.connection_id = connect_sessions.connection_id AND connect_sessions.created_at >= b.opened_at
    AND (b.closed_at IS NULL OR connect_sessions.created_at <= b.closed_at);
CREATE INDEX connect_sessions_by_break ON connect_sessions (break_id) WHERE break_id IS NOT NULL;

-- What is counted of a break on its way to the proof.
-- Whether its person can repair it through Fix, by the status table as it
-- opened or changed its cause. Of those before, the job at the end says it.
ALTER TABLE breaks ADD COLUMN fixable INTEGER NOT NULL DEFAULT 0;
-- The language of its person as it opened.
ALTER TABLE breaks ADD COLUMN language TEXT NOT NULL DEFAULT '';
-- The first notice of it, and the first that a letter or text message brought.
ALTER TABLE breaks ADD COLUMN told_at TEXT;
ALTER TABLE breaks ADD COLUMN mailed_at TEXT;
ALTER TABLE breaks ADD COLUMN texted_at TEXT;
-- Its person was first in our pages.
ALTER TABLE breaks ADD COLUMN came_at TEXT;
-- Its connection was taken out of the figures while it was open: what happens
-- from then on is not counted, whatever becomes of the mark.
ALTER TABLE breaks ADD COLUMN marked_at TEXT;
UPDATE breaks SET language = u.language FROM connections c JOIN users u ON u.id = c.user_id
    WHERE c.id = breaks.connection_id;
UPDATE breaks SET marked_at = m.at
    FROM (SELECT connection_id, min(marked_at) AS at FROM connection_marks GROUP BY connection_id) m
    WHERE m.connection_id = breaks.connection_id AND breaks.closed_at IS NULL;
UPDATE breaks SET marked_at = closed_at WHERE end_counted = 0;
UPDATE breaks SET told_at = n.at
    FROM (SELECT subject ->> 'of' AS id, min(made_at) AS at FROM notices WHERE key LIKE 'broke:%' GROUP BY 1) n
    WHERE n.id = lower(substr(hex(breaks.id), 1, 8) || '-' || substr(hex(breaks.id), 9, 4) || '-'
        || substr(hex(breaks.id), 13, 4) || '-' || substr(hex(breaks.id), 17, 4) || '-' || substr(hex(breaks.id), 21));

-- What the user kept of what a visit brought.
UPDATE connect_sessions SET facts = json_set(connect_sessions.facts, '$.kept', k.at)
    FROM (SELECT connect_session_id AS id, min(chosen_at) AS at FROM accounts WHERE choice = 'kept' GROUP BY 1) k
    WHERE k.id = connect_sessions.id AND k.at IS NOT NULL AND connect_sessions.connection_id IS NULL;

-- Funnels: visits that connect ('connect') and breaks ('repair'), by the day on
-- which they began (days since 1970, UTC). A slice is all of them, or those of
-- one institution, code, channel or language.
CREATE TABLE funnel_steps (
    funnel TEXT NOT NULL,
    slice TEXT NOT NULL,
    value INTEGER NOT NULL,
    day INTEGER NOT NULL,
    -- How soon a step was reached: 0 within a day, 1 within seven, 2 within
    -- thirty, 3 later. All of a step together is the sum.
    soon INTEGER NOT NULL,
    step_0 INTEGER NOT NULL,
    step_1 INTEGER NOT NULL,
    step_2 INTEGER NOT NULL,
    step_3 INTEGER NOT NULL,
    step_4 INTEGER NOT NULL,
    step_5 INTEGER NOT NULL,
    PRIMARY KEY (funnel, slice, value, day, soon)
) STRICT;
-- At which step they are, and what is known of why they went no further.
CREATE TABLE funnel_stops (
    funnel TEXT NOT NULL,
    slice TEXT NOT NULL,
    value INTEGER NOT NULL,
    day INTEGER NOT NULL,
    step INTEGER NOT NULL,
    stop TEXT NOT NULL,
    -- The code of a trouble; else 0.
    code INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (funnel, slice, value, day, step, stop, code)
) STRICT;

-- What was there before enters once.
INSERT INTO jobs (id, kind, payload, dedupe_key, status, attempt, max_attempts, created_at)
SELECT randomblob(16), 'health.enter', '{}', '', 'waiting', 0, 12, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
WHERE EXISTS (SELECT 1 FROM connect_sessions) ON CONFLICT DO NOTHING;
