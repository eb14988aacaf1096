-- Work that must happen, also after a crash.
CREATE TABLE jobs (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- At most one waiting job of a kind has a key.
    dedupe_key TEXT,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'running', 'done', 'dead')),
    -- How often it was begun; the fence against a worker that lost its lease.
    attempt INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    -- On the domain clock; absent: at once.
    run_at TEXT,
    -- On the real clock, as the other times below.
    lease_until TEXT,
    worker TEXT,
    last_error TEXT,
    created_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;

CREATE UNIQUE INDEX jobs_dedupe ON jobs (kind, dedupe_key) WHERE status = 'waiting';
CREATE INDEX jobs_waiting ON jobs (run_at) WHERE status = 'waiting';
CREATE INDEX jobs_running ON jobs (lease_until) WHERE status = 'running';
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE status = 'done';

-- When a regular job is queued next, on the domain clock.
CREATE TABLE schedules (
    name TEXT NOT NULL PRIMARY KEY,
    next_run_at TEXT NOT NULL,
    last_run_at TEXT
) STRICT;
