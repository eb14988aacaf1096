-- What became of how many, once a campaign is over: from then on it stays, and
-- the list counts no targets.
ALTER TABLE campaigns ADD COLUMN fates JSONB;
