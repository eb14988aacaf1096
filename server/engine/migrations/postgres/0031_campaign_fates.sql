-- What became of how many, once a campaign is over: from then on it stays.
ALTER TABLE campaigns ADD COLUMN fates JSONB;
