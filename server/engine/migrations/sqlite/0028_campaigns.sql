-- An admin asks all affected people to repair. What is asked for is kept and
-- never changes, so that what is sent is what was looked at.
CREATE TABLE campaigns (
    id BLOB NOT NULL PRIMARY KEY,
    made_at TEXT NOT NULL,
    made_by BLOB NOT NULL REFERENCES users (id),
    -- How long a break lasts, in days.
    days_from INTEGER NOT NULL,
    days_to INTEGER,
    -- Whose language; absent: anybody's.
    language TEXT,
    -- email, sms
    channel TEXT NOT NULL,
    -- Who was told of it within so many days is left out.
    told_days INTEGER NOT NULL,
    -- draft, sending, stopped, done
    state TEXT NOT NULL,
    -- What the latest count found, how far it is and when it was begun.
    counted TEXT NOT NULL,
    counted_at TEXT NOT NULL,
    sent_at TEXT,
    sent_by BLOB REFERENCES users (id),
    -- When its last target was taken, and when the last of them ended.
    taken_at TEXT,
    stopped_at TEXT,
    ended_at TEXT,
    -- The present portion of letters: since when, and how many.
    paced_at TEXT,
    paced INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX campaigns_by_making ON campaigns (made_at, id);

CREATE TABLE campaign_codes (
    campaign_id BLOB NOT NULL REFERENCES campaigns (id),
    code INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, code)
) STRICT;

-- Without one it is for all institutions.
CREATE TABLE campaign_institutions (
    campaign_id BLOB NOT NULL REFERENCES campaigns (id),
    institution_id INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, institution_id)
) STRICT;

-- Whom it is about. No row goes with the connection or the user: the account of
-- a campaign stays exact.
CREATE TABLE campaign_targets (
    campaign_id BLOB NOT NULL REFERENCES campaigns (id),
    institution_id INTEGER NOT NULL,
    connection_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    break_id BLOB NOT NULL,
    -- waiting, on_its_way, sent, or why it was not sent
    state TEXT NOT NULL,
    -- When it is looked at.
    due_at TEXT NOT NULL,
    -- What was sent.
    notice_id BLOB,
    ended_at TEXT,
    -- The same in milliseconds, for what is sent.
    sent_ms INTEGER,
    -- What followed.
    bounced_at TEXT,
    came_at TEXT,
    started_at TEXT,
    finished_at TEXT,
    settled_at TEXT,
    -- proven, healed, gone
    settled TEXT,
    -- From the letter to the proof, in milliseconds.
    took INTEGER,
    PRIMARY KEY (campaign_id, institution_id, connection_id),
    CHECK ((ended_at IS NULL) = (state IN ('waiting', 'on_its_way'))),
    CHECK ((settled_at IS NULL) = (settled IS NULL))
) STRICT;
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
