-- A worker takes those that are due in their order, without sorting all that wait.
CREATE INDEX jobs_due ON jobs (COALESCE(run_at, created_at), id) WHERE status = 'waiting';
DROP INDEX jobs_waiting;

-- The page of jobs counts from this alone.
CREATE INDEX jobs_counted ON jobs (kind, status, created_at) WHERE status <> 'done';

-- What staff did about somebody stands among the rest of a story by its time.
CREATE INDEX audit_about_when ON audit (about_id, at, seq);
