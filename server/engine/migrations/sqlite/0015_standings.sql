-- How each connection that counts stood, and since when: the truth that every
-- figure is recounted from. What is over is never written again. At most one
-- is open a connection, and none where it does not count.
CREATE TABLE standing_intervals (
    connection_id BLOB NOT NULL REFERENCES connections (id),
    from_at TEXT NOT NULL,
    until_at TEXT,
    institution_id INTEGER NOT NULL,
    -- setting_up, waiting, healthy, renew_soon, stale, broken
    standing TEXT NOT NULL,
    -- Of a broken one; else 0. What it means is asked when it is read.
    code INTEGER NOT NULL,
    PRIMARY KEY (connection_id, from_at)
) STRICT;
CREATE UNIQUE INDEX standing_intervals_open ON standing_intervals (connection_id) WHERE until_at IS NULL;
CREATE INDEX standing_intervals_by_institution ON standing_intervals (institution_id);
-- The rows behind the figures, the longest so first.
CREATE INDEX standing_intervals_now ON standing_intervals (standing, code, from_at, connection_id)
    WHERE until_at IS NULL;
CREATE INDEX standing_intervals_there ON standing_intervals (institution_id, standing, code, from_at, connection_id)
    WHERE until_at IS NULL;

-- Connections that somebody took out of the figures, and why.
CREATE TABLE connection_marks (
    connection_id BLOB NOT NULL REFERENCES connections (id),
    -- test: it is nobody's; mute: nor is its person told anything
    mark TEXT NOT NULL CHECK (mark IN ('test', 'mute')),
    reason TEXT NOT NULL,
    marked_at TEXT NOT NULL,
    PRIMARY KEY (connection_id, mark)
) STRICT;

-- Where a break opened, and whether its connection counted at either end.
ALTER TABLE breaks ADD COLUMN institution_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE breaks ADD COLUMN counted INTEGER NOT NULL DEFAULT 1;
ALTER TABLE breaks ADD COLUMN end_counted INTEGER;
-- Whether its person went to repair it before it ended.
ALTER TABLE breaks ADD COLUMN through_fix INTEGER NOT NULL DEFAULT 0;
UPDATE breaks SET
    institution_id = (SELECT c.institution_id FROM connections c WHERE c.id = breaks.connection_id),
    end_counted = CASE WHEN closed_at IS NULL THEN NULL ELSE 1 END,
    through_fix = EXISTS (SELECT 1 FROM connect_sessions s WHERE s.connection_id = breaks.connection_id
        AND s.created_at >= breaks.opened_at AND s.created_at <= breaks.closed_at);
CREATE INDEX breaks_by_institution ON breaks (institution_id);
-- The rows behind the times to repair.
CREATE INDEX breaks_repaired ON breaks (closed_at) WHERE ended = 'repaired';
CREATE INDEX breaks_repaired_there ON breaks (institution_id, closed_at) WHERE ended = 'repaired';
CREATE INDEX breaks_repaired_of ON breaks (code, closed_at) WHERE ended = 'repaired';

-- Figures, kept by the unit of work that changes what they count. Institution 0
-- is all of them together; days and hours are counted from 1970, UTC.
CREATE TABLE standings_now (
    institution_id INTEGER NOT NULL,
    standing TEXT NOT NULL,
    code INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (institution_id, standing, code)
) STRICT;
-- `change`: how many more stand so at its end. `moment`: the sum of each
-- change by the microseconds from the beginning to it, so that the time spent
-- so is exact.
CREATE TABLE standing_hours (
    hour INTEGER NOT NULL,
    standing TEXT NOT NULL,
    code INTEGER NOT NULL,
    change INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    PRIMARY KEY (hour, standing, code)
) STRICT;
CREATE TABLE standing_days (
    institution_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    standing TEXT NOT NULL,
    code INTEGER NOT NULL,
    change INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    PRIMARY KEY (institution_id, day, standing, code)
) STRICT;
CREATE TABLE institution_figures (
    institution_id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- Lower-case: what is searched and sorted by.
    name_key TEXT NOT NULL,
    -- Connections with a first reading, and those of them that are well.
    judged INTEGER NOT NULL,
    fine INTEGER NOT NULL,
    broken INTEGER NOT NULL,
    -- Users with a broken connection.
    people INTEGER NOT NULL,
    -- How often one has become well.
    succeeded INTEGER NOT NULL,
    -- `fine` by `judged`, in millionths; one more where nothing is judged.
    share INTEGER NOT NULL
) STRICT;
CREATE INDEX institution_figures_by_name ON institution_figures (name_key, institution_id);
CREATE INDEX institution_figures_by_share ON institution_figures (share, institution_id);
CREATE INDEX institution_figures_by_broken ON institution_figures (broken, institution_id);
CREATE INDEX institution_figures_by_people ON institution_figures (people, institution_id);
CREATE INDEX institution_figures_by_judged ON institution_figures (judged, institution_id);
CREATE TABLE break_days (
    institution_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    -- The latest cause.
    code INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    repaired INTEGER NOT NULL,
    -- Of those repaired: whose person had gone to Data Connect Fix.
    fixed INTEGER NOT NULL,
    -- Of those that opened on this day.
    of_repaired INTEGER NOT NULL,
    of_fixed INTEGER NOT NULL,
    PRIMARY KEY (institution_id, day, code)
) STRICT;
-- By code only for all institutions together; code 0 is all of them.
CREATE TABLE repair_times (
    institution_id INTEGER NOT NULL,
    code INTEGER NOT NULL,
    day INTEGER NOT NULL,
    bucket INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (institution_id, code, day, bucket)
) STRICT;

-- What the nightly recount found.
CREATE TABLE recounts (
    at TEXT NOT NULL PRIMARY KEY,
    -- Figures that were not what the recount says.
    drifted INTEGER NOT NULL,
    connections INTEGER NOT NULL,
    accounts INTEGER NOT NULL,
    users INTEGER NOT NULL
) STRICT;

-- What the pages of staff ask for.
CREATE INDEX jobs_dead ON jobs (finished_at) WHERE status = 'dead';
CREATE INDEX events_by_receipt ON events (received_at);
CREATE INDEX events_waiting ON events (received_at) WHERE state = 'waiting';

-- What was connected before enters the figures once.
INSERT INTO jobs (id, kind, payload, dedupe_key, status, attempt, max_attempts, created_at)
SELECT randomblob(16), 'health.enter', '{}', '', 'waiting', 0, 12, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
WHERE EXISTS (SELECT 1 FROM connections);
