-- An admin asks all affected people to repair. What is asked for is kept and
-- never changes, so that what is sent is what was looked at.
CREATE TABLE campaigns (
    id UUID NOT NULL PRIMARY KEY,
    made_at TIMESTAMPTZ NOT NULL,
    made_by UUID NOT NULL REFERENCES users (id),
    -- How long a break lasts, in days.
    days_from BIGINT NOT NULL,
    days_to BIGINT,
    -- Whose language; absent: anybody's.
    language TEXT,
    -- email, sms
    channel TEXT NOT NULL,
    -- Who was told of it within so many days is left out.
    told_days BIGINT NOT NULL,
    -- draft, sending, stopped, done
    state TEXT NOT NULL,
    -- What the latest count found, how far it is and when it was begun.
    counted JSONB NOT NULL,
    counted_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    sent_by UUID REFERENCES users (id),
    -- When its last target was taken, and when the last of them ended.
    taken_at TIMESTAMPTZ,
    stopped_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    -- The present portion of letters: since when, and how many.
    paced_at TIMESTAMPTZ,
    paced BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX campaigns_by_making ON campaigns (made_at, id);

CREATE TABLE campaign_codes (
    campaign_id UUID NOT NULL REFERENCES campaigns (id),
    code BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, code)
);

-- Without one it is for all institutions.
CREATE TABLE campaign_institutions (
    campaign_id UUID NOT NULL REFERENCES campaigns (id),
    institution_id BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, institution_id)
);

-- Whom it is about. No row goes with the connection or the user: the account of
-- a campaign stays exact.
CREATE TABLE campaign_targets (
    campaign_id UUID NOT NULL REFERENCES campaigns (id),
    institution_id BIGINT NOT NULL,
    connection_id UUID NOT NULL,
    user_id UUID NOT NULL,
    break_id UUID NOT NULL,
    -- waiting, on_its_way, sent, or why it was not sent
    state TEXT NOT NULL,
    -- When it is looked at.
    due_at TIMESTAMPTZ NOT NULL,
    -- What was sent.
    notice_id UUID,
    ended_at TIMESTAMPTZ,
    -- The same in milliseconds, for what is sent.
    sent_ms BIGINT,
    -- What followed.
    bounced_at TIMESTAMPTZ,
    came_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ,
    finished_at TIMESTAMPTZ,
    settled_at TIMESTAMPTZ,
    -- proven, healed, gone
    settled TEXT,
    -- From the letter to the proof, in milliseconds.
    took BIGINT,
    PRIMARY KEY (campaign_id, institution_id, connection_id),
    CHECK ((ended_at IS NULL) = (state IN ('waiting', 'on_its_way'))),
    CHECK ((settled_at IS NULL) = (settled IS NULL))
);
-- One running campaign a connection.
CREATE UNIQUE INDEX campaign_targets_open ON campaign_targets (connection_id)
    WHERE state IN ('waiting', 'on_its_way');
CREATE INDEX campaign_targets_by_state ON campaign_targets (campaign_id, state, institution_id, connection_id);
CREATE INDEX campaign_targets_due ON campaign_targets (campaign_id, due_at) WHERE state = 'waiting';
CREATE INDEX campaign_targets_by_connection ON campaign_targets (connection_id);
CREATE INDEX campaign_targets_by_user ON campaign_targets (user_id, campaign_id, state);
CREATE INDEX campaign_targets_by_notice ON campaign_targets (notice_id) WHERE notice_id IS NOT NULL;
CREATE INDEX campaign_targets_proven ON campaign_targets (campaign_id, took) WHERE took IS NOT NULL;

-- Who is asked for.
CREATE INDEX breaks_open_there ON breaks (institution_id, connection_id, code) WHERE closed_at IS NULL;
