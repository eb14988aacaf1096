-- What followed a campaign's letters is counted from this alone.
CREATE INDEX campaign_targets_followed
    ON campaign_targets (campaign_id, state, bounced_at, came_at, started_at, finished_at, settled);
