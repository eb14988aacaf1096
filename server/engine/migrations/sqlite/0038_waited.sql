-- Since when an event waits that is to have its effect once more, and for how many
-- microseconds it waited until it had it.
ALTER TABLE events ADD COLUMN queued_at TEXT;
ALTER TABLE events ADD COLUMN waited INTEGER;
CREATE INDEX events_waiting_since ON events (COALESCE(queued_at, received_at)) WHERE state = 'waiting';

-- How many events had their effect in each hour, and for how long they had waited.
ALTER TABLE event_hours ADD COLUMN applied INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event_hours ADD COLUMN waited INTEGER NOT NULL DEFAULT 0;
