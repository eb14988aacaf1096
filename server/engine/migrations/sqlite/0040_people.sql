-- Staff look a person up by the login that Mastercard names, too.
CREATE INDEX connections_by_login ON connections (institution_login_id);

-- Which connections of a campaign came how far: each few of many.
CREATE INDEX campaign_targets_bounced ON campaign_targets (campaign_id, state, institution_id, connection_id)
    WHERE bounced_at IS NOT NULL;
CREATE INDEX campaign_targets_came ON campaign_targets (campaign_id, state, institution_id, connection_id)
    WHERE came_at IS NOT NULL;
CREATE INDEX campaign_targets_started ON campaign_targets (campaign_id, state, institution_id, connection_id)
    WHERE started_at IS NOT NULL;
CREATE INDEX campaign_targets_finished ON campaign_targets (campaign_id, state, institution_id, connection_id)
    WHERE finished_at IS NOT NULL;
CREATE INDEX campaign_targets_settled ON campaign_targets (campaign_id, state, settled, institution_id, connection_id)
    WHERE settled IS NOT NULL;

-- Of which kind Mastercard says that a customer is; absent: it never said.
ALTER TABLE customers ADD COLUMN kind TEXT CHECK (kind IN ('testing', 'active'));
